//! What this device did to articles, read back from the end of its log, so that it can be undone after a restart.
//!
//! Each line holds all of a mark, so two lines of one article tell what was done between them. Of the first line in the
//! part that is read, the line before is not known; then the field with the largest stamp was changed last, and for a
//! field with only two states (removed, read, starred) that is enough to undo it. Earlier tags are not known then, so such
//! a change is left out. Marks that were changed at the same moment are one step.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;
use jiff::Timestamp;

use crate::article::{SourceId, TextHash};
use crate::journal::{DeviceId, History, Register, Reversible, Stamp};

use super::Mark;

/// How many steps can be undone.
const DEPTH: usize = 1000;

/// One thing that was done, to one article or several at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkStep {
    /// What was done.
    pub change: MarkChange,
    /// To which articles, each once, in the order of the log.
    pub articles: Vec<MarkedArticle>,
    /// When.
    pub at: Timestamp,
}

/// An article to which something was done.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MarkedArticle {
    /// The article.
    pub id: SourceId,
    /// Its text then.
    pub text: Option<TextHash>,
}

/// A change to marks, which can be reversed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkChange {
    /// Marked as read, or (false) as unread.
    Read(bool),
    /// Starred, or (false) unstarred.
    Starred(bool),
    /// Removed from the list, or (false) put back.
    Removed(bool),
    /// Tags were added and removed.
    Tagged {
        /// Tags that were added, sorted.
        added: Vec<String>,
        /// Tags that were removed, sorted.
        taken: Vec<String>,
    },
}

impl MarkChange {
    /// The change that undoes this one.
    #[must_use]
    pub fn reversed(&self) -> Self {
        match self {
            Self::Read(on) => Self::Read(!on),
            Self::Starred(on) => Self::Starred(!on),
            Self::Removed(on) => Self::Removed(!on),
            Self::Tagged { added, taken } => Self::Tagged { added: taken.clone(), taken: added.clone() },
        }
    }

    /// Whether a mark shows that `device` made this change to it at `at`, as far as one line can tell.
    fn shows_in(&self, mark: &Mark, at: i64, device: DeviceId) -> bool {
        let (register, on) = match self {
            Self::Read(on) => (&mark.read, on),
            Self::Starred(on) => (&mark.starred, on),
            Self::Removed(on) => (&mark.removed, on),
            Self::Tagged { .. } => return false,
        };
        register.value.is_some() == *on && register.at.is_some_and(|stamp| (stamp.ms, stamp.device) == (at, device))
    }
}

/// The steps that can be undone or redone.
pub type MarkHistory = History<MarkStep>;

impl Reversible for MarkStep {
    const DEPTH: usize = DEPTH;

    fn reverses(&self, earlier: &Self) -> bool {
        self.change == earlier.change.reversed() && is_same_set(&self.articles, &earlier.articles)
    }

    fn repeats(&self, earlier: &Self) -> bool {
        self.change == earlier.change && is_same_set(&self.articles, &earlier.articles)
    }
}

fn is_same_set(one: &[MarkedArticle], other: &[MarkedArticle]) -> bool {
    let ids = |articles: &[MarkedArticle]| articles.iter().map(|article| article.id.clone()).collect::<HashSet<_>>();
    one.len() == other.len() && (one == other || ids(one) == ids(other))
}

/// Reads the steps back from the end of this device's log.
#[derive(Debug)]
pub struct HistoryReader {
    device: DeviceId,
    /// Whether the whole log is read.
    is_complete: bool,
    known: HashMap<SourceId, Mark, RandomState>,
    steps: Vec<MarkStep>,
    /// The articles of the steps of the last moment, for fast lookup.
    in_last_moment: HashSet<(usize, SourceId), RandomState>,
    /// The articles of the first step, once earlier lines are read.
    in_first_step: HashSet<SourceId, RandomState>,
    lines: usize,
    /// Whether the first step began with the first line, so that it may have begun even earlier.
    is_first_truncated: bool,
    /// Moments at which tags were changed whose earlier state is not known.
    ambiguous: HashSet<i64, RandomState>,
}

impl HistoryReader {
    /// Nothing read yet; `is_whole` if reading starts with the first line of the log.
    pub fn new(device: DeviceId, is_complete: bool) -> Self {
        Self {
            device,
            is_complete,
            known: HashMap::default(),
            steps: Vec::new(),
            in_last_moment: HashSet::default(),
            in_first_step: HashSet::default(),
            lines: 0,
            is_first_truncated: false,
            ambiguous: HashSet::default(),
        }
    }

