//! The helper functions of Python's module imaplib, with their behaviour.
//!
//! They are for programs that come from there and for comparing against it. A new program reads
//! an [`InternalDate`] and [`Flag`](crate::Flag)s instead, which refuse what makes no sense and
//! keep the offset of a date.
//!
//! | imaplib | here |
//! |---|---|
//! | `Int2AP` | [`int_to_ap`] |
//! | `Internaldate2tuple` | [`internaldate_to_tuple`] |
//! | `ParseFlags` | [`parse_flags`] |
//! | `Time2Internaldate` | [`time_to_internaldate`] |
//!
//! # Differences
//!
//! - Python's local time comes from the process; here it is an argument, a [`Zone`].
//! - [`time_to_internaldate`] gives only what is a date on the wire: a quoted string has to be
//!   one, an offset has no seconds, a year has four digits.
//! - For a tuple whose `isdst` is -1 it takes the offset that clocks had at that time. Python
//!   takes one of the two offsets of the current year, which is wrong where the rules have
//!   changed since (Europe/Moscow) or winter is called summer time (Europe/Dublin).

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::error::Error;
use core::fmt;

use time::{Date, Month, OffsetDateTime};

use crate::internal_date::month_number;
use crate::{InternalDate, InternalDateError, InternalDateReason, LocalOffset, Zone};

/// Writes the absolute value of a number with the digits `A` to `P`, which stand for 0 to 15.
///
/// Zero gives an empty text. imaplib makes its tags of it.
///
/// ```
/// use imap_util::imaplib::int_to_ap;
///
/// assert_eq!(int_to_ap(4095), "PPP");
/// assert_eq!(int_to_ap(-16), "BA");
/// assert_eq!(int_to_ap(0), "");
/// ```
pub fn int_to_ap(number: i128) -> String {
    let number = number.unsigned_abs();
    let digits = (128 - number.leading_zeros()).div_ceil(4);
    let digit = |place: u32| char::from(b'A' + (number >> (place * 4) & 0xf) as u8);
    (0..digits).rev().map(digit).collect()
}

/// Finds the flags in a response, as octets.
///
/// They are between the last `FLAGS (` of the first line and the next `)`, separated by any white
/// space; there are none if that isn't found. The search is blind: it also finds
/// `PERMANENTFLAGS (` and what stands within a quoted string.
/// [`Flag::parse_list`](crate::Flag::parse_list) reads a list of flags by the grammar.
///
/// ```
/// use imap_util::imaplib::parse_flags;
///
/// let flags = parse_flags(br"25 (FLAGS (\Seen $Junk) UID 4)");
/// assert_eq!(flags, [&br"\Seen"[..], b"$Junk"]);
/// ```
pub fn parse_flags(response: &[u8]) -> Vec<&[u8]> {
    const INTRO: &[u8] = b"FLAGS (";
    let flags = response
        .iter()
        .rposition(|&byte| byte == b')')
        .and_then(|last| {
            let found = ends_of_matches(response, INTRO).find(|&end| end <= last)?;
            response.get(found..)?.split(|&byte| byte == b')').next()
        });
    let is_space = |&byte: &u8| matches!(byte, b' ' | b'\t'..=b'\r');
    let words = flags.unwrap_or_default().split(is_space);
    words.filter(|word| !word.is_empty()).collect()
}

/// Finds the date and time in a response, and gives it as clocks of the zone show it.
///
/// The date is after the last `INTERNALDATE "` of the first line that has one after it; `None` if
/// there is none. Its form is checked but the numbers aren't: 31 February is 2 or 3 March.
/// [`InternalDate::parse`] reads a date by the grammar.
///
/// # Errors
///
/// When the month isn't one, or the year is 0000.
///
/// # Example
///
/// ```
/// use imap_util::imaplib::internaldate_to_tuple;
/// use time::UtcOffset;
///
/// let response = br#"25 (INTERNALDATE "17-Jul-1996 02:44:25 -0700")"#;
/// let tuple = internaldate_to_tuple(response, &UtcOffset::UTC)?.unwrap();
/// assert_eq!((tuple.mday, tuple.hour, tuple.min, tuple.sec), (17, 9, 44, 25));
/// # Ok::<(), imap_util::InternalDateError>(())
/// ```
pub fn internaldate_to_tuple(
    response: &[u8],
    zone: &(impl Zone + ?Sized),
) -> Result<Option<TimeTuple>, InternalDateError> {
    let found = ends_of_matches(response, b"INTERNALDATE \"").find_map(|start| {
        let date = response.get(start..)?.first_chunk()?;
        matches_form(date).then_some((start, date))
    });
    let Some((start, date)) = found else {
        return Ok(None);
    };
    match unix(date) {
        Ok(unix) => Ok(Some(TimeTuple::from_unix(unix, zone))),
        Err((at, reason)) => Err(InternalDateError {
            offset: start + at,
            reason,
        }),
    }
}

