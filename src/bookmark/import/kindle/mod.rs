//! `My Clippings.txt` of a Kindle: entries separated by lines of `=`. Each has a line for the work, a line saying what
//! the entry is, where and when it was made, an empty line, and the words.
//!
//! The second line is in the device's language, and no specification describes it. So the importer looks only for what
//! it needs: a word for the kind ([`entry_kind`]), the numbers of the place ([`place`]), and the time after the last
//! bar, if it can be read. An entry of unknown kind is kept as a note: it is better to show the author's words as the
//! reader's than to attribute words to the author. The file only grows: highlighting a passage again or editing a note
//! leaves the old entry. [`grouping`] makes one passage of the entries that belong together.

mod entry_kind;
mod grouping;
mod place;
#[cfg(test)]
mod tests;

use super::annotation::FileTime;
use super::datetime::DateOrder;
use super::{Entries, Location, Remark, SkipReason};
use crate::text::sanitize::{one_line, sanitize};
use entry_kind::EntryKind;
use place::Place;

/// The line between entries.
const RULE: &str = "==========";

/// One entry, as the file has it.
struct Entry<'a> {
    /// The number of its first line.
    line: usize,
    /// Its line for the work.
    work: String,
    is_note: bool,
    place: Option<Place>,
    /// Its time as it is written.
    when: &'a str,
    words: String,
    remark: Option<Remark>,
}

/// Whether this looks like clippings: it has rules, which other texts may have too, and below a title the line that
/// describes the entry.
pub(super) fn fits(text: &str) -> bool {
    let is_entry = |lines: &[&str]| lines.get(1).is_some_and(|about| about.trim_start().starts_with("- "));
    text.lines().any(|line| line.trim() == RULE) && blocks(text).iter().any(|(_, lines)| is_entry(lines))
}

/// The highlights with their notes, and the notes without a highlight.
pub(super) fn read(text: &str) -> Entries {
    let (mut entries, mut found): (Vec<Entry<'_>>, Entries) = (Vec::new(), Vec::new());
    for (line, lines) in blocks(text) {
        match entry(line, &lines) {
            Ok(entry) => entries.push(entry),
            Err(why) => found.push((Location::Line(line), Err(why))),
        }
    }
    let date_order = DateOrder::of(entries.iter().map(|entry| entry.when));
    let timed = entries.into_iter().map(|entry| (FileTime::read(entry.when, date_order), entry)).collect();
    let (times, entries): (Vec<FileTime>, Vec<Entry<'_>>) = in_order_made(timed).into_iter().unzip();
    found.extend(grouping::group(&entries, &times));
    found.sort_by_key(|(at, _)| *at);
    found
}

/// Sorts entries by time. One without a known time is taken to follow the entry above it. Within one second a highlight
/// comes before the note on it; the rest is ordered independently of the file.
fn in_order_made(entries: Vec<(FileTime, Entry<'_>)>) -> Vec<(FileTime, Entry<'_>)> {
    let mut groups: Vec<Vec<(FileTime, Entry<'_>)>> = Vec::new();
    for (when, entry) in entries {
        match groups.last_mut() {
            Some(group) if when.known().is_none() => group.push((when, entry)),
            _ => groups.push(vec![(when, entry)]),
        }
    }
    groups.sort_by_cached_key(|group| {
        let (when, entry) = group.first()?;
        let place = entry.place.map(Place::ends);
        Some((when.known(), entry.is_note, entry.work.clone(), place, entry.words.clone()))
    });
    groups.into_iter().flatten().collect()
}

/// The lines of each entry, with the number of the first.
fn blocks(text: &str) -> Vec<(usize, Vec<&str>)> {
    let (mut blocks, mut block, mut start) = (Vec::new(), Vec::new(), 1);
    for (index, line) in text.lines().enumerate() {
        let line = line.trim_start_matches('\u{feff}');
        if line.trim() == RULE {
            blocks.push((start, std::mem::take(&mut block)));
        } else if !block.is_empty() || !line.trim().is_empty() {
            if block.is_empty() {
                start = index + 1;
            }
            block.push(line);
        }
    }
    // The last entry may lack a rule.
    blocks.push((start, block));
    blocks.retain(|(_, block)| !block.is_empty());
    blocks
}

fn entry<'a>(line: usize, lines: &[&'a str]) -> Result<Entry<'a>, SkipReason> {
    let [work, about, words @ ..] = lines else { return Err(SkipReason::NotAnEntry) };
    let Some(about) = about.trim().strip_prefix('-') else { return Err(SkipReason::NotAnEntry) };
    let (description, when) = about.rsplit_once(['|', '｜']).unwrap_or((about, about));
    let kind = EntryKind::recognise(description);
    let words = sanitize(&words.join("\n")).trim().to_owned();
    if kind == Some(EntryKind::Bookmark) || words.is_empty() {
        return Err(SkipReason::NoWords);
    }
    if is_limit_notice(&words) {
        return Err(SkipReason::Locked);
    }
    Ok(Entry {
        line,
        work: one_line(work),
        is_note: kind != Some(EntryKind::Highlight),
        place: Place::read(description),
        when: when.trim(),
        words,
        remark: kind.is_none().then(|| Remark::UnknownKind(one_line(description))),
    })
}

/// Whether this is the notice that replaces the words once the publisher's limit is reached:
/// `<You have reached the clipping limit for this item>`, in the language of the device.
fn is_limit_notice(words: &str) -> bool {
    let inside = words.strip_prefix('<').and_then(|words| words.strip_suffix('>'));
    inside.is_some_and(|inside| inside.contains(' ') && !inside.contains(['<', '>', '=', '/', '\n']))
}

/// Splits `Title (Author)`; a title may contain brackets, and an author may be written `Reed, Ana`.
fn title_and_authors(work: &str) -> (String, Vec<String>) {
    let split = work.strip_suffix(')').and_then(|work| work.rsplit_once(" ("));
    let Some((title, authors)) = split.filter(|(title, _)| !title.trim().is_empty()) else {
        return (work.to_owned(), Vec::new());
    };
    let author = |name: &str| match name.split(',').map(str::trim).collect::<Vec<_>>().as_slice() {
        [family, given] if !family.is_empty() && !given.is_empty() => format!("{given} {family}"),
        _ => name.trim().to_owned(),
    };
    (title.trim().to_owned(), authors.split(';').map(author).collect())
}
