//! The worker that owns `library.db`: what is known of articles, and the words of those that were opened. It touches no
//! other file, so nothing that hangs is in its way.

mod from_feeds;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::article::{Arrival, Arrived, Article, Entry, RowId, SourceId, SourceKind};
use crate::command::{
    Added, Answer, FeedAnswer, LibraryAnswer, LibraryJob, Listed, NetJob, Notice, OpenResult, Request, SourceAnswer,
};
use crate::intake::PageKind;
use crate::io::clock;
use crate::io::marks::Problem;
use crate::library::{Library, LibraryError, Opened};
use crate::mark::MarkChange;
use crate::text::reading_time::words;
use crate::text::unprintable::printable;

use super::catalogue::{Catalogue, CatalogueError};
use super::edition;
use super::library_task::{FoldersToLookInto, LibraryOutput, LibraryTask, ListedAs, Prepared};
use super::loading::Reading;
use super::runner::Task as _;
use super::with_hint;

/// How long the start waits for another program that uses the library before it says so, and goes on waiting.
const SILENT: Duration = Duration::from_millis(300);
/// How long it waits in all. The first page of the list comes after that.
const PATIENCE: Duration = Duration::from_secs(3);
/// Articles whose words are indexed at a time: some 20 ms, which a key has to wait for at worst.
const INDEXED_AT_ONCE: usize = 40;
/// Indexed articles after which the list is asked for again: it may have found more.
const TOLD_AFTER: usize = 2000;

/// Owns the library.
pub(crate) struct LibraryWorker {
    data_dir: PathBuf,
    /// How many articles of feeds are kept.
    most: usize,
    catalogue: Option<Catalogue>,
    /// Whether it was said what was done lately.
    has_history: bool,
    /// Whether it was told that the library is in use by somebody else.
    told_busy: bool,
    /// Whether what was named first was removed from the list once: the first of the others that was not is opened.
    awaits_first: bool,
    /// The moment of the last change to marks.
    marked_at: Timestamp,
    /// Articles that were indexed since that was told.
    indexed: usize,
}

impl LibraryWorker {
    pub(crate) fn new(data_dir: PathBuf, most: usize) -> Self {
        Self {
            data_dir,
            most,
            catalogue: None,
            has_history: false,
            told_busy: false,
            awaits_first: false,
            marked_at: Timestamp::MIN,
            indexed: 0,
        }
    }

