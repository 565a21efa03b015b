//! Flags of messages: system flags such as `\Seen`, and keywords such as `$Forwarded`.
//!
//! [RFC 9051 section 2.3.2](https://www.rfc-editor.org/rfc/rfc9051#section-2.3.2)

use alloc::vec::Vec;
use core::cmp::Ordering;
use core::error::Error;
use core::fmt;
use core::hash::{Hash, Hasher};

use crate::atom::{ATOM, Found, HIGH, KEYWORD, ascii_str, first_outside, span, starts_with};

/// A flag of a message, or `\*` in the list of those that can be set.
///
/// ```abnf
/// flag           = "\Answered" / "\Flagged" / "\Deleted" / "\Seen" / "\Draft" /
///                  flag-keyword / flag-extension
/// flag-extension = "\" atom
/// flag-fetch     = flag / obsolete-flag-recent
/// flag-keyword   = "$MDNSent" / "$Forwarded" / "$Junk" / "$NotJunk" / "$Phishing" / atom
/// flag-perm      = flag / "\*"
/// ```
///
/// `S: * 1 FETCH (FLAGS (\Seen $Junk))` gives `[Flag::Seen, Flag::Keyword(Keyword::JUNK)]`.
///
/// # Example
///
/// ```
/// use imap_util::{Flag, Keyword};
///
/// let flags = Flag::parse_list(br"(\Seen \Recent $junk)").unwrap();
/// assert_eq!(flags, [Flag::Seen, Flag::Recent, Flag::Keyword(Keyword::JUNK)]);
///
/// // What may be sent back with STORE or APPEND:
/// assert!(flags[0].is_settable() && !flags[1].is_settable());
/// assert_eq!(flags[2].to_string(), "$junk");
/// ```
///
/// [RFC 9051 section 2.3.2](https://www.rfc-editor.org/rfc/rfc9051#section-2.3.2)
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Flag<'a> {
    /// `\Answered`: the message has been answered.
    Answered,
    /// `\*`: further keywords can be made by setting them. Only in `PERMANENTFLAGS`.
    Any,
    /// `\Deleted`: EXPUNGE will remove the message.
    Deleted,
    /// `\Draft`: the message is not complete.
    Draft,
    /// `\Flagged`: the message deserves attention.
    Flagged,
    /// A keyword, such as `$Forwarded` or `work`.
    Keyword(Keyword<'a>),
    /// A system flag this crate doesn't know, such as `\XYZ`, held without the backslash.
    ///
    /// The parsers never put a name here that has a variant of its own.
    Other(Keyword<'a>),
    /// `\Recent`: this session is the first to see the message. The server alone sets it, and
    /// IMAP4rev2 has it no more.
    Recent,
    /// `\Seen`: the message has been read.
    Seen,
}

impl<'a> Flag<'a> {
    /// Reads one flag, with its backslash if it has one.
    ///
    /// The names are matched in any case; [`Keyword`] says what else a name may be.
    ///
    /// # Errors
    ///
    /// When the text is empty, a lone backslash, or has an octet that no flag has:
    /// `\Seen \Draft` is refused at byte 5.
    pub fn new(text: &'a str) -> Result<Self, FlagError> {
        Self::try_from(text.as_bytes())
    }

    /// Reads a list of flags, which is one pair of parentheses and single spaces between flags.
    ///
    /// # Errors
    ///
    /// When the octets are anything else, which includes octets after the list:
    /// `(\Seen  \Draft)` is refused at byte 7, where a flag should begin.
    pub fn parse_list(input: &'a [u8]) -> Result<Vec<Self>, FlagError> {
        let error = |expected, at: &[u8]| FlagError::new(expected, input, at);
        let Some((b'(', mut left)) = input.split_first() else {
            return Err(error("`(`", input));
        };
        let mut flags = Vec::new();
        if left.first() != Some(&b')') {
            loop {
                let (flag, rest) = Self::split_prefix(left).ok_or_else(|| error("flag", left))?;
                flags.push(flag);
                let [b' ', tail @ ..] = rest else {
                    left = rest;
                    break;
                };
                left = tail;
            }
        }
        match left {
            [b')'] => Ok(flags),
            [b')', rest @ ..] => Err(error("end of flags", rest)),
            _ => Err(error("space or `)`", left)),
        }
    }

    /// Takes the longest flag at the front of the input and gives it with the octets after it.
    ///
    /// `None` when no flag begins there; a backslash alone is none.
    #[inline]
    pub fn split_prefix(input: &'a [u8]) -> Option<(Self, &'a [u8])> {
        match input {
            [b'\\', b'*', rest @ ..] => Some((Self::Any, rest)),
            [b'\\', rest @ ..] => Self::split_system_name(rest),
            _ => {
                let (keyword, rest) = Keyword::split_prefix(input)?;
                Some((Self::Keyword(keyword), rest))
            }
        }
    }

    /// Whether a client may set or clear this flag.
    ///
    /// False for [`Recent`](Self::Recent), which is the server's, and for [`Any`](Self::Any),
    /// which is no flag.
    pub const fn is_settable(&self) -> bool {
        !matches!(self, Self::Any | Self::Recent)
    }

    /// The flag that the input behind its backslash begins with: a usual one needs no scan.
    #[inline]
    fn split_system_name(input: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let known = match input {
            [b'S', rest @ ..] => rest.strip_prefix(b"een").map(|rest| (Self::Seen, rest)),
            [b'A', rest @ ..] => rest
                .strip_prefix(b"nswered")
                .map(|rest| (Self::Answered, rest)),
            [b'F', rest @ ..] => rest
                .strip_prefix(b"lagged")
                .map(|rest| (Self::Flagged, rest)),
            [b'D', b'e', rest @ ..] => rest
                .strip_prefix(b"leted")
                .map(|rest| (Self::Deleted, rest)),
            [b'D', rest @ ..] => rest.strip_prefix(b"raft").map(|rest| (Self::Draft, rest)),
            [b'R', rest @ ..] => rest.strip_prefix(b"ecent").map(|rest| (Self::Recent, rest)),
            _ => None,
        };
        match known {
            Some((flag, rest)) if !starts_with(rest, KEYWORD | HIGH) => Some((flag, rest)),
            _ => Self::split_unusual_system_name(input),
        }
    }

    #[cold]
    fn split_unusual_system_name(input: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let (name, rest) = Keyword::split_prefix(input)?;
        Some((Self::from_system_name(name), rest))
    }

    fn from_system_name(name: Keyword<'a>) -> Self {
        let known = SYSTEM_FLAGS
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name.0));
        known.map_or(Self::Other(name), |(_, flag)| *flag)
    }
}

