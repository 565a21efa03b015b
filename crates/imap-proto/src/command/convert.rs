//! CONVERT and CONVERSIONS.

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{
    Context, Input, astring, at, close, fold, nil, one_or_list, open, parameters, sp,
};
use crate::value::conversion::{ConvertName, convert_name, transcoding_param};
use crate::value::fetch_item::item_word;
use crate::value::fetch_item_name::{other_att, partial};
use crate::value::media_type::quoted_media_type;
use crate::value::section::{section, section_binary};
use crate::value::sequence_set::sequence_set;
use crate::value::{
    ConversionParameter, IString, MediaType, MessageNumber, OtherItem, Part, SectionText, SeqNum,
    SequenceSet,
};

/// `CONVERT`, and with [`Uid`](crate::Uid)s `UID CONVERT`: get parts of messages as another media type.
///
/// `C: a001 CONVERT 2 ("text/plain" ("charset" "us-ascii")) BINARY[3]` has one parameter and one item.
///
/// [RFC 5259 section 6](https://www.rfc-editor.org/rfc/rfc5259#section-6)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Convert<'a, N: MessageNumber = SeqNum> {
    /// Which messages.
    pub set: SequenceSet<'a, N>,
    /// What their parts are to become; the server chooses if nothing is said.
    pub media_type: Option<MediaType<'a>>,
    /// How.
    pub parameters: &'a [ConversionParameter<'a>],
    /// What of the messages; at least one.
    pub items: &'a [ConvertItemName<'a>],
}

/// An item that a CONVERT command asks for.
///
/// [RFC 5259 section 6](https://www.rfc-editor.org/rfc/rfc5259#section-6)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ConvertItemName<'a> {
    /// `AVAILABLECONVERSIONS[part]`: which media types the part can become.
    AvailableConversions(Part<'a>),
    /// `BINARY[part]`: the converted part.
    Binary {
        /// Which part; the whole message if it is empty.
        part: Part<'a>,
        /// `<first.count>`, of the octets after conversion; `count` is not 0.
        partial: Option<(u64, u64)>,
    },
    /// `BINARY.SIZE[part]`: the size of the converted part.
    BinarySize(Part<'a>),
    /// `BODYPARTSTRUCTURE[part]`: the structure of the converted part.
    BodyPartStructure(Part<'a>),
    /// `BODY[HEADER]` or `BODY[part.HEADER]`: the header with its encoded words in another charset.
    Header(Part<'a>),
    /// `BODY[part.MIME]`: the same of the MIME header; needs a part.
    Mime(Part<'a>),
    /// `UID`.
    Uid,
    /// Any other, with its arguments as they came.
    Other(&'a OtherItem<'a>),
}

/// `CONVERSIONS`: ask which media types can become which.
///
/// `C: b CONVERSIONS "image/gif" "*"` asks for all that a GIF image can become.
///
/// [RFC 5259 section 5.1](https://www.rfc-editor.org/rfc/rfc5259#section-5.1)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Conversions<'a> {
    /// What is converted: `type/subtype`, `type/*` or `*`.
    pub source: IString<'a>,
    /// What it becomes, in the same form.
    pub target: IString<'a>,
}

/// What follows the word CONVERT.
///
/// ```abnf
/// convert        = "CONVERT" SP sequence-set SP convert-params SP
///                  (convert-att / "(" convert-att *(SP convert-att) ")")
/// convert-params = "(" (quoted-to-mime-type / "NIL") [SP "(" transcoding-params ")"] ")"
/// ```
pub(super) fn convert<'a, N: MessageNumber>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<Convert<'a, N>> {
    cx.set_rule("CONVERT command");
    let set = sequence_set(i, cx)?;
    sp(i)?;
    open(i)?;
    let media_type = if at(i, b'"') {
        Some(quoted_media_type(i, cx)?)
    } else {
        nil(i)?;
        None
    };
    let parameters = parameters(i, cx, |i| transcoding_param(i, cx))?;
    close(i)?;
    sp(i)?;
    Ok(Convert {
        set,
        media_type,
        parameters,
        items: one_or_list(i, cx, |i| convert_att(i, cx))?,
    })
}

/// One item that is asked for.
///
/// ```abnf
/// convert-att = "UID" / "BODYPARTSTRUCTURE" section-convert / "BINARY" section-convert [partial] /
///               "BINARY.SIZE" section-convert / "BODY[HEADER]" / "BODY[" section-part ".HEADER]" /
///               "BODY[" section-part ".MIME]" / "AVAILABLECONVERSIONS" section-convert
/// ```
fn convert_att<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<ConvertItemName<'a>> {
    let start = *i;
    Ok(match fold(item_word(i)?, convert_name) {
        Some(ConvertName::AvailableConversions) => {
            ConvertItemName::AvailableConversions(section_binary(i, cx)?)
        }
        Some(ConvertName::Binary) => ConvertItemName::Binary {
            part: section_binary(i, cx)?,
            partial: partial(i, cx)?,
        },
        Some(ConvertName::BinarySize) => ConvertItemName::BinarySize(section_binary(i, cx)?),
        Some(ConvertName::Body) => header(i, cx)?,
        Some(ConvertName::BodyPartStructure) => {
            ConvertItemName::BodyPartStructure(section_binary(i, cx)?)
        }
        Some(ConvertName::Uid) => ConvertItemName::Uid,
        None => ConvertItemName::Other(other_att(i, cx, start, |_| false)?),
    })
}

/// The section of a header.
fn header<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<ConvertItemName<'a>> {
    let start = *i;
    let section = section(i, cx)?;
    match section.text {
        Some(SectionText::Header) => Ok(ConvertItemName::Header(section.part)),
        Some(SectionText::Mime) => Ok(ConvertItemName::Mime(section.part)),
        _ => fail(start, Expected::Section),
    }
}

/// What follows the word CONVERSIONS.
///
/// ```abnf
/// conversions-cmd = "CONVERSIONS" SP from-mime-type-req SP to-mime-type-req   ; astring
/// ```
pub(super) fn conversions_cmd<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Conversions<'a>> {
    cx.set_rule("CONVERSIONS command");
    let source = astring(i, cx)?;
    sp(i)?;
    let target = astring(i, cx)?;
    Ok(Conversions { source, target })
}
