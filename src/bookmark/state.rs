//! What is known of where a bookmark lies, without looking again.

use super::Anchor;

/// How it is spelt that nothing is known of where a bookmark is.
pub const UNCHECKED: &str = "unchecked";

/// The answer anchoring gave when the bookmark's article was last read. None is known until it was read once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnchorState {
    /// Its words were there.
    Anchored,
    /// It was probably there, or said something else.
    Approximate,
    /// Its words were not there.
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