impl fmt::Display for Flag<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answered => f.pad("\\Answered"),
            Self::Any => f.pad("\\*"),
            Self::Deleted => f.pad("\\Deleted"),
            Self::Draft => f.pad("\\Draft"),
            Self::Flagged => f.pad("\\Flagged"),
            Self::Keyword(keyword) => fmt::Display::fmt(keyword, f),
            Self::Other(name) => write!(f, "\\{name}"),
            Self::Recent => f.pad("\\Recent"),
            Self::Seen => f.pad("\\Seen"),
        }
    }
}

impl<'a> From<Keyword<'a>> for Flag<'a> {
    fn from(keyword: Keyword<'a>) -> Self {
        Self::Keyword(keyword)
    }
}

impl<'a> TryFrom<&'a str> for Flag<'a> {
    type Error = FlagError;

    fn try_from(text: &'a str) -> Result<Self, FlagError> {
        Self::new(text)
    }
}

impl<'a> TryFrom<&'a [u8]> for Flag<'a> {
    type Error = FlagError;

    fn try_from(bytes: &'a [u8]) -> Result<Self, FlagError> {
        match Self::split_prefix(bytes) {
            Some((flag, [])) => Ok(flag),
            Some((_, rest)) => Err(FlagError::new("end of flag", bytes, rest)),
            None => {
                let name = bytes.strip_prefix(b"\\").unwrap_or(bytes);
                Err(FlagError::new("flag name", bytes, name))
            }
        }
    }
}

