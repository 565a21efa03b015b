//! Reading the messages of an mbox file.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Seek as _, SeekFrom};

use sha2::{Digest as _, Sha256};
use time::{Date, Month, PrimitiveDateTime, Time};

use super::{FROM, status};

/// Where a message is in an mbox file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Place {
    /// Where the line in front of it begins, in octets.
    pub(crate) start: u64,
    /// Where the next one begins, or the file ends.
    pub(crate) end: u64,
    /// What tells the contents from others.
    pub(crate) digest: u64,
}

/// A message that was read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Message {
    /// The octets with CR LF line ends.
    pub(crate) octets: Vec<u8>,
    /// When it came, in seconds since 1970-01-01 UTC, if the line in front of it tells.
    pub(crate) date: Option<i64>,
    pub(crate) flags: Vec<String>,
}

/// The messages of an mbox file.
#[derive(Debug)]
pub(crate) struct Messages {
    file: BufReader<File>,
    places: Vec<Place>,
}

impl Messages {
    /// Finds the messages of a file.
    pub(crate) fn find(file: File) -> io::Result<Self> {
        let mut file = BufReader::with_capacity(BUFFER, file);
        let mut places: Vec<Place> = Vec::new();
        let mut digest = Sha256::new();
        let mut at = 0;
        // An empty line, or the start of the file, is in front of each.
        let mut is_free = true;
        let mut line = Vec::new();
        loop {
            line.clear();
            let count = file.read_until(b'\n', &mut line)? as u64;
            let is_start = is_free && line.starts_with(FROM);
            if (is_start || count == 0)
                && let Some(place) = places.last_mut()
            {
                place.end = at;
                place.digest = first_octets(digest.finalize_reset().into());
            }
            if is_start {
                places.push(Place {
                    start: at,
                    end: at,
                    digest: 0,
                });
            } else if count == 0 {
                return Ok(Self { file, places });
            }
            digest.update(&line);
            is_free = matches!(&*line, b"\n" | b"\r\n");
            at += count;
        }
    }

    pub(crate) fn places(&self) -> &[Place] {
        &self.places
    }

    /// Reads the message at a place.
    pub(crate) fn read(&mut self, place: Place) -> io::Result<Message> {
        self.file.seek(SeekFrom::Start(place.start))?;
        let mut left = place.end.saturating_sub(place.start);
        let mut line = Vec::new();
        let mut lines = Vec::new();
        while left > 0 {
            line.clear();
            let count = self.file.read_until(b'\n', &mut line)?;
            if count == 0 {
                break;
            }
            left = left.saturating_sub(count as u64);
            if line.pop_if(|octet| *octet == b'\n').is_some() {
                line.pop_if(|octet| *octet == b'\r');
            }
            lines.push(std::mem::take(&mut line));
        }
        Ok(message(lines))
    }
}

fn first_octets(digest: [u8; 32]) -> u64 {
    let octets = digest.first_chunk().copied();
    u64::from_be_bytes(octets.unwrap_or_default())
}

/// Puts a message together of its lines, the first of which is the one in front of it.
fn message(mut lines: Vec<Vec<u8>>) -> Message {
    let date = lines.first().and_then(|line| date(line));
    lines.drain(..lines.len().min(1));
    lines.pop_if(|line| line.is_empty());
    let header = lines.iter().position(Vec::is_empty).unwrap_or(lines.len());
    let flag_lines = flag_lines(lines.get(..header).unwrap_or_default());
    let (mut flags, mut octets) = (Vec::new(), Vec::new());
    for (place, line) in lines.iter().enumerate() {
        if flag_lines.contains(&place) {
            flags.extend(status::flags(line).unwrap_or_default());
        } else {
            octets.extend_from_slice(unquote(line));
            octets.extend_from_slice(b"\r\n");
        }
    }
    Message {
        octets,
        date,
        flags,
    }
}

/// Which lines of a header tell of flags: those at its end, or else all.
fn flag_lines(header: &[Vec<u8>]) -> Vec<usize> {
    let is_flags = |line: &Vec<u8>| status::flags(line).is_some();
    let last = header
        .iter()
        .rev()
        .take_while(|line| is_flags(line))
        .count();
    if last > 0 {
        return (header.len() - last..header.len()).collect();
    }
    let all = header.iter().enumerate().filter(|(_, line)| is_flags(line));
    all.map(|(place, _)| place).collect()
}

/// A line without the `>` that it was quoted by.
fn unquote(line: &[u8]) -> &[u8] {
    let quotes = line.iter().take_while(|octet| **octet == b'>').count();
    match line.split_at_checked(quotes) {
        Some((_, rest)) if quotes > 0 && rest.starts_with(FROM) => {
            line.get(1..).unwrap_or_default()
        }
        _ => line,
    }
}

