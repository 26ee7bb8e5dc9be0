//! Resolves what a date phrase says against the day the article was written.
//!
//! Values are ISO 8601 dates and EDTF (Library of Congress, 2019): `200X` for a decade, `2006-21` for a season,
//! `2007-05-07/2007-05-13` for a span.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// Which of several weeks, months … is meant, relative to the article's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    Last,
    This,
    Next,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Weekend,
    Month,
    Year,
    Decade,
    Century,
    /// EDTF number of the season, 21 (spring) to 24 (winter).
    Season(u8),
    Quarter,
}

/// The unit a word names, singular or plural, lower case.
pub(super) fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "day" | "days" => Unit::Day,
        "week" | "weeks" => Unit::Week,
        "weekend" | "weekends" => Unit::Weekend,
        "month" | "months" => Unit::Month,
        "year" | "years" => Unit::Year,
        "decade" | "decades" => Unit::Decade,
        "century" | "centuries" => Unit::Century,
        "quarter" => Unit::Quarter,
        _ => return season(word).map(Unit::Season),
    })
}

/// EDTF number of a season.
pub(super) fn season(word: &str) -> Option<u8> {
    Some(match word {
        "spring" => 21,
        "summer" => 22,
        "autumn" | "fall" => 23,
        "winter" => 24,
        _ => return None,
    })
}

