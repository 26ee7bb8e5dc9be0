//! Reads what is to be added to the library, for the reader and the command line alike: only what is not known, and
//! ahead of what is written.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::thread;

use jiff::{SignedDuration, Timestamp};

use crate::article::{Arrival, KnownFile, RowId, SourceId};
use crate::intake::Hints;
use crate::io::sources::{FileState, SourceRef, state_of};
use crate::net::{Network, Progress};
use crate::text::reading_time::words;

use super::loading::{Access, LoadError, Reading, load_safely};

/// Most sources that are read at a time: as many articles as the library writes in one go.
pub(super) const MAX_SOURCES: usize = 200;
/// Bytes of text after which no more are read before they are taken in.
pub(super) const MAX_BYTES: usize = 8 << 20;
/// Batches that wait to be taken in. With the one being read and the one being written this bounds what is in memory.
const AHEAD: usize = 1;
/// Files whose state is asked for at a time.
const MAX_SIFTED: usize = 1000;

/// The moment at which the article behind so many others is taken to have come: the list, newest first, has articles
/// without a date in the order in which they were found.
pub(crate) fn before(at: Timestamp, articles: usize) -> Timestamp {
    let earlier = SignedDuration::from_millis(i64::try_from(articles).unwrap_or(i64::MAX));
    at.checked_sub(earlier).unwrap_or(at)
}

/// The files of a folder, by what has to be done about them.
#[derive(Debug, Default)]
pub(crate) struct Sifted {
    /// Those to be read: new, changed, or gone since they were found, which reading tells.
    pub(crate) fresh: Vec<SourceRef>,
    /// How many are in the list as they are.
    pub(crate) known: usize,
    /// The articles of those that are as they were, and that the reader removed.
    pub(crate) removed: Vec<RowId>,
}

/// Finds out which files have to be read: those that are not as they were when they were read last. `ask` says what the
/// library knows of some articles. Files are given by their real paths.
///
/// # Errors
/// Those of `ask`.
pub(crate) fn sift<E>(
    sources: Vec<SourceRef>,
    mut ask: impl FnMut(&[SourceId]) -> Result<Vec<Option<KnownFile>>, E>,
) -> Result<Sifted, E> {
    let (mut sifted, mut sources) = (Sifted::default(), sources.into_iter());
    loop {
        let some: Vec<SourceRef> = sources.by_ref().take(MAX_SIFTED).collect();
        if some.is_empty() {
            return Ok(sifted);
        }
        let states: Vec<Option<FileState>> = some.iter().map(state_of).collect();
        let ids: Vec<SourceId> = states.iter().flatten().map(|state| state.id.clone()).collect();
        let mut known = ask(&ids)?.into_iter();
        for (source, state) in some.into_iter().zip(states) {
            let known = state.as_ref().and_then(|state| known.next()?.filter(|known| known.file == state.file));
            match known {
                None => sifted.fresh.push(source),
                Some(KnownFile { row, is_removed: true, .. }) => sifted.removed.push(row),
                Some(_) => sifted.known += 1,
            }
        }
    }
}

/// What was read at a time.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    /// The articles.
    pub(crate) arrivals: Vec<Arrival>,
    /// What could not be read.
    pub(crate) refused: Vec<(SourceRef, LoadError)>,
}

/// Reads sources in a thread of its own while what was read before is written: one parses while the other packs. It ends
/// with the last source, or when nobody takes the batches any more.
///
/// # Errors
/// When there is no thread to be had.
pub(crate) fn read_ahead(
    sources: Vec<SourceRef>,
    network: Network,
    hints: Hints,
    watch: impl Fn(Progress) -> bool + Send + 'static,
) -> io::Result<Receiver<Batch>> {
    let (give, batches) = mpsc::sync_channel(AHEAD);
    let read = move || {
        let mut sources = sources.into_iter();
        let access = Access { network: &network, watch: &watch, hints };
        while let Some(batch) = read_batch(&mut sources, &access) {
            if give.send(batch).is_err() {
                break;
            }
        }
    };
    thread::Builder::new().name("reading".into()).spawn(read)?;
    Ok(batches)
}

