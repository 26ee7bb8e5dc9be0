//! Takes over the feeds of a list that another reader wrote.

use std::path::Path;

use crate::feed::{FeedList, NoFeedList, Subscription};
use crate::intake;
use crate::io::journal::StoreError;
use crate::io::sources::{self, SourceRef};
use crate::io::{clock, searches, subscriptions};

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ImportReport {
    /// The addresses of the feeds that were added.
    pub(crate) added: Vec<String>,
    /// Feeds that were there already.
    pub(crate) known: usize,
    /// What is wrong with the list, each on one line.
    pub(crate) problems: Vec<String>,
}

/// Why a file is not used as a list of feeds, and what to do instead.
#[derive(Clone, Debug)]
pub(crate) struct NotImported {
    pub(crate) told: String,
    pub(crate) hint: &'static str,
}

/// Reads the list of feeds in a file of this name.
///
/// # Errors
/// [`NotImported`] if it is none, or too large.
pub(crate) fn read_list(name: &str, bytes: Vec<u8>) -> Result<FeedList, NotImported> {
    const IN_PARTS: &str = "import it in parts";
    if bytes.len() as u64 > subscriptions::MAX_BYTES {
        let told = format!("{name} has more than 8 MiB, which no list of feeds should need");
        return Err(NotImported { told, hint: IN_PARTS });
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => intake::decode(error.as_bytes()).map_err(|error| NotImported {
            told: format!("{name}: {error}"),
            hint: "import OPML, or newsboat's urls or cache.db",
        })?,
    };
    FeedList::read(&text, clock::now()).map_err(|error| match error {
        NoFeedList::Neither => NotImported {
            told: format!("{name} is neither OPML nor newsboat’s urls"),
            hint: "to subscribe to a feed, name its address: `dateline feeds add URL`",
        },
        NoFeedList::TooMuch(error) => NotImported { told: format!("{name}: {error}"), hint: IN_PARTS },
    })
}

/// Adds what is new in a list to the subscriptions, and its queries to the saved searches. Gives the feeds that are new.
///
/// # Errors
/// When one of their files cannot be used; the subscriptions come first.
pub(crate) fn take_over(list: &FeedList, data_dir: &Path) -> Result<Vec<Subscription>, StoreError> {
    let (_, new) = subscriptions::change(data_dir, |here| here.import(&list.feeds))?;
    if !list.searches.is_empty() {
        searches::add_new(data_dir, &list.searches, clock::now())?;
    }
    Ok(new)
}

/// Takes over a file, which stays as it is.
///
/// # Errors
/// Why nothing was added, on one line.
pub(crate) fn import_feeds(file: &Path, data_dir: &Path) -> Result<ImportReport, String> {
    let bytes = sources::read(&SourceRef::File(file.to_owned())).map_err(|error| error.to_string())?.bytes;
    let list = read_list(&file.display().to_string(), bytes).map_err(|not| not.told)?;
    let new = take_over(&list, data_dir).map_err(|error| error.to_string())?;
    let known = list.feeds.all().count() - new.len();
    Ok(ImportReport { added: new.into_iter().map(|feed| feed.url).collect(), known, problems: list.wrong })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "lays out lists, and looks whether they stay as they are")]

    use std::fs;

    use super::*;

    #[test]
    fn lists_of_other_readers_are_taken_over_once_and_stay_as_they_are() {
        let (folder, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let import = |name: &str, text: &str| {
            let file = folder.path().join(name);
            fs::write(&file, text).unwrap();
            let report = import_feeds(&file, data.path());
            assert_eq!(fs::read_to_string(&file).unwrap(), text, "it is only read");
            report
        };
        let urls = "# mine\nhttps://example.org/feed.xml news \"~The News\"\nhttps://example.com/atom\n";
        let report = import("urls", urls).unwrap();
        assert_eq!((report.added.len(), report.known, report.problems.len()), (2, 0, 0), "{report:?}");
        let opml = "<opml version=\"2.0\"><body><outline text=\"A\" xmlUrl=\"https://example.net/a\"/>\
                    <outline text=\"B\" xmlUrl=\"https://example.net/b\"/></body></opml>";
        assert_eq!(import("feeds.opml", opml).unwrap().added.len(), 2);
        let again = import("feeds.opml", opml).unwrap();
        assert_eq!((again.added.len(), again.known), (0, 2));
        let all: Vec<String> =
            subscriptions::load(data.path()).unwrap().subscriptions.all().map(|feed| feed.url.clone()).collect();
        assert_eq!(all.len(), 4, "{all:?}");
        assert!(import("page.html", "<html><body>No list</body></html>").unwrap_err().contains("neither OPML"));
        assert!(import_feeds(&folder.path().join("none"), data.path()).is_err());
    }
}
