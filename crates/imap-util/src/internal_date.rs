//! `INTERNALDATE`, the date and time at which a message arrived.
//!
//! [RFC 9051 section 2.3.3](https://www.rfc-editor.org/rfc/rfc9051#section-2.3.3)

use core::cmp::Ordering;
use core::error::Error;
use core::fmt;
use core::str::FromStr;

use time::util::is_leap_year;
use time::{Date, Month, OffsetDateTime, Time, UtcOffset};

use crate::atom::ascii_str;

/// A date and time of day with its offset from UTC, as messages carry it.
///
/// It keeps what the server wrote: a local time and an offset in minutes, not only the instant.
/// Two are equal when all their fields are; [`cmp_instant`](Self::cmp_instant) compares instants.
///
/// ```abnf
/// date-time      = DQUOTE date-day-fixed "-" date-month "-" date-year
///                  SP time SP zone DQUOTE
/// date-day-fixed = (SP DIGIT) / 2DIGIT
/// date-month     = "Jan" / "Feb" / "Mar" / "Apr" / "May" / "Jun" /
///                  "Jul" / "Aug" / "Sep" / "Oct" / "Nov" / "Dec"
/// date-year      = 4DIGIT
/// time           = 2DIGIT ":" 2DIGIT ":" 2DIGIT
/// zone           = ("+" / "-") 4DIGIT
/// ```
///
/// `S: * 1 FETCH (INTERNALDATE "17-Jul-1996 02:44:25 -0700")` gives the hour 2 and the offset
/// -420 minutes.
///
/// # Example
///
/// ```
/// use imap_util::InternalDate;
///
/// let date = InternalDate::parse(b"\"17-Jul-1996 02:44:25 -0700\"")?;
/// assert_eq!((date.day(), date.month(), date.year()), (17, 7, 1996));
/// assert_eq!(date.to_unix(), 837_596_665);
/// assert_eq!(date.to_string(), "\"17-Jul-1996 02:44:25 -0700\"");
///
/// let moment = time::OffsetDateTime::from(date);
/// assert_eq!(InternalDate::try_from(moment)?, date);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [RFC 9051 section 9](https://www.rfc-editor.org/rfc/rfc9051#section-9)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct InternalDate {
    year: u16,
    month: u8,
    day: u8,
    hour: u8,
    minute: u8,
    second: u8,
    offset_minutes: i16,
}

impl InternalDate {
    /// Length of the wire form in octets, with its double quotes.
    pub const WIRE_LEN: usize = 28;

    /// Makes a date from its fields, which are those of the local time.
    ///
    /// # Errors
    ///
    /// When a field is out of the range that its accessor names, or the month doesn't have the
    /// day: 31 April gives [`InternalDateReason::Day`].
    ///
    /// # Example
    ///
    /// ```
    /// use imap_util::InternalDate;
    ///
    /// let date = InternalDate::new(2024, 2, 29, 23, 59, 59, 330)?;
    /// assert_eq!(date.to_string(), "\"29-Feb-2024 23:59:59 +0530\"");
    /// # Ok::<(), imap_util::InternalDateReason>(())
    /// ```
    pub fn new(
        year: u16,
        month: u8,
        day: u8,
        hour: u8,
        minute: u8,
        second: u8,
        offset_minutes: i16,
    ) -> Result<Self, InternalDateReason> {
        let date = Self {
            year,
            month,
            day,
            hour,
            minute,
            second,
            offset_minutes,
        };
        match date.fault() {
            None => Ok(date),
            Some(fault) => Err(fault),
        }
    }

    /// Makes a date from an instant, in seconds since 1970-01-01 UTC, as clocks show it that are
    /// `offset_minutes` ahead of UTC.
    ///
    /// # Errors
    ///
    /// When the year is not in 1..=9999 there, or the offset is not in -1439..=1439.
    ///
    /// # Example
    ///
    /// ```
    /// use imap_util::InternalDate;
    ///
    /// let date = InternalDate::from_unix(837_596_665, -7 * 60)?;
    /// assert_eq!(date.to_string(), "\"17-Jul-1996 02:44:25 -0700\"");
    /// # Ok::<(), imap_util::InternalDateReason>(())
    /// ```
    pub fn from_unix(seconds: i64, offset_minutes: i16) -> Result<Self, InternalDateReason> {
        let local = seconds.saturating_add(i64::from(offset_minutes) * 60);
        let local = OffsetDateTime::from_unix_timestamp(local);
        Self::from_local(local.map_err(|_| InternalDateReason::Year)?, offset_minutes)
    }

