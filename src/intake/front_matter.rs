//! The facts above a Markdown text: `---` (the part of YAML people write there) and `+++` (TOML).

use super::Facts;
use super::draft::Draft;
use crate::article::address::{WebAddress, is_web};
use crate::article::{BlockKind, Published};
use crate::text::sanitize::{is_blank, one_line};

/// Bytes of the longest front matter that is believed.
const LIMIT: usize = 64 << 10;

/// What a front matter says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct FrontMatter {
    pub(super) facts: Facts,
    standfirst: Option<String>,
    date: Option<String>,
}

/// Separates the front matter from the text below it; nothing if there is none.
pub(super) fn split(text: &str) -> Option<(FrontMatter, &str)> {
    let text = text.trim_start_matches('\n');
    let fence = text.get(..3).filter(|fence| matches!(*fence, "---" | "+++"))?;
    let inside = text.get(3..)?.trim_start_matches([' ', '\t']).strip_prefix('\n')?;
    let mut length = 0;
    for line in inside.split_inclusive('\n') {
        let bare = line.trim_end();
        if bare == fence || fence == "---" && bare == "..." {
            let (head, rest) = (inside.get(..length)?, inside.get(length + line.len()..)?);
            let pairs = if fence == "---" { yaml(head)? } else { toml_pairs(head)? };
            return Some((FrontMatter::of(&pairs), rest));
        }
        length += line.len();
        if length > LIMIT {
            break;
        }
    }
    None
}

impl FrontMatter {
    fn of(pairs: &[(String, Vec<String>)]) -> Self {
        // The values of the first of these keys that says something of use.
        let first = |names: &[&str], useful: &dyn Fn(&str) -> bool| {
            names.iter().find_map(|name| {
                let (_, values) =
                    pairs.iter().find(|(key, values)| key.eq_ignore_ascii_case(name) && !values.is_empty())?;
                let values: Vec<String> = values.iter().map(|value| unlinked(value)).collect();
                Some(join(&values)).filter(|value| !is_blank(value) && useful(value))
            })
        };
        let get = |names: &[&str]| first(names, &|_| true);
        let date = get(&["date", "published", "publishdate", "pubdate", "created"]);
        let facts = Facts {
            title: get(&["title", "headline"]),
            byline: get(&["author", "authors", "by", "byline"]).map(|name| without_by(&name).to_owned()),
            published: date.as_deref().and_then(Published::parse),
            source: first(&["source", "publication", "publisher", "site"], &|name| !is_web(name)),
            // Clippers write the address into "source".
            url: first(&["url", "canonical", "canonical_url", "link", "permalink", "source"], &is_web)
                .filter(|url| WebAddress::parse(url).is_some()),
            language: get(&["lang", "language"]),
        };
        Self { facts, standfirst: get(&["standfirst", "summary", "description", "subtitle", "excerpt", "dek"]), date }
    }

    /// The words that are shown, in reading order; `has_headline` if the text below begins with the same headline.
    pub(super) fn drafts(&self, has_headline: bool) -> (Vec<Draft>, Vec<Draft>) {
        let draft = |kind, words: &Option<String>| words.as_ref().map(|words| Draft::new(kind, one_line(words)));
        let headline = draft(BlockKind::Headline, &self.facts.title).filter(|_| !has_headline);
        // A time stamp is for machines; its day is for readers.
        let date = self.date.as_ref().map(|date| {
            let is_stamp = date.as_bytes().get(4) == Some(&b'-');
            let stamp = self.facts.published.filter(|published| is_stamp || published.instant.is_some());
            stamp.map_or_else(|| date.clone(), |published| published.day.strftime("%-d %B %Y").to_string())
        });
        let below = [
            draft(BlockKind::Standfirst, &self.standfirst),
            draft(BlockKind::Byline, &self.facts.byline),
            draft(BlockKind::Dateline, &date),
        ];
        (headline.into_iter().collect(), below.into_iter().flatten().collect())
    }
}

/// A value without the brackets of a link: the words of `[[people/Ana Reed|Ana]]` and `[Ana](https://…)`, the address of
/// `<https://…>`.
fn unlinked(value: &str) -> String {
    let value = value.trim();
    if let Some(address) = value.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) {
        return address.to_owned();
    }
    if let Some((words, _)) =
        value.strip_prefix('[').and_then(|rest| rest.strip_suffix(')')).and_then(|link| link.split_once("]("))
    {
        return words.to_owned();
    }
    if !value.contains("[[") {
        return value.to_owned();
    }
    let mut out = String::new();
    let mut rest = value;
    while let Some((before, (link, after))) =
        rest.split_once("[[").and_then(|(before, link)| Some((before, link.split_once("]]")?)))
    {
        let words = link.rsplit_once('|').map_or_else(|| link.rsplit('/').next().unwrap_or(link), |(_, shown)| shown);
        out.extend([before, words.trim()]);
        rest = after;
    }
    out + rest
}

fn without_by(name: &str) -> &str {
    name.strip_prefix("By ").or_else(|| name.strip_prefix("by ")).unwrap_or(name)
}

