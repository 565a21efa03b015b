//! Modified UTF-7, in which IMAP4rev1 writes the names of mailboxes.
//!
//! Printable ASCII stands for itself, except that `&` is written `&-`. Everything else is UTF-16
//! in a base64 that has `,` instead of `/` and no padding, between `&` and `-`.
//!
//! [RFC 3501 section 5.1.3](https://www.rfc-editor.org/rfc/rfc3501#section-5.1.3),
//! [RFC 9051 appendix A](https://www.rfc-editor.org/rfc/rfc9051#appendix-A)

use alloc::borrow::Cow;
use alloc::string::String;
use core::error::Error;
use core::fmt;

use crate::atom::ascii_str;

/// Writes a text in modified UTF-7, which gives printable ASCII.
///
/// Every text has exactly one such form, and this is it. Nothing is allocated for a text that is
/// its own form.
///
/// # Example
///
/// ```
/// use imap_util::encode_utf7;
///
/// assert_eq!(encode_utf7("Entwürfe"), "Entw&APw-rfe");
/// assert_eq!(encode_utf7("Q&A"), "Q&-A");
/// assert_eq!(encode_utf7("INBOX"), "INBOX");
/// ```
///
/// [RFC 3501 section 5.1.3](https://www.rfc-editor.org/rfc/rfc3501#section-5.1.3)
pub fn encode_utf7(text: &str) -> Cow<'_, str> {
    let Some(first) = text.bytes().position(|byte| !is_direct(byte)) else {
        return Cow::Borrowed(text);
    };
    let (direct, mut left) = text.split_at(first);
    let mut wire = String::with_capacity(text.len() + 8);
    wire.push_str(direct);
    while let Some(next) = left.chars().next() {
        let shifted = |c: char| !matches!(c, ' '..='~');
        let len = if next == '&' {
            wire.push_str("&-");
            1
        } else if shifted(next) {
            let len = left.find(|c| !shifted(c)).unwrap_or(left.len());
            encode_run(&left[..len], &mut wire);
            len
        } else {
            let len = left
                .bytes()
                .position(|byte| !is_direct(byte))
                .unwrap_or(left.len());
            wire.push_str(&left[..len]);
            len
        };
        left = &left[len..];
    }
    Cow::Owned(wire)
}

/// Reads modified UTF-7 by the book.
///
/// What is accepted is exactly what [`encode_utf7`] writes: the octets are the same again when
/// the text is encoded. [`decode_utf7_lossy`] reads what servers write besides.
///
/// # Errors
///
/// [`Utf7Reason`] has one variant for each rule that can be broken: `&AGE-` is refused at byte 1,
/// because it writes `a` in base64.
///
/// # Example
///
/// ```
/// use imap_util::decode_utf7;
///
/// assert_eq!(decode_utf7(b"~peter/mail/&U,BTFw-/&ZeVnLIqe-")?, "~peter/mail/台北/日本語");
/// assert_eq!(
///     decode_utf7(b"R&D").unwrap_err().to_string(),
///     "expected `-` after base64 at byte 3",
/// );
/// # Ok::<(), imap_util::Utf7Error>(())
/// ```
///
/// [RFC 3501 section 5.1.3](https://www.rfc-editor.org/rfc/rfc3501#section-5.1.3)
pub fn decode_utf7(wire: &[u8]) -> Result<Cow<'_, str>, Utf7Error> {
    if let Some(offset) = wire.iter().position(|byte| !matches!(byte, b' '..=b'~')) {
        return Err(Utf7Error {
            offset,
            reason: Utf7Reason::NotPrintable,
        });
    }
    let wire = ascii_str(wire);
    if !wire.contains('&') {
        return Ok(Cow::Borrowed(wire));
    }
    let mut text = String::with_capacity(wire.len());
    let mut runs = Runs { wire, offset: 0 };
    let mut previous_end = None;
    while let Some(run) = runs.next_run(&mut text) {
        if run.sextets.is_empty() && run.terminated {
            text.push('&');
            continue;
        }
        if previous_end == Some(run.start) {
            return Err(Utf7Error {
                offset: run.start,
                reason: Utf7Reason::SuperfluousShift,
            });
        }
        run.decode_strictly(&mut text)?;
        previous_end = Some(runs.offset);
    }
    Ok(Cow::Owned(text))
}

