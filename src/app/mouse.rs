//! The mouse: a click gives a pane the focus and picks a row, a drag selects words, the wheel moves what is under it.

use ratatui::layout::{Position, Rect};

use crate::command::Effect;
use crate::command::event::{Button, Mouse, MouseKind};
use crate::panes::PaneId;
use crate::ui::Move;

use super::{Overlay, State, regions};

/// Lines a notch of the wheel moves the page.
const NOTCH: isize = 3;

impl State {
    pub(super) fn mouse(&mut self, mouse: Mouse, effects: &mut Vec<Effect>) {
        let at = Position::new(mouse.column, mouse.row);
        // A drag lives from one press to its release; one that began elsewhere selects nothing in the page.
        if !matches!(mouse.kind, MouseKind::Drag(_)) {
            self.reader.end_drag();
        }
        if matches!(mouse.kind, MouseKind::Press(_)) {
            self.drop_labels();
        }
        let regions = regions(self.size, self);
        if self.overlay.is_some() {
            return self.mouse_in_overlay(mouse, at, regions.overlay, effects);
        }
        let Some(area) = regions.panes.iter().copied().find(|area| area.body.contains(at) || area.title.contains(at))
        else {
            return;
        };
        match mouse.kind {
            MouseKind::WheelDown => self.wheel(area.pane, 1),
            MouseKind::WheelUp => self.wheel(area.pane, -1),
            MouseKind::Press(Button::Left) => {
                self.set_focus(area.pane);
                if area.body.contains(at) {
                    self.click(area.pane, at, area.body, effects);
                }
            }
            MouseKind::Drag(Button::Left) if area.pane == PaneId::Reader => self.reader.drag_to(at, area.body, false),
            _ => {}
        }
    }

    fn click(&mut self, pane: PaneId, at: Position, body: Rect, effects: &mut Vec<Effect>) {
        let y = at.y - body.y;
        let asks = match pane {
            PaneId::Articles => self.articles.click(y, body),
            PaneId::Entities => self.entities.click(y, body, &self.shared, &mut self.reader),
            PaneId::Bookmarks => self.bookmarks.click(y, &self.shared, self.reader.open(), body),
            PaneId::Reader => {
                self.reader.drag_to(at, body, true);
                Vec::new()
            }
        };
        self.answer(asks, effects);
    }

    fn wheel(&mut self, pane: PaneId, by: isize) {
        match pane {
            PaneId::Articles => self.articles.go(Move::By(by)),
            PaneId::Reader => self.reader.scroll(by * NOTCH),
            PaneId::Entities => self.entities.go(Move::By(by)),
            PaneId::Bookmarks => self.bookmarks.go(Move::By(by)),
        }
    }

    fn mouse_in_overlay(&mut self, mouse: Mouse, at: Position, area: Rect, effects: &mut Vec<Effect>) {
        use crate::command::Command::{HelpDown, HelpUp};
        match (&mut self.overlay, mouse.kind) {
            (Some(Overlay::Help(help)), MouseKind::WheelDown) => {
                help.update(HelpDown, &self.shared.keymap, area);
            }
            (Some(Overlay::Help(help)), MouseKind::WheelUp) => help.update(HelpUp, &self.shared.keymap, area),
            (Some(Overlay::Picker(picker)), MouseKind::WheelDown) => picker.step(Move::Down),
            (Some(Overlay::Picker(picker)), MouseKind::WheelUp) => picker.step(Move::Up),
            (_, MouseKind::Press(Button::Left)) if !area.contains(at) => {
                self.prompt = None;
                self.overlay = None;
            }
            (Some(Overlay::Picker(picker)), MouseKind::Press(Button::Left)) => {
                let pick = picker.click(at.y, area).then(|| picker.picked()).flatten();
                if let Some(pick) = pick {
                    self.picked(pick, effects);
                }
            }
            _ => {}
        }
    }
}
