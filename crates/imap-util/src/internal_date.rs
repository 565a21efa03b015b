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

mod wire;
pub(crate) use wire::month_number;

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
// Two words, so that values with a date in them move in words.
#[repr(align(8))]
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
        wire::read(input)
    }

    /// Reads the 28 octets of the wire form with double quotes at the front of the input, and
    /// gives the octets after them.
    ///
    /// `None` when these octets are not exactly what the grammar says, or when the date or the
    /// time doesn't exist. What servers write instead is for [`parse`](Self::parse).
    #[inline]
    pub fn split_quoted(input: &[u8]) -> Option<(Self, &[u8])> {
        let (wire, rest) = input.split_first_chunk::<{ Self::WIRE_LEN }>()?;
        let date = wire::read_strictly(wire)?;
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
        wire::write(self)
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

    /// The first field that is out of range.
    fn fault(&self) -> Option<InternalDateReason> {
        use InternalDateReason::{Day, Hour, Minute, Month, Offset, Second, Year};
        match self {
            Self {
                year: 0 | 10_000.., ..
            } => Some(Year),
            Self {
                month: 0 | 13.., ..
            } => Some(Month),
            _ if !self.has_day() => Some(Day),
            Self { hour: 24.., .. } => Some(Hour),
            Self { minute: 60.., .. } => Some(Minute),
            Self { second: 60.., .. } => Some(Second),
            Self {
                offset_minutes: ..=-1440 | 1440..,
                ..
            } => Some(Offset),
            _ => None,
        }
    }

    /// Whether the month has that day.
    fn has_day(&self) -> bool {
        match (self.day, self.month) {
            (1..=28, _) => true,
            (29, 2) => is_leap_year(i32::from(self.year)),
            (29..=30, month) => month != 2,
            (31, month) => !matches!(month, 2 | 4 | 6 | 9 | 11),
            _ => false,
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

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::ToString;

    use time::macros::datetime;

    use super::*;

    fn date(text: &str) -> InternalDate {
        text.parse().unwrap()
    }

    #[test]
    fn ok_date_is_two_words() {
        assert_eq!(size_of::<InternalDate>(), 16);
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
}
