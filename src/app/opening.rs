//! Opening articles: asking for them, and what happens when they come.

use crate::article::{SourceId, SourceKind};
use crate::bookmark::DeviceId;
use crate::command::{
    Command, Effect, LibraryJob, Listed, Loaded, NetJob, Notice, OpenResult, PageJob, Request, Scope, Severity,
    SourceJob, Start,
};
use crate::feed::FeedText;
use crate::intake::{PageKind, TextEncoding};
use crate::panes::mark_target::MarkTarget;
use crate::panes::prompt::Purpose;
use crate::panes::reader::Open;
use crate::panes::{Goal, PaneId};
use crate::text::sanitize::one_line;

use super::State;

/// The articles of the edition that teach keys. Their words are the same for everybody.
const MANUALS: [&str; 2] = ["01-welcome", "11-the-box-on-the-rope"];

impl State {
    /// Opens an article and gives the page the focus. If a bookmark of somebody else leads to it, the library is asked
    /// first whether it is known here.
    pub(super) fn open(&mut self, id: SourceId, goal: Goal, effects: &mut Vec<Effect>) {
        if self.is_led_by_others(&id, &goal) && self.shown.as_ref() != Some(&id) {
            return self.ask_whether_known(id, goal, effects);
        }
        self.open_known(id, goal, effects);
    }

    /// The same, of an article that need not be asked about.
    pub(super) fn open_known(&mut self, id: SourceId, goal: Goal, effects: &mut Vec<Effect>) {
        self.from_list |= self.focus == PaneId::Articles;
        self.set_focus(PaneId::Reader);
        self.bring(id, goal, effects);
    }

    /// Brings an article to the page; the focus stays where it is.
    pub(super) fn bring(&mut self, id: SourceId, goal: Goal, effects: &mut Vec<Effect>) {
        if let Some(row) = self.articles.row_of(&id) {
            self.at_row = Some(row);
        }
        // A passage that came without its article may be on this page without being from it.
        let is_on_page = |open: &&Open| match &goal {
            // One that came without its article can only be attached to what is being read.
            Goal::Attach(_) if id.is_unplaced() => true,
            Goal::Bookmark(wanted) | Goal::Attach(wanted) => open.has(*wanted),
            Goal::Kept | Goal::Found => false,
        };
        let named = id.normal();
        let is_meant = |open: &&Open| [&id, &named].contains(&&open.article.id) || is_on_page(open);
        // Who opens an article again that has changed under it wants the new words.
        let is_outdated = matches!(goal, Goal::Kept | Goal::Found) && self.articles.has_changed(&id);
        let open = self.reader.open().filter(|open| is_meant(open) && !is_outdated);
        if let Some((id, row)) = open.map(|open| (open.article.id.clone(), open.target.row)) {
            // Whatever else was asked for and has not come yet is not wanted any more.
            if self.awaits_full_text.as_ref() != Some(&id) {
                self.requests.open.cancel();
                self.reader.set_awaiting(false);
            }
            self.history.visit(&id);
            (self.asked, self.at_row) = (Some(id), Some(row));
            self.reach(goal, effects);
            return;
        }
        self.goal = Some(goal);
        self.request(id, None, effects);
    }

    /// Reads the open article again, in an encoding that was chosen.
    pub(super) fn read_in(&mut self, encoding: TextEncoding, effects: &mut Vec<Effect>) {
        if let Some(id) = self.reader.open().map(|open| open.article.id.clone()) {
            self.goal = Some(Goal::Kept);
            self.request(id, Some(encoding), effects);
            self.tell(Notice::done(format!("Read as {}, as long as the program runs.", encoding.name())));
        }
    }

    /// Whether a bookmark that was made elsewhere leads to a file. Whoever writes bookmarks must not choose what is opened
    /// unseen.
    fn is_led_by_others(&self, id: &SourceId, goal: &Goal) -> bool {
        let (Goal::Bookmark(wanted) | Goal::Attach(wanted)) = goal else { return false };
        let Some(bookmark) = self.shared.shelf.get(*wanted).filter(|_| id.file_path().is_some()) else { return false };
        let made_by = bookmark.attached().device;
        made_by != self.shared.device || made_by == DeviceId::NOBODY
    }

