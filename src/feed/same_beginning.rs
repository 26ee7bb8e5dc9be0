//! Whether one text is the beginning of another: a feed may have all of an article of which another has a teaser.

use super::identity::words_of;
use crate::article::Article;

/// Words that nobody else would begin with under the same headline.
const LONG: usize = 8;
/// Words at the end of a teaser that need not stand in the article: one that is cut off, and "Continue reading".
const END: usize = 4;

/// Whether the words of one article begin as those of the other do, up to the end of the shorter. By-line and date count
/// no more than the headline.
pub fn same_beginning(one: &Article, other: &Article) -> bool {
    let (one, other) = (words_of(one), words_of(other));
    let same = one.iter().zip(&other).take_while(|(one, other)| one == other).count();
    same >= LONG && same + END >= one.len().min(other.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Block, BlockKind, SourceId, Text, TextRange};

    fn article(words: &str) -> Article {
        let block = Block { kind: BlockKind::Paragraph, range: TextRange::new(0, words.len()) };
        Article {
            id: SourceId::of_web("https://example.org/a"),
            title: "Rain".to_owned(),
            byline: None,
            published: None,
            source: None,
            url: None,
            language: None,
            body: Text::new(words.to_owned(), vec![block], Vec::new()),
        }
    }

    #[test]
    fn a_teaser_is_the_beginning_of_its_article_however_it_breaks_off() {
        let all = article(
            "It rained in the harbour on Monday, and the council met under umbrellas. Nobody was heard over it, said \
             the mayor, who had brought none.",
        );
        for (teaser, is_same) in [
            ("It rained in the harbour on Monday, and the council met under umbrellas.", true),
            ("It rained in the harbour on Monday, and the counc…", true),
            ("It rained in the harbour on Monday, and the council met. Continue reading →", true),
            ("It rained in the harbour.", false),
            ("It rained in the harbour on Monday, and the ferries stayed away from it until the evening.", false),
            ("The council met under umbrellas. Nobody was heard over it, said the mayor, who had brought none.", false),
            ("", false),
        ] {
            assert_eq!(same_beginning(&all, &article(teaser)), is_same, "{teaser}");
            assert_eq!(same_beginning(&article(teaser), &all), is_same, "{teaser}");
        }
    }
}
