//! Who *he* and *she* are: the last person named who was a subject and may be meant.
//!
//! A cheap guess that serves salience and the attribution of quotations; a pronoun never becomes a mention.

use super::Kind;
use super::cast::Cast;
use super::lexicon::{Gender, class, speaks_for};
use super::verbs::{Verb, is_adverb, verb};
use super::words::{Part, Reading};

/// How many people are remembered; somebody last named before that many others is not meant.
const MEMORY: usize = 12;

/// Paragraphs after which a person has to be named again.
const REACH: usize = 2;

/// The same for the last person of all who was spoken of.
const LONG_REACH: usize = 4;

/// Somebody without a name, "a neighbour", who may be meant all the same.
const NOBODY: usize = usize::MAX;

/// A sentence about an unnamed person says so within this many words.
const NAMELESS: usize = 6;

/// A pronoun that was resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pronoun {
    /// Its word by number.
    pub(super) word: usize,
    /// Who it is, by number.
    pub(super) entity: usize,
}

/// Somebody the article spoke of.
#[derive(Clone, Copy)]
struct Antecedent {
    /// By number, or [`NOBODY`].
    entity: usize,
    paragraph: usize,
    sentence: usize,
    /// Whether it was somebody the sentence was about, and not inside a phrase: "the friend of Reed", "Reed's friend".
    subject: bool,
    /// Whether the sentence is about what this one says.
    says: bool,
}

/// Every *he* and *she* of the running text that could be resolved, in order. `quoted` says of each word whether somebody
/// else says it.
pub(super) fn resolve(reading: &Reading<'_>, cast: &mut Cast, quoted: &[bool]) -> Vec<Pronoun> {
    let mut found = Vec::new();
    let mut seen: Vec<Antecedent> = Vec::with_capacity(MEMORY + 1);
    let blocks = reading.text.blocks();
    // A paragraph that is all quotation takes nobody further away.
    let (mut block, mut paragraph, mut told) = (0, 0, false);
    for (number, sentence) in reading.sentences.iter().enumerate() {
        if sentence.part != Part::Body {
            continue;
        }
        let start = reading.word(sentence.first).range.start;
        let before = block;
        while blocks.get(block).is_some_and(|block| block.range.end <= start) {
            block += 1;
        }
        if block != before && std::mem::take(&mut told) {
            paragraph += 1;
        }
        told |= (sentence.first..sentence.end).any(|at| !quoted.get(at).copied().unwrap_or(false));
        let mut at = sentence.first;
        if is_nameless(reading, cast, at, sentence.end) {
            note(&mut seen, Antecedent { entity: NOBODY, paragraph, sentence: number, subject: true, says: false });
        }
        while at < sentence.end {
            if quoted.get(at).copied().unwrap_or(false) {
                at += 1;
                continue;
            }
            if let Some(spot) = cast.spot(at) {
                let (entity, end) = (spot.entity, spot.end.max(at + 1));
                if spot.kind == Kind::Person {
                    let first = !seen.iter().any(|who| who.sentence == number && who.subject);
                    let subject = first && !inside_a_phrase(reading, sentence.first, spot.first, end);
                    note(
                        &mut seen,
                        Antecedent {
                            entity,
                            paragraph,
                            sentence: number,
                            subject,
                            says: is_saying(reading, spot.first, end),
                        },
                    );
                }
                at = end;
                continue;
            }
            if let Some((gender, subject)) = pronoun(&reading.word(at).lower)
                && let Some(who) = choose(&seen, cast, gender, paragraph)
            {
                if subject {
                    if who.entity != NOBODY {
                        found.push(Pronoun { word: at, entity: who.entity });
                    }
                    if cast.gender(who.entity) == Gender::Either {
                        cast.learn(who.entity, gender);
                    }
                }
                // "His first book …" is about him as well, unless it stands behind another name.
                if subject || !seen.iter().any(|who| who.sentence == number && who.subject) {
                    note(&mut seen, Antecedent { paragraph, sentence: number, subject: true, ..who });
                }
            }
            at += 1;
        }
    }
    found
}

/// Whether the sentence is about somebody it does not name: "A spokesman for the ministry declined".
fn is_nameless(reading: &Reading<'_>, cast: &Cast, first: usize, end: usize) -> bool {
    let opens = |at: &usize| {
        matches!(&*reading.word(*at).lower, "then" | "but" | "and" | "later" | "meanwhile" | "however" | ",")
    };
    let first = first + (first..end).take(3).take_while(opens).count();
    if !matches!(&*reading.word(first).lower, "a" | "an" | "one" | "another") {
        return false;
    }
    let human = |at: usize| {
        let word = reading.word(at);
        // "one of the major questions" is about nobody.
        let adjective = matches!(&*word.lower, "major" | "general" | "private" | "chief" | "forward");
        reading.lexicon.is(&word.lower, class::ROLE | class::MEMBERS)
            || !adjective && reading.lexicon.title(&word.lower).is_some()
            || matches!(
                &*word.lower,
                "man" | "woman" | "boy" | "girl" | "resident" | "witness" | "victim" | "neighbour" | "neighbor"
            )
            || speaks_for(&word.lower)
    };
    let mut words = first + 1..end.min(first + NAMELESS);
    let person = |at: usize| cast.spot(at).is_some_and(|spot| spot.kind == Kind::Person);
    words.clone().find(|&at| human(at)).is_some_and(|at| {
        // "A spokesman, Ana Reed," has a name.
        let comma = (at + 1..end.min(at + NAMELESS)).find(|&at| &*reading.word(at).lower == ",").unwrap_or(at);
        !person(at + 1) && !person(comma + 1)
    }) && !words.any(person)
}

