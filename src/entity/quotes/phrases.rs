//! Phrases of several words that tell who speaks: "according to Reed", "as Reed put it", "Reed was quoted as saying".

use super::Frame;
use super::cues::{Cue, Stage, Subject};
use crate::entity::verbs::{Verb, is_adverb};

impl Stage<'_> {
    /// The phrase that begins at word `at` or has its last verb there.
    pub(super) fn phrase(&self, frame: &Frame, at: usize, last: Option<usize>) -> Option<Cue> {
        match self.lower(at) {
            "according" if self.lower(at + 1) == "to" => self.told_by(frame, at, at + 2),
            // "in the words of Reed"
            "words" if self.lower(at + 1) == "of" && at > frame.first => self.told_by(frame, at, at + 2),
            "put" | "puts" if matches!(self.lower(at + 1), "it" | "this") => self.with_subject(frame, at, at + 2, last),
            "wanted" | "wants" if self.lower(at + 1) == "to" && self.lower(at + 2) == "know" => {
                self.with_subject(frame, at, at + 3, last)
            }
            // "Reed went on to state that"
            "went" | "goes" | "continued" | "proceeded" => {
                let to = at + 1 + usize::from(self.lower(at + 1) == "on");
                let says = matches!(
                    self.lower(to + 1),
                    "say"
                        | "state"
                        | "add"
                        | "explain"
                        | "tell"
                        | "ask"
                        | "note"
                        | "claim"
                        | "describe"
                        | "call"
                        | "argue"
                        | "warn"
                        | "declare"
                        | "insist"
                        | "suggest"
                        | "stress"
                );
                (self.lower(to) == "to" && says).then(|| self.with_subject(frame, at, to + 2, last)).flatten()
            }
            "saying" if at > frame.first + 1 && self.lower(at - 1) == "as" => self.quoted_as_saying(frame, at, last),
            _ => None,
        }
    }

    /// Whoever follows at `from`.
    fn told_by(&self, frame: &Frame, at: usize, from: usize) -> Option<Cue> {
        let subject = self.subject_after(frame, from)?;
        let (end, speaker) = (subject.end, subject.who);
        Some(Cue { verb: at, kind: None, start: at, tight: at, end, speaker, inverted: true })
    }

    /// Whoever stands before the verb at `at`, which ends with word `end`.
    fn with_subject(&self, frame: &Frame, at: usize, end: usize, last: Option<usize>) -> Option<Cue> {
        let mut edge = at;
        while edge > frame.first && is_adverb(self.lower(edge - 1)) && self.cast.spot(edge - 1).is_none() {
            edge -= 1;
        }
        if edge == frame.first || !self.is_free(frame, edge - 1) {
            return None;
        }
        let subject = self.subject_before(frame, edge, last)?;
        Some(self.before_verb(frame, at, end, subject))
    }

    /// "Reed was quoted as saying", "the agency quoted Reed as saying"; `at` is *saying*.
    fn quoted_as_saying(&self, frame: &Frame, at: usize, last: Option<usize>) -> Option<Cue> {
        let quotes = |word: &str| matches!(word, "quoted" | "quotes" | "cited" | "cites" | "reported" | "recorded");
        let before = at - 2;
        if quotes(self.lower(before)) {
            let mut edge = before;
            while edge > frame.first && matches!(self.lower(edge - 1), "was" | "is" | "been" | "has" | "had" | "also") {
                edge -= 1;
            }
            if edge == before || edge == frame.first {
                return None;
            }
            let subject = self.subject_before(frame, edge, last)?;
            return Some(self.before_verb(frame, at, at + 1, subject));
        }
        let spot = self.cast.spot_before(at - 1).filter(|spot| spot.first > frame.first)?;
        let mut verb = spot.first - 1;
        while verb > frame.first && self.is_role(verb) {
            verb -= 1;
        }
        quotes(self.lower(verb)).then(|| {
            let subject = Subject { first: verb, end: at + 1, who: Self::named(spot) };
            self.before_verb(frame, at, at + 1, subject)
        })
    }

    fn before_verb(&self, frame: &Frame, verb: usize, end: usize, subject: Subject) -> Cue {
        Cue {
            verb,
            kind: Some(Verb::Marks),
            start: self.phrase_start(frame, subject.first, true),
            tight: self.phrase_start(frame, subject.first, false),
            end,
            speaker: subject.who,
            inverted: false,
        }
    }
}