    /// Makes a date from a date and time of the `time` crate; fractions of a second are dropped.
    ///
    /// # Errors
    ///
    /// When the year is not in 1..=9999, or the offset is not in -23:59..=+23:59 or has seconds.
    pub fn from_offset_date_time(moment: OffsetDateTime) -> Result<Self, InternalDateReason> {
        let offset = moment.offset();
        if offset.seconds_past_minute() != 0 {
            return Err(InternalDateReason::OffsetSeconds);
        }
        Self::from_local(moment, offset.whole_minutes())
    }

    /// Reads the wire form, with its double quotes or without them.
    ///
    /// More is accepted than the grammar allows: a day before the 10th may be padded by a space,
    /// by a zero or not at all, and the month may be in any case. The second `60` of a leap second
    /// becomes 59, since neither Unix time nor the `time` crate can hold it.
    ///
    /// # Errors
    ///
    /// When the input has another form, or names a date or a time that doesn't exist, such as
    /// `31-Feb-2024 00:00:00 +0000`, which is refused at byte 0.
    pub fn parse(input: &[u8]) -> Result<Self, InternalDateError> {
        Cursor { input, offset: 0 }.date_time()
    }

    /// Reads the 28 octets of the wire form with double quotes at the front of the input, and
    /// gives the octets after them.
    ///
    /// `None` when these octets are not exactly what the grammar says, or when the date or the
    /// time doesn't exist. What servers write instead is for [`parse`](Self::parse).
    #[inline]
    pub fn split_quoted(input: &[u8]) -> Option<(Self, &[u8])> {
        let (wire, rest) = input.split_first_chunk::<{ Self::WIRE_LEN }>()?;
        let date = Self::from_wire(wire)?;
        Some((date, rest))
    }

    /// Year, 1 to 9999.
    pub const fn year(&self) -> u16 {
        self.year
    }

    /// Month, 1 to 12.
    pub const fn month(&self) -> u8 {
        self.month
    }

    /// Day of the month, 1 to 31.
    pub const fn day(&self) -> u8 {
        self.day
    }

    /// Hour, 0 to 23.
    pub const fn hour(&self) -> u8 {
        self.hour
    }

    /// Minute, 0 to 59.
    pub const fn minute(&self) -> u8 {
        self.minute
    }

    /// Second, 0 to 59.
    pub const fn second(&self) -> u8 {
        self.second
    }

    /// How far the local time is ahead of UTC, in minutes, -1439 to 1439.
    pub const fn offset_minutes(&self) -> i16 {
        self.offset_minutes
    }

    /// The instant, in seconds since 1970-01-01 UTC.
    pub fn to_unix(&self) -> i64 {
        OffsetDateTime::from(*self).unix_timestamp()
    }

    /// Compares the instants, of which equal ones may have different offsets.
    ///
    /// ```
    /// use core::cmp::Ordering;
    ///
    /// use imap_util::InternalDate;
    ///
    /// let here = InternalDate::from_unix(0, 60)?;
    /// let there = InternalDate::from_unix(0, -60)?;
    /// assert_eq!(here.cmp_instant(&there), Ordering::Equal);
    /// assert_ne!(here, there);
    /// # Ok::<(), imap_util::InternalDateReason>(())
    /// ```
    pub fn cmp_instant(&self, other: &Self) -> Ordering {
        self.to_unix().cmp(&other.to_unix())
    }

