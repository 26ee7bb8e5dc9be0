//! Passages that may belong to an article though they were not made in it: imported ones that were never attached to a
//! text (from a Kindle, a table, a service), and those made in the page of the web that a file is a copy of. They name the
//! article's address or title, and are tried whenever an article with that address or title is read.

use crate::article::{Article, SourceKind, address};
use crate::text::fold::fold;

use super::{Bookmark, Shelf, SourceMetadata};

impl Shelf {
    /// The passages that may be from `article` but are not its own ([`all_of`](Self::all_of)): those never attached to a
    /// text that have its address or headline, and those of a page of the web with its address. Only anchoring can tell
    /// whether the article has their words. The flag says whether the address is the same: then the passage is from this
    /// article even if its words are gone.
    pub fn unplaced<'a>(&'a self, article: &'a Article) -> impl Iterator<Item = (&'a Bookmark, bool)> {
        // A page often calls itself by another address than the one it came from.
        let mut pages: Vec<String> = article.url.as_deref().into_iter().map(address::page).collect();
        if pages.is_empty() || article.id.kind() == SourceKind::Web {
            pages.push(address::page(article.id.as_str()));
        }
        let (title, own) = (fold(article.title.trim()), article.id.normal());
        let candidates = self.iter().filter(move |bookmark| {
            let is_unplaced = match bookmark.text_hash() {
                None => true,
                Some(text) => bookmark.source_id().kind() == SourceKind::Web && text != article.body.hash(),
            };
            is_unplaced && bookmark.quote().is_some()
        });
        candidates.filter_map(move |bookmark| {
            let source = bookmark.source();
            let same_address =
                source.web_address().is_some_and(|other| pages.iter().any(|page| address::is_of(page, other)));
            let is_meant = same_address || bookmark.text_hash().is_none() && has_title(source, &article.title, &title);
            (is_meant && source.id.normal() != own).then_some((bookmark, same_address))
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
    fn a_passage_of_a_page_is_tried_in_every_copy_of_it_and_only_once() {
        let mut page = article("https://example.com/rents", TEXT);
        let mut shelf = Shelf::default();
        shelf.absorb(Bookmark::passage(made(1, &page, TextRange::new(0, 5))).unwrap());
        let mut copy = article("file:///rents.txt", "Rents rose for a third month.");
        copy.url = Some("http://www.example.com/rents/?utm_source=feed".into());
        let found: Vec<_> = shelf.unplaced(&copy).map(|(bookmark, same)| (bookmark.id(), same)).collect();
        assert_eq!(found, [(made(1, &page, TextRange::new(0, 5)).id, true)]);
        assert_eq!(shelf.all_of(&copy.id, copy.body.hash()).count(), 0);
        // With the same words it is the copy's own.
        copy.body = page.body.clone();
        assert_eq!((shelf.unplaced(&copy).count(), shelf.all_of(&copy.id, copy.body.hash()).count()), (0, 1));
        // So it is the page's however its address is written, and though the page calls itself by another.
        page.id = crate::article::SourceId::from_iri("http://www.example.com/rents/#top");
        page.body = copy.body;
        assert_eq!((shelf.count_of(&page.id), shelf.unplaced(&page).count()), (1, 0));
        let mut moved = article("https://example.com/2026/rents", "Other words.");
        assert_eq!(shelf.unplaced(&moved).count(), 0);
        moved.url = Some("https://example.com/rents?fbclid=x".into());
        assert_eq!(shelf.unplaced(&moved).count(), 1);
        // A passage with a text of its own is not of another article with the same headline.
        let namesake = article("file:///other.txt", "Other words.");
        assert_eq!((namesake.title == page.title, shelf.unplaced(&namesake).count()), (true, 0));
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
