//! One line that is being typed.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::sanitize::sanitize;

/// The words typed so far and the place of the cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineInput {
    text: String,
    /// Byte of the cursor, on a grapheme boundary.
    cursor: usize,
}

/// A change to the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Deletes the grapheme before the cursor.
    DeleteBack,
    /// Deletes the grapheme under the cursor.
    DeleteForward,
    /// Deletes the word before the cursor.
    DeleteWord,
    /// Deletes everything before the cursor.
    DeleteLine,
    /// Moves the cursor one grapheme back.
    Left,
    /// Moves the cursor one grapheme on.
    Right,
    /// Moves the cursor to the beginning.
    Home,
    /// Moves the cursor to the end.
    End,
}

impl LineInput {
    /// A line that already holds `text`, with the cursor at its end.
    pub fn with(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { cursor: text.len(), text }
    }

    /// What was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The words before the cursor.
    pub fn before(&self) -> &str {
        self.text.get(..self.cursor).unwrap_or_default()
    }

    fn after(&self) -> &str {
        self.text.get(self.cursor..).unwrap_or_default()
    }

    /// Types `text` at the cursor; line breaks and tabs become blanks, and what could disturb a terminal is dropped:
    /// control characters, escape sequences, changes of the writing direction.
    pub fn insert(&mut self, text: &str) {
        let clean = sanitize(text).replace(['\n', '\t'], " ");
        self.text = [self.before(), &clean, self.after()].concat();
        self.cursor += clean.len();
    }

    /// Changes the line.
    pub fn edit(&mut self, edit: Edit) {
        let back = self.before().graphemes(true).next_back().map_or(0, str::len);
        let forward = self.after().graphemes(true).next().map_or(0, str::len);
        match edit {
            Edit::DeleteBack => self.remove(back, 0),
            Edit::DeleteForward => self.remove(0, forward),
            Edit::DeleteWord => {
                let kept = self.before().trim_end();
                let word = kept.rfind(char::is_whitespace).map_or(0, |at| at + 1);
                self.remove(self.cursor - word, 0);
            }
            Edit::DeleteLine => self.remove(self.cursor, 0),
            Edit::Left => self.cursor -= back,
            Edit::Right => self.cursor += forward,
            Edit::Home => self.cursor = 0,
            Edit::End => self.cursor = self.text.len(),
        }
    }

    /// Removes so many bytes before and after the cursor.
    fn remove(&mut self, before: usize, after: usize) {
        let start = self.cursor - before;
        let kept = self.text.get(..start).unwrap_or_default();
        let rest = self.text.get(self.cursor + after..).unwrap_or_default();
        self.text = [kept, rest].concat();
        self.cursor = start;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deleting_never_splits_a_grapheme() {
        let mut line = LineInput::with("né👩‍🚒");
        line.edit(Edit::DeleteBack);
        assert_eq!(line.text(), "né");
        line.edit(Edit::DeleteBack);
        assert_eq!(line.text(), "n");
    }

    #[test]
    fn a_word_is_deleted_with_the_blanks_behind_it() {
        let mut line = LineInput::with("two words  ");
        line.edit(Edit::DeleteWord);
        assert_eq!(line.text(), "two ");
    }

    #[test]
    fn what_is_pasted_stays_one_line() {
        let mut line = LineInput::default();
        line.insert("a\r\nb\u{1b}[31mc\u{202e}\u{9b}");
        assert_eq!(line.text(), "a bc");
        line.edit(Edit::Home);
        line.insert("> ");
        assert_eq!((line.text(), line.before()), ("> a bc", "> "));
    }
}
