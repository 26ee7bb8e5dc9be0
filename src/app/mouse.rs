//! The mouse: a click gives a pane the focus and picks a row, a drag selects words, the wheel moves what is under it.

use ratatui::layout::{Position, Rect};

use crate::command::Effect;
use crate::command::event::{Button, Mouse, MouseKind};
use crate::ui::Move;

use super::{Overlay, State, regions};

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
            MouseKind::WheelDown => self.pane_mut(area.pane).0.wheel(1),
            MouseKind::WheelUp => self.pane_mut(area.pane).0.wheel(-1),
            MouseKind::Press(Button::Left) => {
                self.set_focus(area.pane);
                if area.body.contains(at) {
                    let (pane, context) = self.pane_mut(area.pane);
                    let asks = pane.click(at, area.body, &context);
                    self.answer(asks, effects);
                }
            }
            MouseKind::Drag(Button::Left) => self.pane_mut(area.pane).0.drag(at, area.body),
            _ => {}
        }
    }

    fn mouse_in_overlay(&mut self, mouse: Mouse, at: Position, area: Rect, effects: &mut Vec<Effect>) {
        use crate::command::Command::{HelpDown, HelpUp};
        match (&mut self.overlay, mouse.kind) {
            (Some(Overlay::Help(help)), MouseKind::WheelDown) => {
                help.scroll(HelpDown, &self.shared.keymap, area);
            }
            (Some(Overlay::Help(help)), MouseKind::WheelUp) => {
                help.scroll(HelpUp, &self.shared.keymap, area);
            }
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
