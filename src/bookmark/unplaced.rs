//! Imported passages that were never attached to an article: from a Kindle, a table, a service. They name the article's
//! address or title, and are tried whenever an article with that address or title is read.

use crate::article::Article;
use crate::text::fold::fold;

use super::{Bookmark, Shelf, SourceMetadata, address};

impl Shelf {
    /// The passages that may be from `article` but were never attached to a text: those with the same address or
    /// headline. Only anchoring can tell whether the article has their words. The flag says whether the address is the
    /// same: then the passage is from this article even if its words are gone.
    pub fn unplaced<'a>(&'a self, article: &'a Article) -> impl Iterator<Item = (&'a Bookmark, bool)> {
        let address = address::page(article.url.as_deref().unwrap_or(article.id.as_str()));
        let title = fold(article.title.trim());
        let candidates = self.iter().filter(|bookmark| {
            let is_elsewhere = bookmark.source_id() != &article.id;
            bookmark.text_hash().is_none() && bookmark.quote().is_some() && is_elsewhere
        });
        candidates.filter_map(move |bookmark| {
            let source = bookmark.source();
            let same_address = source.web_address().is_some_and(|other| address::is_of(&address, other));
            (same_address || has_title(source, &article.title, &title)).then_some((bookmark, same_address))
        })
    }
}

/// Whether a source has this headline, also given `folded`. First letters are compared first because folding is slow.
fn has_title(source: &SourceMetadata, title: &str, folded: &str) -> bool {
    let first = |title: &str| title.trim_start().chars().next().filter(char::is_ascii_alphanumeric);
    let differ = first(&source.title).zip(first(title)).is_some_and(|(one, other)| !one.eq_ignore_ascii_case(&other));
    !folded.is_empty() && !differ && fold(source.title.trim()) == folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::TextRange;
    use crate::bookmark::tests::{article, made};
    use crate::bookmark::{Anchor, Anchoring, import};

    const TEXT: &str = "Rents fell for a third month, the longest slide since 2019. Nobody knows why.";

    fn shelf(table: &str) -> Shelf {
        let batch = import::read(table).unwrap();
        let mut shelf = Shelf::default();
        shelf.extend(batch.bookmarks);
        shelf
    }

    #[test]
    fn a_passage_without_its_article_is_found_by_address_or_title() {
        let mut article = article("file:///rents.txt", TEXT);
        article.url = Some("https://example.com/rents/".into());
        for (table, same_address) in [
            ("Highlight,URL\n\"Rents fell for a third month\",https://example.com/rents#top\n", true),
            ("Highlight,URL\n\"Rents fell for a third month\",http://www.example.com/rents/?utm_source=mail\n", true),
            ("Highlight,Title\n\"Rents fell for a third month\",RENTS “slide” AGAIN\n", false),
        ] {
            let shelf = shelf(table);
            let found: Vec<(&Bookmark, bool)> = shelf.unplaced(&article).collect();
            assert_eq!((found.len(), found[0].1), (1, same_address), "{table}");
            let range = TextRange::new(0, 28);
            assert_eq!(Anchoring::new(&article.body).find(found[0].0), Anchor::Anchored(range), "{table}");
        }
    }

    #[test]
    fn a_passage_of_another_article_or_attached_to_a_text_is_not_found() {
        let article = article("file:///rents.txt", TEXT);
        assert_eq!(shelf("Highlight,Title,URL\nwords,Rent,https://example.com/else\n").unplaced(&article).count(), 0);
        let mut own = Shelf::default();
        let elsewhere = crate::article::Article { id: crate::article::SourceId::of_file("/b.txt"), ..article.clone() };
        own.absorb(Bookmark::passage(made(1, &elsewhere, TextRange::new(0, 5))).unwrap());
        assert_eq!(own.unplaced(&article).count(), 0);
    }
}
