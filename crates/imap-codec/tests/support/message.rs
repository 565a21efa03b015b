//! Commands that move and replace messages, and fetch by URL.

use imap_proto::command::{
    Compress, GenUrlAuth, Move, Replace, ResetKey, UrlFetch, UrlItemName, UrlRequest, UrlRump,
};
use imap_proto::{Bound, Command, MessageNumber, UrlMechanism};

use super::Gen;

impl<'a> Gen<'a> {
    pub(crate) fn message_command(&mut self) -> Command<'a> {
        match self.below(8) {
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
        let other = self.option(Self::new_atom);
        other.map_or(UrlMechanism::Internal, UrlMechanism::Other)
    }
}
