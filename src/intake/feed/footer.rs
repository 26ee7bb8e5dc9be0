//! The line that publishing software adds to the end of an entry.

/// Whether a paragraph is the line with which `WordPress` ends what it sends: "The post … appeared first on …".
pub(super) fn is_footer(paragraph: &str) -> bool {
    let lower = paragraph.trim().to_lowercase();
    let has = |start: &str, middle: &str| lower.starts_with(start) && lower.contains(middle);
    paragraph.len() < 500
        && (has("the post ", " appeared first on ")
            || has("the post ", " first appeared on ")
            || has("der beitrag ", " erschien zuerst auf ")
            || has("l’article ", " est apparu en premier sur ")
            || has("l'article ", " est apparu en premier sur ")
            || has("la entrada ", " se publicó primero en ")
            || has("l'articolo ", " proviene da "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_the_software_is_told_from_a_sentence_like_it() {
        for line in ["The post Rain appeared first on Gazette.", " Der Beitrag Regen erschien zuerst auf Kurier."] {
            assert!(is_footer(line), "{line}");
        }
        let long = format!("The post office {} appeared first on a map of 1890.", "of the old town ".repeat(40));
        for line in ["", "The post was late.", "It appeared first on Monday.", &long] {
            assert!(!is_footer(line), "{line}");
        }
    }
}
