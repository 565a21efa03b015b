//! Octets that are written as they are: what a parser kept, or a program put there by hand.
//!
//! They are checked first, so that nothing in them is read as the next item, command or response.

use imap_proto::Verbatim;
use imap_util::is_atom_char;

use crate::encode::{Encoder, LiteralMode, Reason};

impl Encoder {
    /// A name and, behind a blank, its value if there is one, which both have to fit `place`.
    #[cold]
    pub(crate) fn verbatim_item(&mut self, place: Verbatim, name: &[u8], value: &[u8]) {
        if let Some(offset) = name_fault(place, name) {
            return self.refuse(offset, Reason::Syntax);
        }
        let start = self.position();
        self.raw(name);
        if !value.is_empty() {
            self.raw(b" ");
            self.raw(value);
        }
        self.check_verbatim(place, start);
    }

    /// A name and, behind a blank, values if there are any, in parentheses.
    #[cold]
    pub(crate) fn verbatim_list(&mut self, name: &[u8], value: &[u8]) {
        if let Some(offset) = name_fault(Verbatim::Value, name) {
            return self.refuse(offset, Reason::Syntax);
        }
        let start = self.position();
        self.raw(b"(");
        self.raw(name);
        if !value.is_empty() {
            self.raw(b" ");
            self.raw(value);
        }
        self.raw(b")");
        self.check_verbatim(Verbatim::Value, start);
    }

    /// A blank and a value or values, which have to fit `place`.
    #[cold]
    pub(crate) fn verbatim_sp(&mut self, place: Verbatim, octets: &[u8]) {
        self.raw(b" ");
        let start = self.position();
        self.raw(octets);
        self.check_verbatim(place, start);
    }

    /// Refuses what was written from `start` on if it does not fit `place`, and notes the literals.
    pub(crate) fn check_verbatim(&mut self, place: Verbatim, start: usize) {
        let octets = self.written_from(start);
        let checked = Literals::new(octets)
            .find_map(|literal| literal.err())
            .or_else(|| Some((place.check(octets).err()?.offset, Reason::Syntax)));
        if let Some((offset, reason)) = checked {
            return self.refuse(offset, reason);
        }
        if self.options().literals != LiteralMode::Response {
            self.note_pauses(start);
        }
    }

    /// Has the sender wait in front of each synchronizing literal of what was written from `start` on.
    fn note_pauses(&mut self, start: usize) {
        let mut at = start;
        while let Some(Ok(literal)) = Literals::new(self.written_from(at)).next() {
            if literal.synchronizing {
                self.pause(at + literal.data);
            }
            at += literal.end;
        }
    }
}

/// The place in a name, up to its section if it may have one, of what cannot be in an atom.
pub(crate) fn name_fault(place: Verbatim, name: &[u8]) -> Option<usize> {
    let has_section = matches!(place, Verbatim::FetchItem | Verbatim::FetchItemName);
    let in_word = |b: &&u8| !(has_section && **b == b'[');
    let length = name.iter().take_while(in_word).count();
    let word = name.get(..length).unwrap_or_default();
    if word.is_empty() {
        return Some(0);
    }
    word.iter().position(|b| !is_atom_char(*b))
}

/// Whether items, some of which are kept as they came, are read as they were meant.
///
/// Where such an item ends depends on what follows it: `X Y 5` is one item, or two.
pub(crate) fn reads_alike<'a, T: PartialEq>(
    read: &[T],
    meant: &[T],
    kept: impl Fn(&T) -> Option<Kept<'a>>,
) -> bool {
    let alike = |(a, b): (&T, &T)| match (kept(a), kept(b)) {
        (None, None) => a == b,
        (a, b) => a == b,
    };
    read.len() == meant.len() && read.iter().zip(meant).all(alike)
}

/// The name and the value of an item that is kept as it came.
pub(crate) type Kept<'a> = (&'a [u8], &'a [u8]);

/// A literal among values.
struct Literal {
    /// Octets in front of its data.
    data: usize,
    /// Octets in front of what follows it.
    end: usize,
    /// Whether its announcement has no `+`.
    synchronizing: bool,
}

/// The literals of some values; an error where the values cannot be told from what stands around.
///
/// A receiver that looks for the end of the message takes a marker for one where a value can begin
/// only, and so does this.
struct Literals<'a> {
    octets: &'a [u8],
    at: usize,
    /// Where the last literal ended.
    line: usize,
}

impl<'a> Literals<'a> {
    fn new(octets: &'a [u8]) -> Self {
        let (at, line) = (0, 0);
        Self { octets, at, line }
    }

    fn rest(&self) -> &'a [u8] {
        self.octets.get(self.at..).unwrap_or_default()
    }

    /// Passes a quoted string whose opening quote is passed.
    fn skip_quoted(&mut self) -> Result<(), Fault> {
        while let Some(b) = self.rest().first() {
            let length = match b {
                b'\\' => 2,
                0 | b'\r' | b'\n' => break,
                _ => 1,
            };
            self.at += length;
            if *b == b'"' {
                return Ok(());
            }
        }
        Err((self.at.min(self.octets.len()), Reason::Syntax))
    }

    /// Passes a literal whose `{` comes next.
    fn literal(&mut self) -> Result<Literal, Fault> {
        let fault = (self.at, Reason::Syntax);
        let before = self.octets.get(self.line..self.at).unwrap_or_default();
        let binary = before.ends_with(b"~");
        let before = before.strip_suffix(b"~").unwrap_or(before);
        match before.last() {
            None if self.line == 0 => {}
            Some(b' ' | b'(' | b'[') => {}
            _ => return Err(fault),
        }
        let line = self.rest().split(|b| *b == b'\n').next().unwrap_or(b"");
        let marker = line.strip_prefix(b"{").and_then(|m| m.strip_suffix(b"}\r"));
        let marker = marker.ok_or(fault)?;
        let digits = marker.strip_suffix(b"+").unwrap_or(marker);
        let length = decimal(digits).ok_or(fault)?;
        let data = self.at + line.len() + 1;
        let end = data.checked_add(length).ok_or(fault)?;
        let octets = self.octets.get(data..end).ok_or(fault)?;
        if let Some(nul) = octets.iter().position(|b| *b == 0 && !binary) {
            return Err((data + nul, Reason::Nul));
        }
        (self.at, self.line) = (end, end);
        Ok(Literal {
            data,
            end,
            synchronizing: digits.len() == marker.len(),
        })
    }
}

/// The place of something that cannot be written, and what it is.
type Fault = (usize, Reason);

impl Iterator for Literals<'_> {
    type Item = Result<Literal, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let fault = match self.rest().first()? {
                0 => Reason::Nul,
                b'\r' | b'\n' => Reason::LineBreak,
                b'{' => return Some(self.literal()),
                b => {
                    self.at += 1;
                    if *b == b'"'
                        && let Err(fault) = self.skip_quoted()
                    {
                        return Some(Err(fault));
                    }
                    continue;
                }
            };
            return Some(Err((self.at, fault)));
        }
    }
}

/// The number that these digits are.
fn decimal(digits: &[u8]) -> Option<usize> {
    let digit = |b: &u8| b.is_ascii_digit().then(|| usize::from(b - b'0'));
    digits.first()?;
    digits
        .iter()
        .try_fold(0_usize, |n, b| n.checked_mul(10)?.checked_add(digit(b)?))
}
