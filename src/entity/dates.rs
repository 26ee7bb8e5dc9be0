//! Finds dates: written out, in figures, and relative to the day the article was written.

use crate::article::{Date, month_from_name, parse_date};

use super::Kind;
use super::amounts::number_word;
use super::calendar::{
    Unit, Which, last_day, month, moved, nearest, on_weekday, relative, season, span, unit, weekday,
};
use super::patterns::{Pattern, Patterns};
use super::words::{Reading, Sentence};

/// The dates of an article.
pub(super) fn find(reading: &Reading<'_>, anchor: Option<Date>) -> Patterns {
    let mut patterns = Patterns::new(reading.words.len());
    for sentence in &reading.sentences {
        let dates = Dates { reading, sentence, anchor };
        let mut at = sentence.first;
        while at < sentence.end {
            match dates.at(at) {
                Some((end, value)) if end <= sentence.end && end > at => {
                    patterns.add(Pattern { first: at, end, kind: Kind::Date, value });
                    at = end;
                }
                _ => at += 1,
            }
        }
    }
    patterns
}

struct Dates<'a> {
    reading: &'a Reading<'a>,
    sentence: &'a Sentence,
    anchor: Option<Date>,
}

/// The word after the date, and its value if it could be resolved.
type Match = Option<(usize, Option<String>)>;

