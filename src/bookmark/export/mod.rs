//! Bookmarks for other programs. Equal bookmarks give equal bytes: everything is sorted, and nothing tells the time.

mod json;
mod markdown;

pub use json::json;
pub use markdown::{Page, markdown};
