//! Finding bookmarks by what a reader remembers of them.

use crate::text::fold::fold;

use super::Bookmark;

/// What was typed to find bookmarks: words, `#tag`, `color:name`. All of it must fit.
///
/// A word fits if it occurs in the passage, the note, the headline or a tag, whatever the letter case and typography.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    words: Vec<String>,
    tags: Vec<String>,
    colors: Vec<String>,
}

impl Filter {
    /// Reads `text`; anything can be read, and nothing asks for nothing. A tag may be unfinished: `#hou` finds `housing`.
    pub fn parse(text: &str) -> Self {
        let mut filter = Self::default();
        for token in fold(text).split_whitespace() {
            let color = token.strip_prefix("color:").or_else(|| token.strip_prefix("colour:"));
            match (token.strip_prefix('#'), color) {
                (Some(tag), _) if !tag.is_empty() => filter.tags.push(tag.to_owned()),
                (_, Some(color)) => filter.colors.push(color.to_owned()),
                _ => filter.words.push(token.to_owned()),
            }
        }
        filter
    }

    /// Whether everything fits.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.tags.is_empty() && self.colors.is_empty()
    }

    /// Whether `bookmark` fits.
    pub fn matches(&self, bookmark: &Bookmark) -> bool {
        if !self.colors.iter().all(|color| bookmark.color().name().starts_with(color)) {
            return false;
        }
        let tags: Vec<String> = if self.tags.is_empty() && self.words.is_empty() {
            Vec::new()
        } else {
            bookmark.tags().iter().map(|tag| fold(tag)).collect()
        };
        if !self.tags.iter().all(|wanted| tags.iter().any(|tag| tag.starts_with(wanted))) {
            return false;
        }
        if self.words.is_empty() {
            return true;
        }
        let said = [bookmark.words(), bookmark.note().unwrap_or_default(), &bookmark.source().title].map(fold);
        self.words.iter().all(|word| said.iter().chain(&tags).any(|text| text.contains(word.as_str())))
    }
}
