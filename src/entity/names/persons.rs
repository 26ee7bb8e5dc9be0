//! Persons' names of which a word is also something else: a particle, a month, a verb, a virtue. The tagger cuts them short.

use foldhash::{HashMap, HashMapExt, HashSet};
use std::ops::Range;

use super::Name;
use super::titles::is_honorific;
use crate::entity::Kind;
use crate::entity::dates::weekday;
use crate::entity::lexicon::class;
use crate::entity::words::{Reading, Sentence, Word};
use crate::text::particles::is_particle;
use crate::text::tokens::TokenKind;

/// Particles before a surname: "von der".
const MOST_PARTICLES: usize = 3;

/// Words of the longest name that is put together from pieces.
const LONGEST: usize = 8;

/// Below this a given name before it speaks against what the tagger made of a word.
const UNSURE: f32 = 0.9;

/// Marks before the first word of a sentence.
const MOST_MARKS: usize = 8;

/// Words of a name behind *Mr* or *Mrs* that the tagger did not see.
const MOST_UNSEEN: usize = 3;

/// Gives persons' names back the words that belong to them, and adds those that only an honorific reveals. `free` tells
/// whether words belong to no date or amount.
pub(super) fn complete(reading: &Reading<'_>, names: &mut Vec<Name>, free: impl Fn(&Range<usize>) -> bool) {
    join_pieces(reading, names);
    let with_particles = with_particles(reading, names);
    let mut sentences = reading.sentences.iter().peekable();
    let mut floor = 0;
    let nexts: Vec<usize> = names.iter().skip(1).map(|name| name.first).chain([usize::MAX]).collect();
    for (name, next) in names.iter_mut().zip(nexts) {
        while sentences.next_if(|sentence| sentence.end <= name.first).is_some() {}
        let Some(sentence) = sentences.peek() else { break };
        let row = Row { reading, sentence, floor: floor.max(sentence.first), limit: next.min(sentence.end) };
        let words = row.without_honorific(name.first..name.end);
        if words.start > name.first {
            name.set_kind(Kind::Person);
        }
        let mut words = words;
        if name.known.is_none() && (name.kind == Kind::Person || row.is_surname_of(&words, name.confidence)) {
            name.set_kind(Kind::Person);
            words.end = row.end(&words, &free);
            words.start = row.start(&words, &with_particles, &free);
        } else if let Some(start) = row.known_particles(&words, &with_particles) {
            name.set_kind(Kind::Person);
            name.known = None;
            words.start = start;
        }
        if words != (name.first..name.end) {
            (name.first, name.end) = (words.start, words.end);
            name.range = reading.range(name.first, name.end);
        }
        floor = name.end;
    }
    add_unseen(reading, names, free);
}

/// "Sheikh Meshal al-Jarrah" and "al-Harbi" behind it, "Haji" and "ad-Dabir": pieces of one name.
fn join_pieces(reading: &Reading<'_>, names: &mut Vec<Name>) {
    let is_person = |name: &Name| name.kind == Kind::Person && name.known.is_none();
    names.dedup_by(|next, name| {
        // "Caroline Webster", Schermerhorn, "Reed"
        let mut between = name.end..next.first;
        let is_piece = next.first <= name.end + 1
            && between.all(|at| is_capital(reading.word(at)) && is_no_other_word(reading, reading.word(at)))
            && (next.end == next.first + 1 || name.end == name.first + 1)
            && next.end - name.first <= LONGEST
            && is_person(name)
            && is_person(next)
            && reading.sentences.binary_search_by_key(&next.first, |sentence| sentence.first).is_err();
        if is_piece {
            name.end = next.end;
            name.range = reading.range(name.first, name.end);
        }
        is_piece
    });
}

/// Surnames with the particles before them, as they stand in longer names: "der Zee" and "van der Zee" of Ludwig van der
/// Zee.
fn with_particles<'a>(reading: &Reading<'a>, names: &[Name]) -> HashSet<&'a str> {
    let mut seen = HashSet::default();
    for name in names.iter().filter(|name| name.kind == Kind::Person) {
        for at in name.first + 1..name.end {
            if is_particle(reading.word(at).text) && seen.len() < 1024 {
                seen.insert(reading.text.slice(reading.range(at, name.end)));
            }
        }
    }
    seen
}

/// Where a name may grow: from the end of the name before it to the beginning of the next one.
struct Row<'a> {
    reading: &'a Reading<'a>,
    sentence: &'a Sentence,
    floor: usize,
    limit: usize,
}

