//! Writing a message to an mbox file.

use std::io::{self, BufRead, Write};

use time::OffsetDateTime;

use super::{FROM, status};

/// Writes a message with its line in front and its empty line behind, and gives how many octets that were.
///
/// `date` is in seconds since 1970-01-01 UTC.
pub(crate) fn write(
    out: &mut dyn Write,
    message: &mut dyn BufRead,
    date: i64,
    flags: &[String],
) -> io::Result<u64> {
    let mut out = Counted { out, count: 0 };
    writeln!(out, "From MAILER-DAEMON {}", asctime(date))?;
    let mut lines = Lines {
        out: &mut out,
        flags: Some(status::lines(flags)),
        is_start: true,
        has_return: false,
        quotes: 0,
        matched: 0,
    };
    loop {
        let octets = message.fill_buf()?;
        if octets.is_empty() {
            break;
        }
        lines.put(octets)?;
        let count = octets.len();
        message.consume(count);
    }
    lines.end()?;
    Ok(out.count)
}

/// Turns the lines of a message into those of an mbox file, in constant memory.
struct Lines<'o, 'w> {
    out: &'o mut Counted<'w>,
    /// The lines about flags, until the header has ended.
    flags: Option<String>,
    /// Nothing of the line was written yet.
    is_start: bool,
    /// A CR is held back, since an LF may follow.
    has_return: bool,
    /// How many `>` the line began with that are held back.
    quotes: usize,
    /// How many octets of `From ` came after them.
    matched: usize,
}

impl Lines<'_, '_> {
    fn put(&mut self, mut octets: &[u8]) -> io::Result<()> {
        while let Some((&first, rest)) = octets.split_first() {
            if self.is_start && !self.has_return {
                octets = rest;
                self.begin(first)?;
                continue;
            }
            if std::mem::take(&mut self.has_return) && first != b'\n' {
                self.flush_start(false)?;
                self.out.write_all(b"\r")?;
                continue;
            }
            let end = octets
                .iter()
                .position(|octet| matches!(octet, b'\r' | b'\n'));
            let (plain, rest) = octets.split_at(end.unwrap_or(octets.len()));
            self.out.write_all(plain)?;
            octets = rest;
            if let Some((&end, rest)) = octets.split_first() {
                octets = rest;
                match end {
                    b'\n' => self.end_line()?,
                    _ => self.has_return = true,
                }
            }
        }
        Ok(())
    }

    /// Takes an octet of the start of a line, where `>>From ` may be.
    fn begin(&mut self, octet: u8) -> io::Result<()> {
        if octet == b'>' && self.matched == 0 {
            self.quotes += 1;
            return Ok(());
        }
        if FROM.get(self.matched) == Some(&octet) {
            self.matched += 1;
            if self.matched == FROM.len() {
                return self.flush_start(true);
            }
            return Ok(());
        }
        match octet {
            b'\n' => self.end_line(),
            b'\r' => {
                self.has_return = true;
                Ok(())
            }
            _ => {
                self.flush_start(false)?;
                self.out.write_all(&[octet])
            }
        }
    }

    /// Writes what was held back of the start of the line.
    fn flush_start(&mut self, is_quoted: bool) -> io::Result<()> {
        if std::mem::take(&mut self.is_start) {
            for _ in 0..self.quotes + usize::from(is_quoted) {
                self.out.write_all(b">")?;
            }
            self.out
                .write_all(FROM.get(..self.matched).unwrap_or_default())?;
        }
        (self.quotes, self.matched) = (0, 0);
        Ok(())
    }

    fn end_line(&mut self) -> io::Result<()> {
        let is_empty = self.is_start && self.quotes == 0 && self.matched == 0;
        if let Some(flags) = self.flags.take_if(|_| is_empty) {
            self.out.write_all(flags.as_bytes())?;
        }
        self.flush_start(false)?;
        self.is_start = true;
        self.has_return = false;
        self.out.write_all(b"\n")
    }

    fn end(mut self) -> io::Result<()> {
        if std::mem::take(&mut self.has_return) {
            self.flush_start(false)?;
            self.out.write_all(b"\r")?;
        }
        if !self.is_start || self.quotes + self.matched > 0 {
            self.end_line()?;
        }
        if let Some(flags) = self.flags.take() {
            self.out.write_all(flags.as_bytes())?;
        }
        self.out.write_all(b"\n")
    }
}

/// Counts what is written.
struct Counted<'w> {
    out: &'w mut dyn Write,
    count: u64,
}

impl Write for Counted<'_> {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        let count = self.out.write(octets)?;
        self.count += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A date as `asctime` of C writes it: `Wed Jul 17 09:44:25 1996`.
fn asctime(date: i64) -> String {
    let date = OffsetDateTime::from_unix_timestamp(date).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let [weekday, month] = [date.weekday().to_string(), date.month().to_string()];
    let short = |name: &str| name.chars().take(3).collect::<String>();
    let (hour, minute, second) = date.to_hms();
    format!(
        "{} {} {:>2} {hour:02}:{minute:02}:{second:02} {}",
        short(&weekday),
        short(&month),
        date.day(),
        date.year()
    )
}
