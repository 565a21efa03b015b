//! SEARCH, SORT and THREAD.

use std::num::NonZeroU32;

use imap_proto::command::{Search, SearchReturnOption, Sort, Thread};
use imap_proto::response::{Esearch, Search as SearchResponse, SearchCorrelator};
use imap_proto::{Arena, Code, IString, Response, SearchKey, SeqNum, Uid};

use super::Session;
use super::reply::{Answer, Call, Reply};
use super::state::{Numbering, Selected, seq_of};
use crate::search::{
    CHARSETS, Candidate, Found, Query, Scope, Unsupported, knows_charset, return_data, saved, sort,
    thread,
};
use crate::shared;
use crate::store::Store;

/// How messages are named in an answer.
pub(super) trait Answers: Numbering {
    /// The number or the UID.
    fn of(seq: SeqNum, uid: Uid) -> Self;

    fn esearch(data: Esearch<'_, Self>) -> Response<'_>;
}

impl Answers for SeqNum {
    fn of(seq: SeqNum, _: Uid) -> Self {
        seq
    }

    fn esearch(data: Esearch<'_, Self>) -> Response<'_> {
        Response::Esearch(data)
    }
}

impl Answers for Uid {
    fn of(_: SeqNum, uid: Uid) -> Self {
        uid
    }

    fn esearch(data: Esearch<'_, Self>) -> Response<'_> {
        Response::UidEsearch(data)
    }
}

/// What a search, whatever its name, is asked to find.
pub(super) struct Wanted<'a> {
    pub(super) options: Option<&'a [SearchReturnOption<'a>]>,
    pub(super) charset: Option<IString<'a>>,
    pub(super) keys: &'a [SearchKey<'a>],
}

/// The messages that were found, in the order of their numbers.
pub(super) struct Hits<'m> {
    messages: Vec<Candidate<'m>>,
    pub(super) uses_mod_seq: bool,
    /// Among how many.
    pub(super) looked_at: usize,
}

impl Hits<'_> {
    pub(super) fn found(&self) -> Vec<Found> {
        self.messages.iter().map(found).collect()
    }
}