impl Row<'_> {
    fn word(&self, at: usize) -> &Word<'_> {
        self.reading.word(at)
    }

    /// "May Lindqvist": whether a lone word that nothing much speaks for stands behind a given name.
    fn is_surname_of(&self, words: &Range<usize>, confidence: f32) -> bool {
        words.len() == 1
            && confidence < UNSURE
            && words.start > self.floor
            && !self.word(words.start).is_all_capitals()
            && self.reading.lexicon.name(self.word(words.start).text).is_none()
            && self.is_given_name(words.start - 1)
    }

    /// "Mr Day", which is no day.
    fn without_honorific(&self, words: Range<usize>) -> Range<usize> {
        let stop = usize::from(self.word(words.start + 1).is("."));
        let start = words.start + 1 + stop;
        if is_honorific(&self.word(words.start).lower) && start < words.end { start..words.end } else { words }
    }

    /// "Mark Down", "Theresa May": behind a given name alone, a word with a capital is the surname.
    fn end(&self, words: &Range<usize>, free: &impl Fn(&Range<usize>) -> bool) -> usize {
        let lexicon = self.reading.lexicon;
        let next = self.reading.within(self.sentence, words.end);
        let given = words.clone().all(|at| lexicon.is_given(self.word(at).text));
        let is_surname = given
            && words.end < self.limit
            && !self.sentence.title_case
            && is_capital(next)
            && !next.is_all_capitals()
            && lexicon.is(&next.lower, class::COMMON)
            && lexicon.title(&next.lower).is_none()
            && weekday(&next.lower).is_none()
            && !is_capital(self.reading.within(self.sentence, words.end + 1))
            && free(&(words.end..words.end + 1));
        words.end + usize::from(is_surname)
    }

    /// "van Loon", "June Okafor", "Justice KM Rahim": what belongs to the name before its first word.
    fn start(
        &self,
        words: &Range<usize>,
        with_particles: &HashSet<&str>,
        free: &impl Fn(&Range<usize>) -> bool,
    ) -> usize {
        let start = self.particles(words);
        if start < words.start {
            let in_row = start > self.floor && is_capital(self.word(start - 1)) && !self.begins(start - 1);
            let own = !in_row && is_never_english(self.word(start).text);
            return if own || self.known_particles(words, with_particles).is_some() { start } else { words.start };
        }
        let Some(before) = words.start.checked_sub(1).filter(|before| *before >= self.floor) else {
            return words.start;
        };
        // "Caroline Schermerhorn Reed"
        let unseen = (self.floor..=before).rev().take(MOST_UNSEEN);
        let is_unseen = |at: &usize| {
            is_capital(self.word(*at)) && !self.is_given_name(*at) && is_no_other_word(self.reading, self.word(*at))
        };
        let given = before - unseen.take_while(is_unseen).count().min(before);
        let start = if given >= self.floor && self.is_given_name(given) { given } else { before };
        let belongs = self.is_given_name(start) || self.is_initials(start);
        let is_word = self.word(start).kind == TokenKind::Word;
        if belongs && is_word && free(&(start..words.start)) { start } else { words.start }
    }

    /// Where the particles before a name begin.
    fn particles(&self, words: &Range<usize>) -> usize {
        let particles = (self.floor..words.start).rev().take(MOST_PARTICLES);
        words.start - particles.take_while(|&at| is_particle(self.word(at).text)).count()
    }

    /// The same if a longer name of the article has them: "dos Santos" of Luis dos Santos, though Santos is a city.
    fn known_particles(&self, words: &Range<usize>, with_particles: &HashSet<&str>) -> Option<usize> {
        let start = self.particles(words);
        let known = || with_particles.contains(self.reading.text.slice(self.reading.range(start, words.end)));
        (start < words.start && known()).then_some(start)
    }

    /// Whether the word begins the sentence, perhaps after a quotation mark.
    fn begins(&self, at: usize) -> bool {
        begins(self.reading, self.sentence, at)
    }

    /// "June Okafor", but not "Will Okafor come?"
    fn is_given_name(&self, at: usize) -> bool {
        let asks = || {
            matches!(self.word(at).text, "Will" | "May")
                && self.begins(at)
                && (self.sentence.end.saturating_sub(3)..self.sentence.end).any(|at| self.word(at).is("?"))
        };
        let word = self.word(at);
        // *Mullah* and *Shah* are titles first.
        self.reading.lexicon.is_given(word.text) && self.reading.lexicon.title(&word.lower).is_none() && !asks()
    }

    /// "KM" of "Justice KM Rahim".
    fn is_initials(&self, at: usize) -> bool {
        let (word, lexicon) = (self.word(at), self.reading.lexicon);
        word.text.len() == 2
            && word.is_all_capitals()
            && lexicon.name(word.text).is_none()
            && lexicon.title(&word.lower).is_none()
            && at > self.floor
            && lexicon.title(&self.word(at - 1).lower).is_some()
    }
}

/// Whether nothing but a few marks stands before word `at` in its sentence.
fn begins(reading: &Reading<'_>, sentence: &Sentence, at: usize) -> bool {
    let before = sentence.first..at;
    before.len() <= MOST_MARKS && before.into_iter().all(|at| reading.word(at).kind == TokenKind::Punctuation)
}

