//! The cursor and the window of a list whose rows may have different heights.

/// Where a list's cursor is and which row is the first on the screen.
///
/// The list itself lives elsewhere; only the rows in the window are ever looked at, so its length does not matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListState {
    /// The row under the cursor.
    pub cursor: usize,
    /// The first row on the screen.
    pub top: usize,
}

/// A move of the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// One row down.
    Down,
    /// One row up.
    Up,
    /// To the first row.
    Top,
    /// To the last row.
    End,
    /// So many rows on, or back if negative.
    By(isize),
}

impl ListState {
    /// Moves the cursor within a list of `length` rows.
    pub fn go(&mut self, to: Move, length: usize) {
        let last = length.saturating_sub(1);
        self.cursor = match to {
            Move::Down => self.cursor.saturating_add(1).min(last),
            Move::Up => self.cursor.min(last).saturating_sub(1),
            Move::Top => 0,
            Move::End => last,
            Move::By(rows) => self.cursor.saturating_add_signed(rows).min(last),
        };
    }

    /// Puts the cursor on a row.
    pub fn select(&mut self, row: usize) {
        self.cursor = row;
    }

    /// Brings cursor and window back into a list of `length` rows and the cursor into the window of `rows` screen rows;
    /// `height` is the number of screen rows of one list row.
    pub fn settle(&mut self, length: usize, rows: u16, height: impl Fn(usize) -> u16) {
        self.cursor = self.cursor.min(length.saturating_sub(1));
        self.top = self.top.min(self.cursor);
        // Walk back from the cursor: the window must begin late enough for the cursor's row to fit.
        let mut free = rows.saturating_sub(height(self.cursor));
        let mut first = self.cursor;
        while first > self.top {
            let above = height(first - 1);
            if above > free {
                break;
            }
            free -= above;
            first -= 1;
        }
        self.top = first;
        // Rows at the end of the list leave no gap below while there are rows above.
        if self.top > 0 {
            let mut below: u16 = (self.top..length).take(usize::from(rows) + 1).map(&height).sum();
            while self.top > 0 && below.saturating_add(height(self.top - 1)) <= rows {
                self.top -= 1;
                below += height(self.top);
            }
        }
    }

    /// The list row that is drawn `y` screen rows below the top of the window.
    pub fn row_at(&self, y: u16, length: usize, height: impl Fn(usize) -> u16) -> Option<usize> {
        let mut at = 0;
        for row in self.top..length {
            at += height(row);
            if y < at {
                return Some(row);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_cursor_stays_inside_the_list() {
        let mut list = ListState::default();
        list.go(Move::By(-3), 5);
        assert_eq!(list.cursor, 0);
        list.go(Move::By(99), 5);
        assert_eq!(list.cursor, 4);
        list.go(Move::Down, 0);
        assert_eq!(list.cursor, 0);
    }

    proptest! {
        #[test]
        fn the_row_under_the_cursor_is_always_wholly_in_the_window(
            heights in prop::collection::vec(1u16..4, 1..60),
            cursor in 0usize..80,
            top in 0usize..80,
            rows in 4u16..30,
        ) {
            let height = |row: usize| heights.get(row).copied().unwrap_or(0);
            let mut list = ListState { cursor, top };
            list.settle(heights.len(), rows, height);
            prop_assert!(list.cursor < heights.len() && list.top <= list.cursor);
            let shown: u16 = (list.top..=list.cursor).map(height).sum();
            prop_assert!(shown <= rows);
            let settled = list;
            list.settle(heights.len(), rows, height);
            prop_assert_eq!(list, settled);
        }
    }
}
