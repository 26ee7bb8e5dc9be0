//! The record of what an export wrote into a document, kept in the document itself: a comment with a short hash per
//! line.
//!
//! A line whose hash is listed is ours and may be replaced. Any other line is the reader's, whatever it looks like:
//! edited, written in our style, or in a document older than these comments. The comment travels with the document, to
//! other machines and data directories too.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::article::TextHash;

/// The first line of the comment.
const FIRST_LINE: &str =
    "<!-- dateline replaces only the lines it wrote, listed here. What you change or add is yours and stays.";
/// Follows it once a line was replaced, before which the document was copied.
const COPY_MADE: &str = "A copy from before the first change was made beside this file.";
const LAST_LINE: &str = "-->";
/// Hexadecimal digits of a hash. A passage has at most three lines, so a reader's line is mistaken for ours once in a
/// billion.
const DIGITS: usize = 8;

/// What is known about a document.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Ledger {
    /// The hashes of the lines written, by the block id of their passage.
    hashes: BTreeMap<String, Vec<String>>,
    /// Whether it was copied before the first line was replaced. A file with the name of the copy proves nothing: it
    /// may be the reader's, or be absent because the document was moved.
    pub(super) has_copy: bool,
}

impl Ledger {
    /// Removes the ledgers from a document's lines. Also returns before which of the remaining lines the last of them
    /// was.
    pub(super) fn take(lines: &mut Vec<&str>) -> (Self, Option<usize>) {
        let (mut ledger, mut position) = (Self::default(), None);
        let mut kept = Vec::with_capacity(lines.len());
        let mut rest = lines.as_slice();
        while let Some((line, after)) = rest.split_first() {
            rest = after;
            if line.trim_end() == FIRST_LINE {
                let copied = after.split_first().filter(|(line, _)| line.trim_end() == COPY_MADE);
                let after = copied.map_or(after, |(_, after)| after);
                let entries: Vec<_> = after.iter().map_while(|line| parse_entry(line)).collect();
                // If somebody edited it, it cannot be trusted, and nothing is removed.
                if let Some((end, after)) = after.get(entries.len()..).and_then(<[&str]>::split_first)
                    && end.trim_end() == LAST_LINE
                {
                    ledger.hashes.extend(entries);
                    ledger.has_copy |= copied.is_some();
                    position = Some(kept.len());
                    rest = after;
                    continue;
                }
            }
            kept.push(*line);
        }
        *lines = kept;
        (ledger, position)
    }

    /// Whether this line of a passage is unchanged since it was written.
    pub(super) fn has_written(&self, id: &str, line: &str) -> bool {
        self.hashes.get(id).is_some_and(|hashes| hashes.contains(&line_hash(line)))
    }

    /// Records the lines of a passage.
    pub(super) fn set<'a>(&mut self, id: &str, lines: impl IntoIterator<Item = &'a String>) {
        self.hashes.insert(id.to_owned(), lines.into_iter().map(|line| line_hash(line)).collect());
    }

    /// Forgets passages that are gone.
    pub(super) fn retain(&mut self, is_there: impl Fn(&str) -> bool) {
        self.hashes.retain(|id, _| is_there(id));
    }

    /// The comment; empty if nothing was written.
    pub(super) fn write(&self) -> String {
        let mut text = String::new();
        if !self.hashes.is_empty() {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{FIRST_LINE}");
            if self.has_copy {
                let _ = writeln!(text, "{COPY_MADE}");
            }
            for (id, hashes) in &self.hashes {
                let _ = writeln!(text, "{id} {}", hashes.join(" "));
            }
            let _ = writeln!(text, "{LAST_LINE}");
        }
        text
    }
}

/// The hash of a line without its indentation, which changes when an outliner moves a passage.
fn line_hash(line: &str) -> String {
    TextHash::of(line.trim()).to_string().chars().take(DIGITS).collect()
}

fn parse_entry(line: &str) -> Option<(String, Vec<String>)> {
    let is_hex = |word: &str| word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut words = line.trim_end().split(' ');
    let id = words.next().filter(|id| id.strip_prefix("p-").is_some_and(is_hex))?;
    let hashes: Vec<String> = words.map(str::to_owned).collect();
    hashes.iter().all(|hash| hash.len() == DIGITS && is_hex(hash)).then(|| (id.to_owned(), hashes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_that_were_written_are_recognised() {
        let mut ledger = Ledger::default();
        ledger.set("p-0a", &["- Words ^p-0a".to_owned(), "    - Note: mine".to_owned()]);
        let text = format!("Above\n{}Below\n", ledger.write());
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        let (read, position) = Ledger::take(&mut lines);
        assert_eq!((&read, position, lines), (&ledger, Some(1), vec!["Above\n", "Below\n"]));
        assert!(read.has_written("p-0a", "\t- Note: mine\r\n"));
        assert!(!read.has_written("p-0a", "    - Note: mine!") && !read.has_written("p-0b", "    - Note: mine"));
    }

    #[test]
    fn an_edited_ledger_is_left_alone() {
        for broken in [
            format!("{FIRST_LINE}\np-0a 12345678\nMy words\n{LAST_LINE}\n"),
            format!("{FIRST_LINE}\np-0a 12345678\n"),
            format!("{FIRST_LINE}\n"),
        ] {
            let mut lines: Vec<&str> = broken.split_inclusive('\n').collect();
            assert_eq!(Ledger::take(&mut lines), (Ledger::default(), None));
            assert_eq!(lines.concat(), broken);
        }
    }
}
