//! From the names on the command line to articles.

use std::ffi::OsStr;
use std::path::Path;

use super::error::{CliError, Exit};
use super::messages;
use crate::io::sources::{SourceError, SourceRef, resolve};
use crate::runtime::loading::{Reading, load};

/// Reads the one article that `name` stands for.
pub(super) fn load_one(name: &OsStr) -> Result<Reading, CliError> {
    let found = resolve(name)?.sources;
    let [source] = found.as_slice() else {
        return Err(CliError::from(SourceError::Folder(name.into())).hint("name one of the files in it"));
    };
    Ok(load(source)?)
}

/// Finds the sources that `names` stand for; whatever is not there is told.
///
/// The second value says whether they are one: a single name that is no folder.
pub(super) fn find_all(names: &[impl AsRef<OsStr>], tally: &mut Tally) -> (Vec<SourceRef>, bool) {
    let mut sources = Vec::new();
    for name in names {
        match resolve(name.as_ref()) {
            Ok(found) => {
                for error in found.left_out {
                    tally.failed(error);
                }
                sources.extend(found.sources);
            }
            Err(error) => tally.failed(error),
        }
    }
    let is_one = matches!(names, [name] if !Path::new(name.as_ref()).is_dir()) && sources.len() <= 1;
    (sources, is_one)
}

/// What became of several sources.
#[derive(Debug, Default)]
pub(super) struct Tally {
    done: usize,
    /// What the first failure alone would lead to.
    failed: Option<Exit>,
}

impl Tally {
    /// One more was done.
    pub(super) fn done(&mut self) {
        self.done += 1;
    }

    /// One more failed; tells why.
    pub(super) fn failed(&mut self, error: impl Into<CliError>) {
        let exit = messages::error(&error.into());
        self.failed.get_or_insert(exit);
    }

    /// The exit status of it all.
    pub(super) fn exit(&self) -> Exit {
        match self.failed {
            None => Exit::Done,
            Some(_) if self.done > 0 => Exit::Partly,
            Some(exit) => exit,
        }
    }
}
