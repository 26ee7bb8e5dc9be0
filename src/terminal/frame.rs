//! Collects a frame in memory until it is complete, and writes it in one piece.

use std::{
    cell::RefCell,
    io::{self, Write},
    rc::Rc,
};

/// Collects a frame. ratatui flushes several times a frame; only [`FrameBuffer::finish`] writes.
///
/// Nothing is written on drop either: after a panic, half a frame would end up on the shell's screen.
#[derive(Clone, Default)]
pub(super) struct FrameBuffer(Rc<RefCell<Vec<u8>>>);

/// Synchronised output, DEC private mode 2026: the terminal shows everything in between at once.
const BEGIN_FRAME: &[u8] = b"\x1b[?2026h";
const END_FRAME: &[u8] = b"\x1b[?2026l";

impl FrameBuffer {
    pub(super) fn begin(&self) {
        let mut bytes = self.0.borrow_mut();
        bytes.clear();
        bytes.extend_from_slice(BEGIN_FRAME);
    }

    pub(super) fn finish(&self, out: &mut impl Write) -> io::Result<()> {
        let mut bytes = self.0.borrow_mut();
        bytes.extend_from_slice(END_FRAME);
        out.write_all(&bytes)?;
        out.flush()
    }
}

impl Write for FrameBuffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use ratatui::{
        Terminal, TerminalOptions, Viewport,
        backend::{Backend, CrosstermBackend},
        layout::Rect,
        widgets::Paragraph,
    };

    use super::*;

    /// Records the writes a frame takes.
    #[derive(Default)]
    struct WriteRecorder(Vec<Vec<u8>>);

    impl Write for WriteRecorder {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.push(bytes.to_vec());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_frame_is_one_synchronised_write() {
        let frame = FrameBuffer::default();
        let viewport = Viewport::Fixed(Rect::new(0, 0, 20, 2));
        let mut screen =
            Terminal::with_options(CrosstermBackend::new(frame.clone()), TerminalOptions { viewport }).unwrap();
        let mut out = WriteRecorder::default();
        for words in ["One text,", "many layers"] {
            frame.begin();
            screen.draw(|frame| frame.render_widget(Paragraph::new(words), frame.area())).unwrap();
            frame.finish(&mut out).unwrap();
        }
        assert_eq!(out.0.len(), 2);
        for bytes in &out.0 {
            assert!(bytes.starts_with(BEGIN_FRAME) && bytes.ends_with(END_FRAME));
        }
        assert!(String::from_utf8_lossy(&out.0[1]).contains("layers"));
    }

    #[test]
    fn half_a_frame_is_never_written() {
        let frame = FrameBuffer::default();
        let mut out = WriteRecorder::default();
        frame.begin();
        CrosstermBackend::new(frame.clone()).hide_cursor().unwrap();
        frame.begin();
        frame.finish(&mut out).unwrap();
        assert_eq!(out.0, [b"\x1b[?2026h\x1b[?2026l".to_vec()]);
    }
}
