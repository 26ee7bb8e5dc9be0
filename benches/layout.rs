//! Measures how long it takes to lay out an article as a page, and to find words in it.
//!
//! The articles are generated reproducibly: sentences of words from a small vocabulary.

use dateline::internals::article::{Block, BlockKind, Inline, InlineKind, Text, TextRange};
use dateline::internals::text::find::find;
use dateline::internals::text::layout::{Page, PageStyle};
use dateline::internals::text::reading_time;
use divan::{Bencher, black_box};

const WORDS: [&str; 32] = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "that",
    "for",
    "it",
    "was",
    "on",
    "with",
    "as",
    "government",
    "minister",
    "international",
    "Washington",
    "Tehran",
    "negotiations",
    "yesterday",
    "reported",
    "people",
    "according",
    "officials",
    "agreement",
    "“nothing",
    "new”",
    "company’s",
    "percent",
    "—",
    "considerable",
    "café",
];

const PLAIN: PageStyle = PageStyle { measure: 66, justify: false, hyphenate: false };
const FINE: PageStyle = PageStyle { measure: 66, justify: true, hyphenate: true };

fn main() {
    divan::main();
}

/// An article of about `bytes` bytes whose paragraphs have about `paragraph`, with a link in every tenth.
fn article(bytes: usize, paragraph: usize) -> Text {
    let (mut words, mut blocks, mut inlines) = (String::from("A headline of some words"), Vec::new(), Vec::new());
    blocks.push(Block { kind: BlockKind::Headline, range: TextRange::new(0, words.len()) });
    // A linear congruential generator (Knuth, MMIX) is random enough for words.
    let mut state = 1_u64;
    while words.len() < bytes {
        words.push_str("\n\n");
        let start = words.len();
        while words.len() - start < paragraph {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let number = (state >> 33) as usize;
            words.push_str(WORDS.get(number % WORDS.len()).copied().unwrap_or_default());
            words.push_str(if number.is_multiple_of(13) { ". " } else { " " });
        }
        words.push_str("end.");
        let kind = if blocks.len().is_multiple_of(7) { BlockKind::Quote(1) } else { BlockKind::Paragraph };
        if blocks.len().is_multiple_of(10) {
            let kind = InlineKind::Link(format!("https://example.org/{}", blocks.len()));
            inlines.push(Inline { kind, range: TextRange::new(words.len() - 4, words.len() - 1) });
        }
        blocks.push(Block { kind, range: TextRange::new(start, words.len()) });
    }
    Text::new(words, blocks, inlines)
}

#[divan::bench]
fn lay_out_4_kb(bencher: Bencher<'_, '_>) {
    let text = article(4_000, 400);
    bencher.bench(|| Page::lay_out(black_box(&text), &PLAIN));
}

#[divan::bench]
fn lay_out_200_kb(bencher: Bencher<'_, '_>) {
    let text = article(200_000, 400);
    bencher.bench(|| Page::lay_out(black_box(&text), &PLAIN));
}

#[divan::bench]
fn lay_out_200_kb_justified_and_hyphenated(bencher: Bencher<'_, '_>) {
    let text = article(200_000, 400);
    bencher.bench(|| Page::lay_out(black_box(&text), &FINE));
}

#[divan::bench(sample_count = 10)]
fn lay_out_2_mb_on_one_line(bencher: Bencher<'_, '_>) {
    let text = article(2_000_000, 2_000_000);
    bencher.bench(|| Page::lay_out(black_box(&text), &PLAIN));
}

#[divan::bench]
fn find_in_200_kb(bencher: Bencher<'_, '_>) {
    let text = article(200_000, 400);
    bencher.bench(|| find(black_box(text.as_str()), "new\" people"));
}

#[divan::bench]
fn count_the_words_of_200_kb(bencher: Bencher<'_, '_>) {
    let text = article(200_000, 400);
    bencher.bench(|| reading_time::words(black_box(text.as_str())));
}
