//! What quirks are called, what they mean, and what becomes of them: the columns of `docs/QUIRKS.md`.

use core::fmt;
use core::str::FromStr;

use crate::quirks::Quirk;

impl Quirk {
    /// Its name on command lines and in reports: that of the variant in lower case with hyphens.
    ///
    /// ```
    /// use imap_proto::Quirk;
    ///
    /// assert_eq!(Quirk::MissingText.name(), "missing-text");
    /// assert_eq!("missing-text".parse(), Ok(Quirk::MissingText));
    /// ```
    pub const fn name(self) -> &'static str {
        self.text().name
    }

    /// What it is, as a sentence without its full stop.
    ///
    /// ```
    /// use imap_proto::Quirk;
    ///
    /// assert_eq!(Quirk::BareLineFeed.meaning(), "A line that ends in LF without CR");
    /// ```
    pub const fn meaning(self) -> &'static str {
        self.text().meaning
    }

    /// What becomes of it where it is forgiven.
    ///
    /// ```
    /// use imap_proto::Quirk;
    ///
    /// assert_eq!(Quirk::BareLineFeed.treatment(), "take it as the end of the line");
    /// ```
    pub const fn treatment(self) -> &'static str {
        self.text().treatment
    }

    const fn text(self) -> Text {
        match self {
            Self::AddressBlanks => Text {
                name: "address-blanks",
                meaning: "Blanks between the addresses of an envelope",
                treatment: "skip them",
            },
            Self::AnyFlag => Text {
                name: "any-flag",
                meaning: "`\\*` in a list of flags other than that of `PERMANENTFLAGS`",
                treatment: "keep the flag",
            },
            Self::AttributeWithoutBackslash => Text {
                name: "attribute-without-backslash",
                meaning: "LIST attributes without a backslash",
                treatment: "read the attribute",
            },
            Self::BareBackslash => Text {
                name: "bare-backslash",
                meaning: "A backslash in a quoted string in front of another character: it stands for itself",
                treatment: "keep the backslash",
            },
            Self::BareCharsets => Text {
                name: "bare-charsets",
                meaning: "The character sets of BADCHARSET without parentheses",
                treatment: "read them",
            },
            Self::BareContinuation => Text {
                name: "bare-continuation",
                meaning: "A continuation request that is a bare `+`, or has no blank behind it",
                treatment: "read the rest as the text",
            },
            Self::BareDisposition => Text {
                name: "bare-disposition",
                meaning: "A disposition in a body structure that is a string, without parentheses and parameters",
                treatment: "read it as the kind, without parameters",
            },
            Self::BareLineFeed => Text {
                name: "bare-line-feed",
                meaning: "A line that ends in LF without CR",
                treatment: "take it as the end of the line",
            },
            Self::BareModSeq => Text {
                name: "bare-mod-seq",
                meaning: "A modification sequence of a message without its parentheses",
                treatment: "read it",
            },
            Self::BasicMessage => Text {
                name: "basic-message",
                meaning: "A `message/rfc822` part without envelope, structure and lines: it reads as a basic part",
                treatment: "read a basic part",
            },
            Self::CapabilityWithoutVersion => Text {
                name: "capability-without-version",
                meaning: "Capabilities that name neither `IMAP4rev1` nor `IMAP4rev2`",
                treatment: "keep the list",
            },
            Self::ChildlessMultipart => Text {
                name: "childless-multipart",
                meaning: "A multipart without parts: it begins with its subtype",
                treatment: "read a multipart without parts",
            },
            Self::EightBitQuoted => Text {
                name: "eight-bit-quoted",
                meaning: "Octets over 127 in a quoted string without UTF-8 having been agreed on, or not UTF-8",
                treatment: "keep the octets",
            },
            Self::EightBitText => Text {
                name: "eight-bit-text",
                meaning: "Octets over 127 in a text without UTF-8 having been agreed on, or not UTF-8",
                treatment: "keep the octets",
            },
            Self::EmptyBody => Text {
                name: "empty-body",
                meaning: "`()` for a body structure, or nothing or `NIL` for that of an attached message: it reads as a multipart without parts and subtype",
                treatment: "read a multipart without parts and subtype",
            },
            Self::EmptyDelimiter => Text {
                name: "empty-delimiter",
                meaning: "A hierarchy delimiter of `\"\"` where `NIL` is meant",
                treatment: "read no delimiter",
            },
            Self::EmptyFlag => Text {
                name: "empty-flag",
                meaning: "An empty flag, `\"\"` or a backslash alone: it is left out",
                treatment: "leave it out",
            },
            Self::EmptyList => Text {
                name: "empty-list",
                meaning: "`()` or `\"\"` where a list cannot be empty, or is written as `NIL` if it is",
                treatment: "read an empty list",
            },
            Self::EmptyVanished => Text {
                name: "empty-vanished",
                meaning: "A VANISHED response without UIDs, which says nothing",
                treatment: "keep the line as one of unknown kind",
            },
            Self::ExtraCarriageReturn => Text {
                name: "extra-carriage-return",
                meaning: "A line, or the announcement of a literal, that ends in CR CR LF",
                treatment: "take it as the end of the line",
            },
            Self::ExtraCloseParen => Text {
                name: "extra-close-paren",
                meaning: "A parenthesis that closes too much, at the end of a line or behind an item of a FETCH response",
                treatment: "pass over it",
            },
            Self::ExtraEnvelope => Text {
                name: "extra-envelope",
                meaning: "An envelope and a structure in a `message` part that is no `message/rfc822`",
                treatment: "read it like an attached message",
            },
            Self::ExtraLines => Text {
                name: "extra-lines",
                meaning: "A number of lines in a part that is no text, which is left out",
                treatment: "read past it",
            },
            Self::ExtraParens => Text {
                name: "extra-parens",
                meaning: "Items of a FETCH response in parentheses of their own",
                treatment: "read the items",
            },
            Self::FlagCharacters => Text {
                name: "flag-characters",
                meaning: "A flag, keyword or attribute with `]` or with octets over 127",
                treatment: "keep the name",
            },
            Self::FloatNumber => Text {
                name: "float-number",
                meaning: "A size such as `9.37e+06`, which is a whole number in spite of its form",
                treatment: "read the number if it is whole",
            },
            Self::FuzzyPreview => Text {
                name: "fuzzy-preview",
                meaning: "A preview with its algorithm, as drafts had it: `PREVIEW (FUZZY \"text\")`",
                treatment: "read the text",
            },
            Self::ImpossibleNumber => Text {
                name: "impossible-number",
                meaning: "The number of no message, 0 or one over 32 bits, in front of FETCH or EXPUNGE",
                treatment: "keep the items with the number; keep `* 0 EXPUNGE` as a line of unknown kind",
            },
            Self::LargeNumber => Text {
                name: "large-number",
                meaning: "A number over 63 bits where 63 bits are allowed",
                treatment: "read up to 64 bits",
            },
            Self::LargePart => Text {
                name: "large-part",
                meaning: "A part with more octets than 32 bits can tell, which reads as the largest number",
                treatment: "read the largest number",
            },
            Self::LeadingZero => Text {
                name: "leading-zero",
                meaning: "A number that cannot be zero and begins with a zero",
                treatment: "read the number",
            },
            Self::ListBlanks => Text {
                name: "list-blanks",
                meaning: "More than one blank between the first words of a response, the elements of a list or a LIST response, or in front of the value of a FETCH item, or blanks at the ends of a list",
                treatment: "skip them",
            },
            Self::Literal8 => Text {
                name: "literal8",
                meaning: "A `~{3}` literal where only a string without NUL can be",
                treatment: "read the string",
            },
            Self::LiteralDate => Text {
                name: "literal-date",
                meaning: "A date with time as a literal",
                treatment: "read the date",
            },
            Self::MalformedItem => Text {
                name: "malformed-item",
                meaning: "A known item, code or attribute whose value cannot be read: it is kept as it came",
                treatment: "keep the octets and the error; neighbours are not affected",
            },
            Self::MissingCloseParen => Text {
                name: "missing-close-paren",
                meaning: "A list that is not closed at the end of the line",
                treatment: "take the end of the line as that of the list",
            },
            Self::MissingCodeBlank => Text {
                name: "missing-code-blank",
                meaning: "A text right behind the bracket of a response code",
                treatment: "read the text",
            },
            Self::MissingCondition => Text {
                name: "missing-condition",
                meaning: "A status line without its `* `, or with a response code in place of the condition",
                treatment: "read OK",
            },
            Self::MissingLines => Text {
                name: "missing-lines",
                meaning: "A text part without its number of lines, which reads as 0",
                treatment: "read 0",
            },
            Self::MissingMd5 => Text {
                name: "missing-md5",
                meaning: "Extension data of a part that begin with the disposition",
                treatment: "read no checksum",
            },
            Self::MissingSubtypeBlank => Text {
                name: "missing-subtype-blank",
                meaning: "The subtype of a multipart right behind its last part",
                treatment: "read the subtype",
            },
            Self::MissingText => Text {
                name: "missing-text",
                meaning: "A status response that ends behind its condition or its code: `* OK`, `a1 OK [ALERT]`",
                treatment: "read an empty text",
            },
            Self::NegativeQuota => Text {
                name: "negative-quota",
                meaning: "A negative number in a QUOTA response: usage reads as 0, a limit as the largest number",
                treatment: "read 0, or no limit",
            },
            Self::NilAddress => Text {
                name: "nil-address",
                meaning: "`NIL` among the addresses of an envelope: it is left out",
                treatment: "leave it out",
            },
            Self::NilEnvelope => Text {
                name: "nil-envelope",
                meaning: "`NIL` for the envelope of an attached message: its fields read as `NIL`",
                treatment: "read an envelope without fields",
            },
            Self::NilList => Text {
                name: "nil-list",
                meaning: "`NIL` for a list that is empty: `FLAGS NIL`",
                treatment: "read an empty list",
            },
            Self::NilNumber => Text {
                name: "nil-number",
                meaning: "`NIL` or `-1` for a number of a body structure, which reads as 0",
                treatment: "read 0",
            },
            Self::NilString => Text {
                name: "nil-string",
                meaning: "`NIL` or nothing for a string of a body structure that has to be there, which reads as empty",
                treatment: "read an empty string",
            },
            Self::NonSyncLiteral => Text {
                name: "non-sync-literal",
                meaning: "A `{3+}` literal in a response",
                treatment: "read the literal",
            },
            Self::NulOctet => Text {
                name: "nul-octet",
                meaning: "A NUL octet in a string or a text. It ends a text. In a literal it is not reported",
                treatment: "keep it in strings; it ends a text",
            },
            Self::OriginWithLength => Text {
                name: "origin-with-length",
                meaning: "The range of a body section told with its length: `BODY[1]<0.512>`",
                treatment: "ignore the length",
            },
            Self::PartBlanks => Text {
                name: "part-blanks",
                meaning: "Blanks between the parts of a multipart body structure",
                treatment: "skip them",
            },
            Self::QuotedFlag => Text {
                name: "quoted-flag",
                meaning: "A flag in quotes, or in a literal",
                treatment: "read the flag",
            },
            Self::RecentFlag => Text {
                name: "recent-flag",
                meaning: "`\\Recent` in a list of flags other than that of a FETCH response",
                treatment: "keep the flag",
            },
            Self::SearchModSeq => Text {
                name: "search-mod-seq",
                meaning: "`(MODSEQ 9)` without a blank in front or in the middle of the numbers of a search",
                treatment: "read it",
            },
            Self::ShortEnvelope => Text {
                name: "short-envelope",
                meaning: "An envelope with fewer than ten fields; those that lack read as `NIL`",
                treatment: "read the fields that lack as NIL",
            },
            Self::ShortNamespace => Text {
                name: "short-namespace",
                meaning: "A NAMESPACE response with fewer than three fields; those that lack read as `NIL`",
                treatment: "read the fields that lack as NIL",
            },
            Self::ShortPart => Text {
                name: "short-part",
                meaning: "A part that ends in front of its size; what lacks reads as `NIL` or 0",
                treatment: "read the fields that lack as NIL or 0",
            },
            Self::SingleAddress => Text {
                name: "single-address",
                meaning: "One address of an envelope without the parentheses of the list",
                treatment: "read a list of one",
            },
            Self::SingleReply => Text {
                name: "single-reply",
                meaning: "A thread with one thread inside: `(3 (4))`, where `(3 4)` is meant",
                treatment: "read one reply",
            },
            Self::SplitLiteralPlus => Text {
                name: "split-literal-plus",
                meaning: "`LITERAL +` among the capabilities: it reads as `LITERAL+`",
                treatment: "read `LITERAL+`",
            },
            Self::SwappedDisposition => Text {
                name: "swapped-disposition",
                meaning: "The languages of a part in front of its disposition",
                treatment: "read both",
            },
            Self::TaggedBye => Text {
                name: "tagged-bye",
                meaning: "A tag in front of `BYE` or `PREAUTH`",
                treatment: "read it with its tag",
            },
            Self::TextAfterId => Text {
                name: "text-after-id",
                meaning: "Something behind the list of an ID response: it is left out",
                treatment: "leave it out",
            },
            Self::TrailingBlanks => Text {
                name: "trailing-blanks",
                meaning: "Blanks in front of the end of a line",
                treatment: "skip them",
            },
            Self::UnbalancedText => Text {
                name: "unbalanced-text",
                meaning: "A response of unknown kind with a lone quote or parenthesis",
                treatment: "keep the line",
            },
            Self::UnclosedCode => Text {
                name: "unclosed-code",
                meaning: "A response code without its closing bracket",
                treatment: "take the rest of the line as the code",
            },
            Self::UnescapedQuote => Text {
                name: "unescaped-quote",
                meaning: "Quotes without backslash inside a quoted string of an envelope or a body structure, or in the name of a mailbox",
                treatment: "read up to the quote that something possible follows",
            },
            Self::UnpaddedDay => Text {
                name: "unpadded-day",
                meaning: "A day of the month with one digit and no padding in a date with time",
                treatment: "read the day",
            },
            Self::UnquotedDelimiter => Text {
                name: "unquoted-delimiter",
                meaning: "A hierarchy delimiter without quotes",
                treatment: "read it",
            },
            Self::UnquotedMailbox => Text {
                name: "unquoted-mailbox",
                meaning: "An unquoted mailbox name with characters that an atom cannot have",
                treatment: "read up to the end, or to a blank and a parenthesis",
            },
            Self::ZeroModSeq => Text {
                name: "zero-mod-seq",
                meaning: "A modification sequence of 0",
                treatment: "read 0",
            },
            Self::ZeroNumber => Text {
                name: "zero-number",
                meaning: "0 among the numbers that a search found",
                treatment: "keep 0 in the list; the iterators pass over it",
            },
        }
    }
}