/// The date at the end of `From ann@example.org Wed Jul 17 09:44:25 1996`.
fn date(line: &[u8]) -> Option<i64> {
    let text = String::from_utf8_lossy(line);
    let words: Vec<&str> = text.split_whitespace().collect();
    let [.., month, day, time, year] = &*words else {
        return None;
    };
    let month = MONTHS.iter().position(|name| name == month)?;
    let month = Month::try_from(u8::try_from(month + 1).ok()?).ok()?;
    let date = Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()?;
    let mut parts = time.split(':').map(|part| part.parse().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    let time = Time::from_hms(hour, minute, second).ok()?;
    Some(
        PrimitiveDateTime::new(date, time)
            .assume_utc()
            .unix_timestamp(),
    )
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
/// Octets that are read at a time.
const BUFFER: usize = 64 << 10;

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use proptest::prelude::*;

    use super::*;
    use crate::mbox::write;

    fn of(text: &[u8]) -> Vec<Message> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(text).unwrap();
        file.rewind().unwrap();
        let mut messages = Messages::find(file).unwrap();
        let places = messages.places().to_vec();
        places
            .into_iter()
            .map(|place| messages.read(place).unwrap())
            .collect()
    }

    fn written(octets: &[u8], date: i64, flags: &[String]) -> Vec<u8> {
        let mut text = Vec::new();
        let count = write(&mut text, &mut &*octets, date, flags).unwrap();
        assert_eq!(count, text.len() as u64);
        text
    }

    #[test]
    fn ok_message_is_written_as_programs_of_unix_read_it() {
        let octets = b"Subject: x\r\n\r\nFrom me\r\n>From you\r\nFrom\r\n> From\r\n\r\nend\r\n";
        let text = written(
            octets,
            837_596_665,
            &["\\Seen".to_owned(), "work".to_owned()],
        );
        assert_eq!(
            String::from_utf8(text).unwrap(),
            "From MAILER-DAEMON Wed Jul 17 09:44:25 1996\nSubject: x\nStatus: RO\n\
             X-Keywords: work\n\n>From me\n>>From you\nFrom\n> From\n\nend\n\n"
        );
    }

    #[test]
    fn ok_file_of_another_program_is_read() {
        let messages = of(
            b"From ann@example.org Wed Jul  7 09:44 1996\nStatus: RO\nSubject: a\n\n>From x\n\
              text\nFrom the middle\n\nFrom - Thu Jan  1 00:00:00 1970\r\nX-Status: F\r\n\r\n\r\n",
        );
        assert_eq!(messages.len(), 2);
        assert_eq!(
            messages[0].octets,
            b"Subject: a\r\n\r\nFrom x\r\ntext\r\nFrom the middle\r\n"
        );
        assert_eq!(messages[0].date, Some(836_732_640));
        assert_eq!(messages[0].flags, ["\\Seen"]);
        assert_eq!(messages[1].octets, b"\r\n");
        assert_eq!(messages[1].flags, ["\\Flagged"]);
        assert_eq!(messages[1].date, Some(0));
    }

    #[test]
    fn ok_field_of_the_message_itself_stays() {
        let octets = b"Status: of the sender\r\nSubject: x\r\n\r\ny\r\n";
        let messages = of(&written(octets, 0, &[]));
        assert_eq!(messages[0].octets, octets);
        assert!(messages[0].flags.is_empty());
    }

    proptest! {
        #[test]
        fn messages_come_back(
            header in prop::collection::vec("(From |>)?[A-Z][a-z]{0,3}: [ -~]{0,8}", 0..4),
            body in prop::collection::vec("(>{0,3}From )?(>|[ -~\\t\\r]){0,9}[ -~]?", 0..6),
            count in 1..4_usize,
            date in 0..4_000_000_000_i64,
        ) {
            let mut octets = header.join("\r\n").into_bytes();
            if !header.is_empty() {
                octets.extend_from_slice(b"\r\n");
            }
            octets.extend_from_slice(b"\r\n");
            for line in body {
                octets.extend(line.trim_end_matches('\r').bytes());
                octets.extend_from_slice(b"\r\n");
            }
            let flags = ["\\Flagged".to_owned(), "a".to_owned()];
            let text: Vec<u8> = (0..count).flat_map(|_| written(&octets, date, &flags)).collect();
            let messages = of(&text);
            prop_assert_eq!(messages.len(), count);
            for message in messages {
                prop_assert_eq!(message.octets.escape_ascii().to_string(), octets.escape_ascii().to_string());
                prop_assert_eq!(message.date, Some(date));
                prop_assert_eq!(&message.flags, &flags);
            }
        }
    }
}