/// Writes a point in time as an `INTERNALDATE` with its double quotes.
///
/// Python takes many types for it, which [`DateTimeArg`] has as variants. Numbers are shown as by
/// the clocks of the zone, and so is a tuple without an offset; the others have their own offset.
///
/// # Errors
///
/// When the argument is no point in time, or there is no wire form of it: see [`DateTimeArgError`].
///
/// # Example
///
/// ```
/// use imap_util::imaplib::{DateTimeArg, time_to_internaldate};
/// use time::UtcOffset;
///
/// let zone = UtcOffset::from_hms(-7, 0, 0)?;
/// let date = time_to_internaldate(DateTimeArg::Seconds(837_596_665), &zone)?;
/// assert_eq!(date, "\"17-Jul-1996 02:44:25 -0700\"");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn time_to_internaldate(
    date_time: DateTimeArg<'_>,
    zone: &(impl Zone + ?Sized),
) -> Result<String, DateTimeArgError> {
    let date = match date_time {
        DateTimeArg::Aware(moment) => InternalDate::try_from(moment)?,
        DateTimeArg::Float(seconds) => local_date(whole_seconds(seconds)?, zone)?,
        DateTimeArg::Quoted(text) if text.starts_with('"') => InternalDate::parse(text.as_bytes())?,
        DateTimeArg::Quoted(_) => return Err(DateTimeArgError::Unquoted),
        DateTimeArg::Seconds(seconds) => local_date(seconds, zone)?,
        DateTimeArg::Tuple(tuple) => tuple.date(zone)?,
    };
    Ok(date.to_string())
}

/// What [`time_to_internaldate`] takes for a point in time.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum DateTimeArg<'a> {
    /// A date and time with its own offset; Python's aware `datetime`.
    Aware(OffsetDateTime),
    /// Seconds since 1970-01-01 UTC, rounded to microseconds, of which the whole seconds count.
    Float(f64),
    /// The wire form with its double quotes.
    Quoted(&'a str),
    /// Seconds since 1970-01-01 UTC.
    Seconds(i64),
    /// Fields of a local time.
    Tuple(TimeTuple),
}

/// The fields of a local time; Python's `time.struct_time`, whose names they have without `tm_`.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct TimeTuple {
    /// Year, such as 1996.
    pub year: i64,
    /// Month, 1 to 12.
    pub mon: i64,
    /// Day of the month, 1 to 31.
    pub mday: i64,
    /// Hour, 0 to 23.
    pub hour: i64,
    /// Minute, 0 to 59.
    pub min: i64,
    /// Second, 0 to 59.
    pub sec: i64,
    /// Day of the week, where Monday is 0. Not regarded by [`time_to_internaldate`].
    pub wday: i64,
    /// Day of the year, 1 to 366. Not regarded by [`time_to_internaldate`].
    pub yday: i64,
    /// 1 in summer time, 0 in standard time, -1 if that is to be found out.
    pub isdst: i64,
    /// How far the clock is ahead of UTC in seconds, if that is known.
    pub gmtoff: Option<i32>,
}

