//! What a name means to the verbs that change articles of the library: a file, an id, a folder, or words of a query.

use std::ffi::{OsStr, OsString};
use std::fmt::Display;
use std::path::PathBuf;

use super::error::{CliError, Exit};
use super::library::{articles, not_there, open_existing};
use super::sources::Tally;
use super::{Context, bookmarks};
use crate::article::{Entry, RowId, SourceId, SourceKind};
use crate::io::clock;
use crate::io::sources::named;
use crate::library::{Library, LibraryError};
use crate::mark::MarkChange;
use crate::query::{ArticleQuery, Term};
use crate::runtime::catalogue::Catalogue;

/// What a name stands for.
#[derive(Debug)]
pub(super) enum Target {
    /// An article in the list.
    Article(RowId),
    /// An article that was removed from the list.
    Removed,
    /// A folder, by its real path: one that was added, or in which articles in the list are.
    Folder(PathBuf, Vec<RowId>),
    /// A file, folder or id of which the library has no article.
    Unknown,
    /// None of these.
    Words,
}

impl Target {
    /// Finds out what a name stands for.
    pub(super) fn of(library: &mut Library, name: &OsStr) -> Result<Self, LibraryError> {
        let exact = name.to_str().map(SourceId::from_iri);
        for id in exact.clone().into_iter().chain(named::id_of(name)) {
            let entry = match library.entry(&id)? {
                None if id.kind() == SourceKind::Web => library.entry_at(&id)?,
                entry => entry,
            };
            match entry {
                Some(Entry { removed: None, row, .. }) => return Ok(Self::Article(row)),
                Some(_) => return Ok(Self::Removed),
                None => {}
            }
        }
        if exact.is_some_and(|id| !matches!(id.kind(), SourceKind::File | SourceKind::Other)) || name == "-" {
            return Ok(Self::Unknown);
        }
        let path = named::real_path(name);
        let rows = library.rows_under(&path)?;
        if !rows.is_empty() || library.folders()?.iter().any(|(folder, _)| *folder == path) {
            return Ok(Self::Folder(path, rows));
        }
        Ok(if named::is_path(name) || path.is_file() { Self::Unknown } else { Self::Words })
    }
}

/// The rows that sources and the words of a query name, each once. What is not in the library is told.
fn find(
    context: &Context,
    catalogue: &mut Catalogue,
    names: &[OsString],
    tally: &mut Tally,
) -> Result<Vec<RowId>, CliError> {
    let (mut rows, mut words) = (Vec::new(), Vec::new());
    for name in names {
        match Target::of(&mut catalogue.library, name)? {
            Target::Article(row) => rows.push(row),
            // A name without a slash is words: a folder that happens to be here is not meant.
            Target::Folder(_, inside) if named::is_path(name) => rows.extend(inside),
            Target::Removed => tally.failed(&not_there(name, true)),
            Target::Unknown => tally.failed(&not_there(name, false)),
            Target::Folder(..) | Target::Words => words.push(name.to_string_lossy()),
        }
    }
    if !words.is_empty() {
        let query = query(&words)?;
        know_bookmarks(context, catalogue, &query)?;
        let found = catalogue.library.reader()?.rows_matching(&query)?;
        if found.is_empty() {
            let error = CliError::new(Exit::Partial, format!("no article fits {}", words.join(" ")));
            tally.failed(&error.hint("`dateline list` shows the articles of the library"));
        }
        rows.extend(found);
    }
    rows.sort_unstable();
    rows.dedup();
    Ok(rows)
}

/// Lets the library know which articles have bookmarks, if a query asks for it.
pub(super) fn know_bookmarks(
    context: &Context,
    catalogue: &mut Catalogue,
    query: &ArticleQuery,
) -> Result<(), CliError> {
    let asks = query.condition.asks(&|term| matches!(term, Term::Bookmarked(_)));
    if asks && !catalogue.library.is_read_only() {
        let (shelf, _) = bookmarks::shelf(context)?;
        catalogue.library.set_bookmarked(shelf.counts(), true)?;
    }
    Ok(())
}

/// The query that these words are together.
pub(super) fn query<W: AsRef<str>>(words: &[W]) -> Result<ArticleQuery, CliError> {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    let query = ArticleQuery::read(&words.join(" "), clock::now())?;
    if query.is_empty() && !words.is_empty() {
        return Err(CliError::new(Exit::Usage, "the query is empty").hint("`dateline list` alone lists every article"));
    }
    Ok(query)
}

/// Changes the articles that are named, as a key does, and says how many: `done` of so many, or that they were `already`
/// so.
pub(super) fn change(
    context: &mut Context,
    names: &[OsString],
    needs_change: impl Fn(&Entry) -> bool,
    change: impl FnOnce(&[Entry]) -> MarkChange,
    (done, already): (&dyn Display, &dyn Display),
) -> Result<Exit, CliError> {
    let mut tally = Tally::default();
    let Some(mut catalogue) = open_existing(context)? else {
        return Err(
            CliError::new(Exit::BadInput, "the library is empty").hint("`dateline add SOURCE` puts articles there")
        );
    };
    let rows = find(context, &mut catalogue, names, &mut tally)?;
    if rows.is_empty() {
        return Ok(tally.exit());
    }
    let entries = catalogue.library.entries_of(&rows)?;
    let changed: Vec<Entry> = entries.into_iter().filter(needs_change).collect();
    let changed_rows: Vec<RowId> = changed.iter().map(|entry| entry.row).collect();
    if !changed.is_empty() {
        catalogue.mark(&changed_rows, &change(&changed), clock::now())?;
    }
    let same = rows.len() - changed.len();
    let said = match (changed.len(), same) {
        (0, same) => format!("{} {already}", articles(same)),
        (changed, 0) => format!("{} {done}", articles(changed)),
        (changed, same) => format!("{} {done}; {same} {already}", articles(changed)),
    };
    context.say(&said)?;
    tally.done();
    if let Err(error) = catalogue.compact_if_due(clock::now()) {
        log::warn!("marks: {error}");
    }
    Ok(tally.exit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Condition;

    #[test]
    fn words_are_one_query_and_nothing_is_none() {
        let asked = query(&["azores cable", "is:unread"]).unwrap().condition;
        assert!(matches!(asked, Condition::All(all) if all.len() == 3));
        assert!(query::<&str>(&[]).unwrap().is_empty());
        let error = query(&[" "]).unwrap_err();
        assert_eq!((error.kind, error.message.as_str()), (Exit::Usage, "the query is empty"));
        let error = query(&["cable", "is:unred"]).unwrap_err();
        assert!(error.kind == Exit::Usage && error.message.contains("“is:unred” at character 7"), "{}", error.message);
    }
}
