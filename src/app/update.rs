//! How a message changes the state.

use std::sync::Arc;

use ratatui::layout::{Rect, Size};

use crate::article::RowId;
use crate::command::event::TermEvent;
use crate::command::key::{Key, KeyCode};
use crate::command::{
    Added, Answer, BookmarkAnswer, BookmarkJob, Command, Effect, FeedJob, LibraryAnswer, LibraryJob, Lookup, NetAnswer,
    Notice, PageAnswer, Scope, SourceAnswer, TerminalAnswer,
};
use crate::config::RememberedChoices;
use crate::mark::MarkChange;
use crate::panes::bookmarks::Bookmarks;
use crate::panes::prompt::edit_of;
use crate::panes::{Goal, Moment, PaneId};
use crate::query::SavedSearches;
use crate::text::plural;

use super::{Overlay, PaneArea, Regions, State, notices, regions};

/// Something that happened.
#[derive(Debug)]
pub enum Msg {
    /// In the terminal.
    Event(TermEvent),
    /// An effect was answered.
    Answer(Answer),
    /// The system asks the program to end.
    Terminate,
}

/// Changes the state as the message says, and returns what is to be done outside.
pub fn update(state: &mut State, msg: Msg, moment: Moment) -> Vec<Effect> {
    state.shared.moment = moment;
    let mut effects = Vec::new();
    match msg {
        Msg::Event(event) => {
            // Without a terminal nobody can be told any more.
            let is_lost = matches!(event, TermEvent::Lost(_));
            state.event(event, &mut effects);
            if state.quitting && !is_lost {
                state.stay_for_unsaved();
            }
        }
        Msg::Answer(answer) => state.receive(answer, &mut effects),
        Msg::Terminate => state.quitting = true,
    }
    if !state.quitting {
        state.release_keys(&mut effects);
    }
    state.settle(&mut effects);
    if state.quitting {
        state.leave_article(&mut effects);
    }
    effects
}

/// How old the last look at what other programs have written may be when a key is pressed.
const LOOK_AGAIN: jiff::SignedDuration = jiff::SignedDuration::from_secs(2);

/// Asks whether other programs and machines have written anything.
fn refresh(effects: &mut Vec<Effect>) {
    effects.push(Effect::Bookmarks(BookmarkJob::Refresh));
    effects.push(Effect::Library(LibraryJob::Refresh));
    effects.push(Effect::Feeds(FeedJob::Refresh));
}

impl State {
    fn event(&mut self, event: TermEvent, effects: &mut Vec<Effect>) {
        match event {
            TermEvent::Key(key) if self.holds_keys() => self.hold_key(key, effects),
            TermEvent::Key(key) => {
                self.look_for_others(effects);
                self.key(key, effects);
            }
            TermEvent::Mouse(mouse) => self.mouse(mouse, effects),
            TermEvent::Paste(text) => self.paste(&text),
            TermEvent::Resize(width, height) => self.size = Size { width, height },
            TermEvent::FocusGained => refresh(effects),
            TermEvent::FocusLost => {}
            // Without a terminal there is nothing left to do but to end well.
            TermEvent::Lost(_) => self.quitting = true,
        }
    }

    /// Another copy of the program, or a file syncer, may have written bookmarks or marks meanwhile.
    fn look_for_others(&mut self, effects: &mut Vec<Effect>) {
        let now = self.shared.moment.now;
        // A clock that was set back is looked at like one that went on.
        if now.duration_since(self.looked).abs() > LOOK_AGAIN {
            self.looked = now;
            refresh(effects);
        }
    }

