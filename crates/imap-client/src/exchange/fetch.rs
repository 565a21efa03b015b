//! FETCH: collected, or one by one.

use bytes::Bytes;
use imap_codec::{EncodeError, EncodeOptions, Encoded, encode_command};
use imap_proto::command::Fetch;
use imap_proto::response::{self, StatusResponse};
use imap_proto::{
    FetchItem, FetchItemName, FetchItems, Fetches, FetchesBuilder, MessageNumber, Response,
    SequenceSet, SequenceSetBuf, Tag,
};

use super::{Absorbed, Answer, Data, Exchange, Rules};
use crate::error::Error;
use crate::state::State;

impl<N: MessageNumber + Send> Exchange for Fetch<'_, N> {
    type Answer = FetchAnswer<N>;

    fn rules(&self) -> Rules {
        fetch_rules::<N>("FETCH")
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, self, options)
    }

    fn answer(&self) -> FetchAnswer<N> {
        FetchAnswer::new(self.set, &self.items)
    }
}

/// The rules of FETCH and STORE, with sequence numbers or UIDs.
pub(super) const fn fetch_rules<N: MessageNumber>(name: &'static str) -> Rules {
    Rules::selected(name).answered_by(Data::FETCH).by::<N>()
}

/// Collects the answer to `FETCH`, `STORE` and their UID forms.
#[derive(Debug)]
pub struct FetchAnswer<N: MessageNumber> {
    wanted: Wanted<N>,
    collected: FetchesBuilder,
}

impl<N: MessageNumber> FetchAnswer<N> {
    pub(super) fn new(set: SequenceSet<'_, N>, items: &FetchItems<'_>) -> Self {
        Self {
            wanted: Wanted::new(set, items),
            collected: FetchesBuilder::new(),
        }
    }
}

impl<N: MessageNumber + Send> Answer for FetchAnswer<N> {
    type Output = Fetches;

    fn absorb(&mut self, response: &Response<'_>, frame: &Bytes, _: &State) -> Absorbed {
        match response {
            Response::Fetch(fetch) if self.wanted.has(fetch) => match self.collected.push(frame) {
                Ok(()) => Absorbed::Taken,
                Err(_) => Absorbed::Not,
            },
            _ => Absorbed::Not,
        }
    }

    fn finish(self, _: &StatusResponse<'_>, _: &mut State) -> Result<Fetches, Error> {
        Ok(self.collected.finish())
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
        encode_command(tag, &self.0, options)
    }

    fn answer(&self) -> FetchEachAnswer<N> {
        FetchEachAnswer(Wanted::new(self.0.set, &self.0.items))
    }
}

/// Tells which FETCH responses are to be handed out.
#[derive(Debug)]
pub struct FetchEachAnswer<N: MessageNumber>(Wanted<N>);

impl<N: MessageNumber + Send> Answer for FetchEachAnswer<N> {
    type Output = ();

    fn absorb(&mut self, response: &Response<'_>, _: &Bytes, _: &State) -> Absorbed {
        match response {
            Response::Fetch(fetch) if self.0.has(fetch) => Absorbed::Streamed,
            _ => Absorbed::Not,
        }
    }

    fn finish(self, _: &StatusResponse<'_>, _: &mut State) -> Result<(), Error> {
        Ok(())
    }
}

/// Which FETCH responses answer a command: those for its messages that have what it asks for.
///
/// Servers send FETCH responses unasked, too, when flags change.
#[derive(Debug)]
struct Wanted<N: MessageNumber> {
    /// The messages; nothing if only the server knows them, as with `*` or `$`.
    set: Option<SequenceSetBuf<N>>,
    flags_only: bool,
}

impl<N: MessageNumber> Wanted<N> {
    fn new(set: SequenceSet<'_, N>, items: &FetchItems<'_>) -> Self {
        let known: SequenceSetBuf<N> = set.into();
        let open = set.is_saved() || known.len().is_none();
        use FetchItemName as Name;
        let flags = |item: &Name<'_>| matches!(item, Name::Flags | Name::ModSeq | Name::Uid);
        let flags_only = matches!(items, FetchItems::List(items) if items.iter().all(flags));
        Self {
            set: (!open).then_some(known),
            flags_only,
        }
    }

    fn has(&self, fetch: &response::Fetch<'_>) -> bool {
        // What the server sends unasked has flags, and perhaps the UID and the modification sequence.
        let unasked = |item: &FetchItem<'_>| {
            matches!(
                item,
                FetchItem::Flags(_) | FetchItem::ModSeq(_) | FetchItem::Uid(_)
            )
        };
        if !self.flags_only && fetch.items.iter().all(unasked) {
            return false;
        }
        match (number::<N>(fetch), &self.set) {
            (Some(number), Some(set)) => set.contains(number),
            (Some(_), None) => true,
            // A server that leaves the UID out must have sent more than flags to be believed.
            (None, _) => !self.flags_only,
        }
    }
}

/// The number of the message: the UID, if that is what `N` is.
fn number<N: MessageNumber>(fetch: &response::Fetch<'_>) -> Option<N> {
    let number = if N::COMMAND_PREFIX.is_empty() {
        fetch.number.get()
    } else {
        fetch.uid()?.get()
    };
    N::try_from(number).ok()
}
