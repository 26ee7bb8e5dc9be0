//! Standard output: for results only.
//!
//! All output is sanitised here, so no verb can forget it; styles are the only source of escape sequences. If the pipe
//! is closed (`| head -1`), everything after that is silently dropped.

use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};

use serde::Serialize;

use crate::text::sanitize::sanitize;
use crate::text::unprintable::{is_unsafe_in_line, printable};

/// JSON in which every character that a terminal could interpret is escaped.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut utf16 = [0; 2];
    for c in json.chars() {
        if c.is_ascii() && c != '\u{7f}' || !is_unsafe_in_line(c) {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut utf16) {
                out.extend(["\\u".to_owned(), format!("{unit:04x}")]);
            }
        }
    }
    out
}

/// How words are printed where styles are supported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Unstyled.
    Plain,
    /// Headlines and headings.
    Bold,
    /// What the page adds to the text, and what is uncertain.
    Dim,
}

/// The writer for results.
pub(super) struct Output {
    to: BufWriter<Box<dyn Write>>,
    styled: bool,
    closed: bool,
}

impl Output {
    /// Standard output, with styles or without.
    pub(super) fn stdout(styled: bool) -> Self {
        Self::to(Box::new(io::stdout()), styled)
    }

    fn to(writer: Box<dyn Write>, styled: bool) -> Self {
        Self { to: BufWriter::new(writer), styled, closed: false }
    }

    /// Whether the pipe was closed, so that further work is pointless.
    pub(super) fn is_closed(&self) -> bool {
        self.closed
    }

    /// Writes words, line breaks included.
    pub(super) fn text(&mut self, text: &str) -> io::Result<()> {
        self.raw(&sanitize(text))
    }

    /// Writes words that another program takes byte for byte; a terminal gets them as it gets all [`text`](Self::text).
    pub(super) fn exact(&mut self, text: &str) -> io::Result<()> {
        if io::stdout().is_terminal() { self.text(text) } else { self.raw(text) }
    }

    /// Writes words followed by a line break.
    pub(super) fn line(&mut self, text: &str) -> io::Result<()> {
        self.text(text)?;
        self.raw("\n")
    }

    /// Writes words that contain file names as one line, since a name may contain line breaks to forge a line.
    pub(super) fn row(&mut self, text: &str) -> io::Result<()> {
        self.line(&printable(text))
    }

    /// Writes a value as one line of JSON.
    pub(super) fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        self.json_part(value)?;
        self.raw("\n")
    }

    /// Writes a value as JSON. Characters that are dangerous to terminals are escaped rather than removed, so the value
    /// is unchanged.
    pub(super) fn json_part(&mut self, value: &impl Serialize) -> io::Result<()> {
        self.raw(&escaped(&serde_json::to_string(value)?))
    }

    /// Writes words in a style.
    pub(super) fn styled(&mut self, text: &str, style: Style) -> io::Result<()> {
        let code = match style {
            Style::Bold if self.styled => "1",
            Style::Dim if self.styled => "2",
            _ => return self.text(text),
        };
        self.raw("\u{1b}[")?;
        self.raw(code)?;
        self.raw("m")?;
        self.text(text)?;
        self.raw("\u{1b}[0m")
    }

    /// Writes out what is still buffered.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        let flushed = self.to.flush();
        self.unless_closed(flushed)
    }

    fn raw(&mut self, text: &str) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        let written = self.to.write_all(text.as_bytes());
        self.unless_closed(written)
    }

    fn unless_closed(&mut self, written: io::Result<()>) -> io::Result<()> {
        match written {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            written => written,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::{self, Sender};

    #[test]
    fn json_keeps_its_value_but_has_no_characters_dangerous_to_terminals() {
        let hostile = "a\u{2028}b\u{202e}c\u{9b}d\u{7f}e é 漢 👩‍👩‍👧 \n\"";
        let json = escaped(&serde_json::to_string(hostile).unwrap());
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), hostile);
        assert!(json.contains("\\u2028") && json.contains("é 漢"));
        assert!(!json.contains(['\u{2028}', '\u{202e}', '\u{9b}', '\u{7f}']), "{json}");
    }

    /// Passes on what is written, or fails with an error.
    struct Pipe(Sender<Vec<u8>>, Option<ErrorKind>);

    impl Write for Pipe {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if let Some(kind) = self.1 {
                return Err(kind.into());
            }
            self.0.send(bytes.to_owned()).unwrap();
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn written(styled: bool) -> String {
        let (sender, receiver) = mpsc::channel();
        let mut out = Output::to(Box::new(Pipe(sender, None)), styled);
        out.line("a\u{1b}[2Jb\u{202e}c").unwrap();
        out.styled("bold\u{7}", Style::Bold).unwrap();
        out.finish().unwrap();
        drop(out);
        String::from_utf8(receiver.iter().flatten().collect()).unwrap()
    }

    #[test]
    fn only_styles_produce_escape_sequences() {
        assert_eq!(written(false), "abc\nbold");
        assert_eq!(written(true), "abc\n\u{1b}[1mbold\u{1b}[0m");
    }

    #[test]
    fn a_closed_pipe_is_not_an_error_but_others_are() {
        let (sender, _receiver) = mpsc::channel();
        let mut out = Output::to(Box::new(Pipe(sender.clone(), Some(ErrorKind::BrokenPipe))), false);
        out.text(&"words ".repeat(10_000)).unwrap();
        assert!(out.is_closed());
        out.line("more").unwrap();
        out.finish().unwrap();
        let mut out = Output::to(Box::new(Pipe(sender, Some(ErrorKind::StorageFull))), false);
        out.line("words").unwrap();
        assert_eq!(out.finish().unwrap_err().kind(), ErrorKind::StorageFull);
    }
}
