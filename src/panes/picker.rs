//! A list that is narrowed by typing: the command palette, the outline of an article, what can be done with a name.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::article::TextRange;
use crate::command::{Command, Keymap, Row, Scope};
use crate::text::width::width;
use crate::ui::{LineInput, ListState, Meaning, Move, Theme, pen};

use super::Ask;
use super::prompt::draw_input;
use super::wording::Changes;

/// What picking a choice does.
#[derive(Clone, Debug)]
pub enum Pick {
    /// Runs a command.
    Run(Command),
    /// Goes to a place in the article.
    GoTo(TextRange),
    /// Whatever a pane asks for.
    Ask(Box<Ask>),
}

#[derive(Clone, Debug)]
struct Choice {
    pick: Pick,
    text: String,
    detail: String,
}

/// Columns between the name of a command and its sentence.
const APART: &str = "  ";

impl Choice {
    /// How well it fits what was typed, best first; nothing if a word is missing.
    fn fit(&self, typed: &str) -> Option<u8> {
        let text = self.text.to_lowercase();
        let name = text.trim().split(APART).next().unwrap_or_default();
        let mut words = typed.split_whitespace();
        if typed == name {
            return Some(0);
        }
        if name.starts_with(typed) {
            return Some(1);
        }
        if words.clone().all(|word| name.contains(word)) {
            return Some(2);
        }
        words.all(|word| text.contains(word)).then_some(3)
    }
}

/// A list to pick from.
#[derive(Clone, Debug)]
pub struct Picker {
    title: String,
    /// What is shown above the choices.
    changes: Option<Changes>,
    /// The words typed so far.
    pub input: LineInput,
    choices: Vec<Choice>,
    /// Numbers of the choices that match, best first.
    matches: Vec<usize>,
    list: ListState,
}

impl Picker {
    fn new(title: impl Into<String>, choices: Vec<Choice>) -> Self {
        let matches = (0..choices.len()).collect();
        Self {
            title: title.into(),
            changes: None,
            input: LineInput::default(),
            choices,
            matches,
            list: ListState::default(),
        }
    }

