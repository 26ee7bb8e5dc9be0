//! Finds whom a sentence is about by how it begins, where more than a name stands before its verb: "Reed in a speech on
//! Monday said", "Reed, leader of the Board in Lisbon, said".

use super::Frame;
use super::cues::{INSERTION, LEAD, Stage, Subject};
use crate::entity::Kind;
use crate::entity::lexicon::class;
use crate::entity::verbs::{breaks, subordinates, ties, verb};
use crate::text::tokens::TokenKind;

/// Words before a name at the beginning of a sentence that say more of it.
const ADJECTIVES: usize = 3;

impl Stage<'_> {
    /// Whoever the sentence that ends with word `end` begins with: "Reed pulled out", "But she stayed", "After the storm,
    /// Mayor Reed stayed".
    pub(super) fn lead(&self, frame: &Frame, end: usize) -> Option<Subject> {
        let mut at = self.sentence_start(frame, end.checked_sub(1)?);
        if subordinates(self.lower(at)) && self.cast.spot(at).is_none() {
            let over = at..end.min(at + LEAD);
            at = over.into_iter().find(|&at| self.lower(at) == "," && self.is_free(frame, at))? + 1;
        }
        let first = at;
        while at < end {
            let opens = self.is_role(at)
                || self.cast.spot(at).is_none() && self.reading.lexicon.longest_title(self.lower(at)) > 0
                || matches!(self.lower(at), "and" | "but" | "however" | "also" | "." | ",");
            if !(opens
                || at < first + ADJECTIVES
                    && (at == first || self.reading.word(at).is_lower())
                    && self.is_adjective(at))
            {
                break;
            }
            at += 1;
        }
        if at >= end || !self.is_free(frame, at) {
            return None;
        }
        if let Some(who) = self.pronoun(at).filter(|_| matches!(self.lower(at), "he" | "she")) {
            return Some(Subject { first: at, end: at + 1, who: Some(who) });
        }
        // "SMUG leader Ana Reed", "Lisbon's mayor, Ana Reed"
        let mut spot = self.cast.spot(at)?;
        for _ in 0..2 {
            let mut next = spot.end;
            while next < end && (self.is_role(next) || matches!(self.lower(next), "'s" | "’s")) {
                next += 1;
            }
            match self.cast.spot(next).filter(|_| next > spot.end && spot.kind != Kind::Person && next < end) {
                Some(other) => spot = other,
                None => break,
            }
        }
        let speaks = matches!(spot.kind, Kind::Person | Kind::Organisation);
        let alone = speaks && !matches!(self.lower(spot.end), "and" | "'s" | "’s" | "or");
        alone.then_some(Subject { first, end: spot.end, who: Self::named(spot) })
    }

    /// Whether word `at` may stand before a name and say more of it: "controversial leader Ana Reed".
    fn is_adjective(&self, at: usize) -> bool {
        let word = self.reading.word(at);
        word.kind == TokenKind::Word
            && self.cast.spot(at).is_none()
            && !self.reading.lexicon.is(&word.lower, class::FUNCTION)
            && verb(&word.lower).is_none()
            && !word.lower.ends_with("ed")
            && !word.lower.ends_with("ing")
    }

    /// The lead of a sentence if nothing but where, when and what stands between it and the verb at `edge`.
    pub(super) fn bridged(&self, frame: &Frame, edge: usize) -> Option<Subject> {
        let lead = self.lead(frame, edge)?;
        let mut between = lead.end..edge;
        if between.is_empty() || between.len() > INSERTION {
            return None;
        }
        let opening = self.lower(lead.end);
        let described = matches!(opening, "," | "(");
        // "Reed who is the head of the Board said"
        if opening == "who" && matches!(self.lower(lead.end + 1), "is" | "was" | "has" | "had") {
            between.start += 2;
        } else if !described && !ties(opening) && !matches!(opening, "during" | "after" | "while" | "through") {
            return None;
        }
        let clear = between.all(|at| {
            let word = self.lower(at);
            let person = self.cast.spot(at).is_some_and(|spot| spot.kind == Kind::Person);
            let joins = matches!(word, "and" | "or" | "with" | "by" | "to" | "about" | "while" | "after" | "into");
            let acts = word.ends_with("ed") && !ties(self.lower(at + 1)) && self.lower(at + 1) != "by";
            let apart = word == "," && at > lead.end || matches!(word, ";" | ":" | "—" | "–" | "!" | "?");
            let clause = breaks(word) && !joins || verb(word).is_some() && self.cast.spot(at).is_none();
            self.is_free(frame, at) && !person && !apart && !clause && (!acts || self.cast.spot(at).is_some())
        });
        clear.then_some(lead)
    }
}
