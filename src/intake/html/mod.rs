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
pub(super) mod elements;
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

use dom_query::{Document, Element, NodeRef};

use super::document::PageKind;
use super::draft::Draft;
use super::{Facts, Hints};
use crate::article::BlockKind;
use crate::article::address::{WebAddress, absolute};
use metadata::Metadata;
use page_title::folded;
use readable::Extraction;

/// What is never seen on a page that is shown whole.
const UNSEEN: [&str; 5] = ["script", "style", "noscript", "template", "nav"];

/// Classes of bars that feeds put under their entries.
const BARS: [&str; 3] = ["feedflare", "mf-viral", "wp-block-buttons"];

/// Classes of captions on sites that do not know `figcaption`, and how such a class ends.
const CAPTIONS: [&str; 4] = ["caption", "caption-text", "image-caption", "photo-caption"];
const CAPTION_ENDING: &str = "__caption";

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
    remove(&page, |element| is_counter(element) || classes(element).any(|class| BARS.contains(&class)));
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
    let is_named = |element: &Element| {
        classes(element).any(|class| CAPTIONS.contains(&class))
            || classes(element).last().is_some_and(|class| class.ends_with(CAPTION_ENDING))
    };
    for caption in elements_of(page, is_named) {
        if caption.text().len() <= MAX_CAPTION && !caption.ancestors_it(None).any(|around| around.has_name("figure")) {
            caption.rename("figcaption");
        }
    }
}

/// Whether it is a picture that nobody sees, but whose loading tells that somebody reads.
fn is_counter(element: &Element) -> bool {
    let is_point = |name| attribute(element, name).is_some_and(|pixels| matches!(pixels, "0" | "1"));
    &*element.name.local == "img" && (is_point("width") || is_point("height"))
}

fn remove(page: &Document, is_removed: impl Fn(&Element) -> bool) {
    for node in elements_of(page, is_removed) {
        node.remove_from_parent();
    }
}

/// The elements of a page of which something is true. For a few simple conditions on each of many small pages this is much
/// quicker than a selector.
fn elements_of(page: &Document, is_wanted: impl Fn(&Element) -> bool) -> Vec<NodeRef<'_>> {
    let is_wanted = |node: &NodeRef<'_>| node.element_ref().is_some_and(|element| is_wanted(&element));
    page.root().descendants_it().filter(is_wanted).collect()
}

fn attribute<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    element.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

fn classes(element: &Element) -> impl Iterator<Item = &str> {
    attribute(element, "class").unwrap_or_default().split_ascii_whitespace()
}

/// All that is seen on the page.
fn whole(page: &Document, base: Option<&str>) -> Vec<Draft> {
    remove(page, |element| UNSEEN.contains(&&*element.name.local));
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