    /// The wire form with its double quotes, which is ASCII; the day is padded by a zero.
    pub fn write_to(&self) -> [u8; Self::WIRE_LEN] {
        let [century, year] = [self.year / 100, self.year % 100].map(two_digits);
        let [day, hour, minute, second] =
            [self.day, self.hour, self.minute, self.second].map(|n| two_digits(u16::from(n)));
        let month = MONTHS
            .get(usize::from(self.month) - 1)
            .unwrap_or(&MONTHS[0]);
        let sign = if self.offset_minutes < 0 { b'-' } else { b'+' };
        let offset = self.offset_minutes.unsigned_abs();
        let [offset_hour, offset_minute] = [offset / 60, offset % 60].map(two_digits);

        let mut wire = *b"\"dd-Mon-yyyy hh:mm:ss +zzzz\"";
        wire[1..3].copy_from_slice(&day);
        wire[4..7].copy_from_slice(month);
        wire[8..10].copy_from_slice(&century);
        wire[10..12].copy_from_slice(&year);
        wire[13..15].copy_from_slice(&hour);
        wire[16..18].copy_from_slice(&minute);
        wire[19..21].copy_from_slice(&second);
        wire[22] = sign;
        wire[23..25].copy_from_slice(&offset_hour);
        wire[25..27].copy_from_slice(&offset_minute);
        wire
    }

    fn from_local(local: OffsetDateTime, offset_minutes: i16) -> Result<Self, InternalDateReason> {
        let year = u16::try_from(local.year()).map_err(|_| InternalDateReason::Year)?;
        let (hour, minute, second) = local.to_hms();
        Self::new(
            year,
            local.month().into(),
            local.day(),
            hour,
            minute,
            second,
            offset_minutes,
        )
    }

    /// Reads the strict form without a branch for each octet: what is wrong is gathered in one
    /// number, and looked at once.
    #[inline]
    fn from_wire(wire: &[u8; Self::WIRE_LEN]) -> Option<Self> {
        let &[
            q1,
            d1,
            d2,
            m1,
            n1,
            n2,
            n3,
            m2,
            y1,
            y2,
            y3,
            y4,
            s1,
            h1,
            h2,
            c1,
            i1,
            i2,
            c2,
            e1,
            e2,
            s2,
            sign,
            z1,
            z2,
            z3,
            z4,
            q2,
        ] = wire;
        let mut wrong = (q1 ^ b'"') | (q2 ^ b'"') | (m1 ^ b'-') | (m2 ^ b'-');
        wrong |= (s1 ^ b' ') | (s2 ^ b' ') | (c1 ^ b':') | (c2 ^ b':');
        wrong |= u8::from(sign != b'+' && sign != b'-');
        let mut number = |tens: u8, ones: u8| {
            let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
            wrong |= u8::from(tens > 9) | u8::from(ones > 9);
            tens.wrapping_mul(10).wrapping_add(ones)
        };
        let day = number(if d1 == b' ' { b'0' } else { d1 }, d2);
        let (century, year) = (number(y1, y2), number(y3, y4));
        let (hour, minute, second) = (number(h1, h2), number(i1, i2), number(e1, e2));
        let (offset_hour, offset_minute) = (number(z1, z2), number(z3, z4));
        wrong |= u8::from(offset_minute > 59);
        let offset = i16::from(offset_hour) * 60 + i16::from(offset_minute);
        let date = Self {
            year: u16::from(century) * 100 + u16::from(year),
            month: month_number([n1, n2, n3])?,
            day,
            hour,
            minute,
            second,
            offset_minutes: if sign == b'-' { -offset } else { offset },
        };
        if wrong == 0 && date.fault().is_none() {
            Some(date)
        } else {
            None
        }
    }

    /// The first field that is out of range.
    #[inline]
    fn fault(&self) -> Option<InternalDateReason> {
        let fields = [
            (matches!(self.year, 1..=9999), InternalDateReason::Year),
            (matches!(self.month, 1..=12), InternalDateReason::Month),
            (
                self.day >= 1 && self.day <= self.days_in_month(),
                InternalDateReason::Day,
            ),
            (self.hour <= 23, InternalDateReason::Hour),
            (self.minute <= 59, InternalDateReason::Minute),
            (self.second <= 59, InternalDateReason::Second),
            (
                matches!(self.offset_minutes, -1439..=1439),
                InternalDateReason::Offset,
            ),
        ];
        if fields.iter().all(|(good, _)| *good) {
            return None;
        }
        fields
            .iter()
            .find(|(good, _)| !good)
            .map(|(_, reason)| *reason)
    }

