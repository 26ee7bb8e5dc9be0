//! Draws the state. It changes nothing and asks nothing: the same state gives the same cells.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Block;

use crate::panes::PaneId;
use crate::text::sanitize::one_line;
use crate::text::width::width;
use crate::ui::{Meaning, pen};

use super::regions::PaneArea;
use super::{Overlay, Regions, State, footer, notices, regions};

/// Draws the whole screen.
pub fn view(state: &State, frame: &mut Frame<'_>) {
    if let Some(cursor) = draw(state, frame.area(), frame.buffer_mut()) {
        frame.set_cursor_position(cursor);
    }
}

/// Draws the screen into a buffer and returns the place of the cursor while something is being typed.
pub fn draw(state: &State, area: Rect, buf: &mut Buffer) -> Option<Position> {
    // The state may know a newer size than the terminal's next frame has; nothing outside the frame is drawn.
    let size =
        ratatui::layout::Size { width: state.size.width.min(area.width), height: state.size.height.min(area.height) };
    let regions = regions(size, state);
    let theme = state.shared.theme;
    if regions.too_small {
        pen::put(buf, regions.footer, (0, 0), "dateline needs 20×5", theme.style(Meaning::Text));
        return None;
    }
    for area in &regions.panes {
        title(state, *area, buf);
        body(state, *area, buf);
    }
    lines(state, &regions, size.width, buf);
    let footer_cursor = footer::view(state, regions.footer, buf).map(|x| Position::new(x, regions.footer.y));
    which_key(state, regions.footer, buf);
    let cursor = match &state.overlay {
        Some(Overlay::Help(help)) => {
            help.view(&state.shared.keymap, theme, regions.overlay, buf);
            None
        }
        Some(Overlay::Picker(picker)) => {
            let (x, y) = picker.view(theme, regions.overlay, buf);
            Some(Position::new(x, y))
        }
        None => None,
    };
    notices::view(state, regions.footer, size, buf);
    footer_cursor.or(cursor)
}

/// The rule under the titles, and the lines between the panes.
fn lines(state: &State, regions: &Regions, width: u16, buf: &mut Buffer) {
    let style = state.shared.theme.style(Meaning::Faint);
    let rule = regions.panes.first().filter(|area| area.body.y > 1).map(|area| area.body.y - 1);
    if let Some(y) = rule {
        (0..width).for_each(|x| buf.set_string(x, y, "─", style));
    }
    for area in regions.panes.iter().filter(|area| area.title.right() < width) {
        let x = area.title.right();
        buf.set_string(x, area.title.y, "│", style);
        if let Some(y) = rule {
            buf.set_string(x, y, "┼", style);
        }
        // The scrollbar of the page stands where its line would.
        if area.pane != PaneId::Reader {
            (area.body.y..area.body.bottom()).for_each(|y| buf.set_string(x, y, "│", style));
        }
    }
}

fn body(state: &State, PaneArea { pane, body, .. }: PaneArea, buf: &mut Buffer) {
    let focused = state.focus == pane && state.overlay.is_none();
    let (pane, context) = state.pane(pane);
    pane.view(&context, focused, body, buf);
}

/// The title row of a pane; it also names the panes that share its column.
fn title(state: &State, PaneArea { pane, title, .. }: PaneArea, buf: &mut Buffer) {
    let theme = state.shared.theme;
    let columns = title.width.saturating_sub(2);
    let name = state.pane(pane).0.title(columns);
    let meaning = if state.focus == pane { Meaning::Focus } else { Meaning::Muted };
    let x = pen::put(buf, title, (1, 0), &one_line(&name), theme.style(meaning));
    let shares = |other: &PaneId| *other != pane && other.column() == pane.column();
    let others: Vec<PaneId> = PaneId::ALL.into_iter().filter(shares).collect();
    if others.is_empty() {
        return;
    }
    let titles: Vec<String> = others.iter().map(|other| one_line(&state.pane(*other).0.title(columns))).collect();
    let whole = format!("{} ", titles.join(" · "));
    let fits = usize::from(x) + 2 + width(&whole) <= usize::from(title.width);
    let short = || others.iter().map(|other| other.name()).collect::<Vec<_>>().join(" · ");
    let shown = if fits { whole } else { short() };
    pen::put_right(buf, title, (x + 1, 0), &shown, theme.style(Meaning::Muted));
}

/// The box of keys that may follow the ones typed.
fn which_key(state: &State, footer: Rect, buf: &mut Buffer) {
    if state.pending.is_empty() {
        return;
    }
    let next = state.shared.keymap.continuations(state.scope().chain(), &state.pending);
    let theme = state.shared.theme;
    let columns = next.iter().map(|(key, command)| width(key) + width(command.row().doc) + 5).max().unwrap_or(0);
    let columns = (columns as u16 + 2).min(footer.width);
    let rows = (next.len() as u16 + 2).min(footer.y);
    let area = Rect::new(footer.right() - columns, footer.y - rows, columns, rows);
    let typed = crate::command::key::show_keys(&state.pending);
    pen::border(buf, area, &typed, theme);
    let inner = Block::bordered().inner(area);
    for (y, (key, command)) in (0..inner.height).zip(next) {
        let x = pen::put(buf, inner, (1, y), &key, theme.style(Meaning::Key));
        pen::put(buf, inner, (x + 2, y), command.row().doc, theme.style(Meaning::Text));
    }
}
