//! Why a feed was not fetched, and what to do about it, in words for people.

use crate::intake::feed::NoFeed;
use crate::io::feed_command::CommandError;
use crate::net::FetchError;
use crate::text::sanitize::one_line;
use crate::text::shell::word;
use crate::text::unprintable::printable;

/// What went wrong with a feed, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// The kind of failure in one word, for JSON.
    pub(crate) kind: &'static str,
    /// What went wrong, for people.
    pub(crate) error: String,
    /// What to do about it.
    pub(crate) hint: Option<String>,
    /// Whether it is the reader's side that does not work: then nothing is held against the feed.
    pub(super) is_ours: bool,
}

impl Trouble {
    pub(super) fn new(kind: &'static str, error: impl Into<String>, hint: impl Into<Option<String>>) -> Self {
        Self { kind, error: error.into(), hint: hint.into(), is_ours: false }
    }

    /// Of a feed that its server does not give.
    pub(super) fn of_fetch(error: &FetchError, feed: &str) -> Self {
        let address = word(feed.as_bytes());
        let told = match error {
            FetchError::Status { host, code: code @ (403 | 451), .. } => {
                format!("{} blocks readers ({code})", printable(host))
            }
            // The words are those of pages, as which most addresses are opened.
            error => error.to_string().replace("the page", "the feed").replace("such page", "such feed"),
        };
        let hint = match error {
            FetchError::Status { code: 404, .. } => {
                Some(format!("look for its new address on the site, or `dateline feeds remove {address}`"))
            }
            FetchError::Status { code: 410, .. } => {
                Some(format!("it is not asked for any more; `dateline feeds remove {address}` takes it away"))
            }
            FetchError::Status { code: 401, host, .. } => Some(format!(
                "`dateline config path` names the file for them: [feeds.{:?}], user and password-command",
                one_line(host)
            )),
            FetchError::Status { code: 403 | 451, .. } | FetchError::Challenge(_) | FetchError::LogIn(_) => {
                Some("only the site can let feed readers in: ask it to".to_owned())
            }
            error if error.kind() == "redirect" => Some("look for its new address on the site".to_owned()),
            FetchError::TooLarge { .. } => Some("no feed of this size is read".to_owned()),
            FetchError::Certificate { .. } | FetchError::Password(_) | FetchError::Proxy(_) => error.hint(),
            FetchError::Cancelled => None,
            error => {
                let hint = error.hint().filter(|hint| !hint.contains("ADDRESS"));
                hint.or_else(|| Some("try again later; if it stays so, tell the site".to_owned()))
            }
        };
        let is_ours = matches!(
            error,
            FetchError::Offline | FetchError::Cancelled | FetchError::Password(_) | FetchError::Proxy(_)
        );
        let hint = hint.map(|hint| hint.replace("ADDRESS", &address));
        Self { kind: error.kind(), error: told, hint, is_ours }
    }

    /// Of a command that gives no feed.
    pub(super) fn of_command(error: &CommandError, command: &str) -> Self {
        let hint = format!("try it in a shell: `{}`", printable(command));
        let is_ours = *error == CommandError::Cancelled;
        Self { kind: "command", error: error.to_string(), hint: Some(hint), is_ours }
    }

    /// Of something at the address of a `feed` that is none; `found` are the addresses of feeds that it names.
    pub(super) fn of_other(NoFeed(told): &NoFeed, found: &[String], feed: &str) -> Self {
        let hint = match found {
            [] => "look for the address of the feed on the site".to_owned(),
            [likely, ..] => {
                let [feed, likely] = [feed, likely].map(|address| word(address.as_bytes()));
                format!("`dateline feeds edit {feed} --url {likely}` takes that")
            }
        };
        Self::new("no-feed", told.clone(), hint)
    }

    /// Both on one line, as it is remembered.
    pub(super) fn problem(&self) -> String {
        super::super::with_hint(&self.error, self.hint.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_failure_says_what_it_is_of_a_feed_and_what_to_do() {
        let host = || "example.org".to_owned();
        let status = |code| FetchError::Status { host: host(), code, retry_after: None };
        for (error, told, hint) in [
            (status(404), "has no such feed (404)", "feeds remove 'https://example.org/a b'"),
            (status(410), "the feed is gone from example.org for good", "not asked for any more"),
            (status(401), "asks for a name and password", "[feeds.\"example.org\"]"),
            (status(403), "example.org blocks readers (403)", "ask it to"),
            (status(500), "fault of its own", "try again later"),
            (FetchError::TooManyRedirects(5), "leads on more than 5 times", "new address"),
            (status(418), "does not give the feed (418)", "tell the site"),
            (FetchError::CutShort(host()), "in the middle of the feed", "try again later"),
            (FetchError::TooLarge { host: host(), mebibytes: 10 }, "larger than 10 MiB", "this size"),
        ] {
            let trouble = Trouble::of_fetch(&error, "https://example.org/a b");
            assert!(trouble.error.contains(told) && !trouble.is_ours, "{trouble:?}");
            assert!(trouble.hint.as_ref().is_some_and(|told| told.contains(hint)), "{trouble:?}");
            assert!(!trouble.problem().contains("page"), "{trouble:?}");
        }
        assert!(Trouble::of_fetch(&FetchError::Offline, "x").is_ours);
        let feeds = ["https://example.org/a".to_owned(), "https://example.org/b".to_owned()];
        let page = NoFeed("this is a web page".to_owned());
        let trouble = Trouble::of_other(&page, &feeds, "https://example.org");
        assert_eq!(
            trouble.problem(),
            "this is a web page (`dateline feeds edit https://example.org --url https://example.org/a` takes that)"
        );
        let trouble = Trouble::of_other(&page, &[], "https://example.org");
        assert_eq!(trouble.problem(), "this is a web page (look for the address of the feed on the site)");
    }
}