impl Dates<'_> {
    fn text(&self, at: usize) -> &str {
        self.reading.within(self.sentence, at).text
    }

    fn lower(&self, at: usize) -> &str {
        &self.reading.within(self.sentence, at).lower
    }

    fn before(&self, at: usize) -> &str {
        &self.reading.before(self.sentence, at).lower
    }

    fn at(&self, at: usize) -> Match {
        let word = self.reading.word(at);
        if word.is_number() {
            return self
                .day_first(at)
                .or_else(|| self.figures(at))
                .or_else(|| self.ago(at))
                .or_else(|| self.year_alone(at));
        }
        if word.text.starts_with(char::is_uppercase) {
            if let Some(day) = weekday(&word.lower) {
                return Some(self.weekday(at, day));
            }
            if let Some(found) = self.month_first(at) {
                return Some(found);
            }
        }
        self.in_words(at).or_else(|| self.ago(at))
    }

    /// A year at `at`, possibly after a comma or "of".
    fn year_at(&self, at: usize) -> Option<(usize, i16)> {
        let skip = usize::from(matches!(self.text(at), "," | "of"));
        year(self.text(at + skip)).map(|year| (at + skip + 1, year))
    }

    fn full(&self, end: usize, month: i8, day: i8) -> Match {
        if let Some((end, year)) = self.year_at(end) {
            return Some((end, Some(Date::new(year, month, day).ok()?.to_string())));
        }
        // A leap day to see that the day exists at all.
        Date::new(2000, month, day).ok()?;
        let value = self.anchor.and_then(|anchor| nearest(anchor, month, day)).map(|date| date.to_string());
        Some((end, value))
    }

    /// "27 May 2007", "the 27th of May", "22-27 May".
    fn day_first(&self, at: usize) -> Match {
        let text = self.text(at);
        let of = usize::from(self.lower(at + 1) == "of");
        let month = month_name(self.text(at + 1 + of))?;
        let end = at + 2 + of;
        if let Some((first, last)) = text.split_once(['-', '–']) {
            return self.day_span(end, month, first, last);
        }
        self.full(end, month, day(text)?)
    }

    fn day_span(&self, end: usize, month: i8, first: &str, last: &str) -> Match {
        let (_, start) = self.full(end, month, day(first)?)?;
        let (end, last) = self.full(end, month, day(last)?)?;
        Some((end, start.zip(last).map(|(start, last)| format!("{start}/{last}"))))
    }

    /// "2007-05-27", "27.05.2007", "2004-2006", "the 1990s", "'90s", "19th century".
    fn figures(&self, at: usize) -> Match {
        let text = self.text(at);
        let separators = text.chars().filter(|c| !c.is_ascii_digit()).count();
        if separators == 2
            && let Some(date) = parse_date(text)
        {
            return Some((at + 1, Some(date.to_string())));
        }
        if let Some(decade) = text.strip_suffix("0s") {
            if decade.len() == 3 && year(&format!("{decade}0")).is_some() {
                return Some((at + 1, Some(format!("{decade}X"))));
            }
            if decade.len() == 1 && matches!(self.before(at), "the" | "'" | "’" | "‘" | "early" | "late" | "mid") {
                return Some((at + 1, Some(format!("{}{decade}X", if decade < "3" { 20 } else { 19 }))));
            }
        }
        if matches!(self.lower(at + 1), "century" | "centuries")
            && let Some(number) = ordinal(text).filter(|number| (1..=30).contains(number))
        {
            return Some((at + 2, Some(format!("{:02}XX", number - 1))));
        }
        let (first, last) = text.split_once(['-', '–', '/'])?;
        let start = year(first)?;
        let last = if last.len() == 2 { year(&format!("{}{last}", start / 100))? } else { year(last)? };
        (start < last && last - start < 200).then(|| (at + 1, Some(format!("{start}/{last}"))))
    }

    /// "2007" where a year is likely.
    fn year_alone(&self, at: usize) -> Match {
        let year = year(self.text(at)).filter(|&year| (1000..=2100).contains(&year))?;
        let next = self.reading.within(self.sentence, at + 1);
        let before = self.before(at);
        let introduced = matches!(
            before,
            "in" | "since"
                | "by"
                | "until"
                | "till"
                | "during"
                | "early"
                | "late"
                | "mid"
                | "year"
                | "before"
                | "after"
                | "circa"
                | "spring"
                | "summer"
                | "autumn"
                | "winter"
                | "between"
                | "through"
                | "of"
                | "from"
                | "for"
        );
        let unlikely = matches!(
            before,
            "$" | "£"
                | "€"
                | "¥"
                | "#"
                | "no."
                | "nos."
                | "about"
                | "some"
                | "over"
                | "than"
                | "nearly"
                | "room"
                | "page"
                | ":"
                | "-"
        ) || matches!(
            &*next.lower,
            "%" | "people"
                | "percent"
                | "per"
                | "hours"
                | "year"
                | "years"
                | "gmt"
                | "utc"
                | "million"
                | "billion"
                | "-"
                | ":"
        ) || super::amounts::is_unit(&next.lower);
        let range = (1900..=2040).contains(&year);
        let plural = next.is_lower()
            && next.lower.len() > 3
            && (next.lower.ends_with('s') && !next.lower.starts_with("wa") || next.lower.ends_with("children"));
        if unlikely || !(introduced && (year >= 1400) && !plural || range && !plural) {
            return None;
        }
        Some((at + 1, Some(year.to_string())))
    }

    /// "May 27", "May 27, 2007", "May 2007", "in May".
    fn month_first(&self, at: usize) -> Match {
        let word = self.text(at);
        let number = month_name(word)?;
        if let Some(day_number) = day(self.text(at + 1)) {
            return self.full(at + 2, number, day_number);
        }
        if let Some((first, last)) = self.text(at + 1).split_once(['-', '–']) {
            return self.day_span(at + 2, number, first, last);
        }
        if let Some((end, year)) = self.year_at(at + 1) {
            return Some((end, Some(format!("{year:04}-{number:02}"))));
        }
        let before = self.before(at);
        let introduced = matches!(
            before,
            "in" | "since"
                | "until"
                | "till"
                | "last"
                | "next"
                | "this"
                | "by"
                | "early"
                | "late"
                | "mid"
                | "of"
                | "from"
                | "to"
                | "between"
                | "before"
                | "after"
                | "during"
                | "and"
                | "through"
                | "for"
        );
        let ambiguous = matches!(
            word,
            "May" | "March" | "Mar" | "Jun" | "Jan" | "Dec" | "Sep" | "Apr" | "August" | "April" | "June"
        );
        if !(introduced || !ambiguous && word.len() > 3 && at > self.sentence.first) {
            return None;
        }
        let value = self.anchor.and_then(|anchor| {
            let near = nearest(anchor, number, 15)?;
            let near = match before {
                "last" | "since" if near > anchor => near.checked_sub(jiff::ToSpan::year(1)).ok()?,
                "next" if near < anchor => near.checked_add(jiff::ToSpan::year(1)).ok()?,
                _ => near,
            };
            Some(month(near))
        });
        Some((at + 1, value))
    }

    /// "Monday", "last Monday" (through `in_words`), "Sunday, January 20, 2008", "Monday morning".
    fn weekday(&self, at: usize, day: jiff::civil::Weekday) -> (usize, Option<String>) {
        let comma = usize::from(self.text(at + 1) == ",");
        let next = at + 1 + comma;
        let date = if self.reading.within(self.sentence, next).is_number() {
            self.day_first(next).or_else(|| self.figures(next).filter(|_| self.text(next).len() > 6))
        } else if day_follows(self.text(next + 1)) {
            self.month_first(next)
        } else {
            None
        };
        if let Some(found) = date {
            return found;
        }
        if self.lower(at).ends_with("days") {
            return (at + 1, None);
        }
        let ahead = matches!(self.before(at), "until" | "till" | "coming" | "by")
            || (at.saturating_sub(6)..at).any(|before| before >= self.sentence.first && self.lies_ahead(before));
        let value = self.anchor.and_then(|anchor| on_weekday(anchor, day, None, ahead));
        (at + 1, value.map(|date| date.to_string()))
    }

    /// Whether word `at` says that what follows is still to come: "will", "is expected to".
    fn lies_ahead(&self, at: usize) -> bool {
        matches!(self.lower(at), "will" | "shall" | "'ll")
            || matches!(self.lower(at), "expected" | "due" | "scheduled")
                && matches!(self.before(at), "is" | "are" | "be")
    }

    /// "today", "last week", "this summer", "the past three years", "spring 2006", "the first quarter of 2010".
    fn in_words(&self, at: usize) -> Match {
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
                return Some((at + 4, self.anchor.and_then(value)));
            }
            "year" if is_limit(self.before(at)) && self.lower(at + 1) == "end" => {
                return Some((at + 2, self.anchor.and_then(|anchor| last_day(anchor, Unit::Year))));
            }
            "year-end" if is_limit(self.before(at)) => {
                return Some((at + 1, self.anchor.and_then(|anchor| last_day(anchor, Unit::Year))));
            }
            // "as strong today as it was", "the youth of today": these days.
            "today" if self.lower(at + 1) == "as" || matches!(self.before(at), "of" | "than" | "even" | "still") => {
                return None;
            }
            "today" | "tonight" => return Some(day(0)),
            "yesterday" => return Some(day(-1)),
            "tomorrow" => return Some(day(1)),
            "last" | "past" | "previous" => Which::Last,
            "this" | "current" => Which::This,
            "next" | "coming" => Which::Next,
            _ => {
                if let Some(number) = season(word) {
                    let of = usize::from(self.lower(at + 1) == "of");
                    let (end, year) = self.year_at(at + 1 + of)?;
                    return Some((end, Some(format!("{year:04}-{number}"))));
                }
                return self.quarter(at);
            }
        };
        let next = self.lower(at + 1);
        if let Some(found) = weekday(next).filter(|_| word != "past") {
            let value = self.anchor.and_then(|anchor| on_weekday(anchor, found, Some(which), false));
            return Some((at + 2, value.map(|date| date.to_string())));
        }
        if month_name(self.text(at + 1)).is_some() {
            return self.month_first(at + 1);
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
            let value = self.anchor.filter(|_| which != Which::This && count <= 1000.0);
            return Some((at + 3, value.and_then(|anchor| span(anchor, unit, count as i64, which == Which::Last))));
        }
        let unit = unit(next)?;
        let vague = matches!(word, "past" | "current" | "coming" | "previous");
        if unit == Unit::Day
            || matches!(next, "weekends" | "weeks" | "months" | "years" | "centuries" | "decades")
            || next == "fall" && vague
        {
            return None;
        }
        Some((at + 2, self.anchor.and_then(|anchor| relative(anchor, which, unit))))
    }

    fn quarter(&self, at: usize) -> Match {
        let number = match self.lower(at) {
            "first" | "q1" => 33,
            "second" | "q2" => 34,
            "third" | "q3" => 35,
            "fourth" | "q4" => 36,
            _ => return None,
        };
        let end = if self.lower(at).starts_with('q') { at + 1 } else { at + 2 };
        if end == at + 2 && self.lower(at + 1) != "quarter" {
            return None;
        }
        let (end, year) = self.year_at(end)?;
        Some((end, Some(format!("{year:04}-{number}"))))
    }

    /// "three years ago", "28 years ago", "a week ago", "two weeks earlier".
    fn ago(&self, at: usize) -> Match {
        let count = match self.lower(at) {
            "a" | "an" => 1.0,
            word => number_word(word)?,
        };

        if self.lower(at + 1) == "hours" && self.lower(at + 2) == "ago" && (24.0..=48.0).contains(&count) {
            return Some((at + 3, self.anchor.and_then(|anchor| moved(anchor, Unit::Day, -(count as i64 / 24)))));
        }
        let unit = unit(self.lower(at + 1)).filter(|unit| !matches!(unit, Unit::Season(_) | Unit::Quarter))?;
        (self.lower(at + 2) == "ago" && count <= 10_000.0)
            .then(|| (at + 3, self.anchor.and_then(|anchor| moved(anchor, unit, -(count as i64)))))
    }
}

