//! Who says what.
//!
//! `marks` finds what stands in quotation marks, `cues` finds verbs of reporting and their subjects. Here each
//! quotation gets its speaker by the first rule that holds: a credit after a dash, a cue right after it, a cue before it
//! in its sentence, the speaker it goes on from, the only person its sentence or the sentence before is about. If none holds, or a cue names somebody who is not
//! known, it has no speaker and is left out: a wrong speaker is worse than none. `indirect` finds what is said without marks.

mod credits;
mod cues;
#[cfg(test)]
mod evaluation;
mod indirect;
mod leads;
mod marks;
mod phrases;
mod subjects;
#[cfg(test)]
mod tests;

use std::ops::Range;

use self::cues::{Cue, FEW, Speaker, Stage};
pub(super) use self::marks::Marks;
use self::marks::{Paragraph, Quotation};
#[cfg(test)]
pub(super) use self::tests::{cast, paragraphs};
use super::cast::Cast;
use super::pronouns::Pronoun;
use super::verbs::Verb;
use super::words::Reading;
use super::{Entity, Kind, Quote, QuoteRule};
use crate::article::TextRange;

/// Sentences that quotations hold together, by their words.
#[derive(Clone, Debug)]
struct Frame {
    first: usize,
    end: usize,
    /// Its quotations by number.
    quotations: Range<usize>,
}

/// A frame and who speaks in it.
struct Scene {
    frame: Frame,
    cues: Vec<Cue>,
    /// Whether all of it is quoted.
    bare: bool,
    /// Persons it names outside of quotations; two are enough to know that there are several.
    persons: Vec<usize>,
}

/// How the quotation before came by its speaker, for those that go on from it.
#[derive(Clone, Copy)]
struct PreviousQuotation {
    speaker: Speaker,
    quotation: Quotation,
    paragraph: usize,
}

/// Words between a verb and the quotation that it still introduces if another verb stands before it.
const NEAR: usize = 3;

/// Words between a verb and the last quotation that it introduces.
const FAR: usize = 80;

/// Words of an office before the part of it that belongs to a subject: "Foreign Trade and".
const TITLE: usize = 8;

/// Words between two quotations of one sentence that are by the same speaker.
const WITHIN: usize = 24;

/// Gives every entity what it says.
pub(super) fn attribute(
    reading: &Reading<'_>,
    cast: &Cast,
    marks: &Marks,
    pronouns: &[Pronoun],
    entities: &mut [Entity],
) {
    let stage = Stage { reading, cast, marks, pronouns };
    let mut said: Vec<(usize, Quote)> = Vec::new();
    let mut last = None;
    let mut before: Option<PreviousQuotation> = None;
    // Quotations that go on over paragraphs and wait for their speaker.
    let mut waiting: Vec<Quotation> = Vec::new();
    let mut next = 0;
    let mut introduced = None;
    for (number, paragraph) in marks.paragraphs.iter().enumerate() {
        let scenes = stage.scenes(paragraph, &mut next, &mut last);
        let alone = scenes.iter().all(|scene| scene.bare);
        for (at, scene) in scenes.iter().enumerate() {
            indirect::find(&stage, scene, &mut said);
            for quotation in scene.frame.quotations.clone() {
                let Some(&quotation) = marks.quotations.get(quotation) else { continue };
                let chained = quotation.went_on.then(|| before.filter(|before| before.quotation.goes_on)).flatten();
                let speaker = match chained {
                    Some(before) => Some(Speaker { rule: QuoteRule::Continued, ..before.speaker }),
                    None => match stage
                        .credited(number, &quotation)
                        .map_or_else(|| stage.beside(&scenes, at, &quotation), Attribution::Speaker)
                    {
                        Attribution::Speaker(speaker) => Some(speaker),
                        Attribution::Somebody => None,
                        Attribution::Nobody if quotation.short => None,
                        Attribution::Nobody => stage
                            .going_on(&scenes, at, &quotation, before.filter(|before| before.paragraph == number))
                            .or_else(|| stage.only_person(scene, &quotation))
                            .or_else(|| stage.person_before(&scenes, at))
                            .or_else(|| {
                                stage.alone(
                                    &scenes,
                                    alone,
                                    &quotation,
                                    before.filter(|before| before.paragraph + 1 == number),
                                    introduced,
                                )
                            }),
                    },
                };
                if !quotation.went_on {
                    waiting.clear();
                }
                let Some(speaker) = speaker else {
                    before = None;
                    if quotation.goes_on {
                        waiting.push(quotation);
                    }
                    continue;
                };
                for earlier in waiting.drain(..) {
                    said.extend(stage.quote(&earlier, Speaker { rule: QuoteRule::Continued, ..speaker }));
                }
                said.extend(stage.quote(&quotation, speaker));
                before = Some(PreviousQuotation { speaker, quotation, paragraph: number });
            }
        }
        introduced = introduces(&scenes);
        if scenes.iter().all(|scene| scene.frame.quotations.is_empty()) {
            before = None;
        }
    }
    for (entity, quote) in said {
        if let Some(entity) = entities.get_mut(entity) {
            entity.quotes.push(quote);
        }
    }
    for entity in entities {
        entity.quotes.sort();
        entity.quotes.dedup_by_key(|quote| quote.range);
    }
}

