//! What is told of sources that are to be listed: how far they are read, and what could not be.

use std::time::{Duration, Instant};

use crate::command::Notice;
use crate::io::clock;
use crate::runtime::refused::Refused;
use crate::text::plural::grouped;

/// How often it is said how far a folder is read.
const NOTE_TIME: Duration = Duration::from_secs(1);

/// What is to be told of sources.
#[derive(Default)]
pub(super) struct Told {
    pub(super) notices: Vec<Notice>,
    /// What could not be read.
    pub(super) refused: Refused,
    /// How far a folder is that a person added.
    pub(super) progress: Option<Progress>,
}

impl Told {
    pub(super) fn into_notices(self) -> Vec<Notice> {
        let refused = self.refused.into_groups();
        self.notices.into_iter().chain(refused.iter().map(|group| Notice::error(group.told()))).collect()
    }
}

/// How far a folder is read that takes a while.
pub(super) struct Progress {
    folder: String,
    total: usize,
    last: Instant,
}

impl Progress {
    pub(super) fn new(folder: &str, total: usize) -> Self {
        Self { folder: folder.to_owned(), total, last: clock::monotonic() }
    }

    /// What is said of it now, if it is time to.
    pub(super) fn note(&mut self, done: usize) -> Option<Notice> {
        let now = clock::monotonic();
        let is_due = done < self.total && now.duration_since(self.last) >= NOTE_TIME;
        is_due.then(|| {
            self.last = now;
            Notice::hint(format!("Adding {}: {} of {}", self.folder, grouped(done), grouped(self.total)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_far_a_long_folder_is_is_said_now_and_then_until_it_is_read() {
        let mut progress = Progress::new("news", 10_000);
        assert_eq!(progress.note(200), None, "it has just begun");
        for done in [3_200, 10_000] {
            progress.last = progress.last.checked_sub(NOTE_TIME).unwrap();
            let told = progress.note(done).map(|notice| notice.text);
            assert_eq!(told.as_deref(), (done < 10_000).then_some("Adding news: 3,200 of 10,000"));
            assert_eq!(progress.note(done), None);
        }
    }
}
