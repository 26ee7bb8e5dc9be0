//! The palette: every command by its name, from everywhere.

use crate::command::{Command, Effect, Notice, Row, Scope, TABLE};
use crate::panes::PaneId;
use crate::panes::picker::Picker;

use super::{Overlay, State};

impl State {
    /// Opens it. What can be done here and now comes first, then what can be done elsewhere, and last what only has a
    /// meaning while something else goes on.
    pub(super) fn open_palette(&mut self) {
        let here = self.scope();
        let nearness = |row: &&Row| match row.scope {
            Scope::Help | Scope::Picker | Scope::Prompt => 4,
            _ if !self.available(row.command) => 3,
            scope if scope == here => 0,
            Scope::Reader | Scope::Global | Scope::Always => 1,
            _ => 2,
        };
        let mut rows: Vec<&Row> = TABLE.iter().filter(|row| row.command != Command::Palette).collect();
        rows.sort_by_key(nearness);
        self.overlay = Some(Overlay::Picker(Picker::palette(rows.into_iter(), &self.shared.keymap, here.chain())));
    }

    /// Carries out a command that was picked by its name: in its own pane, or not at all, and then says why.
    pub(super) fn run_from_palette(&mut self, command: Command, effects: &mut Vec<Effect>) {
        let key = |command| self.shared.keymap.named(command);
        let why_not = match command.row().scope {
            Scope::Help => Some(format!("That is for the help screen: {} shows it.", key(Command::ShowHelp))),
            Scope::Picker | Scope::Prompt => Some("That is for typing, and nothing is being typed.".to_owned()),
            Scope::List if !self.scope().chain().contains(&Scope::List) => {
                Some("That moves the cursor of a list; the page has none.".to_owned())
            }
            Scope::Selecting if self.pane(PaneId::Reader).0.scope() != Scope::Selecting => {
                Some(format!("That is for a passage being selected: {} selects one.", key(Command::SelectSentence)))
            }
            _ => None,
        };
        if let Some(why_not) = why_not {
            return self.tell(Notice::hint(why_not));
        }
        if let Some(pane) = PaneId::of(command.row().scope) {
            self.set_focus(pane);
        }
        let can = self.available(command);
        let (told, asked) = (self.notices.clone(), effects.len());
        self.run(command, effects);
        if !can && self.notices == told && effects.len() == asked && self.overlay.is_none() && self.prompt.is_none() {
            self.tell(Notice::hint("There is nothing to do that with now."));
        }
    }
}
