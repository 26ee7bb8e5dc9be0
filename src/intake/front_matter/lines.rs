//! Facts in lines without a fence: `MultiMarkdown`'s `Key: value` (<https://fletcher.github.io/MultiMarkdown-6/>) and
//! Pandoc's title block of `%` lines (Pandoc User's Guide, `pandoc_title_block`).

use super::{LIMIT, Pairs, is_known};

/// Lines of the longest header that is believed.
const MOST: usize = 40;
/// Bytes of the longest key.
const LONGEST_KEY: usize = 40;

/// Title, writers and date, each behind a `%`; a line that begins with a blank goes on with the one above. Without a
/// blank line below them they are the comments of another language.
pub(super) fn pandoc(text: &str) -> Option<(Pairs, &str)> {
    if !text.starts_with('%') {
        return None;
    }
    let (head, rest) = head(text)?;
    let mut fields: Vec<Vec<String>> = Vec::new();
    for line in head.lines() {
        match line.strip_prefix('%') {
            Some(field) if field.is_empty() || field.starts_with([' ', '\t']) => {
                fields.push(vec![field.trim().to_owned()]);
            }
            None if line.starts_with([' ', '\t']) => fields.last_mut()?.push(line.trim().to_owned()),
            _ => return None,
        }
    }
    let mut fields = fields.into_iter();
    let (title, writers, date) = (fields.next()?.join(" "), fields.next(), fields.next());
    // One line that ends as a sentence does is one.
    let is_sentence = writers.is_none() && title.ends_with(['.', ',', ';']);
    if is_sentence || fields.next().is_some() {
        return None;
    }
    let pair = |key: &str, values: Vec<String>| {
        (key.to_owned(), values.into_iter().filter(|value| !value.is_empty()).collect::<Vec<_>>())
    };
    let date = date.map(|lines| vec![lines.join(" ")]);
    let all = [("title", Some(vec![title])), ("author", writers), ("date", date)];
    let pairs: Pairs = all.into_iter().filter_map(|(key, values)| Some(pair(key, values?))).collect();
    pairs.iter().any(|(_, values)| !values.is_empty()).then_some((pairs, rest))
}

/// `Key: value` lines down to the first blank one. They are believed if they name a title, or more than one thing that
/// is known and nothing else.
pub(super) fn multi_markdown(text: &str) -> Option<(Pairs, &str)> {
    let (head, rest) = head(text)?;
    let mut pairs: Pairs = Vec::new();
    for line in head.lines() {
        if line.starts_with([' ', '\t']) {
            let value = pairs.last_mut()?.1.last_mut()?;
            value.extend([" ", line.trim()]);
            continue;
        }
        let (key, value) = line.split_once(':')?;
        let is_key = key.len() <= LONGEST_KEY
            && key.split(' ').count() <= 3
            && key.starts_with(|c: char| c.is_ascii_alphanumeric())
            && key.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        // What follows a colon directly is an address or a time.
        if !is_key || !value.is_empty() && !value.starts_with([' ', '\t']) {
            return None;
        }
        pairs.push((key.trim().to_owned(), vec![value.trim().to_owned()]));
    }
    let is_titled = pairs.iter().any(|(key, values)| key.eq_ignore_ascii_case("title") && values != &[""]);
    let all_known = pairs.len() > 1 && pairs.iter().all(|(key, _)| is_known(key));
    (is_titled || all_known).then_some((pairs, rest))
}

/// The lines down to the first blank one, and what follows.
fn head(text: &str) -> Option<(&str, &str)> {
    let end = text.find("\n\n").map_or(text.len(), |at| at + 1);
    let (head, rest) = text.split_at_checked(end)?;
    (head.len() <= LIMIT && head.lines().count() <= MOST).then_some((head, rest))
}

#[cfg(test)]
mod tests {
    use super::super::{FrontMatter, split};

    /// Title, by-line and day, and the text below.
    fn facts(text: &str) -> Option<String> {
        let (FrontMatter { facts, .. }, rest) = split(text)?;
        let day = facts.published.map(|published| published.day.to_string());
        let known = [facts.title, facts.byline, day].map(Option::unwrap_or_default);
        Some(format!("{} / {}", known.join(" | "), rest.trim()))
    }

    #[test]
    fn a_header_of_keys() {
        for (text, wanted) in [
            (
                "Title: Port talks\nAuthor: Ana Reed\nDate: 2007-05-10\n\nBody.",
                "Port talks | Ana Reed | 2007-05-10 / Body.",
            ),
            ("Title:   Port\n    talks\n\nBody.", "Port talks |  |  / Body."),
            (
                "Base Header Level: 2\ntitle: Port: talks\nauthor: Ana Reed; Tom Okafor\nkeywords: a, b\n\nBody.",
                "Port: talks | Ana Reed and Tom Okafor |  / Body.",
            ),
        ] {
            assert_eq!(facts(text).as_deref(), Some(wanted), "{text}");
        }
        for text in [
            "Note: this is no header.\n\nBody.",
            "Date: 10 May 2007\n\nBody.",
            "Title: Port\nA line of words.\n\nBody.",
            "https://example.org/title: x\n\nBody.",
            "He said: it is late.\nTitle:\n\nBody.",
            "Title:\n\nBody.",
        ] {
            assert_eq!(facts(text), None, "{text}");
        }
    }

    #[test]
    fn a_title_block() {
        for (text, wanted) in [
            (
                "% Port talks\n% Ana Reed; Tom Okafor\n% May 10, 2007\n\nBody.",
                "Port talks | Ana Reed and Tom Okafor | 2007-05-10 / Body.",
            ),
            ("% Port\n  talks\n% Ana Reed\n  Tom Okafor\n\nBody.", "Port talks | Ana Reed and Tom Okafor |  / Body."),
            ("% Port talks\n%\n% 10 May 2007\n\nBody.", "Port talks |  | 2007-05-10 / Body."),
            ("% Port talks\n\nBody.", "Port talks |  |  / Body."),
        ] {
            assert_eq!(facts(text).as_deref(), Some(wanted), "{text}");
        }
        for text in [
            "% of the voters stayed at home.\n\nBody.",
            "% a comment\n\\documentclass{article}\n\nBody.",
            "% a\n% b\n% c\n% d\n\nBody.",
            "%PDF\n\nBody.",
            "%\n\nBody.",
        ] {
            assert_eq!(facts(text), None, "{text}");
        }
    }
}