impl Session {
    /// [RFC 9051 section 6.4.4](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.4)
    pub(super) fn search<'a, N: Answers>(
        &mut self,
        store: &Store,
        call: Call<'a>,
        command: &Search<'a>,
    ) -> Answer<'a> {
        let options = command.return_options;
        self.check_charset(command.charset)?;
        let wanted = Wanted {
            options,
            charset: command.charset,
            keys: command.keys,
        };
        let hits = self.hits(store, call, &wanted)?;
        let found = hits.found();
        if options.is_some() || self.enabled.rev2 {
            let options = options.unwrap_or_default();
            self.send_esearch::<N>(call, options, &found, hits.uses_mod_seq);
        } else {
            let response = numbers::<N>(&found, hits.uses_mod_seq, call.arena);
            self.out.send(&Response::Search(response));
        }
        Ok(Reply::ok("SEARCH completed"))
    }

    /// [RFC 5256 section 3](https://www.rfc-editor.org/rfc/rfc5256#section-3),
    /// [RFC 5267 section 3](https://www.rfc-editor.org/rfc/rfc5267#section-3)
    pub(super) fn sort<'a, N: Answers>(
        &mut self,
        store: &Store,
        call: Call<'a>,
        command: &Sort<'a>,
    ) -> Answer<'a> {
        let wanted = Wanted {
            options: command.return_options,
            charset: Some(command.charset),
            keys: command.keys,
        };
        let hits = self.hits(store, call, &wanted)?;
        let order = sort(command.criteria, &hits.messages).map_err(|error| refused(error, call))?;
        let sorted = order.iter().filter_map(|place| hits.messages.get(*place));
        let found: Vec<Found> = sorted.map(found).collect();
        if let Some(options) = command.return_options {
            self.send_esearch::<N>(call, options, &found, hits.uses_mod_seq);
        } else {
            let response = numbers::<N>(&found, hits.uses_mod_seq, call.arena);
            self.out.send(&Response::Sort(response));
        }
        Ok(Reply::ok("SORT completed"))
    }

    /// [RFC 5256 section 3](https://www.rfc-editor.org/rfc/rfc5256#section-3)
    pub(super) fn thread<'a, N: Answers>(
        &mut self,
        store: &Store,
        call: Call<'a>,
        command: &Thread<'a>,
    ) -> Answer<'a> {
        let wanted = Wanted {
            options: None,
            charset: Some(command.charset),
            keys: command.keys,
        };
        let hits = self.hits(store, call, &wanted)?;
        let number = |message: &Candidate<'_>| {
            let number: u32 = N::of(message.seq, message.uid).into();
            // cannot fail: no number is 0
            NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN)
        };
        let threads = thread(command.algorithm, &hits.messages, number, call.arena);
        let threads = threads.map_err(|error| refused(error, call))?;
        self.out.send(&Response::Thread(threads));
        Ok(Reply::ok("THREAD completed"))
    }

    /// The messages of the selected mailbox that are wanted.
    fn hits<'a, 'm>(
        &mut self,
        store: &'m Store,
        call: Call<'a>,
        wanted: &Wanted<'a>,
    ) -> Result<Hits<'m>, Reply<'a>> {
        self.check_search(call, wanted)?;
        let selected = self.selected.as_ref();
        let selected = selected.ok_or(Reply::bad("select a mailbox first"))?;
        let hits = self.hits_in(store, call, selected, wanted)?;
        self.save(wanted.options, || hits.found());
        self.tell_progress(call, hits.looked_at);
        if hits.uses_mod_seq {
            self.enable_condstore(store);
        }
        Ok(hits)
    }

    /// RFC 6855 section 3: all is UTF-8 once that is enabled.
    pub(super) fn check_charset(&self, charset: Option<IString<'_>>) -> Result<(), Reply<'static>> {
        match charset {
            Some(_) if self.enabled.utf8 => Err(Reply::bad(
                "there are no charsets once UTF8=ACCEPT is enabled",
            )),
            _ => Ok(()),
        }
    }

    /// Refuses what cannot be searched for.
    pub(super) fn check_search<'a>(
        &mut self,
        call: Call<'a>,
        wanted: &Wanted<'a>,
    ) -> Result<(), Reply<'a>> {
        check_options(wanted.options.unwrap_or_default())?;
        if wanted
            .charset
            .is_some_and(|charset| !knows_charset(charset))
        {
            // RFC 5182 2.1: what was saved is lost when a search fails.
            self.save(wanted.options, Vec::new);
            let known = call.arena.alloc_slice(CHARSETS.map(IString::from));
            return Err(Reply::no("unknown charset").with_code(Code::BadCharset(known)));
        }
        if self.enabled.uid_only && any_key(wanted.keys, has_seq_nums) {
            let reply = Reply::bad("there are no sequence numbers now");
            return Err(reply.with_code(Code::UidRequired));
        }
        Ok(())
    }

    /// The messages of a mailbox that are wanted.
    pub(super) fn hits_in<'a, 'm>(
        &self,
        store: &'m Store,
        call: Call<'a>,
        searched: &Selected,
        wanted: &Wanted<'a>,
    ) -> Result<Hits<'m>, Reply<'a>> {
        let mailbox = store.mailbox(searched.id).ok_or(Reply::no_mailbox())?;
        let query = Query::new(wanted.keys, &scope(searched));
        let query = query.map_err(|error| refused(error, call))?;
        let mut messages = Vec::new();
        for (place, uid) in searched.uids.iter().enumerate() {
            let (Some(seq), Some(message)) = (seq_of(place), mailbox.find(*uid)) else {
                continue;
            };
            let candidate = Candidate {
                seq,
                uid: *uid,
                mod_seq: message.mod_seq,
                flags: &[],
                internal_date: message.internal_date,
                save_date: Some(message.save_date),
                mail: &message.mail,
            };
            let flags = self.flags(searched, message);
            let with_flags = Candidate {
                flags: &flags,
                ..candidate
            };
            if query.matches(&with_flags) {
                messages.push(candidate);
            }
        }
        Ok(Hits {
            messages,
            uses_mod_seq: query.uses_mod_seq(),
            looked_at: searched.uids.len(),
        })
    }

    /// Keeps what was found, if that is wanted.
    ///
    /// [RFC 5182](https://www.rfc-editor.org/rfc/rfc5182)
    pub(super) fn save(
        &mut self,
        options: Option<&[SearchReturnOption<'_>]>,
        found: impl FnOnce() -> Vec<Found>,
    ) {
        let options = options.unwrap_or_default();
        if options.contains(&SearchReturnOption::Save)
            && let Some(selected) = &mut self.selected
        {
            selected.saved = saved(options, &found());
        }
    }

    fn send_esearch<'a, N: Answers>(
        &mut self,
        call: Call<'a>,
        options: &[SearchReturnOption<'a>],
        found: &[Found],
        uses_mod_seq: bool,
    ) {
        let number = |found: &Found| N::of(found.seq, found.uid);
        let data = return_data(options, found, uses_mod_seq, number, call.arena);
        if let Some(data) = data {
            let correlators = &[SearchCorrelator::Tag(call.tag)];
            self.out.send(&N::esearch(Esearch { correlators, data }));
        }
    }
}

