//! When a command is allowed, and what it can be in flight with.

use std::ops::BitOr;

use imap_proto::MessageNumber;

use crate::state::ConnectionState;

/// When a command is allowed, and which others can be in flight at the same time.
///
/// Two commands can be in flight together if the server's answers cannot be confused: neither
/// changes the state, no two of them are answered by the same kind of untagged data, and none has
/// sequence numbers that an EXPUNGE caused by the other could move.
///
/// [RFC 9051 section 5.5](https://www.rfc-editor.org/rfc/rfc9051#section-5.5)
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    name: &'static str,
    states: u8,
    data: Data,
    alone: bool,
    sequence_numbers: bool,
    expunges: bool,
    role: Role,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Role {
    Ordinary,
    AsksCapabilities,
    ChangesOctets,
    EndsSession,
    Selects,
}

/// Kinds of untagged data that answers are made of.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Data(u64);

impl Data {
    /// Any kind at all.
    pub const ANY: Self = Self(u64::MAX);
    /// CAPABILITY.
    pub const CAPABILITY: Self = Self(1);
    /// EXPUNGE.
    pub const EXPUNGE: Self = Self(1 << 1);
    /// FETCH.
    pub const FETCH: Self = Self(1 << 2);
    /// LIST.
    pub const LIST: Self = Self(1 << 3);
    /// LSUB.
    pub const LSUB: Self = Self(1 << 4);
    /// SEARCH, SORT and ESEARCH.
    pub const SEARCH: Self = Self(1 << 5);
    /// STATUS.
    pub const STATUS: Self = Self(1 << 6);
    /// ACL.
    pub const ACL: Self = Self(1 << 7);
    /// ANNOTATION.
    pub const ANNOTATION: Self = Self(1 << 8);
    /// COMPARATOR.
    pub const COMPARATOR: Self = Self(1 << 9);
    /// GENURLAUTH.
    pub const GEN_URL_AUTH: Self = Self(1 << 10);
    /// ID.
    pub const ID: Self = Self(1 << 11);
    /// JMAPACCESS.
    pub const JMAP_ACCESS: Self = Self(1 << 12);
    /// LANGUAGE.
    pub const LANGUAGE: Self = Self(1 << 13);
    /// LISTRIGHTS.
    pub const LIST_RIGHTS: Self = Self(1 << 14);
    /// METADATA.
    pub const METADATA: Self = Self(1 << 15);
    /// MYRIGHTS.
    pub const MY_RIGHTS: Self = Self(1 << 16);
    /// NAMESPACE.
    pub const NAMESPACE: Self = Self(1 << 17);
    /// QUOTA and QUOTAROOT.
    pub const QUOTA: Self = Self(1 << 18);
    /// UIDBATCHES.
    pub const UID_BATCHES: Self = Self(1 << 19);
    /// URLFETCH.
    pub const URL_FETCH: Self = Self(1 << 20);
    /// XLIST.
    pub const XLIST: Self = Self(1 << 21);
    /// THREAD.
    pub const THREAD: Self = Self(1 << 22);
    /// APPENDUID or COPYUID in an untagged OK.
    pub const UID_PLUS: Self = Self(1 << 23);
}

impl Data {
    /// These and those of `other`.
    pub(crate) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all kinds of `other` are among these.
    pub(crate) const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether there are none.
    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl BitOr for Data {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.with(other)
    }
}

impl Rules {
    /// A command that is allowed in these states, and that other commands can be in flight with.
    pub const fn new(name: &'static str, states: &[ConnectionState]) -> Self {
        let mut bits = 0;
        let mut rest = states;
        while let [state, tail @ ..] = rest {
            bits |= 1 << *state as u8;
            rest = tail;
        }
        Self {
            name,
            states: bits,
            data: Data(0),
            alone: false,
            sequence_numbers: false,
            expunges: true,
            role: Role::Ordinary,
        }
    }

    /// A command of any state with a connection.
    pub const fn any_state(name: &'static str) -> Self {
        use ConnectionState::{Authenticated, NotAuthenticated, Selected};
        Self::new(name, &[NotAuthenticated, Authenticated, Selected])
    }

    /// A command for users who are logged in.
    pub const fn authenticated(name: &'static str) -> Self {
        Self::new(
            name,
            &[ConnectionState::Authenticated, ConnectionState::Selected],
        )
    }

    /// A command about the selected mailbox.
    pub const fn selected(name: &'static str) -> Self {
        Self::new(name, &[ConnectionState::Selected])
    }

    /// The same, but never in flight with others.
    #[must_use]
    pub const fn alone(self) -> Self {
        Self {
            alone: true,
            ..self
        }
    }

    /// The same, answered by these data.
    #[must_use]
    pub const fn answered_by(self, data: Data) -> Self {
        Self { data, ..self }
    }

    /// The same, with sequence numbers in its arguments.
    #[must_use]
    pub const fn with_sequence_numbers(self) -> Self {
        Self {
            sequence_numbers: true,
            ..self
        }
    }

    /// The same, during which a server must not send EXPUNGE (RFC 9051 section 7.5.1).
    #[must_use]
    pub const fn without_expunges(self) -> Self {
        Self {
            expunges: false,
            ..self
        }
    }

    /// The same for a command that names messages by `N` or is answered by such numbers, during
    /// which, if they are sequence numbers, there is no EXPUNGE.
    pub(crate) const fn by<N: MessageNumber>(self) -> Self {
        if N::COMMAND_PREFIX.is_empty() {
            return self.with_sequence_numbers().without_expunges();
        }
        self
    }

    pub(crate) const fn asking_capabilities(self) -> Self {
        Self {
            role: Role::AsksCapabilities,
            ..self
        }
    }

    /// The same, after which octets are something else: encrypted or compressed.
    pub(crate) const fn changing_octets(self) -> Self {
        Self {
            role: Role::ChangesOctets,
            ..self
        }
    }

    pub(crate) const fn ending_session(self) -> Self {
        Self {
            role: Role::EndsSession,
            ..self
        }
    }

    pub(crate) const fn selecting(self) -> Self {
        Self {
            role: Role::Selects,
            ..self
        }
    }

    /// The name of the command.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) const fn allows(&self, state: ConnectionState) -> bool {
        self.states & (1 << state as u8) != 0
    }

    pub(crate) const fn asks_capabilities(&self) -> bool {
        matches!(self.role, Role::AsksCapabilities)
    }

    pub(crate) const fn changes_octets(&self) -> bool {
        matches!(self.role, Role::ChangesOctets)
    }

    pub(crate) const fn ends_session(&self) -> bool {
        matches!(self.role, Role::EndsSession)
    }

    pub(crate) const fn selects(&self) -> bool {
        matches!(self.role, Role::Selects)
    }

    /// Whether the command can be sent while the earlier one is in flight.
    pub(crate) const fn can_follow(&self, earlier: &Self) -> bool {
        let same_data = self.data.0 & earlier.data.0 != 0;
        let moved = (self.sequence_numbers && earlier.expunges)
            || (earlier.sequence_numbers && self.expunges);
        !self.alone && !earlier.alone && !same_data && !moved
    }
}
