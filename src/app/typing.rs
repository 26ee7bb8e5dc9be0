//! While something is being typed: the prompt in the last row, and lists that are narrowed by typing.

use crate::command::{Command, CompletionResult, DeskJob, Effect, Notice, SourceJob};
use crate::panes::articles::{edited, field_edited, folder_moved, saved_as};
use crate::panes::entities::renamed;
use crate::panes::marks;
use crate::panes::prompt::{Prompt, Purpose, edit_of};
use crate::ui::{LineInput, Move};

use super::{Overlay, State};

impl State {
    /// Carries out a command for typing, or for a list to pick from; whether it is one.
    pub(super) fn run_while_typing(&mut self, command: Command, effects: &mut Vec<Effect>) -> bool {
        match (command, &mut self.overlay) {
            (Command::AcceptInput, _) => self.accept_input(effects),
            (Command::CancelInput, _) => self.cancel_input(),
            (Command::CompleteInput, _) => {
                if let Some(prompt) = self.prompt.as_ref().filter(|prompt| prompt.is_path()) {
                    let (request, typed) = (self.requests.complete.request(), prompt.input.before().to_owned());
                    effects.push(Effect::Sources(SourceJob::Complete { request, typed }));
                } else if self.prompt.as_mut().is_some_and(Prompt::complete) {
                    // What it narrows follows.
                    self.edit_input(|_| {});
                }
            }
            (Command::PickNext, Some(Overlay::Picker(picker))) => picker.step(Move::Down),
            (Command::PickPrevious, Some(Overlay::Picker(picker))) => picker.step(Move::Up),
            (command, _) => {
                let Some(edit) = edit_of(command) else { return false };
                self.edit_input(|input| input.edit(edit));
            }
        }
        true
    }

    /// Changes the line being typed; what it narrows follows at once.
    pub(super) fn edit_input(&mut self, edit: impl FnOnce(&mut LineInput)) {
        if let Some(prompt) = &mut self.prompt {
            edit(&mut prompt.input);
            prompt.offered = None;
            let (purpose, text) = (prompt.purpose.clone(), prompt.input.text().to_owned());
            self.narrow(&purpose, &text);
        } else if let Some(Overlay::Picker(picker)) = &mut self.overlay {
            edit(&mut picker.input);
            picker.narrow();
        }
    }

    /// A path was looked into: if that is still what stands there, it is completed.
    pub(super) fn completed(&mut self, CompletionResult { typed, found }: CompletionResult) {
        if let Some(prompt) = self.prompt.as_mut().filter(|prompt| prompt.is_path() && prompt.input.before() == typed) {
            prompt.complete_path(found);
        }
    }

    fn narrow(&mut self, purpose: &Purpose, text: &str) {
        match purpose {
            Purpose::Find(_) | Purpose::FindSource => {
                if let Some(pane) = purpose.narrowed_pane() {
                    let (pane, context) = self.pane_mut(pane);
                    pane.set_filter(text, &context);
                }
            }
            Purpose::FilterHelp => {
                if let Some(Overlay::Help(help)) = &mut self.overlay {
                    help.set_filter(text);
                }
            }
            Purpose::Note(_)
            | Purpose::Tags(_)
            | Purpose::ArticleTags(_)
            | Purpose::Source(_)
            | Purpose::Subscription(..)
            | Purpose::Folder(_)
            | Purpose::Export
            | Purpose::SearchName(_)
            | Purpose::SearchQuery(_)
            | Purpose::Pipe(_)
            | Purpose::Rename(_) => {}
        }
    }

    fn accept_input(&mut self, effects: &mut Vec<Effect>) {
        let Some(prompt) = self.prompt.take() else {
            let pick = if let Some(Overlay::Picker(picker)) = &self.overlay { picker.picked() } else { None };
            if let Some(pick) = pick {
                return self.picked(pick, effects);
            }
            let leave = self.shared.keymap.named(Command::CancelInput);
            return self.tell(Notice::hint(format!("There is nothing to choose; {leave} leaves.")));
        };
        let text = prompt.input.text();
        match prompt.purpose {
            Purpose::Note(id) => self.set_note(id, text, effects),
            Purpose::Tags(id) => self.set_tags(id, text, effects),
            Purpose::ArticleTags(articles) => self.answer(vec![marks::set_tags(&articles, text)], effects),
            Purpose::Rename(which) => self.answer(vec![renamed(&which, text)], effects),
            Purpose::SearchName(query) => {
                let ask = saved_as(text, &query, &self.shared);
                self.answer(vec![ask], effects);
            }
            Purpose::SearchQuery(search) => {
                let asks = edited(&search, text, &self.shared);
                self.answer(asks, effects);
            }
            Purpose::Pipe(row) => self.pipe(row, text.trim(), effects),
            Purpose::Source(folder) if !text.trim().is_empty() => {
                self.adds_to = folder;
                // The scheme of old for what a browser hands to a news reader.
                let source = text.trim();
                let source = source.strip_prefix("feed:").map_or(source, |rest| rest.trim_start_matches("//"));
                effects.push(Effect::Sources(SourceJob::Add { source: source.to_owned() }));
            }
            Purpose::Subscription(field, feed) => {
                let ask = field_edited(field, &feed, text, &self.shared);
                self.answer(vec![ask], effects);
            }
            Purpose::Folder(path) => {
                let ask = folder_moved(&path, text, &self.shared);
                self.answer(vec![ask], effects);
            }
            Purpose::Export if !text.trim().is_empty() => {
                let bookmarks = self.bookmarks.listed(&self.shared).cloned().collect();
                effects.push(Effect::Desk(DeskJob::Export { file: text.trim().to_owned(), bookmarks }));
            }
            Purpose::Source(_) | Purpose::Export => {}
            // What is found has been found while it was typed; an empty line takes the narrowing away.
            Purpose::Find(_) | Purpose::FindSource => {
                let Some(pane) = prompt.purpose.narrowed_pane() else { return };
                let (pane, context) = self.pane_mut(pane);
                if let Some(problem) = pane.end_filter(text, &context) {
                    pane.cancel_filter(&prompt.before, &context);
                    self.tell(problem);
                }
            }
            Purpose::FilterHelp => self.narrow(&prompt.purpose, text),
        }
    }

    fn cancel_input(&mut self) {
        let Some(prompt) = self.prompt.take() else {
            self.overlay = None;
            return;
        };
        match prompt.purpose.narrowed_pane() {
            Some(pane) => {
                let (pane, context) = self.pane_mut(pane);
                pane.cancel_filter(&prompt.before, &context);
            }
            None => self.narrow(&prompt.purpose, &prompt.before),
        }
    }
}