/// The gender of a pronoun, and whether it is a subject.
fn pronoun(lower: &str) -> Option<(Gender, bool)> {
    Some(match lower {
        "he" => (Gender::Male, true),
        "she" => (Gender::Female, true),
        "his" | "him" | "himself" => (Gender::Male, false),
        "her" | "hers" | "herself" => (Gender::Female, false),
        _ => return None,
    })
}

/// Makes somebody the most recent; within a sentence a subject stays ahead of anybody inside a phrase.
fn note(seen: &mut Vec<Antecedent>, who: Antecedent) {
    if let Some(at) = seen.iter().position(|other| other.entity == who.entity) {
        let old = seen.remove(at);
        let again = old.sentence == who.sentence;
        seen.push(Antecedent {
            subject: who.subject || again && old.subject,
            says: who.says || again && old.says,
            ..who
        });
    } else {
        seen.push(who);
        if seen.len() > MEMORY {
            seen.remove(0);
        }
    }
}

fn choose(seen: &[Antecedent], cast: &Cast, gender: Gender, paragraph: usize) -> Option<Antecedent> {
    let last = seen.iter().map(|who| who.sentence).max();
    let near = |who: &&Antecedent| {
        let alone = Some(who.sentence) == last && seen.iter().filter(|other| Some(other.sentence) == last).count() == 1;
        who.paragraph + if alone { LONG_REACH } else { REACH } > paragraph
    };
    let fits = |who: &&Antecedent| cast.gender(who.entity) == gender || cast.gender(who.entity) == Gender::Either;
    let mut candidates: Vec<&Antecedent> = seen.iter().filter(near).filter(fits).collect();
    // The latest sentence first; in it whoever speaks, then subjects before others, the first before the next.
    candidates.sort_by_key(|who| (std::cmp::Reverse(who.sentence), !who.says, !who.subject));
    candidates.first().map(|who| **who)
}

/// Whether a verb of saying stands beside the name of word `first` up to `end`: "Reed has also said", "said Reed".
fn is_saying(reading: &Reading<'_>, first: usize, end: usize) -> bool {
    let says = |at: usize| matches!(verb(&reading.word(at).lower), Some(Verb::Clause | Verb::That));
    let next = (end..end + 3).find(|&at| !is_adverb(&reading.word(at).lower));
    next.is_some_and(says) || first.checked_sub(1).is_some_and(says)
}

/// Whether the name of word `first` up to `end` belongs to a phrase around it, so that the sentence is about another.
fn inside_a_phrase(reading: &Reading<'_>, start: usize, first: usize, end: usize) -> bool {
    let before = first.checked_sub(1).filter(|&at| at >= start).map_or("", |at| &*reading.word(at).lower);
    matches!(reading.word(end).lower.as_ref(), "'s" | "'")
        || matches!(
            before,
            "of" | "for" | "to" | "with" | "by" | "from" | "against" | "about" | "than" | "like" | "on" | "over" | "at"
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::quotes::{Marks, cast, paragraphs};

    /// The pronouns of `words` and who they are.
    fn resolved(words: &str) -> Vec<(String, String)> {
        let text = paragraphs(words);
        let entities = cast("P Mrs:Ana Reed|Reed\nP Mr:Tom Hale|Hale\nP Wim Okoro|Okoro\nO Acme", &text);
        let reading = Reading::new(&text);
        let marks = Marks::new(&reading);
        let mut cast = Cast::new(&reading, &entities);
        resolve(&reading, &mut cast, &marks.quoted)
            .into_iter()
            .map(|pronoun| (reading.word(pronoun.word).text.to_owned(), entities[pronoun.entity].name.clone()))
            .collect()
    }

    fn are(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|(word, name)| ((*word).to_owned(), (*name).to_owned())).collect()
    }

    #[test]
    fn gender_and_place_tell_who_is_meant() {
        assert_eq!(
            resolved("Ana Reed met Tom Hale. She liked him. He left her at Acme."),
            are(&[("She", "Ana Reed"), ("He", "Tom Hale")])
        );
        assert_eq!(
            resolved("Tom Hale left. His first stop was Acme, for Wim Okoro. He slept."),
            are(&[("He", "Tom Hale")])
        );
        // Whoever speaks, although another stands before.
        assert_eq!(resolved("A note on Wim Okoro came late, Tom Hale has said. He left."), are(&[("He", "Tom Hale")]));
        // The one the sentence is about, and not who stands in a phrase.
        assert_eq!(resolved("Tom Hale met a friend of Wim Okoro. He smiled."), are(&[("He", "Tom Hale")]));
    }

    #[test]
    fn a_pronoun_tells_a_gender() {
        assert_eq!(
            resolved("Okoro spoke first. She was brief. Then Hale came. She left, and he stayed."),
            are(&[("She", "Wim Okoro"), ("She", "Wim Okoro"), ("he", "Tom Hale")])
        );
    }

    #[test]
    fn nobody_is_meant_from_afar_or_inside_a_quotation() {
        assert_eq!(resolved("Tom Hale came.\n\nIt rained.\n\nIt was cold.\n\nIt was late.\n\nHe left."), []);
        assert_eq!(resolved("Tom Hale met Wim Okoro.\n\nIt rained.\n\nHe left."), []);
        assert_eq!(resolved("Tom Hale came. “He is late today, as ever,” the crowd sang."), []);
        assert_eq!(resolved("Tom Hale came. A neighbour saw it. He called the police."), []);
        assert_eq!(resolved("Tom Hale came. Then a fellow member saw it. He called the police."), []);
        let hale = are(&[("He", "Tom Hale")]);
        assert_eq!(resolved("A spokesman for the board, Tom Hale, came. He left."), hale);
        assert_eq!(resolved("One of the major things, Tom Hale said, was rain. He left."), hale);
    }
}
