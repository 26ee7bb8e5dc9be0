//! Filters bookmarks by what the reader remembers of them.

use jiff::Timestamp;
use memchr::memmem::Finder;

use crate::query::{BadQuery, Token, tokens};
use crate::text::fold::fold;

use super::query::{self, Field, VOCABULARY};
use super::{AnchorState, Bookmark, UNCHECKED};

/// A query for bookmarks. All of its criteria must match.
///
/// A word, or several in quotation marks, matches if it occurs in the passage, the note, the headline or a tag,
/// regardless of case and typography. `#name` and `tag:name` match tags by prefix, `color:name` a colour, `title:word`
/// a headline, `source:word` a publication or address, `entity:name` a passage that names it, `before:day` and
/// `after:day` the time it was made (`2026-11-20`, `2026-11`, `2026`, or `7d` for seven days ago), `state:name` the
/// result of anchoring. For colour and state a prefix is enough.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    colors: Vec<String>,
    /// Words, and tag prefixes with [`TAG`] before them.
    words: Vec<Finder<'static>>,
    titles: Vec<Finder<'static>>,
    sources: Vec<Finder<'static>>,
    /// For each entity its possible names.
    entities: Vec<Vec<Finder<'static>>>,
    since: Option<Timestamp>,
    until: Option<Timestamp>,
    /// For each criterion the names of the states that match.
    states: Vec<Vec<&'static str>>,
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
        let mut filter = Self::default();
        for token in tokens(text, &VOCABULARY)? {
            filter.add(&token, context)?;
        }
        Ok(filter)
    }

    fn add(&mut self, token: &Token<Field>, context: QueryContext<'_>) -> Result<(), BadQuery> {
        let value = token.value.as_str();
        let value_finder = || Finder::new(value).into_owned();
        match token.field {
            None => self.words.push(value_finder()),
            Some(Field::Tag) => self.words.push(Finder::new(&format!("{TAG}{value}")).into_owned()),
            Some(Field::Color) => {
                query::color(token, context.has_color)?;
                self.colors.push(value.to_owned());
            }
            Some(Field::Title) => self.titles.push(value_finder()),
            Some(Field::Source) => self.sources.push(value_finder()),
            Some(Field::Entity) => {
                let others = (context.names)(value).iter().map(|name| fold(name)).collect::<Vec<_>>();
                let others = others.iter().filter(|name| name.chars().count() >= MIN_NAME);
                let others = others.map(|name| Finder::new(name).into_owned());
                self.entities.push(std::iter::once(value_finder()).chain(others).collect());
            }
            Some(Field::State) => self.states.push(query::states(token)?),
            Some(Field::Before) => {
                let at = token.moment(context.now)?;
                self.until = Some(self.until.map_or(at, |until| until.min(at)));
            }
            Some(Field::After) => {
                let at = token.moment(context.now)?;
                self.since = Some(self.since.map_or(at, |since| since.max(at)));
            }
        }
        Ok(())
    }

    /// Whether it matches everything.
    pub fn is_empty(&self) -> bool {
        self.has_no_text_criteria() && self.has_no_fact_criteria()
    }

    pub(super) fn has_no_text_criteria(&self) -> bool {
        let finders = [&self.words, &self.titles, &self.sources];
        self.colors.is_empty() && self.entities.is_empty() && finders.iter().all(|finders| finders.is_empty())
    }

    pub(super) fn has_no_fact_criteria(&self) -> bool {
        self.since.is_none() && self.until.is_none() && self.states.is_empty()
    }

    /// Whether `bookmark` matches; `state` is the last result of anchoring it.
    pub fn matches(&self, bookmark: &Bookmark, state: Option<AnchorState>) -> bool {
        let mut text = String::new();
        append_search_text(bookmark, &mut text);
        self.matches_text(&text) && self.matches_facts(bookmark, state)
    }

    /// Whether it matches the criteria for time and state.
    pub(super) fn matches_facts(&self, bookmark: &Bookmark, state: Option<AnchorState>) -> bool {
        let made = bookmark.made();
        self.since.is_none_or(|since| made.is_some_and(|made| made >= since))
            && self.until.is_none_or(|until| made.is_some_and(|made| made < until))
            && self.states.iter().all(|wanted| wanted.contains(&state.map_or(UNCHECKED, AnchorState::name)))
    }

    /// Whether the text of [`append_search_text`] matches all other criteria.
    pub(super) fn matches_text(&self, text: &str) -> bool {
        let mut lines = text.splitn(3, '\n');
        let mut next = || lines.next().unwrap_or_default();
        let (color, source, words) = (next(), next(), next());
        let holds =
            |finders: &[Finder<'_>], text: &str| finders.iter().all(|word| word.find(text.as_bytes()).is_some());
        let mut parts = words.splitn(3, '\n');
        let (title, passage) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        self.colors.iter().all(|wanted| color.starts_with(wanted.as_str()))
            && holds(&self.words, words)
            && holds(&self.titles, title)
            && holds(&self.sources, source)
            && self.entities.iter().all(|names| names.iter().any(|name| contains_name(passage, name)))
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
        ] {
            assert_eq!(fits(text), wanted, "{text}");
        }
    }
}
