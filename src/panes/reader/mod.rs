//! The reading pane: the page, searching in it, walking through mentions, and selecting passages.
//!
//! * `open`: the article on the page and the place in it
//! * `note`: what stands below the writer of an article from a feed
//! * `turning`: moving the page
//! * `lit`: the entities in it
//! * `handing_on`: opening it elsewhere, playing, copying
//! * `walking`: searching, and walking through hits and mentions
//! * `selecting`: from keys, labels or the mouse to a bookmark
//! * `selection`: the passage being selected, moved by units of language
//! * `labels`: letters on what is in view
//! * `links`: where a link leads
//! * `marking`: the bookmarks of the open article
//! * `view`: painting layers onto the lines

mod handing_on;
mod labels;
mod links;
mod lit;
mod marking;
mod note;
mod open;
mod selecting;
mod selection;
mod turning;
mod view;
mod walking;

use std::collections::BTreeSet;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::article::{BlockKind, RowId, TextRange};
use crate::bookmark::BookmarkId;
use crate::command::{Command, Fetching, Loaded, Notice, Scope};
use crate::config::{MEASURE, ViewChoices};
use crate::feed::{FeedText, FromFeed};
use crate::mark::MarkChange;
use crate::query::ArticleQuery;
use crate::text::language::is_english;
use crate::text::layout::PageStyle;
use crate::text::sanitize::one_line;
use crate::ui::Move;

pub use handing_on::play;
use labels::Labels;
use marking::Found;
pub use marking::accept;
use note::note;
pub use open::{Mark, Open, Pin};
use selection::{End, Selection, Unit};

use super::mark_target::MarkTarget;
use super::marks;
use super::picker::Picker;
use super::prompt::{Prompt, Purpose};
use super::{Ask, Context, Pane, PaneId, Shared};

/// What `n` and `N` walk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Walk {
    /// Nothing was asked for yet.
    #[default]
    Nothing,
    /// The hits of the last search.
    Hits,
    /// The mentions of the chosen entity.
    Mentions,
}

/// What a search in the article began with.
#[derive(Clone, Debug)]
struct BeforeSearch {
    pin: Pin,
    needle: String,
    query: ArticleQuery,
    hits: Vec<TextRange>,
    walk: Walk,
    current: Option<TextRange>,
}

/// The reading pane.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    open: Option<Open>,
    /// An article was asked for and has not come yet.
    awaiting: bool,
    /// The article that was asked for is on its way from the web.
    fetching: Option<Fetching>,
    /// What was searched for, and where it was found.
    needle: String,
    /// The search of the library that led here; its words are lit until others are looked for.
    query: ArticleQuery,
    hits: Vec<TextRange>,
    walk: Walk,
    /// The place, and what was walked, before the words being typed were looked for.
    before_search: Option<BeforeSearch>,
    /// The hit or mention the page is at.
    current: Option<TextRange>,
    /// The entity under the cursor of the entities pane.
    chosen: Option<usize>,
    /// Entities that are kept lit.
    lit: BTreeSet<usize>,
    selection: Option<Selection>,
    last_selection: Option<TextRange>,
    /// The bookmark that the selected words are for, if it is not a new one.
    attaching: Option<BookmarkId>,
    /// Where bookmarks were found.
    found: Found,
    labels: Option<Labels>,
    /// Where a drag of the mouse began.
    drag: Option<usize>,
    /// Rows and style the page has to fit into.
    rows: u16,
    style: Option<PageStyle>,
}

/// Columns left of the words (the gutter with its marks) and right of them (air and scrollbar).
pub(super) const GUTTER: u16 = 2;
const RIGHT: u16 = 2;

impl Reader {
    /// The article on the page.
    pub fn open(&self) -> Option<&Open> {
        self.open.as_ref()
    }

    /// An article was asked for, or the one asked for will not come.
    pub fn set_awaiting(&mut self, awaiting: bool) {
        self.awaiting = awaiting;
        self.fetching = None;
    }

    /// The article that was asked for is on its way from the web.
    pub fn set_fetching(&mut self, fetching: Fetching) {
        self.fetching = Some(fetching);
    }

    /// Whether an article is on its way from the web.
    pub fn is_fetching(&self) -> bool {
        self.fetching.is_some()
    }