impl TimeTuple {
    /// What clocks of the zone show at an instant, given in seconds since 1970-01-01 UTC.
    ///
    /// Python's `time.localtime`, and `time.gmtime` if the zone is `UtcOffset::UTC`.
    pub fn from_unix(unix: i64, zone: &(impl Zone + ?Sized)) -> Self {
        let LocalOffset { seconds, is_dst } = zone.at(unix);
        let local = unix.saturating_add(i64::from(seconds));
        let (days, second) = (local.div_euclid(DAY), local.rem_euclid(DAY));
        // The calendar is the same again every 400 years, so any year can be had from the first.
        let (era, day) = (days.div_euclid(ERA_DAYS), days.rem_euclid(ERA_DAYS));
        let date = OffsetDateTime::UNIX_EPOCH.date() + time::Duration::days(day);
        Self {
            year: i64::from(date.year()) + era * 400,
            mon: i64::from(u8::from(date.month())),
            mday: i64::from(date.day()),
            hour: second / 3600,
            min: second / 60 % 60,
            sec: second % 60,
            wday: i64::from(date.weekday().number_days_from_monday()),
            yday: i64::from(date.ordinal()),
            isdst: i64::from(is_dst),
            gmtoff: Some(seconds),
        }
    }

    fn date(&self, zone: &(impl Zone + ?Sized)) -> Result<InternalDate, DateTimeArgError> {
        let local = InternalDate::new(
            u16::try_from(self.year).map_err(|_| InternalDateReason::Year)?,
            u8::try_from(self.mon).map_err(|_| InternalDateReason::Month)?,
            u8::try_from(self.mday).map_err(|_| InternalDateReason::Day)?,
            u8::try_from(self.hour).map_err(|_| InternalDateReason::Hour)?,
            u8::try_from(self.min).map_err(|_| InternalDateReason::Minute)?,
            u8::try_from(self.sec).map_err(|_| InternalDateReason::Second)?,
            0,
        )?
        .to_unix();
        let seconds = match (self.gmtoff, self.isdst, zone.daylight()) {
            (Some(seconds), ..) => seconds,
            (None, -1, _) => zone.at(zone.to_unix(local)).seconds,
            (None, 1, Some(seconds)) => seconds,
            (None, 0 | -2, _) | (None, _, None) => zone.standard(),
            (None, isdst, Some(_)) => return Err(DateTimeArgError::IsDst(isdst)),
        };
        let unix = local - i64::from(seconds);
        Ok(InternalDate::from_unix(unix, whole_minutes(seconds)?)?)
    }
}

/// Why [`time_to_internaldate`] refuses its argument.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum DateTimeArgError {
    /// A field of the date is out of range, or its offset from UTC can't be written.
    Date(InternalDateReason),
    /// The field `isdst` of a tuple is not -2, -1, 0 or 1.
    IsDst(i64),
    /// The float is no number.
    NotANumber,
    /// The quoted string is no date and time.
    Quoted(InternalDateError),
    /// The string isn't in double quotes.
    Unquoted,
}

impl fmt::Display for DateTimeArgError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(reason) => fmt::Display::fmt(reason, f),
            Self::IsDst(found) => write!(f, "expected isdst of -1, 0 or 1, found {found}"),
            Self::NotANumber => f.write_str("expected number of seconds, found NaN"),
            Self::Quoted(error) => fmt::Display::fmt(error, f),
            Self::Unquoted => f.write_str("expected date in double quotes"),
        }
    }
}

impl Error for DateTimeArgError {}

impl From<InternalDateError> for DateTimeArgError {
    fn from(error: InternalDateError) -> Self {
        Self::Quoted(error)
    }
}

impl From<InternalDateReason> for DateTimeArgError {
    fn from(reason: InternalDateReason) -> Self {
        Self::Date(reason)
    }
}

fn local_date(unix: i64, zone: &(impl Zone + ?Sized)) -> Result<InternalDate, InternalDateReason> {
    InternalDate::from_unix(unix, whole_minutes(zone.at(unix).seconds)?)
}

fn whole_minutes(seconds: i32) -> Result<i16, InternalDateReason> {
    if seconds % 60 != 0 {
        return Err(InternalDateReason::OffsetSeconds);
    }
    i16::try_from(seconds / 60).map_err(|_| InternalDateReason::Offset)
}

