//! When an article was published: a day, and the instant where the article names one.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::rfc2822::DateTimeParser;
use jiff::tz::TimeZone;

use super::date::{LONGEST, parse_date};

/// When an article was published, as the article itself says.
///
/// An instant is known only where the source gives a time *and* a zone. The day is the one the source wrote down, in
/// its own zone: `2007-05-10T00:30+02:00` appeared on 10 May, although it was still 9 May in Greenwich.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Published {
    /// The day, which is what readers are shown and what relative dates count from.
    pub day: Date,
    /// The instant, to tell apart and to order what appeared on one day.
    pub instant: Option<Timestamp>,
}

impl Published {
    /// Reads a date as [`parse_date`] does, with the instant where the text has one: ISO 8601 with an offset
    /// (`2007-05-10T08:30:00+02:00`, `2007-05-10 08:30 Z`), or the date of a mail or feed (RFC 2822).
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > LONGEST {
            return None;
        }
        match parse_date(text) {
            Some(day) => Some(Self { day, instant: iso_instant(text) }),
            None => rfc2822_instant(text),
        }
    }

    /// The instant, or else the beginning of the day in UTC; none for a day that no calendar of instants has.
    pub fn earliest(&self) -> Option<Timestamp> {
        self.instant.or_else(|| TimeZone::UTC.to_timestamp(self.day.at(0, 0, 0, 0)).ok())
    }
}

impl From<Date> for Published {
    fn from(day: Date) -> Self {
        Self { day, instant: None }
    }
}

/// The instant in UTC (RFC 3339) where it is known, else the day (ISO 8601).
impl fmt::Display for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.instant {
            Some(instant) => write!(f, "{instant}"),
            None => write!(f, "{}", self.day),
        }
    }
}

/// What stands behind the day must be a time and an offset; people put a blank before each.
fn iso_instant(text: &str) -> Option<Timestamp> {
    let (day, rest) = (text.get(..10)?, text.get(10..)?);
    let time: String = rest.trim_start_matches(['T', 't', ' ']).split(' ').collect();
    format!("{day}T{time}").parse().ok()
}

fn rfc2822_instant(text: &str) -> Option<Published> {
    // Programs that write a wrong day of the week still know the date.
    const PARSER: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);
    let zoned = PARSER.parse_zoned_datetime(text).ok()?;
    Some(Published { day: zoned.date(), instant: Some(zoned.timestamp()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_with_a_zone_is_an_instant_and_its_day_is_that_of_the_zone() {
        for (text, day, instant) in [
            ("2007-05-10T08:30:00+02:00", "2007-05-10", "2007-05-10T06:30:00Z"),
            ("2007-05-10T00:30:00+02:00", "2007-05-10", "2007-05-09T22:30:00Z"),
            ("2007-05-10T08:30Z", "2007-05-10", "2007-05-10T08:30:00Z"),
            (" 2007-05-10 08:30:00 +0200 ", "2007-05-10", "2007-05-10T06:30:00Z"),
            ("2007-05-10t08:30:00.25z", "2007-05-10", "2007-05-10T08:30:00.25Z"),
            ("Thu, 10 May 2007 23:30:00 -0500", "2007-05-10", "2007-05-11T04:30:00Z"),
            ("Mon, 10 May 2007 08:30 +0000", "2007-05-10", "2007-05-10T08:30:00Z"),
            ("Thu, 10 May 2007 08:30:00 GMT", "2007-05-10", "2007-05-10T08:30:00Z"),
        ] {
            let published = Published::parse(text).unwrap();
            assert_eq!(published.day.to_string(), day, "{text}");
            assert_eq!(published.instant.map(|instant| instant.to_string()).as_deref(), Some(instant), "{text}");
            assert_eq!(published.to_string(), instant);
        }
    }

    #[test]
    fn without_a_zone_only_the_day_is_known() {
        for text in [
            "2007-05-10",
            "10 May 2007",
            "2007-05-10T08:30:00",
            "2007-05-10T25:99:00Z",
            "2007-05-10T",
            "2007-05-10 soon",
        ] {
            let published = Published::parse(text).unwrap();
            assert_eq!((published.to_string().as_str(), published.instant), ("2007-05-10", None), "{text}");
        }
        for text in ["", "yesterday", "08:30:00Z", "2007-05-1éT08:30Z", &"Thu, ".repeat(20)] {
            assert_eq!(Published::parse(text), None, "{text}");
        }
    }
}