    #[inline]
    fn days_in_month(&self) -> u8 {
        let leap = is_leap_year(i32::from(self.year));
        match self.month {
            2 => 28 + u8::from(leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }
}

impl fmt::Display for InternalDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(ascii_str(&self.write_to()))
    }
}

impl From<InternalDate> for OffsetDateTime {
    fn from(date: InternalDate) -> Self {
        let month = Month::January.nth_next(date.month - 1);
        let day = Date::from_calendar_date(i32::from(date.year), month, date.day);
        let time = Time::from_hms(date.hour, date.minute, date.second);
        let offset = UtcOffset::from_whole_seconds(i32::from(date.offset_minutes) * 60);
        match (day, time, offset) {
            (Ok(day), Ok(time), Ok(offset)) => Self::new_in_offset(day, time, offset),
            // cannot fail: every constructor checks these ranges.
            _ => Self::UNIX_EPOCH,
        }
    }
}

impl FromStr for InternalDate {
    type Err = InternalDateError;

    fn from_str(text: &str) -> Result<Self, InternalDateError> {
        Self::parse(text.as_bytes())
    }
}

impl TryFrom<&[u8]> for InternalDate {
    type Error = InternalDateError;

    fn try_from(input: &[u8]) -> Result<Self, InternalDateError> {
        Self::parse(input)
    }
}

impl TryFrom<OffsetDateTime> for InternalDate {
    type Error = InternalDateReason;

    fn try_from(moment: OffsetDateTime) -> Result<Self, InternalDateReason> {
        Self::from_offset_date_time(moment)
    }
}

/// Octets that are no date and time, and where.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct InternalDateError {
    /// Where the field begins that is wrong, in octets from the start of the input.
    pub offset: usize,
    /// What is wrong with it.
    pub reason: InternalDateReason,
}

impl fmt::Display for InternalDateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.reason, self.offset)
    }
}

impl Error for InternalDateError {}

/// What no [`InternalDate`] can have.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum InternalDateReason {
    /// The day is missing, or its month doesn't have it.
    Day,
    /// The hour is not two digits from 00 to 23.
    Hour,
    /// The minute is not two digits from 00 to 59.
    Minute,
    /// The month is not one of the twelve English abbreviations, or not in 1..=12.
    Month,
    /// The offset is not a sign and four digits, or is a day or more.
    Offset,
    /// The offset from UTC has seconds, for which the wire form has no place.
    OffsetSeconds,
    /// The second is not two digits from 00 to 60.
    Second,
    /// The octet that separates two fields is another one, or there are octets after the date.
    Separator,
    /// The year is not four digits from 0001 to 9999.
    Year,
}

impl fmt::Display for InternalDateReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Day => "expected day of that month",
            Self::Hour => "expected hour from 00 to 23",
            Self::Minute => "expected minute from 00 to 59",
            Self::Month => "expected month from Jan to Dec",
            Self::Offset => "expected UTC offset from -2359 to +2359",
            Self::OffsetSeconds => "expected UTC offset without seconds",
            Self::Second => "expected second from 00 to 59",
            Self::Separator => "expected the form dd-Mon-yyyy hh:mm:ss +zzzz",
            Self::Year => "expected year from 0001 to 9999",
        })
    }
}

impl Error for InternalDateReason {}

/// A place in the input of [`InternalDate::parse`].
struct Cursor<'a> {
    input: &'a [u8],
    offset: usize,
}

