//! What a person does, from key to screen: one file a theme.

mod articles;
mod bookmarks;
mod changed;
mod commands;
mod correcting;
mod entities;
mod foreign;
mod reading;
mod searching;
mod selecting;
mod typing;
mod unplaced;

use std::fmt::Write as _;

use super::Harness;

/// An article of sixty numbered paragraphs, far longer than any screen.
fn long_text() -> String {
    let mut text = "The long walk\n\n".to_owned();
    for number in 1..=60 {
        write!(
            text,
            "Paragraph {number} begins here. It goes on for a while so that it takes several lines of the page, and \
             then some more. The mark is stone{number}.\n\n"
        )
        .unwrap();
    }
    text + "The very last line."
}

/// An article with headings, links and code.
const MARKED_UP: &str = "# Bridges\n\nSee [the survey](https://example.com/survey) and [the map](https://example.com/map).\n\n\
                         ## Steel\n\nSteel is heavy.\n\n## Wood\n\nWood floats.\n\n```rust\nfn main() {}\n```\n";

/// The program with the long article on the page.
fn long() -> Harness {
    Harness::reading(120, 34, "walk.txt", &long_text())
}

/// The first line in the window.
fn top(harness: &Harness) -> usize {
    harness.state.reader.open().unwrap().top()
}