    /// Carries out a task.
    pub(crate) fn carry_out(&mut self, task: LibraryTask, hand_on: &dyn Fn(LibraryOutput)) {
        let send: &dyn Fn(Answer) = &|answer| hand_on(LibraryOutput::Answer(answer));
        match task {
            LibraryTask::Repair => {
                self.ask(send, |catalogue| Ok(catalogue.library.repair()?));
                send(Answer::Library(LibraryAnswer::Changed));
                // All words may wait to be indexed now.
                hand_on(LibraryOutput::Unindexed);
            }
            LibraryTask::Start => {
                self.start(send);
                match self.ask(send, |catalogue| Ok(catalogue.library.reader()?)) {
                    Some(reader) => hand_on(LibraryOutput::Reader(Box::new(reader))),
                    // The screen must not wait for a list that nobody can read.
                    None => send(LibraryTask::Start.failure()),
                }
            }
            LibraryTask::Job(job) => self.keep(job, send),
            LibraryTask::Open { request, id, text } => self.answer_opened(request, &id, text, send),
            LibraryTask::OpenPage { request, id } => {
                if let Some(article) = self.kept_page(&id, send) {
                    let (id, text) = (article.id.clone(), Prepared::new(Reading::kept(article)));
                    self.answer_opened(request, &id, Ok(text), send);
                } else if id.kind() == SourceKind::Entry {
                    // Only its feed has it.
                    let told = "This article is not in the library any more; it came with a feed, without a page.";
                    send(Answer::Sources(SourceAnswer::Opened(request.reply(Err(told.to_owned())))));
                } else {
                    let address = id.to_string();
                    hand_on(LibraryOutput::Fetch(NetJob::Fetch { request, id, address, whole: false }));
                }
            }
            LibraryTask::OpenFeedText { request, id } => self.open_feed_text(request, &id, send),
            LibraryTask::TakeFullText { request, row, page } => self.answer_full_text(request, row, page, send),
            LibraryTask::FetchAhead(rows) => self.fetch_ahead(&rows, hand_on),
            LibraryTask::TakePageAhead(page) => self.take_page_ahead(*page, send),
            LibraryTask::Headlines { rows, reply } => {
                let entries = self.ask(send, |catalogue| Ok(catalogue.library.entries_of(&rows)?)).unwrap_or_default();
                reply.send(entries.into_iter().map(|entry| entry.title).collect()).ok();
            }
            LibraryTask::List { arrivals, listed_as, named, at } => {
                let entries = self.list(&arrivals, named, at, send);
                let is_news = !entries.is_empty();
                self.answer_listed(entries, listed_as, !arrivals.is_empty(), send);
                if is_news {
                    send(Answer::Library(LibraryAnswer::Listed));
                }
                if self.ask(send, |catalogue| Ok(catalogue.library.unindexed()?)).is_some_and(|waiting| waiting > 0) {
                    hand_on(LibraryOutput::Unindexed);
                }
            }
            LibraryTask::EndNamed => {
                if std::mem::take(&mut self.awaits_first) {
                    send(Answer::Sources(SourceAnswer::Named(None)));
                }
            }
            LibraryTask::AddFolder(path) => {
                let added = self.ask(send, |catalogue| Ok(catalogue.library.add_folder(&path, clock::now())?));
                if added.is_none() {
                    let folder = printable(&path.to_string_lossy());
                    let told = format!("{folder} is read once, but not looked into again; the log file says why.");
                    send(Answer::Notice(Notice::error(told)));
                }
            }
            LibraryTask::LookAgain { is_asked_for } => self.look_again(is_asked_for, hand_on),
            LibraryTask::ReadMarks => self.read_marks(send),
            LibraryTask::ListEdition => self.list_edition(send),
            LibraryTask::ReadAnchorStates => {
                let states = self.ask(send, |catalogue| Ok(catalogue.library.anchor_states()?)).unwrap_or_default();
                send(Answer::Library(LibraryAnswer::AnchorStates(states)));
            }
            LibraryTask::Index => self.index(hand_on),
            LibraryTask::TakeIn { arrivals, filters, reply } => {
                let taken = self.take_in(&arrivals, &filters);
                let is_news = taken.as_ref().is_ok_and(|news| !news.new.is_empty() || !news.updated.is_empty());
                reply.try_send(taken).ok();
                if is_news {
                    hand_on(LibraryOutput::Unindexed);
                }
            }
            LibraryTask::MoveFeed { from, to } => self.move_feed(&from, &to, send),
            LibraryTask::AskAgain(feed) => {
                self.ask(send, |catalogue| Ok(catalogue.library.ask_again(&feed)?));
            }
            LibraryTask::FeedStates { reply } => {
                reply.try_send(self.feed_states(send)).ok();
            }
            LibraryTask::TellFeedStates => send(Answer::Feeds(FeedAnswer::States(self.feed_states(send)))),
        }
    }

    /// Indexes the words of a few articles, and says if there are more.
    fn index(&mut self, hand_on: &dyn Fn(LibraryOutput)) {
        let send: &dyn Fn(Answer) = &|answer| hand_on(LibraryOutput::Answer(answer));
        if self.catalogue.as_ref().is_none_or(|catalogue| catalogue.library.is_read_only()) {
            return;
        }
        let indexed = self.ask(send, |catalogue| Ok(catalogue.library.index_next(INDEXED_AT_ONCE)?)).unwrap_or(0);
        self.indexed += indexed;
        let is_done = indexed < INDEXED_AT_ONCE;
        if self.indexed > 0 && (is_done || self.indexed >= TOLD_AFTER) {
            self.indexed = 0;
            send(Answer::Library(LibraryAnswer::Changed));
        }
        if !is_done {
            hand_on(LibraryOutput::Unindexed);
        }
    }

