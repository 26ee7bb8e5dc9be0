//! The facts above a Markdown text: between `---` (the part of YAML people write there) or `+++` (TOML), as an object of
//! JSON, or as the lines that `MultiMarkdown` and Pandoc have.

mod lines;
mod yaml;

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

/// The keys with their values, in order.
type Pairs = Vec<(String, Vec<String>)>;

/// Separates the front matter from the text below it; nothing if there is none.
pub(super) fn split(text: &str) -> Option<(FrontMatter, &str)> {
    let text = text.trim_start_matches('\n');
    let (pairs, rest) =
        fenced(text).or_else(|| json(text)).or_else(|| lines::pandoc(text)).or_else(|| lines::multi_markdown(text))?;
    Some((FrontMatter::of(&pairs), rest))
}

fn fenced(text: &str) -> Option<(Pairs, &str)> {
    let fence = text.get(..3).filter(|fence| matches!(*fence, "---" | "+++"))?;
    let inside = text.get(3..)?.trim_start_matches([' ', '\t']).strip_prefix('\n')?;
    let mut length = 0;
    for line in inside.split_inclusive('\n') {
        let bare = line.trim_end();
        if bare == fence || fence == "---" && bare == "..." {
            let (head, rest) = (inside.get(..length)?, inside.get(length + line.len()..)?);
            return Some((if fence == "---" { yaml::pairs(head)? } else { toml_pairs(head)? }, rest));
        }
        length += line.len();
        if length > LIMIT {
            break;
        }
    }
    None
}

/// An object above the text. Something has to follow it, or it is a file of JSON.
fn json(text: &str) -> Option<(Pairs, &str)> {
    let near = text.get(..LIMIT).or_else(|| (0..LIMIT.min(text.len())).rev().find_map(|end| text.get(..end)))?;
    let mut objects =
        serde_json::Deserializer::from_str(near).into_iter::<serde_json::Map<String, serde_json::Value>>();
    let object = text.starts_with('{').then(|| objects.next())?.and_then(Result::ok)?;
    let rest = text.get(objects.byte_offset()..)?.trim_start_matches([' ', '\t']).strip_prefix('\n')?;
    let words = |value: &serde_json::Value| match value {
        serde_json::Value::String(words) => Some(words.clone()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        serde_json::Value::Object(object) => Some(object.get("name")?.as_str()?.to_owned()),
        _ => None,
    };
    let pairs: Pairs = object
        .iter()
        .map(|(key, value)| match value {
            serde_json::Value::Array(values) => (key.clone(), values.iter().filter_map(words).collect()),
            value => (key.clone(), words(value).into_iter().collect()),
        })
        .collect();
    let is_front = pairs.iter().any(|(key, _)| is_known(key)) && !is_blank(rest);
    is_front.then_some((pairs, rest))
}

/// The keys that say something here, by what they say.
const TITLE: [&str; 2] = ["title", "headline"];
const WRITER: [&str; 6] = ["author", "authors", "by", "byline", "writer", "creator"];
const DATE: [&str; 7] =
    ["date", "published", "publishdate", "pubdate", "date_published", "published_at", "publish_date"];
const SOURCE: [&str; 5] = ["source", "publication", "publisher", "site", "site_name"];
/// Clippers write the address into "source".
const ADDRESS: [&str; 7] = ["url", "canonical", "canonical_url", "link", "permalink", "source", "source_url"];
const STANDFIRST: [&str; 6] = ["standfirst", "summary", "description", "subtitle", "excerpt", "dek"];
const LANGUAGE: [&str; 2] = ["lang", "language"];

fn is_known(key: &str) -> bool {
    let lists: [&[&str]; 7] = [&TITLE, &WRITER, &DATE, &SOURCE, &ADDRESS, &STANDFIRST, &LANGUAGE];
    lists.iter().any(|list| list.iter().any(|known| known.eq_ignore_ascii_case(key)))
}

impl FrontMatter {
    fn of(pairs: &[(String, Vec<String>)]) -> Self {
        // The values of the first of these keys that says something of use.
        let first = |names: &[&str], useful: &dyn Fn(&str) -> bool| {
            names.iter().find_map(|name| {
                let (_, values) =
                    pairs.iter().find(|(key, values)| key.eq_ignore_ascii_case(name) && !values.is_empty())?;
                // "Ana Reed; Bo Lee" are two.
                let separator = if WRITER.contains(name) { "; " } else { "\n" };
                let parts = |value: &'_ String| value.split(separator).map(unlinked).collect::<Vec<_>>();
                let values: Vec<String> = values.iter().flat_map(parts).collect();
                Some(join(&values)).filter(|value| !is_blank(value) && useful(value))
            })
        };
        let get = |names: &[&str]| first(names, &|_| true);
        let url = first(&ADDRESS, &is_web).filter(|url| WebAddress::parse(url).is_some());
        // Of what was clipped from an address, "created" is the day on which that was done.
        let date = get(&DATE).or_else(|| get(&["created"]).filter(|_| url.is_none()));
        let facts = Facts {
            title: get(&TITLE),
            byline: get(&WRITER).map(|name| without_by(&name).to_owned()),
            published: date.as_deref().and_then(Published::parse),
            source: first(&SOURCE, &|name| !is_web(name)),
            url,
            language: get(&LANGUAGE),
        };
        Self { facts, standfirst: get(&STANDFIRST), date }
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
    fn an_object_above_the_text() {
        let (front, rest) = split(
            "{\n  \"title\": \"Port {talks}\",\n  \"author\": [{\"name\": \"Ana Reed\"}, \"Tom Okafor\"],\n  \"date\": \"2007-05-10T08:30:00Z\",\n  \"draft\": false, \"extra\": {\"a\": [1]}\n}\n\nBody",
        )
        .unwrap();
        assert_eq!(rest, "\nBody");
        assert_eq!(front.facts.title.as_deref(), Some("Port {talks}"));
        assert_eq!(front.facts.byline.as_deref(), Some("Ana Reed and Tom Okafor"));
        assert_eq!(front.facts.published.unwrap().to_string(), "2007-05-10T08:30:00Z");
        for text in [
            "{\"title\": \"Port\"}",
            "{\"title\": \"Port\"}\n\n",
            "{\"title\": \"Port\"} is how it begins.",
            "{\"colour\": \"red\"}\n\nBody",
            "{\"title\": \"Port\"\n\nBody",
            "{{< figure >}}\n\nBody",
            "{é",
        ] {
            assert_eq!(split(text), None, "{text}");
        }
        assert_eq!(split(&format!("{{\"title\": \"{}\"}}\nBody", "é".repeat(LIMIT))), None);
    }

    #[test]
    fn what_was_clipped_appeared_when_it_says_and_not_when_it_was_clipped() {
        let clipped = |date: &str| {
            facts(&format!("---\ntitle: The port\nsource: https://example.org/port\n{date}created: 2026-11-02\n---\n"))
        };
        assert_eq!(clipped("").facts.published, None);
        assert_eq!(clipped("published: 2007-05-10\n").facts.published.unwrap().day.to_string(), "2007-05-10");
        assert_eq!(facts("---\ncreated: 2007-05-10\n---\n").facts.published.unwrap().day.to_string(), "2007-05-10");
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