/// Its [name](Quirk::name).
impl fmt::Display for Quirk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Quirk {
    type Err = UnknownQuirk;

    /// Finds it by its [name](Quirk::name).
    fn from_str(name: &str) -> Result<Self, UnknownQuirk> {
        let mut all = Self::ALL.iter().copied();
        all.find(|quirk| quirk.name() == name).ok_or(UnknownQuirk)
    }
}

/// No quirk has the name.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct UnknownQuirk;

impl fmt::Display for UnknownQuirk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no quirk has this name")
    }
}

impl core::error::Error for UnknownQuirk {}

/// What is said of a quirk.
struct Text {
    name: &'static str,
    meaning: &'static str,
    treatment: &'static str,
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::{String, ToString as _};

    use super::*;

    #[test]
    fn ok_names_are_those_of_the_variants() {
        for quirk in Quirk::ALL.iter().copied() {
            let mut name = String::new();
            for letter in format!("{quirk:?}").chars() {
                if letter.is_ascii_uppercase() && !name.is_empty() {
                    name.push('-');
                }
                name.push(letter.to_ascii_lowercase());
            }
            assert_eq!(quirk.to_string(), name);
            assert_eq!(name.parse(), Ok(quirk));
        }
    }

    #[test]
    fn err_name_of_no_quirk() {
        assert_eq!("MissingText".parse::<Quirk>(), Err(UnknownQuirk));
        assert_eq!(UnknownQuirk.to_string(), "no quirk has this name");
    }
}
