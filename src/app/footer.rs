//! The last row: what is being typed, what just happened, or what can be done now.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::{Command, Scope, Severity, TABLE};
use crate::panes::prompt::Purpose;
use crate::text::sanitize::one_line;
use crate::text::width::width;
use crate::ui::{Meaning, pen};

use super::{Overlay, State};

/// Draws the footer and returns the column of the cursor while something is being typed.
pub(super) fn view(state: &State, area: Rect, buf: &mut Buffer) -> Option<u16> {
    let theme = state.shared.theme;
    if let Some(prompt) = &state.prompt {
        let searches = prompt.purpose == Purpose::FindInArticle;
        let status = state.reader.search_status().filter(|_| searches);
        let tab = state.shared.keymap.first_key(Command::CompleteInput).unwrap_or_default();
        let tags = || prompt.completions().map(|tags| format!("{tab}: {tags}"));
        let status =
            status.or_else(tags).filter(|status| width(status) * 2 < usize::from(area.width)).unwrap_or_default();
        let room = Rect { width: area.width.saturating_sub(width(&status) as u16 + 1), ..area };
        let cursor = prompt.view(theme, room, buf);
        pen::put_right(buf, area, (cursor, 0), &status, theme.style(Meaning::Muted));
        return Some(cursor);
    }
    if let Some(notice) = state.notices.first() {
        let (sign, meaning) = match notice.severity {
            Severity::Done => ("✓ ", Meaning::Done),
            Severity::Hint => ("", Meaning::Text),
            Severity::Error => ("! ", Meaning::Error),
        };
        let more = if state.notices.len() > 1 { format!(" (+{})", state.notices.len() - 1) } else { String::new() };
        pen::put(buf, area, (1, 0), &format!("{sign}{}{more}", one_line(&notice.text)), theme.style(meaning));
        return None;
    }
    let mut x = 1;
    let status = state.reader.selection_status().or_else(|| state.reader.search_status());
    let keys = state.scope().chain();
    let help = hint(state, Command::ShowHelp).filter(|_| keys.contains(&Scope::Always) && state.scope() != Scope::Help);
    let help_columns = help.as_ref().map_or(0, |(key, label)| width(key) + 1 + width(label)) as u16;
    let fits = |status: &String| width(status) as u16 + 3 + help_columns <= area.width;
    if let Some(status) = status.filter(|_| matches!(state.scope(), Scope::Reader | Scope::Selecting)).filter(fits) {
        x = pen::put(buf, area, (x, 0), &status, theme.style(Meaning::Focus)) + 2;
    }
    if state.reader.shows_labels() {
        pen::put(buf, area, (x, 0), "Type a letter to pick; any other key leaves.", theme.style(Meaning::Text));
        return None;
    }
    for (key, label) in hints(state) {
        let needed = (width(&key) + 1 + width(label)) as u16 + 2;
        // Help has the last place, whatever else has to give way.
        if x + needed + help_columns > area.width {
            break;
        }
        x = draw(state, (&key, label), x, area, buf);
    }
    if let Some((key, label)) = help {
        draw(state, (&key, label), x, area, buf);
    }
    None
}

fn draw(state: &State, (key, label): (&str, &str), x: u16, area: Rect, buf: &mut Buffer) -> u16 {
    let theme = state.shared.theme;
    let x = pen::put(buf, area, (x, 0), key, theme.style(Meaning::Key));
    // A label that begins with an ellipsis says that the keys go on: "1…colour".
    let gap = u16::from(!label.starts_with('…'));
    pen::put(buf, area, (x + gap, 0), label, theme.style(Meaning::Muted)) + 2
}

/// The first key and the label of every command that is worth showing and can do something now.
fn hints(state: &State) -> Vec<(String, &'static str)> {
    let chain = state.scope().chain();
    let rows = chain.iter().flat_map(|scope| TABLE.iter().filter(move |row| row.scope == *scope));
    let rows = rows.filter(|row| row.command != Command::ShowHelp && state.available(row.command));
    let mut commands: Vec<Command> = rows.map(|row| row.command).collect();
    // Of a list to pick from the first thing to know is how to pick.
    commands.sort_by_key(|command| *command != Command::AcceptInput);
    commands.into_iter().filter_map(|command| hint(state, command)).collect()
}

fn hint(state: &State, command: Command) -> Option<(String, &'static str)> {
    let label = match command {
        Command::Back if !state.back_quits() => "back",
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
