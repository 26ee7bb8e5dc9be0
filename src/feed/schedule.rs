//! When a feed is asked for, and what is remembered of it after that.
//!
//! A feed is left alone for as long as it or its server asks, and after failures for longer each time; but nothing that
//! was computed here is longer than a day, so that a mistake, here or there, mends itself.

use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

use super::{FeedState, http_date};

/// The longest time a feed is left alone, unless its server named a time with `Retry-After`.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);
/// The time after a first failure; it doubles with each that follows.
const FIRST_PAUSE: SignedDuration = SignedDuration::from_mins(30);

/// What came of asking for a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It came, and is not as it was.
    Came {
        /// What the feed calls itself.
        title: Option<String>,
        /// The page of the web it belongs to.
        home: Option<String>,
        /// For how many minutes it asks to be left alone.
        ttl: Option<u32>,
        /// The hours of the day, in UTC, at which it asks to be left alone.
        skip_hours: Vec<u8>,
        /// The hash of its bytes.
        body_hash: [u8; 32],
        /// What its server says of it.
        validity: Validity,
    },
    /// It is as it was.
    Unchanged(Validity),
    /// Its server asks for patience, or did when another of its feeds was asked for.
    Held {
        /// Until when.
        until: Timestamp,
        /// Why, for people.
        problem: String,
    },
    /// It did not come.
    Failed {
        /// Why, for people, with what to do.
        problem: String,
        /// Whether its server says that it is gone for good.
        is_gone: bool,
    },
}

/// What a server says of what it sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validity {
    /// Its ETag.
    pub etag: Option<Vec<u8>>,
    /// Its Last-Modified.
    pub last_modified: Option<Vec<u8>>,
    /// Until when it may be used without asking again.
    pub fresh_until: Option<Timestamp>,
}

/// When a server asks to be asked again: `Retry-After` has seconds or a date (RFC 9110 §10.2.3). None if that is over, or
/// makes no sense.
pub fn retry_at(retry_after: &str, now: Timestamp) -> Option<Timestamp> {
    let text = retry_after.trim();
    let at = if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let seconds = text.parse().unwrap_or(i64::MAX);
        now.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
    } else {
        http_date(text)?
    };
    (at > now).then_some(at)
}

impl FeedState {
    /// Whether the feed at `address` is to be asked for by itself, if that is done at each `interval`.
    pub fn is_due(&self, address: &str, interval: SignedDuration, now: Timestamp) -> bool {
        if self.is_gone || self.is_held(now) {
            return false;
        }
        // A clock that was ahead and was set back: what was computed by it means nothing.
        let is_sensible = |at: &Timestamp| at.duration_since(now) <= LONGEST;
        let Some(checked_at) = self.checked_at.filter(|at| *at <= now) else { return true };
        // Somewhat less than the interval, and each feed at its own time: not all of them at once.
        let rhythm = scaled(interval, 0.9 + 0.1 * share(address, 0));
        let is_time = checked_at.saturating_add(rhythm).is_ok_and(|at| at <= now);
        let is_over = self.due_at.filter(is_sensible).is_none_or(|at| at <= now);
        is_time && is_over && !skips(&self.skip_hours, now)
    }

    /// Whether its server asked not to be asked now, which holds whoever asks.
    pub fn is_held(&self, now: Timestamp) -> bool {
        let was_before = self.checked_at.is_none_or(|checked_at| checked_at <= now);
        was_before && self.held_until.is_some_and(|until| now < until)
    }

    /// What is remembered of the feed at `address` after it was asked for at `now`.
    #[must_use]
    pub fn after(&self, address: &str, outcome: Outcome, now: Timestamp) -> Self {
        let mut state = self.clone();
        let well = |state: &mut Self, validity: Validity| {
            state.etag = validity.etag;
            state.last_modified = validity.last_modified;
            state.fetched_at = Some(now);
            (state.failures, state.problem, state.is_gone) = (0, None, false);
            state.held_until = None;
            let ttl = state.ttl.map(|minutes| SignedDuration::from_mins(i64::from(minutes)));
            let asked = validity.fresh_until.map(|until| until.duration_since(now));
            state.due_at = ttl.into_iter().chain(asked).max().map(|wait| later(now, wait.min(LONGEST)));
        };
        match outcome {
            Outcome::Came { title, home, ttl, skip_hours, body_hash, validity } => {
                (state.title, state.home, state.ttl, state.skip_hours) = (title, home, ttl, skip_hours);
                state.body_hash = Some(body_hash);
                well(&mut state, validity);
            }
            Outcome::Unchanged(validity) => well(&mut state, validity),
            Outcome::Held { until, problem } => {
                (state.held_until, state.due_at, state.problem) = (Some(until), Some(until), Some(problem));
                // It was left alone for the sake of another, and keeps the time at which it was asked itself.
                return state;
            }
            Outcome::Failed { problem, is_gone } => {
                state.failures = state.failures.saturating_add(1);
                let pause = FIRST_PAUSE.saturating_mul(1 << (state.failures - 1).min(10)).min(LONGEST);
                state.due_at = Some(later(now, scaled(pause, 0.8 + 0.2 * share(address, state.failures))));
                (state.problem, state.is_gone, state.held_until) = (Some(problem), is_gone, None);
            }
        }
        state.checked_at = Some(now);
        state
    }
}

