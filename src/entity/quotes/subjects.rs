//! Finds the subject of a verb of reporting, before it or after it.

use super::Frame;
use super::cues::{FEW, INSERTION, LEAD, PHRASE, Speaker, Stage, Subject};
use crate::entity::cast::Spot;
use crate::entity::lexicon::{class, speaks_for};
use crate::entity::verbs::{breaks, is_adverb, subordinates, ties};
use crate::entity::{Kind, QuoteRule};

/// Words of an office between a comma in it and its holder.
const DUTIES: usize = 9;

impl Stage<'_> {
    /// Whoever word `at` stands for, if it is a pronoun that was resolved.
    pub(super) fn pronoun(&self, at: usize) -> Option<Speaker> {
        let number = self.pronouns.binary_search_by_key(&at, |pronoun| pronoun.word).ok()?;
        let pronoun = self.pronouns.get(number)?;
        Some(Speaker { entity: pronoun.entity, rule: QuoteRule::Pronoun })
    }

    pub(super) fn named(spot: &Spot) -> Option<Speaker> {
        matches!(spot.kind, Kind::Person | Kind::Organisation | Kind::Place).then_some(Speaker {
            entity: spot.entity,
            rule: if spot.named { QuoteRule::Named } else { QuoteRule::Role },
        })
    }

    /// The subject that ends before word `edge`; none if there is no noun at all.
    pub(super) fn subject_before(&self, frame: &Frame, edge: usize, last: Option<usize>) -> Option<Subject> {
        let at = edge - 1;
        let unknown = Subject { first: at, end: edge, who: None };
        if let Some(spot) = self.cast.spot_before(edge) {
            return Some(self.head(frame, spot));
        }
        match self.lower(at) {
            "he" | "she" => Some(Subject { who: self.pronoun(at), ..unknown }),
            "it" => {
                let who = last.map(|entity| Speaker { entity, rule: QuoteRule::Pronoun });
                Some(Subject { who: who.filter(|who| !self.cast.is_person(who.entity)), ..unknown })
            }
            "who" => {
                let comma = usize::from(at > frame.first && self.lower(at - 1) == ",");
                let spot = self.cast.spot_before(at - comma.min(at)).filter(|spot| spot.first >= frame.first);
                let subject = spot.map_or(unknown, |spot| self.head(frame, spot));
                let person = |subject: &Subject| subject.who.is_some_and(|who| self.cast.is_person(who.entity));
                if comma == 0 || person(&subject) {
                    return Some(subject);
                }
                // "Reed, a nurse from the Harbour Board, who said"
                Some(self.before_insertion(frame, at - 1).filter(person).unwrap_or(unknown))
            }
            ")" => {
                let open = (frame.first..at).rev().take(PHRASE).find(|&at| self.lower(at) == "(")?;
                let spot = self.cast.spot_before(open).filter(|spot| spot.first >= frame.first);
                Some(spot.map_or(unknown, |spot| self.head(frame, spot)))
            }
            "," => self.before_insertion(frame, at).or(Some(unknown)),
            ":" | ";" | "." | "-" | "—" | "–" => None,
            word if speaks_for(word) => {
                let mut end = at;
                while end > frame.first && (matches!(self.lower(end - 1), "'s" | "’s" | "'") || self.is_role(end - 1))
                {
                    end -= 1;
                }
                let body = self.cast.spot_before(end).filter(|spot| spot.kind == Kind::Organisation);
                let body = body.filter(|spot| spot.first >= frame.first);
                Some(body.map_or(unknown, |spot| Subject { first: spot.first, end: edge, who: Self::named(spot) }))
            }
            _ => Some(unknown),
        }
    }

    pub(super) fn is_role(&self, at: usize) -> bool {
        let word = self.reading.word(at);
        self.cast.spot(at).is_none()
            && (self.reading.lexicon.is(&word.lower, class::ROLE)
                || self.reading.lexicon.title(&word.lower).is_some()
                || matches!(
                    &*word.lower,
                    "the" | "former" | "then" | "late" | "chief" | "deputy" | "senior" | "a" | "an"
                ))
    }

    /// Whose words follow when the subject ends in this name: the name itself unless a phrase around it is meant.
    pub(super) fn head(&self, frame: &Frame, spot: &Spot) -> Subject {
        let mut first = spot.first;
        while first > frame.first && self.is_free(frame, first - 1) && self.is_role(first - 1) {
            first -= 1;
        }
        let unknown = Subject { first, end: spot.end, who: None };
        let here = Subject { who: Self::named(spot), ..unknown };
        if first == frame.first || !self.is_free(frame, first - 1) {
            return here;
        }
        let before = self.lower(first - 1);
        if matches!(before, "and" | "or") {
            // "Reed and Hale said" is two, "Reed left and Hale said" one.
            let two = self.cast.spot_before(first - 1).is_some_and(|other| other.kind != Kind::Date)
                || first.checked_sub(2).is_some_and(|at| matches!(self.lower(at), "," | ")"));
            return if two { unknown } else { here };
        }
        if self.cast.spot_before(first).is_some_and(|other| other.kind == Kind::Person) {
            return unknown;
        }
        if !ties(before) {
            let lone = spot.kind != Kind::Place || matches!(before, "," | "that" | "but" | ";");
            return if lone { here } else { unknown };
        }
        let governor = first - 1;
        if let Some(person) = self.governing_person(frame, spot) {
            return self.head_once(frame, person);
        }
        if self.cast.spot_before(governor).is_some_and(|other| other.kind == Kind::Person) {
            return unknown;
        }
        let spokes = governor > frame.first && speaks_for(self.lower(governor - 1));
        if spokes && (spot.kind == Kind::Organisation || self.lower(governor - 1) == "statement") {
            return Subject { first: governor - 1, ..here };
        }
        unknown
    }

    /// "Ana Reed of the Harbour Union in Lisbon"
    fn governing_person(&self, frame: &Frame, spot: &Spot) -> Option<&Spot> {
        let mut first = spot.first;
        for _ in 0..3 {
            while first > frame.first && self.is_free(frame, first - 1) && self.is_role(first - 1) {
                first -= 1;
            }
            let tie = first.checked_sub(1).filter(|&tie| tie > frame.first && ties(self.lower(tie)))?;
            let other = self.cast.spot_before(tie).filter(|other| other.first >= frame.first)?;
            match other.kind {
                Kind::Person => return Some(other),
                Kind::Organisation | Kind::Place => first = other.first,
                _ => return None,
            }
        }
        None
    }

    fn head_once(&self, frame: &Frame, spot: &Spot) -> Subject {
        let tied = spot.first > frame.first && ties(self.lower(spot.first - 1));
        Subject { first: spot.first, end: spot.end, who: Self::named(spot).filter(|_| !tied) }
    }

    /// "Reed, 35, a nurse from Lisbon, said": the name before an insertion that ends with the comma `at`.
    fn before_insertion(&self, frame: &Frame, at: usize) -> Option<Subject> {
        let sentence = self.sentence_start(frame, at);
        if let Some(spot) = self.cast.spot_before(at).filter(|spot| spot.kind == Kind::Person) {
            let subject = self.head(frame, spot);
            // "Board director Ana Reed, said"
            let body = self.cast.spot_before(subject.first).is_some_and(|body| body.first <= sentence);
            let lead =
                body || subject.first <= sentence || matches!(self.lower(subject.first - 1), "," | "”" | "\"" | "’");
            if subject.who.is_some() && lead {
                return Some(subject);
            }
        }
        let mut comma = at;
        while comma > sentence && at - comma < INSERTION {
            comma -= 1;
            if !self.is_free(frame, comma) || matches!(self.lower(comma), ";" | ":" | "—") {
                return None;
            }
            if !matches!(self.lower(comma), "," | "(") {
                continue;
            }
            let Some(spot) = self.cast.spot_before(comma).filter(|spot| spot.first >= frame.first) else { continue };
            let next = self.lower(comma + 1);
            let body = spot.kind == Kind::Organisation
                && matches!(next, "a" | "an" | "the" | "which" | "whose" | "based" | "one");
            if !(spot.kind == Kind::Person || body) || matches!(next, "and" | "but" | "so" | "while") {
                continue;
            }
            let subject = self.head(frame, spot);
            if subject.who.is_none() {
                continue;
            }
            let mut before = sentence..subject.first;
            let opens = subordinates(self.lower(sentence)) && self.lower(sentence) != "commenting";
            if opens && before.len() <= LEAD && !before.any(|at| self.lower(at) == ",") {
                return None;
            }
            return Some(subject);
        }
        None
    }

    /// The first word of the sentence that word `at` is in, or of the frame.
    pub(super) fn sentence_start(&self, frame: &Frame, at: usize) -> usize {
        let number = self.reading.sentences.partition_point(|sentence| sentence.first <= at);
        let sentence = number.checked_sub(1).and_then(|number| self.reading.sentences.get(number));
        let mut start = sentence.map_or(frame.first, |sentence| sentence.first).max(frame.first);
        // "“No.” “Never,” she said": one step would do but for rows of quotations.
        for _ in 0..FEW {
            match self.marks.end_of(start).filter(|&end| end <= at) {
                Some(end) => start = end,
                None => break,
            }
        }
        start
    }

    /// What the sentence up to word `end` is about: "Reed stood up and said".
    pub(super) fn first_subject(&self, frame: &Frame, end: usize) -> Option<Subject> {
        let start = self.sentence_start(frame, end);
        for at in (start..end).take(INSERTION) {
            if !self.is_free(frame, at) {
                return None;
            }
            if let Some(who) = self.pronoun(at).filter(|_| matches!(self.lower(at), "he" | "she")) {
                return Some(Subject { first: at, end: at + 1, who: Some(who) });
            }
            let Some(spot) = self.cast.spot(at).filter(|spot| spot.first == at) else { continue };
            if !matches!(spot.kind, Kind::Person | Kind::Organisation) || matches!(self.lower(spot.end), "'s" | "’s")
            {
                continue;
            }
            let subject = self.head(frame, spot);
            let acts = is_adverb(self.lower(spot.end)) || self.lower(spot.end).ends_with("ed");
            if subject.who.is_some() && (spot.kind == Kind::Person || subject.first <= start && acts) {
                return Some(subject);
            }
        }
        None
    }

    /// The subject that begins at word `start`, as in "said the union's leader, Jane Reed".
    pub(super) fn subject_after(&self, frame: &Frame, start: usize) -> Option<Subject> {
        let mut body: Option<Subject> = None;
        let mut nouns = false;
        let mut spokes = false;
        // Inside "of the former minister", "for the EU's chief".
        let mut tied = false;
        let group = self.cast.spot(start).filter(|spot| spot.kind == Kind::Group).map_or(start, |spot| spot.end);
        let office =
            (self.is_role(group) || self.lower(group) == "member") && !matches!(self.lower(group), "the" | "a" | "an");
        // Inside "Hale's colleague".
        let mut owned = false;
        // Where the part of it after the last comma begins.
        let mut part = start;
        let mut at = start;
        while at < start + PHRASE && self.is_free(frame, at) {
            let unknown = Subject { first: start, end: at, who: None };
            if let Some(spot) = self.cast.spot(at).filter(|spot| spot.first == at) {
                let here = Subject { first: start, end: spot.end, who: Self::named(spot) };
                let before =
                    at.checked_sub(1).filter(|&before| before >= start).map_or("", |before| self.lower(before));
                let next = self.lower(spot.end);
                let several =
                    next == "and" && self.cast.spot(spot.end + 1).is_some_and(|other| other.kind == spot.kind);
                match spot.kind {
                    // "said President of the Board Ana Reed", but "said the brother of Ana Reed"
                    Kind::Person if tied && office && !ties(before) && !several => return Some(here),
                    Kind::Person if tied || ties(before) || several => return Some(unknown),
                    // "said Hale's colleague Ana Reed"
                    Kind::Person if matches!(next, "'s" | "’s") && !owned => owned = true,
                    Kind::Person if matches!(next, "'s" | "’s") => return Some(unknown),
                    Kind::Person => return Some(here),
                    Kind::Organisation | Kind::Place if !nouns && !several || spokes => {
                        let tied = ties(before) && !(spokes && spot.kind == Kind::Organisation);
                        body = (!tied).then_some(here);
                    }
                    Kind::Date if body.is_some() && !matches!(before, "'s" | "’s") => break,
                    _ => {}
                }
                // "the mayor of Lisbon Ana Reed", but "a spokesman for the Lisbon mayor Ana Reed"
                tied &= spokes;
                at = spot.end.max(at + 1);
                continue;
            }
            let word = self.lower(at);
            match word {
                "he" | "she" if at == start => {
                    return Some(Subject { first: at, end: at + 1, who: self.pronoun(at) });
                }
                "the" | "a" | "an" | "'s" | "’s" => {}
                "," if nouns && self.is_person_after_title(at + 1) => {
                    tied = false;
                    part = at;
                }
                "," | "and" if body.is_some() && self.is_list_of_duties(frame, at) => {}
                // "the superintendent (rural), Ana Reed"
                "(" if nouns => {
                    let close = (at..at + 4).find(|&at| self.lower(at) == ")");
                    let Some(close) = close else { break };
                    at = close;
                }
                _ if ends_a_phrase(word) => break,
                _ if speaks_for(word) => spokes = true,
                // "said Under Secretary Reed"
                "under" if self.lower(at + 1) == "secretary" => part = at + 1,
                _ if ties(word) => {
                    if body.is_some() && !nouns {
                        break;
                    }
                    tied = true;
                }
                _ => {
                    nouns = true;
                    // "of the US president Ana Reed"
                    tied |= (part..at).any(|at| ties(self.lower(at)));
                }
            }
            at += 1;
        }
        let unknown = Subject { first: start, end: at, who: None };
        match body {
            Some(body) if !nouns || spokes => Some(body),
            Some(_) => Some(unknown),
            None => (nouns || spokes || owned).then_some(unknown),
        }
    }

    /// Whether the words from `at` on are the rest of an office and its holder: ", corporate affairs and marketing officer Ana
    /// Reed".
    fn is_list_of_duties(&self, frame: &Frame, at: usize) -> bool {
        for at in at..at + DUTIES {
            if !self.is_free(frame, at) {
                return false;
            }
            if let Some(spot) = self.cast.spot(at) {
                return spot.kind == Kind::Person && self.is_role(at - 1);
            }
            let word = self.reading.word(at);
            if !matches!(&*word.lower, "," | "and") && (!word.is_lower() || breaks(&word.lower)) {
                return false;
            }
        }
        false
    }

    /// Whether a person is named at `at`, "Ms" or "Dr." before it or not.
    fn is_person_after_title(&self, at: usize) -> bool {
        let titled = usize::from(self.cast.spot(at).is_none() && self.reading.lexicon.title(self.lower(at)).is_some());
        let stop = usize::from(titled > 0 && self.lower(at + 1) == ".");
        self.cast.spot(at + titled + stop).is_some_and(|spot| spot.kind == Kind::Person && spot.named)
    }

    /// Whether nothing but where and when follows the subject at `end`: "…, said Reed on Monday", but not "Ode, a nurse,
    /// said Reed had left".
    pub(super) fn is_over(&self, frame: &Frame, verb: usize, end: usize) -> bool {
        !self.is_free(frame, end)
            || matches!(self.lower(end), "." | "," | ";" | "!" | "?" | ":" | "(" | "—" | "–")
            || matches!(
                self.lower(end),
                "in" | "on" | "at" | "after" | "who" | "of" | "from" | "during" | "as" | "when"
            )
            // "…, said Reed to the press", but "…, urged Reed to come"
            || self.lower(end) == "to" && self.lower(verb).starts_with("sa")
            || self.cast.spot(end).is_some_and(|spot| spot.kind == Kind::Date)
    }
}

fn ends_a_phrase(word: &str) -> bool {
    breaks(word) || matches!(word, "," | "." | ";" | ":" | "—" | "–" | "-" | "(" | ")" | "!" | "?" | "“" | "\"")
}
