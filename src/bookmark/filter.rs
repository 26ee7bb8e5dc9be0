//! Finding bookmarks by what a reader remembers of them.

use crate::text::fold::fold;

use super::Bookmark;

/// What was typed to find bookmarks: words, `#tag`, `color:name`. All of it must fit.
///
/// A word fits if it occurs in the passage, the note, the headline or a tag, whatever the letter case and typography.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Pieces of what is [`said`].
    wanted: Vec<String>,
}

impl Filter {
    /// Reads `text`; anything can be read, and nothing asks for nothing. A tag may be unfinished: `#hou` finds `housing`.
    pub fn parse(text: &str) -> Self {
        let mut filter = Self::default();
        for token in fold(text).split_whitespace() {
            let color = token.strip_prefix("color:").or_else(|| token.strip_prefix("colour:"));
            filter.wanted.push(match (token.strip_prefix('#'), color) {
                (Some(tag), _) if !tag.is_empty() => format!("{TAG}{tag}"),
                (_, Some(color)) => format!("{COLOR}{color}"),
                _ => token.to_owned(),
            });
        }
        filter
    }

    /// Whether everything fits.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty()
    }

    /// Whether `bookmark` fits.
    pub fn matches(&self, bookmark: &Bookmark) -> bool {
        self.fits(&said(bookmark))
    }

    /// Whether a bookmark fits of which this is [`said`].
    pub(super) fn fits(&self, said: &str) -> bool {
        self.wanted.iter().all(|wanted| said.contains(wanted.as_str()))
    }
}

/// Stand before colour and tags in what is looked into, so that they can be looked for from their beginning. Nothing
/// else has control characters in it.
const COLOR: char = '\u{1}';
const TAG: char = '\u{2}';

/// What a filter looks into: colour, tags, passage, note and headline, folded, a line each. Nothing that is looked for
/// has white space in it, so it cannot be found across two of them.
pub(super) fn said(bookmark: &Bookmark) -> String {
    let mut said = format!("{COLOR}{}\n", bookmark.color().name());
    for tag in bookmark.tags() {
        said.push(TAG);
        said.push_str(&fold(tag));
        said.push('\n');
    }
    for text in [bookmark.words(), bookmark.note().unwrap_or_default(), &bookmark.source().title] {
        said.push_str(&fold(text));
        said.push('\n');
    }
    said
}
