//! Finding bookmarks by what a reader remembers of them.

use jiff::Timestamp;
use memchr::memmem::Finder;

use crate::query::{BadQuery, Token, tokens};
use crate::text::fold::fold;

use super::query::{self, Field, VOCABULARY};
use super::{AnchorState, Bookmark, UNCHECKED};

/// What was typed to find bookmarks. All of it must fit.
///
/// A word, or several in quotation marks, fits if it occurs in the passage, the note, the headline or a tag, whatever the
/// letter case and typography. `#name` and `tag:name` want a tag that begins so, `color:name` a colour, `title:word` a
/// headline, `source:word` a publication or address, `entity:name` a passage that names it, `before:day` and `after:day`
/// the time it was made (`2026-11-20`, `2026-11`, `2026`, or `7d` for seven days ago), `state:name` what is known of
/// where it is. Of colour and state the beginning is enough.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    colors: Vec<String>,
    /// Words, and beginnings of tags with [`TAG`] before them.
    words: Vec<Finder<'static>>,
    titles: Vec<Finder<'static>>,
    sources: Vec<Finder<'static>>,
    /// For each entity the names it may have.
    entities: Vec<Vec<Finder<'static>>>,
    since: Option<Timestamp>,
    until: Option<Timestamp>,
    /// For each the names that begin so.
    states: Vec<Vec<&'static str>>,
}

/// What a query is read by besides its words.
#[derive(Clone, Copy)]
pub struct QueryContext<'a> {
    /// The time by which ages are counted.
    pub now: Timestamp,
    /// The other names an entity has; the name that is asked for is folded.
    pub names: &'a dyn Fn(&str) -> Vec<String>,
    /// Whether a bookmark has a colour, other than the six, that begins so.
    pub has_color: &'a dyn Fn(&str) -> bool,
}

/// Shortest name, in letters, by which an entity is known besides the one that was typed: folded, `US` is `us`.
const SHORTEST_NAME: usize = 3;

impl Filter {
    /// Reads a query; one of nothing but blanks asks for nothing.
    ///
    /// # Errors
    /// If a part of it means nothing: then nobody can say what it asks for.
    pub fn read(text: &str, context: QueryContext<'_>) -> Result<Self, BadQuery> {
        let mut filter = Self::default();
        for token in tokens(text, &VOCABULARY)? {
            filter.take(&token, context)?;
        }
        Ok(filter)
    }

    fn take(&mut self, token: &Token<Field>, context: QueryContext<'_>) -> Result<(), BadQuery> {
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
                let others = others.iter().filter(|name| name.chars().count() >= SHORTEST_NAME);
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

    /// Whether everything fits.
    pub fn is_empty(&self) -> bool {
        self.asks_nothing_said() && self.asks_nothing_known()
    }

    pub(super) fn asks_nothing_said(&self) -> bool {
        let finders = [&self.words, &self.titles, &self.sources];
        self.colors.is_empty() && self.entities.is_empty() && finders.iter().all(|finders| finders.is_empty())
    }

    pub(super) fn asks_nothing_known(&self) -> bool {
        self.since.is_none() && self.until.is_none() && self.states.is_empty()
    }

    /// Whether `bookmark` fits; `state` is what is known of where it is.
    pub fn matches(&self, bookmark: &Bookmark, state: Option<AnchorState>) -> bool {
        let mut text = String::new();
        said(bookmark, &mut text);
        self.fits(&text) && self.fits_known(bookmark, state)
    }

    /// Whether it was made in the time and found in the way that is asked for.
    pub(super) fn fits_known(&self, bookmark: &Bookmark, state: Option<AnchorState>) -> bool {
        let made = bookmark.made();
        self.since.is_none_or(|since| made.is_some_and(|made| made >= since))
            && self.until.is_none_or(|until| made.is_some_and(|made| made < until))
            && self.states.iter().all(|wanted| wanted.contains(&state.map_or(UNCHECKED, AnchorState::name)))
    }

    /// Whether a bookmark fits of which this is [`said`], as far as that tells.
    pub(super) fn fits(&self, said: &str) -> bool {
        let mut lines = said.splitn(3, '\n');
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
            && self.entities.iter().all(|names| names.iter().any(|name| names_it(passage, name)))
    }
}

/// Whether the name stands in `text` in whole words.
fn names_it(text: &str, name: &Finder<'_>) -> bool {
    name.find_iter(text.as_bytes()).any(|at| {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let after = text.get(at + name.needle().len()..).and_then(|rest| rest.chars().next());
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    })
}

/// Stands before each tag in what is looked into. Nothing else has control characters in it.
const TAG: char = '\u{1}';

/// Appends what a filter looks into, folded, on a line each: colour, publication and addresses, headline, passage, tags and
/// note. Folded text has no line breaks, and nothing that is looked for has any, so it cannot be found across two of them.
pub(super) fn said(bookmark: &Bookmark, said: &mut String) {
    let source = bookmark.source();
    said.push_str(&fold(bookmark.color().name()));
    said.push('\n');
    for text in [source.publisher.as_deref(), source.url.as_deref(), Some(source.id.as_str())].into_iter().flatten() {
        said.push_str(&fold(text));
        said.push(' ');
    }
    for text in [&source.title, bookmark.words()] {
        said.push('\n');
        said.push_str(&fold(text));
    }
    said.push('\n');
    for tag in bookmark.tags() {
        said.push(TAG);
        said.push_str(&fold(tag));
    }
    said.push('\n');
    said.push_str(&fold(bookmark.note().unwrap_or_default()));
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
    fn each_criterion_fits_and_does_not() {
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
