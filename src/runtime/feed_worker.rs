//! Subscriptions on their way to the disk and back, and what is fetched for them: one run at a time, which may be stopped.
//!
//! What takes as long as the web does is [`FeedWork`], for a thread of its own. The library is reached through the thread
//! that owns it.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use jiff::SignedDuration;

use crate::article::RowId;
use crate::command::{Answer, FeedAnswer, FeedJob, FetchProgress, FetchSummary, Found, Notice, Reply, Request};
use crate::feed::{FeedArrivals, FeedNews, FeedState, Subscription, SubscriptionEdit, Subscriptions};
use crate::io::file_version::FileVersion;
use crate::io::searches::LoadedSearches;
use crate::io::subscriptions;
use crate::io::{clock, searches};
use crate::net::Network;
use crate::query::SavedSearch;
use crate::text::plural::count;

use super::catalogue::feed_arrivals::MOST_TRIES;
use super::fetching::{self, FetchPlan, FetchReport, FetchStatus, NotKept};
use super::finding;
use super::library_task::LibraryTask;
use super::runner::Task;
use super::with_hint;

/// Time between two reports of how far fetching is.
const PAUSE: Duration = Duration::from_millis(300);
/// New articles whose headlines are told outside the program.
const TOLD: usize = 5;

/// What comes of a job.
pub(crate) enum FeedOutput {
    /// This is the answer.
    Answer(Answer),
    /// The library is to follow.
    Library(LibraryTask),
    /// This is to be done on a thread of its own.
    Work(FeedWork),
}

/// Whether feeds are being fetched, and whether that is to stop.
#[derive(Clone, Default)]
pub(crate) struct FetchRuns {
    is_running: Arc<AtomicBool>,
    is_cancelled: Arc<AtomicBool>,
}

impl FetchRuns {
    /// Lets the run that goes on come to its end.
    pub(crate) fn stop(&self) {
        self.is_cancelled.store(true, Ordering::SeqCst);
    }

    /// Begins a run; none while another goes on.
    fn begin(&self) -> Option<FetchRun> {
        if self.is_running.swap(true, Ordering::SeqCst) {
            return None;
        }
        self.is_cancelled.store(false, Ordering::SeqCst);
        Some(FetchRun { runs: self.clone() })
    }
}

/// The run that goes on.
pub(crate) struct FetchRun {
    runs: FetchRuns,
}

impl FetchRun {
    fn is_cancelled(&self) -> bool {
        self.runs.is_cancelled.load(Ordering::SeqCst)
    }
}

impl Drop for FetchRun {
    fn drop(&mut self) {
        self.runs.is_running.store(false, Ordering::SeqCst);
    }
}

/// Something that takes as long as the web does.
pub(crate) enum FeedWork {
    /// Fetch feeds.
    Fetch {
        /// The feeds.
        feeds: Vec<Subscription>,
        /// All that is subscribed to.
        subscriptions: Box<Subscriptions>,
        /// Whether a person asked.
        is_asked_for: bool,
        /// The time between two times that they are fetched by themselves.
        interval: SignedDuration,
        /// Keeps a second run from beginning.
        run: FetchRun,
        /// Where the data lies.
        data_dir: PathBuf,
        /// How the web is reached.
        network: Network,
    },
    /// Look what there is at an address.
    Find {
        /// The request to be answered.
        request: Request<Result<Found, String>>,
        /// The address.
        address: String,
        /// How the web is reached.
        network: Network,
    },
}

/// Owns `feeds.opml`.
pub(crate) struct FeedWorker {
    data_dir: PathBuf,
    network: Network,
    subscriptions: Subscriptions,
    /// The file that was read or written last.
    version: Option<FileVersion>,
    /// What was told to be wrong: each is told once.
    told: Vec<String>,
    /// The time between two times that feeds are fetched by themselves.
    interval: SignedDuration,
    runs: FetchRuns,
}

impl FeedWorker {
    pub(crate) fn new(data_dir: PathBuf, network: Network, interval: SignedDuration, runs: FetchRuns) -> Self {
        let (subscriptions, told) = (Subscriptions::default(), Vec::new());
        Self { data_dir, network, subscriptions, version: None, told, interval, runs }
    }

