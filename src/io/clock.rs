//! The only clock, and the only maker of new ids. Everybody else is handed the time.
#![expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
use uuid::{ContextV7, Uuid};

/// The times a clock is believed, in seconds since 1970. Zero in a stamp means that nothing is known of its time, and no
/// id can be older. The year 9999 is left free, so that whoever looks a month ahead stays among the dates there are.
const EARLIEST: i64 = 1;
const LATEST: i64 = 253_370_764_799;

/// Now, as a point in time. A clock that is set before 1970 or after 9998 is taken for the nearest time that is not.
pub fn now() -> Timestamp {
    believed(SystemTime::now())
}

fn believed(time: SystemTime) -> Timestamp {
    let [earliest, latest] = [EARLIEST, LATEST].map(|second| Timestamp::from_second(second).unwrap_or_default());
    match Timestamp::try_from(time) {
        Ok(time) => time.clamp(earliest, latest),
        Err(_) if time < UNIX_EPOCH => earliest,
        Err(_) => latest,
    }
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
/// Each is larger than the one before, even if the clock was set back meanwhile.
pub fn new_id() -> Uuid {
    new_id_at(now())
}

fn new_id_at(now: Timestamp) -> Uuid {
    static CONTEXT: Mutex<ContextV7> = Mutex::new(ContextV7::new());
    // A context that was being counted on in a thread that panicked counts on as well.
    let context = CONTEXT.lock().unwrap_or_else(PoisonError::into_inner);
    let (second, nanosecond) = (now.as_second().max(0), now.subsec_nanosecond().max(0));
    Uuid::new_v7(uuid::Timestamp::from_unix(&*context, second as u64, nanosecond as u32))
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
    fn ids_stay_unique_and_sorted_whatever_the_clock_says() {
        let clocks = [0, -400_000_000_000, 9_000_000_000_000, 1_795_425_304, 5].map(|second: i64| {
            let age = Duration::from_secs(second.unsigned_abs());
            if second < 0 { UNIX_EPOCH.checked_sub(age).unwrap() } else { UNIX_EPOCH + age }
        });
        let times = clocks.map(believed);
        let years = times.map(|time| TimeZone::UTC.to_datetime(time).year());
        assert_eq!(years, [1970, 1970, 9998, 2026, 1970]);
        assert!(times.iter().all(|time| time.as_millisecond() > 0));
        // Forwards alone, since a clock that was once in the year 9998 stays there for the ids of this process.
        let ids: Vec<Uuid> = [times[0], times[1], times[3], times[4]]
            .iter()
            .flat_map(|time| [(); 50].map(|()| new_id_at(*time)))
            .collect();
        assert!(ids.is_sorted_by(|older, newer| older < newer));
        assert!(ids.iter().all(|id| id.get_version_num() == 7));
        let _in_range = times.map(|time| (day_of(time).tomorrow().unwrap(), of_files(time)));
    }

    #[test]
    fn today_is_at_most_a_time_zone_away_from_the_day_in_greenwich() {
        let greenwich = TimeZone::UTC.to_datetime(now()).date();
        let near = [greenwich.yesterday().unwrap(), greenwich, greenwich.tomorrow().unwrap()];
        assert!(near.contains(&today()));
    }
}
