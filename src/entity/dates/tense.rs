//! On which side of the article's day a date lies, as the verbs around it tell: "was arrested on Friday", "is expected
//! to be adopted on Friday".
//!
//! There is no parser here. The verb a date belongs to is nearly always the nearest before it in its clause, or, where a
//! date opens a clause, the first after it; forms of English verbs that tell a tense are few and regular enough to know
//! by sight.

use super::Dates;
use super::calendar::Side;
use super::verb_forms::{is_announced, is_between, is_past_form, is_put_off, is_state, looks_ahead};
use super::written::day;
use crate::entity::amounts::number_word;
use crate::entity::lexicon::class;
use crate::entity::verbs::{is_adverb, verb};
use crate::text::tokens::TokenKind;

/// Words around a date that are looked at on each side.
const REACH: usize = 28;

/// What a verb tells about when something happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tense {
    Past,
    /// As timetables speak: "the shop opens on Friday".
    Present,
    Future,
}

impl Tense {
    fn side(self) -> Side {
        match self {
            Self::Past => Side::Past,
            Self::Present => Side::Scheduled,
            Self::Future => Side::Ahead,
        }
    }
}

impl Dates<'_> {
    /// The side of a date of the words `first..end`; none if nothing tells.
    pub(super) fn side(&self, first: usize, end: usize) -> Option<Side> {
        let before = self.before(self.preposition(first));
        let introduction = self.before(first);
        match introduction {
            "since" => return Some(Side::Past),
            "coming" | "starting" | "beginning" | "effective" => return Some(Side::Ahead),
            _ => {}
        }
        if self.is_cited(first, end) || self.belongs_to_noun(end) {
            return None;
        }
        let past_so_far = |tense: Option<Tense>| tense == Some(Tense::Past);
        // "was complete as of June 15"
        let is_as_of = introduction == "of" && before == "as";
        let opens = !is_as_of
            && matches!(
                before,
                "" | ","
                    | "and"
                    | "but"
                    | "that"
                    | "when"
                    | "while"
                    | "because"
                    | "if"
                    | "whether"
                    | "as"
                    | "\""
                    | "“"
                    | "‘"
                    | ";"
                    | ":"
                    | "("
            );
        let next = self.tense_at(end).filter(|tense| *tense != Tense::Present);
        let tense = if opens {
            self.tense_after(end).or_else(|| self.tense_before(first))
        } else if let Some(next) = next.filter(|_| self.tense_at(self.preposition(first).wrapping_sub(1)).is_none()) {
            // "organisers on Sunday will host"
            Some(next)
        } else {
            self.tense_before(first).or_else(|| self.tense_after(end))
        };
        // "extended until Friday", "postponed to Friday"
        let is_limit = matches!(introduction, "until" | "till" | "by" | "from");
        if is_limit && !past_so_far(tense) || matches!(introduction, "until" | "till" | "to") && self.is_put_off(first)
        {
            return Some(Side::Ahead);
        }
        tense.map(Tense::side)
    }

    /// Whether a day tells which of several things is meant, whenever it is spoken of: "to elaborate on the July 1 speech".
    fn belongs_to_noun(&self, end: usize) -> bool {
        let next = self.reading.within(self.sentence, end);
        // "July 1", "30 June"
        let is_day = (end.saturating_sub(2)..end).any(|at| day(self.text(at)).is_some());
        is_day
            && next.is_lower()
            && next.kind == TokenKind::Word
            && self.tense_at(end).is_none()
            && verb(&next.lower).is_none()
            && !is_adverb(&next.lower)
            && !self.reading.lexicon.is(&next.lower, class::FUNCTION | class::SAYS)
            && !matches!(
                &*next.lower,
                "last" | "this" | "next" | "alone" | "afternoon" | "morning" | "evening" | "night"
            )
    }

    /// Whether a date ends a bracket without a verb, which says when something was written: "… of coffee" (June 7).
    fn is_cited(&self, first: usize, end: usize) -> bool {
        let open = (self.floor(first)..first).rev().find(|&at| self.lower(at) == "(");
        self.lower(end) == ")" && open.is_some_and(|open| (open..first).all(|at| self.tense_at(at).is_none()))
    }

    /// Whether the clause at a date speaks of the present state of things: "Today, he is a teacher".
    pub(super) fn is_of_these_days(&self, first: usize, end: usize) -> bool {
        // "Today is Monday", "today's vote"
        let next = self.lower(end);
        let opens = first == self.sentence.first || self.before(first) == ",";
        // "over $6,200 today", "the brand today reaches", "the system today is": how things are
        let before = self.reading.before(self.sentence, first);
        let is_sum = matches!(&*before.lower, "%" | "percent" | "cent" | "million" | "billion")
            || before.is_number() && before.text.contains(',');
        let is_noun = !self.reading.lexicon.is(&before.lower, class::FUNCTION | class::SAYS);
        if !opens && (is_sum || is_noun && is_state(next) && !self.acts(end + 1)) {
            return true;
        }
        if matches!(next, "'s" | "is" | "was" | "marks") {
            return false;
        }
        let verb = if opens {
            (end..self.sentence.end).take(12).find(|&at| self.tense_at(at).is_some() || is_state(self.lower(at)))
        } else {
            let floor = self.floor(first);
            (floor..first).rev().find(|&at| self.tense_at(at).is_some() || is_state(self.lower(at)))
        };
        // "Today, many people live there": a verb whose form tells nothing.
        if verb.is_none() {
            return first == self.sentence.first && next == ",";
        }
        verb.is_some_and(|at| {
            let state = is_state(self.lower(at)) || self.past_form(at) && self.tense_at(at) == Some(Tense::Present);
            state && !self.acts(at + 1)
        })
    }

    /// Whether what follows an auxiliary makes something happen of it: "is meeting", "is to", "has called".
    fn acts(&self, at: usize) -> bool {
        let follows = self.lower(at);
        follows.ends_with("ing") || follows == "to" || self.past_form(at) || is_announced(follows)
    }

    /// The word where the prepositional phrase with the date at `first` begins: "on", "early on", "by the end of".
    fn preposition(&self, first: usize) -> usize {
        let mut at = first;
        while at > self.sentence.first
            && first - at < 4
            && matches!(
                self.before(at),
                "on" | "in"
                    | "by"
                    | "at"
                    | "from"
                    | "of"
                    | "the"
                    | "to"
                    | "until"
                    | "till"
                    | "before"
                    | "after"
                    | "for"
                    | "between"
                    | "around"
                    | "about"
                    | "during"
                    | "early"
                    | "late"
                    | "mid"
                    | "only"
                    | "also"
                    | "afternoon"
                    | "morning"
                    | "evening"
                    | "night"
            )
        {
            at -= 1;
        }
        at
    }

    fn floor(&self, at: usize) -> usize {
        at.saturating_sub(REACH).max(self.sentence.first)
    }

    /// The tense of the nearest verb before the date in its clause.
    fn tense_before(&self, first: usize) -> Option<Tense> {
        // "to rule on Friday": what an infinitive depends on may tell more.
        let mut infinitive = false;
        // "It comes after a fire in June"
        let mut after = false;
        for at in (self.floor(first)..first).rev() {
            match self.lower(at) {
                ";" | ":" | "—" | "--" => break,
                "ahead" | "eve" if self.lower(at + 1) == "of" => return Some(Tense::Future),
                "deadline" => return Some(Tense::Future),
                "to" if self.is_infinitive(at) => {
                    if self.was_planned(at) {
                        return None;
                    }
                    if looks_ahead(self.before(at)) {
                        return Some(Tense::Future);
                    }
                    infinitive = true;
                }
                "after" if self.lower(at + 1).ends_with("ing") => return Some(Tense::Past),
                "after" | "following" => after = true,
                "when" | "whereas" | "because" if !infinitive => break,
                word => {
                    let Some(tense) = self.tense_at(at) else { continue };
                    if after && tense == Tense::Present {
                        return Some(Tense::Past);
                    }
                    let reports = self.reading.lexicon.is(word, class::SAYS);
                    return Some(if infinitive && (reports || tense != Tense::Past) { Tense::Future } else { tense });
                }
            }
        }
        infinitive.then_some(Tense::Future)
    }

    /// The tense of the first verb after the date.
    fn tense_after(&self, end: usize) -> Option<Tense> {
        let mut relative = false;
        for at in (end..self.sentence.end).take(REACH) {
            match self.lower(at) {
                ";" | ":" | "—" | "--" | "”" => return None,
                // "the man who was held will appear"
                "who" | "which" => relative = true,
                "," => relative = false,
                _ if relative => {}
                _ => {
                    if let Some(tense) = self.tense_at(at) {
                        return Some(tense);
                    }
                }
            }
        }
        None
    }

    /// Whether "to" at `at` stands before a verb.
    fn is_infinitive(&self, at: usize) -> bool {
        let next = self.reading.within(self.sentence, at + 1);
        next.is_lower()
            && !next.lower.ends_with("ing")
            && !matches!(
                &*next.lower,
                "the"
                    | "a"
                    | "an"
                    | "his"
                    | "her"
                    | "its"
                    | "their"
                    | "our"
                    | "my"
                    | "this"
                    | "that"
                    | "these"
                    | "those"
                    | "him"
                    | "them"
                    | "us"
                    | "me"
                    | "you"
                    | "it"
                    | "some"
                    | "all"
                    | "more"
                    | "about"
                    | "around"
                    | "over"
                    | "at"
                    | "nearly"
                    | "almost"
            )
            && number_word(&next.lower).is_none()
    }

    /// Whether an infinitive tells of a plan that may have come to nothing, or be over: "was scheduled to".
    fn was_planned(&self, at: usize) -> bool {
        matches!(self.before(at), "scheduled" | "supposed" | "planned" | "slated")
            && at > self.sentence.first + 1
            && matches!(self.before(at - 1), "was" | "were" | "originally" | "initially")
    }

    /// What the word at `at` tells as a verb; none if it is none, or a form that tells nothing by itself.
    fn tense_at(&self, at: usize) -> Option<Tense> {
        if at < self.sentence.first || at >= self.sentence.end {
            return None;
        }
        let word = self.lower(at);
        match word {
            "will" | "shall" | "'ll" | "wo" | "would" | "could" | "should" | "must" | "may" | "might" | "can"
            | "ca" | "cannot"
                if self.reading.word(at).is_lower() || at == self.sentence.first || word.starts_with('\'') =>
            {
                let has = (at + 1..at + 4).any(|at| self.lower(at) == "have");
                // "could not be reached on Tuesday"
                if word == "could" && matches!(self.lower(at + 1), "not" | "n't") {
                    return Some(Tense::Past);
                }
                let is_may = word == "may" && !self.reading.within(self.sentence, at + 1).is_lower();
                (!is_may).then_some(if has && word != "will" { Tense::Past } else { Tense::Future })
            }
            "is" | "are" | "'re" | "'m" => {
                let follows = self.lower(at + 1);
                let announced = is_announced(follows) || follows == "n't" && is_announced(self.lower(at + 2));
                Some(if announced || follows == "to" { Tense::Future } else { Tense::Present })
            }
            "was" | "were" => {
                let follows = self.lower(at + 1);
                match follows {
                    "due" | "expected" | "set" => Some(Tense::Future),
                    "scheduled" | "supposed" | "planned" | "slated" => None,
                    _ => Some(Tense::Past),
                }
            }
            "had" | "did" => Some(Tense::Past),
            "has" | "have" | "'ve" if self.has_participle(at) => Some(Tense::Past),
            "has" | "have" if self.lower(at + 1) == "to" => Some(Tense::Future),
            "has" | "have" | "do" | "does" => Some(Tense::Present),
            "begins" | "starts" | "opens" | "closes" | "ends" | "takes" | "kicks" | "runs" | "resumes"
            | "continues" | "faces" | "meets" | "plays" | "hosts" | "returns" | "arrives" | "expires" | "departs"
            | "goes" | "falls" | "celebrates" | "marks" | "comes" | "holds" | "heads" | "becomes" | "launches"
            | "turns" | "reopens" | "convenes" | "gets" | "travels" | "visits" | "votes" => {
                let before = self.before(at);
                // "took turns"
                let object = at > self.sentence.first && self.past_form(at - 1);
                (!object
                    && !matches!(before, "the" | "a" | "of" | "their" | "his" | "her" | "its" | "'s")
                    && self.lower(at + 1) != "of")
                    .then_some(Tense::Present)
            }
            "go" | "begin" | "start" | "open" | "close" | "reopen" | "resume" | "return" | "take" | "meet"
            | "arrive" | "vote" | "play" | "face" | "head" | "end" | "run" | "expire" | "decide" | "hold"
            | "travel"
                if self.has_plural_before(at) =>
            {
                Some(Tense::Present)
            }
            _ if self.past_form(at) => self.participle(at),
            _ => None,
        }
    }

    /// Whether a plural stands before a word, which is a verb then: "schools reopen".
    fn has_plural_before(&self, at: usize) -> bool {
        let before = self.before(at);
        matches!(before, "they" | "we" | "you" | "people" | "men" | "women" | "children")
            || before.len() > 3 && before.ends_with('s') && !before.ends_with("ss")
    }

    fn past_form(&self, at: usize) -> bool {
        let word = self.reading.within(self.sentence, at);
        (word.is_lower() || at == self.sentence.first) && is_past_form(&word.lower)
    }

    /// Whether a participle follows "has", adverbs between.
    fn has_participle(&self, at: usize) -> bool {
        (at + 1..at + 4).take_while(|&next| next == at + 1 || is_between(self.lower(next - 1))).any(|next| {
            let word = self.lower(next);
            word == "been" || word == "become" || word == "come" || word == "run" || is_past_form(word)
        })
    }

    /// What a past tense or participle at `at` tells, by what stands before it.
    fn participle(&self, at: usize) -> Option<Tense> {
        let word = self.lower(at);
        let mut left = at;
        while left > self.sentence.first && at - left < 4 && is_between(self.before(left)) {
            left -= 1;
        }
        let auxiliary = self.before(left);
        // "set up booths on Tuesday" is another matter.
        let announced = is_announced(word)
            && (at + 1..at + 5).any(|next| {
                matches!(self.lower(next), "for" | "to")
                    || word != "set" && matches!(self.lower(next), "on" | "in" | "at" | "by")
            });
        match auxiliary {
            auxiliary @ ("be" | "being") => match self.before(left.saturating_sub(1).max(self.sentence.first)) {
                "was" | "were" => Some(Tense::Past),
                "not" if self.before(left.saturating_sub(2).max(self.sentence.first)) == "could" => Some(Tense::Past),
                // "reports of his being questioned"
                before if auxiliary == "being" && !matches!(before, "is" | "are" | "'re" | "am") => Some(Tense::Past),
                _ => Some(Tense::Future),
            },
            "been" if self.before(left - 1) == "have" && self.before(left.saturating_sub(2)) == "will" => {
                Some(Tense::Future)
            }
            "been" if is_put_off(word) => None,
            "was" | "were" if matches!(word, "scheduled" | "supposed" | "planned" | "slated") => None,
            "been" | "was" | "were" => Some(if announced { Tense::Future } else { Tense::Past }),
            "is" | "are" | "'re" | "am" => Some(if announced { Tense::Future } else { Tense::Present }),
            "will" | "shall" | "'ll" | "would" | "could" | "should" | "must" | "may" | "might" | "can" | "wo" => {
                Some(Tense::Future)
            }
            "to" | "the" | "a" | "an" | "his" | "her" | "its" | "their" | "our" | "my" | "your" | "of" | "with"
            | "for" | "new" | "some" | "all" | "these" | "more" | "most" | "no" | "in" | "any" | "by" | "'s" | "on" => {
                None
            }
            _ if announced => Some(Tense::Future),
            _ => Some(Tense::Past),
        }
    }

    /// Whether what happens at the date was put off to then: "postponed to", "extended until".
    fn is_put_off(&self, first: usize) -> bool {
        (self.floor(first).max(first.saturating_sub(10))..first).any(|at| is_put_off(self.lower(at)))
    }
}
