//! What is known of the connection.

mod capabilities;
mod selected;

use std::fmt;

use imap_proto::Capability;

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
    selected: Option<Selected>,
    capabilities: Option<Capabilities>,
    utf8: bool,
}

impl State {
    /// The state of the connection.
    pub fn connection(&self) -> ConnectionState {
        self.connection
    }

    /// The mailbox that is selected.
    pub fn selected(&self) -> Option<&Selected> {
        self.selected.as_ref()
    }

    /// What the server can do; nothing while that is not known.
    pub fn capabilities(&self) -> Option<&Capabilities> {
        self.capabilities.as_ref()
    }

    /// Whether the server said that it has this capability.
    pub fn has(&self, capability: Capability<'_>) -> bool {
        self.capabilities
            .as_ref()
            .is_some_and(|known| known.has(capability))
    }

    /// Whether UTF-8 may be used in quoted strings and mailbox names.
    pub fn utf8(&self) -> bool {
        self.utf8
    }

    pub(crate) fn set_connection(&mut self, connection: ConnectionState) {
        self.connection = connection;
        if connection != ConnectionState::Selected {
            self.selected = None;
        }
    }

    pub(crate) fn set_capabilities(&mut self, capabilities: Option<Capabilities>) {
        self.capabilities = capabilities;
    }

    pub(crate) fn select(&mut self, mailbox: Selected) {
        self.connection = ConnectionState::Selected;
        self.selected = Some(mailbox);
    }

    pub(crate) fn selected_mut(&mut self) -> Option<&mut Selected> {
        self.selected.as_mut()
    }
}