/// Reads modified UTF-7 as servers write it, which never fails.
///
/// A run of base64 is decoded when there is any sense in it, even if the `-` after it is missing,
/// its last octet has bits that are too many, it writes printable ASCII, or it follows directly
/// upon another one. Else it stays as it is. UTF-8 in the name is taken as it is, octets that are
/// no UTF-8 become U+FFFD.
///
/// # Example
///
/// ```
/// use imap_util::decode_utf7_lossy;
///
/// assert_eq!(decode_utf7_lossy(b"Entw&APw-rfe"), "Entwürfe");
/// assert_eq!(decode_utf7_lossy(b"R&D"), "R&D");
/// assert_eq!(decode_utf7_lossy("Entwürfe".as_bytes()), "Entwürfe");
/// ```
pub fn decode_utf7_lossy(wire: &[u8]) -> Cow<'_, str> {
    let wire = String::from_utf8_lossy(wire);
    if !wire.contains('&') {
        return wire;
    }
    let mut text = String::with_capacity(wire.len());
    let mut runs = Runs {
        wire: &wire,
        offset: 0,
    };
    while let Some(run) = runs.next_run(&mut text) {
        if run.sextets.is_empty() {
            text.push('&');
        } else if !run.decode_leniently(&mut text) {
            text.push_str(&wire[run.start..runs.offset]);
        }
    }
    Cow::Owned(text)
}

/// Octets that are not modified UTF-7 by the book, and where.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Utf7Error {
    /// Where the rule is broken, in octets from the start of the input.
    pub offset: usize,
    /// Which rule is broken.
    pub reason: Utf7Reason,
}

impl fmt::Display for Utf7Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.reason, self.offset)
    }
}

impl Error for Utf7Error {}

/// A rule of modified UTF-7 that octets can break.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Utf7Reason {
    /// An octet is not printable ASCII.
    NotPrintable,
    /// A run has bits left after its last character that are not zero.
    Padding,
    /// A run writes a character that stands for itself, such as `a`.
    PrintableInBase64,
    /// A run follows directly upon another one, as in `&AOk-&AOk-`.
    SuperfluousShift,
    /// A run has one half of a surrogate pair.
    Surrogate,
    /// A run ends within a character.
    Truncated,
    /// A run is not ended by `-`.
    Unterminated,
}

impl fmt::Display for Utf7Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotPrintable => "expected printable ASCII",
            Self::Padding => "expected zero bits at the end of base64",
            Self::PrintableInBase64 => "expected no printable ASCII in base64",
            Self::SuperfluousShift => "expected one run of base64 instead of two",
            Self::Surrogate => "expected both surrogates of a pair",
            Self::Truncated => "expected more base64",
            Self::Unterminated => "expected `-` after base64",
        })
    }
}

impl Error for Utf7Reason {}

/// The runs of base64 in a text, one after the other.
struct Runs<'a> {
    wire: &'a str,
    offset: usize,
}

impl<'a> Runs<'a> {
    /// Copies what is before the next run, and gives the run.
    fn next_run(&mut self, text: &mut String) -> Option<Run<'a>> {
        let left = &self.wire[self.offset..];
        let Some((direct, shifted)) = left.split_once('&') else {
            text.push_str(left);
            self.offset = self.wire.len();
            return None;
        };
        text.push_str(direct);
        let shifted_bytes = shifted.as_bytes();
        let len = shifted_bytes.iter().position(|&b| sextet(b).is_none());
        let sextets = &shifted_bytes[..len.unwrap_or(shifted_bytes.len())];
        let terminated = shifted_bytes.get(sextets.len()) == Some(&b'-');
        let start = self.offset + direct.len();
        self.offset = start + 1 + sextets.len() + usize::from(terminated);
        Some(Run {
            start,
            sextets,
            terminated,
        })
    }
}

/// A run of base64.
struct Run<'a> {
    /// Where its `&` is.
    start: usize,
    /// The base64 between `&` and `-`.
    sextets: &'a [u8],
    terminated: bool,
}

