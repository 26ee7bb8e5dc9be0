//! Tags: one word each, sorted, none twice.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use crate::text::fold::fold;

use super::clean;

/// Maximum number of tags on a record.
pub const MAX_TAGS: usize = 32;
/// Maximum length of a tag, in code points.
pub const MAX_TAG: usize = 64;

/// Why tags were refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadTag {
    /// One has more than [`MAX_TAG`] code points.
    TooLong {
        /// The tag.
        tag: String,
    },
    /// There are more than [`MAX_TAGS`].
    TooMany,
}

impl fmt::Display for BadTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { tag } => {
                let start: String = tag.chars().take(16).collect();
                write!(f, "the tag “{start}…” is longer than {MAX_TAG} characters")
            }
            Self::TooMany => write!(f, "there can be up to {MAX_TAGS} tags"),
        }
    }
}

impl std::error::Error for BadTag {}

/// Normalises tags as people type them: without `#`, in one word (blanks become `-`), NFC, sorted; of those that differ
/// only in case, the first spelling is kept.
///
/// # Errors
/// [`BadTag`], with the first that is refused.
pub(crate) fn normalise<T: AsRef<str>>(tags: &[T]) -> Result<Vec<String>, BadTag> {
    let mut kept: Vec<(String, String)> = Vec::new();
    for tag in tags {
        let words = tag.as_ref().replace(['\n', '\t'], " ");
        let tag: String = clean(words).trim().trim_start_matches('#').nfc().collect();
        let tag = tag.split_whitespace().collect::<Vec<_>>().join("-");
        let folded = fold(&tag);
        if folded.is_empty() || kept.iter().any(|(_, known)| *known == folded) {
            continue;
        }
        if tag.chars().count() > MAX_TAG {
            return Err(BadTag::TooLong { tag });
        }
        if kept.len() == MAX_TAGS {
            return Err(BadTag::TooMany);
        }
        kept.push((tag, folded));
    }
    let mut tags: Vec<String> = kept.into_iter().map(|(tag, _)| tag).collect();
    tags.sort_unstable();
    Ok(tags)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_have_one_form() {
        let tags = normalise(&["#Housing", "foreign  policy", "housing", " # ", "", "a\u{1b}[31m"]);
        assert_eq!(tags.unwrap(), ["Housing", "a[31m", "foreign-policy"]);
    }

    #[test]
    fn limits_are_refused_with_a_reason() {
        let many: Vec<String> = (0..=MAX_TAGS).map(|number| number.to_string()).collect();
        assert_eq!(normalise(&many), Err(BadTag::TooMany));
        assert!(normalise(&many[1..]).is_ok());
        assert!(matches!(normalise(&["x".repeat(MAX_TAG + 1)]), Err(BadTag::TooLong { .. })));
    }
}
