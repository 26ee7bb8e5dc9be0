//! Newsboat's `urls` file: a feed a line, with its tags behind it.
//!
//! The format is that of newsboat's manual, "Configuring newsboat": parts between blanks, in double quotation marks where
//! they have blanks themselves; `"~name"` renames a feed, `!` hides it, `exec:`, `filter:` and `query:` begin feeds that
//! are no plain addresses.

mod query;

use std::fmt;

use jiff::Timestamp;

use super::address::{BadAddress, feed_address};
use super::{Subscription, is_command};
use crate::query::{ArticleQuery, SavedSearch};
use crate::text::sanitize::one_line;

/// Longest line that is read, in bytes.
const MAX_LINE: usize = 16 * 1024;
/// Most parts of a line that are read.
const MAX_PARTS: usize = 64;
/// The tag of a feed that newsboat hides.
const HIDDEN: &str = "hidden";

/// What a `urls` file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewsboatUrls {
    /// Its feeds, in their order.
    pub feeds: Vec<Subscription>,
    /// Its query feeds, as searches.
    pub searches: Vec<SavedSearch>,
    /// What is not taken over, or not as it was.
    pub faults: Vec<NewsboatFault>,
    /// Whether any line begins as one of such a file does.
    is_plausible: bool,
}

/// A line of a `urls` file that is not taken over as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewsboatFault {
    /// Its number, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
    /// Whether something of it is lost, so that the reader should do something.
    pub is_loss: bool,
}

impl fmt::Display for NewsboatFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

impl NewsboatUrls {
    /// Reads the text of a `urls` file. Ages in queries count from `now`.
    pub fn read(text: &str, now: Timestamp) -> Self {
        let mut urls = Self::default();
        for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            if line.len() > MAX_LINE {
                urls.fault(number, "it is too long", true);
                continue;
            }
            let parts = parts(line);
            if let Some((first, more)) = parts.split_first() {
                urls.line(number, first, more, now);
            }
        }
        urls
    }

    fn line(&mut self, number: usize, first: &str, more: &[String], now: Timestamp) {
        self.is_plausible |=
            first.contains("://") || ["query:", "filter:", "exec:"].iter().any(|known| first.starts_with(known));
        if let Some(query) = first.strip_prefix("query:") {
            match search(query, now) {
                Ok((search, is_exact)) => {
                    if !is_exact {
                        let said = format!("“{}” looks for whole words, where newsboat looks for letters", search.name);
                        self.fault(number, &said, false);
                    }
                    self.searches.push(search);
                }
                Err(reason) => self.fault(number, &reason, true),
            }
            return;
        }
        let (filter, address) = match first.strip_prefix("filter:").map(|rest| rest.split_once(':')) {
            Some(Some((command, address))) => (Some(one_line(command)), address),
            Some(None) => return self.fault(number, "behind filter: come a command, a colon and an address", true),
            None => (None, first),
        };
        let url = match feed_address(address) {
            Ok(url) => url,
            Err(bad) => {
                self.fault(number, &bad.to_string(), true);
                match bad {
                    BadAddress::Credentials(url) => url,
                    BadAddress::Empty | BadAddress::NotWeb(_) => return,
                }
            }
        };
        let mut feed =
            Subscription { filter: filter.filter(|command| !command.is_empty()), url, ..Subscription::default() };
        for part in more {
            if let Some(title) = part.strip_prefix('~') {
                feed.title = Some(one_line(title)).filter(|title| !title.is_empty());
                continue;
            }
            let name = part.strip_prefix('!').map(|name| if name.is_empty() { HIDDEN } else { name });
            if let Some(name) = name {
                self.fault(
                    number,
                    &format!("newsboat hides {}; here it is shown, tagged {}", feed.url, tag(name)),
                    false,
                );
            }
            let tag = tag(name.unwrap_or(part));
            if !tag.is_empty() && !feed.tags.contains(&tag) {
                feed.tags.push(tag);
            }
        }
        self.feeds.push(feed);
    }

    fn fault(&mut self, line: usize, reason: &str, is_loss: bool) {
        self.faults.push(NewsboatFault { line, reason: reason.to_owned(), is_loss });
    }

    /// Whether it says anything that makes sense: else it is no such file.
    pub fn is_plausible(&self) -> bool {
        self.is_plausible
    }

    /// The feeds that are, or are piped through, a command.
    pub fn commands(&self) -> impl Iterator<Item = &Subscription> {
        self.feeds.iter().filter(|feed| is_command(&feed.url) || feed.filter.is_some())
    }
}

/// A tag in one word, without the commas that stand between tags in OPML.
fn tag(part: &str) -> String {
    let words = one_line(&part.replace(',', " "));
    words.trim_start_matches(['#', '/']).split_whitespace().collect::<Vec<_>>().join("-")
}

