//! What is asked of the terminal, which the event loop owns and so does itself.

use crate::bookmark::BookmarkId;

/// Something to be done with the terminal.
#[derive(Clone, Debug)]
pub enum TerminalJob {
    /// Put words on the clipboard.
    Copy {
        /// The words, sanitised again on their way out.
        text: String,
        /// What to tell the reader.
        done: String,
    },
    /// Edit a bookmark's note in the reader's own editor; answered by [`TerminalAnswer::NoteEdited`].
    EditNote {
        /// The bookmark.
        id: BookmarkId,
        /// The note as it stands.
        note: String,
    },
    /// Run a shell command, which has the terminal meanwhile, with words as its input.
    Pipe {
        /// The command.
        command: String,
        /// The words, sanitised.
        text: String,
    },
    /// Give the terminal back and stop, until the shell wakes the program again.
    Suspend,
    /// Draw the whole screen anew.
    Redraw,
}

/// What came back with the terminal.
#[derive(Debug)]
pub enum TerminalAnswer {
    /// A note came back from the editor.
    NoteEdited {
        /// The bookmark.
        id: BookmarkId,
        /// The new note.
        note: String,
    },
}
