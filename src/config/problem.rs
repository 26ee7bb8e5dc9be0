//! Mistakes in the configuration: where, what, and what was probably meant.

use std::fmt;

use crate::text::alike::nearest;

/// One mistake; the setting it concerns keeps its default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigProblem {
    /// The name of the file, for people.
    pub file: String,
    /// Line number, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl fmt::Display for ConfigProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} line {}: {}", self.file, self.line, self.what)?;
        self.hint.iter().try_for_each(|hint| write!(f, "; {hint}"))
    }
}

impl std::error::Error for ConfigProblem {}

/// Maximum number of mistakes listed; the rest is only counted.
pub(super) const MAX_PROBLEMS: usize = 50;

/// Collects problems, and maps bytes to lines.
pub(super) struct Problems<'a> {
    file: &'a str,
    line_starts: Vec<usize>,
    found: Vec<ConfigProblem>,
    more: usize,
}

impl<'a> Problems<'a> {
    pub(super) fn new(file: &'a str, text: &str) -> Self {
        let line_starts = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        Self { file, line_starts, found: Vec::new(), more: 0 }
    }

    /// The line, from 1, that byte `at` lies on.
    pub(super) fn line(&self, at: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= at) + 1
    }

    /// Records a mistake at byte `at`. The hint is only computed if the mistake will be shown.
    pub(super) fn add(&mut self, at: usize, what: String, hint: impl FnOnce() -> Option<String>) {
        if self.found.len() >= MAX_PROBLEMS {
            self.more += 1;
            return;
        }
        let (file, line) = (self.file.to_owned(), self.line(at));
        self.found.push(ConfigProblem { file, line, what, hint: hint() });
    }

    /// All of them, by line.
    pub(super) fn finish(mut self) -> Vec<ConfigProblem> {
        self.found.sort_by_key(|problem| problem.line);
        if let (Some(last), true) = (self.found.last(), self.more > 0) {
            let what = format!("and {} more mistakes", self.more);
            self.found.push(ConfigProblem { what, hint: None, ..last.clone() });
        }
        self.found
    }
}

/// Maximum number of characters of a name that are shown.
const MAX_NAME: usize = 64;

/// A text from the file in quotes, truncated if long, with control characters escaped.
pub(super) fn quoted(text: &str) -> String {
    match text.char_indices().nth(MAX_NAME) {
        None => format!("{text:?}"),
        Some((cut, _)) => format!("{:?}…", text.split_at(cut).0),
    }
}

/// "did you mean …?" with the candidate nearest to `name`, if any is near.
pub(super) fn did_you_mean<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(name, candidates).map(|nearest| format!("did you mean {nearest:?}?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_from_one() {
        let problems = Problems::new("config.toml", "a\nb\r\n\nc");
        let lines: Vec<usize> = (0..8).map(|at| problems.line(at)).collect();
        assert_eq!(lines, [1, 1, 2, 2, 2, 3, 4, 4]);
    }

    #[test]
    fn what_is_quoted_is_short_and_harmless() {
        assert_eq!(quoted("a\u{1b}[2J"), "\"a\\u{1b}[2J\"");
        assert_eq!(quoted("\u{202e}"), "\"\\u{202e}\"");
        assert!(quoted(&"é".repeat(5_000)).len() < 200);
    }
}
