//! Filters bookmarks by what the reader remembers of them.

use std::cell::OnceCell;

use jiff::Timestamp;
use memchr::memmem::Finder;

use crate::query::{BadQuery, Condition, Part, parse};
use crate::text::fold::fold;

use super::query::{self, Field, VOCABULARY};
use super::{AnchorState, Bookmark, UNCHECKED};

/// A query for bookmarks, in the grammar of all queries.
///
/// A word, or several in quotation marks, matches if it occurs in the passage, the note, the headline or a tag,
/// regardless of case and typography. `#name` and `tag:name` match tags by prefix, `color:name` a colour, `title:word`
/// a headline, `source:word` a publication or address, `entity:name` a passage that names it, `before:day` and
/// `after:day` the time it was made (`2026-11-20`, `2026-11`, `2026`, or `7d` for seven days ago), `state:name` the
/// result of anchoring. For colour and state a prefix is enough.
#[derive(Clone, Debug)]
pub struct Filter {
    condition: Condition<Criterion>,
}

/// A single condition on a bookmark.
#[derive(Clone, Debug)]
enum Criterion {
    Color(String),
    /// A word, or the prefix of a tag with [`TAG`] before it.
    Words(Finder<'static>),
    Title(Finder<'static>),
    Source(Finder<'static>),
    /// An entity, by its possible names.
    Entity(Vec<Finder<'static>>),
    Since(Timestamp),
    Until(Timestamp),
    /// The names of the states that match.
    State(Vec<&'static str>),
}

impl Default for Filter {
    fn default() -> Self {
        Self { condition: Condition::All(Vec::new()) }
    }
}

/// What is needed to read a query besides its text.
#[derive(Clone, Copy)]
pub struct QueryContext<'a> {
    /// The time from which ages are counted.
    pub now: Timestamp,
    /// The other names of an entity, given one of its names, folded.
    pub names: &'a dyn Fn(&str) -> Vec<String>,
    /// Whether any bookmark has a colour, other than the six, with this prefix.
    pub has_color: &'a dyn Fn(&str) -> bool,
}

/// Shortest additional name of an entity, in letters: folded, `US` would match the word "us".
const MIN_NAME: usize = 3;

impl Filter {
    /// Reads a query; a blank one matches everything.
    ///
    /// # Errors
    /// If any part of it is invalid.
    pub fn read(text: &str, context: QueryContext<'_>) -> Result<Self, BadQuery> {
        let mut criterion = |part| Criterion::read(&part, context).map(Condition::Term);
        Ok(Self { condition: parse(text, &VOCABULARY)?.try_map(&mut criterion)? })
    }

    /// Whether it matches everything.
    pub fn is_empty(&self) -> bool {
        matches!(&self.condition, Condition::All(conditions) if conditions.is_empty())
    }

    /// Whether `bookmark` matches; `state` is the last result of anchoring it.
    pub fn matches(&self, bookmark: &Bookmark, state: Option<AnchorState>) -> bool {
        let mut text = String::new();
        append_search_text(bookmark, &mut text);
        self.matches_text(&text, bookmark, state)
    }

    /// Whether a bookmark matches whose [`append_search_text`] is `text`.
    pub(super) fn matches_text(&self, text: &str, bookmark: &Bookmark, state: Option<AnchorState>) -> bool {
        let lines = OnceCell::new();
        self.condition.holds(&|criterion| match criterion {
            Criterion::Since(since) => bookmark.made().is_some_and(|made| made >= *since),
            Criterion::Until(until) => bookmark.made().is_some_and(|made| made < *until),
            Criterion::State(wanted) => wanted.contains(&state.map_or(UNCHECKED, AnchorState::name)),
            Criterion::Color(_)
            | Criterion::Words(_)
            | Criterion::Title(_)
            | Criterion::Source(_)
            | Criterion::Entity(_) => lines.get_or_init(|| SearchLines::of(text)).hold(criterion),
        })
    }
}

impl Criterion {
    fn read(part: &Part<Field>, context: QueryContext<'_>) -> Result<Self, BadQuery> {
        let value = part.folded();
        let finder = |text: &str| Finder::new(text).into_owned();
        Ok(match part.field {
            None => Self::Words(finder(&value)),
            Some(Field::Tag) => Self::Words(finder(&format!("{TAG}{value}"))),
            Some(Field::Color) => {
                query::color(part, context.has_color)?;
                Self::Color(value)
            }
            Some(Field::Title) => Self::Title(finder(&value)),
            Some(Field::Source) => Self::Source(finder(&value)),
            Some(Field::Entity) => {
                let others = (context.names)(&value).into_iter().map(|name| fold(&name));
                let others = others.filter(|name| name.chars().count() >= MIN_NAME);
                Self::Entity(std::iter::once(value).chain(others).map(|name| finder(&name)).collect())
            }
            Some(Field::State) => Self::State(query::states(part)?),
            Some(Field::Before) => Self::Until(part.moment(context.now)?),
            Some(Field::After) => Self::Since(part.moment(context.now)?),
        })
    }
}

/// The lines of [`append_search_text`].
struct SearchLines<'a> {
    color: &'a str,
    source: &'a str,
    title: &'a str,
    passage: &'a str,
    /// Headline, passage, tags and note.
    words: &'a str,
}

impl<'a> SearchLines<'a> {
    fn of(text: &'a str) -> Self {
        let mut lines = text.splitn(3, '\n');
        let mut next = || lines.next().unwrap_or_default();
        let (color, source, words) = (next(), next(), next());
        let mut parts = words.splitn(3, '\n');
        let (title, passage) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        Self { color, source, title, passage, words }
    }

    /// Whether a criterion of text matches.
    fn hold(&self, criterion: &Criterion) -> bool {
        let contains = |text: &str, word: &Finder<'_>| word.find(text.as_bytes()).is_some();
        match criterion {
            Criterion::Color(wanted) => self.color.starts_with(wanted.as_str()),
            Criterion::Words(word) => contains(self.words, word),
            Criterion::Title(word) => contains(self.title, word),
            Criterion::Source(word) => contains(self.source, word),
            Criterion::Entity(names) => names.iter().any(|name| contains_name(self.passage, name)),
            Criterion::Since(_) | Criterion::Until(_) | Criterion::State(_) => false,
        }
    }
}

/// Whether `text` contains the name as whole words.
fn contains_name(text: &str, name: &Finder<'_>) -> bool {
    name.find_iter(text.as_bytes()).any(|at| {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let after = text.get(at + name.needle().len()..).and_then(|rest| rest.chars().next());
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    })
}

/// Precedes each tag in the searchable text, which has no other control characters.
const TAG: char = '\u{1}';

/// Appends the searchable text of a bookmark, folded, one line each: colour, publication and addresses, headline,
/// passage, tags and note. Neither folded text nor search terms contain line breaks, so nothing matches across lines.
pub(super) fn append_search_text(bookmark: &Bookmark, out: &mut String) {
    let source = bookmark.source();
    out.push_str(&fold(bookmark.color().name()));
    out.push('\n');
    for text in [source.publisher.as_deref(), source.url.as_deref(), Some(source.id.as_str())].into_iter().flatten() {
        out.push_str(&fold(text));
        out.push(' ');
    }
    for text in [&source.title, bookmark.words()] {
        out.push('\n');
        out.push_str(&fold(text));
    }
    out.push('\n');
    for tag in bookmark.tags() {
        out.push(TAG);
        out.push_str(&fold(tag));
    }
    out.push('\n');
    out.push_str(&fold(bookmark.note().unwrap_or_default()));
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, tz::TimeZone};

    use super::*;
    use crate::bookmark::tests::{DEVICE, sample, time};

    fn fits(text: &str) -> bool {
        let bookmark = sample(1).with_tags(&["housing"], DEVICE, time(1)).unwrap();
        let first_word = bookmark.words().split(' ').next().unwrap().to_owned();
        let names = |name: &str| if name == "landlords" { vec!["us".into(), first_word.clone()] } else { Vec::new() };
        let now = bookmark.created() + SignedDuration::from_hours(48);
        let context = QueryContext { now, names: &names, has_color: &|_| false };
        Filter::read(text, context).unwrap().matches(&bookmark, Some(AnchorState::Approximate))
    }

    #[test]
    fn each_criterion_matches_and_rejects() {
        let bookmark = sample(1);
        let year: i16 = TimeZone::UTC.to_datetime(bookmark.created()).year();
        let word = fold(bookmark.words()).split(' ').next().unwrap().to_owned();
        let cut: String = word.chars().skip(1).collect();
        for (text, wanted) in [
            ("tag:hou", true),
            ("tag:#housing", true),
            ("tag:ing", false),
            ("state:approx", true),
            ("state:≈", true),
            ("state:a", true),
            ("state:o", false),
            ("state:orphan", false),
            ("state:unchecked", false),
            ("after:3d", true),
            ("after:1d", false),
            ("before:1d", true),
            ("before:3d", false),
            (&format!("after:{year}"), true),
            (&format!("after:{}", year + 1), false),
            (&format!("before:{}-01-01", year + 1), true),
            (&format!("before:{year}"), false),
            (&format!("entity:{word}"), true),
            (&format!("entity:{cut}"), false),
            ("entity:landlords", true),
            ("entity:nobody", false),
            (&format!("title:{}", fold(&bookmark.source().title).split(' ').next().unwrap()), true),
            ("title:zzz", false),
            (&format!("source:{}", bookmark.source_id()), true),
            ("source:zzz", false),
            ("-source:zzz", true),
            ("title:zzz or tag:hou", true),
            ("title:zzz | tag:ing", false),
            ("-(tag:hou state:a)", false),
            ("-(tag:hou state:o) -after:1d", true),
        ] {
            assert_eq!(fits(text), wanted, "{text}");
        }
    }
}
