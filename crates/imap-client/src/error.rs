//! What can go wrong in a session.

use std::borrow::Cow;
use std::process::ExitStatus;
use std::sync::Arc;
use std::{fmt, io};

use bytes::Bytes;
use imap_codec::{EncodeError, FrameError};
use imap_proto::response::{Status, StatusResponse};
use imap_proto::{Code, ParseError, Parsed, Response, Text};

use crate::driver::ProxyError;
use crate::sasl::MechanismError;
use crate::state::ConnectionState;

/// What went wrong.
///
/// As text it does not say again what its [`source`](std::error::Error::source) says: who shows an error to
/// people shows the chain.
///
/// ```
/// use imap_client::Error;
///
/// fn advice(error: &Error) -> &'static str {
///     match error {
///         Error::Refused(refusal) if refusal.is(b"OVERQUOTA") => "delete something",
///         Error::Refused(_) => "the server does not want to; the session goes on",
///         error if error.is_fatal() => "connect again",
///         _ => "call it differently",
///     }
/// }
/// # let _ = advice;
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error {
    /// This command was given up half way, after which nobody knows what the octets mean.
    Abandoned(&'static str),
    /// An argument cannot be sent; nothing was sent.
    Argument(EncodeError),
    /// An authentication failed, and the mechanism knows more of the reason than the refusal says: it
    /// gave up, or the server told it.
    Authentication {
        /// What the mechanism says.
        error: MechanismError,
        /// What the server said at last.
        refusal: Refusal,
    },
    /// The server said BYE.
    Bye(Refusal),
    /// The server closed the connection without a word.
    Closed,
    /// The program that was talked to ended without a word.
    Exited(ExitStatus),
    /// A message was larger than the limits; that message is lost, and what waited for it with it.
    Frame(FrameError),
    /// The server greeted with what is no greeting of IMAP; it may be one of another protocol.
    Greeting(Unreadable),
    /// Reading or writing failed.
    Io(Arc<io::Error>),
    /// The server said OK to the command, but did not tell what it asks for.
    NoData(&'static str),
    /// There is no way to log in with these credentials: the server offers no mechanism for them, or
    /// none that is safe; nothing was sent.
    Mechanism(MechanismError),
    /// A response could not be read where the session cannot go on without it.
    Parse(Unreadable),
    /// The server greeted with PREAUTH where TLS was to begin, so that it cannot begin any more.
    PreAuth,
    /// The server broke the protocol in a way that cannot be recovered from.
    Protocol(&'static str),
    /// The proxy did not connect to the server.
    Proxy(ProxyError),
    /// The server answered NO or BAD to the command.
    Refused(Refusal),
    /// The command is not allowed in the state of the session; nothing was sent.
    State {
        /// The command.
        command: &'static str,
        /// The state that the session is in.
        state: ConnectionState,
    },
    /// The server did not answer in time.
    Timeout,
    /// TLS could not be set up, or broke.
    #[cfg(feature = "rustls")]
    Tls(rustls::Error),
    /// The answer to this command did not end before
    /// [`SessionOptions::max_answer`](crate::SessionOptions::max_answer).
    TooLarge(&'static str),
    /// The server does not offer what would be needed; nothing was sent.
    Unsupported(&'static str),
    /// The server said that the user is logged in, but could not prove that it knows the user: somebody
    /// else may be there instead.
    Untrusted(MechanismError),
    /// The server greeted with NO or BAD, and does not want this client.
    Unwelcome(Refusal),
}

impl Error {
    /// Whether the session is over. If not, it goes on as if nothing had happened.
    pub fn is_fatal(&self) -> bool {
        match self {
            Self::Argument(_)
            | Self::Authentication { .. }
            | Self::Mechanism(_)
            | Self::NoData(_)
            | Self::Refused(_)
            | Self::State { .. }
            | Self::Unsupported(_) => false,
            Self::Frame(error) => error.is_fatal(),
            _ => true,
        }
    }

    /// What the server said when it refused the command or the client, or when it said BYE.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Authentication { refusal, .. }
            | Self::Bye(refusal)
            | Self::Refused(refusal)
            | Self::Unwelcome(refusal) => Some(refusal),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Abandoned(command) => write!(f, "{command} was given up half way"),
            Self::Argument(_) => f.write_str("argument cannot be sent"),
            Self::Authentication { refusal, .. } => write!(f, "authentication failed: {refusal}"),
            Self::Mechanism(_) => f.write_str("no way to log in"),
            Self::Bye(refusal) => write!(f, "server ended the session: {refusal}"),
            Self::Closed => f.write_str("server closed the connection"),
            Self::Exited(status) => write!(f, "program ended: {status}"),
            Self::Frame(_) => f.write_str("message over the limits"),
            Self::Greeting(unreadable) => {
                write!(f, "no greeting of IMAP: {}", unreadable.excerpt())
            }
            Self::Io(_) => f.write_str("connection broke"),
            Self::NoData(command) => write!(f, "server said OK to {command} and nothing else"),
            Self::Parse(_) => f.write_str("unreadable response"),
            Self::PreAuth => f.write_str("server said PREAUTH, so that TLS cannot begin"),
            Self::Protocol(what) => write!(f, "protocol violated by the server: {what}"),
            Self::Proxy(_) => f.write_str("no connection through the proxy"),
            Self::Refused(refusal) => write!(f, "server refused: {refusal}"),
            Self::State { command, state } => {
                write!(f, "{command} is not allowed in the {state} state")
            }
            Self::Timeout => f.write_str("no answer in time"),
            #[cfg(feature = "rustls")]
            Self::Tls(_) => f.write_str("no secure connection"),
            Self::TooLarge(command) => write!(f, "answer to {command} over the limit"),
            Self::Unsupported(what) => write!(f, "server does not support {what}"),
            Self::Untrusted(_) => f.write_str("server cannot be trusted"),
            Self::Unwelcome(refusal) => write!(f, "server does not want this client: {refusal}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Argument(error) => Some(error),
            Self::Authentication { error, .. }
            | Self::Mechanism(error)
            | Self::Untrusted(error) => Some(error),
            Self::Frame(error) => Some(error),
            Self::Io(error) => Some(error),
            Self::Greeting(unreadable) | Self::Parse(unreadable) => Some(&unreadable.error),
            Self::Proxy(error) => Some(error),
            #[cfg(feature = "rustls")]
            Self::Tls(error) => Some(error),
            _ => None,
        }
    }
}

impl From<EncodeError> for Error {
    fn from(error: EncodeError) -> Self {
        Self::Argument(error)
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Self::Timeout,
            io::ErrorKind::UnexpectedEof => Self::Closed,
            _ => tls_error(&error).unwrap_or_else(|| Self::Io(Arc::new(error))),
        }
    }
}

/// The error of TLS inside an I/O error.
#[cfg(feature = "rustls")]
fn tls_error(error: &io::Error) -> Option<Error> {
    error
        .get_ref()?
        .downcast_ref::<rustls::Error>()
        .cloned()
        .map(Error::Tls)
}

#[cfg(not(feature = "rustls"))]
fn tls_error(_: &io::Error) -> Option<Error> {
    None
}

/// A response that could not be read, as it came.
#[derive(Clone, Eq, PartialEq)]
pub struct Unreadable {
    /// The octets of the response, line end included.
    pub frame: Bytes,
    /// What is wrong with it.
    pub error: ParseError,
}

impl Unreadable {
    /// So much of the response as can be shown.
    fn excerpt(&self) -> impl fmt::Display {
        let shown = self.frame.get(..EXCERPT).unwrap_or(&self.frame);
        format!("\"{}\"", shown.trim_ascii_end().escape_ascii())
    }
}

/// Octets of a response that are shown.
const EXCERPT: usize = 200;

impl fmt::Debug for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unreadable")
            .field("frame", &format_args!("{}", self.excerpt()))
            .field("error", &self.error)
            .finish()
    }
}

/// What a server says when it refuses: NO, BAD or BYE with a code and a text.
///
/// ```
/// use imap_client::Refusal;
/// use imap_proto::Code;
/// use imap_proto::response::Status;
///
/// let refusal = Refusal::of_line(b"a1 NO [OVERQUOTA] mailbox is full\r\n").unwrap();
/// assert_eq!(refusal.status(), Status::No);
/// assert_eq!(refusal.code(), Some(Code::OverQuota));
/// assert_eq!(refusal.text(), "mailbox is full");
/// assert_eq!(refusal.to_string(), "NO [OVERQUOTA] mailbox is full");
/// ```
#[derive(Clone, Eq, PartialEq)]
pub struct Refusal(Arc<Parsed>);

impl Refusal {
    /// What the status response in `line` says; nothing if it is none.
    pub fn of_line(line: &[u8]) -> Option<Self> {
        Self::new(Parsed::new(line).ok()?)
    }

    /// What a status response says; nothing if it is none.
    pub(crate) fn new(parsed: Parsed) -> Option<Self> {
        matches!(parsed.response(), Response::Status(_)).then(|| Self(Arc::new(parsed)))
    }

    fn response(&self) -> StatusResponse<'_> {
        match self.0.response() {
            Response::Status(response) => response,
            // cannot happen: checked when made
            _ => StatusResponse {
                tag: None,
                status: Status::No,
                code: None,
                text: Text::default(),
            },
        }
    }

    /// NO, BAD or BYE.
    pub fn status(&self) -> Status {
        self.response().status
    }

    /// The response code.
    pub fn code(&self) -> Option<Code<'_>> {
        self.response().code
    }

    /// Whether the response code has this name, in any case: `b"OVERQUOTA"`.
    pub fn is(&self, code: &[u8]) -> bool {
        self.code()
            .is_some_and(|c| c.name().eq_ignore_ascii_case(code))
    }

    /// The text for people.
    pub fn text(&self) -> Cow<'_, str> {
        self.response().text.to_str_lossy()
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = String::from_utf8_lossy(self.0.frame());
        let without_tag = line.split_once(' ').map_or(&*line, |(_, rest)| rest);
        f.write_str(without_tag.trim_end())
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Refusal({:?})", self.to_string())
    }
}
