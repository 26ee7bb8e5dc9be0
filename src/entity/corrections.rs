//! The reader's corrections of names: which belong together, which do not, what they are called and of what kind they are.
//!
//! A [`Correction`] is about a name as it is shown, whoever's article it stands in: it holds for every entity whose name
//! has the same normal form and the same class of kind (places and organisations are one class). [`Corrections`] is the
//! set of them, read from and written as the lines of `entities.tsv` (`corrections/lines.rs`);
//! [`Corrections::apply`] brings the entities of an article into line with it (`corrections/apply.rs`).
//!
//! The order of the lines hardly matters. A name is followed from line to line: what it is merged into, else what it is
//! retyped and renamed to, and then again whatever is said of that. Only where two lines contradict each other does
//! their order count: of two lines that say the same thing of the same name differently, the last holds; of lines that
//! lead round in a circle, the one that closes it does not.

mod apply;
mod lines;

use std::collections::{HashMap, HashSet};
use std::fmt;

use super::alias::class_of;
use super::key::normal;
use super::{Entity, Kind};
use crate::text::sanitize::one_line;

use lines::CorrectionLine;
pub use lines::Fault;

/// A name, and what it is the name of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Named {
    kind: Kind,
    name: String,
}

impl Named {
    /// A name on one line; none if there is no letter or digit in it.
    pub fn new(kind: Kind, name: &str) -> Option<Self> {
        let name = one_line(name);
        (!normal(&name).is_empty()).then_some(Self { kind, name })
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether corrections cannot tell the two apart.
    pub fn is_same(&self, other: &Self) -> bool {
        self.key() == other.key()
    }

    fn key(&self) -> Key {
        key_of(self.kind, &self.name)
    }
}

/// Under what a correction is found: the class of the kind and the normal form of the name.
type Key = (Kind, String);

fn key_of(kind: Kind, name: &str) -> Key {
    (class_of(kind), normal(name))
}

/// One thing a reader knows better.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Correction {
    /// The first is another name of the second.
    Merge(Named, Named),
    /// This form of a name is nobody else's.
    Split(Named),
    /// It is to be shown under this name.
    Rename(Named, String),
    /// It is of this kind.
    Retype(Named, Kind),
    /// It is of no interest, or nothing at all.
    Ignore(Named),
    /// It is to be marked, and listed first.
    Follow(Named),
}

/// What a line says, in the order of the words for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    Merge,
    Split,
    Rename,
    Retype,
    Ignore,
    Follow,
}

impl Verb {
    const ALL: [Self; 6] = [Self::Merge, Self::Split, Self::Rename, Self::Retype, Self::Ignore, Self::Follow];

    fn word(self) -> &'static str {
        match self {
            Self::Merge => "merge",
            Self::Split => "split",
            Self::Rename => "rename",
            Self::Retype => "retype",
            Self::Ignore => "ignore",
            Self::Follow => "follow",
        }
    }
}

impl Correction {
    fn verb(&self) -> Verb {
        match self {
            Self::Merge(..) => Verb::Merge,
            Self::Split(_) => Verb::Split,
            Self::Rename(..) => Verb::Rename,
            Self::Retype(..) => Verb::Retype,
            Self::Ignore(_) => Verb::Ignore,
            Self::Follow(_) => Verb::Follow,
        }
    }

    /// What it is about.
    pub fn about(&self) -> &Named {
        match self {
            Self::Merge(which, _)
            | Self::Rename(which, _)
            | Self::Retype(which, _)
            | Self::Split(which)
            | Self::Ignore(which)
            | Self::Follow(which) => which,
        }
    }

    /// Whether both say the same thing of the same name, be it differently.
    fn replaces(&self, other: &Self) -> bool {
        self.verb() == other.verb() && self.about().key() == other.about().key()
    }
}

impl fmt::Display for Correction {
    /// As a sentence without its full stop.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” ", self.about().name)?;
        match self {
            Self::Merge(_, into) => write!(f, "is “{}”", into.name),
            Self::Split(_) => f.write_str("is a name of its own"),
            Self::Rename(_, name) => write!(f, "is called “{name}”"),
            Self::Retype(_, kind) => write!(f, "is {} {kind}", article_of(*kind)),
            Self::Ignore(_) => f.write_str("is left out"),
            Self::Follow(_) => f.write_str("is followed"),
        }
    }
}

