//! Which names are one thing: rules in a fixed order, each with its guard. Only `spellings` forgives a letter.
//!
//! Names are first grouped by their normal form, whatever their kinds; then forms are joined through hash tables of what
//! they may share (initials, words, beginning), so the time is linear in the names. What seems to be of which kind only
//! guards the rules: the kind is [decided](super::decision) once all mentions are together.

mod brackets;
mod namesakes;
mod persons;
mod short_names;
mod spellings;

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use super::decision::Tally;
use super::evidence::Signs;
use super::key::normal;
use super::names::Name;
use super::scores::Scores;
use super::words::Reading;
use super::{Kind, Rule};

/// All mentions with one normal form that seem to be of one thing.
struct Form {
    key: String,
    mentions: Vec<usize>,
    words: usize,
    tally: Tally,
    scores: Scores,
}

impl Form {
    /// What it seems to be by itself.
    fn kind(&self) -> Kind {
        self.scores.best()
    }

    /// Whether it may be of a kind, though others are likelier by `less`.
    fn may_be(&self, kind: Kind, less: f32) -> bool {
        self.scores.behind(kind) <= less
    }
}

/// Names that are one thing.
pub(super) struct Cluster {
    /// Each by number, in order, with why it belongs.
    pub(super) mentions: Vec<(usize, Rule)>,
    /// Whether it is the surname of several persons, none of whom is meant for certain.
    pub(super) ambiguous: bool,
    /// What it is by another name of the article: "the Castells" of Maria Castell, "Corvo" of Vila do Corvo.
    pub(super) akin: Option<Kind>,
}

/// Kinds whose names may be the same thing: an organisation acts where a place lies.
pub(super) fn class_of(kind: Kind) -> Kind {
    if kind == Kind::Place { Kind::Organisation } else { kind }
}

/// Joins names into clusters, in the order of their first mentions.
pub(super) fn link(reading: &Reading<'_>, names: &[Name], signs: &[Signs]) -> Vec<Cluster> {
    let mut linker = Linker::new(reading, names, signs);
    linker.spellings();
    linker.acronyms();
    linker.persons();
    linker.other_names();
    linker.short_names();
    linker.heads();
    linker.kin();
    linker.clusters()
}

struct Linker<'a> {
    reading: &'a Reading<'a>,
    names: &'a [Name],
    signs: &'a [Signs],
    forms: Vec<Form>,
    /// The form of each name.
    form_of: Vec<usize>,
    parent: Vec<usize>,
    /// Why a form joined another.
    rules: Vec<Rule>,
    /// Mentions that go to another form than their own.
    moved: HashMap<usize, usize>,
    ambiguous: HashSet<usize>,
    /// What a form is by another that it is not one with.
    akin: HashMap<usize, Kind>,
}

impl<'a> Linker<'a> {
    fn new(reading: &'a Reading<'a>, names: &'a [Name], signs: &'a [Signs]) -> Self {
        let mut ids: HashMap<String, usize> = HashMap::with_capacity(names.len());
        let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
        for (number, name) in names.iter().enumerate() {
            let key = normal(reading.text.slice(name.range));
            let id = *ids.entry(key.clone()).or_insert_with(|| {
                groups.push((key, Vec::new()));
                groups.len() - 1
            });
            if let Some((_, mentions)) = groups.get_mut(id) {
                mentions.push(number);
            }
        }
        let mut linker = Self {
            reading,
            names,
            signs,
            forms: Vec::with_capacity(groups.len()),
            form_of: vec![0; names.len()],
            parent: Vec::new(),
            rules: Vec::new(),
            moved: HashMap::new(),
            ambiguous: HashSet::new(),
            akin: HashMap::new(),
        };
        let bearers = linker.bearers(&groups);
        for (key, mentions) in groups {
            for mentions in linker.apart(&key, mentions, &bearers) {
                linker.add_form(key.clone(), mentions);
            }
        }
        linker.parent = (0..linker.forms.len()).collect();
        linker.rules = vec![Rule::Name; linker.forms.len()];
        linker
    }

