//! The source of a passage, copied into its record so that exports do not depend on the article.

use crate::article::address::is_web;
use crate::article::{Article, Date, SourceId, SourceKind, parse_date};

use super::clean;

/// What is known about the article of a passage: as much as a citation needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceMetadata {
    /// The IRI of the article.
    pub id: SourceId,
    /// Its headline; may be empty in records of other programs.
    pub title: String,
    /// Who wrote it.
    pub creators: Vec<String>,
    /// The publication, for people.
    pub publisher: Option<String>,
    /// The day it was published, ISO 8601, as the record spells it.
    pub published: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// The id of the feed entry it came as.
    pub entry: Option<String>,
    /// Its web address, if that is not the IRI itself.
    pub url: Option<String>,
}

/// Longest copy of a headline or name, in code points: a file of one very long line must not make very long records.
const LONGEST: usize = 500;

fn capped(words: &str) -> String {
    clean(words.chars().take(LONGEST).collect())
}

impl SourceMetadata {
    /// An article of which nothing but the IRI is known.
    pub(super) fn nameless(id: SourceId) -> Self {
        Self {
            id,
            title: String::new(),
            creators: Vec::new(),
            publisher: None,
            published: None,
            language: None,
            entry: None,
            url: None,
        }
    }

    /// What `article` says about itself.
    pub fn of(article: &Article) -> Self {
        Self {
            id: article.id.clone(),
            title: capped(&article.title),
            creators: article.byline.as_deref().map(capped).into_iter().collect(),
            publisher: article.source.as_deref().map(capped),
            published: article.published.map(|published| published.day.to_string()),
            language: article.language.clone(),
            entry: None,
            url: article.url.clone().filter(|url| url != article.id.as_str()),
        }
    }

    /// The day it was published.
    pub fn published_on(&self) -> Option<Date> {
        self.published.as_deref().and_then(parse_date)
    }

    /// The address a browser can open: http or https only.
    pub fn web_address(&self) -> Option<&str> {
        let url = self.url.as_deref().filter(|url| is_web(url));
        url.or_else(|| (self.id.kind() == SourceKind::Web).then(|| self.id.as_str()))
    }

    /// The writers, as a line of text; none if nobody is named.
    pub fn byline(&self) -> Option<String> {
        (!self.creators.is_empty()).then(|| self.creators.join(", "))
    }
}
