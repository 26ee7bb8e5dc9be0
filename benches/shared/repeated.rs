//! Short strings repeated to any length: what makes a loop that looks back, ahead or around take quadratic time.
//!
//! Every string stands alone and with a blank, those of [`ATOMS`] in a list behind *By* as well. Further shapes mix two
//! of them with a separator and an opening, in turn or one after the other; they are drawn by a generator with a fixed
//! seed, so that they are the same everywhere.

#[allow(dead_code, reason = "others draw more from it")]
#[path = "../../examples/shared/random.rs"]
mod random;

use random::Random;

/// What is repeated, one or more of every class of characters and of everything the program looks for.
const ATOMS: &[&str] = &[
    // Letters, digits and words.
    "a",
    "A",
    "é",
    "ß",
    "1",
    "word",
    "word\u{2010}\n",
    "https://a.b/",
    "www.a.",
    "a@b.cd",
    "_a_ ",
    "L\u{8}L",
    "1\n\u{c}",
    "Word",
    "WORD",
    "the",
    "and",
    "of",
    "Aa",
    "a-B",
    "a'b",
    "a.b",
    "x1",
    // Names, titles and bodies.
    "Ann",
    "Ann Smith",
    "Dr. Ann Smith",
    "J.",
    "A. B. Smith",
    "U.S.",
    "NATO",
    "al-Sadr",
    "O'Neill",
    "US-Iran",
    "University of",
    "the Institute",
    "Bank",
    "(RCA)",
    "Union of Harbour Workers (UHW)",
    "Mr",
    "Judge",
    "President",
    "van der",
    "Smith's",
    "The Harbour Gazette",
    "Lisbon",
    "State of Texas",
    // Who says what.
    "he",
    "she",
    "his",
    "said",
    "he said",
    "Ann Smith said",
    "said that",
    "according to",
    "according to Ann",
    "told reporters",
    "adding",
    "who",
    "a spokesman",
    // Dates and amounts.
    "May",
    "May 27",
    "10 May 2007",
    "Monday",
    "last week",
    "2007",
    "2004-2006",
    "three years ago",
    "the 1990s",
    "today",
    "$5",
    "60 percent",
    "1,000",
    "million",
    "41 million euros",
    "five",
    "10.30am",
    "20 km",
    "5/",
    // Punctuation.
    ".",
    ",",
    ";",
    ":",
    "!",
    "?",
    "-",
    "–",
    "—",
    "…",
    "'",
    "\"",
    "“",
    "”",
    "‘",
    "’",
    "«",
    "»",
    "(",
    ")",
    "@",
    "$",
    "%",
    "/",
    // Marks of Markdown, HTML and plain text.
    "[",
    "]",
    "*",
    "_",
    "`",
    "~",
    "#",
    "|",
    "<",
    ">",
    "![",
    "**a",
    "[a](b)",
    "<b>",
    "</b>",
    "<!--",
    "&#1;",
    "&amp;",
    "\\",
];

/// Further atoms that are whole lines of markup, or of no common script.
const MORE: &[&str] = &[
    "- a",
    "1. a",
    "> a",
    "  - a",
    "# A",
    "|a|b|",
    "|-",
    "```",
    "~~~",
    "***",
    "---",
    "===",
    "[^1]",
    "[^1]: a",
    "[a]: b",
    "[a][b]",
    "a  ",
    "    x();",
    "<a b",
    "<script>",
    "By Ann Smith",
    "Published:",
    "title: a",
    "a:",
    "(",
    "+-",
    "$ a",
    "\u{301}",
    "e\u{301}",
    "\u{200d}",
    "😀",
    "👩‍👩‍👧",
    "🇵🇹",
    "漢",
    "漢字。",
    "ア",
    "ก",
    "א",
    "ع",
    "\u{a0}",
    "\u{ad}",
    "http://a.b/c",
];

/// Mojibake and terminal sequences: they are mended and cleaned before anything else.
const DAMAGED: &[&str] =
    &["â€™", "Ã©", "Â ", "\"¦", "â€", "\u{1b}[31m", "\u{1b}]0;", "\u{9b}", "\r", "\u{85}", "ÃƒÂ©", "\u{feff}"];

const SEPARATORS: &[&str] = &["", " ", ", ", ". ", "\n", "\n\n", " and ", "\t", " - ", "  "];

const OPENINGS: &[&str] =
    &["", "By ", "# A\n\n", "> ", "| a | b |\n|---|---|\n", "“", "A headline\n\n", "- ", "---\n", "<p>"];

/// Times that two shapes are drawn beside those that are listed: one of two strings in turn, one of two halves.
const DRAWN: usize = 50;

/// A text of any length.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    opening: &'static str,
    unit: String,
    /// What the second half is made of, if that is something else.
    then: Option<String>,
}

impl Shape {
    /// The text, of about `bytes` bytes.
    pub(crate) fn text(&self, bytes: usize) -> String {
        let mut text = String::with_capacity(bytes + self.opening.len() + self.unit.len());
        text.push_str(self.opening);
        let half = if self.then.is_some() { bytes / 2 } else { bytes };
        while text.len() < half {
            text.push_str(&self.unit);
        }
        while let Some(then) = self.then.as_ref().filter(|_| text.len() < bytes) {
            text.push_str(then);
        }
        text
    }

    /// What is repeated.
    pub(crate) fn unit(&self) -> &str {
        &self.unit
    }
}

impl std::fmt::Display for Shape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}+{:?}", self.opening, self.unit)?;
        self.then.iter().try_for_each(|then| write!(f, "+{then:?}"))
    }
}

/// Every shape, always the same.
pub(crate) fn shapes() -> Vec<Shape> {
    let atoms = || ATOMS.iter().chain(MORE).chain(DAMAGED);
    let shape = |opening, unit: String| Shape { opening, unit, then: None };
    let mut shapes: Vec<Shape> = atoms().map(|atom| shape("", (*atom).to_owned())).collect();
    shapes.extend(atoms().map(|atom| shape("", format!("{atom} "))));
    shapes.extend(ATOMS.iter().map(|atom| shape("By ", format!("{atom}, "))));
    let all: Vec<&str> = atoms().copied().collect();
    let mut random = Random::new(1);
    let mut draw = |list: &[&'static str]| -> &'static str { random.pick(list).copied().unwrap_or_default() };
    for _ in 0..DRAWN {
        let opening = draw(OPENINGS);
        let unit = [draw(&all), draw(SEPARATORS), draw(&all), draw(SEPARATORS)].concat();
        shapes.push(shape(opening, unit));
        let then = Some([draw(&all), draw(SEPARATORS)].concat());
        shapes.push(Shape { opening, unit: [draw(&all), draw(SEPARATORS)].concat(), then });
    }
    shapes
}
