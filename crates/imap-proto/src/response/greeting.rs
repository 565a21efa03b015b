//! The greeting.

use super::{Code, Response, Status, StatusResponse};
use crate::arena::Arena;
use crate::error::{Expected, Fail, ParseError};
use crate::options::Options;
use crate::value::Text;

/// The first line of a server.
///
/// `S: * OK [CAPABILITY IMAP4rev2 STARTTLS] ready` has [`GreetingStatus::Ok`], a code and a text.
///
/// [RFC 9051 section 7.1](https://www.rfc-editor.org/rfc/rfc9051#section-7.1), `greeting`
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Greeting<'a> {
    /// How the session begins.
    pub status: GreetingStatus,
    /// The response code in brackets.
    pub code: Option<Code<'a>>,
    /// The text for people.
    pub text: Text<'a>,
}

/// How a session begins.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum GreetingStatus {
    /// `OK`: the client has to log in.
    Ok,
    /// `PREAUTH`: the client is logged in.
    PreAuth,
    /// `BYE`: the server does not want the client.
    Bye,
}

impl From<GreetingStatus> for Status {
    fn from(status: GreetingStatus) -> Self {
        match status {
            GreetingStatus::Ok => Self::Ok,
            GreetingStatus::PreAuth => Self::PreAuth,
            GreetingStatus::Bye => Self::Bye,
        }
    }
}

impl<'a> Greeting<'a> {
    /// Reads a greeting, line end included, with [`Options::lenient`].
    ///
    /// ```
    /// use imap_proto::response::{Greeting, GreetingStatus};
    /// use imap_proto::Arena;
    ///
    /// let arena = Arena::new();
    /// let greeting = Greeting::parse(b"* PREAUTH welcome\r\n", &arena)?;
    /// assert_eq!(greeting.status, GreetingStatus::PreAuth);
    /// assert!(Greeting::parse(b"+OK POP3 ready\r\n", &arena).is_err());
    /// # Ok::<(), imap_proto::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the line is no greeting.
    pub fn parse(frame: &'a [u8], arena: &'a Arena) -> Result<Self, ParseError> {
        Self::parse_with(frame, arena, &Options::lenient())
    }

    /// Reads a greeting with these options.
    ///
    /// # Errors
    ///
    /// If the line is no greeting.
    pub fn parse_with(
        frame: &'a [u8],
        arena: &'a Arena,
        options: &Options,
    ) -> Result<Self, ParseError> {
        let no_greeting = |expected, offset: usize| {
            let rest = frame.get(offset..).unwrap_or_default();
            Fail::new(rest, expected).locate(frame, "greeting")
        };
        if !frame.starts_with(b"* ") {
            return Err(no_greeting(Expected::Status, 0));
        }
        let response = Response::parse_with(frame, arena, options).map_err(|error| ParseError {
            rule: "greeting",
            ..error
        })?;
        let Response::Status(StatusResponse {
            tag: None,
            status,
            code,
            text,
        }) = response
        else {
            return Err(no_greeting(Expected::Status, 2));
        };
        let status = match status {
            Status::Ok => GreetingStatus::Ok,
            Status::PreAuth => GreetingStatus::PreAuth,
            Status::Bye => GreetingStatus::Bye,
            Status::No | Status::Bad => return Err(no_greeting(Expected::Status, 2)),
        };
        Ok(Self { status, code, text })
    }
}