    /// Adds the next line.
    pub fn push(&mut self, mark: Mark) {
        self.lines += 1;
        let before = match self.known.get(mark.id()) {
            Some(before) => Some(before.clone()),
            None => self.is_complete.then(|| Mark::new(mark.id().clone())),
        };
        for (stamp, change) in self.changes(before.as_ref(), &mark) {
            let Some(change) = change else {
                self.ambiguous.insert(stamp.ms);
                continue;
            };
            let Ok(at) = Timestamp::from_millisecond(stamp.ms) else { continue };
            let article = MarkedArticle { id: mark.id().clone(), text: mark.text() };
            self.add(MarkStep { change, articles: vec![article], at });
        }
        self.is_first_truncated |= self.lines == 1 && !self.is_complete && !self.steps.is_empty();
        // A log may contain the changes of others too, so what is known of a mark is the merge of its lines.
        match self.known.get_mut(mark.id()) {
            Some(known) => drop(known.merge(mark)),
            None => drop(self.known.insert(mark.id().clone(), mark)),
        }
    }

    /// What was done between two revisions, each change with its stamp; none is a change that cannot be determined.
    fn changes(&self, before: Option<&Mark>, after: &Mark) -> Vec<(Stamp, Option<MarkChange>)> {
        let last = after.latest_stamp();
        let is_new = |was: Option<Option<Stamp>>, is: Option<Stamp>| {
            is.filter(|stamp| stamp.device == self.device).filter(|_| match was {
                Some(was) => is > was,
                None => is == last,
            })
        };
        let mut changes = Vec::new();
        let mut toggle = |field: fn(&Mark) -> &Register<Option<Timestamp>>, change: fn(bool) -> MarkChange| {
            // The values are not compared: the earlier one may have come from another device.
            let (was, is) = (before.map(field), field(after));
            if let Some(stamp) = is_new(was.map(|was| was.at), is.at) {
                changes.push((stamp, Some(change(is.value.is_some()))));
            }
        };
        toggle(|mark| &mark.read, MarkChange::Read);
        toggle(|mark| &mark.starred, MarkChange::Starred);
        toggle(|mark| &mark.removed, MarkChange::Removed);
        if let Some(stamp) = is_new(before.map(|before| before.tags.at), after.tags.at) {
            let change = before.map(|before| {
                let beyond = |some: &[String], others: &[String]| {
                    some.iter().filter(|tag| !others.contains(tag)).cloned().collect::<Vec<_>>()
                };
                let (was, is) = (before.tags(), after.tags());
                MarkChange::Tagged { added: beyond(is, was), taken: beyond(was, is) }
            });
            if change != Some(MarkChange::Tagged { added: Vec::new(), taken: Vec::new() }) {
                changes.push((stamp, change));
            }
        }
        changes
    }

    /// Adds to the step that did the same at the same moment, or begins another.
    fn add(&mut self, step: MarkStep) {
        let same_moment = self.steps.iter().rev().take_while(|earlier| earlier.at == step.at).count();
        if same_moment == 0 {
            self.in_last_moment.clear();
        }
        let first = self.steps.len() - same_moment;
        let found = (first..self.steps.len())
            .find(|number| self.steps.get(*number).is_some_and(|earlier| earlier.change == step.change));
        let number = found.unwrap_or(self.steps.len());
        for article in &step.articles {
            if !self.in_last_moment.insert((number, article.id.clone())) {
                return;
            }
        }
        match self.steps.get_mut(number) {
            Some(earlier) => earlier.articles.extend(step.articles),
            None => self.steps.push(step),
        }
    }

    /// Whether the first step is of several articles, and may have begun before the part that was read: then the earlier
    /// lines must be read too ([`push_earlier`](Self::push_earlier)).
    pub fn is_truncated(&self) -> bool {
        self.is_first_truncated && self.steps.first().is_some_and(|first| first.articles.len() > 1)
    }

    /// Adds an earlier line, for the first step only.
    pub fn push_earlier(&mut self, mark: &Mark) {
        let device = self.device;
        let Some(first) = self.steps.first_mut() else { return };
        if self.in_first_step.is_empty() {
            self.in_first_step.extend(first.articles.iter().map(|article| article.id.clone()));
        }
        let is_part = first.change.shows_in(mark, first.at.as_millisecond(), device);
        if is_part && self.in_first_step.insert(mark.id().clone()) {
            first.articles.push(MarkedArticle { id: mark.id().clone(), text: mark.text() });
        }
    }

