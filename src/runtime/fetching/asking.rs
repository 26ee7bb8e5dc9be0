//! Asks for one feed, and makes articles of what comes: in a thread of its own, so that the library only has to write.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::article::address::percent_decoded;
use crate::feed::{
    EntryArrival, FeedArrivals, FeedNews, FeedState, Outcome, Subscription, Validity, file_of, is_teaser, retry_at,
};
use crate::intake::feed::{self, Feed, FeedHints, NoFeed};
use crate::io::feed_command;
use crate::io::sources::{self, SourceRef};
use crate::net::{FeedRequest, FetchError, Progress};
use crate::text::reading_time::words;
use crate::text::sanitize::one_line;

use super::queue::{Verdict, host_of};
use super::shared::Shared;
use super::told::Trouble;
use super::{FetchReport, FetchStatus};

/// What came of a feed. It is kept before it is told.
pub(super) struct Answer {
    /// What is kept; nothing if it is as if nobody had asked.
    pub(super) arrivals: Option<FeedArrivals>,
    pub(super) report: FetchReport,
}

/// A feed as it came.
struct Came {
    /// None if it is as it was.
    bytes: Option<Vec<u8>>,
    hints: FeedHints,
    validity: Validity,
    moved_to: Option<String>,
}

/// Why it did not come, and what its host says to that.
struct Failure {
    trouble: Trouble,
    is_gone: bool,
    verdict: Verdict,
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        Self { trouble, is_gone: false, verdict: Verdict::Silent }
    }
}

/// Asks for a feed at `now`.
pub(super) fn ask(shared: &Shared, feed: &Subscription, state: &FeedState, now: Timestamp) -> (Answer, Verdict) {
    let mut permit = None;
    let mut watch = |progress: Progress| {
        if progress.bytes > Shared::LARGE && permit.is_none() {
            permit = shared.large.take(&|| shared.is_wanted());
        }
        shared.is_wanted()
    };
    let outcome = bytes(shared, feed, state, now, &mut watch).and_then(|came| read(shared, feed, state, came, now));
    match outcome {
        Ok(answer) => (answer, Verdict::Answered),
        Err(failure) => (failed(feed, state, &failure, now), failure.verdict),
    }
}

/// Where a feed comes from.
fn bytes(
    shared: &Shared,
    feed: &Subscription,
    state: &FeedState,
    now: Timestamp,
    watch: &mut dyn FnMut(Progress) -> bool,
) -> Result<Came, Failure> {
    let mut came = if let Some(command) = feed.url.strip_prefix("exec:") {
        Came::here(run(shared, command, None)?)
    } else if let Some(path) = file_of(&feed.url) {
        Came::here(file(path)?)
    } else {
        fetch(shared, feed, state, now, watch)?
    };
    if let Some(filter) = &feed.filter
        && let Some(bytes) = came.bytes.take()
    {
        came.bytes = Some(run(shared, filter, Some(bytes))?);
        // What the server says of the encoding may not hold any more.
        came.hints.charset = None;
    }
    Ok(came)
}

impl Came {
    /// From this machine, of which nobody says more.
    fn here(bytes: Vec<u8>) -> Self {
        Self { bytes: Some(bytes), hints: FeedHints::default(), validity: Validity::default(), moved_to: None }
    }
}

fn run(shared: &Shared, command: &str, input: Option<Vec<u8>>) -> Result<Vec<u8>, Failure> {
    let printed = feed_command::run(command, input, &|| shared.is_wanted());
    printed.map_err(|error| Trouble::of_command(&error, command).into())
}

fn file(path: &str) -> Result<Vec<u8>, Failure> {
    use std::os::unix::ffi::OsStringExt;

    let path = PathBuf::from(std::ffi::OsString::from_vec(percent_decoded(path)));
    let read = sources::read(&SourceRef::Found(path));
    read.map(|read| read.bytes).map_err(|error| Trouble::new(error.kind(), error.to_string(), error.hint()).into())
}

