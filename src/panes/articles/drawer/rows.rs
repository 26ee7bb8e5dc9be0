//! The rows of the drawer: what is always there, folders with their feeds, and saved searches.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;

use crate::feed::{FeedState, Subscription};
use crate::panes::articles::subscribing::{feed_name, shown_folder};
use crate::panes::{Moment, Shared};
use crate::query::{ArticleQuery, Counts, SavedSearch, Term};
use crate::text::fold::fold;
use crate::text::sanitize::one_line;

/// A list that is always there.
pub(in crate::panes::articles) struct Standing {
    pub(in crate::panes::articles) name: &'static str,
    pub(in crate::panes::articles) query: &'static str,
    /// What is said if there is nothing in it.
    pub(in crate::panes::articles) if_empty: &'static str,
}

/// What is always there.
pub(in crate::panes::articles) const STANDING: [Standing; 3] = [
    Standing { name: "All articles", query: "", if_empty: "" },
    Standing { name: "Unread", query: "is:unread", if_empty: "Everything is read." },
    Standing { name: "Starred", query: "is:starred", if_empty: "Nothing is starred." },
];

/// Folders deeper than this are not indented any further.
const DEEPEST: usize = 4;

/// What a row stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// What is always there, by its query.
    Standing(&'static str),
    /// A folder of feeds, by its path.
    Folder(Vec<String>),
    /// A feed in its folder.
    Feed(Box<Subscription>),
    /// A saved search.
    Search(SavedSearch),
}

impl Source {
    /// Whether both are the feed at one address, whatever it is called and wherever it lies.
    pub(super) fn is_same_feed(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Feed(feed), Self::Feed(other)) if feed.url == other.url)
    }
}

/// How a feed is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Health {
    /// It comes, or was never asked for.
    #[default]
    Well,
    /// It did not come the last time.
    Failing,
    /// The reader has it left alone.
    Paused,
    /// Its server says that it is gone for good.
    Gone,
}

impl Health {
    fn of(subscription: &Subscription, state: Option<&FeedState>) -> Self {
        match state {
            _ if subscription.is_paused => Self::Paused,
            Some(state) if state.is_gone => Self::Gone,
            Some(state) if state.problem.is_some() => Self::Failing,
            _ => Self::Well,
        }
    }

    /// The sign before the name.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Well => " ",
            Self::Failing => "!",
            Self::Paused => "‖",
            Self::Gone => "×",
        }
    }
}

/// A row of the drawer.
#[derive(Clone, Debug)]
pub(super) struct DrawerRow {
    pub(super) name: String,
    pub(super) source: Source,
    /// How many folders it lies in.
    pub(super) depth: usize,
    /// Whether a blank line stands above it where there is room.
    pub(super) begins: bool,
    /// Whether what is in it is not shown.
    pub(super) is_folded: bool,
    pub(super) health: Health,
    /// What is said of it below the list, in lines.
    pub(super) about: Vec<String>,
    pub(super) counts: Option<Counts>,
}

impl DrawerRow {
    fn new(name: String, source: Source) -> Self {
        Self {
            name,
            source,
            depth: 0,
            begins: false,
            is_folded: false,
            health: Health::Well,
            about: Vec::new(),
            counts: None,
        }
    }

    /// Whether it has these words, which are folded: in its name, its address or query, or the folders it lies in.
    pub(super) fn has(&self, words: &str) -> bool {
        let other = match &self.source {
            Source::Standing(_) => String::new(),
            Source::Folder(path) => shown_folder(path),
            Source::Feed(feed) => format!("{} {}", shown_folder(&feed.folder), feed.url),
            Source::Search(search) => search.query.clone(),
        };
        [&self.name, &other].into_iter().any(|text| fold(text).contains(words))
    }

