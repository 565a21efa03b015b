//! Dates without a time, as searches use them.

use core::fmt;

use time::Month;

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{Input, opt};

/// A day: year 1 to 9999, no time and no zone.
///
/// `C: a1 SEARCH SINCE 1-Feb-1994` has one. Servers compare it with the date part of what they have,
/// disregarding the zone.
///
/// ```
/// use imap_proto::Date;
///
/// let date = Date::new(1994, 2, 1)?;
/// assert_eq!(date.to_string(), "1-Feb-1994");
/// # Ok::<(), imap_proto::DateError>(())
/// ```
///
/// [RFC 9051 section 9](https://www.rfc-editor.org/rfc/rfc9051#section-9), `date`
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Date(time::Date);

impl Date {
    /// The day of that year, month (1 to 12) and day of the month (1 to 31).
    ///
    /// # Errors
    ///
    /// If there is no such day, or the year is not 1 to 9999.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, DateError> {
        let month = Month::try_from(month).map_err(|_| DateError(()))?;
        let date = time::Date::from_calendar_date(i32::from(year), month, day);
        date.map_err(|_| DateError(()))?.try_into()
    }

    /// The year, 1 to 9999.
    pub fn year(&self) -> u16 {
        // cannot fail: checked when made
        u16::try_from(self.0.year()).unwrap_or_default()
    }

    /// The month, 1 to 12.
    pub fn month(&self) -> u8 {
        u8::from(self.0.month())
    }

    /// The day of the month, 1 to 31.
    pub fn day(&self) -> u8 {
        self.0.day()
    }

    /// The English abbreviation of the month, `Jan` to `Dec`.
    pub fn month_name(&self) -> &'static str {
        let index = usize::from(self.month()) - 1;
        MONTHS.get(index).copied().unwrap_or_default()
    }
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

impl TryFrom<time::Date> for Date {
    type Error = DateError;

    fn try_from(date: time::Date) -> Result<Self, DateError> {
        if (1..=9999).contains(&date.year()) {
            Ok(Self(date))
        } else {
            Err(DateError(()))
        }
    }
}

impl From<Date> for time::Date {
    fn from(date: Date) -> Self {
        date.0
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{:04}", self.day(), self.month_name(), self.year())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// A day that is not in the calendar, or whose year is not 1 to 9999.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct DateError(());

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a day of the calendar in the years 1 to 9999")
    }
}

impl core::error::Error for DateError {}

/// A date, with or without quotes.
///
/// ```abnf
/// date       = date-text / DQUOTE date-text DQUOTE
/// date-text  = date-day "-" date-month "-" date-year
/// ```
pub(crate) fn date(i: &mut Input<'_>) -> PResult<Date> {
    let start = *i;
    let quoted = opt(i, b'"');
    let date = date_text(i).filter(|_| !quoted || opt(i, b'"'));
    match date {
        Some(date) => Ok(date),
        None => fail(start, Expected::Date),
    }
}

fn date_text(i: &mut Input<'_>) -> Option<Date> {
    let (day, rest) = match **i {
        [d @ b'0'..=b'9', b'-', ref rest @ ..] => ([b'0', d], rest),
        [t @ b'0'..=b'9', d @ b'0'..=b'9', b'-', ref rest @ ..] => ([t, d], rest),
        _ => return None,
    };
    let (month, rest) = rest.split_first_chunk::<3>()?;
    let (year, rest) = rest.strip_prefix(b"-")?.split_first_chunk::<4>()?;
    let month = MONTHS
        .iter()
        .position(|name| month.eq_ignore_ascii_case(name.as_bytes()))?;
    let date = Date::new(
        decimal(year)?,
        u8::try_from(month).ok()? + 1,
        decimal(&day)? as u8,
    );
    *i = rest;
    date.ok()
}

/// Up to four digits as a number.
fn decimal(digits: &[u8]) -> Option<u16> {
    let digit = |b: &u8| b.is_ascii_digit().then(|| u16::from(b - b'0'));
    digits
        .iter()
        .try_fold(0, |n, b| digit(b).map(|d| n * 10 + d))
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::*;
    use crate::lexeme::testing::strict;

    #[test]
    fn ok_dates_with_and_without_quotes() {
        for (input, shown) in [
            ("1-Feb-1994 x", "1-Feb-1994| x"),
            ("\"01-feb-1994\")", "1-Feb-1994|)"),
            ("29-Feb-2024", "29-Feb-2024|"),
            ("31-DEC-9999", "31-Dec-9999|"),
        ] {
            let date = strict(input.as_bytes(), |i, _| {
                date(i).map(|date| date.to_string())
            });
            assert_eq!(date, shown);
        }
    }

    #[test]
    fn err_days_that_are_not() {
        for input in [
            "",
            "x",
            "1",
            "1-Feb",
            "1-Feb-94",
            "31-Feb-1994",
            "29-Feb-2023",
            "0-Jan-2000",
            "1-Jan-0000",
            "1-Foo-1994",
            "001-Feb-1994",
            "-1-Feb-1994",
            "\"1-Feb-1994",
            "1-Feb-199x",
        ] {
            let date = strict(input.as_bytes(), |i, _| {
                date(i).map(|date| date.to_string())
            });
            assert_eq!(date, "expected date at byte 0 of response", "{input}");
        }
    }

    #[test]
    fn ok_all_months_have_their_names() {
        for month in 1..=12 {
            let date = Date::new(2000, month, 15).unwrap();
            assert_eq!((date.year(), date.month(), date.day()), (2000, month, 15));
            assert_eq!(
                date.to_string(),
                alloc::format!("15-{}-2000", date.month_name())
            );
            assert_eq!(Date::try_from(time::Date::from(date)), Ok(date));
        }
        assert_eq!(Date::new(7, 1, 2).unwrap().to_string(), "2-Jan-0007");
    }

    #[test]
    fn err_days_that_cannot_be_made() {
        for (year, month, day) in [
            (0, 1, 1),
            (10_000, 1, 1),
            (2000, 0, 1),
            (2000, 13, 1),
            (2001, 2, 29),
        ] {
            assert_eq!(
                Date::new(year, month, day).unwrap_err().to_string(),
                "expected a day of the calendar in the years 1 to 9999"
            );
        }
    }
}
