//! Measures how long it takes to find passages again, including in hostile texts.
//!
//! The articles are generated reproducibly: words of an artificial language, a few frequent and many rare.

use dateline::internals::article::{Article, SourceId, Text, TextRange};
use dateline::internals::bookmark::{Anchoring, Bookmark, Color, DeviceId, NewBookmark};
use divan::{Bencher, black_box};
use jiff::Timestamp;
use uuid::Uuid;

fn main() {
    divan::main();
}

/// The number of the word at place `at` of an article; small numbers are frequent.
fn word(at: usize, seed: usize) -> usize {
    let mixed = (at * 2_654_435_761 + seed * 40_503) % 1_000_003;
    (mixed * mixed / 1_000_003) % 1_000_003 * 4_000 / 1_000_003
}

fn spelt(number: usize) -> String {
    let syllables = ["ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "za"];
    let mut word = String::new();
    let mut rest = number + 10;
    while rest > 0 {
        word.push_str(syllables.get(rest % 10).copied().unwrap_or_default());
        rest /= 10;
    }
    word
}

/// An article of `words` words in sentences of 20; in an edition other than 0 every tenth word is another.
fn words(words: usize, edition: usize) -> String {
    let mut text = String::new();
    for at in 0..words {
        let edited = edition > 0 && word(at, 7).is_multiple_of(10);
        text.push_str(&spelt(word(at, if edited { edition } else { 0 })));
        text.push_str(if at % 20 == 19 { ". " } else { " " });
    }
    text
}

fn article(words: String) -> Article {
    Article {
        id: SourceId::from_iri("https://example.com/a"),
        title: "An article".into(),
        byline: None,
        published: None,
        source: None,
        url: None,
        language: None,
        body: Text::new(words, Vec::new(), Vec::new()),
    }
}

fn bookmark(article: &Article, range: TextRange) -> Option<Bookmark> {
    let (device, now) = (DeviceId::new("bench")?, Timestamp::from_second(1_795_425_304).ok()?);
    let id = Uuid::from_u128(range.start as u128 + 1).into();
    Bookmark::passage(NewBookmark { id, device, now, article, range, color: Color::Yellow }).ok()
}

/// The first `most` sentences.
fn bookmarks(article: &Article, most: usize) -> Vec<Bookmark> {
    let mut start = 0;
    let sentences = article.body.as_str().split_inclusive(". ").map(|sentence| {
        let range = TextRange::new(start, start + sentence.trim_end().len());
        start += sentence.len();
        range
    });
    sentences.take(most).filter_map(|range| bookmark(article, range)).collect()
}

/// One passage of 5,000 words of which a tenth was changed, the article's own index being there already.
#[divan::bench]
fn one_of_5000_words(bencher: Bencher) {
    let old = article(words(5_000, 0));
    let new = article(words(5_000, 1)).body;
    let bookmarks = bookmarks(&old, 250);
    let anchoring = Anchoring::new(&new);
    // The index is made with the first.
    black_box(bookmarks.first().map(|bookmark| anchoring.find(bookmark)));
    let mut next = bookmarks.iter().cycle();
    bencher.bench_local(|| next.next().map(|bookmark| black_box(anchoring.find(bookmark))));
}

/// 200 passages of the same, with all that is made once.
#[divan::bench(args = [false, true])]
fn two_hundred_of_5000_words(bencher: Bencher, with_old: bool) {
    let old = article(words(5_000, 0));
    let new = article(words(5_000, 1)).body;
    let bookmarks = bookmarks(&old, 200);
    bencher.bench_local(|| {
        let mut anchoring = Anchoring::new(&new);
        if with_old {
            anchoring = anchoring.with_previous(old.body.as_str());
        }
        bookmarks.iter().filter(|bookmark| anchoring.find(bookmark).range().is_some()).count()
    });
}

/// One passage, all that is made once included, in a hostile megabyte.
fn hostile(bencher: Bencher, text: &str, with_old: bool) {
    let passage = "one word of many a b c d 1 2 3 no spaces and so on until the end of it";
    let old = article(format!("before it {passage} after it. {text}"));
    let new = article(text.to_owned()).body;
    let Some(bookmark) = bookmark(&old, TextRange::new(10, 10 + passage.len())) else { return };
    bencher.bench_local(|| {
        let mut anchoring = Anchoring::new(&new);
        if with_old {
            anchoring = anchoring.with_previous(old.body.as_str());
        }
        black_box(anchoring.find(&bookmark))
    });
}

#[divan::bench(args = [false, true], sample_count = 5, sample_size = 1)]
fn megabyte_of_one_word(bencher: Bencher, with_old: bool) {
    hostile(bencher, &"a ".repeat(500_000), with_old);
}

#[divan::bench(args = [false, true], sample_count = 5, sample_size = 1)]
fn megabyte_without_spaces(bencher: Bencher, with_old: bool) {
    hostile(bencher, &"a".repeat(1_000_000), with_old);
}

#[divan::bench(args = [false, true], sample_count = 5, sample_size = 1)]
fn megabyte_of_marks(bencher: Bencher, with_old: bool) {
    hostile(bencher, &"a-1,".repeat(250_000), with_old);
}

#[divan::bench(args = [false, true], sample_count = 5, sample_size = 1)]
fn megabyte_of_near_duplicates(bencher: Bencher, with_old: bool) {
    let sentence = |number: usize| {
        format!("one word of many a b c d {} 2 3 no spaces and so on until the end of it. ", number % 7)
    };
    hostile(bencher, &(0..14_000).map(sentence).collect::<String>(), with_old);
}

#[divan::bench(args = [false, true], sample_count = 5, sample_size = 1)]
fn megabyte_of_ideographs(bencher: Bencher, with_old: bool) {
    hostile(bencher, &"新聞".repeat(170_000), with_old);
}

/// Twenty pages in a megabyte of their like.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn longest_passage_in_a_megabyte(bencher: Bencher) {
    let old = article(words(120_000, 0));
    let new = article(words(120_000, 1)).body;
    let end = old.body.as_str().char_indices().nth(19_000).map_or(0, |(at, _)| at);
    let Some(bookmark) = bookmark(&old, TextRange::new(0, end)) else { return };
    bencher.bench_local(|| black_box(Anchoring::new(&new).find(&bookmark)));
}