    /// Shows the path of a file that nobody here knows: the same key opens it.
    pub(super) fn show_path(&mut self, id: SourceId) {
        let path = id.file_path().unwrap_or_default();
        let path = one_line(&path.to_string_lossy());
        self.shown = Some(id);
        self.tell(Notice::hint(format!("The same key again opens the file {path}")));
    }

    /// Opens an article of the reading history, which stays as it is.
    pub(super) fn open_again(&mut self, id: SourceId, effects: &mut Vec<Effect>) {
        self.set_focus(PaneId::Reader);
        self.goal = Some(Goal::Kept);
        self.request(id, None, effects);
    }

    pub(super) fn request(&mut self, id: SourceId, encoding: Option<TextEncoding>, effects: &mut Vec<Effect>) {
        let request = self.request_for(&id);
        effects.push(Effect::Sources(SourceJob::Open { request, id, encoding, whole: false }));
    }

    pub(super) fn request_for(&mut self, id: &SourceId) -> Request<OpenResult> {
        let request = self.requests.open.request();
        self.waiting_goal = None;
        self.read_again = None;
        self.awaits_full_text = None;
        self.first_page.is_candidate = false;
        self.asked = Some(id.clone());
        self.reader.set_awaiting(true);
        request
    }

    /// Reads the open article again from where it came: the article, or all of its page.
    pub(super) fn reload(&mut self, whole: bool, effects: &mut Vec<Effect>) {
        let Some(open) = self.reader.open() else { return };
        let (id, url, was_whole) = (open.article.id.clone(), open.article.url.clone(), open.is_whole);
        match id.kind() {
            // What came from a feed stays what it is there, whatever its page calls itself.
            _ if !whole && !was_whole && self.feed_text().is_some_and(|_| self.fetch_full_text(effects)) => {
                self.read_again = (self.feed_text() == Some(FeedText::Page)).then_some(id);
            }
            SourceKind::File => {
                let request = self.request_for(&id);
                self.goal = Some(Goal::Kept);
                self.read_again = (!whole && !was_whole).then(|| id.clone());
                effects.push(Effect::Sources(SourceJob::Open { request, id, encoding: None, whole }));
            }
            // The article is kept; all of its page is not.
            SourceKind::Web | SourceKind::Entry if was_whole && !whole => {
                self.goal = Some(Goal::Kept);
                self.request(id, None, effects);
            }
            SourceKind::Entry if url.is_none() => {
                self.tell(Notice::hint("The feed names no page of this article: this is all there is."));
            }
            SourceKind::Web | SourceKind::Entry => {
                let request = self.request_for(&id);
                self.goal = Some(Goal::Kept);
                self.read_again = (!whole).then(|| id.clone());
                let address = url.unwrap_or_else(|| id.to_string());
                effects.push(Effect::Net(NetJob::Fetch { request, id, address, whole }));
            }
            SourceKind::Edition | SourceKind::Text | SourceKind::Work | SourceKind::Other => {
                self.tell(Notice::hint("This article comes from no file and no page that could be read again."));
            }
        }
    }

    /// A page of the web was named: it comes to the page, unless something else was asked for meanwhile.
    pub(super) fn open_named_page(&mut self, id: SourceId, effects: &mut Vec<Effect>) {
        let was_first = std::mem::take(&mut self.first_page.awaits_named);
        if !was_first || self.asked.is_none() {
            self.open_known(id, Goal::Kept, effects);
            self.from_list &= !was_first;
        }
    }

    /// Nobody wants to wait any longer for the page that is on its way.
    pub(super) fn stop_fetching(&mut self, effects: &mut Vec<Effect>) {
        self.requests.open.cancel();
        self.reader.set_awaiting(false);
        self.goal = None;
        let told = match self.awaits_full_text.take() {
            Some(_) => "The page is not fetched; this is the feed’s text.",
            None => "The page is not fetched.",
        };
        let open = self.reader.open().map(|open| (open.article.id.clone(), open.target.row));
        if let Some((id, _)) = &open {
            self.history.stay(id);
        }
        (self.asked, self.at_row) = open.unzip();
        effects.push(Effect::Net(NetJob::Cancel));
        self.tell(Notice::hint(told));
    }

