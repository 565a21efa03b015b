//! Commands about the data and the flags of messages.

use imap_proto::command::{Fetch, FetchModifier, Store, StoreAction, StoreData, StoreModifier};
use imap_proto::{FetchItems, Flag, MessageNumber, SeqNum, Uid};

use super::Client;
use crate::driver::Driver;
use crate::exchange::{FetchAnswer, MessageSet, StoreAnswer};

/// How [`Client::store_with`] goes about it.
#[derive(Clone, Copy, Debug, Default)]
pub struct StoreOptions {
    /// Only messages without a higher modification sequence are changed; needs `CONDSTORE`.
    pub unchanged_since: Option<u64>,
    /// The server need not tell how the messages are afterwards.
    pub silent: bool,
}

impl<D: Driver> Client<D> {
    /// Gets data of messages: a list of items, or [`FetchItems::All`] and the like.
    ///
    /// What a server tells of other messages, or of flags that were not asked for, comes as events.
    ///
    /// ```text
    /// C: A654 FETCH 2:4 (FLAGS RFC822.SIZE)
    /// S: * 2 FETCH (FLAGS (\Seen) RFC822.SIZE 4286)
    /// S: A654 OK FETCH completed
    /// ```
    ///
    /// [RFC 9051 section 6.4.5](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.5)
    pub fn fetch<'s, 'i>(
        &mut self,
        set: impl Into<MessageSet<'s>>,
        items: impl Into<FetchItems<'i>>,
    ) -> D::Run<'_, FetchAnswer<SeqNum>> {
        self.fetch_set(&set.into(), items.into(), &[])
    }

    /// Gets data of messages by their UIDs. The server adds the item `UID` to each answer.
    ///
    /// A set whose text is longer than 8,000 octets, which servers need not read, is sent in parts:
    /// one command follows the other, and there is one answer.
    pub fn uid_fetch<'s, 'i>(
        &mut self,
        set: impl Into<MessageSet<'s, Uid>>,
        items: impl Into<FetchItems<'i>>,
    ) -> D::Run<'_, FetchAnswer<Uid>> {
        self.fetch_set(&set.into(), items.into(), &[])
    }

    /// Gets data of messages, as far as `modifiers` say: of those that changed since
    /// ([RFC 7162](https://www.rfc-editor.org/rfc/rfc7162#section-3.1.4.1)), or of some of them
    /// ([RFC 9394](https://www.rfc-editor.org/rfc/rfc9394#section-3.3)).
    pub fn fetch_with<'s, 'i>(
        &mut self,
        set: impl Into<MessageSet<'s>>,
        items: impl Into<FetchItems<'i>>,
        modifiers: &[FetchModifier<'_>],
    ) -> D::Run<'_, FetchAnswer<SeqNum>> {
        self.fetch_set(&set.into(), items.into(), modifiers)
    }

    /// Gets data of messages by their UIDs, as [`Client::fetch_with`] does; with `VANISHED` also
    /// the UIDs of those that are gone.
    ///
    /// ```text
    /// C: s100 UID FETCH 300:500 (FLAGS) (CHANGEDSINCE 12345 VANISHED)
    /// S: * VANISHED (EARLIER) 300:310,405,411
    /// S: * 1 FETCH (UID 404 MODSEQ (65402) FLAGS (\Seen))
    /// S: s100 OK FETCH completed
    /// ```
    ///
    /// [RFC 7162 section 3.2.6](https://www.rfc-editor.org/rfc/rfc7162#section-3.2.6)
    pub fn uid_fetch_with<'s, 'i>(
        &mut self,
        set: impl Into<MessageSet<'s, Uid>>,
        items: impl Into<FetchItems<'i>>,
        modifiers: &[FetchModifier<'_>],
    ) -> D::Run<'_, FetchAnswer<Uid>> {
        self.fetch_set(&set.into(), items.into(), modifiers)
    }

    fn fetch_set<N: MessageNumber + Send>(
        &mut self,
        set: &MessageSet<'_, N>,
        items: FetchItems<'_>,
        modifiers: &[FetchModifier<'_>],
    ) -> D::Run<'_, FetchAnswer<N>> {
        self.run_or_refuse(set.required().map(|set| Fetch {
            set,
            items,
            modifiers,
        }))
    }

    /// Changes flags of messages, and gets the flags as they are afterwards.
    ///
    /// ```text
    /// C: A003 STORE 2:4 +FLAGS (\Deleted)
    /// S: * 2 FETCH (FLAGS (\Deleted \Seen))
    /// S: A003 OK STORE completed
    /// ```
    ///
    /// [RFC 9051 section 6.4.6](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.6)
    pub fn store<'s>(
        &mut self,
        set: impl Into<MessageSet<'s>>,
        action: StoreAction,
        flags: &[Flag<'_>],
    ) -> D::Run<'_, StoreAnswer<SeqNum>> {
        self.store_set(
            &set.into(),
            action,
            StoreData::Flags(flags),
            StoreOptions::default(),
        )
    }

    /// Changes flags of messages by their UIDs, and gets the flags as they are afterwards.
    ///
    /// Long sets are sent in parts, as with [`Client::uid_fetch`].
    pub fn uid_store<'s>(
        &mut self,
        set: impl Into<MessageSet<'s, Uid>>,
        action: StoreAction,
        flags: &[Flag<'_>],
    ) -> D::Run<'_, StoreAnswer<Uid>> {
        self.store_set(
            &set.into(),
            action,
            StoreData::Flags(flags),
            StoreOptions::default(),
        )
    }

    /// Changes flags of messages, labels of Gmail, or annotations; silently, or on a condition.
    ///
    /// ```text
    /// C: d105 STORE 7,5,9 (UNCHANGEDSINCE 320162338) +FLAGS.SILENT (\Deleted)
    /// S: * 5 FETCH (MODSEQ (320162350))
    /// S: d105 OK [MODIFIED 7,9] Conditional STORE failed
    /// ```
    ///
    /// [RFC 7162 section 3.1.3](https://www.rfc-editor.org/rfc/rfc7162#section-3.1.3)
    pub fn store_with<'s>(
        &mut self,
        set: impl Into<MessageSet<'s>>,
        action: StoreAction,
        data: StoreData<'_>,
        options: StoreOptions,
    ) -> D::Run<'_, StoreAnswer<SeqNum>> {
        self.store_set(&set.into(), action, data, options)
    }

    /// Changes messages by their UIDs, as [`Client::store_with`] does.
    pub fn uid_store_with<'s>(
        &mut self,
        set: impl Into<MessageSet<'s, Uid>>,
        action: StoreAction,
        data: StoreData<'_>,
        options: StoreOptions,
    ) -> D::Run<'_, StoreAnswer<Uid>> {
        self.store_set(&set.into(), action, data, options)
    }

    fn store_set<N: MessageNumber + Send>(
        &mut self,
        set: &MessageSet<'_, N>,
        action: StoreAction,
        data: StoreData<'_>,
        options: StoreOptions,
    ) -> D::Run<'_, StoreAnswer<N>> {
        let condition = options.unchanged_since.map(StoreModifier::UnchangedSince);
        self.run_or_refuse(set.required().map(|set| Store {
            set,
            modifiers: condition.as_slice(),
            action,
            silent: options.silent,
            data,
        }))
    }
}
