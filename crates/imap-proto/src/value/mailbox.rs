//! Mailbox names.

use alloc::borrow::Cow;
use core::fmt;
use core::hash::{Hash, Hasher};

use imap_util::decode_utf7_lossy;

use super::IString;
use crate::error::{Expected, PResult, fail};
use crate::lexeme::{
    Context, Input, astring, at, extra_blanks, istring, nil, nstring_before, peek, run,
};
use crate::quirks::Quirk;

/// A mailbox name as it is on the wire.
///
/// `S: * LIST () "/" "Entw&APw-rfe"` names the mailbox whose octets are `Entw&APw-rfe` and whose
/// decoded name is `Entwürfe`. INBOX is the same mailbox in any case, and equality knows it.
///
/// ```
/// use imap_proto::Mailbox;
///
/// let mailbox = Mailbox::from("Entw&APw-rfe");
/// assert_eq!(mailbox.decode(), "Entwürfe");
/// assert_eq!(Mailbox::from("inbox"), Mailbox::INBOX);
/// ```
///
/// [RFC 9051 section 5.1](https://www.rfc-editor.org/rfc/rfc9051#section-5.1),
/// [RFC 3501 section 5.1.3](https://www.rfc-editor.org/rfc/rfc3501#section-5.1.3)
#[derive(Clone, Copy)]
pub struct Mailbox<'a>(IString<'a>);

impl<'a> Mailbox<'a> {
    /// The mailbox that every user has.
    pub const INBOX: Mailbox<'static> = Mailbox(IString(b"INBOX"));

    /// The octets of the name, unchanged.
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.0.as_bytes()
    }

    /// The octets of the name as a string.
    pub const fn as_string(&self) -> IString<'a> {
        self.0
    }

    /// Whether this is INBOX.
    pub fn is_inbox(&self) -> bool {
        self.0.eq_ignore_ascii_case("INBOX")
    }

    /// The name for people: modified UTF-7 decoded, and raw UTF-8, which some servers send, as it is.
    ///
    /// What cannot be decoded stays as it is, so that a name never gets lost.
    pub fn decode(&self) -> Cow<'a, str> {
        decode_utf7_lossy(self.as_bytes())
    }
}

impl<'a> From<&'a str> for Mailbox<'a> {
    /// Takes the name as it is on the wire: modified UTF-7 before UTF-8 was agreed on.
    fn from(name: &'a str) -> Self {
        Self(name.into())
    }
}

impl<'a> From<IString<'a>> for Mailbox<'a> {
    fn from(name: IString<'a>) -> Self {
        Self(name)
    }
}

impl PartialEq for Mailbox<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || (self.is_inbox() && other.is_inbox())
    }
}

impl Eq for Mailbox<'_> {}

impl Hash for Mailbox<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let name = if self.is_inbox() {
            Self::INBOX.0
        } else {
            self.0
        };
        name.hash(state);
    }
}

impl fmt::Debug for Mailbox<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mailbox({:?})", self.0)
    }
}

impl fmt::Display for Mailbox<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.decode())
    }
}

/// `mailbox = "INBOX" / astring`
#[inline(always)]
pub(crate) fn mailbox<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Mailbox<'a>> {
    astring(i, cx).map(Mailbox)
}

/// `string`, where a mailbox name or the beginning of one must be quoted.
pub(crate) fn string_mailbox<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Mailbox<'a>> {
    istring(i, cx).map(Mailbox)
}

