//! `dateline [SOURCE…]`: opens the reader.

use std::ffi::{OsStr, OsString};
use std::io::{IsTerminal, stdin, stdout};
use std::panic::catch_unwind;

use super::args;
use super::bindings::override_of;
use super::error::{CliError, Exit};
use super::messages;
use super::setup::Setup;
use super::sources::refuse_keyboard;
use crate::command::{Keymap, Notice, Override};
use crate::intake::{Hints, TextEncoding};
use crate::io::sources::{self, SourceError, SourceRef, named};
use crate::net::Network;
use crate::runtime::loading::{Access, load};
use crate::runtime::{self, Start, edition};
use crate::terminal::capabilities::{background, color_depth};
use crate::text::alike::nearest;
use crate::ui::Theme;

/// Opens the reader on the sources; without any, on what is piped in, or else on the library.
pub(super) fn run(setup: Setup, mut sources: Vec<OsString>, encoding: Option<TextEncoding>) -> Result<Exit, CliError> {
    if sources.is_empty() && named::is_piped(&stdin()) {
        sources.push("-".into());
    }
    check_sources(&sources, encoding)?;
    if !stdout().is_terminal() {
        return Err(CliError::new(Exit::Usage, "the reader needs a terminal to show its pages on")
            .hint("`dateline read SOURCE` prints a page"));
    }
    if setup.env.is_dumb() {
        return Err(CliError::new(Exit::Usage, "this terminal cannot show the reader's pages (TERM=dumb)")
            .hint("`dateline read SOURCE` prints a page; in a terminal that can do more, set TERM to its name"));
    }
    let theme = Theme::new(color_depth(setup.settings.color, &setup.env), background(setup.settings.theme, &setup.env));
    let overrides: Vec<Override> = setup.settings.keys.iter().filter_map(override_of).collect();
    let start = Start {
        paths: setup.paths()?.clone(),
        keymap: Keymap::with_overrides(&overrides),
        theme,
        network: setup.network,
        sources,
        encoding,
        say: messages::note,
        notices: setup.problems.into_iter().map(Notice::error).collect(),
        settings: setup.settings,
    };
    runtime::run(start).map_err(|error| CliError::new(Exit::Io, error.to_string()).hint(error.hint()))?;
    Ok(Exit::Success)
}

/// How many files are tried before the terminal is claimed, and their maximum size; beyond that, the reader itself
/// reports what cannot be read.
const MAX_TRIED: usize = 3;
const MAX_TRIED_BYTES: u64 = 1 << 20;

/// Fails, before the terminal is claimed, if nothing can be opened; if one source exists, the reader reports the
/// others. A first word that does not exist but resembles a verb is taken for a typo.
fn check_sources(names: &[OsString], encoding: Option<TextEncoding>) -> Result<(), CliError> {
    refuse_keyboard(names, "-")?;
    let mut first_error = None;
    for (number, name) in names.iter().enumerate() {
        let error = match resolve_source(name) {
            Ok(found) if names.len() <= MAX_TRIED => match try_loading(&found, encoding) {
                Ok(()) => return Ok(()),
                Err(error) => error,
            },
            Ok(_) => return Ok(()),
            Err(error) => {
                if number == 0
                    && let Some(error) = misspelt_verb(name, &error)
                {
                    return Err(error);
                }
                error.into()
            }
        };
        first_error.get_or_insert(error);
    }
    first_error.map_or(Ok(()), Err)
}

/// The error for a first word that does not exist but resembles a verb.
fn misspelt_verb(name: &OsStr, error: &SourceError) -> Option<CliError> {
    let SourceError::NotFound { similar, .. } = error else { return None };
    let verb = similar_verb(name)?;
    let hint = match similar {
        Some(file) => format!("did you mean `dateline {verb}` or the file {}?", file.to_string_lossy()),
        None => format!("did you mean `dateline {verb}`?"),
    };
    let message = format!("neither a command nor a file is called {}", name.to_string_lossy());
    Some(CliError::new(Exit::Usage, message).hint(hint))
}

/// Resolves a name, including those of the edition.
fn resolve_source(name: &OsStr) -> Result<Vec<SourceRef>, SourceError> {
    let found = sources::resolve(name)?.sources;
    match found.as_slice() {
        [SourceRef::Edition(slug)] if !edition::slugs().any(|known| known == slug) => {
            Err(SourceError::Edition(slug.clone()))
        }
        _ => Ok(found),
    }
}

/// Loads a single small file to see whether it is an article. If that panics, the reader will report it.
fn try_loading(found: &[SourceRef], encoding: Option<TextEncoding>) -> Result<(), CliError> {
    match found {
        [source] if source.is_file_within(MAX_TRIED_BYTES) => {
            match catch_unwind(|| {
                load(source, &Access::quiet(&Network::default()).wanting(Hints::in_encoding(encoding)))
            }) {
                Ok(Err(error)) => Err(error.into()),
                Ok(Ok(_)) | Err(_) => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// The verb that `word` probably stands for; a word with a slash or a full stop is a file.
fn similar_verb(word: &OsStr) -> Option<String> {
    let word = word.to_str().filter(|word| !word.contains(['/', '.']))?;
    let verbs = args::verbs();
    nearest(word, verbs.iter().map(String::as_str)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "lays out files to be named")]

    use super::*;

    #[test]
    fn a_typo_in_a_verb_is_recognised_and_a_file_name_is_not_taken_for_one() {
        for (word, verb) in [("entites", "entities"), ("bookmark", "bookmarks"), ("Doctr", "doctor"), ("raed", "read")]
        {
            assert_eq!(similar_verb(OsStr::new(word)).as_deref(), Some(verb), "{word}");
        }
        for word in ["story.txt", "doctor.txt", "./raed", "lists.md", "manners", ""] {
            assert_eq!(similar_verb(OsStr::new(word)), None, "{word}");
        }
    }

    #[test]
    fn a_file_without_an_article_is_refused_unless_another_has_one() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, words: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, words).unwrap();
            path.into_os_string()
        };
        let (empty, good) = (file("empty.txt", ""), file("good.txt", "A title\n\nA few words.\n"));
        let missing = folder.path().join("missing.txt").into_os_string();
        let error = check_sources(std::slice::from_ref(&empty), None).unwrap_err();
        assert!(error.kind == Exit::BadInput && error.message.contains("empty.txt"), "{}", error.message);
        let error = check_sources(&[missing.clone(), empty.clone()], None).unwrap_err();
        assert!(error.message.contains("missing.txt"), "{}", error.message);
        for readable in [vec![empty.clone(), good.clone()], vec![missing, good], vec![empty; 4], vec![]] {
            assert!(check_sources(&readable, None).is_ok(), "{readable:?}");
        }
    }
}
