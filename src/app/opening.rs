//! Opening articles: asking for them, and what happens when they come.

use crate::article::{Entry, SourceId};
use crate::bookmark::DeviceId;
use crate::command::{Effect, Loaded, Notice, Scope, Severity, Started};
use crate::panes::articles::Section;
use crate::panes::prompt::Purpose;
use crate::panes::reader::Open;
use crate::panes::{Goal, PaneId};
use crate::text::sanitize::one_line;

use super::State;
use super::undo::Undo;

impl State {
    /// Opens an article and gives the page the focus.
    pub(super) fn open(&mut self, id: SourceId, goal: Goal, effects: &mut Vec<Effect>) {
        if let Some(path) = self.path_to_show(&id, &goal) {
            self.shown = Some(id);
            return self.tell(Notice::hint(format!("The same key again opens the file {path}")));
        }
        self.from_list |= self.focus == PaneId::Articles;
        self.set_focus(PaneId::Reader);
        // A passage that came without its article may be on this page without being from it.
        let is_on_page = |open: &&Open| match &goal {
            // One that came without its article can only be attached to what is being read.
            Goal::Attach(_) if id.is_unplaced() => true,
            Goal::Bookmark(wanted) | Goal::Attach(wanted) => open.has(*wanted),
            Goal::Kept => false,
        };
        let open = self.reader.open().filter(|open| open.article.id == id || is_on_page(open));
        if let Some(id) = open.map(|open| open.article.id.clone()) {
            // Whatever else was asked for and has not come yet is not wanted any more.
            self.opening += 1;
            self.history.visit(&id);
            self.asked = Some(id);
            self.reach(goal, effects);
            return;
        }
        self.goal = Some(goal);
        self.request(id, effects);
    }

    /// The path of the file to be opened, if it has to be shown first: a bookmark that was made elsewhere leads to it, it was
    /// not opened here before, and it was not shown yet. Whoever writes bookmarks must not choose what is opened unseen.
    fn path_to_show(&self, id: &SourceId, goal: &Goal) -> Option<String> {
        let (Goal::Bookmark(wanted) | Goal::Attach(wanted)) = goal else { return None };
        let path = id.file_path()?;
        let made_by = self.shared.shelf.get(*wanted)?.attached().device;
        let is_ours = made_by == self.shared.device && made_by != DeviceId::NOBODY;
        let is_known = self.articles.entry(id).is_some() || self.shown.as_ref() == Some(id);
        (!is_ours && !is_known).then(|| one_line(&path.to_string_lossy()))
    }

    /// Opens an article of the reading history, which stays as it is.
    pub(super) fn open_again(&mut self, id: SourceId, effects: &mut Vec<Effect>) {
        self.set_focus(PaneId::Reader);
        self.goal = Some(Goal::Kept);
        self.request(id, effects);
    }

    fn request(&mut self, id: SourceId, effects: &mut Vec<Effect>) {
        self.opening += 1;
        self.waiting_goal = None;
        self.asked = Some(id.clone());
        self.reader.set_awaiting(true);
        effects.push(Effect::Open { request: self.opening, id });
    }

    /// The program has looked around: fill the panes and put an article on the page.
    pub(super) fn started(&mut self, started: Started, effects: &mut Vec<Effect>) {
        let Started { opened, before, edition, shelf, states, history, device, corrections, notices } = started;
        let named = opened.first().map(|entry| entry.id.clone());
        // Go on with what was begun; else with what the edition puts first.
        let unfinished = before.iter().filter(|entry| !entry.is_read() && entry.progress > 0);
        let begun = unfinished.max_by_key(|entry| entry.opened).map(|entry| entry.id.clone());
        let first = edition.first().map(|entry| entry.id.clone());
        self.shared.starting = false;
        self.shared.device = device;
        self.shared.shelf = shelf;
        for (id, state) in states {
            self.shared.shelf.set_state(id, state);
        }
        self.undo = Undo::after(history);
        self.shared.corrections = corrections;
        // What lies in the edition is listed there, with what is known of it from before.
        let (known, before): (Vec<_>, Vec<_>) = before.into_iter().partition(|entry| entry.id.edition_slug().is_some());
        self.articles.add(Section::Opened, opened);
        self.articles.add(Section::Before, before);
        self.articles.add(Section::Edition, edition);
        for entry in known {
            self.articles.change(&entry.id.clone(), |listed| *listed = entry);
        }
        self.bookmarks.refresh(&self.shared, None);
        // What was said of the waiting is over.
        self.notices.retain(|notice| notice.severity == Severity::Error);
        match named {
            Some(id) => {
                self.open(id, Goal::Kept, effects);
                // It was named on the command line, not chosen from the list.
                self.from_list = false;
            }
            None => {
                if let Some(id) = begun.or(first) {
                    self.goal = Some(Goal::Kept);
                    self.request(id, effects);
                }
            }
        }
        for (key, moment) in self.early.take().unwrap_or_default() {
            self.shared.moment = moment;
            self.key(key, effects);
            self.settle(effects);
        }
        // Only now: a key takes a line away that was read.
        self.notices.extend(notices);
    }

