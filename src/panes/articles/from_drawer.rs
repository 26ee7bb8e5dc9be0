//! The commands of the drawer that change the list or ask for something, and fetching what is new.

use crate::command::{Command, Effect, FeedJob, LibraryJob, Notice, SourceJob};
use crate::panes::prompt::{Prompt, Purpose};
use crate::panes::{Ask, Context, Shared};

use super::Articles;
use super::drawer::ListedSource;
use super::narrowing::ListedName;

impl Articles {
    /// Carries out a command of the drawer.
    pub(super) fn update_drawer(&mut self, command: Command, context: &Context<'_>) -> Vec<Ask> {
        let shared = context.shared;
        if !self.drawer.is_open {
            let key = shared.keymap.named(Command::ShowSources);
            return vec![Ask::Tell(Notice::hint(format!(
                "{key} in the articles shows feeds and saved searches first."
            )))];
        }
        match command {
            Command::EditSource | Command::RemoveSource | Command::PauseSource => {
                return vec![self.drawer.change(command, shared)];
            }
            Command::FoldSource => return self.drawer.fold(shared).into_iter().collect(),
            Command::FetchSource => {
                return self.drawer.fetch(shared).map_or_else(|| refresh_all(shared, None), |ask| vec![ask]);
            }
            Command::MarkSourceRead => {
                let listed = self.drawer.listed(shared);
                return listed.map(|listed| Ask::MarkAnswersRead(listed.query)).into_iter().collect();
            }
            Command::AddHere => return vec![Ask::Type(Prompt::new(Purpose::Source(self.drawer.folder()), ""))],
            Command::ListSource => {
                let Some(ListedSource { name, typed, query }) = self.drawer.listed(shared) else {
                    return vec![Ask::Tell(Notice::hint("There is nothing here."))];
                };
                self.before_filter = None;
                self.narrow(&typed, query);
                self.listed = name.map(|name| ListedName { name, feeds: self.drawer.addresses(shared) });
            }
            Command::CloseSources if self.drawer.is_narrowed() => {
                self.drawer.narrow("", shared);
                return Vec::new();
            }
            _ => {}
        }
        self.drawer.close();
        Vec::new()
    }
}

/// Looks for what is new: in these feeds or all of them, on the disk, and by others.
pub(super) fn refresh_all(shared: &Shared, feeds: Option<Vec<String>>) -> Vec<Ask> {
    let has_feeds = shared.subscriptions.all().next().is_some();
    let last = if has_feeds {
        // How far that is stands below the list, and then what came of it.
        Ask::Do(Effect::Feeds(FeedJob::Fetch { feeds, is_asked_for: true }))
    } else {
        Ask::Tell(Notice::hint("Looking again at the folders that were added, and at what others marked."))
    };
    vec![
        Ask::Do(Effect::Sources(SourceJob::LookAgain { is_told: !has_feeds })),
        Ask::Do(Effect::Library(LibraryJob::Refresh)),
        last,
    ]
}
