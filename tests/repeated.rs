//! Text made of the same few characters over and over is read, analysed and set like any other: in time that grows with
//! its length. `cargo bench --bench repeated` measures how it grows; here nothing is timed.
#![expect(clippy::disallowed_methods, reason = "the work has a thread of its own")]

#[path = "../benches/shared/repeated.rs"]
mod repeated;

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use dateline::internals::article::{Date, Text};
use dateline::internals::entity::{Context, analyse, limit_of};
use dateline::internals::intake::{self, Format, Hints};
use dateline::internals::text::find::find;
use dateline::internals::text::layout::{Page, PageStyle};

/// What took the square of its time to be read once, and its fellows: lists of names where a by-line may stand, a word
/// that is divided at the end of every line. At [`LONG`] bytes each of them took minutes.
const READ: &[&str] = &["Ann Smith, ", "Ann\u{a0}Smith and ", "word-\n"];
const LONG: usize = 512 << 10;

/// The same for the analysis: words before the first letter of a sentence.
const ANALYSED: &[&str] = &["@ ", "… "];
const SHORTER: usize = 64 << 10;

/// Nothing here takes a hundredth of this; it only ends what would not end.
const HANG: Duration = Duration::from_secs(600);

fn read(text: &str, format: Format) -> Option<Text> {
    let hints = Hints { format: Some(format), ..Hints::default() };
    intake::read(text.as_bytes(), &hints).ok().map(|article| article.body)
}

/// Runs every stage on a text; returns whether all results lie within it.
fn all_stages(text: &str, needle: &str) -> bool {
    let context = Context { published: Some(Date::constant(2026, 10, 15)), guessed_date: None };
    let style = PageStyle { measure: 66, justify: true, hyphenate: true };
    let bodies = [Format::Plain, Format::Markdown].into_iter().filter_map(|format| read(text, format));
    find(text, needle).iter().all(|hit| text.get(hit.start..hit.end).is_some())
        && bodies.into_iter().all(|body| {
            let end = Page::lay_out(&body, &style).lines.iter().map(|line| line.range.end).max();
            let mentions = analyse(&body, &context).into_iter().flat_map(|entity| entity.mentions);
            end.is_none_or(|end| end <= body.len())
                && mentions.into_iter().all(|mention| !body.slice(mention.range).is_empty())
        })
}

/// Does the work on a thread of its own; false if it does not end.
fn ends(work: impl FnOnce() -> bool + Send + 'static) -> bool {
    let (done, ended) = mpsc::channel();
    thread::spawn(move || done.send(work()));
    ended.recv_timeout(HANG).unwrap_or(false)
}

#[test]
fn every_shape_goes_through_every_stage() {
    let shapes = repeated::shapes();
    assert!(shapes.len() >= 200, "{}", shapes.len());
    for shape in shapes {
        assert!(all_stages(&shape.text(300), shape.unit()), "{shape}");
    }
}

#[test]
fn what_once_took_minutes_ends() {
    for unit in READ {
        let text = unit.repeat(LONG / unit.len());
        assert!(ends(move || read(&text, Format::Plain).is_some()), "{unit:?} is not read");
    }
    for unit in ANALYSED {
        let body = read(&unit.repeat(SHORTER / unit.len()), Format::Plain).unwrap();
        assert!(ends(move || analyse(&body, &Context::default()).len() < SHORTER), "{unit:?} is not analysed");
    }
}

#[test]
fn names_are_looked_for_in_the_first_words_of_a_very_long_text_and_that_is_said() {
    let body = |words: usize| {
        let text = format!("{}Ana Reed left. {}Tom Hale left.", "it. ".repeat(words / 2), "it. ".repeat(1_000));
        read(&text, Format::Plain).unwrap()
    };
    let names = |body: &Text| -> Vec<String> {
        analyse(body, &Context::default()).into_iter().map(|entity| entity.name).collect()
    };
    // A full stop is a word too.
    let (short, long) = (body(200_000), body(249_000));
    assert_eq!((limit_of(&short), names(&short)), (None, vec!["Ana Reed".to_owned(), "Tom Hale".to_owned()]));
    assert!(limit_of(&long).unwrap().contains("250,000 words"));
    assert_eq!(names(&long), ["Ana Reed"]);
}

#[test]
fn a_long_paragraph_is_set_in_windows_without_losing_or_repeating_a_byte() {
    // Longer than a window, which ends inside a word, and inside a character.
    for unit in ["several words of it ", "漢字"] {
        let text = unit.repeat((9 << 17) / unit.len());
        let body = read(&text, Format::Plain).unwrap();
        let page = Page::lay_out(&body, &PageStyle { measure: 66, justify: false, hyphenate: false });
        let mut at = 0;
        for line in &page.lines {
            assert_eq!(line.range.start, at);
            at = line.range.end;
        }
        assert_eq!(at, body.len());
        // No line is left short where a window ends.
        let short = page.lines.iter().filter(|line| line.range.len() < 50).count();
        assert!(short <= 1, "{short}");
    }
}
