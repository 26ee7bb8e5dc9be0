//! What the program has to say: in the footer while it fits there, else in rows of its own above it, all of it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::widgets::{Clear, Widget};

use crate::command::{Notice, Scope, Severity};
use crate::text::sanitize::one_line;
use crate::text::width::width;
use crate::ui::{Meaning, pen};

use super::{State, footer};

/// The words of a notice as they are shown, and what they mean.
fn told(notice: &Notice) -> (String, Meaning<'static>) {
    let (sign, meaning) = match notice.severity {
        Severity::Done => ("✓ ", Meaning::Done),
        Severity::Hint => ("", Meaning::Text),
        Severity::Error => ("! ", Meaning::Error),
    };
    (format!("{sign}{}", one_line(&notice.text)), meaning)
}

/// The one notice there is, if it has room in so many columns of the footer.
pub(super) fn beside(state: &State, columns: u16) -> Option<(String, Meaning<'static>)> {
    let [notice] = state.notices.as_slice() else { return None };
    let (words, meaning) = told(notice);
    (width(&words) <= usize::from(columns)).then_some((words, meaning))
}

/// The rows above the footer: the lines of as many notices as have room there, and how many those are.
fn rows(state: &State, size: Size) -> (Vec<(String, Meaning<'static>)>, usize) {
    let end = size.width.saturating_sub(footer::way_out_columns(state, size.width));
    // While something is typed they wait.
    let typing = matches!(state.scope(), Scope::Prompt | Scope::Picker);
    if typing || state.notices.is_empty() || beside(state, end.saturating_sub(3)).is_some() {
        return (Vec::new(), state.notices.len().min(1));
    }
    // Half of the screen, but one that is longer is shown as far as there are rows.
    let (most, all) = (usize::from(size.height / 2).max(1), usize::from(size.height.saturating_sub(2)));
    let mut lines = Vec::new();
    let mut shown = 0;
    for notice in &state.notices {
        let (words, meaning) = told(notice);
        let wrapped = pen::wrap_whole(&words, size.width.saturating_sub(2));
        let rest = state.notices.len() - shown - 1;
        // The last row is kept for what has no room.
        let room = most - usize::from(rest > 0).min(most - 1);
        if shown > 0 && lines.len() + wrapped.len() > room {
            lines.push((format!("and {} more; press any key", rest + 1), Meaning::Muted));
            break;
        }
        lines.extend(wrapped.into_iter().take(all).map(|line| (line, meaning)));
        shown += 1;
    }
    (lines, shown)
}

/// The rows above the footer, for tests.
#[cfg(test)]
pub(crate) fn above_footer(state: &State) -> Vec<String> {
    rows(state, state.size).0.into_iter().map(|(line, _)| line).collect()
}

/// How many notices are on the screen: so many are read with the next command.
pub(super) fn shown(state: &State) -> usize {
    rows(state, state.size).1
}

/// Draws the rows above the footer.
pub(super) fn view(state: &State, footer: Rect, size: Size, buf: &mut Buffer) {
    let (lines, _) = rows(state, size);
    let height = (lines.len() as u16).min(footer.y);
    let area = Rect { y: footer.y - height, height, ..footer };
    Clear.render(area, buf);
    for (y, (line, meaning)) in (0..).zip(&lines) {
        pen::put(buf, area, (1, y), line, state.shared.theme.style(*meaning));
    }
}
