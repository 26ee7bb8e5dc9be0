//! `dateline fetch`: asks for what is new in the feeds, as a timer may do, and says what came.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::atomic::Ordering;

use serde::Serialize;

use super::args::FetchArgs;
use super::error::{CliError, Exit, Failure};
use super::feeds::{States, named};
use super::library::{articles, check_data_dir, open};
use super::messages;
use super::progress::Progress;
use super::{Context, bookmarks};
use crate::article::RowId;
use crate::feed::{FeedArrivals, FeedNews, Subscription, Subscriptions};
use crate::io::programs::Programs;
use crate::io::{clock, searches, subscriptions};
use crate::query::SavedSearch;
use crate::runtime::catalogue::Catalogue;
use crate::runtime::catalogue::feed_arrivals::MOST_TRIES;
use crate::runtime::fetching::{FetchPlan, FetchReport, FetchStatus, NotKept, fetch};
use crate::runtime::pages_ahead::pages_ahead;
use crate::runtime::with_hint;
use crate::terminal::signals::note_interrupts;
use crate::text::plural::count;
use crate::text::unprintable::printable;

/// The documented form of what came.
#[derive(Default, Serialize)]
struct Fetched {
    feeds: Vec<FetchedFeed>,
    new: usize,
    seconds: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Failure>,
}

#[derive(Serialize)]
struct FetchedFeed {
    url: String,
    title: Option<String>,
    status: &'static str,
    new: usize,
    updated: usize,
    error: Option<Failure>,
}

impl FetchedFeed {
    fn of(report: &FetchReport) -> Self {
        Self {
            url: report.url.clone(),
            title: report.title.clone(),
            status: report.status.as_str(),
            new: report.news.new.len(),
            updated: report.news.updated.len(),
            error: failure(report).map(|error| error.failure()),
        }
    }
}

/// What went wrong with a feed.
fn failure(report: &FetchReport) -> Option<CliError> {
    let problem = report.problem.as_ref()?;
    let name = report.title.as_deref().unwrap_or(&report.url);
    let error = CliError::new(Exit::Partial, format!("{}: {}", printable(name), problem.error));
    Some(CliError { name: problem.kind, ..error.hint_or_none(problem.hint.clone()) })
}

/// Fetches the feeds that are named, or all of them.
pub(super) fn run(context: &mut Context, args: &FetchArgs) -> Result<Exit, CliError> {
    fetch_named(context, args).inspect_err(|error| {
        if args.json {
            // Why it failed is told in any case.
            context.out.json(&Fetched { error: Some(error.failure()), ..Fetched::default() }).unwrap_or_default();
        }
    })
}

