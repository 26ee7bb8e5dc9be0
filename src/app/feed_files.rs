//! Lists of feeds that other readers left on this machine: they are offered once, and taken over when somebody asks.

use crate::command::{Command, DeskAnswer, DeskJob, Effect, FeedFile, FeedJob, ImportedFeeds, Notice};
use crate::panes::Ask;
use crate::panes::picker::Picker;
use crate::text::sanitize::one_line;

use super::{Overlay, State};

impl State {
    /// Has it looked for such lists, unless that was done before.
    pub(super) fn look_for_feed_files(&self, effects: &mut Vec<Effect>) {
        if !self.shared.view.feeds_offered {
            effects.push(Effect::Desk(DeskJob::FindFeedFiles { is_asked_for: false }));
        }
    }

    pub(super) fn receive_from_desk(&mut self, answer: DeskAnswer, effects: &mut Vec<Effect>) {
        match answer {
            DeskAnswer::FeedFiles { found, is_asked_for: false } => self.offer(&found),
            DeskAnswer::FeedFiles { found, is_asked_for: true } => self.choose_list(found, effects),
            DeskAnswer::Imported(Ok(ImportedFeeds { new, told })) => {
                self.tell(Notice::done(told));
                // The list is read again before anything in it is fetched.
                effects.push(Effect::Feeds(match new.as_slice() {
                    [] => FeedJob::Refresh,
                    _ => FeedJob::Fetch { feeds: Some(new), is_asked_for: true },
                }));
            }
            DeskAnswer::Imported(Err(error)) => self.tell(Notice::error(format!("No feed is taken over: {error}."))),
        }
    }

    /// Says that there are feeds to be taken over, once for all.
    fn offer(&mut self, found: &[FeedFile]) {
        let Some(first) = found.first() else { return };
        self.shared.view.feeds_offered = true;
        let (key, path) = (self.shared.keymap.named(Command::ImportFeeds), one_line(&first.path.to_string_lossy()));
        let whose = if found.iter().all(|file| file.program == first.program) {
            format!("{}’s feeds are in {path}", first.program)
        } else {
            "Other programs here have feeds".to_owned()
        };
        self.tell(Notice::hint(format!("{whose}: {key} in the list takes them over, and leaves the file as it is.")));
    }

    /// Takes over the one list there is, or asks which.
    fn choose_list(&mut self, found: Vec<FeedFile>, effects: &mut Vec<Effect>) {
        match found.as_slice() {
            [] => self.tell(Notice::hint(
                "No list of feeds of another reader is where they keep them; `dateline feeds import FILE` takes any.",
            )),
            [file] => effects.push(Effect::Desk(DeskJob::ImportFeeds(file.path.clone()))),
            _ => {
                let choice = |file: FeedFile| {
                    let path = one_line(&file.path.to_string_lossy());
                    (file.program.to_owned(), path, Ask::Do(Effect::Desk(DeskJob::ImportFeeds(file.path))))
                };
                let picker = Picker::asking("Take over the feeds of".to_owned(), found.into_iter().map(choice));
                self.overlay = Some(Overlay::Picker(picker));
            }
        }
    }
}