/// What stands beside a quotation.
enum Attribution {
    Speaker(Speaker),
    /// Somebody speaks, but it cannot be told who.
    Somebody,
    Nobody,
}

impl From<&Cue> for Attribution {
    fn from(cue: &Cue) -> Self {
        cue.speaker.map_or(Self::Somebody, Self::Speaker)
    }
}

impl Stage<'_> {
    fn scenes(&self, paragraph: &Paragraph, next: &mut usize, last: &mut Option<usize>) -> Vec<Scene> {
        let mut scenes: Vec<Scene> = Vec::new();
        let sentences = self.reading.sentences.get(paragraph.first..paragraph.end).unwrap_or_default();
        let mut held = 0;
        for sentence in sentences {
            let joined = held > sentence.first;
            let first = *next;
            while let Some(quotation) = self.marks.quotations.get(*next).filter(|next| next.open < sentence.end) {
                held = held.max(quotation.close + 1);
                *next += 1;
            }
            match scenes.last_mut().filter(|_| joined) {
                Some(scene) => {
                    scene.frame.end = sentence.end;
                    scene.frame.quotations.end = *next;
                }
                None => scenes.push(Scene {
                    frame: Frame { first: sentence.first, end: sentence.end, quotations: first..*next },
                    cues: Vec::new(),
                    bare: false,
                    persons: Vec::new(),
                }),
            }
        }
        for scene in &mut scenes {
            scene.cues = self.cues(&scene.frame, last);
            let free = || (scene.frame.first..scene.frame.end).filter(|&at| !self.marks.is_quoted(at));
            scene.bare = free().all(|at| self.is_mark(at) || self.is_agency(at));
            for spot in free().filter_map(|at| self.cast.spot(at)).filter(|spot| spot.kind == Kind::Person) {
                if scene.persons.len() < 2 && !scene.persons.contains(&spot.entity) {
                    scene.persons.push(spot.entity);
                }
            }
        }
        scenes
    }

    /// The words said, without marks, and without the comma that belongs to the sentence around.
    fn quote(&self, quotation: &Quotation, speaker: Speaker) -> Option<(usize, Quote)> {
        let mut end = if quotation.goes_on { quotation.close + 1 } else { quotation.close };
        if end > quotation.open + 2 && self.lower(end - 1) == "," {
            end -= 1;
        }
        let range = self.reading.range(quotation.open + 1, end);
        (!range.is_empty()).then_some((speaker.entity, Quote { range, direct: true, rule: speaker.rule }))
    }

    /// Rules 1 to 3: a verb of reporting beside it, the one after it first.
    fn beside(&self, scenes: &[Scene], at: usize, quotation: &Quotation) -> Attribution {
        let Some(Scene { frame, cues, .. }) = scenes.get(at) else { return Attribution::Nobody };
        let after = self.skip_marks(quotation.close + 1);
        let later = cues.get(cues.partition_point(|cue| cue.verb < after)..).unwrap_or_default();
        let verb_after = |cue: &&Cue| {
            let calls = cue.inverted && matches!(self.lower(cue.verb), "called" | "calls");
            // “…,” Foreign Trade and Tourism Minister Ana Reed said
            let titled = cue.start <= after + TITLE && (after..cue.start).all(|at| self.may_be_title(at));
            // Reed (“A Long Way”, June 7) thinks
            let behind = cue.start > quotation.close;
            behind && (cue.start <= after || titled && !cue.inverted) && (cue.kind != Some(Verb::Describes) || calls)
                || cue.kind.is_none() && cue.start <= after + 1
        };
        let earlier = cues.get(..cues.partition_point(|cue| cue.verb < quotation.open)).unwrap_or_default();
        let earlier: Vec<&Cue> = earlier.iter().rev().filter(|cue| cue.end <= quotation.open).take(4).collect();
        if let Some(cue) = later.iter().take(FEW).find(verb_after) {
            // "Reed came, saying, “…,” the minister noted": whoever the minister is, Reed spoke.
            let close = earlier.first().filter(|before| cue.speaker.is_none() && before.end + 1 >= quotation.open);
            return close.map_or_else(|| cue.into(), |before| (*before).into());
        }
        if after >= frame.end
            && let Some(next) = scenes.get(at + 1)
            && let Some(cue) = next.cues.first().filter(|cue| cue.start == next.frame.first)
        {
            // "Why?" Reed asked.
            let asked = matches!(self.lower(quotation.close.saturating_sub(1)), "?" | "!" | "…" | "...");
            let rest = self.lower(cue.end);
            let short = matches!(rest, "." | "," | "") || asked && matches!(rest, "in" | "on" | "at" | "after" | "as");
            if short && self.lower(cue.end.max(cue.verb + 1)) != ":" {
                return cue.into();
            }
        }
        let Some(nearest) = earlier.first() else {
            // The “oldest of bridges” is shut, Reed said.
            let over = |cue: &&Cue| {
                let comma =
                    if cue.inverted { cue.verb } else { cue.tight }.checked_sub(1).filter(|&comma| comma >= after);
                cue.kind != Some(Verb::Describes) && comma.is_some_and(|comma| self.lower(comma) == ",")
            };
            let around =
                later.first().filter(over).filter(|cue| self.is_one_sentence(after, cue.verb) && !quotation.short);
            return around.map_or(Attribution::Nobody, Attribution::from);
        };
        let gap = quotation.open - nearest.verb.max(nearest.end - 1) - 1;
        if quotation.short {
            return if gap <= 1 { (*nearest).into() } else { Attribution::Nobody };
        }
        // "He said; “…”" is meant as a colon.
        if gap > FAR || (nearest.verb..quotation.open - usize::from(gap == 1)).any(|at| self.lower(at) == ";") {
            return Attribution::Nobody;
        }
        let other = earlier
            .iter()
            .skip(1)
            .find(|cue| cue.speaker.map(|who| who.entity) != nearest.speaker.map(|who| who.entity));
        let coordinated = nearest
            .start
            .checked_sub(1)
            .is_some_and(|before| matches!(self.lower(before), "and" | "but" | "while" | ";" | "whereas"));
        match other {
            Some(_) if gap > NEAR && !coordinated => Attribution::Somebody,
            _ => (*nearest).into(),
        }
    }

    /// Whether word `at` may be part of an office or the name of a body.
    fn may_be_title(&self, at: usize) -> bool {
        let word = self.reading.word(at);
        word.text.starts_with(char::is_uppercase) || matches!(&*word.lower, "and" | "of" | "&" | ",")
    }

    /// Whether no sentence ends between two words.
    fn is_one_sentence(&self, first: usize, last: usize) -> bool {
        let number = |at: usize| self.reading.sentences.partition_point(|sentence| sentence.first <= at);
        number(first) == number(last) && last <= first + FAR && !(first..last).any(|at| self.lower(at) == ";")
    }

    fn skip_marks(&self, mut at: usize) -> usize {
        while matches!(self.lower(at), "," | "—" | "–" | "-" | "--") {
            at += 1;
        }
        // "“…”, as Reed put it"
        at + usize::from(self.lower(at) == "as")
    }

    /// Rule 5 inside a paragraph: it stands in the same sentence as another of Reed's, or after a sentence in which Reed
    /// spoke: "…, Reed said." or "Reed said that …".
    fn going_on(
        &self,
        scenes: &[Scene],
        at: usize,
        quotation: &Quotation,
        before: Option<PreviousQuotation>,
    ) -> Option<Speaker> {
        let frame = &scenes.get(at)?.frame;
        let other = |at: usize, speaker: &Speaker| {
            self.cast.spot(at).is_some_and(|spot| self.cast.is_person(spot.entity) && spot.entity != speaker.entity)
        };
        if let Some(before) = before.filter(|before| before.quotation.open >= frame.first) {
            let mut between = before.quotation.close + 1..quotation.open;
            let near = between.len() <= WITHIN && !between.any(|at| other(at, &before.speaker));
            return near.then_some(Speaker { rule: QuoteRule::Continued, ..before.speaker });
        }
        if !scenes.get(at)?.bare {
            return None;
        }
        let (last, earlier) = scenes.get(..at)?.split_last()?;
        let quoted = |scene: &Scene| before.filter(|before| before.quotation.close >= scene.frame.first);
        let speaker = if let Some(cue) = last.cues.last() {
            cue.speaker
        } else if let Some(before) = quoted(last) {
            Some(before.speaker)
        } else {
            // One sentence may lie between.
            let scene = earlier.last()?;
            scene.cues.last().map_or_else(|| quoted(scene).map(|before| before.speaker), |cue| cue.speaker)
        }?;
        let somebody = last.cues.is_empty() && last.persons.iter().any(|person| *person != speaker.entity);
        (!somebody).then_some(Speaker { rule: QuoteRule::Continued, ..speaker })
    }

    /// Whether word `at` belongs to the agency an article ends with: “…” — Reuters.
    fn is_agency(&self, at: usize) -> bool {
        let body = self.cast.spot(at).filter(|spot| spot.kind == Kind::Organisation && spot.first > 0);
        body.is_some_and(|body| matches!(self.lower(body.first - 1), "—" | "–" | "-" | "("))
    }

    fn is_mark(&self, at: usize) -> bool {
        self.reading.word(at).kind == crate::text::tokens::TokenKind::Punctuation
    }

    /// Rule 4: the sentence is about one person and names no other.
    fn only_person(&self, scene: &Scene, quotation: &Quotation) -> Option<Speaker> {
        let frame = &scene.frame;
        if !scene.cues.is_empty() {
            return None;
        }
        let before = quotation.open.checked_sub(1).map_or("", |at| self.lower(at));
        if before != ":" {
            return None;
        }
        let who = self.first_subject(frame, quotation.open)?.who?;
        match *scene.persons.as_slice() {
            [only] => (who.entity == only).then_some(Speaker { rule: QuoteRule::OnlyPerson, ..who }),
            // "She blames the weather: “…”"
            [] => (who.rule == QuoteRule::Pronoun).then_some(who),
            _ => None,
        }
    }

    /// The same for the sentence before a quotation that is a sentence: "Reed worries about the wells. “They are dry.”"
    fn person_before(&self, scenes: &[Scene], at: usize) -> Option<Speaker> {
        let here = scenes.get(at).filter(|scene| scene.bare)?;
        let before = scenes.get(at.checked_sub(1)?)?;
        if !before.cues.is_empty() || !before.frame.quotations.is_empty() || self.lower(here.frame.first + 1) == "…" {
            return None;
        }
        let who = self.lead(&before.frame, before.frame.end)?.who.filter(|who| self.cast.is_person(who.entity))?;
        let alone = before.persons.iter().all(|person| *person == who.entity);
        alone.then_some(Speaker { rule: QuoteRule::OnlyPerson, ..who })
    }

    /// Rule 5: alone in its paragraph, after a paragraph that ends with what somebody says.
    fn alone(
        &self,
        scenes: &[Scene],
        alone: bool,
        quotation: &Quotation,
        before: Option<PreviousQuotation>,
        introduced: Option<Speaker>,
    ) -> Option<Speaker> {
        let first = scenes.first()?.frame.first;
        let colon = self.lower(first.checked_sub(1)?) == ":" && first == quotation.open;
        let question = |quotation: &Quotation| self.lower(quotation.close.saturating_sub(1)) == "?";
        if !colon && (!alone || question(quotation)) {
            return None;
        }
        let speaker = introduced.or_else(|| {
            let before = before.filter(|before| !question(&before.quotation))?;
            let last = self.marks.paragraphs.get(before.paragraph)?.end.checked_sub(1)?;
            let ended = self.reading.sentences.get(last)?.first <= before.quotation.close;
            ended.then_some(before.speaker)
        })?;
        Some(Speaker { rule: QuoteRule::Continued, ..speaker })
    }
}

/// Whoever speaks in the last sentence of a paragraph, without marks: "Reed said:", "Reed said she had run".
fn introduces(scenes: &[Scene]) -> Option<Speaker> {
    let scene = scenes.last().filter(|scene| scene.frame.quotations.is_empty())?;
    scene.cues.last()?.speaker
}

/// The bytes of words without the punctuation and blanks around them.
fn trimmed(reading: &Reading<'_>, mut first: usize, mut end: usize) -> TextRange {
    let mark = |at: usize| matches!(reading.word(at).text, "," | "." | ";" | ":" | "—" | "–" | "-" | "!" | "?");
    while first < end && mark(first) {
        first += 1;
    }
    while end > first && mark(end - 1) {
        end -= 1;
    }
    reading.range(first, end)
}
