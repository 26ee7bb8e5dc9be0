//! Reads annotated articles of all formats into one form.
//!
//! JSON lines have one object a line: `text` (blocks joined by blank lines), `types` (the kinds that are marked),
//! `sentences` (`[start, end]`), `mentions` (`start`, `end`, `type`, `name`, `nested`, `also`: another kind that is
//! right too, `cluster`, `salience`), `dates` (`start`, `end`, `value`, `element`), `ignore` (`[start, end]` where
//! nothing counts), and if known `genre`, `date`, `title`. Positions count code points.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use dateline::internals::article::{Block, BlockKind, CodePoints, Date, Text, TextRange, parse_date};
use dateline::internals::entity::Kind;
use serde::Deserialize;

use crate::annotated::{self, AnnotatedArticle, Label};

/// What a name is in the annotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    Person,
    Place,
    Organisation,
    Group,
    Event,
    Work,
    /// Whatever a file marks and puts in none of its other kinds.
    Misc,
}

impl Class {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Place => "place",
            Self::Organisation => "organisation",
            Self::Group => "group",
            Self::Event => "event",
            Self::Work => "work",
            Self::Misc => "misc",
        }
    }

    fn of_word(word: &str) -> Self {
        let all = [Self::Person, Self::Place, Self::Organisation, Self::Group, Self::Event, Self::Work];
        all.into_iter().find(|class| class.as_str() == word).unwrap_or(Self::Misc)
    }

    fn of_label(label: Label) -> Self {
        match label {
            Label::Person => Self::Person,
            Label::Place => Self::Place,
            Label::Organisation => Self::Organisation,
            Label::Group => Self::Group,
            Label::Event => Self::Event,
            Label::Work => Self::Work,
            Label::Other => Self::Misc,
        }
    }
}

/// A name as annotated.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GoldName {
    pub(crate) range: TextRange,
    pub(crate) class: Class,
    /// Another kind that is right too.
    pub(crate) also: Option<Class>,
    /// Whom or what it names, where that is known.
    pub(crate) cluster: Option<u64>,
    /// How much the article is about that, from 0 to 5.
    pub(crate) salience: Option<f64>,
}

/// An annotated article; everything in bytes.
pub(crate) struct Gold {
    /// For messages.
    pub(crate) name: String,
    pub(crate) genre: Option<String>,
    pub(crate) published: Option<Date>,
    pub(crate) text: Text,
    /// The kinds that are scored.
    pub(crate) types: BTreeSet<Class>,
    /// All names, of other kinds too.
    pub(crate) names: Vec<GoldName>,
    pub(crate) sentences: Vec<TextRange>,
    pub(crate) dates: Vec<(TextRange, String)>,
    /// Where nothing counts.
    pub(crate) ignored: Vec<TextRange>,
}

impl Gold {
    /// What the file calls names of a kind, if it scores them.
    pub(crate) fn class_of(&self, kind: Kind) -> Option<Class> {
        let (own, may_be_misc) = match kind {
            Kind::Person => (Class::Person, false),
            Kind::Place => (Class::Place, false),
            Kind::Organisation => (Class::Organisation, false),
            Kind::Group => (Class::Group, true),
            Kind::Event => (Class::Event, true),
            Kind::Work => (Class::Work, true),
            Kind::Other => (Class::Misc, false),
            _ => return None,
        };
        let scored = |class: &Class| self.types.contains(class);
        Some(own).filter(scored).or_else(|| Some(Class::Misc).filter(|misc| may_be_misc && scored(misc)))
    }
}