    fn start(&mut self, send: &dyn Fn(Answer)) {
        self.open_library(send);
        let first = edition::slugs().next().map(SourceId::of_edition);
        let is_listed =
            first.is_some_and(|id| self.ask(send, |catalogue| Ok(catalogue.library.row(&id)?)).flatten().is_some());
        if !is_listed {
            self.list_edition(send);
        }
    }

    fn open_library(&mut self, send: &dyn Fn(Answer)) {
        let tell = |notice| send(Answer::Notice(notice));
        let opened = match Library::open_within(&self.data_dir, SILENT) {
            Err(LibraryError::Busy(_)) => {
                let seconds = PATIENCE.as_secs();
                let told = format!("Another program is using the library; waiting {seconds} s for it.");
                send(Answer::Notice(Notice::hint(told)));
                Library::open_within(&self.data_dir, PATIENCE)
            }
            opened => opened,
        };
        let library = match opened {
            Ok((library, outcome)) => {
                match outcome {
                    Opened::Ready | Opened::Fresh => {}
                    Opened::ReadOnlyNewer => tell(Notice::hint(
                        "The library was made by a newer dateline: marks are kept, but nothing new is listed. Update dateline.",
                    )),
                    Opened::SetAside(path) => tell(Notice::error(format!(
                        "The library could not be read; it was set aside as {} and a new one begun. Bookmarks are safe.",
                        path.display()
                    ))),
                }
                Some(library)
            }
            Err(error) => {
                let told = format!("What you read from now on is not kept: {}.", with_hint(&error, error.hint()));
                tell(Notice::error(told));
                // For this session at least, what was read is remembered.
                Library::in_memory().ok()
            }
        };
        self.catalogue = library.map(|mut library| {
            library.index_behind();
            Catalogue::new(library)
        });
    }

    /// Asks the library and the logs; their faults are logged. One that made the reader wait is told, once.
    fn ask<T>(
        &mut self,
        send: &dyn Fn(Answer),
        ask: impl FnOnce(&mut Catalogue) -> Result<T, CatalogueError>,
    ) -> Option<T> {
        let error = match ask(self.catalogue.as_mut()?) {
            Ok(answer) => return Some(answer),
            Err(error) => error,
        };
        let told = with_hint(&error, error.hint());
        log::warn!("library: {told}");
        if error.is_busy() && !self.told_busy {
            self.told_busy = true;
            send(Answer::Notice(Notice::error(format!("What you read now is not kept: {told}."))));
        }
        None
    }

    /// Takes articles in, and gives the rows of those that are in the list. Those `named` are, whatever was done before.
    fn list(&mut self, arrivals: &[Arrival], named: bool, at: Timestamp, send: &dyn Fn(Answer)) -> Vec<Entry> {
        let arrive = |catalogue: &mut Catalogue| {
            let arrived = catalogue.arrive(arrivals, named, at)?;
            let listed = |arrived: &Arrived| (named || !arrived.was_removed).then_some(arrived.row);
            let rows: Vec<RowId> = arrived.iter().filter_map(listed).collect();
            Ok(catalogue.library.entries_of(&rows)?)
        };
        // A library that cannot be written keeps nobody from reading.
        let unlisted = |arrival: &Arrival| Entry::of(&arrival.article, arrival.words, at);
        self.ask(send, arrive).unwrap_or_else(|| arrivals.iter().map(unlisted).collect())
    }

    /// What is marked at the same moment is one step for undo: keys that come at once are not.
    fn moment_of_its_own(&mut self) -> Timestamp {
        let next = self.marked_at.checked_add(SignedDuration::from_millis(1)).unwrap_or(self.marked_at);
        self.marked_at = clock::now().max(next);
        self.marked_at
    }

