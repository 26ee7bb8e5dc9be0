//! HTML: hostile pages are cut down, and the elements of a page become draft blocks.

pub(super) mod caps;
mod elements;
pub(super) mod walk;

use crate::article::Text;
use crate::intake::draft;

/// All words of a page, as blocks; `base` is the address its relative links start from.
pub fn whole(html: &str, base: Option<&str>) -> Text {
    let document = dom_query::Document::from(caps::cap(html));
    draft::assemble(walk::drafts(&document.root(), base))
}
