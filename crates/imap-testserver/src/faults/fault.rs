//! Faults: what goes wrong, and when.

use std::num::NonZeroUsize;
use std::time::Duration;

/// Something that a server does wrong, given to [`Builder::fault`](crate::Builder::fault) or
/// [`TestServer::fault`](crate::TestServer::fault).
///
/// It happens each time, unless [`once`](Self::once) or [`times`](Self::times) say how often.
///
/// ```
/// use std::time::Duration;
///
/// use imap_testserver::{Fault, TestServer};
///
/// let server = TestServer::start()?;
/// server.fault(Fault::on("SELECT").no("[INUSE] somebody else has it").once());
/// server.fault(Fault::on("UID FETCH").answer("* 1 FETCH (UID 1 FLAGS NIL)\r\n{tag} OK done\r\n"));
/// server.fault(Fault::on("NOOP").delay(Duration::from_millis(5)));
/// # Ok::<(), imap_testserver::StartError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Fault {
    pub(super) moment: Moment,
    pub(super) actions: Vec<Action>,
    /// How often it will happen; nothing for ever.
    pub(super) times: Option<u32>,
}

/// When something goes wrong.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Moment<T = String> {
    /// With a command of this name.
    Command(T),
    /// With any command.
    AnyCommand,
    /// When a connection is made, all along.
    Connection,
    /// When a connection is greeted.
    Greeting,
    /// When TLS begins.
    Handshake,
}

/// What goes wrong.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// These octets are sent, and the command is not executed.
    Answer(Vec<u8>),
    /// The connection is closed, and the command is not executed.
    Close,
    /// Nothing is done.
    Ignore,
    /// Octets are sent in this way.
    Send(Manner),
    /// These octets are sent in front of the answer.
    Tell(Vec<u8>),
}

/// How octets are sent.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Manner {
    /// What to wait for beforehand.
    pub(crate) delay: Option<Duration>,
    /// How many octets are in a piece, and how long to wait behind each.
    pub(crate) split: Option<(NonZeroUsize, Duration)>,
    /// After how many octets the connection is closed.
    pub(crate) close_after: Option<usize>,
}

impl Manner {
    /// Both; what the other one says counts.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            delay: other.delay.or(self.delay),
            split: other.split.or(self.split),
            close_after: other.close_after.or(self.close_after),
        }
    }

    /// What is left of it behind so many octets.
    pub(crate) fn behind(self, octets: usize) -> Self {
        Self {
            delay: None,
            close_after: self.close_after.map(|all| all.saturating_sub(octets)),
            ..self
        }
    }
}

impl Fault {
    /// With each command of this name, such as `NOOP` or `UID FETCH`, in any case.
    ///
    /// `FETCH` and `UID FETCH` are different names.
    pub fn on(command: &str) -> On {
        On(Moment::Command(command.to_ascii_uppercase()))
    }

    /// With each command.
    pub const fn on_any_command() -> On {
        On(Moment::AnyCommand)
    }

    /// With the greeting: [`answer`](On::answer) is sent in its place.
    pub const fn on_greeting() -> On {
        On(Moment::Greeting)
    }

    /// The next connections are closed once they have sent so many octets, greeting included and TLS not,
    /// and after compression.
    pub fn connection_closed_after(octets: usize) -> Self {
        Self::on_connection().close_after(octets)
    }

    /// The next connections send pieces of so many octets and wait behind each. Pieces of 0 octets have 1.
    pub fn connection_split(octets: usize, pause: Duration) -> Self {
        Self::on_connection().split(octets, pause)
    }

    /// The next connections, and those that ask for STARTTLS, say nothing when TLS begins.
    pub fn stalled_handshake() -> Self {
        Self::on_handshake().ignore()
    }

    pub(super) const fn on_connection() -> On {
        On(Moment::Connection)
    }

    pub(super) const fn on_handshake() -> On {
        On(Moment::Handshake)
    }

    /// It happens once.
    #[must_use]
    pub fn once(self) -> Self {
        self.times(1)
    }

    /// It happens so often.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        Self {
            times: Some(times),
            ..self
        }
    }
}

/// When a [`Fault`] happens; its methods say what happens.
#[derive(Clone, Debug)]
pub struct On(Moment);

impl On {
    /// Sends these octets, line ends included, and does not execute the command. `{tag}` becomes the tag
    /// of the command.
    pub fn answer(self, octets: impl AsRef<[u8]>) -> Fault {
        self.does([Action::Answer(octets.as_ref().to_vec())])
    }

    /// Refuses by NO with this text, which may begin with a code: `[OVERQUOTA] no more`.
    pub fn no(self, text: &str) -> Fault {
        self.answer(format!("{{tag}} NO {text}\r\n"))
    }

    /// Refuses by BAD with this text, which may begin with a code.
    pub fn bad(self, text: &str) -> Fault {
        self.answer(format!("{{tag}} BAD {text}\r\n"))
    }

    /// Says BYE with this text, and closes.
    pub fn bye(self, text: &str) -> Fault {
        let bye = format!("* BYE {text}\r\n").into_bytes();
        self.does([Action::Answer(bye), Action::Close])
    }

    /// Sends these octets, line ends included, in front of the answer. `{tag}` becomes the tag of the
    /// command.
    pub fn tell(self, octets: impl AsRef<[u8]>) -> Fault {
        self.does([Action::Tell(octets.as_ref().to_vec())])
    }

    /// Closes the connection and does not execute the command.
    pub fn close(self) -> Fault {
        self.does([Action::Close])
    }

    /// Closes the connection after so many octets of the answer.
    pub fn close_after(self, octets: usize) -> Fault {
        self.sends(Manner {
            close_after: Some(octets),
            ..Manner::default()
        })
    }

    /// Waits before it answers.
    pub fn delay(self, time: Duration) -> Fault {
        self.sends(Manner {
            delay: Some(time),
            ..Manner::default()
        })
    }

    /// Sends the answer in pieces of so many octets, and waits behind each. Pieces of 0 octets have 1.
    pub fn split(self, octets: usize, pause: Duration) -> Fault {
        let size = NonZeroUsize::new(octets).unwrap_or(NonZeroUsize::MIN);
        self.sends(Manner {
            split: Some((size, pause)),
            ..Manner::default()
        })
    }

    /// Never answers, and does not execute the command.
    pub fn ignore(self) -> Fault {
        self.does([Action::Ignore])
    }

    fn sends(self, manner: Manner) -> Fault {
        self.does([Action::Send(manner)])
    }

    fn does<const N: usize>(self, actions: [Action; N]) -> Fault {
        Fault {
            moment: self.0,
            actions: actions.to_vec(),
            times: None,
        }
    }
}
