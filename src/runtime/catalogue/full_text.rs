//! The pages of articles of which a feed has only the beginning: which of them are kept.

use crate::article::{Article, RowId};
use crate::feed::{FeedText, NoFullText, full_text};
use crate::intake::PageKind;
use crate::runtime::library_task::PageAhead;

use super::{Catalogue, CatalogueError};

impl Catalogue {
    /// Keeps the page of an article that came from a feed, if it is worth it: the whole article, or why the feed's text
    /// stays, which is `feed`.
    ///
    /// # Errors
    /// Those of every write of the library.
    pub(crate) fn take_full_text(
        &mut self,
        row: RowId,
        feed: &Article,
        page: &Article,
        kind: PageKind,
    ) -> Result<Result<Article, NoFullText>, CatalogueError> {
        let full = full_text(feed, page, kind);
        match &full {
            Ok(article) => {
                // The feed did not look like having only the beginning, but it has.
                if self.library.from_feed(row)?.is_some_and(|from_feed| from_feed.text == FeedText::All) {
                    self.library.set_is_teaser(row, true)?;
                }
                self.library.set_full_text(row, article)?;
            }
            Err(error) if !error.may_pass() => self.library.set_is_teaser(row, false)?,
            Err(_) => {}
        }
        Ok(full)
    }

    /// Keeps a page that was fetched before its article was opened, if it is worth it; whether it is. That it is not, or did
    /// not come, is only logged: nobody asked for it, and opening the article tells.
    ///
    /// # Errors
    /// Those of every write of the library.
    pub(crate) fn take_page_ahead(&mut self, ahead: PageAhead) -> Result<bool, CatalogueError> {
        let row = ahead.of.row;
        let page = match ahead.page {
            Ok(page) => page,
            Err(error) => {
                log::info!("{error}");
                return Ok(false);
            }
        };
        let Some(feed) = self.library.feed_text(row)? else { return Ok(false) };
        let taken = self.take_full_text(row, &feed, &page.loaded.article, page.loaded.page)?;
        if let Err(why) = &taken {
            log::info!("{}: {why}", ahead.of.page);
        }
        Ok(taken.is_ok())
    }
}