/// Seconds without their fraction, after rounding to whole microseconds, a half to even.
fn whole_seconds(seconds: f64) -> Result<i64, DateTimeArgError> {
    if seconds.is_nan() {
        return Err(DateTimeArgError::NotANumber);
    }
    // The conversion takes what is out of range to the end of it, which has no wire form either.
    let whole = seconds as i64;
    let micros = (seconds - whole as f64) * 1e6;
    let carry = i64::from(micros >= 999_999.5) - i64::from(micros < -0.5);
    Ok(whole.saturating_add(carry))
}

/// Where the occurrences of a text in the first line of a response end, the last one first.
fn ends_of_matches<'a>(response: &'a [u8], text: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    let line = response
        .split(|&byte| byte == b'\n')
        .next()
        .unwrap_or_default();
    let found = line.windows(text.len()).enumerate().rev();
    found
        .filter(move |(_, window)| *window == text)
        .map(|(at, _)| at + text.len())
}

/// Whether octets have the form of a date and time, up to the closing quote.
fn matches_form(date: &[u8; 27]) -> bool {
    date.iter()
        .zip(b"Dd-Aaa-dddd dd:dd:dd Sdddd\"")
        .all(|(byte, class)| match class {
            b'A' => byte.is_ascii_uppercase(),
            b'D' => matches!(byte, b' ' | b'0'..=b'3'),
            b'S' => matches!(byte, b'+' | b'-'),
            b'a' => byte.is_ascii_lowercase(),
            b'd' => byte.is_ascii_digit(),
            separator => byte == separator,
        })
}

/// The instant that octets of that form name, in seconds since 1970-01-01 UTC.
fn unix(date: &[u8; 27]) -> Result<i64, (usize, InternalDateReason)> {
    let &[d1, d2, _, n1, n2, n3, _, y1, y2, y3, y4, _, ..] = date;
    let &[.., h1, h2, _, i1, i2, _, e1, e2, _, sign, z1, z2, z3, z4, _] = date;
    let month = month_number([n1, n2, n3]).ok_or((3, InternalDateReason::Month))?;
    let year = number(y1, y2) * 100 + number(y3, y4);
    let first = Date::from_calendar_date(year, Month::January.nth_next(month - 1), 1)
        .ok()
        .filter(|_| year > 0)
        .ok_or((7, InternalDateReason::Year))?;

    let first = first.to_julian_day() - OffsetDateTime::UNIX_EPOCH.date().to_julian_day();
    // A space in front of the day is worth nothing.
    let day = if d1 == b' ' {
        number(b'0', d2)
    } else {
        number(d1, d2)
    };
    let seconds = number(h1, h2) * 3600 + number(i1, i2) * 60 + number(e1, e2);
    let offset = number(z1, z2) * 3600 + number(z3, z4) * 60;
    let offset = if sign == b'-' { -offset } else { offset };
    Ok(i64::from(first + day - 1) * DAY + i64::from(seconds - offset))
}

/// The value of two digits.
fn number(tens: u8, ones: u8) -> i32 {
    i32::from(tens - b'0') * 10 + i32::from(ones - b'0')
}

const DAY: i64 = 86_400;

