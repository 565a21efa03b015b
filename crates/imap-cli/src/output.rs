//! What is printed: lines for people, or JSON for programs.

use std::fmt::Display;
use std::io::Write;

use anstyle::{AnsiColor, Style};
use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use crate::error::Failure;

/// Where a command prints, and how.
pub(crate) struct Output<'w> {
    writer: &'w mut dyn Write,
    is_json: bool,
    has_colours: bool,
}

impl<'w> Output<'w> {
    /// Prints for people, without colours.
    pub(crate) fn new(writer: &'w mut dyn Write) -> Self {
        Self {
            writer,
            is_json: false,
            has_colours: false,
        }
    }

    /// The same with JSON instead: one object on each line.
    pub(crate) fn with_json(self, is_json: bool) -> Self {
        Self { is_json, ..self }
    }

    /// The same with colours.
    pub(crate) fn with_colours(self, has_colours: bool) -> Self {
        Self {
            has_colours,
            ..self
        }
    }

    /// Where octets go that are no text.
    pub(crate) fn writer(&mut self) -> &mut dyn Write {
        self.writer
    }

    /// Prints a line, without blanks at its end.
    pub(crate) fn line(&mut self, line: impl Display) -> Result<(), Failure> {
        let line = line.to_string();
        Ok(writeln!(self.writer, "{}", line.trim_end_matches(' '))?)
    }

    /// Prints an object of JSON as a line.
    pub(crate) fn json(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        // cannot fail: no map has keys that are no strings
        let text = serde_json::to_string(value).unwrap_or_default();
        Ok(writeln!(self.writer, "{text}")?)
    }

    /// Prints how a run failed, if that is wanted as JSON.
    pub(crate) fn failure(&mut self, failure: &Failure) -> Result<(), Failure> {
        match failure.to_report() {
            Some(report) if self.is_json => self.json(&report),
            _ => Ok(()),
        }
    }

    /// Shows what was printed so far.
    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        Ok(self.writer.flush()?)
    }

    pub(crate) fn has_colours(&self) -> bool {
        self.has_colours
    }

    pub(crate) fn is_json(&self) -> bool {
        self.is_json
    }

    /// A text in a style, if there are colours.
    pub(crate) fn paint(&self, style: Style, text: impl Display) -> String {
        let text = text.to_string();
        if !self.has_colours || text.trim().is_empty() {
            return text;
        }
        format!("{style}{text}{style:#}")
    }

    /// A text that fills a column; a longer one is cut.
    pub(crate) fn cell(&self, style: Style, text: &str, width: usize) -> String {
        let text = cut(text, width);
        let blanks = width.saturating_sub(text.width());
        format!("{}{:blanks$}", self.paint(style, text), "")
    }
}

/// A text of somebody else, such that it stays on its line and does not steer the terminal.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if is_harmful(c) { ' ' } else { c })
        .collect()
}

/// The same of a text with several lines.
pub(crate) fn printable_lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let keep = |c: char| c == '\n' || c == '\t' || !is_harmful(c);
    text.chars().filter(|c| keep(*c)).collect()
}

/// Control characters, and those that turn the direction of writing.
fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// As much of a text as fits into so many columns, with an ellipsis where it was cut.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut short = String::new();
    for c in text.chars() {
        short.push(c);
        if short.width() >= width {
            short.pop();
            break;
        }
    }
    short + "…"
}

/// How wide a text is on a terminal.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// Octets as people read them: `340 B`, `1.2 kB`, `25 MB`.
pub(crate) fn size(octets: u64) -> String {
    let mut units = ["B", "kB", "MB", "GB", "TB"].into_iter();
    let mut unit = units.next().unwrap_or_default();
    let mut amount = octets as f64;
    while amount >= 999.5
        && let Some(next) = units.next()
    {
        amount /= 1000.0;
        unit = next;
    }
    let digits = usize::from(unit != "B" && amount < 9.95);
    format!("{amount:.digits$} {unit}")
}

/// So many messages: `1 message`, `2 messages`.
pub(crate) fn messages(count: usize) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} message{plural}")
}

/// What stands out.
pub(crate) const STRONG: Style = Style::new().bold();
/// What matters less.
pub(crate) const WEAK: Style = Style::new().dimmed();
/// What is new.
pub(crate) const NEW: Style = AnsiColor::Green.on_default().bold();
/// What is gone.
pub(crate) const GONE: Style = AnsiColor::Red.on_default();
/// What a thing is for.
pub(crate) const NOTE: Style = AnsiColor::Cyan.on_default();

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_sizes() {
        for (octets, shown) in [
            (0, "0 B"),
            (999, "999 B"),
            (1000, "1.0 kB"),
            (1240, "1.2 kB"),
            (25_300, "25 kB"),
            (999_400, "999 kB"),
            (999_600, "1.0 MB"),
            (25_000_000, "25 MB"),
            (u64::MAX, "18446744 TB"),
        ] {
            assert_eq!(size(octets), shown, "{octets}");
        }
    }

    #[test]
    fn ok_cells_have_their_width() {
        let mut nowhere = std::io::sink();
        let out = Output::new(&mut nowhere);
        assert_eq!(out.cell(STRONG, "ann", 5), "ann  ");
        assert_eq!(out.cell(STRONG, "annabel", 5), "anna…");
        assert_eq!(out.cell(STRONG, "会议会议", 5), "会议…");
        let out = out.with_colours(true);
        assert_eq!(out.cell(STRONG, "a", 2), "\u{1b}[1ma\u{1b}[0m ");
    }

    #[test]
    fn ok_nothing_steers_the_terminal() {
        assert_eq!(printable("a\x1b[2J\r\nb\u{202e}c"), "a [2J  b c");
        assert_eq!(printable_lines("a\r\nb\x07\tc\u{202e}"), "a\nb\tc");
    }
}
