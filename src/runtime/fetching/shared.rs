//! What the threads share that fetch feeds: the queue, the connections, and how much may be in memory at a time.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use crate::feed::{FeedState, Subscription};
use crate::net::Client;

use super::permits::{GLANCE, Permits};
use super::queue::{Next, Queue, Verdict, host_of};

/// Large feeds that are in memory at once; the others of them wait.
const LARGE_AT_ONCE: usize = 1;
/// Feeds that are parsed at once: what is asked for waits for hosts, and this for processors.
const PARSED_AT_ONCE: usize = 4;

/// A feed, with what is remembered of it.
type Fetched = (Subscription, FeedState);

/// What the threads share.
pub(super) struct Shared {
    pub(super) client: Client,
    feeds: Vec<Fetched>,
    queue: Mutex<Queue>,
    changed: Condvar,
    pub(super) large: Permits,
    pub(super) parsing: Permits,
    cancelled: Arc<AtomicBool>,
    pub(super) now: Timestamp,
}

impl Shared {
    /// Bytes of a feed from which on it is a large one.
    pub(super) const LARGE: u64 = 2 << 20;

    pub(super) fn new(feeds: Vec<Fetched>, client: Client, cancelled: Arc<AtomicBool>, now: Timestamp) -> Self {
        let hosts = feeds.iter().map(|(feed, _)| host_of(&feed.url)).enumerate();
        Self {
            client,
            queue: Mutex::new(Queue::new(hosts)),
            changed: Condvar::new(),
            feeds,
            large: Permits::new(LARGE_AT_ONCE),
            parsing: Permits::new(PARSED_AT_ONCE),
            cancelled,
            now,
        }
    }

    pub(super) fn is_wanted(&self) -> bool {
        !self.cancelled.load(Ordering::SeqCst)
    }

    /// Nobody waits any more: what is on its way is left.
    pub(super) fn cancel(&self) {
        self.cancelled.store(true, Ordering::SeqCst);
        self.client.shut();
        self.changed.notify_all();
    }

    /// A feed was asked for. Gives those that are not asked for any more, each with the time until which it is left alone.
    pub(super) fn done(&self, number: usize, verdict: Verdict) -> Vec<(&Fetched, Option<Timestamp>)> {
        let Some((feed, _)) = self.feeds.get(number) else { return Vec::new() };
        let held = locked(&self.queue).done(number, &host_of(&feed.url), verdict);
        self.changed.notify_all();
        held.into_iter().filter_map(|(number, until)| Some((self.feeds.get(number)?, until))).collect()
    }

    /// The next feed, once it may be asked for.
    pub(super) fn next(&self) -> Option<(usize, &Fetched)> {
        let mut queue = locked(&self.queue);
        loop {
            if !self.is_wanted() {
                return None;
            }
            match queue.next() {
                Next::Ask(number) => return Some((number, self.feeds.get(number)?)),
                Next::End => return None,
                Next::Wait => {
                    let waited = self.changed.wait_timeout(queue, GLANCE);
                    queue = waited.unwrap_or_else(PoisonError::into_inner).0;
                }
            }
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing that holds them can panic between two changes.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
