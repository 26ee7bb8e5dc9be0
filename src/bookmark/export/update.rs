//! Exporting again into a Markdown document that somebody has been writing in since.
//!
//! What is ours is known by its block ids: the line of a passage, and the lines of its note and tags right below. They are
//! replaced; every other line stays as it is, also that of a passage that is gone here.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::Page;

/// `old`, a document of earlier exports or nothing, with the passages of `pages` as they are now.
///
/// New passages of an article that is in the document come after the passage before them; an article that is not in it
/// comes at the end.
pub fn update(old: &str, pages: &[Page]) -> String {
    let lines: Vec<&str> = old.split_inclusive('\n').collect();
    let known = blocks(&lines);
    let (mut replaced, mut added) = (BTreeMap::<usize, (usize, &str)>::new(), BTreeMap::<usize, Vec<&str>>::new());
    let mut new_pages = Vec::new();
    for page in pages {
        let places: Vec<Option<&Range<usize>>> = page.passages.iter().map(|(id, _)| known.get(id.as_str())).collect();
        let Some(first) = places.iter().flatten().next() else {
            new_pages.push(page);
            continue;
        };
        let mut after = first.start;
        for ((_, text), place) in page.passages.iter().zip(&places) {
            if let Some(place) = place {
                replaced.insert(place.start, (place.end, text.as_str()));
                after = end_of_item(&lines, place.end);
            } else {
                added.entry(after).or_default().push(text);
            }
        }
    }

    let mut new = String::with_capacity(old.len());
    let newline = if old.contains("\r\n") { "\r\n" } else { "\n" };
    let mut put = |text: &str, is_ours: bool| {
        if is_ours && !new.is_empty() && !new.ends_with('\n') {
            new.push_str(newline);
        }
        if is_ours && newline != "\n" { new.push_str(&text.replace('\n', newline)) } else { new.push_str(text) }
    };
    let mut at = 0;
    loop {
        added.get(&at).into_iter().flatten().for_each(|text| put(text, true));
        if let Some((end, text)) = replaced.get(&at) {
            put(text, true);
            at = *end;
        } else if let Some(line) = lines.get(at) {
            put(line, false);
            at += 1;
        } else {
            break;
        }
    }
    for (number, page) in new_pages.into_iter().enumerate() {
        if number > 0 || !old.is_empty() {
            put("\n", true);
        }
        put(&page.text, true);
    }
    new
}

/// The lines of each passage, by its block id.
fn blocks<'a>(lines: &[&'a str]) -> HashMap<&'a str, Range<usize>> {
    let mut blocks = HashMap::new();
    for (start, line) in lines.iter().enumerate() {
        let id = line.trim_end().rsplit_once(" ^").map(|(_, id)| id).filter(|_| line.starts_with("- "));
        let Some(id) = id.filter(|id| id.starts_with("p-")) else { continue };
        let ours = |line: &&&str| line.starts_with("    - Note: ") || line.starts_with("    - Tags: ");
        let more = lines.iter().skip(start + 1).take_while(ours).count();
        blocks.entry(id).or_insert(start..start + 1 + more);
    }
    blocks
}

/// Over what somebody wrote below a passage, which belongs to it.
fn end_of_item(lines: &[&str], end: usize) -> usize {
    let below = |line: &&&str| line.starts_with([' ', '\t']) && !line.trim().is_empty();
    end + lines.iter().skip(end).take_while(below).count()
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
        update("", &markdown(bookmarks))
    }

    #[test]
    fn nothing_becomes_the_export_and_the_export_stays_what_it_is() {
        let mut all = three();
        all.push(sample(9));
        let pages: Vec<String> = markdown(&all).into_iter().map(|page| page.text).collect();
        assert_eq!(text(&all), pages.join("\n"));
        assert_eq!(update(&text(&all), &markdown(&all)), text(&all));
    }

    #[test]
    fn passages_are_replaced_and_what_somebody_wrote_stays() {
        let [one, two, three] = <[Bookmark; 3]>::try_from(three()).unwrap();
        let old = text(&[one.clone(), three]);
        let old = old
            .replace("    - Note: note 1\n", "    - Note: note 1\n    - my own thought\n")
            .replace("## Metadata", "My line\n## Metadata");
        let old = format!("{old}\nLast words, no line break");
        let changed = one.with_note("another note", DEVICE, time(5)).unwrap();
        let new = update(&old, &markdown([&changed, &two, &sample(9)]));
        insta::assert_snapshot!("updated", new);
        assert_eq!(update(&new, &markdown([&changed, &two, &sample(9)])), new);
    }

    #[test]
    fn line_breaks_stay_those_of_the_document() {
        let all = three();
        let old = text(&all[1..]).replace('\n', "\r\n");
        let new = update(&old, &markdown(&all));
        assert_eq!(new.matches('\n').count(), new.matches("\r\n").count());
        assert_eq!(new.replace("\r\n", "\n"), text(&all));
    }
}