    /// Says what was listed to who asked for it.
    fn answer_listed(&mut self, entries: Vec<Entry>, listed_as: ListedAs, was_found: bool, send: &dyn Fn(Answer)) {
        let first = entries.into_iter().next().map(|Entry { id, title, row, .. }| Listed { id, title, row });
        match (listed_as, first) {
            (ListedAs::Named, None) if was_found => self.awaits_first = true,
            (ListedAs::Named, first) => send(Answer::Sources(SourceAnswer::Named(first))),
            (ListedAs::More, Some(first)) if std::mem::take(&mut self.awaits_first) => {
                send(Answer::Sources(SourceAnswer::Named(Some(first))));
            }
            (ListedAs::Added { count, folder }, Some(first)) => {
                send(Answer::Sources(SourceAnswer::Added(Ok(Added { first, count, folder }))));
            }
            (ListedAs::Added { .. }, None) => {
                let told =
                    "The first of it was removed from the list, and stays removed; a file that is named comes back.";
                send(Answer::Sources(SourceAnswer::Added(Err(told.to_owned()))));
            }
            (ListedAs::More | ListedAs::FoundAgain, _) => {}
        }
    }

    /// Says which folders are to be looked into again.
    fn look_again(&mut self, is_asked_for: bool, hand_on: &dyn Fn(LibraryOutput)) {
        let send: &dyn Fn(Answer) = &|answer| hand_on(LibraryOutput::Answer(answer));
        let folders = self.ask(send, |catalogue| Ok((catalogue.library.folders()?, catalogue.library.reader()?)));
        let Some((folders, reader)) = folders else { return };
        let folders: Vec<PathBuf> = folders.into_iter().map(|(folder, _)| folder).collect();
        if is_asked_for {
            send(Answer::Notice(match folders.len() {
                0 => Notice::hint("No folder was added; one that is added is looked into again at each start."),
                1 => Notice::done("Looking into your folder again."),
                number => Notice::done(format!("Looking into your {number} folders again.")),
            }));
        }
        if !folders.is_empty() {
            hand_on(LibraryOutput::Folders(Box::new(FoldersToLookInto { folders, reader })));
        }
    }

    /// Reads the logs of marks, if that was not done: nothing is marked before.
    fn read_marks(&mut self, send: &dyn Fn(Answer)) {
        if self.catalogue.as_ref().is_some_and(|catalogue| !catalogue.is_behind()) {
            return;
        }
        let data_dir = self.data_dir.clone();
        if let Some((is_news, problems)) = self.ask(send, |catalogue| catalogue.read_marks(&data_dir)) {
            tell(&problems, is_news, send);
        }
        if !std::mem::replace(&mut self.has_history, true) {
            let steps = self.ask(send, Catalogue::history).unwrap_or_default();
            send(Answer::Library(LibraryAnswer::History(Box::new(steps))));
        }
    }

    /// Sees what others have marked.
    fn refresh(&mut self, send: &dyn Fn(Answer)) {
        self.read_marks(send);
        if let Some((is_news, problems)) = self.ask(send, Catalogue::refresh) {
            tell(&problems, is_news, send);
        }
    }

    /// Changes marks. What is not kept is told, as `what`; whether it is.
    fn change(
        &mut self,
        what: &str,
        send: &dyn Fn(Answer),
        change: impl FnOnce(&mut Catalogue) -> Result<(), CatalogueError>,
    ) -> bool {
        // What others wrote is seen before one's own is added.
        self.refresh(send);
        let result = self.catalogue.as_mut().map_or(Err(CatalogueError::NoLogs), change);
        if let Err(error) = &result {
            let told = format!("NOT kept: {what}: {}.", with_hint(error, error.hint()));
            log::warn!("{told}");
            send(Answer::Notice(Notice::error(told)));
        }
        result.is_ok()
    }

    /// Whether the reader did something that no log has.
    pub(super) fn has_unsaved(&self) -> bool {
        self.catalogue.as_ref().is_some_and(|catalogue| catalogue.unsaved() > 0)
    }

