//! Takes over the feeds of a list that another reader wrote.

use std::path::Path;

use crate::feed::{NewsboatUrls, NoOpml, Subscriptions};
use crate::intake;
use crate::io::sources::{self, SourceRef};
use crate::io::{clock, searches, subscriptions};
use crate::query::{SavedSearch, SearchEdit};

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ImportReport {
    /// Feeds that were added.
    pub(crate) added: usize,
    /// Feeds that were there already.
    pub(crate) known: usize,
    /// What is wrong with the list, each on one line.
    pub(crate) problems: Vec<String>,
}

/// Adds the feeds of a list (OPML, or newsboat's `urls` with its queries) to the subscriptions. The list stays as it is.
/// Commands are left out of OPML, which anybody may have written; the `urls` of newsboat are the reader's own.
///
/// # Errors
/// Why nothing was added, on one line.
pub(crate) fn import_feeds(file: &Path, data_dir: &Path) -> Result<ImportReport, String> {
    let name = file.display();
    let bytes = sources::read(&SourceRef::File(file.to_owned())).map_err(|error| error.to_string())?.bytes;
    if bytes.len() as u64 > subscriptions::MAX_BYTES {
        return Err(format!("{name} has more than 8 MiB, which no list of feeds should need"));
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => intake::decode(error.as_bytes()).map_err(|error| format!("{name}: {error}"))?,
    };
    let (feeds, saved, problems) = read(&text).ok_or_else(|| format!("{name} is neither OPML nor newsboat’s urls"))?;
    let (_, new) = subscriptions::change(data_dir, |here| here.import(&feeds)).map_err(|error| error.to_string())?;
    let mut searches = searches::load(data_dir, clock::now()).map_err(|error| error.to_string())?.searches;
    for search in saved {
        // What was saved here under the name stays.
        if searches.named(&search.name).is_none() {
            let edit = SearchEdit { take: None, add: Some(search) };
            searches = searches::save(data_dir, &edit, clock::now()).map_err(|error| error.to_string())?;
        }
    }
    Ok(ImportReport { added: new.len(), known: feeds.all().count() - new.len(), problems })
}

/// The feeds of a list, its queries, and what is wrong with it; none if it is no list.
fn read(text: &str) -> Option<(Subscriptions, Vec<SavedSearch>, Vec<String>)> {
    match Subscriptions::from_opml(text) {
        Ok((feeds, faults)) => {
            let (feeds, commands) = feeds.harmless();
            let left_out = commands.iter().map(|feed| format!("a command in place of a feed: {}", feed.url));
            let problems = faults.iter().map(ToString::to_string).chain(left_out).collect();
            Some((feeds, Vec::new(), problems))
        }
        Err(NoOpml::NotOpml) if !text.trim_start_matches('\u{feff}').trim_start().starts_with('<') => {
            let urls = NewsboatUrls::read(text, clock::now());
            let problems = urls.faults.iter().filter(|fault| fault.is_loss).map(ToString::to_string).collect();
            urls.is_plausible().then(|| (Subscriptions::of(urls.feeds), urls.searches, problems))
        }
        Err(_) => None,
    }
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
        assert_eq!((report.added, report.known, report.problems.len()), (2, 0, 0), "{report:?}");
        let opml = "<opml version=\"2.0\"><body><outline text=\"A\" xmlUrl=\"https://example.net/a\"/>\
                    <outline text=\"B\" xmlUrl=\"https://example.net/b\"/></body></opml>";
        assert_eq!(import("feeds.opml", opml).unwrap().added, 2);
        let again = import("feeds.opml", opml).unwrap();
        assert_eq!((again.added, again.known), (0, 2));
        let all: Vec<String> =
            subscriptions::load(data.path()).unwrap().subscriptions.all().map(|feed| feed.url.clone()).collect();
        assert_eq!(all.len(), 4, "{all:?}");
        assert!(import("page.html", "<html><body>No list</body></html>").unwrap_err().contains("neither OPML"));
        assert!(import_feeds(&folder.path().join("none"), data.path()).is_err());
    }
}