/// Reads the next sources, as many as should be taken in at a time; none if none is left.
fn read_batch(sources: &mut dyn Iterator<Item = SourceRef>, access: &Access<'_>) -> Option<Batch> {
    let (mut batch, mut bytes) = (Batch::default(), 0);
    while batch.arrivals.len() + batch.refused.len() < MAX_SOURCES && bytes < MAX_BYTES {
        let Some(source) = sources.next() else { break };
        match load_safely(&source, access).and_then(|reading| reading.unless_barred(&source)) {
            Ok(reading) => {
                bytes += reading.article.body.as_str().len();
                batch.arrivals.push(arrival(reading));
            }
            Err(error) => batch.refused.push((source, error)),
        }
    }
    (!batch.arrivals.is_empty() || !batch.refused.is_empty()).then_some(batch)
}

/// An article that was read, as the library takes it in.
pub(crate) fn arrival(reading: Reading) -> Arrival {
    let Reading { article, file, .. } = reading;
    Arrival { words: words(article.body.as_str()), article: Arc::new(article), file }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "lays out files to be read")]

    use std::convert::Infallible;

    use super::*;
    use crate::net::Network;

    fn lay(folder: &tempfile::TempDir, name: &str, text: &str) -> SourceRef {
        let path = folder.path().canonicalize().unwrap().join(name);
        std::fs::write(&path, text).unwrap();
        SourceRef::Found(path)
    }

    #[test]
    fn batches_are_bounded_and_what_cannot_be_read_stands_in_no_ones_way() {
        let folder = tempfile::tempdir().unwrap();
        let text = |number| if number == 1 { String::new() } else { format!("Title {number}\n\nWords.\n") };
        let sources: Vec<SourceRef> =
            (0..MAX_SOURCES + 3).map(|number| lay(&folder, &format!("{number:03}.txt"), &text(number))).collect();
        let empty = sources[1].clone();
        let batches: Vec<Batch> =
            read_ahead(sources, Network::default(), Hints::default(), |_| true).unwrap().into_iter().collect();
        let sizes: Vec<_> = batches.iter().map(|batch| (batch.arrivals.len(), batch.refused.len())).collect();
        assert_eq!(sizes, [(MAX_SOURCES - 1, 1), (3, 0)]);
        assert_eq!(batches[0].refused[0].0, empty);
        let first = &batches[0].arrivals[0];
        assert_eq!((first.article.title.as_str(), first.words), ("Title 0", 3));
        let stamp = first.file.unwrap();
        assert!(stamp.size == "Title 0\n\nWords.\n".len() as u64 && stamp.modified > 0);
    }

    #[test]
    fn long_texts_are_taken_in_a_few_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let text = "A long line of words.\n".repeat(MAX_BYTES / 2 / 22 + 99);
        let sources = (0..3).map(|number| lay(&folder, &format!("{number}.txt"), &text)).collect();
        let sizes: Vec<usize> = read_ahead(sources, Network::default(), Hints::default(), |_| true)
            .unwrap()
            .into_iter()
            .map(|batch| batch.arrivals.len())
            .collect();
        assert_eq!(sizes, [2, 1]);
    }

    #[test]
    fn only_what_is_not_as_it_was_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let [same, changed, removed, new] =
            ["same.txt", "changed.txt", "removed.txt", "new.txt"].map(|name| lay(&folder, name, "A title\n\nWords.\n"));
        let gone = SourceRef::Found(folder.path().join("gone.txt"));
        let known = [&same, &changed, &removed].map(|source| state_of(source).unwrap());
        let row = |number| RowId(i64::try_from(number).unwrap());
        lay(&folder, "changed.txt", "A title\n\nOther words.\n");
        let ask = |ids: &[SourceId]| {
            let file = |id: &SourceId| {
                let number = known.iter().position(|known| known.id == *id)?;
                Some(KnownFile { row: row(number), file: known[number].file, is_removed: number == 2 })
            };
            Ok::<_, Infallible>(ids.iter().map(file).collect())
        };
        let sources = vec![gone.clone(), same, changed.clone(), removed, new.clone()];
        let Ok(Sifted { fresh, known, removed }) = sift(sources, ask);
        assert_eq!((fresh, known, removed), (vec![gone, changed, new], 1, vec![row(2)]));
    }
}