    /// Tries a last time to write what no log has.
    ///
    /// # Errors
    /// What is not kept and why, on one line.
    pub(super) fn finish(&mut self) -> Result<(), String> {
        let Some(catalogue) = self.catalogue.as_mut().filter(|catalogue| catalogue.unsaved() > 0) else {
            return Ok(());
        };
        // They may have been in the way of reading too.
        let opened = if catalogue.is_behind() { catalogue.read_marks(&self.data_dir).map(drop) } else { Ok(()) };
        opened.and_then(|()| catalogue.save()).map_err(|error| {
            let which = articles(catalogue.unsaved());
            format!("marks of {which} are NOT kept: {}", with_hint(&error, error.hint()))
        })
    }

    fn list_edition(&mut self, send: &dyn Fn(Answer)) {
        let articles: Vec<Arrival> = edition::slugs().filter_map(edition::article).map(arrival).collect();
        self.list(&articles, false, clock::now(), send);
    }

    fn keep(&mut self, job: LibraryJob, send: &dyn Fn(Answer)) {
        match job {
            LibraryJob::Mark { rows, change, done } => {
                let what = described(&change, rows.len());
                let now = self.moment_of_its_own();
                let is_kept = self.change(&what, send, |catalogue| catalogue.mark(&rows, &change, now));
                send(Answer::Library(LibraryAnswer::Marked(done.filter(|_| is_kept).map(Notice::done))));
                self.ask(send, |catalogue| catalogue.compact_if_due(clock::now()));
            }
            LibraryJob::Leave { id, position } => {
                let what = "the place where you left the article";
                self.change(what, send, |catalogue| catalogue.leave_at(&id, &position, clock::now()));
            }
            LibraryJob::Refresh => self.refresh(send),
            LibraryJob::Look { row, wish } => self.look(row, wish, send),
            LibraryJob::SetPosition { id, position } => {
                if self.catalogue.as_ref().is_some_and(|catalogue| !catalogue.library.is_read_only()) {
                    self.ask(send, |catalogue| Ok(catalogue.library.set_position(&id, &position)?));
                }
            }
            LibraryJob::SetAnchorStates(states) => {
                self.ask(send, |catalogue| Ok(catalogue.library.set_anchor_states(&states)?));
            }
            LibraryJob::SetBookmarked { passages, all } => {
                let passages = passages.iter().map(|(id, count)| (id, *count));
                let most = self.most;
                self.ask(send, |catalogue| {
                    catalogue.library.set_bookmarked(passages, all)?;
                    // Nothing goes before it is known what has passages.
                    if all {
                        catalogue.keep_at_most(most);
                    }
                    Ok(())
                });
            }
        }
    }

    /// A page of the web as it is kept, under the name of its article or its address.
    fn kept_page(&mut self, id: &SourceId, send: &dyn Fn(Answer)) -> Option<Article> {
        let ids = [id.clone(), id.normal()];
        ids.into_iter().find_map(|id| self.ask(send, |catalogue| Ok(catalogue.library.article(&id)?)).flatten())
    }

    /// Answers with an article and what is known of it, and notes that it was opened.
    fn answer_opened(
        &mut self,
        request: Request<OpenResult>,
        id: &SourceId,
        text: Result<Prepared, String>,
        send: &dyn Fn(Answer),
    ) {
        let (result, opened) = self.open(id, text, send);
        send(Answer::Sources(SourceAnswer::Opened(request.reply(result))));
        // Only now that the page is on its way to the screen: writing takes longer than reading.
        if let Some(Arrival { article, words, .. }) = opened {
            self.ask(send, |catalogue| Ok(catalogue.library.record_opened(&article, words, clock::now())?));
        }
    }

