//! Follows which elements are open, as the tree builder of the HTML Standard (§13.2.6) does, as far as it takes to know
//! how deep a page is.
//!
//! Formatting elements are followed twice, as there: on the stack, and in a list from which a parser opens them again
//! behind every block until their end tag comes.

use super::super::elements::{ends_paragraph, is_boundary, is_formatting, is_heading, is_special, is_table_part};

/// Formatting elements that may be open at once; each is made anew in every block.
const MAX_FORMATTING: usize = 30;

/// Elements within one that was left out are followed by name up to this many.
const MAX_BEYOND: usize = 64;

#[derive(Default)]
pub(super) struct OpenElements {
    stack: Vec<Open>,
    formatting: Vec<String>,
    /// How many formatting elements are on the stack.
    on_stack: usize,
    /// Whether the formatting elements that are in the list only were opened again since the last element ended.
    has_reopened: bool,
    /// How many paragraphs are on the stack. Mostly there is none to be closed, and nobody looks for it.
    paragraphs: usize,
    /// Open elements that were left out, all of them inside the last on the stack.
    beyond: Vec<String>,
    /// Whether anything was left out: then an end tag without an open element may belong to that.
    has_left_out: bool,
}

struct Open {
    name: String,
    /// Formatting elements in the list when it was opened; at its end those within are forgotten if it is a boundary.
    formatting: usize,
}

/// What becomes of an end tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    Written,
    /// Written, and a parser will make elements of its own for it.
    Costly,
    LeftOut,
}

impl OpenElements {
    /// How many formatting elements a parser opens again for what comes next; once they are open, none.
    pub(super) fn reopen(&mut self) -> usize {
        if std::mem::replace(&mut self.has_reopened, true) {
            0
        } else {
            self.formatting.len().saturating_sub(self.on_stack)
        }
    }

    /// Opens an element, unless there are too many around it.
    pub(super) fn push(&mut self, name: &str, max_depth: usize) -> bool {
        let is_formatting = is_formatting(name);
        if self.stack.len() >= max_depth || is_formatting && self.formatting.len() >= MAX_FORMATTING {
            self.has_left_out = true;
            self.beyond.push(name.to_owned());
            return false;
        }
        self.stack.push(Open { name: name.to_owned(), formatting: self.formatting.len() });
        if is_formatting {
            self.formatting.push(name.to_owned());
            self.on_stack += 1;
        }
        self.paragraphs += usize::from(name == "p");
        true
    }

    /// Closes what the start tag of `name` closes without saying so.
    pub(super) fn imply_ends(&mut self, name: &str) {
        if self.paragraphs > 0
            && ends_paragraph(name)
            && let Some(at) = self.find_inside(|open| open == "p", |open| is_boundary(open) || open == "button")
        {
            self.truncate(at);
        }
        match name {
            "li" => self.end_item(&["li"]),
            "dd" | "dt" => self.end_item(&["dd", "dt"]),
            "option" | "optgroup" | "rt" | "rp" => {
                let alike: &[&str] = if name.starts_with('r') { &["rt", "rp"] } else { &["option"] };
                if self.stack.last().is_some_and(|open| alike.contains(&open.name.as_str())) {
                    self.truncate(self.stack.len() - 1);
                }
            }
            "a" | "nobr" | "button" => {
                if let Some(at) = self.find_inside(|open| open == name, is_boundary) {
                    self.forget_formatting(name);
                    if self.stack.iter().skip(at + 1).any(|open| is_special(&open.name)) {
                        self.remove(at);
                    } else {
                        self.truncate(at);
                    }
                }
            }
            "table" => {
                // A table directly inside another ends that.
                let nearest = self.find_inside(is_boundary, |_| false);
                if let Some(at) = nearest.filter(|at| self.name_at(*at) == "table") {
                    self.truncate(at);
                }
            }
            _ if is_heading(name) && self.stack.last().is_some_and(|open| is_heading(&open.name)) => {
                self.truncate(self.stack.len() - 1);
            }
            _ if is_table_part(name) => self.open_table_part(name),
            _ => {}
        }
    }

    /// Closes down to the part of the table in which `name` stands.
    fn open_table_part(&mut self, name: &str) {
        let Some(table) = self.find_inside(|open| open == "table", |open| open == "template") else { return };
        let around: &[&str] = match name {
            "td" | "th" => &["tbody thead tfoot", "tr"],
            "tr" => &["tbody thead tfoot"],
            _ => &[],
        };
        let mut keep = table + 1;
        for names in around {
            if self.stack.get(keep).is_some_and(|open| names.split(' ').any(|name| name == open.name)) {
                keep += 1;
            }
        }
        self.truncate(keep);
    }

    fn end_item(&mut self, names: &[&str]) {
        let stops = |open: &str| is_special(open) && !matches!(open, "address" | "div" | "p");
        if let Some(at) = self.find_inside(|open| names.contains(&open), stops) {
            self.truncate(at);
        }
    }

    /// Closes an element by its end tag.
    pub(super) fn end(&mut self, name: &str) -> Ending {
        let recent = self.beyond.len().saturating_sub(MAX_BEYOND);
        if let Some(at) = self.beyond.iter().skip(recent).rposition(|open| open == name) {
            self.beyond.truncate(recent + at);
            return Ending::LeftOut;
        }
        let found = if is_formatting(name) {
            self.forget_formatting(name);
            let found = self.find_inside(|open| open == name, is_boundary);
            if let Some(at) = found.filter(|at| self.stack.iter().skip(at + 1).any(|open| is_special(&open.name))) {
                self.remove(at);
                return Ending::Costly;
            }
            found
        } else if is_heading(name) {
            self.find_inside(is_heading, is_boundary)
        } else if is_table_part(name) || name == "table" {
            self.find_inside(|open| open == name, |open| matches!(open, "table" | "template"))
        } else if is_special(name) {
            self.find_inside(|open| open == name, is_boundary)
        } else {
            self.find_inside(|open| open == name, is_special)
        };
        match found {
            Some(at) => {
                self.truncate(at);
                Ending::Written
            }
            None if self.has_left_out => Ending::LeftOut,
            // A parser makes an empty paragraph of it.
            None if name == "p" => Ending::Costly,
            None => Ending::Written,
        }
    }

    fn forget_formatting(&mut self, name: &str) {
        if let Some(at) = self.formatting.iter().rposition(|open| open == name) {
            self.formatting.remove(at);
        }
    }

    /// The innermost open element that is looked for, if none that `stops` stands inside it.
    fn find_inside(&self, wanted: impl Fn(&str) -> bool, stops: impl Fn(&str) -> bool) -> Option<usize> {
        let at = self.stack.iter().rposition(|open| wanted(&open.name) || stops(&open.name))?;
        wanted(self.name_at(at)).then_some(at)
    }

    fn name_at(&self, at: usize) -> &str {
        self.stack.get(at).map_or("", |open| &open.name)
    }

    fn remove(&mut self, at: usize) {
        if at < self.stack.len() {
            let open = self.stack.remove(at);
            self.closed(&open);
        }
    }

    fn closed(&mut self, open: &Open) {
        self.has_reopened = false;
        self.on_stack -= usize::from(is_formatting(&open.name));
        self.paragraphs -= usize::from(open.name == "p");
    }

    fn truncate(&mut self, len: usize) {
        if len < self.stack.len() {
            self.beyond.clear();
        }
        while self.stack.len() > len {
            let Some(open) = self.stack.pop() else { break };
            self.closed(&open);
            if is_boundary(&open.name) && open.name != "table" {
                self.formatting.truncate(open.formatting);
            }
        }
    }
}