fn article_of(kind: Kind) -> &'static str {
    if matches!(kind, Kind::Organisation | Kind::Event) { "an" } else { "a" }
}

/// A change to the corrections, which can be made backwards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    /// What holds no longer.
    pub take: Vec<Correction>,
    /// What holds from now on.
    pub add: Vec<Correction>,
}

impl Edit {
    /// The edit that takes this one back.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self { take: self.add.clone(), add: self.take.clone() }
    }
}

/// Everything a reader knows better.
#[derive(Clone, Debug, Default)]
pub struct Corrections {
    /// The file, line by line.
    lines: Vec<CorrectionLine>,
    /// For each name the line that holds, by verb.
    holding: HashMap<Key, [Option<usize>; Verb::ALL.len()]>,
}

impl PartialEq for Corrections {
    fn eq(&self, other: &Self) -> bool {
        self.lines == other.lines
    }
}

/// How many corrections a name is followed through. Nobody makes as many by hand for one name.
const MOST_STEPS: usize = 32;

/// How many times all corrections are searched for circles. Each time the lines that close one are taken out, and those of
/// a name have three ways on (merge, retype, rename), so nobody's file needs more.
const MOST_ROUNDS: usize = 16;

/// Where the corrections lead a name.
struct Outcome {
    key: Key,
    kind: Kind,
    name: String,
    /// The lines that had a say.
    by: Vec<usize>,
    merged: bool,
    ignored: bool,
    followed: bool,
    /// The lines that lead it round in a circle, or on for too long; none if it arrives.
    circle: Vec<usize>,
}

