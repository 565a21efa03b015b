//! What values of structured fields are made of.
//!
//! [RFC 5322 section 3.2](https://www.rfc-editor.org/rfc/rfc5322#section-3.2),
//! [RFC 2045 section 5.1](https://www.rfc-editor.org/rfc/rfc2045#section-5.1)

/// The rest of a value.
pub(super) struct Lexer<'a> {
    rest: &'a [u8],
}

/// A piece of an address.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Lexeme {
    /// What stands in parentheses, without them.
    Comment(Vec<u8>),
    /// One of `<>,;:@`.
    Special(u8),
    /// An atom with its dots, a quoted string without its quotes, or a domain in brackets.
    Word {
        text: Vec<u8>,
        /// Whether a blank or a comment stands in front.
        is_apart: bool,
    },
}

impl<'a> Lexer<'a> {
    pub(super) const fn new(value: &'a [u8]) -> Self {
        Self { rest: value }
    }

    /// A `token` of MIME, with blanks and comments in front.
    pub(super) fn token(&mut self) -> Option<&'a [u8]> {
        self.skip_cfws();
        let is_token = |b: &u8| b.is_ascii_graphic() && !TSPECIALS.contains(b) || !b.is_ascii();
        let token = self.take_while(is_token);
        (!token.is_empty()).then_some(token)
    }

    /// This octet, with blanks and comments in front.
    pub(super) fn special(&mut self, special: u8) -> Option<()> {
        self.skip_cfws();
        self.rest = self.rest.strip_prefix(&[special])?;
        Some(())
    }

    /// The value of a parameter: a quoted string, or all up to a blank, a comment, or a semicolon.
    pub(super) fn value(&mut self) -> Option<Vec<u8>> {
        self.skip_cfws();
        if self.rest.starts_with(b"\"") {
            return Some(self.quoted());
        }
        let value = self.take_while(|b| !is_blank(*b) && !matches!(b, b'(' | b';' | b'"'));
        (!value.is_empty()).then(|| without_nul(value))
    }

    /// Goes behind the next of these octets that is neither quoted nor in a comment.
    pub(super) fn skip_to(&mut self, special: u8) -> bool {
        loop {
            self.skip_cfws();
            match self.rest {
                [] => return false,
                [b'"', ..] => {
                    self.quoted();
                }
                [b, rest @ ..] => {
                    self.rest = rest;
                    if *b == special {
                        return true;
                    }
                }
            }
        }
    }

    /// The next piece of an address.
    pub(super) fn lexeme(&mut self) -> Option<Lexeme> {
        let before = self.rest.len();
        self.rest = self.rest.trim_ascii_start();
        let is_apart = self.rest.len() < before;
        match self.rest {
            [] => None,
            [b'(', ..] => Some(Lexeme::Comment(self.comment())),
            [b @ (b'<' | b'>' | b',' | b';' | b':' | b'@'), rest @ ..] => {
                self.rest = rest;
                Some(Lexeme::Special(*b))
            }
            [b'"', ..] => {
                let text = self.quoted();
                Some(Lexeme::Word { text, is_apart })
            }
            [b'[', ..] => {
                let mut text = without_nul(self.take_while(|b| *b != b']'));
                if let Some(rest) = self.rest.strip_prefix(b"]") {
                    self.rest = rest;
                    text.push(b']');
                }
                Some(Lexeme::Word { text, is_apart })
            }
            [first, rest @ ..] => {
                let is_word = |b: &u8| !is_blank(*b) && !SPECIALS.contains(b);
                let mut text = without_nul(&[*first]);
                self.rest = rest;
                text.extend(without_nul(self.take_while(is_word)));
                Some(Lexeme::Word { text, is_apart })
            }
        }
    }

    /// Leaves out blanks and comments.
    fn skip_cfws(&mut self) {
        loop {
            self.rest = self.rest.trim_ascii_start();
            if !self.rest.starts_with(b"(") {
                return;
            }
            self.comment();
        }
    }

    /// The text of a comment; inner ones keep their parentheses.
    fn comment(&mut self) -> Vec<u8> {
        let mut text = Vec::new();
        let mut depth = 0_usize;
        while let [b, rest @ ..] = self.rest {
            self.rest = rest;
            match b {
                b'\\' => {
                    if let [quoted, rest @ ..] = self.rest {
                        self.rest = rest;
                        text.push(*quoted);
                    }
                    continue;
                }
                b'(' => {
                    depth += 1;
                    if depth == 1 {
                        continue;
                    }
                }
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                _ => {}
            }
            text.push(*b);
        }
        super::field::unfold(&text).into_owned()
    }

    /// The text of a quoted string, which may lack its end.
    fn quoted(&mut self) -> Vec<u8> {
        let mut text = Vec::new();
        self.rest = self.rest.strip_prefix(b"\"").unwrap_or(self.rest);
        while let [b, rest @ ..] = self.rest {
            self.rest = rest;
            match b {
                b'"' => break,
                b'\\' => {
                    if let [quoted, rest @ ..] = self.rest {
                        self.rest = rest;
                        text.push(*quoted);
                    }
                }
                // Folds are no part of the text.
                b'\r' | b'\n' | 0 => {}
                b => text.push(*b),
            }
        }
        text.retain(|b| *b != 0);
        text
    }

    fn take_while(&mut self, is_in: impl Fn(&u8) -> bool) -> &'a [u8] {
        let length = self.rest.iter().take_while(|b| is_in(b)).count();
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or_default();
        self.rest = rest;
        taken
    }
}

const fn is_blank(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\r' | b'\n')
}

/// No string of IMAP can have NUL.
fn without_nul(octets: &[u8]) -> Vec<u8> {
    octets.iter().copied().filter(|b| *b != 0).collect()
}

/// `tspecials`, RFC 2045 5.1
const TSPECIALS: &[u8] = b"()<>@,;:\\\"/[]?=";
/// `specials` without the dot, which atoms may have here, and the backslash; RFC 5322 3.2.3
const SPECIALS: &[u8] = b"()<>[]:;@,\"";
