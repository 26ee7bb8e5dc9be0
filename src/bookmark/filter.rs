//! Finding bookmarks by what a reader remembers of them.

use memchr::memmem::Finder;

use crate::text::fold::fold;

use super::Bookmark;

/// What was typed to find bookmarks: words, `#tag`, `color:name`. All of it must fit.
///
/// A word fits if it occurs in the passage, the note, the headline or a tag, whatever the letter case and typography.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    colors: Vec<String>,
    /// Words, and beginnings of tags with [`TAG`] before them.
    words: Vec<Finder<'static>>,
}

impl Filter {
    /// Reads `text`; anything can be read, and nothing asks for nothing. A tag may be unfinished: `#hou` finds `housing`.
    pub fn parse(text: &str) -> Self {
        let mut filter = Self::default();
        for token in fold(text).split_whitespace() {
            let color = token.strip_prefix("color:").or_else(|| token.strip_prefix("colour:"));
            let word = match (token.strip_prefix('#'), color) {
                (_, Some(color)) => {
                    filter.colors.push(color.to_owned());
                    continue;
                }
                (Some(tag), _) if !tag.is_empty() => &format!("{TAG}{tag}"),
                _ => token,
            };
            filter.words.push(Finder::new(word).into_owned());
        }
        filter
    }

    /// Whether everything fits.
    pub fn is_empty(&self) -> bool {
        self.colors.is_empty() && self.words.is_empty()
    }

    /// Whether `bookmark` fits.
    pub fn matches(&self, bookmark: &Bookmark) -> bool {
        let mut text = String::new();
        said(bookmark, &mut text);
        self.fits(&text)
    }

    /// Whether a bookmark fits of which this is [`said`].
    pub(super) fn fits(&self, said: &str) -> bool {
        let (color, words) = said.split_once('\n').unwrap_or_default();
        self.colors.iter().all(|wanted| color.starts_with(wanted.as_str()))
            && self.words.iter().all(|wanted| wanted.find(words.as_bytes()).is_some())
    }
}

/// Stands before each tag in what is looked into. Nothing else has control characters in it.
const TAG: char = '\u{1}';

/// Appends what a filter looks into: the colour on the first line, then, folded, the tags, and passage, note and headline on a
/// line each. No word that is looked for has white space in it, so it cannot be found across two of them.
pub(super) fn said(bookmark: &Bookmark, said: &mut String) {
    said.push_str(bookmark.color().name());
    said.push('\n');
    for tag in bookmark.tags() {
        said.push(TAG);
        said.push_str(&fold(tag));
    }
    for text in [bookmark.words(), bookmark.note().unwrap_or_default(), &bookmark.source().title] {
        said.push('\n');
        said.push_str(&fold(text));
    }
}
