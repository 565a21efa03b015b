//! What a client does between login and logout.

use anyhow::{Context as _, Result};
use imap_benches::corpora::Asked;

use crate::contender::Form;

/// A kind of session.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Scenario {
    /// Nothing: log in, select, log out.
    Empty,
    /// `FETCH 1:* (UID FLAGS)`.
    Flags,
    /// `FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE)`.
    Full,
    /// `FETCH 1:* (UID BODY.PEEK[])`, with many messages of 64 KiB.
    Bodies,
    /// The same with one message of 200 MiB.
    Large,
    /// `UID SEARCH ALL`, answered in one line.
    Search,
    /// `NOOP`, again and again.
    Noop,
}

impl Scenario {
    /// All, in the order of the tables.
    pub const ALL: [Self; 7] = [
        Self::Empty,
        Self::Flags,
        Self::Full,
        Self::Bodies,
        Self::Large,
        Self::Search,
        Self::Noop,
    ];

    /// The one that the command line calls so.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn of_key(key: &str) -> Result<Self> {
        let scenario = Self::ALL.into_iter().find(|known| known.key() == key);
        scenario.context("no such scenario")
    }

    /// What the command line calls it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Flags => "flags",
            Self::Full => "full",
            Self::Bodies => "bodies",
            Self::Large => "large",
            Self::Search => "search",
            Self::Noop => "noop",
        }
    }
}

/// A session of some size.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Load {
    /// What is done.
    pub scenario: Scenario,
    /// How many messages, numbers or commands there are.
    pub count: usize,
    /// Octets of one body, where there are bodies.
    pub octets: usize,
}

impl Load {
    /// The size that is measured.
    pub const fn measured(scenario: Scenario) -> Self {
        let (count, octets) = match scenario {
            Scenario::Empty => (0, 0),
            Scenario::Flags => (100_000, 0),
            Scenario::Full => (20_000, 0),
            Scenario::Bodies => (2_000, 64 << 10),
            Scenario::Large => (1, 200 << 20),
            Scenario::Search => (200_000, 0),
            Scenario::Noop => (10_000, 0),
        };
        Self {
            scenario,
            count,
            octets,
        }
    }

    /// A size for tests.
    pub const fn small(scenario: Scenario) -> Self {
        let octets = match scenario {
            Scenario::Bodies => 5_000,
            Scenario::Large => 300_000,
            _ => 0,
        };
        Self {
            scenario,
            count: match scenario {
                Scenario::Empty => 0,
                Scenario::Large => 1,
                _ => 100,
            },
            octets,
        }
    }

    /// What the tables call it, with what becomes of the results where there is a choice: if there are
    /// many messages, or a large one.
    pub fn row(&self, form: Form) -> String {
        use Scenario as S;
        match self.scenario {
            S::Bodies | S::Flags | S::Full | S::Large => {
                format!("{}, {}", self.title(), form.key())
            }
            S::Empty | S::Noop | S::Search => self.title(),
        }
    }

    /// What the server is asked, where the answer is one of the corpora.
    pub(crate) const fn asked(&self) -> Option<Asked> {
        match self.scenario {
            Scenario::Empty | Scenario::Noop => None,
            Scenario::Flags => Some(Asked::Flags),
            Scenario::Full => Some(Asked::Full),
            Scenario::Bodies | Scenario::Large => Some(Asked::Body(self.octets)),
            Scenario::Search => Some(Asked::Search),
        }
    }

    fn title(&self) -> String {
        let (count, octets) = (grouped(self.count), self.octets);
        match self.scenario {
            Scenario::Empty => "login and logout".into(),
            Scenario::Flags => format!("{count} x (UID FLAGS)"),
            Scenario::Full => format!("{count} x full"),
            Scenario::Bodies => format!("{count} x BODY[] of {} KiB", octets >> 10),
            Scenario::Large => format!("BODY[] of {} MiB", octets >> 20),
            Scenario::Search => format!("SEARCH with {count} numbers"),
            Scenario::Noop => format!("{count} x NOOP"),
        }
    }
}

/// `200,000`
fn grouped(number: usize) -> String {
    match number {
        0..1_000 => number.to_string(),
        _ => format!("{},{:03}", grouped(number / 1_000), number % 1_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_rows_say_how_much_there_is() {
        let rows = [Scenario::Flags, Scenario::Large, Scenario::Noop]
            .map(|scenario| Load::measured(scenario).row(Form::Kept));
        let expected = [
            "100,000 x (UID FLAGS), kept",
            "BODY[] of 200 MiB, kept",
            "10,000 x NOOP",
        ];
        assert_eq!(rows, expected);
    }
}
