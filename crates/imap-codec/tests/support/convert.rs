//! Conversions between media types.

use imap_proto::command::{Conversions, Convert, ConvertItemName};
use imap_proto::response::{
    BadConversion, Conversion, ConversionError, ConversionFault, Converted, ConvertedItem,
    IncompleteConversion,
};
use imap_proto::{
    Command, ConversionParameter, MediaType, MessageNumber, OtherItem, Part, Response, Section,
    SectionText,
};

use super::Gen;

impl<'a> Gen<'a> {
    pub(crate) fn convert_command(&mut self) -> Command<'a> {
        match self.below(3) {
            0 => Command::Convert(self.convert()),
            1 => Command::UidConvert(self.convert()),
            _ => Command::Conversions(Conversions {
                source: self.string(),
                target: self.string(),
            }),
        }
    }

    pub(crate) fn convert_response(&mut self) -> Response<'a> {
        if self.one_in(4) {
            return Response::Conversion(Conversion {
                source: self.media_type(),
                target: self.media_type(),
                parameters: self.list(Self::string),
            });
        }
        Response::Converted(Converted {
            seq: self.seq(),
            tag: self.tag(),
            items: self.list1(Self::converted_item),
        })
    }

    fn convert<N: MessageNumber>(&mut self) -> Convert<'a, N> {
        Convert {
            set: self.set(),
            media_type: self.option(Self::media_type),
            parameters: self.list(Self::conversion_parameter),
            items: self.list1(Self::convert_item_name),
        }
    }

    fn convert_item_name(&mut self) -> ConvertItemName<'a> {
        let part = self.part_numbers();
        match self.below(8) {
            0 => ConvertItemName::AvailableConversions(part),
            1 => ConvertItemName::BinarySize(part),
            2 => ConvertItemName::BodyPartStructure(part),
            3 => ConvertItemName::Header(part),
            4 if !part.0.is_empty() => ConvertItemName::Mime(part),
            5 => ConvertItemName::Uid,
            6 => {
                let name = self.item_name();
                let value = if self.one_in(2) { self.raw_list() } else { &[] };
                ConvertItemName::Other(self.alloc(OtherItem { name, value }))
            }
            _ => ConvertItemName::Binary {
                part,
                partial: self.partial(),
            },
        }
    }

    fn converted_item(&mut self) -> ConvertedItem<'a> {
        let part = self.part_numbers();
        match self.below(8) {
            0 => ConvertedItem::AvailableConversions {
                part,
                media_types: self.or_error(|g| g.list(Self::media_type)),
            },
            1 => ConvertedItem::BinarySize {
                part,
                octets: self.or_error(Self::number64),
            },
            2 => ConvertedItem::BodyPartStructure {
                part,
                structure: self.or_error(Self::body_structure),
            },
            3 => {
                let text = Some(SectionText::Header);
                ConvertedItem::BodySection {
                    section: Section { part, text },
                    data: self.or_error(Self::nstring),
                }
            }
            4 => ConvertedItem::Uid(self.uid()),
            5 => {
                let name = self.item_name();
                let value = self.raw_value();
                ConvertedItem::Other(self.alloc(OtherItem { name, value }))
            }
            _ => ConvertedItem::Binary {
                part,
                origin: self.option(Self::number),
                data: self.or_error(Self::nbinary),
            },
        }
    }

    fn or_error<T>(
        &mut self,
        value: impl FnOnce(&mut Self) -> T,
    ) -> Result<T, &'a ConversionError<'a>> {
        if !self.one_in(3) {
            return Ok(value(self));
        }
        let error = ConversionError {
            text: self.string(),
            reason: self.conversion_fault(),
        };
        Err(self.alloc(error))
    }

    fn conversion_fault(&mut self) -> ConversionFault<'a> {
        match self.below(4) {
            0 => ConversionFault::BadParameters(self.list1(|g| BadConversion {
                source: g.option(Self::media_type),
                target: g.media_type(),
                parameters: g.list(Self::conversion_parameter),
            })),
            1 => ConversionFault::MissingParameters(self.list1(|g| IncompleteConversion {
                source: g.media_type(),
                target: g.media_type(),
                names: g.list1(Self::string),
            })),
            2 => {
                let name = self.word();
                let value = self.pick(&["", "5", "(a \")\") {1}\r\n)"]).as_bytes();
                ConversionFault::Other(self.alloc(OtherItem { name, value }))
            }
            _ => ConversionFault::TempFail(self.option(Self::non_zero)),
        }
    }

    fn conversion_parameter(&mut self) -> ConversionParameter<'a> {
        ConversionParameter {
            name: self.string(),
            value: self.string(),
        }
    }

    fn media_type(&mut self) -> MediaType<'a> {
        MediaType::new(self.pick(&["text/plain", "IMAGE/JPEG", "a/x.y+z"])).unwrap()
    }

    fn part_numbers(&mut self) -> Part<'a> {
        Part(self.list(Self::non_zero))
    }
}