    pub(super) fn key(&mut self, key: Key, effects: &mut Vec<Effect>) {
        self.first_page.has_key = true;
        // What concerns the terminal interrupts nothing: neither labels nor keys that were begun.
        let of_terminal = match self.shared.keymap.lookup(Scope::Terminal.chain(), &[key]) {
            Lookup::Run(command) => Some(command),
            Lookup::Pending | Lookup::Miss => None,
        };
        if of_terminal.is_none() && self.press_label(key, effects) {
            return;
        }
        let scope = self.scope();
        self.pending.push(key);
        match self.shared.keymap.lookup(scope.chain(), &self.pending) {
            Lookup::Run(command) => {
                self.pending.clear();
                // Each command takes away what was on the screen. While something is typed it stands in front: they wait.
                let in_front = matches!(scope, Scope::Prompt | Scope::Picker) || of_terminal == Some(command);
                if !in_front {
                    self.notices.drain(..notices::shown(self));
                }
                self.run(command, effects);
            }
            Lookup::Pending => {}
            Lookup::Miss => {
                if let Some(command) = of_terminal {
                    self.pending.pop();
                    return self.run(command, effects);
                }
                let keys = std::mem::take(&mut self.pending);
                match (scope, keys.as_slice()) {
                    (Scope::Prompt | Scope::Picker, [key]) => self.type_key(*key),
                    (Scope::Prompt | Scope::Picker, _) => {}
                    _ => self.tell_of_miss(scope, &keys),
                }
            }
        }
    }

    /// While labels are shown in the page, every key belongs to them.
    fn press_label(&mut self, key: Key, effects: &mut Vec<Effect>) -> bool {
        let shown = self.reader.shows_labels();
        if shown {
            let asks = self.reader.press_label(key.typed());
            self.answer(asks, effects);
        }
        shown
    }

    /// A key that is no command while something is typed: a letter.
    fn type_key(&mut self, key: Key) {
        if let (KeyCode::Char(letter), false, false) = (key.code, key.ctrl, key.alt) {
            self.edit_input(|input| input.insert(letter.encode_utf8(&mut [0; 4])));
        }
    }

    fn paste(&mut self, text: &str) {
        // Only into an input: pasted text is never a command.
        if matches!(self.scope(), Scope::Prompt | Scope::Picker) {
            self.edit_input(|input| input.insert(text));
        }
    }

    fn receive(&mut self, answer: Answer, effects: &mut Vec<Effect>) {
        match answer {
            Answer::Library(answer) => self.receive_from_library(answer, effects),
            Answer::Bookmarks(answer) => self.receive_bookmarks(answer, effects),
            Answer::List(answer) => self.receive_list(answer, effects),
            Answer::Page(answer) => self.receive_about_page(answer, effects),
            Answer::Sources(answer) => self.receive_from_source(answer, effects),
            Answer::Net(NetAnswer::Coming { request, fetching }) => {
                if self.requests.open.is_latest(request) {
                    self.reader.set_fetching(fetching);
                }
            }
            Answer::Feeds(answer) => self.receive_about_feeds(answer, effects),
            Answer::Desk(answer) => self.receive_from_desk(answer, effects),
            Answer::Terminal(TerminalAnswer::NoteEdited { id, note }) => self.set_note(id, &note, effects),
            Answer::Notice(notice) => self.tell(notice),
        }
    }

    fn receive_from_library(&mut self, answer: LibraryAnswer, effects: &mut Vec<Effect>) {
        match answer {
            LibraryAnswer::Changed => self.articles.refresh(),
            LibraryAnswer::Listed => self.articles.let_in(),
            LibraryAnswer::Marked(told) => {
                self.articles.confirm_change();
                if let Some(notice) = told {
                    self.tell(notice);
                }
            }
            LibraryAnswer::Looked(looked) => self.looked_at(looked, effects),
            LibraryAnswer::History(steps) => self.undo.put_marks_before(*steps),
            LibraryAnswer::AnchorStates(states) => {
                self.anchor_states = states;
                self.apply_anchor_states();
                self.with_bookmarks(Bookmarks::refresh);
            }
        }
    }