impl Corrections {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.holding.is_empty()
    }

    /// How many hold.
    pub fn len(&self) -> usize {
        self.holding.values().flatten().flatten().count()
    }

    /// Those that hold, in the order of the file.
    pub fn all(&self) -> impl Iterator<Item = &Correction> {
        self.lines.iter().filter(|line| line.holds).filter_map(|line| line.correction.as_ref())
    }

    /// The edit that makes a correction hold: what it replaces goes, and so does what would lead back from it.
    pub fn correcting(&self, correction: Correction) -> Edit {
        let mut take: Vec<Correction> = self.all().filter(|old| correction.replaces(old)).cloned().collect();
        loop {
            let mut after = self.clone();
            after.edit(&Edit { take: take.clone(), add: Vec::new() });
            let number = after.lines.len();
            after.lines.push(CorrectionLine::of(correction.clone()));
            after.set(&correction, Some(number));
            let about = correction.about();
            let back = after.outcome(about.kind, &about.name).circle.into_iter().filter(|line| *line != number);
            let back: Vec<Correction> = back.filter_map(|line| after.lines.get(line)?.correction.clone()).collect();
            if back.is_empty() {
                return self.without_fallen(Edit { take, add: vec![correction] });
            }
            take.extend(back);
        }
    }

    /// Takes away too what would close a circle, now that a line which was replaced stands behind it.
    fn without_fallen(&self, mut edit: Edit) -> Edit {
        let mut after = self.clone();
        after.edit(&edit);
        let hold: HashSet<&Correction> = after.all().collect();
        let fallen = self.all().filter(|old| !hold.contains(old) && !edit.take.contains(old));
        let fallen: Vec<Correction> = fallen.cloned().collect();
        edit.take.extend(fallen);
        edit
    }

    /// The edit that takes a correction away.
    pub fn dropping(correction: &Correction) -> Edit {
        Edit { take: vec![correction.clone()], add: Vec::new() }
    }

    /// Makes an edit. Lines it says nothing about stay as they are.
    pub fn edit(&mut self, edit: &Edit) {
        let taken: HashSet<&Correction> = edit.take.iter().collect();
        self.lines.retain(|line| line.correction.as_ref().is_none_or(|old| !taken.contains(old)));
        if self.lines.is_empty() {
            self.lines.extend(CorrectionLine::header());
        }
        let mut known: HashSet<&Correction> = self.all().collect();
        let new = edit.add.iter().filter(|correction| known.insert(correction));
        let new: Vec<CorrectionLine> = new.map(|correction| CorrectionLine::of(correction.clone())).collect();
        self.lines.extend(new);
        self.hold_all();
    }

    /// Finds out which lines hold; the numbers of those that do not because they close a circle.
    fn hold_all(&mut self) -> Vec<usize> {
        self.holding.clear();
        let corrections: Vec<(usize, Correction)> = self
            .lines
            .iter()
            .map(|line| line.correction.clone())
            .enumerate()
            .filter_map(|(number, correction)| Some((number, correction?)))
            .collect();
        for (number, correction) in &corrections {
            self.set(correction, Some(*number));
        }
        let mut circles = Vec::new();
        // Without one of its lines another may have a say, and close another circle.
        for _ in 0..MOST_ROUNDS {
            let before = circles.len();
            for (_, correction) in &corrections {
                let about = correction.about();
                let last = self.outcome(about.kind, &about.name).circle.into_iter().max();
                let last = last.and_then(|last| corrections.binary_search_by_key(&last, |(line, _)| *line).ok());
                if let Some((number, last)) = last.and_then(|last| corrections.get(last)) {
                    self.set(last, None);
                    circles.push(*number);
                }
            }
            if circles.len() == before {
                break;
            }
        }
        self.lines.iter_mut().for_each(|line| line.holds = false);
        for number in self.holding.values().flatten().flatten() {
            if let Some(line) = self.lines.get_mut(*number) {
                line.holds = true;
            }
        }
        circles
    }

    /// Sets which line holds of those that say the same of the same name.
    fn set(&mut self, correction: &Correction, line: Option<usize>) {
        let key = correction.about().key();
        let slots = self.holding.entry(key.clone()).or_default();
        if let Some(slot) = slots.get_mut(correction.verb() as usize) {
            *slot = line;
        }
        if slots.iter().all(Option::is_none) {
            self.holding.remove(&key);
        }
    }

    fn holding(&self, key: &Key, verb: Verb) -> Option<(usize, &Correction)> {
        let number = (*self.holding.get(key)?.get(verb as usize)?)?;
        Some((number, self.lines.get(number)?.correction.as_ref()?))
    }

    /// Follows a name from line to line.
    fn outcome(&self, kind: Kind, name: &str) -> Outcome {
        let mut outcome = Outcome {
            key: key_of(kind, name),
            kind,
            name: name.to_owned(),
            by: Vec::new(),
            merged: false,
            ignored: false,
            followed: false,
            circle: Vec::new(),
        };
        // Where it was, and how many lines had had a say before.
        let mut seen: Vec<(Key, usize)> = Vec::new();
        loop {
            let key = outcome.key.clone();
            let before = outcome.by.len();
            for verb in Verb::ALL {
                let Some((number, correction)) = self.holding(&key, verb) else { continue };
                let merged = self.holding(&key, Verb::Merge).is_some();
                match correction {
                    Correction::Merge(_, into) => {
                        (outcome.kind, outcome.name) = (into.kind, into.name.clone());
                        outcome.merged = true;
                    }
                    // It has the name and the kind of what it is merged into.
                    Correction::Rename(..) | Correction::Retype(..) if merged => continue,
                    Correction::Rename(_, name) => outcome.name.clone_from(name),
                    Correction::Retype(_, kind) => outcome.kind = *kind,
                    Correction::Ignore(_) => outcome.ignored = true,
                    Correction::Follow(_) => outcome.followed = true,
                    // This is about a form, not about who has it.
                    Correction::Split(_) => continue,
                }
                outcome.by.push(number);
            }
            outcome.key = key_of(outcome.kind, &outcome.name);
            if outcome.key == key {
                return outcome;
            }
            seen.push((key, before));
            let again = seen.iter().find(|(key, _)| *key == outcome.key).map(|(_, before)| *before);
            if let Some(from) = again.or((seen.len() > MOST_STEPS).then_some(0)) {
                let round = outcome.by.iter().skip(from).copied();
                let leads = |line: &usize| {
                    self.lines.get(*line).and_then(|line| line.correction.as_ref()).is_some_and(leads_on)
                };
                outcome.circle = round.filter(leads).collect();
                return outcome;
            }
        }
    }
}

/// The forms of an entity's name that could be names of their own.
pub fn forms_apart(entity: &Entity) -> Vec<&str> {
    let mut seen = HashSet::from([normal(&entity.name)]);
    let is_other = |form: &&str| {
        let form = normal(form);
        !form.is_empty() && seen.insert(form)
    };
    entity.aliases.iter().map(String::as_str).filter(is_other).collect()
}

/// Whether a correction gives a name another name or kind.
fn leads_on(correction: &Correction) -> bool {
    matches!(correction, Correction::Merge(..) | Correction::Rename(..) | Correction::Retype(..))
}

#[cfg(test)]
mod tests;
