//! What a reader does to articles, in the list or on the page: read, star, tags, removal, of one or of several at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::article::RowId;
use crate::command::Notice;
use crate::journal::normalise;
use crate::mark::MarkChange;
use crate::text::plural::count;

use super::mark_target::MarkTarget;
use super::prompt::Prompt;
use super::{Ask, Change, MarkEdit};

/// Marks articles as read; as unread if all of them are read.
pub fn toggle_read(targets: &[MarkTarget]) -> Ask {
    let read = targets.iter().any(|target| !target.is_read);
    mark(targets.iter().filter(|target| target.is_read != read), MarkChange::Read(read))
}

/// Stars articles; takes their stars away if all of them have one.
pub fn toggle_star(targets: &[MarkTarget]) -> Ask {
    let starred = targets.iter().any(|target| !target.is_starred);
    mark(targets.iter().filter(|target| target.is_starred != starred), MarkChange::Starred(starred))
}

/// Removes articles from the list.
pub fn remove(targets: &[MarkTarget]) -> Ask {
    mark(targets.iter(), MarkChange::Removed(true))
}

fn mark<'a>(targets: impl Iterator<Item = &'a MarkTarget>, change: MarkChange) -> Ask {
    let targets: Vec<&MarkTarget> = targets.collect();
    let (known, unknown): (Vec<&MarkTarget>, Vec<&MarkTarget>) =
        targets.iter().partition(|target| target.row != RowId::default());
    if known.is_empty() {
        let told = if unknown.is_empty() { "There is no article here." } else { "This article is not in the library." };
        return Ask::Tell(Notice::hint(told));
    }
    let told = describe(&change, &subject(&targets));
    let rows: Arc<[RowId]> = known.iter().map(|target: &&MarkTarget| target.row).collect();
    Ask::Make(Change::Marks(vec![MarkEdit { rows, change }]), told)
}

fn subject(targets: &[&MarkTarget]) -> String {
    match targets {
        [target] => format!("“{}”", target.title),
        targets => count(targets.len(), "article"),
    }
}

/// What was done, as a sentence without its full stop.
pub fn describe(change: &MarkChange, subject: &str) -> String {
    let list = |tags: &[String]| tags.iter().map(|tag| format!("#{tag}")).collect::<Vec<_>>().join(" ");
    match change {
        MarkChange::Read(true) => format!("Marked {subject} as read"),
        MarkChange::Read(false) => format!("Marked {subject} as unread"),
        MarkChange::Starred(true) => format!("Starred {subject}"),
        MarkChange::Starred(false) => format!("Took the star from {subject}"),
        MarkChange::Removed(true) => format!("Removed {subject} from the list"),
        MarkChange::Removed(false) => format!("Put {subject} back into the list"),
        MarkChange::Tagged { added, taken } if taken.is_empty() => format!("Tagged {subject} {}", list(added)),
        MarkChange::Tagged { added, taken } if added.is_empty() => format!("Took {} from {subject}", list(taken)),
        MarkChange::Tagged { .. } => format!("Changed the tags of {subject}"),
    }
}

/// Asks for the tags of articles, beginning with those that all of them have.
pub fn ask_for_tags(targets: Vec<MarkTarget>) -> Ask {
    if targets.is_empty() {
        return Ask::Tell(Notice::hint("There is no article here."));
    }
    let common = common_tags(&targets);
    Ask::Type(Prompt::article_tags(targets, &common))
}

fn common_tags(targets: &[MarkTarget]) -> Vec<String> {
    let Some((first, others)) = targets.split_first() else { return Vec::new() };
    let in_all = |tag: &&String| others.iter().all(|other| other.tags.contains(tag));
    first.tags.iter().filter(in_all).cloned().collect()
}

