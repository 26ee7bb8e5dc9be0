//! Opening the database, and setting aside one that cannot be read.
#![expect(clippy::disallowed_methods, reason = "the library opens and renames its own files")]

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::error::is_damage;
use super::files::with_suffix;
use super::migrations::{self, Made};
use super::{Library, LibraryError, check, copy, in_transaction, text_index};

/// Numbers of the libraries in memory, so that each has a name of its own.
static IN_MEMORY: AtomicU64 = AtomicU64::new(0);

/// The name of the database in the data directory.
const FILE: &str = "library.db";

/// How long opening, and then each call, waits for another program's transaction. Ours take milliseconds; this covers a
/// disk that is asleep.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
/// Prepared statements that are kept: more than there are.
const STATEMENTS: usize = 64;
/// Bytes of a page of a new database: articles of a few kilobytes leave less room unused than on pages of 4096.
const PAGE: i64 = 8192;
/// How long to wait between two tries for the lock of the folder.
const NAP: Duration = Duration::from_millis(10);

/// Where a library lives.
#[derive(Clone, Debug)]
pub(super) enum Home {
    File(PathBuf),
    /// The address under which other connections of this program find it.
    Memory(String),
}

impl Home {
    /// The database file; none in memory.
    pub(super) fn path(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Memory(_) => None,
        }
    }
}

/// How opening went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// The library of last time.
    Ready,
    /// There was none; an empty one was made.
    Fresh,
    /// A newer version of the program made it: it can be read, not changed. Worth a notice.
    ReadOnlyNewer,
    /// The one that was there cannot be read. It now has this name, and an empty one was made. Worth a notice.
    SetAside(PathBuf),
}

impl Library {
    /// Whether there is a library in this data directory, whatever its state.
    pub fn exists(data_dir: &Path) -> bool {
        data_dir.join(FILE).exists()
    }

    /// Opens `library.db` in `data_dir`, and makes both where they are missing.
    ///
    /// A file that is damaged or no database at all is renamed to `library.db.unreadable-1` (or the next free number)
    /// and never overwritten.
    ///
    /// # Errors
    /// When the folder or file cannot be opened or written, the disk is full, another program holds the file for more
    /// than five seconds, or the file is another program's database.
    pub fn open(data_dir: &Path) -> Result<(Self, Opened), LibraryError> {
        Self::open_within(data_dir, PATIENCE)
    }

    /// The same for a caller who waits only so long for other programs.
    ///
    /// # Errors
    /// As [`Library::open`].
    pub fn open_within(data_dir: &Path, patience: Duration) -> Result<(Self, Opened), LibraryError> {
        let wait = Wait { patience, until: Instant::now() + patience };
        make_folder(data_dir).map_err(|error| LibraryError::from_io(&error, data_dir))?;
        let path = data_dir.join(FILE);
        check_plain(&path)?;
        let (library, opened) = match open_current(&path, wait) {
            Ok(Some(library)) => (library, Opened::Ready),
            Ok(None) => prepare(&path, wait)?,
            Err(error) if is_damage(&error) => prepare(&path, wait)?,
            Err(error) => return Err(LibraryError::from_sqlite(&error, Some(&path), patience)),
        };
        library.wait_for_others(PATIENCE);
        Ok((library, opened))
    }

    /// A library that is gone when the program ends: for a data directory that cannot be used, and for tests.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn in_memory() -> Result<Self, LibraryError> {
        // SQLite's VFS `memdb` shares what has a name that starts with `/` among the connections of a process, with the
        // locks of a file, which a shared cache does not have (https://sqlite.org/src/file/src/memdb.c).
        let address = format!("file:/library-{}?vfs=memdb", IN_MEMORY.fetch_add(1, Ordering::Relaxed));
        let open = || {
            let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_URI;
            let mut connection = Connection::open_with_flags(&address, flags | self::flags())?;
            connection.busy_timeout(PATIENCE)?;
            settle(&connection)?;
            in_transaction(&mut connection, migrations::migrate)?;
            Ok(connection)
        };
        let connection = open().map_err(|error| LibraryError::from_sqlite(&error, None, PATIENCE))?;
        Ok(Self::new(connection, Home::Memory(address), false))
    }

    /// Looks at the whole file, because somebody who reads it met damage; a damaged one is set aside and a new one begun.
    /// If it is the indexes of words alone, they are emptied and all words wait to be indexed anew. Takes seconds for a
    /// gigabyte.
    ///
    /// # Errors
    /// When the file cannot be set aside or a new one not be made.
    pub fn repair(&mut self) -> Result<Option<PathBuf>, LibraryError> {
        if self.read_only { Ok(None) } else { self.replace() }
    }

    /// Puts an empty database in the place of this damaged one, if it cannot be mended; says where the damaged one is now.
    pub(super) fn replace(&mut self) -> Result<Option<PathBuf>, LibraryError> {
        let Home::File(path) = self.home.clone() else { return Ok(None) };
        // The old connection has to be closed before its file moves, or it would write its last words to the new one.
        drop(std::mem::replace(&mut self.connection, Self::in_memory()?.connection));
        let wait = Wait { patience: PATIENCE, until: Instant::now() + PATIENCE };
        let _lock = lock(&path, wait)?;
        // Another program may have done it in the meantime; a thorough look (seconds for a gigabyte) tells.
        let is_kept = open_current(&path, wait).is_ok_and(|library| library.is_some_and(|mut library| library.mend()));
        let set_aside = if is_kept { None } else { Some(set_aside(&path)?) };
        *self = Self { indexes_behind: self.indexes_behind, ..make(&path, wait)? };
        Ok(set_aside)
    }

    /// How long calls wait for another program's transaction.
    pub(super) fn wait_for_others(&self, patience: Duration) {
        if let Err(error) = self.connection.busy_timeout(patience) {
            log::warn!("library: {error}");
        }
    }

    /// Empties indexes of words that are damaged. Says whether everything is sound then.
    fn mend(&mut self) -> bool {
        match check::faults(&self.connection) {
            Ok((None, None)) => true,
            Ok((None, Some(fault))) => {
                log::warn!("library: {fault}; all words are indexed anew");
                in_transaction(&mut self.connection, |transaction| text_index::begin_anew(transaction)).is_ok()
            }
            Ok((Some(_), _)) | Err(_) => false,
        }
    }
}

