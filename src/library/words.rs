//! The words an article is found by: headline, writer, source and file name, by the beginnings of words.
//!
//! Words are cut and folded here, on both sides, so that the tokenizer of SQLite (`ascii`, which takes every character
//! beyond ASCII for a letter) has nothing left to decide: a query never contains a word that the index would cut in two.

use rusqlite::{Connection, params};

use crate::article::SourceId;
use crate::text::fold::fold;
use crate::text::index_words::{index_words, push_words};

/// Characters of a headline that are sorted by.
const SORTED: usize = 80;

/// Rows that are read at once when all are indexed.
const PAGE: i64 = 500;

/// What of an article is put into the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Searchable<'a> {
    pub title: &'a str,
    pub byline: Option<&'a str>,
    pub source: Option<&'a str>,
    pub file_name: Option<&'a str>,
}

impl Searchable<'_> {
    /// The words of headline, writer, source and file name, as the columns of both indexes take them.
    pub(super) fn columns(&self) -> [String; 4] {
        [Some(self.title), self.byline, self.source, self.file_name].map(|text| {
            let mut words = String::new();
            push_words(text.unwrap_or_default(), &mut words);
            words
        })
    }
}

/// The words of `text`, folded.
pub(super) fn words(text: &str) -> Vec<String> {
    index_words(text).into_iter().map(|word| word.folded).collect()
}

/// What a headline is sorted by: folded, from its first letter on.
pub(super) fn sort_title(title: &str) -> String {
    let folded = fold(title);
    let trimmed = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    if trimmed.is_empty() { &folded } else { trimmed }.chars().take(SORTED).collect()
}

/// The name of the file an article is, without its folder.
pub(super) fn file_name(id: &SourceId) -> Option<String> {
    Some(id.file_path()?.file_name()?.to_string_lossy().into_owned())
}

/// Puts the words of an article that is in the list into the index, in place of those it had.
pub(super) fn index(connection: &Connection, row: i64, article: Searchable<'_>) -> rusqlite::Result<()> {
    remove(connection, row)?;
    insert(connection, row, article)
}

/// The same for an article that is not in the index.
pub(super) fn insert(connection: &Connection, row: i64, article: Searchable<'_>) -> rusqlite::Result<()> {
    let [title, byline, source, file] = article.columns();
    connection
        .prepare_cached("INSERT INTO article_words (rowid, title, byline, source, file) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![row, title, byline, source, file])
        .map(drop)
}

/// Takes the words of an article out of the index.
pub(super) fn remove(connection: &Connection, row: i64) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM article_words WHERE rowid = ?1")?.execute([row]).map(drop)
}

/// Brings this index up to date with whether an article was removed.
pub(super) fn follow_removal(connection: &Connection, row: i64) -> rusqlite::Result<()> {
    let mut query = connection
        .prepare_cached("SELECT title, byline, source, file_name FROM articles WHERE id = ?1 AND removed IS NULL")?;
    let mut found = query.query([row])?;
    let Some(found) = found.next()? else { return remove(connection, row) };
    let text = |column| found.get_ref(column)?.as_str_or_null().map_err(rusqlite::Error::from);
    let article =
        Searchable { title: text(0)?.unwrap_or_default(), byline: text(1)?, source: text(2)?, file_name: text(3)? };
    index(connection, row, article)
}

/// Fills what is derived from headline, writer, source and id of every article.
pub(super) fn index_all(connection: &Connection) -> rusqlite::Result<()> {
    let mut page = connection.prepare("SELECT id, iri, title FROM articles WHERE id > ?1 ORDER BY id LIMIT ?2")?;
    let mut update = connection.prepare("UPDATE articles SET sort_title = ?2, file_name = ?3 WHERE id = ?1")?;
    let mut last = i64::MIN;
    loop {
        let rows: Vec<(i64, String, String)> = page
            .query_map([last, PAGE], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let Some(&(newest, ..)) = rows.last() else { return Ok(()) };
        for (row, iri, title) in rows {
            update.execute(params![row, sort_title(&title), file_name(&SourceId::from_iri(iri))])?;
            follow_removal(connection, row)?;
        }
        last = newest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_headline_is_sorted_by_its_first_letter() {
        assert_eq!(sort_title("“Éclair”"), "éclair\"");
        assert_eq!(sort_title("…"), "...");
        assert_eq!(sort_title(&"é".repeat(500)).chars().count(), SORTED);
    }

    proptest! {
        #[test]
        fn a_word_is_cut_no_further_and_folded_no_further(text in "\\PC{0,60}") {
            for word in words(&text) {
                prop_assert_eq!(words(&word), [word.clone()]);
                prop_assert!(word.chars().all(|c| !c.is_ascii() || c.is_ascii_alphanumeric()));
            }
        }
    }
}
