//! Says on standard error how far a page of the web has come, if that is a terminal.

use indicatif::ProgressBar;

use crate::net::{Network, Progress};
use crate::runtime::loading::Access;
use crate::text::sanitize::one_line;

/// Does something that may fetch pages, and shows how far each of them is. The line is gone afterwards.
pub(super) fn told<T>(network: &Network, act: impl FnOnce(&Access<'_>) -> T) -> T {
    // It draws nothing where standard error is no terminal.
    let line = ProgressBar::new_spinner();
    let watch = |progress: Progress| {
        let Progress { host, bytes } = progress;
        line.set_message(format!("Fetching {}… {} kB", one_line(&host), bytes.div_ceil(1000)));
        line.tick();
        true
    };
    let outcome = act(&Access { watch: &watch, ..Access::quiet(network) });
    line.finish_and_clear();
    outcome
}