/// Whether a date after this word is the last day on which something may happen.
fn is_limit(before: &str) -> bool {
    matches!(before, "by" | "until" | "till" | "before")
}

fn month_name(word: &str) -> Option<i8> {
    word.starts_with(char::is_uppercase).then(|| month_from_name(word)).flatten()
}

fn year(word: &str) -> Option<i16> {
    (word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| word.parse().ok())
        .flatten()
        .filter(|&year| year >= 1000)
}

fn ordinal(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    (digits.len() < word.len()).then(|| digits.parse().ok()).flatten()
}

fn day(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = word.get(digits.len()..)?;
    (digits.len() <= 2 && matches!(ending, "" | "st" | "nd" | "rd" | "th"))
        .then(|| digits.parse().ok())
        .flatten()
        .filter(|day| (1..=31).contains(day))
}

fn day_follows(word: &str) -> bool {
    day(word).is_some()
}

#[cfg(test)]
mod tests {
    use crate::article::{Block, BlockKind, Text, TextRange};
    use crate::entity::{Context, Kind, analyse};
    use jiff::civil::date;

    fn dates(words: &str) -> Vec<(String, Option<String>)> {
        let block = Block { kind: BlockKind::Paragraph, range: TextRange::new(0, words.len()) };
        let text = Text::new(words.into(), vec![block], vec![]);
        let context = Context { published: Some(date(2007, 5, 10)), guessed_date: None };
        let mut found: Vec<_> = analyse(&text, &context)
            .into_iter()
            .filter(|entity| entity.kind == Kind::Date)
            .map(|entity| (entity.mentions[0], entity.name, entity.value))
            .collect();
        found.sort();
        found.into_iter().map(|(_, name, value)| (name, value)).collect()
    }