    /// The feeds it stands for; none for what is no feed and no folder.
    pub(super) fn feeds<'a>(&self, shared: &'a Shared) -> Vec<&'a Subscription> {
        let all = shared.subscriptions.all();
        match &self.source {
            Source::Feed(feed) => all.filter(|other| *other == &**feed).take(1).collect(),
            Source::Folder(path) => all.filter(|feed| feed.folder.starts_with(path)).collect(),
            Source::Standing(_) | Source::Search(_) => Vec::new(),
        }
    }

    /// What it lists. None if nobody can tell; that was told when the file was read.
    pub(super) fn query(&self, shared: &Shared, now: Timestamp) -> Option<ArticleQuery> {
        match &self.source {
            Source::Standing(query) => ArticleQuery::read(query, now).ok(),
            Source::Search(search) => ArticleQuery::read(&search.query, now).ok(),
            Source::Feed(feed) => Some(of_feeds(vec![feed.url.clone()])),
            Source::Folder(_) => {
                let feeds: BTreeSet<&String> = self.feeds(shared).into_iter().map(|feed| &feed.url).collect();
                Some(of_feeds(feeds.into_iter().cloned().collect()))
            }
        }
    }
}

/// What came from any of these feeds.
fn of_feeds(feeds: Vec<String>) -> ArticleQuery {
    ArticleQuery::default().with(Term::Feed(feeds))
}

/// All rows; folders in `folded` hide what is in them.
pub(super) fn rows(shared: &Shared, folded: &BTreeSet<Vec<String>>) -> Vec<DrawerRow> {
    let standing = STANDING.map(|standing| DrawerRow::new(standing.name.to_owned(), Source::Standing(standing.query)));
    let mut feeds = Tree::of(shared.subscriptions.all()).rows(shared, folded);
    let wanted = shared.searches.all().filter(|search| search.is_wanted(shared.moment.today));
    let mut searches: Vec<DrawerRow> = wanted.map(search_row).collect();
    for first in [feeds.first_mut(), searches.first_mut()].into_iter().flatten() {
        first.begins = true;
    }
    standing.into_iter().chain(feeds).chain(searches).collect()
}

/// The rows that have these words, and the folders they lie in.
pub(super) fn found(rows: Vec<DrawerRow>, words: &str) -> Vec<DrawerRow> {
    let words = fold(words);
    let mut folders = BTreeSet::new();
    for row in rows.iter().filter(|row| row.has(&words)) {
        let folder = match &row.source {
            Source::Feed(feed) => &feed.folder,
            Source::Folder(path) => path,
            Source::Standing(_) | Source::Search(_) => continue,
        };
        folders.extend((1..=folder.len()).filter_map(|depth| folder.get(..depth)).map(<[String]>::to_vec));
    }
    let is_shown = |row: &DrawerRow| match &row.source {
        Source::Folder(path) => folders.contains(path),
        _ => row.has(&words),
    };
    rows.into_iter().filter(is_shown).collect()
}

/// What lies in a folder.
#[derive(Clone, Copy)]
enum Item<'a> {
    Folder(usize),
    Feed(&'a Subscription),
}

/// A folder by its path, and what is in it, in the order of the file.
type Folder<'a> = (&'a [String], Vec<Item<'a>>);

/// The folders; the first is the one everything is in.
struct Tree<'a> {
    folders: Vec<Folder<'a>>,
}

impl<'a> Tree<'a> {
    fn of(feeds: impl Iterator<Item = &'a Subscription>) -> Self {
        let mut folders: Vec<Folder<'_>> = vec![(&[], Vec::new())];
        let put = |folders: &mut Vec<Folder<'a>>, folder: usize, item: Item<'a>| {
            if let Some((_, items)) = folders.get_mut(folder) {
                items.push(item);
            }
        };
        let mut known: HashMap<&[String], usize> = HashMap::new();
        for feed in feeds {
            let mut parent = 0;
            for depth in 1..=feed.folder.len() {
                let path = feed.folder.get(..depth).unwrap_or_default();
                let next = folders.len();
                let number = *known.entry(path).or_insert(next);
                if number == next {
                    folders.push((path, Vec::new()));
                    put(&mut folders, parent, Item::Folder(number));
                }
                parent = number;
            }
            put(&mut folders, parent, Item::Feed(feed));
        }
        Self { folders }
    }

