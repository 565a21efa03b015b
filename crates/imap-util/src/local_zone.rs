//! The zones of the world and that of the process, by the crate `jiff`.

use core::error::Error;
use core::fmt;

use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};

use crate::{LocalOffset, Zone};

/// A [`Zone`] by its name or of the process.
///
/// The data are those of the system, or those that the program carries if it does: on Windows,
/// and wherever another crate asks for the feature `tzdb-bundle-always` of `jiff`. They give the
/// same offsets, but may say otherwise of what is summer time: for Irish winters the data of
/// systems do, the others don't.
///
/// # Example
///
/// ```
/// use imap_util::{LocalZone, Zone};
///
/// let berlin = LocalZone::named("Europe/Berlin", 2026)?;
/// assert_eq!((berlin.standard(), berlin.daylight()), (3600, Some(7200)));
/// assert!(berlin.at(1_720_000_000).is_dst);
/// # Ok::<(), imap_util::LocalZoneError>(())
/// ```
#[derive(Clone, Debug)]
pub struct LocalZone {
    zone: TimeZone,
    standard: i32,
    daylight: Option<i32>,
}

impl LocalZone {
    /// The zone of the process: that of the variable `TZ`, or else that of the system.
    ///
    /// What is standard time and what is summer time is told by the clocks in January and July of
    /// `year`, which should be the current one.
    ///
    /// # Errors
    ///
    /// When `TZ` names no zone that is known, or the system has no zone set.
    pub fn system(year: u16) -> Result<Self, LocalZoneError> {
        let zone = TimeZone::try_system().map_err(|cause| LocalZoneError { cause })?;
        Ok(Self::new(zone, year))
    }

    /// The zone that a variable `TZ` with this value would mean: a name such as `Europe/Berlin`,
    /// or rules such as `CET-1CEST,M3.5.0,M10.5.0/3`.
    ///
    /// `year` is as in [`system`](Self::system).
    ///
    /// # Errors
    ///
    /// When the name is not in the data and is no rule either.
    pub fn named(tz: &str, year: u16) -> Result<Self, LocalZoneError> {
        TimeZoneDatabase::bundled()
            .get(tz)
            .or_else(|_| TimeZone::get(tz))
            .or_else(|cause| TimeZone::posix(tz).map_err(|_| LocalZoneError { cause }))
            .map(|zone| Self::new(zone, year))
    }

    fn new(zone: TimeZone, year: u16) -> Self {
        let january = (i64::from(year) - 1970) * JULIAN_YEAR;
        let [january, july] =
            [january, january + JULIAN_YEAR / 2].map(|unix| offset(&zone, unix).seconds);
        let daylight = if january == july {
            None
        } else {
            Some(january.max(july))
        };
        Self {
            zone,
            standard: january.min(july),
            daylight,
        }
    }
}

impl Zone for LocalZone {
    fn at(&self, unix: i64) -> LocalOffset {
        offset(&self.zone, unix)
    }

    fn standard(&self) -> i32 {
        self.standard
    }

    fn daylight(&self) -> Option<i32> {
        self.daylight
    }
}

/// A zone that isn't known.
#[derive(Clone, Debug)]
pub struct LocalZoneError {
    cause: jiff::Error,
}

impl fmt::Display for LocalZoneError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected time zone that is known here")
    }
}

impl Error for LocalZoneError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.cause)
    }
}

fn offset(zone: &TimeZone, unix: i64) -> LocalOffset {
    let [first, last] = [Timestamp::MIN, Timestamp::MAX].map(Timestamp::as_second);
    // The calendar, and with it the rules for years to come, are the same again every 400 years.
    let excess = unix.saturating_sub(last).max(0);
    let same = unix
        - excess
            .div_euclid(ERA)
            .saturating_add(i64::from(excess % ERA != 0))
            * ERA;
    let timestamp = Timestamp::from_second(same.max(first)).unwrap_or(Timestamp::UNIX_EPOCH);
    let info = zone.to_offset_info(timestamp);
    LocalOffset {
        seconds: info.offset().seconds(),
        is_dst: info.dst().is_dst(),
    }
}

/// A year of 365.25 days in seconds, by which Python finds a January and a July.
const JULIAN_YEAR: i64 = 31_557_600;

/// 400 years in seconds.
const ERA: i64 = 146_097 * 86_400;

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn ok_standard_and_summer_time_on_both_hemispheres() {
        for (tz, standard, daylight) in [
            ("UTC0", 0, None),
            ("Europe/Dublin", 0, Some(3600)),
            ("Australia/Lord_Howe", 37_800, Some(39_600)),
            ("Asia/Kolkata", 19_800, None),
            ("MST+07MDT,M4.1.0,M10.5.0", -25_200, Some(-21_600)),
        ] {
            let zone = LocalZone::named(tz, 2026).unwrap();
            assert_eq!(
                (zone.standard(), zone.daylight()),
                (standard, daylight),
                "{tz}"
            );
        }
    }

    #[test]
    fn ok_the_year_decides_whether_clocks_change() {
        let daylight = |year| LocalZone::named("Europe/Moscow", year).unwrap().daylight();
        assert_eq!((daylight(2010), daylight(2026)), (Some(14_400), None));
    }

    #[test]
    fn ok_any_instant_has_an_offset() {
        let zone = LocalZone::named("Europe/Berlin", 2026).unwrap();
        let seconds = |unix| zone.at(unix).seconds;
        let july = 1_720_000_000;
        assert_eq!(seconds(july), 7200);
        assert_eq!(
            [20, 21, 50, 1000].map(|eras| seconds(july + eras * ERA)),
            [7200; 4]
        );
        assert_eq!(
            [20, 21, 50, 1000].map(|eras| seconds(july + eras * ERA + ERA / 800)),
            [3600; 4]
        );
        assert_eq!(seconds(i64::MIN), seconds(-377_705_023_201));
        assert!([3600, 7200].contains(&seconds(i64::MAX)));
    }

    #[test]
    fn err_unknown_zone_has_its_cause() {
        let error = LocalZone::named("Nowhere/Nothing", 2026).unwrap_err();
        assert_eq!(error.to_string(), "expected time zone that is known here");
        assert!(
            error
                .source()
                .unwrap()
                .to_string()
                .contains("Nowhere/Nothing")
        );
    }

    #[test]
    fn ok_zone_of_the_process_is_that_of_jiff() {
        // A machine may have none.
        let expected = TimeZone::try_system().ok();
        let expected = expected.map(|zone| zone.to_offset(Timestamp::UNIX_EPOCH).seconds());
        let found = LocalZone::system(2026).ok().map(|zone| zone.at(0).seconds);
        assert_eq!(found, expected);
    }
}
