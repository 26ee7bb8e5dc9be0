//! Finds dates: written out, in figures, and relative to the day the article was written.

mod calendar;
mod figures;
mod holidays;
mod month_use;
mod months;
mod periods;
mod ranges;
mod readable;
mod relative;
mod starters;
mod tense;
mod verb_forms;
mod written;
mod years;

#[cfg(test)]
mod tests;

pub(super) use calendar::weekday;
pub(super) use readable::readable;

use super::lexicon::class;
use super::patterns::{Pattern, Patterns};
use super::words::{Part, Reading, Sentence};
use super::{Context, Kind};
use crate::article::Date;
use calendar::Side;
use month_use::Months;

/// The dates of an article.
pub(super) fn find(reading: &Reading<'_>, context: &Context) -> Patterns {
    let mut patterns = Patterns::new(reading.words.len());
    let months = Months::of(reading);
    let opening = || opening_day(reading, context.guessed_date, &months);
    let anchor = context.published.or_else(opening).or(context.guessed_date);
    for sentence in &reading.sentences {
        let dates = Dates { reading, sentence, anchor, months: &months };
        let mut at = sentence.first;
        while at < sentence.end {
            let found = starters::may_begin(reading.word(at)).then(|| dates.at(at)).flatten();
            match found {
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

/// Words of an opening before its date: "PORT ELIZABETH, South Africa,".
const OPENING: usize = 10;

/// The day of a wire-style opening, the last such day before `guessed` if it tells no year: "LAGOS, May 17 (Reuters) -".
fn opening_day(reading: &Reading<'_>, guessed: Option<Date>, months: &Months) -> Option<Date> {
    let sentence = reading.sentences.iter().find(|sentence| sentence.part == Part::Body)?;
    let dates = Dates { reading, sentence, anchor: guessed, months };
    let mut reach = sentence.first..sentence.end.min(sentence.first + OPENING);
    let (first, written) =
        reach.find_map(|at| Some((at, dates.written(at).filter(|written| written.day.is_some())?)))?;
    if !dates.is_dateline(first, written.end) {
        return None;
    }
    dates.resolved(&written, Some(Side::Past)).and_then(|day| day.parse().ok())
}

struct Dates<'a> {
    reading: &'a Reading<'a>,
    sentence: &'a Sentence,
    anchor: Option<Date>,
    months: &'a Months,
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

    /// Whether word `at` follows the one before it without a blank.
    fn is_joined(&self, at: usize) -> bool {
        at > self.sentence.first && self.reading.word(at - 1).range.end == self.reading.word(at).range.start
    }

    /// Whether a date opens a sentence as agencies do: nothing but a place and an agency before it, a dash after it.
    fn is_dateline(&self, first: usize, mut end: usize) -> bool {
        if first >= self.sentence.first + OPENING {
            return false;
        }
        let opens = first == self.sentence.first;
        if matches!(self.text(end), "(" | ",") {
            let closes = (end + 1..end + 8).find(|&at| self.text(at) == ")");
            end = closes.map_or(end, |at| at + 1);
        } else if opens {
            // "12 January: the court rules" is a diary
            return false;
        }
        matches!(self.text(end), "-" | "–" | "—" | "--" | ":" | "---")
            && (self.sentence.first + 1..first).all(|at| {
                let word = self.reading.word(at);
                word.is_name_like() || matches!(word.text, "," | "(" | ")" | "-" | "–" | "/" | "." | "News")
            })
    }

    /// The date that begins at word `at`.
    fn at(&self, at: usize) -> Match {
        match self.lower(at) {
            "between" => self.range(at + 1, true),
            "early" | "mid" | "late" | "later" | "earlier" => self.about(at),
            _ => self.range(at, false).or_else(|| self.single(at)),
        }
    }

    /// A date that is no range of two.
    fn single(&self, at: usize) -> Match {
        let word = self.reading.word(at);
        if word.is_number() {
            return self
                .on_day(at)
                .or_else(|| self.figures(at))
                .or_else(|| self.half_or_quarter(at))
                .or_else(|| self.ago(at))
                .or_else(|| self.so_far(at))
                .or_else(|| self.year_alone(at));
        }
        if matches!(word.text, "'" | "’" | "‘") {
            return self.short_year(at);
        }
        if word.text.starts_with(char::is_uppercase) {
            if let Some(day) = weekday(&word.lower) {
                if self.is_part_of_name(at) {
                    return None;
                }
                return Some(self.on_day(at).unwrap_or_else(|| self.weekday(at, day)));
            }
            let found = self.on_day(at).or_else(|| self.month_alone(at, false)).or_else(|| self.holiday(at));
            if found.is_some() {
                return found;
            }
        }
        self.nth_weekday(at)
            .or_else(|| self.figures(at))
            .or_else(|| self.half_or_quarter(at))
            .or_else(|| self.in_words(at))
            .or_else(|| self.ago(at))
            .or_else(|| self.so_far(at))
    }

    /// Whether a weekday is part of a name: "Black Friday", "the Sunday Courier", "Pastor Sunday Adeyemi".
    fn is_part_of_name(&self, at: usize) -> bool {
        let next = self.reading.within(self.sentence, at + 1);
        let paper = next.is_name_like() && self.reading.lexicon.is(&next.lower, class::PRESS);
        let before = self.reading.before(self.sentence, at).text;
        let titled = before.is_empty() || self.reading.lexicon.title(self.before(at)).is_some();
        let given = titled && months::is_rest_of_name(next) && self.reading.lexicon.name(next.text).is_none();
        paper
            || given
            || matches!(
                before,
                "Black"
                    | "Good"
                    | "Ash"
                    | "Palm"
                    | "Easter"
                    | "Holy"
                    | "Maundy"
                    | "Cyber"
                    | "Bloody"
                    | "Super"
                    | "Giving"
                    | "Whit"
                    | "Shrove"
            )
    }

    /// "late March", "mid-November", "early 2024", "late last year", "the early '90s".
    fn about(&self, at: usize) -> Match {
        let next = at + 1 + usize::from(matches!(self.text(at + 1), "-" | "–" | "in"));
        let of_age = matches!(self.before(at), "his" | "her" | "their" | "my" | "your" | "our" | "its");
        if of_age
            || matches!(self.lower(at), "later" | "earlier") && !matches!(self.lower(next), "this" | "last" | "next")
        {
            return None;
        }
        self.on_day(next).or_else(|| self.month_alone(next, true)).or_else(|| self.single(next))
    }
}
