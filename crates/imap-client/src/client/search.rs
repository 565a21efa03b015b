//! Commands that find messages.

use imap_proto::command::{Esearch, Search, SearchReturnOption, Sort, SortCriterion, Thread};
use imap_proto::{Arena, IString, MailboxFilter, SearchKey, SeqNum, ThreadAlgorithm, Uid};

use super::Client;
use crate::driver::Driver;
use crate::error::Error;
use crate::exchange::{
    Criteria, EsearchAnswer, SearchAnswer, ThreadAnswer, UidSearch, UidSort, UidThread,
};

impl<D: Driver> Client<D> {
    /// Finds messages.
    ///
    /// If a text in the criteria is not ASCII, the search is sent with the charset UTF-8. A server
    /// that does not know it refuses with [`Code::BadCharset`](imap_proto::Code::BadCharset).
    ///
    /// ```text
    /// C: A282 SEARCH FLAGGED SINCE 1-Feb-1994 NOT FROM Smith
    /// S: * SEARCH 2 84 882
    /// S: A282 OK SEARCH completed
    /// ```
    ///
    /// [RFC 9051 section 6.4.4](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.4)
    pub fn search<'k>(
        &mut self,
        criteria: impl Into<Criteria<'k>>,
    ) -> D::Run<'_, SearchAnswer<SeqNum>> {
        let (criteria, arena) = (criteria.into(), Arena::new());
        let search = self.search_program(&criteria, &arena, None);
        self.run_or_refuse(search)
    }

    /// Finds messages as [`Client::search`] does, and tells their UIDs.
    pub fn uid_search<'k>(
        &mut self,
        criteria: impl Into<Criteria<'k>>,
    ) -> D::Run<'_, SearchAnswer<Uid>> {
        let (criteria, arena) = (criteria.into(), Arena::new());
        let search = self.search_program(&criteria, &arena, None);
        self.run_or_refuse(search.map(UidSearch))
    }

    /// Finds messages, and tells of them what `options` say; their numbers if these say nothing.
    ///
    /// Needs `ESEARCH` or `IMAP4rev2`; `SAVE` needs `SEARCHRES`, `PARTIAL`, `UPDATE` and `CONTEXT`
    /// need `CONTEXT=SEARCH` or `PARTIAL`. What was saved is named by
    /// [`SequenceSet::SAVED`](imap_proto::SequenceSet::SAVED) afterwards.
    ///
    /// ```text
    /// C: A283 SEARCH RETURN (MIN COUNT) FLAGGED
    /// S: * ESEARCH (TAG "A283") MIN 2 COUNT 3
    /// S: A283 OK SEARCH completed
    /// ```
    ///
    /// [RFC 4731](https://www.rfc-editor.org/rfc/rfc4731),
    /// [RFC 5182](https://www.rfc-editor.org/rfc/rfc5182),
    /// [RFC 5267](https://www.rfc-editor.org/rfc/rfc5267)
    pub fn search_return<'k>(
        &mut self,
        options: &[SearchReturnOption<'_>],
        criteria: impl Into<Criteria<'k>>,
    ) -> D::Run<'_, SearchAnswer<SeqNum>> {
        let (criteria, arena) = (criteria.into(), Arena::new());
        let search = self.search_program(&criteria, &arena, Some(explicit(options)));
        self.run_or_refuse(search)
    }

    /// Finds messages as [`Client::search_return`] does, and tells of them by UID.
    pub fn uid_search_return<'k>(
        &mut self,
        options: &[SearchReturnOption<'_>],
        criteria: impl Into<Criteria<'k>>,
    ) -> D::Run<'_, SearchAnswer<Uid>> {
        let (criteria, arena) = (criteria.into(), Arena::new());
        let search = self.search_program(&criteria, &arena, Some(explicit(options)));
        self.run_or_refuse(search.map(UidSearch))
    }

    /// Finds messages in several mailboxes, and tells of them by UID; one result for each mailbox
    /// that has such messages.
    ///
    /// Needs `MULTISEARCH`. Without filters the selected mailbox is searched. Names in the filters
    /// are as they are on the wire.
    ///
    /// ```text
    /// C: tag1 ESEARCH IN (mailboxes "folder1" subtree "folder2") RETURN (ALL) UNSEEN
    /// S: * ESEARCH (TAG "tag1" MAILBOX "folder1" UIDVALIDITY 1) UID ALL 4001,4003,4005,4007,4009
    /// S: tag1 OK done
    /// ```
    ///
    /// [RFC 7377](https://www.rfc-editor.org/rfc/rfc7377)
    pub fn esearch<'k>(
        &mut self,
        sources: &[MailboxFilter<'_>],
        options: &[SearchReturnOption<'_>],
        criteria: impl Into<Criteria<'k>>,
    ) -> D::Run<'_, EsearchAnswer> {
        let (criteria, arena) = (criteria.into(), Arena::new());
        let search = self.search_program(&criteria, &arena, Some(explicit(options)));
        self.run_or_refuse(search.map(|search| Esearch {
            sources,
            scope_options: &[],
            return_options: search.return_options,
            charset: search.charset,
            keys: search.keys,
        }))
    }

    /// Finds messages, and has them in order.
    ///
    /// Needs `SORT`. The criteria of the order count in turn: what is the same by the first is in
    /// the order of the second.
    ///
    /// ```text
    /// C: A283 SORT (SUBJECT REVERSE DATE) UTF-8 ALL
    /// S: * SORT 5 3 4 1 2
    /// S: A283 OK SORT completed
    /// ```
    ///
    /// [RFC 5256 section 3](https://www.rfc-editor.org/rfc/rfc5256#section-3)
    pub fn sort<'k>(
        &mut self,
        order: &[SortCriterion<'_>],
        criteria: impl Into<Criteria<'k>>,
    ) -> D::Run<'_, SearchAnswer<SeqNum>> {
        let (criteria, arena) = (criteria.into(), Arena::new());
        let sort = sort_program(order, &criteria, &arena, None);
        self.run_or_refuse(sort)
    }

    /// Finds messages in order as [`Client::sort`] does, and tells their UIDs.
    pub fn uid_sort<'k>(
        &mut self,
        order: &[SortCriterion<'_>],
        criteria: impl Into<Criteria<'k>>,
    ) -> D::Run<'_, SearchAnswer<Uid>> {
        let (criteria, arena) = (criteria.into(), Arena::new());
        let sort = sort_program(order, &criteria, &arena, None);
        self.run_or_refuse(sort.map(UidSort))
    }

    /// Finds messages in order, and tells of them what `options` say; their numbers if these say
    /// nothing.
    ///
    /// Needs `ESORT`; `PARTIAL`, `UPDATE` and `CONTEXT` need `CONTEXT=SORT`.
    ///
    /// [RFC 5267 section 3](https://www.rfc-editor.org/rfc/rfc5267#section-3)
    pub fn sort_return<'k>(
        &mut self,
        options: &[SearchReturnOption<'_>],
        order: &[SortCriterion<'_>],
        criteria: impl Into<Criteria<'k>>,
    ) -> D::Run<'_, SearchAnswer<SeqNum>> {
        let (criteria, arena) = (criteria.into(), Arena::new());
        let sort = sort_program(order, &criteria, &arena, Some(explicit(options)));
        self.run_or_refuse(sort)
    }

    /// Finds messages in order as [`Client::sort_return`] does, and tells of them by UID.
    pub fn uid_sort_return<'k>(
        &mut self,
        options: &[SearchReturnOption<'_>],
        order: &[SortCriterion<'_>],
        criteria: impl Into<Criteria<'k>>,
    ) -> D::Run<'_, SearchAnswer<Uid>> {
        let (criteria, arena) = (criteria.into(), Arena::new());
        let sort = sort_program(order, &criteria, &arena, Some(explicit(options)));
        self.run_or_refuse(sort.map(UidSort))
    }

    /// Finds messages, and has them in threads.
    ///
    /// Needs `THREAD=` with the name of the algorithm.
    ///
    /// ```text
    /// C: A284 THREAD REFERENCES UTF-8 SINCE 5-Mar-2000
    /// S: * THREAD (2)(3 6 (4 23)(44 7 96))
    /// S: A284 OK THREAD completed
    /// ```
    ///
    /// [RFC 5256 section 3](https://www.rfc-editor.org/rfc/rfc5256#section-3)
    pub fn thread<'k>(
        &mut self,
        algorithm: ThreadAlgorithm<'_>,
        criteria: impl Into<Criteria<'k>>,
    ) -> D::Run<'_, ThreadAnswer<SeqNum>> {
        let (criteria, arena) = (criteria.into(), Arena::new());
        let thread = thread_program(algorithm, &criteria, &arena);
        self.run_or_refuse(thread)
    }

    /// Finds messages in threads as [`Client::thread`] does, and tells their UIDs.
    pub fn uid_thread<'k>(
        &mut self,
        algorithm: ThreadAlgorithm<'_>,
        criteria: impl Into<Criteria<'k>>,
    ) -> D::Run<'_, ThreadAnswer<Uid>> {
        let (criteria, arena) = (criteria.into(), Arena::new());
        let thread = thread_program(algorithm, &criteria, &arena);
        self.run_or_refuse(thread.map(UidThread))
    }

    fn search_program<'a>(
        &self,
        criteria: &Criteria<'a>,
        arena: &'a Arena,
        return_options: Option<&'a [SearchReturnOption<'a>]>,
    ) -> Result<Search<'a>, Error> {
        let keys = criteria.keys(arena)?;
        // Some servers refuse the word, and it is not allowed where UTF-8 was agreed on.
        let plain = self.session.state().utf8() || keys.iter().all(SearchKey::is_ascii);
        Ok(Search {
            return_options,
            charset: (!plain).then_some(UTF_8),
            keys,
        })
    }
}

fn sort_program<'a>(
    order: &'a [SortCriterion<'a>],
    criteria: &Criteria<'a>,
    arena: &'a Arena,
    return_options: Option<&'a [SearchReturnOption<'a>]>,
) -> Result<Sort<'a>, Error> {
    Ok(Sort {
        return_options,
        criteria: order,
        charset: UTF_8,
        keys: criteria.keys(arena)?,
    })
}

fn thread_program<'a>(
    algorithm: ThreadAlgorithm<'a>,
    criteria: &Criteria<'a>,
    arena: &'a Arena,
) -> Result<Thread<'a>, Error> {
    Ok(Thread {
        algorithm,
        charset: UTF_8,
        keys: criteria.keys(arena)?,
    })
}

/// The options, with the one that an empty list means, since some servers then tell nothing.
fn explicit<'a>(options: &'a [SearchReturnOption<'a>]) -> &'a [SearchReturnOption<'a>] {
    if options.is_empty() {
        &[SearchReturnOption::All]
    } else {
        options
    }
}

/// The charset of everything that is sent.
const UTF_8: IString<'static> = IString(b"UTF-8");
