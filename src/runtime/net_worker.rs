//! Fetches pages of the web, each on a thread of its own: a host may take its time, and nobody who has to answer waits for
//! it. Only the page that was asked for last is of use to anybody; the others are left as soon as they are heard of.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use crate::command::{Answer, Fetching, NetAnswer, NetJob, Notice};
use crate::intake::Hints;
use crate::io::clock;
use crate::io::sources::SourceRef;
use crate::net::{Network, Progress};

use super::library_task::{LibraryTask, Prepared};
use super::loading::{Access, load_safely};
use super::source_worker::SourceOutput;

/// Most pages that are fetched at a time. More only add up where hosts keep silent, each for half a minute.
const MOST: usize = 16;
/// Time between two reports of how far a page has come.
const PAUSE: Duration = Duration::from_millis(250);

/// Fetches pages. Its copies know which was asked for last.
#[derive(Clone, Default)]
pub(crate) struct PageFetcher {
    network: Network,
    /// The number of the page that was asked for last.
    latest: Arc<AtomicU64>,
    running: Arc<AtomicUsize>,
}

/// A page to be fetched.
pub(crate) struct Turn {
    fetcher: PageFetcher,
    number: u64,
}

impl PageFetcher {
    pub(crate) fn new(network: Network) -> Self {
        Self { network, ..Self::default() }
    }

    /// How it reaches the web.
    #[cfg(test)]
    pub(crate) fn network(&self) -> &Network {
        &self.network
    }

    /// Nobody waits any more for the pages that were asked for before.
    pub(crate) fn cancel(&self) -> u64 {
        self.latest.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// A page is asked for: those before it are not wanted any more. None if too many still run.
    pub(crate) fn take_turn(&self) -> Option<Turn> {
        let number = self.cancel();
        if self.running.fetch_add(1, Ordering::SeqCst) >= MOST {
            self.running.fetch_sub(1, Ordering::SeqCst);
            return None;
        }
        Some(Turn { fetcher: self.clone(), number })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.fetcher.running.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Turn {
    fn is_wanted(&self) -> bool {
        self.fetcher.latest.load(Ordering::SeqCst) == self.number
    }

    /// Carries out the job, and hands out what comes of it. What nobody wants any more is not handed out.
    pub(crate) fn carry_out(self, job: NetJob, give: &dyn Fn(SourceOutput)) {
        let (request, address, whole) = match &job {
            NetJob::Fetch { request, address, whole, .. } => (*request, address.clone(), *whole),
            NetJob::FullText { request, address, .. } => (*request, address.clone(), false),
            NetJob::Cancel => return,
        };
        let told = Cell::new(None);
        let watch = |progress: Progress| {
            let now = clock::monotonic();
            let is_due = told.get().is_none_or(|at| now.duration_since(at) >= PAUSE);
            if self.is_wanted() && is_due {
                told.set(Some(now));
                let Progress { host, bytes } = progress;
                let answer = NetAnswer::Coming { request, fetching: Fetching { host, bytes } };
                give(SourceOutput::Answer(Answer::Net(answer)));
            }
            self.is_wanted()
        };
        let hints = Hints { whole, ..Hints::default() };
        let access = Access { network: &self.fetcher.network, watch: &watch, hints };
        let outcome = load_safely(&SourceRef::Web(address), &access);
        if !self.is_wanted() {
            return;
        }
        let task = match (job, outcome) {
            (NetJob::Fetch { id, .. }, Ok(mut reading)) => {
                if whole {
                    // All of a page is a view of the article, whatever the page calls itself.
                    reading.article.id = id;
                }
                LibraryTask::Open { request, id: reading.article.id.clone(), text: Ok(Prepared::new(reading)) }
            }
            (NetJob::Fetch { id, .. }, Err(error)) => {
                LibraryTask::Open { request, id, text: Err(format!("{}.", error.told())) }
            }
            (NetJob::FullText { row, .. }, outcome) => {
                let page = outcome.map(Prepared::new).map_err(|error| error.told());
                LibraryTask::TakeFullText { request, row, page }
            }
            (NetJob::Cancel, _) => return,
        };
        give(SourceOutput::Library(task));
    }
}

/// What is answered when too many pages still run.
pub(crate) fn too_many() -> Notice {
    Notice::error("Too many pages are still on their way; try again in a moment.")
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::article::SourceId;
    use crate::command::Latest;
    use crate::net::server::{Reply, Server};

    fn fetch(address: &str) -> NetJob {
        let (request, id) = (Latest::default().request(), SourceId::from_iri(address));
        NetJob::Fetch { request, id, address: address.to_owned(), whole: false }
    }

    #[test]
    fn a_page_tells_how_far_it_is_and_comes() {
        let server = Server::start();
        server.put("/a", Reply::page("text/plain", "Rain\n\nIt rained.\n"));
        let outputs = RefCell::new(Vec::new());
        let give = |output| outputs.borrow_mut().push(output);
        PageFetcher::default().take_turn().unwrap().carry_out(fetch(&server.url("/a")), &give);
        let outputs = outputs.into_inner();
        assert!(
            matches!(&outputs[0], SourceOutput::Answer(Answer::Net(NetAnswer::Coming { fetching, .. })) if fetching.host == "127.0.0.1")
        );
        assert!(
            matches!(outputs.last(), Some(SourceOutput::Library(LibraryTask::Open { text: Ok(text), .. })) if text.loaded.article.title == "Rain")
        );
    }

    #[test]
    fn what_nobody_waits_for_is_left_and_says_nothing() {
        let server = Server::start();
        server.put("/a", Reply::Endless(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n".to_vec()));
        let fetcher = PageFetcher::default();
        let turn = fetcher.take_turn().unwrap();
        let outputs = RefCell::new(0);
        let give = |_| {
            *outputs.borrow_mut() += 1;
            fetcher.cancel();
        };
        turn.carry_out(fetch(&server.url("/a")), &give);
        assert_eq!(outputs.into_inner(), 1, "only that it begins");
    }

    #[test]
    fn pages_that_do_not_end_are_bounded() {
        let fetcher = PageFetcher::default();
        let mut turns: Vec<Turn> = (0..MOST).map(|_| fetcher.take_turn().unwrap()).collect();
        assert!(fetcher.take_turn().is_none());
        turns.pop();
        assert!(fetcher.take_turn().is_some());
    }
}
