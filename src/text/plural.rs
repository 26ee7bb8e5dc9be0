//! Numbers of things, in English.

/// "1 article", "2 articles".
pub fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular_and_everything_else_is_plural() {
        assert_eq!([0, 1, 2].map(|number| count(number, "word")), ["0 words", "1 word", "2 words"]);
    }
}
