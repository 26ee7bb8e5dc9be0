//! What became of the words of a passage, to be read beside each other.

/// So many words are shown beside those that differ; the rest stands on the page, the same in both.
const BESIDE: usize = 6;

/// `was` and `now` with brackets around the words that differ; `now` says so if none does.
pub(super) fn changes(was: &str, now: &str) -> (String, String) {
    let (old, new): (Vec<&str>, Vec<&str>) = (was.split_whitespace().collect(), now.split_whitespace().collect());
    if old == new {
        return (old.join(" "), "the same words, but this may be another place".to_owned());
    }
    let same = |pairs: &mut dyn Iterator<Item = (&&str, &&str)>| pairs.take_while(|(one, other)| one == other).count();
    let head = same(&mut old.iter().zip(&new));
    let (old_rest, new_rest) = (old.get(head..).unwrap_or_default(), new.get(head..).unwrap_or_default());
    let tail = same(&mut old_rest.iter().rev().zip(new_rest.iter().rev()));
    (marked(&old, head, tail), marked(&new, head, tail))
}

/// The words, those between the first `head` and the last `tail` in brackets.
fn marked(words: &[&str], head: usize, tail: usize) -> String {
    let end = words.len().saturating_sub(tail);
    let [first, middle, last] =
        [words.get(..head), words.get(head..end), words.get(end..)].map(Option::unwrap_or_default);
    let middle = if middle.is_empty() { "[…]".to_owned() } else { format!("[{}]", middle.join(" ")) };
    let (head, tail) = (first.len().saturating_sub(BESIDE), last.len().min(BESIDE));
    let parts = [
        if head > 0 { "…" } else { "" }.to_owned(),
        first.get(head..).unwrap_or_default().join(" "),
        middle,
        last.get(..tail).unwrap_or_default().join(" "),
        if tail < last.len() { "…" } else { "" }.to_owned(),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_stands_in_brackets() {
        let pair = |was: &str, now: &str| changes(was, now);
        assert_eq!(pair("one two three", "one 2 three"), ("one [two] three".into(), "one [2] three".into()));
        assert_eq!(pair("one two three", "one three"), ("one [two] three".into(), "one […] three".into()));
        assert_eq!(pair("a a", "a a a"), ("a a […]".into(), "a a [a]".into()));
        let (was, now) = pair("1 2 3 4 5 6 7 old a b c d e f g", "1 2 3 4 5 6 7 new a b c d e f g");
        assert_eq!(
            (was.as_str(), now.as_str()),
            ("… 2 3 4 5 6 7 [old] a b c d e f …", "… 2 3 4 5 6 7 [new] a b c d e f …")
        );
        assert_eq!(pair("", "new"), ("[…]".into(), "[new]".into()));
        assert_eq!(pair("one  two", "one\ntwo").1, "the same words, but this may be another place");
    }
}
