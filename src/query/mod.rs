//! The search language: what a reader types to narrow a list, as a value.
//!
//! A query is a list of terms, all of which have to hold. Reading one touches nothing but the words that were typed; who
//! asks it decides how it is answered (the library by SQL, the bookmark shelf in memory).
//!
//! * `token`: words, fields and quotation marks, the same in every list
//! * `error`: a query that means nothing, with its place and a hint
//! * `articles`: what a list of articles can be asked for

mod articles;
mod error;
mod token;
mod window;

pub use articles::{ArticleQuery, Term};
pub use error::BadQuery;
pub use token::{Token, Vocabulary, tokens};
pub use window::{Around, Counts, Order, Window};
