//! Carries out commands: those of a pane go to the pane, whichever has the focus; the rest are here.

use crate::command::{BookmarkJob, Command, DeskJob, Effect, ListJob, Notice, Scope, TerminalJob};
use crate::panes::articles::known_folders;
use crate::panes::bookmarks::Bookmarks;
use crate::panes::help::Help;
use crate::panes::picker::Pick;
use crate::panes::prompt::{Prompt, Purpose};
use crate::panes::{Ask, Change, Column, Context, PaneId};
use crate::text::sanitize::one_line;
use crate::ui::Move;

use super::{Overlay, State, regions};

impl State {
    /// Carries out a command.
    pub(super) fn run(&mut self, command: Command, effects: &mut Vec<Effect>) {
        if !self.carry_out(command, effects) {
            // A test sees to it that this is never said: every row of the table has somebody who carries it out.
            self.tell(Notice::error(format!("Nothing here knows the command “{}”.", command.row().id)));
        }
    }

    /// Carries out a command; whether there was anybody to do it.
    pub(crate) fn carry_out(&mut self, command: Command, effects: &mut Vec<Effect>) -> bool {
        let scope = command.row().scope;
        if let Some(pane) = PaneId::of(scope) {
            let (pane, context) = self.pane_mut(pane);
            let Some(asks) = pane.update(command, &context) else { return false };
            self.answer(asks, effects);
            return true;
        }
        match scope {
            Scope::List => self.move_cursor(command),
            Scope::Help => self.run_in_help(command),
            Scope::Picker | Scope::Prompt => self.run_while_typing(command, effects),
            _ => self.run_anywhere(command, effects),
        }
    }

    /// Does what a pane asks for.
    pub(super) fn answer(&mut self, asks: Vec<Ask>, effects: &mut Vec<Effect>) {
        for ask in asks {
            match ask {
                Ask::Open(id, goal) => self.open(id, goal, effects),
                Ask::ReadIn(encoding) => self.read_in(encoding, effects),
                Ask::Reload { whole } => self.reload(whole, effects),
                Ask::SwitchText => self.switch_text(effects),
                Ask::Make(change, told) => self.make(change, told, effects),
                Ask::Correct(correction) => {
                    let edit = self.shared.corrections.correcting(correction.clone());
                    self.make(Change::Corrections(edit), format!("From now on {correction}"), effects);
                }
                Ask::Do(effect) => {
                    if let Effect::Desk(DeskJob::OpenUrl(address) | DeskJob::Play(address)) = &effect {
                        // Whether what was started fails is known a moment later.
                        self.tell(Notice::hint(format!("Opening {}…", one_line(address))));
                    }
                    effects.push(effect);
                }
                Ask::Tell(notice) => self.tell(notice),
                Ask::Focus(pane) => self.set_focus(pane),
                Ask::ShowPage => {
                    if regions(self.size, self).pane(PaneId::Reader).is_none() {
                        self.set_focus(PaneId::Reader);
                        // What is asked for next is looked for in the page as it will be seen.
                        self.settle_pane(PaneId::Reader, &regions(self.size, self));
                    }
                }
                Ask::ShowWords(range) => self.reader.show_words(range),
                Ask::WalkMentions { entity, forward } => {
                    if let Some(told) = self.reader.walk_mentions(entity, forward, &self.shared) {
                        self.tell(told);
                    }
                }
                Ask::KeepLit(entity) => self.reader.keep_lit(entity),
                Ask::ReadOn(id, row) => self.read_on(id, row, effects),
                Ask::MarkRead { through } => self.ask_for_unread(through, effects),
                Ask::MarkAnswersRead(query) => self.ask_for_answers_unread(query, effects),
                Ask::Type(prompt) => self.begin_typing(prompt, effects),
                Ask::Pick(picker) => self.overlay = Some(Overlay::Picker(picker)),
                Ask::ShowBookmark(id) => {
                    self.with_bookmarks(|bookmarks, context| bookmarks.show(id, context));
                    self.set_focus(PaneId::Bookmarks);
                }
                Ask::SetView(view) => {
                    self.shared.view = view;
                    self.refresh_entities();
                }
            }
        }
    }

