//! Reads what is to be added to the library, for the reader and the command line alike.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::article::Arrival;
use crate::io::sources::SourceRef;
use crate::text::reading_time::words;

use super::loading::{Access, LoadError, Reading, load_safely};

/// Most articles that are taken in at a time: as many as the library writes in one go.
const MAX_ARTICLES: usize = 200;
/// Bytes of text after which no more are read before they are taken in.
const MAX_BYTES: usize = 8 << 20;

/// The moment at which the article behind so many others is taken to have come: the list, newest first, has articles
/// without a date in the order in which they were found.
pub(crate) fn before(at: Timestamp, articles: usize) -> Timestamp {
    let earlier = SignedDuration::from_millis(i64::try_from(articles).unwrap_or(i64::MAX));
    at.checked_sub(earlier).unwrap_or(at)
}

/// Reads the next sources, as many as should be taken in at a time; what cannot be read goes to `refuse`. Empty if
/// none is left.
pub(crate) fn read_batch(
    sources: &mut dyn Iterator<Item = SourceRef>,
    access: &Access<'_>,
    refuse: &mut dyn FnMut(&SourceRef, LoadError),
) -> Vec<Arrival> {
    let (mut arrivals, mut bytes) = (Vec::new(), 0);
    while arrivals.len() < MAX_ARTICLES && bytes < MAX_BYTES {
        let Some(source) = sources.next() else { break };
        match load_safely(&source, access) {
            Ok(reading) => {
                bytes += reading.article.body.as_str().len();
                arrivals.push(arrival(reading));
            }
            Err(error) => refuse(&source, error),
        }
    }
    arrivals
}

/// An article that was read, as the library takes it in.
pub(crate) fn arrival(reading: Reading) -> Arrival {
    let Reading { article, file, .. } = reading;
    Arrival { words: words(article.body.as_str()), article: Arc::new(article), file }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "lays out files to be read")]

    use super::*;
    use crate::net::Network;

    #[test]
    fn batches_are_bounded_and_what_cannot_be_read_stands_in_no_ones_way() {
        let folder = tempfile::tempdir().unwrap();
        let sources: Vec<SourceRef> = (0..MAX_ARTICLES + 3)
            .map(|number| {
                let path = folder.path().join(format!("{number:03}.txt"));
                std::fs::write(&path, if number == 1 { String::new() } else { format!("Title {number}\n\nWords.\n") })
                    .unwrap();
                SourceRef::Found(path)
            })
            .collect();
        let empty = sources[1].clone();
        let (mut refused, mut sources) = (Vec::new(), sources.into_iter());
        let network = Network::default();
        let access = Access::quiet(&network);
        let mut next = || read_batch(&mut sources, &access, &mut |source, _| refused.push(source.clone()));
        let batches = [next(), next(), next()];
        assert_eq!(batches.each_ref().map(Vec::len), [MAX_ARTICLES, 2, 0]);
        assert_eq!(refused, [empty]);
        let first = &batches[0][0];
        assert_eq!((first.article.title.as_str(), first.words), ("Title 0", 3));
        let stamp = first.file.unwrap();
        assert!(stamp.size == "Title 0\n\nWords.\n".len() as u64 && stamp.modified > 0);
    }

    #[test]
    fn long_texts_are_taken_in_a_few_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let text = "A long line of words.\n".repeat(MAX_BYTES / 2 / 22 + 99);
        let sources: Vec<SourceRef> = (0..3)
            .map(|number| {
                let path = folder.path().join(format!("{number}.txt"));
                std::fs::write(&path, &text).unwrap();
                SourceRef::Found(path)
            })
            .collect();
        let mut sources = sources.into_iter();
        let network = Network::default();
        let access = Access::quiet(&network);
        let mut next = || read_batch(&mut sources, &access, &mut |source, error| panic!("{source:?}: {error}")).len();
        assert_eq!([next(), next(), next()], [2, 1, 0]);
    }
}