    #[test]
    fn dates_written_out_and_in_figures() {
        for (words, name, value) in [
            ("It ends on May 27 at noon.", "May 27", "2007-05-27"),
            ("It ended on 3 December.", "3 December", "2006-12-03"),
            ("(The Harbour Post May 22).", "May 22", "2007-05-22"),
            ("On Sunday, January 20, 2008 it rained.", "Sunday, January 20, 2008", "2008-01-20"),
            ("The 5th of November 1605 passed.", "5th of November 1605", "1605-11-05"),
            ("It is 10.05.2007 now.", "10.05.2007", "2007-05-10"),
            ("Back in June 1998 it was.", "June 1998", "1998-06"),
            ("It was in 1979 that he left.", "1979", "1979"),
            ("Music of the 1990s plays.", "1990s", "199X"),
            ("A 19th century house.", "19th century", "18XX"),
            ("He met her on Monday.", "Monday", "2007-05-07"),
            ("They came yesterday.", "yesterday", "2007-05-09"),
            ("She left three years ago.", "three years ago", "2004"),
            ("It rained this week.", "this week", "2007-05-07/2007-05-13"),
            ("Over the last 28 years they met.", "last 28 years", "1979/2007"),
            ("By spring 2006 it was over.", "spring 2006", "2006-21"),
            ("It is shut since June.", "June", "2006-06"),
            ("The ship is expected to sail on Monday.", "Monday", "2007-05-14"),
            ("It opens at the end of the month.", "end of the month", "2007-05"),
            ("It opens by the end of the year.", "end of the year", "2007-12-31"),
            ("It opens by year-end, they say.", "year-end", "2007-12-31"),
            ("It opens before the end of this month.", "end of this month", "2007-05-31"),
            ("They met 24 hours ago.", "24 hours ago", "2007-05-09"),
            ("It ran 22-27 May.", "22-27 May", "2007-05-22/2007-05-27"),
        ] {
            assert_eq!(dates(words), [(name.to_owned(), Some(value.to_owned()))], "{words}");
        }
    }

    #[test]
    fn what_only_looks_like_a_date_is_none() {
        for words in [
            "You may go. March on!",
            "It cost $ 1999 in all.",
            "Some 2000 people came.",
            "A survey of 1709 schoolchildren began.",
            "May Lindgren spoke.",
            "The last straw.",
            "It is as good today as ever.",
            "The children of today laugh.",
        ] {
            assert_eq!(dates(words), [], "{words}");
        }
    }
}