    /// Carries out a job.
    pub(crate) fn carry_out(&mut self, job: FeedJob, give: &mut dyn FnMut(FeedOutput)) {
        let answer = |answer| FeedOutput::Answer(Answer::Feeds(answer));
        // What others wrote is seen before one's own is added.
        if let Some(changed) = self.refresh() {
            give(answer(changed));
        }
        match job {
            // That was done.
            FeedJob::Refresh => {}
            FeedJob::Edit { edit, done } => {
                let saved = self.edit(&edit, done);
                if matches!(&saved, FeedAnswer::Saved(Ok(_))) {
                    followed(&edit).for_each(|task| give(FeedOutput::Library(task)));
                }
                give(answer(saved));
            }
            FeedJob::CancelFetch => self.runs.stop(),
            FeedJob::Find { request, address } => {
                give(FeedOutput::Work(FeedWork::Find { request, address, network: self.network.clone() }));
            }
            FeedJob::Fetch { feeds, is_asked_for } => {
                let feeds = wanted(&self.subscriptions, feeds.as_deref());
                if feeds.is_empty() {
                    return;
                }
                if let Some(run) = self.runs.begin() {
                    let (data_dir, network) = (self.data_dir.clone(), self.network.clone());
                    let (interval, subscriptions) = (self.interval, Box::new(self.subscriptions.clone()));
                    give(FeedOutput::Work(FeedWork::Fetch {
                        feeds,
                        subscriptions,
                        is_asked_for,
                        interval,
                        run,
                        data_dir,
                        network,
                    }));
                } else if is_asked_for {
                    give(FeedOutput::Answer(Answer::Notice(Notice::hint("Feeds are being fetched already."))));
                }
            }
        }
    }

    fn refresh(&mut self) -> Option<FeedAnswer> {
        let version = subscriptions::version(&self.data_dir);
        if self.version == Some(version) {
            return None;
        }
        self.version = Some(version);
        let (loaded, problems) = match subscriptions::load(&self.data_dir) {
            Ok(loaded) => (Some(loaded.subscriptions), loaded.problems),
            Err(error) => (None, vec![format!("Your subscriptions are not used: {error}")]),
        };
        if let Some(loaded) = &loaded {
            self.subscriptions = loaded.clone();
        }
        let new = problems.iter().filter(|problem| !self.told.contains(problem));
        let notices = new.map(|problem| Notice::error(format!("{}.", problem.trim_end_matches('.')))).collect();
        self.told = problems;
        Some(FeedAnswer::Subscriptions { subscriptions: loaded, notices })
    }

    fn edit(&mut self, edit: &SubscriptionEdit, done: String) -> FeedAnswer {
        let saved = subscriptions::save(&self.data_dir, edit);
        if let Ok(subscriptions) = &saved {
            self.version = Some(subscriptions::version(&self.data_dir));
            self.subscriptions = subscriptions.clone();
        }
        FeedAnswer::Saved(saved.map(|subscriptions| (subscriptions, done)).map_err(|error| error.to_string()))
    }
}

/// The feeds with these addresses, or all of them, each once, with the tags of all its folders. It is paused only if it is
/// paused everywhere.
fn wanted(subscriptions: &Subscriptions, addresses: Option<&[String]>) -> Vec<Subscription> {
    let addresses: Option<BTreeSet<&String>> = addresses.map(|addresses| addresses.iter().collect());
    let is_wanted = |feed: &&Subscription| addresses.as_ref().is_none_or(|addresses| addresses.contains(&feed.url));
    let mut feeds: Vec<Subscription> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for feed in subscriptions.all().filter(is_wanted) {
        let next = feeds.len();
        let place = *places.entry(&feed.url).or_insert(next);
        match feeds.get_mut(place) {
            None => feeds.push(feed.clone()),
            Some(known) => {
                known.is_paused &= feed.is_paused;
                known.fetches_pages |= feed.fetches_pages;
                let new: Vec<String> = feed.tags.iter().filter(|tag| !known.tags.contains(tag)).cloned().collect();
                known.tags.extend(new);
            }
        }
    }
    feeds
}

impl Task for FeedWork {
    fn failure(&self) -> Answer {
        match self {
            Self::Fetch { is_asked_for, .. } => FeedJob::Fetch { feeds: None, is_asked_for: *is_asked_for }.failure(),
            Self::Find { request, address, .. } => {
                FeedJob::Find { request: *request, address: address.clone() }.failure()
            }
        }
    }
}

