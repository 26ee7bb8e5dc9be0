//! Entities recognised by their form: what the `dates` and `amounts` stages found, and the entities it makes.

use foldhash::{HashMap, HashMapExt};
use std::ops::Range;

use super::words::Reading;
use super::{Entity, Kind, Mention, Rule};

/// One phrase.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
    pub(super) value: Option<String>,
}

/// All phrases found, and which words they took.
pub(super) struct Patterns {
    found: Vec<Pattern>,
    taken: Vec<bool>,
}

impl Patterns {
    pub(super) fn new(words: usize) -> Self {
        Self { found: Vec::new(), taken: vec![false; words] }
    }

    pub(super) fn add(&mut self, pattern: Pattern) {
        for taken in self.taken.iter_mut().take(pattern.end).skip(pattern.first) {
            *taken = true;
        }
        self.found.push(pattern);
    }

    /// The words of each date, in order.
    pub(super) fn dates(&self) -> Vec<Range<usize>> {
        let dates = self.found.iter().filter(|pattern| pattern.kind == Kind::Date);
        dates.map(|pattern| pattern.first..pattern.end).collect()
    }

    /// Gives up phrases that overlap `names` (sorted by place): the title *Ninety Minutes* is no length of time.
    pub(super) fn make_room(&mut self, names: &[Range<usize>]) {
        self.found.retain(|pattern| {
            let next = names.partition_point(|words| words.end <= pattern.first);
            names.get(next).is_none_or(|words| words.start >= pattern.end)
        });
        for words in names {
            for taken in self.taken.iter_mut().take(words.end).skip(words.start) {
                *taken = true;
            }
        }
    }

    /// Gives up numbers that belong to a name (`names` are sorted by place): "Vision 2030", "2026 World Cup".
    pub(super) fn give_way(&mut self, reading: &Reading<'_>, names: &[Range<usize>]) {
        let taken = &mut self.taken;
        self.found.retain(|pattern| {
            let name = names.get(names.partition_point(|words| words.end <= pattern.first));
            let belongs = name.is_some_and(|words| {
                let single = pattern.end == pattern.first + 1 && reading.word(pattern.first).is_number();
                let is_part = |at: usize| words.contains(&at) && reading.word(at).is_name_like();
                single
                    && words.contains(&pattern.first)
                    && (is_part(pattern.end) || pattern.first.checked_sub(1).is_some_and(is_part))
            });
            if belongs && let Some(taken) = taken.get_mut(pattern.first) {
                *taken = false;
            }
            !belongs
        });
    }

    /// Whether word number `at` belongs to a phrase or a title.
    pub(super) fn has_taken(&self, at: usize) -> bool {
        self.taken.get(at).copied().unwrap_or(false)
    }

    /// One entity for each value; a phrase without one goes by its words. The early and the late 1990s are two.
    pub(super) fn into_entities(self, reading: &Reading<'_>) -> Vec<Entity> {
        let mut entities: Vec<Entity> = Vec::new();
        let mut known: HashMap<(Kind, String), usize> = HashMap::new();
        for pattern in self.found {
            let range = reading.range(pattern.first, pattern.end);
            let phrase = reading.text.slice(range);
            let mention = Mention { range, rule: Rule::Pattern, confidence: 100 };
            let part = phrase.split([' ', '-']).next().filter(|word| is_part_of_time(word)).unwrap_or_default();
            let meaning = pattern.value.as_ref().map(|value| format!("{value} {}", part.to_lowercase()));
            let key = (pattern.kind, meaning.unwrap_or_else(|| phrase.to_lowercase()));
            if let Some(entity) = known.get(&key).and_then(|&at| entities.get_mut(at)) {
                entity.mentions.push(mention);
                if phrase.len() > entity.name.len() {
                    let shorter = std::mem::replace(&mut entity.name, phrase.to_owned());
                    entity.aliases.push(shorter);
                } else if phrase != entity.name && !entity.aliases.iter().take(16).any(|alias| alias == phrase) {
                    entity.aliases.push(phrase.to_owned());
                }
            } else {
                known.insert(key, entities.len());
                entities.push(Entity {
                    kind: pattern.kind,
                    name: phrase.to_owned(),
                    aliases: Vec::new(),
                    titles: Vec::new(),
                    mentions: vec![mention],
                    salience: 0.0,
                    value: pattern.value,
                    doubtful: false,
                    followed: false,
                    quotes: vec![],
                });
            }
        }
        for entity in &mut entities {
            entity.aliases.dedup();
            entity.mentions.sort();
        }
        entities
    }
}

/// Whether a word tells which part of a time is meant.
fn is_part_of_time(word: &str) -> bool {
    ["early", "mid", "late"].iter().any(|part| part.eq_ignore_ascii_case(word))
}
