//! `dateline bookmarks add`: bookmarks passages of an article, given by their words.

use super::super::args::AddArgs;
use super::super::error::{CliError, Exit};
use super::super::messages;
use super::super::sources::load_one;
use super::{Context, open};
use crate::article::{Article, TextRange};
use crate::bookmark::{Bookmark, Color, DeviceId, NewBookmark, Refused};
use crate::intake::Hints;
use crate::io::{clock, texts};
use crate::text::fold::Folded;
use crate::text::mend::mend;
use crate::text::sanitize::{one_line, sanitize};
use crate::text::width::truncate;

/// Columns of a passage that a message shows.
const SHOWN: usize = 60;

/// Saves every passage that is found and prints the ids; reports those that are not found.
pub(super) fn run(context: &mut Context, args: &AddArgs) -> Result<Exit, CliError> {
    let article = load_one(context, &args.source, Hints::default())?.article;
    let folded = Folded::new(article.body.as_str());
    let places: Vec<TextRange> = args.quotes.iter().filter_map(|quote| place(context, quote, &folded)).collect();
    if places.is_empty() {
        return Ok(Exit::Partial);
    }
    let (mut store, _, complete) = open(context)?;
    let mut made = Vec::with_capacity(places.len());
    for range in places {
        match bookmark(&article, range, store.device()) {
            Ok(bookmark) => made.push(bookmark),
            Err(refused) => {
                let message = format!("not saved, {}: {refused}", shown(article.body.slice(range)));
                messages::error(&CliError::new(Exit::Partial, message));
            }
        }
    }
    if !made.is_empty() {
        if let Err(error) = texts::keep(&context.setup.paths()?.data_dir, &article.body) {
            context.note(&format!(
                "the text could not be stored, so the bookmarks may not be found in a later version of it: {error}"
            ));
        }
        store.append(&made)?;
    }
    for bookmark in &made {
        context.out.line(&bookmark.id().to_string())?;
    }
    Ok(if complete && made.len() == args.quotes.len() { Exit::Success } else { Exit::Partial })
}

/// Where the article has these words; reports if they do not occur, or more than once.
fn place(context: &Context, quote: &str, folded: &Folded<'_>) -> Option<TextRange> {
    let mended = mend(quote);
    let words = sanitize(&mended);
    let mut places = folded.find(&words);
    let Some(first) = places.next() else {
        let error = CliError::new(Exit::Partial, format!("the article does not have the words {}", shown(quote)));
        let hint = "`dateline read SOURCE` shows its words; letter case, white space, quotes and dashes do not matter";
        messages::error(&error.hint(hint));
        return None;
    };
    let more = places.count();
    if more > 0 {
        context.note(&format!("{} occurs {} times; the first is used", shown(quote), more + 1));
    }
    Some(first)
}

fn bookmark(article: &Article, range: TextRange, device: DeviceId) -> Result<Bookmark, Refused> {
    let id = clock::new_id().into();
    Bookmark::passage(NewBookmark { id, device, now: clock::now(), article, range, color: Color::Yellow })
}

/// The words in quotation marks, truncated if long.
pub(super) fn shown(words: &str) -> String {
    format!("“{}”", truncate(&one_line(words), SHOWN))
}
