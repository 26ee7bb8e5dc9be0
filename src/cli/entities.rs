//! `dateline entities`: prints who and what articles are about.

use std::ffi::OsStr;
use std::io;

use serde::Serialize;
use serde_json::Value;

use super::Context;
use super::args::EntitiesArgs;
use super::error::{CliError, Exit};
use super::output::{Output, Style};
use super::sources::{FailedSource, NamedSource, Tally, find_all};
use super::{fetching, kept};
use crate::article::{Article, CodePoints};
use crate::entity::corrections::Corrections;
use crate::entity::{self, Entity, Kind};
use crate::intake::Hints;
use crate::io::sources::SourceRef;
use crate::runtime::loading::{Reading, load};
use crate::text::reading_time;
use crate::text::sanitize::one_line;
use crate::text::width::width;

/// Wider names (in columns) do not widen the column of names.
const MAX_NAME_COLUMN: usize = 40;

/// Prints the entities of every source.
pub(super) fn run(context: &mut Context, args: &EntitiesArgs) -> Result<Exit, CliError> {
    let corrections = corrections(context);
    let mut tally = Tally::default();
    let (sources, is_one) = find_all(&args.sources);
    let mut list = JsonList::new(args.json && !is_one);
    for NamedSource { name, source } in sources {
        if context.out.is_closed() {
            break;
        }
        let hints = || Hints::in_encoding(args.encoding);
        let load = |source: SourceRef| {
            fetching::told(&context.setup.network, |access| load(&source, &access.wanting(hints())))
        };
        let kept = if args.encoding.is_none() { kept::article(context, OsStr::new(&name)) } else { Ok(None) };
        let reading = match kept {
            Ok(Some(article)) => Ok(Reading::kept(article)),
            Ok(None) => source.map_err(CliError::from).and_then(|source| Ok(load(source)?)),
            Err(error) => Err(error),
        };
        match reading {
            Ok(reading) => {
                let article = &reading.article;
                let left_out = entity::not_read(article).or_else(|| Some(entity::limit_of(&article.body)?.to_owned()));
                if let Some(left_out) = left_out {
                    context.note(&format!("“{}”: {left_out}", article.title));
                }
                let found = entity::of_article(article, &date_context(&reading, args));
                let entities = corrections.apply(&article.body, found);
                if args.json {
                    list.next(&mut context.out)?;
                    context.out.json_part(&report((!is_one).then_some(&name), article, &entities, args.text))?;
                } else {
                    if tally.any_done() {
                        context.out.line("")?;
                    }
                    print(&mut context.out, article, &entities, !is_one)?;
                }
                tally.done();
            }
            Err(error) => {
                if args.json {
                    list.next(&mut context.out)?;
                    context.out.json_part(&FailedSource::of(&name, &error))?;
                }
                tally.failed(&error);
            }
        }
    }
    if args.json {
        list.end(&mut context.out)?;
    }
    Ok(tally.exit())
}

/// Writes the brackets and commas of a JSON array, unless there is only a single value.
struct JsonList {
    is_array: bool,
    next: &'static str,
}

impl JsonList {
    fn new(is_array: bool) -> Self {
        Self { is_array, next: "[\n" }
    }

    fn next(&mut self, out: &mut Output) -> io::Result<()> {
        let before = std::mem::replace(&mut self.next, ",\n");
        if self.is_array { out.text(before) } else { Ok(()) }
    }

    fn end(self, out: &mut Output) -> io::Result<()> {
        out.text(if self.is_array { "\n]\n" } else { "\n" })
    }
}

/// The user's corrections; problems with their file do not prevent a result.
fn corrections(context: &Context) -> Corrections {
    // Without a data directory there are none.
    let Ok(paths) = context.setup.paths() else { return Corrections::default() };
    match crate::io::corrections::load(&paths.data_dir) {
        Ok(loaded) => {
            loaded.problems().for_each(|problem| context.note(&problem));
            loaded.corrections
        }
        Err(error) => {
            context.note(&format!("your corrections of names could not be read: {error}"));
            Corrections::default()
        }
    }
}

/// The day relative dates refer to: the one given by the user, else the article's own, else that of its file.
fn date_context(reading: &Reading, args: &EntitiesArgs) -> entity::Context {
    entity::Context {
        published: args.date.or(reading.article.published.map(|published| published.day)),
        guessed_date: reading.guessed_date,
    }
}

/// The documented JSON form of one article; unknown fields are null. Offsets are code points.
#[derive(Serialize)]
struct ArticleReport<'a> {
    /// Only in an array, to tell articles apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    article: ArticleRow<'a>,
    entities: Vec<EntityRow<'a>>,
}

#[derive(Serialize)]
struct ArticleRow<'a> {
    title: &'a str,
    byline: Option<&'a str>,
    published: Option<String>,
    source: Option<&'a str>,
    language: Option<&'a str>,
    words: usize,
    /// Only if it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

#[derive(Serialize)]
struct EntityRow<'a> {
    kind: &'static str,
    name: &'a str,
    aliases: &'a [String],
    /// Only where there are any.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    titles: &'a [String],
    salience: f64,
    /// Only dates have one; null if the day is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Value>,
    /// Only where the name is a guess.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    doubtful: bool,
    /// Only where the user follows it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    followed: bool,
    mentions: Vec<MentionRow<'a>>,
    /// Only if there are any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    quotes: Vec<QuoteRow>,
}

#[derive(Serialize)]
struct QuoteRow {
    start: usize,
    end: usize,
    direct: bool,
}

