//! FETCH: collected, or one by one.

use bytes::Bytes;
use imap_codec::{Encode, EncodeError, EncodeOptions, Encoded, encode_command};
use imap_proto::command::{Fetch, FetchModifier};
use imap_proto::response::{self, StatusResponse};
use imap_proto::{
    FetchBatch, FetchItem, FetchItemName, FetchItems, Fetches, FetchesIter, MessageNumber, Parsed,
    Response, SequenceSet, SequenceSetBuf, Tag, Uid, UidSetBuf,
};

use super::parts::{Rest, first_part};
use super::{Absorbed, Answer, Claim, Data, Exchange, Numbers, Rules};
use crate::error::Error;
use crate::state::State;

impl<N: MessageNumber + Send> Exchange for Fetch<'_, N> {
    type Answer = FetchAnswer<N>;

    fn rules(&self) -> Rules {
        fetch_rules::<N>("FETCH")
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        let first = first_part(self.set).filter(|_| can_be_split(self));
        let set = first.as_ref().and_then(SequenceSetBuf::as_set);
        let set = set.unwrap_or(self.set);
        encode_command(tag, &Fetch { set, ..*self }, options)
    }

    fn answer(&self) -> FetchAnswer<N> {
        let mut answer = FetchAnswer::new(self.set, &self.items);
        answer.wanted.vanished = self.modifiers.contains(&FetchModifier::Vanished);
        answer.rest = rest(self);
        answer
    }
}

/// Whether the answers to commands for parts of the set are together that for all of it.
fn can_be_split<N: MessageNumber>(fetch: &Fetch<'_, N>) -> bool {
    let is_whole = |modifier: &FetchModifier<'_>| {
        matches!(
            modifier,
            FetchModifier::ChangedSince(_) | FetchModifier::Vanished
        )
    };
    fetch.modifiers.iter().all(is_whole)
}

/// What follows the first part of a command.
fn rest<N: MessageNumber>(fetch: &Fetch<'_, N>) -> Rest {
    if !can_be_split(fetch) {
        return Rest::default();
    }
    Rest::of(fetch.set, |set, out| Fetch { set, ..*fetch }.encode(out))
}

/// The rules of FETCH and STORE, with sequence numbers or UIDs.
pub(super) const fn fetch_rules<N: MessageNumber>(name: &'static str) -> Rules {
    Rules::selected(name).answered_by(Data::FETCH).by::<N>()
}

/// Collects the answer to `FETCH` or `UID FETCH`.
#[derive(Debug)]
pub struct FetchAnswer<N: MessageNumber> {
    wanted: Wanted<N>,
    collected: Collected,
    rest: Rest,
}

impl<N: MessageNumber> FetchAnswer<N> {
    pub(super) fn new(set: SequenceSet<'_, N>, items: &FetchItems<'_>) -> Self {
        Self {
            wanted: Wanted::new(set, items),
            collected: Collected::default(),
            rest: Rest::default(),
        }
    }
}

impl<N: MessageNumber + Send> Answer for FetchAnswer<N> {
    type Output = Fetched;

    const KEEPS_FETCHES: bool = true;

    fn claim(&self, fetch: &response::Fetch<'_>, _: &State) -> Claim {
        if self.wanted.has_fetch(fetch) {
            Claim::Kept
        } else {
            Claim::None
        }
    }

    fn keep(&mut self, batch: FetchBatch) {
        self.collected.keep(batch);
    }

    fn absorb(&mut self, response: &Response<'_>, frame: &Bytes, state: &State) -> Absorbed {
        if self.wanted.has(response) {
            self.collected.take(response, frame, state)
        } else {
            Absorbed::Not
        }
    }

    fn next(&mut self, _: &StatusResponse<'_>) -> Option<Box<dyn Encode>> {
        self.rest.next()
    }

    fn finish(self, _: &StatusResponse<'_>, _: &mut State) -> Result<Fetched, Error> {
        Ok(self.collected.finish())
    }
}

/// What a server told of messages.
///
/// `S: * 12 FETCH (UID 7 FLAGS (\Seen))` is one of the responses that are kept. Once `UIDONLY` is
/// enabled, servers send `S: * 7 UIDFETCH (FLAGS (\Seen))` in its place; [`Fetched::by_uid`] gives
/// both alike.
///
/// ```
/// # use imap_client::Fetched;
/// fn sizes(fetched: &Fetched) -> u64 {
///     fetched.iter().filter_map(|message| message.size()).sum()
/// }
/// # assert_eq!(sizes(&Fetched::default()), 0);
/// ```
///
/// [RFC 9051 section 7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2)
#[derive(Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Fetched {
    /// The FETCH responses, in the order of their arrival.
    pub fetches: Fetches,
    uid_fetches: Vec<Parsed>,
    /// The messages that are gone, where `VANISHED` asked for them,
    /// [RFC 7162 section 3.2.6](https://www.rfc-editor.org/rfc/rfc7162#section-3.2.6).
    pub vanished: UidSetBuf,
}