    /// Sources were named on the command line: the first of them comes to the page.
    pub fn await_named(&mut self) {
        self.set_focus(PaneId::Reader);
        self.first_page.awaits_named = true;
    }

    /// The library is open: the list is asked for, and an article comes to the page unless one was named.
    pub(super) fn begin(&mut self, start: Start, effects: &mut Vec<Effect>) {
        let candidates = [start.begun, start.first_unread].into_iter().flatten();
        self.first_page.candidates = candidates.map(|entry| entry.id).collect();
        self.shared.awaits_list = false;
        self.articles.open();
        // What was said of the waiting is over.
        self.notices.retain(|notice| notice.severity == Severity::Error);
        match (self.first_page.awaits_named, self.asked.is_none()) {
            (true, true) => self.reader.set_awaiting(true),
            (false, true) => self.open_candidate(effects),
            (_, false) => {}
        }
        self.look_for_feed_files(effects);
        // What is shown is asked for in earnest: only with the answer it can be marked.
        self.is_preview &= self.asked.is_some();
    }

    /// The first article that was named on the command line was read, or there is none.
    pub(super) fn named(&mut self, listed: Option<Listed>, effects: &mut Vec<Effect>) {
        self.first_page.awaits_named = false;
        let is_wanted = self.asked.is_none();
        match listed {
            Some(listed) => {
                self.articles.let_in();
                if is_wanted {
                    self.at_row = Some(listed.row);
                    self.open(listed.id, Goal::Kept, effects);
                    // It was named on the command line, not chosen from the list.
                    self.from_list = false;
                } else {
                    self.tell(Notice::done(format!("Added “{}” to the list.", listed.title)));
                }
            }
            // Before the library is open nobody knows what else there is.
            None if is_wanted && !self.shared.awaits_list => self.open_candidate(effects),
            None => {}
        }
    }

    /// Asks for the next article that may come first.
    fn open_candidate(&mut self, effects: &mut Vec<Effect>) {
        if let Some(id) = self.first_page.candidates.pop_front() {
            self.goal = Some(Goal::Kept);
            self.request(id, None, effects);
            self.first_page.is_candidate = true;
        } else {
            self.reader.set_awaiting(false);
            // Without a page nobody would know what to do with it.
            self.shared.view.zen = false;
        }
    }

    /// Shows the article that is certain to be asked for, before anything has been looked into.
    pub fn preview(&mut self, loaded: Loaded) {
        self.reader.show(loaded, &self.shared);
        self.is_preview = true;
        // Nothing is to be done outside for a page that only waits to be asked for.
        self.settle(&mut Vec::new());
    }

    /// The article that was asked for has come, or not.
    pub(super) fn opened(&mut self, result: OpenResult, effects: &mut Vec<Effect>) {
        self.is_preview = false;
        let loaded = match result {
            Ok(loaded) => *loaded,
            Err(error) => {
                self.reader.set_awaiting(false);
                self.tell(Notice::error(error));
                if self.first_page.is_candidate {
                    self.open_candidate(effects);
                }
                return;
            }
        };
        self.first_page.is_candidate = false;
        let id = loaded.article.id.clone();
        if self.pane(PaneId::Reader).0.scope() == Scope::Selecting {
            // A passage is being selected meanwhile: that counts for more than an article that comes late.
            self.reader.set_awaiting(false);
            self.asked = self.reader.open().map(|open| open.article.id.clone());
            self.at_row = self.reader.open().map(|open| open.target.row);
            let told = format!("“{}” is not opened: a passage is being selected.", loaded.article.title);
            return self.tell(Notice::hint(told));
        }
        if self.prompt.as_ref().is_some_and(|prompt| prompt.purpose == Purpose::Find(PaneId::Reader)) {
            // The words were meant for the article before.
            self.prompt = None;
        }
        self.history.visit(&id);
        if id.edition_slug().is_some_and(|slug| MANUALS.contains(&slug)) && !self.shared.settings.keys.is_empty() {
            let help = self.shared.keymap.named(Command::ShowHelp);
            self.tell(Notice::hint(format!("This page names the keys dateline comes with; {help} shows yours.")));
        }
        self.tell_of_page(&loaded);
        self.put_on_page(loaded, effects);
        self.fetch_rest(effects);
        if let Some(goal) = self.goal.take() {
            self.reach(goal, effects);
        }
    }