impl FeedWork {
    /// Carries it out. What is to be kept is given to the `library`; what is to be changed in the subscriptions to `edit`.
    pub(crate) fn carry_out(self, library: &dyn Fn(LibraryTask), edit: &dyn Fn(FeedJob), send: &dyn Fn(FeedAnswer)) {
        match self {
            Self::Find { request, address, network } => {
                send(FeedAnswer::Found(found(request, &address, &network)));
            }
            Self::Fetch { feeds, subscriptions, is_asked_for, interval, run, data_dir, network } => {
                let filters = filters(&data_dir);
                let mut keep = |arrivals: FeedArrivals| keep(arrivals, &filters, &run, library);
                let states: HashMap<String, FeedState> = states(library).into_iter().collect();
                let with_state = |feed: Subscription| {
                    let state = states.get(&feed.url).cloned().unwrap_or_default();
                    (feed, state)
                };
                let ahead: HashSet<String> =
                    feeds.iter().filter(|feed| feed.fetches_pages).map(|feed| feed.url.clone()).collect();
                let feeds: Vec<(Subscription, FeedState)> = feeds.into_iter().map(with_state).collect();
                let cancelled = Arc::clone(&run.runs.is_cancelled);
                let now = clock::now();
                let mut tally = Tally::new(feeds.len(), is_asked_for);
                let plan = FetchPlan { feeds, is_asked_for, interval, network, now, cancelled };
                let mut first_new = Vec::new();
                let mut report = |report: FetchReport| {
                    first_new.extend(report.news.new.iter().copied().take(TOLD - first_new.len()));
                    if ahead.contains(&report.url) && !report.news.new.is_empty() {
                        library(LibraryTask::FetchAhead(report.news.new.clone()));
                    }
                    if let Some(progress) = tally.count(report) {
                        send(FeedAnswer::Fetching(progress));
                    }
                    true
                };
                let fetched = fetching::fetch(plan, &mut keep, &mut report);
                tally.summary.stopped =
                    fetched.err().map(|why| (tally.progress.total.saturating_sub(tally.progress.done), why));
                library(LibraryTask::TellFeedStates);
                tally.summary.titles = headlines(first_new, library);
                drop(run);
                follow(&subscriptions, &tally.moved).into_iter().for_each(edit);
                send(FeedAnswer::Fetched(tally.summary));
            }
        }
    }
}

/// The headlines of these articles.
fn headlines(rows: Vec<RowId>, library: &dyn Fn(LibraryTask)) -> Vec<String> {
    if rows.is_empty() {
        return Vec::new();
    }
    let (reply, headlines) = mpsc::sync_channel(1);
    library(LibraryTask::Headlines { rows, reply });
    headlines.recv().unwrap_or_default()
}

/// What is remembered of each feed.
fn states(library: &dyn Fn(LibraryTask)) -> Vec<(String, FeedState)> {
    let (reply, states) = mpsc::sync_channel(1);
    library(LibraryTask::FeedStates { reply });
    states.recv().unwrap_or_default()
}

fn found(request: Request<Result<Found, String>>, address: &str, network: &Network) -> Reply<Result<Found, String>> {
    request.reply(finding::find(address, network))
}

/// What is done with some of what arrives. A file that cannot be read costs no news.
fn filters(data_dir: &Path) -> Arc<[SavedSearch]> {
    let loaded = searches::load(data_dir, clock::now()).unwrap_or_else(|error| {
        log::warn!("filters are not used: {error}");
        LoadedSearches::default()
    });
    loaded.searches.filters().cloned().collect()
}

/// Has the library take in what a feed brings, and waits while another program writes to it.
fn keep(
    arrivals: FeedArrivals,
    filters: &Arc<[SavedSearch]>,
    run: &FetchRun,
    library: &dyn Fn(LibraryTask),
) -> Result<FeedNews, NotKept> {
    let arrivals = Arc::new(arrivals);
    let mut tries = 0;
    loop {
        let (reply, kept) = mpsc::sync_channel(1);
        let (arrivals, filters) = (Arc::clone(&arrivals), Arc::clone(filters));
        library(LibraryTask::TakeIn { arrivals, filters, reply });
        tries += 1;
        match kept.recv() {
            Ok(Err(not)) if not.is_busy && tries < MOST_TRIES && !run.is_cancelled() => {}
            Ok(Err(not)) if not.is_lasting => return Err(NotKept::Lasting(not.told)),
            Ok(kept) => return kept.map_err(|not| NotKept::Once(not.told)),
            Err(_) => return Err(NotKept::Once("it is not kept, and the log file says why".to_owned())),
        }
    }
}

