//! Atom, quoted string or literal: the one place where it is decided.

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
    #[inline]
    pub(crate) fn list_mailbox(&mut self, value: IString<'_>) {
        self.string(value.0, Bare::ListMailbox);
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

    #[inline]
    fn string(&mut self, octets: &[u8], bare: Bare) {
        match form(octets, bare, self.options().utf8) {
            Form::Bare => self.raw(octets),
            Form::Quoted => {
                self.raw(b"\"");
                self.raw(octets);
                self.raw(b"\"");
            }
            Form::QuotedWithEscapes => self.escaped(octets),
            Form::Literal => self.string_literal(octets),
        }
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
    #[inline]
    fn encode(&self, out: &mut Encoder) {
        out.string(self.0, Bare::No);
    }
}

fn is_escaped(b: u8) -> bool {
    matches!(b, b'"' | b'\\')
}

#[inline]
fn form(octets: &[u8], bare: Bare, utf8: bool) -> Form {
    if octets.len() > QUOTED_MAX {
        return Form::Literal;
    }
    let mut seen = 0;
    for b in octets {
        seen |= class(*b);
    }
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

#[inline(always)]
fn class(b: u8) -> u8 {
    CLASS.get(usize::from(b)).copied().unwrap_or(SPECIAL)
}
