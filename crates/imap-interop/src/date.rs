//! Points in time as messages and IMAP write them.

use time::{OffsetDateTime, UtcOffset};

/// A point in time as the `Date` field writes it.
///
/// Seconds since 1970-01-01 UTC and the zone in hours from UTC: 0 and 9 give
/// `Thu, 01 Jan 1970 09:00:00 +0900`.
///
/// [RFC 5322 section 3.3](https://www.rfc-editor.org/rfc/rfc5322#section-3.3)
pub(crate) fn date(seconds: i64, zone_hours: i8) -> String {
    let utc = OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let offset = UtcOffset::from_hms(zone_hours, 0, 0).unwrap_or(UtcOffset::UTC);
    let local = utc.to_offset(offset);
    let sign = if zone_hours < 0 { '-' } else { '+' };
    format!(
        "{}, {:02} {} {} {:02}:{:02}:{:02} {sign}{:02}00",
        short(local.weekday()),
        local.day(),
        short(local.month()),
        local.year(),
        local.hour(),
        local.minute(),
        local.second(),
        zone_hours.unsigned_abs(),
    )
}

/// A point in time in UTC as `APPEND` has it, for instance `01-Jan-1970 00:00:00 +0000`.
///
/// [RFC 9051 section 6.3.12](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.12)
pub(crate) fn date_time(seconds: i64) -> String {
    let utc = OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    format!(
        "{:02}-{}-{:04} {:02}:{:02}:{:02} +0000",
        utc.day(),
        short(utc.month()),
        utc.year(),
        utc.hour(),
        utc.minute(),
        utc.second(),
    )
}

/// The first three letters of an English name.
fn short(name: impl ToString) -> String {
    name.to_string().chars().take(3).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_dates_in_both_directions_of_utc() {
        assert_eq!(date(0, 9), "Thu, 01 Jan 1970 09:00:00 +0900");
        assert_eq!(date(0, -7), "Wed, 31 Dec 1969 17:00:00 -0700");
        assert_eq!(date(1_600_000_000, 0), "Sun, 13 Sep 2020 12:26:40 +0000");
    }

    #[test]
    fn ok_date_time() {
        assert_eq!(date_time(951_827_696), "29-Feb-2000 12:34:56 +0000");
    }
}