    /// The history of all steps.
    pub fn into_history(mut self) -> MarkHistory {
        // One line may be the last of many that were written together; a partial step cannot be undone.
        if self.is_first_truncated && !self.is_truncated() {
            self.steps.remove(0);
        }
        let ambiguous = self.ambiguous;
        let is_unambiguous = |step: &MarkStep| {
            !matches!(step.change, MarkChange::Tagged { .. }) || !ambiguous.contains(&step.at.as_millisecond())
        };
        let mut history = MarkHistory::default();
        for step in self.steps.into_iter().filter(is_unambiguous) {
            history.push(step);
        }
        history
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mark::tests::{DEVICE, blank, other, time};

    fn history(lines: &[Mark], is_complete: bool) -> MarkHistory {
        let mut recent = HistoryReader::new(DEVICE, is_complete);
        lines.iter().cloned().for_each(|line| recent.push(line));
        recent.into_history()
    }

    fn told(steps: &[MarkStep]) -> Vec<String> {
        let tell = |step: &MarkStep| {
            let ids: Vec<&str> = step.articles.iter().map(|article| article.id.as_str()).collect();
            format!("{:?} {}", step.change, ids.join(" "))
        };
        steps.iter().map(tell).collect()
    }

    fn removed(id: &str, second: i64) -> Mark {
        blank(id).with_removed(Some(time(second)), DEVICE, time(second)).unwrap()
    }

    #[test]
    fn every_deed_is_a_step_and_what_was_taken_back_can_be_done_again() {
        let read = blank("a").with_read(Some(time(1)), DEVICE, time(1)).unwrap();
        let tagged = read.with_tags(&["x", "y"], DEVICE, time(2)).unwrap().unwrap();
        let other_tags = tagged.with_tags(&["y", "z"], DEVICE, time(3)).unwrap().unwrap();
        let gone = other_tags.with_removed(Some(time(4)), DEVICE, time(4)).unwrap();
        let mut lines = vec![read, tagged, other_tags, gone];
        let done = [
            "Read(true) a",
            r#"Tagged { added: ["x", "y"], taken: [] } a"#,
            r#"Tagged { added: ["z"], taken: ["x"] } a"#,
            "Removed(true) a",
        ];
        assert_eq!(told(&history(&lines, true).done), done);
        lines.push(lines[3].with_removed(None, DEVICE, time(5)).unwrap());
        lines.push(lines[4].with_tags(&["x", "y"], DEVICE, time(6)).unwrap().unwrap());
        let back = history(&lines, true);
        assert_eq!(told(&back.done), done[..2]);
        assert_eq!(told(&back.undone), ["Removed(true) a", done[2]]);
        lines.push(lines[5].with_tags(&["y", "z"], DEVICE, time(7)).unwrap().unwrap());
        assert_eq!(told(&history(&lines, true).done), done[..3], "and was done again");
    }

    #[test]
    fn what_others_did_and_where_one_was_are_no_steps() {
        let theirs = blank("a").with_starred(Some(time(1)), other(), time(1)).unwrap();
        let ours = theirs.with_read(Some(time(2)), DEVICE, time(2)).unwrap();
        assert_eq!(told(&history(&[theirs.clone(), ours], true).done), ["Read(true) a"]);
        let unstarred = theirs.with_starred(None, DEVICE, time(3)).unwrap();
        assert_eq!(told(&history(&[unstarred], true).done), ["Starred(false) a"], "the star came from elsewhere");
    }

    #[test]
    fn what_was_done_to_many_at_once_is_one_step() {
        let lines: Vec<Mark> = ["a", "b", "c"].map(|id| removed(id, 1)).into();
        let back: Vec<Mark> = lines.iter().map(|line| line.with_removed(None, DEVICE, time(2)).unwrap()).collect();
        assert_eq!(told(&history(&lines, true).done), ["Removed(true) a b c"]);
        let undone = history(&[lines, back].concat(), true);
        assert_eq!((undone.done.len(), told(&undone.undone)), (0, vec!["Removed(true) a b c".to_owned()]));
    }

    #[test]
    fn without_the_beginning_only_plain_steps_are_told_and_none_in_part() {
        let tagged = |id: &str| removed(id, 1).with_tags(&["x"], DEVICE, time(2)).unwrap().unwrap();
        let lines = [removed("0", 0), tagged("a"), removed("b", 3)];
        assert_eq!(told(&history(&lines, false).done), ["Removed(true) b"], "0 may be the last of many");
        // One of two is known from before: the tags of the other are not, so the step is left out.
        let both = [removed("0", 0), removed("a", 1), tagged("a"), tagged("b"), removed("c", 3)];
        assert_eq!(told(&history(&both, false).done), ["Removed(true) a", "Removed(true) c"]);
    }

    #[test]
    fn a_step_that_is_cut_is_made_whole_by_the_lines_before() {
        let mut recent = HistoryReader::new(DEVICE, false);
        for line in [removed("c", 1), removed("d", 1), removed("e", 2)] {
            recent.push(line);
        }
        assert!(recent.is_truncated());
        let starred = removed("b", 1).with_starred(Some(time(0)), DEVICE, time(0)).unwrap();
        for line in [removed("a", 1), starred, removed("c", 0), removed("x", 0)] {
            recent.push_earlier(&line);
        }
        assert_eq!(told(&recent.into_history().done), ["Removed(true) c d a b", "Removed(true) e"]);
    }
}
