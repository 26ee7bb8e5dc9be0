//! Articles on their way to other programs: piped to a command, played, told of.

use crate::article::RowId;
use crate::command::{Command, DeskJob, Effect, FetchSummary, LibraryJob, Looked, Notice, TerminalJob, Wish};
use crate::panes::mark_target::MarkTarget;
use crate::panes::reader::play;
use crate::text::plain_article::plain_article;

use super::State;

impl State {
    /// Pipes the article of this row, or the open one, to a shell command.
    pub(super) fn pipe(&mut self, row: Option<RowId>, command: &str, effects: &mut Vec<Effect>) {
        if command.is_empty() {
            return;
        }
        command.clone_into(&mut self.shared.pipe);
        let open = self.reader.open().filter(|open| row.is_none_or(|row| row == open.target.row));
        let command = command.to_owned();
        match (open, row) {
            (Some(open), _) => {
                effects.push(Effect::Terminal(TerminalJob::Pipe { command, text: plain_article(&open.article) }));
            }
            (None, Some(row)) => effects.push(Effect::Library(LibraryJob::Look { row, wish: Wish::Pipe(command) })),
            (None, None) => {}
        }
    }

    /// Feeds were fetched: the notify command tells of what they brought, if there is one.
    pub(super) fn notify(&self, summary: &FetchSummary, effects: &mut Vec<Effect>) {
        if summary.new > 0 && !self.shared.settings.notify_command.is_empty() {
            let (count, titles) = (summary.new, summary.titles.clone());
            effects.push(Effect::Desk(DeskJob::Notify { count, titles }));
        }
    }

    /// An article that is not on the page was looked at, because somebody wants something with it.
    pub(super) fn looked_at(&mut self, looked: Option<Box<Looked>>, effects: &mut Vec<Effect>) {
        let Some(looked) = looked else {
            let open = self.shared.keymap.named(Command::OpenArticle);
            return self.tell(Notice::hint(format!("The library does not have its words; {open} opens it.")));
        };
        match looked.wish {
            Wish::Pipe(command) => {
                effects.push(Effect::Terminal(TerminalJob::Pipe { command, text: plain_article(&looked.article) }));
            }
            Wish::Play => {
                let asks = play(looked.from_feed.as_ref(), &MarkTarget::from(&looked.entry));
                self.answer(asks, effects);
            }
        }
    }
}
