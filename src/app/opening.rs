//! Opening articles: asking for them, and what happens when they come.

use crate::article::{Entry, SourceId};
use crate::bookmark::DeviceId;
use crate::command::{Command, Effect, Listing, Loaded, Notice, OpenResult, PageJob, Scope, Severity, SourceJob};
use crate::panes::articles::Section;
use crate::panes::prompt::Purpose;
use crate::panes::reader::Open;
use crate::panes::{Goal, PaneId};
use crate::text::sanitize::one_line;

use super::State;

/// The article of the edition that teaches the keys. Its words are the same for everybody.
const MANUAL: &str = "01-welcome";

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
            self.requests.open.cancel();
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
        let request = self.requests.open.request();
        self.waiting_goal = None;
        self.asked = Some(id.clone());
        self.reader.set_awaiting(true);
        effects.push(Effect::Sources(SourceJob::Open { request, id }));
    }

    /// Sources were named on the command line: the first of them comes to the page.
    pub fn await_named(&mut self) {
        self.set_focus(PaneId::Reader);
        self.first_page.awaits_named = true;
    }

    /// The library was opened: fill the list, and put an article on the page unless one was named.
    pub(super) fn listed(&mut self, listing: Listing, effects: &mut Vec<Effect>) {
        let Listing { before, edition, notices } = listing;
        // Go on with what was begun; else with what the edition puts first.
        let unfinished = before.iter().filter(|entry| !entry.is_read() && entry.progress > 0);
        let begun = unfinished.max_by_key(|entry| entry.opened).map(|entry| entry.id.clone());
        self.first_page.begun = begun.or_else(|| edition.first().map(|entry| entry.id.clone()));
        self.shared.awaits_list = false;
        // What lies in the edition is listed there, with what is known of it from before.
        let (known, before): (Vec<_>, Vec<_>) = before.into_iter().partition(|entry| entry.id.edition_slug().is_some());
        self.articles.add(Section::Before, before);
        self.articles.add(Section::Edition, edition);
        for entry in known {
            self.articles.change(&entry.id.clone(), |listed| *listed = entry);
        }
        // What was said of the waiting is over.
        self.notices.retain(|notice| notice.severity == Severity::Error);
        match (self.first_page.awaits_named, self.asked.is_none()) {
            (true, true) => self.reader.set_awaiting(true),
            (false, true) => self.open_begun(effects),
            (_, false) => {}
        }
        for (key, moment) in self.early.take().unwrap_or_default() {
            self.shared.moment = moment;
            self.key(key, effects);
            self.settle(effects);
        }
        // Only now: a key takes a line away that was read.
        self.notices.extend(notices);
    }

    /// The first article that was named on the command line was read, or there is none.
    pub(super) fn named(&mut self, entry: Option<Entry>, effects: &mut Vec<Effect>) {
        self.first_page.awaits_named = false;
        let is_wanted = self.asked.is_none();
        match entry {
            Some(entry) => {
                let (id, title) = (entry.id.clone(), entry.title.clone());
                // It may have been opened before; what was named stands first.
                self.articles.remove(&id);
                self.articles.add(Section::Opened, vec![entry]);
                if is_wanted {
                    self.open(id, Goal::Kept, effects);
                    // It was named on the command line, not chosen from the list.
                    self.from_list = false;
                } else {
                    self.tell(Notice::done(format!("Added “{title}” to the list.")));
                }
            }
            None if is_wanted => self.open_begun(effects),
            None => {}
        }
    }

    fn open_begun(&mut self, effects: &mut Vec<Effect>) {
        match self.first_page.begun.take() {
            Some(id) => {
                self.goal = Some(Goal::Kept);
                self.request(id, effects);
            }
            None => {
                self.reader.set_awaiting(false);
                // Without a page nobody would know what to do with it.
                self.shared.view.zen = false;
            }
        }
    }

    /// Shows the article that is certain to be asked for, before anything has been looked into.
    pub fn preview(&mut self, loaded: Loaded) {
        self.reader.show(loaded, &self.shared);
        self.early = Some(Vec::new());
        // Nothing is to be done outside for a page that only waits to be asked for.
        self.settle(&mut Vec::new());
    }

    /// The article that was asked for has come, or not.
    pub(super) fn opened(&mut self, result: OpenResult, effects: &mut Vec<Effect>) {
        let loaded = match result {
            Ok(loaded) => *loaded,
            Err(error) => {
                self.reader.set_awaiting(false);
                return self.tell(Notice::error(error));
            }
        };
        let id = loaded.article.id.clone();
        if self.pane(PaneId::Reader).0.scope() == Scope::Selecting {
            // A passage is being selected meanwhile: that counts for more than an article that comes late.
            self.reader.set_awaiting(false);
            self.asked = self.reader.open().map(|open| open.article.id.clone());
            let told = format!("“{}” is not opened: a passage is being selected.", loaded.article.title);
            return self.tell(Notice::hint(told));
        }
        if self.prompt.as_ref().is_some_and(|prompt| prompt.purpose == Purpose::Find(PaneId::Reader)) {
            // The words were meant for the article before.
            self.prompt = None;
        }
        self.history.visit(&id);
        if id.edition_slug() == Some(MANUAL) && !self.shared.settings.keys.is_empty() {
            let help = self.shared.keymap.named(Command::ShowHelp);
            self.tell(Notice::hint(format!("This page names the keys dateline comes with; {help} shows yours.")));
        }
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
        self.refresh_entities();
        self.find_bookmarks(effects);
        let request = self.requests.analyse.request();
        effects.push(Effect::Page(PageJob::Analyse { request, article, guessed_date }));
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
