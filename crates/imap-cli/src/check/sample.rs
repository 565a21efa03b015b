//! Places in what a server said, cut such that nobody's mail is in it.

use serde::Serialize;

/// A place in a response, to be shown in a report.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(crate) struct Sample {
    /// The command that was in flight, if any.
    pub(crate) command: Option<String>,
    /// The line with the place; nothing where it is about something that did not come.
    pub(crate) line: Option<String>,
    /// The 0-based column of the place in the line.
    pub(crate) column: Option<usize>,
    /// What is to be said of it.
    pub(crate) note: Option<String>,
}

impl Sample {
    /// A place in a message of the server.
    pub(super) fn at(command: Option<&str>, frame: &[u8], offset: usize) -> Self {
        let has_secret = command.is_some_and(|command| command.contains(" AUTHENTICATE "));
        let (line, column) = match frame.starts_with(b"+") && has_secret {
            // A challenge is nobody's business.
            true => ("+ …".to_owned(), offset.min(2)),
            false => excerpt(frame, offset),
        };
        Self {
            line: Some(line),
            column: Some(column),
            ..Self::of_command(command)
        }
    }

    /// The answer to a command as a whole.
    pub(super) fn of_command(command: Option<&str>) -> Self {
        Self {
            command: command.map(cut),
            line: None,
            column: None,
            note: None,
        }
    }
}

/// The beginning of a command.
fn cut(command: &str) -> String {
    match command.char_indices().nth(BEFORE + AFTER) {
        Some((end, _)) => format!("{}…", command.get(..end).unwrap_or_default()),
        None => command.to_owned(),
    }
}

/// The line of a response around an octet of it, and the column of that octet.
///
/// The contents of literals are left out, letters of what messages say in quoted strings become `x`, and what
/// is far away is cut.
pub(super) fn excerpt(frame: &[u8], offset: usize) -> (String, usize) {
    let hidden_from = hidden_from(frame);
    let mut shown = Shown::default();
    let mut quoted = false;
    let mut literal = 0_usize;
    for (place, octet) in frame.iter().copied().enumerate() {
        if place == offset {
            shown.mark();
        }
        if literal > 0 {
            literal -= 1;
            continue;
        }
        match octet {
            b'\n' => {
                literal = literal_at_end(frame.get(..=place).unwrap_or_default()).unwrap_or(0);
                quoted = false;
                if literal > 0 {
                    shown.text("…");
                } else if place + 1 < frame.len() {
                    shown.octet(octet);
                }
            }
            b'\r' if frame.get(place + 1) == Some(&b'\n') => {}
            b'"' => {
                quoted = !quoted;
                shown.octet(octet);
            }
            _ if place > hidden_from
                && octet.is_ascii_alphanumeric()
                && (quoted || !is_nil(frame, place)) =>
            {
                shown.octet(b'x');
            }
            _ => shown.octet(octet),
        }
    }
    shown.finish()
}

/// Where the words of a message begin: with the first quotation mark behind a name of such data.
fn hidden_from(frame: &[u8]) -> usize {
    let line = frame.split(|octet| *octet == b'\n').next();
    let line = line.unwrap_or_default().to_ascii_uppercase();
    let has = |word: &&str| line.windows(word.len()).any(|part| part == word.as_bytes());
    let tells = [
        "ENVELOPE", "BODY[", "BINARY[", "RFC822.", "PREVIEW", "SNIPPET",
    ];
    match tells.iter().any(has) {
        true => line.iter().position(|octet| *octet == b'"'),
        false => None,
    }
    .unwrap_or(frame.len())
}

/// Whether the word around an octet is `NIL`.
fn is_nil(frame: &[u8], place: usize) -> bool {
    let (before, after) = frame.split_at(place);
    let is_other = |octet: &u8| !octet.is_ascii_alphanumeric();
    let start = before.iter().rposition(is_other).map_or(0, |n| n + 1);
    let end = after.iter().position(is_other).unwrap_or(after.len());
    frame.get(start..place + end) == Some(b"NIL")
}

