//! What a person can say of a name that is wrong: the choices of `c`, and those that follow some of them.

use std::cmp::Reverse;

use crate::command::Notice;
use crate::entity::corrections::{Correction, Corrections, Named, forms_apart};
use crate::entity::likeness::Likeness;
use crate::entity::{Entity, Kind};
use crate::panes::picker::Picker;
use crate::panes::prompt::{Prompt, Purpose};
use crate::panes::reader::Open;
use crate::panes::{Ask, Change};

/// The choices for one of the entities.
pub(super) fn choices(entity: &Entity, open: &Open, corrections: &Corrections) -> Ask {
    let Some(which) = Named::new(entity.kind, &entity.name) else {
        return Ask::Tell(Notice::hint("This has no letters to know it by in other articles."));
    };
    let ignore = Ask::Correct(Correction::Ignore(which.clone()));
    let mut choices: Vec<(&str, &str, Ask)> = vec![("ignore", "leave it out", ignore)];
    let is_name = entity.kind.is_name();
    if is_name {
        let prompt = Prompt::new(Purpose::Rename(which.clone()), entity.name.clone());
        choices.push(("rename …", "show it under another name", Ask::Type(prompt)));
    }
    choices.push(("retype …", "say what it is", kinds(entity, &which)));
    if is_name {
        if let Some(ask) = others(entity, &which, open) {
            choices.push(("merge into …", "it is another name of something else here", ask));
        }
        if let Some(ask) = forms(entity) {
            choices.push(("split off …", "one of its names is somebody else's", ask));
        }
        if !entity.followed {
            choices.push(("follow", "mark it and list it first", Ask::Correct(Correction::Follow(which))));
        }
    }
    let behind = corrections.behind(&open.article.body, open.found.clone(), entity);
    let choices = choices.into_iter().map(|(name, does, ask)| (format!("{name:<14}{does}"), String::new(), ask));
    let choices = choices.chain(behind.iter().map(take_back));
    Ask::Pick(Picker::asking(format!("“{}”, in every article", entity.name), choices))
}

/// All corrections, each to be taken back.
pub(super) fn list(corrections: &Corrections) -> Ask {
    if corrections.is_empty() {
        return Ask::Tell(Notice::hint("You have corrected no name yet."));
    }
    let choices = corrections.all().map(take_back);
    Ask::Pick(Picker::asking("Your corrections".to_owned(), choices))
}

/// What was typed is the name to be shown.
pub fn renamed(which: &Named, typed: &str) -> Ask {
    match Named::new(Kind::Person, typed) {
        Some(new) if new.name() == which.name() => Ask::Tell(Notice::hint("That is its name already.")),
        Some(new) => Ask::Correct(Correction::Rename(which.clone(), new.name().to_owned())),
        None => Ask::Tell(Notice::hint("A name needs a letter or a digit; it stays as it was.")),
    }
}

fn take_back(correction: &Correction) -> (String, String, Ask) {
    let told = format!("No longer: {correction}");
    let ask = Ask::Make(Change::Corrections(Corrections::dropping(correction)), told);
    (format!("take back: {correction}"), String::new(), ask)
}

fn kinds(entity: &Entity, which: &Named) -> Ask {
    let kinds = Kind::ALL.into_iter().filter(|kind| kind.is_name() && *kind != entity.kind);
    let choices =
        kinds.map(|kind| (kind.to_string(), String::new(), Ask::Correct(Correction::Retype(which.clone(), kind))));
    Ask::Pick(Picker::asking(format!("“{}” is", entity.name), choices))
}

/// How many names, and forms of each, are compared at most: some milliseconds' work. No article has as many.
const MOST_COMPARED: usize = 1_000;
const MOST_FORMS: usize = 4;

/// What it may be another name of: names like its own first, and a word of warning where it would become another kind of
/// thing.
fn others(entity: &Entity, which: &Named, open: &Open) -> Option<Ask> {
    let like = Likeness::to(&entity.name);
    let others = open.entities.iter().filter(|other| other.kind.is_name());
    let mut others: Vec<(&Entity, Named, u32)> = others
        .filter_map(|other| {
            let into = Named::new(other.kind, &other.name).filter(|into| !into.is_same(which))?;
            Some((other, into, 0))
        })
        .collect();
    for (other, _, likeness) in others.iter_mut().take(MOST_COMPARED) {
        let forms = std::iter::once(&other.name).chain(other.aliases.iter().take(MOST_FORMS));
        *likeness = forms.map(|form| like.of(form)).max().unwrap_or(0);
    }
    // Of names that are equally like it those of its own kind come first; then the order of the pane holds.
    others.sort_by_key(|(other, _, likeness)| (Reverse(*likeness), other.kind != entity.kind));
    let choices = others.into_iter().map(|(other, into, _)| {
        let kind = other.kind.to_string();
        let detail = if other.kind == entity.kind { kind } else { format!("! {kind}, not {}", entity.kind) };
        (other.name.clone(), detail, Ask::Correct(Correction::Merge(which.clone(), into)))
    });
    let picker = Picker::asking(format!("“{}” is", entity.name), choices);
    (!picker.is_empty()).then_some(Ask::Pick(picker))
}

/// Which of its names may be split off.
fn forms(entity: &Entity) -> Option<Ask> {
    let forms = forms_apart(entity).into_iter().filter_map(|form| Named::new(entity.kind, form));
    let choices = forms.map(|form| {
        let name = form.name().to_owned();
        (name, "a name of its own".to_owned(), Ask::Correct(Correction::Split(form)))
    });
    let picker = Picker::asking(format!("Not “{}”", entity.name), choices);
    (!picker.is_empty()).then_some(Ask::Pick(picker))
}
