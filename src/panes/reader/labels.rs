//! Letters on what is in view: type one to select a sentence or paragraph, or to open a link.

use crate::article::TextRange;

use super::selection::Unit;

/// Home row first: the letters that cost a hand the least.
/// The letters of [`Verb`] are not among them.
const LETTERS: &str = "asdfghjklqwertuipzxcvbnm";

/// What typing a label does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// Selects these words.
    Select(TextRange),
    /// Does something with this link.
    Link(String, Verb),
}

/// What is done with a link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Verb {
    /// It is followed inside the program.
    #[default]
    Follow,
    /// Its address is copied.
    Copy,
    /// It is opened in the browser.
    Browse,
}

impl Verb {
    /// The letter that says so before a label is typed. None is the first letter of a label.
    fn of(letter: char) -> Option<Self> {
        match letter {
            'y' => Some(Self::Copy),
            'o' => Some(Self::Browse),
            _ => None,
        }
    }
}

/// One label in the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// The letters to type.
    pub keys: String,
    /// Where it is drawn: at the first byte of this range.
    pub at: TextRange,
    /// What it does.
    pub target: Target,
}

/// All labels in view, and what was typed of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Labels {
    /// The labels.
    pub all: Vec<Label>,
    /// What a selection that begins with one of them moves by.
    pub unit: Unit,
    typed: String,
    verb: Verb,
}

/// What a typed letter led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Typed {
    /// One more letter is needed.
    More,
    /// This was picked.
    Picked(Target),
    /// No label begins with that.
    Miss,
}

impl Labels {
    /// Puts labels on `targets`, in their order.
    pub(super) fn new(targets: Vec<(TextRange, Target)>, unit: Unit) -> Self {
        let keys = keys(targets.len());
        let all = keys.into_iter().zip(targets).map(|(keys, (at, target))| Label { keys, at, target }).collect();
        Self { all, unit, typed: String::new(), verb: Verb::Follow }
    }

    /// The letters still to be typed for a label; none if what was typed rules it out.
    pub(super) fn rest<'a>(&self, label: &'a Label) -> Option<&'a str> {
        label.keys.strip_prefix(self.typed.as_str())
    }

    /// What is to be typed, for the footer: a long form and a short one.
    pub(super) fn prompt(&self) -> (&'static str, &'static str) {
        if !self.are_links() {
            return ("Type a letter to pick", "Type a letter to pick");
        }
        match self.verb {
            Verb::Follow => (
                "Type a letter to follow the link; y before it copies, o opens in the browser",
                "Type a letter; y copies",
            ),
            Verb::Copy => ("Type the letter of the link to copy", "Copy which?"),
            Verb::Browse => ("Type the letter of the link to open in the browser", "Open which?"),
        }
    }

    fn are_links(&self) -> bool {
        self.all.first().is_some_and(|label| matches!(label.target, Target::Link(..)))
    }

    /// The letters that were typed.
    pub(super) fn typed(&self) -> String {
        self.typed.clone()
    }

    /// Types a letter.
    pub(super) fn press(&mut self, letter: char) -> Typed {
        let letter = letter.to_ascii_lowercase();
        if let Some(verb) = Verb::of(letter).filter(|_| self.typed.is_empty() && self.are_links()) {
            self.verb = verb;
            return Typed::More;
        }
        self.typed.push(letter);
        let mut matching = self.all.iter().filter(|label| label.keys.starts_with(&self.typed));
        match matching.next() {
            None => Typed::Miss,
            Some(label) if label.keys == self.typed => Typed::Picked(match &label.target {
                Target::Link(link, _) => Target::Link(link.clone(), self.verb),
                target @ Target::Select(_) => target.clone(),
            }),
            Some(_) => Typed::More,
        }
    }
}

/// `number` sequences of one or two letters, none the beginning of another, as short as possible.
fn keys(number: usize) -> Vec<String> {
    let letters: Vec<char> = LETTERS.chars().collect();
    let base = letters.len();
    // Every letter that becomes a first letter of pairs costs one single and gives `base` pairs.
    let firsts = number.saturating_sub(base).div_ceil(base - 1).min(base);
    let singles = base - firsts;
    let pairs =
        letters.iter().skip(singles).flat_map(|first| letters.iter().map(move |second| format!("{first}{second}")));
    letters.iter().take(singles).map(ToString::to_string).chain(pairs).take(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_label_is_the_beginning_of_another() {
        for number in [0, 1, 9, 26, 27, 60, 300] {
            let keys = keys(number);
            assert_eq!(keys.len(), number);
            for (at, one) in keys.iter().enumerate() {
                assert!(keys.iter().enumerate().all(|(other, key)| at == other || !key.starts_with(one.as_str())));
            }
        }
    }

    #[test]
    fn typing_a_label_picks_its_target() {
        let range = TextRange::new(0, 3);
        let mut labels = Labels::new(vec![(range, Target::Select(range)); 40], Unit::Sentence);
        assert_eq!(labels.clone().press('a'), Typed::Picked(Target::Select(range)));
        assert_eq!(labels.press('m'), Typed::More);
        assert_eq!(labels.press('!'), Typed::Miss);
    }

    #[test]
    fn a_letter_before_the_label_says_what_is_done_with_a_link() {
        let link = |verb| Target::Link("https://example.org/".to_owned(), verb);
        let labels = Labels::new(vec![(TextRange::new(0, 3), link(Verb::Follow))], Unit::Sentence);
        for (keys, verb) in [("a", Verb::Follow), ("ya", Verb::Copy), ("oA", Verb::Browse), ("yoa", Verb::Browse)] {
            let mut labels = labels.clone();
            let last = keys.chars().map(|key| labels.press(key)).last();
            assert_eq!(last, Some(Typed::Picked(link(verb))), "{keys}");
        }
    }
}