/// The name of a flag, without the backslash that system flags have.
///
/// By the book it is an atom. Servers also use `]` and UTF-8 in keywords, and a client must be
/// able to send back what it was given, so that these are admitted too; [`is_atom`](Self::is_atom)
/// tells.
///
/// Names are compared without regard to the case of ASCII letters, as the grammar demands of all
/// letters in its rules; the spelling is kept.
///
/// # Example
///
/// ```
/// use imap_util::Keyword;
///
/// let keyword = Keyword::new("$forwarded").unwrap();
/// assert_eq!(keyword, Keyword::FORWARDED);
/// assert_eq!(keyword.as_str(), "$forwarded");
/// assert!(!Keyword::new("[test]").unwrap().is_atom());
/// ```
///
/// [RFC 9051 section 9](https://www.rfc-editor.org/rfc/rfc9051#section-9); the keywords that have
/// a meaning for all are registered by
/// [RFC 5788 section 3](https://www.rfc-editor.org/rfc/rfc5788#section-3)
#[derive(Clone, Copy)]
pub struct Keyword<'a>(&'a [u8]);

impl<'a> Keyword<'a> {
    /// `$Forwarded`: the message has been forwarded.
    ///
    /// [RFC 9051 section 2.3.2](https://www.rfc-editor.org/rfc/rfc9051#section-2.3.2)
    pub const FORWARDED: Keyword<'static> = Keyword::from_static("$Forwarded");

    /// `$Important`: the message is likely important to the user.
    ///
    /// [RFC 8457 section 2](https://www.rfc-editor.org/rfc/rfc8457#section-2)
    pub const IMPORTANT: Keyword<'static> = Keyword::from_static("$Important");

    /// `$Junk`: the message is junk.
    ///
    /// [RFC 9051 section 2.3.2](https://www.rfc-editor.org/rfc/rfc9051#section-2.3.2)
    pub const JUNK: Keyword<'static> = Keyword::from_static("$Junk");

    /// `$MDNSent`: a disposition notification was sent for the message.
    ///
    /// [RFC 3503 section 3](https://www.rfc-editor.org/rfc/rfc3503#section-3)
    pub const MDN_SENT: Keyword<'static> = Keyword::from_static("$MDNSent");

    /// `$NotJunk`: the message is not junk.
    ///
    /// [RFC 9051 section 2.3.2](https://www.rfc-editor.org/rfc/rfc9051#section-2.3.2)
    pub const NOT_JUNK: Keyword<'static> = Keyword::from_static("$NotJunk");

    /// `$Phishing`: the message is likely phishing. Set together with [`JUNK`](Self::JUNK).
    ///
    /// [RFC 9051 section 2.3.2](https://www.rfc-editor.org/rfc/rfc9051#section-2.3.2)
    pub const PHISHING: Keyword<'static> = Keyword::from_static("$Phishing");

    /// Checks that a text is the name of a flag.
    ///
    /// # Errors
    ///
    /// When the text is empty or has an octet that no name has: `\Seen` is refused at byte 0.
    pub const fn new(text: &'a str) -> Result<Self, FlagError> {
        let bytes = text.as_bytes();
        match first_outside(bytes, KEYWORD | HIGH) {
            None if bytes.is_empty() => Err(FlagError {
                offset: 0,
                expected: "keyword",
                byte: None,
            }),
            None => Ok(Self(bytes)),
            Some((offset, byte)) => Err(FlagError {
                offset,
                expected: "keyword",
                byte: Some(byte),
            }),
        }
    }

    /// Takes the longest name at the front of the input and gives it with the octets after it.
    ///
    /// `None` when no name begins there.
    #[inline]
    pub fn split_prefix(input: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let (name, rest) = input.split_at_checked(span(input, KEYWORD))?;
        match rest {
            [0x80..=0xff, ..] => Self::split_utf8_prefix(input),
            _ if name.is_empty() => None,
            _ => Some((Self(name), rest)),
        }
    }

    /// Whether the name is an atom, as the grammar wants it.
    pub const fn is_atom(&self) -> bool {
        first_outside(self.0, ATOM).is_none()
    }

