//! What commands and responses about mailboxes have.

use imap_proto::OtherItem;
use imap_proto::command::{
    CreateParameter, List, ListPattern, ListPatterns, ListReturnOption, ListSelectOption, QResync,
    SelectParameter, SeqMatch,
};
use imap_proto::response::{self, ListExtendedItem, Namespace, NamespaceExtension, Namespaces};

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

    pub(crate) fn list_command(&mut self) -> List<'a> {
        List {
            select_options: self.option(Self::select_options),
            reference: self.mailbox(),
            patterns: match self.below(4) {
                0 => ListPatterns::Several(self.list1(Self::list_pattern)),
                _ => ListPatterns::One(self.list_pattern()),
            },
            return_options: self.option(|g| g.list(Self::return_option)),
        }
    }

    pub(crate) fn list_pattern(&mut self) -> ListPattern<'a> {
        match self.below(3) {
            0 => self.pick(&["*", "%", "a/%", "INBOX", ""]).into(),
            _ => ListPattern(self.string()),
        }
    }

    /// Selection options, among them RECURSIVEMATCH only where there is one to go with it.
    fn select_options(&mut self) -> &'a [ListSelectOption<'a>] {
        let simple = [
            ListSelectOption::Remote,
            ListSelectOption::SpecialUse,
            ListSelectOption::Subscribed,
        ];
        if self.one_in(4) {
            return &[
                ListSelectOption::RecursiveMatch,
                ListSelectOption::Subscribed,
            ];
        }
        self.list(|g| match g.below(5) {
            0 => ListSelectOption::Other(g.other_option()),
            _ => g.pick(&simple),
        })
    }

    fn return_option(&mut self) -> ListReturnOption<'a> {
        let simple = [
            ListReturnOption::Children,
            ListReturnOption::MyRights,
            ListReturnOption::SpecialUse,
            ListReturnOption::Subscribed,
        ];
        match self.below(7) {
            0 => ListReturnOption::Metadata(self.list1(Self::string)),
            1 => ListReturnOption::Status(self.list1(Self::status_item_name)),
            2 => ListReturnOption::Other(self.other_option()),
            _ => self.pick(&simple),
        }
    }

    fn other_option(&mut self) -> &'a OtherItem<'a> {
        let name = self.word();
        let value = if self.one_in(2) { self.raw_list() } else { &[] };
        self.alloc(OtherItem { name, value })
    }

    pub(crate) fn list_response(&mut self) -> response::List<'a> {
        response::List {
            attributes: self.list(Self::attribute),
            delimiter: self.option(|g| g.pick(b"/.\\\" ")),
            mailbox: self.mailbox(),
            extended: match self.below(2) {
                0 => &[],
                _ => self.list(Self::extended_item),
            },
        }
    }

    fn extended_item(&mut self) -> ListExtendedItem<'a> {
        match self.below(4) {
            0 => ListExtendedItem::ChildInfo(self.list1(Self::string)),
            1 => ListExtendedItem::OldName(self.mailbox()),
            _ => {
                let name = self.octets();
                let value = self.raw_value();
                ListExtendedItem::Other(self.alloc(OtherItem { name, value }))
            }
        }
    }

    pub(crate) fn namespaces(&mut self) -> Namespaces<'a> {
        Namespaces {
            personal: self.list(Self::namespace),
            other_users: self.list(Self::namespace),
            shared: self.list(Self::namespace),
        }
    }

    fn namespace(&mut self) -> Namespace<'a> {
        Namespace {
            prefix: self.mailbox(),
            delimiter: self.option(|g| g.pick(b"/.\\\" ")),
            extensions: match self.below(4) {
                0 => self.list1(|g| NamespaceExtension {
                    name: g.string(),
                    values: g.list1(Self::string),
                }),
                _ => &[],
            },
        }
    }
}
