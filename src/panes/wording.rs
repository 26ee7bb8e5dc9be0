//! What became of the words of a passage, to be read beside each other.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::width::{truncate, width};
use crate::ui::pen;

/// How many words are shown on each side of those that differ, and how many of those: less and less, until they fit. The
/// rest stands on the page.
const SHOWN: [(usize, usize); 6] = [(6, usize::MAX), (6, 16), (4, 8), (2, 4), (0, 2), (0, 1)];

/// The words of a passage as they were kept, and as they are now.
#[derive(Clone, Debug)]
pub struct Changes {
    was: String,
    now: String,
}

impl Changes {
    /// Between the words `was` and `now`.
    pub fn new(was: &str, now: &str) -> Self {
        Self { was: was.to_owned(), now: now.to_owned() }
    }

    /// Both in at most `most` lines of `columns` each, with brackets around the words that differ; the second says so if none
    /// does.
    pub fn lines(&self, columns: u16, most: usize) -> [Vec<String>; 2] {
        let (old, new): (Vec<&str>, Vec<&str>) =
            (self.was.split_whitespace().collect(), self.now.split_whitespace().collect());
        if old == new {
            let same = "now: the same words, but this may be another place";
            return [format!("was: {}", old.join(" ")), same.to_owned()].map(|words| pen::wrap(&words, columns, most));
        }
        let head = alike(old.iter().zip(&new));
        let (old_rest, new_rest) = (old.get(head..).unwrap_or_default(), new.get(head..).unwrap_or_default());
        let tail = alike(old_rest.iter().rev().zip(new_rest.iter().rev()));
        let shown = SHOWN.into_iter().map(|shown| {
            [format!("was: {}", marked(&old, head, tail, shown)), format!("now: {}", marked(&new, head, tail, shown))]
        });
        let fits = |words: &String| fits(words, columns, most);
        if let Some(both) = shown.into_iter().find(|both| both.iter().all(fits)) {
            return both.map(|words| pen::wrap(&words, columns, most));
        }
        let changed = |rest: &[&str]| rest.get(..rest.len() - tail.min(rest.len())).unwrap_or_default().join(" ");
        cut(&changed(old_rest), &changed(new_rest), columns).map(|words| pen::wrap(&words, columns, most))
    }
}

/// How many pairs are alike, up to the first that is not.
fn alike<T: PartialEq>(mut pairs: impl Iterator<Item = (T, T)>) -> usize {
    pairs.by_ref().take_while(|(one, other)| one == other).count()
}

/// Whether all of `words` can be read in so many lines.
fn fits(words: &str, columns: u16, most: usize) -> bool {
    words.split_whitespace().all(|word| width(word) <= usize::from(columns))
        && pen::wrap(words, columns, most.saturating_add(1)).len() <= most
}

