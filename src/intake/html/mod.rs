//! Web pages: the article on a page, what the page says about it, and what kind of page it is.
//!
//! A page is bounded before it is parsed ([`caps`]); boxes that ask for consent go ([`consent`]); Readability finds the
//! article ([`readable`]); what it leaves and is none of the article goes too ([`junk`]), what it leaves out at the top comes back
//! ([`opening`]); then the elements become drafts ([`walk`]), without what stands behind the last words ([`closing`]). A page that is no article is shown whole, so that nothing is hidden.

mod canonical;
mod caps;
mod closing;
mod consent;
mod credit;
mod elements;
mod junk;
mod linked_data;
mod metadata;
mod opening;
mod page_kind;
mod page_title;
mod readable;
#[cfg(test)]
mod tests;
mod walk;

use std::sync::LazyLock;

use dom_query::{Document, Matcher, NodeRef};

use super::document::PageKind;
use super::draft::Draft;
use super::{Facts, Hints};
use crate::article::BlockKind;
use crate::article::address::{WebAddress, absolute};
use metadata::Metadata;
use page_title::folded;
use readable::Extraction;

/// A selector that is read once: feeds have many small pages. None if it cannot be read.
macro_rules! matcher {
    ($selector:expr) => {
        LazyLock::new(|| Matcher::new($selector).ok())
    };
}

/// What is never seen on a page that is shown whole.
static UNSEEN: LazyLock<Option<Matcher>> = matcher!("script, style, noscript, template, nav");

/// Pictures nobody sees, and bars that feeds put under their entries.
static COUNTERS: LazyLock<Option<Matcher>> = matcher!(
    "img[width='1'], img[height='1'], img[width='0'], img[height='0'], .feedflare, .mf-viral, .wp-block-buttons"
);

/// Captions on sites that do not know `figcaption`.
static CAPTIONS: LazyLock<Option<Matcher>> =
    matcher!(".caption, .caption-text, .image-caption, .photo-caption, [class$='__caption']");

/// Bytes of the longest of them.
const MAX_CAPTION: usize = 1000;

/// Reads a page.
pub(super) fn read(words: &str, hints: &Hints) -> (Vec<Draft>, Facts, PageKind) {
    let page = Document::from(caps::cap(words));
    let metadata = Metadata::of(&page);
    let known = hints.url.as_deref().filter(|address| WebAddress::parse(address).is_some());
    // A page that was saved says where it was.
    let address = known.map(str::to_owned).or_else(|| metadata.address(None));
    let base = page.base_uri().and_then(|base| absolute(&base, address.as_deref())).or_else(|| address.clone());
    let base = base.as_deref();
    consent::remove(&page);
    free_article(&page);
    name_captions(&page);
    let kind = page_kind::of(&page, &metadata, readable::is_probably_readable(&page), address.as_deref());
    let found = readable::extract(page.clone(), base);
    let facts = metadata.facts(&found, known);
    let article = found.article.as_ref().map(|document| document.select_single(Extraction::ROOT));
    let root = article.as_ref().and_then(|selection| selection.nodes().first());
    let drafts = match root.filter(|_| kind.is_readable() && !hints.whole) {
        Some(root) => article_drafts(&page, root, &facts, &metadata, base),
        None => whole(&page, base),
    };
    (drafts, facts, kind)
}

/// All words of a piece of a page that is known to hold no more than what is wanted, such as the text of a mail.
pub(super) fn read_piece(html: &str) -> Vec<Draft> {
    whole(&Document::from(caps::cap(html)), None)
}

/// The words of an entry of a feed at `base`: all of it is the article, but for what is never seen and what counts readers.
pub(super) fn read_fragment(html: &str, base: Option<&str>) -> Vec<Draft> {
    let page = Document::from(caps::cap(html));
    remove(&page, COUNTERS.as_ref());
    name_captions(&page);
    whole(&page, base)
}

/// The article with its header.
fn article_drafts(
    page: &Document,
    root: &NodeRef<'_>,
    facts: &Facts,
    metadata: &Metadata,
    base: Option<&str>,
) -> Vec<Draft> {
    let mut drafts = opening::drafts(page, root, facts, metadata.description(), base);
    junk::remove(root, base);
    let mut body = walk::drafts(root, base);
    let title = folded(facts.title.as_deref().unwrap_or_default());
    let repeated = |draft: &Draft| !title.is_empty() && folded(&draft.words) == title;
    let is_heading = |draft: &Draft| matches!(draft.kind, BlockKind::Heading(_));
    // Whatever stands first may repeat the title; further down only a heading does.
    let mut number = 0;
    body.retain(|draft| {
        number += 1;
        !(repeated(draft) && (number <= 3 || is_heading(draft)))
    });
    opening::mark_lines(&mut body, facts);
    closing::trim(&mut body);
    drafts.append(&mut body);
    drafts
}

/// Makes captions of elements that are captions by their class only; Readability would forget the class.
fn name_captions(page: &Document) {
    let Some(captions) = CAPTIONS.as_ref() else { return };
    for caption in page.select_matcher(captions).nodes() {
        if caption.text().len() <= MAX_CAPTION && !caption.ancestors_it(None).any(|around| around.has_name("figure")) {
            caption.rename("figcaption");
        }
    }
}

fn remove(page: &Document, matcher: Option<&Matcher>) {
    if let Some(matcher) = matcher {
        page.select_matcher(matcher).remove();
    }
}

/// All that is seen on the page.
fn whole(page: &Document, base: Option<&str>) -> Vec<Draft> {
    remove(page, UNSEEN.as_ref());
    page.body().map(|body| walk::drafts(&body, base)).unwrap_or_default()
}

/// Readability takes every `aside` out of an article. One that holds most of the running text is the article.
fn free_article(page: &Document) {
    let letters = |node: &NodeRef<'_>| node.text().chars().filter(|c| c.is_alphanumeric()).count();
    let running = |node: &NodeRef<'_>| -> usize {
        node.descendants_it().filter(|inside| inside.has_name("p")).map(|paragraph| letters(&paragraph)).sum()
    };
    let asides = page.select("aside");
    let Some(body) = page.body().filter(|_| asides.exists()) else { return };
    let all = running(&body);
    for aside in asides.nodes() {
        if running(aside) * 2 > all {
            aside.rename("div");
        }
    }
}
