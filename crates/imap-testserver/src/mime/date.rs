//! The date and time at which a message was sent.
//!
//! [RFC 5322 section 3.3](https://www.rfc-editor.org/rfc/rfc5322#section-3.3)

use imap_proto::{Date, InternalDate};
use mail_parser::parsers::MessageStream;
use mail_parser::{DateTime, HeaderValue};

use super::field::unfold;

/// The value of a `Date` field.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct SentDate {
    /// The day, as it stands in the field.
    pub(crate) day: Date,
    /// The moment, in seconds since 1970-01-01 UTC.
    pub(crate) unix: i64,
}

impl SentDate {
    /// Reads a value.
    ///
    /// RFC 5256 2.2: a zone that cannot be read is UTC, and a time midnight.
    pub(super) fn parse(value: &[u8]) -> Option<Self> {
        let ends = ["", " +0000", " 00:00:00 +0000"];
        let date = ends.iter().find_map(|end| date_time(value, end))?;
        let day = Date::new(date.year, date.month, date.day).ok()?;
        let offset = i16::from(date.tz_hour) * 60 + i16::from(date.tz_minute);
        let offset = if date.tz_before_gmt { -offset } else { offset };
        let at = |hour, minute, second| {
            let (year, month) = (date.year, date.month);
            InternalDate::new(year, month, date.day, hour, minute, second, offset)
        };
        let moment = at(date.hour, date.minute, date.second).or_else(|_| at(0, 0, 0));
        let unix = moment.ok()?.to_unix();
        Some(Self { day, unix })
    }
}

/// A value with more behind it, which it may lack.
fn date_time(value: &[u8], end: &str) -> Option<DateTime> {
    let mut line = unfold(value).into_owned();
    line.extend(end.bytes());
    line.push(b'\n');
    match MessageStream::new(&line).parse_date() {
        HeaderValue::DateTime(date) => Some(date),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_dates() {
        for (value, expected) in [
            (
                "31 Dec 2000 16:01:33 -0800",
                Some(("31-Dec-2000", 978_307_293)),
            ),
            (
                "Mon, 7 Feb 1994 21:52:25 -0800 (PST)",
                Some(("7-Feb-1994", 760_686_745)),
            ),
            ("Thu, 1 Jan 1970 00:00 GMT", Some(("1-Jan-1970", 0))),
            ("1 Jan 70 00:00:01 +0000", Some(("1-Jan-1970", 1))),
            ("1 Jan 1970 00:00:07", Some(("1-Jan-1970", 7))),
            ("2 Jan 1970", Some(("2-Jan-1970", 86_400))),
            ("2 Jan 1970 25:00:00 +0000", Some(("2-Jan-1970", 86_400))),
            ("31 Feb 1970 00:00:00 +0000", None),
            ("yesterday", None),
            ("", None),
        ] {
            let date = SentDate::parse(value.as_bytes());
            let shown = date.map(|date| (date.day.to_string(), date.unix));
            let expected = expected.map(|(day, unix)| (day.to_owned(), unix));
            assert_eq!(shown, expected, "{value}");
        }
    }
}