impl Run<'_> {
    fn decode_strictly(&self, text: &mut String) -> Result<(), Utf7Error> {
        let error = |sextet, reason| Utf7Error {
            offset: self.start + 1 + sextet,
            reason,
        };
        let len = self.sextets.len();
        if !self.terminated {
            return Err(error(len, Utf7Reason::Unterminated));
        }
        let slack = self.slack();
        if slack >= 6 {
            return Err(error(len, Utf7Reason::Truncated));
        }
        let mut bits = 0;
        for decoded in char::decode_utf16(self.units()) {
            match decoded {
                Ok(' '..='~') => return Err(error(bits / 6, Utf7Reason::PrintableInBase64)),
                Ok(c) => text.push(c),
                Err(_) => return Err(error(bits / 6, Utf7Reason::Surrogate)),
            }
            bits += 16 * decoded.map_or(1, char::len_utf16);
        }
        let last = self.sextets.last().copied().and_then(sextet).unwrap_or(0);
        if last & ((1 << slack) - 1) != 0 {
            return Err(error(len - 1, Utf7Reason::Padding));
        }
        Ok(())
    }

    /// Whether the run could be decoded; if not, the text is as it was.
    fn decode_leniently(&self, text: &mut String) -> bool {
        let before = text.len();
        let decoded = self.slack() < 6
            && char::decode_utf16(self.units())
                .all(|decoded| decoded.map(|c| text.push(c)).is_ok());
        if !decoded {
            text.truncate(before);
        }
        decoded
    }

    /// How many bits are left after the last whole unit of UTF-16.
    fn slack(&self) -> usize {
        self.sextets.len() * 6 % 16
    }

    /// The whole units of UTF-16.
    fn units(&self) -> impl Iterator<Item = u16> + '_ {
        let mut values = self.sextets.iter().filter_map(|&byte| sextet(byte));
        let (mut gathered, mut bits) = (0u32, 0);
        core::iter::from_fn(move || {
            while bits < 16 {
                gathered = gathered << 6 | u32::from(values.next()?);
                bits += 6;
            }
            bits -= 16;
            Some((gathered >> bits & 0xffff) as u16)
        })
    }
}

/// Writes characters that don't stand for themselves as one run.
fn encode_run(run: &str, wire: &mut String) {
    let (mut gathered, mut bits) = (0u32, 0);
    wire.push('&');
    for unit in run.encode_utf16() {
        gathered = gathered << 16 | u32::from(unit);
        bits += 16;
        while bits >= 6 {
            bits -= 6;
            wire.push(base64_char(gathered >> bits));
        }
    }
    if bits > 0 {
        wire.push(base64_char(gathered << (6 - bits)));
    }
    wire.push('-');
}

/// The character of base64 for the six low bits of a number.
fn base64_char(bits: u32) -> char {
    char::from(ALPHABET[bits as usize & 63])
}

/// Whether an octet stands for itself.
fn is_direct(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && byte != b'&'
}

/// The value of an octet of base64.
fn sextet(byte: u8) -> Option<u8> {
    Some(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b',' => 63,
        _ => return None,
    })
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

#[cfg(test)]
mod tests {
    use alloc::string::ToString;
    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ok_text_that_is_its_own_form_is_borrowed() {
        assert!(matches!(encode_utf7("a/b +,~"), Cow::Borrowed("a/b +,~")));
        assert!(matches!(
            decode_utf7(b"a/b +,~"),
            Ok(Cow::Borrowed("a/b +,~"))
        ));
        assert!(matches!(
            decode_utf7_lossy(b"a/b +,~"),
            Cow::Borrowed("a/b +,~")
        ));
    }

    #[test]
    fn ok_both_ways() {
        for (text, wire) in [
            ("", ""),
            ("&", "&-"),
            ("&&", "&-&-"),
            ("\u{e9}&\u{e9}", "&AOk-&-&AOk-"),
            ("\0\r\n\u{7f}", "&AAAADQAKAH8-"),
            ("a\u{10ffff}b", "a&2,,f,w-b"),
        ] {
            assert_eq!(encode_utf7(text), wire);
            assert_eq!(decode_utf7(wire.as_bytes()).unwrap(), text);
            assert_eq!(decode_utf7_lossy(wire.as_bytes()), text);
        }
    }