/// The weekday a word names.
pub(super) fn weekday(lower: &str) -> Option<Weekday> {
    Some(match lower.trim_end_matches('s') {
        "monday" => Weekday::Monday,
        "tueday" | "tuesday" => Weekday::Tuesday,
        "wednesday" | "wedneday" => Weekday::Wednesday,
        "thursday" | "thurday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

/// The day of the nearest year that has this month and day.
pub(super) fn nearest(anchor: Date, month: i8, day: i8) -> Option<Date> {
    (-1..=1)
        .filter_map(|years| Date::new(anchor.year() + years, month, day).ok())
        .min_by_key(|date| (anchor.until(*date).map_or(i32::MAX, |span| span.get_days().abs()), date.year()))
}

/// The last such weekday before the anchor, today included; the next one after it if `ahead`.
pub(super) fn on_weekday(anchor: Date, day: Weekday, which: Option<Which>, ahead: bool) -> Option<Date> {
    let back = i64::from((7 + anchor.weekday().to_monday_zero_offset() - day.to_monday_zero_offset()) % 7);
    let days = match which {
        Some(Which::Next) => 7 - back,
        Some(Which::Last) if back == 0 => -7,
        _ if ahead && back > 0 => 7 - back,
        _ => -back,
    };
    anchor.checked_add(days.days()).ok()
}

/// `count` units before (negative) or after the anchor, no more exact than the unit.
pub(super) fn moved(anchor: Date, unit: Unit, count: i64) -> Option<String> {
    if count.abs() > 10_000 {
        return None;
    }
    let year = |years: i64| i16::try_from(i64::from(anchor.year()) + years).ok();
    Some(match unit {
        Unit::Day => anchor.checked_add(count.days()).ok()?.to_string(),
        Unit::Week | Unit::Weekend => anchor.checked_add((count * 7).days()).ok()?.to_string(),
        Unit::Month => month(anchor.checked_add(count.months()).ok()?),
        Unit::Year => year(count).filter(|&year| year > 0)?.to_string(),
        Unit::Decade => format!("{}X", year(count * 10).filter(|&year| year > 999)? / 10),
        Unit::Century => format!("{}XX", year(count * 100).filter(|&year| year > 99)? / 100),
        Unit::Season(_) | Unit::Quarter => return None,
    })
}

/// Year and month.
pub(super) fn month(date: Date) -> String {
    format!("{:04}-{:02}", date.year(), date.month())
}

/// Last, this or next week, month, summer …
pub(super) fn relative(anchor: Date, which: Which, unit: Unit) -> Option<String> {
    let step = match which {
        Which::Last => -1,
        Which::This => 0,
        Which::Next => 1,
    };
    let monday = anchor.checked_add((step * 7 - i64::from(anchor.weekday().to_monday_zero_offset())).days()).ok()?;
    match unit {
        Unit::Week => Some(format!("{monday}/{}", monday.checked_add(6.days()).ok()?)),
        Unit::Weekend => {
            let back = if which == Which::Last { monday.checked_add(7.days()).ok()? } else { monday };
            let back = if which == Which::Last { back.checked_add((-7).days()).ok()? } else { back };
            Some(format!("{}/{}", back.checked_add(5.days()).ok()?, back.checked_add(6.days()).ok()?))
        }
        Unit::Season(season) => {
            // The season of this year, unless it lies ahead (last) or behind (next).
            let middle = match season {
                21 => 4,
                22 => 7,
                23 => 10,
                _ => 1,
            };
            let year = anchor.year();
            let year = match which {
                Which::Last if anchor.month() <= middle + 1 => year - 1,
                Which::Next if anchor.month() >= middle - 1 => year + 1,
                _ => year,
            };
            Some(format!("{year:04}-{season}"))
        }
        Unit::Quarter => {
            let quarter = i64::from(anchor.year()) * 4 + i64::from((anchor.month() - 1) / 3) + step;
            Some(format!("{:04}-{}", quarter.div_euclid(4), 33 + quarter.rem_euclid(4)))
        }
        unit => moved(anchor, unit, step),
    }
}

/// The last day of the anchor's month or year.
pub(super) fn last_day(anchor: Date, unit: Unit) -> Option<String> {
    let day = match unit {
        Unit::Month => anchor.last_of_month(),
        Unit::Year => anchor.last_of_year(),
        _ => return None,
    };
    Some(day.to_string())
}

/// The last `count` units up to the anchor, as a span.
pub(super) fn span(anchor: Date, unit: Unit, count: i64, back: bool) -> Option<String> {
    let other = moved(anchor, unit, if back { -count } else { count })?;
    let here = match unit {
        Unit::Day | Unit::Week | Unit::Weekend => anchor.to_string(),
        Unit::Month => month(anchor),
        Unit::Year => format!("{:04}", anchor.year()),
        _ => return None,
    };
    Some(if back { format!("{other}/{here}") } else { format!("{here}/{other}") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_without_a_year_belongs_to_the_nearest_one() {
        assert_eq!(nearest(date(2007, 5, 10), 5, 27), Some(date(2007, 5, 27)));
        assert_eq!(nearest(date(2007, 1, 3), 12, 28), Some(date(2006, 12, 28)));
        assert_eq!(nearest(date(2007, 12, 30), 1, 2), Some(date(2008, 1, 2)));
        assert_eq!(nearest(date(2007, 12, 30), 2, 30), None);
    }

    #[test]
    fn weekdays_count_backwards_unless_told_otherwise() {
        let thursday = date(2007, 5, 10);
        assert_eq!(on_weekday(thursday, Weekday::Monday, None, false), Some(date(2007, 5, 7)));
        assert_eq!(on_weekday(thursday, Weekday::Thursday, None, false), Some(thursday));
        assert_eq!(on_weekday(thursday, Weekday::Thursday, Some(Which::Last), false), Some(date(2007, 5, 3)));
        assert_eq!(on_weekday(thursday, Weekday::Monday, Some(Which::Next), false), Some(date(2007, 5, 14)));
        assert_eq!(on_weekday(thursday, Weekday::Monday, None, true), Some(date(2007, 5, 14)));
    }

    #[test]
    fn relative_units() {
        let thursday = date(2007, 5, 10);
        for (which, unit, wanted) in [
            (Which::This, Unit::Week, "2007-05-07/2007-05-13"),
            (Which::Last, Unit::Weekend, "2007-05-05/2007-05-06"),
            (Which::Last, Unit::Month, "2007-04"),
            (Which::Next, Unit::Year, "2008"),
            (Which::Last, Unit::Season(22), "2006-22"),
            (Which::This, Unit::Decade, "200X"),
            (Which::Last, Unit::Quarter, "2007-33"),
        ] {
            assert_eq!(relative(thursday, which, unit).as_deref(), Some(wanted));
        }
        assert_eq!(span(thursday, Unit::Year, 28, true).as_deref(), Some("1979/2007"));
        assert_eq!(moved(thursday, Unit::Day, -3).as_deref(), Some("2007-05-07"));
        assert_eq!(moved(date(9999, 12, 31), Unit::Day, 3), None);
    }
}
