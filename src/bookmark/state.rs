//! The last result of anchoring a bookmark, known without looking again.

use super::Anchor;

/// The state of a bookmark that was never looked for.
pub const UNCHECKED: &str = "unchecked";

/// The result of anchoring when the bookmark's article was last read; unknown until then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnchorState {
    /// Its words were found.
    Anchored,
    /// It was probably found, or says something else now.
    Approximate,
    /// Its words were not found.
    Orphan,
}

impl AnchorState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Anchored, Self::Approximate, Self::Orphan];

    /// How it is spelt, in filters and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Anchored => "anchored",
            Self::Approximate => "approximate",
            Self::Orphan => "orphan",
        }
    }
}

impl From<Anchor> for AnchorState {
    fn from(anchor: Anchor) -> Self {
        match anchor {
            Anchor::Anchored(_) => Self::Anchored,
            Anchor::Approximate(_) => Self::Approximate,
            Anchor::Orphan => Self::Orphan,
        }
    }
}
