//! How much an article is about each of its entities.
//!
//! `ln(1 + n) + headline + ½·(1 − first/length) + ¼·lead`, where `n` counts names, and *he* and *she* for a third: counts,
//! the headline and the first place tell almost all that is to be known without a model (Dunietz and Gillick, "A New
//! Entity Salience Task with Millions of Training Examples", 2014); the weights were tried on the graded salience of the
//! GUM corpus, where heavier ones put any name of the first lines before the subject.

use super::pronouns::Pronoun;
use super::words::{Part, Reading};
use super::{Entity, TextRange};

/// Sentences of the body that count as its lead.
const LEAD: usize = 4;

/// What standing early, and standing in the lead, are worth beside the headline; see the top.
const EARLY_WEIGHT: f32 = 0.5;
const LEAD_WEIGHT: f32 = 0.25;

/// What a pronoun is worth beside a name: it is a guess, and persons are not all an article is about.
const PRONOUN_WEIGHT: f32 = 0.3;

/// Dates and amounts are context rather than subject; they rank behind names named as often.
const PATTERN_WEIGHT: f32 = 0.5;

/// Sets the salience of every entity and sorts by it, the highest first; equals by their first mention.
pub(super) fn rank(reading: &Reading<'_>, mut entities: Vec<Entity>, pronouns: &[Pronoun]) -> Vec<Entity> {
    let spans: Vec<(TextRange, Part)> =
        reading.sentences.iter().map(|sentence| (reading.range(sentence.first, sentence.end), sentence.part)).collect();
    let part_at = |at: usize| {
        let number = spans.partition_point(|(range, _)| range.start <= at).checked_sub(1)?;
        spans.get(number).map(|(_, part)| *part)
    };
    let lead_end =
        spans.iter().filter(|(_, part)| *part == Part::Body).take(LEAD).last().map_or(0, |(range, _)| range.end);
    let mut pronoun_counts = vec![0.0_f32; entities.len()];
    for pronoun in pronouns {
        if let Some(count) = pronoun_counts.get_mut(pronoun.entity) {
            *count += PRONOUN_WEIGHT;
        }
    }
    let length = reading.text.len().max(1) as f32;
    let mut most = f32::MIN_POSITIVE;
    for (entity, pronouns) in entities.iter_mut().zip(pronoun_counts) {
        let (mut count, mut first, mut headline) = (pronouns, None, false);
        for mention in &entity.mentions {
            let part = part_at(mention.range.start);
            if part != Some(Part::Credit) {
                count += 1.0;
                first = first.or(Some(mention.range.start));
            }
            headline |= part == Some(Part::Headline);
        }
        entity.salience = first.map_or(0.0, |first| {
            let lead = entity.mentions.iter().any(|mention| mention.range.start < lead_end);
            let weight = if entity.kind.is_name() { 1.0 } else { PATTERN_WEIGHT };
            let score = (1.0 + count).ln()
                + f32::from(u8::from(headline))
                + EARLY_WEIGHT * (1.0 - first as f32 / length)
                + LEAD_WEIGHT * f32::from(u8::from(lead));
            weight * score
        });
        most = most.max(entity.salience);
    }
    for entity in &mut entities {
        entity.salience /= most;
    }
    entities.sort_by(|a, b| b.salience.total_cmp(&a.salience).then_with(|| a.mentions.cmp(&b.mentions)));
    entities
}
