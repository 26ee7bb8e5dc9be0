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
    let names = format!("{} names {} feeds:\n", one_line(page), feeds.len());
    let line = |(number, feed): (usize, &FoundFeed)| {
        if asks {
            format!("{number:>3}  {}{}\n", title(feed), one_line(&feed.url))
        } else {
            let comment = feed.title.as_deref().map(|title| format!("  # {}", one_line(title))).unwrap_or_default();
            format!("  dateline feeds add {}{comment}\n", word(feed.url.as_bytes()))
        }
    };
    let question = asks.then(|| "Number (Enter for none): ".to_owned());
    let told: String = std::iter::once(names).chain((1..).zip(feeds).map(line)).chain(question).collect();
    messages::lines(&told);
    if !asks {
        return None;
    }
    let mut line = String::new();
    stdin().lock().read_line(&mut line).ok()?;
    let number: usize = line.trim().parse().ok()?;
    feeds.get(number.checked_sub(1)?).cloned()
}
