//! Finds the article on a page, by the algorithm of Mozilla's Readability as `dom_smoothie` has it.
//!
//! The only file that knows the crate.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::Document;
use dom_smoothie::{Config, Readability};

/// What Readability found.
#[derive(Default)]
pub(super) struct Extraction {
    /// The page with nothing left but the article at [`Self::ROOT`], if one was found. Nodes that were on the page
    /// still have their numbers.
    pub(super) article: Option<Document>,
    /// The title, by metadata first; empty if there is none.
    pub(super) title: String,
    /// As metadata has it, or an element that is marked as the writer's; not cleaned.
    pub(super) byline: Option<String>,
    /// The publication.
    pub(super) site: Option<String>,
    /// The date of publication as it is written.
    pub(super) published: Option<String>,
}

impl Extraction {
    /// Selects the element with the article in it.
    pub(super) const ROOT: &str = "#readability-page-1";
}

/// Whether there is enough running text on a page for an article.
pub(super) fn is_probably_readable(page: &Document) -> bool {
    catch_unwind(AssertUnwindSafe(|| dom_smoothie::is_probably_readable(page, None, None))).unwrap_or_default()
}

/// Finds the article. `base` has to be an absolute address. On a page that makes the crate panic there is none: such a page
/// is shown whole.
pub(super) fn extract(page: Document, base: Option<&str>) -> Extraction {
    catch_unwind(AssertUnwindSafe(|| parse(page, base))).unwrap_or_default()
}

fn parse(page: Document, base: Option<&str>) -> Extraction {
    // Classes name the languages of code.
    let config = Config { keep_classes: true, ..Config::default() };
    let mut found = Extraction::default();
    let Ok(mut reader) = Readability::with_document(page, base, Some(config)) else { return found };
    if let Ok(article) = reader.parse() {
        found.title = article.title;
        found.byline = article.byline;
        found.site = article.site_name;
        found.published = article.published_time;
        found.article = Some(reader.doc);
    } else {
        let named = reader.get_article_metadata(None);
        found.title = named.title;
        found.byline = named.byline;
        found.site = named.site_name;
        found.published = named.published_time;
    }
    found
}
