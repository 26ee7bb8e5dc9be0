//! Fetches the pages of articles of which a feed has only the beginning, before anybody opens them: for subscriptions that
//! ask for it.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;

use crate::article::address::WebAddress;
use crate::io::clock;
use crate::io::sources::SourceRef;
use crate::library::Beginning;
use crate::net::Network;

use super::library_task::Prepared;
use super::loading::{Access, LoadError, load_safely};

/// Most pages that one fetch of a feed has fetched ahead, the first of the feed: a feed that is read for the first time
/// may have hundreds, and whoever wants an old one opens it.
const MOST: usize = 20;

/// Hosts that are asked at the same time; each for one page after the other.
const HOSTS: usize = 4;

/// A page that was fetched, or why it was not.
pub(crate) struct PageAhead {
    /// The article whose page it is.
    pub(crate) of: Beginning,
    /// The page.
    pub(crate) page: Result<Prepared, LoadError>,
}

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
                        let goes_on = !matches!(&page, Err(LoadError::Fetch { error, .. }) if error.concerns_host());
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
        let began = clock::monotonic();
        for page in pages {
            if !take(page) {
                is_over.store(true, Ordering::Relaxed);
                break;
            }
        }
        log::debug!("pages ahead: {} ms", clock::monotonic().duration_since(began).as_millis());
    });
}