/// Whether this holds for one of the keys, at any depth.
pub(super) fn any_key(keys: &[SearchKey<'_>], holds: fn(&SearchKey<'_>) -> bool) -> bool {
    keys.iter().any(|key| {
        holds(key)
            || match key {
                SearchKey::And(keys) => any_key(keys, holds),
                SearchKey::Fuzzy(key) | SearchKey::Not(key) => {
                    any_key(std::slice::from_ref(*key), holds)
                }
                SearchKey::Or(left, right) => any_key(&[**left, **right], holds),
                _ => false,
            }
    })
}

/// Whether a key is about sequence numbers; `$` is not.
fn has_seq_nums(key: &SearchKey<'_>) -> bool {
    matches!(key, SearchKey::SequenceSet(set) if !set.is_saved())
}

/// RFC 9394 3.1: PARTIAL and ALL do not go together.
fn check_options(options: &[SearchReturnOption<'_>]) -> Result<(), Reply<'static>> {
    let is_partial =
        |option: &SearchReturnOption<'_>| matches!(option, SearchReturnOption::Partial(_));
    let mut others = options.iter().filter(|option| {
        matches!(
            option,
            SearchReturnOption::Context
                | SearchReturnOption::Other(_)
                | SearchReturnOption::Update(_)
        )
    });
    if others.next().is_some() {
        return Err(Reply::bad("this return option is not known here"));
    }
    if options.contains(&SearchReturnOption::All) && options.iter().any(is_partial) {
        return Err(Reply::bad("PARTIAL and ALL do not go together"));
    }
    Ok(())
}

fn scope(selected: &Selected) -> Scope<'_> {
    Scope {
        last_seq: SeqNum::try_from(selected.exists()).ok(),
        last_uid: selected.uids.last().copied(),
        saved: &selected.saved,
        now: shared::now().to_unix(),
    }
}

fn found(message: &Candidate<'_>) -> Found {
    Found {
        seq: message.seq,
        uid: message.uid,
        mod_seq: message.mod_seq,
    }
}

/// What SEARCH and SORT responses tell.
fn numbers<'a, N: Answers>(
    found: &[Found],
    uses_mod_seq: bool,
    arena: &'a Arena,
) -> SearchResponse<'a> {
    let mod_seqs = found.iter().map(|found| found.mod_seq);
    let numbers = found.iter().map(|found| N::of(found.seq, found.uid).into());
    SearchResponse {
        numbers: arena.alloc_slice(numbers),
        mod_seq: mod_seqs.max().filter(|_| uses_mod_seq),
    }
}

fn refused<'a>(error: Unsupported, call: Call<'a>) -> Reply<'a> {
    Reply::bad(call.arena.alloc_str(&error.to_string()))
}
