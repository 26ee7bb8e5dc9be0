//! Searches that were saved under a name, and filters on what arrives from feeds, as `searches.tsv` in the data directory
//! says them, which can also be edited by hand.
//!
//! One a line, with tabs between its parts: the kind (`search`, or what a filter does), the name, the query, and the last day
//! on which it is wanted, if there is one. Comments, blank lines and lines that are wrong stay where they are.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;

use super::ArticleQuery;
use crate::text::fold::fold;
use crate::text::sanitize::one_line;

const HEADER: &str = "# Searches saved in dateline. One search a line, with tabs between its parts: search, its name, the \
                      query,\n# and the last day on which it is wanted, if you like. A line that begins with star, read, drop \
                      or tag NAME\n# in the place of search does that to what arrives from feeds. A line that begins with # is a \
                      comment.\n";

/// The first part of a line that is a search.
const KIND: &str = "search";

/// What the first part of the line of a filter that tags begins with; the tag follows.
const TAG: &str = "tag ";

/// What a line may begin with.
const KINDS: [&str; 5] = [KIND, "star", "read", "drop", "tag"];

/// What a filter does to an article that arrives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilterAction {
    /// It gets a star.
    Star,
    /// It gets a tag.
    Tag(String),
    /// It is marked as read.
    Read,
    /// It does not come in.
    Drop,
}

/// A search that was saved, or a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedSearch {
    /// What is done to articles that arrive and answer it; none for a search that is listed.
    pub action: Option<FilterAction>,
    /// What it is called.
    pub name: String,
    /// The query, as it was typed.
    pub query: String,
    /// The last day on which it is wanted.
    pub until: Option<Date>,
}

/// All searches that were saved, and the file they stand in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedSearches {
    lines: Vec<SearchLine>,
}

/// A line of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
struct SearchLine {
    /// As it stands there.
    text: String,
    /// What it says; none for comments, blank lines and what cannot be understood.
    search: Option<SavedSearch>,
}

/// A change: what it takes away and what it puts there instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchEdit {
    /// A search that was there.
    pub take: Option<SavedSearch>,
    /// One that is there now.
    pub add: Option<SavedSearch>,
}

/// A line that says nothing, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchFault {
    /// Its number, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

impl fmt::Display for SearchFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

impl SavedSearch {
    /// A search under a name: one line each, without the blanks about it. None without a letter or digit in the name.
    pub fn new(name: &str, query: &str, until: Option<Date>) -> Option<Self> {
        let (name, query) = (one_line(name).trim().to_owned(), one_line(query).trim().to_owned());
        name.chars().any(char::is_alphanumeric).then_some(Self { action: None, name, query, until })
    }

    /// Whether it is wanted on this day.
    pub fn is_wanted(&self, today: Date) -> bool {
        self.until.is_none_or(|until| today <= until)
    }
}

impl SearchEdit {
    /// What takes it back.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self { take: self.add.clone(), add: self.take.clone() }
    }
}

impl SavedSearches {
    /// Reads the text of the file; lines that are wrong are named and left out. Ages in queries count from `now`.
    pub fn from_tsv(text: &str, now: Timestamp) -> (Self, Vec<SearchFault>) {
        let mut searches = Self::default();
        let mut faults = Vec::new();
        for (number, text) in (1..).zip(text.lines()) {
            let said = text.trim();
            let search = if said.is_empty() || said.starts_with('#') {
                None
            } else {
                let read = read(text, now).and_then(|search| match searches.named(&search.name) {
                    // Nobody asks for a filter by its name.
                    Some(_) if search.action.is_none() => {
                        Err(format!("another search above is called “{}”", search.name))
                    }
                    _ => Ok(search),
                });
                read.map_err(|reason| faults.push(SearchFault { line: number, reason })).ok()
            };
            searches.lines.push(SearchLine { text: text.to_owned(), search });
        }
        (searches, faults)
    }

    /// The text of the file, with every comment and every wrong line in its place.
    pub fn to_tsv(&self) -> String {
        self.lines.iter().flat_map(|line| [line.text.as_str(), "\n"]).collect()
    }

    /// Every search, in the order of the file.
    pub fn all(&self) -> impl Iterator<Item = &SavedSearch> {
        self.lines().filter(|search| search.action.is_none())
    }