    /// Shows the article that is certain to be asked for, before anything has been looked into.
    pub fn preview(&mut self, loaded: Loaded) {
        self.reader.show(loaded, &self.shared);
        self.early = Some(Vec::new());
        // Nothing is to be done outside for a page that only waits to be asked for.
        self.settle(&mut Vec::new());
    }

    /// The article that was asked for has come, or not.
    pub(super) fn opened(&mut self, result: Result<Box<Loaded>, String>, effects: &mut Vec<Effect>) {
        let loaded = match result {
            Ok(loaded) => *loaded,
            Err(error) => {
                self.reader.set_awaiting(false);
                return self.tell(Notice::error(error));
            }
        };
        let id = loaded.article.id.clone();
        if self.reader.scope() == Scope::Selecting {
            // A passage is being selected meanwhile: that counts for more than an article that comes late.
            self.reader.set_awaiting(false);
            self.asked = self.reader.open().map(|open| open.article.id.clone());
            let told = format!("“{}” is not opened: a passage is being selected.", loaded.article.title);
            return self.tell(Notice::hint(told));
        }
        if self.prompt.as_ref().is_some_and(|prompt| prompt.purpose == Purpose::FindInArticle) {
            // The words were meant for the article before.
            self.prompt = None;
        }
        self.history.visit(&id);
        let (words, read_at, starred_at) = (loaded.words, loaded.read_at, loaded.starred_at);
        let (article, guessed_date) = (loaded.article.clone(), loaded.guessed_date);
        if self.articles.entry(&id).is_none() {
            // A bookmark led here. What is on the page is in the list, so that it can be marked and gone on from.
            let entry = Entry::of(&article, words, self.shared.moment.now);
            self.articles.add(Section::Opened, vec![entry]);
        }
        // A first run shows its first page before the library has said so; the reader may have moved on in it since.
        let is_shown = self
            .reader
            .open()
            .is_some_and(|open| open.article.id == id && open.article.body.hash() == article.body.hash());
        if is_shown {
            self.reader.set_awaiting(false);
        } else {
            self.reader.show(loaded, &self.shared);
        }
        self.articles.change(&id, |entry| {
            entry.words = words;
            entry.read_at = read_at;
            entry.starred_at = starred_at;
        });
        self.articles.set_current(&id);
        self.end_seen = None;
        self.entities.refresh(self.reader.open());
        self.find_bookmarks(effects);
        self.analysing += 1;
        effects.push(Effect::Analyse { request: self.analysing, article, guessed_date });
        if let Some(goal) = self.goal.take() {
            self.reach(goal, effects);
        }
    }

    /// Goes to what the article was opened for, now or once it is known where that is.
    pub(super) fn reach(&mut self, goal: Goal, effects: &mut Vec<Effect>) {
        let (Goal::Bookmark(id) | Goal::Attach(id)) = goal else { return };
        if let Some(open) = self.reader.open()
            && open.looks_for(id)
        {
            self.waiting_goal = Some((open.article.id.clone(), goal));
            return;
        }
        match goal {
            Goal::Attach(_) => {
                let asks = self.reader.begin_attaching(id, &self.shared);
                self.answer(asks, effects);
            }
            _ if !self.reader.go_to_bookmark(id) => {
                self.tell(Notice::hint("The passage is not in the text as it is now; the bookmark keeps its words."));
            }
            _ => {}
        }
    }
}