    /// How far the article is that is on its way from the web.
    fn fetching_status(&self) -> Option<String> {
        let Fetching { host, bytes } = self.fetching.as_ref()?;
        let come = if *bytes == 0 { String::new() } else { format!(" {} kB", bytes.div_ceil(1000)) };
        Some(format!("Fetching {}…{come}; Esc cancels", one_line(host)))
    }

    /// What is to be typed while labels are shown: a long form and a short one.
    pub fn labels_prompt(&self) -> Option<(&'static str, &'static str)> {
        self.labels.as_ref().map(Labels::prompt)
    }

    /// The open article is shown in another way, or was read anew: what is known of it but its words.
    pub fn set_whole(&mut self, is_whole: bool) {
        if let Some(open) = &mut self.open {
            open.is_whole = is_whole;
        }
    }

    /// What is known of the open article from its feed.
    pub fn set_from_feed(&mut self, from_feed: Option<FromFeed>) {
        if let Some(open) = &mut self.open {
            open.from_feed = from_feed;
        }
    }

    /// Which text of an article from a feed this is has changed: another one is kept too.
    pub fn set_feed_text(&mut self, text: FeedText) {
        if let Some(from_feed) = self.open.as_mut().and_then(|open| open.from_feed.as_mut()) {
            from_feed.text = text;
        }
    }

    /// Whether an article was asked for and has not come.
    pub fn is_awaiting(&self) -> bool {
        self.awaiting
    }

    /// Puts an article on the page, without its bookmarks: [`Self::find_marks`] finds them.
    pub fn show(&mut self, loaded: Loaded, shared: &Shared) {
        let style = self.style.unwrap_or(PageStyle { measure: shared.view.measure, justify: false, hyphenate: false });
        let play = shared.keymap.named(Command::Play);
        let note = loaded.from_feed.as_ref().and_then(|from_feed| note(&loaded.article, from_feed, &play));
        let open = Open::new(loaded, note, style, self.rows);
        let found = std::mem::take(&mut self.found);
        *self = Self { open: Some(open), found, rows: self.rows, style: Some(style), ..Self::default() };
    }

    /// What is known of the marks of the open article.
    pub fn set_target(&mut self, target: MarkTarget) {
        if let Some(open) = &mut self.open {
            open.target = target;
        }
    }

    /// Articles were marked, perhaps the open one among them.
    pub fn mark(&mut self, rows: &[RowId], change: &MarkChange) {
        if let Some(open) = self.open.as_mut().filter(|open| rows.contains(&open.target.row)) {
            open.target.apply(change);
        }
    }

    /// The patterns for breaking words are those of English.
    fn hyphenates(&self, shared: &Shared) -> bool {
        let language = self.open.as_ref().and_then(|open| open.article.language.as_deref());
        shared.settings.hyphenate && language.is_none_or(is_english)
    }

    /// Whether labels are shown in the page.
    pub fn shows_labels(&self) -> bool {
        self.labels.is_some()
    }

    /// Takes the labels away.
    pub fn drop_labels(&mut self) {
        self.labels = None;
    }

    /// Shows the page at these words, and marks them.
    pub fn show_words(&mut self, range: TextRange) {
        self.current = Some(range);
        self.go_to(range);
    }

    /// Shows the page at these words.
    pub fn go_to(&mut self, range: TextRange) {
        if let Some(open) = &mut self.open {
            open.reveal(range.start);
        }
    }

    /// The mention the page is at.
    pub fn current(&self) -> Option<TextRange> {
        self.current
    }

    fn reselect(&mut self) -> Vec<Ask> {
        self.selection = self.last_selection.map(|range| Selection::new(range, Unit::Sentence));
        if self.selection.is_none() {
            return vec![Ask::Tell(Notice::hint("Nothing was selected in this article yet."))];
        }
        self.keep_selection_in_view();
        vec![Ask::Focus(PaneId::Reader)]
    }

    fn show_bookmark_here(&self, shared: &Shared) -> Ask {
        if let Some(id) = self.bookmark_in_view() {
            return self.card(id, shared);
        }
        let next = shared.keymap.named(Command::NextBookmark);
        Ask::Tell(Notice::hint(format!("No bookmark is in view; {next} goes to the next one.")))
    }