/// Whether a feed asks to be left alone at this hour; one that asks for it at every hour is not believed.
fn skips(hours: &[u8], now: Timestamp) -> bool {
    let hour = Offset::UTC.to_datetime(now).hour();
    hours.iter().any(|skipped| i8::try_from(*skipped) == Ok(hour)) && !(0..24).all(|hour| hours.contains(&hour))
}

fn later(now: Timestamp, wait: SignedDuration) -> Timestamp {
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}

fn scaled(time: SignedDuration, by: f64) -> SignedDuration {
    SignedDuration::try_from_secs_f64(time.as_secs_f64() * by).unwrap_or(time)
}

/// A number from 0 to 1 that is another for each address and count, and always the same for both: FNV-1a
/// (draft-eastlake-fnv).
fn share(address: &str, count: u32) -> f64 {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = address.bytes().chain(count.to_le_bytes()).fold(0xcbf2_9ce4_8422_2325, mix);
    (hash >> 40) as f64 / f64::from(1_u32 << 24)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FEED: &str = "https://example.org/feed";

    fn noon() -> Timestamp {
        "2026-11-28T12:00:00Z".parse().unwrap()
    }

    fn minutes(minutes: i64) -> SignedDuration {
        SignedDuration::from_mins(minutes)
    }

    fn came(ttl: Option<u32>, skip_hours: &[u8], fresh: Option<SignedDuration>) -> FeedState {
        let fresh_until = fresh.map(|fresh| later(noon(), fresh));
        let validity = Validity { etag: Some(b"\"1\"".to_vec()), last_modified: None, fresh_until };
        let (title, home, body_hash) = (Some("A feed".to_owned()), None, [1; 32]);
        let outcome = Outcome::Came { title, home, ttl, skip_hours: skip_hours.to_vec(), body_hash, validity };
        FeedState::default().after(FEED, outcome, noon())
    }

    fn is_due_after(state: &FeedState, wait: i64) -> bool {
        state.is_due(FEED, minutes(30), later(noon(), minutes(wait)))
    }

    fn failed(state: &FeedState, times: u32) -> FeedState {
        let outcome = || Outcome::Failed { problem: "no".to_owned(), is_gone: false };
        (0..times).fold(state.clone(), |state, _| state.after(FEED, outcome(), noon()))
    }

    #[test]
    fn a_feed_is_due_at_once_and_then_at_each_interval() {
        assert!(FeedState::default().is_due(FEED, minutes(30), noon()));
        let state = came(None, &[], None);
        assert!(!is_due_after(&state, 26) && is_due_after(&state, 30), "{state:?}");
        assert_eq!((state.etag.as_deref(), state.title.as_deref()), (Some(&b"\"1\""[..]), Some("A feed")));
        let dues: Vec<bool> = (0..50)
            .map(|number| state.is_due(&format!("{FEED}/{number}"), minutes(100), later(noon(), minutes(95))))
            .collect();
        assert!(dues.contains(&true) && dues.contains(&false), "not all at once");
    }

    #[test]
    fn what_feed_and_server_ask_for_is_heard_up_to_a_day() {
        let hours = |hours: i64| Some(minutes(60 * hours));
        for (state, not_yet, due) in [
            (came(Some(60), &[], None), 59, 60),
            (came(None, &[], hours(2)), 119, 120),
            (came(Some(60), &[], hours(2)), 119, 120),
            (came(Some(180), &[], hours(2)), 179, 180),
            (came(Some(u32::MAX), &[], None), 24 * 60 - 1, 24 * 60),
            (came(None, &[], hours(24 * 365)), 24 * 60 - 1, 24 * 60),
            (came(None, &[12, 13], None), 119, 120),
        ] {
            assert!(!is_due_after(&state, not_yet) && is_due_after(&state, due), "{state:?}");
        }
        let every: Vec<u8> = (0..24).collect();
        assert!(is_due_after(&came(None, &every, None), 30));
        // What it says of itself holds as long as it is as it was.
        let unchanged = came(Some(60), &[], None).after(FEED, Outcome::Unchanged(Validity::default()), noon());
        assert!(!is_due_after(&unchanged, 59) && is_due_after(&unchanged, 60));
    }

    #[test]
    fn a_feed_that_fails_is_left_alone_for_longer_each_time_and_never_longer_than_a_day() {
        let waits: Vec<i64> = (1..12)
            .map(|times| failed(&FeedState::default(), times).due_at.unwrap().duration_since(noon()).as_mins())
            .collect();
        assert!(waits.is_sorted_by(|a, b| a < b || *b > 19 * 60) && waits[0] >= 24 && waits[0] <= 30, "{waits:?}");
        assert!(waits.iter().all(|wait| *wait <= 24 * 60), "{waits:?}");
        let state = failed(&came(None, &[], None), 3);
        assert_eq!((state.failures, state.problem.as_deref()), (3, Some("no")));
        assert!(state.etag.is_some() && state.fetched_at == Some(noon()), "what it had stays");
        let well = state.after(FEED, Outcome::Unchanged(Validity::default()), noon());
        assert_eq!((well.failures, well.problem.as_deref(), well.due_at), (0, None, None));
    }

    #[test]
    fn who_asks_for_patience_gets_it_and_who_is_gone_is_left_alone() {
        let until = later(noon(), minutes(3 * 24 * 60));
        let held = came(None, &[], None).after(FEED, Outcome::Held { until, problem: "later".to_owned() }, noon());
        assert!(held.is_held(later(noon(), minutes(3 * 24 * 60 - 1))) && !held.is_held(until));
        assert!(!is_due_after(&held, 2 * 24 * 60) && is_due_after(&held, 3 * 24 * 60));
        assert_eq!(held.failures, 0);
        let gone = failed(&held, 1).after(FEED, Outcome::Failed { problem: "gone".to_owned(), is_gone: true }, noon());
        assert!(gone.is_gone && !is_due_after(&gone, 365 * 24 * 60));
        assert!(!gone.after(FEED, Outcome::Unchanged(Validity::default()), noon()).is_gone);
    }

    #[test]
    fn a_clock_that_was_set_back_keeps_no_feed_waiting() {
        let mut state = came(Some(600), &[], None);
        state.held_until = Some(later(noon(), minutes(60)));
        let long_ago: Timestamp = "2020-01-01T00:00:00Z".parse().unwrap();
        assert!(state.is_due(FEED, minutes(30), long_ago) && !state.is_held(long_ago));
        state.checked_at = Some(long_ago);
        state.held_until = None;
        assert!(state.is_due(FEED, minutes(30), later(long_ago, minutes(30))), "due_at lies years ahead");
    }

    #[test]
    fn retry_after_has_seconds_or_a_date() {
        let wait = |text: &str| retry_at(text, noon()).map(|at| at.duration_since(noon()).as_secs());
        assert_eq!(wait("120"), Some(120));
        assert_eq!(wait(" 604800 "), Some(604_800));
        assert_eq!(wait("Sat, 28 Nov 2026 12:10:00 GMT"), Some(600));
        for text in ["", "0", "-1", "soon", "Sat, 28 Nov 2026 11:10:00 GMT"] {
            assert_eq!(wait(text), None, "{text}");
        }
        assert_eq!(retry_at("99999999999999999999", noon()), Some(Timestamp::MAX));
    }

    proptest! {
        #[test]
        fn nothing_waits_longer_than_a_day_by_itself(
            ttl in any::<Option<u32>>(), fresh in 0_i64..i64::MAX, fails in 0_u32..40, address in ".{0,20}",
        ) {
            let fresh_until = Some(later(noon(), SignedDuration::from_secs(fresh)));
            let state = FeedState { ttl, ..FeedState::default() };
            let validity = Validity { fresh_until, ..Validity::default() };
            let state = failed(&state.after(&address, Outcome::Unchanged(validity), noon()), fails);
            prop_assert!(state.is_due(&address, minutes(24 * 60), later(noon(), LONGEST)));
        }
    }
}
