//! Atoms, tags and keywords.

use imap_util::Atom;

use super::class::{is_astring_char, is_tag_char};
use super::{Input, at};
use crate::error::{Expected, PResult, fail};

/// The longest run of octets of a class, possibly empty.
#[inline(always)]
pub(crate) fn run<'a>(i: &mut Input<'a>, class: impl Fn(u8) -> bool) -> &'a [u8] {
    let n = i.iter().position(|b| !class(*b)).unwrap_or(i.len());
    let (run, rest) = i.split_at_checked(n).unwrap_or((i, &[]));
    *i = rest;
    run
}

/// `atom = 1*ATOM-CHAR`
#[inline(always)]
pub(crate) fn atom<'a>(i: &mut Input<'a>) -> PResult<Atom<'a>> {
    match Atom::split_prefix(i) {
        Some((atom, rest)) => {
            *i = rest;
            Ok(atom)
        }
        None => fail(i, Expected::Atom),
    }
}

/// The octets of an atom that is to be a keyword.
#[inline(always)]
pub(crate) fn word<'a>(i: &mut Input<'a>) -> PResult<&'a [u8]> {
    match atom(i) {
        Ok(atom) => Ok(atom.as_bytes()),
        Err(_) => fail(i, Expected::Keyword),
    }
}

/// `1*ASTRING-CHAR`
#[inline(always)]
pub(crate) fn astring_atom<'a>(i: &mut Input<'a>) -> PResult<&'a [u8]> {
    match run(i, is_astring_char) {
        [] => fail(i, Expected::StringOrAtom),
        atom => Ok(atom),
    }
}

/// `1*<any ASTRING-CHAR except "+">`
#[inline(always)]
pub(crate) fn tag_chars<'a>(i: &mut Input<'a>) -> PResult<&'a [u8]> {
    match run(i, is_tag_char) {
        [] => fail(i, Expected::Tag),
        tag => Ok(tag),
    }
}

/// What follows the word `name`, if it stands here in upper case with a blank behind, which stays.
///
/// For the words of nearly all messages this is faster than to find their end and look them up.
#[inline(always)]
pub(crate) fn behind<'a>(i: &Input<'a>, name: &[u8]) -> Option<Input<'a>> {
    i.strip_prefix(name).filter(|rest| at(rest, b' '))
}

/// Takes the word `name`, in any case, which must be there as a whole atom.
pub(crate) fn exact_word(i: &mut Input<'_>, name: &str) -> PResult<()> {
    let start = *i;
    if word(i)?.eq_ignore_ascii_case(name.as_bytes()) {
        return Ok(());
    }
    *i = start;
    fail(start, Expected::Keyword)
}

/// Looks a keyword up: as it is, and if that finds nothing, in upper case.
///
/// Nearly all peers write keywords in upper case, so that the second try is rare.
#[inline(always)]
pub(crate) fn fold<T>(name: &[u8], find: impl Fn(&[u8]) -> Option<T>) -> Option<T> {
    find(name).or_else(|| fold_slow(name, find))
}

#[cold]
#[inline(never)]
fn fold_slow<T>(name: &[u8], find: impl Fn(&[u8]) -> Option<T>) -> Option<T> {
    let mut upper = [0; LONGEST_KEYWORD];
    let upper = upper.get_mut(..name.len())?;
    if !name.iter().any(u8::is_ascii_lowercase) {
        return None;
    }
    upper.copy_from_slice(name);
    upper.make_ascii_uppercase();
    find(upper)
}

/// Octets of the longest keyword of the grammar, and some room.
const LONGEST_KEYWORD: usize = 40;

#[cfg(test)]
mod tests {
    use alloc::string::{String, ToString as _};

    use super::super::testing::strict;
    use super::*;

    #[test]
    fn ok_keywords_in_any_case() {
        let find = |name: &[u8]| (name == b"UIDNEXT").then_some(5);
        for name in ["UIDNEXT", "uidnext", "UidNext"] {
            assert_eq!(fold(name.as_bytes(), find), Some(5));
        }
        for name in ["UIDNEX", "UIDNEXTS", "", &"u".repeat(100)] {
            assert_eq!(fold(name.as_bytes(), find), None);
        }
    }

    #[test]
    fn ok_an_exact_word_is_whole() {
        let charset = |input| {
            strict(input, |i, _| {
                exact_word(i, "CHARSET").map(|()| String::new())
            })
        };
        assert_eq!(charset(b"charset x"), "| x");
        assert_eq!(
            charset(b"CHARSETS x"),
            "expected keyword at byte 0 of response"
        );
        assert_eq!(charset(b""), "expected keyword at byte 0 of response");
    }

    #[test]
    fn ok_tags_stop_at_a_plus() {
        let tag = |input| {
            strict(input, |i, _| {
                tag_chars(i).map(|t| t.escape_ascii().to_string())
            })
        };
        assert_eq!(tag(b"a]1+ x"), "a]1|+ x");
        assert_eq!(tag(b"+"), "expected tag at byte 0 of response");
        assert_eq!(tag(b"*"), "expected tag at byte 0 of response");
    }
}
