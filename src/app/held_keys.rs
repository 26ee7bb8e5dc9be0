//! Keys that wait: what they mean depends on an answer that has not come. It takes about a millisecond, but keys can come
//! at once: pasted, held down, or over a slow line.

use jiff::SignedDuration;

use crate::command::key::Key;
use crate::command::{Command, Effect, Lookup, Scope};
use crate::panes::PaneId;

use super::State;

/// How long keys wait for the list. Who answers as late as that will not answer.
const PATIENCE: SignedDuration = SignedDuration::from_secs(8);

impl State {
    /// Whether keys have to wait: for the library on the first page of a first run, for what the list was asked, for the
    /// row that will be under the cursor.
    pub(super) fn holds_keys(&self) -> bool {
        let jumps = self.focus == PaneId::Articles && self.articles.is_jumping();
        let is_typing = matches!(self.scope(), Scope::Prompt | Scope::Picker);
        self.is_preview || self.question.is_some() || jumps && !is_typing
    }

    /// A key that has to wait, unless it is one to leave by.
    pub(super) fn hold_key(&mut self, key: Key, effects: &mut Vec<Effect>) {
        let command = match self.shared.keymap.lookup(self.scope().chain(), &[key]) {
            Lookup::Run(command) => Some(command),
            Lookup::Pending | Lookup::Miss => None,
        };
        match command {
            Some(Command::Quit) => self.quitting = true,
            Some(Command::Back) if self.is_preview && self.held_keys.is_empty() && self.back_quits() => {
                self.quitting = true;
            }
            Some(command) if command.row().scope == Scope::Terminal => self.run(command, effects),
            _ => {
                self.held_keys.push_back((key, self.shared.moment.clone()));
                self.lose_patience(effects);
            }
        }
    }

    fn lose_patience(&mut self, effects: &mut Vec<Effect>) {
        let now = self.shared.moment.now;
        let first = self.held_keys.front().map_or(now, |(_, moment)| moment.now);
        if !self.is_preview && now.duration_since(first).abs() > PATIENCE {
            self.drop_questions();
            self.release_keys(effects);
        }
    }

    /// Whatever happened, keys that need not wait any more are taken now, in the order in which they were pressed.
    pub(super) fn release_keys(&mut self, effects: &mut Vec<Effect>) {
        if self.held_keys.is_empty() || self.holds_keys() {
            return;
        }
        let now = self.shared.moment.clone();
        // A key takes a line away that was read; what was told since it was pressed was not.
        let unread = std::mem::take(&mut self.notices);
        while !self.holds_keys()
            && let Some((key, moment)) = self.held_keys.pop_front()
        {
            self.shared.moment = moment;
            self.key(key, effects);
            self.settle(effects);
        }
        self.shared.moment = now;
        self.notices.splice(0..0, unread);
    }
}