    fn outline(&self) -> Vec<Ask> {
        let Some(open) = &self.open else { return Vec::new() };
        let body = &open.article.body;
        let headings = body.blocks().iter().filter_map(|block| match block.kind {
            BlockKind::Headline => Some((1, body.slice(block.range).to_owned(), block.range)),
            BlockKind::Heading(level) => Some((level, body.slice(block.range).to_owned(), block.range)),
            _ => None,
        });
        let picker = Picker::outline(headings);
        if picker.is_empty() {
            return vec![Ask::Tell(Notice::hint("This article has no headings."))];
        }
        vec![Ask::Pick(picker)]
    }
}

impl Pane for Reader {
    fn scope(&self) -> Scope {
        if self.selection.is_some() { Scope::Selecting } else { Scope::Reader }
    }

    fn title(&self, columns: u16) -> String {
        self.progress_title(columns)
    }

    fn available(&self, command: Command, _context: &Context<'_>) -> bool {
        let Some(open) = &self.open else { return false };
        match command {
            Command::NextHit | Command::PreviousHit => match self.walk {
                Walk::Nothing => false,
                Walk::Hits => !self.hits.is_empty(),
                Walk::Mentions => true,
            },
            Command::NextBookmark | Command::PreviousBookmark | Command::ShowBookmarkHere => !open.marks.is_empty(),
            Command::OpenInBrowser => open.article.url.is_some(),
            Command::ToggleFullText => open.from_feed.is_some(),
            Command::OpenComments => open.from_feed.as_ref().is_some_and(|from_feed| from_feed.comments.is_some()),
            Command::Play => open.from_feed.as_ref().is_some_and(|from_feed| from_feed.playable().is_some()),
            Command::ReadInEncoding => open.article.id.file_path().is_some(),
            Command::LabelLinks => !open.page().links.is_empty(),
            Command::Reselect => self.last_selection.is_some(),
            // The words are for a bookmark that has its colour, note and tags.
            command if self.attaching.is_some() && is_save(command) => command == Command::SaveSelection,
            _ if command.row().scope == Scope::Selecting => self.selection.is_some(),
            _ => true,
        }
    }

    fn update(&mut self, command: Command, context: &Context<'_>) -> Option<Vec<Ask>> {
        let scope = command.row().scope;
        if PaneId::of(scope) != Some(PaneId::Reader) {
            return None;
        }
        let Some(open) = &self.open else {
            return Some(vec![Ask::Tell(Notice::hint("No article is open yet."))]);
        };
        let (target, is_whole) = (open.target.clone(), open.is_whole);
        let shared = context.shared;
        if scope == Scope::Selecting {
            return self.select(command, shared);
        }
        if self.turn(command) {
            return Some(Vec::new());
        }
        Some(match command {
            Command::NextHit => self.step(true, shared).map(Ask::Tell).into_iter().collect(),
            Command::PreviousHit => self.step(false, shared).map(Ask::Tell).into_iter().collect(),
            Command::SelectSentence => self.begin_selection(true),
            Command::SelectParagraph => self.begin_selection(false),
            Command::LabelSentences | Command::LabelParagraphs | Command::LabelLinks => self.show_labels(command),
            Command::Reselect => self.reselect(),
            Command::BookmarkPlace => self.bookmark_place(shared),
            Command::NextBookmark => self.step_bookmark(true, shared),
            Command::PreviousBookmark => self.step_bookmark(false, shared),
            Command::ShowBookmarkHere => vec![self.show_bookmark_here(shared)],
            Command::Outline => self.outline(),
            Command::ReadInEncoding => vec![self.ask_for_encoding()],
            Command::OpenInBrowser => self.open_in_browser(),
            Command::ToggleFullText => vec![Ask::SwitchText],
            Command::OpenComments => self.open_comments(),
            Command::Play => self.play(),
            Command::Pipe => vec![Ask::Type(Prompt::new(Purpose::Pipe(None), shared.pipe.clone()))],
            Command::ShowWhole => vec![Ask::Reload { whole: !is_whole }],
            Command::FetchAgain => vec![Ask::Reload { whole: is_whole }],
            Command::CopyReference => self.copy_reference(),
            Command::NarrowMeasure => set_measure(&shared.view, shared.view.measure.saturating_sub(MEASURE_STEP)),
            Command::WidenMeasure => set_measure(&shared.view, shared.view.measure.saturating_add(MEASURE_STEP)),
            Command::ReaderToggleRead => vec![marks::toggle_read(&[target])],
            Command::ReaderToggleStar => vec![marks::toggle_star(&[target])],
            Command::ReaderTagArticle => vec![marks::ask_for_tags(vec![target])],
            _ => return None,
        })
    }

