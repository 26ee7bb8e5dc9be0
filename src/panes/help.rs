//! The help screen: every command with its keys, searchable, made from the table.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::{Command, Keymap, Scope, TABLE};
use crate::text::width::width;
use crate::ui::{Meaning, Theme, pen};

/// The help screen.
#[derive(Clone, Debug, Default)]
pub struct Help {
    filter: String,
    top: usize,
}

/// What a line of help says.
enum Line {
    Heading(&'static str),
    /// The keys of a command and what of its sentence stands beside them; more of it has no keys.
    Command {
        keys: String,
        doc: String,
    },
}

/// Columns below which a command's sentence stands under its keys.
const SIDE_BY_SIDE: u16 = 60;

/// The scopes in the order in which a newcomer meets them.
const ORDER: [Scope; 13] = [
    Scope::Global,
    Scope::Always,
    Scope::Terminal,
    Scope::Articles,
    Scope::Reader,
    Scope::Selecting,
    Scope::Entities,
    Scope::Bookmarks,
    Scope::Sources,
    Scope::List,
    Scope::Help,
    Scope::Picker,
    Scope::Prompt,
];

impl Help {
    /// Help that begins with the scope that has the focus, in a box of this size.
    pub fn at(scope: Scope, keymap: &Keymap, area: Rect) -> Self {
        let mut help = Self::default();
        let (lines, _) = help.lines(keymap, pen::inside(area).width);
        help.top = lines
            .iter()
            .position(|line| matches!(line, Line::Heading(title) if *title == scope.title()))
            .unwrap_or(0)
            .min(lines.len().saturating_sub(usize::from(pen::inside(area).height)));
        help
    }

    /// The words that narrow it.
    pub fn filter(&self) -> &str {
        &self.filter
    }

    /// Narrows it to commands that hold every word.
    pub fn set_filter(&mut self, filter: &str) {
        filter.clone_into(&mut self.filter);
        self.top = 0;
    }

    /// Scrolls it, in a box of this size; whether the command is one for that.
    pub fn scroll(&mut self, command: Command, keymap: &Keymap, area: Rect) -> bool {
        let inner = pen::inside(area);
        let page = usize::from(inner.height.saturating_sub(2)).max(1);
        let last = self.lines(keymap, inner.width).0.len().saturating_sub(usize::from(inner.height));
        self.top = match command {
            Command::HelpDown => self.top + 1,
            Command::HelpUp => self.top.saturating_sub(1),
            Command::HelpPageDown => self.top + page,
            Command::HelpPageUp => self.top.saturating_sub(page),
            Command::HelpTop => 0,
            Command::HelpEnd => last,
            _ => return false,
        }
        .min(last);
        true
    }

    /// The lines for so many columns, and the columns of the keys.
    fn lines(&self, keymap: &Keymap, columns: u16) -> (Vec<Line>, u16) {
        let words: Vec<String> = self.filter.split_whitespace().map(str::to_lowercase).collect();
        let found = |scope: Scope| {
            let rows = TABLE.iter().filter(move |row| row.scope == scope);
            rows.map(|row| (row, keymap.keys_of(row.command).join("  "))).filter(|(row, keys)| {
                let text = format!("{} {} {keys}", row.id, row.doc).to_lowercase();
                words.iter().all(|word| text.contains(word))
            })
        };
        let side_by_side = columns >= SIDE_BY_SIDE;
        let widest = ORDER.into_iter().flat_map(found).map(|(_, keys)| width(&keys) as u16).max().unwrap_or(0);
        let key_columns = if side_by_side { widest.min(columns / 3) } else { 0 };
        let doc_columns = columns.saturating_sub(key_columns + 6);
        let mut lines = Vec::new();
        for scope in ORDER {
            let before = lines.len();
            for (row, keys) in found(scope) {
                let mut docs = pen::wrap(row.doc, doc_columns, 9).into_iter();
                let doc = if side_by_side { docs.next().unwrap_or_default() } else { String::new() };
                lines.push(Line::Command { keys, doc });
                lines.extend(docs.map(|doc| Line::Command { keys: String::new(), doc }));
            }
            if lines.len() > before {
                lines.insert(before, Line::Heading(scope.title()));
            }
        }
        (lines, key_columns)
    }

    /// Draws the screen.
    pub fn view(&self, keymap: &Keymap, theme: Theme, area: Rect, buf: &mut Buffer) {
        let title = if self.filter.is_empty() { "Help".to_owned() } else { format!("Help: {}", self.filter) };
        let inner = pen::frame(buf, area, &title, theme);
        let (lines, column) = self.lines(keymap, inner.width);
        if lines.is_empty() {
            pen::put(buf, inner, (2, 0), "No command has these words.", theme.style(Meaning::Muted));
        }
        for (y, line) in (0..inner.height).zip(lines.iter().skip(self.top)) {
            match line {
                Line::Heading(title) => {
                    pen::put(buf, inner, (1, y), title, theme.style(Meaning::Heading));
                }
                Line::Command { keys, doc } => {
                    let room = if column > 0 { column + 3 } else { inner.width };
                    pen::put(buf, Rect { width: room, ..inner }, (3, y), keys, theme.style(Meaning::Key));
                    pen::put(buf, inner, (column + 5, y), doc, theme.style(Meaning::Text));
                }
            }
        }
        let more = lines.len().saturating_sub(self.top + usize::from(inner.height));
        if more > 0 && inner != area {
            pen::put_right(
                buf,
                Rect { y: area.bottom().saturating_sub(1), height: 1, ..area },
                (2, 0),
                &format!(" {more} more  "),
                theme.style(Meaning::Muted),
            );
        }
    }
}
