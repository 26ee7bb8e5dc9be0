//! Numbers of things, in English.

/// "1 article", "2 articles", "1,200 articles".
pub fn count(number: usize, noun: &str) -> String {
    format!("{} {noun}{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// "1 article is", "2 articles are".
pub fn count_are(number: usize, noun: &str) -> String {
    format!("{} {}", count(number, noun), if number == 1 { "is" } else { "are" })
}

/// A number with commas between its thousands: "12,345".
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular_and_everything_else_is_plural() {
        assert_eq!([0, 1, 2].map(|number| count(number, "word")), ["0 words", "1 word", "2 words"]);
        assert_eq!([1, 2].map(|number| count_are(number, "word")), ["1 word is", "2 words are"]);
    }

    #[test]
    fn thousands_are_parted() {
        let shown = [0, 999, 1_000, 12_345, 100_000, 1_234_567].map(grouped);
        assert_eq!(shown, ["0", "999", "1,000", "12,345", "100,000", "1,234,567"]);
    }
}