fn is_capital(word: &Word<'_>) -> bool {
    word.text.starts_with(char::is_uppercase)
}

/// Whether a particle is nothing else in English, so that it belongs to whatever person is named behind it. *Ten* and *do*
/// need a longer name to speak for them.
fn is_never_english(particle: &str) -> bool {
    !matches!(particle, "do" | "la" | "le" | "ten" | "y" | "den" | "das" | "zur")
}

/// "Mrs May", "May Lindqvist": what has a capital behind an honorific or a month that is no date is somebody's name.
fn add_unseen(reading: &Reading<'_>, names: &mut Vec<Name>, free: impl Fn(&Range<usize>) -> bool) {
    let mut more = Vec::new();
    let mut taken = names.iter().map(|name| name.first..name.end).peekable();
    for sentence in &reading.sentences {
        for at in sentence.first..sentence.end {
            let word = reading.word(at);
            let honorific = is_honorific(&word.lower) && is_capital(word);
            let month = !sentence.title_case && matches!(word.text, "April" | "May" | "June" | "August");
            // "Mr. May Bell" is one name, found by its honorific.
            let is_named = more.last().is_some_and(|name: &Name| at < name.end);
            if !honorific && !month || is_named {
                continue;
            }
            let stop = usize::from(honorific && reading.within(sentence, at + 1).is("."));
            let first = if honorific { at + 1 + stop } else { at };
            while taken.next_if(|words| words.end <= first).is_some() {}
            let limit = taken.peek().map_or(sentence.end, |words| words.start.min(sentence.end));
            let is_name = |at: &usize| {
                let word = reading.word(*at);
                *at < limit && is_capital(word) && word.kind == TokenKind::Word && free(&(*at..at + 1))
            };
            let end = (first..first + MOST_UNSEEN).take_while(is_name).last().map_or(first, |last| last + 1);
            let is_persons = if honorific {
                // "Mr President"
                end > first && reading.lexicon.title(&reading.word(first).lower).is_none()
            } else {
                end == first + 2 && is_no_other_word(reading, reading.word(first + 1))
            };
            if is_persons {
                more.push(Name::new(reading, first..end, Kind::Person, 1.0));
            }
        }
    }
    drop(taken);
    names.extend(more);
    names.sort_by_key(|name| name.first);
}

/// Whether a word with a capital can hardly be anything but a surname: not *Day*, *Festival* or *Kenya*.
fn is_no_other_word(reading: &Reading<'_>, word: &Word<'_>) -> bool {
    reading.lexicon.classes(&word.lower) == 0
        && reading.lexicon.name(word.text).is_none()
        && reading.lexicon.title(&word.lower).is_none()
        && !word.is_all_capitals()
}

/// Parts of persons' names that are common words, too, and whether each is a surname: *May* of Helen May, *Hope* of Hope Reed.
pub(super) struct CommonParts<'a>(HashMap<&'a str, bool>);

impl<'a> CommonParts<'a> {
    pub(super) fn new(reading: &Reading<'a>, names: &[Name]) -> Self {
        let mut parts = HashMap::new();
        for name in names.iter().filter(|name| name.kind == Kind::Person && name.known.is_none()) {
            let titled = name.first.checked_sub(1).is_some_and(|at| is_honorific(&reading.word(at).lower));
            if name.end == name.first + 1 && !titled {
                continue;
            }
            for (at, is_surname) in [(name.end - 1, true), (name.first, false)] {
                let word = reading.word(at);
                if is_capital(word) && word.text.len() > 2 && reading.lexicon.is(&word.lower, class::COMMON) {
                    *parts.entry(word.text).or_insert(is_surname) |= is_surname;
                }
            }
        }
        Self(parts)
    }

    /// Whether word `at`, which belongs to no name or date, stands for the person: "If May loses", "April said", but not
    /// "March was cold".
    pub(super) fn names_somebody(&self, reading: &Reading<'_>, at: usize) -> bool {
        let Some(is_surname) = self.0.get(reading.word(at).text) else { return false };
        let sentence = reading.sentences.get(reading.sentences.partition_point(|sentence| sentence.end <= at));
        let Some(sentence) = sentence.filter(|sentence| !sentence.title_case) else { return false };
        let next = reading.within(sentence, at + 1);
        let begins = begins(reading, sentence, at);
        let quoted = matches!(reading.before(sentence, at).text, "\"" | "“" | "‘" | "«");
        let acts =
            reading.lexicon.is(&next.lower, class::SAYS) || matches!(&*next.lower, "did" | "does" | "agreed" | "who");
        if begins || quoted {
            // "May's deputy", but not "April's figures" where somebody is called April Ross
            return acts || *is_surname && matches!(&*next.lower, "'s" | "’s");
        }
        !matches!(
            &*reading.before(sentence, at).lower,
            "the" | "a" | "an" | "this" | "last" | "next" | "of" | "in" | "early" | "late"
        )
    }
}
