//! Finds names: capitals show where one may be, lexicons and the words around tell what it is.
//!
//! This is the stage that guesses. It votes; the `document` stage decides.

mod evidence;
mod heads;
mod titles;

use std::collections::HashSet;
use std::ops::Range;

use self::heads::head_kind;
use self::titles::Title;
use super::lexicon::{Gender, Known, class};
use super::patterns::Patterns;
use super::words::{Part, Reading, Sentence, Word};
use super::{Kind, TextRange};

/// How strongly a mention speaks for each kind of name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Votes([i32; 6]);

impl Votes {
    const KINDS: [Kind; 6] = [Kind::Person, Kind::Place, Kind::Organisation, Kind::Group, Kind::Event, Kind::Work];

    pub(super) fn add(&mut self, kind: Kind, weight: i32) {
        for (vote, other) in self.0.iter_mut().zip(Self::KINDS) {
            if other == kind {
                *vote += weight;
            }
        }
    }

    pub(super) fn sum(&mut self, other: &Self) {
        for (vote, more) in self.0.iter_mut().zip(other.0) {
            *vote = vote.saturating_add(more);
        }
    }

    /// The kind with the most votes, and how many; the first of equals.
    pub(super) fn best(&self) -> (Kind, i32) {
        let mut best = (Kind::Person, i32::MIN);
        for (kind, &votes) in Self::KINDS.into_iter().zip(&self.0) {
            if votes > best.1 {
                best = (kind, votes);
            }
        }
        best
    }
}

/// One place where something is named.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// Its words by number.
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) range: TextRange,
    pub(super) votes: Votes,
    pub(super) known: Option<Known>,
    /// The title before it.
    pub(super) title: Option<TextRange>,
    /// The gender the title tells.
    pub(super) gender: Option<Gender>,
    pub(super) part: Part,
    /// Whether it is but a word like *Institute* after *the*.
    pub(super) head_alone: bool,
    /// Whether the capital may be there for another reason: a sentence begins, or all words have one.
    pub(super) unsure_capital: bool,
}

/// Words of the longest name; keeps the time linear where everything is capitalised.
pub(super) const LONGEST_RUN: usize = 14;

/// All names of an article, in order.
pub(super) fn find(reading: &Reading<'_>, patterns: &Patterns, works: &[Range<usize>]) -> Vec<Name> {
    // "al-Rahim" is a name, whatever it begins with.
    let is_plain = |word: &&Word<'_>| word.is_lower() && !word.is_name_like();
    let lower_seen = reading.words.iter().filter(is_plain).map(|word| &*word.lower).collect();
    let mut names = Vec::new();
    for sentence in &reading.sentences {
        let mut finder =
            Finder { reading, sentence, patterns, works, lower_seen: &lower_seen, title: None, names: &mut names };
        let mut at = sentence.first;
        while at < sentence.end {
            at = finder.step(at).max(at + 1);
        }
    }
    names
}

struct Finder<'a> {
    reading: &'a Reading<'a>,
    sentence: &'a Sentence,
    patterns: &'a Patterns,
    works: &'a [Range<usize>],
    lower_seen: &'a HashSet<&'a str>,
    title: Option<Title>,
    names: &'a mut Vec<Name>,
}

impl<'a> Finder<'a> {
    fn word(&self, at: usize) -> &'a Word<'a> {
        self.reading.within(self.sentence, at)
    }

    fn before(&self, at: usize) -> &'a Word<'a> {
        self.reading.before(self.sentence, at)
    }

    /// Looks at word `at` and gives the next one to look at.
    fn step(&mut self, at: usize) -> usize {
        if let Ok(number) = self.works.binary_search_by_key(&at, |words| words.start)
            && let Some(words) = self.works.get(number)
        {
            let mut votes = Votes::default();
            votes.add(Kind::Work, 8);
            return self.push(at, words.end, votes, None);
        }
        if self.patterns.has_taken(at) {
            return at + 1;
        }
        let word = self.word(at);
        if word.kind != crate::text::tokens::TokenKind::Word {
            return self.known_at(at).map_or(at + 1, |(end, known)| self.take_known(at, end, known));
        }
        if let Some(end) = self.phrase(at) {
            let mut votes = Votes::default();
            votes.add(Kind::Organisation, 6);
            return self.push(at, end, votes, None);
        }
        if let Some((end, known)) = self.known_at(at) {
            if !self.goes_on(at, end, known) {
                return self.take_known(at, end, known);
            }
        } else if let Some(end) = self.title(at) {
            return end;
        }
        if self.may_be_name(at) { self.chunk(at) } else { at + 1 }
    }

