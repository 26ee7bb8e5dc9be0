//! Where everything is on the screen: a pure function of the size and the state, for drawing and for the mouse.

use ratatui::layout::{Rect, Size};

use crate::panes::{Column, PaneId};
use crate::ui::pen::BORDERED;

use super::{Overlay, State};

/// Columns from which three panes stand side by side, and from which two do.
const WIDE: u16 = 110;
const MEDIUM: u16 = 70;

/// Columns the page keeps beside two panes, gutter and scrollbar included, and the narrowest those may be for it.
const PAGE: u16 = 64;
const NARROWEST: u16 = 22;

/// Rows from which the header has a rule under it.
const ROOMY: u16 = 30;

/// The smallest screen that is drawn on.
const SMALLEST: Size = Size { width: 20, height: 5 };

/// A pane on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaneArea {
    /// Which one.
    pub pane: PaneId,
    /// Its row of the header.
    pub title: Rect,
    /// The rest of it.
    pub body: Rect,
}

/// The parts of the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Regions {
    /// The visible panes from left to right.
    pub panes: Vec<PaneArea>,
    /// The last row.
    pub footer: Rect,
    /// The box that stands in front, if one does.
    pub overlay: Rect,
    /// The screen is too small for anything but one line that says so.
    pub too_small: bool,
}

impl Regions {
    /// The area of a pane, if it is on the screen.
    pub fn pane(&self, pane: PaneId) -> Option<PaneArea> {
        self.panes.iter().copied().find(|area| area.pane == pane)
    }
}

/// Divides a screen of `size`.
pub fn regions(size: Size, state: &State) -> Regions {
    let Size { width, height } = size;
    if width < SMALLEST.width || height < SMALLEST.height {
        return Regions { too_small: true, footer: Rect::new(0, 0, width, height.min(1)), ..Regions::default() };
    }
    let outer = ((u32::from(width) * 22 / 100) as u16).clamp(28, 42);
    let columns: Vec<(PaneId, u16)> = if state.shared.view.zen || width < MEDIUM {
        let alone = if state.shared.view.zen { PaneId::Reader } else { state.focus };
        vec![(alone, width)]
    } else if width < WIDE {
        let beside = if state.focus == PaneId::Reader { state.beside } else { state.focus };
        let rest = width - outer - 1;
        match beside.column() {
            Column::Left | Column::Page => vec![(PaneId::Articles, outer), (PaneId::Reader, rest)],
            Column::Right => vec![(PaneId::Reader, rest), (beside, outer)],
        }
    } else {
        // The side panes give way before the page does.
        let outer = (width.saturating_sub(PAGE + 2) / 2).clamp(NARROWEST, outer);
        let rest = width - 2 * (outer + 1);
        vec![(PaneId::Articles, outer), (PaneId::Reader, rest), (state.side, outer)]
    };
    // Where there is room a rule under the titles parts them from the panes.
    let header = if height >= ROOMY { 2 } else { 1 };
    let mut x = 0;
    let mut panes = Vec::with_capacity(columns.len());
    for (pane, width) in columns {
        let title = Rect::new(x, 0, width, 1);
        // The page's scrollbar is the line that parts it from the pane on its right.
        let parts = x.saturating_add(width) < size.width;
        let body = Rect::new(x, header, width + u16::from(parts && pane == PaneId::Reader), height - header - 1);
        panes.push(PaneArea { pane, title, body });
        // One column between two panes is for the line that parts them.
        x = x.saturating_add(width).saturating_add(1);
    }
    let overlay = overlay(size, state, &panes);
    Regions { panes, footer: Rect::new(0, height - 1, width, 1), overlay, too_small: false }
}

/// Rows a list to pick from takes at most where the screen has more: a look at some choices, not a page of them.
const TALLEST_LIST: u16 = 16;

/// The box in front. It takes the whole width where only scraps of the panes would be left beside it.
fn overlay(size: Size, state: &State, panes: &[PaneArea]) -> Rect {
    let Size { width, height } = size;
    let box_width = if width < 104 { width } else { 100 };
    let x = (width - box_width) / 2;
    let Some(Overlay::Picker(picker)) = &state.overlay else {
        // Help has all there is above the footer on a small screen.
        let box_height = if height < 16 { height - 1 } else { (height - 2).min(36) };
        return Rect::new(x, (height - box_height) / 2, box_width, box_height);
    };
    // A list is as tall as what is in it and stands on the footer; at the top, if what it asks about would be behind it.
    let columns = box_width.saturating_sub(2);
    let box_height = |rows: u16| (rows + 2).clamp(BORDERED, TALLEST_LIST.max(height / 2)).min(height - 1);
    // While it is narrowed it stays where it stood at first.
    let tallest = box_height(picker.most_rows(columns));
    let is_behind = asked_about(state, panes).is_some_and(|row| row >= height - 1 - tallest && row >= tallest);
    let box_height = box_height(picker.rows(columns));
    Rect::new(x, if is_behind { 0 } else { height - 1 - box_height }, box_width, box_height)
}

/// The last row of the screen on which what a list asks about stands: the passage that was gone to, or the row under the
/// cursor.
fn asked_about(state: &State, panes: &[PaneArea]) -> Option<u16> {
    let body = panes.iter().find(|area| area.pane == state.focus)?.body;
    let (pane, context) = state.pane(state.focus);
    let row = pane.asked_about(body, &context)?;
    Some(body.y.saturating_add(row).min(body.bottom().saturating_sub(1)))
}
