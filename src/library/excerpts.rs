//! The sentences in which what was searched for is found.

use super::{LibraryError, LibraryReader};
use crate::article::{RowId, TextRange};
use crate::query::{ArticleQuery, Excerpt};
use crate::text::sentences::sentences;

impl LibraryReader {
    /// For each of these rows in which the query's words stand, the first sentence below the headline that has one.
    ///
    /// # Errors
    /// Those of every read: see [`LibraryError`].
    pub fn excerpts(&mut self, query: &ArticleQuery, rows: &[RowId]) -> Result<Vec<(RowId, Excerpt)>, LibraryError> {
        let mut excerpts = Vec::new();
        for entry in self.entries(rows)? {
            let Some(article) = self.article(&entry.id)? else { continue };
            let body = &article.body;
            let headline = body.blocks().first().map_or(0, |block| block.range.end);
            let hits = query.hits(body);
            let Some(first) = hits.iter().find(|hit| hit.start >= headline) else { continue };
            let sentences = sentences(body);
            let Some(sentence) = sentences.iter().find(|sentence| sentence.contains(first.start)) else { continue };
            let within = hits.iter().filter(|hit| hit.start >= sentence.start && hit.end <= sentence.end);
            let hits = within.map(|hit| TextRange::new(hit.start - sentence.start, hit.end - sentence.start)).collect();
            excerpts.push((entry.row, Excerpt { text: body.slice(*sentence).replace('\n', " "), hits }));
        }
        Ok(excerpts)
    }
}
