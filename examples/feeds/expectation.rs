//! What a test feed is expected to say: the comparisons in the `Expect:` comment of feedparser's tests.

use std::str::Chars;

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Title,
    Body,
    Link,
    Author,
    Date,
    Enclosure,
    Language,
    Count,
}

/// One comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    pub field: Field,
    /// The number of the entry; none if it is of the feed.
    pub entry: Option<usize>,
    /// A text; of a date the instant in UTC without its zone, of a count its digits.
    pub wanted: String,
}

/// The comparisons in a test feed that are about what the program reads.
pub fn of(source: &str) -> Vec<Expectation> {
    let Some((_, rest)) = source.split_once("Expect:") else { return Vec::new() };
    let line = rest.lines().next().unwrap_or_default();
    line.split(" and ").filter_map(comparison).collect()
}

fn comparison(part: &str) -> Option<Expectation> {
    let (path, wanted) = part.split_once("==")?;
    let path = path.trim().trim_start_matches("not bozo").trim();
    let wanted = wanted.trim();
    if path == "len(entries)" {
        return Some(Expectation {
            field: Field::Count,
            entry: None,
            wanted: wanted.parse::<usize>().ok()?.to_string(),
        });
    }
    let (owner, keys) = path.split_at_checked(path.find(['[', '.'])?)?;
    let mut keys: Vec<&str> = keys.split(['[', ']', '.', '\'', '"']).filter(|key| !key.is_empty()).collect();
    let entry = match owner {
        "feed" => None,
        "entries" if !keys.is_empty() => Some(keys.remove(0).parse().ok()?),
        _ => return None,
    };
    let field = match (entry, keys.as_slice()) {
        (_, ["title"] | ["title_detail", "value"]) => Field::Title,
        (_, ["link"]) => Field::Link,
        (_, ["published_parsed" | "updated_parsed" | "modified_parsed"]) | (Some(_), ["created_parsed"]) => Field::Date,
        (None, ["language"]) => Field::Language,
        (Some(_), ["summary" | "description"] | ["summary_detail", "value"] | ["content", "0", "value"]) => Field::Body,
        (Some(_), ["enclosures", _, "href" | "url"]) => Field::Enclosure,
        (Some(_), ["author"] | ["author_detail", "name"]) => Field::Author,
        _ => return None,
    };
    let wanted = if field == Field::Date { instant(wanted)? } else { literal(wanted)? };
    Some(Expectation { field, entry, wanted })
}

/// A tuple of numbers: year, month, day, hour, minute, second, and what follows from these.
fn instant(tuple: &str) -> Option<String> {
    let numbers = tuple.strip_prefix('(')?.split_once(')')?.0;
    let numbers: Vec<u32> = numbers.split(',').filter_map(|number| number.trim().parse().ok()).collect();
    let [year, month, day, hour, minute, second, ..] = numbers.as_slice() else { return None };
    Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"))
}

/// A string of Python, up to its end.
fn literal(text: &str) -> Option<String> {
    let mut signs = text.strip_prefix('u').unwrap_or(text).chars();
    let quote = signs.next().filter(|quote| matches!(quote, '\'' | '"'))?;
    let mut value = String::new();
    loop {
        match signs.next()? {
            '\\' => value.push(escape(&mut signs)?),
            c if c == quote => match continued(signs.as_str()) {
                Some(rest) => signs = rest.chars(),
                None => return Some(value),
            },
            c => value.push(c),
        }
    }
}

/// What follows the beginning of a string that is added to another.
fn continued(rest: &str) -> Option<&str> {
    rest.trim_start().strip_prefix('+')?.trim_start().strip_prefix(['\'', '"'])
}

/// What stands behind a backslash.
fn escape(signs: &mut Chars<'_>) -> Option<char> {
    let digits = match signs.next()? {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        'n' => return Some('\n'),
        't' => return Some('\t'),
        'r' => return Some('\r'),
        other => return Some(other),
    };
    let digits: String = signs.by_ref().take(digits).collect();
    char::from_u32(u32::from_str_radix(&digits, 16).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparisons_are_read_and_what_is_none_is_left_out() {
        let source = "<!--\nExpect: not bozo and entries[1]['title'] == 'It\\'s \\u2019' and feed.link == \"a\" and encoding == 'x'\n\
                      and entries[0]['title'] == 'of the next line'";
        let wanted = |field, entry, wanted: &str| Expectation { field, entry, wanted: wanted.to_owned() };
        assert_eq!(of(source), [wanted(Field::Title, Some(1), "It's ’"), wanted(Field::Link, None, "a")]);
        assert_eq!(
            of("Expect: feed['updated_parsed'] == (2003, 12, 31, 10, 4, 5, 2, 365, 0) and len(entries) == 2"),
            [wanted(Field::Date, None, "2003-12-31T10:04:05"), wanted(Field::Count, None, "2")]
        );
        assert_eq!(
            of(
                "Expect: entries[0]['enclosures'][1]['href'] == 'a.mp3' and entries[0]['enclosures'][0]['length'] == '7'"
            ),
            [wanted(Field::Enclosure, Some(0), "a.mp3")]
        );
        assert_eq!(of("no comment"), []);
    }
}