    /// Does something with the bookmarks pane.
    pub(super) fn with_bookmarks(&mut self, act: impl FnOnce(&mut Bookmarks, &Context<'_>)) {
        act(&mut self.bookmarks, &Context { shared: &self.shared, page: Some(&self.reader) });
    }

    /// The rows of the entities pane are made anew: the article, its analysis or what is hidden changed.
    pub(super) fn refresh_entities(&mut self) {
        self.entities.refresh(&Context { shared: &self.shared, page: Some(&self.reader) });
    }

    /// Moves the cursor of the list that has the focus.
    fn move_cursor(&mut self, command: Command) -> bool {
        let area = regions(self.size, self).pane(self.focus);
        let rows = area.map_or(1, |area| area.body.height.max(1)) as isize;
        // Rows of these lists are about three screen rows high.
        let page = (rows / 3).max(1);
        let to = match command {
            Command::CursorDown => Move::Down,
            Command::CursorUp => Move::Up,
            Command::CursorTop => Move::Top,
            Command::CursorEnd => Move::End,
            Command::CursorHalfDown => Move::By((page / 2).max(1)),
            Command::CursorHalfUp => Move::By(-(page / 2).max(1)),
            Command::CursorPageDown => Move::By(page),
            Command::CursorPageUp => Move::By(-page),
            _ => return false,
        };
        self.pane_mut(self.focus).0.go(to);
        true
    }

    fn run_in_help(&mut self, command: Command) -> bool {
        let area = regions(self.size, self).overlay;
        let Some(Overlay::Help(help)) = &mut self.overlay else { return false };
        match command {
            Command::FilterHelp => self.prompt = Some(Prompt::blank(Purpose::FilterHelp, help.filter())),
            Command::CloseHelp => self.overlay = None,
            command => return help.scroll(command, &self.shared.keymap, area),
        }
        true
    }

    fn run_anywhere(&mut self, command: Command, effects: &mut Vec<Effect>) -> bool {
        match command {
            Command::ShowHelp => {
                let area = regions(self.size, self).overlay;
                self.overlay = Some(Overlay::Help(Help::at(self.scope(), &self.shared.keymap, area)));
            }
            // Who waits for a page wants to wait no longer; nothing else is meant.
            Command::Clear | Command::Quit if self.reader.is_fetching() => self.stop_fetching(effects),
            Command::Clear if self.focus == PaneId::Articles && self.is_fetching_feeds() => {
                self.stop_fetching_feeds(effects);
            }
            Command::Suspend => effects.push(Effect::Terminal(TerminalJob::Suspend)),
            Command::Redraw => effects.push(Effect::Terminal(TerminalJob::Redraw)),
            Command::Quit => self.quitting = true,
            Command::Find => self.find(effects),
            Command::NextPane => self.cycle(1),
            Command::PreviousPane => self.cycle(PaneId::ALL.len() - 1),
            Command::PaneLeft => self.set_focus(match self.focus.column() {
                Column::Left | Column::Page => PaneId::Articles,
                Column::Right => PaneId::Reader,
            }),
            Command::PaneRight => self.set_focus(match self.focus.column() {
                Column::Left => PaneId::Reader,
                Column::Page | Column::Right => self.side,
            }),
            Command::ArticleBookmarks | Command::AllBookmarks => {
                let all = command == Command::AllBookmarks;
                let in_view = self.reader.bookmark_in_view().filter(|_| !all);
                self.with_bookmarks(|bookmarks, context| {
                    bookmarks.set_all(all, context);
                    if let Some(id) = in_view {
                        bookmarks.show(id, context);
                    }
                });
                self.set_focus(PaneId::Bookmarks);
                if all {
                    effects.push(Effect::Bookmarks(BookmarkJob::Refresh));
                }
            }
            Command::NextArticle | Command::PreviousArticle | Command::NextUnread | Command::PreviousUnread => {
                let forward = matches!(command, Command::NextArticle | Command::NextUnread);
                let unread = matches!(command, Command::NextUnread | Command::PreviousUnread);
                self.ask_for_neighbour(forward, unread, effects);
            }
            Command::HistoryBack | Command::HistoryForward => {
                match self.history.step(command == Command::HistoryForward) {
                    Some(id) => self.open_again(id, effects),
                    None => self.tell(Notice::hint("The reading history ends here.")),
                }
            }
            Command::Undo => self.undo(effects),
            Command::Redo => self.redo(effects),
            Command::Zen => {
                self.set_focus(PaneId::Reader);
                self.shared.view.zen = !self.shared.view.zen;
            }
            Command::Palette => self.open_palette(),
            Command::Clear => self.clear(),
            Command::Back => self.back(),
            _ => return false,
        }
        true
    }

    /// Carries out what was picked from a list.
    pub(super) fn picked(&mut self, pick: Pick, effects: &mut Vec<Effect>) {
        self.overlay = None;
        match pick {
            Pick::Run(command) => self.run_from_palette(command, effects),
            Pick::GoTo(range) => {
                self.reader.go_to(range);
                self.set_focus(PaneId::Reader);
            }
            Pick::Ask(ask) => self.answer(vec![*ask], effects),
        }
    }

    /// Asks for a line; tags to complete it with come from the shelf, or from the library.
    fn begin_typing(&mut self, prompt: Prompt, effects: &mut Vec<Effect>) {
        let known = if prompt.takes_tags() {
            self.shared.shelf.tags()
        } else if prompt.takes_folders() {
            known_folders(&self.shared)
        } else {
            Vec::new()
        };
        if prompt.takes_article_tags() {
            effects.push(Effect::List(ListJob::Tags));
        }
        self.prompt = Some(Prompt { known, ..prompt });
    }

    fn find(&mut self, effects: &mut Vec<Effect>) {
        let (pane, _) = self.pane_mut(self.focus);
        let is_in_drawer = pane.scope() == Scope::Sources;
        pane.begin_filter();
        let before = pane.filter().to_owned();
        let purpose = if is_in_drawer { Purpose::FindSource } else { Purpose::Find(self.focus) };
        let prompt = Prompt::blank(purpose, before);
        self.begin_typing(prompt, effects);
    }

    fn cycle(&mut self, by: usize) {
        let at = PaneId::ALL.iter().position(|pane| *pane == self.focus).unwrap_or(0);
        if let Some(pane) = PaneId::ALL.get((at + by) % PaneId::ALL.len()) {
            self.set_focus(*pane);
        }
    }

    /// Takes away what lies over the page and what narrows the lists. Who walked hits in the page keeps the list that led
    /// there.
    fn clear(&mut self) {
        if self.focus == PaneId::Reader && self.reader.has_hits() {
            self.reader.drop_search();
            return;
        }
        for pane in PaneId::ALL {
            let (pane, context) = self.pane_mut(pane);
            pane.clear(&context);
        }
    }

    /// One step back; from the first step the program ends.
    fn back(&mut self) {
        match self.focus.column() {
            _ if self.shared.view.zen => self.shared.view.zen = false,
            _ if self.back_quits() => self.quitting = true,
            Column::Right => self.set_focus(PaneId::Reader),
            Column::Page | Column::Left => self.set_focus(PaneId::Articles),
        }
    }

    /// Whether `q` would end the program now.
    pub(super) fn back_quits(&self) -> bool {
        !self.shared.view.zen
            && match self.focus.column() {
                // The drawer has keys of its own that close it.
                Column::Left => self.pane(self.focus).0.scope() != Scope::Sources,
                Column::Page => !self.from_list,
                Column::Right => false,
            }
    }
}
