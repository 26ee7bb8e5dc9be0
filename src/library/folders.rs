//! The folders that are looked at again at each start, and what is known of the files in them.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::{Library, LibraryError, LibraryReader, time};
use crate::article::{FileStamp, KnownFile, RowId, SourceId};

impl Library {
    /// Notes that a folder is looked at again at each start. `path` is absolute, without symbolic links.
    ///
    /// # Errors
    /// Those of every write: see [`LibraryError`].
    pub fn add_folder(&mut self, path: &Path, at: Timestamp) -> Result<(), LibraryError> {
        self.write(|transaction| {
            transaction
                .prepare_cached("INSERT INTO folders (iri, added_at) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
                .execute(params![SourceId::of_file(path).as_str(), at.as_millisecond()])
                .map(drop)
        })
    }

    /// Looks at a folder no more; says whether it was looked at. The articles stay.
    ///
    /// # Errors
    /// Those of every write: see [`LibraryError`].
    pub fn remove_folder(&mut self, path: &Path) -> Result<bool, LibraryError> {
        self.write(|transaction| {
            let mut delete = transaction.prepare_cached("DELETE FROM folders WHERE iri = ?1")?;
            Ok(delete.execute([SourceId::of_file(path).as_str()])? > 0)
        })
    }

    /// The folders and when each was added, oldest first.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn folders(&mut self) -> Result<Vec<(PathBuf, Timestamp)>, LibraryError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached("SELECT iri, added_at FROM folders ORDER BY added_at, iri")?;
            let folders = query.query_map([], |row| {
                let added_at = time(row.get(1)?);
                Ok(SourceId::from_iri(row.get::<_, String>(0)?).file_path().map(|path| (path, added_at)))
            })?;
            folders.filter_map(Result::transpose).collect()
        })
    }

    /// The articles in the list whose files lie under a folder, whether they are still there or not.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn rows_under(&mut self, folder: &Path) -> Result<Vec<RowId>, LibraryError> {
        let (first, end) = inside(folder);
        self.read(|connection| {
            connection
                .prepare_cached("SELECT id FROM articles WHERE iri >= ?1 AND iri < ?2 AND removed IS NULL ORDER BY id")?
                .query_map(params![first, end], |row| row.get(0).map(RowId))?
                .collect()
        })
    }
}

impl LibraryReader {
    /// What is known of the files of these articles, removed ones among them; none for each that was never read to be
    /// listed. A file that is still the same need not be read again.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn known_files(&mut self, ids: &[SourceId]) -> Result<Vec<Option<KnownFile>>, LibraryError> {
        self.read(|connection, _| {
            let mut query = connection.prepare_cached(
                "SELECT id, file_size, file_modified, removed IS NOT NULL FROM articles
                 WHERE iri = ?1 AND file_size IS NOT NULL AND file_modified IS NOT NULL",
            )?;
            let mut known = |id: &SourceId| {
                query
                    .query_row([id.as_str()], |row| {
                        let size = u64::try_from(row.get::<_, i64>(1)?).unwrap_or(0);
                        let file = FileStamp { size, modified: row.get(2)? };
                        Ok(KnownFile { row: RowId(row.get(0)?), file, is_removed: row.get(3)? })
                    })
                    .optional()
            };
            ids.iter().map(&mut known).collect()
        })
    }
}

/// The ids of all files under a folder: they begin with its name and a slash. From the first value on, and before the
/// second, in which stands what follows the slash in ASCII.
fn inside(folder: &Path) -> (String, String) {
    let folder = SourceId::of_file(folder);
    let name = folder.as_str().trim_end_matches('/');
    (format!("{name}/"), format!("{name}0"))
}