    fn receive_bookmarks(&mut self, answer: BookmarkAnswer, effects: &mut Vec<Effect>) {
        match answer {
            BookmarkAnswer::Loaded(stored) => self.shelf_loaded(*stored, effects),
            BookmarkAnswer::Saved { ids, result } => self.saved(&ids, result),
            BookmarkAnswer::Changed { records, notices } => self.shelf_changed(&records, notices, effects),
            BookmarkAnswer::CorrectionsSaved(result) => self.corrections_saved(result),
            BookmarkAnswer::SearchesSaved(Ok((searches, done))) => {
                self.set_searches(searches);
                self.tell(Notice::done(done));
            }
            BookmarkAnswer::SearchesSaved(Err(error)) => {
                self.tell(Notice::error(format!("The search is NOT saved: {error}.")));
            }
            BookmarkAnswer::SearchesChanged { searches, notices } => {
                if let Some(searches) = searches {
                    self.set_searches(searches);
                }
                for notice in notices {
                    self.tell(notice);
                }
            }
            BookmarkAnswer::CorrectionsChanged { corrections, notices } => {
                if let Some(corrections) = corrections {
                    self.set_corrections(corrections);
                }
                for notice in notices {
                    self.tell(notice);
                }
            }
        }
    }

    fn set_searches(&mut self, searches: SavedSearches) {
        self.shared.searches = searches;
        self.articles.refresh_sources(&self.shared);
    }

    fn receive_about_page(&mut self, answer: PageAnswer, effects: &mut Vec<Effect>) {
        match answer {
            PageAnswer::Analysed(reply) => {
                if let Some(entities) = self.requests.analyse.accept(reply) {
                    self.reader.set_entities(entities, &self.shared.corrections);
                    self.refresh_entities();
                    self.with_bookmarks(Bookmarks::refresh);
                }
            }
            PageAnswer::Located(reply) => {
                if let Some(located) = self.requests.locate.accept(reply) {
                    self.located(located, effects);
                }
            }
        }
    }

    fn receive_from_source(&mut self, answer: SourceAnswer, effects: &mut Vec<Effect>) {
        match answer {
            SourceAnswer::Named(entry) => self.named(entry, effects),
            SourceAnswer::Page(id) => self.open_named_page(id, effects),
            SourceAnswer::Address(address) => self.find_feeds(address, effects),
            SourceAnswer::Added(result) => self.added(result, effects),
            SourceAnswer::Opened(reply) => {
                if let Some(result) = self.requests.open.accept(reply) {
                    self.opened(result, effects);
                }
            }
            SourceAnswer::FullText(reply) => {
                if let Some(result) = self.requests.open.accept(reply) {
                    self.full_text_came(result, effects);
                }
            }
            SourceAnswer::Completed(reply) => {
                if let Some(completion) = self.requests.complete.accept(reply) {
                    self.completed(completion);
                }
            }
        }
    }

    /// Fits a pane to its window, if it has one.
    pub(super) fn settle_pane(&mut self, pane: PaneId, regions: &Regions) {
        // Beside another pane the scrollbar of the page stands one column further right; the words have the same room.
        let window = |area: PaneArea| Rect { width: area.title.width, ..area.body };
        let area = regions.pane(pane).map_or(Rect::default(), window);
        let (pane, context) = self.pane_mut(pane);
        pane.settle(area, &context);
    }

    /// Brings everything that depends on the size into line with it. Whatever happened, the views may now be drawn.
    pub(super) fn settle(&mut self, effects: &mut Vec<Effect>) {
        let regions = regions(self.size, self);
        self.settle_pane(PaneId::Reader, &regions);
        // The entity under the cursor lights up while it is looked at or walked through; a page that is only read is plain.
        let looked_at = self.focus == PaneId::Entities || self.reader.walks_mentions();
        self.reader.choose(self.entities.under_cursor().filter(|_| looked_at));
        for pane in PaneId::ALL.into_iter().filter(|pane| *pane != PaneId::Reader) {
            self.settle_pane(pane, &regions);
        }
        self.keep_place(effects);
        self.keep_view(effects);
        effects.extend(self.articles.questions(&self.shared));
    }

