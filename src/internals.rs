//! The one door by which the benches, examples and tests beside the program reach inside it.
//!
//! Rooms are private to the crate, so the compiler sees what nobody uses. What is measured, trained or tested from outside
//! is named here, under the name of its room, and nowhere else; it is no interface for other programs, and changes
//! whenever the rooms do.

/// From `app`.
pub mod app {
    pub use crate::app::{Msg, Setup, State, draw, update};
}
/// From `article`.
pub mod article {
    pub use crate::article::{
        Arrival, Article, Block, BlockKind, CodePoints, Date, Entry, FileStamp, Inline, InlineKind, Published, RowId,
        SourceId, Text, TextHash, TextRange, parse_date,
    };
}
/// From `bookmark`.
pub mod bookmark {
    pub use crate::bookmark::{
        Anchor, Anchoring, Bookmark, BookmarkId, Color, DeviceId, Filter, History, NewBookmark, QueryContext, Shelf,
        read_line,
    };
}
/// From `command`.
pub mod command {
    pub use crate::command::{
        Answer, BookmarkAnswer, Effect, Keymap, ListAnswer, ListJob, Listed, Loaded, PageAnswer, PageJob, Row, Scope,
        SourceAnswer, SourceJob, StoredBookmarks, TABLE,
    };
    /// From `command::event`.
    pub mod event {
        pub use crate::command::event::TermEvent;
    }
    /// From `command::key`.
    pub mod key {
        pub use crate::command::key::parse_keys;
    }
}
/// From `config`.
pub mod config {
    pub use crate::config::{Background, ColorDepth, DEFAULT_TOML, KnownNames, RememberedChoices, Settings};
}
/// From `entity`.
pub mod entity {
    pub use crate::entity::{Context, Entity, Kind, Mention, Rule, analyse, limit_of, of_article};
    /// From `entity::gazetteer`.
    pub mod gazetteer {
        pub use crate::entity::gazetteer::{Entry, table};
    }
    /// From `entity::tagger`.
    pub mod tagger {
        pub use crate::entity::tagger::{
            Class, EDGE, LABELS, Label, Model, OUTSIDE, Parts, PreparedArticle, Scores, SmallWords, Transitions,
            class_of, in_class, labels,
        };
    }
}
/// From `feed`.
pub mod feed {
    pub use crate::feed::{EntryArrival, FeedArrivals, FeedState};
}
/// From `intake`.
pub mod intake {
    pub use crate::intake::{Document, Format, Hints, PageKind, read, read_document};
    /// From `intake::feed`.
    pub mod feed {
        pub use crate::intake::feed::{Feed, FeedEntry, FeedHints, Markup, NoFeed, article, read, text};
    }
}
/// From `io`.
pub mod io {
    /// From `io::bookmarks`.
    pub mod bookmarks {
        pub use crate::io::bookmarks::{BookmarkStore, StoreError};
    }
    /// From `io::marks`.
    pub mod marks {
        pub use crate::io::marks::{MarkStore, StoreError};
    }
}
/// From `journal`.
pub mod journal {
    pub use crate::journal::{DeviceId, LogPosition};
}
/// From `library`.
pub mod library {
    pub use crate::library::{AbsorbedMark, Library, LibraryReader, MarkState};
}
/// From `mark`.
pub mod mark {
    pub use crate::mark::{Mark, MarkChange};
}
/// From `panes`.
pub mod panes {
    pub use crate::panes::{Moment, PaneId};
    /// From `panes::reader`.
    pub mod reader {
        pub use crate::panes::reader::Open;
    }
}
/// From `query`.
pub mod query {
    pub use crate::query::{Around, ArticleQuery, Condition, Order, Scope, Term, TextTerm, Window};
}
/// From `terminal`.
pub mod terminal {
    pub use crate::terminal::{Options, Session};
}
/// From `text`.
pub mod text {
    /// From `text::doubt`.
    pub mod doubt {
        pub use crate::text::doubt::is_certain;
    }
    /// From `text::find`.
    pub mod find {
        pub use crate::text::find::find;
    }
    /// From `text::layout`.
    pub mod layout {
        pub use crate::text::layout::{Page, PageStyle};
    }
    /// From `text::reading_time`.
    pub mod reading_time {
        pub use crate::text::reading_time::words;
    }
    /// From `text::sentences`.
    pub mod sentences {
        pub use crate::text::sentences::{sentences, split};
    }
    /// From `text::tokens`.
    pub mod tokens {
        pub use crate::text::tokens::tokens;
    }
    /// From `text::width`.
    pub mod width {
        pub use crate::text::width::width;
    }
}
/// From `ui`.
pub mod ui {
    pub use crate::ui::Theme;
}
/// From `runtime`.
pub mod runtime {
    pub use crate::runtime::edition;
}
