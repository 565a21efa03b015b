//! Who takes part.

use crate::load::Scenario;

/// A client.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Client {
    /// Our blocking client.
    Ours,
    /// Our client for tokio.
    OursTokio,
    /// The crate `async-imap`, with tokio.
    AsyncImap,
    /// The crate `imap`.
    Imap,
    /// The crate `imap-next`, with tokio.
    ImapNext,
    /// The crate `io-imap`, its blocking client.
    IoImap,
    /// The program `curl`.
    Curl,
    /// `imapflow`, for Node.js.
    ImapFlow,
    /// `imaplib`, of Python.
    Imaplib,
    /// No client: reads as many octets as there are, and copies them.
    Plain,
}

impl Client {
    /// All, in the order of the tables.
    pub const ALL: [Self; 10] = [
        Self::Ours,
        Self::OursTokio,
        Self::Imap,
        Self::AsyncImap,
        Self::IoImap,
        Self::ImapNext,
        Self::Imaplib,
        Self::ImapFlow,
        Self::Curl,
        Self::Plain,
    ];

    /// Whether an interpreter runs it, whose start takes longer than most sessions.
    pub const fn is_interpreted(self) -> bool {
        matches!(self, Self::ImapFlow | Self::Imaplib)
    }

    /// Whether it is of Rust, and has a program here.
    pub const fn is_rust(self) -> bool {
        !matches!(self, Self::Curl | Self::ImapFlow | Self::Imaplib)
    }

    /// Whether it is one of ours.
    pub const fn is_ours(self) -> bool {
        matches!(self, Self::Ours | Self::OursTokio)
    }

    /// What the tables call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OursTokio => "ours, tokio",
            Self::Plain => "plain loop",
            client => client.key(),
        }
    }

    /// What the command line calls it.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::OursTokio => "ours-tokio",
            Self::AsyncImap => "async-imap",
            Self::Imap => "imap",
            Self::ImapNext => "imap-next",
            Self::IoImap => "io-imap",
            Self::Curl => "curl",
            Self::ImapFlow => "imapflow",
            Self::Imaplib => "imaplib",
            Self::Plain => "plain",
        }
    }
}

/// What becomes of the results.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Form {
    /// All are there at the end.
    Kept,
    /// Each is looked at when it comes.
    Streamed,
}

impl Form {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Kept, Self::Streamed];

    /// What the command line calls it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Streamed => "streamed",
        }
    }
}

/// A client, and the way in which it is used.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Contender {
    /// The client.
    pub client: Client,
    /// What becomes of the results.
    pub form: Form,
}

impl Contender {
    /// All there are for a scenario.
    pub fn all_for(scenario: Scenario) -> impl Iterator<Item = Self> {
        let all = Form::ALL
            .into_iter()
            .flat_map(|form| Client::ALL.map(|client| Self { client, form }));
        all.filter(move |contender| contender.does(scenario))
    }

    /// Whether it can do this.
    ///
    /// Only what brings many messages or a large one can be streamed.
    const fn does(self, scenario: Scenario) -> bool {
        use Scenario as S;
        let is_bodies = matches!(scenario, S::Bodies | S::Large);
        let is_many = is_bodies || matches!(scenario, S::Flags | S::Full);
        match (self.client, self.form) {
            (Client::Plain, _) => is_bodies,
            // It gives up after 300 KB of responses; contents are named by the URL.
            (Client::Curl, Form::Streamed) => matches!(scenario, S::Large),
            (Client::Curl, Form::Kept) => matches!(scenario, S::Empty),
            // It streams contents only.
            (Client::IoImap, Form::Streamed) => is_bodies,
            // One message is one item of its stream, text and all.
            (Client::AsyncImap | Client::ImapNext, Form::Streamed) => {
                is_many && !matches!(scenario, S::Large)
            }
            (Client::Imap | Client::Imaplib, Form::Streamed) => false,
            (_, Form::Streamed) => is_many,
            (_, Form::Kept) => true,
        }
    }

    /// What the command line calls it.
    pub fn key(self) -> String {
        format!("{}/{}", self.client.key(), self.form.key())
    }
}
