//! What each command sends, takes in and returns.
//!
//! An [`Exchange`] is a command: how it is encoded, when it is allowed, and the [`Answer`] that
//! collects what comes back. Commands are the structs of `imap_proto::command`, so that a server reads
//! what a client runs. Programs can add commands of their own by implementing the two traits.

/// Implements [`Exchange`] for a command of proto, by its rules and by what its answer begins with.
macro_rules! exchange {
    ($command:ty => $answer:ty, $rules:expr, $new:expr) => {
        impl $crate::exchange::Exchange for $command {
            type Answer = $answer;

            fn rules(&self) -> $crate::exchange::Rules {
                $rules
            }

            fn encode_tagged(
                &self,
                tag: imap_proto::Tag<'_>,
                options: imap_codec::EncodeOptions,
            ) -> Result<imap_codec::Encoded, imap_codec::EncodeError> {
                imap_codec::encode_command(tag, self, options)
            }

            fn answer(&self) -> $answer {
                let new: fn(&Self) -> $answer = $new;
                new(self)
            }
        }
    };
}

pub(crate) mod account;
mod acl;
mod annotatemore;
mod append;
mod authenticate;
mod compress;
mod copy;
mod enable;
mod esearch;
pub(crate) mod expunge;
mod extension;
mod fetch;
pub(crate) mod id;
pub(crate) mod idle;
mod language;
pub(crate) mod list;
mod login;
pub(crate) mod mailbox;
mod message_set;
mod metadata;
mod move_by_copy;
pub(crate) mod namespace;
mod numbers;
mod parts;
mod query;
mod quota;
mod raw;
mod rules;
mod search;
mod select;
mod simple;
mod sort;
mod special_use;
mod status;
mod store;
mod thread;
mod url_auth;
mod value;

use bytes::Bytes;
use imap_codec::{Encode, EncodeError, EncodeOptions, Encoded};
use imap_proto::response::{ContinuationRequest, Fetch, StatusResponse};
use imap_proto::{FetchBatch, Response, Tag};

pub use account::{Unauthenticate, UnauthenticateAnswer};
pub use acl::{AclEntry, GrantableRights};
pub use annotatemore::{Annotation, AnnotationAnswer};
pub use append::{AppendAnswer, Appended, ReplaceAnswer, Replaced};
pub use authenticate::{Authenticate, AuthenticateAnswer};
pub use compress::CompressAnswer;
pub use copy::{Copied, CopyAnswer, MoveAnswer, Moved};
pub use enable::EnableAnswer;
pub use esearch::{EsearchAnswer, MailboxFound};
pub use expunge::{ExpungeAnswer, Expunged};
pub use fetch::{FetchAnswer, FetchEach, FetchEachAnswer, Fetched};
pub use id::ServerId;
pub use language::Comparator;
pub use list::{ListAnswer, ListEntry};
pub use login::LoginAnswer;
pub use mailbox::MailboxName;
pub use message_set::MessageSet;
pub use metadata::{Metadata, MetadataAnswer, MetadataValue};
pub use move_by_copy::{MoveByCopy, MoveByCopyAnswer};
pub use namespace::{Namespace, NamespaceAnswer, Namespaces};
pub use numbers::Numbers;
pub use query::{Criteria, Query};
pub use quota::{QuotaRoot, QuotaRootAnswer, QuotaUsage};
pub use raw::{Raw, RawAnswer, RawReply};
pub use rules::{Data, Rules};
pub use search::{Found, PartialFound, SearchAnswer, UidSearch};
pub use select::{Resync, ResyncAnswer, Resynced, SelectAnswer};
pub use simple::{Ask, CapabilityAnswer, DoneAnswer, LeaveAnswer, LogoutAnswer, StartTls};
pub use sort::UidSort;
pub use special_use::SpecialUse;
pub use status::{StatusAnswer, StatusData};
pub use store::{StoreAnswer, Stored};
pub use thread::{ThreadAnswer, ThreadMessage, Threads, UidThread};
pub use url_auth::{FetchedUrls, ResetKeyAnswer, UrlAuthMechanism, UrlFetchAnswer};
pub use value::ValueAnswer;

use crate::error::{Error, Refusal};
use crate::state::State;

/// A command and what belongs to its answer.
pub trait Exchange {
    /// What collects the answer.
    type Answer: Answer;

    /// When the command is allowed, and what it may be in flight with.
    fn rules(&self) -> Rules;

    /// Whether the server can be asked this at all; nothing is sent if not.
    ///
    /// # Errors
    ///
    /// What speaks against it.
    fn check(&self, state: &State) -> Result<(), Error> {
        let _ = state;
        Ok(())
    }

    /// Encodes the command with its tag and line end.
    ///
    /// # Errors
    ///
    /// If an argument cannot be sent.
    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError>;

    /// How many octets of a literal the driver sends behind what is encoded, and a line end behind
    /// them; see [`Session::literal_wanted`](crate::Session::literal_wanted).
    fn streamed(&self) -> Option<u64> {
        None
    }

    /// An answer that has collected nothing yet.
    fn answer(&self) -> Self::Answer;
}

/// What comes back for a command.
pub trait Answer: Send + 'static {
    /// What it becomes when the server says OK.
    type Output: Send + 'static;

    /// Whether the answer may keep FETCH responses. Those that come are then gathered and read
    /// together, at the latest when something else comes.
    const KEEPS_FETCHES: bool = false;

    /// What becomes of a FETCH response that belongs to the answer. Being asked takes nothing in.
    fn claim(&self, fetch: &Fetch<'_>, state: &State) -> Claim {
        let _ = (fetch, state);
        Claim::None
    }

    /// Takes FETCH responses that were claimed to be kept.
    fn keep(&mut self, batch: FetchBatch) {
        let _ = batch;
    }

    /// Takes what belongs to the answer; of FETCH responses, those that were not claimed.
    fn absorb(&mut self, response: &Response<'_>, frame: &Bytes, state: &State) -> Absorbed {
        let _ = (response, frame, state);
        Absorbed::Not
    }

    /// Replies to a continuation request that no literal waits for.
    fn reply(&mut self, request: &ContinuationRequest<'_>) -> Reply {
        let _ = request;
        Reply::None
    }

    /// The command that goes on with what was asked for, where one is not enough and the server said OK
    /// to the one before; nothing if that was the last.
    fn next(&mut self, status: &StatusResponse<'_>) -> Option<Box<dyn Encode>> {
        let _ = status;
        None
    }

    /// The server said NO or BAD; this says what the error is.
    fn refused(&mut self, refusal: Refusal, state: &mut State) -> Error {
        let _ = state;
        Error::Refused(refusal)
    }

    /// The server said OK to the last command.
    ///
    /// # Errors
    ///
    /// If something is missing without which there is no answer. A fatal error ends the session.
    fn finish(self, status: &StatusResponse<'_>, state: &mut State) -> Result<Self::Output, Error>;
}

/// Whether a response belongs to an answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Absorbed {
    /// It does not.
    Not,
    /// It does, and was taken in.
    Taken,
}

/// What becomes of a FETCH response that belongs to an answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Claim {
    /// It does not belong to the answer, or [`Answer::absorb`] takes it in.
    None,
    /// [`Answer::keep`] takes it, with others that came together.
    Kept,
    /// It is handed out at once.
    Streamed,
}

/// What is said to a continuation request.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Reply {
    /// Nothing: it is not for this command.
    None,
    /// These octets, line end included.
    Send(Vec<u8>),
}