/// A hierarchy delimiter.
///
/// ```abnf
/// DQUOTE QUOTED-CHAR DQUOTE / nil
/// ```
#[inline(always)]
pub(crate) fn delimiter(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<Option<u8>> {
    let (delimiter, rest) = match **i {
        [b'"', b'\\', c @ (b'\\' | b'"'), b'"', ref rest @ ..] => (Some(c), rest),
        [
            b'"',
            c @ (1..=9 | 0x0b | 0x0c | 0x0e..=0x21 | 0x23..=0x5b | 0x5d..=0x7f),
            b'"',
            ref rest @ ..,
        ] => (Some(c), rest),
        [b'"', b'"', ref rest @ ..] => {
            // quirk: EmptyDelimiter
            cx.forgive_or(i, Quirk::EmptyDelimiter, Expected::Delimiter)?;
            (None, rest)
        }
        _ => return nil(i).map(|()| None).or_else(|_| odd_delimiter(i, cx)),
    };
    *i = rest;
    Ok(delimiter)
}

/// A delimiter behind too many blanks, one that should be escaped, or one without quotes.
#[cold]
#[inline(never)]
fn odd_delimiter(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<Option<u8>> {
    let (quirk, octet, rest) = match **i {
        [b' ', ..] => {
            extra_blanks(i, cx)?;
            return delimiter(i, cx);
        }
        // quirk: BareBackslash
        [b'"', b'\\', b'"', ref rest @ ..] => (Quirk::BareBackslash, b'\\', rest),
        // quirk: UnquotedDelimiter
        [octet, ref rest @ ..] if octet.is_ascii_punctuation() => {
            (Quirk::UnquotedDelimiter, octet, rest)
        }
        _ => return fail(i, Expected::Delimiter),
    };
    if !matches!(peek(&rest), Some(b' ' | b')')) {
        return fail(i, Expected::Delimiter);
    }
    cx.forgive_or(i, quirk, Expected::Delimiter)?;
    *i = rest;
    Ok(Some(octet))
}

/// A mailbox name of a response, which may lack quotes or backslashes that it needs.
///
/// `ends` tells whether what is left can follow the name.
#[inline(always)]
pub(crate) fn mailbox_before<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    ends: fn(Input<'_>) -> bool,
) -> PResult<Mailbox<'a>> {
    let start = *i;
    let name = mailbox(i, cx);
    if name.is_ok() && ends(i) {
        name
    } else {
        odd_mailbox(i, cx, start, name, ends)
    }
}

/// A name that is not by the book.
#[cold]
#[inline(never)]
fn odd_mailbox<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    start: Input<'a>,
    by_the_book: PResult<Mailbox<'a>>,
    ends: fn(Input<'_>) -> bool,
) -> PResult<Mailbox<'a>> {
    if !at(&start, b'"') || by_the_book.is_err() {
        return unquoted(i, cx, start, by_the_book);
    }
    let mut rest = start;
    cx.unnote_behind(start);
    match nstring_before(&mut rest, cx, ends) {
        Ok(Some(name)) if ends(rest) => {
            *i = rest;
            Ok(Mailbox(name))
        }
        _ => by_the_book,
    }
}

/// A name without quotes: up to the end of the line, or to a blank and a parenthesis.
fn unquoted<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    start: Input<'a>,
    by_the_book: PResult<Mailbox<'a>>,
) -> PResult<Mailbox<'a>> {
    let mut rest = start;
    let line = run(&mut rest, |b| !matches!(b, 0 | b'\r' | b'\n'));
    let end = line.windows(2).position(|pair| pair == b" (");
    let name = line.get(..end.unwrap_or(line.len())).unwrap_or_default();
    let name = name.trim_ascii_end();
    if matches!(name, [] | [b'"' | b'{' | b'~' | b'(' | b')' | b' ', ..]) {
        return by_the_book;
    }
    // quirk: UnquotedMailbox
    if !cx.forgive(start, Quirk::UnquotedMailbox) {
        return by_the_book;
    }
    *i = start.get(name.len()..).unwrap_or_default();
    Ok(Mailbox(IString(name)))
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use core::hash::{BuildHasher as _, BuildHasherDefault};
    use std::collections::hash_map::DefaultHasher;

    use super::Mailbox;

    #[test]
    fn ok_inbox_in_any_case_is_one_mailbox() {
        let hash =
            |name| BuildHasherDefault::<DefaultHasher>::default().hash_one(Mailbox::from(name));
        assert_eq!(Mailbox::from("iNbOx"), Mailbox::INBOX);
        assert_eq!(hash("iNbOx"), hash("INBOX"));
        assert_ne!(Mailbox::from("INBOX/a"), Mailbox::from("inbox/a"));
        assert_ne!(Mailbox::from("a"), Mailbox::from("A"));
    }

    #[test]
    fn ok_names_are_decoded_for_people() {
        for (wire, name) in [
            ("Entw&APw-rfe", "Entwürfe"),
            ("Entwürfe", "Entwürfe"),
            ("a &- b", "a & b"),
            ("a & b", "a & b"),
        ] {
            assert_eq!(Mailbox::from(wire).decode(), name);
            assert_eq!(format!("{}", Mailbox::from(wire)), name);
        }
    }
}