    fn add_form(&mut self, key: String, mentions: Vec<usize>) {
        let mut tally = Tally::default();
        for &number in &mentions {
            if let (Some(name), Some(signs), Some(slot)) =
                (self.names.get(number), self.signs.get(number), self.form_of.get_mut(number))
            {
                tally.count(name, *signs);
                *slot = self.forms.len();
            }
        }
        let words = key.split(' ').count();
        self.forms.push(Form { key, mentions, words, scores: tally.scores(), tally });
    }

    fn root(&mut self, mut form: usize) -> usize {
        while let Some(&parent) = self.parent.get(form) {
            if parent == form {
                break;
            }
            let grand = self.parent.get(parent).copied().unwrap_or(parent);
            if let Some(slot) = self.parent.get_mut(form) {
                *slot = grand;
            }
            form = grand;
        }
        form
    }

    /// Makes `short` one with `long`, because of `rule`.
    fn join(&mut self, short: usize, long: usize, rule: Rule) {
        let (short_root, long_root) = (self.root(short), self.root(long));
        if short_root != long_root {
            if let Some(slot) = self.parent.get_mut(short_root) {
                *slot = long_root;
            }
            if let Some(slot) = self.rules.get_mut(short) {
                *slot = rule;
            }
        }
    }

    /// Whether a form has been joined to another, or another to it.
    fn is_joined(&mut self, form: usize) -> bool {
        self.root(form) != form
    }

    fn first_mention(&self, form: usize) -> usize {
        self.forms.get(form).and_then(|form| form.mentions.first()).copied().unwrap_or(usize::MAX)
    }

    /// "US", "America" and "the United States": what the lists know to be names of one thing.
    fn other_names(&mut self) {
        let mut known: HashMap<&'static str, usize> = HashMap::new();
        for form in 0..self.forms.len() {
            let listed =
                self.forms.get(form).and_then(|form| form.tally.listed().filter(|known| form.may_be(known.kind, 2.0)));
            let Some(listed) = listed.filter(|_| !self.is_joined(form)) else { continue };
            match known.get(listed.canonical) {
                Some(&first) => self.join(form, first, Rule::Table),
                None => {
                    known.insert(listed.canonical, form);
                }
            }
        }
        // "Central Intelligence Agency", which no list had to be asked for.
        let forms: Vec<usize> = (0..self.forms.len()).filter(|form| !self.is_joined(*form)).collect();
        let keys: HashMap<String, usize> = known.into_iter().map(|(name, form)| (normal(name), form)).collect();
        for form in forms {
            let own = self.forms.get(form).filter(|form| form.tally.listed().is_none());
            if let Some(&listed) = own.and_then(|own| keys.get(&own.key)) {
                self.join(listed, form, Rule::Table);
            }
        }
    }

    fn clusters(mut self) -> Vec<Cluster> {
        let mut numbers: HashMap<usize, usize> = HashMap::new();
        let mut clusters: Vec<Cluster> = Vec::new();
        for number in 0..self.names.len() {
            let own = self.form_of.get(number).copied().unwrap_or_default();
            let moved = self.moved.get(&number).copied();
            let root = self.root(moved.unwrap_or(own));
            let rule = match moved {
                Some(_) => Rule::Surname,
                None => self.rules.get(own).copied().unwrap_or(Rule::Name),
            };
            let at = *numbers.entry(root).or_insert_with(|| {
                clusters.push(Cluster { mentions: Vec::new(), ambiguous: true, akin: self.akin.get(&own).copied() });
                clusters.len() - 1
            });
            if let Some(cluster) = clusters.get_mut(at) {
                cluster.mentions.push((number, rule));
                cluster.ambiguous &= self.ambiguous.contains(&own);
            }
        }
        clusters
    }
}
