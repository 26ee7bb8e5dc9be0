//! Resolves what a date phrase says against the day the article was written.
//!
//! Values are ISO 8601 dates and EDTF (Library of Congress, 2019): `200X` for a decade, `2006-21` for a season,
//! `2007-33` for a quarter, `2007-40` for a half, `2007-05-07/2007-05-13` for a span, `-0043` for 44 BC.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// Which of several weeks, months … is meant, relative to the article's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    Last,
    This,
    Next,
}

/// Where a date lies, seen from the article's day; that day itself is on either side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Past,
    Ahead,
    /// As timetables speak: ahead, unless it has only just gone by.
    Scheduled,
}

/// Days after which what a timetable told is no longer spoken of as to come: "submissions close on 26 July".
const GONE_BY: i32 = 45;

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
pub(in crate::entity) fn weekday(lower: &str) -> Option<Weekday> {
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

/// The year of a month, or a day of it, that is told without one: the last that was or the next that comes (this month,
/// this day included), or, where nothing tells, the nearest. A weekday that fits decides where it can.
pub(super) fn year_of(
    anchor: Date,
    month: i8,
    day: Option<i8>,
    weekday: Option<Weekday>,
    side: Option<Side>,
) -> Option<i16> {
    let days = (-8..=8).filter_map(|years| {
        let year = anchor.year() + years;
        Date::new(year, month, day.unwrap_or(15)).ok()
    });
    let distance = |date: &Date| (anchor.until(*date).map_or(i32::MAX, |span| span.get_days().abs()), date.year());
    let fitting = |date: &Date| weekday == Some(date.weekday()) && (date.year() - anchor.year()).abs() <= 1;
    if let Some(fitting) = days.clone().filter(fitting).min_by_key(distance) {
        return Some(fitting.year());
    }
    // A month alone is not over as long as it lasts.
    let here = |date: &Date| match day {
        Some(_) => date.cmp(&anchor),
        None => (date.year(), date.month()).cmp(&(anchor.year(), anchor.month())),
    };
    let fits = |date: &Date| match side {
        Some(Side::Past) => here(date).is_le(),
        Some(Side::Ahead) => here(date).is_ge(),
        Some(Side::Scheduled) => here(date).is_ge() || day.is_some() && distance(date).0 <= GONE_BY,
        None => true,
    };
    days.filter(fits).min_by_key(distance).map(Date::year)
}

/// The last such weekday before the anchor, today included; the next one after it if it lies ahead.
pub(super) fn on_weekday(anchor: Date, day: Weekday, which: Option<Which>, side: Side) -> Option<Date> {
    let back = i64::from((7 + anchor.weekday().to_monday_zero_offset() - day.to_monday_zero_offset()) % 7);
    let days = match which {
        Some(Which::Next) => 7 - back,
        Some(Which::Last) if back == 0 => -7,
        _ if side != Side::Past && back > 0 => 7 - back,
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

/// What "over the last year" is: the unit that ends today, or begins today, to the day (a decade to the year).
pub(super) fn running(anchor: Date, unit: Unit, back: bool) -> Option<String> {
    let step = if back { -1 } else { 1 };
    let other = match unit {
        Unit::Week => anchor.checked_add((step * 7).days()).ok()?,
        Unit::Month => anchor.checked_add(step.months()).ok()?,
        Unit::Quarter => anchor.checked_add((step * 3).months()).ok()?,
        Unit::Year => anchor.checked_add(step.years()).ok()?,
        Unit::Decade => return span(anchor, Unit::Year, 10, back),
        Unit::Century => return span(anchor, Unit::Year, 100, back),
        Unit::Day | Unit::Weekend | Unit::Season(_) => return None,
    };
    Some(if back { format!("{other}/{anchor}") } else { format!("{anchor}/{other}") })
}

/// The last `count` units up to the anchor, as a span.
pub(super) fn span(anchor: Date, unit: Unit, count: i64, back: bool) -> Option<String> {
    let here = match unit {
        Unit::Day | Unit::Week | Unit::Weekend => anchor.to_string(),
        Unit::Month => month(anchor),
        Unit::Year => format!("{:04}", anchor.year()),
        Unit::Decade => return span(anchor, Unit::Year, count.checked_mul(10)?, back),
        Unit::Century => return span(anchor, Unit::Year, count.checked_mul(100)?, back),
        Unit::Season(_) | Unit::Quarter => return None,
    };
    let other = moved(anchor, unit, if back { -count } else { count })?;
    Some(if back { format!("{other}/{here}") } else { format!("{here}/{other}") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_without_a_year_belongs_to_the_nearest_one() {
        let year = |anchor, month, day| year_of(anchor, month, Some(day), None, None);
        assert_eq!(year(date(2007, 5, 10), 5, 27), Some(2007));
        assert_eq!(year(date(2007, 1, 3), 12, 28), Some(2006));
        assert_eq!(year(date(2007, 12, 30), 1, 2), Some(2008));
        assert_eq!(year(date(2007, 12, 30), 2, 30), None);
    }

    #[test]
    fn a_side_or_a_weekday_decides_the_year() {
        let autumn = date(2026, 11, 24);
        for (month, day, side, wanted) in [
            (3, Some(21), Side::Past, 2026),
            (1, Some(5), Side::Past, 2026),
            (1, Some(12), Side::Ahead, 2027),
            (11, Some(24), Side::Past, 2026),
            (11, Some(24), Side::Ahead, 2026),
            (11, Some(25), Side::Past, 2025),
            (2, None, Side::Past, 2026),
            (4, None, Side::Ahead, 2027),
            (11, None, Side::Past, 2026),
            (11, None, Side::Ahead, 2026),
            (11, Some(12), Side::Scheduled, 2026),
            (4, Some(12), Side::Scheduled, 2027),
            (8, Some(12), Side::Scheduled, 2027),
        ] {
            assert_eq!(year_of(autumn, month, day, None, Some(side)), Some(wanted), "{month} {day:?} {side:?}");
        }
        // 26 June was a Sunday in 2022.
        assert_eq!(year_of(date(2023, 6, 30), 6, Some(26), Some(Weekday::Sunday), None), Some(2022));
        // A wrong weekday is a slip.
        assert_eq!(year_of(date(2007, 5, 10), 5, Some(9), Some(Weekday::Monday), None), Some(2007));
    }

    #[test]
    fn weekdays_count_backwards_unless_told_otherwise() {
        let thursday = date(2007, 5, 10);
        let (past, ahead) = (Side::Past, Side::Ahead);
        assert_eq!(on_weekday(thursday, Weekday::Monday, None, past), Some(date(2007, 5, 7)));
        assert_eq!(on_weekday(thursday, Weekday::Thursday, None, past), Some(thursday));
        assert_eq!(on_weekday(thursday, Weekday::Thursday, Some(Which::Last), past), Some(date(2007, 5, 3)));
        assert_eq!(on_weekday(thursday, Weekday::Monday, Some(Which::Next), past), Some(date(2007, 5, 14)));
        assert_eq!(on_weekday(thursday, Weekday::Monday, None, ahead), Some(date(2007, 5, 14)));
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
        assert_eq!(span(thursday, Unit::Decade, 3, true).as_deref(), Some("1977/2007"));
        assert_eq!(running(thursday, Unit::Year, true).as_deref(), Some("2006-05-10/2007-05-10"));
        assert_eq!(running(thursday, Unit::Decade, true).as_deref(), Some("1997/2007"));
        assert_eq!(running(thursday, Unit::Month, false).as_deref(), Some("2007-05-10/2007-06-10"));
        assert_eq!(moved(thursday, Unit::Day, -3).as_deref(), Some("2007-05-07"));
        assert_eq!(moved(date(9999, 12, 31), Unit::Day, 3), None);
    }
}
