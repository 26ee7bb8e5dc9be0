//! For how long an answer may be used without asking again (RFC 9111 §4.2): `Cache-Control`, `Expires`, `Age`.

use jiff::{SignedDuration, Timestamp};

use crate::feed::http_date;

/// What the headers of an answer say; several of one name are joined by commas.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct CacheHeaders<'a> {
    pub(super) cache_control: &'a str,
    pub(super) expires: Option<&'a str>,
    pub(super) date: Option<&'a str>,
    pub(super) age: Option<&'a str>,
}

impl CacheHeaders<'_> {
    /// Until when the answer that came at `now` is fresh; none if that is over, or was never said.
    pub(super) fn fresh_until(&self, now: Timestamp) -> Option<Timestamp> {
        let mut max_age = None;
        for directive in self.cache_control.split(',') {
            let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
            match name.trim().to_ascii_lowercase().as_str() {
                "no-store" | "no-cache" => return None,
                // Of two that differ the shorter one holds (RFC 9111 §4.2.1).
                "max-age" => max_age = max_age.into_iter().chain([seconds(value.trim().trim_matches('"'))?]).min(),
                _ => {}
            }
        }
        let lifetime = max_age.or_else(|| {
            let expires = http_date(self.expires?)?;
            let date = self.date.and_then(http_date).unwrap_or(now);
            Some(expires.duration_since(date).as_secs())
        })?;
        let left = lifetime.saturating_sub(self.age.and_then(seconds).unwrap_or_default());
        (left > 0).then(|| now.saturating_add(SignedDuration::from_secs(left)).unwrap_or(Timestamp::MAX))
    }
}

/// A number of seconds (RFC 9111 §1.2.2); one that is too large for us is very long.
fn seconds(text: &str) -> Option<i64> {
    let text = text.trim();
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_fresh_for_as_long_as_it_says_less_its_age() {
        let now: Timestamp = "2026-11-28T12:00:00Z".parse().unwrap();
        let date = Some("Sat, 28 Nov 2026 11:00:00 GMT");
        let expires = Some("Sat, 28 Nov 2026 11:10:00 GMT");
        let none = CacheHeaders::default();
        for (headers, wanted) in [
            (none, None),
            (CacheHeaders { cache_control: "public, max-age=600", ..none }, Some(600)),
            (CacheHeaders { cache_control: "Max-Age=\"600\"", age: Some("100"), ..none }, Some(500)),
            (CacheHeaders { cache_control: "max-age=600, max-age=60", ..none }, Some(60)),
            (CacheHeaders { cache_control: "max-age=600", age: Some("700"), ..none }, None),
            (CacheHeaders { cache_control: "max-age=0", expires, date, ..none }, None),
            (CacheHeaders { cache_control: "no-cache, max-age=600", ..none }, None),
            (CacheHeaders { cache_control: "max-age=600,no-store", ..none }, None),
            (CacheHeaders { cache_control: "max-age=-1", ..none }, None),
            // The clock of the server may be wrong: what it says itself is measured by it.
            (CacheHeaders { expires, date, ..none }, Some(600)),
            (CacheHeaders { expires, ..none }, None),
            (CacheHeaders { expires: Some("0"), date, ..none }, None),
        ] {
            let until = headers.fresh_until(now).map(|until| until.duration_since(now).as_secs());
            assert_eq!(until, wanted, "{headers:?}");
        }
        let huge = CacheHeaders { cache_control: "max-age=99999999999999999999", ..none };
        assert_eq!(huge.fresh_until(now), Some(Timestamp::MAX));
    }
}
