//! The open article: its page, where the reader is in it, and the layers that lie over it.

use std::cell::OnceCell;
use std::sync::Arc;

use crate::article::{Article, Block, CodePoints, Date, Position, Text, TextRange};
use crate::bookmark::{Anchor, AnchorState, Bookmark, BookmarkId, Color, Shelf};
use crate::command::{Loaded, Sighting};
use crate::entity::Entity;
use crate::feed::FromFeed;
use crate::panes::mark_target::MarkTarget;
use crate::text::layout::{Page, PageStyle};

use super::marking::Found;
use super::selection::{Units, is_front};

/// A bookmark of the open article, where it was found in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The bookmark.
    pub id: BookmarkId,
    /// The words; empty for the bookmark of a place.
    pub range: TextRange,
    /// Its colour.
    pub color: Color,
    /// Whether the place is only probably right.
    pub approximate: bool,
}

/// A place of the window that survives another layout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pin {
    /// A byte of the text.
    pub byte: usize,
    /// Lines from the line of that byte to the first in the window: blank lines before it, footnotes after the text.
    offset: isize,
}

/// An article on the page.
#[derive(Clone, Debug)]
pub struct Open {
    /// The article.
    pub article: Arc<Article>,
    /// Its marks: whether it is in the list or not, they are known here.
    pub target: MarkTarget,
    /// Whether this is all of its page, and not the article on it.
    pub is_whole: bool,
    /// What else is known of it if it came from a feed.
    pub from_feed: Option<FromFeed>,
    /// What stands below the writer's name, such as what can be played.
    note: Option<String>,
    /// Its length in words.
    pub words: usize,
    /// The day its file was changed.
    pub guessed_date: Option<Date>,
    /// Who and what it is about, the most salient first; empty until the analysis is done.
    pub entities: Vec<Entity>,
    /// The same before the reader's corrections.
    pub found: Vec<Entity>,
    /// Whether the analysis is done.
    pub analysed: bool,
    /// Its bookmarks, by place.
    pub marks: Vec<Mark>,
    /// Those of its bookmarks that are being looked for, and those that are not in its text.
    pub(super) looked_for: Vec<BookmarkId>,
    pub(super) orphans: Vec<BookmarkId>,
    /// Its sentences.
    sentences: Vec<TextRange>,
    /// Its lines, for the style below.
    page: Page,
    style: PageStyle,
    /// Rows of the window.
    rows: usize,
    /// The first line in the window: where `pin` says, as far as the end of the page allows.
    top: usize,
    /// What the window is pinned to. Only the reader's own moves change it, so no resize loses the place.
    pin: Pin,
}

impl Open {
    /// Lays an article out for the first time, with a note below its writer's name.
    pub fn new(loaded: Loaded, note: Option<String>, style: PageStyle, rows: u16) -> Self {
        let target = MarkTarget::from(&loaded);
        let Loaded { article, words, sentences, position, guessed_date, is_whole, from_feed, .. } = loaded;
        let page = lay_out(&article, note.as_deref(), style);
        let mut open = Self {
            article,
            target,
            is_whole,
            from_feed,
            note,
            words,
            sentences,
            guessed_date,
            entities: Vec::new(),
            found: Vec::new(),
            analysed: false,
            marks: Vec::new(),
            looked_for: Vec::new(),
            orphans: Vec::new(),
            page,
            style,
            rows: usize::from(rows),
            top: 0,
            pin: Pin { byte: position.unwrap_or(0), offset: 0 },
        };
        open.top = open.top_of_pin();
        open
    }

    /// Lays the page out again if its style changed, and keeps the place whatever changed.
    pub fn fit(&mut self, style: PageStyle, rows: u16) {
        if style != self.style {
            self.page = lay_out(&self.article, self.note.as_deref(), style);
            self.style = style;
        }
        self.rows = usize::from(rows);
        self.top = self.top_of_pin();
    }

    /// The lines of the article.
    pub fn page(&self) -> &Page {
        &self.page
    }

    /// The first line in the window.
    pub fn top(&self) -> usize {
        self.top
    }

