//! Names of our own for the entries of a feed.
//!
//! Feeds leave out ids, use one twice, and give one article two. So an entry's name is made of what tells it from any other,
//! whatever stands beside it: its guid and its link; without a guid its link and its title; without both its title and its
//! first words. Two entries are one article if they have the same guid or the same link; but one link with two titles is
//! two, and so is one guid with two links.

use std::collections::{HashMap, HashSet};

use super::{FeedEntry, plain};
use crate::article::TextHash;
use crate::article::address::page;
use crate::text::fold::fold;

/// Characters of the words of an entry that tell it from another.
const WORDS: usize = 200;

/// Letters of a name.
const LENGTH: usize = 24;

/// The entries, each once, with their names.
pub(super) fn identify(entries: Vec<FeedEntry>) -> Vec<FeedEntry> {
    let mut kept: Vec<FeedEntry> = Vec::with_capacity(entries.len());
    let mut seen = HashSet::new();
    for mut entry in entries {
        let title = entry.title.as_deref().map(fold).unwrap_or_default();
        let link = entry.url.as_deref().map(page).unwrap_or_default();
        let guid = entry.guid.clone().unwrap_or_default();
        let mut is_new = true;
        if !link.is_empty() {
            is_new &= seen.insert(("link", link.clone(), title.clone()));
        } else if !guid.is_empty() {
            is_new &= seen.insert(("guid", guid.clone(), title.clone()));
        }
        entry.id = match (guid.is_empty(), link.is_empty()) {
            (false, _) => name(&[&guid, &link]),
            (true, false) => name(&["", &link, &title]),
            (true, true) if title.is_empty() => name(&["", "", "", &first_words(&entry)]),
            (true, true) => name(&["", "", &title, &first_words(&entry)]),
        };
        if is_new {
            kept.push(entry);
        }
    }
    part(&mut kept);
    let mut names = HashSet::new();
    kept.retain(|entry| names.insert(entry.id.clone()));
    kept
}

/// The name of an entry that has a guid and no link.
pub(super) fn of_guid(guid: &str) -> String {
    name(&[guid, ""])
}

/// Gives entries with the same guid and link but other titles names with their titles in them.
fn part(entries: &mut [FeedEntry]) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for entry in entries.iter() {
        *counts.entry(entry.id.clone()).or_default() += 1;
    }
    for entry in entries.iter_mut() {
        if counts.get(&entry.id).is_some_and(|count| *count > 1) {
            let title = entry.title.as_deref().map(fold).unwrap_or_default();
            entry.id = name(&[&entry.id, &title]);
        }
    }
}

fn name(parts: &[&str]) -> String {
    let hash = TextHash::of(&parts.join("\n")).to_string();
    hash.chars().take(LENGTH).collect()
}

fn first_words(entry: &FeedEntry) -> String {
    let words = [&entry.content, &entry.summary].into_iter().flatten().find_map(plain::text).unwrap_or_default();
    fold(&words.chars().take(WORDS).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(guid: &str, url: &str, title: &str) -> FeedEntry {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        FeedEntry { guid: some(guid), url: some(url), title: some(title), ..FeedEntry::default() }
    }

    fn names(entries: &[FeedEntry]) -> Vec<String> {
        identify(entries.to_vec()).into_iter().map(|entry| entry.id).collect()
    }

    #[test]
    fn two_are_one_with_the_same_guid_or_link_and_two_with_other_titles_or_links() {
        for (a, b, count) in [
            (("g", "https://a.example/1", "A"), ("g", "https://a.example/1", "A"), 1),
            (("g", "https://a.example/1", "A"), ("h", "https://a.example/1", "A"), 1),
            (("", "https://a.example/1", "A"), ("", "http://www.a.example/1/", "a"), 1),
            (("", "https://a.example/1", "A"), ("", "https://a.example/1", "B"), 2),
            (("g", "https://a.example/1", "A"), ("h", "https://a.example/1", "B"), 2),
            (("g", "https://a.example/1", "A"), ("g", "https://a.example/2", "B"), 2),
            (("g", "https://a.example/1", "A"), ("g", "https://a.example/2", "A"), 2),
            (("g", "https://a.example/1", "A"), ("g", "https://a.example/1", "B"), 2),
            (("g", "", "A"), ("g", "", "A"), 1),
            (("", "", "A"), ("", "", "A"), 1),
            (("", "", "A"), ("", "", "B"), 2),
        ] {
            let names = names(&[entry(a.0, a.1, a.2), entry(b.0, b.1, b.2)]);
            assert_eq!(names.len(), count, "{a:?} {b:?}");
            assert!(count == 1 || names.first() != names.last(), "{a:?} {b:?}");
        }
    }

    #[test]
    fn a_name_does_not_depend_on_the_neighbours() {
        let poll = |title: &str| entry("", "https://a.example/poll", title);
        let same = |url: &str| entry("tag:1", url, "Same");
        let all = [poll("Bridge"), poll("Ferry"), same("https://a.example/a"), same("https://a.example/b")];
        let together = names(&all);
        for (at, one) in all.iter().enumerate() {
            assert_eq!(names(std::slice::from_ref(one)).first(), together.get(at));
        }
        let turned: Vec<_> = all.iter().rev().cloned().collect();
        assert_eq!(names(&turned).into_iter().rev().collect::<Vec<_>>(), together);
    }

    #[test]
    fn what_says_next_to_nothing_has_a_name_too() {
        assert_eq!(names(&[entry("", "", ""), entry("g", "", ""), entry("", "", "")]).len(), 2);
    }
}
