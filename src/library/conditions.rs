//! How a query is answered: as conditions in SQL, and as sets of rows that are looked up beforehand.
//!
//! Words and tags have an index that gives rows in no order of ours, so their rows become a set ([`IdSet`]). If the set
//! is small, its rows are fetched and sorted; if it is large, the list is walked in its order and each row looked up in
//! the set: sorting forty thousand matches takes longer than a frame. What only few articles are (starred, unread) becomes
//! a set too; what many are is a condition on a partial index. Alternatives are sets throughout.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::as_of::{later_than, listed_of};
use super::feeds;
use super::id_set::{IdSet, Rows};
use super::lookup::{self, Wording};
use crate::query::{ArticleQuery, Condition, Term};

/// Most rows that are fetched and sorted rather than met in walking the list. Tests have small libraries and want both.
pub(super) const SMALL: usize = if cfg!(test) { 3 } else { 2000 };

/// A query, made ready.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    /// Conditions on columns of `articles`, each with a leading ` AND `.
    pub sql: String,
    /// Their values, one for each `?`.
    pub values: Vec<Value>,
    /// The partial index that already knows one of the conditions.
    pub index: Option<&'static str>,
    /// If there is such a set, only its rows are wanted; none of them is removed.
    pub wanted: Option<IdSet>,
    /// Rows that are not wanted; none of them is removed.
    pub unwanted: IdSet,
    /// What to rank by, in the language of FTS5; none if the query asks for no words of the text.
    pub ranking: Option<String>,
}

impl Conditions {
    /// Prepares a query, which reads the indexes of words and tags.
    pub(super) fn new(connection: &Connection, query: &ArticleQuery) -> rusqlite::Result<Self> {
        let mut parts = Vec::new();
        split(&query.condition, true, &mut parts);
        let mut conditions = Self::default();
        let mut wordings = Vec::new();
        for (part, holds) in &parts {
            match part {
                Condition::Term(Term::Text(text)) if *holds => wordings.push(Wording::of(text)),
                Condition::Term(term) => conditions.add(connection, term, *holds)?,
                group => {
                    let rows = rows_of(connection, group)?;
                    conditions.limit(if *holds { rows } else { rows.complement() });
                }
            }
        }
        if !wordings.is_empty() {
            conditions.limit(Rows::These(lookup::all(connection, &wordings)?));
        }
        conditions.ranking = lookup::joined(&wordings, " AND ").or_else(|| {
            let mut words = Vec::new();
            for (part, _) in parts.iter().filter(|(_, holds)| *holds) {
                wordings_within(part, &mut words);
            }
            lookup::joined(&words, " OR ")
        });
        Ok(conditions)
    }

    /// Whether a row that fulfils [`sql`](Self::sql) is wanted.
    pub(super) fn admits(&self, id: i64) -> bool {
        self.wanted.as_ref().is_none_or(|wanted| wanted.contains(id)) && !self.unwanted.contains(id)
    }

    /// Whether SQL alone decides.
    pub(super) fn is_plain(&self) -> bool {
        self.wanted.is_none() && self.unwanted.len() == 0
    }

    /// Adds a term that has to hold, or must not.
    fn add(&mut self, connection: &Connection, term: &Term, holds: bool) -> rusqlite::Result<()> {
        match term {
            Term::Read(read) if *read == holds => self.state(connection, "read_at IS NOT NULL", "articles_read")?,
            Term::Read(_) => self.state(connection, "read_at IS NULL", "articles_unread")?,
            Term::Starred(starred) if *starred == holds => {
                self.state(connection, "starred_at IS NOT NULL", "articles_starred")?;
            }
            Term::Starred(_) => self.sql.push_str(" AND starred_at IS NULL"),
            Term::After(time) => self.listed(if holds { ">=" } else { "<" }, *time),
            Term::Before(time) => self.listed(if holds { "<" } else { ">=" }, *time),
            Term::Text(_)
            | Term::Tag(_)
            | Term::Bookmarked(_)
            | Term::Changed(_)
            | Term::Teaser(_)
            | Term::Feed(_)
            | Term::UpTo(_)
            | Term::OneOf(_) => {
                let rows = rows_with(connection, term)?;
                self.limit(if holds { rows } else { rows.complement() });
            }
        }
        Ok(())
    }

    fn limit(&mut self, rows: Rows) {
        match (rows, &mut self.wanted) {
            (Rows::These(rows), Some(wanted)) => wanted.intersect(&rows),
            (Rows::These(rows), wanted @ None) => *wanted = Some(rows),
            (Rows::AllBut(rows), _) => self.unwanted.unite(&rows),
        }
    }

    fn listed(&mut self, comparison: &str, time: jiff::Timestamp) {
        self.sql.extend([" AND listed_at ", comparison, " ?"]);
        self.values.push(Value::Integer(time.as_millisecond()));
    }

    /// What has a partial index: the rows if they are few, else a condition.
    fn state(&mut self, connection: &Connection, condition: &str, index: &'static str) -> rusqlite::Result<()> {
        let rows = in_state(connection, condition, index, SMALL + 1)?;
        if rows.len() <= SMALL {
            self.limit(Rows::These(rows));
        } else {
            self.sql.extend([" AND ", condition]);
            self.index = self.index.or(Some(index));
        }
        Ok(())
    }
}

