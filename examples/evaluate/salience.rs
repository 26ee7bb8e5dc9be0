//! How well the program's order says whom and what an article is about.

use std::collections::{BTreeMap, HashMap};

use dateline::internals::article::TextRange;
use dateline::internals::entity::Entity;

use crate::gold::Gold;

/// How many of the first entities count for nDCG: what a reader sees without scrolling.
const CUT: usize = 5;

/// The measures of one article.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ranking {
    /// Of the first five, graded, against the best order.
    pub(crate) ndcg: f64,
    /// Whether salient ones stand before others; salient is what has any grade.
    pub(crate) average_precision: f64,
    /// 1 if the first is salient.
    pub(crate) first: f64,
}

/// None if nothing named in the article is salient. Each entity has the grade of the cluster that most of its names are
/// in; a cluster counts once, where it stands first.
pub(crate) fn score(article: &Gold, entities: &[Entity]) -> Option<Ranking> {
    let (mut grades, mut cluster_at): (BTreeMap<u64, f64>, HashMap<TextRange, u64>) = Default::default();
    for name in article.names.iter().filter(|name| article.types.contains(&name.class)) {
        let (Some(cluster), Some(grade)) = (name.cluster, name.salience) else { continue };
        let known = grades.entry(cluster).or_default();
        *known = known.max(grade);
        cluster_at.insert(name.range, cluster);
    }
    let ranked = entities.iter().filter(|entity| !entity.doubtful && article.class_of(entity.kind).is_some());
    let ranked: Vec<f64> = ranked
        .map(|entity| {
            let mut votes: BTreeMap<u64, usize> = BTreeMap::new();
            for cluster in entity.mentions.iter().filter_map(|mention| cluster_at.get(&mention.range)) {
                *votes.entry(*cluster).or_default() += 1;
            }
            let most = votes.into_iter().max_by_key(|(cluster, count)| (*count, std::cmp::Reverse(*cluster)));
            most.and_then(|(cluster, _)| Some((cluster, *grades.get(&cluster)?)))
        })
        .scan(std::collections::BTreeSet::new(), |seen, found| {
            Some(found.filter(|(cluster, _)| seen.insert(*cluster)).map_or(0.0, |(_, grade)| grade))
        })
        .collect();
    compare(&ranked, grades.into_values().collect())
}

/// Grades in the program's order, and all grades there are.
fn compare(ranked: &[f64], mut all: Vec<f64>) -> Option<Ranking> {
    all.sort_by(|a, b| b.total_cmp(a));
    let gain = |grades: &[f64]| -> f64 {
        let ranks = grades.iter().take(CUT).enumerate();
        ranks.map(|(rank, grade)| grade / (rank as f64 + 2.0).log2()).sum()
    };
    let salient = all.iter().filter(|grade| **grade > 0.0).count();
    if salient == 0 {
        return None;
    }
    let (mut hits, mut precisions) = (0.0, 0.0);
    for (rank, _) in ranked.iter().enumerate().filter(|(_, grade)| **grade > 0.0) {
        hits += 1.0;
        precisions += hits / (rank as f64 + 1.0);
    }
    Some(Ranking {
        ndcg: gain(ranked) / gain(&all),
        average_precision: precisions / salient as f64,
        first: f64::from(u8::from(ranked.first().is_some_and(|grade| *grade > 0.0))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_by_hand() {
        // Found: grade 3, none, grade 5; a fourth of grade 1 was not found.
        let ranking = compare(&[3.0, 0.0, 5.0], vec![1.0, 5.0, 3.0, 0.0]).unwrap();
        // (3 + 5/2) / (5 + 3/log₂3 + 1/2) = 5.5 / 7.39279; (1/1 + 2/3) / 3.
        assert!((ranking.ndcg - 5.5 / 7.392_789_3).abs() < 1e-6, "{ranking:?}");
        assert!((ranking.average_precision - 5.0 / 9.0).abs() < 1e-12);
        assert!((ranking.first - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_best_order_is_one_and_only_five_count_for_the_gain() {
        let best = vec![5.0, 4.0, 3.0, 2.0, 1.0, 1.0];
        let perfect = compare(&best, best.clone()).unwrap();
        assert_eq!((perfect.ndcg, perfect.average_precision, perfect.first), (1.0, 1.0, 1.0));
        let late = compare(&[0.0, 0.0, 0.0, 0.0, 0.0, 5.0], vec![5.0]).unwrap();
        assert_eq!((late.ndcg, late.first), (0.0, 0.0));
        assert!((late.average_precision - 1.0 / 6.0).abs() < 1e-12);
    }

    #[test]
    fn an_article_about_nobody_is_left_out() {
        assert_eq!(compare(&[0.0], vec![0.0]), None);
        assert_eq!(compare(&[], vec![2.0]).map(|ranking| ranking.ndcg), Some(0.0));
    }
}
