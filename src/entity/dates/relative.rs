//! Dates that count from the day the article was written: "last week", "three years ago", "over the last decade".

use super::calendar::{Side, Unit, Which, last_day, moved, on_weekday, relative, running, span, unit, weekday};
use super::months::month_name;
use super::{Dates, Match};
use crate::entity::amounts::number_word;

impl Dates<'_> {
    /// "today", "last week", "this summer", "the past three years", "the end of the month".
    pub(super) fn in_words(&self, at: usize) -> Match {
        let word = self.lower(at);
        let day = |days| (at + 1, self.anchor.and_then(|anchor| moved(anchor, Unit::Day, days)));
        let which = match word {
            "twenties" | "thirties" | "forties" | "fifties" | "sixties" | "seventies" | "eighties" | "nineties"
                if self.before(at) == "the" =>
            {
                let names = ["twen", "thir", "fort", "fift", "sixt", "seve", "eigh", "nine"];
                let number = names.iter().position(|name| word.starts_with(name))?;
                return Some((at + 1, Some(format!("19{}X", number + 2))));
            }
            "end" if self.lower(at + 1) == "of" && matches!(self.lower(at + 2), "the" | "this") => {
                let unit = unit(self.lower(at + 3)).filter(|unit| matches!(unit, Unit::Month | Unit::Year))?;
                // "by the end of the year" is a day; "at the end of the year" is some time.
                let before = if self.before(at) == "the" { self.before(at - 1) } else { self.before(at) };
                let value = |anchor| {
                    if is_limit(before) { last_day(anchor, unit) } else { relative(anchor, Which::This, unit) }
                };
                let value = self.anchor.and_then(value);
                // "the end of this year 2022"
                let told = self.year_at(at + 4).filter(|(_, year)| {
                    unit == Unit::Year && value.as_ref().is_some_and(|value| value.starts_with(&year.to_string()))
                });
                return Some((told.map_or(at + 4, |(end, _)| end), value));
            }
            "year" if is_limit(self.before(at)) && self.lower(at + 1) == "end" => {
                return Some((at + 2, self.anchor.and_then(|anchor| last_day(anchor, Unit::Year))));
            }
            "year-end" if is_limit(self.before(at)) => {
                return Some((at + 1, self.anchor.and_then(|anchor| last_day(anchor, Unit::Year))));
            }
            // "as strong today as it was", "the youth of today", "Today, he is a teacher": these days.
            "today"
                if self.lower(at + 1) == "as"
                    || matches!(self.before(at), "of" | "than" | "even" | "still")
                    || self.is_of_these_days(at, at + 1) =>
            {
                return None;
            }
            // "TODAY NICARAGUA" is a paper
            "today"
                if self.reading.word(at).is_all_capitals()
                    && self.reading.within(self.sentence, at + 1).is_name_like() =>
            {
                return None;
            }
            // "the technology of tomorrow"
            "tomorrow" if self.before(at) == "of" => return None,
            "today" | "tonight" => return Some(day(0)),
            "yesterday" => return Some(day(-1)),
            "tomorrow" => return Some(day(1)),
            "last" | "past" | "previous" => Which::Last,
            "this" | "current" => Which::This,
            "next" | "coming" => Which::Next,
            _ => return None,
        };
        // "more than in the previous year" counts from another day.
        let anchor = self.anchor.filter(|_| word != "previous");
        let next = self.lower(at + 1);
        match (word, next) {
            ("last", "night") => return Some((at + 2, anchor.and_then(|anchor| moved(anchor, Unit::Day, -1)))),
            ("this", "morning" | "afternoon" | "evening") => {
                return Some((at + 2, anchor.and_then(|anchor| moved(anchor, Unit::Day, 0))));
            }
            _ => {}
        }
        if let Some(found) = weekday(next).filter(|_| word != "past") {
            let side = self.side(at, at + 2).unwrap_or(Side::Past);
            let value = anchor.and_then(|anchor| on_weekday(anchor, found, Some(which), side));
            return Some((at + 2, value.map(|date| date.to_string())));
        }
        if month_name(self.text(at + 1)).is_some() {
            return self.month_alone(at + 1, false);
        }
        let mut number_at = at + 1;
        while matches!(self.lower(number_at), "few" | "couple" | "of" | "several") && number_at < at + 4 {
            number_at += 1;
        }
        if number_at > at + 1 {
            let unit = unit(self.lower(number_at))?;
            let plural = !matches!(unit, Unit::Season(_));
            return plural.then_some((number_at + 1, None));
        }
        if let Some(count) = number_word(next) {
            let unit = unit(self.lower(at + 2)).filter(|unit| !matches!(unit, Unit::Season(_) | Unit::Quarter))?;
            let value = anchor.filter(|_| which != Which::This && count <= 1000.0);
            return Some((at + 3, value.and_then(|anchor| span(anchor, unit, count as i64, which == Which::Last))));
        }
        if word == "this" && next == "years" {
            // "this years festival", for want of an apostrophe
            return Some((at + 2, anchor.and_then(|anchor| relative(anchor, which, Unit::Year))));
        }
        let unit = unit(next)?;
        let vague = matches!(word, "past" | "current" | "coming" | "previous");
        if unit == Unit::Day
            || matches!(next, "weekends" | "weeks" | "months" | "years" | "centuries" | "decades")
            || next == "fall" && vague
        {
            return None;
        }
        if which != Which::This && self.is_running(at, word) {
            // "in the last week of August" is another matter.
            let of = self.lower(at + 2) == "of";
            return (!of).then(|| (at + 2, anchor.and_then(|anchor| running(anchor, unit, which == Which::Last))));
        }
        let value = anchor.and_then(|anchor| relative(anchor, which, unit));
        // "the end of this year 2022", "this year, 2022,"
        let told = self.year_at(at + 2).filter(|(_, year)| unit == Unit::Year && value == Some(year.to_string()));
        Some((told.map_or(at + 2, |(end, _)| end), value))
    }

    /// Whether a time is counted up to today, or on from today: "over the last decade", "within the next year", "in the
    /// past month". Last year, without an article, is the one in the calendar.
    fn is_running(&self, at: usize, word: &str) -> bool {
        let within =
            |word: &str| matches!(word, "over" | "within" | "in" | "during" | "for" | "throughout" | "through");
        match self.before(at) {
            "the" => word == "past" || within(self.before(at - 1)) || word == "last" && self.lower(at + 1) == "decade",
            before => before == "within" || before == "over" && word == "last",
        }
    }

    /// "has ruled for almost 15 years": the years up to today.
    pub(super) fn so_far(&self, at: usize) -> Match {
        let count = number_word(self.lower(at)).filter(|count| (2.0..=1000.0).contains(count))?;
        let unit = unit(self.lower(at + 1)).filter(|unit| matches!(unit, Unit::Year | Unit::Decade | Unit::Century))?;
        let is_part =
            |word: &str| matches!(word, "almost" | "nearly" | "over" | "about" | "more" | "than" | "some" | "around");
        let mut start = at;
        while start > self.sentence.first && at - start < 3 && is_part(self.before(start)) {
            start -= 1;
        }
        let has = |at: usize| at >= self.sentence.first && matches!(self.lower(at), "has" | "have" | "'ve");
        let until_now = self.before(start) == "for" && (start.saturating_sub(9)..start).any(has);
        // "almost 15 years" began in no year in particular.
        let value = || span(self.anchor.filter(|_| start == at)?, unit, count as i64, true);
        (until_now && self.lower(at + 2) != "ago").then(|| (at + 2, value()))
    }

    /// "three years ago", "28 years ago", "a week ago".
    pub(super) fn ago(&self, at: usize) -> Match {
        let count = match self.lower(at) {
            "a" | "an" => 1.0,
            "several" | "some" | "many" => return self.vaguely_ago(at + 1),
            word => number_word(word)?,
        };
        if matches!(self.lower(at + 1), "few" | "couple") {
            return self.vaguely_ago(at + 2 + usize::from(self.lower(at + 2) == "of"));
        }
        if self.lower(at + 1) == "hours" && self.lower(at + 2) == "ago" && (24.0..=48.0).contains(&count) {
            return Some((at + 3, self.anchor.and_then(|anchor| moved(anchor, Unit::Day, -(count as i64 / 24)))));
        }
        let unit = unit(self.lower(at + 1)).filter(|unit| !matches!(unit, Unit::Season(_) | Unit::Quarter))?;
        (self.lower(at + 2) == "ago" && count <= 10_000.0)
            .then(|| (at + 3, self.anchor.and_then(|anchor| moved(anchor, unit, -(count as i64)))))
    }

    /// "a few years ago", "several months ago": no day in particular.
    fn vaguely_ago(&self, at: usize) -> Match {
        unit(self.lower(at))?;
        (self.lower(at + 1) == "ago").then_some((at + 2, None))
    }
}

/// Whether a date after this word is the last day on which something may happen.
fn is_limit(before: &str) -> bool {
    matches!(before, "by" | "until" | "till" | "before")
}
