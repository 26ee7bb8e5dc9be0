//! Fetches feeds: many at once, few from one host, each of them kept before it is told of.
//!
//! * `queue`: which feed is next, and which has to wait for its host
//! * `shared`: what the threads share; `permits`: how many do at once what takes memory
//! * `asking`: one feed, from its address to its articles
//! * `told`: what goes wrong, in words for people

mod asking;
mod permits;
mod queue;
mod shared;
#[cfg(test)]
mod tests;
mod told;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, SyncSender};
use std::thread;

use jiff::{SignedDuration, Timestamp};

use self::asking::{Answer, ask, held, once, stumbled};
use self::permits::GLANCE;
use self::queue::Verdict;
use self::shared::Shared;
pub(crate) use self::told::Trouble;
use crate::feed::{FeedArrivals, FeedNews, FeedState, Subscription};
use crate::io::priority;
use crate::net::{Client, Network};

/// Threads that ask. More only add up where hosts keep silent.
const THREADS: usize = 16;
/// Feeds that wait to be kept: with one in each thread this bounds what is in memory.
const AHEAD: usize = 2;

/// What became of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FetchStatus {
    /// It came.
    Ok,
    /// It came, and is as it was.
    Unchanged,
    /// Its server asked to be left alone until later, so it was not asked.
    Held,
    /// It is paused, by the reader or by its server.
    Paused,
    /// It did not come.
    Error,
}

impl FetchStatus {
    /// Its name, for JSON.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Unchanged => "unchanged",
            Self::Held => "held",
            Self::Paused => "paused",
            Self::Error => "error",
        }
    }
}

/// What became of a feed, told once for each.
#[derive(Clone, Debug)]
pub(crate) struct FetchReport {
    /// Its address, as it is subscribed to.
    pub(crate) url: String,
    /// Its name.
    pub(crate) title: Option<String>,
    /// What became of it.
    pub(crate) status: FetchStatus,
    /// What it brought.
    pub(crate) news: FeedNews,
    /// What went wrong.
    pub(crate) problem: Option<Trouble>,
    /// Where it has moved for good: `feeds.opml` is to follow.
    pub(crate) moved_to: Option<String>,
}

/// How feeds are fetched.
pub(crate) struct FetchPlan {
    /// The feeds, each with what is remembered of it.
    pub(crate) feeds: Vec<(Subscription, FeedState)>,
    /// Whether a person asked for them: then they are fetched whether they are due or not.
    pub(crate) is_asked_for: bool,
    /// The time between two times that they are fetched by themselves.
    pub(crate) interval: SignedDuration,
    /// How the web is reached.
    pub(crate) network: Network,
    /// When this began.
    pub(crate) now: Timestamp,
    /// Set when nobody waits any more: it is seen at once, also while hosts keep silent.
    pub(crate) cancelled: Arc<AtomicBool>,
}

/// Why what a feed brings is not kept, with what can be done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NotKept {
    /// It is about this feed, or passes.
    Once(String),
    /// Nothing of any other could be kept either, as on a full disk.
    Lasting(String),
}

/// Fetches feeds, in threads. `keep` is called here for each that was asked for, with what is remembered of it from now on
/// and with its entries, if it brought any; and `report` for each when that is kept: its answer says whether to go on.
/// This returns when the last is told. A feed that is there twice is fetched and told once; one that nobody asked for and
/// that is not due is not told at all.
///
/// # Errors
/// Why nothing can be kept any more: whatever was not told by then is not fetched.
pub(crate) fn fetch(
    plan: FetchPlan,
    keep: &mut dyn FnMut(FeedArrivals) -> Result<FeedNews, NotKept>,
    report: &mut dyn FnMut(FetchReport) -> bool,
) -> Result<(), String> {
    let FetchPlan { feeds, is_asked_for, interval, network, now, cancelled } = plan;
    let mut asked = Vec::new();
    for (feed, state) in once(feeds) {
        let status = match () {
            () if feed.is_paused || state.is_gone => FetchStatus::Paused,
            () if state.is_held(now) => FetchStatus::Held,
            () if is_asked_for || state.is_due(&feed.url, interval, now) => {
                asked.push((feed, state));
                continue;
            }
            () => continue,
        };
        if is_asked_for && !report(FetchReport::of(&feed, state.title, status)) {
            return Ok(());
        }
    }
    let threads = asked.len().min(THREADS);
    let shared = Arc::new(Shared::new(asked, Client::new(&network), Arc::clone(&cancelled), now));
    let (give, answers) = mpsc::sync_channel(AHEAD);
    for number in 0..threads {
        let (shared, give) = (Arc::clone(&shared), give.clone());
        let work = move || work(&shared, &give);
        if let Err(error) = thread::Builder::new().name("fetching".into()).spawn(work) {
            log::warn!("only {number} threads fetch feeds: {error}");
            break;
        }
    }
    drop(give);
    let mut outcome = Ok(());
    while !cancelled.load(Ordering::SeqCst) {
        let answer = match answers.recv_timeout(GLANCE) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Timeout) => continue,
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        };
        match kept(answer, keep) {
            Ok(kept) => {
                if !report(kept) {
                    break;
                }
            }
            Err(why) => {
                outcome = Err(why);
                break;
            }
        }
    }
    shared.cancel();
    outcome
}

/// Asks for one feed after the other, until there is none left or nobody takes what comes.
fn work(shared: &Shared, give: &SyncSender<Answer>) {
    priority::yield_to_others();
    while let Some((number, (feed, state))) = shared.next() {
        let asked = catch_unwind(AssertUnwindSafe(|| ask(shared, feed, state, shared.now)));
        let (answer, verdict) = asked.unwrap_or_else(|_| (stumbled(feed, state, shared.now), Verdict::Silent));
        let waiting = shared.done(number, verdict);
        let waiting = waiting.into_iter().map(|((feed, state), until)| held(feed, state, until, shared.now));
        for answer in [answer].into_iter().chain(waiting) {
            if give.send(answer).is_err() {
                return;
            }
        }
    }
}

/// Keeps what came, and says what is told of it.
///
/// # Errors
/// Why nothing else can be kept either.
fn kept(
    answer: Answer,
    keep: &mut dyn FnMut(FeedArrivals) -> Result<FeedNews, NotKept>,
) -> Result<FetchReport, String> {
    let Answer { arrivals, report } = answer;
    match arrivals.map(keep).transpose() {
        Ok(news) => Ok(FetchReport { news: news.unwrap_or_default(), ..report }),
        Err(NotKept::Once(error)) => {
            let problem = Some(Trouble::new("io", error, None));
            Ok(FetchReport { status: FetchStatus::Error, problem, moved_to: None, ..report })
        }
        Err(NotKept::Lasting(error)) => Err(error),
    }
}