/// Feeds that have moved for good are asked for where they are now.
fn follow(subscriptions: &Subscriptions, moved: &[(String, String)]) -> Option<FeedJob> {
    let edit = subscriptions.moved(moved);
    let number = edit.take.iter().map(|feed| &feed.url).collect::<BTreeSet<_>>().len();
    let verb = if number == 1 { "has moved; its address follows" } else { "have moved; their addresses follow" };
    (number > 0).then(|| FeedJob::Edit { edit, done: format!("{} {verb}.", count(number, "feed")) })
}

/// What the library does where an edit changes addresses, or has feeds fetched that were not.
fn followed(edit: &SubscriptionEdit) -> impl Iterator<Item = LibraryTask> {
    let new = |at: usize, feed: &Subscription| match edit.take.get(at) {
        Some(old) if old.url != feed.url => Some(LibraryTask::MoveFeed { from: old.url.clone(), to: feed.url.clone() }),
        Some(old) if old.is_paused <= feed.is_paused => None,
        _ => Some(LibraryTask::AskAgain(feed.url.clone())),
    };
    edit.add.iter().enumerate().filter_map(move |(at, feed)| new(at, feed))
}

/// What came of fetching so far.
struct Tally {
    progress: FetchProgress,
    summary: FetchSummary,
    moved: Vec<(String, String)>,
    told: Option<Instant>,
}

impl Tally {
    fn new(total: usize, is_asked_for: bool) -> Self {
        Self {
            progress: FetchProgress { total, is_asked_for, ..FetchProgress::default() },
            summary: FetchSummary { is_asked_for, ..FetchSummary::default() },
            moved: Vec::new(),
            told: None,
        }
    }