fn fetch(
    shared: &Shared,
    feed: &Subscription,
    state: &FeedState,
    now: Timestamp,
    watch: &mut dyn FnMut(Progress) -> bool,
) -> Result<Came, Failure> {
    let request = FeedRequest {
        address: feed.url.clone(),
        etag: state.etag.clone(),
        last_modified: state.last_modified.clone(),
        now,
    };
    let response = shared.client.fetch_feed(&request, watch).map_err(|error| {
        let trouble = Trouble::of_fetch(&error, &feed.url);
        let (is_gone, verdict) = match &error {
            FetchError::Status { code: 410, .. } => (true, Verdict::Answered),
            FetchError::Status { code: code @ (429 | 503), retry_after, .. } => {
                let until = retry_after.as_deref().and_then(|text| retry_at(text, now));
                let means_host = *code == 429 || until.is_some();
                (false, if means_host { Verdict::TooMany(until) } else { Verdict::Answered })
            }
            FetchError::Status { .. } => (false, Verdict::Answered),
            _ => (false, Verdict::Silent),
        };
        Failure { trouble, is_gone, verdict }
    })?;
    let address = response.content_location.unwrap_or(response.address);
    let (etag, last_modified, fresh_until) = (response.etag, response.last_modified, response.fresh_until);
    Ok(Came {
        bytes: response.body,
        hints: FeedHints { address: Some(address), charset: response.charset },
        validity: Validity { etag, last_modified, fresh_until },
        moved_to: response.moved_to,
    })
}

/// Makes articles of what came.
fn read(
    shared: &Shared,
    feed: &Subscription,
    state: &FeedState,
    came: Came,
    now: Timestamp,
) -> Result<Answer, Failure> {
    let Came { bytes, hints, validity, moved_to } = came;
    let body_hash = bytes.as_deref().map(|bytes| <[u8; 32]>::from(Sha256::digest(bytes)));
    let is_as_it_was = state.fetched_at.is_some() && body_hash == state.body_hash;
    let (Some(bytes), Some(body_hash), false) = (bytes, body_hash, is_as_it_was) else {
        let state = state.after(&feed.url, Outcome::Unchanged(validity), now);
        return Ok(answer(feed, state, Vec::new(), FetchStatus::Unchanged, moved_to));
    };
    let Some(turn) = shared.parsing.take(&|| shared.is_wanted()) else {
        return Err(Trouble::of_fetch(&FetchError::Cancelled, &feed.url).into());
    };
    let read = feed::read(&bytes, &hints, now).map_err(|other| no_feed(&bytes, &hints, &other, &feed.url))?;
    drop(bytes);
    let name = feed.title.clone().or_else(|| read.title.clone()).unwrap_or_else(|| host_of(&feed.url));
    let entries = entries(&read, &feed.url, &name);
    drop(turn);
    let Feed { title, home, ttl, skip_hours, .. } = read;
    let outcome = Outcome::Came { title, home, ttl, skip_hours, body_hash, validity };
    let state = state.after(&feed.url, outcome, now);
    Ok(answer(feed, state, entries, FetchStatus::Ok, moved_to))
}

fn entries(read: &Feed, address: &str, name: &str) -> Vec<EntryArrival> {
    let one = |entry: &feed::FeedEntry| {
        let article = feed::article(entry, address, name);
        EntryArrival {
            words: words(article.body.as_str()),
            is_teaser: is_teaser(entry, &article),
            article: Arc::new(article),
            guid: entry.guid.clone(),
            comments: entry.comments.clone(),
            enclosures: entry.enclosures.clone(),
        }
    };
    // What says nothing is no article.
    read.entries.iter().filter(|entry| entry.says_something()).map(one).collect()
}

/// What came instead of a feed, and which feeds it names.
fn no_feed(bytes: &[u8], hints: &FeedHints, other: &NoFeed, address: &str) -> Failure {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Trouble::new("empty", "it is empty", "try again later".to_owned()).into();
    }
    let found: Vec<String> = feed::found_on(bytes, hints).into_iter().map(|link| link.url).collect();
    // The host has answered, though not with a feed.
    Failure { verdict: Verdict::Answered, ..Trouble::of_other(other, &found, address).into() }
}

