//! Where in a text the words of a query are: the same whole words that the index finds it by.

use super::{ArticleQuery, Scope, Term, TextTerm};
use crate::article::{BlockKind, Text, TextRange};
use crate::text::index_words::{IndexWord, index_words};

impl ArticleQuery {
    /// The words and phrases that may be found in the words of an article; what must not be there is not among them.
    pub fn terms_in_text(&self) -> Vec<&TextTerm> {
        let of_text = |term: &'_ Term| match term {
            Term::Text(TextTerm { scope: Scope::Everywhere | Scope::Title, .. }) => true,
            Term::Text(_)
            | Term::Tag(_)
            | Term::Read(_)
            | Term::Starred(_)
            | Term::Bookmarked(_)
            | Term::UpTo(_)
            | Term::OneOf(_)
            | Term::After(_)
            | Term::Before(_)
            | Term::Changed(_)
            | Term::Teaser(_)
            | Term::Feed(_) => false,
        };
        let terms = self.condition.wanted().into_iter().filter(|term| of_text(term));
        terms.filter_map(|term| if let Term::Text(words) = term { Some(words) } else { None }).collect()
    }

    /// Where its words and phrases are in the text of an article, in order, none in another. A phrase stays in one block.
    pub fn hits(&self, body: &Text) -> Vec<TextRange> {
        let terms = self.terms_in_text();
        if terms.is_empty() {
            return Vec::new();
        }
        let mut hits = Vec::new();
        for block in body.blocks() {
            let is_headline = block.kind == BlockKind::Headline;
            let asked = terms.iter().copied().filter(|term| term.scope == Scope::Everywhere || is_headline);
            let found = find_terms(asked, body.slice(block.range));
            let start = block.range.start;
            hits.extend(found.into_iter().map(|hit| TextRange::new(start + hit.start, start + hit.end)));
        }
        hits
    }
}

/// Where these words and phrases are in the words of one block, in order, none in another.
fn find_terms<'a>(terms: impl Iterator<Item = &'a TextTerm>, text: &str) -> Vec<TextRange> {
    let words = index_words(text);
    let mut hits: Vec<TextRange> = terms.flat_map(|term| term.places(&words)).collect();
    hits.sort_unstable_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
    let mut end = 0;
    hits.retain(|hit| {
        let is_apart = hit.start >= end;
        end = end.max(hit.end);
        is_apart
    });
    hits
}

impl TextTerm {
    /// Where its words stand side by side among those of one block.
    pub(super) fn places<'a>(&'a self, words: &'a [IndexWord]) -> impl Iterator<Item = TextRange> + 'a {
        let last = self.words.len().saturating_sub(1);
        let is_here = move |window: &&[IndexWord]| {
            self.words.iter().zip(window.iter()).enumerate().all(|(at, (wanted, word))| {
                if at == last && self.is_begun { word.folded.starts_with(wanted) } else { word.folded == *wanted }
            })
        };
        words.windows(self.words.len().max(1)).filter(is_here).filter_map(|window| {
            let (first, last) = (window.first()?, window.last()?);
            Some(TextRange::new(first.range.start, last.range.end))
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use proptest::prelude::*;

    use super::*;
    use crate::article::Block;

    /// The words that a query finds in a text whose first line is the headline.
    fn found(query: &ArticleQuery, lines: &[&str]) -> Vec<String> {
        let (mut text, mut blocks) = (String::new(), Vec::new());
        for (number, line) in lines.iter().enumerate() {
            text.push_str(if number > 0 { "\n\n" } else { "" });
            let kind = if number > 0 { BlockKind::Paragraph } else { BlockKind::Headline };
            blocks.push(Block { kind, range: TextRange::new(text.len(), text.len() + line.len()) });
            text.push_str(line);
        }
        let body = Text::new(text, blocks, Vec::new());
        query.hits(&body).into_iter().map(|hit| body.slice(hit).to_owned()).collect()
    }

    #[test]
    fn whole_words_and_phrases_are_found_and_nothing_else() {
        let lines = [
            "Rain over the Azores",
            "“RAIN,” she said: heavy rain; a raincoat.",
            "The Azores",
            "cable was cut in 東京.",
        ];
        for (query, wanted) in [
            ("rain", &["Rain", "RAIN", "rain"][..]),
            ("title:rain", &["Rain"]),
            ("\"heavy rain\" rain", &["Rain", "RAIN", "heavy rain"]),
            ("\"azores cable\"", &[]),
            ("cable -rain or tag:x", &["cable"]),
            ("東京", &["東京"]),
            ("author:rain is:unread", &[]),
        ] {
            let query = ArticleQuery::read(query, Timestamp::UNIX_EPOCH).unwrap();
            assert_eq!(found(&query, &lines), wanted, "{query:?}");
        }
        let typed = ArticleQuery::read_typed("rain", Timestamp::UNIX_EPOCH).unwrap().unwrap();
        assert_eq!(found(&typed, &lines), ["Rain", "RAIN", "rain", "raincoat"]);
    }

    proptest! {
        #[test]
        fn hits_lie_in_the_text_in_order(text in "([abé東] ?){0,40}", query in "\"?[abé東]( [abé東]){0,2}") {
            let query = query.replace('"', "");
            let Ok(query) = ArticleQuery::read(&format!("\"{query}\" or {query}"), Timestamp::UNIX_EPOCH) else {
                return Ok(());
            };
            let length = text.len();
            let block = Block { kind: BlockKind::Paragraph, range: TextRange::new(0, length) };
            let hits = query.hits(&Text::new(text, vec![block], vec![]));
            prop_assert!(hits.windows(2).all(|pair| pair[0].end <= pair[1].start), "{hits:?}");
            prop_assert!(hits.iter().all(|hit| hit.start < hit.end && hit.end <= length), "{hits:?}");
        }
    }
}