    fn take_known(&mut self, at: usize, end: usize, known: Known) -> usize {
        let mut votes = Votes::default();
        let single = end == at + 1;
        votes.add(known.kind, if known.weak && single { 2 } else { 6 });
        if known.weak && single {
            if self.starts(at) && self.is_common(self.word(at)) {
                return end;
            }
            if known.kind != Kind::Work {
                self.context_votes(at, end, &mut votes);
            }
            if known.kind == Kind::Organisation && self.before(at).lower == "the" {
                votes.add(Kind::Organisation, 1);
            }
        }
        self.push(at, end, votes, Some(known))
    }

    fn known_at(&self, at: usize) -> Option<(usize, Known)> {
        self.reading.known_at(self.sentence, at)
    }

    /// Whether a known name is only the beginning of a longer one: "Baghdad University", "Jordan Blake".
    fn goes_on(&self, at: usize, end: usize, known: Known) -> bool {
        let run = self.run(at);
        // "Royal Society of Edinburgh"
        if known.kind == Kind::Organisation && self.word(end).is("of") && self.of_follows(at, end) {
            return true;
        }
        // "Santa Cruz das Flores"
        if known.kind == Kind::Place && !known.country && is_place_particle(self.word(end).text) && run > end {
            return true;
        }
        if run <= end {
            return known.weak
                && end == at + 1
                && self.reading.lexicon.is_given(self.word(at).text)
                && self.title_before(at).is_some();
        }
        let lexicon = self.reading.lexicon;
        let next = self.word(end);
        if end == at + 1
            && lexicon.is_given(self.word(at).text)
            && (known.weak || known.kind == Kind::Place && !known.country)
        {
            // A given name before something that is no English word.
            return !self.is_common(next) && self.known_at(end).is_none();
        }
        if self.known_at(end).is_some() || self.title_length(end).is_some() {
            return false;
        }
        let last = lexicon.classes(&self.word(run - 1).lower);
        match known.kind {
            Kind::Group => last & (class::EVENT | class::PLACE | class::PRESS) != 0 && last & class::ORGANISATION == 0,
            Kind::Place if known.country => {
                last & (class::EVENT | class::ORGANISATION | class::PLACE) != 0 && last & class::STATE_BODY == 0
            }
            Kind::Place => {
                last & (class::EVENT | class::ORGANISATION | class::PLACE | class::WORK | class::PRESS) != 0
                    || known.weak && !self.is_common(next)
            }
            Kind::Organisation => {
                last & (class::ORGANISATION | class::EVENT | class::PLACE) != 0 || known.weak && !self.is_common(next)
            }
            Kind::Work => known.weak && last & class::WORK != 0,
            _ => false,
        }
    }

    /// Where the row of capitalised words that begins at `at` ends.
    fn run(&self, at: usize) -> usize {
        let mut end = at + 1;
        loop {
            let word = self.word(end);
            if self.patterns.has_taken(end) || end >= at + LONGEST_RUN {
                return end;
            }
            if self.is_name_word(word) {
                end += 1;
            } else if is_loose_particle(word.text) && self.is_name_word(self.word(end + 1)) {
                end += 2;
            } else if is_loose_particle(word.text)
                && is_loose_particle(self.word(end + 1).text)
                && self.is_name_word(self.word(end + 2))
            {
                end += 3;
            } else if word.is("&") && self.is_name_word(self.word(end + 1)) {
                end += 2;
            } else {
                return end;
            }
        }
    }

    fn is_name_word(&self, word: &Word<'_>) -> bool {
        word.is_name_like()
            && (word.is_all_capitals() || !self.reading.lexicon.is(word.lower.trim_end_matches('.'), class::FUNCTION))
    }

