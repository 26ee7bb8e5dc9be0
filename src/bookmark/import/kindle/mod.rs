//! `My Clippings.txt` of a Kindle: entries between lines of `=`, each with a line for the work, one that says what it is,
//! where and when, an empty one, and the words.
//!
//! The second line is in the language the device was set to, and no specification says how. So only what is needed is
//! looked for: a word for the kind ([`kinds`]), the numbers of the place ([`place`]), and the time behind the last bar, if it
//! can be read. What is of no known kind is kept as a note: words of the reader may be shown as such by mistake, words of
//! the author never made up. The file only grows: marking a passage anew, or editing a note, leaves the old entry in it.
//! [`marks`] makes one passage of what belongs together.

mod kinds;
mod marks;
mod place;
#[cfg(test)]
mod tests;

use super::annotation::When;
use super::when::Clock;
use super::{At, Entries, Remark, Why};
use crate::text::sanitize::{one_line, sanitize};
use kinds::Kind;
use place::Place;

/// What stands between entries.
const RULE: &str = "==========";

/// One entry, as it stands in the file.
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

/// Whether this looks like clippings: rules, which other texts have too, and under a title the line that tells of it.
pub(super) fn fits(text: &str) -> bool {
    let is_entry = |lines: &[&str]| lines.get(1).is_some_and(|about| about.trim_start().starts_with("- "));
    text.lines().any(|line| line.trim() == RULE) && blocks(text).iter().any(|(_, lines)| is_entry(lines))
}

/// The highlights with their notes, and the notes that have none.
pub(super) fn read(text: &str) -> Entries {
    let (mut entries, mut found): (Vec<Entry<'_>>, Entries) = (Vec::new(), Vec::new());
    for (line, lines) in blocks(text) {
        match entry(line, &lines) {
            Ok(entry) => entries.push(entry),
            Err(why) => found.push((At::Line(line), Err(why))),
        }
    }
    let clock = Clock::of(entries.iter().map(|entry| entry.when));
    let timed = entries.into_iter().map(|entry| (When::read(entry.when, clock), entry)).collect();
    let (times, entries): (Vec<When>, Vec<Entry<'_>>) = in_order_of_making(timed).into_iter().unzip();
    found.extend(marks::join(&entries, &times));
    found.sort_by_key(|(at, _)| *at);
    found
}

/// Entries by their times. One whose time is not known was made right after the one above it. In one second a marking was
/// made before the note on it; what else was made in it is in an order that does not depend on that of the file.
fn in_order_of_making(entries: Vec<(When, Entry<'_>)>) -> Vec<(When, Entry<'_>)> {
    let mut groups: Vec<Vec<(When, Entry<'_>)>> = Vec::new();
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

/// The entries with the number of their first line.
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
    // The last entry may have no rule below it.
    blocks.push((start, block));
    blocks.retain(|(_, block)| !block.is_empty());
    blocks
}

fn entry<'a>(line: usize, lines: &[&'a str]) -> Result<Entry<'a>, Why> {
    let [work, about, words @ ..] = lines else { return Err(Why::NoEntry) };
    let Some(about) = about.trim().strip_prefix('-') else { return Err(Why::NoEntry) };
    let (what, when) = about.rsplit_once(['|', '｜']).unwrap_or((about, about));
    let kind = kinds::kind(what);
    let words = sanitize(&words.join("\n")).trim().to_owned();
    if kind == Some(Kind::Bookmark) || words.is_empty() {
        return Err(Why::NoWords);
    }
    if is_limit(&words) {
        return Err(Why::Locked);
    }
    Ok(Entry {
        line,
        work: one_line(work),
        is_note: kind != Some(Kind::Highlight),
        place: Place::read(what),
        when: when.trim(),
        words,
        remark: kind.is_none().then(|| Remark::UnknownKind(one_line(what))),
    })
}

/// Whether this is what a device writes in place of words when a publisher allows no more of them:
/// `<You have reached the clipping limit for this item>`, in its own language.
fn is_limit(words: &str) -> bool {
    let inside = words.strip_prefix('<').and_then(|words| words.strip_suffix('>'));
    inside.is_some_and(|inside| inside.contains(' ') && !inside.contains(['<', '>', '=', '/', '\n']))
}

/// `Title (Author)`, where a title may have brackets of its own and an author may be written `Reed, Ana`.
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