/// "Ana Reed, Tom Okafor and Li Wei".
fn join(values: &[String]) -> String {
    match values {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// `key: value` lines; a value is plain, quoted, folded (`>`, `|`) or a list (`[a, b]` or `- a` lines; of a mapping its
/// `name`). Nothing if a line has no business in YAML, for then the dashes were a rule.
fn yaml(head: &str) -> Option<Vec<(String, Vec<String>)>> {
    let mut pairs: Vec<(String, Vec<String>)> = Vec::new();
    let mut folded = false;
    for line in head.lines() {
        let bare = line.trim();
        if bare.is_empty() || bare.starts_with('#') {
            continue;
        }
        let inside = line.starts_with([' ', '\t', '-']);
        if inside {
            let (_, values) = pairs.last_mut()?;
            if let Some(item) = bare.strip_prefix('-').filter(|_| !folded) {
                values.extend(named(item.trim()));
            } else if folded || !bare.contains(": ") {
                continue_value(values, bare);
            } else if let Some(name) = name_in_mapping(bare) {
                values.push(name);
            }
            continue;
        }
        let (key, value) = bare.split_once(':')?;
        let key = key.trim().trim_matches(['"', '\'']);
        if key.is_empty() || key.len() > 60 || key.contains(['.', ',', ';', '!', '?']) || key.split(' ').count() > 3 {
            return None;
        }
        let value = value.trim();
        folded = matches!(value, ">" | "|" | ">-" | "|-" | ">+" | "|+");
        let values = if folded || value.is_empty() {
            Vec::new()
        } else if value.starts_with("[[") {
            // A link of a note taker, which YAML would read as a list in a list.
            vec![value.to_owned()]
        } else if let Some(list) = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            list_items(list)
        } else {
            vec![scalar(value)]
        };
        pairs.push((key.to_owned(), values));
    }
    (!pairs.is_empty()).then_some(pairs)
}

fn continue_value(values: &mut Vec<String>, more: &str) {
    match values.last_mut() {
        Some(value) => {
            value.push(' ');
            value.push_str(more);
        }
        None => values.push(more.to_owned()),
    }
}

fn named(item: &str) -> Option<String> {
    if item.contains(": ") { name_in_mapping(item) } else { Some(scalar(item)) }
}

fn name_in_mapping(text: &str) -> Option<String> {
    let (key, value) = text.split_once(": ")?;
    (key.trim() == "name").then(|| scalar(value.trim()))
}

/// Splits at commas outside quotation marks.
fn list_items(list: &str) -> Vec<String> {
    let mut items = Vec::new();
    let (mut start, mut quote) = (0, None);
    for (at, c) in list.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') if list.get(start..at).is_some_and(|before| before.trim().is_empty()) => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            (None, ',') => {
                items.push(scalar(list.get(start..at).unwrap_or_default().trim()));
                start = at + 1;
            }
            _ => {}
        }
    }
    items.push(scalar(list.get(start..).unwrap_or_default().trim()));
    items.retain(|item| !item.is_empty());
    items
}

/// A plain or quoted value; a comment behind it goes.
fn scalar(value: &str) -> String {
    if let Some(rest) = value.strip_prefix('"') {
        let mut out = String::new();
        let mut chars = rest.chars();
        while let Some(c) = chars.next() {
            match c {
                '"' => break,
                '\\' => out.extend(chars.next().map(|c| if c == 'n' || c == 't' { ' ' } else { c })),
                _ => out.push(c),
            }
        }
        return out;
    }
    if let Some(rest) = value.strip_prefix('\'') {
        let end = rest.rfind('\'').unwrap_or(rest.len());
        return rest.get(..end).unwrap_or(rest).replace("''", "'");
    }
    let end = value.find(" #").unwrap_or(value.len());
    let value = value.get(..end).unwrap_or(value).trim_end();
    if matches!(value, "null" | "~") { String::new() } else { value.to_owned() }
}

fn toml_pairs(head: &str) -> Option<Vec<(String, Vec<String>)>> {
    let table: toml::Table = head.parse().ok()?;
    let mut pairs: Vec<(String, Vec<String>)> = Vec::new();
    // Zola keeps its own keys in [extra].
    let extra = table.get("extra").and_then(toml::Value::as_table);
    for (key, value) in table.iter().chain(extra.into_iter().flatten()) {
        let values = match value {
            toml::Value::Array(values) => values.iter().filter_map(toml_words).collect(),
            value => toml_words(value).into_iter().collect(),
        };
        pairs.push((key.clone(), values));
    }
    Some(pairs)
}

