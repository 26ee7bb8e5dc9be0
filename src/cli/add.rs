//! `dateline add`: puts articles into the library, and notes folders that are looked at again at each start.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::Context;
use super::args::AddSourcesArgs;
use super::error::{CliError, Exit};
use super::fetching;
use super::library::{articles, open};
use super::sources::{Tally, refuse_keyboard};
use crate::article::{Arrived, RowId};
use crate::io::clock;
use crate::io::sources::{SourceRef, named, resolve};
use crate::mark::MarkChange;
use crate::runtime::adding::{before, read_batch};
use crate::runtime::catalogue::Catalogue;
use crate::runtime::loading::Access;

/// Names that are told of what is left out.
const MAX_NAMED: usize = 3;

/// Adds every source; what cannot be read is told, and the rest goes on.
pub(super) fn run(context: &mut Context, args: &AddSourcesArgs) -> Result<Exit, CliError> {
    refuse_keyboard(&args.sources, "add -")?;
    let mut tally = Tally::default();
    let (folders, sources) = find(&args.sources, &mut tally);
    if folders.is_empty() && sources.is_empty() {
        return Ok(tally.exit());
    }
    let mut catalogue = open(context)?;
    if !sources.is_empty() {
        let network = &context.setup.network;
        let added =
            fetching::told(network, |access| add(&mut catalogue, sources, access, ComesBack::Always, &mut tally))?;
        context.say(&added.told(""))?;
    }
    for Folder { name, path, sources, left_out } in folders {
        let is_new = !catalogue.library.folders()?.iter().any(|(known, _)| *known == path);
        catalogue.library.add_folder(&path, clock::now())?;
        let comes_back = if is_new { ComesBack::IfKnown } else { ComesBack::Never };
        let access = Access::quiet(&context.setup.network);
        let mut added = add(&mut catalogue, sources, &access, comes_back, &mut tally)?;
        added.left_out.extend(left_out);
        context.say(&added.told(&format!(" from {name}")))?;
        if is_new {
            context.say(&format!("{name} is looked at again at each start"))?;
        }
        tally.done();
    }
    Ok(tally.exit())
}

/// A folder that was named, and the texts in it.
struct Folder {
    name: String,
    /// Absolute, without symbolic links.
    path: PathBuf,
    sources: Vec<SourceRef>,
    /// The names of what is left out, which was told.
    left_out: Vec<String>,
}

/// The folders and the other sources that the names stand for; what is not there is told.
fn find(names: &[OsString], tally: &mut Tally) -> (Vec<Folder>, Vec<SourceRef>) {
    let (mut folders, mut sources) = (Vec::new(), Vec::new());
    for name in names {
        let resolved = match resolve(name) {
            Ok(resolved) => resolved,
            Err(error) => {
                tally.failed(&error.into());
                continue;
            }
        };
        let Some(path) = named::folder(name) else {
            sources.extend(resolved.sources);
            continue;
        };
        let name = name.to_string_lossy().into_owned();
        let mut left_out = Vec::new();
        for error in resolved.left_out {
            // Of a folder with too many texts the rest has no names.
            left_out.extend(error.path().filter(|inside| **inside != path).map(short));
            tally.failed(&error.into());
        }
        folders.push(Folder { name, path, sources: resolved.sources, left_out });
    }
    (folders, sources)
}

/// Which of the articles that were removed once are wanted again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ComesBack {
    /// They were named one by one.
    Always,
    /// Their folder was added anew: those that this library has, since removing a folder removes them. Marks that come
    /// from elsewhere, or from before the library was deleted, hold.
    IfKnown,
    /// Their folder is looked at again.
    Never,
}

/// What became of sources.
#[derive(Debug, Default)]
struct Added {
    new: usize,
    back: usize,
    known: usize,
    /// Those that stay removed.
    removed: usize,
    left_out: Vec<String>,
}

fn add(
    catalogue: &mut Catalogue,
    sources: Vec<SourceRef>,
    access: &Access<'_>,
    comes_back: ComesBack,
    tally: &mut Tally,
) -> Result<Added, CliError> {
    let (mut added, mut sources) = (Added::default(), sources.into_iter());
    let (began, mut read) = (clock::now(), 0);
    loop {
        let arrivals = read_batch(&mut sources, access, &mut |source, error| {
            if let SourceRef::Found(path) | SourceRef::File(path) = source {
                added.left_out.push(short(path));
            }
            tally.failed(&error.into());
        });
        if arrivals.is_empty() {
            return Ok(added);
        }
        let arrived = catalogue.arrive(&arrivals, false, before(began, read))?;
        read += arrivals.len();
        let back: Vec<RowId> = arrived.iter().filter(|one| returns(one, comes_back)).map(|one| one.row).collect();
        if !back.is_empty() {
            catalogue.mark(&back, &MarkChange::Removed(false), clock::now())?;
        }
        for one in &arrived {
            match (one.was_removed, one.is_new) {
                (true, _) if returns(one, comes_back) => added.back += 1,
                (true, _) => added.removed += 1,
                (false, true) => added.new += 1,
                (false, false) => added.known += 1,
            }
            tally.done();
        }
    }
}

fn returns(arrived: &Arrived, comes_back: ComesBack) -> bool {
    arrived.was_removed
        && match comes_back {
            ComesBack::Always => true,
            ComesBack::IfKnown => !arrived.is_new,
            ComesBack::Never => false,
        }
}

impl Added {
    /// What was added, `from` somewhere, in one sentence.
    fn told(&self, from: &str) -> String {
        let Self { new, back, known, removed, left_out } = self;
        let mut parts = vec![match (new, back) {
            (0, 0) => format!("Added nothing{from}"),
            (0, back) => format!("Brought back {}{from}", articles(*back)),
            (new, 0) => format!("Added {}{from}", articles(*new)),
            (new, back) => format!("Added {}{from} and brought back {back}", articles(*new)),
        }];
        if *known > 0 {
            parts.push(format!("{} {} there already", articles(*known), if *known == 1 { "is" } else { "are" }));
        }
        if *removed > 0 {
            let stay = if *removed == 1 { "stays" } else { "stay" };
            parts.push(format!("{} {stay} removed until added by name", articles(*removed)));
        }
        let told = parts.join("; ");
        if left_out.is_empty() {
            return told;
        }
        let mut names: Vec<String> = left_out.iter().take(MAX_NAMED).cloned().collect();
        if left_out.len() > MAX_NAMED {
            names.push(format!("{} more", left_out.len() - MAX_NAMED));
        }
        format!("{told} ({} left out: {})", left_out.len(), names.join(", "))
    }
}

/// The name of a file without its folder.
fn short(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_one_sentence() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        for (added, told) in [
            (Added { new: 400, ..Added::default() }, "Added 400 articles from stories"),
            (Added::default(), "Added nothing from stories"),
            (Added { back: 1, ..Added::default() }, "Brought back 1 article from stories"),
            (Added { known: 400, ..Added::default() }, "Added nothing from stories; 400 articles are there already"),
            (
                Added { new: 2, back: 1, known: 1, removed: 3, left_out: vec![] },
                "Added 2 articles from stories and brought back 1; 1 article is there already; \
                 3 articles stay removed until added by name",
            ),
            (
                Added { new: 2, left_out: names(&["a", "b", "c", "d", "e"]), ..Added::default() },
                "Added 2 articles from stories (5 left out: a, b, c, 2 more)",
            ),
        ] {
            assert_eq!(added.told(" from stories"), told);
        }
    }
}
