//! Exports again into a Markdown document that the reader may have edited since.
//!
//! A passage is identified by its block id. Its line and the lines for its note and tags are replaced if they are as an
//! export wrote them, which the document records ([`Ledger`]). Every other line is the reader's and stays, even if it
//! looks like ours or is one of ours that was edited. A line that was edited or removed is not written again until it
//! changes.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::ledger::Ledger;
use super::{MarkdownItem, MarkdownPage};

/// An updated document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// The document.
    pub text: String,
    /// Whether this is the first time that lines in it are replaced, according to its ledger.
    pub is_first_change: bool,
}

/// Updates `old`, a document of earlier exports or an empty one, to the current passages of `pages`.
///
/// New passages of an article in the document are added after the passage that precedes them; new articles at the end.
pub fn update(old: &str, pages: &[MarkdownPage]) -> Update {
    let mut lines: Vec<&str> = old.split_inclusive('\n').collect();
    let (ledger, ledger_at) = Ledger::take(&mut lines);
    let positions = positions(&lines, &ledger);
    let mut edits = Edits { lines: &lines, ledger: &ledger, changed: BTreeMap::new(), added: BTreeMap::new() };
    let mut new_pages = Vec::new();
    for page in pages {
        let place = |passage: &MarkdownItem| positions.get(passage.id.as_str()).copied();
        let Some(mut after) = page.passages.iter().find_map(place) else {
            new_pages.push(page);
            continue;
        };
        for passage in &page.passages {
            if let Some(at) = place(passage) {
                after = edits.merge(at, passage);
            } else {
                edits.added.entry(after).or_default().extend(passage.lines.iter().cloned());
            }
        }
    }
    let Edits { changed, mut added, .. } = edits;

    let is_first_change = !changed.is_empty() && !ledger.has_copy;
    let mut now = ledger;
    now.has_copy |= is_first_change;
    now.retain(|id| positions.contains_key(id));
    let passages = pages.iter().flat_map(|page| &page.passages);
    passages.for_each(|passage| now.set(&passage.id, &passage.lines));

    let newline = if old.contains("\r\n") { "\r\n" } else { "\n" };
    let mut text = String::with_capacity(old.len());
    let put = |text: &mut String, line: &str| {
        if !text.is_empty() && !text.ends_with('\n') {
            text.push_str(newline);
        }
        text.push_str(line);
        text.push_str(newline);
    };
    for number in 0..=lines.len() {
        added.remove(&number).into_iter().flatten().for_each(|line| put(&mut text, &line));
        if ledger_at == Some(number) {
            now.write().lines().for_each(|line| put(&mut text, line));
        }
        let Some(line) = lines.get(number) else { break };
        match changed.get(&number) {
            None => text.push_str(line),
            Some(None) => {}
            // With the original line break, if there was one.
            Some(Some(new)) => text.extend([new, line.get(line.trim_end().len()..).unwrap_or_default()]),
        }
    }
    for (number, page) in new_pages.into_iter().enumerate() {
        if number > 0 || !text.is_empty() {
            put(&mut text, "");
        }
        page.text.lines().for_each(|line| put(&mut text, line));
    }
    if ledger_at.is_none() {
        now.write().lines().for_each(|line| put(&mut text, line));
    }
    Update { text, is_first_change }
}

/// The edits to the lines of a document.
struct Edits<'a> {
    lines: &'a [&'a str],
    ledger: &'a Ledger,
    /// Lines of ours that are replaced, or removed if none.
    changed: BTreeMap<usize, Option<String>>,
    /// New lines, by the number of the line they go before.
    added: BTreeMap<usize, Vec<String>>,
}