    #[test]
    fn err_strict_reports_offset_and_rule() {
        for (wire, message) in [
            ("a\u{e9}", "expected printable ASCII at byte 1"),
            ("&AOk-\n", "expected printable ASCII at byte 5"),
            ("&", "expected `-` after base64 at byte 1"),
            ("a&AOk", "expected `-` after base64 at byte 5"),
            ("& &-", "expected `-` after base64 at byte 1"),
            ("&A-", "expected more base64 at byte 2"),
            ("&AA-", "expected more base64 at byte 3"),
            ("&AOkA-", "expected more base64 at byte 5"),
            (
                "x&AOl-",
                "expected zero bits at the end of base64 at byte 4",
            ),
            ("&AGE-", "expected no printable ASCII in base64 at byte 1"),
            (
                "&AOkAYQ-",
                "expected no printable ASCII in base64 at byte 3",
            ),
            ("&ACY-", "expected no printable ASCII in base64 at byte 1"),
            (
                "&AOk-&AOk-",
                "expected one run of base64 instead of two at byte 5",
            ),
            ("&AOnYPQ-", "expected both surrogates of a pair at byte 3"),
            ("&3gA-", "expected both surrogates of a pair at byte 1"),
        ] {
            assert_eq!(
                decode_utf7(wire.as_bytes()).unwrap_err().to_string(),
                message,
                "{wire}"
            );
        }
    }

    #[test]
    fn quirk_what_servers_write_is_read() {
        for (wire, text) in [
            (&b"caf\xc3\xa9 &AOk-"[..], "caf\u{e9} \u{e9}"),
            (b"caf\xe9 &AOk-", "caf\u{fffd} \u{e9}"),
            (b"&AOk", "\u{e9}"),
            (b"&AOk x", "\u{e9} x"),
            (b"&AOk&AOk-", "\u{e9}\u{e9}"),
            (b"&AOk-&AOk-", "\u{e9}\u{e9}"),
            (b"&AOl-", "\u{e9}"),
            (b"&AGE-", "a"),
            (b"&ACY-", "&"),
            (b"a\x01", "a\u{1}"),
        ] {
            assert_eq!(decode_utf7_lossy(wire), text);
        }
    }

    #[test]
    fn quirk_what_makes_no_sense_stays() {
        for wire in [
            "&",
            "R&D",
            "R & D",
            "&A-",
            "&AA-",
            "&AOkA-",
            "&2D0-",
            "&3gA-",
            "&AOnYPQ-x",
            "&+A/-",
            "a&&b",
            "&\u{e9}-",
        ] {
            assert_eq!(decode_utf7_lossy(wire.as_bytes()), wire);
        }
    }

    proptest! {
        #[test]
        fn ok_every_text_is_read_back(text in any::<String>()) {
            let wire = encode_utf7(&text);
            prop_assert!(wire.bytes().all(|byte| matches!(byte, b' '..=b'~')));
            prop_assert_eq!(decode_utf7(wire.as_bytes()), Ok(Cow::Borrowed(text.as_str())));
            prop_assert_eq!(decode_utf7_lossy(wire.as_bytes()), text.as_str());
        }

        #[test]
        fn ok_mixed_text_is_read_back(text in "[&a-\u{e9}\u{1f600} \0]*") {
            let wire = encode_utf7(&text);
            prop_assert_eq!(decode_utf7(wire.as_bytes()), Ok(Cow::Borrowed(text.as_str())));
        }

        #[test]
        fn ok_what_is_accepted_strictly_is_canonical(wire in "(&[A,w]{0,9}-|[A&-]){0,4}") {
            if let Ok(text) = decode_utf7(wire.as_bytes()) {
                prop_assert_eq!(encode_utf7(&text), wire.as_str());
                prop_assert_eq!(decode_utf7_lossy(wire.as_bytes()), text);
            }
        }

        #[test]
        fn ok_any_octets_are_read(
            wire in proptest::collection::vec(
                prop_oneof![Just(b'&'), Just(b'-'), Just(b'A'), any::<u8>()],
                0..40,
            ),
        ) {
            let lossy = decode_utf7_lossy(&wire);
            match decode_utf7(&wire) {
                Ok(text) => prop_assert_eq!(text, lossy),
                Err(error) => prop_assert!(error.offset <= wire.len()),
            }
        }
    }

    #[test]
    fn ok_time_is_linear_in_hostile_names() {
        let names: [Vec<u8>; 3] = [
            b"&".repeat(1 << 20),
            b"&AA".repeat(1 << 20),
            b"&AAAA".repeat(1 << 20),
        ];
        for name in &names {
            assert!(decode_utf7(name).is_err());
            assert!(!decode_utf7_lossy(name).is_empty());
        }
    }
}
