//! Atoms, the bare words of the protocol, and the character classes they are made of.
//!
//! [RFC 9051 section 9](https://www.rfc-editor.org/rfc/rfc9051#section-9)

use core::error::Error;
use core::fmt;

/// A word that needs no quoting: one or more [ATOM-CHARs](is_atom_char), such as a command name.
///
/// Two atoms are equal when their octets are; words that the protocol compares without regard to
/// case are compared by [`eq_ignore_ascii_case`](Self::eq_ignore_ascii_case).
///
/// `S: * CAPABILITY IMAP4rev2 IDLE` has the atoms `CAPABILITY`, `IMAP4rev2` and `IDLE`.
///
/// # Example
///
/// ```
/// use imap_util::Atom;
///
/// let (atom, rest) = Atom::split_prefix(b"IDLE MOVE").unwrap();
/// assert_eq!(atom.as_str(), "IDLE");
/// assert_eq!(rest, b" MOVE");
///
/// let error = Atom::new("two words").unwrap_err();
/// assert_eq!(error.to_string(), "expected atom character at byte 3, found ` `");
/// ```
///
/// [RFC 9051 section 4.1](https://www.rfc-editor.org/rfc/rfc9051#section-4.1)
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Atom<'a>(&'a [u8]);

impl<'a> Atom<'a> {
    /// Checks that a text is an atom.
    ///
    /// # Errors
    ///
    /// When the text is empty or has an octet that is no [ATOM-CHAR](is_atom_char): `a b` is
    /// refused at byte 1.
    pub const fn new(text: &'a str) -> Result<Self, AtomError> {
        Self::from_bytes(text.as_bytes())
    }

    /// Takes the longest atom at the front of the input and gives it with the octets after it.
    ///
    /// `None` when the input doesn't begin with an [ATOM-CHAR](is_atom_char).
    #[inline]
    pub fn split_prefix(input: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let (atom, rest) = split_class(input, ATOM)?;
        Some((Self(atom), rest))
    }

    /// Whether this is the same word when the case of ASCII letters is not regarded.
    #[inline]
    pub fn eq_ignore_ascii_case(&self, other: &str) -> bool {
        self.0.eq_ignore_ascii_case(other.as_bytes())
    }

    /// The atom as text.
    pub const fn as_str(&self) -> &'a str {
        ascii_str(self.0)
    }

    /// The atom as octets, all of them ASCII.
    #[inline]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.0
    }

    /// Length in octets, at least 1.
    #[inline]
    #[expect(clippy::len_without_is_empty, reason = "an atom is never empty")]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    const fn from_bytes(bytes: &'a [u8]) -> Result<Self, AtomError> {
        match first_outside(bytes, ATOM) {
            None if bytes.is_empty() => Err(AtomError {
                offset: 0,
                byte: None,
            }),
            None => Ok(Self(bytes)),
            Some((offset, byte)) => Err(AtomError {
                offset,
                byte: Some(byte),
            }),
        }
    }
}

impl Atom<'static> {
    /// An atom from a text written in the program.
    ///
    /// Meant for constants, where a text that is no atom stops the compilation:
    ///
    /// ```compile_fail
    /// const BAD: imap_util::Atom<'static> = imap_util::Atom::from_static("two words");
    /// ```
    ///
    /// Called outside of a constant it would stop the program instead, so text that isn't known
    /// to the compiler belongs to [`new`](Self::new).
    #[track_caller]
    pub const fn from_static(text: &'static str) -> Self {
        match Self::new(text) {
            Ok(atom) => atom,
            Err(_) => panic!("text is not an atom"),
        }
    }
}

impl fmt::Debug for Atom<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Atom<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl<'a> TryFrom<&'a str> for Atom<'a> {
    type Error = AtomError;

    fn try_from(text: &'a str) -> Result<Self, AtomError> {
        Self::new(text)
    }
}

impl<'a> TryFrom<&'a [u8]> for Atom<'a> {
    type Error = AtomError;

    fn try_from(bytes: &'a [u8]) -> Result<Self, AtomError> {
        Self::from_bytes(bytes)
    }
}

impl AsRef<[u8]> for Atom<'_> {
    fn as_ref(&self) -> &[u8] {
        self.0
    }
}

impl AsRef<str> for Atom<'_> {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

/// A text that is no [`Atom`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct AtomError {
    /// Where the text stops being an atom, in octets from its start.
    pub offset: usize,
    /// The octet found there; `None` when the text is empty.
    pub byte: Option<u8>,
}

impl fmt::Display for AtomError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "expected atom character at byte {}, found {}",
            self.offset,
            Found(self.byte)
        )
    }
}

impl Error for AtomError {}

/// Whether an octet may be part of an atom.
///
/// ```abnf
/// ATOM-CHAR     = <any CHAR except atom-specials>
/// atom-specials = "(" / ")" / "{" / SP / CTL / list-wildcards /
///                 quoted-specials / resp-specials
/// ```
///
/// CHAR is %x01-7F, so no octet from 0x80 on is one; list-wildcards are `%` and `*`,
/// quoted-specials `"` and `\`, and resp-specials is `]`.
///
/// ```
/// use imap_util::is_atom_char;
///
/// assert!(is_atom_char(b'A') && is_atom_char(b'[') && is_atom_char(b'}'));
/// assert!(!is_atom_char(b']') && !is_atom_char(b' ') && !is_atom_char(0xe9));
/// ```
///
/// [RFC 9051 section 9](https://www.rfc-editor.org/rfc/rfc9051#section-9)
#[inline]
pub const fn is_atom_char(byte: u8) -> bool {
    matches!(byte, 0x21..=0x7e)
        && !matches!(byte, b'(' | b')' | b'{' | b'%' | b'*' | b'"' | b'\\' | b']')
}

