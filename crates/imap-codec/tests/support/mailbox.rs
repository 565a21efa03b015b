//! What commands and responses about mailboxes have.

use imap_proto::OtherItem;
use imap_proto::command::{CreateParameter, QResync, SelectParameter, SeqMatch};

use super::Gen;

impl<'a> Gen<'a> {
    pub(crate) fn select_parameter(&mut self) -> SelectParameter<'a> {
        match self.below(5) {
            0 => SelectParameter::CondStore,
            1 => SelectParameter::Annotate,
            2 => SelectParameter::Utf8,
            3 => {
                let known = self.qresync();
                SelectParameter::QResync(self.alloc(known))
            }
            _ => {
                let item = self.other_parameter();
                SelectParameter::Other(self.alloc(item))
            }
        }
    }

    fn qresync(&mut self) -> QResync<'a> {
        QResync {
            uid_validity: self.uid_validity(),
            mod_seq: self.number64().max(1),
            known_uids: self.option(Self::known_set),
            seq_match: self.option(|g| SeqMatch {
                seqs: g.known_set(),
                uids: g.known_set(),
            }),
        }
    }

    pub(crate) fn create_parameter(&mut self) -> CreateParameter<'a> {
        if self.one_in(2) {
            return CreateParameter::Use(self.list(Self::attribute));
        }
        let item = self.other_parameter();
        CreateParameter::Other(self.alloc(item))
    }

    /// A parameter that is not known, with a value or without.
    pub(crate) fn other_parameter(&mut self) -> OtherItem<'a> {
        let name = self.word();
        let value = match self.below(3) {
            0 => &[],
            1 => self.pick(&[&b"5"[..], b"18446744073709551615", b"1:4,7,9:*", b"$"]),
            _ => self.raw_list(),
        };
        OtherItem { name, value }
    }
}