fn failed(feed: &Subscription, state: &FeedState, failure: &Failure, now: Timestamp) -> Answer {
    let Failure { trouble, is_gone, verdict } = failure;
    let problem = trouble.problem();
    let after = match verdict {
        _ if trouble.is_ours => None,
        // It was asked, unlike those that wait for its sake.
        Verdict::TooMany(Some(until)) => {
            let state = FeedState { checked_at: Some(now), ..state.clone() };
            Some(state.after(&feed.url, Outcome::Held { until: *until, problem }, now))
        }
        _ => Some(state.after(&feed.url, Outcome::Failed { problem, is_gone: *is_gone }, now)),
    };
    let title = after.as_ref().unwrap_or(state).title.clone();
    let report = FetchReport { problem: Some(trouble.clone()), ..FetchReport::of(feed, title, FetchStatus::Error) };
    Answer { arrivals: after.map(|state| arrivals(feed, state, Vec::new())), report }
}

fn answer(
    feed: &Subscription,
    state: FeedState,
    entries: Vec<EntryArrival>,
    status: FetchStatus,
    moved_to: Option<String>,
) -> Answer {
    let report = FetchReport { moved_to, ..FetchReport::of(feed, state.title.clone(), status) };
    Answer { arrivals: Some(arrivals(feed, state, entries)), report }
}

pub(super) fn arrivals(feed: &Subscription, state: FeedState, entries: Vec<EntryArrival>) -> FeedArrivals {
    FeedArrivals { feed: feed.url.clone(), state, entries, tags: feed.tags.clone() }
}

/// The program stumbled over a feed: the others do not hear of it.
pub(super) fn stumbled(feed: &Subscription, state: &FeedState, now: Timestamp) -> Answer {
    let hint = "the log file says where (see `dateline doctor`)".to_owned();
    failed(feed, state, &Trouble::new("bad-input", "dateline stumbled over it", hint).into(), now)
}

/// A feed that is not asked for, since its host asked for patience when others were.
pub(super) fn held(feed: &Subscription, state: &FeedState, until: Option<Timestamp>, now: Timestamp) -> Answer {
    let held = |until| {
        let problem = format!("{} asked to be left alone", one_line(&host_of(&feed.url)));
        arrivals(feed, state.after(&feed.url, Outcome::Held { until, problem }, now), Vec::new())
    };
    let report = FetchReport::of(feed, state.title.clone(), FetchStatus::Held);
    Answer { arrivals: until.map(held), report }
}

impl FetchReport {
    /// Of a feed that brought nothing.
    pub(super) fn of(feed: &Subscription, title: Option<String>, status: FetchStatus) -> Self {
        Self {
            url: feed.url.clone(),
            title: feed.title.clone().or(title),
            status,
            news: FeedNews::default(),
            problem: None,
            moved_to: None,
        }
    }
}

/// Subscriptions without those that are there twice, as a feed in two folders is: it has the tags of both.
pub(super) fn once(feeds: Vec<(Subscription, FeedState)>) -> Vec<(Subscription, FeedState)> {
    let mut all: Vec<(Subscription, FeedState)> = Vec::with_capacity(feeds.len());
    let mut known: HashMap<String, usize> = HashMap::new();
    for (feed, state) in feeds {
        let Some((first, _)) = known.get(&feed.url).and_then(|at| all.get_mut(*at)) else {
            known.insert(feed.url.clone(), all.len());
            all.push((feed, state));
            continue;
        };
        let new: Vec<String> = feed.tags.into_iter().filter(|tag| !first.tags.contains(tag)).collect();
        first.tags.extend(new);
        // One that is left alone in one folder only is wanted in the other.
        first.is_paused &= feed.is_paused;
        first.fetches_pages |= feed.fetches_pages;
    }
    all
}
