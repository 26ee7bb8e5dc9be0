//! Instants as HTTP writes them (RFC 9110 §5.6.7): in `Retry-After`, `Expires` and `Date`.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use jiff::fmt::strtime::BrokenDownTime;
use jiff::tz::Offset;

/// The two forms that went out of use.
const OLD: [&str; 2] = ["%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"];
/// Bytes of the longest form, with some of white space.
const LONGEST: usize = 64;

/// The instant that `text` names in one of the three forms; a wrong day of the week does not matter.
pub fn http_date(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    let usual = DateTimeParser::new().relaxed_weekday(true).parse_timestamp(text).ok();
    usual.or_else(|| OLD.iter().find_map(|form| old(form, text)))
}

fn old(form: &str, text: &str) -> Option<Timestamp> {
    let time = BrokenDownTime::parse(form, text).ok()?.to_datetime().ok()?;
    Offset::UTC.to_timestamp(time).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_forms_are_one_instant_and_the_rest_is_none() {
        let wanted: Timestamp = "1994-11-06T08:49:37Z".parse().unwrap();
        for text in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Mon, 06 Nov 1994 08:49:37 GMT",
            " Sun, 6 Nov 1994 08:49:37 +0000 ",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            assert_eq!(http_date(text), Some(wanted), "{text}");
        }
        for text in ["", "0", "-1", "tomorrow", "Sun, 36 Nov 1994 08:49:37 GMT", &"9".repeat(10_000)] {
            assert_eq!(http_date(text), None, "{text}");
        }
    }
}
