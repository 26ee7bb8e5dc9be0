//! Names as the tagger and the lists find them: where they are, what they are, and what stands before them.

mod abbreviations;
mod boundaries;
mod dated;
mod kinds;
mod numbers;
mod offices;
mod persons;
mod phrases;
mod repeated;
mod separators;
mod titles;

use std::ops::Range;

use super::lexicon::{Gender, ListedName};
use super::patterns::Patterns;
use super::scores::Scores;
use super::tagger::{self, Class, TaggedName};
use super::words::{Part, Reading, Sentence};
use super::{Kind, TextRange};
use titles::Titles;
pub(super) use titles::rank;

/// How sure a person's name with a title before it is at least one.
const TITLED: f32 = 0.9;

/// One place where something is named.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// Its words by number.
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) range: TextRange,
    /// What it seems to be in this place alone.
    pub(super) kind: Kind,
    /// What speaks for each kind in this place alone.
    pub(super) scores: Scores,
    /// How sure it is that this is a name of this kind, from 0 to 1.
    pub(super) confidence: f32,
    pub(super) known: Option<ListedName>,
    /// The title before it.
    pub(super) title: Option<TextRange>,
    /// The gender the title tells.
    pub(super) gender: Option<Gender>,
    pub(super) part: Part,
}

/// All names of an article, in order, without overlaps.
pub(super) fn find(reading: &Reading<'_>, patterns: &mut Patterns, works: &[Range<usize>]) -> Vec<Name> {
    let (tagged, known) = tagger::tag(reading);
    let rows: Vec<Range<usize>> = tagged.iter().map(|tagged| tagged.first..tagged.end).collect();
    patterns.give_way(reading, &rows);
    let mut names: Vec<Name> = works.iter().map(|words| Name::new(reading, words.clone(), Kind::Work, 1.0)).collect();
    let free = |words: &Range<usize>| !words.clone().any(|at| patterns.has_taken(at));
    for tagged in tagged {
        let TaggedName { mut first, mut end, class, .. } = tagged;
        // "Courier June 2", "Daughters of 1812"
        while first < end && (patterns.has_taken(end - 1) || end < tagged.end && reading.word(end - 1).is("of")) {
            end -= 1;
        }
        while first < end && patterns.has_taken(first) {
            first += 1;
        }
        let title = works.get(works.partition_point(|words| words.end <= tagged.first));
        if matches!(class, Class::Event | Class::Work | Class::Other)
            && title.is_some_and(|words| words.start < tagged.end)
        {
            // What is left of a title in italics is somebody before it: "Mizuno's Ninety Minutes". Repetition will tell.
            continue;
        }
        for piece in separators::pieces(reading, first..end, class) {
            let Some(mut words) = trimmed(reading, piece, class) else { continue };
            let confidence = tagged.confidence();
            if class == Class::Person
                && let Some(person) = separators::behind_place_of_office(reading, &words)
            {
                names.push(Name::new(reading, words.start..person, Kind::Place, confidence));
                words.start = person;
            }
            if free(&words) {
                let scores = kinds::scores(&tagged);
                names.push(Name { scores, ..Name::new(reading, words, scores.best(), confidence) });
            }
        }
    }
    for words in phrases::find(reading).into_iter().filter(&free) {
        names.retain(|name| name.end <= words.start || words.end <= name.first);
        names.push(Name::new(reading, words, Kind::Organisation, 1.0));
    }
    names.sort_by_key(|name| name.first);
    // What the lists know for certain is named, whatever the tagger made of it.
    let mut more = Vec::new();
    let loud = Loud::new(reading);
    for (words, known) in known.iter().filter(|(words, _)| !loud.means_no_name(reading, words)) {
        let next = names.partition_point(|name| name.end <= words.start);
        let sure = !known.weak && sure_of(reading, words, *known);
        let listed = || Name { known: Some(*known), ..Name::new(reading, words.clone(), known.kind, 1.0) };
        match names.get_mut(next).filter(|name| name.first < words.end) {
            Some(name) if name.first == words.start && name.end == words.end => {
                if sure || !known.weak && name.kind == known.kind {
                    *name = Name { scores: name.scores, ..listed() };
                } else if name.kind == known.kind {
                    name.known = Some(*known);
                }
            }
            // "al Qa'eda", of which the tagger saw a part
            Some(name)
                if !known.weak
                    && words.len() > 1
                    && words.start <= name.first
                    && name.end <= words.end
                    && !words.clone().any(|at| patterns.has_taken(at)) =>
            {
                *name = listed();
            }
            // "Saddam-al Qa'eda"
            Some(name)
                if !known.weak
                    && words.start > name.first + 1
                    && reading.word(words.start - 1).is("-")
                    && words.end == name.end =>
            {
                *name = Name::new(reading, name.first..words.start - 1, name.kind, name.confidence);
                more.push(listed());
            }
            None if sure && free(words) => more.push(listed()),
            _ => {}
        }
    }
    names.extend(more);
    names.sort_by_key(|name| name.first);
    let mut offices = offices::find(reading);
    offices::clear(reading, &mut offices, &mut names);
    offices::complete_bodies(reading, &mut names);
    boundaries::mend(reading, &mut names);
    repeated::uncover(reading, &mut names);
    persons::complete(reading, &mut names, free);
    repeated::add(reading, &mut names, free);
    abbreviations::complete(reading, &mut names, free);
    abbreviations::add(reading, &mut names, free);
    abbreviations::remove(reading, &mut names);
    dated::complete(reading, patterns, &mut names);
    numbers::keep(reading, patterns, &mut names);
    let titles = Titles { reading, offices: &offices };
    let mut sentences = reading.sentences.iter().peekable();
    let mut previous = None;
    for name in &mut names {
        while sentences.next_if(|sentence| sentence.end <= name.first).is_some() {}
        if let Some(sentence) = sentences.peek() {
            name.place(&titles, sentence, previous);
        }
        previous = (name.kind != Kind::Person).then_some(name.first..name.end);
    }
    names
}

