//! The lines of `entities.tsv`: a verb and what it is about, with tabs between; `#` begins a comment.
//!
//! ```text
//! merge    KIND  NAME  KIND  NAME    the first is another name of the second
//! split    KIND  FORM                this form of a name is nobody else's
//! rename   KIND  NAME  NAME          the name to be shown
//! retype   KIND  NAME  KIND          what it is
//! ignore   KIND  NAME
//! follow   KIND  NAME
//! ```
//!
//! A line that cannot be understood costs that line only; it stays in the file.

use std::fmt;

use super::{Correction, Corrections, Named, Verb};
use crate::entity::kind::{Kind, UnknownKind};
use crate::text::sanitize::one_line;

/// Explains the file to anybody who opens it.
const HEADER: &str = "# What you know better than dateline about the names in articles. One correction a line, with tabs \
                      between its parts;\n# the verbs are merge, split, rename, retype, ignore and follow. A line that \
                      begins with # is a comment.\n";

/// A line of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CorrectionLine {
    /// As it stands there.
    text: String,
    /// What it says; none for comments, blank lines and what cannot be understood.
    pub(super) correction: Option<Correction>,
    /// Whether no later line says something else, and no earlier one leads back to it.
    pub(super) holds: bool,
}

impl CorrectionLine {
    /// What a new file begins with.
    pub(super) fn header() -> impl Iterator<Item = Self> {
        HEADER.lines().map(|text| Self { text: text.to_owned(), correction: None, holds: false })
    }

    /// A new line.
    pub(super) fn of(correction: Correction) -> Self {
        Self { text: write(&correction), correction: Some(correction), holds: true }
    }
}

/// A line that says nothing, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Its number, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

impl Corrections {
    /// Reads the text of the file; lines that are wrong are named and left out.
    pub fn from_tsv(text: &str) -> (Self, Vec<Fault>) {
        let mut corrections = Self::default();
        let mut faults = Vec::new();
        for (number, text) in (1..).zip(text.lines()) {
            let said = text.trim();
            let correction = if said.is_empty() || said.starts_with('#') {
                None
            } else {
                read(text).map_err(|reason| faults.push(Fault { line: number, reason })).ok()
            };
            corrections.lines.push(CorrectionLine { text: text.to_owned(), correction, holds: false });
        }
        for number in corrections.hold_all() {
            let reason = "it leads round in a circle with lines before it".to_owned();
            faults.push(Fault { line: number + 1, reason });
        }
        faults.sort_by_key(|fault| fault.line);
        (corrections, faults)
    }

    /// The text of the file, with every comment and every wrong line in its place.
    pub fn to_tsv(&self) -> String {
        let mut text = String::new();
        for line in &self.lines {
            text.push_str(&line.text);
            text.push('\n');
        }
        text
    }
}

fn write(correction: &Correction) -> String {
    let Named { kind, name } = correction.about();
    let line = format!("{}\t{kind}\t{name}", correction.verb().word());
    match correction {
        Correction::Merge(_, into) => format!("{line}\t{}\t{}", into.kind, into.name),
        Correction::Rename(_, name) => format!("{line}\t{name}"),
        Correction::Retype(_, kind) => format!("{line}\t{kind}"),
        Correction::Split(_) | Correction::Ignore(_) | Correction::Follow(_) => line,
    }
}

/// What a line says, or why it says nothing.
fn read(line: &str) -> Result<Correction, String> {
    let parts: Vec<String> = line.split('\t').map(one_line).collect();
    let (word, parts) = parts.split_first().ok_or("it is empty")?;
    let Some(verb) = Verb::ALL.into_iter().find(|verb| verb.word() == word) else {
        let begins = |verb: &Verb| word.starts_with(&format!("{} ", verb.word()));
        if Verb::ALL.iter().any(begins) {
            return Err("its parts are not set apart by tabs".to_owned());
        }
        let verbs = Verb::ALL.map(Verb::word).join(", ");
        return Err(format!("“{word}” is no verb; the verbs are {verbs}"));
    };
    let wanted: &[&str] = match verb {
        Verb::Merge => &["kind", "name", "kind", "name"],
        Verb::Rename => &["kind", "name", "new name"],
        Verb::Retype => &["kind", "name", "new kind"],
        Verb::Split | Verb::Ignore | Verb::Follow => &["kind", "name"],
    };
    // A spreadsheet leaves empty cells at the ends of lines.
    let length = parts.iter().rposition(|part| !part.is_empty()).map_or(0, |last| last + 1);
    let (Some(parts), true) = (parts.get(..length), length == wanted.len()) else {
        return Err(format!("after {word} come {}, with tabs between", wanted.join(", ")));
    };
    let named = |kind: &str, name: &str| {
        let kind = kind.parse().map_err(|unknown: UnknownKind| unknown.to_string())?;
        Named::new(kind, name).ok_or_else(|| format!("“{name}” is no name"))
    };
    let kind_of_name = |kind: Kind| {
        if kind.is_name() { Ok(kind) } else { Err(format!("no name is a {kind}")) }
    };
    match (verb, parts) {
        (Verb::Merge, [kind, name, into, other]) => {
            let (which, into) = (named(kind, name)?, named(into, other)?);
            kind_of_name(into.kind)?;
            if which.key() == into.key() {
                return Err("both are the same name".to_owned());
            }
            Ok(Correction::Merge(which, into))
        }
        (Verb::Rename, [kind, name, new]) => {
            let which = named(kind, name)?;
            let Named { name, .. } = Named::new(which.kind, new).ok_or_else(|| format!("“{new}” is no name"))?;
            Ok(Correction::Rename(which, name))
        }
        (Verb::Retype, [kind, name, new]) => {
            let new: Kind = new.parse().map_err(|unknown: UnknownKind| unknown.to_string())?;
            Ok(Correction::Retype(named(kind, name)?, kind_of_name(new)?))
        }
        (Verb::Split, [kind, name]) => Ok(Correction::Split(named(kind, name)?)),
        (Verb::Ignore, [kind, name]) => Ok(Correction::Ignore(named(kind, name)?)),
        (Verb::Follow, [kind, name]) => Ok(Correction::Follow(named(kind, name)?)),
        _ => Err("it is not complete".to_owned()),
    }
}