impl Cursor<'_> {
    fn date_time(mut self) -> Result<InternalDate, InternalDateError> {
        let quoted = self.eat(b'"');
        let day_at = self.offset;
        let day = self.day()?;
        self.separator(b'-')?;
        let month = self.month()?;
        self.separator(b'-')?;
        let year = self.year()?;
        self.separator(b' ')?;
        let hour = self.two_digits(InternalDateReason::Hour, 23)?;
        self.separator(b':')?;
        let minute = self.two_digits(InternalDateReason::Minute, 59)?;
        self.separator(b':')?;
        let second = self.two_digits(InternalDateReason::Second, 60)?.min(59);
        self.separator(b' ')?;
        let offset_minutes = self.offset_minutes()?;
        if quoted {
            self.separator(b'"')?;
        }
        if self.offset != self.input.len() {
            return Err(self.error(InternalDateReason::Separator));
        }
        InternalDate::new(year, month, day, hour, minute, second, offset_minutes).map_err(
            |reason| InternalDateError {
                offset: day_at,
                reason,
            },
        )
    }

    fn day(&mut self) -> Result<u8, InternalDateError> {
        let at = self.offset;
        let padded = self.eat(b' ');
        let first = self.digit();
        let second = if padded { None } else { self.digit() };
        match (first, second) {
            (Some(ones), None) => Ok(ones),
            (Some(tens), Some(ones)) => Ok(tens * 10 + ones),
            (None, _) => Err(InternalDateError {
                offset: at,
                reason: InternalDateReason::Day,
            }),
        }
    }

    fn month(&mut self) -> Result<u8, InternalDateError> {
        let error = self.error(InternalDateReason::Month);
        let name = self
            .input
            .get(self.offset..)
            .and_then(|left| left.first_chunk());
        let month = name.and_then(|name| month_number(*name)).ok_or(error)?;
        self.offset += 3;
        Ok(month)
    }

    fn year(&mut self) -> Result<u16, InternalDateError> {
        let error = self.error(InternalDateReason::Year);
        let century = self
            .two_digits(InternalDateReason::Year, 99)
            .map_err(|_| error)?;
        let year = self
            .two_digits(InternalDateReason::Year, 99)
            .map_err(|_| error)?;
        let year = u16::from(century) * 100 + u16::from(year);
        if year == 0 { Err(error) } else { Ok(year) }
    }

    fn offset_minutes(&mut self) -> Result<i16, InternalDateError> {
        let error = self.error(InternalDateReason::Offset);
        let negative = self.eat(b'-');
        if !negative && !self.eat(b'+') {
            return Err(error);
        }
        let hours = self
            .two_digits(InternalDateReason::Offset, 23)
            .map_err(|_| error)?;
        let minutes = self
            .two_digits(InternalDateReason::Offset, 59)
            .map_err(|_| error)?;
        let offset = i16::from(hours) * 60 + i16::from(minutes);
        Ok(if negative { -offset } else { offset })
    }

    fn two_digits(&mut self, reason: InternalDateReason, max: u8) -> Result<u8, InternalDateError> {
        let error = self.error(reason);
        let tens = self.digit().ok_or(error)?;
        let number = tens * 10 + self.digit().ok_or(error)?;
        if number > max { Err(error) } else { Ok(number) }
    }

    fn digit(&mut self) -> Option<u8> {
        let digit = self.input.get(self.offset)?.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        self.offset += 1;
        Some(digit)
    }

    fn separator(&mut self, byte: u8) -> Result<(), InternalDateError> {
        if self.eat(byte) {
            Ok(())
        } else {
            Err(self.error(InternalDateReason::Separator))
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.input.get(self.offset) == Some(&byte);
        self.offset += usize::from(found);
        found
    }

    fn error(&self, reason: InternalDateReason) -> InternalDateError {
        InternalDateError {
            offset: self.offset,
            reason,
        }
    }
}

/// The number of a month from its English abbreviation in any case.
#[inline]
fn month_number(name: [u8; 3]) -> Option<u8> {
    // No octet but a letter becomes a small letter by this bit.
    Some(match &name.map(|letter| letter | 0x20) {
        b"jan" => 1,
        b"feb" => 2,
        b"mar" => 3,
        b"apr" => 4,
        b"may" => 5,
        b"jun" => 6,
        b"jul" => 7,
        b"aug" => 8,
        b"sep" => 9,
        b"oct" => 10,
        b"nov" => 11,
        b"dec" => 12,
        _ => return None,
    })
}

