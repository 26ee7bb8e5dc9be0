//! The only clock, and the only maker of new ids. Everybody else is handed the time.
#![expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
use uuid::Uuid;

/// Now, as a point in time.
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// The day it is where the user is.
pub fn today() -> Date {
    day_of(now())
}

/// The day it was at `time` where the user is.
pub fn day_of(time: Timestamp) -> Date {
    TimeZone::system().to_datetime(time).date()
}

/// A point in time as the file system has them; those before 1970 are 1970.
pub(in crate::io) fn of_files(time: Timestamp) -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(u64::try_from(time.as_millisecond()).unwrap_or_default())
}

/// Now, for measuring how long something takes; never goes back.
pub fn monotonic() -> Instant {
    Instant::now()
}

/// A new id for a bookmark or a temporary name: a UUID of version 7 (RFC 9562 §5.7), which sorts by the time it was made.
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_differ_and_sort_by_age() {
        let ids: Vec<Uuid> = (0..1000).map(|_| new_id()).collect();
        assert!(ids.is_sorted_by(|older, newer| older < newer));
    }

    #[test]
    fn today_is_at_most_a_time_zone_away_from_the_day_in_greenwich() {
        let greenwich = TimeZone::UTC.to_datetime(now()).date();
        let near = [greenwich.yesterday().unwrap(), greenwich, greenwich.tomorrow().unwrap()];
        assert!(near.contains(&today()));
    }
}
