//! Carries out commands: those of a pane go to the pane, whichever has the focus; the rest are here.

use crate::command::{BookmarkJob, Command, Effect, Notice, Scope, TerminalJob};
use crate::panes::help::Help;
use crate::panes::picker::Pick;
use crate::panes::prompt::{Prompt, Purpose};
use crate::panes::{Ask, Change, Goal, PaneId};
use crate::ui::Move;

use super::{Overlay, State, regions};

impl State {
    /// Carries out a command.
    pub(super) fn run(&mut self, command: Command, effects: &mut Vec<Effect>) {
        let asks = match command.row().scope {
            Scope::Articles => self.articles.update(command),
            Scope::Reader | Scope::Selecting => self.run_in_reader(command),
            Scope::Entities => self.entities.update(command, &self.shared, &mut self.reader),
            Scope::Bookmarks => self.bookmarks.update(command, &self.shared, self.reader.open()),
            Scope::List => return self.move_cursor(command),
            Scope::Help => return self.run_in_help(command),
            Scope::Picker | Scope::Prompt => return self.run_while_typing(command, effects),
            Scope::Global | Scope::Always | Scope::Terminal => return self.run_anywhere(command, effects),
        };
        self.answer(asks, effects);
    }

    fn run_in_reader(&mut self, command: Command) -> Vec<Ask> {
        match command {
            Command::ReaderToggleRead | Command::ReaderToggleStar => {
                let id = self.reader.open().map(|open| open.article.id.clone());
                let entry = id.and_then(|id| self.articles.entry(&id));
                let toggle = match command {
                    Command::ReaderToggleRead => crate::panes::articles::toggle_read,
                    _ => crate::panes::articles::toggle_star,
                };
                entry.map(toggle).into_iter().collect()
            }
            _ => self.reader.update(command, &self.shared),
        }
    }

    /// Does what a pane asks for.
    pub(super) fn answer(&mut self, asks: Vec<Ask>, effects: &mut Vec<Effect>) {
        for ask in asks {
            match ask {
                Ask::Open(id, goal) => self.open(id, goal, effects),
                Ask::Make(change, told) => self.make(change, told, effects),
                Ask::Correct(correction) => {
                    let edit = self.shared.corrections.correcting(correction.clone());
                    self.make(Change::Corrections(edit), format!("From now on {correction}"), effects);
                }
                Ask::Do(effect) => effects.push(effect),
                Ask::Tell(notice) => self.tell(notice),
                Ask::Focus(pane) => self.set_focus(pane),
                Ask::ShowPage => {
                    if regions(self.size, self).pane(PaneId::Reader).is_none() {
                        self.set_focus(PaneId::Reader);
                        // What is shown was looked for in a page of another size.
                        self.settle_page();
                        if let Some(current) = self.reader.current() {
                            self.reader.go_to(current);
                        }
                    }
                }
                Ask::Type(prompt) => {
                    let tags =
                        if matches!(prompt.purpose, Purpose::Tags(_)) { self.shared.shelf.tags() } else { Vec::new() };
                    self.prompt = Some(Prompt { tags, ..prompt });
                }
                Ask::Pick(picker) => self.overlay = Some(Overlay::Picker(picker)),
                Ask::ShowBookmark(id) => {
                    self.bookmarks.show(id, &self.shared, self.reader.open());
                    self.set_focus(PaneId::Bookmarks);
                }
                Ask::SetMeasure(measure) => {
                    self.shared.settings.measure = measure;
                    self.tell(Notice::hint(format!("The page is {measure} columns wide where there is room.")));
                }
            }
        }
    }

