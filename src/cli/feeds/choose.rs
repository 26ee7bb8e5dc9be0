//! Which of the feeds of a page is meant.

use std::io::{BufRead, IsTerminal, stderr, stdin};

use super::super::messages;
use crate::command::FoundFeed;
use crate::text::sanitize::one_line;
use crate::text::shell::word;

/// Asks a person at a terminal which of several feeds is meant. Elsewhere, and if nobody chooses, the command for each is
/// shown.
pub(super) fn choose(page: &str, feeds: &[FoundFeed]) -> Option<FoundFeed> {
    let asks = stdin().is_terminal() && stderr().is_terminal();
    let title =
        |feed: &FoundFeed| feed.title.as_deref().map(|title| format!("{}  ", one_line(title))).unwrap_or_default();
    let mut told = format!("{} names {} feeds:\n", one_line(page), feeds.len());
    for (number, feed) in (1..).zip(feeds) {
        if asks {
            told.push_str(&format!("{number:>3}  {}{}\n", title(feed), one_line(&feed.url)));
        } else {
            told.push_str(&format!(
                "  dateline feeds add {}  # {}\n",
                word(feed.url.as_bytes()),
                title(feed).trim_end()
            ));
        }
    }
    if asks {
        told.push_str("Number (Enter for none): ");
    }
    messages::lines(&told);
    if !asks {
        return None;
    }
    let mut line = String::new();
    stdin().lock().read_line(&mut line).ok()?;
    let number: usize = line.trim().parse().ok()?;
    feeds.get(number.checked_sub(1)?).cloned()
}
