//! The only access to the clock, and the only source of new ids. Everywhere else the time is passed in.
#![expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use uuid::{ContextV7, Uuid};

/// The range of times a clock is trusted with, in Unix seconds. Zero in a stamp means an unknown time, and ids cannot
/// be older. The year 9999 is left free, so that dates a little ahead are still valid.
const EARLIEST: i64 = 1;
const LATEST: i64 = 253_370_764_799;

/// Now, as a point in time. A clock set before 1970 or after 9998 gives the nearest valid time.
pub fn now() -> Timestamp {
    clamped(SystemTime::now())
}

fn clamped(time: SystemTime) -> Timestamp {
    let [earliest, latest] = [EARLIEST, LATEST].map(|second| Timestamp::from_second(second).unwrap_or_default());
    match Timestamp::try_from(time) {
        Ok(time) => time.clamp(earliest, latest),
        Err(_) if time < UNIX_EPOCH => earliest,
        Err(_) => latest,
    }
}

/// Today, in the user's time zone.
pub fn today() -> Date {
    day_of(now())
}

/// The day of `time`, in the user's time zone.
pub fn day_of(time: Timestamp) -> Date {
    TimeZone::system().to_datetime(time).date()
}

/// The user's time zone.
pub fn zone() -> TimeZone {
    TimeZone::system()
}

/// A point in time for the file system; times before 1970 become 1970.
pub(in crate::io) fn of_files(time: Timestamp) -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(u64::try_from(time.as_millisecond()).unwrap_or_default())
}

/// Now, for measuring durations; never goes back.
pub fn monotonic() -> Instant {
    Instant::now()
}

/// A new id for a bookmark or a temporary name: a UUID of version 7 (RFC 9562 §5.7), which sorts by the time it was
/// made. Each is larger than the one before, even if the clock was set back.
pub fn new_id() -> Uuid {
    new_id_at(now())
}

fn new_id_at(now: Timestamp) -> Uuid {
    static CONTEXT: Mutex<ContextV7> = Mutex::new(ContextV7::new());
    // The context stays valid even if a thread panicked while using it.
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
        let times = clocks.map(clamped);
        let years = times.map(|time| TimeZone::UTC.to_datetime(time).year());
        assert_eq!(years, [1970, 1970, 9998, 2026, 1970]);
        assert!(times.iter().all(|time| time.as_millisecond() > 0));
        // Without the year 9998, since the ids of this process would then stay there.
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
