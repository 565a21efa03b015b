//! What is known of the connection.

mod capabilities;
mod selected;

use std::fmt;

use imap_codec::{EncodeOptions, LiteralMode};
use imap_proto::{Capability, Options, ParseError, Parsed};

pub use capabilities::Capabilities;
pub use selected::{OwnedFlags, Selected};

/// The states of a connection.
///
/// [RFC 9051 section 3](https://www.rfc-editor.org/rfc/rfc9051#section-3)
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum ConnectionState {
    /// The greeting has not come yet.
    #[default]
    Greeting,
    /// Nobody is logged in.
    NotAuthenticated,
    /// A user is logged in, no mailbox is selected.
    Authenticated,
    /// A mailbox is selected.
    Selected,
    /// The session is over.
    Logout,
}

impl fmt::Display for ConnectionState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Greeting => "greeting",
            Self::NotAuthenticated => "not authenticated",
            Self::Authenticated => "authenticated",
            Self::Selected => "selected",
            Self::Logout => "logout",
        })
    }
}

/// What the server told about the connection and the mailbox. It changes on the server's word only.
#[derive(Clone, Debug, Default)]
pub struct State {
    connection: ConnectionState,
    greeting: Box<str>,
    selected: Option<Selected>,
    capabilities: Option<Capabilities>,
    literals: LiteralMode,
    enabled: Capabilities,
    options: Options,
    encrypted: bool,
    compressed: bool,
}

impl State {
    /// Nothing is known yet; responses are read with these options.
    pub(crate) fn new(options: Options) -> Self {
        Self {
            options,
            ..Self::default()
        }
    }

    /// The state of the connection.
    pub fn connection(&self) -> ConnectionState {
        self.connection
    }

    /// The text for people that the server greeted with; empty before it did.
    pub fn greeting(&self) -> &str {
        &self.greeting
    }

    /// The mailbox that is selected.
    pub fn selected(&self) -> Option<&Selected> {
        self.selected.as_ref()
    }

    /// What the server can do; nothing while that is not known.
    pub fn capabilities(&self) -> Option<&Capabilities> {
        self.capabilities.as_ref()
    }

    /// The newest version of the protocol that the server named: `IMAP4rev2`, `IMAP4rev1` or `IMAP4`;
    /// nothing while that is not known.
    pub fn protocol_version(&self) -> Option<Capability<'static>> {
        let versions = [
            Capability::Imap4Rev2,
            Capability::Imap4Rev1,
            Capability::Imap4,
        ];
        versions.into_iter().find(|version| self.has(*version))
    }

    /// Whether the server said that it has this capability.
    pub fn has(&self, capability: Capability<'_>) -> bool {
        self.capabilities
            .as_ref()
            .is_some_and(|known| known.has(capability))
    }

    /// What ENABLE has switched on, as the server said.
    pub fn enabled(&self) -> &Capabilities {
        &self.enabled
    }

    /// Whether UTF-8 may be used in quoted strings and mailbox names: `UTF8=ACCEPT` or `IMAP4rev2` is
    /// enabled.
    pub fn utf8(&self) -> bool {
        self.options.utf8
    }

    /// How the responses of the server are read.
    pub fn parse_options(&self) -> &Options {
        &self.options
    }

    /// Reads one whole response for keeps.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub fn read(&self, frame: &[u8]) -> Result<Parsed, ParseError> {
        Parsed::with_options(frame, &self.options)
    }

    /// Whether the connection is encrypted, so that a password can be sent as it is.
    pub fn is_encrypted(&self) -> bool {
        self.encrypted
    }

    /// Whether all is compressed: the server agreed to COMPRESS.
    pub fn is_compressed(&self) -> bool {
        self.compressed
    }

    pub(crate) fn set_compressed(&mut self) {
        self.compressed = true;
    }

    pub(crate) fn set_encrypted(&mut self) {
        self.encrypted = true;
    }

    pub(crate) fn set_connection(&mut self, connection: ConnectionState) {
        self.connection = connection;
        if connection != ConnectionState::Selected {
            self.selected = None;
        }
    }

    pub(crate) fn set_greeting(&mut self, text: &str) {
        self.greeting = text.into();
    }

    pub(crate) fn set_capabilities(&mut self, capabilities: Option<Capabilities>) {
        self.capabilities = capabilities;
        self.literals = if self.has(Capability::LiteralPlus) {
            LiteralMode::NonSynchronizing
        } else if self.has(Capability::LiteralMinus) || self.has(Capability::Imap4Rev2) {
            LiteralMode::NonSynchronizingSmall
        } else {
            LiteralMode::Synchronizing
        };
    }

    /// How the server understands commands, as far as it is known.
    pub(crate) fn encode_options(&self) -> EncodeOptions {
        EncodeOptions::CLIENT
            .with_literals(self.literals)
            .with_utf8(self.utf8())
    }

    pub(crate) fn enable(&mut self, enabled: &Capabilities) {
        let new = enabled.iter().filter(|&new| !self.enabled.has(new));
        let new: Capabilities = new.collect();
        self.enabled.extend(new.iter());
        self.options.utf8 =
            self.enabled.has(Capability::Utf8Accept) || self.enabled.has(Capability::Imap4Rev2);
    }

    /// Nobody is logged in any more, and what depended on it is gone.
    pub(crate) fn unauthenticate(&mut self) {
        self.set_connection(ConnectionState::NotAuthenticated);
        self.enabled = Capabilities::default();
        self.options.utf8 = false;
    }

    pub(crate) fn select(&mut self, mailbox: Selected) {
        self.connection = ConnectionState::Selected;
        self.selected = Some(mailbox);
    }

    pub(crate) fn selected_mut(&mut self) -> Option<&mut Selected> {
        self.selected.as_mut()
    }
}