/// Splits the longest front part that has only octets of a class; `None` when it is empty.
#[inline]
pub(crate) fn split_class(input: &[u8], class: u8) -> Option<(&[u8], &[u8])> {
    let len = span(input, class);
    if len == 0 {
        None
    } else {
        input.split_at_checked(len)
    }
}

/// Counts the octets of a class at the front of the input.
#[inline]
pub(crate) fn span(input: &[u8], class: u8) -> usize {
    let outside = |&byte: &u8| CLASSES[usize::from(byte)] & class == 0;
    input.iter().position(outside).unwrap_or(input.len())
}

/// Whether the input begins with an octet of a class.
#[inline]
pub(crate) fn starts_with(input: &[u8], class: u8) -> bool {
    input
        .first()
        .is_some_and(|&byte| CLASSES[usize::from(byte)] & class != 0)
}

/// The first octet that is not of a class, and where it is.
pub(crate) const fn first_outside(bytes: &[u8], class: u8) -> Option<(usize, u8)> {
    let mut offset = 0;
    let mut left = bytes;
    while let [byte, tail @ ..] = left {
        if CLASSES[*byte as usize] & class == 0 {
            return Some((offset, *byte));
        }
        offset += 1;
        left = tail;
    }
    None
}

/// The text of octets that a constructor has checked.
pub(crate) const fn ascii_str(bytes: &[u8]) -> &str {
    match core::str::from_utf8(bytes) {
        Ok(text) => text,
        // cannot fail: the constructors admit nothing else.
        Err(_) => "",
    }
}

/// What an error found, in its own words: the octet, or the end.
pub(crate) struct Found(pub(crate) Option<u8>);

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            None => f.write_str("the end"),
            Some(byte @ 0x20..=0x7e) => write!(f, "`{}`", char::from(byte)),
            Some(byte) => write!(f, "0x{byte:02x}"),
        }
    }
}

/// Class of the octets of an atom.
pub(crate) const ATOM: u8 = 1;

/// Class of the ASCII octets of a flag's name: an atom's, and `]`.
pub(crate) const KEYWORD: u8 = 2;

/// Class of the octets above ASCII.
pub(crate) const HIGH: u8 = 4;

static CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b if is_atom_char(b) => ATOM | KEYWORD,
            b']' => KEYWORD,
            0x80.. => HIGH,
            _ => 0,
        };
        byte += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;
    use alloc::{format, vec::Vec};

    use super::*;

    const IDLE: Atom<'static> = Atom::from_static("IDLE");

    #[test]
    fn ok_atom_chars_are_those_of_the_rfc() {
        let chars: Vec<u8> = (0..=255).filter(|&b| is_atom_char(b)).collect();
        let expected = b"!#$&'+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\
                         ^_`abcdefghijklmnopqrstuvwxyz|}~";
        assert_eq!(chars, expected);
    }

    #[test]
    fn ok_split_prefix_takes_the_longest_atom() {
        for (input, atom, rest) in [
            ("IDLE", "IDLE", ""),
            ("IDLE MOVE", "IDLE", " MOVE"),
            ("a]b", "a", "]b"),
            ("[x{3}", "[x", "{3}"),
            ("a\u{e9}", "a", "\u{e9}"),
        ] {
            let (found, left) = Atom::split_prefix(input.as_bytes()).unwrap();
            assert_eq!((found.as_str(), left), (atom, rest.as_bytes()));
        }
    }

    #[test]
    fn err_split_prefix_needs_one_atom_char() {
        for input in ["", " a", "(a", "\"a\"", "\\Seen", "]", "\u{e9}"] {
            assert_eq!(Atom::split_prefix(input.as_bytes()), None, "{input}");
        }
    }

    #[test]
    fn err_new_reports_offset_and_octet() {
        assert_eq!(
            Atom::new(""),
            Err(AtomError {
                offset: 0,
                byte: None
            })
        );
        assert_eq!(
            Atom::new("ab%"),
            Err(AtomError {
                offset: 2,
                byte: Some(b'%')
            })
        );
        assert_eq!(
            Atom::try_from(&b"a\xff"[..]).unwrap_err().to_string(),
            "expected atom character at byte 1, found 0xff",
        );
        assert_eq!(
            Atom::new("").unwrap_err().to_string(),
            "expected atom character at byte 0, found the end",
        );
    }

    #[test]
    fn ok_equality_regards_case() {
        assert_ne!(IDLE, Atom::new("idle").unwrap());
        assert!(IDLE.eq_ignore_ascii_case("idle"));
        assert!(!IDLE.eq_ignore_ascii_case("idles"));
    }

    #[test]
    fn ok_every_checked_constructor_agrees_with_the_class() {
        for byte in 0..=255u8 {
            let bytes = [b'x', byte];
            let whole = Atom::try_from(&bytes[..]).is_ok();
            let split = Atom::split_prefix(&bytes).unwrap().0.len() == 2;
            assert_eq!(
                (whole, split),
                (is_atom_char(byte), is_atom_char(byte)),
                "{byte:#x}"
            );
        }
    }

    #[test]
    fn ok_debug_quotes_and_display_pads() {
        assert_eq!(
            format!("{IDLE:?} {IDLE:>6} {}", IDLE.len()),
            "\"IDLE\"   IDLE 4"
        );
    }
}
