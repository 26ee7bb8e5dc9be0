//! Lists of feeds that another reader wrote, whatever they are: OPML, or newsboat's `urls` with its queries.

use std::fmt;

use jiff::Timestamp;

use super::{NewsboatUrls, NoOpml, Subscriptions};
use crate::query::SavedSearch;
use crate::text::plural::count;
use crate::text::sanitize::one_line;

/// What a list subscribes to, as it may be taken over.
#[derive(Debug, Default)]
pub struct FeedList {
    /// What kind of list it is, in words.
    pub format: &'static str,
    /// Its feeds. Commands are left out of OPML, which anybody may have written; the `urls` of newsboat are the reader's own.
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
                let (feeds, commands) = feeds.harmless();
                let left_out = commands.iter().map(|feed| {
                    let (name, command) = (feed.title.as_ref().unwrap_or(&feed.url), feed.filter.as_ref());
                    let (name, command) = (one_line(name), one_line(command.unwrap_or(&feed.url)));
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
        let commands = urls.commands().count();
        if commands > 0 {
            remarks.push(format!("{} run a command when they are fetched, as in newsboat", count(commands, "feed")));
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
             <outline text=\"B\" xmlUrl=\"exec:rm b\"/></body></opml>",
        )
        .unwrap();
        assert_eq!((opml.format, opml.feeds.all().count(), opml.wrong.len()), ("OPML", 1, 1));
        assert!(opml.wrong[0].contains("B: the command “exec:rm b” is left out"), "{:?}", opml.wrong);
        let urls =
            read("https://example.org/feed news \"~The News\"\n\"exec:cat b\"\n\"query:New:unread = \\\"yes\\\"\"\n")
                .unwrap();
        assert_eq!((urls.format, urls.feeds.all().count(), urls.searches.len()), ("newsboat’s urls", 2, 1));
        assert!(urls.remarks.iter().any(|told| told.contains("1 feed")), "{:?}", urls.remarks);
        for other in ["", " \n", "<html><body>No list</body></html>", "Rain is likely.\n"] {
            assert_eq!(read(other).unwrap_err(), NoFeedList::Neither, "{other:?}");
        }
        let deep = format!("<opml>{}", "<outline text=\"x\">".repeat(2000));
        assert!(matches!(read(&deep), Err(NoFeedList::TooMuch(_))));
    }
}