/// The words, those between the first `head` and the last `tail` in brackets; so many of each are `shown`.
fn marked(words: &[&str], head: usize, tail: usize, (beside, most): (usize, usize)) -> String {
    let end = words.len().saturating_sub(tail);
    let [first, middle, last] =
        [words.get(..head), words.get(head..end), words.get(end..)].map(Option::unwrap_or_default);
    let middle = if middle.len() > most {
        // Words that differ stand at both ends.
        let (start, end) = (most.div_ceil(2), middle.len() - most / 2);
        let ends = [middle.get(..start), Some(&["…"][..]), middle.get(end..)];
        ends.into_iter().flatten().flatten().copied().collect::<Vec<_>>().join(" ")
    } else if middle.is_empty() {
        "…".to_owned()
    } else {
        middle.join(" ")
    };
    let (head, tail) = (first.len().saturating_sub(beside), last.len().min(beside));
    let parts = [
        if head > 0 { "…" } else { "" }.to_owned(),
        first.get(head..).unwrap_or_default().join(" "),
        format!("[{middle}]"),
        last.get(..tail).unwrap_or_default().join(" "),
        if tail < last.len() { "…" } else { "" }.to_owned(),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Words that differ and are too long for their lines, from where they do, in one line each.
fn cut(was: &str, now: &str, columns: u16) -> [String; 2] {
    let same = alike(was.graphemes(true).zip(now.graphemes(true)));
    [("was: ", was), ("now: ", now)].map(|(name, words)| {
        let from = words.grapheme_indices(true).nth(same).map_or(words.len(), |(at, _)| at);
        let rest = words.get(from..).unwrap_or_default();
        let shown = if same > 0 || rest.is_empty() { format!("…{rest}") } else { rest.to_owned() };
        let room = usize::from(columns).saturating_sub(width(name) + 2).max(1);
        format!("{name}[{}]", truncate(&shown, room))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(was: &str, now: &str, columns: u16, most: usize) -> [String; 2] {
        Changes::new(was, now).lines(columns, most).map(|lines| lines.join("\n"))
    }

    #[test]
    fn what_differs_stands_in_brackets() {
        let pair = |was: &str, now: &str| lines(was, now, 200, 1);
        assert_eq!(pair("one two three", "one 2 three"), ["was: one [two] three", "now: one [2] three"]);
        assert_eq!(pair("one two three", "one three"), ["was: one [two] three", "now: one […] three"]);
        assert_eq!(pair("a a", "a a a"), ["was: a a […]", "now: a a [a]"]);
        assert_eq!(
            pair("1 2 3 4 5 6 7 old a b c d e f g", "1 2 3 4 5 6 7 new a b c d e f g"),
            ["was: … 2 3 4 5 6 7 [old] a b c d e f …", "now: … 2 3 4 5 6 7 [new] a b c d e f …"]
        );
        assert_eq!(pair("", "new"), ["was: […]", "now: [new]"]);
        assert_eq!(pair("one  two", "one\ntwo")[1], "now: the same words, but this may be another place");
    }

    #[test]
    fn what_does_not_fit_is_left_out_within_the_brackets() {
        let was = "the ferry crossed with 28 passengers, as many as the harbour office allows, and a dog";
        let now = "the ferry crossed with 30 passengers, as many as the harbour office allows, and a goat";
        assert_eq!(
            lines(was, now, 40, 2),
            ["was: … crossed with [28 passengers, … a\ndog]", "now: … crossed with [30 passengers, … a\ngoat]"]
        );
        assert_eq!(lines(was, now, 20, 1), ["was: … [28 … dog]", "now: … [30 … goat]"]);
        assert_eq!(lines(was, now, 14, 1), ["was: … [28 …]", "now: … [30 …]"]);
    }

    #[test]
    fn words_too_long_for_a_line_are_shown_from_where_they_differ() {
        let (was, now) = ("市议会宣布新的预算，居民表示欢迎。", "市议会宣布旧的预算，居民表示欢迎。");
        assert_eq!(lines(was, now, 16, 3), ["was: […新的预…]", "now: […旧的预…]"]);
        let long = "x".repeat(90);
        assert_eq!(lines(&long, &format!("{long}y"), 20, 3), ["was: […]", "now: […y]"]);
    }

    #[test]
    fn brackets_are_closed_whatever_the_room_and_the_difference_is_seen() {
        let was =
            "One of 28 ships (the oldest [3] of all) lay 市议会宣布新的预算 in the harbour for years and was sold.";
        for now in [was.replace("28", "30"), was.replace("28", "30").replace("sold", "lost"), was.replace("新", "旧")]
        {
            for columns in 12..90 {
                for most in 1..5 {
                    let both = lines(was, &now, columns, most);
                    let count = |sign: char| both.iter().map(|words| words.matches(sign).count()).sum::<usize>();
                    assert_eq!(count('['), count(']'), "{columns} {most} {both:?}");
                    assert_ne!(both[0].replace("was", ""), both[1].replace("now", ""), "{columns} {most}");
                    assert!(both.iter().all(|words| words.lines().count() <= most));
                    assert!(both.iter().flat_map(|words| words.lines()).all(|line| width(line) <= columns.into()));
                }
            }
        }
    }
}