    /// The palette: commands by name, with their keys, and where those work if that is not `here`.
    pub fn palette<'a>(rows: impl Iterator<Item = &'a Row>, keymap: &Keymap, here: &[Scope]) -> Self {
        let choice = |row: &Row| {
            let key = keymap.first_key(row.command).unwrap_or_default();
            let elsewhere = if here.contains(&row.scope) { "" } else { row.scope.title() };
            let detail = [elsewhere, key.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
            Choice {
                pick: Pick::Run(row.command),
                text: format!("{}{APART}{}", row.id.replace('-', " "), row.doc),
                detail: detail.join(": "),
            }
        };
        Self::new("Commands", rows.map(choice).collect())
    }

    /// The outline: headings of the article, indented by level.
    pub fn outline(headings: impl Iterator<Item = (u8, String, TextRange)>) -> Self {
        let choice = |(level, text, range): (u8, String, TextRange)| Choice {
            pick: Pick::GoTo(range),
            text: format!("{}{text}", "  ".repeat(usize::from(level.saturating_sub(1)))),
            detail: String::new(),
        };
        Self::new("Outline", headings.map(choice).collect())
    }

    /// Things to ask for: what each is, a word about it, and what it asks.
    pub fn asking(title: String, choices: impl Iterator<Item = (String, String, Ask)>) -> Self {
        let choice = |(text, detail, ask)| Choice { pick: Pick::Ask(Box::new(ask)), text, detail };
        Self::new(title, choices.map(choice).collect())
    }

    /// With what became of a passage above the choices.
    #[must_use]
    pub fn with_changes(self, changes: Changes) -> Self {
        Self { changes: Some(changes), ..self }
    }

    /// The lines above the choices; they leave room for the input and the choices.
    fn head_lines(&self, inner: Rect) -> Vec<String> {
        let most = usize::from(inner.height).saturating_sub(1 + self.listed()) / 2;
        let columns = inner.width.saturating_sub(2);
        let changes = self.changes.iter().filter(|_| most > 0);
        changes.flat_map(|changes| changes.lines(columns, most)).flatten().collect()
    }

    /// Rows of the list: one says so if nothing matches.
    fn listed(&self) -> usize {
        self.matches.len().max(1)
    }

    /// The rows it needs to show what matches, in a box that has so many columns inside.
    pub fn rows(&self, columns: u16) -> u16 {
        self.rows_for(self.listed(), columns)
    }

    /// The rows it needs before anything is typed.
    pub fn most_rows(&self, columns: u16) -> u16 {
        self.rows_for(self.choices.len(), columns)
    }

    fn rows_for(&self, listed: usize, columns: u16) -> u16 {
        let everything = Rect::new(0, 0, columns, u16::MAX);
        (1 + self.head_lines(everything).len() + listed).min(usize::from(u16::MAX) / 2) as u16
    }

    /// What picking does, in a word.
    pub fn verb(&self) -> &'static str {
        match self.choices.first().map(|choice| &choice.pick) {
            Some(Pick::GoTo(_)) => "go there",
            Some(Pick::Ask(_)) => "choose",
            Some(Pick::Run(_)) | None => "run",
        }
    }

    /// Whether there is nothing to pick from at all.
    pub fn is_empty(&self) -> bool {
        self.choices.is_empty()
    }

    /// Narrows the list to the choices that hold every typed word; those that are named so come first. A command may be
    /// typed as the configuration spells it.
    pub fn narrow(&mut self) {
        let mut typed = self.input.text().trim().to_lowercase();
        if self.choices.iter().any(|choice| matches!(choice.pick, Pick::Run(_))) {
            typed = typed.replace('-', " ");
        }
        let fits = |(number, choice): (usize, &Choice)| Some((choice.fit(&typed)?, number));
        let mut found: Vec<(u8, usize)> = self.choices.iter().enumerate().filter_map(fits).collect();
        found.sort_unstable();
        self.matches = found.into_iter().map(|(_, number)| number).collect();
        self.list = ListState::default();
    }

    /// Moves to the next or the previous choice.
    pub fn step(&mut self, to: Move) {
        self.list.go(to, self.matches.len());
    }

    /// The choice under the cursor.
    pub fn picked(&self) -> Option<Pick> {
        let number = *self.matches.get(self.list.cursor)?;
        self.choices.get(number).map(|choice| choice.pick.clone())
    }

    /// The row under a click, counted from the top of the box, becomes the choice; whether there was one.
    pub fn click(&mut self, y: u16, area: Rect) -> bool {
        let first = pen::inside(area).y + 1 + self.head_lines(pen::inside(area)).len() as u16;
        let row = usize::from(y.saturating_sub(first)) + self.top(area);
        let inside = y >= first && row < self.matches.len();
        if inside {
            self.list.select(row);
        }
        inside
    }

    fn top(&self, area: Rect) -> usize {
        let mut list = self.list;
        let inner = pen::inside(area);
        let above = 1 + self.head_lines(inner).len() as u16;
        list.settle(self.matches.len(), inner.height.saturating_sub(above), |_| 1);
        list.top
    }

    /// Draws the box and returns the place of the cursor on the screen.
    pub fn view(&self, theme: Theme, area: Rect, buf: &mut Buffer) -> (u16, u16) {
        let inner = pen::frame(buf, area, &self.title, theme);
        let prompt = pen::put(buf, inner, (0, 0), "> ", theme.style(Meaning::Key));
        let cursor = draw_input(&self.input, theme, inner, prompt, buf);

        let head = self.head_lines(inner);
        let above = 1 + head.len() as u16;
        for (y, line) in (1..).zip(&head) {
            pen::put(buf, inner, (1, y), line, theme.style(Meaning::Text));
        }
        if self.matches.is_empty() {
            pen::put(buf, inner, (2, above), "Nothing of that name.", theme.style(Meaning::Muted));
        }
        let rows = usize::from(inner.height.saturating_sub(above));
        let shown = self.matches.iter().enumerate().skip(self.top(area)).take(rows);
        for (y, (row, &number)) in (above..).zip(shown) {
            let Some(choice) = self.choices.get(number) else { continue };
            let line = Rect { width: inner.width.saturating_sub(width(&choice.detail) as u16 + 2), ..inner };
            let x = pen::put(buf, line, (1, y), &choice.text, theme.style(Meaning::Text));
            pen::put_right(buf, inner, (x, y), &format!("{} ", choice.detail), theme.style(Meaning::Key));
            if row == self.list.cursor {
                pen::fill(buf, inner, y..y + 1, theme.style(Meaning::Cursor));
            }
        }
        (inner.x + cursor, inner.y)
    }
}
