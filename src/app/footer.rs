//! The last row: what is being typed, what just happened, or what can be done now.
//!
//! At its end stands the way out: `q`, `Tab` or `Esc`, whatever leads out of here, and `?`. Everything else gives way to
//! it as the screen narrows, then its words do; its keys stay.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::{Command, Scope, TABLE};
use crate::panes::PaneId;
use crate::panes::prompt::{Prompt, Purpose};
use crate::text::width::{truncate, width};
use crate::ui::{Meaning, pen};

use super::{Overlay, State, notices};

/// A key and what it does, in a word.
type Hint = (String, &'static str);

/// Draws the footer and returns the column of the cursor while something is being typed.
pub(super) fn view(state: &State, area: Rect, buf: &mut Buffer) -> Option<u16> {
    if let Some(prompt) = &state.prompt {
        return Some(input(state, prompt, area, buf));
    }
    let theme = state.shared.theme;
    let out = way_out(state, area.width);
    // Where it would stand if it stood at the right edge.
    let end = area.width.saturating_sub(columns(&out));
    let mut x = 1;
    if let Some((words, meaning)) = notices::beside(state, end.saturating_sub(GAP + 1)) {
        x = pen::put(buf, area, (x, 0), &words, theme.style(meaning)) + GAP;
    } else if let Some((long, short)) = state.reader.labels_prompt() {
        let fits = |words: &&str| x + width(words) as u16 <= end;
        if let Some(words) = [long, short].into_iter().find(fits) {
            x = pen::put(buf, area, (x, 0), words, theme.style(Meaning::Text)) + GAP;
        }
    } else {
        let (pane, _) = state.pane(state.focus);
        let status = pane.status().filter(|_| state.overlay.is_none());
        if let Some(status) = status.filter(|status| x + width(status) as u16 + GAP <= end) {
            x = pen::put(buf, area, (x, 0), &status, theme.style(Meaning::Focus)) + GAP;
        }
        for hint in hints(state) {
            if x + columns(std::slice::from_ref(&hint)) > end {
                break;
            }
            x = draw(state, &hint, x, area, buf);
        }
    }
    // One column is left free before the first key where there is one.
    let mut x = x.min(area.width.saturating_sub(columns(&out).saturating_sub(GAP)));
    for hint in &out {
        x = draw(state, hint, x, area, buf);
    }
    None
}

/// Columns between two hints.
const GAP: u16 = 2;

/// Columns below which a status is not cut but left out.
const LEAST_STATUS: usize = 24;

/// Columns for a label and what is typed that a hint leaves free.
const LEAST_TYPED: usize = 20;

/// Columns of the shorter label of a search, and of the cursor and blanks about it.
const SHORT_LABEL: usize = 14;

/// The line being typed, and at its end how it stands and how to leave it.
fn input(state: &State, prompt: &Prompt, area: Rect, buf: &mut Buffer) -> u16 {
    let theme = state.shared.theme;
    let searched = match prompt.purpose {
        Purpose::Find(pane) => state.pane(pane).0.filter_status(),
        _ => None,
    };
    let searches = searched.is_some();
    let completions = || prompt.completions(&state.shared.keymap.first_key(Command::CompleteInput)?);
    let status = searched.or_else(completions);
    let out = way_out(state, area.width / 2);
    let end = area.width.saturating_sub(columns(&out));
    // What is typed keeps half of the row; a few letters of a status tell nothing.
    let half = usize::from(end / 2);
    let status = status.filter(|status| width(status) <= half || half >= LEAST_STATUS);
    // That a key completes is not worth the label that says what is asked.
    let is_answer = searches || prompt.offered.is_some() || !prompt.is_path();
    let leaves = |status: &String| usize::from(end).saturating_sub(width(status) + 1);
    let status = status.filter(|status| is_answer || leaves(status) >= LEAST_TYPED).unwrap_or_default();
    // What is wrong with a query has all that what is typed leaves free.
    let free = usize::from(end).saturating_sub(SHORT_LABEL + width(prompt.input.text()));
    let status = truncate(&status, if searches { half.max(free) } else { half });
    let status_columns = width(&status) as u16;
    let room = Rect { width: end.saturating_sub(status_columns + 1), ..area };
    let cursor = prompt.view(theme, room, buf);
    if status_columns > 0 {
        pen::put(buf, area, (room.width + 1, 0), &status, theme.style(Meaning::Muted));
    }
    let mut x = end + GAP;
    for hint in &out {
        x = draw(state, hint, x, area, buf);
    }
    cursor
}

/// What leads out of here, in so many columns: without the words, and last of all without the key of help, if need be.
fn way_out(state: &State, columns_free: u16) -> Vec<Hint> {
    let commands: &[Command] = match state.scope() {
        Scope::Prompt | Scope::Picker => &[Command::CancelInput],
        Scope::Help => &[Command::CloseHelp],
        Scope::Selecting => &[Command::LeaveSelection, Command::ShowHelp],
        // Who has searched wants the whole list back at some time.
        Scope::Articles if state.is_fetching_feeds() => {
            &[Command::Clear, Command::NextPane, Command::Back, Command::ShowHelp]
        }
        Scope::Articles if !state.pane(PaneId::Articles).0.filter().is_empty() => {
            &[Command::Clear, Command::NextPane, Command::Back, Command::ShowHelp]
        }
        _ => &[Command::NextPane, Command::Back, Command::ShowHelp],
    };
    let mut out: Vec<Hint> = if state.reader.shows_labels() {
        // Every key that is no label leaves them, whatever the keymap says of it.
        vec![("Esc".to_owned(), "leave")]
    } else {
        commands.iter().filter_map(|command| hint(state, *command)).collect()
    };
    let mut shortened = 0;
    while columns(&out).saturating_sub(GAP) + 1 > columns_free && shortened < out.len() {
        if let Some(hint) = out.get_mut(shortened) {
            hint.1 = "";
        }
        shortened += 1;
    }
    while columns(&out).saturating_sub(GAP) + 1 > columns_free && out.len() > 1 {
        out.pop();
    }
    out
}

/// The columns of the way out beside which a notice stands.
pub(super) fn way_out_columns(state: &State, columns_free: u16) -> u16 {
    columns(&way_out(state, columns_free))
}

/// Columns of some hints, each with the gap that stands before or after it.
fn columns(hints: &[Hint]) -> u16 {
    let one =
        |(key, label): &Hint| width(key) as u16 + if label.is_empty() { 0 } else { width(label) as u16 + 1 } + GAP;
    hints.iter().map(one).sum()
}

fn draw(state: &State, (key, label): &Hint, x: u16, area: Rect, buf: &mut Buffer) -> u16 {
    let theme = state.shared.theme;
    let x = pen::put(buf, area, (x, 0), key, theme.style(Meaning::Key));
    if label.is_empty() {
        return x + GAP;
    }
    // A label that begins with an ellipsis says that the keys go on: "1… colour".
    let gap = u16::from(!label.starts_with('…'));
    pen::put(buf, area, (x + gap, 0), label, theme.style(Meaning::Muted)) + GAP
}

/// The first key and the label of every command that is worth showing and can do something now; not the way out.
fn hints(state: &State) -> Vec<Hint> {
    let out = [
        Command::ShowHelp,
        Command::NextPane,
        Command::Back,
        Command::Clear,
        Command::LeaveSelection,
        Command::CancelInput,
        Command::CloseHelp,
    ];
    let chain = state.scope().chain();
    let rows = chain.iter().flat_map(|scope| TABLE.iter().filter(move |row| row.scope == *scope));
    let rows = rows.filter(|row| !out.contains(&row.command) && state.available(row.command));
    let mut commands: Vec<Command> = rows.map(|row| row.command).collect();
    // Of a list to pick from the first thing to know is how to pick.
    commands.sort_by_key(|command| *command != Command::AcceptInput);
    commands.into_iter().filter_map(|command| hint(state, command)).collect()
}

fn hint(state: &State, command: Command) -> Option<Hint> {
    let label = match command {
        Command::Back if !state.back_quits() => "back",
        Command::Clear if state.is_fetching_feeds() => "stop",
        Command::Clear => "whole list",
        Command::AcceptInput => match &state.overlay {
            Some(Overlay::Picker(picker)) => picker.verb(),
            _ => command.row().label,
        },
        Command::SaveSelection if state.reader.attaching().is_some() => "attach",
        command => command.row().label,
    };
    let key = state.shared.keymap.first_key(command)?;
    (!label.is_empty()).then_some((key, label))
}