    fn rows(&self, shared: &Shared, folded: &BTreeSet<Vec<String>>) -> Vec<DrawerRow> {
        let items = |number: usize| self.folders.get(number).map(|(_, items)| items.as_slice()).unwrap_or_default();
        let mut rows = Vec::new();
        // What is still to come, the next at the end.
        let mut waiting: Vec<(Item<'_>, usize)> = items(0).iter().rev().map(|item| (*item, 0)).collect();
        while let Some((item, depth)) = waiting.pop() {
            match item {
                Item::Feed(feed) => rows.push(DrawerRow { depth: depth.min(DEEPEST), ..feed_row(feed, shared) }),
                Item::Folder(number) => {
                    let path = self.folders.get(number).map(|(path, _)| path.to_vec()).unwrap_or_default();
                    let is_folded = folded.contains(&path);
                    let name = path.last().map(|name| one_line(name)).unwrap_or_default();
                    let about = if path.len() > 1 { vec![shown_folder(&path)] } else { Vec::new() };
                    let row = DrawerRow::new(name, Source::Folder(path));
                    rows.push(DrawerRow { depth: depth.min(DEEPEST), is_folded, about, ..row });
                    if !is_folded {
                        waiting.extend(items(number).iter().rev().map(|item| (*item, depth + 1)));
                    }
                }
            }
        }
        rows
    }
}

fn search_row(search: &SavedSearch) -> DrawerRow {
    let about = if search.name == search.query { Vec::new() } else { vec![one_line(&search.query)] };
    DrawerRow { about, ..DrawerRow::new(search.name.clone(), Source::Search(search.clone())) }
}

fn feed_row(feed: &Subscription, shared: &Shared) -> DrawerRow {
    let state = shared.feed_states.get(&feed.url);
    let health = Health::of(feed, state);
    let name = feed_name(feed, shared);
    let about = about(feed, state, health, &shared.moment);
    DrawerRow { health, about, ..DrawerRow::new(name, Source::Feed(Box::new(feed.clone()))) }
}

/// What is worth knowing of a feed: first what is wrong with it.
fn about(feed: &Subscription, state: Option<&FeedState>, health: Health, moment: &Moment) -> Vec<String> {
    let came = state.and_then(|state| state.fetched_at).map(|at| {
        let day = moment.zone.to_datetime(at).date();
        if day == moment.today { "fetched today".to_owned() } else { day.strftime("fetched on %-d %b %Y").to_string() }
    });
    let trouble = match health {
        Health::Well => None,
        Health::Paused => Some("Paused.".to_owned()),
        Health::Gone => Some("Its server says that it is gone for good; it is not asked for any more.".to_owned()),
        Health::Failing => {
            let problem = state.and_then(|state| state.problem.as_deref()).unwrap_or_default();
            Some(format!("Failed: {}.", one_line(problem).trim_end_matches('.')))
        }
    };
    let tags = feed.tags.iter().map(|tag| format!("#{}", one_line(tag))).collect::<Vec<_>>().join(" ");
    let facts = [came, Some(tags)].into_iter().flatten().filter(|fact| !fact.is_empty());
    let facts = Some(facts.collect::<Vec<_>>().join(" · ")).filter(|facts| !facts.is_empty());
    [trouble, Some(one_line(&feed.url)), facts].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use jiff::tz::{TimeZone, offset};

    use super::*;

    #[test]
    fn the_day_a_feed_last_came_is_that_of_the_reader() {
        let state = FeedState { fetched_at: "2026-11-23T20:30:00Z".parse().ok(), ..FeedState::default() };
        let told = |hours, today: &str| {
            let moment = Moment {
                now: "2026-11-23T21:00:00Z".parse().unwrap(),
                today: today.parse().unwrap(),
                zone: TimeZone::fixed(offset(hours)),
                id: crate::bookmark::tests::sample(1).id(),
            };
            about(&Subscription::default(), Some(&state), Health::Well, &moment).join(" ")
        };
        assert!(told(10, "2026-11-24").ends_with("fetched today"));
        assert!(told(10, "2026-11-25").ends_with("fetched on 24 Nov 2026"));
        assert!(told(-5, "2026-11-24").ends_with("fetched on 23 Nov 2026"));
    }
}
