//! SELECT and EXAMINE, and what changed since a mailbox was selected last.

use bytes::Bytes;
use imap_codec::{EncodeError, EncodeOptions, Encoded};
use imap_proto::command::{Examine, Select, SelectParameter};
use imap_proto::response::{Fetch, StatusResponse};
use imap_proto::{Code, FetchBatch, Mailbox, Response, Tag};

use super::fetch::{Collected, Fetched};
use super::{Absorbed, Answer, Claim, Exchange, Rules};
use crate::error::{Error, Refusal};
use crate::state::{ConnectionState, Selected, State};

exchange!(Select<'_> => SelectAnswer, select_rules("SELECT"), |select| {
    SelectAnswer::new(select.mailbox, select.parameters, false)
});
exchange!(Examine<'_> => SelectAnswer, select_rules("EXAMINE"), |examine| {
    SelectAnswer::new(examine.mailbox, examine.parameters, true)
});

const fn select_rules(name: &'static str) -> Rules {
    Rules::authenticated(name).alone().selecting()
}

/// The answer after which a mailbox is selected.
#[derive(Debug)]
pub struct SelectAnswer {
    mailbox: Selected,
    name: Box<[u8]>,
    read_only: bool,
    /// It was asked what changed.
    resyncs: bool,
}

impl SelectAnswer {
    fn new(mailbox: Mailbox<'_>, parameters: &[SelectParameter<'_>], read_only: bool) -> Self {
        let name = Box::from(mailbox.as_bytes());
        let is_qresync =
            |parameter: &SelectParameter<'_>| matches!(parameter, SelectParameter::QResync(_));
        Self {
            resyncs: parameters.iter().any(is_qresync),
            mailbox: Selected::new(Box::clone(&name), read_only),
            name,
            read_only,
        }
    }
}

impl Answer for SelectAnswer {
    type Output = Selected;

    fn absorb(&mut self, response: &Response<'_>, _: &Bytes, _: &State) -> Absorbed {
        if is_closed(response) {
            // RFC 9051 7.1: what came before was about the mailbox selected until now.
            self.mailbox = Selected::new(Box::clone(&self.name), self.read_only);
            return Absorbed::Taken;
        }
        if self.mailbox.update(response) {
            Absorbed::Taken
        } else {
            self.mailbox.update_messages(response);
            Absorbed::Not
        }
    }

    fn refused(&mut self, refusal: Refusal, state: &mut State) -> Error {
        // RFC 9051 6.3.2: the mailbox selected until now is left all the same.
        state.set_connection(ConnectionState::Authenticated);
        Error::Refused(refusal)
    }

    fn finish(mut self, status: &StatusResponse<'_>, state: &mut State) -> Result<Selected, Error> {
        self.mailbox.update(&Response::Status(*status));
        self.mailbox.command_ended();
        state.select(self.mailbox.clone());
        Ok(self.mailbox)
    }
}

/// Whether what comes from here on is about the mailbox that is being selected.
fn is_closed(response: &Response<'_>) -> bool {
    matches!(
        response,
        Response::Status(StatusResponse {
            code: Some(Code::Closed),
            ..
        })
    )
}

/// `SELECT` or `EXAMINE` whose answer has what changed since, too.
#[derive(Clone, Copy, Debug)]
pub struct Resync<C>(pub C);

impl<C: Exchange<Answer = SelectAnswer>> Exchange for Resync<C> {
    type Answer = ResyncAnswer;

    fn rules(&self) -> Rules {
        self.0.rules()
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        self.0.encode_tagged(tag, options)
    }

    fn answer(&self) -> ResyncAnswer {
        let select = self.0.answer();
        ResyncAnswer {
            waits_for_closed: select.resyncs,
            select,
            changes: Collected::default(),
        }
    }
}

/// Collects the answer to a [`Resync`].
#[derive(Debug)]
pub struct ResyncAnswer {
    select: SelectAnswer,
    changes: Collected,
    /// The mailbox selected until now is still open, so that changes to messages are its.
    waits_for_closed: bool,
}

impl ResyncAnswer {
    /// Whether what comes is still about the mailbox selected until now.
    fn is_before(&self, state: &State) -> bool {
        self.waits_for_closed && state.selected().is_some()
    }
}

impl Answer for ResyncAnswer {
    type Output = Resynced;

    const KEEPS_FETCHES: bool = true;

    fn claim(&self, _: &Fetch<'_>, state: &State) -> Claim {
        if self.is_before(state) {
            Claim::None
        } else {
            Claim::Kept
        }
    }

    fn keep(&mut self, batch: FetchBatch) {
        self.changes.keep(batch);
    }

    fn absorb(&mut self, response: &Response<'_>, frame: &Bytes, state: &State) -> Absorbed {
        if is_closed(response) {
            self.waits_for_closed = false;
        }
        let absorbed = self.select.absorb(response, frame, state);
        if absorbed != Absorbed::Not || self.is_before(state) {
            return absorbed;
        }
        self.changes.take(response, frame, state)
    }

    fn refused(&mut self, refusal: Refusal, state: &mut State) -> Error {
        self.select.refused(refusal, state)
    }

    fn finish(self, status: &StatusResponse<'_>, state: &mut State) -> Result<Resynced, Error> {
        Ok(Resynced {
            mailbox: self.select.finish(status, state)?,
            changes: self.changes.finish(),
        })
    }
}

/// A mailbox that was selected, and what changed in it since it was selected last.
///
/// After `C: A02 SELECT INBOX (QRESYNC (67890007 20050715194045000))` the line `S: * VANISHED
/// (EARLIER) 41,43:116` tells of messages that are gone, and `S: * 49 FETCH (UID 117 FLAGS (\Seen
/// \Answered) MODSEQ (20050715194045001))` of flags that changed. Where [`Selected::uid_validity`]
/// is another one, all that was known is void.
///
/// [RFC 7162 section 3.2.5](https://www.rfc-editor.org/rfc/rfc7162#section-3.2.5)
#[derive(Debug)]
#[non_exhaustive]
pub struct Resynced {
    /// The mailbox.
    pub mailbox: Selected,
    /// The messages whose flags changed, those that came, and the UIDs of those that are gone.
    pub changes: Fetched,
}
