//! What the threads share that fetch feeds: the queue, the connections, and how much may be in memory at a time.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use crate::feed::{FeedState, Subscription};
use crate::net::Client;

use super::asking::{Answer, ask, held, host_of, stumbled};
use super::queue::{Next, Queue, Verdict};

/// Large feeds that are in memory at once; the others of them wait.
const MOST_LARGE: usize = 2;
/// How soon it is seen that nobody waits any more.
pub(super) const GLANCE: Duration = Duration::from_millis(100);

/// What the threads share.
pub(super) struct Shared {
    pub(super) client: Client,
    feeds: Vec<(Subscription, FeedState)>,
    queue: Mutex<Queue>,
    changed: Condvar,
    large: Mutex<usize>,
    large_left: Condvar,
    cancelled: Arc<AtomicBool>,
    now: Timestamp,
}

impl Shared {
    /// Bytes of a feed from which on it is a large one.
    pub(super) const LARGE: u64 = 2 << 20;

    pub(super) fn new(
        feeds: Vec<(Subscription, FeedState)>,
        client: Client,
        cancelled: Arc<AtomicBool>,
        now: Timestamp,
    ) -> Self {
        let hosts = feeds.iter().map(|(feed, _)| host_of(&feed.url)).enumerate();
        Self {
            client,
            queue: Mutex::new(Queue::new(hosts)),
            changed: Condvar::new(),
            feeds,
            large: Mutex::default(),
            large_left: Condvar::new(),
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

    /// Asks for one feed after the other, until there is none left or nobody takes what comes.
    pub(super) fn work(&self, give: &SyncSender<Answer>) {
        while let Some((number, (feed, state))) = self.next() {
            let asked = catch_unwind(AssertUnwindSafe(|| ask(self, feed, state, self.now)));
            let (answer, verdict) = asked.unwrap_or_else(|_| (stumbled(feed, state, self.now), Verdict::Silent));
            let waiting = locked(&self.queue).done(number, &host_of(&feed.url), verdict);
            self.changed.notify_all();
            let waiting = waiting.into_iter().filter_map(|(number, until)| {
                let (feed, state) = self.feeds.get(number)?;
                Some(held(feed, state, until, self.now))
            });
            for answer in [answer].into_iter().chain(waiting) {
                if give.send(answer).is_err() {
                    return;
                }
            }
        }
    }

    /// The next feed, once it may be asked for.
    fn next(&self) -> Option<(usize, &(Subscription, FeedState))> {
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

    /// Waits until a large feed may be in memory; none if nobody wants it any more.
    pub(super) fn permit(&self) -> Option<Permit<'_>> {
        let mut large = locked(&self.large);
        while *large >= MOST_LARGE {
            if !self.is_wanted() {
                return None;
            }
            let waited = self.large_left.wait_timeout(large, GLANCE);
            large = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        *large += 1;
        Some(Permit(self))
    }
}

/// A large feed may be in memory until this is dropped.
pub(super) struct Permit<'a>(&'a Shared);

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        *locked(&self.0.large) -= 1;
        self.0.large_left.notify_one();
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing that holds them can panic between two changes.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
