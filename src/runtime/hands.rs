//! The threads that do the work: one owns library and sources, one the bookmarks and corrections, one finds entities, one
//! finds bookmarks, one looks into folders for paths being typed. A panic in one of
//! them answers the effect it happened in, and the thread goes on.

use std::ffi::OsString;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use crate::bookmark::{Bookmark, DeviceId, History, Shelf};
use crate::command::{Done, Effect, Notice, Started};
use crate::entity::corrections::Corrections;
use crate::entity::{Context, analyse, limit_of};

use super::anchors::{locate_all, unknown};
use super::completing::complete_all;
use super::event_loop::Incoming;
use super::keeper::{Found, Keeper};
use super::worker::Worker;

/// The hands of the event loop.
pub(super) struct Hands {
    errands: Option<Sender<Effect>>,
    saves: Option<Sender<Effect>>,
    analyses: Sender<Effect>,
    locates: Sender<Effect>,
    completes: Sender<Effect>,
    answers: Sender<Incoming>,
    /// Closed by the library thread when it ends.
    ended: Receiver<()>,
    /// What the bookmark thread says when it ends.
    kept: Receiver<Result<(), String>>,
    /// How many saves were given and are not on the disk.
    unsaved: Arc<AtomicUsize>,
}

/// How long the end of the program waits for the bookmarks: a write on its way, one for all that came meanwhile and a
/// last try, each of which may wait five seconds for the lock of the log.
const LAST_SAVES: Duration = Duration::from_secs(18);
/// How long it then waits for the library, which may hang on a pipe that never ends or on another program; all it owes is
/// the last place. So long it waits for the bookmarks, too, if there are none to save.
const LAST_ERRANDS: Duration = Duration::from_secs(1);
/// What is said when saving takes longer than that.
const STILL_SAVING: &str = "still saving bookmarks and corrections; C-c leaves without them";

/// How long further sources wait for what the screen asks for: reading one may take for ever (a pipe), and the first page
/// is asked for a moment after the list has been sent.
const COURTESY: Duration = Duration::from_millis(20);

/// What is told of a panic, whose report is in the log file.
const STUMBLED: &str = "dateline stumbled over this; the log file says where (see `dateline doctor`).";

impl Hands {
    pub(super) fn start(data_dir: PathBuf, sources: Vec<OsString>, answers: &Sender<Incoming>) -> io::Result<Self> {
        let (errands, errand) = mpsc::channel();
        let (saves, save) = mpsc::channel();
        let (analyses, analysis) = mpsc::channel();
        let (locates, locating) = mpsc::channel();
        let (completes, completing) = mpsc::channel();
        let (ending, ended) = mpsc::channel::<()>();
        let (last, kept) = mpsc::channel();
        let (finding, found) = mpsc::channel();
        let unsaved = Arc::new(AtomicUsize::new(0));
        let (to_loop, folder, count) = (answers.clone(), data_dir.clone(), Arc::clone(&unsaved));
        thread::Builder::new().name("bookmarks".into()).spawn(move || {
            let (mut keeper, found) = Keeper::open(folder);
            finding.send(found).ok();
            keep_bookmarks(&mut keeper, &save, &to_loop, &count);
            last.send(keeper.finish()).ok();
        })?;
        let (to_loop, folder) = (answers.clone(), data_dir.clone());
        thread::Builder::new().name("anchors".into()).spawn(move || locate_all(&folder, &locating, &to_loop))?;
        let to_loop = answers.clone();
        thread::Builder::new().name("library".into()).spawn(move || {
            let find = || found.recv().unwrap_or_else(|_| Found::nothing("dateline stumbled over one of the logs"));
            keep_books(Worker::new(data_dir, to_loop.clone()), &sources, find, &errand, &to_loop);
            drop(ending);
        })?;
        let to_loop = answers.clone();
        thread::Builder::new().name("folders".into()).spawn(move || complete_all(&completing, &to_loop))?;
        let to_loop = answers.clone();
        // This one may be in the middle of a long text when the program ends; nobody waits for it.
        thread::Builder::new().name("entities".into()).spawn(move || find_entities(&analysis, &to_loop))?;
        let answers = answers.clone();
        Ok(Self {
            errands: Some(errands),
            saves: Some(saves),
            analyses,
            locates,
            completes,
            answers,
            ended,
            kept,
            unsaved,
        })
    }

    pub(super) fn give(&self, effect: Effect) {
        if is_save(&effect) {
            self.unsaved.fetch_add(1, Ordering::Relaxed);
        }
        let to = match &effect {
            Effect::Analyse { .. } => Some(&self.analyses),
            Effect::Locate { .. } => Some(&self.locates),
            Effect::Complete { .. } => Some(&self.completes),
            Effect::SaveBookmarks { .. }
            | Effect::SaveCorrections { .. }
            | Effect::RefreshShelf
            | Effect::KeepView(_) => self.saves.as_ref(),
            _ => self.errands.as_ref(),
        };
        let Some(to) = to else { return };
        if let Err(mpsc::SendError(effect)) = to.send(effect) {
            log::error!("a worker has ended before the program");
            self.answers.send(Incoming::Done(stumble(&effect))).ok();
        }
    }