/// The size of the literal that a line announces at its end.
fn literal_at_end(line: &[u8]) -> Option<usize> {
    let inside = line.trim_ascii_end().strip_suffix(b"}")?;
    let open = inside.iter().rposition(|octet| *octet == b'{')?;
    let digits = inside.get(open + 1..)?;
    let digits = digits.strip_suffix(b"+").unwrap_or(digits);
    str::from_utf8(digits).ok()?.parse().ok()
}

/// A line in the making.
#[derive(Default)]
struct Shown {
    line: Vec<char>,
    /// The column of the place.
    column: Option<usize>,
}

impl Shown {
    fn mark(&mut self) {
        self.column = Some(self.line.len());
    }

    fn octet(&mut self, octet: u8) {
        match octet {
            b'"' | b'\\' | b'\'' => self.line.push(char::from(octet)),
            _ => self.text(&octet.escape_ascii().to_string()),
        }
    }

    fn text(&mut self, text: &str) {
        self.line.extend(text.chars());
    }

    /// So much of it as is near the place.
    fn finish(self) -> (String, usize) {
        let length = self.line.len();
        let column = self.column.unwrap_or(length).min(length);
        let start = if column > BEFORE + 1 {
            column - BEFORE
        } else {
            0
        };
        let end = if length > column + AFTER + 1 {
            column + AFTER
        } else {
            length
        };
        let near = self.line.get(start..end).unwrap_or_default();
        let mut line = String::from_iter(near);
        if start > 0 {
            line.insert(0, '…');
        }
        if end < length {
            line.push('…');
        }
        (line, column - start + usize::from(start > 0))
    }
}

/// Columns that are shown in front of the place.
const BEFORE: usize = 60;
/// Columns that are shown from the place on.
const AFTER: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_place_in_a_line() {
        let shown = excerpt(b"* FLAGS (\\Seen  x)\r\n", 15);
        assert_eq!(shown, ("* FLAGS (\\Seen  x)".to_owned(), 15));
        assert_eq!(excerpt(b"* OK\r\n", 4), ("* OK".to_owned(), 4));
        assert_eq!(
            excerpt(b"* O\x1bK\xfc\n", 5),
            ("* O\\x1bK\\xfc".to_owned(), 8)
        );
    }

    #[test]
    fn ok_contents_of_literals_are_left_out() {
        let frame = b"* 1 FETCH (BODY[] {9}\r\na\r\n\"b {5}\r UID  7)\r\n";
        let place = frame.iter().rposition(|octet| *octet == b' ').unwrap();
        let (line, column) = excerpt(frame, place);
        assert_eq!(line, "* 1 FETCH (BODY[] {9}…\\r UID  7)");
        assert_eq!(line.chars().nth(column + 1), Some('7'));
    }

    #[test]
    fn ok_words_of_messages_are_hidden() {
        let frame = b"* 1 FETCH (ENVELOPE (\"Mon, 7\" \"secret \"plan\" \xfc\" NIL))\r\n";
        let (line, _) = excerpt(frame, 40);
        assert_eq!(
            line,
            "* 1 FETCH (ENVELOPE (\"xxx, x\" \"xxxxxx \"xxxx\" \\xfc\" NIL))"
        );
    }

    #[test]
    fn ok_far_away_is_cut() {
        let frame = format!("* SEARCH {}\r\n", "12345 ".repeat(100));
        let (line, column) = excerpt(frame.as_bytes(), 300);
        assert_eq!((line.chars().count(), column), (102, 61));
        assert!(line.starts_with("…45 12345") && line.ends_with('…'));
        let (line, column) = excerpt(frame.as_bytes(), 2);
        assert!(line.starts_with("* SEARCH 1") && column == 2);
    }
}
