//! The search language: what a reader types to narrow a list, as a value.
//!
//! A query is a tree of conditions. Reading one needs only what was typed; how it is answered is up
//! to the list (the library uses SQL, the bookmark shelf searches in memory).
//!
//! * `token`: words, fields and quotation marks, the same in every list
//! * `error`: why a query is invalid, with the position and a hint
//! * `condition`: what a query asks, as a tree
//! * `articles`: queries for lists of articles
//! * `excerpt`: the sentence that shows why an article was found

mod articles;
mod condition;
mod error;
mod excerpt;
mod token;
mod window;

pub use articles::ArticleQuery;
pub use condition::{Condition, Scope, Term, TextTerm};
pub use error::BadQuery;
pub use excerpt::Excerpt;
pub use token::{Token, Vocabulary, tokens};
pub use window::{Around, Counts, Order, Window};
