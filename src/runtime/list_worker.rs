//! Answers questions about the list of articles, with a connection of its own that waits for no writer.

use crate::command::{Answer, ListAnswer, ListJob, Start};
use crate::library::{LibraryError, LibraryReader};
use crate::query::{ArticleQuery, Order};

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
    /// Carries out a task. What is asked before the library is open is not answered: it is asked again with the start.
    ///
    /// # Errors
    /// [`LibraryError::Unreadable`], for the one who can mend it; every other is told or logged here.
    pub(crate) fn carry_out(&mut self, task: ListTask, send: &dyn Fn(Answer)) -> Result<(), LibraryError> {
        let result = match task {
            ListTask::Open(reader) => {
                let reader = self.reader.insert(*reader);
                start(reader).map(|start| send(Answer::List(ListAnswer::Start(Box::new(start)))))
            }
            ListTask::Job(job) => match &mut self.reader {
                Some(reader) => answer(reader, job).map(|answer| send(Answer::List(answer))),
                None => Ok(()),
            },
        };
        match result {
            Err(error @ LibraryError::Unreadable(_)) => Err(error),
            Err(error) => {
                log::warn!("the list cannot be read: {}", with_hint(&error, error.hint()));
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }
}

fn answer(reader: &mut LibraryReader, job: ListJob) -> Result<ListAnswer, LibraryError> {
    Ok(match job {
        ListJob::Window { request, query, order, around, rows } => {
            ListAnswer::Window(request.reply(reader.window(&query, order, around, rows)?))
        }
        ListJob::Neighbour { request, query, order, from, forward, unread_only } => {
            ListAnswer::Neighbour(request.reply(reader.neighbour(&query, order, from, forward, unread_only)?))
        }
        ListJob::Unread { request, query, order, through } => {
            ListAnswer::Unread(request.reply(reader.unread_through(&query, order, through)?.into()))
        }
        ListJob::Known { request, id } => ListAnswer::Known(request.reply(reader.entry(&id)?.is_some())),
        ListJob::Tags => ListAnswer::Tags(reader.tags()?),
    })
}

/// What the program begins with.
fn start(reader: &mut LibraryReader) -> Result<Start, LibraryError> {
    let everything = ArticleQuery::default();
    Ok(Start {
        begun: reader.last_read()?,
        first_unread: reader.first_unread(&everything, Order::Newest)?,
        has_own: reader.has_own()?,
    })
}
