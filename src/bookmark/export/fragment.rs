//! Addresses that open a page at a passage (URL Fragment Text Directives, WICG).

use std::fmt::Write;

use crate::bookmark::Bookmark;
use crate::text::sanitize::one_line;

/// How many words from each end of a long passage are used.
const EDGE: usize = 5;
/// Longest directive, in bytes: a passage without blanks is one very long word, and browsers and servers truncate
/// addresses somewhere above 2,000.
const MAX_LENGTH: usize = 1_500;

/// `url` with a `#:~:text=…` that makes a browser scroll to the passage; unchanged if there are no words to search for.
pub fn at_passage(url: &str, bookmark: &Bookmark) -> String {
    let fragment = bookmark.quote().map(|quote| text_fragment(&quote.exact)).unwrap_or_default();
    let bare = url.split_once('#').map_or(url, |(bare, _)| bare);
    if fragment.is_empty() { url.to_owned() } else { format!("{bare}{fragment}") }
}

fn text_fragment(passage: &str) -> String {
    let several_blocks = passage.trim().contains('\n');
    let line = one_line(passage);
    let words: Vec<&str> = line.split(' ').filter(|word| !word.is_empty()).collect();
    let terms = match (words.first_chunk::<EDGE>(), words.last_chunk::<EDGE>()) {
        (Some(first), Some(last)) if words.len() > 2 * EDGE || several_blocks && words.len() >= 2 * EDGE => {
            vec![first.join(" "), last.join(" ")]
        }
        // A single term of a directive must not span blocks.
        _ if several_blocks || words.is_empty() => return String::new(),
        _ => vec![words.join(" ")],
    };
    let fragment = format!("#:~:text={}", terms.iter().map(|term| percent(term)).collect::<Vec<_>>().join(","));
    if fragment.len() > MAX_LENGTH { String::new() } else { fragment }
}

/// Percent-encodes all but the unreserved characters of RFC 3986 §2.3, and also the dash, which is syntax here.
fn percent(term: &str) -> String {
    let mut encoded = String::new();
    for byte in term.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            // Writing to a string cannot fail.
            _ => write!(encoded, "%{byte:02X}").unwrap_or_default(),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signs_of_the_directive_itself_are_encoded() {
        assert_eq!(text_fragment("well-known, R&D"), "#:~:text=well%2Dknown%2C%20R%26D");
    }

    #[test]
    fn a_long_passage_is_given_by_its_ends_and_one_without_blanks_not_at_all() {
        let words: Vec<String> = (1..=12).map(|number| format!("w{number}")).collect();
        assert_eq!(text_fragment(&words.join(" ")), "#:~:text=w1%20w2%20w3%20w4%20w5,w8%20w9%20w10%20w11%20w12");
        assert_eq!(text_fragment(&"新聞".repeat(300)), "");
        assert_eq!(text_fragment("one\n\ntwo"), "");
    }
}