    /// Every filter, in the order of the file.
    pub fn filters(&self) -> impl Iterator<Item = &SavedSearch> {
        self.lines().filter(|search| search.action.is_some())
    }

    fn lines(&self) -> impl Iterator<Item = &SavedSearch> {
        self.lines.iter().filter_map(|line| line.search.as_ref())
    }

    /// The search with this name, however it is spelt.
    pub fn named(&self, name: &str) -> Option<&SavedSearch> {
        let name = fold(name);
        self.all().find(|search| fold(&search.name) == name)
    }

    /// Makes a change: a search takes the place of the one that is taken away, or of one with its name, or comes last.
    pub fn edit(&mut self, edit: &SearchEdit) {
        let names: Vec<String> =
            [&edit.take, &edit.add].into_iter().flatten().map(|search| fold(&search.name)).collect();
        let is_meant = |line: &SearchLine| {
            line.search.as_ref().is_some_and(|search| search.action.is_none() && names.contains(&fold(&search.name)))
        };
        let place = self.lines.iter().position(is_meant);
        self.lines.retain(|line| !is_meant(line));
        if let Some(search) = &edit.add {
            if self.lines.is_empty() {
                let header = HEADER.lines().map(|text| SearchLine { text: text.to_owned(), search: None });
                self.lines.extend(header);
            }
            let place = place.unwrap_or(self.lines.len()).min(self.lines.len());
            self.lines.insert(place, SearchLine { text: write(search), search: Some(search.clone()) });
        }
    }
}

fn write(search: &SavedSearch) -> String {
    let until = search.until.map(|until| format!("\t{until}")).unwrap_or_default();
    let kind = match &search.action {
        None => KIND.to_owned(),
        Some(FilterAction::Star) => "star".to_owned(),
        Some(FilterAction::Tag(tag)) => format!("{TAG}{tag}"),
        Some(FilterAction::Read) => "read".to_owned(),
        Some(FilterAction::Drop) => "drop".to_owned(),
    };
    format!("{kind}\t{}\t{}{until}", search.name, search.query)
}