    /// Moves the cursor of the list that has the focus.
    fn move_cursor(&mut self, command: Command) {
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
            _ => Move::By(-page),
        };
        match self.focus {
            PaneId::Articles => self.articles.go(to),
            PaneId::Entities => self.entities.go(to),
            PaneId::Bookmarks => self.bookmarks.go(to),
            PaneId::Reader => {}
        }
    }

    fn run_in_help(&mut self, command: Command) {
        let area = regions(self.size, self).overlay;
        match (&mut self.overlay, command) {
            (Some(Overlay::Help(help)), Command::FilterHelp) => {
                self.prompt = Some(Prompt::blank(Purpose::FilterHelp, help.filter()));
            }
            (Some(Overlay::Help(_)), Command::CloseHelp) => self.overlay = None,
            (Some(Overlay::Help(help)), command) => help.update(command, &self.shared.keymap, area),
            _ => {}
        }
    }

    fn run_anywhere(&mut self, command: Command, effects: &mut Vec<Effect>) {
        match command {
            Command::ShowHelp => {
                let area = regions(self.size, self).overlay;
                self.overlay = Some(Overlay::Help(Help::at(self.scope(), &self.shared.keymap, area)));
            }
            Command::Suspend => effects.push(Effect::Terminal(TerminalJob::Suspend)),
            Command::Redraw => effects.push(Effect::Terminal(TerminalJob::Redraw)),
            Command::Quit => self.quitting = true,
            Command::Find => self.find(),
            Command::NextPane => self.cycle(1),
            Command::PreviousPane => self.cycle(PaneId::ALL.len() - 1),
            Command::PaneLeft => self.set_focus(match self.focus {
                PaneId::Articles | PaneId::Reader => PaneId::Articles,
                PaneId::Entities | PaneId::Bookmarks => PaneId::Reader,
            }),
            Command::PaneRight => self.set_focus(match self.focus {
                PaneId::Articles => PaneId::Reader,
                PaneId::Reader | PaneId::Entities | PaneId::Bookmarks => self.side,
            }),
            Command::ArticleBookmarks | Command::AllBookmarks => {
                self.bookmarks.set_all(command == Command::AllBookmarks, &self.shared, self.reader.open());
                self.set_focus(PaneId::Bookmarks);
                if command == Command::ArticleBookmarks
                    && let Some(id) = self.reader.bookmark_in_view()
                {
                    self.bookmarks.show(id, &self.shared, self.reader.open());
                }
                if command == Command::AllBookmarks {
                    effects.push(Effect::Bookmarks(BookmarkJob::Refresh));
                }
            }
            Command::NextArticle | Command::PreviousArticle | Command::NextUnread | Command::PreviousUnread => {
                self.open_neighbour(command, effects);
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
                let zen = !self.zen;
                self.set_focus(PaneId::Reader);
                self.zen = zen;
            }
            Command::Palette => self.open_palette(),
            Command::Clear => self.clear(),
            Command::Back => self.back(),
            _ => {}
        }
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

    fn find(&mut self) {
        if self.focus == PaneId::Reader {
            self.reader.begin_search();
        }
        let (purpose, before) = match self.focus {
            PaneId::Articles => (Purpose::FindTitle, self.articles.filter()),
            PaneId::Reader => (Purpose::FindInArticle, self.reader.needle()),
            PaneId::Entities => (Purpose::FilterEntities, self.entities.filter()),
            PaneId::Bookmarks => (Purpose::FilterBookmarks, self.bookmarks.filter()),
        };
        let tags = if purpose == Purpose::FilterBookmarks { self.shared.shelf.tags() } else { Vec::new() };
        self.prompt = Some(Prompt { tags, ..Prompt::blank(purpose, before) });
    }

    fn cycle(&mut self, by: usize) {
        let at = PaneId::ALL.iter().position(|pane| *pane == self.focus).unwrap_or(0);
        if let Some(pane) = PaneId::ALL.get((at + by) % PaneId::ALL.len()) {
            self.set_focus(*pane);
        }
    }

    fn open_neighbour(&mut self, command: Command, effects: &mut Vec<Effect>) {
        let forward = matches!(command, Command::NextArticle | Command::NextUnread);
        let unread = matches!(command, Command::NextUnread | Command::PreviousUnread);
        if let Some(id) = self.articles.neighbour(self.asked.as_ref(), forward, unread).cloned() {
            return self.open(id, Goal::Kept, effects);
        }
        let (side, what) = (if forward { "below" } else { "above" }, if unread { "unread " } else { "" });
        self.tell(Notice::hint(format!("There is no {what}article {side} this one in the list.")));
    }

    /// Takes away what lies over the page and what narrows the lists.
    fn clear(&mut self) {
        self.reader.clear();
        if !self.articles.filter().is_empty() {
            self.articles.set_filter("");
        }
        if !self.entities.filter().is_empty() {
            self.entities.set_filter("", self.reader.open());
        }
        if !self.bookmarks.filter().is_empty() {
            self.bookmarks.set_filter("", &self.shared, self.reader.open());
        }
    }

    /// One step back; from the first step the program ends.
    fn back(&mut self) {
        match self.focus {
            _ if self.zen => self.zen = false,
            PaneId::Entities | PaneId::Bookmarks => self.set_focus(PaneId::Reader),
            PaneId::Reader if self.from_list => self.set_focus(PaneId::Articles),
            PaneId::Reader | PaneId::Articles => self.quitting = true,
        }
    }

    /// Whether `q` would end the program now.
    pub(super) fn back_quits(&self) -> bool {
        !self.zen && (self.focus == PaneId::Articles || self.focus == PaneId::Reader && !self.from_list)
    }
}
