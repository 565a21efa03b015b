//! Message data items, sections and status items.

use imap_proto::{
    BodySection, FetchItem, FetchItemName, FetchItems, Flag, IString, OtherItem, Part, Section,
    SectionText, StatusItem, StatusItemName,
};

use super::Gen;

impl<'a> Gen<'a> {
    pub(crate) fn section(&mut self) -> Section<'a> {
        let part = Part(self.list(Self::non_zero));
        let text = self.option(|g| match g.below(5) {
            0 => SectionText::Header,
            1 => SectionText::HeaderFields(g.list1(Self::string)),
            2 => SectionText::HeaderFieldsNot(g.list1(Self::string)),
            3 if !part.0.is_empty() => SectionText::Mime,
            _ => SectionText::Text,
        });
        Section { part, text }
    }

    pub(crate) fn fetch_items(&mut self) -> FetchItems<'a> {
        match self.below(8) {
            0 => FetchItems::All,
            1 => FetchItems::Fast,
            2 => FetchItems::Full,
            _ => FetchItems::List(self.list1(Self::fetch_item_name)),
        }
    }

    fn fetch_item_name(&mut self) -> FetchItemName<'a> {
        use FetchItemName as Name;
        match self.below(14) {
            0 => Name::Body,
            1 => Name::BodyStructure,
            2 => Name::Envelope,
            3 => Name::Flags,
            4 => Name::InternalDate,
            5 => Name::Rfc822,
            6 => Name::Rfc822Header,
            7 => Name::Rfc822Size,
            8 => Name::Rfc822Text,
            9 => Name::Uid,
            10 => {
                let name = self.item_name();
                let value = if self.one_in(2) { self.raw_list() } else { &[] };
                Name::Other(self.alloc(OtherItem { name, value }))
            }
            _ => Name::BodySection {
                section: self.section(),
                peek: self.one_in(2),
                partial: self.option(|g| (g.number64(), g.number64().max(1))),
            },
        }
    }

    /// The name of an item that is not known, with a section or without.
    fn item_name(&mut self) -> &'a [u8] {
        let word = self.word();
        let section = self.pick(&["", "", "[]", "[1.2]", "[1 (a \"]\")]<5>", "[TEXT]<0.100>"]);
        self.keep(&[word, section.as_bytes()].concat())
    }

    pub(crate) fn raw_list(&mut self) -> &'a [u8] {
        let values = self.raw_values();
        self.keep(&[b"(", values, b")"].concat())
    }

    pub(crate) fn fetch_item(&mut self) -> FetchItem<'a> {
        match self.below(14) {
            0 => FetchItem::Body(self.body_structure()),
            1 => FetchItem::BodyStructure(self.body_structure()),
            2 => FetchItem::Envelope(self.envelope()),
            3 | 4 => FetchItem::Flags(self.fetch_flags()),
            5 => FetchItem::InternalDate(self.internal_date()),
            6 => FetchItem::Rfc822(self.nstring()),
            7 => FetchItem::Rfc822Header(self.nstring()),
            8 => FetchItem::Rfc822Size(self.number64()),
            9 => FetchItem::Rfc822Text(self.nstring()),
            10 => FetchItem::Uid(self.uid()),
            11 => {
                let name = self.item_name();
                let value = self.raw_value();
                FetchItem::Other(self.alloc(OtherItem { name, value }))
            }
            _ => FetchItem::BodySection(self.body_section()),
        }
    }

    fn body_section(&mut self) -> &'a BodySection<'a> {
        let section = BodySection {
            section: self.section(),
            origin: self.option(Self::number),
            data: self.option(|g| IString(g.octets())),
        };
        self.alloc(section)
    }

    fn fetch_flags(&mut self) -> &'a [Flag<'a>] {
        let recent = self.one_in(2);
        self.list(|g| {
            if recent && g.one_in(4) {
                Flag::Recent
            } else {
                g.flag()
            }
        })
    }

    pub(crate) fn status_item_name(&mut self) -> StatusItemName<'a> {
        let known = [
            StatusItemName::AppendLimit,
            StatusItemName::Deleted,
            StatusItemName::DeletedStorage,
            StatusItemName::HighestModSeq,
            StatusItemName::MailboxId,
            StatusItemName::Messages,
            StatusItemName::Recent,
            StatusItemName::Size,
            StatusItemName::UidNext,
            StatusItemName::UidValidity,
            StatusItemName::Unseen,
        ];
        if self.one_in(6) {
            StatusItemName::Other(self.new_atom())
        } else {
            self.pick(&known)
        }
    }

    pub(crate) fn status_item(&mut self) -> StatusItem<'a> {
        match self.below(12) {
            0 => StatusItem::Messages(self.number()),
            1 => StatusItem::Recent(self.number()),
            2 => StatusItem::UidNext(self.uid()),
            3 => StatusItem::UidValidity(self.uid_validity()),
            4 => StatusItem::Unseen(self.number()),
            5 => StatusItem::AppendLimit(self.option(Self::number)),
            6 => StatusItem::Deleted(self.number()),
            7 => StatusItem::DeletedStorage(self.number64()),
            8 => StatusItem::HighestModSeq(self.number64()),
            9 => {
                let id = self.object_id();
                StatusItem::MailboxId(self.alloc(id))
            }
            10 => StatusItem::Size(self.number64()),
            _ => {
                let name = self.word();
                let value = self.raw_value();
                StatusItem::Other(self.alloc(OtherItem { name, value }))
            }
        }
    }
}
