//! Time zones as feeds name them.

use jiff::civil::{Date, DateTime, Weekday};

/// What is added to UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// So many seconds.
    Fixed(i32),
    /// So many hours in winter, one more in summer: American names that leave that open (`ET`).
    American(i32),
}

/// That of Korea.
pub(super) const KOREA: Zone = Zone::Fixed(9 * 3600);

/// Names in lower case, and minutes. RFC 822 §5.1, and those that are seen besides; of a name that several places have,
/// the place that writes it in feeds (BST is British, IST Indian, CST American).
const NAMES: [(&str, i32); 51] = [
    ("z", 0),
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("wet", 0),
    ("west", 60),
    ("bst", 60),
    ("cet", 60),
    ("mez", 60),
    ("met", 60),
    ("mewt", 60),
    ("cest", 120),
    ("mesz", 120),
    ("mest", 120),
    ("eet", 120),
    ("sast", 120),
    ("eest", 180),
    ("msk", 180),
    ("мск", 180),
    ("eat", 180),
    ("msd", 240),
    ("gst", 240),
    ("pkt", 300),
    ("ist", 330),
    ("npt", 345),
    ("ict", 420),
    ("wib", 420),
    ("hkt", 480),
    ("sgt", 480),
    ("pht", 480),
    ("awst", 480),
    ("jst", 540),
    ("kst", 540),
    ("acst", 570),
    ("aest", 600),
    ("acdt", 630),
    ("aedt", 660),
    ("nzst", 720),
    ("nzdt", 780),
    ("brt", -180),
    ("art", -180),
    ("adt", -180),
    ("ndt", -150),
    ("nst", -210),
    ("ast", -240),
    ("edt", -240),
    ("est", -300),
    ("cdt", -300),
    ("cst", -360),
    ("mdt", -360),
    ("mst", -420),
];

/// The rest of America.
const WEST: [(&str, i32); 5] = [("pdt", -420), ("pst", -480), ("akdt", -480), ("akst", -540), ("hst", -600)];

/// Names that leave summer and winter open, and hours in winter.
const OPEN: [(&str, i32); 5] = [("at", -4), ("et", -5), ("ct", -6), ("mt", -7), ("pt", -8)];

/// The zone of that name, in lower case.
pub(super) fn named(name: &str) -> Option<Zone> {
    let fixed = NAMES.iter().chain(&WEST).find(|(known, _)| *known == name);
    let open = || OPEN.iter().find(|(known, _)| *known == name).map(|(_, hours)| Zone::American(*hours));
    fixed.map(|(_, minutes)| Zone::Fixed(minutes * 60)).or_else(open)
}

impl Zone {
    /// The seconds that are to be taken from what a clock shows there.
    pub(super) fn seconds(self, clock: DateTime) -> i32 {
        match self {
            Self::Fixed(seconds) => seconds,
            Self::American(hours) => (hours + i32::from(is_american_summer(clock))) * 3600,
        }
    }
}

/// From the second Sunday of March to the first of November, at 2:00 (Energy Policy Act of 2005, §110; before 2007 it was a
/// few weeks shorter).
fn is_american_summer(clock: DateTime) -> bool {
    let sunday = |month: i8, number: i8| {
        let first = Date::new(clock.year(), month, 1).ok()?;
        first.nth_weekday_of_month(number, Weekday::Sunday).ok().map(|day| day.at(2, 0, 0, 0))
    };
    match (sunday(3, 2), sunday(11, 1)) {
        (Some(start), Some(end)) => (start..end).contains(&clock),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_without_a_season_follow_the_date() {
        let zone = named("et").unwrap();
        for (clock, hours) in [
            ("2026-03-08T01:59:00", -5),
            ("2026-03-08T02:00:00", -4),
            ("2026-07-04T09:00:00", -4),
            ("2026-11-01T01:59:00", -4),
            ("2026-11-01T02:00:00", -5),
        ] {
            assert_eq!(zone.seconds(clock.parse().unwrap()), hours * 3600, "{clock}");
        }
        assert_eq!(named("pst"), Some(Zone::Fixed(-8 * 3600)));
        assert_eq!(named("uhr"), None);
    }
}