    fn may_be_name(&self, at: usize) -> bool {
        let word = self.word(at);
        self.is_name_word(word)
            || is_loose_particle(word.text)
                && word.text.len() > 1
                && !matches!(word.text, "la" | "le" | "de" | "da" | "di" | "du")
                && self.is_name_word(self.word(at + 1))
                && !self.word(at + 1).is_all_capitals()
    }

    /// Whether a word is an ordinary English one, by the lists or because the article has it in lower case.
    fn is_common(&self, word: &Word<'_>) -> bool {
        !word.is_all_capitals()
            && (self.reading.lexicon.is(&word.lower, class::COMMON) || self.lower_seen.contains(&*word.lower))
    }

    /// Whether a capital at `at` may only begin a sentence.
    fn starts(&self, at: usize) -> bool {
        self.sentence.title_case
            || at == self.sentence.first
            || matches!(
                self.before(at).text,
                "\"" | "“" | "‘" | "'" | ":" | "•" | "—" | "–" | "--" | "-" | "*" | "…" | "..." | "(" | "."
            )
    }

    /// Whether an unknown word before a city makes it a club or a person's surname: "FC Porto", "Valeska Paris".
    fn is_club_or_person(&self, at: usize, known: Known) -> bool {
        let word = self.word(at);
        known.kind == Kind::Place
            && !known.country
            && (word.is_all_capitals() && word.text.len() <= 3 || !self.is_common(word) && !self.starts(at))
    }

    fn push(&mut self, at: usize, end: usize, votes: Votes, known: Option<Known>) -> usize {
        let person = known.is_none_or(|known| known.weak || known.kind == Kind::Person);
        let title = self.title_before(at).filter(|_| person);
        self.names.push(Name {
            first: at,
            end,
            range: self.reading.range(at, end),
            votes,
            known,
            title: title.map(|title| self.reading.range(title.first, title.end)),
            gender: title.map(|title| title.gender).filter(|gender| *gender != Gender::Either),
            part: self.sentence.part,
            head_alone: end == at + 1 && known.is_none() && self.is_head_alone(at),
            unsure_capital: self.starts(at + usize::from(self.word(at).is("The"))),
        });
        end
    }

    /// How much of the row of capitalised words from `at` to `run` is one name.
    fn row_end(&self, at: usize, run: usize, headed: impl Fn(usize) -> u16) -> usize {
        let lexicon = self.reading.lexicon;
        let given = lexicon.is_given(self.word(at).text);
        let mut end = run;
        for inner in at + 1..run {
            if (inner + 1 < run || self.word(at).is_all_capitals()) && self.is_office(inner) {
                end = inner;
                break;
            }
            if is_place_particle(self.word(inner - 1).text) {
                continue;
            }
            let Some((known_end, known)) = self.known_at(inner) else { continue };
            let surname = known_end == inner + 1
                && known_end == run
                && (given || self.title_before(at).is_some() || inner == at + 1 && self.is_club_or_person(at, known))
                && known.kind != Kind::Organisation;
            let weak = known.weak && known_end == inner + 1;
            let person = matches!(known.kind, Kind::Person)
                || surname
                || given && inner + 1 < run && known_end == inner + 1 && known.kind == Kind::Place && !known.country;
            if !weak && !person && (headed(run) == 0 || known_end == run) && known_end <= run {
                end = inner;
                break;
            }
        }
        if headed(end) == 0 && !given && self.is_common(self.word(end - 1)) && self.word(end).is("and") {
            // "Space and Rocket Center"
            let start = end + 1;
            let stop = if self.is_name_word(self.word(start)) { self.run(start) } else { start };
            let body = stop > start && lexicon.is(&self.word(stop - 1).lower, class::ORGANISATION);
            if body && (start..stop).all(|at| self.is_common(self.word(at)) || at + 1 == stop) {
                end = stop;
            }
        }
        if !given {
            // "Position Z."
            while end > at + 1 && is_initial(self.word(end - 1)) {
                end -= 1;
            }
        }
        end
    }

