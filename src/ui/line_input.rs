//! One line that is being typed.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

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
        self.settle();
    }

    /// Replaces what stands between byte `start` and the cursor with `text`.
    pub fn replace_from(&mut self, start: usize, text: &str) {
        self.remove(self.cursor.saturating_sub(start), 0);
        self.insert(text);
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
                let word = kept.trim_end_matches(|letter: char| !letter.is_whitespace()).len();
                self.remove(self.cursor - word, 0);
            }
            Edit::DeleteLine => self.remove(self.cursor, 0),
            Edit::Left => self.cursor -= back,
            Edit::Right => self.cursor += forward,
            Edit::Home => self.cursor = 0,
            Edit::End => self.cursor = self.text.len(),
        }
    }

    /// Removes the given numbers of bytes before and after the cursor.
    fn remove(&mut self, before: usize, after: usize) {
        let start = self.cursor - before;
        let kept = self.text.get(..start).unwrap_or_default();
        let rest = self.text.get(self.cursor + after..).unwrap_or_default();
        self.text = [kept, rest].concat();
        self.cursor = start;
        self.settle();
    }

    /// What now stands side by side may have become one grapheme (a letter before an accent): the cursor goes behind it.
    fn settle(&mut self) {
        let mut boundaries = GraphemeCursor::new(self.cursor, self.text.len(), true);
        if !matches!(boundaries.is_boundary(&self.text, 0), Ok(true)) {
            self.cursor = boundaries.next_boundary(&self.text, 0).ok().flatten().unwrap_or(self.text.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
    fn a_word_is_deleted_with_the_blanks_behind_it_however_long_a_blank_is() {
        for (typed, left) in [
            ("two words  ", "two "),
            ("zwei\u{a0}Wörter", "zwei\u{a0}"),
            ("東京\u{3000}大阪\u{3000}", "東京\u{3000}"),
            ("thin\u{2009}blank", "thin\u{2009}"),
            ("\u{3000}", ""),
            ("one", ""),
            ("", ""),
        ] {
            let mut line = LineInput::with(typed);
            line.edit(Edit::DeleteWord);
            assert_eq!(line.text(), left, "{typed:?}");
            line.insert("x");
            assert_eq!(line.text(), format!("{left}x"), "what is typed afterwards is there");
        }
    }

    #[test]
    fn a_letter_typed_before_an_accent_takes_it_and_the_cursor_stands_behind_both() {
        let mut line = LineInput::with("x\u{301}y");
        line.edit(Edit::Home);
        line.edit(Edit::DeleteForward);
        assert_eq!((line.text(), line.before()), ("y", ""));
        let mut line = LineInput::with("\u{301}y");
        line.edit(Edit::Home);
        line.insert("e");
        assert_eq!((line.text(), line.before()), ("e\u{301}y", "e\u{301}"));
        line.edit(Edit::DeleteBack);
        assert_eq!(line.text(), "y");
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

    #[derive(Clone, Debug)]
    enum Key {
        Type(String),
        Edit(Edit),
    }

    fn keys() -> impl Strategy<Value = Vec<Key>> {
        let edits = [
            Edit::DeleteBack,
            Edit::DeleteForward,
            Edit::DeleteWord,
            Edit::DeleteLine,
            Edit::Left,
            Edit::Right,
            Edit::Home,
            Edit::End,
        ];
        let typed = prop_oneof![
            "[a é\u{a0}\u{3000}\u{2003}\u{301}\u{200d}👩🇩🇪कि்日]{1,6}",
            "[a\r\n\t\u{1b}\u{9b}\u{85}\u{2028}\u{202e}\u{7}]{1,6}",
            "\\p{any}{1,6}",
        ];
        prop::collection::vec(
            prop_oneof![typed.prop_map(Key::Type), prop::sample::select(edits.to_vec()).prop_map(Key::Edit)],
            0..40,
        )
    }

    /// The line as a list of graphemes and the number of those before the cursor: slow, and easy to believe.
    #[derive(Default)]
    struct Model {
        before: Vec<String>,
        after: Vec<String>,
    }

    impl Model {
        fn press(&mut self, key: &Key) {
            match key {
                Key::Type(text) => self.before.push(sanitize(text).replace(['\n', '\t'], " ")),
                Key::Edit(Edit::DeleteBack) => drop(self.before.pop()),
                Key::Edit(Edit::DeleteForward | Edit::Right) if self.after.is_empty() => {}
                Key::Edit(Edit::DeleteForward) => drop(self.after.remove(0)),
                Key::Edit(Edit::DeleteWord) => {
                    let mut letters: Vec<char> = self.before.concat().chars().collect();
                    while letters.pop_if(|c| c.is_whitespace()).is_some() {}
                    while letters.pop_if(|c| !c.is_whitespace()).is_some() {}
                    self.before = vec![letters.into_iter().collect()];
                }
                Key::Edit(Edit::DeleteLine) => self.before.clear(),
                Key::Edit(Edit::Left) => self.after.splice(0..0, self.before.pop()).for_each(drop),
                Key::Edit(Edit::Right) => self.before.push(self.after.remove(0)),
                Key::Edit(Edit::Home) => self.after.splice(0..0, self.before.drain(..)).for_each(drop),
                Key::Edit(Edit::End) => self.before.append(&mut self.after),
            }
            let (at, text) = (self.before.concat().len(), [self.before.concat(), self.after.concat()].concat());
            let all = text.grapheme_indices(true).map(|(start, grapheme)| (start, grapheme.to_owned()));
            let (before, after): (Vec<_>, Vec<_>) = all.partition(|(start, _)| *start < at);
            let words = |part: Vec<(usize, String)>| part.into_iter().map(|(_, grapheme)| grapheme).collect();
            (self.before, self.after) = (words(before), words(after));
        }
    }

    proptest! {
        #[test]
        fn every_key_does_to_the_line_what_it_does_to_a_list_of_graphemes(keys in keys()) {
            let (mut line, mut model) = (LineInput::default(), Model::default());
            for key in &keys {
                match key {
                    Key::Type(text) => line.insert(text),
                    Key::Edit(edit) => line.edit(*edit),
                }
                model.press(key);
                prop_assert_eq!(line.before(), model.before.concat());
                prop_assert_eq!(line.text(), [model.before.concat(), model.after.concat()].concat());
                prop_assert!(!line.text().contains(char::is_control));
            }
        }
    }
}