#[derive(Serialize)]
struct MentionRow<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

fn report<'a>(
    source: Option<&'a str>,
    article: &'a Article,
    entities: &'a [Entity],
    with_text: bool,
) -> ArticleReport<'a> {
    let text = &article.body;
    let points = CodePoints::new(text.as_str());
    let named = |entity: &'a Entity| -> Vec<MentionRow<'a>> {
        let places = entity.mentions.iter().map(|mention| {
            let (start, end) = points.of_range(mention.range);
            MentionRow { start, end, text: text.slice(mention.range) }
        });
        places.collect()
    };
    let said = |entity: &'_ Entity| -> Vec<QuoteRow> {
        let quotes = entity.quotes.iter().map(|quote| {
            let (start, end) = points.of_range(quote.range);
            QuoteRow { start, end, direct: quote.direct }
        });
        quotes.collect()
    };
    let entities = entities.iter().map(|entity| EntityRow {
        kind: entity.kind.as_str(),
        name: &entity.name,
        aliases: &entity.aliases,
        titles: &entity.titles,
        // Four decimal places are enough, and hide that the sum was computed in single precision.
        salience: (f64::from(entity.salience) * 1e4).round() / 1e4,
        value: (entity.kind == Kind::Date).then(|| entity.value.as_deref().into()),
        doubtful: entity.doubtful,
        followed: entity.followed,
        mentions: named(entity),
        quotes: said(entity),
    });
    ArticleReport {
        source,
        article: ArticleRow {
            title: &article.title,
            byline: article.byline.as_deref(),
            published: article.published.map(|published| published.day.to_string()),
            source: article.source.as_deref(),
            language: article.language.as_deref(),
            words: reading_time::words(text.as_str()),
            text: with_text.then_some(text.as_str()),
        },
        entities: entities.collect(),
    }
}

/// Prints the entities by kind in columns: name, number of mentions, meaning and aliases. A question mark precedes
/// doubtful ones, a star those that are followed.
fn print(out: &mut Output, article: &Article, entities: &[Entity], with_title: bool) -> io::Result<()> {
    if with_title {
        out.styled(&one_line(&article.title), Style::Bold)?;
        out.line("")?;
    }
    let names = entities.iter().map(|entity| width(&one_line(&entity.name)));
    let column = names.filter(|width| *width <= MAX_NAME_COLUMN).max().unwrap_or_default();
    let digits = entities.iter().map(|entity| entity.mentions.len()).max().unwrap_or_default().to_string().len();
    for kind in Kind::ALL {
        let mut of_kind = entities.iter().filter(|entity| entity.kind == kind).peekable();
        if of_kind.peek().is_some() {
            out.styled(kind.as_str(), Style::Bold)?;
            out.line("")?;
        }
        for entity in of_kind {
            let name = one_line(&entity.name);
            let pad = column.saturating_sub(width(&name));
            let meaning = entity.meaning();
            let others: Vec<&str> = meaning.iter().chain(&entity.aliases).map(String::as_str).collect();
            let others = one_line(&others.join(", "));
            let mark = match entity {
                Entity { followed: true, .. } => "*",
                Entity { doubtful: true, .. } => "?",
                _ => " ",
            };
            let row = format!("{mark} {name}{:pad$}  {:digits$}  {others}", "", entity.mentions.len());
            out.styled(row.trim_end(), if entity.doubtful { Style::Dim } else { Style::Plain })?;
            out.line("")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{SourceId, Text, TextRange};
    use crate::entity::{Mention, Quote, QuoteRule, Rule};

    fn article() -> Article {
        Article {
            id: SourceId::of_edition("a"),
            title: "A title".into(),
            byline: None,
            published: None,
            source: None,
            url: None,
            language: None,
            body: Text::new("É Brum said so last May.".into(), vec![], vec![]),
        }
    }

    fn entity(kind: Kind, start: usize, end: usize) -> Entity {
        let mention = Mention { range: TextRange::new(start, end), rule: Rule::Name, confidence: 100 };
        Entity {
            kind,
            name: "Name".into(),
            aliases: vec![],
            titles: vec![],
            mentions: vec![mention],
            salience: 0.1,
            value: None,
            doubtful: false,
            followed: false,
            quotes: vec![],
        }
    }

    #[test]
    fn offsets_are_code_points_and_unknown_fields_are_null_or_left_out() {
        let quote = Quote { range: TextRange::new(13, 15), direct: false, rule: QuoteRule::Named };
        let person = Entity { titles: vec!["director".into()], quotes: vec![quote], ..entity(Kind::Person, 3, 7) };
        let date = entity(Kind::Date, 16, 24);
        let value: Value = serde_json::to_value(report(None, &article(), &[person, date], false)).unwrap();
        assert_eq!(value["article"].get("text"), None);
        assert_eq!(value["article"]["byline"], Value::Null);
        assert_eq!(value["entities"][0]["mentions"][0], serde_json::json!({ "start": 2, "end": 6, "text": "Brum" }));
        assert_eq!(value["entities"][0]["titles"][0], "director");
        assert_eq!(value["entities"][0]["salience"], 0.1);
        assert_eq!(value["entities"][0].get("value"), None);
        assert_eq!(value["entities"][1].get("value"), Some(&Value::Null));
        assert_eq!(value["entities"][1].get("titles"), None);
        assert_eq!(value["entities"][0]["quotes"][0], serde_json::json!({ "start": 12, "end": 14, "direct": false }));
        assert_eq!(value["entities"][1].get("quotes"), None);
    }
}