fn toml_words(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(words) => Some(words.clone()),
        toml::Value::Datetime(date) => Some(date.to_string()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Table(table) => table.get("name")?.as_str().map(str::to_owned),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(text: &str) -> FrontMatter {
        split(text).expect("front matter").0
    }

    #[test]
    fn yaml_as_people_write_it() {
        let text = "---\n# a comment\ntitle: \"The port: a \\\"history\\\"\"\nauthors:\n  - Ana Reed\n  - name: Tom Okafor\n    mail: t@example.org\ndate: 2007-05-10T08:00:00Z\nurl: https://example.org/port # here\ndescription: >\n  Two ships,\n  one berth\nlang: en\ntags: [a, b]\n---\nBody";
        let (front, rest) = split(text).unwrap();
        assert_eq!(rest, "Body");
        assert_eq!(front.facts.title.as_deref(), Some("The port: a \"history\""));
        assert_eq!(front.facts.byline.as_deref(), Some("Ana Reed and Tom Okafor"));
        assert_eq!(front.facts.published.unwrap().day.to_string(), "2007-05-10");
        assert_eq!(front.facts.url.as_deref(), Some("https://example.org/port"));
        assert_eq!(front.facts.language.as_deref(), Some("en"));
        assert_eq!(front.standfirst.as_deref(), Some("Two ships, one berth"));
        let (head, below) = front.drafts(false);
        assert_eq!(head.len(), 1);
        assert_eq!(
            below.iter().map(|draft| draft.words.as_str()).collect::<Vec<_>>(),
            ["Two ships, one berth", "Ana Reed and Tom Okafor", "10 May 2007"]
        );
    }

    #[test]
    fn a_time_stamp_is_an_instant_and_its_day_is_shown() {
        for (stamp, instant) in [
            ("2007-05-10T00:30:00+02:00", Some("2007-05-09T22:30:00Z")),
            ("Thu, 10 May 2007 00:30:00 +0200", Some("2007-05-09T22:30:00Z")),
            ("2007-05-10 00:30:00", None),
        ] {
            let front = facts(&format!("---\ntitle: The port\ndate: {stamp}\n---\n"));
            let published = front.facts.published.unwrap();
            assert_eq!(published.instant.map(|instant| instant.to_string()).as_deref(), instant, "{stamp}");
            let (_, below) = front.drafts(false);
            assert_eq!(below.last().map(|draft| draft.words.as_str()), Some("10 May 2007"), "{stamp}");
        }
        let toml = facts("+++\ntitle = \"Port\"\ndate = 2007-05-10T08:30:00+02:00\n+++\n");
        assert_eq!(toml.facts.published.unwrap().to_string(), "2007-05-10T06:30:00Z");
    }

    #[test]
    fn lists_and_quotes_in_one_line() {
        let front = facts(
            "---\nauthor: ['Reed, Ana', \"Tom Okafor\", Li Wei]\ntitle: 'It''s here'\nurl: javascript:alert(1)\n---\n",
        );
        assert_eq!(front.facts.byline.as_deref(), Some("Reed, Ana, Tom Okafor and Li Wei"));
        assert_eq!(front.facts.title.as_deref(), Some("It's here"));
        assert_eq!(front.facts.url, None);
    }

    #[test]
    fn what_a_clipper_writes() {
        for authors in [
            "\n  - \"[[Ana Reed]]\"\n  - \"[[people/Tom Okafor|Tom Okafor]]\"",
            " \"[[Ana Reed]] and [[Tom Okafor]]\"",
            " [[Ana Reed]] and [[people/Tom Okafor]]",
        ] {
            let front = facts(&format!(
                "---\ntitle: The port\nsource: \"https://example.org/port\"\nsite: Harbour Weekly\nauthor:{authors}\npublished: 2007-05-10\ncreated: 2026-11-02\n---\n",
            ));
            assert_eq!(front.facts.url.as_deref(), Some("https://example.org/port"));
            assert_eq!(front.facts.source.as_deref(), Some("Harbour Weekly"));
            assert_eq!(front.facts.byline.as_deref(), Some("Ana Reed and Tom Okafor"), "{authors}");
            assert_eq!(front.facts.published.unwrap().day.to_string(), "2007-05-10");
        }
        let front = facts(
            "---\nsource: HTTPS://example.org/port\nsite: https://example.org\nurl: /port\nauthor: [Ana Reed](https://example.org/ana)\n---\n",
        );
        assert_eq!((front.facts.source, front.facts.url.as_deref()), (None, Some("HTTPS://example.org/port")));
        assert_eq!(front.facts.byline.as_deref(), Some("Ana Reed"));
        assert_eq!(facts("---\nsource: Harbour Weekly\n---\n").facts.source.as_deref(), Some("Harbour Weekly"));
        assert_eq!(unlinked("[[Ana [[Reed"), "[[Ana [[Reed");
    }

    #[test]
    fn toml_too() {
        let front = facts(
            "+++\ntitle = \"Port\"\ndate = 2007-05-10\nauthors = [\"Ana Reed\"]\n[extra]\nsource = \"Harbour Weekly\"\n+++\nBody",
        );
        assert_eq!(front.facts.title.as_deref(), Some("Port"));
        assert_eq!(front.facts.published.unwrap().day.to_string(), "2007-05-10");
        assert_eq!(front.facts.source.as_deref(), Some("Harbour Weekly"));
    }

    #[test]
    fn a_rule_at_the_top_is_no_front_matter() {
        for text in [
            "---\nJust a sentence. Nothing: else.\n---\nmore",
            "---\n\n---\n",
            "---\ntitle: x\n",
            "--- a",
            "+++\nx = \n+++\n",
        ] {
            assert_eq!(split(text), None, "{text:?}");
        }
    }
}
