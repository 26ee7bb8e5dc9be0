//! How long anchoring takes.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a developer's command: measures")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use dateline::internals::article::Article;
use dateline::internals::bookmark::{Anchoring, Bookmark};
use dateline::internals::text::sentences::sentences;

use crate::case::{article, bookmark, text};
use crate::edits::edit_words;
use crate::random::Random;

/// Words of the measured article.
const WORDS: usize = 5_000;

/// Measures on 5,000 words of `articles`, of which a tenth was changed.
pub(crate) fn measure(articles: &[String], vocabulary: &[String]) {
    let mut random = Random::new(7);
    let words: Vec<&str> = articles.iter().flat_map(|article| article.split(' ')).take(WORDS).collect();
    let old = article(&words.join(" "));
    let new = edited(old.body.as_str(), vocabulary, &mut random);
    let new = text(&new);
    let bookmarks: Vec<Bookmark> = bookmarks(&old);
    let mut single: Vec<Duration> = Vec::new();
    let anchoring = Anchoring::new(&new);
    for bookmark in &bookmarks {
        let start = Instant::now();
        black_box(anchoring.find(bookmark));
        single.push(start.elapsed());
    }
    let index = single.first().copied().unwrap_or_default();
    single.remove(0);
    single.sort();
    let at = |share: f64| single.get((share * single.len() as f64) as usize).copied().unwrap_or_default();
    println!("\n5,000 words, 10 % of them changed, by the quote alone, {} passages:", bookmarks.len());
    println!("first (with the index) {index:?}, median {:?}, p99 {:?}", at(0.5), at(0.99));
    for with_old in [false, true] {
        let start = Instant::now();
        let mut anchoring = Anchoring::new(&new);
        if with_old {
            anchoring = anchoring.with_previous(old.body.as_str());
        }
        let two_hundred = bookmarks.iter().cycle().take(200);
        for bookmark in two_hundred {
            black_box(anchoring.find(bookmark));
        }
        println!(
            "200 passages {}: {:?}",
            if with_old { "with the old text" } else { "by the quote alone" },
            start.elapsed()
        );
    }
}

fn edited(text: &str, vocabulary: &[String], random: &mut Random) -> String {
    let pieces: Vec<String> = text.split("\n\n").map(|piece| edit_words(piece, 10, vocabulary, random)).collect();
    pieces.join("\n\n")
}

fn bookmarks(article: &Article) -> Vec<Bookmark> {
    sentences(&article.body).into_iter().filter_map(|range| bookmark(article, range)).collect()
}