/// Gives articles the tags that were typed. Tags that only some of them have stay.
pub fn set_tags(targets: &[MarkTarget], typed: &str) -> Ask {
    let words: Vec<&str> = typed.split(|c: char| c.is_whitespace() || c == ',').collect();
    let wanted = match normalise(&words) {
        Ok(wanted) => wanted,
        Err(bad) => return Ask::Tell(Notice::error(format!("Not changed: {bad}."))),
    };
    let common = common_tags(targets);
    // Taken back, each article has again what it had: those whose change is the same are one edit.
    let mut edits: BTreeMap<(Vec<String>, Vec<String>), Vec<&MarkTarget>> = BTreeMap::new();
    for target in targets.iter().filter(|target| target.row != RowId::default()) {
        let added: Vec<String> = wanted.iter().filter(|tag| !target.tags.contains(tag)).cloned().collect();
        let taken: Vec<String> = common.iter().filter(|tag| !wanted.contains(tag)).cloned().collect();
        if !(added.is_empty() && taken.is_empty()) {
            edits.entry((added, taken)).or_default().push(target);
        }
    }
    if edits.is_empty() {
        return Ask::Tell(Notice::hint("The tags are as they were."));
    }
    let changed: Vec<&MarkTarget> = edits.values().flatten().copied().collect();
    let subject = subject(&changed);
    let told = match edits.keys().next() {
        Some((added, taken)) if edits.len() == 1 => {
            describe(&MarkChange::Tagged { added: added.clone(), taken: taken.clone() }, &subject)
        }
        _ => format!("Changed the tags of {subject}"),
    };
    let edit = |((added, taken), targets): ((Vec<String>, Vec<String>), Vec<&MarkTarget>)| MarkEdit {
        rows: targets.iter().map(|target| target.row).collect::<Arc<[RowId]>>(),
        change: MarkChange::Tagged { added, taken },
    };
    Ask::Make(Change::Marks(edits.into_iter().map(edit).collect()), told)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(row: i64, tags: &[&str]) -> MarkTarget {
        let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
        MarkTarget { row: RowId(row), title: format!("Title {row}"), tags, ..MarkTarget::default() }
    }

    fn edits(ask: Ask) -> Vec<MarkEdit> {
        match ask {
            Ask::Make(Change::Marks(edits), _) => edits,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn only_what_changes_is_changed_so_that_undo_leaves_the_others_alone() {
        let read = MarkTarget { is_read: true, ..target(1, &[]) };
        let made = edits(toggle_read(&[read.clone(), target(2, &[]), target(3, &[])]));
        assert_eq!((made[0].rows.as_ref(), &made[0].change), (&[RowId(2), RowId(3)][..], &MarkChange::Read(true)));
        let made = edits(toggle_read(&[read]));
        assert_eq!(made[0].change, MarkChange::Read(false));
    }

    #[test]
    fn typed_tags_take_the_place_of_those_that_all_have_and_leave_the_others() {
        let targets = [target(1, &["flood", "river"]), target(2, &["river"])];
        let mut after = targets.clone();
        for edit in edits(set_tags(&targets, "#flood, dyke")) {
            for target in after.iter_mut().filter(|target| edit.rows.contains(&target.row)) {
                target.apply(&edit.change);
            }
        }
        assert_eq!(after[0].tags, ["dyke", "flood"]);
        assert_eq!(after[1].tags, ["dyke", "flood"]);
        for edit in edits(set_tags(&targets, "#flood, dyke")) {
            for target in after.iter_mut().filter(|target| edit.rows.contains(&target.row)) {
                target.apply(&edit.change.reversed());
            }
        }
        assert_eq!(after, targets, "taken back");
    }

    #[test]
    fn tags_that_cannot_be_are_refused_and_the_same_tags_change_nothing() {
        let targets = [target(1, &["river"])];
        assert!(matches!(set_tags(&targets, &"x".repeat(65)), Ask::Tell(told) if told.text.contains("longer than 64")));
        assert!(matches!(set_tags(&targets, "river"), Ask::Tell(_)));
        assert!(matches!(toggle_star(&[target(0, &[])]), Ask::Tell(told) if told.text.contains("not in the library")));
    }
}
