//! Lists of feeds that another reader wrote, whatever they are: OPML, or newsboat's `urls` with its queries.

use std::fmt;

use jiff::Timestamp;

use super::{NewsboatUrls, NoOpml, Subscriptions, file_of};
use crate::query::SavedSearch;
use crate::text::plural::count_are;
use crate::text::sanitize::one_line;
use crate::text::shell::word;

/// What a list subscribes to, as it may be taken over.
#[derive(Debug, Default)]
pub struct FeedList {
    /// What kind of list it is, in words.
    pub format: &'static str,
    /// Its feeds. Commands and files of this machine are left out of OPML, which anybody may have written; the `urls` of
    /// newsboat are the reader's own.
    pub feeds: Subscriptions,
    /// Its queries.
    pub searches: Vec<SavedSearch>,
    /// What is lost, each on one line.
    pub wrong: Vec<String>,
    /// What is not as it was, each on one line.
    pub remarks: Vec<String>,
}

/// Why a text is no list of feeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoFeedList {
    /// It is something else.
    Neither,
    /// It is more OPML than can be used.
    TooMuch(NoOpml),
}

impl fmt::Display for NoFeedList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Neither => f.write_str("it is neither OPML nor newsboat’s urls"),
            Self::TooMuch(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for NoFeedList {}

impl FeedList {
    /// Reads a list: OPML where there is an outline, else newsboat's `urls`.
    ///
    /// # Errors
    /// [`NoFeedList`].
    pub fn read(text: &str, now: Timestamp) -> Result<Self, NoFeedList> {
        let text = text.trim_start_matches('\u{feff}');
        match Subscriptions::from_opml(text) {
            Ok(_) if text.trim().is_empty() => Err(NoFeedList::Neither),
            Ok((feeds, faults)) => {
                let (feeds, local) = feeds.harmless();
                let left_out = local.iter().map(|feed| {
                    let name = one_line(feed.title.as_ref().unwrap_or(&feed.url));
                    if file_of(&feed.url).is_some() {
                        let [url, typed] = [one_line(&feed.url), word(feed.url.as_bytes())];
                        return format!(
                            "{name}: “{url}” is left out, since a file of others must not name files here; if it is \
                             yours, `dateline feeds add {typed}`"
                        );
                    }
                    let command = one_line(feed.filter.as_ref().unwrap_or(&feed.url));
                    format!("{name}: the command “{command}” is left out, since a file of others must not run any")
                });
                let wrong = faults.iter().map(ToString::to_string).chain(left_out).collect();
                Ok(Self { format: "OPML", feeds, wrong, ..Self::default() })
            }
            Err(NoOpml::NotOpml) if !text.trim_start().starts_with('<') => Self::of_newsboat(text, now),
            Err(NoOpml::NotOpml) => Err(NoFeedList::Neither),
            Err(error) => Err(NoFeedList::TooMuch(error)),
        }
    }

    fn of_newsboat(text: &str, now: Timestamp) -> Result<Self, NoFeedList> {
        let urls = NewsboatUrls::read(text, now);
        if !urls.is_plausible() {
            return Err(NoFeedList::Neither);
        }
        let told = |is_loss| {
            urls.faults
                .iter()
                .filter(move |fault| fault.is_loss == is_loss)
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        };
        let (wrong, mut remarks) = (told(true), told(false));
        let files = urls.feeds.iter().filter(|feed| file_of(&feed.url).is_some()).count();
        if files > 0 {
            remarks.push(format!("{} read from a file of this machine, as in newsboat", count_are(files, "feed")));
        }
        let commands = urls.commands().count();
        if commands > 0 {
            remarks
                .push(format!("{} run through a command at each fetch, as in newsboat", count_are(commands, "feed")));
        }
        let feeds = Subscriptions::of(urls.feeds);
        Ok(Self { format: "newsboat’s urls", feeds, searches: urls.searches, wrong, remarks })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_known_by_its_content_and_says_what_is_lost() {
        let read = |text: &str| FeedList::read(text, Timestamp::UNIX_EPOCH);
        let opml = read(
            "\u{feff}<opml><body><outline text=\"A\" xmlUrl=\"https://example.net/a\"/>\
             <outline text=\"B\" xmlUrl=\"exec:rm b\"/>\
             <outline text=\"C\" xmlUrl=\"File:///etc/passwd\"/></body></opml>",
        )
        .unwrap();
        assert_eq!((opml.format, opml.feeds.all().count(), opml.wrong.len()), ("OPML", 1, 2));
        assert!(opml.wrong[1].contains("C: “file:///etc/passwd” is left out"), "{:?}", opml.wrong);
        assert!(opml.wrong[0].contains("B: the command “exec:rm b” is left out"), "{:?}", opml.wrong);
        let urls =
            read("https://example.org/feed news \"~The News\"\nfile:///b.xml\n\"exec:cat b\"\n\"query:New:unread = \\\"yes\\\"\"\n")
                .unwrap();
        assert_eq!((urls.format, urls.feeds.all().count(), urls.searches.len()), ("newsboat’s urls", 3, 1));
        assert!(
            urls.remarks[0].contains("1 feed is read") && urls.remarks[1].contains("1 feed is run"),
            "{:?}",
            urls.remarks
        );
        for other in ["", " \n", "<html><body>No list</body></html>", "Rain is likely.\n"] {
            assert_eq!(read(other).unwrap_err(), NoFeedList::Neither, "{other:?}");
        }
        let deep = format!("<opml>{}", "<outline text=\"x\">".repeat(2000));
        assert!(matches!(read(&deep), Err(NoFeedList::TooMuch(_))));
    }
}