/// The parts of a condition that all have to hold (or not to hold, where it says `false`).
fn split<'a>(condition: &'a Condition, holds: bool, parts: &mut Vec<(&'a Condition, bool)>) {
    match condition {
        Condition::Not(inner) => split(inner, !holds, parts),
        Condition::All(all) if holds || all.len() == 1 => all.iter().for_each(|one| split(one, holds, parts)),
        Condition::Any(any) if !holds || any.len() == 1 => any.iter().for_each(|one| split(one, holds, parts)),
        other => parts.push((other, holds)),
    }
}

/// The rows that fulfil a condition.
fn rows_of(connection: &Connection, condition: &Condition) -> rusqlite::Result<Rows> {
    match condition {
        Condition::Not(inner) => Ok(rows_of(connection, inner)?.complement()),
        Condition::Term(term) => rows_with(connection, term),
        Condition::All(all) => {
            let everything = Rows::AllBut(IdSet::default());
            all.iter().try_fold(everything, |rows, one| Ok(rows.and(rows_of(connection, one)?)))
        }
        Condition::Any(any) => {
            let nothing = Rows::These(IdSet::default());
            any.iter().try_fold(nothing, |rows, one| Ok(rows.or(rows_of(connection, one)?)))
        }
    }
}

/// The rows for which a term holds.
fn rows_with(connection: &Connection, term: &Term) -> rusqlite::Result<Rows> {
    let either = |rows: IdSet, holds: bool| if holds { Rows::These(rows) } else { Rows::AllBut(rows) };
    Ok(match term {
        Term::Text(text) => Rows::These(lookup::all(connection, &[Wording::of(text)])?),
        Term::Tag(tag) => Rows::These(tagged(connection, tag)?),
        Term::Read(read) => either(in_state(connection, "read_at IS NOT NULL", "articles_read", usize::MAX)?, *read),
        Term::Starred(starred) => {
            either(in_state(connection, "starred_at IS NOT NULL", "articles_starred", usize::MAX)?, *starred)
        }
        Term::Bookmarked(bookmarked) => either(with_passages(connection)?, *bookmarked),
        Term::Changed(changed) => {
            either(in_state(connection, "changed_at IS NOT NULL", "articles_changed", usize::MAX)?, *changed)
        }
        Term::Teaser(teaser) => either(in_state(connection, "is_teaser = 1", "articles_teasers", usize::MAX)?, *teaser),
        Term::Feed(wanted) => either(of_feeds(connection, wanted)?, true),
        Term::After(time) => either(listed_since(connection, *time)?, true),
        Term::Before(time) => either(listed_since(connection, *time)?, false),
        // Hardly any are later, so those are the set.
        Term::UpTo(newest) => either(later_than(connection, *newest)?, false),
        Term::OneOf(rows) => Rows::These(listed_of(connection, rows)?),
    })
}

/// The words a condition asks for, whatever else it does.
fn wordings_within<'a>(condition: &'a Condition, found: &mut Vec<Wording<'a>>) {
    match condition {
        Condition::Term(Term::Text(text)) => found.push(Wording::of(text)),
        Condition::Term(_) | Condition::Not(_) => {}
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|one| wordings_within(one, found)),
    }
}

/// The rows that a partial index has, at most so many.
fn in_state(connection: &Connection, condition: &str, index: &str, most: usize) -> rusqlite::Result<IdSet> {
    connection
        .prepare_cached(&format!(
            "SELECT id FROM articles INDEXED BY {index} WHERE removed IS NULL AND {condition} LIMIT ?1"
        ))?
        .query_map([super::to_sql(most)], |row| row.get::<_, i64>(0))?
        .collect()
}

fn listed_since(connection: &Connection, time: jiff::Timestamp) -> rusqlite::Result<IdSet> {
    connection
        .prepare_cached("SELECT id FROM articles INDEXED BY articles_listed WHERE removed IS NULL AND listed_at >= ?1")?
        .query_map([time.as_millisecond()], |row| row.get::<_, i64>(0))?
        .collect()
}

/// The rows with a tag that begins so.
fn tagged(connection: &Connection, tag: &str) -> rusqlite::Result<IdSet> {
    connection
        .prepare_cached(
            "SELECT article FROM tags JOIN articles ON articles.id = article
             WHERE folded >= ?1 AND folded < ?2 AND removed IS NULL",
        )?
        .query_map([tag, &format!("{tag}\u{10ffff}")], |row| row.get::<_, i64>(0))?
        .collect()
}

/// The rows that came from one of these feeds.
fn of_feeds(connection: &Connection, wanted: &[String]) -> rusqlite::Result<IdSet> {
    let mut query = connection.prepare_cached(
        "SELECT article FROM feed_entries JOIN articles ON articles.id = article WHERE feed = ?1 AND removed IS NULL",
    )?;
    let mut found = IdSet::default();
    for feed in feeds::meant(connection, wanted)? {
        let rows: IdSet = query.query_map([feed], |row| row.get::<_, i64>(0))?.collect::<rusqlite::Result<_>>()?;
        found.unite(&rows);
    }
    Ok(found)
}

/// The rows of which passages are kept.
fn with_passages(connection: &Connection) -> rusqlite::Result<IdSet> {
    connection
        .prepare_cached("SELECT id FROM bookmarked JOIN articles USING (iri) WHERE removed IS NULL")?
        .query_map([], |row| row.get::<_, i64>(0))?
        .collect()
}
