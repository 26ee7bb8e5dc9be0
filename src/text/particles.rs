//! Small words inside names: *van der* Berg, *al*-Sadr, Vila *do* Corvo.

/// Words that are little else between two names.
const PARTICLES: [&str; 24] = [
    "al", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn", "la", "le",
    "ten", "ter", "van", "von", "y", "zu", "zur",
];

/// Further ones that are also English words or letters (*as*-Sahhaf, *an*-Najaf, *d'*Arcy), are rare, or are capitalised:
/// only where it is known that a name goes on.
const DOUBTFUL: [&str; 25] = [
    "Abu", "Al", "Bin", "El", "abd", "abu", "ad", "af", "an", "ar", "as", "ash", "at", "av", "az", "ben", "bint", "d",
    "l", "o", "ould", "san", "st", "ul", "ur",
];

/// Articles and prepositions that are joined to the name behind them: *al-*Sadr, *d'*Arcy.
const JOINED: [&str; 5] = ["ad", "al", "as", "d", "el"];

/// Whether a lower-case word between two names belongs to them, whatever the text is about.
pub fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// Whether a word may belong to the name after it; the caller knows that it is a name.
pub fn may_be_particle(word: &str) -> bool {
    is_particle(word) || DOUBTFUL.contains(&word)
}

/// Whether a word begins with a lower-case particle that is joined to the name by a hyphen or apostrophe.
pub fn has_joined_particle(word: &str) -> bool {
    word.split_once(['-', '\'', '’']).is_some_and(|(particle, name)| JOINED.contains(&particle) && !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_words_are_particles_only_where_a_name_goes_on() {
        assert!(is_particle("von") && may_be_particle("von"));
        assert!(!is_particle("as") && may_be_particle("as") && may_be_particle("Abu"));
        assert!(!may_be_particle("the") && !may_be_particle("Von"));
    }

    #[test]
    fn joined_particles_are_written_small() {
        assert!(["al-Sadr", "d'Arcy", "d’Arcy", "el-Baradei"].iter().all(|word| has_joined_particle(word)));
        assert!(!["Al-Sadr", "al-", "well-known", "Sadr"].iter().any(|word| has_joined_particle(word)));
    }
}
