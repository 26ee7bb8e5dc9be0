//! Translates crossterm's events into the program's own.

use crossterm::event::{
    Event, KeyCode as Code, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use crate::command::event::{Button, Mouse, MouseKind, TermEvent};
use crate::command::key::{Key, KeyCode};

/// Translates an event; none for those that are ignored (key releases, lone modifiers, mouse movement).
pub(super) fn from_crossterm(event: Event) -> Option<TermEvent> {
    Some(match event {
        Event::Key(event) => TermEvent::Key(key(event)?),
        Event::Mouse(event) => TermEvent::Mouse(mouse(event)?),
        Event::Paste(text) => TermEvent::Paste(text),
        Event::Resize(columns, rows) => TermEvent::Resize(columns, rows),
        Event::FocusGained => TermEvent::FocusGained,
        Event::FocusLost => TermEvent::FocusLost,
    })
}

fn key(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let mut shift = event.modifiers.contains(KeyModifiers::SHIFT);
    let code = match event.code {
        Code::Char(c) if !c.is_control() => KeyCode::Char(c),
        Code::Enter => KeyCode::Enter,
        Code::Esc => KeyCode::Esc,
        Code::Tab => KeyCode::Tab,
        Code::BackTab => {
            shift = true;
            KeyCode::Tab
        }
        Code::Backspace => KeyCode::Backspace,
        Code::Delete => KeyCode::Delete,
        Code::Insert => KeyCode::Insert,
        Code::Home => KeyCode::Home,
        Code::End => KeyCode::End,
        Code::PageUp => KeyCode::PageUp,
        Code::PageDown => KeyCode::PageDown,
        Code::Up => KeyCode::Up,
        Code::Down => KeyCode::Down,
        Code::Left => KeyCode::Left,
        Code::Right => KeyCode::Right,
        Code::F(number @ 1..=24) => KeyCode::F(number),
        _ => return None,
    };
    let (ctrl, alt) = (event.modifiers.contains(KeyModifiers::CONTROL), event.modifiers.contains(KeyModifiers::ALT));
    Some(Key::new(code, ctrl, alt, shift))
}

fn mouse(event: MouseEvent) -> Option<Mouse> {
    let kind = match event.kind {
        MouseEventKind::Down(pressed) => MouseKind::Press(button(pressed)),
        MouseEventKind::Drag(pressed) => MouseKind::Drag(button(pressed)),
        MouseEventKind::Up(released) => MouseKind::Release(button(released)),
        MouseEventKind::ScrollUp => MouseKind::WheelUp,
        MouseEventKind::ScrollDown => MouseKind::WheelDown,
        MouseEventKind::Moved | MouseEventKind::ScrollLeft | MouseEventKind::ScrollRight => return None,
    };
    Some(Mouse { kind, column: event.column, row: event.row })
}

fn button(button: MouseButton) -> Button {
    match button {
        MouseButton::Left => Button::Left,
        MouseButton::Middle => Button::Middle,
        MouseButton::Right => Button::Right,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(code: Code, modifiers: KeyModifiers) -> Option<String> {
        match from_crossterm(Event::Key(KeyEvent::new(code, modifiers)))? {
            TermEvent::Key(key) => Some(key.to_string()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn keys_arrive_in_the_notation_of_the_key_table() {
        for (code, modifiers, wanted) in [
            (Code::Char('j'), KeyModifiers::NONE, "j"),
            (Code::Char('G'), KeyModifiers::SHIFT, "G"),
            (Code::Char('g'), KeyModifiers::SHIFT, "G"),
            (Code::Char('d'), KeyModifiers::CONTROL, "C-d"),
            (Code::Char('x'), KeyModifiers::ALT, "M-x"),
            (Code::Char(' '), KeyModifiers::NONE, "Space"),
            (Code::BackTab, KeyModifiers::SHIFT, "S-Tab"),
            (Code::BackTab, KeyModifiers::NONE, "S-Tab"),
            (Code::PageDown, KeyModifiers::NONE, "PgDn"),
            (Code::F(5), KeyModifiers::NONE, "F5"),
        ] {
            assert_eq!(pressed(code, modifiers).as_deref(), Some(wanted), "{code:?}");
        }
    }

    #[test]
    fn releases_and_lone_modifiers_are_ignored_but_repeats_count() {
        let of_kind = |kind| {
            from_crossterm(Event::Key(KeyEvent::new_with_kind(Code::Char('j'), KeyModifiers::NONE, kind))).is_some()
        };
        assert!(of_kind(KeyEventKind::Press));
        assert!(of_kind(KeyEventKind::Repeat));
        assert!(!of_kind(KeyEventKind::Release));
        assert_eq!(pressed(Code::CapsLock, KeyModifiers::NONE), None);
        assert_eq!(pressed(Code::F(99), KeyModifiers::NONE), None);
        assert_eq!(pressed(Code::Char('\u{9b}'), KeyModifiers::NONE), None);
    }

    #[test]
    fn the_mouse_presses_drags_and_wheels_but_moving_is_nothing() {
        let act =
            |kind| from_crossterm(Event::Mouse(MouseEvent { kind, column: 7, row: 3, modifiers: KeyModifiers::NONE }));
        assert_eq!(
            act(MouseEventKind::Drag(MouseButton::Left)),
            Some(TermEvent::Mouse(Mouse { kind: MouseKind::Drag(Button::Left), column: 7, row: 3 }))
        );
        assert_eq!(
            act(MouseEventKind::ScrollUp),
            Some(TermEvent::Mouse(Mouse { kind: MouseKind::WheelUp, column: 7, row: 3 }))
        );
        assert_eq!(act(MouseEventKind::Moved), None);
        assert_eq!(act(MouseEventKind::ScrollLeft), None);
    }

    #[test]
    fn the_rest_passes_unchanged() {
        assert_eq!(from_crossterm(Event::Paste("a\u{1b}b".into())), Some(TermEvent::Paste("a\u{1b}b".into())));
        assert_eq!(from_crossterm(Event::Resize(80, 24)), Some(TermEvent::Resize(80, 24)));
        assert_eq!(from_crossterm(Event::FocusLost), Some(TermEvent::FocusLost));
    }
}