/// The articles of a file.
pub(crate) fn read(path: &Path) -> io::Result<Vec<Gold>> {
    if path.extension().is_some_and(|extension| extension == "jsonl") {
        let lines = std::fs::read_to_string(path)?;
        let problem = |(number, error): (usize, serde_json::Error)| {
            io::Error::new(io::ErrorKind::InvalidData, format!("{}:{}: {error}", path.display(), number + 1))
        };
        let line = |(number, line)| serde_json::from_str::<Line>(line).map_err(|error| problem((number, error)));
        let read: io::Result<Vec<Gold>> =
            lines.lines().enumerate().map(line).map(|line| line.map(Gold::from)).collect();
        let mut articles = read?;
        if !tells_sentences(&articles) {
            for article in &mut articles {
                article.sentences.clear();
            }
        }
        return Ok(articles);
    }
    let articles = annotated::read(path)?;
    let types = types_of(&articles);
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let named = |(number, article)| of_annotated(article, format!("{stem}#{number}"), types.clone());
    Ok(articles.into_iter().enumerate().map(named).collect())
}

/// Whether sentences are more than paragraphs there: some end inside a paragraph, at least one an article.
fn tells_sentences(articles: &[Gold]) -> bool {
    let inside = |article: &Gold| {
        let ends = article.sentences.iter().map(|range| range.end);
        ends.filter(|end| article.text.blocks().iter().all(|block| block.range.end != *end)).count()
    };
    articles.iter().map(inside).sum::<usize>() >= articles.len()
}

/// The kinds a file scores. If it tells events and works apart, what is left over is nothing the program shows.
fn types_of(articles: &[AnnotatedArticle]) -> BTreeSet<Class> {
    let mut types: BTreeSet<Class> =
        articles.iter().flat_map(|article| &article.names).map(|(_, label)| Class::of_label(*label)).collect();
    if types.contains(&Class::Event) || types.contains(&Class::Work) {
        types.remove(&Class::Misc);
    }
    types
}

fn of_annotated(article: AnnotatedArticle, name: String, types: BTreeSet<Class>) -> Gold {
    let mark =
        |(range, label)| GoldName { range, class: Class::of_label(label), also: None, cluster: None, salience: None };
    Gold {
        name,
        genre: None,
        published: None,
        text: article.text,
        types,
        names: article.names.into_iter().map(mark).collect(),
        sentences: Vec::new(),
        dates: Vec::new(),
        ignored: Vec::new(),
    }
}

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    doc: String,
    genre: Option<String>,
    date: Option<String>,
    title: Option<String>,
    types: Vec<String>,
    text: String,
    #[serde(default)]
    sentences: Vec<(usize, usize)>,
    mentions: Vec<LineMention>,
    #[serde(default)]
    dates: Vec<LineDate>,
    #[serde(default)]
    ignore: Vec<(usize, usize)>,
}

#[derive(Deserialize)]
struct LineMention {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    name: bool,
    #[serde(default)]
    nested: bool,
    also: Option<String>,
    cluster: Option<u64>,
    salience: Option<f64>,
}

#[derive(Deserialize)]
struct LineDate {
    start: usize,
    end: usize,
    value: Option<String>,
    element: Option<String>,
}

impl From<Line> for Gold {
    fn from(line: Line) -> Self {
        let points = CodePoints::new(&line.text);
        let range = |(start, end)| points.to_range(start, end);
        let name = |mention: &LineMention| GoldName {
            range: range((mention.start, mention.end)),
            class: Class::of_word(&mention.kind),
            also: mention.also.as_deref().map(Class::of_word),
            cluster: mention.cluster,
            salience: mention.salience,
        };
        let names = line.mentions.iter().filter(|mention| mention.name && !mention.nested).map(name).collect();
        let is_date = |date: &&LineDate| date.element.as_deref() == Some("date");
        let date = |date: &LineDate| (range((date.start, date.end)), date.value.clone().unwrap_or_default());
        Self {
            name: line.doc,
            genre: line.genre,
            published: line.date.as_deref().and_then(parse_date),
            types: line.types.iter().map(|word| Class::of_word(word)).collect(),
            names,
            sentences: line.sentences.into_iter().map(range).collect(),
            dates: line.dates.iter().filter(is_date).map(date).collect(),
            ignored: line.ignore.into_iter().map(range).collect(),
            text: as_text(&line.text, line.title.as_deref()),
        }
    }
}

