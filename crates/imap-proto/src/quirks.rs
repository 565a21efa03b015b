//! What is forgiven: one name for each known deviation from the standards.

use core::fmt;

/// A known deviation from the grammar that can be read all the same.
///
/// Each is a switch of [`Quirks`]; `docs/QUIRKS.md` has a row for each, with who sends it.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
#[repr(u8)]
pub enum Quirk {
    /// Blanks between the addresses of an envelope.
    AddressBlanks,
    /// `\*` in a list of flags other than that of `PERMANENTFLAGS`.
    AnyFlag,
    /// LIST attributes without a backslash.
    AttributeWithoutBackslash,
    /// A backslash in a quoted string in front of another character: it stands for itself.
    BareBackslash,
    /// The character sets of BADCHARSET without parentheses.
    BareCharsets,
    /// A continuation request that is a bare `+`, or has no blank behind it.
    BareContinuation,
    /// A disposition in a body structure that is a string, without parentheses and parameters.
    BareDisposition,
    /// A line that ends in LF without CR.
    BareLineFeed,
    /// A modification sequence of a message without its parentheses.
    BareModSeq,
    /// A `message/rfc822` part without envelope, structure and lines: it reads as a basic part.
    BasicMessage,
    /// Capabilities that name neither `IMAP4rev1` nor `IMAP4rev2`.
    CapabilityWithoutVersion,
    /// A multipart without parts: it begins with its subtype.
    ChildlessMultipart,
    /// Octets over 127 in a quoted string without UTF-8 having been agreed on, or not UTF-8.
    EightBitQuoted,
    /// Octets over 127 in a text without UTF-8 having been agreed on, or not UTF-8.
    EightBitText,
    /// `()` for a body structure, or nothing or `NIL` for that of an attached message: it reads as a
    /// multipart without parts and subtype.
    EmptyBody,
    /// A hierarchy delimiter of `""` where `NIL` is meant.
    EmptyDelimiter,
    /// An empty flag, `""` or a backslash alone: it is left out.
    EmptyFlag,
    /// `()` or `""` where a list cannot be empty, or is written as `NIL` if it is.
    EmptyList,
    /// A VANISHED response without UIDs, which says nothing: it reads as one of unknown kind.
    EmptyVanished,
    /// A line, or the announcement of a literal, that ends in CR CR LF.
    ExtraCarriageReturn,
    /// A parenthesis that closes too much, at the end of a line or behind an item of a FETCH
    /// response.
    ExtraCloseParen,
    /// An envelope and a structure in a `message` part that is no `message/rfc822`.
    ExtraEnvelope,
    /// A number of lines in a part that is no text, which is left out.
    ExtraLines,
    /// Items of a FETCH response in parentheses of their own.
    ExtraParens,
    /// A flag, keyword or attribute with `]` or with octets over 127.
    FlagCharacters,
    /// A size such as `9.37e+06`, which is a whole number in spite of its form.
    FloatNumber,
    /// A preview with its algorithm, as drafts had it: `PREVIEW (FUZZY "text")`.
    FuzzyPreview,
    /// The number of no message, 0 or one over 32 bits, in front of FETCH or EXPUNGE.
    ImpossibleNumber,
    /// A number over 63 bits where 63 bits are allowed.
    LargeNumber,
    /// A part with more octets than 32 bits can tell, which reads as the largest number.
    LargePart,
    /// A number that cannot be zero and begins with a zero.
    LeadingZero,
    /// More than one blank between the first words of a response, the elements of a list or a LIST
    /// response, or in front of the value of a FETCH item, or blanks at the ends of a list.
    ListBlanks,
    /// A `~{3}` literal where only a string without NUL can be.
    Literal8,
    /// A date with time as a literal.
    LiteralDate,
    /// A known item, code or attribute whose value cannot be read: it is kept as it came.
    MalformedItem,
    /// A list that is not closed at the end of the line.
    MissingCloseParen,
    /// A text right behind the bracket of a response code.
    MissingCodeBlank,
    /// A status line without its `* `, or with a response code in place of the condition.
    MissingCondition,
    /// A text part without its number of lines, which reads as 0.
    MissingLines,
    /// Extension data of a part that begin with the disposition.
    MissingMd5,
    /// The subtype of a multipart right behind its last part.
    MissingSubtypeBlank,
    /// A status response that ends behind its condition or its code: `* OK`, `a1 OK [ALERT]`.
    MissingText,
    /// A negative number in a QUOTA response: usage reads as 0, a limit as the largest number.
    NegativeQuota,
    /// `NIL` among the addresses of an envelope: it is left out.
    NilAddress,
    /// `NIL` for the envelope of an attached message: its fields read as `NIL`.
    NilEnvelope,
    /// `NIL` for a list that is empty: `FLAGS NIL`.
    NilList,
    /// `NIL` or `-1` for a number of a body structure, which reads as 0.
    NilNumber,
    /// `NIL` or nothing for a string of a body structure that has to be there, which reads as empty.
    NilString,
    /// A `{3+}` literal in a response.
    NonSyncLiteral,
    /// A NUL octet in a string or a text. It ends a text.
    ///
    /// In a literal it is not reported, since nothing else makes reading its octets necessary.
    NulOctet,
    /// The range of a body section told with its length: `BODY[1]<0.512>`.
    OriginWithLength,
    /// Blanks between the parts of a multipart body structure.
    PartBlanks,
    /// A flag in quotes, or in a literal.
    QuotedFlag,
    /// `\Recent` in a list of flags other than that of a FETCH response.
    RecentFlag,
    /// `(MODSEQ 9)` without a blank in front or in the middle of the numbers of a search.
    SearchModSeq,
    /// An envelope with fewer than ten fields; those that lack read as `NIL`.
    ShortEnvelope,
    /// A NAMESPACE response with fewer than three fields; those that lack read as `NIL`.
    ShortNamespace,
    /// A part that ends in front of its size; what lacks reads as `NIL` or 0.
    ShortPart,
    /// One address of an envelope without the parentheses of the list.
    SingleAddress,
    /// A thread with one thread inside: `(3 (4))`, where `(3 4)` is meant.
    SingleReply,
    /// `LITERAL +` among the capabilities: it reads as `LITERAL+`.
    SplitLiteralPlus,
    /// The languages of a part in front of its disposition.
    SwappedDisposition,
    /// A tag in front of `BYE` or `PREAUTH`.
    TaggedBye,
    /// Something behind the list of an ID response: it is left out.
    TextAfterId,
    /// Blanks in front of the end of a line.
    TrailingBlanks,
    /// A response of unknown kind with a lone quote or parenthesis.
    UnbalancedText,
    /// A response code without its closing bracket.
    UnclosedCode,
    /// Quotes without backslash inside a quoted string of an envelope or a body structure, or in the name
    /// of a mailbox.
    UnescapedQuote,
    /// A day of the month with one digit and no padding in a date with time.
    UnpaddedDay,
    /// A hierarchy delimiter without quotes.
    UnquotedDelimiter,
    /// An unquoted mailbox name with characters that an atom cannot have.
    UnquotedMailbox,
    /// A modification sequence of 0.
    ZeroModSeq,
    /// 0 among the numbers that a search found.
    ZeroNumber,
}

