//! `My Clippings.txt` of a Kindle: entries between lines of `=`, each with a line for the work, one that says what it is,
//! where and when, an empty one, and the words.
//!
//! The second line is in the language the device was set to, and no specification says how. So only what is needed is
//! looked for: a word for the kind (else it is a highlight), the numbers of the place, and the time behind the last
//! bar, if it can be read. A note stands apart from its highlight and is joined to it by work and place; marking a
//! passage anew, or editing a note, leaves the old entry in the file, and the later one counts.

use std::collections::BTreeMap;

use super::annotation::Passage;
use super::when::time;
use super::{At, Entries, Why};
use crate::text::sanitize::{one_line, sanitize};

/// What stands between entries.
const RULE: &str = "==========";

/// Words for the kinds in the languages of the device.
const BOOKMARK: [&str; 12] = [
    "bookmark",
    "lesezeichen",
    "signet",
    "marcador",
    "segnalibro",
    "bladwijzer",
    "ブックマーク",
    "书签",
    "書籤",
    "закладка",
    "favori",
    "yer imi",
];
const HIGHLIGHT: [&str; 14] = [
    "highlight",
    "markierung",
    "surlignement",
    "subrayado",
    "evidenziazione",
    "destaque",
    "markering",
    "ハイライト",
    "标注",
    "標註",
    "выделенный",
    "surligné",
    "resaltado",
    "vurgu",
];
const NOTE: [&str; 8] = ["note", "notiz", "nota", "notitie", "メモ", "笔记", "筆記", "заметка"];
/// What a device writes in place of words when a publisher allows no more of them.
const LIMIT: &str = "<You have reached the clipping limit";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Highlight,
    Note,
    Bookmark,
}

/// One entry, as it stands in the file.
struct Entry {
    line: usize,
    kind: Kind,
    /// The first and the last of the places it covers, in the device's own count.
    place: Option<(u64, u64)>,
    passage: Passage,
}

/// Whether this looks like clippings: rules, which other texts have too, and under a title the line that tells of it.
pub(super) fn fits(text: &str) -> bool {
    let is_entry = |lines: &[&str]| lines.get(1).is_some_and(|about| about.trim_start().starts_with("- "));
    text.lines().any(|line| line.trim() == RULE) && blocks(text).iter().any(|(_, lines)| is_entry(lines))
}

