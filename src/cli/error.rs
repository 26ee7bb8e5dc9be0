//! How a command ends: the exit status, and the error type of the command line.

use serde::Serialize;

use crate::io::bookmarks::StoreError;
use crate::io::exports::ExportError;
use crate::io::paths::NoHome;
use crate::io::sources::SourceError;
use crate::library::LibraryError;
use crate::query::BadQuery;
use crate::runtime::catalogue::CatalogueError;
use crate::runtime::edition;
use crate::runtime::loading::LoadError;
use crate::text::sanitize::one_line;

/// The exit status of the program, which scripts rely on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// 0: everything was done. An empty list counts, and so does a closed pipe.
    Success,
    /// 1: part of it failed, or a query found nothing.
    Partial,
    /// 2: the command line is invalid.
    Usage,
    /// 3: an input does not exist or is not what it should be.
    BadInput,
    /// 4: the system refused to read or write.
    Io,
    /// 130: interrupted by `C-c`, as shells report it (128 and the number of the signal).
    Interrupted,
}

impl Exit {
    /// The numeric status.
    pub(super) fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Partial => 1,
            Self::Usage => 2,
            Self::BadInput => 3,
            Self::Io => 4,
            Self::Interrupted => 130,
        }
    }
}

/// Why a command failed. Messages and hints may quote input; they are sanitised when printed.
#[derive(Debug)]
pub(super) struct CliError {
    /// The exit status.
    pub kind: Exit,
    /// The kind of failure in JSON; `docs/json.md` lists them.
    pub name: &'static str,
    /// What went wrong, and on what.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl CliError {
    /// An error without a hint.
    pub(super) fn new(kind: Exit, message: impl Into<String>) -> Self {
        let name = match kind {
            Exit::Usage => "usage",
            Exit::BadInput => "bad-input",
            Exit::Success | Exit::Partial | Exit::Io | Exit::Interrupted => "io",
        };
        Self { kind, name, message: message.into(), hint: None }
    }

    /// The same with a hint.
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same with a hint, if there is one.
    pub(super) fn hint_or_none(self, hint: Option<String>) -> Self {
        Self { hint, ..self }
    }

    /// Its JSON form.
    pub(super) fn failure(&self) -> Failure {
        let hint = self.hint.as_deref().map(one_line);
        Failure { kind: self.name, message: one_line(&self.message), hint }
    }
}

/// A failure as `--json` prints it.
#[derive(Debug, Serialize)]
pub(super) struct Failure {
    kind: &'static str,
    message: String,
    hint: Option<String>,
}

impl From<SourceError> for CliError {
    fn from(error: SourceError) -> Self {
        if let SourceError::Edition(slug) = &error {
            let slugs: Vec<&str> = edition::slugs().collect();
            let error_without_hint = Self::new(Exit::BadInput, format!("the edition has no article “{slug}”"));
            return Self { name: error.kind(), ..error_without_hint.hint(format!("it has {}", slugs.join(", "))) };
        }
        let kind = match error {
            SourceError::Denied(_) | SourceError::Io { .. } => Exit::Io,
            _ => Exit::BadInput,
        };
        Self { name: error.kind(), ..Self::new(kind, error.to_string()).hint_or_none(error.hint()) }
    }
}

impl From<LoadError> for CliError {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::Source(error) => error.into(),
            LoadError::Fetch { error: ref cause, .. } => {
                let kind = if cause.is_bad_page() { Exit::BadInput } else { Exit::Io };
                Self { name: cause.kind(), ..Self::new(kind, error.to_string()).hint_or_none(error.hint()) }
            }
            LoadError::Panicked { .. } => Self::new(Exit::BadInput, error.to_string()).hint_or_none(error.hint()),
            LoadError::Intake { error: ref cause, .. } | LoadError::Page { error: ref cause, .. } => {
                Self { name: cause.kind(), ..Self::new(Exit::BadInput, error.to_string()).hint_or_none(error.hint()) }
            }
        }
    }
}

impl From<ExportError> for CliError {
    fn from(error: ExportError) -> Self {
        let kind = match error {
            ExportError::Source(ref why) => {
                let hint = error.hint();
                return Self::from(why.clone()).hint_or_none(hint);
            }
            ExportError::NotAFile(..) => {
                let hint = "without --into the bookmarks go to standard output, from where `>` and `|` take them";
                return Self::new(Exit::BadInput, error.to_string()).hint(hint);
            }
            ExportError::Exists(_) | ExportError::NotUtf8(_) => Exit::BadInput,
            ExportError::Keep(..) | ExportError::Write(..) => Exit::Io,
        };
        Self::new(kind, error.to_string()).hint_or_none(error.hint())
    }
}

impl From<StoreError> for CliError {
    fn from(error: StoreError) -> Self {
        let hint = match error {
            StoreError::File { .. } => Some("choose another folder with --data-dir"),
            StoreError::Busy { .. } => Some("try again when it is done"),
            StoreError::TooLong { .. } => None,
        };
        Self::new(Exit::Io, error.to_string()).hint_or_none(hint.map(str::to_owned))
    }
}

impl From<LibraryError> for CliError {
    fn from(error: LibraryError) -> Self {
        Self::new(Exit::Io, error.to_string()).hint_or_none(error.hint().map(str::to_owned))
    }
}

impl From<CatalogueError> for CliError {
    fn from(error: CatalogueError) -> Self {
        match error {
            CatalogueError::Library(error) => error.into(),
            CatalogueError::Store(error) => error.into(),
            CatalogueError::NoLogs => {
                Self::new(Exit::Io, error.to_string()).hint_or_none(error.hint().map(str::to_owned))
            }
            CatalogueError::Tag(error) => Self::new(Exit::BadInput, error.to_string()),
        }
    }
}

impl From<BadQuery> for CliError {
    fn from(bad: BadQuery) -> Self {
        Self::new(Exit::Usage, format!("the query makes no sense: {bad}")).hint(bad.hint)
    }
}

impl From<NoHome> for CliError {
    fn from(error: NoHome) -> Self {
        Self::new(Exit::Io, error.to_string())
    }
}

impl From<std::io::Error> for CliError {
    /// Errors of standard output, the only thing this room writes to itself.
    fn from(error: std::io::Error) -> Self {
        Self::new(Exit::Io, format!("cannot write the result: {error}"))
    }
}