/// Makes the folder where it is missing, for the user alone whatever the umask says.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    fs::set_permissions(folder, Permissions::from_mode(0o700))
}

/// SQLite would wait for a pipe, and read a device without end.
fn check_plain(path: &Path) -> Result<(), LibraryError> {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let path = with_suffix(path, suffix);
        if fs::metadata(&path).is_ok_and(|found| !found.is_file()) {
            return Err(LibraryError::NoFile(path));
        }
    }
    Ok(())
}

/// How long opening may wait for other programs, in all.
#[derive(Clone, Copy)]
struct Wait {
    patience: Duration,
    until: Instant,
}

impl Wait {
    fn left(self) -> Duration {
        self.until.saturating_duration_since(Instant::now())
    }
}

/// Opens a database that needs no preparation: ours, of this version. The usual start, without any lock.
fn open_current(path: &Path, wait: Wait) -> rusqlite::Result<Option<Library>> {
    if !path.exists() {
        return Ok(None);
    }
    let connection = match Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | flags()) {
        // Another program has just set it aside.
        Err(_) if !path.exists() => return Ok(None),
        connection => connection?,
    };
    connection.busy_timeout(wait.left())?;
    if migrations::made(&connection)? != Made::Current {
        return Ok(None);
    }
    settle(&connection)?;
    // Touches every table once, so that a file cut short or with a torn schema is noticed now and not in the middle.
    // Of the indexes of words only the tables underneath: damage that FTS5 finds in them costs nobody the library.
    connection.query_row(
        "SELECT (SELECT max(id) FROM articles), (SELECT max(article) FROM bodies), (SELECT min(iri) FROM marks),
            (SELECT max(id) FROM article_text_data), (SELECT max(article) FROM unindexed)",
        [],
        |_| Ok(()),
    )?;
    Ok(Some(Library::new(connection, Home::File(path.to_owned()), false)))
}

/// Everything but the usual start: a new file, an older or newer version, damage. One program at a time.
fn prepare(path: &Path, wait: Wait) -> Result<(Library, Opened), LibraryError> {
    let _lock = lock(path, wait)?;
    let sqlite = |error| LibraryError::from_sqlite(&error, Some(path), wait.patience);
    match open_current(path, wait) {
        // Another program was faster.
        Ok(Some(library)) => return Ok((library, Opened::Ready)),
        Ok(None) if !path.exists() => return Ok((make(path, wait)?, Opened::Fresh)),
        Ok(None) => {}
        Err(error) if is_damage(&error) => {
            let aside = set_aside(path)?;
            return Ok((make(path, wait)?, Opened::SetAside(aside)));
        }
        Err(error) => return Err(sqlite(error)),
    }
    let read_only = || Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | flags());
    let connection = read_only().map_err(sqlite)?;
    connection.busy_timeout(wait.left()).map_err(sqlite)?;
    match migrations::made(&connection).map_err(sqlite)? {
        Made::Foreign => Err(LibraryError::Foreign(path.to_owned())),
        Made::Newer => {
            let library = Library::new(connection, Home::File(path.to_owned()), true);
            Ok((library, Opened::ReadOnlyNewer))
        }
        made => {
            drop(connection);
            Ok((make(path, wait)?, if made == Made::Empty { Opened::Fresh } else { Opened::Ready }))
        }
    }
}

