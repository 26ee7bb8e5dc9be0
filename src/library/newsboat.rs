//! What newsboat knows of articles, in its `cache.db`: read, flagged, deleted. That file is never touched.
#![expect(clippy::disallowed_methods, reason = "copies the database of another program")]

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, Row};

use super::files::with_suffix;
use super::{LibraryError, PATIENCE};
use crate::article::SourceId;
use crate::mark::EarlierMarks;

/// How every SQLite database begins (<https://www.sqlite.org/fileformat2.html#magic_header_string>).
const MAGIC: &[u8] = b"SQLite format 3\0";
/// Longest address that is taken over, in bytes.
const MAX_ADDRESS: usize = 4096;

/// What was done to an article in newsboat: flags are stars, whatever their letters, and what was deleted is removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewsboatItem {
    /// The address of its feed.
    pub feed: String,
    /// What the feed calls it, or newsboat for it; may be empty.
    pub guid: String,
    /// The address of the article; empty where the feed gave none.
    pub url: String,
    /// What was done to it.
    pub known: EarlierMarks,
    /// What was done to all articles of the feed that have this address, where it has several.
    pub known_of_all: Option<EarlierMarks>,
}

/// Whether a file is a database of SQLite.
pub fn is_database(path: &Path) -> bool {
    let begins = || -> io::Result<bool> {
        // Opening a pipe would wait for its writer.
        if !fs::metadata(path)?.is_file() {
            return Ok(false);
        }
        let mut head = [0; MAGIC.len()];
        File::open(path)?.read_exact(&mut head)?;
        Ok(head == MAGIC)
    };
    begins().unwrap_or(false)
}

/// What was done to articles in newsboat: those that were neither read, flagged nor deleted are left out. None if the
/// database is not newsboat's. `scratch` is a folder in which a copy may be made, if newsboat has not written all to it.
///
/// # Errors
/// When it cannot be read, or copied.
pub fn newsboat_items(path: &Path, scratch: &Path) -> Result<Option<Vec<NewsboatItem>>, LibraryError> {
    let path = fs::canonicalize(path).map_err(|error| LibraryError::from_io(&error, path))?;
    let is_unfinished = |suffix: &str| fs::metadata(with_suffix(&path, suffix)).is_ok_and(|file| file.len() > 0);
    let copy = if is_unfinished("-wal") || is_unfinished("-journal") {
        Some(Copy::of(&path, scratch).map_err(|error| LibraryError::from_io(&error, scratch))?)
    } else {
        None
    };
    let items = if let Some(copy) = &copy {
        Connection::open(&copy.database)
    } else {
        // A file that is said not to change is not locked, and no file is made beside it.
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Connection::open_with_flags(format!("{}?immutable=1", SourceId::of_file(&path).as_str()), flags)
    };
    items
        .and_then(|connection| read(&connection))
        .map_err(|error| LibraryError::from_sqlite(&error, Some(&path), PATIENCE))
}

fn read(connection: &Connection) -> rusqlite::Result<Option<Vec<NewsboatItem>>> {
    let columns: Vec<String> = connection
        .prepare("SELECT name FROM pragma_table_info('rss_item')")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let has = |name: &str| columns.iter().any(|column| column == name);
    if !["url", "unread", "guid", "feedurl"].into_iter().all(has) {
        return Ok(None);
    }
    // Early versions had no flags, and did not keep what was deleted.
    let flagged = if has("flags") { "length(coalesce(flags, '')) > 0" } else { "0" };
    let deleted = if has("deleted") { "deleted = 1" } else { "0" };
    let question = format!(
        "SELECT CAST(url AS TEXT), CAST(guid AS TEXT), CAST(feedurl AS TEXT), is_read, is_flagged, is_deleted,
            count(*) OVER same > 1, min(is_read) OVER same, min(is_flagged) OVER same, min(is_deleted) OVER same
         FROM (SELECT id, url, guid, feedurl, unread = 0 AS is_read, {flagged} AS is_flagged, {deleted} AS is_deleted
            FROM rss_item WHERE length(url) <= {MAX_ADDRESS} AND length(guid) <= {MAX_ADDRESS})
         WINDOW same AS (PARTITION BY feedurl, url) ORDER BY id"
    );
    let item = |row: &Row<'_>| {
        // Bytes that are not UTF-8 are no address, and no reason to stop.
        let text = |at: usize| -> rusqlite::Result<String> {
            Ok(row.get_ref(at)?.as_bytes_or_null()?.map(String::from_utf8_lossy).unwrap_or_default().into_owned())
        };
        let is_so = |at: usize| Ok::<_, rusqlite::Error>(row.get::<_, Option<bool>>(at)?.unwrap_or(false));
        let known = |at: usize| {
            Ok::<_, rusqlite::Error>(EarlierMarks {
                is_read: is_so(at)?,
                is_starred: is_so(at + 1)?,
                is_removed: is_so(at + 2)?,
            })
        };
        let known_of_all = if is_so(6)? { Some(known(7)?) } else { None };
        Ok(NewsboatItem { url: text(0)?, guid: text(1)?, feed: text(2)?, known: known(3)?, known_of_all })
    };
    let mut statement = connection.prepare(&question)?;
    let mut items = statement.query_map([], item)?.collect::<rusqlite::Result<Vec<_>>>()?;
    items.retain(|item| item.known != EarlierMarks::default());
    Ok(Some(items))
}

