//! Commands that move and replace messages, and fetch by URL, with what they are answered with.

use imap_proto::command::{
    Compress, GenUrlAuth, Move, Replace, ResetKey, UrlFetch, UrlItemName, UrlRequest, UrlRump,
};
use imap_proto::response::{UrlContents, UrlData, UrlItem, UrlMechanismData};
use imap_proto::{
    Atom, Base64, Bound, Code, Command, IString, MessageNumber, OtherItem, PushParameter,
    PushService, PushValue, Response, UrlMechanism,
};

use super::Gen;

impl<'a> Gen<'a> {
    pub(crate) fn message_command(&mut self) -> Command<'a> {
        match self.below(9) {
            7 => Command::XApplePushService(self.push_service()),
            0 => Command::Compress(match self.option(Self::new_atom) {
                Some(name) => Compress::Other(name),
                None => Compress::Deflate,
            }),
            1 => Command::Move(self.move_command()),
            2 => Command::UidMove(self.move_command()),
            3 => Command::Replace(self.replace()),
            4 => Command::UidReplace(self.replace()),
            5 => Command::GenUrlAuth(GenUrlAuth {
                urls: self.list1(|g| UrlRump {
                    url: g.string(),
                    mechanism: g.url_mechanism(),
                }),
            }),
            6 => {
                let mailbox = self.option(Self::mailbox);
                Command::ResetKey(ResetKey {
                    mailbox,
                    mechanisms: match mailbox {
                        Some(_) => self.list(Self::url_mechanism),
                        None => &[],
                    },
                })
            }
            _ => Command::UrlFetch(UrlFetch {
                urls: self.list1(|g| UrlRequest {
                    url: g.string(),
                    items: g.list(|g| {
                        let other = UrlItemName::Other(g.new_atom());
                        g.pick(&[
                            UrlItemName::Binary,
                            UrlItemName::Body,
                            UrlItemName::BodyPartStructure,
                            other,
                        ])
                    }),
                }),
            }),
        }
    }

    fn move_command<N: MessageNumber>(&mut self) -> Move<'a, N> {
        Move {
            set: self.set(),
            mailbox: self.mailbox(),
        }
    }

    fn replace<N: MessageNumber>(&mut self) -> Replace<'a, N> {
        let number = match self.one_in(4) {
            true => Bound::Largest,
            false => Bound::Number(self.non_zero().into()),
        };
        let message = self.append_message();
        Replace {
            number,
            mailbox: self.mailbox(),
            message: self.alloc(message),
        }
    }

    pub(crate) fn url_mechanism(&mut self) -> UrlMechanism<'a> {
        match self.pick(&["INTERNAL", "XSAMPLE", "X-1.5"]) {
            "INTERNAL" => UrlMechanism::Internal,
            other => UrlMechanism::Other(Atom::new(other).unwrap()),
        }
    }

    pub(crate) fn message_response(&mut self) -> Response<'a> {
        match self.below(3) {
            0 => Response::GenUrlAuth(self.list1(Self::string)),
            1 => Response::XApplePushService(self.push_service()),
            _ => Response::UrlFetch(self.list1(|g| UrlContents {
                url: g.string(),
                data: g.url_data(),
            })),
        }
    }

    fn push_service(&mut self) -> PushService<'a> {
        PushService {
            parameters: self.list(|g| PushParameter {
                name: g.string(),
                value: match g.one_in(2) {
                    true => PushValue::List(g.list(Self::string)),
                    false => PushValue::String(g.string()),
                },
            }),
        }
    }

    fn url_data(&mut self) -> UrlData<'a> {
        if self.one_in(2) {
            UrlData::Items(self.list1(Self::url_item))
        } else {
            UrlData::Octets(self.nstring())
        }
    }

    fn url_item(&mut self) -> UrlItem<'a> {
        match self.below(5) {
            0 => UrlItem::Body(self.nstring()),
            1 => UrlItem::BodyPartStructure(self.body_structure()),
            2 => {
                let name = self.word();
                let value = self.raw_values();
                UrlItem::Other(self.alloc(OtherItem { name, value }))
            }
            _ => UrlItem::Binary(self.nbinary()),
        }
    }

    /// Octets that may have NUL in them, or none.
    pub(crate) fn nbinary(&mut self) -> Option<IString<'a>> {
        let samples: [&[u8]; 4] = [b"\0", b"a\r\n\0)", b"{3}\r\n\0", b"plain"];
        self.option(|g| IString(g.pick(&samples)))
    }

    pub(crate) fn url_mechanisms(&mut self) -> Code<'a> {
        let texts = ["", "AA==", "P34OKhO7VEkCbsiYY8rGEg=="];
        Code::UrlMech(self.list(|g| UrlMechanismData {
            mechanism: g.url_mechanism(),
            data: g.option(|g| Base64::new(g.pick(&texts)).unwrap()),
        }))
    }
}
