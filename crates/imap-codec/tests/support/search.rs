//! Search keys, and commands and responses about what is found.

use imap_proto::command::{self, CancelUpdate, SearchReturnOption, Sort, SortCriterion, SortKey};
use imap_proto::response::{
    ContextChange, Esearch, PartialResult, SearchCorrelator, SearchReturnData, Thread, UidBatches,
};
use imap_proto::{
    AnnotationKey, Atom, Bound, EntryType, Flag, IString, MailboxFilter, MessageNumber,
    ModSeqEntry, ObjectId, OtherItem, Range, SearchKey, ThreadAlgorithm,
};

use super::Gen;

/// Keys inside each other that a parser takes by default.
const MAX_DEPTH: usize = 64;

/// Threads inside each other that a parser takes by default.
const MAX_THREAD_DEPTH: usize = 255;

impl<'a> Gen<'a> {
    /// A key, at times as deep as a parser takes it.
    pub(crate) fn search_key(&mut self) -> SearchKey<'a> {
        if !self.one_in(16) {
            return self.key(4);
        }
        let mut key = self.leaf();
        for _ in 1..MAX_DEPTH {
            key = match self.below(4) {
                3 => SearchKey::Fuzzy(self.alloc(key)),
                0 => SearchKey::Not(self.alloc(key)),
                1 => SearchKey::Or(self.alloc(key), &SearchKey::All),
                _ => SearchKey::And(self.list_of(1, |_| key)),
            };
        }
        key
    }

    fn key(&mut self, depth: usize) -> SearchKey<'a> {
        let kinds = if depth > 0 { 8 } else { 4 };
        match self.below(kinds) {
            4 => SearchKey::And(self.list1(|g| g.key(depth - 1))),
            5 => {
                let key = self.key(depth - 1);
                SearchKey::Not(self.alloc(key))
            }
            6 => {
                let (left, right) = (self.key(depth - 1), self.key(depth - 1));
                SearchKey::Or(self.alloc(left), self.alloc(right))
            }
            7 => {
                let key = self.key(depth - 1);
                SearchKey::Fuzzy(self.alloc(key))
            }
            _ => self.leaf(),
        }
    }

    fn leaf(&mut self) -> SearchKey<'a> {
        match self.below(30) {
            0 => self.plain_key(),
            1 => SearchKey::Bcc(self.string()),
            2 => SearchKey::Before(self.date()),
            3 => SearchKey::Body(self.string()),
            4 => SearchKey::Cc(self.string()),
            5 => SearchKey::From(self.string()),
            6 => SearchKey::Header(self.string(), self.string()),
            7 => SearchKey::Keyword(self.keyword()),
            8 => SearchKey::Larger(self.number64()),
            9 => SearchKey::On(self.date()),
            10 => SearchKey::SentBefore(self.date()),
            11 => SearchKey::SentOn(self.date()),
            12 => SearchKey::SentSince(self.date()),
            13 => SearchKey::SequenceSet(self.set()),
            14 => SearchKey::Since(self.date()),
            15 => SearchKey::Smaller(self.number64()),
            16 => SearchKey::Subject(self.string()),
            17 => SearchKey::Text(self.string()),
            18 => SearchKey::To(self.string()),
            19 => SearchKey::Uid(self.set()),
            20 => SearchKey::Unkeyword(self.keyword()),
            21 => SearchKey::Other(self.other_key()),
            22..=26 => self.extension_key(),
            _ => self.plain_key(),
        }
    }

    /// A key of an extension.
    fn extension_key(&mut self) -> SearchKey<'a> {
        match self.below(15) {
            13 => {
                let key = AnnotationKey {
                    entry: self.string(),
                    attribute: self.string(),
                    value: self.nstring(),
                };
                SearchKey::Annotation(self.alloc(key))
            }
            0 => SearchKey::EmailId(self.object_id()),
            1 => SearchKey::Filter(Atom::new(self.pick(&["on-the-road", "a+b"])).unwrap()),
            2 => SearchKey::ModSeq(self.option(Self::mod_seq_entry), self.number64()),
            3 => SearchKey::Older(self.non_zero()),
            4 => SearchKey::SaveDateSupported,
            5 => SearchKey::SavedBefore(self.date()),
            6 => SearchKey::SavedOn(self.date()),
            7 => SearchKey::SavedSince(self.date()),
            8 => SearchKey::ThreadId(self.object_id()),
            9 => SearchKey::XGmLabels(self.string()),
            10 => SearchKey::XGmMsgId(self.number64()),
            11 => SearchKey::XGmRaw(self.string()),
            12 => SearchKey::XGmThrId(self.number64()),
            _ => SearchKey::Younger(self.non_zero()),
        }
    }

    fn mod_seq_entry(&mut self) -> &'a ModSeqEntry<'a> {
        let flag = match self.below(3) {
            0 => Flag::new(self.pick(&["\\Answered", "\\Draft", "\\Seen"])).unwrap(),
            1 => Flag::Keyword(self.keyword()),
            _ => Flag::Other(self.new_atom().into()),
        };
        let entry_type = self.pick(&[EntryType::All, EntryType::Private, EntryType::Shared]);
        self.alloc(ModSeqEntry { flag, entry_type })
    }

    pub(crate) fn object_id(&mut self) -> ObjectId<'a> {
        let longest = "a".repeat(ObjectId::MAX_LEN);
        let id = self.pick(&["M6d99ac3275bb4e", "_-", "1", longest.as_str()]);
        ObjectId::new(self.keep_str(id)).unwrap()
    }

    fn plain_key(&mut self) -> SearchKey<'a> {
        self.pick(&[
            SearchKey::All,
            SearchKey::Answered,
            SearchKey::Deleted,
            SearchKey::Draft,
            SearchKey::Flagged,
            SearchKey::New,
            SearchKey::Old,
            SearchKey::Recent,
            SearchKey::Seen,
            SearchKey::Unanswered,
            SearchKey::Undeleted,
            SearchKey::Undraft,
            SearchKey::Unflagged,
            SearchKey::Unseen,
        ])
    }

    pub(crate) fn search_command(&mut self) -> command::Search<'a> {
        command::Search {
            return_options: self.return_options(),
            charset: self.option(Self::charset),
            keys: self.list1(Self::search_key),
        }
    }

    pub(crate) fn esearch_command(&mut self) -> command::Esearch<'a> {
        let sources = self.list(Self::mailbox_filter);
        command::Esearch {
            sources,
            scope_options: if sources.is_empty() {
                &[]
            } else {
                self.list(Self::other_search_option)
            },
            return_options: self.return_options(),
            charset: self.option(Self::charset),
            keys: self.list1(Self::search_key),
        }
    }

    pub(crate) fn sort_command(&mut self) -> Sort<'a> {
        Sort {
            return_options: self.return_options(),
            criteria: self.list1(|g| SortCriterion {
                reverse: g.one_in(2),
                key: g.sort_key(),
            }),
            charset: self.charset(),
            keys: self.list1(Self::search_key),
        }
    }

    pub(crate) fn thread_command(&mut self) -> command::Thread<'a> {
        let other = ThreadAlgorithm::Other(self.new_atom());
        command::Thread {
            algorithm: self.pick(&[
                ThreadAlgorithm::OrderedSubject,
                ThreadAlgorithm::References,
                ThreadAlgorithm::Refs,
                other,
            ]),
            charset: self.charset(),
            keys: self.list1(Self::search_key),
        }
    }

    pub(crate) fn cancel_update(&mut self) -> CancelUpdate<'a> {
        CancelUpdate {
            tags: self.list1(Self::tag),
        }
    }

    pub(crate) fn uid_batches_command(&mut self) -> command::UidBatches {
        command::UidBatches {
            size: self.non_zero(),
            range: self.option(|g| (g.non_zero(), g.non_zero())),
        }
    }

    fn charset(&mut self) -> IString<'a> {
        self.pick(&["UTF-8", "US-ASCII", "odd \"name\""]).into()
    }

    fn return_options(&mut self) -> Option<&'a [SearchReturnOption<'a>]> {
        use SearchReturnOption::{
            All, Context, Count, Max, Min, Other, Partial, Relevancy, Save, Update,
        };
        let plain = [All, Context, Count, Max, Min, Relevancy, Save, Update(&[])];
        self.option(|g| {
            g.list(|g| match g.below(5) {
                0 => Partial(g.partial_range()),
                2 => Update(g.list1(Self::fetch_item_name)),
                1 => {
                    let option = g.other_search_option();
                    Other(g.alloc(option))
                }
                _ => g.pick(&plain),
            })
        })
    }

    /// An option that is not known.
    fn other_search_option(&mut self) -> OtherItem<'a> {
        let values = [
            "",
            "5",
            "1:4,9",
            "-1:-100",
            "$",
            "(a (\")\" 1) {1}\r\n))",
            "()",
        ];
        OtherItem {
            name: self.pick(&[&b"X-NEW"[..], b"_a.b:c", b".5"]),
            value: self.pick(&values).as_bytes(),
        }
    }

    pub(crate) fn mailbox_filter(&mut self) -> MailboxFilter<'a> {
        match self.below(6) {
            0 => MailboxFilter::Mailboxes(self.list1(Self::mailbox)),
            1 => MailboxFilter::Subtree(self.list1(Self::mailbox)),
            2 => MailboxFilter::SubtreeOne(self.list1(Self::mailbox)),
            _ => self.pick(&[
                MailboxFilter::Inboxes,
                MailboxFilter::Personal,
                MailboxFilter::Selected,
                MailboxFilter::Subscribed,
            ]),
        }
    }

    fn sort_key(&mut self) -> SortKey<'a> {
        let other = SortKey::Other(self.new_atom());
        let annotation = SortKey::Annotation {
            entry: self.string(),
            attribute: self.string(),
        };
        self.pick(&[
            SortKey::Arrival,
            SortKey::Cc,
            SortKey::Date,
            SortKey::DisplayFrom,
            SortKey::DisplayTo,
            SortKey::From,
            SortKey::Relevancy,
            SortKey::Size,
            SortKey::Subject,
            SortKey::To,
            annotation,
            other,
        ])
    }

    pub(crate) fn esearch_response<N: MessageNumber>(&mut self) -> Esearch<'a, N> {
        Esearch {
            correlators: self.list(Self::correlator),
            data: self.list(Self::return_data),
        }
    }

    fn correlator(&mut self) -> SearchCorrelator<'a> {
        match self.below(4) {
            0 => SearchCorrelator::Mailbox(self.mailbox()),
            1 => SearchCorrelator::UidValidity(self.uid_validity()),
            2 => {
                let item = self.other_data();
                SearchCorrelator::Other(self.alloc(item))
            }
            _ => SearchCorrelator::Tag(self.tag()),
        }
    }

    fn return_data<N: MessageNumber>(&mut self) -> SearchReturnData<'a, N> {
        match self.below(10) {
            0 => SearchReturnData::AddTo(self.list1(Self::context_change)),
            1 => SearchReturnData::All(self.known_set()),
            2 => SearchReturnData::Count(self.number()),
            3 => SearchReturnData::Max(self.non_zero().into()),
            4 => SearchReturnData::Min(self.non_zero().into()),
            5 => SearchReturnData::ModSeq(self.number64().max(1)),
            6 => {
                let part = PartialResult {
                    range: self.partial_range(),
                    set: self.option(Self::known_set),
                };
                SearchReturnData::Partial(self.alloc(part))
            }
            7 => SearchReturnData::Relevancy(self.list(|g| 1 + g.below(100) as u8)),
            8 => SearchReturnData::RemoveFrom(self.list1(Self::context_change)),
            _ => {
                let item = self.other_data();
                SearchReturnData::Other(self.alloc(item))
            }
        }
    }

    /// Data that are not known: their values do not begin with a letter.
    fn other_data(&mut self) -> OtherItem<'a> {
        let values = ["5", "1:4,9", "(a (\")\" 1) {1}\r\n))", "()", "\"a b\""];
        OtherItem {
            name: self.word(),
            value: self.pick(&values).as_bytes(),
        }
    }

    fn context_change<N: MessageNumber>(&mut self) -> ContextChange<'a, N> {
        ContextChange {
            position: self.number(),
            set: self.known_set(),
        }
    }

    /// Threads, at times as deep as a parser takes them.
    pub(crate) fn threads(&mut self) -> &'a [Thread<'a>] {
        if !self.one_in(16) {
            return self.list(|g| g.thread(4));
        }
        let leaf = self.thread(0);
        let mut thread = leaf;
        for _ in 1..MAX_THREAD_DEPTH {
            thread = Thread {
                messages: self.list_of(1, Self::non_zero),
                replies: self.arena.alloc_slice([leaf, thread]),
            };
        }
        self.arena.alloc_slice([thread])
    }

    fn thread(&mut self, depth: usize) -> Thread<'a> {
        if depth == 0 || !self.one_in(3) {
            return Thread {
                messages: self.list1(Self::non_zero),
                replies: &[],
            };
        }
        let replies = self.length().max(2);
        Thread {
            messages: self.list(Self::non_zero),
            replies: self.list_of(replies, |g| g.thread(depth - 1)),
        }
    }

    pub(crate) fn uid_batches_response(&mut self) -> UidBatches<'a> {
        UidBatches {
            correlators: self.list(Self::correlator),
            batches: self.list(|g| Range {
                start: Bound::Number(g.uid()),
                end: Bound::Number(g.uid()),
            }),
        }
    }

    /// A key that is not known, with some strings.
    fn other_key(&mut self) -> &'a OtherItem<'a> {
        let name = self.word();
        let strings = self.below(3);
        let strings: Vec<&[u8]> = (0..strings).map(|_| self.raw_string()).collect();
        let value = self.keep(&strings.join(&b' '));
        self.alloc(OtherItem { name, value })
    }
}
