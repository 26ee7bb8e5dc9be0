//! How a query is answered: as conditions in SQL, and as sets of rows that are looked up beforehand.
//!
//! Words and tags have an index that gives rows in no order of ours, so their rows become a set ([`IdSet`]). If the set
//! is small, its rows are fetched and sorted; if it is large, the list is walked in its order and each row looked up in
//! the set: sorting forty thousand matches takes longer than a frame. What only few articles are (starred, unread) becomes
//! a set too; what many are is a condition on a partial index.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::id_set::IdSet;
use crate::query::{ArticleQuery, Condition, Scope, Term, TextTerm};

/// Most rows that are fetched and sorted rather than met in walking the list. Tests have small libraries and want both.
pub(super) const SMALL: usize = if cfg!(test) { 3 } else { 2000 };

/// Most words of a query that count.
const MOST_WORDS: usize = 16;

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
}

impl Conditions {
    /// Prepares a query, which reads the indexes of words and tags.
    pub(super) fn new(connection: &Connection, query: &ArticleQuery) -> rusqlite::Result<Self> {
        let mut conditions = Self::default();
        let (mut with, mut without) = (Vec::new(), Vec::new());
        for (term, holds) in signed(&query.condition, true) {
            let Some(term) = term else {
                conditions.want(IdSet::default());
                continue;
            };
            let text = match term {
                Term::Text(text) => text,
                Term::Tag(tag) => {
                    let rows = tagged(connection, tag)?;
                    if holds {
                        conditions.want(rows);
                    } else {
                        conditions.unwanted.extend(rows.iter());
                    }
                    continue;
                }
                Term::Read(read) => {
                    if *read == holds {
                        conditions.state(connection, "read_at IS NOT NULL", "articles_read")?;
                    } else {
                        conditions.state(connection, "read_at IS NULL", "articles_unread")?;
                    }
                    continue;
                }
                Term::Starred(starred) => {
                    if *starred == holds {
                        conditions.state(connection, "starred_at IS NOT NULL", "articles_starred")?;
                    } else {
                        conditions.sql.push_str(" AND starred_at IS NULL");
                    }
                    continue;
                }
                Term::After(time) => {
                    conditions.listed(if holds { ">=" } else { "<" }, *time);
                    continue;
                }
                Term::Before(time) => {
                    conditions.listed(if holds { "<" } else { ">=" }, *time);
                    continue;
                }
                // The library does not know of bookmarks.
                Term::Bookmarked(_) => continue,
            };
            if holds { with.push(matching(text)) } else { without.push(matching(text)) }
        }
        match (with.is_empty(), without.is_empty()) {
            (false, true) => conditions.want(found(connection, &with.join(" AND "))?),
            (false, false) => {
                let expression = format!("({}) NOT ({})", with.join(" AND "), without.join(" OR "));
                conditions.want(found(connection, &expression)?);
            }
            (true, false) => conditions.unwanted.extend(found(connection, &without.join(" OR "))?.iter()),
            (true, true) => {}
        }
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

    fn want(&mut self, rows: IdSet) {
        match &mut self.wanted {
            Some(wanted) => wanted.retain(|id| rows.contains(id)),
            None => self.wanted = Some(rows),
        }
    }

    fn listed(&mut self, comparison: &str, time: jiff::Timestamp) {
        self.sql.extend([" AND listed_at ", comparison, " ?"]);
        self.values.push(Value::Integer(time.as_millisecond()));
    }

    /// What has a partial index: the rows if they are few, else a condition.
    fn state(&mut self, connection: &Connection, condition: &str, index: &'static str) -> rusqlite::Result<()> {
        let mut query = connection.prepare_cached(&format!(
            "SELECT id FROM articles INDEXED BY {index} WHERE removed IS NULL AND {condition} LIMIT ?1"
        ))?;
        let rows: IdSet = query
            .query_map([super::to_sql(SMALL + 1)], |row| row.get::<_, i64>(0))?
            .collect::<rusqlite::Result<_>>()?;
        if rows.len() <= SMALL {
            self.want(rows);
        } else {
            self.sql.extend([" AND ", condition]);
            self.index = self.index.or(Some(index));
        }
        Ok(())
    }
}

/// The terms of a condition that is a list of terms, and whether each has to hold; none for one that nothing fulfils.
fn signed(condition: &Condition, holds: bool) -> Vec<(Option<&Term>, bool)> {
    match condition {
        Condition::All(all) if holds || all.len() == 1 => all.iter().flat_map(|one| signed(one, holds)).collect(),
        Condition::Not(inner) => signed(inner, !holds),
        Condition::Term(term) => vec![(Some(term), holds)],
        Condition::Any(any) if any.len() == 1 => any.iter().flat_map(|one| signed(one, holds)).collect(),
        Condition::Any(_) | Condition::All(_) => {
            if holds {
                vec![(None, true)]
            } else {
                Vec::new()
            }
        }
    }
}

/// The expression in the language of FTS5 for words that begin so. Each word is letters and digits alone, so nothing
/// has to be escaped.
fn matching(text: &TextTerm) -> String {
    let words: Vec<String> = text.words.iter().take(MOST_WORDS).map(|word| format!("\"{word}\" *")).collect();
    let all = words.join(" AND ");
    match text.scope {
        Scope::Everywhere => format!("({all})"),
        Scope::Title => format!("(title : ({all}))"),
        Scope::Author => format!("(byline : ({all}))"),
        Scope::Source => format!("(source : ({all}))"),
        Scope::File => format!("(file : ({all}))"),
    }
}

fn found(connection: &Connection, expression: &str) -> rusqlite::Result<IdSet> {
    connection
        .prepare_cached("SELECT rowid FROM article_words WHERE article_words MATCH ?1")?
        .query_map([expression], |row| row.get::<_, i64>(0))?
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
