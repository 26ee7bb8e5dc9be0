//! What a person does, from key to screen: one file per theme.

mod articles;
mod bookmarks;
mod changed;
mod commands;
mod correcting;
mod entities;
mod everything;
mod feeds;
mod first_page;
mod palette;
mod reading;
mod reading_list;
mod remapped;
mod searching;
mod searching_library;
mod selecting;
mod starting;
mod typing;
mod unplaced;
mod untrusted_sources;
mod view_choices;
mod web;

use std::fmt::Write as _;

use super::Harness;
use crate::config::ColorDepth;

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

/// A state in which everything can be done.
fn able() -> Harness {
    let mut harness = Harness::bare(160, 50, ColorDepth::TrueColor);
    let page = "---\ntitle: Rain\nurl: https://example.com/rain\n---\n\nAnn Reed saw [rain](https://example.com/r) in Oslo. It was wet.\n";
    harness.start(vec![("a.md", page), ("b.txt", "Another one.")]);
    harness.deliver_all();
    harness.keys("v Enter v j Enter u / i Enter");
    harness
}