    /// A row of capitalised words that no list knows as a whole.
    fn chunk(&mut self, at: usize) -> usize {
        let lexicon = self.reading.lexicon;
        let run = self.run(at);
        let mut end = run;
        let given = lexicon.is_given(self.word(at).text);
        let headed = |end: usize| {
            let classes = lexicon.classes(&self.word(end - 1).lower)
                & (class::ORGANISATION | class::PLACE | class::EVENT | class::WORK | class::PRESS);
            // "Freddie Mercury"
            if given { classes & !class::PRESS } else { classes }
        };
        if self.starts(at) && end == at + 1 && self.is_common(self.word(at)) && !(self.of_follows(at, end)) {
            return end;
        }
        // "Yesterday Blake said": a common word that begins the sentence is no part of the name after it.
        if self.starts(at) && end > at + 1 && self.is_common(self.word(at)) && headed(end) == 0 && !given {
            return at + 1;
        }
        end = self.row_end(at, run, headed);
        let mut votes = Votes::default();
        let head = if end > at + 1 { headed(end) } else { 0 };
        let first_class = lexicon.classes(&self.word(at).lower);
        if self.of_follows(at, end) {
            end = self.of_end(end);
            // "Council for the Welfare of Migrants", "Agency for Sport and Health in Schools"
            while end < at + 2 * LONGEST_RUN
                && self.is_common(self.word(end - 1))
                && self.word(end).is("of")
                && self.is_name_word(self.word(end + 1))
            {
                end = self.run(end + 1);
            }
            let kind =
                head_kind(lexicon.classes(&self.word(at).lower)).or(head_kind(head)).unwrap_or(Kind::Organisation);
            votes.add(kind, 6);
        } else if end > at + 1
            && head != 0
            && !(given && head & (class::ORGANISATION | class::EVENT) == 0 && end == at + 2)
        {
            let all_common = (at..end).all(|at| self.is_common(self.word(at)));
            if let Some(kind) = head_kind(head) {
                votes.add(kind, if all_common { 3 } else { 5 });
            }
        } else if end > at + 1 && first_class & class::BEFORE_PLACE != 0 {
            votes.add(Kind::Place, 5);
        } else if end == at + 1
            && self.word(at).lower.ends_with("gate")
            && self.word(at).lower.len() > 6
            && matches!(&*self.word(end).lower, "scandal" | "affair" | "controversy")
        {
            votes.add(Kind::Event, 6);
        } else {
            // Single ordinary words are no names, whatever their capital.
            let common = (at..end).filter(|&at| self.is_common(self.word(at))).count();
            if end == at + 1 && common == 1 && self.title_before(at).is_none()
                || end == at + 1 && self.word(at).text.chars().filter(|c| c.is_alphabetic()).count() < 2
            {
                return if end == at + 1 { self.head_alone(at) } else { end };
            }
            if common == end - at && self.title_before(at).is_none() {
                if first_class & class::ROLE == 0 {
                    votes.add(Kind::Organisation, 1);
                    if !self.starts(at) {
                        self.push(at, end, votes, None);
                    }
                }
                return end;
            }
            self.shape_votes(at, end, common, &mut votes);
        }
        self.context_votes(at, end, &mut votes);
        self.push(self.press_start(at, end), end, votes, None)
    }
}

fn is_initial(word: &Word<'_>) -> bool {
    word.text.ends_with('.') && word.text.chars().count() == 2
}

/// Particles inside the names of places: "Rio de Janeiro", "Vila do Corvo".
fn is_place_particle(text: &str) -> bool {
    matches!(text, "de" | "del" | "della" | "di" | "da" | "do" | "dos" | "das" | "du" | "des" | "la" | "le" | "y")
}

/// Words that join capitalised ones into one name.
fn is_loose_particle(text: &str) -> bool {
    matches!(
        text,
        "al" | "el"
            | "bin"
            | "ibn"
            | "bint"
            | "ben"
            | "abu"
            | "von"
            | "van"
            | "der"
            | "den"
            | "ter"
            | "de"
            | "del"
            | "della"
            | "di"
            | "da"
            | "do"
            | "dos"
            | "das"
            | "des"
            | "du"
            | "la"
            | "le"
            | "ul"
            | "ould"
    )
}
