//! What is forgiven: one name for each known deviation from the standards.

use core::fmt;

/// A known deviation from the grammar that can be read all the same.
///
/// Each is a switch of [`Quirks`]; `docs/QUIRKS.md` has a row for each, with who sends it.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
#[repr(u8)]
pub enum Quirk {
    /// Octets over 127 in a quoted string, without UTF-8 having been agreed on.
    EightBitQuoted,
    /// A line that ends in LF without CR.
    BareLineFeed,
    /// Blanks in front of the end of a line.
    TrailingBlanks,
    /// No text after the condition or the code of a status response: `* OK`, `a1 OK [ALERT]`.
    MissingText,
    /// A continuation request that is a bare `+`.
    BareContinuation,
    /// More than one blank between the elements of a list, or blanks at its ends.
    ListBlanks,
    /// A flag keyword with `]` or with octets over 127.
    FlagCharacters,
    /// `()` where an empty list has to be `NIL`.
    EmptyList,
    /// Blanks between the addresses of an envelope.
    AddressBlanks,
    /// Blanks between the parts of a multipart body structure.
    PartBlanks,
    /// A day of the month with one digit and no padding in a date with time.
    UnpaddedDay,
    /// LIST attributes without a backslash.
    AttributeWithoutBackslash,
    /// A hierarchy delimiter of `""` where `NIL` is meant.
    EmptyDelimiter,
    /// An unquoted mailbox name with characters that an atom cannot have.
    UnquotedMailbox,
    /// A known item, code or attribute whose value cannot be read: it is kept as it came.
    MalformedItem,
    /// A status line without its `* `, or with a response code in place of the condition.
    MissingCondition,
    /// A response code without its closing bracket.
    UnclosedCode,
}

/// The set of deviations that are forgiven.
///
/// ```
/// use imap_proto::{Quirk, Quirks};
///
/// let quirks = Quirks::lenient().without(Quirk::BareLineFeed);
/// assert!(!quirks.allows(Quirk::BareLineFeed));
/// assert!(quirks.allows(Quirk::TrailingBlanks));
/// ```
#[derive(Clone, Copy, Eq, Hash, PartialEq)]
pub struct Quirks(u128);

impl Quirks {
    /// Every deviation forgiven: the default.
    pub const fn lenient() -> Self {
        Self(u128::MAX)
    }

    /// No deviation forgiven.
    pub const fn strict() -> Self {
        Self(0)
    }

    /// The same with `quirk` forgiven.
    #[must_use]
    pub const fn with(self, quirk: Quirk) -> Self {
        Self(self.0 | 1 << quirk as u8)
    }

    /// The same with `quirk` refused.
    #[must_use]
    pub const fn without(self, quirk: Quirk) -> Self {
        Self(self.0 & !(1 << quirk as u8))
    }

    /// Whether `quirk` is forgiven.
    pub const fn allows(self, quirk: Quirk) -> bool {
        self.0 & (1 << quirk as u8) != 0
    }
}

impl Default for Quirks {
    fn default() -> Self {
        Self::lenient()
    }
}

impl fmt::Debug for Quirks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            quirks if quirks == Self::lenient() => f.write_str("Quirks::lenient()"),
            quirks if quirks == Self::strict() => f.write_str("Quirks::strict()"),
            Self(bits) => write!(f, "Quirks({bits:#x})"),
        }
    }
}

/// A deviation that was met and forgiven, and where.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct UsedQuirk {
    /// Which one.
    pub quirk: Quirk,
    /// Octets in front of the place in the message.
    pub offset: usize,
}

/// The deviations met in a message, in the order of reading; at most [`UsedQuirks::MAX`] are kept.
#[derive(Clone, Copy)]
pub struct UsedQuirks {
    used: [UsedQuirk; Self::MAX],
    count: usize,
}

impl UsedQuirks {
    /// How many are kept; more are only counted.
    pub const MAX: usize = 8;

    pub(crate) const NONE: Self = Self {
        used: [UsedQuirk {
            quirk: Quirk::BareLineFeed,
            offset: 0,
        }; Self::MAX],
        count: 0,
    };

    pub(crate) fn push(&mut self, used: UsedQuirk) {
        if let Some(slot) = self.used.get_mut(self.count) {
            *slot = used;
        }
        self.count += 1;
    }

    pub(crate) fn truncate(&mut self, count: usize) {
        self.count = self.count.min(count);
    }

    /// The deviations that were kept.
    pub fn as_slice(&self) -> &[UsedQuirk] {
        self.used.get(..self.count).unwrap_or(&self.used)
    }

    /// How many were met in all.
    pub fn count(&self) -> usize {
        self.count
    }
}

impl fmt::Debug for UsedQuirks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_slice().fmt(f)
    }
}
