//! Atom, quoted string or literal: the one place where it is decided.

use core::slice;

use imap_proto::IString;

use crate::encode::{Encode, Encoder, Reason};

/// The longest quoted string that is written, in octets; longer ones become literals.
///
/// Servers limit the length of a line, and some that of a string.
const QUOTED_MAX: usize = 1024;

/// Which characters may go unquoted.
#[derive(Clone, Copy)]
enum Bare {
    /// None: the grammar wants a string.
    No,
    /// Those of an `astring`.
    AString,
    /// Those of an `astring` and the wildcards.
    ListMailbox,
}

/// How a string goes on the wire.
#[derive(Clone, Copy)]
enum Form {
    Bare,
    Quoted,
    QuotedWithEscapes,
    Literal,
}

impl Encoder {
    /// `astring`: an atom if that is possible.
    #[inline]
    pub(crate) fn astring(&mut self, value: IString<'_>) {
        self.string(value.0, Bare::AString);
    }

    /// `list-mailbox`: an `astring` that may hold wildcards.
    pub(crate) fn list_mailbox(&mut self, value: IString<'_>) {
        self.string(value.0, Bare::ListMailbox);
    }

    /// An octet, and a `string` behind it.
    ///
    /// Most strings are short and plain. These are written without a call, by their first and their last
    /// octets, which may be the same in part: pieces of a fixed size need no loop.
    // Without optimization this would enlarge the frames of body structures inside each other.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn string_behind(&mut self, before: u8, value: IString<'_>) {
        let done = match value.0.len() {
            4..8 => self.quoted_by_ends::<4>(before, value.0),
            8..=16 => self.quoted_by_ends::<8>(before, value.0),
            _ => false,
        };
        if !done {
            self.any_string_behind(before, value);
        }
    }

    /// An octet, and an `nstring` behind it.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn nstring_behind(&mut self, before: u8, value: Option<IString<'_>>) {
        match value {
            Some(value) => self.string_behind(before, value),
            None => self.raw(&[before, b'N', b'I', b'L']),
        }
    }

    /// Strings as `astring`s with blanks between, in parentheses; at least one.
    pub(crate) fn astring_list(&mut self, values: &[IString<'_>]) {
        if values.is_empty() {
            self.refuse_empty();
        }
        self.raw(b"(");
        for (n, value) in values.iter().enumerate() {
            self.raw(if n == 0 { b"" } else { b" " });
            self.astring(*value);
        }
        self.raw(b")");
    }

    #[inline(never)]
    fn any_string_behind(&mut self, before: u8, value: IString<'_>) {
        let short = (17..=32).contains(&value.0.len());
        if !short || !self.quoted_by_ends::<16>(before, value.0) {
            self.raw(&[before]);
            value.encode(self);
        }
    }

    /// An octet, and `N` to `2 * N` plain octets between quotes; of others nothing is written.
    #[inline(always)]
    fn quoted_by_ends<const N: usize>(&mut self, before: u8, octets: &[u8]) -> bool {
        let (Some(head), Some(tail)) = (octets.first_chunk::<N>(), octets.last_chunk::<N>()) else {
            return false;
        };
        if !are_plain(head, tail) {
            return false;
        }
        self.raw(&[before, b'"']);
        let end = self.position() + octets.len();
        self.raw(head);
        self.truncate(end - N);
        self.raw(tail);
        self.raw(b"\"");
        true
    }

    #[inline(always)]
    fn string(&mut self, octets: &[u8], bare: Bare) {
        match form(octets, bare, self.options().utf8) {
            Form::Bare => self.raw(octets),
            Form::Quoted => self.quoted(octets),
            Form::QuotedWithEscapes => self.escaped(octets),
            Form::Literal => self.string_literal(octets),
        }
    }

    #[inline(always)]
    fn quoted(&mut self, octets: &[u8]) {
        self.raw(b"\"");
        self.raw(octets);
        self.raw(b"\"");
    }

    #[cold]
    fn escaped(&mut self, octets: &[u8]) {
        self.raw(b"\"");
        for part in octets.split_inclusive(|b| is_escaped(*b)) {
            match part.split_last() {
                Some((last, head)) if is_escaped(*last) => {
                    self.raw(head);
                    self.raw(&[b'\\', *last]);
                }
                _ => self.raw(part),
            }
        }
        self.raw(b"\"");
    }

    /// A string that can be a literal only, if it can be sent at all.
    #[cold]
    fn string_literal(&mut self, octets: &[u8]) {
        let line_breaks = self.options().line_breaks;
        let bad = |b: &u8| *b == 0 || (!line_breaks && matches!(b, b'\r' | b'\n'));
        let Some(offset) = octets.iter().position(bad) else {
            return self.literal(octets);
        };
        let reason = match octets.get(offset) {
            Some(0) => Reason::Nul,
            _ => Reason::LineBreak,
        };
        self.refuse(offset, reason);
    }
}