/// The digits of a number below 100.
fn two_digits(number: u16) -> [u8; 2] {
    [number / 10, number % 10].map(|digit| DIGITS[usize::from(digit % 10)])
}

const DIGITS: [u8; 10] = *b"0123456789";

const MONTHS: [[u8; 3]; 12] = [
    *b"Jan", *b"Feb", *b"Mar", *b"Apr", *b"May", *b"Jun", *b"Jul", *b"Aug", *b"Sep", *b"Oct",
    *b"Nov", *b"Dec",
];

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::ToString;

    use proptest::prelude::*;
    use time::macros::datetime;

    use super::*;

    fn date(text: &str) -> InternalDate {
        text.parse().unwrap()
    }

    #[test]
    fn ok_date_is_small() {
        assert!(size_of::<InternalDate>() <= 12);
    }

    #[test]
    fn ok_parse_takes_every_padding_and_case() {
        let expected = InternalDate::new(2000, 1, 5, 3, 4, 6, -90).unwrap();
        for text in [
            "\"05-Jan-2000 03:04:06 -0130\"",
            "\" 5-Jan-2000 03:04:06 -0130\"",
            "\"5-Jan-2000 03:04:06 -0130\"",
            "05-Jan-2000 03:04:06 -0130",
            " 5-jan-2000 03:04:06 -0130",
            "5-JAN-2000 03:04:06 -0130",
        ] {
            assert_eq!(date(text), expected, "{text}");
        }
    }

    #[test]
    fn quirk_leap_second_becomes_59() {
        let text = b"\"31-Dec-2016 23:59:60 +0000\"";
        assert_eq!(InternalDate::parse(text).unwrap().second(), 59);
        assert_eq!(InternalDate::split_quoted(text), None);
        assert_eq!(
            InternalDate::new(2016, 12, 31, 23, 59, 60, 0),
            Err(InternalDateReason::Second),
        );
    }

    #[test]
    fn err_parse_reports_offset_of_the_field() {
        for (text, message) in [
            ("", "expected day of that month at byte 0"),
            ("\"", "expected day of that month at byte 1"),
            (
                "  5-Jan-2000 00:00:00 +0000",
                "expected day of that month at byte 0",
            ),
            (
                "005-Jan-2000 00:00:00 +0000",
                "expected the form dd-Mon-yyyy hh:mm:ss +zzzz at byte 2",
            ),
            (
                "00-Jan-2000 00:00:00 +0000",
                "expected day of that month at byte 0",
            ),
            (
                "\"31-Feb-2024 00:00:00 +0000\"",
                "expected day of that month at byte 1",
            ),
            (
                "29-Feb-1900 00:00:00 +0000",
                "expected day of that month at byte 0",
            ),
            (
                "01 Jan-2000 00:00:00 +0000",
                "expected the form dd-Mon-yyyy hh:mm:ss +zzzz at byte 2",
            ),
            (
                "01-Foo-2000 00:00:00 +0000",
                "expected month from Jan to Dec at byte 3",
            ),
            ("01-J", "expected month from Jan to Dec at byte 3"),
            (
                "01-Jan-0000 00:00:00 +0000",
                "expected year from 0001 to 9999 at byte 7",
            ),
            (
                "01-Jan-200 00:00:00 +0000",
                "expected year from 0001 to 9999 at byte 7",
            ),
            (
                "01-Jan-2000 24:00:00 +0000",
                "expected hour from 00 to 23 at byte 12",
            ),
            (
                "01-Jan-2000 0:00:00 +0000",
                "expected hour from 00 to 23 at byte 12",
            ),
            (
                "01-Jan-2000 00:60:00 +0000",
                "expected minute from 00 to 59 at byte 15",
            ),
            (
                "01-Jan-2000 00:00:61 +0000",
                "expected second from 00 to 59 at byte 18",
            ),
            (
                "01-Jan-2000 00:00:00 +2400",
                "expected UTC offset from -2359 to +2359 at byte 21",
            ),
            (
                "01-Jan-2000 00:00:00 +0060",
                "expected UTC offset from -2359 to +2359 at byte 21",
            ),
            (
                "01-Jan-2000 00:00:00 GMT",
                "expected UTC offset from -2359 to +2359 at byte 21",
            ),
            (
                "01-Jan-2000 00:00:00 +00",
                "expected UTC offset from -2359 to +2359 at byte 21",
            ),
            (
                "01-Jan-2000 00:00:00 +0000\"",
                "expected the form dd-Mon-yyyy hh:mm:ss +zzzz at byte 26",
            ),
            (
                "\"01-Jan-2000 00:00:00 +0000",
                "expected the form dd-Mon-yyyy hh:mm:ss +zzzz at byte 27",
            ),
        ] {
            let error = InternalDate::parse(text.as_bytes()).unwrap_err();
            assert_eq!(error.to_string(), message, "{text}");
        }
    }

    #[test]
    fn ok_split_quoted_gives_the_rest() {
        let (found, rest) =
            InternalDate::split_quoted(b"\" 5-Jan-2000 03:04:06 -0130\" UID 4)").unwrap();
        assert_eq!(
            (found, rest),
            (date("05-Jan-2000 03:04:06 -0130"), &b" UID 4)"[..])
        );
    }

    #[test]
    fn err_split_quoted_at_every_wrong_octet() {
        let good = *b"\"28-Feb-2001 13:14:15 +0130\"";
        assert!(InternalDate::split_quoted(&good).is_some());
        for at in 0..good.len() {
            let mut wire = good;
            for byte in [
                0,
                b'/',
                b':' + u8::from(at == 15 || at == 18),
                b'*',
                b'_',
                0xff,
            ] {
                wire[at] = byte;
                assert_eq!(InternalDate::split_quoted(&wire), None, "{byte:#x} at {at}");
            }
            assert_eq!(InternalDate::split_quoted(&good[..at]), None);
        }
    }

    #[test]
    fn ok_extremes_pass_through_the_time_crate() {
        for (text, unix) in [
            ("\"01-Jan-0001 00:00:00 +2359\"", -62_135_596_800 - 86_340),
            ("\"01-Jan-0001 00:00:00 -2359\"", -62_135_596_800 + 86_340),
            ("\"31-Dec-9999 23:59:59 -2359\"", 253_402_300_799 + 86_340),
            ("\"31-Dec-9999 23:59:59 +0000\"", 253_402_300_799),
            ("\"01-Jan-1970 00:00:00 -0000\"", 0),
        ] {
            let found = date(text);
            assert_eq!(found.to_unix(), unix);
            assert_eq!(
                InternalDate::try_from(OffsetDateTime::from(found)),
                Ok(found)
            );
        }
        assert_eq!(
            date("01-Jan-1970 00:00:00 -0000").to_string(),
            "\"01-Jan-1970 00:00:00 +0000\""
        );
    }

    #[test]
    fn err_from_unix_outside_of_four_digit_years() {
        use InternalDateReason::{Offset, Year};
        assert_eq!(InternalDate::from_unix(253_402_300_800, 0), Err(Year));
        assert_eq!(InternalDate::from_unix(253_402_300_799, 1), Err(Year));
        assert!(InternalDate::from_unix(253_402_300_800, -1).is_ok());
        assert_eq!(InternalDate::from_unix(-62_135_596_801, 0), Err(Year));
        assert_eq!(InternalDate::from_unix(i64::MAX, 1439), Err(Year));
        assert_eq!(InternalDate::from_unix(i64::MIN, -1439), Err(Year));
        assert_eq!(InternalDate::from_unix(0, 1440), Err(Offset));
        assert_eq!(InternalDate::from_unix(0, i16::MIN), Err(Offset));
    }

    #[test]
    fn err_from_offset_date_time_that_has_no_wire_form() {
        use InternalDateReason::{Offset, OffsetSeconds, Year};
        for (moment, reason) in [
            (datetime!(2024-01-01 0:00 +00:00:30), OffsetSeconds),
            (datetime!(1880-01-01 0:00 +00:19:32), OffsetSeconds),
            (datetime!(2024-01-01 0:00 +24:00), Offset),
            (datetime!(0000-01-01 0:00 UTC), Year),
            (datetime!(-0001-01-01 0:00 UTC), Year),
        ] {
            assert_eq!(InternalDate::try_from(moment), Err(reason));
        }
        let fraction = datetime!(2024-02-29 23:59:59.999_999 -3:30);
        assert_eq!(
            InternalDate::try_from(fraction).unwrap().to_string(),
            "\"29-Feb-2024 23:59:59 -0330\"",
        );
    }

    #[test]
    fn err_new_names_the_field() {
        use InternalDateReason::{Day, Hour, Minute, Month, Offset, Second, Year};
        let new = InternalDate::new;
        assert_eq!(new(0, 1, 1, 0, 0, 0, 0), Err(Year));
        assert_eq!(new(10_000, 1, 1, 0, 0, 0, 0), Err(Year));
        assert_eq!(new(2024, 0, 1, 0, 0, 0, 0), Err(Month));
        assert_eq!(new(2024, 13, 1, 0, 0, 0, 0), Err(Month));
        assert_eq!(new(2024, 4, 31, 0, 0, 0, 0), Err(Day));
        assert_eq!(new(2024, 4, 0, 0, 0, 0, 0), Err(Day));
        assert_eq!(new(2024, 1, 1, 24, 0, 0, 0), Err(Hour));
        assert_eq!(new(2024, 1, 1, 0, 60, 0, 0), Err(Minute));
        assert_eq!(new(2024, 1, 1, 0, 0, 60, 0), Err(Second));
        assert_eq!(new(2024, 1, 1, 0, 0, 0, -1440), Err(Offset));
        assert_eq!(Year.to_string(), "expected year from 0001 to 9999");
    }

    #[test]
    fn ok_calendar_is_that_of_the_time_crate() {
        for year in [1, 4, 100, 400, 1900, 2000, 2023, 2024, 9999] {
            for month in 1..=12 {
                let days = Month::try_from(month).unwrap().length(i32::from(year));
                assert!(InternalDate::new(year, month, days, 0, 0, 0, 0).is_ok());
                assert!(InternalDate::new(year, month, days + 1, 0, 0, 0, 0).is_err());
            }
        }
    }

    #[test]
    fn ok_display_pads() {
        let text = format!("{:>30}", date("05-Jan-2000 03:04:06 +0000"));
        assert_eq!(text, "  \"05-Jan-2000 03:04:06 +0000\"");
    }

    proptest! {
        #[test]
        fn ok_wire_form_is_read_back(
            unix in -62_135_510_400i64..=253_402_214_399,
            offset in -1439i16..=1439,
        ) {
            let date = InternalDate::from_unix(unix, offset).unwrap();
            let wire = date.write_to();
            prop_assert_eq!(date.to_unix(), unix);
            prop_assert_eq!(InternalDate::parse(&wire), Ok(date));
            prop_assert_eq!(InternalDate::split_quoted(&wire), Some((date, &b""[..])));
        }

        #[test]
        fn ok_strict_and_lenient_reading_agree(
            month in proptest::sample::select(&MONTHS[..]),
            wire in "\"[ 0-3][0-9]-Mon-[0-9]{4} [0-2][0-9]:[0-6][0-9]:[0-6][0-9] [-+][0-2][0-6]30\"",
        ) {
            let wire = wire.replace("Mon", core::str::from_utf8(&month).unwrap());
            if let Some((date, rest)) = InternalDate::split_quoted(wire.as_bytes()) {
                prop_assert_eq!(rest, b"");
                prop_assert_eq!(InternalDate::parse(wire.as_bytes()), Ok(date));
            } else if let Ok(date) = InternalDate::parse(wire.as_bytes()) {
                prop_assert_eq!(&wire[19..21], "60");
                prop_assert_eq!(date.second(), 59);
            }
        }

        #[test]
        fn ok_any_octets_are_read_or_refused(input in proptest::collection::vec(any::<u8>(), 0..40)) {
            if let Err(error) = InternalDate::parse(&input) {
                prop_assert!(error.offset <= input.len());
            }
        }
    }
}