    /// Hands out how the screen is to be left, when that has changed.
    fn keep_view(&mut self, effects: &mut Vec<Effect>) {
        let choices = RememberedChoices::of(&self.shared.view, &self.configured);
        if self.remembered.as_ref() != Some(&choices) {
            effects.push(Effect::Bookmarks(BookmarkJob::KeepView(choices.to_toml())));
            self.remembered = Some(choices);
        }
    }

    /// Hands out the reader's place when it has changed, and marks the article read when its end was seen.
    fn keep_place(&mut self, effects: &mut Vec<Effect>) {
        let Some(open) = self.reader.open() else { return };
        let (id, row, is_read) = (open.article.id.clone(), open.target.row, open.target.is_read);
        let position = open.position();
        let progress = (position.fraction() * 100.0) as u8;
        let at_end = open.at_end();
        let place = (id.clone(), position.byte);
        if self.kept_place.as_ref() != Some(&place) {
            // Nothing is worth keeping of an article that was only just opened.
            let known = self.kept_place.as_ref().is_some_and(|(kept, _)| *kept == id);
            if known {
                self.moved_in = Some(id.clone());
                effects.push(Effect::Library(LibraryJob::SetPosition { id: id.clone(), position }));
                self.articles.change(row, |entry| entry.progress = progress);
            }
            self.kept_place = Some(place);
        }
        // The end of the beginning is not the end.
        let is_read_now = (self.focus == PaneId::Reader || self.read_on.as_ref() == Some(&id))
            && self.awaits_full_text.as_ref() != Some(&id);
        // What the library does not know yet is asked again when it does.
        if at_end && is_read_now && row != RowId::default() && self.end_seen.as_ref() != Some(&id) {
            self.end_seen = Some(id);
            if !is_read {
                self.mark(Arc::from([row]), MarkChange::Read(true), None, effects);
            }
        }
    }

    /// Says what was added, and opens it if it is a file.
    fn added(&mut self, result: Result<Added, String>, effects: &mut Vec<Effect>) {
        let Added { first, count, folder } = match result {
            Ok(added) => added,
            Err(error) => return self.tell(Notice::error(error)),
        };
        self.articles.let_in();
        // Who types or selects meanwhile goes on with that.
        let busy = matches!(self.scope(), Scope::Prompt | Scope::Picker | Scope::Selecting);
        match folder {
            Some(folder) => {
                let articles = plural::count(count, "article");
                self.tell(Notice::done(format!("Added {articles} from {folder}.")));
                self.articles.follow(first.row);
            }
            None if busy => self.tell(Notice::done(format!("Added “{}” to the list.", first.title))),
            None => {
                self.at_row = Some(first.row);
                self.open_known(first.id, Goal::Kept, effects);
            }
        }
    }

    /// Whether a command can do something now: what footer and palette offer. A key runs its command all the same, which
    /// then says why it cannot.
    pub(crate) fn available(&self, command: Command) -> bool {
        let scope = command.row().scope;
        if let Some(pane) = PaneId::of(scope) {
            let (pane, context) = self.pane(pane);
            return pane.available(command, &context);
        }
        match scope {
            Scope::Picker => matches!(self.overlay, Some(Overlay::Picker(_))),
            Scope::Help => matches!(self.overlay, Some(Overlay::Help(_))),
            Scope::Prompt => self.prompt.is_some() || edit_of(command).is_none(),
            Scope::Global => match command {
                Command::Undo => self.undo.can_undo(),
                Command::Redo => self.undo.can_redo(),
                Command::NextArticle | Command::PreviousArticle => !self.articles.is_empty(),
                _ => true,
            },
            _ => true,
        }
    }
}
