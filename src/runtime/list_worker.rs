//! Answers questions about the list of articles, with a connection of its own that waits for no writer.

use crate::article::{Entry, SourceId};
use crate::command::{Answer, ListAnswer, ListJob, Start};
use crate::library::{LibraryError, LibraryReader};
use crate::query::{ArticleQuery, Order};

use super::edition;
use super::runner::Task;
use super::with_hint;

/// Something for the worker to do.
pub(crate) enum ListTask {
    /// The library is open: this is the way to read it. What the program begins with is answered.
    Open(Box<LibraryReader>),
    /// A question of the screen.
    Job(ListJob),
}

impl Task for ListTask {
    fn failure(&self) -> Answer {
        match self {
            Self::Open(_) => Answer::List(ListAnswer::Start(Box::default())),
            Self::Job(job) => job.failure(),
        }
    }

    fn replaces(&self, earlier: &Self) -> bool {
        match (self, earlier) {
            (Self::Job(job), Self::Job(earlier)) => job.replaces(earlier),
            (Self::Job(_) | Self::Open(_), _) => false,
        }
    }
}

/// Reads the list.
#[derive(Default)]
pub(crate) struct ListWorker {
    /// None until the library is open, and if it cannot be.
    reader: Option<LibraryReader>,
}

impl ListWorker {
    /// Carries out a task. What is asked before the library is open cannot be answered; that is said, as every failure is.
    ///
    /// # Errors
    /// [`LibraryError::Unreadable`], for the one who can mend it; every other is told or logged here.
    pub(crate) fn carry_out(&mut self, task: ListTask, send: &dyn Fn(Answer)) -> Result<(), LibraryError> {
        let result = match task {
            ListTask::Open(reader) => {
                let reader = self.reader.insert(*reader);
                start(reader).map(|start| send(Answer::List(ListAnswer::Start(Box::new(start)))))
            }
            ListTask::Job(job) => {
                let Some(reader) = &mut self.reader else {
                    send(Answer::List(ListAnswer::Failed("The library is not open.".to_owned())));
                    return Ok(());
                };
                answer(reader, job).map(|answer| send(Answer::List(answer)))
            }
        };
        let Err(error) = result else { return Ok(()) };
        let told = format!("The list cannot be read: {}.", with_hint(&error, error.hint()));
        log::warn!("{told}");
        // Keys may wait for the answer.
        send(Answer::List(ListAnswer::Failed(told)));
        match error {
            LibraryError::Unreadable(_) => Err(error),
            _ => Ok(()),
        }
    }
}

fn answer(reader: &mut LibraryReader, job: ListJob) -> Result<ListAnswer, LibraryError> {
    Ok(match job {
        ListJob::Window { request, query, order, around, rows, as_of } => {
            ListAnswer::Window(request.reply(reader.window_as_of(&query, &as_of, order, around, rows)?))
        }
        ListJob::Excerpts { request, query, rows } => {
            ListAnswer::Excerpts(request.reply(reader.excerpts(&query, &rows)?))
        }
        ListJob::Neighbour { request, query, order, from, forward, unread_only } => {
            let found = reader.neighbour(&query, order, from, forward, unread_only)?;
            ListAnswer::Neighbour(request.reply(found.map(Box::new)))
        }
        ListJob::Unread { request, query, order, through } => {
            ListAnswer::Unread(request.reply(reader.unread_through(&query, order, through)?.into()))
        }
        ListJob::Known { request, id } => ListAnswer::Known(request.reply(reader.entry(&id)?.is_some())),
        ListJob::Counts { request } => ListAnswer::Counts(request.reply(reader.counts(&ArticleQuery::default())?)),
        ListJob::CountEach { request, queries } => {
            let counted = queries.iter().map(|query| reader.counts(query)).collect::<Result<_, _>>()?;
            ListAnswer::CountedEach(request.reply(counted))
        }
        ListJob::FeedCounts { request } => ListAnswer::FeedCounts(request.reply(reader.feed_counts()?)),
        ListJob::Tags => ListAnswer::Tags(reader.tags()?),
    })
}

/// What the program begins with: nobody wants the manual again who has anything else to read.
fn start(reader: &mut LibraryReader) -> Result<Start, LibraryError> {
    let (everything, order) = (ArticleQuery::default(), Order::Newest);
    let has_own = reader.has_own()?;
    let manual = edition::slugs().next().map(SourceId::of_edition);
    let is_manual = |entry: &Entry| Some(&entry.id) == manual.as_ref();
    let begun = reader.last_read()?.filter(|entry| !(has_own && is_manual(entry)));
    let mut first_unread = reader.first_unread(&everything, order)?;
    // If the one that was begun cannot be opened any more, another one has to be.
    let is_begun = |entry: &Entry| begun.as_ref().is_some_and(|begun| begun.row == entry.row);
    while let Some(entry) = first_unread.take_if(|entry| has_own && is_manual(entry) || is_begun(entry)) {
        first_unread = reader.neighbour(&everything, order, Some(entry.row), true, true)?;
    }
    Ok(Start { begun, first_unread })
}
