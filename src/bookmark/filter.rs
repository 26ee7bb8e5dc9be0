//! Finding bookmarks by what a reader remembers of them.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use memchr::memmem::Finder;

use crate::text::fold::fold;

use super::{AnchorState, Bookmark};

/// What was typed to find bookmarks. All of it must fit.
///
/// A word, or several in quotation marks, fits if it occurs in the passage, the note, the headline or a tag, whatever the
/// letter case and typography. `#name` and `tag:name` want a tag that begins so, `color:name` a colour, `title:word` a
/// headline, `source:word` a publication or address, `entity:name` a passage that names it, `before:day` and `after:day`
/// the time it was made (`2026-11-20`, `2026-11`, `2026`, or `7d` for seven days ago), `state:name` what is known of
/// where it is.
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
    /// What they are called.
    states: Vec<&'static str>,
    hint: Option<String>,
}

/// How it is spelt that nothing is known of where a bookmark is.
pub const UNCHECKED: &str = "unchecked";

/// Shortest name, in letters, by which an entity is known besides the one that was typed: folded, `US` is `us`.
const SHORTEST_NAME: usize = 3;

impl Filter {
    /// Reads `text`; anything can be read, and nothing asks for nothing. An age like `7d` is no criterion here.
    pub fn parse(text: &str) -> Self {
        Self::read(text, None, |_| Vec::new())
    }

    /// Reads `text` at this time, by which ages are counted. `names` says which other names an entity has.
    pub fn read(text: &str, now: Option<Timestamp>, names: impl Fn(&str) -> Vec<String>) -> Self {
        let mut filter = Self::default();
        for token in tokens(text) {
            filter.take(&token, now, &names);
        }
        filter
    }

    fn take(&mut self, token: &str, now: Option<Timestamp>, names: &impl Fn(&str) -> Vec<String>) {
        let finder = |word: &str| Finder::new(word).into_owned();
        if let Some(tag) = token.strip_prefix('#').filter(|tag| !tag.is_empty()) {
            return self.words.push(finder(&format!("{TAG}{tag}")));
        }
        let Some((key, value)) = token.split_once(':').filter(|(key, _)| KEYS.contains(key)) else {
            return self.words.push(finder(token));
        };
        if value.is_empty() {
            // Somebody is about to type it.
            self.hint = Some(format!("{key}: {}", wanted(key)));
            return;
        }
        match key {
            "tag" => self.words.push(finder(&format!("{TAG}{}", value.trim_start_matches('#')))),
            "color" | "colour" => self.colors.push(value.to_owned()),
            "title" => self.titles.push(finder(value)),
            "source" => self.sources.push(finder(value)),
            "entity" => {
                let others = names(value).iter().map(|name| fold(name)).collect::<Vec<_>>();
                let others =
                    others.iter().filter(|name| name.chars().count() >= SHORTEST_NAME).map(|name| finder(name));
                self.entities.push(std::iter::once(finder(value)).chain(others).collect());
            }
            "state" => match state(value) {
                Some(state) => self.states.push(state),
                None => self.hint = Some(format!("state: {}", wanted(key))),
            },
            _ => match (key, moment(value, now)) {
                ("before", Some(at)) => self.until = Some(self.until.map_or(at, |until| until.min(at))),
                (_, Some(at)) => self.since = Some(self.since.map_or(at, |since| since.max(at))),
                (_, None) => self.hint = Some(format!("{key}: {}", wanted(key))),
            },
        }
    }

    /// What is wrong with what was typed, or what goes on behind its last colon. Such a part wants nothing.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
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
            && self.states.iter().all(|wanted| *wanted == state.map_or(UNCHECKED, AnchorState::name))
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

/// What may stand before a colon.
const KEYS: [&str; 9] = ["tag", "color", "colour", "title", "source", "entity", "before", "after", "state"];

/// What is to stand behind the colon.
fn wanted(key: &str) -> &'static str {
    match key {
        "before" | "after" => "a day like 2026-11-20, a month, a year, or 7d for seven days ago",
        "state" => "anchored, approximate (or ≈), orphan, unchecked",
        "color" | "colour" => "yellow, green, blue, pink, orange, purple",
        "tag" => "how a tag begins",
        "title" => "a word of the headline",
        "source" => "a word of the publication or address",
        _ => "a name, in quotation marks if it has several words",
    }
}

/// What was typed, folded, in words; what stands in quotation marks is one.
fn tokens(text: &str) -> Vec<String> {
    let (mut tokens, mut token, mut quoted) = (Vec::new(), String::new(), false);
    for letter in fold(text).chars() {
        match letter {
            '"' => quoted = !quoted,
            ' ' if !quoted => tokens.push(std::mem::take(&mut token)),
            letter => token.push(letter),
        }
    }
    tokens.push(token);
    tokens.retain(|token| !token.trim().is_empty());
    tokens
}

/// The state that a word means, or the beginning of one.
fn state(word: &str) -> Option<&'static str> {
    if word == "≈" {
        return Some(AnchorState::Approximate.name());
    }
    let mut names = AnchorState::ALL.into_iter().map(AnchorState::name).chain([UNCHECKED]);
    names.find(|name| name.starts_with(word))
}

/// The time that a day (its beginning, UTC) or an age means.
fn moment(word: &str, now: Option<Timestamp>) -> Option<Timestamp> {
    if let Some(days) = word.strip_suffix('d') {
        let age = SignedDuration::from_hours(days.parse::<u16>().ok().map(i64::from)?.saturating_mul(24));
        return now?.checked_sub(age).ok();
    }
    let mut parts = word.split('-');
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let mut part = || parts.next().map_or(Some(1), |part| part.parse().ok());
    let (month, day) = (part()?, part()?);
    let rest = parts.next();
    let start = TimeZone::UTC.to_timestamp(Date::new(year, month, day).ok()?.at(0, 0, 0, 0)).ok()?;
    rest.is_none().then_some(start)
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
    said.push_str(bookmark.color().name());
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
    use super::*;
    use crate::bookmark::tests::{DEVICE, sample, time};

    fn fits(text: &str) -> bool {
        let bookmark = sample(1).with_tags(&["housing"], DEVICE, time(1)).unwrap();
        let filter = Filter::read(text, Some(bookmark.created() + SignedDuration::from_hours(48)), |name| {
            if name == "landlords" {
                vec!["us".into(), bookmark.words().split(' ').next().unwrap().into()]
            } else {
                vec![]
            }
        });
        filter.matches(&bookmark, Some(AnchorState::Approximate))
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

    #[test]
    fn what_is_wrong_gets_a_hint_and_wants_nothing() {
        for text in
            ["before:soon", "after:2026-13", "after:2026-01-01-01", "state:lost", "after:", "entity:", "before:99999d"]
        {
            let filter = Filter::read(text, Some(Timestamp::UNIX_EPOCH), |_| Vec::new());
            assert!(filter.hint().is_some() && filter.is_empty(), "{text}");
        }
        for text in ["before:2026", "state:a", "http://example.com", "note: this", "7d"] {
            assert_eq!(Filter::read(text, Some(Timestamp::UNIX_EPOCH), |_| Vec::new()).hint(), None, "{text}");
        }
    }

    #[test]
    fn words_in_quotation_marks_are_one() {
        assert_eq!(tokens(r#"a “b c” entity:"d e" "f"#), ["a", "b c", "entity:d e", "f"]);
    }
}
