//! The search language: what a reader types to narrow a list, as a value.
//!
//! A query is a list of terms, all of which must hold. Reading one needs only what was typed; how it is answered is up
//! to the list (the library uses SQL, the bookmark shelf searches in memory).
//!
//! * `token`: words, fields and quotation marks, the same in every list
//! * `error`: why a query is invalid, with the position and a hint
//! * `articles`: queries for lists of articles

mod articles;
mod error;
mod token;
mod window;

pub use articles::{ArticleQuery, Term};
pub use error::BadQuery;
pub use token::{Token, Vocabulary, tokens};
pub use window::{Around, Counts, Order, Window};
