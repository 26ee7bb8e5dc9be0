//! The table of everything a person can do, the keys that do it, and what the program may ask of the outside world.

mod color;
pub mod event;
mod jobs;
pub mod key;
mod keymap;
mod notice;
mod scope;
mod table;

pub use jobs::{
    Added, Answer, BookmarkAnswer, BookmarkJob, Completion, CompletionResult, DeskAnswer, DeskJob, Effect, FeedAnswer,
    FeedFile, FeedJob, FetchProgress, FetchSummary, Fetching, Found, FoundFeed, ImportedFeeds, Latest, LibraryAnswer,
    LibraryJob, ListAnswer, ListJob, Listed, Loaded, Located, Looked, MarkSteps, NetAnswer, NetJob, OpenResult,
    PageAnswer, PageJob, Reply, Request, RowStep, Sighting, SourceAnswer, SourceJob, Start, StoredBookmarks,
    TerminalAnswer, TerminalJob, Wish,
};
pub use keymap::{Keymap, Lookup, Override, show_typed};
pub use notice::{Notice, Severity};
pub use scope::Scope;
pub use table::{Command, Row, TABLE};
