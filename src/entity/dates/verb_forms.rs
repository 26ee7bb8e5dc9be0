//! What English verbs tell about time by their form alone: past tenses, participles of plans, verbs of a state.

use std::sync::LazyLock;

use foldhash::HashSet;

/// Whether a verb looks ahead with the infinitive after it, whatever was told before: "agreed to meet on Friday", "had said
/// that it means to close on Friday".
pub(super) fn looks_ahead(lower: &str) -> bool {
    matches!(
        lower,
        "agreed"
            | "aims"
            | "asked"
            | "called"
            | "decided"
            | "expects"
            | "hopes"
            | "intended"
            | "intends"
            | "invited"
            | "means"
            | "meant"
            | "ordered"
            | "planned"
            | "plans"
            | "pledged"
            | "promised"
            | "promises"
            | "seeks"
            | "summoned"
            | "threatened"
            | "threatens"
            | "urged"
            | "voted"
            | "vowed"
            | "vows"
            | "wants"
    )
}

/// Words that may stand between an auxiliary and its verb.
pub(super) fn is_between(lower: &str) -> bool {
    matches!(
        lower,
        "not"
            | "n't"
            | "also"
            | "never"
            | "since"
            | "only"
            | "now"
            | "then"
            | "just"
            | "already"
            | "yet"
            | "later"
            | "still"
            | "first"
            | "all"
            | "both"
    ) || lower.len() > 4 && lower.ends_with("ly")
}

/// Participles of what is to come.
pub(super) fn is_announced(lower: &str) -> bool {
    matches!(
        lower,
        "expected" | "due" | "scheduled" | "set" | "slated" | "planned" | "poised" | "likely" | "bound" | "tipped"
    )
}

/// Participles of what was to be earlier.
pub(super) fn is_put_off(lower: &str) -> bool {
    matches!(
        lower,
        "postponed"
            | "adjourned"
            | "delayed"
            | "deferred"
            | "extended"
            | "rescheduled"
            | "moved"
            | "shifted"
            | "remanded"
    )
}

/// Verbs of a state.
pub(super) fn is_state(lower: &str) -> bool {
    matches!(
        lower,
        "is" | "are"
            | "has"
            | "have"
            | "lives"
            | "live"
            | "remains"
            | "remain"
            | "works"
            | "work"
            | "stands"
            | "exist"
            | "exists"
            | "comes"
            | "forms"
            | "reaches"
            | "consists"
            | "numbers"
    )
}

/// Past tenses and participles that do not end in *-ed*, and are no nouns or adjectives in the first place.
static IRREGULAR: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "arose ate became began begun bled blew blown bore born bought bred broke broken brought built burnt burst came caught \
     chose chosen clung cost crept cut dealt did done drank drawn drew driven drove drunk dug eaten fed fell fallen fled \
     flew flown forgot forgotten fought found froze frozen gave given gone got gotten grew grown heard held hid hidden hit \
     hung hurt kept knew known laid led left lent lit lost made meant met mistook overcame overthrew overthrown overtook \
     paid put quit ran rang ridden risen rode rose said sang sank sat saw seen sent set shook shot shown shrank shut slept \
     slid sold sought spent split spoke spoken spread sprang stole stolen stood struck stuck sung sunk swam swept swore \
     sworn taken taught thought threw thrown told took tore torn underwent understood undertook went withdrew withdrawn woke \
     won wore worn wrote written"
        .split_whitespace()
        .collect()
});

/// Whether a word may be a past tense or a participle.
pub(super) fn is_past_form(lower: &str) -> bool {
    let noun = lower.ends_with("eed")
        && !lower.ends_with("greed")
        && !matches!(lower, "freed" | "guaranteed" | "decreed")
        || matches!(lower, "hundred" | "sacred" | "naked" | "talented" | "greed" | "so-called" | "alleged" | "aged");
    // "undeclared assets", but "unveiled"
    let adjective = lower.starts_with("un")
        && !lower.starts_with("under")
        && !matches!(
            lower,
            "united" | "unveiled" | "unleashed" | "uncovered" | "unfolded" | "unified" | "unloaded" | "unlocked"
        );
    lower.len() > 3 && lower.ends_with("ed") && !noun && !adjective || IRREGULAR.contains(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_past_form_is_known_by_sight() {
        for word in ["opened", "agreed", "unveiled", "took", "meant"] {
            assert!(is_past_form(word), "{word}");
        }
        for word in ["seed", "hundred", "undeclared", "red", "takes", "means"] {
            assert!(!is_past_form(word), "{word}");
        }
    }
}