fn fetch_named(context: &mut Context, args: &FetchArgs) -> Result<Exit, CliError> {
    let paths = context.setup.paths()?;
    check_data_dir(paths)?;
    let data_dir = paths.data_dir.clone();
    let loaded = subscriptions::load(&data_dir)?;
    for problem in &loaded.problems {
        context.note(problem);
    }
    let all: Vec<Subscription> = loaded.subscriptions.all().cloned().collect();
    if all.is_empty() && args.names.is_empty() {
        context.note("there are no feeds yet; `dateline feeds add ADDRESS` subscribes to one");
        if args.json {
            context.out.json(&Fetched::default())?;
        }
        return Ok(Exit::Success);
    }
    if let ([], [name, ..]) = (all.as_slice(), args.names.as_slice()) {
        named(&all, &States::new(), name)?;
    }
    let began = clock::monotonic();
    let interrupted = note_interrupts(Exit::Interrupted.code())
        .map_err(|error| CliError::new(Exit::Io, format!("cannot watch for interrupts: {error}")))?;
    let mut catalogue = open(context)?;
    keep_at_most(context, &mut catalogue)?;
    // Whoever waits for what is new does not wait for its index.
    catalogue.library.index_behind();
    let mut states: States = catalogue.library.feed_states()?.into_iter().collect();
    let chosen = if args.names.is_empty() { all.clone() } else { chosen(&all, &mut states, &args.names)? };
    let order: HashMap<String, usize> = chosen.iter().enumerate().map(|(at, feed)| (feed.url.clone(), at)).collect();
    let searches = searches::load(&data_dir, clock::now())?;
    for problem in &searches.problems {
        context.note(problem);
    }
    let filters: Vec<_> = searches.searches.filters().cloned().collect();
    let with_state = |feed: Subscription| {
        let state = states.get(&feed.url).cloned().unwrap_or_default();
        (feed, state)
    };
    let mut progress = Progress::begin(context, "Fetching", order.len());
    let plan = FetchPlan {
        feeds: chosen.into_iter().map(with_state).collect(),
        is_asked_for: true,
        interval: context.setup.settings.fetch_interval().unwrap_or_default(),
        network: context.setup.network.clone(),
        now: clock::now(),
        cancelled: interrupted.clone(),
    };
    let mut reports: Vec<FetchReport> = Vec::new();
    let fetched = fetch(plan, &mut |arrivals| keep(&mut catalogue, &filters, &arrivals), &mut |report| {
        progress.advance(1);
        reports.push(report);
        true
    });
    drop(progress);
    let stopped = fetched.err().map(|why| {
        let waiting = count(order.len().saturating_sub(reports.len()), "feed");
        CliError::new(Exit::Io, format!("{why}; fetching stopped before {waiting}"))
    });
    reports.sort_by_key(|report| order.get(&report.url).copied());
    follow(context, &data_dir, &loaded.subscriptions, &reports, &mut catalogue);
    let tally = Tally::of(&reports);
    for error in reports.iter().filter_map(failure) {
        messages::error(&error);
    }
    let seconds = began.elapsed().as_secs_f64();
    if args.json {
        let feeds = reports.iter().map(FetchedFeed::of).collect();
        let seconds = (seconds * 1000.0).round() / 1000.0;
        let error = stopped.as_ref().map(CliError::failure);
        context.out.json(&Fetched { feeds, new: tally.new, seconds, error })?;
    } else {
        context.say(&tally.told(seconds))?;
    }
    if let Some(error) = &stopped {
        return Ok(messages::error(error));
    }
    fetch_ahead(context, &all, &reports, &mut catalogue, &|| interrupted.load(Ordering::SeqCst));
    tell_outside(context, &reports, &mut catalogue);
    index(context, &mut catalogue, &|| interrupted.load(Ordering::SeqCst));
    if interrupted.load(Ordering::SeqCst) {
        context.note("interrupted; what had come is kept, and the rest comes the next time");
        return Ok(Exit::Interrupted);
    }
    Ok(if tally.failed > 0 { Exit::Partial } else { Exit::Success })
}

/// Has the library keep no more articles than the settings say; all of them where it is not known which have passages.
fn keep_at_most(context: &Context, catalogue: &mut Catalogue) -> Result<(), CliError> {
    let (shelf, is_complete) = bookmarks::shelf(context)?;
    if is_complete {
        catalogue.library.set_bookmarked(shelf.counts(), true)?;
        catalogue.keep_at_most(usize::try_from(context.setup.settings.keep).unwrap_or(usize::MAX));
    }
    Ok(())
}

/// Takes in what a feed brings.
fn keep(catalogue: &mut Catalogue, filters: &[SavedSearch], arrivals: &FeedArrivals) -> Result<FeedNews, NotKept> {
    let mut tries = 0;
    loop {
        tries += 1;
        match catalogue.take_in(arrivals, filters, clock::now()) {
            Err(error) if error.is_busy() && tries < MOST_TRIES => {}
            kept => {
                return kept.map_err(|error| {
                    let told = with_hint(&error, error.hint());
                    if error.is_lasting() { NotKept::Lasting(told) } else { NotKept::Once(told) }
                });
            }
        }
    }
}

