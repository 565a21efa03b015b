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

/// A command that proto has no struct of its own for, mostly since it has no arguments.
///
/// ```
/// use imap_client::exchange::Ask;
/// use imap_client::{Session, SessionOptions};
///
/// let mut session = Session::new(SessionOptions::default());
/// session.receive(b"* OK [CAPABILITY IMAP4rev1] ready\r\n");
/// session.step()?;
/// let ticket = session.submit(&Ask::NOOP)?;
/// assert_eq!(session.transmit(), b"A1 NOOP\r\n");
/// # let _ = ticket;
/// # Ok::<(), imap_client::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a, A> {
    command: Command<'a>,
    rules: Rules,
    answer: fn() -> A,
}

impl Ask<'static, CapabilityAnswer> {
    /// `CAPABILITY`: what can the server do?
    ///
    /// [RFC 9051 section 6.1.1](https://www.rfc-editor.org/rfc/rfc9051#section-6.1.1)
    pub const CAPABILITY: Self = Self::new(
        Command::Capability,
        Rules::any_state("CAPABILITY")
            .answered_by(Data::CAPABILITY)
            .asking_capabilities(),
        || CapabilityAnswer,
    );
}

impl Ask<'static, DoneAnswer> {
    /// `CHECK`: make a checkpoint of the mailbox.
    ///
    /// [RFC 3501 section 6.4.1](https://www.rfc-editor.org/rfc/rfc3501#section-6.4.1)
    pub const CHECK: Self = Self::new(Command::Check, Rules::selected("CHECK"), || DoneAnswer);
    /// `NOOP`: is there anything new?
    ///
    /// [RFC 9051 section 6.1.2](https://www.rfc-editor.org/rfc/rfc9051#section-6.1.2)
    pub const NOOP: Self = Self::new(Command::Noop, Rules::any_state("NOOP"), || DoneAnswer);
}

impl Ask<'static, LeaveAnswer> {
    /// `CLOSE`: remove what is marked as deleted, and leave the mailbox.
    ///
    /// [RFC 9051 section 6.4.1](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.1)
    pub const CLOSE: Self = Self::new(Command::Close, Rules::selected("CLOSE").alone(), || {
        LeaveAnswer
    });
    /// `UNSELECT`: leave the mailbox as it is.
    ///
    /// [RFC 9051 section 6.4.2](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.2)
    pub const UNSELECT: Self = Self::new(
        Command::Unselect,
        Rules::selected("UNSELECT").alone(),
        || LeaveAnswer,
    );
}

impl Ask<'static, LogoutAnswer> {
    /// `LOGOUT`: the end.
    ///
    /// [RFC 9051 section 6.1.3](https://www.rfc-editor.org/rfc/rfc9051#section-6.1.3)
    pub const LOGOUT: Self = Self::new(
        Command::Logout,
        Rules::any_state("LOGOUT").alone().ending_session(),
        LogoutAnswer::default,
    );
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

/// The answer after which the session is over.
#[derive(Debug, Default)]
pub struct LogoutAnswer {
    /// The server said BYE; one that says it again will say nothing else.
    said_bye: bool,
}

impl Answer for LogoutAnswer {
    type Output = ();

    fn absorb(&mut self, response: &Response<'_>, _: &Bytes, _: &State) -> Absorbed {
        match response {
            Response::Status(status) if status.status == Status::Bye && !self.said_bye => {
                self.said_bye = true;
                Absorbed::Taken
            }
            _ => Absorbed::Not,
        }
    }

    fn finish(self, _: &StatusResponse<'_>, state: &mut State) -> Result<(), Error> {
        state.set_connection(ConnectionState::Logout);
        Ok(())
    }
}
