//! How far a verb is that takes long: a bar on a terminal, a line now and then elsewhere. All of it on standard error.

use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Context;
use super::messages;
use crate::io::clock;
use crate::text::sanitize::one_line;
use crate::text::width::truncate;

/// What the bar looks like; it fits a narrow terminal beside a name of [`MAX_WHAT`] columns.
const BAR: &str = "{msg}  {bar:24}  {human_pos} of {human_len}  {eta} left";
const MAX_WHAT: usize = 24;
/// How often a line is printed where there is no terminal: a log must not consist of them.
const LINE: Duration = Duration::from_secs(10);

/// How far something is. It is gone from a terminal when this is dropped.
pub(super) struct Progress {
    what: String,
    done: usize,
    total: usize,
    shown: Shown,
}

enum Shown {
    Bar(ProgressBar),
    Lines { last: Instant },
    Nothing,
}

impl Progress {
    /// Begins to show how much of `total` is done of what is called so.
    pub(super) fn begin(context: &Context, what: &str, total: usize) -> Self {
        let shown = match ProgressStyle::with_template(BAR) {
            _ if context.quiet => Shown::Nothing,
            Ok(style) if stderr().is_terminal() => {
                let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr());
                bar.set_style(style.progress_chars("=> "));
                bar.set_message(truncate(&one_line(what), MAX_WHAT).into_owned());
                Shown::Bar(bar)
            }
            _ => Shown::Lines { last: clock::monotonic() },
        };
        Self { what: what.to_owned(), done: 0, total, shown }
    }

    /// So many more are done.
    pub(super) fn advance(&mut self, by: usize) {
        self.done += by;
        match &mut self.shown {
            Shown::Bar(bar) => bar.inc(by as u64),
            Shown::Lines { last } => {
                let now = clock::monotonic();
                if now.duration_since(*last) >= LINE {
                    *last = now;
                    messages::note(&format!("{}: {} of {}", self.what, self.done, self.total));
                }
            }
            Shown::Nothing => {}
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Shown::Bar(bar) = &self.shown {
            bar.finish_and_clear();
        }
    }
}
