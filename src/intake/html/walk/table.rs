//! Tables: rows are lines, cells are parted by tabs. Tables that only place blocks beside each other are walked as blocks.

use dom_query::NodeRef;

use super::super::elements::is_heading;
use super::{Exit, Mode, Step, Walk, code, name_of, short_text, visible, within};
use crate::article::BlockKind;

/// Bytes of a cell that is still a cell and no column of a page, in a table without headings.
const MAX_CELL: usize = 1000;
/// Columns or rows one cell may span.
const MAX_SPAN: usize = 100;
/// Columns in which cells may span rows.
const MAX_COLUMNS: usize = 1000;
/// Empty cells that spans bring in, in all tables of a page; beyond, cells span nothing.
const MAX_FILLED: usize = 200_000;

struct Cell<'t> {
    node: NodeRef<'t>,
    columns: usize,
    rows: usize,
}

impl Walk<'_> {
    pub(super) fn table<'t>(&mut self, table: &NodeRef<'t>) -> Vec<Step<'t>> {
        let rows = rows(table);
        if let Some(lines) = code_lines(&rows) {
            let kind = self.code(code::language(table));
            let lines = lines.into_iter().flat_map(|cell| {
                std::iter::once(Step::Row).chain(cell.children_it(false).map(Step::Node).collect::<Vec<_>>())
            });
            return lines.chain([Step::Leave(Exit::Set(kind))]).collect();
        }
        if is_layout(table, &rows) {
            return within(table, Some(Exit::Block));
        }
        let mut steps = Vec::new();
        // The walk is in one mode for the caption and in the same for the rows.
        self.enter(Mode::Line);
        if let Some(caption) = table.children_it(false).find(|child| child.has_name("caption")) {
            self.enter(Mode::Line);
            steps.extend([Step::Node(caption), Step::Leave(Exit::Caption(None))]);
        }
        self.lay_out(rows, &mut steps);
        steps.push(Step::Leave(Exit::Set(BlockKind::Table)));
        steps
    }

    /// Puts the cells on the grid; a cell that spans others has its words in the first.
    fn lay_out<'t>(&mut self, rows: Vec<Vec<Cell<'t>>>, steps: &mut Vec<Step<'t>>) {
        // How many rows further each column is taken.
        let mut taken: Vec<usize> = Vec::new();
        for row in rows {
            steps.push(Step::Row);
            let (mut column, mut last) = (0, 0);
            for cell in row {
                while let Some(rows) = taken.get_mut(column).filter(|rows| **rows > 0) {
                    *rows -= 1;
                    column += 1;
                }
                steps.extend([Step::Cell { tabs: column - last }, Step::Node(cell.node)]);
                last = column;
                let spans = self.filled < MAX_FILLED;
                let (columns, rows) = if spans { (cell.columns, cell.rows) } else { (1, 1) };
                self.filled += (columns - 1) + (rows - 1) * columns;
                for _ in 0..columns {
                    if taken.len() <= column && column < MAX_COLUMNS {
                        taken.push(0);
                    }
                    if let Some(taken) = taken.get_mut(column) {
                        *taken = rows - 1;
                    }
                    column += 1;
                }
            }
            // Cells that are taken from above behind the last one belong to the row as well.
            let mut end = column;
            for rows in taken.iter_mut().skip(column) {
                column += 1;
                if *rows > 0 {
                    *rows -= 1;
                    end = column;
                }
            }
            let trailing = end.saturating_sub(last + 1);
            if trailing > 0 {
                steps.push(Step::Cell { tabs: trailing });
            }
        }
    }

    pub(super) fn begin_cell(&mut self, tabs: usize) {
        self.words.trim_end();
        self.words.push_exactly(&"\t".repeat(tabs));
    }
}

/// The rows of a table, not those of tables in it; empty ones are left out.
fn rows<'t>(table: &NodeRef<'t>) -> Vec<Vec<Cell<'t>>> {
    let mut rows = Vec::new();
    let mut nodes: Vec<NodeRef<'_>> = table.children_it(true).collect();
    while let Some(node) = nodes.pop() {
        if !node.is_element() || visible::is_out_of_sight(&node) {
            continue;
        }
        match &*name_of(&node) {
            "thead" | "tbody" | "tfoot" => nodes.extend(node.children_it(true)),
            "tr" => {
                let cells: Vec<Cell<'_>> = node
                    .children_it(false)
                    .filter(|cell| cell.is_element() && matches!(&*name_of(cell), "td" | "th"))
                    .filter(|cell| !visible::is_out_of_sight(cell))
                    .map(|node| Cell { columns: span(&node, "colspan"), rows: span(&node, "rowspan"), node })
                    .collect();
                if !cells.is_empty() {
                    rows.push(cells);
                }
            }
            _ => {}
        }
    }
    rows
}

fn span(cell: &NodeRef<'_>, attribute: &str) -> usize {
    cell.attr(attribute).and_then(|span| span.trim().parse().ok()).unwrap_or(1).clamp(1, MAX_SPAN)
}

/// The lines of code, if every row is a number and one of these.
fn code_lines<'t>(rows: &[Vec<Cell<'t>>]) -> Option<Vec<NodeRef<'t>>> {
    if rows.len() < 2 {
        return None;
    }
    rows.iter()
        .map(|row| match row.as_slice() {
            [number, line] if code::is_gutter(&number.node) && !holds(&line.node, |name| name == "pre") => {
                Some(line.node)
            }
            _ => None,
        })
        .collect()
}

/// Whether anything of a kind stands in an element.
fn holds(node: &NodeRef<'_>, is: impl Fn(&str) -> bool) -> bool {
    node.descendants_it().any(|node| node.is_element() && is(&name_of(&node)))
}

/// Whether a table only places blocks.
fn is_layout(table: &NodeRef<'_>, rows: &[Vec<Cell<'_>>]) -> bool {
    let role = table.attr("role").unwrap_or_default();
    if role.eq_ignore_ascii_case("presentation") || role.eq_ignore_ascii_case("none") {
        return true;
    }
    let columns = |row: &Vec<Cell<'_>>| row.iter().map(|cell| cell.columns).sum::<usize>();
    if rows.iter().map(columns).max().unwrap_or_default() < 2 || holds(table, |name| matches!(name, "table" | "pre")) {
        return true;
    }
    let mut cells = rows.iter().flatten();
    if holds(table, |name| name == "caption") || cells.clone().any(|cell| cell.node.has_name("th")) {
        return false;
    }
    let has_column = cells.any(|cell| {
        holds(&cell.node, |name| is_heading(name) || matches!(name, "figure" | "blockquote"))
            || short_text(&cell.node, MAX_CELL).is_none()
            || cell.node.descendants_it().filter(|node| node.has_name("p")).nth(1).is_some()
    });
    let is_strip = rows.len() == 1
        && rows.iter().flatten().any(|cell| holds(&cell.node, |name| matches!(name, "p" | "div" | "ul" | "img")));
    has_column || is_strip
}
