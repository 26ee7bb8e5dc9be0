//! The search language: what a reader types to narrow a list, as a value.
//!
//! A query is a tree of conditions. Reading one needs only what was typed; how it is answered is up
//! to the list (the library uses SQL, the bookmark shelf searches in memory).
//!
//! * `grammar`: words, phrases, `or`, `-` and brackets, the same in every list
//! * `part`: words and fields with a value
//! * `error`: why a query is invalid, with the position and a hint
//! * `condition`: what a query asks, as a tree
//! * `articles`: queries for lists of articles, `as_of`: a list as it was
//! * `excerpt`: the sentence that shows why an article was found, `excerpt_lines`: how it is set in lines
//! * `hits`: where their words are in a text
//! * `matching`: whether one article answers a query
//! * `saved`: searches that were saved under a name, and filters on arrival
//! * `window`: which part of a list is asked for, and the answer

mod articles;
mod as_of;
mod condition;
mod error;
mod excerpt;
mod excerpt_lines;
mod grammar;
mod hits;
mod matching;
mod part;
mod saved;
mod window;

pub use articles::ArticleQuery;
pub use as_of::AsOf;
pub use condition::{Condition, Scope, Term, TextTerm};
pub use error::BadQuery;
pub use excerpt::Excerpt;
pub use excerpt_lines::ExcerptLine;
pub use grammar::parse;
pub use matching::{Candidate, is_feed};
pub use part::{Part, Vocabulary};
pub use saved::{FilterAction, SavedSearch, SavedSearches, SearchEdit};
pub use window::{Around, Counts, Order, Window};