/// Creates the file or brings it up to date.
fn make(path: &Path, wait: Wait) -> Result<Library, LibraryError> {
    // What somebody reads is theirs alone, whatever the folder allows. SQLite gives its side files the same mode.
    let is_new = match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(file) => {
            // The umask may have taken away what the mode gives.
            let made = file.set_permissions(Permissions::from_mode(0o600));
            made.map_err(|error| LibraryError::from_io(&error, path))?;
            true
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => false,
        Err(error) => return Err(LibraryError::from_io(&error, path)),
    };
    let open = || {
        let mut connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | flags())?;
        connection.busy_timeout(wait.left())?;
        if is_new {
            // An empty file has nothing to lose, and waiting for the disk eight times would keep the first page waiting.
            connection.pragma_update(None, "synchronous", "OFF")?;
            connection.pragma_update(None, "page_size", PAGE)?;
        }
        // Before anything is changed: a step that goes wrong must not cost what was there.
        if migrations::made(&connection)? == Made::Older {
            copy::keep(&connection, path)?;
        }
        // Readers and a writer side by side. Where it cannot be had (some network disks) SQLite stays with its journal.
        let _mode: String = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
        connection.busy_timeout(wait.left())?;
        in_transaction(&mut connection, migrations::migrate)?;
        settle(&connection)?;
        Ok(connection)
    };
    let connection = open().map_err(|error| LibraryError::from_sqlite(&error, Some(path), wait.patience))?;
    Ok(Library::new(connection, Home::File(path.to_owned()), false))
}

fn flags() -> OpenFlags {
    // One thread owns the connection, so SQLite's own mutexes are not needed.
    OpenFlags::SQLITE_OPEN_NO_MUTEX
}

/// What each connection sets for itself.
fn settle(connection: &Connection) -> rusqlite::Result<()> {
    // NORMAL: after a power cut the last moments may be missing, the database is whole (SQLite's manual on WAL).
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    // What a statement or a savepoint would take back is kept until its end: pages of a few hundred kilobytes, which
    // SQLite would write to a file and nobody would read.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    plan_once(connection)?;
    connection.pragma_update(None, "foreign_keys", true)
}

/// Has statements stay as they were prepared. Otherwise SQLite prepares many of them anew for each value that is bound, in
/// case a partial index would do for it (<https://sqlite.org/c3ref/c_dbconfig_defensive.html>, `ENABLE_QPSG`): none of
/// ours has a condition that a bound value could meet.
fn plan_once(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(drop)
}

/// Opens a database that was prepared once more, for somebody who only looks. One that could not be written at all would
/// not do: to read beside a writer SQLite keeps notes in the shared index.
pub(super) fn open_reading(home: &Home, read_only: bool) -> rusqlite::Result<Connection> {
    let access = if read_only { OpenFlags::SQLITE_OPEN_READ_ONLY } else { OpenFlags::SQLITE_OPEN_READ_WRITE };
    let connection = match home {
        Home::File(path) => Connection::open_with_flags(path, access | flags())?,
        Home::Memory(address) => Connection::open_with_flags(address, access | OpenFlags::SQLITE_OPEN_URI | flags())?,
    };
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "query_only", true)?;
    plan_once(&connection)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

/// Keeps other programs from preparing the same file. Without it (some network disks have no locks) we go on: SQLite's
/// own locks still guard every write. But who holds it is waited for only so long.
fn lock(path: &Path, wait: Wait) -> Result<Option<File>, LibraryError> {
    let Some(folder) = path.parent().and_then(|folder| File::open(folder).ok()) else { return Ok(None) };
    loop {
        match folder.try_lock() {
            Ok(()) => return Ok(Some(folder)),
            // Nobody unparks this thread; should it happen, the next try is only earlier.
            Err(TryLockError::WouldBlock) if !wait.left().is_zero() => thread::park_timeout(NAP.min(wait.left())),
            Err(TryLockError::WouldBlock) => return Err(LibraryError::Busy(wait.patience)),
            Err(TryLockError::Error(_)) => return Ok(None),
        }
    }
}

/// Renames the database and its side files to the next free `library.db.unreadable-<n>`.
fn set_aside(path: &Path) -> Result<PathBuf, LibraryError> {
    let failed = |error: std::io::Error| LibraryError::from_io(&error, path);
    let aside = (1..10_000)
        .map(|number| with_suffix(path, &format!(".unreadable-{number}")))
        .find(|name| fs::symlink_metadata(name).is_err())
        .ok_or_else(|| LibraryError::Denied(path.to_owned()))?;
    fs::rename(path, &aside).map_err(failed)?;
    for suffix in ["-wal", "-shm"] {
        match fs::rename(with_suffix(path, suffix), with_suffix(&aside, suffix)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(failed(error)),
            _ => {}
        }
    }
    Ok(aside)
}
