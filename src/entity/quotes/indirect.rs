//! Finds what somebody says without quotation marks: "Reed said that the bridge was shut", "the bridge was shut,
//! according to Reed".

use super::cues::{Cue, FEW, Stage};
use super::{Scene, trimmed};
use crate::entity::lexicon::class;
use crate::entity::verbs::{Verb, subordinates, ties, verb as verb_of};
use crate::entity::{Kind, Quote};
use crate::text::tokens::TokenKind;

/// Words of the shortest clause.
const FEWEST: usize = 4;

/// Words of the longest; more is no sentence.
const MOST: usize = 150;

/// Words between a verb and its *that*: "told the committee in Lisbon on Monday that".
const APART: usize = 12;

/// Adds the indirect speech of a frame.
pub(super) fn find(stage: &Stage<'_>, scene: &Scene, said: &mut Vec<(usize, Quote)>) {
    for (number, cue) in scene.cues.iter().enumerate() {
        let Some(speaker) = cue.speaker else { continue };
        let later = scene.cues.get(number + 1..).unwrap_or_default();
        let clause = match cue.kind {
            None => stage.accorded(scene, cue),
            Some(Verb::Clause | Verb::That) => {
                stage.clause_after(scene, cue, later).or_else(|| stage.clause_before(scene, cue))
            }
            Some(Verb::Marks | Verb::Describes) => None,
        };
        let Some((first, end)) = clause.filter(|(first, end)| *end <= first + MOST) else { continue };
        let words = (first..end).filter(|&at| stage.reading.word(at).kind != TokenKind::Punctuation);
        let quoted = (first..end).any(|at| stage.marks.is_quoted(at));
        if quoted || words.take(FEWEST).count() < FEWEST {
            continue;
        }
        let range = trimmed(stage.reading, first, end);
        said.push((speaker.entity, Quote { range, direct: false, rule: speaker.rule }));
    }
}

