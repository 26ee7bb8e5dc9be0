//! Which names are one entity: links between pairs of names, and B³.
//!
//! Over the names the program has found with their exact span, so that a name not found is not counted twice.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use dateline::internals::article::TextRange;
use dateline::internals::entity::Entity;

use crate::errors::Errors;
use crate::gold::Gold;
use crate::tally::Tally;

/// Pairs and B³; nothing if the file does not tell what is one. Lists which names were left apart, and which were
/// joined that are not one.
pub(crate) fn score(article: &Gold, entities: &[Entity], errors: &mut Errors) -> Option<(Tally, Tally)> {
    let mut entity_at: HashMap<TextRange, usize> = HashMap::new();
    for (number, entity) in entities.iter().enumerate().filter(|(_, entity)| entity.kind.is_name() && !entity.doubtful)
    {
        entity_at.extend(entity.mentions.iter().map(|mention| (mention.range, number)));
    }
    let marked = article.names.iter().filter(|name| article.types.contains(&name.class));
    let clustered: Vec<(TextRange, u64)> = marked.filter_map(|name| Some((name.range, name.cluster?))).collect();
    if clustered.is_empty() {
        return None;
    }
    let met = clustered.iter().filter_map(|(range, cluster)| Some((*range, *entity_at.get(range)?, *cluster)));
    let met: Vec<(TextRange, usize, u64)> = met.collect();
    list("alias: left apart", article, met.iter().map(|&(range, entity, cluster)| (range, cluster, entity)), errors);
    let joined =
        met.iter().map(|&(range, entity, cluster)| (range, entity as u64, usize::try_from(cluster).unwrap_or(0)));
    list("alias: joined wrongly", article, joined, errors);
    Some(compare(&met.iter().map(|&(_, entity, cluster)| (entity, cluster)).collect::<Vec<_>>()))
}

/// Every name of a whole that lies in another part of it than the largest, beside the first name of that.
fn list(
    class: &'static str,
    article: &Gold,
    names: impl Iterator<Item = (TextRange, u64, usize)>,
    errors: &mut Errors,
) {
    let mut wholes: BTreeMap<u64, BTreeMap<usize, Vec<TextRange>>> = BTreeMap::new();
    for (range, whole, part) in names {
        wholes.entry(whole).or_default().entry(part).or_default().push(range);
    }
    let words = |range| article.text.slice(range).replace('\n', " ");
    for parts in wholes.values() {
        let Some((largest, main)) = parts.iter().max_by_key(|(part, ranges)| (ranges.len(), Reverse(**part))) else {
            continue;
        };
        let Some(first) = main.first() else { continue };
        for range in parts.iter().filter(|(part, _)| *part != largest).flat_map(|(_, ranges)| ranges) {
            errors.add(class, format!("{} and {}", words(*first), words(*range)), article, *range);
        }
    }
}

/// Names as the number of their entity and of their cluster.
fn compare(names: &[(usize, u64)]) -> (Tally, Tally) {
    let (mut entities, mut clusters, mut cells) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for &(entity, cluster) in names {
        *entities.entry(entity).or_insert(0_usize) += 1;
        *clusters.entry(cluster).or_insert(0_usize) += 1;
        *cells.entry((entity, cluster)).or_insert(0_usize) += 1;
    }
    let pairs = |size: &usize| size * (size - 1) / 2;
    let links = Tally::hits(
        cells.values().map(pairs).sum(),
        entities.values().map(pairs).sum(),
        clusters.values().map(pairs).sum(),
    );
    // Each name: how much of its entity is of its cluster, and how much of its cluster is in its entity.
    let mut b_cubed = Tally { found: names.len() as f64, gold: names.len() as f64, ..Tally::default() };
    for ((entity, cluster), size) in &cells {
        let shared = (size * size) as f64;
        b_cubed.right += entities.get(entity).map_or(0.0, |whole| shared / *whole as f64);
        b_cubed.reached += clusters.get(cluster).map_or(0.0, |whole| shared / *whole as f64);
    }
    (links, b_cubed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_names_by_hand() {
        // Entities {a b c} {d e}, clusters {a b} {c d e}.
        let (links, b_cubed) = compare(&[(0, 7), (0, 7), (0, 8), (1, 8), (1, 8)]);
        // Links ab ac bc de; marked ab cd ce de; right ab de.
        assert_eq!(links, Tally::hits(2, 4, 4));
        // Precision: a and b ⅔, c ⅓, d and e 1. Recall: a and b 1, c ⅓, d and e ⅔.
        assert!((b_cubed.precision() - 11.0 / 15.0).abs() < 1e-12);
        assert!((b_cubed.recall() - 11.0 / 15.0).abs() < 1e-12);
    }

    #[test]
    fn names_apart_have_no_links_but_whole_selves() {
        let (links, b_cubed) = compare(&[(0, 1), (1, 1)]);
        assert_eq!(links, Tally::hits(0, 0, 1));
        assert!((b_cubed.precision() - 1.0).abs() < 1e-12);
        assert!((b_cubed.recall() - 0.5).abs() < 1e-12);
    }
}
