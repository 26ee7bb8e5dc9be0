//! `dateline feeds list`: prints the subscriptions, in the order of their file.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::Serialize;

use super::super::args::ListFeedsArgs;
use super::super::error::{CliError, Exit, Failure};
use super::super::library::look_into;
use super::super::output::Style;
use super::{Context, States, load, name_of};
use crate::feed::{FeedState, Subscription};
use crate::io::clock;
use crate::query::Counts;
use crate::text::sanitize::one_line;

/// The documented form of the list; what is not known is null.
#[derive(Serialize)]
struct Listing<'a> {
    feeds: Vec<FeedRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Failure>,
}

#[derive(Serialize)]
struct FeedRow<'a> {
    url: &'a str,
    title: String,
    home: Option<&'a str>,
    folder: &'a [String],
    tags: &'a [String],
    total: usize,
    unread: usize,
    fetched: Option<String>,
    status: &'static str,
    error: Option<&'a str>,
    fetch_pages: bool,
}

/// How a feed is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    Ok,
    /// It was never fetched.
    New,
    /// Its server asked to be left alone for a while.
    Held,
    /// The last time it did not come.
    Failing,
    /// The reader paused it.
    Paused,
    /// Its server says that it is gone for good.
    Gone,
}

impl Status {
    fn of(feed: &Subscription, state: Option<&FeedState>, now: Timestamp) -> Self {
        match state {
            _ if feed.is_paused => Self::Paused,
            Some(state) if state.is_gone => Self::Gone,
            Some(state) if state.is_held(now) => Self::Held,
            Some(state) if state.problem.is_some() => Self::Failing,
            Some(state) if state.fetched_at.is_some() => Self::Ok,
            _ => Self::New,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::New => "new",
            Self::Held => "held",
            Self::Failing => "failing",
            Self::Paused => "paused",
            Self::Gone => "gone",
        }
    }
}

/// Prints the subscriptions.
pub(super) fn run(context: &mut Context, args: &ListFeedsArgs) -> Result<Exit, CliError> {
    list(context, args.json).inspect_err(|error| {
        if args.json {
            // Why it failed is told in any case.
            context.out.json(&Listing { feeds: Vec::new(), error: Some(error.failure()) }).unwrap_or_default();
        }
    })
}

fn list(context: &mut Context, json: bool) -> Result<Exit, CliError> {
    let (feeds, is_complete) = load(context)?;
    let (states, counts) = known(context)?;
    if json {
        let rows = feeds.iter().map(|feed| row(feed, &states, &counts)).collect();
        context.out.json(&Listing { feeds: rows, error: None })?;
    } else {
        print(context, &feeds, &states, &counts)?;
    }
    Ok(if is_complete { Exit::Success } else { Exit::Partial })
}

/// What the library knows of the feeds.
fn known(context: &Context) -> Result<(States, HashMap<String, Counts>), CliError> {
    Ok(match look_into(context)? {
        Some(mut catalogue) => {
            let states = catalogue.library.feed_states()?.into_iter().collect();
            (states, catalogue.library.reader()?.feed_counts()?.into_iter().collect())
        }
        None => (States::new(), HashMap::new()),
    })
}

fn row<'a>(feed: &'a Subscription, states: &'a States, counts: &HashMap<String, Counts>) -> FeedRow<'a> {
    let state = states.get(&feed.url);
    let count = counts.get(&feed.url).copied().unwrap_or_default();
    FeedRow {
        url: &feed.url,
        title: name_of(feed, states),
        home: feed.home.as_deref().or_else(|| state.and_then(|state| state.home.as_deref())),
        folder: &feed.folder,
        tags: &feed.tags,
        total: count.total,
        unread: count.unread,
        fetched: state.and_then(|state| state.fetched_at).map(|at| at.to_string()),
        status: Status::of(feed, state, clock::now()).name(),
        error: state.and_then(|state| state.problem.as_deref()),
        fetch_pages: feed.fetches_pages,
    }
}

/// A line for the name, one for where it is, and one for what is wrong; folders where they change.
fn print(
    context: &mut Context,
    feeds: &[Subscription],
    states: &States,
    counts: &HashMap<String, Counts>,
) -> std::io::Result<()> {
    let out = &mut context.out;
    let mut folder: &[String] = &[];
    for feed in feeds {
        if out.is_closed() {
            break;
        }
        if feed.folder != folder {
            folder = &feed.folder;
            let name = if folder.is_empty() { "(no folder)".to_owned() } else { folder.join("/") };
            out.styled(&one_line(&name), Style::Dim)?;
            out.line("")?;
        }
        let state = states.get(&feed.url);
        let count = counts.get(&feed.url).copied().unwrap_or_default();
        out.text(&format!("{:>6} of {:<6} ", count.unread, count.total))?;
        out.styled(&name_of(feed, states), Style::Bold)?;
        let tags: String = feed.tags.iter().flat_map(|tag| [" #".to_owned(), one_line(tag)]).collect();
        out.styled(&format!("{tags}  {}", told(feed, state)), Style::Dim)?;
        out.line("")?;
        out.text(&" ".repeat(17))?;
        out.row(&feed.url)?;
        if let Some(problem) = state.and_then(|state| state.problem.as_deref()).filter(|_| !feed.is_paused) {
            out.row(&format!("{}{}", " ".repeat(17), one_line(problem)))?;
        }
    }
    Ok(())
}

/// A moment, for people: in the time of this machine.
fn clock_time(at: Timestamp) -> String {
    jiff::tz::TimeZone::system().to_datetime(at).strftime("%Y-%m-%d %H:%M").to_string()
}

/// How a feed is, and since when.
fn told(feed: &Subscription, state: Option<&FeedState>) -> String {
    let day = |at: Option<Timestamp>| at.map_or_else(|| "never".to_owned(), |at| clock::day_of(at).to_string());
    let fetched = day(state.and_then(|state| state.fetched_at));
    match Status::of(feed, state, clock::now()) {
        Status::Ok => format!("fetched {fetched}"),
        Status::New => "not fetched yet".to_owned(),
        Status::Held => {
            let until = state.and_then(|state| state.held_until).map_or_else(String::new, clock_time);
            format!("held: its server asks to be left alone until {until}; last fetched {fetched}")
        }
        Status::Failing => format!("failing; last fetched {fetched}"),
        Status::Paused => "paused".to_owned(),
        Status::Gone => "gone: its server says so; `feeds edit NAME --resume` asks again".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_a_feed_is_follows_from_what_is_remembered() {
        let feed = Subscription::default();
        let paused = Subscription { is_paused: true, ..Subscription::default() };
        let fetched = FeedState { fetched_at: Some(Timestamp::UNIX_EPOCH), ..FeedState::default() };
        let failing = FeedState { problem: Some("no".into()), ..fetched.clone() };
        let now = Timestamp::UNIX_EPOCH;
        let held = FeedState { held_until: Some(now + std::time::Duration::from_secs(60)), ..failing.clone() };
        let gone = FeedState { is_gone: true, ..failing.clone() };
        for (feed, state, wanted) in [
            (&feed, None, Status::New),
            (&feed, Some(&fetched), Status::Ok),
            (&feed, Some(&failing), Status::Failing),
            (&feed, Some(&held), Status::Held),
            (&feed, Some(&gone), Status::Gone),
            (&paused, Some(&gone), Status::Paused),
        ] {
            assert_eq!(Status::of(feed, state, now), wanted);
        }
    }
}
