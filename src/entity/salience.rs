//! How much an article is about each of its entities.
//!
//! `ln(1 + n) + headline + ½·(1 − first/length) + ¼·lead`, where `n` counts names, and *he* and *she* for a third: counts,
//! the headline and the first place tell almost all that is to be known without a model (Dunietz and Gillick, "A New
//! Entity Salience Task with Millions of Training Examples", 2014); the weights were tried on the graded salience of the
//! GUM corpus, where heavier ones put any name of the first lines before the subject.

use foldhash::{HashMap, HashMapExt};

use super::pronouns::Pronoun;
use super::words::{Part, Reading};
use super::{Entity, Kind, TextRange};

/// Sentences of the body that count as its lead.
const LEAD: usize = 4;

/// What standing early, and standing in the lead, are worth beside the headline; see the top.
const EARLY_WEIGHT: f32 = 0.5;
const LEAD_WEIGHT: f32 = 0.25;

/// What a pronoun is worth beside a name: it is a guess, and persons are not all an article is about.
const PRONOUN_WEIGHT: f32 = 0.3;

/// Dates and amounts are context rather than subject; they rank behind names named as often.
const PATTERN_WEIGHT: f32 = 0.5;

/// What a newspaper or agency that is only told things is worth beside others: it is a source.
const SOURCE_WEIGHT: f32 = 0.4;

/// Beside persons and organisations named as often, readers take a place for the subject a little sooner and a people a
/// little later; tried on the same grades.
const PLACE_WEIGHT: f32 = 1.1;
const GROUP_WEIGHT: f32 = 0.9;

/// What a country is worth beside its people, or they beside it, whichever the article names less.
const SAME_COUNTRY_WEIGHT: f32 = 0.6;

/// Sets the salience of every entity and sorts by it, the highest first; equals by their first mention.
///
/// `trust` tells of the first entities how far each can be trusted to be what it seems, from 0 to 1: what may be no name
/// at all leads no article.
pub(super) fn rank(
    reading: &Reading<'_>,
    mut entities: Vec<Entity>,
    trust: &[f32],
    pronouns: &[Pronoun],
) -> Vec<Entity> {
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
    let trust = trust.iter().copied().chain(std::iter::repeat(1.0));
    for ((entity, pronouns), trust) in entities.iter_mut().zip(pronoun_counts).zip(trust) {
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
            let weight = match entity.kind {
                kind if !kind.is_name() => PATTERN_WEIGHT,
                Kind::Organisation if is_source(reading, entity) => SOURCE_WEIGHT,
                Kind::Place => PLACE_WEIGHT,
                Kind::Group => GROUP_WEIGHT,
                _ => 1.0,
            };
            let weight = weight * trust;
            let score = (1.0 + count).ln()
                + f32::from(u8::from(headline))
                + EARLY_WEIGHT * (1.0 - first as f32 / length)
                + LEAD_WEIGHT * f32::from(u8::from(lead));
            weight * score
        });
    }
    part_countries(reading, &mut entities);
    let most = entities.iter().map(|entity| entity.salience).fold(f32::MIN_POSITIVE, f32::max);
    for entity in &mut entities {
        entity.salience /= most;
    }
    entities.sort_by(|a, b| b.salience.total_cmp(&a.salience).then_with(|| a.mentions.cmp(&b.mentions)));
    entities
}

/// Whether all an organisation does is to be told things or to report them: "told The Lagos Mirror", "(Coast News)",
/// "according to the Mirror".
fn is_source(reading: &Reading<'_>, entity: &Entity) -> bool {
    entity.mentions.iter().all(|mention| {
        let first = reading.words.partition_point(|word| word.range.start < mention.range.start);
        let end = reading.words.partition_point(|word| word.range.start < mention.range.end);
        let before = |distance: usize| first.checked_sub(distance).map_or("", |at| &*reading.word(at).lower);
        let article = usize::from(matches!(before(1), "the" | "news" | "agency" | "newspaper"));
        matches!(before(1 + article), "told" | "telling")
            || matches!(
                (before(2 + article), before(1 + article)),
                ("interview", "with") | ("reported" | "published" | "quoted", "by")
            )
            || before(2 + article) == "according" && before(1 + article) == "to"
            || before(1) == "("
                && matches!(&*reading.word(end).lower, ")" | ",")
                && matches!(&*reading.word(end + 1).lower, "-" | "–" | "—" | "--")
            || matches!(&*reading.word(end).lower, "reported" | "reports")
    })
}

/// Takes from the less salient of a country and its people, which are one subject to a reader.
fn part_countries(reading: &Reading<'_>, entities: &mut [Entity]) {
    let listed = |entity: &Entity| {
        let forms = std::iter::once(&entity.name).chain(&entity.aliases).take(4);
        forms.filter_map(|form| reading.lexicon.name(form)).find(|listed| listed.kind == entity.kind)
    };
    let mut countries: HashMap<&str, usize> = HashMap::new();
    let mut peoples = Vec::new();
    for (number, entity) in entities.iter().enumerate() {
        match entity.kind {
            Kind::Place => {
                if let Some(listed) = listed(entity).filter(|listed| listed.country) {
                    countries.insert(listed.canonical, number);
                }
            }
            Kind::Group => {
                let country = listed(entity).and_then(|listed| reading.lexicon.country_of(listed.canonical));
                peoples.extend(country.map(|country| (country, number)));
            }
            _ => {}
        }
    }
    for (country, people) in peoples {
        let Some(&country) = countries.get(country) else { continue };
        let of = |number: usize| entities.get(number).map_or(0.0, |entity| entity.salience);
        let less = if of(country) < of(people) { country } else { people };
        if let Some(entity) = entities.get_mut(less) {
            entity.salience *= SAME_COUNTRY_WEIGHT;
        }
    }
}
