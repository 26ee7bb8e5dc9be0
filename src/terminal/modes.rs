//! The terminal modes the program uses, the sequences that switch each on and off, and the record of which are on.

use std::io::{self, Write};

/// Something switched on by writing an escape sequence (raw mode is not: the kernel keeps it).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// A screen of our own; the shell's returns as it was.
    AlternateScreen,
    /// Text beyond the last column does not wrap to the next row.
    NoWrapping,
    /// The cursor is shown only where a text field needs it.
    HiddenCursor,
    /// Pasted text is marked as such and cannot act as keys.
    BracketedPaste,
    /// The terminal reports when its window gains or loses the focus.
    FocusEvents,
    /// Clicks, drags and the wheel. Not every movement (`?1003`), which would wake an idle program.
    Mouse,
}

/// Ends a frame cut short and any colour left on.
const SETTLE: &str = "\x1b[?2026l\x1b[0m";

impl Mode {
    /// Switches the mode on; DEC private modes as in xterm's *Control Sequences*.
    fn enter_bytes(self) -> &'static str {
        match self {
            Self::AlternateScreen => "\x1b[?1049h",
            Self::NoWrapping => "\x1b[?7l",
            Self::HiddenCursor => "\x1b[?25l",
            Self::BracketedPaste => "\x1b[?2004h",
            Self::FocusEvents => "\x1b[?1004h",
            Self::Mouse => "\x1b[?1000h\x1b[?1002h\x1b[?1006h",
        }
    }

    /// Undoes [`Mode::enter_bytes`].
    fn leave_bytes(self) -> &'static str {
        match self {
            Self::AlternateScreen => "\x1b[?1049l",
            Self::NoWrapping => "\x1b[?7h",
            Self::HiddenCursor => "\x1b[?25h",
            Self::BracketedPaste => "\x1b[?2004l",
            Self::FocusEvents => "\x1b[?1004l",
            Self::Mouse => "\x1b[?1006l\x1b[?1002l\x1b[?1000l",
        }
    }
}

/// The modes that are, or may be, on; in the order they were switched on.
#[derive(Debug, Default)]
pub(super) struct Modes(Vec<Mode>);

impl Modes {
    /// Switches `mode` on, once. It counts as on even if writing fails: some of its bytes may have arrived.
    pub(super) fn enter(&mut self, mode: Mode, out: &mut impl Write) -> io::Result<()> {
        if self.0.contains(&mode) {
            return Ok(());
        }
        self.0.push(mode);
        out.write_all(mode.enter_bytes().as_bytes())?;
        out.flush()
    }

    /// Switches everything off that is on, last first, in one write.
    pub(super) fn leave_all(&mut self, out: &mut impl Write) -> io::Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        let mut bytes = String::from(SETTLE);
        bytes.extend(self.0.drain(..).rev().map(Mode::leave_bytes));
        out.write_all(bytes.as_bytes())?;
        out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A terminal that accepts `room` bytes and then fails.
    struct FailingTerminal {
        written: Vec<u8>,
        room: usize,
    }

    impl Write for FailingTerminal {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let taken = bytes.len().min(self.room);
            if taken == 0 {
                return Err(io::ErrorKind::BrokenPipe.into());
            }
            self.room -= taken;
            self.written.extend_from_slice(&bytes[..taken]);
            Ok(taken)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    const ALL: [Mode; 6] = [
        Mode::AlternateScreen,
        Mode::NoWrapping,
        Mode::HiddenCursor,
        Mode::BracketedPaste,
        Mode::FocusEvents,
        Mode::Mouse,
    ];

    fn undone(modes: &mut Modes) -> String {
        let mut out = Vec::new();
        modes.leave_all(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn modes_are_switched_off_in_reverse_order() {
        let (mut modes, mut out) = (Modes::default(), Vec::new());
        for mode in ALL {
            modes.enter(mode, &mut out).unwrap();
        }
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "\x1b[?1049h\x1b[?7l\x1b[?25l\x1b[?2004h\x1b[?1004h\x1b[?1000h\x1b[?1002h\x1b[?1006h"
        );
        assert_eq!(
            undone(&mut modes),
            "\x1b[?2026l\x1b[0m\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?1004l\x1b[?2004l\x1b[?25h\x1b[?7h\x1b[?1049l"
        );
        assert_eq!(undone(&mut modes), "", "a second time there is nothing to undo");
    }

    #[test]
    fn every_sequence_switched_on_is_switched_off() {
        for mode in ALL {
            let mut on: Vec<&str> = mode.enter_bytes().split_inclusive(['h', 'l']).collect();
            on.reverse();
            let opposite = |bytes: &&str| match bytes.strip_suffix('h') {
                Some(stem) => format!("{stem}l"),
                None => format!("{}h", bytes.trim_end_matches('l')),
            };
            assert_eq!(mode.leave_bytes(), on.iter().map(opposite).collect::<String>(), "{mode:?}");
        }
    }

    #[test]
    fn a_failed_start_undoes_what_it_did_and_no_more() {
        let complete: usize = ALL.iter().map(|mode| mode.enter_bytes().len()).sum();
        for room in 0..complete {
            let (mut modes, mut out) = (Modes::default(), FailingTerminal { written: Vec::new(), room });
            assert!(ALL.iter().try_for_each(|mode| modes.enter(*mode, &mut out)).is_err());
            let undo = undone(&mut modes);
            let mut before = 0;
            for mode in ALL {
                // A mode was touched if the terminal died within or after its bytes.
                assert_eq!(undo.contains(mode.leave_bytes()), before <= room, "{mode:?} after {room} bytes");
                before += mode.enter_bytes().len();
            }
        }
    }
}
