//! Names that stand in one list are mostly of one kind: "in Setif, Tizi-Ouzou and Blida", "rivals such as Realme and Oppo".
//!
//! What is known of the names beside one speaks for it as well. That is asked once only, of what each name is without its
//! neighbours, so that no guess travels along a list.

use foldhash::{HashMap, HashMapExt};

use super::alias::Cluster;
use super::decision::Tally;
use super::names::Name;
use super::scores::Scores;
use super::words::Reading;

/// What one neighbour weighs beside what is known of the name itself; tried on annotated news, like the next two.
const WEIGHT: f32 = 1.0;

/// More neighbours than these tell no more.
const MOST: f32 = 3.0;

/// What the least likely kind of a neighbour counts, in logarithms: none is ruled out.
const LEAST: f32 = -2.0;

/// Adds to the tally of each cluster what the names tell that stand in a list with it.
pub(super) fn add(reading: &Reading<'_>, names: &[Name], clusters: &[Cluster], tallies: &mut [Tally]) {
    let mut owners: HashMap<usize, usize> = HashMap::new();
    for (owner, cluster) in clusters.iter().enumerate() {
        owners.extend(cluster.mentions.iter().map(|(name, _)| (*name, owner)));
    }
    let alone: Vec<Scores> = tallies.iter().map(|tally| tally.scores().log_chances(LEAST)).collect();
    let mut beside = vec![(0.0_f32, Scores::default()); tallies.len()];
    for (first, pair) in names.windows(2).enumerate() {
        let [one, other] = pair else { continue };
        let (Some(&one_owner), Some(&other_owner)) = (owners.get(&first), owners.get(&(first + 1))) else { continue };
        if one_owner == other_owner || !is_joined(reading, one, other) {
            continue;
        }
        for (own, neighbour) in [(one_owner, other_owner), (other_owner, one_owner)] {
            if let (Some((count, sum)), Some(scores)) = (beside.get_mut(own), alone.get(neighbour)) {
                *count += 1.0;
                sum.add(scores, 1.0);
            }
        }
    }
    for (tally, (count, sum)) in tallies.iter_mut().zip(beside).filter(|(_, (count, _))| *count > 0.0) {
        tally.add_neighbours(&sum, WEIGHT * (1.0 + count.min(MOST).ln()) / count);
    }
}

/// Whether nothing but a comma or *and* stands between two names.
fn is_joined(reading: &Reading<'_>, one: &Name, other: &Name) -> bool {
    let between: Vec<&str> = (one.end..other.first).take(4).map(|at| &*reading.word(at).lower).collect();
    let link = between.strip_suffix(&["the"]).unwrap_or(&between);
    matches!(link, ["," | "and" | "or" | "&" | ";"] | [",", "and" | "or" | "&"] | ["as", "well", "as"])
}

#[cfg(test)]
mod tests {
    use crate::entity::tests::paragraphs;
    use crate::entity::{Context, Kind, analyse};

    fn kind(words: &str, name: &str) -> Option<Kind> {
        let entities = analyse(&paragraphs(words), &Context::default());
        entities.iter().find(|entity| entity.name == name).map(|entity| entity.kind)
    }

    #[test]
    fn what_stands_in_a_list_is_like_its_neighbours() {
        assert_eq!(kind("The firm sells in Algiers, Tuzoura, Oran and everywhere.", "Tuzoura"), Some(Kind::Place));
        assert_eq!(kind("Its rivals are Samsung, Tuzoura, Sony and others.", "Tuzoura"), Some(Kind::Organisation));
    }
}