impl Edits<'_> {
    /// Updates the passage at line `at`, and returns the number of the first line that does not belong to it.
    fn merge(&mut self, at: usize, passage: &MarkdownItem) -> usize {
        let below = self.below(at);
        let Some((words, rest)) = passage.lines.split_first() else { return below.end };
        let is_ours = |line: &str| self.ledger.has_written(&passage.id, line);
        let line = |number: usize| self.lines.get(number).copied().unwrap_or_default();
        if is_ours(line(at)) && line(at).trim() != words {
            self.changed.insert(at, Some(format!("{}{words}", indent(line(at)))));
        }
        // Each line was written once: a duplicate is the reader's.
        let mut ours: Vec<usize> = Vec::new();
        for number in below.clone().filter(|number| is_ours(line(*number))) {
            if ours.iter().all(|other| line(*other).trim() != line(number).trim()) {
                ours.push(number);
            }
        }
        let mut next = at + 1;
        for new in rest {
            let stands = below.clone().find(|number| line(*number).trim() == new.trim());
            let old = ours.iter().copied().find(|number| label(line(*number)) == label(new));
            if let Some(number) = stands {
                ours.retain(|own| *own != number);
                next = number + 1;
            } else if is_ours(new) {
                // It has not changed since it was written; the reader edited or removed it.
            } else if let Some(number) = old {
                ours.retain(|own| *own != number);
                self.changed.insert(number, Some(format!("{}{}", indent(line(number)), new.trim_start())));
                next = number + 1;
            } else {
                self.added.entry(next).or_default().push(format!("{}{new}", indent(line(at))));
            }
        }
        self.changed.extend(ours.into_iter().map(|number| (number, None)));
        below.end
    }

    /// The lines below a passage that belong to it: those with a deeper indentation.
    fn below(&self, at: usize) -> Range<usize> {
        let rest = self.lines.get(at + 1..).unwrap_or_default().iter();
        let depth = self.lines.get(at).map_or(0, |line| indent(line).len());
        let count = rest.take_while(|line| indent(line).len() > depth && !line.trim().is_empty()).count();
        at + 1..at + 1 + count
    }
}

fn indent(line: &str) -> &str {
    line.get(..line.len() - line.trim_start().len()).unwrap_or_default()
}

/// The label of a line below a passage: the words before the first colon.
fn label(line: &str) -> &str {
    line.trim_start().split(':').next().unwrap_or_default()
}