    /// The name as it was spelt.
    pub const fn as_str(&self) -> &'a str {
        ascii_str(self.0)
    }

    /// The octets of the name as it was spelt, which are valid UTF-8.
    #[inline]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.0
    }

    #[cold]
    fn split_utf8_prefix(input: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let candidate = input.get(..span(input, KEYWORD | HIGH))?;
        let len = match core::str::from_utf8(candidate) {
            Ok(name) => name.len(),
            Err(error) => error.valid_up_to(),
        };
        let (name, rest) = input.split_at_checked(len)?;
        if name.is_empty() {
            None
        } else {
            Some((Self(name), rest))
        }
    }

    fn folded(&self) -> impl Iterator<Item = u8> + '_ {
        self.0.iter().map(u8::to_ascii_lowercase)
    }
}

impl Keyword<'static> {
    /// A name from a text written in the program.
    ///
    /// Meant for constants, where a text that is no name stops the compilation:
    ///
    /// ```compile_fail
    /// const BAD: imap_util::Keyword<'static> = imap_util::Keyword::from_static("\\Seen");
    /// ```
    ///
    /// Called outside of a constant it would stop the program instead, so text that isn't known
    /// to the compiler belongs to [`new`](Self::new).
    #[track_caller]
    pub const fn from_static(text: &'static str) -> Self {
        match Self::new(text) {
            Ok(keyword) => keyword,
            Err(_) => panic!("text is not a keyword"),
        }
    }
}

impl PartialEq for Keyword<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(other.0)
    }
}

impl Eq for Keyword<'_> {}

impl Hash for Keyword<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.folded().for_each(|byte| state.write_u8(byte));
        // No name has this octet: it keeps neighbours in a tuple apart.
        state.write_u8(0xff);
    }
}

impl Ord for Keyword<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.folded().cmp(other.folded())
    }
}

impl PartialOrd for Keyword<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Debug for Keyword<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Keyword<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl<'a> TryFrom<&'a str> for Keyword<'a> {
    type Error = FlagError;

    fn try_from(text: &'a str) -> Result<Self, FlagError> {
        Self::new(text)
    }
}

impl<'a> TryFrom<&'a [u8]> for Keyword<'a> {
    type Error = FlagError;

    fn try_from(bytes: &'a [u8]) -> Result<Self, FlagError> {
        match Self::split_prefix(bytes) {
            Some((keyword, [])) => Ok(keyword),
            Some((_, rest)) => Err(FlagError::new("keyword", bytes, rest)),
            None => Err(FlagError::new("keyword", bytes, bytes)),
        }
    }
}

impl<'a> From<crate::Atom<'a>> for Keyword<'a> {
    fn from(atom: crate::Atom<'a>) -> Self {
        Self(atom.as_bytes())
    }
}

/// A text that is no [`Flag`], no [`Keyword`] or no list of flags.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct FlagError {
    /// Where the text is wrong, in octets from its start.
    pub offset: usize,
    /// What should have been there.
    pub expected: &'static str,
    /// The octet found there; `None` at the end of the text.
    pub byte: Option<u8>,
}

impl FlagError {
    /// An error at the front of `rest`, which is the end of `input`.
    fn new(expected: &'static str, input: &[u8], rest: &[u8]) -> Self {
        Self {
            offset: input.len() - rest.len(),
            expected,
            byte: rest.first().copied(),
        }
    }
}

impl fmt::Display for FlagError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            offset,
            expected,
            byte,
        } = *self;
        write!(
            f,
            "expected {expected} at byte {offset}, found {}",
            Found(byte)
        )
    }
}

impl Error for FlagError {}

