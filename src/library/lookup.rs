//! Looking words up in the two indexes: whole words and phrases, and the word that is being typed.
//!
//! A word of which few letters were typed would be the beginning of a good part of all words there are, which takes too
//! long and helps nobody. It is looked for in headlines, writers, sources and file names, whose index knows beginnings.

use rusqlite::Connection;

use super::id_set::IdSet;
use super::text_index;
use super::words::words;
use crate::query::{Scope, TextTerm};

/// Most words of a query that count.
const MOST_WORDS: usize = 64;

/// Words that are looked for together, and where.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wording<'a> {
    term: &'a TextTerm,
    /// Whether they are looked for in headlines and the like alone.
    is_short: bool,
}

impl<'a> Wording<'a> {
    pub(super) fn of(term: &'a TextTerm) -> Self {
        Self { term, is_short: term.is_short() }
    }

    /// The words in the language of FTS5, as one phrase or as words that stand anywhere. Each is letters and digits alone, so
    /// nothing has to be escaped.
    fn expression(self, as_phrase: bool) -> String {
        let words: Vec<&str> = self.term.words.iter().take(MOST_WORDS).map(String::as_str).collect();
        let begun = if self.term.is_begun { " *" } else { "" };
        let words = words.join(if as_phrase { " " } else { "\" AND \"" });
        match column(self.term.scope) {
            Some(column) => format!("({column} : (\"{words}\"{begun}))"),
            None => format!("(\"{words}\"{begun})"),
        }
    }
}

/// The expression for all (or any) of these words in the large index, as far as they are looked for there.
pub(super) fn joined(wordings: &[Wording<'_>], operator: &str) -> Option<String> {
    let in_text = wordings.iter().filter(|wording| !wording.is_short && !wording.term.words.is_empty());
    let expressions: Vec<String> = in_text.take(MOST_WORDS).map(|wording| wording.expression(true)).collect();
    (!expressions.is_empty()).then(|| expressions.join(operator))
}

/// The rows in which all of these are found.
pub(super) fn all(connection: &Connection, wordings: &[Wording<'_>]) -> rusqlite::Result<IdSet> {
    if wordings.iter().any(|wording| wording.term.words.is_empty()) {
        return Ok(IdSet::default());
    }
    let mut rows: Option<IdSet> = None;
    if let Some(expression) = joined(wordings, " AND ") {
        let mut found = matching(connection, "article_text", &expression)?;
        // What waits to be indexed can be found by its headline.
        let is_phrase = |wording: &Wording<'_>| !wording.is_short && wording.term.words.len() > 1;
        if !wordings.iter().any(is_phrase) && text_index::is_behind(connection)? {
            found.unite(&matching(connection, "article_words", &expression)?);
        }
        rows = Some(found);
    }
    for wording in wordings.iter().filter(|wording| wording.is_short) {
        let found = in_titles(connection, *wording)?;
        match &mut rows {
            Some(rows) => rows.intersect(&found),
            None => rows = Some(found),
        }
    }
    Ok(rows.unwrap_or_default())
}

/// How well each row fits an expression: the lower, the better (BM25, as FTS5 has it). A word counts most in a headline.
pub(super) fn scores(connection: &Connection, expression: &str) -> rusqlite::Result<Vec<(i64, f64)>> {
    connection
        .prepare_cached(
            "SELECT rowid, bm25(article_text, 1.0, 8.0, 2.0, 2.0, 1.0) FROM article_text WHERE article_text MATCH ?1",
        )?
        .query_map([expression], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

fn matching(connection: &Connection, table: &str, expression: &str) -> rusqlite::Result<IdSet> {
    connection
        .prepare_cached(&format!("SELECT rowid FROM {table} WHERE {table} MATCH ?1"))?
        .query_map([expression], |row| row.get::<_, i64>(0))?
        .collect()
}

/// The rows whose headline, writer, source or file name has these words. Their index does not know where a word stands,
/// so where there are several, each row that has them is looked at.
fn in_titles(connection: &Connection, wording: Wording<'_>) -> rusqlite::Result<IdSet> {
    let found = matching(connection, "article_words", &wording.expression(false))?;
    let TextTerm { scope, words: wanted, .. } = wording.term;
    let Some((last, whole)) = wanted.split_last().filter(|(_, whole)| !whole.is_empty()) else { return Ok(found) };
    let mut query =
        connection.prepare_cached("SELECT title, byline, source, file_name AS file FROM articles WHERE id = ?1")?;
    let columns = ["title", "byline", "source", "file"];
    let stands_in = |text: &str| {
        let words = words(text);
        words.windows(wanted.len()).any(|window| {
            window.split_last().is_some_and(|(end, start)| start == whole && end.starts_with(last.as_str()))
        })
    };
    let mut rows = IdSet::default();
    for id in found.iter() {
        let stands = query.query_row([id], |row| {
            for name in columns.into_iter().filter(|name| column(*scope).is_none_or(|column| column == *name)) {
                if row.get_ref(name)?.as_str_or_null().map_err(rusqlite::Error::from)?.is_some_and(stands_in) {
                    return Ok(true);
                }
            }
            Ok(false)
        })?;
        if stands {
            rows.insert(id);
        }
    }
    Ok(rows)
}

/// The column of both indexes.
fn column(scope: Scope) -> Option<&'static str> {
    match scope {
        Scope::Everywhere => None,
        Scope::Title => Some("title"),
        Scope::Author => Some("byline"),
        Scope::Source => Some("source"),
        Scope::File => Some("file"),
    }
}