impl Quirk {
    /// All of them, in alphabetical order.
    pub const ALL: &'static [Self] = &[
        Self::AddressBlanks,
        Self::AnyFlag,
        Self::AttributeWithoutBackslash,
        Self::BareBackslash,
        Self::BareCharsets,
        Self::BareContinuation,
        Self::BareDisposition,
        Self::BareLineFeed,
        Self::BareModSeq,
        Self::BasicMessage,
        Self::CapabilityWithoutVersion,
        Self::ChildlessMultipart,
        Self::EightBitQuoted,
        Self::EightBitText,
        Self::EmptyBody,
        Self::EmptyDelimiter,
        Self::EmptyFlag,
        Self::EmptyList,
        Self::EmptyVanished,
        Self::ExtraCarriageReturn,
        Self::ExtraCloseParen,
        Self::ExtraEnvelope,
        Self::ExtraLines,
        Self::ExtraParens,
        Self::FlagCharacters,
        Self::FloatNumber,
        Self::FuzzyPreview,
        Self::ImpossibleNumber,
        Self::LargeNumber,
        Self::LargePart,
        Self::LeadingZero,
        Self::ListBlanks,
        Self::Literal8,
        Self::LiteralDate,
        Self::MalformedItem,
        Self::MissingCloseParen,
        Self::MissingCodeBlank,
        Self::MissingCondition,
        Self::MissingLines,
        Self::MissingMd5,
        Self::MissingSubtypeBlank,
        Self::MissingText,
        Self::NegativeQuota,
        Self::NilAddress,
        Self::NilEnvelope,
        Self::NilList,
        Self::NilNumber,
        Self::NilString,
        Self::NonSyncLiteral,
        Self::NulOctet,
        Self::OriginWithLength,
        Self::PartBlanks,
        Self::QuotedFlag,
        Self::RecentFlag,
        Self::SearchModSeq,
        Self::ShortEnvelope,
        Self::ShortNamespace,
        Self::ShortPart,
        Self::SingleAddress,
        Self::SingleReply,
        Self::SplitLiteralPlus,
        Self::SwappedDisposition,
        Self::TaggedBye,
        Self::TextAfterId,
        Self::TrailingBlanks,
        Self::UnbalancedText,
        Self::UnclosedCode,
        Self::UnescapedQuote,
        Self::UnpaddedDay,
        Self::UnquotedDelimiter,
        Self::UnquotedMailbox,
        Self::ZeroModSeq,
        Self::ZeroNumber,
    ];
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

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;
    use crate::{Arena, Options, Response};

    #[test]
    fn ok_each_quirk_is_a_switch() {
        for quirk in Quirk::ALL.iter().copied() {
            assert!(Quirks::lenient().allows(quirk) && !Quirks::strict().allows(quirk));
            let only = Quirks::strict().with(quirk);
            let but = Quirks::lenient().without(quirk);
            for other in Quirk::ALL.iter().copied() {
                assert_eq!(only.allows(other), other == quirk);
                assert_eq!(but.allows(other), other != quirk);
            }
        }
        assert!(Quirk::ALL.is_sorted());
        assert_eq!(format!("{:?}", Quirks::default()), "Quirks::lenient()");
        assert_eq!(format!("{:?}", Quirks::strict()), "Quirks::strict()");
    }

    #[test]
    fn ok_more_quirks_than_are_kept_are_counted() {
        let mut arena = Arena::new();
        let frame = format!("* FLAGS ({}a)\r\n", "a  ".repeat(20));
        assert!(Response::parse(frame.as_bytes(), &arena).is_ok());
        assert_eq!(arena.used_quirks().count(), 20);
        let kept = arena.used_quirks();
        assert_eq!(kept.as_slice().len(), UsedQuirks::MAX);
        let offsets = kept.as_slice().iter().map(|used| used.offset);
        assert!(offsets.eq((0..8).map(|n| 11 + 3 * n)));
        arena.reset();
        assert_eq!(arena.used_quirks().count(), 0);
        let strict = Options::strict();
        assert!(Response::parse_with(frame.as_bytes(), &arena, &strict).is_err());
        assert!(arena.used_quirks().as_slice().is_empty());
    }
}