/// The highlights with their notes, and the notes that have none.
pub(super) fn read(text: &str) -> Entries {
    let (mut entries, mut skipped): (Vec<Option<Entry>>, Entries) = (Vec::new(), Vec::new());
    for (line, lines) in blocks(text) {
        match entry(line, &lines) {
            Ok(entry) => entries.push(Some(entry)),
            Err(why) => skipped.push((At::Line(line), Err(why))),
        }
    }
    join(&mut entries, &mut skipped);
    let kept = entries.into_iter().flatten();
    let mut found: Entries = kept.map(|entry| (At::Line(entry.line), Ok(entry.passage.into()))).collect();
    found.append(&mut skipped);
    found.sort_by_key(|(at, _)| *at);
    found
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

fn entry(line: usize, lines: &[&str]) -> Result<Entry, Why> {
    let [work, about, words @ ..] = lines else { return Err(Why::NoEntry) };
    let Some(about) = about.trim().strip_prefix('-') else { return Err(Why::NoEntry) };
    let (title, creators) = title_and_authors(&one_line(work));
    let (what, when) = about.rsplit_once('|').unwrap_or((about, ""));
    let kind = kind(what);
    let words = words.join("\n");
    let words = words.trim();
    if kind == Kind::Bookmark || words.is_empty() || words.starts_with(LIMIT) {
        return Err(Why::NoWords);
    }
    let when = time(when.split_once(": ").map_or(when, |(_, time)| time)).or_else(|| time(when));
    let mut passage = Passage { title, creators, created: when, ..Passage::default() };
    words.clone_into(if kind == Kind::Note { &mut passage.note } else { &mut passage.quote });
    Ok(Entry { line, kind, place: place(what), passage })
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

fn kind(what: &str) -> Kind {
    let what = what.to_lowercase();
    // The word of the place may contain another ("page 12" has none, "Notiz auf Position" neither).
    let has = |words: &[&str]| words.iter().any(|word| what.contains(word));
    if has(&BOOKMARK) {
        Kind::Bookmark
    } else if has(&HIGHLIGHT) || !has(&NOTE) {
        Kind::Highlight
    } else {
        Kind::Note
    }
}

/// The numbers of the last part that has any: the location, or else the page.
fn place(what: &str) -> Option<(u64, u64)> {
    let part = what.rsplit('|').find(|part| part.contains(|c: char| c.is_ascii_digit()))?;
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let from = part.find(|c: char| c.is_ascii_digit())?;
    let (start, rest) = part.get(from..).map(|part| part.split_at(digits(part)))?;
    let end = rest.strip_prefix(['-', '–']).map(|rest| rest.split_at(digits(rest)).0).filter(|end| !end.is_empty());
    let first: u64 = start.parse().ok()?;
    // "1234-35" is short for "1234-1235".
    let last = end.and_then(|end| {
        let head = start.get(..start.len().saturating_sub(end.len()))?;
        if end.len() < start.len() { format!("{head}{end}").parse().ok() } else { end.parse().ok() }
    });
    Some((first, last.unwrap_or(first).max(first)))
}

/// Gives notes to their highlights, and leaves out what was marked or written again later.
fn join(entries: &mut [Option<Entry>], skipped: &mut Entries) {
    // By work and first place; the last entry with both.
    let mut marks: BTreeMap<(String, u64), usize> = BTreeMap::new();
    let mut replaced = |entry: Option<Entry>| {
        skipped.extend(entry.map(|entry| (At::Line(entry.line), Err(Why::MarkedAgain))));
    };
    for index in 0..entries.len() {
        let Some(Some(entry)) = entries.get(index) else { continue };
        let Some((start, _)) = entry.place.filter(|_| entry.kind == Kind::Highlight) else { continue };
        let words = one_line(&entry.passage.quote);
        let key = (entry.passage.title.clone(), start);
        let before = marks.get(&key).copied();
        let is_again = before.and_then(|before| entries.get(before)?.as_ref()).is_some_and(|before| {
            let before = one_line(&before.passage.quote);
            words.contains(&before) || before.contains(&words)
        });
        if let Some(before) = before.filter(|_| is_again).and_then(|before| entries.get_mut(before)) {
            replaced(before.take());
        }
        marks.insert(key, index);
    }
    let mut notes: BTreeMap<(String, u64), usize> = BTreeMap::new();
    for index in 0..entries.len() {
        let Some(Some(entry)) = entries.get(index) else { continue };
        let Some((at, _)) = entry.place.filter(|_| entry.kind == Kind::Note) else { continue };
        if let Some(before) = notes.insert((entry.passage.title.clone(), at), index)
            && let Some(before) = entries.get_mut(before)
        {
            replaced(before.take());
        }
    }
    for ((title, at), index) in notes {
        let near = marks.range((title.clone(), 0)..=(title, at)).next_back();
        let covers = |mark: &usize| {
            entries.get(*mark).and_then(Option::as_ref).is_some_and(|mark| mark.place.is_some_and(|(_, end)| at <= end))
        };
        let Some(mark) = near.map(|(_, mark)| *mark).filter(covers) else { continue };
        let Some(note) = entries.get_mut(index).and_then(Option::take) else { continue };
        if let Some(Some(mark)) = entries.get_mut(mark) {
            let words = sanitize(&note.passage.note);
            let gap = if mark.passage.note.is_empty() { "" } else { "\n\n" };
            mark.passage.note = format!("{}{gap}{words}", mark.passage.note);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_all_devices() {
        for (what, wanted) in [
            (" Your Highlight on page 12 | Location 100-105 ", Some((100, 105))),
            (" Highlight Loc. 1234-35 ", Some((1234, 1235))),
            (" Your Note on page 7 ", Some((7, 7))),
            (" 您在位置 #100-105的标注 ", Some((100, 105))),
            (" 位置No. 88のメモ ", Some((88, 88))),
            (" Your Note ", None),
            (" Location 105-100 ", Some((105, 105))),
            (" Location 99999999999999999999 ", None),
        ] {
            assert_eq!(place(what), wanted, "{what}");
        }
    }

    #[test]
    fn works_with_and_without_authors() {
        let cases: [(&str, &str, &[&str]); 5] = [
            ("Rents (Reed, Ana)", "Rents", &["Ana Reed"]),
            ("Rents (A Report) (Ana Reed;Lee, Bo)", "Rents (A Report)", &["Ana Reed", "Bo Lee"]),
            ("Rents", "Rents", &[]),
            ("(Untitled)", "(Untitled)", &[]),
            ("Acts (One, Two, Three)", "Acts", &["One, Two, Three"]),
        ];
        for (work, title, authors) in cases {
            assert_eq!(
                title_and_authors(work),
                (title.to_owned(), authors.iter().map(|name| (*name).to_owned()).collect())
            );
        }
    }

    #[test]
    fn kinds_in_several_languages() {
        for (what, highlight) in [
            (" Your Highlight on page 1", true),
            (" Ihre Markierung bei Position 100-105", true),
            (" Votre surlignement sur la page 3", true),
            (" La tua evidenziazione a pagina 4", true),
            (" Ihre Notiz bei Position 105", false),
            (" La tua nota a pagina 4", false),
            (" Something in Finnish 12", true),
        ] {
            assert_eq!(kind(what) == Kind::Highlight, highlight, "{what}");
        }
        assert!(kind(" Il tuo segnalibro a pagina 4") == Kind::Bookmark);
    }
}
