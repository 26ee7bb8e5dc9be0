//! Finds who speaks where: a verb of reporting and its subject, before it or after it.

use super::Frame;
use super::marks::Marks;
use crate::entity::cast::Cast;
use crate::entity::pronouns::Pronoun;
use crate::entity::verbs::{Verb, breaks, hears, is_adverb, is_noun_too, phrasal, ties, unsays, verb};
use crate::entity::words::Reading;
use crate::entity::{Kind, QuoteRule};

/// Words of the longest phrase around a name that is looked through.
pub(super) const PHRASE: usize = 14;

/// Words of the longest insertion between a name and its verb: "Reed, who …, said".
pub(super) const INSERTION: usize = 30;

/// Words of the longest clause that may stand before a subject: "While the port was shut, Reed, who …, said".
pub(super) const LEAD: usize = 150;

/// Things of which a sentence has so many only if it means harm; keeps the time linear.
pub(super) const FEW: usize = 8;

/// Somebody who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Speaker {
    pub(super) entity: usize,
    pub(super) rule: QuoteRule,
}

/// A place where somebody is said to speak.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cue {
    pub(super) verb: usize,
    /// What may follow the verb; none for *according to*.
    pub(super) kind: Option<Verb>,
    /// The first word of verb and subject together.
    pub(super) start: usize,
    /// The same, as far as the comma before the subject reaches: where a clause before it ends.
    pub(super) tight: usize,
    /// The word after both.
    pub(super) end: usize,
    /// Who, if it could be told. A cue without one still says that it is somebody else.
    pub(super) speaker: Option<Speaker>,
    /// Whether the subject follows the verb.
    pub(super) inverted: bool,
}

/// A subject: where it begins, and who it is.
#[derive(Clone, Copy)]
pub(super) struct Subject {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) who: Option<Speaker>,
}

pub(super) struct Stage<'a> {
    pub(super) reading: &'a Reading<'a>,
    pub(super) cast: &'a Cast,
    pub(super) marks: &'a Marks,
    pub(super) pronouns: &'a [Pronoun],
}

impl Stage<'_> {
    pub(super) fn lower(&self, at: usize) -> &str {
        &self.reading.word(at).lower
    }

    pub(super) fn is_free(&self, frame: &Frame, at: usize) -> bool {
        at >= frame.first && at < frame.end && !self.marks.is_quoted(at)
    }

    /// All cues of a frame, in order. `last` is who spoke last, for *it said*.
    pub(super) fn cues(&self, frame: &Frame, last: &mut Option<usize>) -> Vec<Cue> {
        let mut found: Vec<Cue> = Vec::new();
        let mut at = frame.first;
        while at < frame.end {
            if self.marks.is_quoted(at) {
                at += 1;
                continue;
            }
            if let Some(spot) = self.cast.spot(at) {
                at = spot.end.max(at + 1);
                continue;
            }
            let cue = self.phrase(frame, at, *last).or_else(|| {
                let kind = verb(self.lower(at)).or_else(|| phrasal(self.lower(at), self.lower(at + 1)))?;
                self.cue(frame, at, kind, found.last(), *last)
            });
            if let Some(cue) = cue {
                if let Some(speaker) = cue.speaker {
                    *last = Some(speaker.entity);
                }
                at = at.max(cue.end.saturating_sub(1));
                found.push(cue);
            }
            at += 1;
        }
        found
    }

    fn cue(&self, frame: &Frame, at: usize, kind: Verb, before: Option<&Cue>, last: Option<usize>) -> Option<Cue> {
        let mut edge = at;
        while self.is_free(frame, edge.wrapping_sub(1)) {
            let word = self.lower(edge - 1);
            if unsays(word) {
                return None;
            }
            if let Some(spot) = self.cast.spot_before(edge).filter(|spot| spot.kind == Kind::Date) {
                edge = spot.first;
                if edge > frame.first && matches!(self.lower(edge - 1), "on" | "in" | "last" | "late" | "early") {
                    edge -= 1;
                }
            } else if is_adverb(word) && self.cast.spot(edge - 1).is_none() {
                edge -= 1;
            } else {
                break;
            }
        }
        let made = |subject: Subject, inverted| Cue {
            verb: at,
            kind: Some(kind),
            start: if inverted { at } else { self.phrase_start(frame, subject.first, true) },
            tight: if inverted { at } else { self.phrase_start(frame, subject.first, false) },
            end: if inverted { subject.end } else { at + 1 },
            speaker: subject.who,
            inverted,
        };
        let after_mark = edge == frame.first || !self.is_free(frame, edge - 1);
        let comma = !after_mark && self.lower(edge - 1) == ",";
        let participle = self.lower(at).ends_with("ing");
        if participle {
            // "…, she said, adding": the same as before.
            let who = match before {
                Some(cue) => cue.speaker.filter(|_| comma || after_mark),
                None if comma => self.first_subject(frame, edge).and_then(|subject| subject.who),
                // "Reed pulled out, saying", "Reed was clear in saying"
                None if after_mark || ties(self.lower(edge - 1)) && !matches!(self.lower(edge - 1), "in" | "by") => {
                    None
                }
                None => self.lead(frame, edge).and_then(|subject| subject.who),
            };
            return who.map(|who| made(Subject { first: at, end: at + 1, who: Some(who) }, false));
        }
        // "…, said Reed."
        if (after_mark || comma)
            && !hears(self.lower(at))
            && let Some(subject) = self.subject_after(frame, at + 1)
            && (after_mark || subject.who.is_some() && self.is_over(frame, at, subject.end))
        {
            return Some(made(subject, true));
        }
        if after_mark {
            return None;
        }
        if matches!(self.lower(edge - 1), "and" | "but") || comma && (edge..at).any(|at| self.lower(at) == "then") {
            // "Reed stood up and said", "Reed said …, then added"
            let here = Subject { first: edge, end: edge, who: before.and_then(|cue| cue.speaker) };
            let subject = if here.who.is_some() { Some(here) } else { self.first_subject(frame, edge - 1) };
            return Some(made(subject.unwrap_or(here), false));
        }
        let subject = self.subject_before(frame, edge, last)?;
        let subject =
            if subject.who.is_some() || comma { subject } else { self.bridged(frame, edge).unwrap_or(subject) };
        // "should make remarks", "his fears for others"
        let thing = subject.who.is_none() && is_noun_too(self.lower(at)) && subject.end == edge;
        (!thing).then(|| made(subject, false))
    }

    /// The first word of the phrase that has its head at `first`; across a comma if `wide`.
    pub(super) fn phrase_start(&self, frame: &Frame, first: usize, wide: bool) -> usize {
        let mut start = first;
        while start > frame.first && first - start < PHRASE && self.is_free(frame, start - 1) {
            let word = self.lower(start - 1);
            let mark = matches!(word, "." | ":" | ";" | "—" | "–" | "(" | "!" | "?") || !wide && word == ",";
            if mark || breaks(word) || is_adverb(word) && !wide {
                break;
            }
            start -= 1;
        }
        while wide && start < first && self.lower(start) == "," {
            start += 1;
        }
        start
    }
}