const SYSTEM_FLAGS: [(&[u8], Flag<'static>); 6] = [
    (b"Answered", Flag::Answered),
    (b"Deleted", Flag::Deleted),
    (b"Draft", Flag::Draft),
    (b"Flagged", Flag::Flagged),
    (b"Recent", Flag::Recent),
    (b"Seen", Flag::Seen),
];

#[cfg(test)]
mod tests {
    use alloc::string::ToString;
    use alloc::{format, vec};

    use proptest::prelude::*;

    use super::*;

    const WORK: Keyword<'static> = Keyword::from_static("work");

    #[test]
    fn ok_flags_stay_small() {
        assert!(size_of::<Flag<'_>>() <= 24);
        assert_eq!(size_of::<Keyword<'_>>(), 16);
    }

    #[test]
    fn ok_system_flags_in_any_case_are_written_as_in_the_rfc() {
        for (text, flag, wire) in [
            ("\\Answered", Flag::Answered, "\\Answered"),
            ("\\DELETED", Flag::Deleted, "\\Deleted"),
            ("\\draft", Flag::Draft, "\\Draft"),
            ("\\Flagged", Flag::Flagged, "\\Flagged"),
            ("\\rECENT", Flag::Recent, "\\Recent"),
            ("\\seen", Flag::Seen, "\\Seen"),
            ("\\*", Flag::Any, "\\*"),
            ("\\X]y", Flag::Other(Keyword::from_static("X]y")), "\\X]y"),
            ("WORK", Flag::Keyword(WORK), "WORK"),
            ("Seen", Flag::Keyword(Keyword::from_static("Seen")), "Seen"),
        ] {
            let found = Flag::new(text).unwrap();
            assert_eq!((found, found.to_string().as_str()), (flag, wire));
        }
    }

    #[test]
    fn ok_split_prefix_gives_the_rest() {
        for (input, flag, rest) in [
            ("\\Seen)", Flag::Seen, ")"),
            ("\\Seen \\Draft", Flag::Seen, " \\Draft"),
            ("\\*)", Flag::Any, ")"),
            ("\\Seen\\Draft", Flag::Seen, "\\Draft"),
            ("work(", Flag::Keyword(WORK), "("),
        ] {
            assert_eq!(
                Flag::split_prefix(input.as_bytes()),
                Some((flag, rest.as_bytes()))
            );
        }
    }

    #[test]
    fn err_split_prefix_of_no_flag() {
        for input in [
            "", "\\", "\\ ", "\\\\Seen", "(", " \\Seen", "*", "\\(", "\"a\"",
        ] {
            assert_eq!(Flag::split_prefix(input.as_bytes()), None, "{input}");
        }
    }

    #[test]
    fn quirk_keywords_with_bracket_or_utf8_are_read_and_written() {
        for text in ["[test]", "]", "a]b", "\u{e9}t\u{e9}", "x\u{1f600}]"] {
            let flag = Flag::new(text).unwrap();
            let Flag::Keyword(keyword) = flag else {
                panic!("{text}")
            };
            assert!(!keyword.is_atom());
            assert_eq!(
                (flag.to_string().as_str(), keyword.as_bytes()),
                (text, text.as_bytes())
            );
            assert_eq!(Keyword::new(text), Ok(keyword));
        }
        assert!(WORK.is_atom());
    }

    #[test]
    fn err_octets_that_are_not_utf8_end_the_keyword() {
        let (keyword, rest) = Keyword::split_prefix(b"a\xc3\xa9\xff)").unwrap();
        assert_eq!((keyword.as_str(), rest), ("a\u{e9}", &b"\xff)"[..]));
        assert_eq!(Keyword::split_prefix(b"\xff"), None);
        assert_eq!(
            Keyword::try_from(&b"ab\xff"[..]).unwrap_err().to_string(),
            "expected keyword at byte 2, found 0xff",
        );
    }

    #[test]
    fn err_flag_reports_offset() {
        for (text, message) in [
            ("", "expected flag name at byte 0, found the end"),
            ("\\", "expected flag name at byte 1, found the end"),
            ("\\\\Seen", "expected flag name at byte 1, found `\\`"),
            ("\\Seen ", "expected end of flag at byte 5, found ` `"),
            ("\\*x", "expected end of flag at byte 2, found `x`"),
            ("a\r\n", "expected end of flag at byte 1, found 0x0d"),
        ] {
            assert_eq!(Flag::new(text).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn err_keyword_reports_offset() {
        for (text, message) in [
            ("", "expected keyword at byte 0, found the end"),
            ("\\Seen", "expected keyword at byte 0, found `\\`"),
            ("a b", "expected keyword at byte 1, found ` `"),
        ] {
            assert_eq!(Keyword::new(text).unwrap_err().to_string(), message);
            assert_eq!(Keyword::try_from(text.as_bytes()), Keyword::new(text));
        }
    }

    #[test]
    fn ok_lists_of_flags() {
        assert_eq!(Flag::parse_list(b"()"), Ok(vec![]));
        assert_eq!(Flag::parse_list(b"(\\Seen)"), Ok(vec![Flag::Seen]));
        assert_eq!(
            Flag::parse_list(b"(\\Seen Work \\*)"),
            Ok(vec![Flag::Seen, Flag::Keyword(WORK), Flag::Any]),
        );
    }

    #[test]
    fn err_list_reports_offset() {
        for (text, message) in [
            ("", "expected `(` at byte 0, found the end"),
            ("\\Seen", "expected `(` at byte 0, found `\\`"),
            ("(", "expected flag at byte 1, found the end"),
            ("( )", "expected flag at byte 1, found ` `"),
            ("(\\Seen", "expected space or `)` at byte 6, found the end"),
            ("(\\Seen )", "expected flag at byte 7, found `)`"),
            ("(\\Seen  \\Draft)", "expected flag at byte 7, found ` `"),
            ("(a(b))", "expected space or `)` at byte 2, found `(`"),
            ("() ", "expected end of flags at byte 2, found ` `"),
        ] {
            let error = Flag::parse_list(text.as_bytes()).unwrap_err();
            assert_eq!(error.to_string(), message, "{text}");
        }
    }

    #[test]
    fn ok_equal_keywords_have_equal_hashes_and_order() {
        struct Octets(Vec<u8>);
        impl Hasher for Octets {
            fn write(&mut self, bytes: &[u8]) {
                self.0.extend_from_slice(bytes);
            }
            fn finish(&self) -> u64 {
                0
            }
        }
        let hashed = |keyword: Keyword<'_>| {
            let mut octets = Octets(Vec::new());
            keyword.hash(&mut octets);
            octets.0
        };
        let lower = Keyword::from_static("$junk");
        assert_eq!(lower, Keyword::JUNK);
        assert_eq!(lower.cmp(&Keyword::JUNK), Ordering::Equal);
        assert_eq!(hashed(lower), hashed(Keyword::JUNK));
        assert_ne!(hashed(lower), hashed(Keyword::NOT_JUNK));
        assert!(
            Keyword::JUNK < Keyword::NOT_JUNK && Keyword::JUNK < Keyword::from_static("$junks")
        );
    }

    #[test]
    fn ok_only_flags_of_the_client_are_settable() {
        let settable = |text| Flag::new(text).unwrap().is_settable();
        assert!(
            ["\\Seen", "\\Deleted", "\\X", "work"]
                .into_iter()
                .all(settable)
        );
        assert!(!["\\Recent", "\\*"].into_iter().any(settable));
    }

    #[test]
    fn ok_debug_reads_like_the_source() {
        let flags = Flag::parse_list(b"(\\Seen Work \\X)").unwrap();
        assert_eq!(
            format!("{flags:?}"),
            "[Seen, Keyword(\"Work\"), Other(\"X\")]"
        );
        assert_eq!(
            format!("{:>6}|{:>5}", Flag::Seen, flags[1]),
            " \\Seen| Work"
        );
    }

    proptest! {
        #[test]
        fn ok_flags_are_written_as_they_are_read(
            input in proptest::collection::vec(
                prop_oneof![Just(b'\\'), Just(b' '), Just(b')'), Just(0xc3), any::<u8>()],
                0..8,
            ),
        ) {
            if let Some((flag, rest)) = Flag::split_prefix(&input) {
                let text = flag.to_string();
                let (read, _) = input.split_at(input.len() - rest.len());
                prop_assert!(text.as_bytes().eq_ignore_ascii_case(read));
                prop_assert_eq!(Flag::new(&text), Ok(flag));
                let list = format!("({text} {text})");
                prop_assert_eq!(Flag::parse_list(list.as_bytes()), Ok(vec![flag, flag]));
            } else {
                prop_assert!(Flag::try_from(&input[..]).unwrap_err().offset <= 1);
            }
        }
    }
}
