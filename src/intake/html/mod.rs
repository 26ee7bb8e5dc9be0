//! HTML: hostile pages are cut down, and the elements of a page become draft blocks.

pub(super) mod caps;
mod elements;
pub(super) mod walk;