    /// The page has no cursor.
    fn go(&mut self, _to: Move) {}

    fn wheel(&mut self, notches: isize) {
        if let Some(open) = &mut self.open {
            open.scroll_by(notches.saturating_mul(NOTCH));
        }
    }

    /// Does nothing while nothing changed. What is not on the screen keeps the lines it has.
    fn settle(&mut self, area: Rect, context: &Context<'_>) {
        if area.is_empty() {
            return;
        }
        let shared = context.shared;
        let room = area.width.saturating_sub(GUTTER + RIGHT).max(1);
        let style = PageStyle {
            measure: shared.view.measure.min(room),
            justify: shared.settings.justify,
            hyphenate: self.hyphenates(shared),
        };
        self.rows = area.height;
        if let Some(open) = &mut self.open {
            open.fit(style, area.height);
        }
        self.style = Some(style);
    }

    fn click(&mut self, at: Position, area: Rect, _context: &Context<'_>) -> Vec<Ask> {
        self.drag_to(at, area, true);
        Vec::new()
    }

    fn drag(&mut self, at: Position, area: Rect) {
        self.drag_to(at, area, false);
    }

    fn view(&self, context: &Context<'_>, focused: bool, area: Rect, buf: &mut Buffer) {
        self.draw(context.shared, focused, area, buf);
    }

    fn filter(&self) -> &str {
        self.needle()
    }

    fn set_filter(&mut self, filter: &str, _context: &Context<'_>) {
        self.search(filter);
    }

    fn begin_filter(&mut self) {
        self.begin_search();
    }

    fn end_filter(&mut self, filter: &str, _context: &Context<'_>) -> Option<Notice> {
        self.search(filter);
        self.end_search();
        None
    }

    fn filter_status(&self) -> Option<String> {
        self.search_status()
    }

    fn cancel_filter(&mut self, _before: &str, _context: &Context<'_>) {
        self.cancel_search();
    }

    fn clear(&mut self, _context: &Context<'_>) {
        self.drop_search();
    }

    fn status(&self) -> Option<String> {
        self.selection_status().or_else(|| self.fetching_status()).or_else(|| self.search_status())
    }

    /// The row of the window below which nothing of the passage stands that a card is about: the one gone to, or the
    /// first bookmark in view.
    fn asked_about(&self, _area: Rect, _context: &Context<'_>) -> Option<u16> {
        let open = self.open.as_ref()?;
        let gone_to = self.current.filter(|current| open.in_view().overlaps(*current));
        let mark = || {
            let id = self.bookmark_in_view()?;
            open.marks.iter().find(|mark| mark.id == id).map(|mark| mark.range)
        };
        let range = gone_to.or_else(mark)?;
        let line = open.page().line_of(range.end.saturating_sub(1).max(range.start));
        u16::try_from(line.saturating_sub(open.top())).ok()
    }
}

/// Lines a notch of the wheel moves the page.
const NOTCH: isize = 3;

/// Columns by which the measure is changed.
const MEASURE_STEP: u16 = 4;

fn set_measure(view: &ViewChoices, wanted: u16) -> Vec<Ask> {
    let measure = wanted.clamp(*MEASURE.start(), *MEASURE.end());
    let told = format!("The page is {measure} columns wide where there is room.");
    vec![Ask::SetView(ViewChoices { measure, ..view.clone() }), Ask::Tell(Notice::hint(told))]
}

/// Whether a command of the selecting scope makes a bookmark.
fn is_save(command: Command) -> bool {
    let saves = [Command::SaveSelection, Command::SaveWithNote, Command::SaveWithTags];
    saves.contains(&command) || command.row().scope == Scope::Selecting && command.color().is_some()
}