impl Encode for IString<'_> {
    /// `string`: quoted if that is possible, else a literal.
    fn encode(&self, out: &mut Encoder) {
        if self.0.len() <= QUOTED_MAX && is_plain(self.0) {
            out.quoted(self.0);
        } else {
            out.string(self.0, Bare::No);
        }
    }
}

fn is_escaped(b: u8) -> bool {
    matches!(b, b'"' | b'\\')
}

/// Whether octets can stand between quotes as they are. Where only a closer look could tell, and of less
/// than eight octets, it says no.
fn is_plain(octets: &[u8]) -> bool {
    let (words, _) = octets.as_chunks();
    let last = octets.last_chunk().map(slice::from_ref);
    last.is_some_and(|last| (odd(words) | odd(last)) & HIGH_BITS == 0)
}

/// The same for both ends of a string.
#[inline(always)]
fn are_plain<const N: usize>(head: &[u8; N], tail: &[u8; N]) -> bool {
    let (head_words, head) = head.as_chunks();
    let (tail_words, tail) = tail.as_chunks();
    // Ends of four octets make one word.
    let short = match (head, tail) {
        ([a, b, c, d], [e, f, g, h]) => odd(&[[*a, *b, *c, *d, *e, *f, *g, *h]]),
        _ => 0,
    };
    (odd(head_words) | odd(tail_words) | short) & HIGH_BITS == 0
}

/// Marks quotes, backslashes, octets below 14 and those above 127 by their high bits.
///
/// Eight octets are one number. What is subtracted borrows from the octet above if there is a mark, so
/// that one above may be false; but without any mark there is none of these octets.
#[inline(always)]
fn odd(words: &[[u8; 8]]) -> u64 {
    words.iter().fold(0, |odd, word| {
        let word = u64::from_le_bytes(*word);
        let quote = (word ^ (ONES * u64::from(b'"'))).wrapping_sub(ONES);
        let backslash = (word ^ (ONES * u64::from(b'\\'))).wrapping_sub(ONES);
        let low = word.wrapping_sub(ONES * 14);
        odd | word | quote | backslash | low
    })
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH_BITS: u64 = ONES << 7;

#[inline(always)]
fn form(octets: &[u8], bare: Bare, utf8: bool) -> Form {
    if octets.len() > QUOTED_MAX {
        return Form::Literal;
    }
    let seen = classes(octets);
    let unquotable = if utf8 { BREAK } else { BREAK | HIGH };
    if seen & unquotable != 0 {
        return Form::Literal;
    }
    if seen & HIGH != 0 && core::str::from_utf8(octets).is_err() {
        return Form::Literal;
    }
    let special = match bare {
        Bare::No => {
            return if seen & ESCAPE != 0 {
                Form::QuotedWithEscapes
            } else {
                Form::Quoted
            };
        }
        Bare::AString => SPECIAL | WILDCARD | ESCAPE | HIGH,
        Bare::ListMailbox => SPECIAL | ESCAPE | HIGH,
    };
    if seen & ESCAPE != 0 {
        Form::QuotedWithEscapes
    } else if seen & special != 0 || octets.is_empty() || octets.eq_ignore_ascii_case(b"NIL") {
        // Unquoted, `NIL` would be taken for the absence of a string.
        Form::Quoted
    } else {
        Form::Bare
    }
}

const SPECIAL: u8 = 1;
const WILDCARD: u8 = 2;
const ESCAPE: u8 = 4;
const HIGH: u8 = 8;
const BREAK: u8 = 16;

static CLASS: [u8; 256] = {
    let mut table = [0; 256];
    let mut rest: &mut [u8] = &mut table;
    while let [entry, more @ ..] = rest {
        let b = (255 - more.len()) as u8;
        *entry = match b {
            0 | b'\r' | b'\n' => BREAK,
            b'"' | b'\\' => ESCAPE,
            b'%' | b'*' => WILDCARD,
            0x80.. => HIGH,
            b']' => 0,
            _ if imap_util::is_atom_char(b) => 0,
            _ => SPECIAL,
        };
        rest = more;
    }
    table
};

/// The classes of all octets.
#[inline(always)]
fn classes(octets: &[u8]) -> u8 {
    let (words, rest) = octets.as_chunks::<8>();
    let mut seen = 0;
    for word in words {
        seen |= word.iter().fold(0, |seen, b| seen | class(*b));
    }
    rest.iter().fold(seen, |seen, b| seen | class(*b))
}

#[inline(always)]
fn class(b: u8) -> u8 {
    CLASS.get(usize::from(b)).copied().unwrap_or(SPECIAL)
}
