//! What local clocks show, which the functions of [`imaplib`](crate::imaplib) ask for.

use time::UtcOffset;

/// The rules of the clocks of a place, as far as imaplib needs them.
///
/// This crate holds no data on time zones. `UtcOffset` of the `time` crate is a zone whose clocks
/// never change; `LocalZone` (with the feature `local-zone`) knows the zone of the process and
/// the zones of the world.
///
/// # Example
///
/// ```
/// use imap_util::{LocalOffset, Zone};
///
/// // A place which set its clocks forward by an hour for good at second 1000.
/// struct Changed;
///
/// impl Zone for Changed {
///     fn at(&self, unix: i64) -> LocalOffset {
///         LocalOffset { seconds: if unix < 1000 { 0 } else { 3600 }, is_dst: false }
///     }
///     fn standard(&self) -> i32 {
///         3600
///     }
///     fn daylight(&self) -> Option<i32> {
///         None
///     }
/// }
///
/// assert_eq!(Changed.to_unix(999), 999);
/// assert_eq!(Changed.to_unix(4600), 1000);
/// ```
pub trait Zone {
    /// How clocks are set at an instant, given in seconds since 1970-01-01 UTC.
    fn at(&self, unix: i64) -> LocalOffset;

    /// How far standard time is ahead of UTC by the rules of the current year, in seconds.
    ///
    /// Python's `time.timezone` is this with the other sign.
    fn standard(&self) -> i32;

    /// How far summer time is ahead of UTC by the rules of the current year, in seconds; `None`
    /// where the clocks don't change.
    ///
    /// Python's `time.altzone` is this with the other sign, and `time.daylight` tells whether
    /// there is one.
    fn daylight(&self) -> Option<i32>;

    /// The instant at which clocks show a local time.
    ///
    /// Both are in seconds since 1970-01-01: the argument by the clocks, the answer by UTC. Of
    /// the two instants at which a time is shown twice the later one is meant, and a time that
    /// clocks skip is taken as if they hadn't been set forward yet. Python's `time.mktime` agrees
    /// unless the C library knows better.
    fn to_unix(&self, local: i64) -> i64 {
        let with = |offset: LocalOffset| local.saturating_sub(i64::from(offset.seconds));
        let before = self.at(local.saturating_sub(DAY));
        let after = self.at(local.saturating_add(DAY));
        if self.at(with(after)).seconds == after.seconds {
            with(after)
        } else {
            with(before)
        }
    }
}

impl Zone for UtcOffset {
    fn at(&self, _unix: i64) -> LocalOffset {
        LocalOffset {
            seconds: self.whole_seconds(),
            is_dst: false,
        }
    }

    fn standard(&self) -> i32 {
        self.whole_seconds()
    }

    fn daylight(&self) -> Option<i32> {
        None
    }
}

/// How clocks are set at an instant.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct LocalOffset {
    /// How far they are ahead of UTC, in seconds.
    pub seconds: i32,
    /// Whether the time they show is called summer time there.
    pub is_dst: bool,
}

const DAY: i64 = 86_400;

#[cfg(test)]
mod tests {
    use super::*;

    /// Summer time of one hour between the seconds 1,000,000 and 2,000,000.
    struct Summer;

    impl Zone for Summer {
        fn at(&self, unix: i64) -> LocalOffset {
            let is_dst = (1_000_000..2_000_000).contains(&unix);
            LocalOffset {
                seconds: i32::from(is_dst) * 3600,
                is_dst,
            }
        }

        fn standard(&self) -> i32 {
            0
        }

        fn daylight(&self) -> Option<i32> {
            Some(3600)
        }
    }

    #[test]
    fn ok_to_unix_around_the_changes() {
        for (local, unix) in [
            (0, 0),
            (999_999, 999_999),
            // Skipped: clocks go from 1,000,000 to 1,003,600.
            (1_001_800, 1_001_800),
            (1_003_600, 1_000_000),
            (1_500_000, 1_496_400),
            // Shown twice: clocks go from 2,003,600 back to 2,000,000.
            (2_001_800, 2_001_800),
            (2_003_600, 2_003_600),
            (3_000_000, 3_000_000),
        ] {
            assert_eq!(Summer.to_unix(local), unix, "{local}");
        }
    }

    #[test]
    fn ok_fixed_offset() {
        let zone = UtcOffset::from_hms(5, 30, 0).unwrap();
        assert_eq!(
            zone.at(0),
            LocalOffset {
                seconds: 19_800,
                is_dst: false
            }
        );
        assert_eq!((zone.standard(), zone.daylight()), (19_800, None));
        assert_eq!(zone.to_unix(19_800), 0);
        assert_eq!(zone.to_unix(i64::MIN), i64::MIN);
    }
}
