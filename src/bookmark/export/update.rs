//! Exporting again into a Markdown document that somebody has been writing in since.
//!
//! A passage is known by its block id. Its line and those of its note and tags below are replaced where they are as an
//! export wrote them, which the document remembers ([`Ledger`]); every other line is the reader's and stays, also one that
//! looks like ours, and one of ours that was edited. What was edited or taken out is not written again until it changes
//! here.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::ledger::Ledger;
use super::{Page, Passage};

/// A document that was brought up to date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// The document.
    pub text: String,
    /// Whether lines that were in it are gone for the first time, by what it says itself.
    pub is_first_change: bool,
}

/// `old`, a document of earlier exports or nothing, with the passages of `pages` as they are now.
///
/// New passages of an article that is in the document come after the passage before them; an article that is not in it
/// comes at the end.
pub fn update(old: &str, pages: &[Page]) -> Update {
    let mut lines: Vec<&str> = old.split_inclusive('\n').collect();
    let (ledger, ledger_at) = Ledger::take(&mut lines);
    let places = places(&lines, &ledger);
    let mut edits = Edits { lines: &lines, ledger: &ledger, changed: BTreeMap::new(), added: BTreeMap::new() };
    let mut new_pages = Vec::new();
    for page in pages {
        let place = |passage: &Passage| places.get(passage.id.as_str()).copied();
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

    let is_first_change = !changed.is_empty() && !ledger.is_copied;
    let mut now = ledger;
    now.is_copied |= is_first_change;
    now.retain(|id| places.contains_key(id));
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
            // With the line break that stood there, if any did.
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

/// What becomes of the lines of a document.
struct Edits<'a> {
    lines: &'a [&'a str],
    ledger: &'a Ledger,
    /// Lines of ours that are another now, or none.
    changed: BTreeMap<usize, Option<String>>,
    /// Lines that are new, before the line of this number.
    added: BTreeMap<usize, Vec<String>>,
}