/// The subscriptions that names mean. One that its server gave up is asked for again, since somebody says so.
fn chosen(all: &[Subscription], states: &mut States, names: &[String]) -> Result<Vec<Subscription>, CliError> {
    let mut chosen: HashSet<&str> = HashSet::new();
    for name in names {
        chosen.extend(named(all, states, name)?.iter().map(|feed| feed.url.as_str()));
    }
    for url in &chosen {
        if let Some(state) = states.get_mut(*url) {
            state.is_gone = false;
        }
    }
    Ok(all.iter().filter(|feed| chosen.contains(feed.url.as_str())).cloned().collect())
}

/// Has `feeds.opml` follow the feeds that have moved for good. What stands in the way is told; the feeds came anyway.
fn follow(
    context: &Context,
    data_dir: &Path,
    subscriptions: &Subscriptions,
    reports: &[FetchReport],
    catalogue: &mut Catalogue,
) {
    let moved: Vec<(&FetchReport, &String)> = reports
        .iter()
        .filter_map(|report| Some((report, report.moved_to.as_ref().filter(|to| **to != report.url)?)))
        .collect();
    if moved.is_empty() {
        return;
    }
    let moves: Vec<_> = moved.iter().map(|(report, to)| (report.url.clone(), (*to).clone())).collect();
    // All at once: each change reads the file and writes it anew.
    let saved = subscriptions::save(data_dir, &subscriptions.moved(&moves)).map_err(|error| error.to_string());
    for (report, to) in moved {
        let told =
            format!("{} has moved to {}", printable(report.title.as_deref().unwrap_or(&report.url)), printable(to));
        let follow = |_| catalogue.library.move_feed(&report.url, to).map_err(|error| error.to_string());
        match saved.as_ref().map_err(String::clone).and_then(follow) {
            Ok(()) => context.note(&told),
            Err(error) => context.note(&format!("{told}, and feeds.opml does not follow: {error}")),
        }
    }
}

/// Fetches the pages of what is new, where only the beginning came, for the subscriptions that ask for it.
fn fetch_ahead(
    context: &Context,
    all: &[Subscription],
    reports: &[FetchReport],
    catalogue: &mut Catalogue,
    is_over: &dyn Fn() -> bool,
) {
    for report in reports {
        let is_wanted = || all.iter().any(|feed| feed.url == report.url && feed.fetches_pages);
        if report.news.new.is_empty() || !is_wanted() || is_over() {
            continue;
        }
        let beginnings = catalogue.library.beginnings(&report.news.new).unwrap_or_else(|error| {
            log::warn!("library: {error}");
            Vec::new()
        });
        pages_ahead(beginnings, &context.setup.network, &mut |page| {
            if let Err(error) = catalogue.take_page_ahead(page) {
                log::warn!("library: {error}");
            }
            !is_over()
        });
    }
}

/// Articles whose words are indexed at a time: fewer at once make an index that is merged more often.
const INDEXED_AT_ONCE: usize = 2000;

/// Indexes the words of what came. What is left when somebody interrupts waits in the library.
fn index(context: &Context, catalogue: &mut Catalogue, is_over: &dyn Fn() -> bool) {
    let waiting = catalogue.library.unindexed().unwrap_or_default();
    let mut progress = Progress::begin(context, "Indexing", waiting);
    while !is_over() {
        match catalogue.library.index_next(INDEXED_AT_ONCE) {
            Ok(0) => break,
            Ok(indexed) => progress.advance(indexed),
            Err(error) => {
                context.note(&format!("not all words are found yet: {error}"));
                break;
            }
        }
    }
}

/// New articles whose headlines are told outside the program.
const TOLD: usize = 5;

