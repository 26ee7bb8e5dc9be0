//! How many threads may do something at once that takes memory.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How soon it is seen that nobody waits any more.
pub(super) const GLANCE: Duration = Duration::from_millis(100);

/// As many permits as there are left.
pub(super) struct Permits {
    left: Mutex<usize>,
    returned: Condvar,
}

/// Leave to do it, until this is dropped.
pub(super) struct Permit<'a>(&'a Permits);

impl Permits {
    pub(super) fn new(count: usize) -> Self {
        Self { left: Mutex::new(count), returned: Condvar::new() }
    }

    /// Waits for one; none if nobody wants it any more.
    pub(super) fn take(&self, is_wanted: &dyn Fn() -> bool) -> Option<Permit<'_>> {
        let mut left = self.left();
        while *left == 0 {
            if !is_wanted() {
                return None;
            }
            left = self.returned.wait_timeout(left, GLANCE).unwrap_or_else(PoisonError::into_inner).0;
        }
        *left -= 1;
        Some(Permit(self))
    }

    fn left(&self) -> MutexGuard<'_, usize> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        *self.0.left() += 1;
        self.0.returned.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_comes_too_late_waits_until_one_is_given_back() {
        let permits = Permits::new(1);
        let first = permits.take(&|| true);
        assert!(first.is_some());
        assert!(permits.take(&|| false).is_none());
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| permits.take(&|| true).is_some());
            drop(first);
            assert!(waiting.join().unwrap());
        });
        assert!(permits.take(&|| false).is_some(), "each is given back");
    }
}