impl Edits<'_> {
    /// Brings the passage at line `at` up to date, and returns the number of the first line after all that belongs to it.
    fn merge(&mut self, at: usize, passage: &Passage) -> usize {
        let below = self.below(at);
        let Some((words, rest)) = passage.lines.split_first() else { return below.end };
        let is_known = |line: &str| self.ledger.knows(&passage.id, line);
        let line = |number: usize| self.lines.get(number).copied().unwrap_or_default();
        if is_known(line(at)) && line(at).trim() != words {
            self.changed.insert(at, Some(format!("{}{words}", indent(line(at)))));
        }
        // Each line was written once: where it stands twice one of them is the reader's.
        let mut ours: Vec<usize> = Vec::new();
        for number in below.clone().filter(|number| is_known(line(*number))) {
            if ours.iter().all(|other| line(*other).trim() != line(number).trim()) {
                ours.push(number);
            }
        }
        let mut next = at + 1;
        for new in rest {
            let stands = below.clone().find(|number| line(*number).trim() == new.trim());
            let old = ours.iter().copied().find(|number| kind(line(*number)) == kind(new));
            if let Some(number) = stands {
                ours.retain(|own| *own != number);
                next = number + 1;
            } else if is_known(new) {
                // It is as it was written; the reader has edited it or taken it out.
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

    /// The lines below a passage that belong to it: those that are further in.
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

/// What a line below a passage is: the words before the first colon.
fn kind(line: &str) -> &str {
    line.trim_start().split(':').next().unwrap_or_default()
}

/// Where each passage is: of the lines with its block id the one that is as it was written, else one that ends with it,
/// else any; of several the first.
fn places<'a>(lines: &[&'a str], ledger: &Ledger) -> HashMap<&'a str, usize> {
    let mut places: HashMap<&str, (u8, usize)> = HashMap::new();
    for (number, line) in lines.iter().enumerate() {
        for word in line.split_whitespace() {
            let Some(id) = word.strip_prefix('^').filter(|id| id.starts_with("p-")) else { continue };
            let doubt = if ledger.knows(id, line) { 0 } else { 1 + u8::from(!line.trim_end().ends_with(word)) };
            let place = places.entry(id).or_insert((doubt, number));
            *place = (doubt, number).min(*place);
        }
    }
    places.into_iter().map(|(id, (_, number))| (id, number)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::TextRange;
    use crate::bookmark::Bookmark;
    use crate::bookmark::export::markdown;
    use crate::bookmark::tests::{DEVICE, article, made, sample, time};

    /// Three passages of one article, in order.
    fn three() -> Vec<Bookmark> {
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

    fn again(old: &str, bookmarks: &[Bookmark]) -> String {
        let new = update(old, &markdown(bookmarks)).text;
        assert_eq!(update(&new, &markdown(bookmarks)), Update { text: new.clone(), is_first_change: false }, "{old}");
        new
    }

    fn noted(bookmark: &Bookmark, note: &str) -> Bookmark {
        bookmark.with_note(note, DEVICE, time(5)).unwrap()
    }

    /// The lines of a document without the ledger.
    fn said(document: &str) -> Vec<&str> {
        let mut lines: Vec<&str> = document.split_inclusive('\n').collect();
        Ledger::take(&mut lines);
        lines.iter().map(|line| line.trim_end()).collect()
    }

    /// What stands below the first passage.
    fn below(document: &str) -> Vec<&str> {
        let lines = said(document).into_iter().skip_while(|line| !line.contains("^p-000000000001"));
        lines.skip(1).take_while(|line| line.starts_with(' ')).collect()
    }

    #[test]
    fn nothing_becomes_the_export_and_the_export_stays_what_it_is() {
        let mut all = three();
        all.push(sample(9));
        let pages: Vec<String> = markdown(&all).into_iter().map(|page| page.text).collect();
        assert!(text(&all).starts_with(&pages.join("\n")));
        assert_eq!(again(&text(&all), &all), text(&all));
        assert_eq!(text(&[]), "");
    }

    #[test]
    fn passages_are_replaced_and_what_somebody_wrote_stays() {
        let [one, two, three] = <[Bookmark; 3]>::try_from(three()).unwrap();
        let old = text(&[one.clone(), three]);
        let old = old
            .replace("    - Note: note 1\n", "    - Note: note 1\n    - my own thought\n")
            .replace("## Metadata", "My line\n## Metadata");
        let old = format!("{old}\nLast words, no line break");
        let changed = noted(&one, "another note");
        insta::assert_snapshot!("updated", again(&old, &[changed, two, sample(9)]));
    }

    #[test]
    fn lines_in_our_form_that_we_did_not_write_stay() {
        let one = &three()[..1];
        let changed = [noted(&one[0], "new").with_tags(&["x"], DEVICE, time(6)).unwrap()];
        let ours = "    - Note: note 1\n";
        for (mine, wanted) in [
            ("    - Note: mine\n    - Note: note 1\n", &["    - Note: mine", "    - Note: new", "    - Tags: #x"][..]),
            ("    - Note: note 1\n    - Note: mine\n", &["    - Note: new", "    - Tags: #x", "    - Note: mine"]),
            ("    - Tags: #mine\n    - Note: note 1\n", &["    - Tags: #mine", "    - Note: new", "    - Tags: #x"]),
            // Ours, edited: then it is theirs, and what is new here is added.
            ("    - Note: note 1, and more\n", &["    - Note: new", "    - Tags: #x", "    - Note: note 1, and more"]),
            // Ours, twice: one of them is a copy somebody made.
            ("    - Note: note 1\n    - Note: note 1\n", &["    - Note: new", "    - Tags: #x", "    - Note: note 1"]),
        ] {
            let old = text(one).replace(ours, mine);
            assert_eq!(below(&again(&old, &changed)), wanted);
            let mine: Vec<&str> = mine.lines().collect();
            assert_eq!(below(&again(&old, one)), mine, "nothing has changed here");
        }
        let gone = [noted(&one[0], "")];
        let old = text(one).replace(ours, &format!("{ours}    - Note: mine\n"));
        assert_eq!(below(&again(&old, &gone)), ["    - Note: mine"]);
        assert!(update(&old, &markdown(&gone)).is_first_change && !update(&old, &markdown(one)).is_first_change);
    }

    #[test]
    fn what_was_edited_or_taken_out_comes_back_only_when_it_changes_here() {
        let one = &three()[..1];
        let old = text(one).replace("    - Note: note 1\n", "").replace("- One two three.", "- **One** two three.");
        let new = again(&old, one);
        assert_eq!(new, old);
        let new = again(&old, &[noted(&one[0], "new")]);
        assert!(new.contains("- **One** two three.") && below(&new) == ["    - Note: new"], "{new}");
    }

    #[test]
    fn a_document_without_a_ledger_keeps_every_line() {
        let all = three();
        let old = said(&text(&all)).join("\n").replace("note 2", "note 2, edited");
        let changed: Vec<Bookmark> = all.iter().map(|bookmark| noted(bookmark, "new")).collect();
        let new = again(&old, &changed);
        let kept = old.lines().filter(|line| said(&new).contains(line)).count();
        assert_eq!((kept, new.matches("- Note: new").count()), (old.lines().count(), 3));
        let newer: Vec<Bookmark> =
            all.iter().map(|bookmark| bookmark.with_note("newer", DEVICE, time(7)).unwrap()).collect();
        let newest = again(&new, &newer);
        assert_eq!((newest.matches("- Note: new\n").count(), newest.matches("- Note: newer").count()), (0, 3));
    }

    #[test]
    fn a_ledger_cut_short_by_hand_adds_no_passage_twice() {
        let all = three();
        let old = text(&all);
        let changed: Vec<Bookmark> = all.iter().map(|bookmark| noted(bookmark, "new")).collect();
        let cut_words: Vec<usize> = old.match_indices([' ', '\n', '-']).map(|(at, _)| at).collect();
        let ledger_at = old.find("<!--").unwrap();
        let end_at = old.rfind("-->").unwrap();
        for at in cut_words.into_iter().filter(|at| *at > ledger_at) {
            for rest in ["", "\n-->\n", old.split_at(end_at).1] {
                let cut = format!("{}{rest}", old.split_at(at).0);
                let new = again(&again(&cut, &all), &changed);
                for passage in markdown(&changed).iter().flat_map(|page| &page.passages) {
                    let times = new.lines().filter(|line| line.ends_with(&format!("^{}", passage.id))).count();
                    assert_eq!(times, 1, "{cut}\n\n{new}");
                }
            }
        }
    }

    #[test]
    fn passages_that_were_moved_indented_or_copied_are_found() {
        let all = three();
        let old = text(&all);
        let lines = said(&old);
        let at = lines.iter().position(|line| line.contains("^p-000000000001")).unwrap();
        let (head, items) = lines.split_at(at);
        let ledger = old.lines().skip(lines.len()).collect::<Vec<_>>().join("\n");
        // The first passage to the end, two steps in; the second stands twice.
        let moved = format!(
            "{}\n{}\n\nMy chapter\n  - Topic\n        {}\n        {}\n{}\n{ledger}\n",
            head.join("\n"),
            items[2..].join("\n"),
            items[0],
            items[1],
            items[2..4].join("\n")
        );
        assert_eq!(again(&moved, &all), moved);
        let new = again(&moved, &[noted(&all[0], "new 1"), noted(&all[1], "new 2"), all[2].clone()]);
        assert!(new.contains("\n            - Note: new 1\n") && !new.contains("note 1"), "{new}");
        assert_eq!((new.matches("- Note: new 2\n").count(), new.matches("- Note: note 2\n").count()), (1, 1), "{new}");
    }

    #[test]
    fn line_breaks_stay_those_of_the_document() {
        let all = three();
        let old = text(&all[1..]).replace('\n', "\r\n");
        let new = again(&old, &all);
        assert_eq!(new.matches('\n').count(), new.matches("\r\n").count());
        assert_eq!(new.replace("\r\n", "\n"), text(&all));
    }

    proptest::proptest! {
        #[test]
        fn no_line_of_the_readers_is_lost(
            written in proptest::collection::vec(("[ ]{0,4}- (Note|Tags): [a-c]{1,2}", 0..20_usize), 0..8),
            notes in proptest::collection::vec("[a-c]{0,2}", 3),
        ) {
            let all = three();
            let mut lines: Vec<String> = text(&all).lines().map(str::to_owned).collect();
            for (line, at) in &written {
                lines.insert((*at).min(lines.len()), line.clone());
            }
            let changed: Vec<Bookmark> = all.iter().zip(&notes).map(|(bookmark, note)| noted(bookmark, note)).collect();
            let new = again(&lines.join("\n"), &changed);
            for (line, _) in &written {
                let times = written.iter().filter(|(other, _)| other == line).count();
                proptest::prop_assert!(new.lines().filter(|other| other == line).count() >= times, "{} {}", line, new);
            }
        }
    }
}
