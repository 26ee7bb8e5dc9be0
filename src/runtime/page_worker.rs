//! Finds out what takes longer than a frame may: who and what an article is about, and where bookmarks are in a text that
//! is not the one they were made in. The kept old texts are on the disk.

use std::path::Path;

use crate::article::{Article, TextHash};
use crate::bookmark::{Anchoring, Bookmark};
use crate::command::{Answer, Located, Notice, PageAnswer, PageJob, Sighting};
use crate::entity::{Context, limit_of, not_read, of_article};
use crate::io::texts;

/// Carries out a job.
pub(crate) fn carry_out(job: PageJob, data_dir: &Path, send: &dyn Fn(Answer)) {
    match job {
        PageJob::Analyse { request, article, guessed_date } => {
            let published = article.published.map(|published| published.day);
            let entities = of_article(&article, &Context { published, guessed_date });
            if let Some(limit) = limit_of(&article.body).filter(|_| not_read(&article).is_none()) {
                send(Answer::Notice(Notice::hint(format!("This text is very long: {limit}."))));
            }
            send(Answer::Page(PageAnswer::Analysed(request.reply(entities))));
        }
        PageJob::Locate { request, article, bookmarks } => {
            let kept = |hash| {
                texts::load(data_dir, hash).unwrap_or_else(|error| {
                    // Without the old text they are found less surely, but found.
                    log::warn!("{error}");
                    None
                })
            };
            let found = locate(&article, &bookmarks, kept);
            send(Answer::Page(PageAnswer::Located(request.reply(Located { text: article.body.hash(), found }))));
        }
    }
}

/// Looks for `bookmarks` in the article, with the help of the texts they were made in as far as `kept` has them.
fn locate(article: &Article, bookmarks: &[Bookmark], kept: impl Fn(TextHash) -> Option<String>) -> Vec<Sighting> {
    let anchoring = Anchoring::new(&article.body);
    let mut wanted: Vec<TextHash> = bookmarks.iter().filter_map(|bookmark| anchoring.wants(bookmark)).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let olds: Vec<String> = wanted.into_iter().filter_map(kept).collect();
    let anchoring = olds.iter().map(String::as_str).fold(anchoring, Anchoring::with_previous);
    let sighting =
        |bookmark: &Bookmark| Sighting { anchor: Some(anchoring.find(bookmark)), ..Sighting::unknown(bookmark) };
    bookmarks.iter().map(sighting).collect()
}
