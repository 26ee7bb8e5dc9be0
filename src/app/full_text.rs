//! Articles of which a feed has only the beginning: it is shown at once, the page is fetched meanwhile, and then all of it
//! takes its place. Both texts stay, and a key leads from one to the other.

use crate::article::address::is_web;
use crate::command::{Command, Effect, NetJob, Notice, OpenResult, Scope, SourceJob};
use crate::feed::FeedText;
use crate::panes::prompt::Purpose;
use crate::panes::{Goal, PaneId};

use super::State;

impl State {
    /// Fetches the rest of the article that has come to the page, if its feed has only the beginning.
    pub(super) fn fetch_rest(&mut self, effects: &mut Vec<Effect>) {
        let is_whole = self.reader.open().is_some_and(|open| open.is_whole);
        if self.feed_text() == Some(FeedText::Beginning) && !is_whole {
            self.fetch_full_text(effects);
        }
    }

    /// Which text of an article from a feed is on the page.
    pub(super) fn feed_text(&self) -> Option<FeedText> {
        self.reader.open()?.from_feed.as_ref().map(|from_feed| from_feed.text)
    }

    /// Fetches the page of the open article, which came from a feed; whether it has one.
    pub(super) fn fetch_full_text(&mut self, effects: &mut Vec<Effect>) -> bool {
        let Some(open) = self.reader.open() else { return false };
        let (id, row) = (open.article.id.clone(), open.target.row);
        let Some(address) = open.article.url.clone().filter(|url| is_web(url)) else { return false };
        let request = self.requests.open.request();
        self.awaits_full_text = Some(id);
        effects.push(Effect::Net(NetJob::FullText { request, row, address }));
        true
    }

    /// Shows the other text of the open article: that of its page, which is fetched if it has not been, or that of its
    /// feed.
    pub(super) fn switch_text(&mut self, effects: &mut Vec<Effect>) {
        let Some(id) = self.reader.open().map(|open| open.article.id.clone()) else { return };
        match self.feed_text() {
            None => self.tell(Notice::hint("This article came from no feed: there is one text of it.")),
            Some(FeedText::Page) => {
                let request = self.request_for(&id);
                self.goal = Some(Goal::Kept);
                effects.push(Effect::Sources(SourceJob::OpenFeedText { request, id }));
                let back = self.shared.keymap.named(Command::ToggleFullText);
                self.tell(Notice::hint(format!("This is the feed’s text; {back} shows that of the page again.")));
            }
            Some(FeedText::BesidePage) => {
                self.goal = Some(Goal::Kept);
                self.request(id, None, effects);
                self.tell(Notice::hint("This is the text of the page."));
            }
            Some(FeedText::Beginning | FeedText::All) if self.awaits_full_text.is_some() => {
                self.tell(Notice::hint("Its page is on the way."));
            }
            Some(FeedText::Beginning | FeedText::All) => {
                if !self.fetch_full_text(effects) {
                    self.tell(Notice::hint("The feed names no page of this article: this is all there is."));
                }
            }
        }
    }

    /// The page of the open article was fetched, or could not be.
    pub(super) fn full_text_came(&mut self, result: OpenResult, effects: &mut Vec<Effect>) {
        self.awaits_full_text = None;
        self.reader.set_awaiting(false);
        let is_page = self.feed_text() == Some(FeedText::Page);
        let mut loaded = match result {
            Ok(loaded) => *loaded,
            Err(why) => {
                self.read_again = None;
                let shown = if is_page { "What was read before is shown" } else { "The feed’s text is shown" };
                // Which page was meant is plain; its address would take lines.
                let url = self.reader.open().and_then(|open| open.article.url.as_deref());
                let why = url.and_then(|url| why.strip_prefix(url)?.strip_prefix(": ")).unwrap_or(&why);
                return self.tell(Notice::hint(format!("{shown}: {why}.")));
            }
        };
        let Some(open) = self.reader.open().filter(|open| open.article.id == loaded.article.id) else { return };
        // The words that are being pointed at must not move.
        let is_finding = self.prompt.as_ref().is_some_and(|prompt| prompt.purpose == Purpose::Find(PaneId::Reader));
        if is_finding || self.reader.shows_labels() || self.pane(PaneId::Reader).0.scope() == Scope::Selecting {
            self.reader.set_feed_text(if is_page { FeedText::Page } else { FeedText::BesidePage });
            let key = self.shared.keymap.named(Command::ToggleFullText);
            return self.tell(Notice::hint(format!("All of the article has come; {key} shows it.")));
        }
        loaded.position = Some(open.position().resolve(&loaded.article.body));
        self.put_on_page(loaded, effects);
    }
}