/// A copy of a database with what is not yet in it, in a folder that is gone when this is dropped.
struct Copy {
    folder: PathBuf,
    database: PathBuf,
}

impl Copy {
    fn of(path: &Path, scratch: &Path) -> io::Result<Self> {
        const MOST: usize = 1000;
        let make = |folder: &PathBuf| DirBuilder::new().mode(0o700).create(folder).is_ok();
        let named = |number: usize| scratch.join(format!(".dateline-newsboat-{}-{number}", std::process::id()));
        let folder = (0..MOST).map(named).find(make).ok_or(io::ErrorKind::PermissionDenied)?;
        let copy = Self { database: folder.join("cache.db"), folder };
        for suffix in ["", "-wal", "-journal"] {
            let from = with_suffix(path, suffix);
            let mut from = match File::open(from) {
                // Newsboat may end, and take it away, at any moment.
                Err(error) if error.kind() == io::ErrorKind::NotFound && !suffix.is_empty() => continue,
                from => from?,
            };
            let to = with_suffix(&copy.database, suffix);
            let mut to = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to)?;
            io::copy(&mut from, &mut to)?;
        }
        Ok(copy)
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // A leftover is harmless: it is private, and in a folder for such things.
        fs::remove_dir_all(&self.folder).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table as newsboat 2.21 makes it.
    const TABLE: &str = "CREATE TABLE rss_item (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, guid VARCHAR(64) NOT NULL, \
         title VARCHAR(1024) NOT NULL, author VARCHAR(1024) NOT NULL, url VARCHAR(1024) NOT NULL, feedurl VARCHAR(1024) NOT NULL, \
         pubDate INTEGER NOT NULL, content VARCHAR(65535) NOT NULL, unread INTEGER(1) NOT NULL, enclosure_url VARCHAR(1024), \
         enclosure_type VARCHAR(1024), enqueued INTEGER(1) NOT NULL DEFAULT 0, flags VARCHAR(52), \
         deleted INTEGER(1) NOT NULL DEFAULT 0, base VARCHAR(128) NOT NULL DEFAULT \"\")";

    fn add(connection: &Connection, (url, guid): (&str, &str), unread: i64, flags: Option<&str>, deleted: i64) {
        connection
            .execute(
                "INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread, flags, deleted)
                 VALUES (?5, 't', '', ?1, 'f', 0, '', ?2, ?3, ?4)",
                rusqlite::params![url, unread, flags, deleted, guid],
            )
            .unwrap();
    }

    fn listing(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files: Vec<_> =
            fs::read_dir(folder).unwrap().flatten().map(|file| (file.path(), fs::read(file.path()).unwrap())).collect();
        files.sort();
        files
    }

    #[test]
    fn what_was_done_in_newsboat_is_read_and_its_file_is_not_touched() {
        for journal in ["DELETE", "WAL"] {
            let (folder, scratch) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
            let path = folder.path().join("cache #1?.db");
            let connection = Connection::open(&path).unwrap();
            connection.pragma_update(None, "journal_mode", journal).unwrap();
            connection.execute_batch(TABLE).unwrap();
            add(&connection, ("https://a.example/1", "a"), 0, None, 0);
            add(&connection, ("https://a.example/2", "b"), 1, Some(""), 0);
            add(&connection, ("https://a.example/3", "c"), 1, Some("sz"), 0);
            add(&connection, ("https://a.example/4", "d"), 0, None, 1);
            add(&connection, ("https://a.example/5", "e"), 0, Some("s"), 0);
            add(&connection, ("https://a.example/5", "f"), 0, None, 0);
            let before = listing(folder.path());
            assert!(is_database(&path));
            let items = newsboat_items(&path, scratch.path()).unwrap().unwrap();
            let letters = |known: EarlierMarks| {
                let letter = |is_so: bool, letter: &'static str| if is_so { letter } else { "" };
                letter(known.is_read, "r").to_owned() + letter(known.is_starred, "s") + letter(known.is_removed, "d")
            };
            let short: Vec<String> = items
                .iter()
                .map(|item| {
                    let all = item.known_of_all.map(|all| format!(" of {}", letters(all))).unwrap_or_default();
                    format!(
                        "{}{}: {}{all}",
                        item.url.trim_start_matches("https://a.example/"),
                        item.guid,
                        letters(item.known)
                    )
                })
                .collect();
            assert_eq!(short, ["1a: r", "3c: s", "4d: rd", "5e: rs of r", "5f: r of r"], "{journal}");
            assert!(items.iter().all(|item| item.feed == "f"));
            assert!(listing(folder.path()) == before && listing(scratch.path()).is_empty(), "{journal}");
        }
    }

    #[test]
    fn another_database_is_none_of_newsboat_s_and_a_broken_one_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cache.db");
        let connection = Connection::open(&path).unwrap();
        connection.execute_batch("CREATE TABLE other (x)").unwrap();
        drop(connection);
        assert_eq!(newsboat_items(&path, folder.path()).unwrap(), None);
        fs::write(&path, [MAGIC, &[7; 5000]].concat()).unwrap();
        assert!(is_database(&path) && newsboat_items(&path, folder.path()).is_err());
        fs::write(&path, "https://a.example/").unwrap();
        assert!(!is_database(&path) && !is_database(folder.path()));
    }
}