/// Paragraphs; the title is a headline where it begins the text, as in an article that was opened.
fn as_text(words: &str, title: Option<&str>) -> Text {
    let mut at = 0;
    let mut blocks = Vec::new();
    for block in words.split("\n\n") {
        let kind = if at == 0 && title == Some(block) { BlockKind::Headline } else { BlockKind::Paragraph };
        blocks.push(Block { kind, range: TextRange::new(at, at + block.len()) });
        at += block.len() + 2;
    }
    Text::new(words.to_owned(), blocks, vec![])
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// An article whose names are told by `(words, kind, cluster, salience)`, each at its first place after the one
    /// before.
    pub(crate) fn article(text: &str, types: &[Class], names: &[(&str, Class, u64, f64)]) -> Gold {
        let mut at = 0;
        let names = names.iter().map(|&(words, class, cluster, salience)| {
            let start = at + text.get(at..).unwrap().find(words).unwrap();
            at = start + words.len();
            let range = TextRange::new(start, at);
            GoldName { range, class, also: None, cluster: Some(cluster), salience: Some(salience) }
        });
        Gold {
            name: String::new(),
            genre: None,
            published: None,
            types: types.iter().copied().collect(),
            names: names.collect(),
            sentences: vec![],
            dates: vec![],
            ignored: vec![],
            text: as_text(text, None),
        }
    }

    #[test]
    fn a_line_counts_code_points_and_leaves_nested_names_out() {
        let line = r#"{"doc": "x", "genre": "news", "date": "2026-01-02", "title": "Où?", "types": ["place", "misc"],
            "text": "Où?\n\nÎle d'Yeu sleeps.", "sentences": [[0, 3], [5, 22]], "ignore": [[0, 3]],
            "mentions": [
                {"start": 5, "end": 14, "type": "place", "name": true, "nested": false, "cluster": 3, "salience": 5},
                {"start": 11, "end": 14, "type": "place", "name": true, "nested": true},
                {"start": 15, "end": 21, "type": "other", "name": false}],
            "dates": [{"start": 0, "end": 2, "value": "2026", "element": "time"}]}"#;
        let gold = Gold::from(serde_json::from_str::<Line>(line).unwrap());
        let names: Vec<&str> = gold.names.iter().map(|name| gold.text.slice(name.range)).collect();
        assert_eq!(names, ["Île d'Yeu"]);
        assert_eq!(gold.text.slice(gold.sentences[1]), "Île d'Yeu sleeps.");
        assert_eq!(gold.text.blocks()[0].kind, BlockKind::Headline);
        assert!(gold.dates.is_empty());
        assert_eq!(gold.class_of(Kind::Person), None);
        assert_eq!(gold.class_of(Kind::Group), Some(Class::Misc));
    }

    #[test]
    fn a_file_of_paragraphs_does_not_tell_sentences() {
        let mut gold = article("One. Two.", &[], &[]);
        gold.sentences = vec![TextRange::new(0, 9)];
        assert!(!tells_sentences(&[gold]));
        let mut gold = article("One. Two.", &[], &[]);
        gold.sentences = vec![TextRange::new(0, 4), TextRange::new(5, 9)];
        assert!(tells_sentences(&[gold]));
    }

    #[test]
    fn misc_holds_what_a_file_has_no_kind_for() {
        let conll = article("A", &[Class::Person, Class::Misc], &[]);
        assert_eq!(conll.class_of(Kind::Group), Some(Class::Misc));
        let worldwide = article("A", &[Class::Group, Class::Misc], &[]);
        assert_eq!(worldwide.class_of(Kind::Group), Some(Class::Group));
        assert_eq!(worldwide.class_of(Kind::Event), Some(Class::Misc));
        assert_eq!(worldwide.class_of(Kind::Date), None);
    }
}
