//! `dateline bookmarks locate`: shows where the bookmarks of a source are in its current text.

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;

use super::super::args::LocateArgs;
use super::super::error::{CliError, Exit};
use super::super::output::Style;
use super::super::sources::load_one;
use super::{Context, shelf};
use crate::article::{Article, CodePoints, TextHash};
use crate::bookmark::{Anchor, Anchoring, Bookmark, BookmarkId, Located, Shelf};
use crate::intake::Hints;
use crate::io::texts;
use crate::text::sanitize::one_line;

/// The documented JSON form; see `docs/json.md`.
#[derive(Serialize)]
struct Listing<'a> {
    bookmarks: Vec<LocationRow<'a>>,
}

#[derive(Serialize)]
struct LocationRow<'a> {
    id: String,
    quote: Option<&'a str>,
    state: &'static str,
    start: Option<usize>,
    end: Option<usize>,
    text: Option<&'a str>,
    score: f64,
}

/// Prints where each bookmark of the source is.
pub(super) fn run(context: &mut Context, args: &LocateArgs) -> Result<Exit, CliError> {
    let (article, previous, shelf, complete) = read(context, args)?;
    let mut bookmarks = bookmarks(&article, previous.as_ref(), &shelf);
    // An unplaced passage belongs here if the address is the same, or if the headline is and its words are found.
    let mut doubtful: HashSet<BookmarkId> = HashSet::new();
    for (bookmark, same_address) in shelf.unplaced(&article) {
        doubtful.extend((!same_address).then_some(bookmark.id()));
        bookmarks.push(bookmark);
    }
    bookmarks.sort_unstable_by_key(|bookmark| (bookmark.created(), bookmark.id()));
    let kept = stored_texts(context, &article, previous.as_ref(), &bookmarks)?;
    let given = previous.iter().map(|old| old.body.as_str());
    let olds = kept.values().map(String::as_str).chain(given);
    let anchoring = olds.fold(Anchoring::new(&article.body), Anchoring::with_previous);
    let points = CodePoints::new(article.body.as_str());
    let located = bookmarks.into_iter().map(|bookmark| (bookmark, anchoring.locate(bookmark)));
    let located =
        located.filter(|(bookmark, located)| located.anchor != Anchor::Orphan || !doubtful.contains(&bookmark.id()));
    if args.json {
        let bookmarks =
            located.map(|(bookmark, located)| LocationRow::of(bookmark, located, &article, &points)).collect();
        context.out.json(&Listing { bookmarks })?;
    } else {
        for (bookmark, located) in located {
            if context.out.is_closed() {
                break;
            }
            print(context, bookmark, located, &article)?;
        }
    }
    Ok(if complete { Exit::Success } else { Exit::Partial })
}

/// Reads the source, the previous text if given, and the bookmarks; the flag says whether all of these could be read.
fn read(context: &Context, args: &LocateArgs) -> Result<(Article, Option<Article>, Shelf, bool), CliError> {
    let article = load_one(context, &args.source, Hints::default())?.article;
    let previous = match &args.previous {
        Some(old) => Some(load_one(context, old, Hints::default())?.article),
        None => None,
    };
    let (shelf, complete) = shelf(context)?;
    Ok((article, previous, shelf, complete))
}

/// The bookmarks of the source: its own, and those made in exactly this text or the given previous one.
fn bookmarks<'a>(article: &Article, previous: Option<&Article>, shelf: &'a Shelf) -> Vec<&'a Bookmark> {
    let mut found: Vec<&Bookmark> = shelf.all_of(&article.id, article.body.hash()).collect();
    found.extend(previous.into_iter().flat_map(|old| shelf.all_of(&article.id, old.body.hash())));
    found.sort_unstable_by_key(|bookmark| (bookmark.created(), bookmark.id()));
    found.dedup_by_key(|bookmark| bookmark.id());
    found
}

/// The stored texts that these bookmarks were made in; none if a previous text was given. Texts that cannot be read are
/// reported: without them bookmarks are found less reliably.
fn stored_texts(
    context: &Context,
    article: &Article,
    previous: Option<&Article>,
    bookmarks: &[&Bookmark],
) -> Result<BTreeMap<TextHash, String>, CliError> {
    let mut kept = BTreeMap::new();
    if previous.is_some() {
        return Ok(kept);
    }
    let data_dir = &context.setup.paths()?.data_dir;
    let anchoring = Anchoring::new(&article.body);
    for hash in bookmarks.iter().filter_map(|bookmark| anchoring.wants(bookmark)) {
        if kept.contains_key(&hash) {
            continue;
        }
        match texts::load(data_dir, hash) {
            Ok(Some(text)) => {
                kept.insert(hash, text);
            }
            Ok(None) => {}
            Err(error) => context.note(&format!("an older text could not be used: {error}")),
        }
    }
    Ok(kept)
}

impl<'a> LocationRow<'a> {
    fn of(bookmark: &'a Bookmark, located: Located, article: &'a Article, points: &CodePoints<'_>) -> Self {
        let range = located.anchor.range();
        let place = range.map(|range| points.of_range(range));
        Self {
            id: bookmark.id().to_string(),
            quote: bookmark.quote().map(|quote| quote.exact.as_str()),
            state: state(located.anchor),
            start: place.map(|(start, _)| start),
            end: place.map(|(_, end)| end),
            text: range.map(|range| article.body.slice(range)),
            // More digits would be meaningless.
            score: (located.score * 10_000.0).round() / 10_000.0,
        }
    }
}

fn state(anchor: Anchor) -> &'static str {
    match anchor {
        Anchor::Anchored(_) => "anchored",
        Anchor::Approximate(_) => "approximate",
        Anchor::Orphan => "orphan",
    }
}

/// Prints id and state, the original words, and the current words if they have changed.
fn print(context: &mut Context, bookmark: &Bookmark, located: Located, article: &Article) -> std::io::Result<()> {
    let out = &mut context.out;
    let id = bookmark.id().short();
    let indent = " ".repeat(id.len() + 2);
    let mark = match located.anchor {
        Anchor::Anchored(_) => " ",
        Anchor::Approximate(_) => "≈",
        Anchor::Orphan => "✗",
    };
    out.styled(&format!("{id}  "), Style::Dim)?;
    out.styled(&format!("{mark} {}", state(located.anchor)), Style::Bold)?;
    out.line("")?;
    let words = one_line(bookmark.words());
    let words = if bookmark.quote().is_some() { format!("“{words}”") } else { format!("at: {words}") };
    out.line(&format!("{indent}{words}"))?;
    let now = located.anchor.range().map(|range| one_line(article.body.slice(range)));
    if let Some(now) = now.filter(|now| !now.is_empty() && **now != *one_line(bookmark.words())) {
        out.line(&format!("{indent}now: “{now}”"))?;
    }
    Ok(())
}