    /// Adds to an article what is known of it; and what is to be noted of its being opened.
    fn open(
        &mut self,
        id: &SourceId,
        text: Result<Prepared, String>,
        send: &dyn Fn(Answer),
    ) -> (OpenResult, Option<Arrival>) {
        // A site that lets no reader in now does not take away what it gave before.
        let text = text.and_then(|text| match barred(text.loaded.page).filter(|_| !text.loaded.is_whole) {
            Some(told) if self.kept_page(&text.loaded.article.id, send).is_some() => Err(told.to_owned()),
            _ => Ok(text),
        });
        let is_of_last_time = text.is_err();
        let text = text.or_else(|error| {
            // The source is gone or changed beyond reading; the library has the words of last time.
            let Some(article) = self.kept_page(id, send) else { return Err(error) };
            if id.kind() == SourceKind::Web {
                send(Answer::Notice(Notice::error(format!("{error} What was read before is shown."))));
            }
            Ok(Prepared::new(Reading::kept(article)))
        });
        let Prepared { mut loaded, file } = match text {
            Ok(text) => text,
            Err(error) => return (Err(error), None),
        };
        let article = Arc::clone(&loaded.article);
        let kept = self.ask(send, |catalogue| Ok(catalogue.library.kept(&article.id, article.body.hash())?)).flatten();
        let opened = Arrival { article: Arc::clone(&article), words: loaded.words, file };
        let known = self.ask(send, |catalogue| Ok(catalogue.library.entry(&article.id)?)).flatten();
        // A bookmark leads to articles that were never listed; what is read is in the list.
        // All of a page is only looked at: the article on it is what is kept. Of a page that lets nobody in there is none.
        let is_kept = !loaded.is_whole && barred(loaded.page).is_none();
        let entry = known.or_else(|| {
            let arrival = is_kept.then_some(std::slice::from_ref(&opened))?;
            self.list(arrival, true, clock::now(), send).pop()
        });
        loaded.is_of_last_time = is_of_last_time;
        loaded.position = kept.and_then(|kept| kept.position).map(|position| position.resolve(&article.body));
        (loaded.row, loaded.tags, loaded.read_at, loaded.starred_at) =
            entry.map(|entry| (entry.row, entry.tags, entry.read_at, entry.starred_at)).unwrap_or_default();
        loaded.from_feed = self.ask(send, |catalogue| Ok(catalogue.library.from_feed(loaded.row)?)).flatten();
        (Ok(Box::new(loaded)), is_kept.then_some(opened))
    }
}

/// What is told of a page on which a site lets no reader in.
fn barred(page: PageKind) -> Option<&'static str> {
    match page {
        PageKind::Challenge => Some("The site blocks readers now."),
        PageKind::LogIn => Some("The site asks for an account now."),
        PageKind::Article | PageKind::Index | PageKind::SearchResults | PageKind::Other => None,
    }
}

/// A change to so many articles, as in "NOT kept: …".
fn described(change: &MarkChange, number: usize) -> String {
    let articles = articles(number);
    match change {
        MarkChange::Read(true) => format!("{articles} as read"),
        MarkChange::Read(false) => format!("{articles} as unread"),
        MarkChange::Starred(true) => format!("the star of {articles}"),
        MarkChange::Starred(false) => format!("that {articles} lost the star"),
        MarkChange::Removed(true) => format!("the removal of {articles}"),
        MarkChange::Removed(false) => format!("that {articles} came back"),
        MarkChange::Tagged { .. } => format!("the tags of {articles}"),
    }
}

fn articles(number: usize) -> String {
    if number == 1 { "1 article".to_owned() } else { format!("{number} articles") }
}

/// Tells what could not be read of the logs, and that the list has changed if it has.
fn tell(problems: &[Problem], is_news: bool, send: &dyn Fn(Answer)) {
    for problem in problems.iter().filter(|problem| problem.is_news()) {
        send(Answer::Notice(Notice::error(format!("{problem}."))));
    }
    if is_news {
        send(Answer::Library(LibraryAnswer::Changed));
    }
}

/// An article on its way into the library.
fn arrival(article: Article) -> Arrival {
    Arrival { words: words(article.body.as_str()), article: Arc::new(article), file: None }
}

#[cfg(test)]
mod tests;