/// Runs the notify command, if one is configured and something is new.
fn tell_outside(context: &Context, reports: &[FetchReport], catalogue: &mut Catalogue) {
    let new: Vec<RowId> = reports.iter().flat_map(|report| report.news.new.iter().copied()).collect();
    let first = new.get(..new.len().min(TOLD)).unwrap_or_default();
    let titles = catalogue.library.entries_of(first).unwrap_or_default();
    let titles: Vec<String> = titles.into_iter().map(|entry| entry.title).collect();
    if let Err(error) = Programs::of(&context.setup.settings).notify(new.len(), &titles) {
        context.note(&format!("what is new is told of nowhere else: {error}"));
    }
}

/// What came of all feeds.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    feeds: usize,
    new: usize,
    updated: usize,
    unchanged: usize,
    failed: usize,
    held: usize,
    paused: usize,
}

impl Tally {
    fn of(reports: &[FetchReport]) -> Self {
        let mut tally = Self { feeds: reports.len(), ..Self::default() };
        for report in reports {
            tally.new += report.news.new.len();
            tally.updated += report.news.updated.len();
            match report.status {
                FetchStatus::Ok => {}
                FetchStatus::Unchanged => tally.unchanged += 1,
                FetchStatus::Held => tally.held += 1,
                FetchStatus::Paused => tally.paused += 1,
                FetchStatus::Error => tally.failed += 1,
            }
        }
        tally
    }

    fn told(&self, seconds: f64) -> String {
        let asked = self.feeds - self.held - self.paused;
        let came = asked - self.failed;
        let feeds = if asked == 1 { "feed" } else { "feeds" };
        let of = if self.failed > 0 { format!("{came} of {asked}") } else { asked.to_string() };
        let mut parts = vec![format!("Fetched {of} {feeds} in {seconds:.1} s: {} new", articles(self.new))];
        for (count, what) in
            [(self.updated, "changed"), (self.held, "left alone, as the server asks"), (self.paused, "paused")]
        {
            if count > 0 {
                parts.push(format!("{count} {what}"));
            }
        }
        parts.join("; ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::FeedState;

    fn feed(url: &str, title: Option<&str>) -> Subscription {
        Subscription { url: url.to_owned(), title: title.map(str::to_owned), ..Subscription::default() }
    }

    #[test]
    fn feeds_are_fetched_in_their_order_by_titles_and_addresses_and_gone_ones_are_asked_again() {
        let all = [
            feed("https://example.org/a/", Some("The Ledger")),
            feed("https://example.org/b", None),
            feed("https://example.org/c", Some("Gazette")),
        ];
        let state = FeedState { title: Some("Wind and Rain".to_owned()), is_gone: true, ..FeedState::default() };
        let mut states: States = [("https://example.org/b".to_owned(), state)].into();
        let mut letters = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            chosen(&all, &mut states, &names)
                .map(|feeds| feeds.into_iter().map(|feed| feed.url.chars().nth(20).unwrap()).collect::<String>())
        };
        assert_eq!(letters(&["gazette", "the ledger"]).unwrap(), "ac");
        assert_eq!(letters(&["https://example.org/a", "https://example.org/c"]).unwrap(), "ac");
        assert_eq!(letters(&["WIND AND RAIN"]).unwrap(), "b");
        let error = letters(&["the lodger"]).unwrap_err();
        assert_eq!((error.kind, error.hint.as_deref()), (Exit::Usage, Some("did you mean 'The Ledger'?")));
        let error = letters(&["nothing of the kind"]).unwrap_err();
        assert!(error.hint.unwrap().contains("feeds list"));
        assert!(!states["https://example.org/b"].is_gone, "who names it wants it asked for");
    }

    #[test]
    fn what_came_is_one_sentence() {
        for (tally, told) in [
            (Tally { feeds: 1, ..Tally::default() }, "Fetched 1 feed in 0.5 s: 0 articles new"),
            (
                Tally { feeds: 9, new: 31, updated: 2, unchanged: 4, failed: 1, held: 2, paused: 1 },
                "Fetched 5 of 6 feeds in 0.5 s: 31 articles new; 2 changed; 2 left alone, as the server asks; 1 paused",
            ),
        ] {
            assert_eq!(tally.told(0.5), told);
        }
    }
}