    /// Waits until bookmarks and corrections are on the disk, and a while for the rest that was given. Says so with `say`
    /// if that takes longer than a moment.
    ///
    /// # Errors
    /// Which bookmarks are not saved and why, on one line.
    pub(super) fn finish(&mut self, say: impl FnOnce(&str)) -> Result<(), String> {
        self.errands = None;
        self.saves = None;
        let mut kept = self.kept.recv_timeout(LAST_ERRANDS);
        if kept == Err(RecvTimeoutError::Timeout) && self.unsaved.load(Ordering::Relaxed) > 0 {
            say(STILL_SAVING);
            kept = self.kept.recv_timeout(LAST_SAVES);
        }
        let kept = match kept {
            Ok(kept) => kept,
            Err(_) if self.unsaved.load(Ordering::Relaxed) == 0 => Ok(()),
            Err(RecvTimeoutError::Timeout) => {
                Err("the last bookmarks or corrections are NOT saved: the disk does not answer".to_owned())
            }
            Err(RecvTimeoutError::Disconnected) => {
                Err("the last bookmarks or corrections are NOT saved: dateline stumbled; the log file says where"
                    .to_owned())
            }
        };
        if self.ended.recv_timeout(LAST_ERRANDS) == Err(RecvTimeoutError::Timeout) {
            log::warn!("the library worker did not end in time");
        }
        kept
    }
}

/// Whether an effect writes what is the reader's own work.
fn is_save(effect: &Effect) -> bool {
    matches!(effect, Effect::SaveBookmarks { .. } | Effect::SaveCorrections { .. })
}

/// Saves bookmarks and corrections until nobody gives any more.
fn keep_bookmarks(keeper: &mut Keeper, saves: &Receiver<Effect>, answers: &Sender<Incoming>, unsaved: &AtomicUsize) {
    // When the loop has ended nobody wants to know any more, but what was given is still done.
    let send = |done: Done| drop(answers.send(Incoming::Done(done)));
    let mut taken = 0;
    while let Ok(first) = saves.recv() {
        let effects: Vec<Effect> = std::iter::once(first).chain(saves.try_iter()).collect();
        taken += effects.iter().filter(|effect| is_save(effect)).count();
        let stumbled: Vec<Done> = effects.iter().map(stumble).collect();
        if catch_unwind(AssertUnwindSafe(|| keeper.carry_out(effects, &send))).is_err() {
            stumbled.into_iter().for_each(send);
        } else if !keeper.has_unsaved() {
            unsaved.fetch_sub(std::mem::take(&mut taken), Ordering::Relaxed);
        }
    }
}

fn keep_books(
    mut worker: Worker,
    sources: &[OsString],
    find: impl FnOnce() -> Found,
    errands: &Receiver<Effect>,
    answers: &Sender<Incoming>,
) {
    let send = |done: Done| drop(answers.send(Incoming::Done(done)));
    send(catch_unwind(AssertUnwindSafe(|| worker.start(sources, find))).unwrap_or_else(|_| nothing_started()));
    loop {
        // Sources that were named are read on while nobody asks for anything.
        let effect = if worker.is_waiting() {
            match errands.recv_timeout(COURTESY) {
                Ok(effect) => effect,
                Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {
                    let more = catch_unwind(AssertUnwindSafe(|| worker.read_more()));
                    more.unwrap_or_else(|_| vec![Done::Told(Notice::error(STUMBLED))]).into_iter().for_each(&send);
                    continue;
                }
            }
        } else {
            match errands.recv() {
                Ok(effect) => effect,
                Err(_) => return,
            }
        };
        let stumbled = stumble(&effect);
        match catch_unwind(AssertUnwindSafe(|| worker.carry_out(effect))) {
            Ok(answers) => answers.into_iter().for_each(&send),
            Err(_) => send(stumbled),
        }
        if catch_unwind(AssertUnwindSafe(|| worker.note_opened())).is_err() {
            log::error!("the article that was opened is not noted in the library");
        }
    }
}

/// A start that found nothing, because looking around panicked.
fn nothing_started() -> Done {
    Done::Started(Box::new(Started {
        opened: Vec::new(),
        before: Vec::new(),
        edition: Vec::new(),
        shelf: Shelf::default(),
        states: Vec::new(),
        history: History::default(),
        device: DeviceId::NOBODY,
        corrections: Corrections::default(),
        notices: vec![Notice::error(STUMBLED)],
    }))
}

/// What is answered to an effect whose worker panicked or is gone.
fn stumble(effect: &Effect) -> Done {
    let told = STUMBLED.to_owned();
    match effect {
        Effect::Open { request, .. } => Done::Opened { request: *request, result: Err(told) },
        Effect::SaveBookmarks { records, .. } => {
            Done::Saved { ids: records.iter().map(Bookmark::id).collect(), result: Err(told) }
        }
        Effect::SaveCorrections { request, .. } => Done::CorrectionsSaved { request: *request, result: Err(told) },
        Effect::Locate { request, article, bookmarks } => {
            let found = bookmarks.iter().map(unknown).collect();
            Done::Located { request: *request, text: article.body.hash(), found }
        }
        _ => Done::Told(Notice::error(told)),
    }
}

fn find_entities(analyses: &Receiver<Effect>, answers: &Sender<Incoming>) {
    while let Ok(first) = analyses.recv() {
        // Only the latest counts: a reader who leafs through articles does not wait for those left behind.
        let latest = analyses.try_iter().last().unwrap_or(first);
        let Effect::Analyse { request, article, guessed_date } = latest else { continue };
        let context = Context { published: article.published, guessed_date };
        let entities = catch_unwind(|| analyse(&article.body, &context)).unwrap_or_default();
        if let Some(limit) = limit_of(&article.body) {
            let told = Notice::hint(format!("This text is very long: {limit}."));
            if answers.send(Incoming::Done(Done::Told(told))).is_err() {
                return;
            }
        }
        if answers.send(Incoming::Done(Done::Analysed { request, entities })).is_err() {
            return;
        }
    }
}
