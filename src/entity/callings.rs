//! What offices and occupations are called: one key for "the PM" and "the prime minister", "Sen." and "the senator".

/// What somebody is called: the noun, and what makes another office of it: *prime* of "prime minister", *foreign* of
/// "foreign minister".
pub(super) type Noun<'a> = (&'a str, &'a str);

/// The key of a noun (lower case) after two other words.
pub(super) fn noun<'a>(earlier: &str, before: &'a str, noun: &'a str) -> Noun<'a> {
    let before = if is_distinctive(before) { before } else { "" };
    match (before, noun) {
        ("prime", "minister") if matches!(earlier, "deputy" | "vice") => ("deputy prime", "minister"),
        (_, "pm") => ("prime", "minister"),
        (_, "ceo") | ("executive", "officer") => ("chief", "executive"),
        ("secretary", "general") => ("", "secretary-general"),
        _ => (before, short_form(noun)),
    }
}

/// One word for the short, the male and the female form.
fn short_form(noun: &str) -> &str {
    match noun {
        "firm" => "company",
        "sen" | "sen." => "senator",
        "gov" | "gov." => "governor",
        "gen" | "gen." => "general",
        "prof" | "prof." => "professor",
        "rep" | "rep." => "representative",
        "dr" | "dr." => "doctor",
        "mp" | "legislator" | "parliamentarian" => "lawmaker",
        "amir" => "emir",
        "pontiff" => "pope",
        "spokesman" | "spokeswoman" => "spokesperson",
        "chairman" | "chairwoman" | "chair" => "chairperson",
        "congresswoman" => "congressman",
        "councilwoman" => "councilman",
        _ => noun,
    }
}

/// Whether a word before an office makes another office of it.
fn is_distinctive(lower: &str) -> bool {
    matches!(
        lower,
        "prime" | "vice" | "deputy" | "assistant" | "general" | "first" | "chief" | "executive" | "secretary"
    )
}

/// Offices that another word may stand for where nobody in the article has that one: a premier is a prime minister.
pub(super) fn alike(noun: Noun<'_>) -> &'static [Noun<'static>] {
    match noun {
        ("prime", "minister") => &[("", "premier")],
        ("", "premier") => &[("prime", "minister")],
        ("", "lawmaker") => &[("", "senator"), ("", "representative"), ("", "congressman"), ("", "member")],
        ("", "representative") => &[("", "congressman"), ("", "lawmaker")],
        ("", "congressman") => &[("", "representative"), ("", "lawmaker")],
        ("", "monarch") => &[("", "king"), ("", "queen")],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_office_has_one_key() {
        for (one, other) in [
            (("", "", "pm"), ("", "prime", "minister")),
            (("", "", "ceo"), ("chief", "executive", "officer")),
            (("", "", "sen."), ("the", "state", "senator")),
            (("", "", "secretary-general"), ("the", "secretary", "general")),
        ] {
            assert_eq!(noun(one.0, one.1, one.2), noun(other.0, other.1, other.2));
        }
        assert_ne!(noun("", "prime", "minister"), noun("deputy", "prime", "minister"));
        assert_ne!(noun("", "vice", "president"), noun("", "the", "president"));
    }
}