/// A query feed as a search, and whether it finds the same.
fn search(query: &str, now: Timestamp) -> Result<(SavedSearch, bool), String> {
    let (name, expression) = query.split_once(':').ok_or("behind query: come a name, a colon and an expression")?;
    let name = one_line(name);
    let (translated, is_exact) =
        query::translate(expression).map_err(|reason| format!("the query “{name}” is not taken over: {reason}"))?;
    ArticleQuery::read(&translated, now).map_err(|bad| format!("the query “{name}” is not taken over: {bad}"))?;
    let search = SavedSearch::new(&name, &translated, None);
    search.map(|search| (search, is_exact)).ok_or_else(|| format!("“{name}” is no name of a query"))
}

/// The parts of a line. Behind a backslash in quotation marks the next character stands for itself.
fn parts(line: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut signs = line.chars().peekable();
    while parts.len() < MAX_PARTS {
        while signs.next_if(|c| c.is_whitespace()).is_some() {}
        let Some(first) = signs.peek() else { break };
        let mut part = String::new();
        match first {
            '#' => break,
            '"' => {
                signs.next();
                while let Some(c) = signs.next() {
                    match c {
                        '"' => break,
                        '\\' => match signs.next() {
                            Some('n') => part.push('\n'),
                            Some('t') => part.push('\t'),
                            Some('r') => part.push('\r'),
                            Some(c) => part.push(c),
                            None => {}
                        },
                        c => part.push(c),
                    }
                }
            }
            _ => {
                while let Some(c) = signs.next_if(|c| !c.is_whitespace()) {
                    part.push(c);
                }
            }
        }
        parts.push(part);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> NewsboatUrls {
        NewsboatUrls::read(text, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn feeds_have_their_tags_and_titles() {
        let urls = read(
            "# mine\n\nhttps://a.example/feed news \"far away\" ~A # a comment\r\n\
             \"https://b.example/x y\"\n  https://b.example/#top !\n\"exec:~/bin/f \\\"q\\\" a:b\" !tech \"~My \\\"B\\\"\"\n\
             \"filter:~/bin/f.pl -x:https://c.example/rss\" \"a,b\" a,b\nhttps://d.example \"open\n",
        );
        let short =
            |feed: &Subscription| (feed.url.clone(), feed.title.clone().unwrap_or_default(), feed.tags.join(" "));
        let found: Vec<_> = urls.feeds.iter().map(short).collect();
        let wanted = [
            ("https://a.example/feed", "A", "news far-away"),
            ("https://b.example/#top", "", "hidden"),
            ("exec:~/bin/f \"q\" a:b", "My \"B\"", "tech"),
            ("https://c.example/rss", "", "a-b"),
            ("https://d.example", "", "open"),
        ];
        assert_eq!(found, wanted.map(|(url, title, tags)| (url.to_owned(), title.to_owned(), tags.to_owned())));
        assert_eq!(urls.feeds[3].filter.as_deref(), Some("~/bin/f.pl -x"));
        assert_eq!(urls.commands().count(), 2);
        let lost: Vec<usize> = urls.faults.iter().filter(|fault| fault.is_loss).map(|fault| fault.line).collect();
        assert_eq!(lost, [4], "{:?}", urls.faults);
    }

    #[test]
    fn queries_become_searches_or_are_named() {
        let urls = read(
            "\"query:Unread News:unread = \\\"yes\\\" and tags # \\\"news\\\"\"\n\
             \"query:Odd:enclosure_type =~ \\\"audio\\\"\"\nquery:Nothing\n\"query:Rain:title =~ \\\"rain|hail\\\"\"\n",
        );
        let found: Vec<_> = urls.searches.iter().map(|one| (one.name.as_str(), one.query.as_str())).collect();
        assert_eq!(found, [("Unread News", "is:unread tag:news"), ("Rain", "(title:rain or title:hail)")]);
        let told: Vec<String> = urls.faults.iter().map(ToString::to_string).collect();
        assert!(told[0].starts_with("line 2: the query “Odd” is not taken over") && told[0].contains("enclosure_type"));
        assert!(told[1].starts_with("line 3") && told[2].contains("whole words"), "{told:?}");
    }

    #[test]
    fn passwords_and_what_is_no_address_are_named() {
        let urls = read("https://ana:secret@a.example/x\nftp://b.example\nnonsense here\n");
        assert_eq!(urls.feeds.len(), 1);
        assert_eq!(urls.feeds[0].url, "https://a.example/x");
        assert_eq!(urls.faults.len(), 3);
        assert!(urls.faults.iter().all(|fault| fault.is_loss && !fault.reason.contains("secret")));
        assert!(!read("just\nsome words\n").is_plausible() && read("file:///a").is_plausible());
        assert_eq!(read(&"\"".repeat(100_000)).faults.len(), 1);
    }
}
