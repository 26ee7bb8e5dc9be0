//! A list as it was when somebody began to look at it: what arrived since waits, and what was read since stays.

use std::sync::Arc;

use super::{ArticleQuery, Condition, Term};
use crate::article::RowId;

/// As of when a list is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AsOf {
    /// The newest row there was: later ones wait until they are let in. None lets everything in.
    pub newest: Option<RowId>,
    /// Rows that were read since: in a list of what is unread they stay.
    pub read: Arc<[RowId]>,
}

impl ArticleQuery {
    /// The query that lists what this one listed then.
    #[must_use]
    pub fn as_of(&self, as_of: &AsOf) -> Self {
        let condition =
            if as_of.read.is_empty() { self.condition.clone() } else { keep(&self.condition, true, &as_of.read) };
        let query = Self { condition };
        match as_of.newest {
            Some(newest) => query.with(Term::UpTo(newest)),
            None => query,
        }
    }

    /// Whether articles leave the list as they are read.
    pub fn lists_unread(&self) -> bool {
        asks_for_unread(&self.condition, true)
    }
}

/// Whether a term, which has to hold (or must not), is that an article is unread.
fn is_unread(term: &Term, holds: bool) -> bool {
    matches!(term, Term::Read(is_read) if *is_read != holds)
}

fn asks_for_unread(condition: &Condition, holds: bool) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(|part| asks_for_unread(part, holds)),
        Condition::Not(inner) => asks_for_unread(inner, !holds),
        Condition::Term(term) => is_unread(term, holds),
    }
}

/// The same condition, but where it asks for what is unread these rows will do.
fn keep(condition: &Condition, holds: bool, rows: &Arc<[RowId]>) -> Condition {
    let all = |parts: &[Condition]| parts.iter().map(|part| keep(part, holds, rows)).collect();
    match condition {
        Condition::All(parts) => Condition::All(all(parts)),
        Condition::Any(parts) => Condition::Any(all(parts)),
        Condition::Not(inner) => Condition::Not(Box::new(keep(inner, !holds, rows))),
        Condition::Term(term) if is_unread(term, holds) => {
            let kept = Condition::from(Term::OneOf(Arc::clone(rows)));
            if holds {
                Condition::Any(vec![term.clone().into(), kept])
            } else {
                Condition::All(vec![term.clone().into(), Condition::Not(Box::new(kept))])
            }
        }
        Condition::Term(term) => term.clone().into(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    /// Whether an article that was read, or not, and has a row is listed.
    fn lists(query: &ArticleQuery, row: i64, is_read: bool) -> bool {
        query.condition.holds(&|term| match term {
            Term::Read(wanted) => *wanted == is_read,
            Term::UpTo(newest) => row <= newest.0,
            Term::OneOf(rows) => rows.contains(&RowId(row)),
            _ => false,
        })
    }

    #[test]
    fn what_is_read_stays_where_the_unread_are_asked_for_however_that_is_said() {
        let as_of = AsOf { newest: Some(RowId(9)), read: Arc::from([RowId(3)]) };
        for (text, row_3, row_4, unread, later) in [
            ("is:unread", true, false, true, false),
            ("-is:read", true, false, true, false),
            ("-(is:read or is:read)", true, false, true, false),
            ("", true, true, true, false),
            ("is:read", true, true, false, false),
        ] {
            let query = ArticleQuery::read(text, Timestamp::UNIX_EPOCH).unwrap();
            let shown = query.as_of(&as_of);
            let listed =
                [lists(&shown, 3, true), lists(&shown, 4, true), lists(&shown, 5, false), lists(&shown, 10, false)];
            assert_eq!(listed, [row_3, row_4, unread, later], "{text}");
            assert_eq!(query.lists_unread(), text.contains("unread") || text.starts_with('-'), "{text}");
            assert_eq!(query.as_of(&AsOf::default()), query);
        }
    }
}
