//! Resolves the names on the command line and loads the articles.

use std::ffi::{OsStr, OsString};
use std::io::{IsTerminal, stdin};
use std::path::Path;

use serde::Serialize;

use super::error::{CliError, Exit, Failure};
use super::{Context, fetching, kept, messages};
use crate::intake::Hints;
use crate::io::sources::{SourceError, SourceRef, resolve};
use crate::runtime::loading::{Reading, load};
use crate::runtime::refused::Refused;

/// Loads the single article that `name` refers to, of which something is known or wanted. One that a feed brought has the
/// words it has in the library, unless its page is wanted in another way.
pub(super) fn load_one(context: &Context, name: &OsStr, hints: Hints) -> Result<Reading, CliError> {
    let is_as_it_is = hints.encoding.is_none() && hints.url.is_none() && !hints.whole;
    if is_as_it_is && let Some(article) = kept::article(context, name)? {
        return Ok(Reading::kept(article));
    }
    let found = resolve(name)?.sources;
    let [source] = found.as_slice() else {
        return Err(CliError::from(SourceError::Folder(name.into())).hint("name one of the files in it"));
    };
    Ok(fetching::told(&context.setup.network, |access| load(source, &access.wanting(hints)))?)
}

/// Fails if standard input is named and is the keyboard; `call` is what to write behind a pipe.
pub(super) fn refuse_keyboard(names: &[OsString], call: &str) -> Result<(), CliError> {
    if names.iter().any(|name| name == "-") && stdin().is_terminal() {
        return Err(CliError::new(Exit::Usage, "`-` is standard input, which is the keyboard here")
            .hint(format!("pipe a text in: `command | dateline {call}`, or name the file `./-`")));
    }
    Ok(())
}

/// A source with its name, or why it is unavailable.
pub(super) struct NamedSource {
    /// The name that was typed, or the path of a file in a folder.
    pub name: String,
    /// The source.
    pub source: Result<SourceRef, SourceError>,
}

/// Finds the sources that `names` refer to, in this order.
///
/// The second value says whether this is a single source: one name that is not a folder.
pub(super) fn find_all(names: &[OsString]) -> (Vec<NamedSource>, bool) {
    let mut all = Vec::new();
    for name in names {
        let typed = || name.to_string_lossy().into_owned();
        match resolve(name) {
            Ok(found) => {
                let of_source = |source: SourceRef| {
                    let name = match &source {
                        SourceRef::File(path) | SourceRef::Found(path) => path.to_string_lossy().into_owned(),
                        SourceRef::Stdin | SourceRef::Edition(_) | SourceRef::Web(_) | SourceRef::Kept(_) => typed(),
                    };
                    NamedSource { name, source: Ok(source) }
                };
                all.extend(found.sources.into_iter().map(of_source));
                all.extend(found.left_out.into_iter().map(|error| {
                    let path = error.path().map(|path| path.to_string_lossy().into_owned());
                    NamedSource { name: path.unwrap_or_else(typed), source: Err(error) }
                }));
            }
            Err(error) => all.push(NamedSource { name: typed(), source: Err(error) }),
        }
    }
    let is_one = matches!(names, [name] if !Path::new(name).is_dir()) && all.len() == 1;
    (all, is_one)
}

/// The JSON entry of an article that cannot be read.
#[derive(Serialize)]
pub(super) struct FailedSource<'a> {
    source: &'a str,
    error: Failure,
}

impl<'a> FailedSource<'a> {
    /// Of the source of that name.
    pub(super) fn of(name: &'a str, error: &CliError) -> Self {
        Self { source: name, error: error.failure() }
    }
}

/// Counts the outcomes of several sources.
#[derive(Debug, Default)]
pub(super) struct Tally {
    done: usize,
    /// The exit status of the first failure.
    failed: Option<Exit>,
}

impl Tally {
    /// Counts a success.
    pub(super) fn done(&mut self) {
        self.done += 1;
    }

    /// Whether any has succeeded yet.
    pub(super) fn any_done(&self) -> bool {
        self.done > 0
    }

    /// Counts a failure and prints it.
    pub(super) fn failed(&mut self, error: &CliError) {
        let exit = messages::error(error);
        self.failed.get_or_insert(exit);
    }

    /// Counts what could not be read of very many sources, and prints each reason once.
    pub(super) fn refused(&mut self, refused: Refused) {
        for group in refused.into_groups() {
            if group.count == 1 {
                self.failed(&group.first.into());
                continue;
            }
            let message = format!("{} files: {}", group.count, group.reason);
            messages::errors(&message, &group.names, group.unnamed(), group.hint().as_deref());
            self.failed.get_or_insert(CliError::from(group.first).kind);
        }
    }

    /// The overall exit status.
    pub(super) fn exit(&self) -> Exit {
        match self.failed {
            None => Exit::Success,
            Some(_) if self.done > 0 => Exit::Partial,
            Some(exit) => exit,
        }
    }
}
