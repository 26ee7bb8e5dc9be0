//! The second `C-c`: in raw mode it is a key like any other, which a loop that hangs never sees.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long the first `C-c` may go unheard before a second one ends the program; a frame takes milliseconds.
const UNHEARD: Duration = Duration::from_secs(1);

/// Since when a `C-c` waits to be taken by the event loop.
#[derive(Debug, Default)]
pub(super) struct Interrupt(Mutex<Option<Instant>>);

impl Interrupt {
    /// The key was pressed. Whether the program has to be ended, since it does not listen.
    pub(super) fn pressed(&self, now: Instant) -> bool {
        let mut since = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        now.duration_since(*since.get_or_insert(now)) >= UNHEARD
    }

    /// The loop has taken everything that came.
    pub(super) fn heard(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::clock;

    #[test]
    fn only_a_key_that_went_unheard_for_a_while_ends_the_program() {
        let (interrupt, start) = (Interrupt::default(), clock::monotonic());
        assert!(!interrupt.pressed(start));
        assert!(!interrupt.pressed(start + UNHEARD / 2));
        interrupt.heard();
        assert!(!interrupt.pressed(start + UNHEARD * 2));
        assert!(interrupt.pressed(start + UNHEARD * 3));
    }
}
