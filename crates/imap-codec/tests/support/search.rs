//! Search keys.

use imap_proto::{Atom, EntryType, Flag, ModSeqEntry, ObjectId, OtherItem, SearchKey};

use super::Gen;

/// Keys inside each other that a parser takes by default.
const MAX_DEPTH: usize = 64;

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
        match self.below(14) {
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

    /// A key that is not known, with some strings.
    fn other_key(&mut self) -> &'a OtherItem<'a> {
        let name = self.word();
        let strings = self.below(3);
        let strings: Vec<&[u8]> = (0..strings).map(|_| self.raw_string()).collect();
        let value = self.keep(&strings.join(&b' '));
        self.alloc(OtherItem { name, value })
    }
}