impl Stage<'_> {
    /// The bounds of the sentence that word `at` is in.
    fn sentence(&self, scene: &Scene, at: usize) -> (usize, usize) {
        let number = self.reading.sentences.partition_point(|sentence| sentence.first <= at);
        let sentence = number.checked_sub(1).and_then(|number| self.reading.sentences.get(number));
        let (first, end) = sentence.map_or((scene.frame.first, scene.frame.end), |one| (one.first, one.end));
        (first.max(scene.frame.first), end.min(scene.frame.end))
    }

    /// "said that …", "told Reuters the …", "asked whether …"
    fn clause_after(&self, scene: &Scene, cue: &Cue, later: &[Cue]) -> Option<(usize, usize)> {
        if cue.inverted {
            return None;
        }
        let (_, end) = self.sentence(scene, cue.verb);
        let start = self.clause_start(cue, end)?;
        // "…, adding that", "…, but Reed said" are clauses of their own.
        let stop = later.iter().take(FEW).take_while(|next| next.verb < end).find_map(|next| {
            let before = next.verb.checked_sub(1).filter(|&before| before > start)?;
            if matches!(self.lower(before), "and" | "but") {
                return Some(before);
            }
            let before = next.tight.checked_sub(1).filter(|&before| before > start)?;
            let joined = matches!(self.lower(before), "and" | "but" | "while");
            let comma = if joined { before.checked_sub(1)? } else { before };
            (self.lower(comma) == ",").then_some(comma)
        });
        Some((start, stop.unwrap_or(end)))
    }

    fn clause_start(&self, cue: &Cue, end: usize) -> Option<usize> {
        let verb = self.lower(cue.verb);
        let mut at = cue.verb + 1;
        let listener = verb.starts_with("tell") || verb == "told" || verb.starts_with("assure");
        let asks = verb.starts_with("ask");
        for that in at..end.min(at + APART) {
            let word = self.lower(that);
            let question = asks && matches!(word, "whether" | "if" | "why" | "how" | "what" | "who" | "when" | "where");
            if question {
                return Some(that);
            }
            if word == "that" {
                // "said that day", "told that story" do not happen before a clause; "said of the bridge that" does.
                return Some(that + 1);
            }
            let tied = ties(self.lower(that - 1)) || matches!(self.lower(that - 1), "before" | "during" | "after");
            let passes = self.cast.spot(that).is_some()
                || ties(word)
                || matches!(
                    word,
                    "the"
                        | "a"
                        | "an"
                        | ","
                        | "his"
                        | "her"
                        | "its"
                        | "their"
                        | "this"
                        | "last"
                        | "later"
                        | "before"
                        | "during"
                        | "after"
                )
                || self.reading.word(that).is_number()
                || self.reading.word(that).is_lower() && that > cue.verb + 1
                || listener;
            if !passes
                || matches!(word, "." | ";" | ":" | "“" | "\"")
                || (that > at || !listener) && self.opens_clause(that) && !tied
                || verb_of(word).is_some()
            {
                break;
            }
        }
        if cue.kind != Some(Verb::Clause) {
            return None;
        }
        if listener {
            let heard = matches!(
                self.lower(at),
                "him"
                    | "her"
                    | "them"
                    | "us"
                    | "me"
                    | "reporters"
                    | "journalists"
                    | "lawmakers"
                    | "parliament"
                    | "mps"
                    | "senators"
                    | "supporters"
                    | "viewers"
                    | "listeners"
                    | "jurors"
            );
            at = match self.cast.spot(at) {
                Some(spot) => spot.end,
                None if heard => at + 1,
                None => return None,
            };
        } else if let Some(spot) = self.cast.spot(at).filter(|spot| spot.kind == Kind::Date) {
            // "said Monday the bridge was shut"
            at = spot.end;
        } else if self.lower(at) == "on"
            && let Some(spot) = self.cast.spot(at + 1).filter(|spot| spot.kind == Kind::Date)
        {
            at = spot.end;
        }
        let subject = self.opens_clause(at) || self.cast.spot(at).is_some() || self.opens_noun(cue, at);
        (subject && at < end).then_some(at)
    }

    /// Words that begin a clause and nothing else that may follow a verb of saying.
    fn opens_clause(&self, at: usize) -> bool {
        matches!(
            self.lower(at),
            "the"
                | "this"
                | "these"
                | "those"
                | "he"
                | "she"
                | "it"
                | "they"
                | "we"
                | "i"
                | "there"
                | "his"
                | "her"
                | "its"
                | "their"
                | "all"
                | "some"
                | "many"
                | "most"
                | "no"
                | "several"
                | "both"
                | "two"
                | "three"
                | "a"
                | "an"
                | "each"
                | "every"
                | "nobody"
                | "everyone"
                | "people"
                | "police"
                | "officials"
        )
    }

    /// "said prices would rise": a plural noun, but not "said nothing", "said goodbye".
    fn opens_noun(&self, cue: &Cue, at: usize) -> bool {
        let word = self.reading.word(at);
        let name = word.text.starts_with(char::is_uppercase) || word.is_number();
        let plural =
            word.is_lower() && word.lower.len() > 3 && word.lower.ends_with('s') && !word.lower.ends_with("ss");
        let common = self.reading.lexicon.is(&word.lower, class::FUNCTION);
        self.lower(cue.verb).starts_with("sa")
            && (name || plural && !common)
            && !matches!(self.lower(at), "as" | "always")
    }

    /// "The bridge is shut, Reed said."
    fn clause_before(&self, scene: &Scene, cue: &Cue) -> Option<(usize, usize)> {
        let (start, end) = self.sentence(scene, cue.verb);
        let comma = cue.tight.checked_sub(1).filter(|&comma| comma > start && self.lower(comma) == ",")?;
        let rest = self.lower(cue.end);
        let over = cue.end >= end
            || rest == "," && self.goes_on_aside(cue.end + 1)
            || matches!(rest, "." | "!" | "?" | "in" | "on" | "at" | "after" | "during" | "when" | "last" | "this")
            || self.cast.spot(cue.end).is_some_and(|spot| spot.kind == Kind::Date);
        let fragment = subordinates(self.lower(start)) && comma - start < 9 || self.lower(start).ends_with("ing");
        let words = comma - start;
        (over
            && words < MOST
            && cue.kind == Some(Verb::Clause)
            && !fragment
            && words > FEWEST
            && !self.is_listing(start, comma))
        .then_some((start, comma))
    }

    /// Whether what follows "…, Reed said," is no part of what she said.
    fn goes_on_aside(&self, at: usize) -> bool {
        let word = self.lower(at);
        word.ends_with("ing")
            || matches!(word, "who" | "which" | "but" | "and" | "as" | "after" | "when" | "in" | "on" | "during")
    }

    /// Whether there is no verb in sight: "Ana Reed, the union's leader, said" has its name in front.
    fn is_listing(&self, start: usize, comma: usize) -> bool {
        (start..comma).all(|at| {
            let word = self.reading.word(at);
            !word.is_lower() || self.reading.lexicon.is(&word.lower, class::ROLE)
        })
    }

    /// "According to Reed, the bridge is shut" and the other way round.
    fn accorded(&self, scene: &Scene, cue: &Cue) -> Option<(usize, usize)> {
        let (start, end) = self.sentence(scene, cue.verb);
        if cue.verb <= start + 1 {
            return (self.lower(cue.end) == ",").then_some((cue.end + 1, end));
        }
        let over = cue.end >= end || matches!(self.lower(cue.end), "." | "," | ";" | "who" | "which" | "and");
        over.then_some((start, cue.verb))
    }
}
