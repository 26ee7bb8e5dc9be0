//! Organisations whose names are phrases: "speakers from Keep Out of the Valley".

use std::ops::Range;

use crate::entity::lexicon::class;
use crate::entity::words::{Reading, Sentence};

/// Words of the longest phrase.
const LONGEST: usize = 14;

/// The phrases in capitals, with small words between, to which people are said to belong.
pub(super) fn find(reading: &Reading<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for sentence in &reading.sentences {
        let mut at = sentence.first + 2;
        while at < sentence.end {
            match end(reading, sentence, at) {
                Some(end) => {
                    found.push(at..end);
                    at = end;
                }
                None => at += 1,
            }
        }
    }
    found
}

fn end(reading: &Reading<'_>, sentence: &Sentence, at: usize) -> Option<usize> {
    let word = |at: usize| reading.within(sentence, at);
    let capital = |at: usize| word(at).text.starts_with(char::is_uppercase);
    let small = |at: usize| matches!(word(at).text, "of" | "the" | "for" | "to" | "off" | "against" | "out" | "with");
    let (cue, link) = (&word(at - 2).lower, &word(at - 1).lower);
    let cued = matches!(&**link, "from" | "of" | "for" | "by" | "with" | "at")
        && reading.lexicon.is(cue, class::MEMBERS)
        || matches!(&**link, "called" | "named") && reading.lexicon.is(cue, class::AFTER_ORGANISATION);
    // A word that heads names, like *Ministry*, is left to the tagger.
    let first = reading.lexicon.classes(&word(at).lower);
    if !cued || !capital(at) || first & class::COMMON == 0 || first & class::OF != 0 {
        return None;
    }
    let mut end = at + 1;
    let (mut capitals, mut smalls) = (1, 0);
    while end < at + LONGEST {
        let between = (0..3).find(|&words| !small(end + words)).filter(|&words| capital(end + words));
        let Some(words) = between else { break };
        smalls += words;
        capitals += 1;
        end += words + 1;
    }
    (capitals >= 3 && smalls > 0).then_some(end)
}
