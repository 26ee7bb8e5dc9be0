//! Fetches the pages of articles of which a feed has only the beginning, before anybody opens them: for subscriptions that
//! ask for it.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;

use crate::article::address::WebAddress;
use crate::io::sources::SourceRef;
use crate::library::Beginning;
use crate::net::{FetchError, Network};

use super::library_task::{PageAhead, Prepared};
use super::loading::{Access, LoadError, load_safely};

/// Most pages that one fetch of a feed has fetched ahead, the first of the feed: a feed that is read for the first time
/// may have hundreds, and whoever wants an old one opens it.
const MOST: usize = 20;

/// Hosts that are asked at the same time; each for one page after the other.
const HOSTS: usize = 4;

/// Fetches the pages of the first [`MOST`] of these articles, which one feed has brought: several hosts at a time, one
/// page of each. `take` is called here for each that came or did not; its answer says whether to go on. A host that could
/// not be reached or does not want to be asked is left alone for the rest.
pub(crate) fn pages_ahead(beginnings: Vec<Beginning>, network: &Network, take: &mut dyn FnMut(PageAhead) -> bool) {
    let mut hosts: BTreeMap<String, Vec<Beginning>> = BTreeMap::new();
    for beginning in beginnings.into_iter().take(MOST) {
        let host = WebAddress::parse(&beginning.page).map(|address| address.host().to_owned()).unwrap_or_default();
        hosts.entry(host).or_default().push(beginning);
    }
    let workers = hosts.len().min(HOSTS);
    let (waiting, is_over) = (Mutex::new(hosts.into_values()), AtomicBool::new(false));
    let (sender, pages) = mpsc::sync_channel(workers);
    thread::scope(|scope| {
        for _ in 0..workers {
            let (sender, waiting, is_over) = (sender.clone(), &waiting, &is_over);
            let fetch = move || {
                let next = || waiting.lock().ok().and_then(|mut hosts| hosts.next());
                while let Some(host) = next().filter(|_| !is_over.load(Ordering::Relaxed)) {
                    for of in host {
                        let watch = |_| !is_over.load(Ordering::Relaxed);
                        let access = Access { watch: &watch, ..Access::quiet(network) };
                        let page = load_safely(&SourceRef::Web(of.page.clone()), &access).map(Prepared::new);
                        let goes_on = !matches!(&page, Err(LoadError::Fetch { error, .. }) if concerns_host(error));
                        if sender.send(PageAhead { of, page }).is_err() || !goes_on {
                            break;
                        }
                    }
                }
            };
            if let Err(error) = thread::Builder::new().name("ahead".to_owned()).spawn_scoped(scope, fetch) {
                log::warn!("no thread to fetch pages ahead: {error}");
            }
        }
        drop(sender);
        for page in pages {
            if !take(page) {
                is_over.store(true, Ordering::Relaxed);
                break;
            }
        }
    });
}

/// Whether the other pages of a host would fail as this one did.
fn concerns_host(error: &FetchError) -> bool {
    !matches!(error.kind(), "not-found" | "no-words" | "redirect" | "too-large" | "cut-short" | "web-address")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{RowId, SourceId};
    use crate::net::server::{Reply, Server};

    fn beginning(row: i64, page: String) -> Beginning {
        Beginning { row: RowId(row), id: SourceId::of_web(&page), page }
    }

    fn fetched(beginnings: Vec<Beginning>) -> Vec<(i64, bool)> {
        let mut told = Vec::new();
        pages_ahead(beginnings, &Network::default(), &mut |ahead| {
            told.push((ahead.of.row.0, ahead.page.is_ok()));
            true
        });
        told.sort_unstable();
        told
    }

    #[test]
    fn pages_of_several_hosts_come_and_one_that_is_missing_keeps_no_other_away() {
        let (one, other) = (Server::start(), Server::start());
        for server in [&one, &other] {
            server.put("/a", Reply::page("text/plain", "Rain\n\nIt rained.\n"));
        }
        let beginnings = vec![
            beginning(1, one.url("/a")),
            beginning(2, one.url("/missing")),
            beginning(3, one.url("/a")),
            beginning(4, other.url("/a")),
        ];
        assert_eq!(fetched(beginnings), [(1, true), (2, false), (3, true), (4, true)]);
        assert_eq!(fetched(Vec::new()), []);
    }

    #[test]
    fn a_host_that_does_not_want_to_be_asked_is_left_alone() {
        let server = Server::start();
        server.put("/a", Reply::status(429, "Retry-After: 100\r\n"));
        assert_eq!(fetched((0..5).map(|row| beginning(row, server.url("/a"))).collect()), [(0, false)]);
        assert_eq!(server.asked().len(), 1);
    }

    #[test]
    fn only_so_many_are_fetched_and_whoever_has_enough_gets_no_more() {
        let server = Server::start();
        server.put("/a", Reply::page("text/plain", "Rain\n\nIt rained.\n"));
        let many = || (0..100).map(|row| beginning(row, server.url("/a"))).collect::<Vec<_>>();
        assert_eq!(fetched(many()).len(), MOST);
        let mut count = 0;
        pages_ahead(many(), &Network::default(), &mut |_| {
            count += 1;
            count < 2
        });
        assert_eq!(count, 2);
    }
}
