//! What an export wrote into a document, kept in the document itself: a comment with a short hash of every line.
//!
//! A line whose hash is there is ours and may be replaced. Any other is the reader's, whatever it looks like: one that was
//! edited, one that was written in our form, one of a document from before there was such a comment. The comment goes
//! wherever the document goes, to other machines and data directories too.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::article::TextHash;

/// The line the comment begins with.
const HEAD: &str =
    "<!-- dateline replaces only the lines it wrote, listed here. What you change or add is yours and stays.";
/// Stands below it once a line was replaced, before which the document was copied.
const COPIED: &str = "A copy from before the first change was made beside this file.";
const END: &str = "-->";
/// Hexadecimal digits of a hash. A passage has three lines at most, so one of the reader's is mistaken for ours once in a
/// thousand million.
const DIGITS: usize = 8;

/// What is known of a document.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Ledger {
    /// The lines that were written, by the block id of their passage.
    marks: BTreeMap<String, Vec<String>>,
    /// Whether it was copied before a line in it was replaced. What has the name of the copy says nothing: it may be
    /// the reader's, or have stayed where the document came from.
    pub(super) is_copied: bool,
}

impl Ledger {
    /// Takes the ledgers out of a document's lines, so that everything that is left is the document. Also says before
    /// which of the lines that are left the last of them stood.
    pub(super) fn take(lines: &mut Vec<&str>) -> (Self, Option<usize>) {
        let (mut ledger, mut place) = (Self::default(), None);
        let mut kept = Vec::with_capacity(lines.len());
        let mut rest = lines.as_slice();
        while let Some((line, after)) = rest.split_first() {
            rest = after;
            if line.trim_end() == HEAD {
                let copied = after.split_first().filter(|(line, _)| line.trim_end() == COPIED);
                let after = copied.map_or(after, |(_, after)| after);
                let entries: Vec<_> = after.iter().map_while(|line| entry(line)).collect();
                // Where somebody has written into it nothing is known for sure, and nothing is taken away.
                if let Some((end, after)) = after.get(entries.len()..).and_then(<[&str]>::split_first)
                    && end.trim_end() == END
                {
                    ledger.marks.extend(entries);
                    ledger.is_copied |= copied.is_some();
                    place = Some(kept.len());
                    rest = after;
                    continue;
                }
            }
            kept.push(*line);
        }
        *lines = kept;
        (ledger, place)
    }

    /// Whether this line of a passage is as it was written.
    pub(super) fn knows(&self, id: &str, line: &str) -> bool {
        self.marks.get(id).is_some_and(|marks| marks.contains(&mark(line)))
    }

    /// These are the lines of a passage from now on.
    pub(super) fn set<'a>(&mut self, id: &str, lines: impl IntoIterator<Item = &'a String>) {
        self.marks.insert(id.to_owned(), lines.into_iter().map(|line| mark(line)).collect());
    }

    /// Forgets passages.
    pub(super) fn retain(&mut self, is_there: impl Fn(&str) -> bool) {
        self.marks.retain(|id, _| is_there(id));
    }

    /// The comment; nothing if nothing was written.
    pub(super) fn write(&self) -> String {
        let mut text = String::new();
        if !self.marks.is_empty() {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{HEAD}");
            if self.is_copied {
                let _ = writeln!(text, "{COPIED}");
            }
            for (id, marks) in &self.marks {
                let _ = writeln!(text, "{id} {}", marks.join(" "));
            }
            let _ = writeln!(text, "{END}");
        }
        text
    }
}

/// The hash of a line without its indentation, which an outliner changes when it moves a passage.
fn mark(line: &str) -> String {
    TextHash::of(line.trim()).to_string().chars().take(DIGITS).collect()
}

fn entry(line: &str) -> Option<(String, Vec<String>)> {
    let is_hex = |word: &str| word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut words = line.trim_end().split(' ');
    let id = words.next().filter(|id| id.strip_prefix("p-").is_some_and(is_hex))?;
    let marks: Vec<String> = words.map(str::to_owned).collect();
    marks.iter().all(|mark| mark.len() == DIGITS && is_hex(mark)).then(|| (id.to_owned(), marks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_known_again_and_nothing_else() {
        let mut ledger = Ledger::default();
        ledger.set("p-0a", &["- Words ^p-0a".to_owned(), "    - Note: mine".to_owned()]);
        let text = format!("Above\n{}Below\n", ledger.write());
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        let (read, place) = Ledger::take(&mut lines);
        assert_eq!((&read, place, lines), (&ledger, Some(1), vec!["Above\n", "Below\n"]));
        assert!(read.knows("p-0a", "\t- Note: mine\r\n"));
        assert!(!read.knows("p-0a", "    - Note: mine!") && !read.knows("p-0b", "    - Note: mine"));
    }

    #[test]
    fn a_ledger_somebody_wrote_into_is_left_alone() {
        for broken in [
            format!("{HEAD}\np-0a 12345678\nMy words\n{END}\n"),
            format!("{HEAD}\np-0a 12345678\n"),
            format!("{HEAD}\n"),
        ] {
            let mut lines: Vec<&str> = broken.split_inclusive('\n').collect();
            assert_eq!(Ledger::take(&mut lines), (Ledger::default(), None));
            assert_eq!(lines.concat(), broken);
        }
    }
}