    /// Rows of the window.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The number of the entity that is named here.
    pub fn entity_at(&self, range: TextRange) -> Option<usize> {
        self.entities.iter().position(|entity| {
            let first = entity.mentions.partition_point(|mention| mention.range < range);
            entity.mentions.get(first).is_some_and(|mention| mention.range == range)
        })
    }

    /// The units of language a selection moves by.
    pub(super) fn units(&self) -> Units<'_> {
        Units { text: &self.article.body, sentences: &self.sentences }
    }

    /// The article's sentences.
    pub fn sentences(&self) -> &[TextRange] {
        &self.sentences
    }

    /// The sentences that say something: not the headline, nor the lines that tell who wrote the article, and when. All
    /// of them where there are no others.
    pub fn sentences_worth_keeping(&self) -> Vec<TextRange> {
        let units = self.units();
        or_all(&self.sentences, |range| !units.is_front(*range))
    }

    /// The blocks that say something, in the same sense.
    pub fn paragraphs_worth_keeping(&self) -> Vec<TextRange> {
        let blocks = self.article.body.blocks();
        let blocks: Vec<&Block> = blocks.iter().filter(|block| !block.range.is_empty()).collect();
        or_all(&blocks, |block| !is_front(&block.kind)).into_iter().map(|block| block.range).collect()
    }

    fn last_top(&self) -> usize {
        self.page.lines.len().saturating_sub(self.rows)
    }

    fn line_of_byte(&self, byte: usize) -> usize {
        if byte == 0 { 0 } else { self.page.line_of(byte) }
    }

    fn top_of_pin(&self) -> usize {
        self.line_of_byte(self.pin.byte).saturating_add_signed(self.pin.offset).min(self.last_top())
    }

    /// Puts a line at the top of the window.
    pub fn scroll_to(&mut self, line: usize) {
        self.top = line.min(self.last_top());
        let byte = if self.top == 0 { 0 } else { self.page.position(self.top) };
        self.pin = Pin { byte, offset: self.top as isize - self.line_of_byte(byte) as isize };
    }

    /// Moves the window by so many lines.
    pub fn scroll_by(&mut self, lines: isize) {
        self.scroll_to(self.top.saturating_add_signed(lines));
    }

    /// Moves the window so that the line of byte `at` is in it with a little air around; stays if it is already.
    pub fn reveal(&mut self, at: usize) {
        let line = self.page.line_of(at);
        let air = (self.rows / 6).min(3);
        if line < self.top + air.min(self.top) || line + air >= self.top + self.rows {
            self.scroll_to(line.saturating_sub(self.rows / 3));
        }
    }

    /// What the window is pinned to.
    pub fn pin(&self) -> Pin {
        self.pin
    }

    /// Goes back to a place where the window was pinned.
    pub fn set_pin(&mut self, pin: Pin) {
        self.pin = pin;
        self.top = self.top_of_pin();
    }

    /// Whether the last line is in the window.
    pub fn at_end(&self) -> bool {
        self.top >= self.last_top()
    }

    /// The bytes that are in the window.
    pub fn in_view(&self) -> TextRange {
        let lines = self.page.lines.iter().skip(self.top).take(self.rows).filter(|line| !line.range.is_empty());
        let (mut start, mut end) = (usize::MAX, 0);
        for line in lines {
            start = start.min(line.range.start);
            end = end.max(line.range.end);
        }
        TextRange::new(start.min(end), end)
    }

    /// The first of `ranges` (sorted) that is wholly in the window, or else partly, or else the next below it.
    pub fn first_in_view(&self, ranges: &[TextRange]) -> Option<TextRange> {
        let view = self.in_view();
        let from = ranges.partition_point(|range| range.end <= view.start);
        let ahead = || ranges.iter().skip(from).copied();
        ahead().take_while(|range| range.start < view.end).find(|range| view.covers(*range)).or_else(|| ahead().next())
    }

    /// How much of the text was read, from 0 to 1: what stands above the window, and all of it once the end is in view.
    /// So it is 0 at the top of an article that is longer than the window, and 1 in one that is not.
    pub fn progress(&self) -> f32 {
        if self.at_end() {
            return 1.0;
        }
        let above = if self.top == 0 { 0 } else { self.page.position(self.top) };
        // Notes of links stand below the text: above them all of it was read, but the end was not seen.
        (above as f32 / self.article.body.len().max(1) as f32).min(0.99)
    }

    /// Where the reader is, to be kept.
    pub fn position(&self) -> Position {
        Position::at(&self.article.body, self.pin.byte)
    }

    /// Whether it is not known yet where this bookmark is.
    pub fn looks_for(&self, id: BookmarkId) -> bool {
        self.looked_for.contains(&id)
    }

    /// Its bookmarks that are being looked for.
    pub fn looked_for(&self) -> &[BookmarkId] {
        &self.looked_for
    }

    /// Whether a bookmark is one of this article's, be it that its words are not in it any more.
    pub fn has(&self, id: BookmarkId) -> bool {
        self.marks.iter().any(|mark| mark.id == id) || self.orphans.contains(&id) || self.looks_for(id)
    }

    /// Its bookmarks that are not in its text.
    pub fn orphans(&self) -> &[BookmarkId] {
        &self.orphans
    }

    /// What is now known of its bookmarks.
    pub fn anchor_states(&self) -> impl Iterator<Item = (BookmarkId, AnchorState)> + '_ {
        let state = |mark: &Mark| if mark.approximate { AnchorState::Approximate } else { AnchorState::Anchored };
        let found = self.marks.iter().map(move |mark| (mark.id, state(mark)));
        found.chain(self.orphans.iter().map(|id| (*id, AnchorState::Orphan)))
    }

    /// Finds this article's bookmarks in its text as far as that takes no time: where their offsets say, and where they
    /// were found before. Returns those that have to be looked for.
    pub(super) fn find_marks(&mut self, shelf: &Shelf, found: &Found) -> Vec<Bookmark> {
        let body = &self.article.body;
        let points = OnceCell::new();
        let (mut marks, mut missing) = (Vec::new(), Vec::new());
        self.orphans.clear();
        let own = shelf.all_of(&self.article.id, body.hash()).map(|bookmark| (bookmark, true));
        for (bookmark, is_own) in own.chain(shelf.unplaced(&self.article)) {
            let (id, attached) = (bookmark.id(), bookmark.attached());
            let here = by_offsets(bookmark, body, &points).map(Anchor::Anchored);
            let here = here.map(|anchor| Sighting { id, attached, anchor: Some(anchor) });
            let seen = here.or_else(|| found.get(bookmark, body.hash()));
            let (range, approximate) = match seen.map(|seen| seen.anchor) {
                Some(Some(Anchor::Anchored(range))) => (range, false),
                Some(Some(Anchor::Approximate(range))) => (range, true),
                Some(Some(Anchor::Orphan)) => {
                    self.orphans.extend(is_own.then_some(bookmark.id()));
                    continue;
                }
                Some(None) => continue,
                None => {
                    missing.push(bookmark.clone());
                    continue;
                }
            };
            marks.push(Mark { id: bookmark.id(), range, color: bookmark.color().clone(), approximate });
        }
        marks.sort_by_key(|mark| (mark.range.start, usize::MAX - mark.range.end));
        self.marks = marks;
        self.looked_for = missing.iter().map(Bookmark::id).collect();
        missing
    }
}

fn lay_out(article: &Article, note: Option<&str>, style: PageStyle) -> Page {
    let mut page = Page::lay_out(&article.body, &style);
    if let Some(note) = note {
        page.put_below_byline(note);
    }
    page
}

/// Those that are wanted, or all of them if none is.
fn or_all<T: Copy>(all: &[T], wanted: impl Fn(&T) -> bool) -> Vec<T> {
    let some: Vec<T> = all.iter().copied().filter(wanted).collect();
    if some.is_empty() { all.to_vec() } else { some }
}

/// Where the offsets of a bookmark say, if it was made in this text and has these words.
fn by_offsets<'a>(bookmark: &Bookmark, body: &'a Text, points: &OnceCell<CodePoints<'a>>) -> Option<TextRange> {
    let (start, end) = bookmark.position().filter(|_| bookmark.text_hash() == Some(body.hash()))?;
    let range = points.get_or_init(|| CodePoints::new(body.as_str())).to_range(start, end);
    let words = bookmark.quote().map_or("", |quote| quote.exact.as_str());
    (body.slice(range) == words).then_some(range)
}
