//! The article of an entry, as the feed has it.

use jiff::tz::TimeZone;

use super::{FeedEntry, Markup, ending, ids, plain};
use crate::article::{Article, BlockKind, Published, SourceId};
use crate::intake::draft::{self, Draft};
use crate::intake::{Facts, Hints, bare_links, byline, header, html, plain as plain_text};
use crate::text::fold::fold;

/// Blocks at the top of an entry in which its title and its writers may be repeated.
const TOP: usize = 3;

/// The article of an entry, as the feed has it: its id is that of its page, or one made of its own name and that of the
/// feed, whose address is `feed`; its source is `feed_name`.
///
/// Its words are those of the content, or of the summary if that says more, under the title and the writers' names. An entry
/// without a title is called by its first words.
pub fn article(entry: &FeedEntry, feed: &str, feed_name: &str) -> Article {
    let byline = Some(entry.authors.join(", ")).filter(|names| !names.is_empty());
    let mut drafts = Vec::new();
    drafts.extend(entry.title.as_deref().map(|title| Draft::new(BlockKind::Headline, title)));
    drafts.extend(byline.as_deref().map(|names| Draft::new(BlockKind::Byline, names)));
    let mut body = body(entry);
    if let Some(title) = entry.title.as_deref().map(fold) {
        // Folding takes away blanks and signs without width, but no more than that.
        let is_as_long = |words: &str| words.len() <= (title.len() + 20) * 4;
        remove_repeated(&mut body, |words| is_as_long(words) && fold(words) == title);
    }
    if let Some(names) = byline.as_deref().map(fold) {
        let is_repeated = |own: String| fold(&own) == names;
        remove_repeated(&mut body, |words| byline::of_line(words).is_some_and(is_repeated));
    }
    let is_wordless = body.is_empty() && entry.title.is_none();
    if let Some(place) =
        entry.url.as_deref().or_else(|| Some(entry.enclosures.first()?.url.as_str())).filter(|_| is_wordless)
    {
        body.push(Draft::new(BlockKind::Paragraph, place));
    }
    drafts.append(&mut body);
    let published = entry.published.or(entry.updated);
    let published = published.map(|instant| {
        let day = TimeZone::UTC.to_datetime(instant).date();
        Published { day, instant: Some(instant) }
    });
    let facts = Facts {
        title: entry.title.clone(),
        byline,
        published,
        source: Some(feed_name.to_owned()),
        url: entry.url.clone(),
        language: entry.language.clone(),
    };
    let mut seen = Facts { title: facts.title.clone(), byline: facts.byline.clone(), ..Facts::default() };
    header::recognise(&mut drafts, &mut seen);
    bare_links::add(&mut drafts);
    let id = match &entry.url {
        Some(url) => SourceId::of_web(url),
        None => SourceId::of_entry(feed, &entry.id),
    };
    let facts = Facts { byline: facts.byline.or(seen.byline), ..facts };
    crate::intake::article(draft::assemble(drafts), &facts, &Hints { id: Some(id), ..Hints::default() })
}

/// The id that [`article`] gives an entry with this guid that has no page, if no other entry of its feed has that guid.
pub fn id_without_page(feed: &str, guid: &str) -> SourceId {
    SourceId::of_entry(feed, &ids::of_guid(guid))
}

/// The blocks of whichever says more.
fn body(entry: &FeedEntry) -> Vec<Draft> {
    let says_less = |content: &Markup, summary: &Markup| {
        let enough = plain::size(summary, usize::MAX);
        plain::size(content, enough) < enough
    };
    let markup = match (&entry.content, &entry.summary) {
        (Some(content), Some(summary)) if says_less(content, summary) => summary,
        (Some(markup), _) | (None, Some(markup)) => markup,
        (None, None) => return Vec::new(),
    };
    let mut drafts = if markup.is_html {
        html::read_fragment(&markup.source, markup.base.as_deref())
    } else {
        plain_text::read(&markup.source)
    };
    ending::cut(&mut drafts);
    // A heading of the entry stands under its title.
    for draft in &mut drafts {
        if matches!(draft.kind, BlockKind::Headline) {
            draft.kind = BlockKind::Heading(2);
        }
    }
    drafts
}

/// Takes out a block at the top that only repeats what stands above it.
fn remove_repeated(body: &mut Vec<Draft>, is_repeated: impl Fn(&str) -> bool) {
    let repeated = body.iter().take(TOP).position(|draft| is_repeated(&draft.words));
    if let Some(at) = repeated.filter(|_| body.len() > 1) {
        body.remove(at);
    }
}
