//! Commands.

use imap_proto::command::{Fetch, Login, Search, Store, StoreAction, StoreData, Tagged};
use imap_proto::{
    Bound, Command, Date, FetchItemName, FetchItems, MessageNumber, SearchKey, Section,
    SectionText, SequenceSet,
};

use super::{Read, each, sum};

impl Read for Tagged<'_> {
    #[inline]
    fn read(&self) -> u64 {
        let command = match &self.command {
            Command::Login(Login {
                user_name,
                password,
            }) => sum!(user_name.read(), password.read()),
            Command::Search(Search { charset, keys, .. }) => sum!(charset.read(), each(keys)),
            Command::Select(select) => select.mailbox.read(),
            Command::Store(store) => store.read(),
            Command::UidFetch(fetch) => fetch.read(),
            other => unreachable!("not in the corpora: {other:?}"),
        };
        sum!(self.tag.read(), command)
    }
}

impl<N: MessageNumber> Read for SequenceSet<'_, N> {
    #[inline]
    fn read(&self) -> u64 {
        let bound = |bound: Bound<N>| match bound {
            Bound::Number(n) => u64::from(n.into()),
            Bound::Largest => 5,
        };
        let ranges = self.ranges().iter();
        ranges.fold(u64::from(self.is_saved()), |sum, range| {
            sum!(sum, bound(range.start), bound(range.end))
        })
    }
}

impl<N: MessageNumber> Read for Fetch<'_, N> {
    #[inline]
    fn read(&self) -> u64 {
        let items = match self.items {
            FetchItems::All => 1,
            FetchItems::Fast => 2,
            FetchItems::Full => 3,
            FetchItems::List(items) => each(items),
        };
        sum!(self.set.read(), items)
    }
}

impl Read for FetchItemName<'_> {
    #[inline]
    fn read(&self) -> u64 {
        match self {
            Self::BodySection {
                section,
                peek,
                partial,
            } => {
                let (first, count) = partial.unwrap_or_default();
                sum!(section.read(), u64::from(*peek), first.read(), count.read())
            }
            Self::BodyStructure => 2,
            Self::Envelope => 3,
            Self::Flags => 4,
            Self::InternalDate => 5,
            Self::Rfc822Size => 6,
            Self::Uid => 7,
            other => unreachable!("not in the corpora: {other:?}"),
        }
    }
}

impl Read for Section<'_> {
    #[inline]
    fn read(&self) -> u64 {
        let part = self.part.0.iter();
        let text = match self.text {
            Some(SectionText::HeaderFields(names) | SectionText::HeaderFieldsNot(names)) => {
                each(names)
            }
            Some(_) => 1,
            None => 0,
        };
        part.fold(text, |sum, n| sum!(sum, u64::from(n.get())))
    }
}

impl<N: MessageNumber> Read for Store<'_, N> {
    #[inline]
    fn read(&self) -> u64 {
        let action = match self.action {
            StoreAction::Add => 1,
            StoreAction::Remove => 2,
            StoreAction::Replace => 3,
        };
        sum!(
            self.set.read(),
            action,
            u64::from(self.silent),
            match self.data {
                StoreData::Flags(flags) => each(flags),
                _ => 0,
            },
        )
    }
}

impl Read for Date {
    #[inline]
    fn read(&self) -> u64 {
        sum!(
            u64::from(self.year()),
            u64::from(self.month()),
            u64::from(self.day()),
        )
    }
}

impl Read for SearchKey<'_> {
    fn read(&self) -> u64 {
        match self {
            Self::And(keys) => each(keys),
            Self::From(text) | Self::Subject(text) => text.read(),
            Self::Since(date) => date.read(),
            Self::Larger(octets) => *octets,
            Self::Uid(set) => set.read(),
            Self::Not(key) => key.read(),
            Self::Or(left, right) => sum!(left.read(), right.read()),
            Self::Keyword(name) => name.read(),
            Self::All => 1,
            Self::Answered => 2,
            Self::Deleted => 3,
            Self::Flagged => 4,
            Self::New => 5,
            Self::Old => 6,
            Self::Seen => 7,
            Self::Unanswered => 8,
            Self::Undeleted => 9,
            Self::Undraft => 10,
            Self::Unseen => 11,
            other => unreachable!("not in the corpora: {other:?}"),
        }
    }
}