    /// Puts an article on the page, and finds out what is to be known of it there.
    pub(super) fn put_on_page(&mut self, loaded: Loaded, effects: &mut Vec<Effect>) {
        let id = loaded.article.id.clone();
        let (was_whole, is_whole) = (self.reader.open().is_some_and(|open| open.is_whole), loaded.is_whole);
        let target = MarkTarget::from(&loaded);
        let (article, words, guessed_date) = (loaded.article.clone(), loaded.words, loaded.guessed_date);
        // A first run shows its first page before the library has said so; the reader may have moved on in it since.
        let is_shown = self
            .reader
            .open()
            .is_some_and(|open| open.article.id == id && open.article.body.hash() == article.body.hash());
        if self.read_again.take().is_some_and(|again| again == id && !loaded.is_of_last_time) {
            self.tell(Notice::hint(if is_shown {
                "Read again: nothing has changed."
            } else {
                "Read again: it has changed."
            }));
        }
        if is_shown {
            self.reader.set_awaiting(false);
            self.reader.set_target(target.clone());
            self.reader.set_from_feed(loaded.from_feed);
            self.reader.set_whole(is_whole);
            if is_whole && !was_whole {
                self.tell(Notice::hint("There is nothing on the page but the article."));
            }
        } else {
            self.leave_article(effects);
            self.reader.show(loaded, &self.shared);
        }
        self.read_on = self.read_on.take().filter(|reading| *reading == id);
        self.at_row = Some(target.row);
        self.articles.change(target.row, |entry| (entry.words, entry.changed) = (words, None));
        self.articles.set_current(target.row);
        self.end_seen = None;
        self.refresh_entities();
        self.find_bookmarks(effects);
        let request = self.requests.analyse.request();
        effects.push(Effect::Page(PageJob::Analyse { request, article, guessed_date }));
    }

    /// Says what kind of page this is, if it is no article.
    fn tell_of_page(&mut self, loaded: &Loaded) {
        let key = |command| self.shared.keymap.named(command);
        let told = match loaded.page {
            // Who asked for all of it sees what it is.
            _ if loaded.is_whole => {
                let back = key(Command::ShowWhole);
                return self.tell(Notice::hint(format!("This is all of the page; {back} shows the article again.")));
            }
            PageKind::Article => return,
            PageKind::Challenge => {
                format!("The site blocks readers: {} opens it in the browser.", key(Command::OpenInBrowser))
            }
            PageKind::LogIn => {
                format!("The site asks for an account: {} opens it in the browser.", key(Command::OpenInBrowser))
            }
            PageKind::Index => format!("This is a list of articles: {} follows one of them.", key(Command::LabelLinks)),
            PageKind::SearchResults => {
                format!("This is what a search found: {} follows one of them.", key(Command::LabelLinks))
            }
            PageKind::Other => "There is no article on this page; all of it is shown.".to_owned(),
        };
        self.tell(Notice::hint(told));
    }

    /// The open article is left: its place is kept where it is found on other machines, too.
    pub(super) fn leave_article(&mut self, effects: &mut Vec<Effect>) {
        if let Some(id) = self.moved_in.take()
            && let Some(open) = self.reader.open().filter(|open| open.article.id == id)
        {
            let position = open.position();
            effects.push(Effect::Library(LibraryJob::Leave { id, position }));
        }
    }

    /// Goes to what the article was opened for, now or once it is known where that is.
    pub(super) fn reach(&mut self, goal: Goal, effects: &mut Vec<Effect>) {
        let id = match goal {
            Goal::Kept => return,
            Goal::Found => return self.reader.show_found(self.articles.query()),
            Goal::Bookmark(id) | Goal::Attach(id) => id,
        };
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