    /// Counts a feed; what is to be told of the progress, if it is time.
    fn count(&mut self, report: FetchReport) -> Option<FetchProgress> {
        let FetchReport { url, title, status, news, problem, moved_to } = report;
        let FeedNews { new, updated } = news;
        self.progress.done += 1;
        self.progress.new += new.len();
        self.summary.new += new.len();
        self.summary.updated += updated.len();
        match status {
            FetchStatus::Ok | FetchStatus::Unchanged => self.summary.feeds += 1,
            FetchStatus::Error => {
                self.summary.feeds += 1;
                let why = problem.map(|problem| with_hint(&problem.error, problem.hint)).unwrap_or_default();
                self.summary.failed.push((title.unwrap_or_else(|| url.clone()), why));
            }
            FetchStatus::Held | FetchStatus::Paused => {}
        }
        self.moved.extend(moved_to.map(|to| (url, to)));
        let now = clock::monotonic();
        let is_due = self.told.is_none_or(|at| now.duration_since(at) >= PAUSE);
        is_due.then(|| {
            self.told = Some(now);
            self.progress
        })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "lays out feeds and filters")]

    use std::cell::{Cell, RefCell};
    use std::fs;

    use super::*;
    use crate::library::Library;
    use crate::query::ArticleQuery;
    use crate::runtime::library_task::{LibraryOutput, NotTaken};
    use crate::runtime::library_worker::LibraryWorker;

    fn outputs(worker: &mut FeedWorker, job: FeedJob) -> Vec<FeedOutput> {
        let mut outputs = Vec::new();
        worker.carry_out(job, &mut |output| outputs.push(output));
        outputs
    }

    #[test]
    fn what_comes_goes_through_the_filters_of_now_and_waits_for_who_writes_to_the_library() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let mut library = LibraryWorker::new(data.clone(), usize::MAX);
        library.carry_out(LibraryTask::Start, &|_| {});
        library.carry_out(LibraryTask::ReadMarks, &|_| {});
        let item =
            |title: &str| format!("<item><title>{title}</title><description>{title} again.</description></item>");
        let feed = folder.path().join("feed.xml");
        let put = |titles: &[&str]| {
            let items: String = titles.iter().map(|title| item(title)).collect();
            fs::write(&feed, format!("<rss version=\"2.0\"><channel><title>T</title>{items}</channel></rss>")).unwrap();
        };
        let url = format!("exec:cat '{}'", feed.display());
        let edit = SubscriptionEdit { add: vec![Subscription { url, ..Subscription::default() }], take: Vec::new() };
        let mut worker = FeedWorker::new(data.clone(), Network::default(), SignedDuration::ZERO, FetchRuns::default());
        outputs(&mut worker, FeedJob::Edit { edit, done: String::new() });
        let library = RefCell::new(library);
        let mut fetch = |busy: usize| {
            let refused = Cell::new(0);
            let give = |task| match task {
                LibraryTask::TakeIn { reply, .. } if refused.get() < busy => {
                    refused.set(refused.get() + 1);
                    reply.send(Err(NotTaken { is_busy: true, is_lasting: false, told: "busy".into() })).unwrap();
                }
                task => library.borrow_mut().carry_out(task, &|_: LibraryOutput| {}),
            };
            let summary = RefCell::new(None);
            for output in outputs(&mut worker, FeedJob::Fetch { feeds: None, is_asked_for: true }) {
                if let FeedOutput::Work(work) = output {
                    work.carry_out(&give, &|_| {}, &|answer| {
                        if let FeedAnswer::Fetched(done) = answer {
                            summary.replace(Some(done));
                        }
                    });
                }
            }
            let summary = summary.into_inner().unwrap();
            (summary.new, summary.failed.len())
        };
        put(&["Rain"]);
        fs::write(data.join("searches.tsv"), "star\tRain\train\n").unwrap();
        assert_eq!(fetch(3), (1, 0));
        put(&["Rain", "Hail", "Snow"]);
        fs::write(data.join("searches.tsv"), "drop\tHail\thail\nnonsense\n").unwrap();
        assert_eq!(fetch(0), (1, 0));
        put(&["Frost"]);
        assert_eq!(fetch(usize::MAX), (0, 1), "nobody waits for ever");
        drop(library);
        let (mut library, _) = Library::open(&data).unwrap();
        let rows = library.reader().unwrap().rows_matching(&ArticleQuery::default()).unwrap();
        let mut titles: Vec<(String, bool)> = library
            .entries_of(&rows)
            .unwrap()
            .into_iter()
            .filter(|entry| !entry.feeds.is_empty())
            .map(|entry| (entry.title.clone(), entry.is_starred()))
            .collect();
        titles.sort();
        assert_eq!(titles, [("Rain".to_owned(), true), ("Snow".to_owned(), false)]);
    }

    #[test]
    fn the_library_follows_an_edit() {
        let folder = tempfile::tempdir().unwrap();
        let mut worker =
            FeedWorker::new(folder.path().to_owned(), Network::default(), SignedDuration::ZERO, FetchRuns::default());
        let mut edit = |take: &[Subscription], add: &[Subscription]| {
            let edit = SubscriptionEdit { take: take.to_vec(), add: add.to_vec() };
            let told = outputs(&mut worker, FeedJob::Edit { edit, done: String::new() });
            let tasks = told.into_iter().filter_map(|output| match output {
                FeedOutput::Library(LibraryTask::MoveFeed { from, to }) => Some(format!("{from} to {to}")),
                FeedOutput::Library(LibraryTask::AskAgain(feed)) => Some(feed),
                FeedOutput::Library(_) => Some("not asked for".to_owned()),
                FeedOutput::Answer(_) | FeedOutput::Work(_) => None,
            });
            tasks.collect::<Vec<_>>()
        };
        let feed = |url: &str| Subscription { url: format!("https://{url}.example/f"), ..Subscription::default() };
        let paused = |url: &str| Subscription { is_paused: true, ..feed(url) };
        assert_eq!(edit(&[], &[feed("a")]), ["https://a.example/f"]);
        assert!(edit(&[feed("a")], &[paused("a")]).is_empty());
        assert_eq!(edit(&[paused("a")], &[feed("a")]), ["https://a.example/f"]);
        assert_eq!(edit(&[feed("a")], &[feed("b")]), ["https://a.example/f to https://b.example/f"]);
        assert!(edit(&[feed("a")], &[feed("c")]).is_empty(), "what is gone goes nowhere");
        assert!(edit(&[feed("b")], &[]).is_empty());
    }
}
