//! Commands without arguments.

use imap_codec::{EncodeError, EncodeOptions, Encoded, encode_command};
use imap_proto::Capability;
use imap_proto::response::{Status, StatusResponse};
use imap_proto::{Command, Response, Tag};

use bytes::Bytes;

use super::{Absorbed, Answer, Data, Exchange, Rules};
use crate::error::Error;
use crate::state::{Capabilities, ConnectionState, State};

/// The answer that only says that something was done.
#[derive(Debug, Default)]
pub struct DoneAnswer;

impl Answer for DoneAnswer {
    type Output = ();

    fn finish(self, _: &StatusResponse<'_>, _: &mut State) -> Result<(), Error> {
        Ok(())
    }
}

/// A command that proto has no struct of its own for, with the answer that it begins with.
#[derive(Debug)]
pub(crate) struct Ask<'a, A> {
    command: Command<'a>,
    rules: Rules,
    answer: fn() -> A,
}

impl<'a, A> Ask<'a, A> {
    pub(crate) const fn new(command: Command<'a>, rules: Rules, answer: fn() -> A) -> Self {
        Self {
            command,
            rules,
            answer,
        }
    }
}

impl<A: Answer> Exchange for Ask<'_, A> {
    type Answer = A;

    fn rules(&self) -> Rules {
        self.rules
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, &self.command, options)
    }

    fn answer(&self) -> A {
        (self.answer)()
    }
}

/// `CAPABILITY`: what can the server do?
#[derive(Debug)]
pub(crate) struct AskCapability;

impl Exchange for AskCapability {
    type Answer = CapabilityAnswer;

    fn rules(&self) -> Rules {
        Rules::any_state("CAPABILITY")
            .answered_by(Data::CAPABILITY)
            .asking_capabilities()
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, &Command::Capability, options)
    }

    fn answer(&self) -> CapabilityAnswer {
        CapabilityAnswer
    }
}

/// `STARTTLS`: may TLS begin?
///
/// It begins as soon as the server agrees, which is the driver's to do.
#[derive(Clone, Copy, Debug)]
pub struct StartTls;

impl Exchange for StartTls {
    type Answer = DoneAnswer;

    fn rules(&self) -> Rules {
        Rules::new("STARTTLS", &[ConnectionState::NotAuthenticated])
            .alone()
            .changing_octets()
    }

    fn check(&self, state: &State) -> Result<(), Error> {
        if state.has(Capability::StartTls) && !state.is_encrypted() {
            return Ok(());
        }
        Err(Error::Unsupported("STARTTLS"))
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, &Command::StartTls, options)
    }

    fn answer(&self) -> DoneAnswer {
        DoneAnswer
    }
}

/// Collects the answer to `CAPABILITY`.
#[derive(Debug)]
pub struct CapabilityAnswer;

impl Answer for CapabilityAnswer {
    type Output = Capabilities;

    fn absorb(&mut self, response: &Response<'_>, _: &Bytes, _: &State) -> Absorbed {
        // The session has taken note of them already.
        if matches!(response, Response::Capability(_)) {
            Absorbed::Taken
        } else {
            Absorbed::Not
        }
    }

    fn finish(self, _: &StatusResponse<'_>, state: &mut State) -> Result<Capabilities, Error> {
        Ok(state.capabilities().cloned().unwrap_or_default())
    }
}

/// `CLOSE` or `UNSELECT`: leave the mailbox.
#[derive(Debug)]
pub(crate) struct Leave(pub(crate) Command<'static>, pub(crate) &'static str);

impl Exchange for Leave {
    type Answer = LeaveAnswer;

    fn rules(&self) -> Rules {
        Rules::selected(self.1).alone()
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, &self.0, options)
    }

    fn answer(&self) -> LeaveAnswer {
        LeaveAnswer
    }
}

/// The answer after which no mailbox is selected.
#[derive(Debug)]
pub struct LeaveAnswer;

impl Answer for LeaveAnswer {
    type Output = ();

    fn finish(self, _: &StatusResponse<'_>, state: &mut State) -> Result<(), Error> {
        state.set_connection(ConnectionState::Authenticated);
        Ok(())
    }
}

/// `LOGOUT`: the end.
#[derive(Debug)]
pub(crate) struct Logout;

impl Exchange for Logout {
    type Answer = LogoutAnswer;

    fn rules(&self) -> Rules {
        Rules::any_state("LOGOUT").alone().ending_session()
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, &Command::Logout, options)
    }

    fn answer(&self) -> LogoutAnswer {
        LogoutAnswer
    }
}

/// The answer after which the session is over.
#[derive(Debug)]
pub struct LogoutAnswer;

impl Answer for LogoutAnswer {
    type Output = ();

    fn absorb(&mut self, response: &Response<'_>, _: &Bytes, _: &State) -> Absorbed {
        match response {
            Response::Status(status) if status.status == Status::Bye => Absorbed::Taken,
            _ => Absorbed::Not,
        }
    }

    fn finish(self, _: &StatusResponse<'_>, state: &mut State) -> Result<(), Error> {
        state.set_connection(ConnectionState::Logout);
        Ok(())
    }
}
