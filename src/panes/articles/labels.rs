//! What tells listed articles of the same title apart: as much of their paths as differs, or their sources.
//!
//! It looks only at the rows it is given, those that are seen together: which others have the same title does not matter.

use std::collections::HashMap;
use std::path::Component;

use crate::article::{Entry, SourceId};
use crate::text::sanitize::one_line;

/// Names of a path, from its end, that are compared at most: more would have no room.
const MOST_NAMES: usize = 6;

/// For each of the rows what tells it apart from those with the same title; none for a title that is there once, and
/// where nothing tells.
pub(super) fn disambiguate(rows: &[&Entry]) -> Vec<Option<String>> {
    let mut by_title: HashMap<String, Vec<&Entry>> = HashMap::new();
    for row in rows {
        by_title.entry(row.title.trim().to_lowercase()).or_default().push(row);
    }
    let same = |row: &Entry| by_title.get(&row.title.trim().to_lowercase()).map_or(&[][..], Vec::as_slice);
    rows.iter().map(|row| label(row, same(row))).collect()
}

/// What tells a row apart from others, among which it is itself.
fn label(row: &Entry, same: &[&Entry]) -> Option<String> {
    let others = || same.iter().filter(|other| other.id != row.id);
    others().next()?;
    let own = names(&row.id);
    let others_names: Vec<Vec<String>> = others().map(|other| names(&other.id)).collect();
    // One has only the last names of the other.
    let differs = |count: &usize| others_names.iter().all(|names| names.get(..*count) != own.get(..*count));
    if let Some(last) = (1..=own.len()).find(differs).and_then(|count| own.get(..count)) {
        return Some(last.iter().rev().map(String::as_str).collect::<Vec<_>>().join("/"));
    }
    row.source.clone().filter(|_| others().all(|other| other.source != row.source))
}

/// The last names of the path of a file or an address, the last first. An id that nobody would read has none.
fn names(id: &SourceId) -> Vec<String> {
    if let Some(path) = id.file_path() {
        let name = |part: Component<'_>| match part {
            // The slashes are put between the names.
            Component::RootDir => String::new(),
            part => one_line(&part.as_os_str().to_string_lossy()),
        };
        return path.components().rev().take(MOST_NAMES).map(name).collect();
    }
    let id = id.to_string();
    let address = ["https://", "http://"].iter().find_map(|scheme| id.strip_prefix(scheme));
    let names = address.into_iter().flat_map(|address| address.trim_end_matches('/').rsplit('/'));
    names.take(MOST_NAMES).map(one_line).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entry(id: SourceId, title: &str, source: Option<&str>) -> Entry {
        Entry { id, source: source.map(str::to_owned), ..crate::testing::entry(1, title) }
    }

    fn file(path: &str) -> Entry {
        entry(SourceId::of_file(path), "Report", None)
    }

    fn told(rows: &[Entry]) -> Vec<Option<String>> {
        disambiguate(&rows.iter().collect::<Vec<_>>())
    }

    fn some(labels: &[&str]) -> Vec<Option<String>> {
        labels.iter().map(|label| Some((*label).to_owned())).collect()
    }

    #[test]
    fn files_are_told_apart_by_the_shortest_end_of_their_paths() {
        assert_eq!(told(&[file("/news/may.txt"), file("/news/june.txt")]), some(&["may.txt", "june.txt"]));
        assert_eq!(
            told(&[file("/news/may/report.txt"), file("/news/june/report.txt"), file("/news/may/draft.txt")]),
            some(&["may/report.txt", "june/report.txt", "draft.txt"])
        );
        assert_eq!(told(&[file("/a/x/report.txt"), file("/x/report.txt")]), some(&["a/x/report.txt", "/x/report.txt"]));
    }

    #[test]
    fn what_is_no_file_is_told_apart_by_its_source() {
        let text = |number: u8| SourceId::of_text(crate::article::TextHash::of(&number.to_string()));
        let rows = [
            entry(text(1), "Rain", Some("The Gazette")),
            entry(text(2), "RAIN ", Some("The Ledger")),
            file("/rain.txt"),
        ];
        assert_eq!(told(&rows), [Some("The Gazette".to_owned()), Some("The Ledger".to_owned()), None]);
        let same = [entry(text(1), "Rain", Some("The Gazette")), entry(text(2), "Rain", Some("The Gazette"))];
        assert_eq!(told(&same), [None, None], "nothing tells");
    }

    #[test]
    fn names_that_mean_no_good_stay_on_one_line() {
        let label = told(&[file("/a\u{1b}[31m\n\u{202e}b.txt"), file("/c.txt")])[0].clone().unwrap();
        assert!(!label.contains(|c: char| c.is_control() || c == '\u{202e}'), "{label:?}");
    }

    proptest! {
        #[test]
        fn files_of_the_same_title_never_have_the_same_label(
            paths in prop::collection::hash_set("(/[ab]{1,2}){1,4}", 2..8),
        ) {
            let rows: Vec<Entry> = paths.iter().map(|path| file(path)).collect();
            let labels: Vec<String> = told(&rows).into_iter().map(Option::unwrap).collect();
            let different: std::collections::HashSet<&String> = labels.iter().collect();
            prop_assert_eq!(different.len(), labels.len(), "{:?}", labels);
        }
    }
}
