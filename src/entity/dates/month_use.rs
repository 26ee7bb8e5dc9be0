//! What the names of months are in one article: May, April, June, August are people, too.

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use super::Dates;
use super::calendar::weekday;
use super::months::month_name;
use super::written::Written;
use crate::entity::words::{Reading, Sentence};

/// What an article's months are.
pub(super) struct Months {
    /// The months that somebody is called: "Helen May", "Mrs May", "April Ross said".
    names: HashSet<i8>,
    /// Months and days whose year the article tells somewhere; none if it tells two.
    years: HashMap<(i8, i8), Option<i16>>,
}

impl Months {
    pub(super) fn of(reading: &Reading<'_>) -> Self {
        let mut months = Self { names: HashSet::new(), years: HashMap::new() };
        let nothing = Self { names: HashSet::new(), years: HashMap::new() };
        for sentence in &reading.sentences {
            let dates = Dates { reading, sentence, anchor: None, months: &nothing };
            for at in sentence.first..sentence.end {
                let Some(month) = month_name(reading.word(at).text) else { continue };
                if is_surname(reading, sentence, at) {
                    months.names.insert(month);
                }
                let before = at.checked_sub(1).filter(|&before| before >= sentence.first);
                let written = before.and_then(|at| dates.written(at)).or_else(|| dates.written(at));
                if let Some(Written { year: Some(year), month: Some(month), day: Some(day), .. }) = written {
                    let told = months.years.entry((month, day)).or_insert(Some(year));
                    *told = told.filter(|told| *told == year);
                }
            }
        }
        months
    }

    /// Whether somebody in the article is called like the month.
    pub(super) fn names_somebody(&self, month: i8) -> bool {
        self.names.contains(&month)
    }

    /// The year the article tells of a day elsewhere: "on May 27 … On 27 May 2007".
    pub(super) fn year_of(&self, month: i8, day: i8) -> Option<i16> {
        self.years.get(&(month, day)).copied().flatten()
    }
}

/// Whether the month at `at` stands as a surname does: behind a given name or a title, with no day or year after it.
fn is_surname(reading: &Reading<'_>, sentence: &Sentence, at: usize) -> bool {
    let before = reading.before(sentence, at);
    let next = reading.within(sentence, at + 1);
    !sentence.title_case
        && before.is_name_like()
        && !next.is_number()
        && (reading.lexicon.is_given(before.text) || reading.lexicon.title(&before.lower).is_some())
        && weekday(&before.lower).is_none()
        && month_name(before.text).is_none()
}