impl Fetched {
    /// The FETCH responses, in the order of their arrival.
    pub fn iter(&self) -> FetchesIter<'_> {
        self.fetches.iter()
    }

    /// All responses that have a UID, FETCH and UIDFETCH alike.
    pub fn by_uid(&self) -> impl Iterator<Item = response::Fetch<'_, Uid>> {
        let fetches = self.fetches.iter();
        let fetches = fetches.filter_map(|fetch| Some((fetch.uid()?, fetch.items)));
        let uid_fetches = self
            .uid_fetches
            .iter()
            .filter_map(|parsed| match parsed.response() {
                Response::UidFetch(fetch) => Some((fetch.number, fetch.items)),
                _ => None,
            });
        fetches
            .chain(uid_fetches)
            .map(|(number, items)| response::Fetch { number, items })
    }

    /// How many FETCH and UIDFETCH responses there are.
    pub fn len(&self) -> usize {
        self.fetches.len() + self.uid_fetches.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<'f> IntoIterator for &'f Fetched {
    type Item = &'f response::Fetch<'f>;
    type IntoIter = FetchesIter<'f>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// What is to become a [`Fetched`].
#[derive(Debug, Default)]
pub(super) struct Collected {
    fetches: Fetches,
    uid_fetches: Vec<Parsed>,
    vanished: Numbers<Uid>,
}

impl Collected {
    pub(super) fn keep(&mut self, batch: FetchBatch) {
        self.fetches.push(batch);
    }

    /// Takes what a response other than FETCH tells of messages, in its own right or as gone.
    pub(super) fn take(
        &mut self,
        response: &Response<'_>,
        frame: &Bytes,
        state: &State,
    ) -> Absorbed {
        match response {
            Response::UidFetch(_) => match state.read(frame) {
                Ok(parsed) => self.uid_fetches.push(parsed),
                Err(_) => return Absorbed::Not,
            },
            Response::Vanished(vanished) => self.vanished.extend_from(vanished.uids),
            _ => return Absorbed::Not,
        }
        Absorbed::Taken
    }

    pub(super) fn finish(self) -> Fetched {
        Fetched {
            fetches: self.fetches,
            uid_fetches: self.uid_fetches,
            vanished: (&self.vanished).into(),
        }
    }
}

/// `FETCH` or `UID FETCH` whose answers are handed out one by one.
#[derive(Debug)]
pub struct FetchEach<'a, N: MessageNumber>(pub Fetch<'a, N>);

impl<N: MessageNumber + Send> Exchange for FetchEach<'_, N> {
    type Answer = FetchEachAnswer<N>;

    fn rules(&self) -> Rules {
        // Only one command can be the one that chunks of literals belong to.
        self.0.rules().alone()
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        self.0.encode_tagged(tag, options)
    }

    fn answer(&self) -> FetchEachAnswer<N> {
        FetchEachAnswer {
            wanted: Wanted::new(self.0.set, &self.0.items),
            rest: rest(&self.0),
        }
    }
}

/// Tells which FETCH responses are to be handed out.
#[derive(Debug)]
pub struct FetchEachAnswer<N: MessageNumber> {
    wanted: Wanted<N>,
    rest: Rest,
}

impl<N: MessageNumber + Send> Answer for FetchEachAnswer<N> {
    type Output = ();

    fn claim(&self, fetch: &response::Fetch<'_>, _: &State) -> Claim {
        if self.wanted.has_fetch(fetch) {
            Claim::Streamed
        } else {
            Claim::None
        }
    }

    fn next(&mut self, _: &StatusResponse<'_>) -> Option<Box<dyn Encode>> {
        self.rest.next()
    }

    fn finish(self, _: &StatusResponse<'_>, _: &mut State) -> Result<(), Error> {
        Ok(())
    }
}

/// Which responses answer a command: those for its messages that have what it asks for.
///
/// Servers send FETCH responses unasked, too, when flags change.
#[derive(Debug)]
pub(super) struct Wanted<N: MessageNumber> {
    /// The messages; nothing if only the server knows them, as with `*` or `$`.
    set: Option<SequenceSetBuf<N>>,
    flags_only: bool,
    /// What is gone was asked for.
    vanished: bool,
}

impl<N: MessageNumber> Wanted<N> {
    pub(super) fn new(set: SequenceSet<'_, N>, items: &FetchItems<'_>) -> Self {
        let known: SequenceSetBuf<N> = set.into();
        let open = set.is_saved() || known.len().is_none();
        use FetchItemName as Name;
        let flags = |item: &Name<'_>| matches!(item, Name::Flags | Name::ModSeq | Name::Uid);
        let flags_only = matches!(items, FetchItems::List(items) if items.iter().all(flags));
        Self {
            set: (!open).then_some(known),
            flags_only,
            vanished: false,
        }
    }

    pub(super) fn has_fetch(&self, fetch: &response::Fetch<'_>) -> bool {
        let number = if is_sequence::<N>() {
            Some(fetch.number.get())
        } else {
            fetch.uid().map(Uid::get)
        };
        self.has_message(number, fetch.items)
    }

    /// The same of other responses.
    pub(super) fn has(&self, response: &Response<'_>) -> bool {
        match response {
            Response::UidFetch(fetch) if !is_sequence::<N>() => {
                self.has_message(Some(fetch.number.get()), fetch.items)
            }
            Response::Vanished(vanished) => self.vanished && vanished.earlier,
            _ => false,
        }
    }

    fn has_message(&self, number: Option<u32>, items: &[FetchItem<'_>]) -> bool {
        // What the server sends unasked has flags, and perhaps the UID and the modification sequence.
        let unasked = |item: &FetchItem<'_>| {
            matches!(
                item,
                FetchItem::Flags(_) | FetchItem::ModSeq(_) | FetchItem::Uid(_)
            )
        };
        if !self.flags_only && items.iter().all(unasked) {
            return false;
        }
        match (number.and_then(|n| N::try_from(n).ok()), &self.set) {
            (Some(number), Some(set)) => set.contains(number),
            (Some(_), None) => true,
            // A server that leaves the UID out must have sent more than flags to be believed.
            (None, _) => !self.flags_only,
        }
    }
}

/// Whether messages are named by sequence numbers.
const fn is_sequence<N: MessageNumber>() -> bool {
    N::COMMAND_PREFIX.is_empty()
}
