//! How similar two names are, to list the likely ones first when a reader looks for one. It decides nothing.

use foldhash::{HashSet, HashSetExt};

use super::key::{initials, normal};

/// A name to which others are compared. Linear in the length of each.
#[derive(Clone, Debug)]
pub struct Likeness {
    name: String,
    pairs: HashSet<(char, char)>,
}

impl Likeness {
    /// Compares to this name.
    pub fn to(name: &str) -> Self {
        let name = normal(name);
        Self { pairs: pairs(&name), name }
    }

    /// How like a name is, from 0 to 100: the same but for case, dots and accents is 100; all words of one standing in
    /// the other, or one being the initials of the other, 90; else what part of their pairs of letters they share.
    pub fn of(&self, other: &str) -> u32 {
        let other = normal(other);
        if other == self.name {
            return 100;
        }
        let holds = |long: &str, short: &str| short.split(' ').all(|word| long.split(' ').any(|own| own == word));
        let abbreviates =
            |short: &str, long: &str| long.contains(' ') && initials(long).iter().any(|letters| letters == short);
        let either = |is: &dyn Fn(&str, &str) -> bool| is(&self.name, &other) || is(&other, &self.name);
        if either(&holds) || either(&abbreviates) {
            return 90;
        }
        let theirs = pairs(&other);
        let shared = self.pairs.intersection(&theirs).count();
        // Dice's coefficient.
        (shared * 2 * 89 / (self.pairs.len() + theirs.len()).max(1)) as u32
    }
}

/// The pairs of letters that follow each other, ends of words included.
fn pairs(name: &str) -> HashSet<(char, char)> {
    let spaced = || std::iter::once(' ').chain(name.chars()).chain([' ']);
    let mut pairs = HashSet::new();
    pairs.extend(spaced().zip(spaced().skip(1)));
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likelier_a_name_the_higher_it_ranks() {
        let mut names = ["Oslo", "Jon Larsen", "Maria Larson", "Maria Larsen-Holt", "M. LARSEN", "María Larsen"];
        let like = Likeness::to("Maria Larsen");
        names.sort_by_key(|name| std::cmp::Reverse(like.of(name)));
        assert_eq!(names[0], "María Larsen");
        assert_eq!(*names.last().unwrap(), "Oslo");
        assert!(like.of("Maria Larson") > like.of("Jon Larsen"));
        assert_eq!(Likeness::to("EIB").of("European Investment Bank"), 90);
        assert_eq!(Likeness::to("Reed").of("Ann Reed"), 90);
        assert_eq!(Likeness::to("新聞").of("Oslo"), 0);
        assert!(Likeness::to("").of("Oslo") < 90);
    }
}
