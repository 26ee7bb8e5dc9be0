//! What is known of an article that came from a feed, besides its words.

use crate::intake::feed::Enclosure;

/// What is known of an article that came from a feed, besides its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FromFeed {
    /// Which of its texts this is.
    pub text: FeedText,
    /// Whether its feed has sent other words since it was opened last.
    pub is_changed: bool,
    /// How many feeds have it.
    pub feeds: usize,
    /// Where readers talk about it.
    pub comments: Option<String>,
    /// Files that belong to it, in the order of the feed.
    pub enclosures: Vec<Enclosure>,
}

/// Which of the texts of an article this is: there is that of the feed, and that of its page once it was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedText {
    /// The feed's, which as far as can be told is all of it.
    All,
    /// The feed's, which is only the beginning: the rest is on its page.
    Beginning,
    /// The feed's, though that of the page is kept too.
    BesidePage,
    /// That of the page; the feed's is kept too.
    Page,
}

impl FromFeed {
    /// The file that is played: the first that is sound or film, or whose type nobody knows.
    pub fn playable(&self) -> Option<&Enclosure> {
        let is_unknown = |file: &&Enclosure| file.media_type.as_deref().is_none_or(|kind| kind.trim().is_empty());
        self.enclosures.iter().find(|file| is_recording(file)).or_else(|| self.enclosures.iter().find(is_unknown))
    }
}

/// Whether a file is sound or film, as far as its type says.
pub(super) fn is_recording(file: &Enclosure) -> bool {
    let kind = file.media_type.as_deref().unwrap_or_default().to_ascii_lowercase();
    kind.starts_with("audio/") || kind.starts_with("video/")
}

/// A file for people: what it is, and how large.
pub fn described(file: &Enclosure) -> String {
    let kind = file.media_type.as_deref().unwrap_or_default().to_ascii_lowercase();
    let kind = if kind.starts_with("video/") { "film" } else { "sound" };
    match file.length.unwrap_or(0) {
        // Feeds that do not know the length say 0, or something as small.
        0..1000 => kind.to_owned(),
        length @ 1000..1_000_000 => format!("{kind} · {} kB", length.div_ceil(1000)),
        length @ 1_000_000..10_000_000 => {
            format!("{kind} · {}.{} MB", length / 1_000_000, length % 1_000_000 / 100_000)
        }
        length => format!("{kind} · {} MB", length / 1_000_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(url: &str, media_type: Option<&str>, length: Option<u64>) -> Enclosure {
        Enclosure { url: url.to_owned(), media_type: media_type.map(str::to_owned), length }
    }

    fn playable(enclosures: Vec<Enclosure>) -> Option<String> {
        let from_feed = FromFeed { text: FeedText::All, is_changed: false, feeds: 1, comments: None, enclosures };
        from_feed.playable().map(|file| file.url.clone())
    }

    #[test]
    fn sound_and_film_are_played_and_pictures_are_not() {
        let picture = || file("p", Some("image/jpeg"), None);
        assert_eq!(playable(vec![picture(), file("s", Some("Audio/MPEG"), None)]).as_deref(), Some("s"));
        assert_eq!(playable(vec![file("u", None, None), file("v", Some("video/mp4"), None)]).as_deref(), Some("v"));
        assert_eq!(playable(vec![picture(), file("u", Some(" "), None)]).as_deref(), Some("u"));
        assert_eq!(playable(vec![picture()]), None);
    }

    #[test]
    fn a_length_is_told_as_far_as_it_is_one() {
        for (length, told) in [
            (None, "sound"),
            (Some(1), "sound"),
            (Some(4200), "sound · 5 kB"),
            (Some(2_840_000), "sound · 2.8 MB"),
            (Some(28_400_000), "sound · 28 MB"),
        ] {
            assert_eq!(described(&file("s", Some("audio/mpeg"), length)), told);
        }
        assert_eq!(described(&file("v", Some("video/mp4"), None)), "film");
    }
}
