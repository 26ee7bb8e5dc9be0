//! What the library worker does with articles that came from feeds: both of their texts, and what else belongs to them.

use std::sync::Arc;

use crate::article::{RowId, SourceId};
use crate::command::{Answer, FeedAnswer, LibraryAnswer, Loaded, Looked, OpenResult, Request, SourceAnswer, Wish};
use crate::feed::{FeedArrivals, FeedNews, FeedState, FeedText};
use crate::io::clock;
use crate::query::SavedSearch;
use crate::runtime::library_task::{LibraryOutput, NotTaken, PageAhead, Prepared};
use crate::runtime::loading::Reading;
use crate::runtime::with_hint;

use super::LibraryWorker;

impl LibraryWorker {
    /// Takes in what a feed brings.
    pub(super) fn take_in(&mut self, arrivals: &FeedArrivals, filters: &[SavedSearch]) -> Result<FeedNews, NotTaken> {
        let not_open = || NotTaken { is_busy: false, is_lasting: true, told: "the library is not open".to_owned() };
        let catalogue = self.catalogue.as_mut().ok_or_else(not_open)?;
        catalogue.take_in(arrivals, filters, clock::now()).map_err(|error| {
            let told = with_hint(&error, error.hint());
            log::warn!("{}: {told}", arrivals.feed);
            NotTaken { is_busy: error.is_busy(), is_lasting: error.is_lasting(), told }
        })
    }

    /// What is remembered of each feed.
    pub(super) fn feed_states(&mut self, send: &dyn Fn(Answer)) -> Vec<(String, FeedState)> {
        self.ask(send, |catalogue| Ok(catalogue.library.feed_states()?)).unwrap_or_default()
    }

    /// Has a feed go on under another address, and tells what is known of it there.
    pub(super) fn move_feed(&mut self, from: &str, to: &str, send: &dyn Fn(Answer)) {
        self.ask(send, |catalogue| Ok(catalogue.library.move_feed(from, to)?));
        send(Answer::Feeds(FeedAnswer::States(self.feed_states(send))));
        send(Answer::Library(LibraryAnswer::Changed));
    }

    /// Answers with an article as its feed has it. The text of its page stays the one that is kept as read.
    pub(super) fn open_feed_text(&mut self, request: Request<OpenResult>, id: &SourceId, send: &dyn Fn(Answer)) {
        let row = self.ask(send, |catalogue| Ok(catalogue.library.row(id)?)).flatten().unwrap_or_default();
        let text = self.ask(send, |catalogue| Ok(catalogue.library.feed_text(row)?)).flatten();
        let text = text.map(|article| Prepared::new(Reading::kept(article)));
        let text = text.ok_or_else(|| "The feed’s text is not kept.".to_owned());
        let (mut result, _) = self.open(id, text, send);
        if let Ok(loaded) = &mut result
            && let Some(from_feed) = &mut loaded.from_feed
            && from_feed.text == FeedText::Page
        {
            from_feed.text = FeedText::BesidePage;
        }
        send(Answer::Sources(SourceAnswer::Opened(request.reply(result))));
    }

    /// Answers with the whole article whose page was fetched, or why the feed's text stays.
    pub(super) fn answer_full_text(
        &mut self,
        request: Request<OpenResult>,
        row: RowId,
        page: Result<Prepared, String>,
        send: &dyn Fn(Answer),
    ) {
        let result = page.and_then(|page| self.take_full_text(row, page, send));
        let is_news = result.is_ok();
        send(Answer::Sources(SourceAnswer::FullText(request.reply(result))));
        if is_news {
            send(Answer::Library(LibraryAnswer::Changed));
        }
    }

    /// Takes the page of an article that came from a feed, and gives the whole article.
    ///
    /// # Errors
    /// Why the feed's text stays.
    fn take_full_text(&mut self, row: RowId, page: Prepared, send: &dyn Fn(Answer)) -> OpenResult {
        let gone = || "the article is not in the library any more".to_owned();
        let feed = self.ask(send, |catalogue| Ok(catalogue.library.feed_text(row)?)).flatten().ok_or_else(gone)?;
        let full = self
            .ask(send, |catalogue| catalogue.take_full_text(row, &feed, &page.loaded.article, page.loaded.page))
            .ok_or("the library cannot be written; the log file says why")?
            .map_err(|error| error.to_string())?;
        let id = full.id.clone();
        let text =
            Prepared { loaded: Loaded { article: Arc::new(full), guessed_date: None, ..page.loaded }, file: None };
        self.open(&id, Ok(text), send).0
    }

    /// Hands on where the rest of these articles is, as far as only the beginning is here.
    pub(super) fn fetch_ahead(&mut self, rows: &[RowId], hand_on: &dyn Fn(LibraryOutput)) {
        let send = |answer| hand_on(LibraryOutput::Answer(answer));
        let found = self.ask(&send, |catalogue| Ok(catalogue.library.beginnings(rows)?)).unwrap_or_default();
        if !found.is_empty() {
            hand_on(LibraryOutput::Ahead(found));
        }
    }

    /// Keeps a page that was fetched before its article was opened.
    pub(super) fn take_page_ahead(&mut self, page: PageAhead, send: &dyn Fn(Answer)) {
        if self.ask(send, |catalogue| catalogue.take_page_ahead(page)) == Some(true) {
            send(Answer::Library(LibraryAnswer::Changed));
        }
    }

    /// Answers with an article that is not on the page.
    pub(super) fn look(&mut self, row: RowId, wish: Wish, send: &dyn Fn(Answer)) {
        let looked = self.ask(send, |catalogue| {
            let library = &mut catalogue.library;
            let (entry, article) = (library.entries_of(&[row])?.pop(), library.article_at(row)?);
            let from_feed = library.from_feed(row)?;
            Ok(entry.zip(article).map(|(entry, article)| Looked { wish, entry, article, from_feed }))
        });
        send(Answer::Library(LibraryAnswer::Looked(looked.flatten().map(Box::new))));
    }
}