/// What a line says, or why it says nothing.
fn read(line: &str, now: Timestamp) -> Result<SavedSearch, String> {
    let parts: Vec<String> = line.split('\t').map(|part| one_line(part).trim().to_owned()).collect();
    // A spreadsheet leaves empty cells at the ends of lines.
    let length = parts.iter().rposition(|part| !part.is_empty()).map_or(0, |last| last + 1);
    let parts = parts.get(..length).unwrap_or_default();
    let kind = parts.first().map(String::as_str).unwrap_or_default();
    let tag = kind.strip_prefix(TAG).map(|tag| tag.trim().trim_start_matches('#')).filter(|tag| !tag.is_empty());
    let action = match kind {
        KIND => None,
        "star" => Some(FilterAction::Star),
        "read" => Some(FilterAction::Read),
        "drop" => Some(FilterAction::Drop),
        "tag" => return Err("behind “tag” and a blank comes the name of the tag".to_owned()),
        _ => match tag {
            Some(tag) if parts.len() > 1 => Some(FilterAction::Tag(tag.to_owned())),
            _ if KINDS.iter().any(|known| kind.split(' ').next() == Some(known)) => {
                return Err("its parts are not set apart by tabs".to_owned());
            }
            _ => {
                let kinds = KINDS.join(", ");
                return Err(format!("“{kind}” is no kind of line; there are {kinds} and a name"));
            }
        },
    };
    let (name, query, until) = match parts {
        [_, name, query] => (name, query, None),
        [_, name, query, until] => (name, query, Some(until)),
        _ => return Err(format!("after {kind} come a name, a query and perhaps a day, with tabs between")),
    };
    let until = until.map(|day| day.parse().map_err(|_| format!("“{day}” is no day like 2026-11-20"))).transpose()?;
    ArticleQuery::read(query, now).map_err(|bad| format!("{bad}; {}", bad.hint))?;
    let search = SavedSearch::new(name, query, until).ok_or_else(|| format!("“{name}” is no name"))?;
    Ok(SavedSearch { action, ..search })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn search(name: &str, query: &str) -> SavedSearch {
        SavedSearch::new(name, query, None).unwrap()
    }

    fn read_all(text: &str) -> (SavedSearches, Vec<SearchFault>) {
        SavedSearches::from_tsv(text, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn comments_and_wrong_lines_stay_in_their_place() {
        let text = "# mine\n\nsearch\tRain\train or hail\t\t\nsearch\tOdd\tis:unred\nfeed\tx\ty\nsearch Rain rain\n\
                    search\tTill\t\"a b\"\t2026-11-20\nsearch\tRAIN\tsnow\nsearch\tx\ty\tsoon\n";
        let (mut searches, faults) = read_all(text);
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        for (told, part) in told.iter().zip([
            "line 4: “is:unred” at character 1: there is no such state; did you mean is:unread?",
            "line 5: “feed” is no kind of line",
            "line 6: its parts are not set apart by tabs",
            "line 8: another search above is called “RAIN”",
            "line 9: “soon” is no day",
        ]) {
            assert!(told.contains(part), "{told}");
        }
        assert_eq!(told.len(), 5, "{told:?}");
        assert_eq!(searches.all().map(|search| search.name.as_str()).collect::<Vec<_>>(), ["Rain", "Till"]);
        assert_eq!(searches.to_tsv(), text);
        let edit = SearchEdit { take: searches.named("rain").cloned(), add: Some(search("Wet", "rain")) };
        searches.edit(&edit);
        assert_eq!(searches.to_tsv(), text.replace("search\tRain\train or hail\t\t", "search\tWet\train"));
        searches.edit(&edit.reversed());
        assert_eq!(searches.to_tsv(), text.replace("\t\t\n", "\n"));
        let until = searches.named("till").unwrap();
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert!(until.is_wanted(day("2026-11-20")) && !until.is_wanted(day("2026-11-21")));
    }

    #[test]
    fn a_filter_says_what_it_does_and_is_no_search() {
        let text = "star\tElection\telection\t2026-11-30\ntag heavy weather\tRain\train\nread\tRain\tis:starred\n\
                    drop\tRain\tsnow\nsearch\tRain\train\ntag\tx\ty\ntag #\tx\ty\ntag x y z\nstar x y\n";
        let (mut searches, faults) = read_all(text);
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        for (told, part) in told.iter().zip([
            "line 6: behind “tag”",
            "line 7: its parts",
            "line 8: its parts are not set apart by tabs",
            "line 9: its parts are not set apart by tabs",
        ]) {
            assert!(told.contains(part), "{told}");
        }
        assert_eq!(told.len(), 4, "{told:?}");
        let actions: Vec<_> = searches.filters().filter_map(|filter| filter.action.clone()).collect();
        let tag = FilterAction::Tag("heavy weather".to_owned());
        assert_eq!(actions, [FilterAction::Star, tag, FilterAction::Read, FilterAction::Drop]);
        assert_eq!(searches.all().count(), 1);
        let wet = SearchEdit { take: searches.named("rain").cloned(), add: Some(search("Wet", "rain")) };
        searches.edit(&wet);
        assert_eq!(searches.to_tsv(), text.replace("search\tRain", "search\tWet"), "filters of that name stay");
        for filter in searches.filters() {
            assert_eq!(read(&write(filter), Timestamp::UNIX_EPOCH).as_ref(), Ok(filter));
        }
    }

    #[test]
    fn the_first_search_brings_the_words_that_explain_the_file() {
        let mut searches = SavedSearches::default();
        searches.edit(&SearchEdit { take: None, add: Some(search("Rain", "rain")) });
        assert!(searches.to_tsv().starts_with("# Searches") && searches.to_tsv().ends_with("\nsearch\tRain\train\n"));
        searches.edit(&SearchEdit { take: Some(search("Rain", "rain")), add: None });
        assert_eq!(searches.all().count(), 0);
    }

    proptest! {
        #[test]
        fn what_is_saved_is_read_again(names in prop::collection::vec("\\PC{1,12}", 0..6), query in "[a-np-z]{1,9}( [a-np-z]{1,9}){0,2}") {
            let mut searches = SavedSearches::default();
            for search in names.iter().filter_map(|name| SavedSearch::new(name, &query, None)) {
                searches.edit(&SearchEdit { take: None, add: Some(search) });
            }
            let (again, faults) = read_all(&searches.to_tsv());
            prop_assert_eq!(faults, vec![]);
            prop_assert_eq!(again, searches);
        }
    }
}
