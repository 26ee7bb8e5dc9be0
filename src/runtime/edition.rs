//! The edition inside the program: what a first run opens on, and its manual.

use crate::article::{Article, SourceId};
use crate::command::Loaded;
use crate::intake::{self, Hints};

/// File names and contents, in reading order.
const FILES: [(&str, &str); 11] = [
    ("01-welcome.md", include_str!("../../assets/edition/01-welcome.md")),
    ("02-azores-cable.md", include_str!("../../assets/edition/02-azores-cable.md")),
    ("03-two-sciortinos.md", include_str!("../../assets/edition/03-two-sciortinos.md")),
    ("04-the-zero-on-the-wall.md", include_str!("../../assets/edition/04-the-zero-on-the-wall.md")),
    ("05-counting-columns.md", include_str!("../../assets/edition/05-counting-columns.md")),
    ("06-obituary-katarzyna-baird.md", include_str!("../../assets/edition/06-obituary-katarzyna-baird.md")),
    ("07-canada-us-water-talks.txt", include_str!("../../assets/edition/07-canada-us-water-talks.txt")),
    ("08-foehn-innsbruck.md", include_str!("../../assets/edition/08-foehn-innsbruck.md")),
    ("09-ninety-minutes-from-the-sea.md", include_str!("../../assets/edition/09-ninety-minutes-from-the-sea.md")),
    ("10-plot-41.txt", include_str!("../../assets/edition/10-plot-41.txt")),
    ("11-the-box-on-the-rope.md", include_str!("../../assets/edition/11-the-box-on-the-rope.md")),
];

/// The slugs of all articles of the edition, in reading order.
pub fn slugs() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, _)| slug(name))
}

/// One article of the edition; none if there is none of that slug.
pub fn article(wanted: &str) -> Option<Article> {
    let (name, words) = FILES.iter().find(|(name, _)| slug(name) == wanted)?;
    let hints = Hints {
        id: Some(SourceId::of_edition(wanted)),
        name: Some((*name).to_owned()),
        source: Some("The edition".to_owned()),
        ..Hints::default()
    };
    intake::read(words.as_bytes(), &hints).ok()
}

/// The first article as it is shown to somebody who has never read it.
pub fn first_page() -> Option<Loaded> {
    slugs().next().and_then(article).map(Loaded::new)
}

fn slug(name: &'static str) -> &'static str {
    name.rsplit_once('.').map_or(name, |(slug, _)| slug)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_article_of_the_edition_has_title_date_source_and_writer() {
        for slug in slugs() {
            let article = article(slug).unwrap();
            assert!(article.published.is_some(), "{slug} has no date");
            assert!(article.byline.is_some(), "{slug} has no writer");
            assert!(article.title.len() < 90, "{slug} has no headline: {}", article.title);
        }
    }
}