/// Where a word in capitals is no abbreviation of a name: "WHO WILL PAY", "the MIT license".
struct Loud(Vec<Range<usize>>);

impl Loud {
    fn new(reading: &Reading<'_>) -> Self {
        let is_loud = |sentence: &&Sentence| {
            let words = || (sentence.first..sentence.end).map(|at| reading.word(at)).filter(|word| word.text.len() > 1);
            let capitals = words().filter(|word| word.is_all_capitals()).count();
            capitals > 2 && capitals * 10 >= words().count() * 8
        };
        Self(reading.sentences.iter().filter(is_loud).map(|sentence| sentence.first..sentence.end).collect())
    }

    fn means_no_name(&self, reading: &Reading<'_>, words: &Range<usize>) -> bool {
        let word = reading.word(words.start);
        if words.len() > 1 || !word.is_all_capitals() || word.text.len() > 5 {
            return false;
        }
        let sentence = self.0.get(self.0.partition_point(|sentence| sentence.end <= words.start));
        sentence.is_some_and(|sentence| sentence.contains(&words.start))
            || matches!(&*reading.word(words.end).lower, "license" | "licence" | "licensed")
    }
}

/// Whether a known name of several words, or one that is no capitalised English word, means what the list says.
fn sure_of(reading: &Reading<'_>, words: &Range<usize>, known: ListedName) -> bool {
    words.len() > 1 || known.country || known.kind == Kind::Group || reading.word(words.start).is_all_capitals()
}

impl Name {
    fn new(reading: &Reading<'_>, words: Range<usize>, kind: Kind, confidence: f32) -> Self {
        Self {
            first: words.start,
            end: words.end,
            range: reading.range(words.start, words.end),
            kind,
            scores: kinds::told(kind),
            confidence,
            known: None,
            title: None,
            gender: None,
            part: Part::Body,
        }
    }

    /// What a rule makes of it, whatever the tagger saw.
    fn set_kind(&mut self, kind: Kind) {
        if self.kind != kind {
            self.kind = kind;
            self.scores = kinds::told(kind);
        }
    }

    /// Sees where in the article it stands, and which title is before it.
    fn place(&mut self, titles: &Titles<'_>, sentence: &Sentence, previous: Option<Range<usize>>) {
        let reading = titles.reading;
        self.part = sentence.part;
        if let Some((title, gender)) = titles.before(sentence, self.first, previous) {
            self.title = Some(title);
            // "Lady Helena", of whom the words alone tell little.
            if self.kind == Kind::Person {
                self.confidence = self.confidence.max(TITLED);
            }
            self.gender = Some(gender).filter(|gender| *gender != Gender::Either);
        }
        // "The Observer"
        if matches!(self.kind, Kind::Organisation | Kind::Work | Kind::Other)
            && self.first > sentence.first
            && kinds::is_press(reading, self)
            && reading.word(self.first - 1).is("The")
            && !sentence.title_case
        {
            self.first -= 1;
            self.range = reading.range(self.first, self.end);
        }
    }
}

/// A tagged row without what is no part of a name: an article before it, a title, marks around it, a word that is none.
fn trimmed(reading: &Reading<'_>, mut words: Range<usize>, class: Class) -> Option<Range<usize>> {
    let marks = |at: usize| reading.word(at).text.chars().all(|c| !c.is_alphanumeric());
    while !words.is_empty() && marks(words.end - 1) && !reading.word(words.end - 1).is("!") {
        words.end -= 1;
    }
    while !words.is_empty() && marks(words.start) {
        words.start += 1;
    }
    while words.len() > 1 && matches!(reading.word(words.end - 1).lower.as_ref(), "'s" | "’s" | "'") {
        words.end -= 1;
    }
    if words.len() > 1 && reading.word(words.start).lower == "the" && class != Class::Organisation {
        words.start += 1;
    }
    words = separators::balanced(reading, words, class);
    words.start = separators::behind_common_noun(reading, &words);
    if class == Class::Person {
        words.start = titles::skip(reading, &words);
    }
    let single = words.len() == 1;
    let first = reading.word(words.start);
    let none = words.is_empty()
        || single
            && (first.text.chars().filter(|c| c.is_alphabetic()).count() < 2
                || !first.is_all_capitals()
                    && reading.lexicon.is(&first.lower, super::lexicon::class::FUNCTION)
                    && !first.is("May")
                || reading.lexicon.is(&first.lower, super::lexicon::class::COMMON)
                    && reading.lexicon.title(&first.lower).is_some());
    (!none).then_some(words)
}

#[cfg(test)]
mod tests;
