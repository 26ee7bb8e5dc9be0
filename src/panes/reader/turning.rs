//! Turning the page: by lines, pages and paragraphs.

use crate::command::Command;

use super::{Open, Reader};

impl Reader {
    /// Carries out a command that moves the page; whether it is one.
    pub(super) fn turn(&mut self, command: Command) -> bool {
        let Some(open) = &mut self.open else { return false };
        let rows = open.rows() as isize;
        // A turned page keeps two lines of the one before, so that the eye finds its place.
        let page = (rows - 2).max(1);
        match command {
            Command::LineDown => open.scroll_by(1),
            Command::LineUp => open.scroll_by(-1),
            Command::PageDown => open.scroll_by(page),
            Command::PageUp => open.scroll_by(-page),
            Command::HalfPageDown => open.scroll_by((rows / 2).max(1)),
            Command::HalfPageUp => open.scroll_by(-(rows / 2).max(1)),
            Command::ArticleTop => open.scroll_to(0),
            Command::ArticleEnd => open.scroll_to(usize::MAX),
            Command::NextParagraph => {
                let next = (open.top() + 1..open.page().lines.len()).find(|line| begins_block(open, *line));
                open.scroll_to(next.unwrap_or(usize::MAX));
            }
            Command::PreviousParagraph => {
                let previous = (0..open.top()).rev().find(|line| begins_block(open, *line));
                open.scroll_to(previous.unwrap_or(0));
            }
            _ => return false,
        }
        true
    }
}

/// Whether a block begins in a line of the page.
fn begins_block(open: &Open, line: usize) -> bool {
    let block_of = |line: usize| open.page().lines.get(line).and_then(|line| line.block);
    let block = block_of(line);
    block.is_some() && block != line.checked_sub(1).and_then(block_of)
}
