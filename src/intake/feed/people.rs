//! The names of writers.

use super::content::Captured;
use super::plain::{line, line_of_html, words_of_xml};
use crate::intake::xml::{TokenKind, Tokens, decode_entities};

/// Writers of one element, at most.
const MAX_NAMES: usize = 20;

/// The writers an element names: by elements of their own (`<name>`, also of a `foaf:Person`), or as words.
pub(super) fn names(captured: &Captured) -> Vec<String> {
    if captured.has_tags {
        let named = inside(&captured.markup, "name");
        let named = if named.is_empty() { inside(&captured.markup, "email") } else { named };
        if !named.is_empty() {
            return named.iter().filter_map(|name| of_words(name)).collect();
        }
        // A page is no name.
        let has_page = ["uri", "url", "homepage"].iter().any(|page| !inside(&captured.markup, page).is_empty());
        let words = Some(words_of_xml(&captured.markup)).filter(|_| !has_page);
        return words.as_deref().and_then(of_words).into_iter().collect();
    }
    of_words(&captured.words).into_iter().collect()
}

/// The words of all elements of that name.
fn inside(markup: &str, wanted: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut is_open = false;
    for token in Tokens::new(markup) {
        match token.kind {
            TokenKind::Start { name, is_empty, .. } if name.eq_ignore_ascii_case(wanted) => {
                is_open = !is_empty && found.len() < MAX_NAMES;
                if is_open {
                    found.push(String::new());
                }
            }
            TokenKind::End { name } if name.eq_ignore_ascii_case(wanted) => is_open = false,
            TokenKind::Text(words) if is_open => {
                if let Some(last) = found.last_mut() {
                    last.push_str(&decode_entities(words));
                }
            }
            _ => {}
        }
    }
    found.retain(|name| !name.trim().is_empty());
    found
}

/// The name in `ana@example.org (Ana Reed)`, `Ana Reed <ana@example.org>`, `Ana Reed (ana@example.org)`; an address alone
/// stands for itself.
pub(super) fn of_words(words: &str) -> Option<String> {
    let words = words.trim().trim_end_matches("()").trim_end();
    let parted = [('(', ')'), ('<', '>'), ('[', ']')].into_iter().find_map(|(open, close)| {
        let (before, inside) = words.strip_suffix(close)?.rsplit_once(open)?;
        match (is_mail(before), is_mail(inside)) {
            (false, true) if !before.trim().is_empty() => Some(before),
            (true, false) | (false, true) => Some(inside),
            _ => None,
        }
    });
    let name = parted.map(str::trim).filter(|name| !name.is_empty()).unwrap_or(words);
    let name = name.trim_matches('"');
    line_of_html(name).or_else(|| line(name))
}

fn is_mail(words: &str) -> bool {
    let words = words.trim().trim_start_matches("mailto:");
    words.contains('@') && !words.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_worth_more_than_an_address() {
        for (words, name) in [
            ("ana@gazette.example (Ana Reed)", "Ana Reed"),
            ("Ana Reed <ana@gazette.example>", "Ana Reed"),
            ("Ana Reed (ana@gazette.example)", "Ana Reed"),
            ("ana@gazette.example", "ana@gazette.example"),
            ("ana@gazette.example ()", "ana@gazette.example"),
            ("<ana@gazette.example>", "ana@gazette.example"),
            ("Ana Reed (Lisbon)", "Ana Reed (Lisbon)"),
            (" Ana\n Reed &amp; Tom ", "Ana Reed & Tom"),
        ] {
            assert_eq!(of_words(words).as_deref(), Some(name), "{words}");
        }
        assert_eq!(of_words(" "), None);
    }

    #[test]
    fn people_may_have_elements_of_their_own() {
        let captured =
            |markup: &str| Captured { words: String::new(), markup: markup.to_owned(), has_tags: true, base: None };
        assert_eq!(names(&captured("<name>Ana &amp; Co</name><uri>https://a.example</uri>")), ["Ana & Co"]);
        assert_eq!(
            names(&captured("<Person><name>Ana</name></Person><Person><name>Tom</name></Person>")),
            ["Ana", "Tom"]
        );
        assert_eq!(names(&captured("<email>ana@a.example</email>")), ["ana@a.example"]);
        assert_eq!(names(&captured("<uri>https://a.example/</uri>")), [""; 0]);
        assert_eq!(names(&captured("Ana <b>Reed</b>")), ["Ana Reed"]);
        assert_eq!(names(&captured("<name/>")), [""; 0]);
    }
}