/// Days in 400 years.
const ERA_DAYS: i64 = 146_097;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::UtcOffset;

    use super::*;

    #[test]
    fn ok_int_to_ap_of_the_extremes() {
        assert_eq!(int_to_ap(i128::MAX), "HPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPP");
        assert_eq!(int_to_ap(i128::MIN), "IAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    }

    #[test]
    fn ok_tuple_of_any_instant() {
        let tuple = TimeTuple::from_unix(i64::MAX, &UtcOffset::UTC);
        assert_eq!(
            (tuple.year, tuple.mon, tuple.mday),
            (292_277_026_596, 12, 4)
        );
        let tuple = TimeTuple::from_unix(-62_135_596_801, &UtcOffset::UTC);
        assert_eq!((tuple.year, tuple.yday, tuple.wday), (0, 366, 6));
    }

    #[test]
    fn err_month_and_year_report_their_offset() {
        let offset = |text: &[u8]| {
            internaldate_to_tuple(text, &UtcOffset::UTC)
                .unwrap_err()
                .offset
        };
        assert_eq!(offset(b"INTERNALDATE \"01-Foo-2000 00:00:00 +0000\""), 17);
        assert_eq!(offset(b"INTERNALDATE \"01-Jan-0000 00:00:00 +0000\""), 21);
    }

    #[test]
    fn ok_last_date_that_is_one_is_found() {
        let response = b"INTERNALDATE \"02-Jan-1970 00:00:00 +0000\" INTERNALDATE \"x\"";
        let tuple = internaldate_to_tuple(response, &UtcOffset::UTC)
            .unwrap()
            .unwrap();
        assert_eq!(tuple, TimeTuple::from_unix(86_400, &UtcOffset::UTC));
    }

    #[test]
    fn ok_flags_of_the_last_list_that_is_closed() {
        assert_eq!(parse_flags(b"FLAGS (a) FLAGS (b"), [b"a"]);
        assert_eq!(parse_flags(b"FLAGS (a\x0bb\x1cc)"), [&b"a"[..], b"b\x1cc"]);
    }

    #[test]
    fn ok_floats_are_rounded_to_even_microseconds() {
        for (seconds, whole) in [
            (1.5, 1),
            (1.999_999_4, 1),
            (1.999_999_6, 2),
            (-0.5, -1),
            (-1.0, -1),
            (-0.000_000_4, 0),
            (-0.000_000_6, -1),
            (f64::INFINITY, i64::MAX),
        ] {
            assert_eq!(whole_seconds(seconds), Ok(whole), "{seconds}");
        }
        assert_eq!(whole_seconds(f64::NAN), Err(DateTimeArgError::NotANumber));
    }

    #[test]
    fn err_texts_of_arguments() {
        let tuple = TimeTuple {
            year: 2024,
            mon: 13,
            mday: 1,
            ..TimeTuple::default()
        };
        for (arg, message) in [
            (DateTimeArg::Tuple(tuple), "expected month from Jan to Dec"),
            (
                DateTimeArg::Float(f64::NAN),
                "expected number of seconds, found NaN",
            ),
            (
                DateTimeArg::Float(f64::INFINITY),
                "expected year from 0001 to 9999",
            ),
            (DateTimeArg::Quoted(""), "expected date in double quotes"),
            (
                DateTimeArg::Quoted("\"x\""),
                "expected day of that month at byte 1",
            ),
        ] {
            let error = time_to_internaldate(arg, &UtcOffset::UTC).unwrap_err();
            assert_eq!(error.to_string(), message);
        }
    }

    proptest! {
        #[test]
        fn ok_any_date_is_read_back(
            unix in -62_135_510_400i64..=253_402_214_399,
            offset in -1439i16..=1439,
        ) {
            let date = InternalDate::from_unix(unix, offset).unwrap();
            let zone = UtcOffset::from_whole_seconds(i32::from(offset) * 60).unwrap();
            let response = alloc::format!("1 (INTERNALDATE {date})");
            let tuple = internaldate_to_tuple(response.as_bytes(), &zone).unwrap().unwrap();
            prop_assert_eq!(tuple, TimeTuple::from_unix(unix, &zone));
            let local = TimeTuple { gmtoff: None, isdst: -1, ..tuple };
            for tuple in [tuple, local] {
                let wire = time_to_internaldate(DateTimeArg::Tuple(tuple), &zone);
                prop_assert_eq!(wire, Ok(date.to_string()));
            }
        }

        #[test]
        fn ok_any_response_of_that_form_is_read(
            response in "(INTERNALDATE \"[ 0-3][0-9]-(Jan|Feb|Xyz)-[0-9]{4} \
                         [0-9]{2}:[0-9]{2}:[0-9]{2} [-+][0-9]{4}\"\
                         |FLAGS \\(|\\)|\n| ){0,4}",
        ) {
            for flag in parse_flags(response.as_bytes()) {
                prop_assert!(!flag.is_empty() && !flag.contains(&b' '));
            }
            match internaldate_to_tuple(response.as_bytes(), &UtcOffset::UTC) {
                Ok(None) => prop_assert!(!response.starts_with('I')),
                Ok(Some(tuple)) => prop_assert!((0..=10_000).contains(&tuple.year)),
                Err(error) => prop_assert!(response[..error.offset].contains("INTERNALDATE")),
            }
        }
    }
}
