//! What is done with the whole of the open article: opened elsewhere, played, copied, read in another encoding.

use crate::command::{DeskJob, Effect, Notice, TerminalJob};
use crate::feed::FromFeed;
use crate::intake::TextEncoding;
use crate::panes::mark_target::MarkTarget;
use crate::panes::picker::Picker;
use crate::panes::{Ask, marks};

use super::Reader;

impl Reader {
    pub(super) fn open_in_browser(&self) -> Vec<Ask> {
        let url = self.open.as_ref().and_then(|open| open.article.url.clone());
        vec![url.map_or_else(
            || Ask::Tell(Notice::hint("This article has no web address.")),
            |url| Ask::Do(Effect::Desk(DeskJob::OpenUrl(url))),
        )]
    }

    pub(super) fn open_comments(&self) -> Vec<Ask> {
        let from_feed = self.open.as_ref().and_then(|open| open.from_feed.as_ref());
        let comments = from_feed.and_then(|from_feed| from_feed.comments.clone());
        vec![comments.map_or_else(
            || Ask::Tell(Notice::hint("The article names no place where readers talk about it.")),
            |url| Ask::Do(Effect::Desk(DeskJob::OpenUrl(url))),
        )]
    }

    pub(super) fn play(&self) -> Vec<Ask> {
        let Some(open) = &self.open else { return Vec::new() };
        play(open.from_feed.as_ref(), &open.target)
    }

    pub(super) fn copy_reference(&self) -> Vec<Ask> {
        let Some(open) = &self.open else { return Vec::new() };
        let article = &open.article;
        let address = article.url.clone().or_else(|| {
            let path = article.id.file_path()?.into_os_string();
            // A name that is no text is written as the address has it.
            Some(path.into_string().unwrap_or_else(|_| article.id.to_string()))
        });
        let parts = [Some(article.title.clone()), article.source.clone(), address];
        let text = parts.into_iter().flatten().collect::<Vec<_>>().join("\n");
        vec![Ask::Do(Effect::Terminal(TerminalJob::Copy {
            text,
            done: "Copied title, source and address.".to_owned(),
        }))]
    }

    pub(super) fn ask_for_encoding(&self) -> Ask {
        if self.open.as_ref().is_none_or(|open| open.article.id.file_path().is_none()) {
            return Ask::Tell(Notice::hint("Only a file can be read again in another encoding."));
        }
        let choice = |(encoding, purpose): (TextEncoding, &str)| {
            (format!("{}  {purpose}", encoding.name()), String::new(), Ask::ReadIn(encoding))
        };
        Ask::Pick(Picker::asking("Read in another encoding".to_owned(), TextEncoding::offered().map(choice)))
    }
}

/// Plays what belongs to an article, which is read with that.
pub fn play(from_feed: Option<&FromFeed>, target: &MarkTarget) -> Vec<Ask> {
    let Some(file) = from_feed.and_then(FromFeed::playable) else {
        return vec![Ask::Tell(Notice::hint("No sound or film belongs to this article."))];
    };
    let mark = (!target.is_read).then(|| marks::toggle_read(std::slice::from_ref(target)));
    mark.into_iter().chain([Ask::Do(Effect::Desk(DeskJob::Play(file.url.clone())))]).collect()
}
