//! What the reader knows better about names: shown at once, then written.

use crate::command::{BookmarkJob, Effect, Notice, Reply};
use crate::entity::corrections::{Corrections, Edit};

use crate::panes::Context;

use super::State;

impl State {
    /// Makes an edit and has it written.
    pub(super) fn correct(&mut self, edit: Edit, done: String, effects: &mut Vec<Effect>) {
        let mut corrections = self.shared.corrections.clone();
        corrections.edit(&edit);
        self.set_corrections(corrections);
        let request = self.requests.correct.request();
        effects.push(Effect::Bookmarks(BookmarkJob::SaveCorrections { request, edit, done }));
    }

    /// The write is done, or failed: then what was said holds on the screen, and is written with the next.
    pub(super) fn corrections_saved(&mut self, result: Result<(Reply<Corrections>, String), String>) {
        match result {
            Ok((corrections, done)) => {
                // An earlier answer does not know of what was said since.
                if let Some(corrections) = self.requests.correct.accept(corrections) {
                    self.set_corrections(corrections);
                }
                self.tell(Notice::done(done));
            }
            Err(error) => self.tell(Notice::error(format!("The correction is NOT saved: {error}"))),
        }
    }

    /// These hold from now on, in the open article too.
    pub(super) fn set_corrections(&mut self, corrections: Corrections) {
        if self.shared.corrections == corrections {
            return;
        }
        self.shared.corrections = corrections;
        // The cursor stays on its entity, whatever that is called now.
        let place = self.entities.place(self.reader.open());
        self.reader.correct(&self.shared.corrections);
        self.entities.refresh_at(place, &Context { shared: &self.shared, page: Some(&self.reader) });
    }
}