/// The line of each passage: of the lines with its block id the one that is unchanged, else one that ends with the id,
/// else any; of several the first.
fn positions<'a>(lines: &[&'a str], ledger: &Ledger) -> HashMap<&'a str, usize> {
    let mut positions: HashMap<&str, (u8, usize)> = HashMap::new();
    for (number, line) in lines.iter().enumerate() {
        for word in line.split_whitespace() {
            let Some(id) = word.strip_prefix('^').filter(|id| id.starts_with("p-")) else { continue };
            let rank = if ledger.has_written(id, line) { 0 } else { 1 + u8::from(!line.trim_end().ends_with(word)) };
            let place = positions.entry(id).or_insert((rank, number));
            *place = (rank, number).min(*place);
        }
    }
    positions.into_iter().map(|(id, (_, number))| (id, number)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::TextRange;
    use crate::bookmark::Bookmark;
    use crate::bookmark::export::markdown;
    use crate::bookmark::tests::{DEVICE, article, made, sample, time};

    /// Three passages of one article, in order.
    fn three_bookmarks() -> Vec<Bookmark> {
        let article = article("https://example.com/rents", "One two three. Four five six. Seven eight nine.");
        let ranges = [(0, 14), (15, 29), (30, 47)];
        let all = ranges.into_iter().zip(1..).map(|((start, end), id)| {
            let passage = Bookmark::passage(made(id, &article, TextRange::new(start, end))).unwrap();
            passage.with_note(&format!("note {id}"), DEVICE, time(1)).unwrap()
        });
        all.collect()
    }

    fn text(bookmarks: &[Bookmark]) -> String {
        update("", &markdown(bookmarks)).text
    }

    fn update_twice(old: &str, bookmarks: &[Bookmark]) -> String {
        let new = update(old, &markdown(bookmarks)).text;
        assert_eq!(update(&new, &markdown(bookmarks)), Update { text: new.clone(), is_first_change: false }, "{old}");
        new
    }

    fn noted(bookmark: &Bookmark, note: &str) -> Bookmark {
        bookmark.with_note(note, DEVICE, time(5)).unwrap()
    }

    /// The lines of a document without the ledger.
    fn lines_without_ledger(document: &str) -> Vec<&str> {
        let mut lines: Vec<&str> = document.split_inclusive('\n').collect();
        Ledger::take(&mut lines);
        lines.iter().map(|line| line.trim_end()).collect()
    }

    /// The lines below the first passage.
    fn below(document: &str) -> Vec<&str> {
        let lines = lines_without_ledger(document).into_iter().skip_while(|line| !line.contains("^p-000000000001"));
        lines.skip(1).take_while(|line| line.starts_with(' ')).collect()
    }

    #[test]
    fn an_empty_document_becomes_the_export_and_exporting_again_changes_nothing() {
        let mut all = three_bookmarks();
        all.push(sample(9));
        let pages: Vec<String> = markdown(&all).into_iter().map(|page| page.text).collect();
        assert!(text(&all).starts_with(&pages.join("\n")));
        assert_eq!(update_twice(&text(&all), &all), text(&all));
        assert_eq!(text(&[]), "");
    }

    #[test]
    fn passages_are_replaced_and_the_readers_lines_stay() {
        let [one, two, three] = <[Bookmark; 3]>::try_from(three_bookmarks()).unwrap();
        let old = text(&[one.clone(), three]);
        let old = old
            .replace("    - Note: note 1\n", "    - Note: note 1\n    - my own thought\n")
            .replace("## Metadata", "My line\n## Metadata");
        let old = format!("{old}\nLast words, no line break");
        let changed = noted(&one, "another note");
        insta::assert_snapshot!("updated", update_twice(&old, &[changed, two, sample(9)]));
    }

    #[test]
    fn lines_in_our_style_that_we_did_not_write_stay() {
        let one = &three_bookmarks()[..1];
        let changed = [noted(&one[0], "new").with_tags(&["x"], DEVICE, time(6)).unwrap()];
        let ours = "    - Note: note 1\n";
        for (mine, wanted) in [
            ("    - Note: mine\n    - Note: note 1\n", &["    - Note: mine", "    - Note: new", "    - Tags: #x"][..]),
            ("    - Note: note 1\n    - Note: mine\n", &["    - Note: new", "    - Tags: #x", "    - Note: mine"]),
            ("    - Tags: #mine\n    - Note: note 1\n", &["    - Tags: #mine", "    - Note: new", "    - Tags: #x"]),
            // Ours but edited: then it is the reader's, and what is new is added.
            ("    - Note: note 1, and more\n", &["    - Note: new", "    - Tags: #x", "    - Note: note 1, and more"]),
            // Ours twice: one of them is a copy the reader made.
            ("    - Note: note 1\n    - Note: note 1\n", &["    - Note: new", "    - Tags: #x", "    - Note: note 1"]),
        ] {
            let old = text(one).replace(ours, mine);
            assert_eq!(below(&update_twice(&old, &changed)), wanted);
            let mine: Vec<&str> = mine.lines().collect();
            assert_eq!(below(&update_twice(&old, one)), mine, "nothing has changed here");
        }
        let gone = [noted(&one[0], "")];
        let old = text(one).replace(ours, &format!("{ours}    - Note: mine\n"));
        assert_eq!(below(&update_twice(&old, &gone)), ["    - Note: mine"]);
        assert!(update(&old, &markdown(&gone)).is_first_change && !update(&old, &markdown(one)).is_first_change);
    }

    #[test]
    fn edited_or_removed_lines_come_back_only_when_they_change() {
        let one = &three_bookmarks()[..1];
        let old = text(one).replace("    - Note: note 1\n", "").replace("- One two three.", "- **One** two three.");
        let new = update_twice(&old, one);
        assert_eq!(new, old);
        let new = update_twice(&old, &[noted(&one[0], "new")]);
        assert!(new.contains("- **One** two three.") && below(&new) == ["    - Note: new"], "{new}");
    }

    #[test]
    fn a_document_without_a_ledger_keeps_every_line() {
        let all = three_bookmarks();
        let old = lines_without_ledger(&text(&all)).join("\n").replace("note 2", "note 2, edited");
        let changed: Vec<Bookmark> = all.iter().map(|bookmark| noted(bookmark, "new")).collect();
        let new = update_twice(&old, &changed);
        let kept = old.lines().filter(|line| lines_without_ledger(&new).contains(line)).count();
        assert_eq!((kept, new.matches("- Note: new").count()), (old.lines().count(), 3));
        let newer: Vec<Bookmark> =
            all.iter().map(|bookmark| bookmark.with_note("newer", DEVICE, time(7)).unwrap()).collect();
        let newest = update_twice(&new, &newer);
        assert_eq!((newest.matches("- Note: new\n").count(), newest.matches("- Note: newer").count()), (0, 3));
    }

    #[test]
    fn a_truncated_ledger_adds_no_passage_twice() {
        let all = three_bookmarks();
        let old = text(&all);
        let changed: Vec<Bookmark> = all.iter().map(|bookmark| noted(bookmark, "new")).collect();
        let cut_words: Vec<usize> = old.match_indices([' ', '\n', '-']).map(|(at, _)| at).collect();
        let ledger_at = old.find("<!--").unwrap();
        let end_at = old.rfind("-->").unwrap();
        for at in cut_words.into_iter().filter(|at| *at > ledger_at) {
            for rest in ["", "\n-->\n", old.split_at(end_at).1] {
                let cut = format!("{}{rest}", old.split_at(at).0);
                let new = update_twice(&update_twice(&cut, &all), &changed);
                for passage in markdown(&changed).iter().flat_map(|page| &page.passages) {
                    let times = new.lines().filter(|line| line.ends_with(&format!("^{}", passage.id))).count();
                    assert_eq!(times, 1, "{cut}\n\n{new}");
                }
            }
        }
    }

    #[test]
    fn passages_that_were_moved_indented_or_copied_are_found() {
        let all = three_bookmarks();
        let old = text(&all);
        let lines = lines_without_ledger(&old);
        let at = lines.iter().position(|line| line.contains("^p-000000000001")).unwrap();
        let (head, items) = lines.split_at(at);
        let ledger = old.lines().skip(lines.len()).collect::<Vec<_>>().join("\n");
        // The first passage moved to the end and indented; the second duplicated.
        let moved = format!(
            "{}\n{}\n\nMy chapter\n  - Topic\n        {}\n        {}\n{}\n{ledger}\n",
            head.join("\n"),
            items[2..].join("\n"),
            items[0],
            items[1],
            items[2..4].join("\n")
        );
        assert_eq!(update_twice(&moved, &all), moved);
        let new = update_twice(&moved, &[noted(&all[0], "new 1"), noted(&all[1], "new 2"), all[2].clone()]);
        assert!(new.contains("\n            - Note: new 1\n") && !new.contains("note 1"), "{new}");
        assert_eq!((new.matches("- Note: new 2\n").count(), new.matches("- Note: note 2\n").count()), (1, 1), "{new}");
    }

    #[test]
    fn line_breaks_stay_those_of_the_document() {
        let all = three_bookmarks();
        let old = text(&all[1..]).replace('\n', "\r\n");
        let new = update_twice(&old, &all);
        assert_eq!(new.matches('\n').count(), new.matches("\r\n").count());
        assert_eq!(new.replace("\r\n", "\n"), text(&all));
    }

    proptest::proptest! {
        #[test]
        fn no_line_of_the_readers_is_lost(
            written in proptest::collection::vec(("[ ]{0,4}- (Note|Tags): [a-c]{1,2}", 0..20_usize), 0..8),
            notes in proptest::collection::vec("[a-c]{0,2}", 3),
        ) {
            let all = three_bookmarks();
            let mut lines: Vec<String> = text(&all).lines().map(str::to_owned).collect();
            for (line, at) in &written {
                lines.insert((*at).min(lines.len()), line.clone());
            }
            let changed: Vec<Bookmark> = all.iter().zip(&notes).map(|(bookmark, note)| noted(bookmark, note)).collect();
            let new = update_twice(&lines.join("\n"), &changed);
            for (line, _) in &written {
                let times = written.iter().filter(|(other, _)| other == line).count();
                proptest::prop_assert!(new.lines().filter(|other| other == line).count() >= times, "{} {}", line, new);
            }
        }
    }
}
