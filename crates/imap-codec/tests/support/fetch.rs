//! Message data items, sections and status items.

use imap_proto::{
    AnnotationNames, BinarySection, BinarySize, BodySection, FetchItem, FetchItemName, FetchItems,
    Flag, IString, OtherItem, Part, PreviewModifier, Section, SectionText, StatusItem,
    StatusItemName,
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

    pub(crate) fn fetch_item_name(&mut self) -> FetchItemName<'a> {
        use FetchItemName as Name;
        match self.below(24) {
            0..=9 => self.pick(&PLAIN_NAMES),
            10 => {
                let name = self.item_name();
                let value = if self.one_in(2) { self.raw_list() } else { &[] };
                Name::Other(self.alloc(OtherItem { name, value }))
            }
            11 => Name::BinarySize(Part(self.list(Self::non_zero))),
            12 if self.one_in(2) => Name::Snippet(self.list(Self::preview_modifier)),
            12 => Name::Preview(self.list(Self::preview_modifier)),
            13 => Name::Rfc822HeaderLines(self.list1(Self::string)),
            14 => Name::Rfc822HeaderLinesNot(self.list1(Self::string)),
            15 => Name::Annotation(AnnotationNames {
                entries: self.list1(Self::string),
                attributes: self.list1(Self::string),
            }),
            16 | 17 => Name::Binary {
                part: Part(self.list(Self::non_zero)),
                peek: self.one_in(2),
                partial: self.partial(),
            },
            _ => Name::BodySection {
                section: self.section(),
                peek: self.one_in(2),
                partial: self.partial(),
            },
        }
    }

    pub(crate) fn partial(&mut self) -> Option<(u64, u64)> {
        self.option(|g| (g.number64(), g.number64().max(1)))
    }

    fn preview_modifier(&mut self) -> PreviewModifier<'a> {
        let other = PreviewModifier::Other(self.new_atom());
        let (fuzzy, lazy_fuzzy) = (PreviewModifier::Fuzzy, PreviewModifier::LazyFuzzy);
        self.pick(&[PreviewModifier::Lazy, other, fuzzy, lazy_fuzzy])
    }

    /// The name of an item that is not known, with a section or without.
    pub(crate) fn item_name(&mut self) -> &'a [u8] {
        let word = self.word();
        let section = self.pick(&["", "", "[]", "[1.2]", "[1 (a \"]\")]<5>", "[TEXT]<0.100>"]);
        self.keep(&[word, section.as_bytes()].concat())
    }

    pub(crate) fn raw_list(&mut self) -> &'a [u8] {
        let values = self.raw_values();
        self.keep(&[b"(", values, b")"].concat())
    }

    pub(crate) fn fetch_item(&mut self) -> FetchItem<'a> {
        match self.below(26) {
            23 => FetchItem::Snippet(self.nstring()),
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
            12 => FetchItem::BinarySize(self.binary_size()),
            13 => FetchItem::EmailId(self.object_id()),
            14 => FetchItem::ModSeq(self.number64().max(1)),
            15 => FetchItem::Preview(self.nstring()),
            16 => FetchItem::SaveDate(self.option(|g| {
                let date = g.internal_date();
                g.alloc(date)
            })),
            17 => FetchItem::ThreadId(self.option(Self::object_id)),
            18 => FetchItem::XGmLabels(self.labels()),
            19 => FetchItem::XGmMsgId(self.number64()),
            20 => FetchItem::XGmThrId(self.number64()),
            21 => FetchItem::Binary(self.binary_section()),
            22 => FetchItem::Annotation(self.annotations(false)),
            _ => FetchItem::BodySection(self.body_section()),
        }
    }

    fn binary_section(&mut self) -> &'a BinarySection<'a> {
        let section = BinarySection {
            part: Part(self.list(Self::non_zero)),
            origin: self.option(Self::number),
            data: self.nbinary(),
        };
        self.alloc(section)
    }

    fn binary_size(&mut self) -> &'a BinarySize<'a> {
        let size = BinarySize {
            part: Part(self.list(Self::non_zero)),
            octets: self.number64(),
        };
        self.alloc(size)
    }

    /// Labels with a backslash and without, in any form.
    pub(crate) fn labels(&mut self) -> &'a [IString<'a>] {
        self.list(|g| match g.below(4) {
            0 => IString(g.pick(&[&b"\\Inbox"[..], b"\\Sent", b"\\", b"\\a b", b"NIL"])),
            _ => g.string(),
        })
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

/// The names of items without arguments.
const PLAIN_NAMES: [FetchItemName<'_>; 19] = [
    FetchItemName::Body,
    FetchItemName::BodyStructure,
    FetchItemName::EmailId,
    FetchItemName::Envelope,
    FetchItemName::Flags,
    FetchItemName::InternalDate,
    FetchItemName::ModSeq,
    FetchItemName::Rfc822,
    FetchItemName::Rfc822Header,
    FetchItemName::Rfc822Peek,
    FetchItemName::Rfc822Size,
    FetchItemName::Rfc822Text,
    FetchItemName::Rfc822TextPeek,
    FetchItemName::SaveDate,
    FetchItemName::ThreadId,
    FetchItemName::Uid,
    FetchItemName::XGmLabels,
    FetchItemName::XGmMsgId,
    FetchItemName::XGmThrId,
];
