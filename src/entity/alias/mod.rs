//! Which names are one entity: rules in a fixed order, each with its guard, none of them fuzzy.
//!
//! Names are first grouped by their normal form; then forms are joined through hash tables of what they may share
//! (initials, surname, beginning), so the time is linear in the names.

mod persons;
mod short_names;

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use super::document::ClassifiedName;
use super::key::{initials, normal};
use super::lexicon::ListedName;
use super::words::Reading;
use super::{Entity, Kind, Mention, Rule};

/// All mentions with one normal form and class of kind.
struct Form {
    key: String,
    kinds: HashMap<Kind, usize>,
    known: Option<ListedName>,
    mentions: Vec<usize>,
    words: usize,
}

impl Form {
    /// What most of its mentions are.
    fn kind(&self) -> Kind {
        self.kinds
            .iter()
            .max_by_key(|(kind, count)| (**count, std::cmp::Reverse(**kind)))
            .map_or(Kind::Person, |(kind, _)| *kind)
    }
}

/// Kinds whose names may be the same thing: an organisation acts where a place lies.
pub(super) fn class_of(kind: Kind) -> Kind {
    if kind == Kind::Place { Kind::Organisation } else { kind }
}

/// Joins names into entities.
pub(super) fn merge(reading: &Reading<'_>, names: &[ClassifiedName]) -> Vec<Entity> {
    let mut merger = Merger::new(reading, names);
    merger.acronyms();
    merger.persons();
    merger.short_names();
    merger.heads();
    merger.entities()
}

struct Merger<'a> {
    reading: &'a Reading<'a>,
    names: &'a [ClassifiedName],
    forms: Vec<Form>,
    /// The form of each name.
    form_of: Vec<usize>,
    /// The normal form of each name as it is written.
    normal_of: Vec<String>,
    parent: Vec<usize>,
    /// Why a form joined another.
    rules: Vec<Rule>,
    /// Mentions that go to another form than their own.
    moved: HashMap<usize, usize>,
    ambiguous: HashSet<usize>,
}

impl<'a> Merger<'a> {
    fn new(reading: &'a Reading<'a>, names: &'a [ClassifiedName]) -> Self {
        let mut forms: Vec<Form> = Vec::new();
        let mut ids: HashMap<(Kind, String), usize> = HashMap::new();
        let mut form_of = Vec::with_capacity(names.len());
        let mut normal_of = Vec::with_capacity(names.len());
        for (number, decided) in names.iter().enumerate() {
            let known = decided.name.known.filter(|known| known.kind == decided.kind);
            let text = reading.text.slice(decided.name.range);
            let own = normal(text);
            let key = known.map_or_else(|| own.clone(), |known| normal(known.canonical));
            normal_of.push(own);
            let id = *ids.entry((class_of(decided.kind), key.clone())).or_insert_with(|| {
                let words = key.split(' ').count();
                forms.push(Form { key, kinds: HashMap::new(), known: None, mentions: Vec::new(), words });
                forms.len() - 1
            });
            if let Some(form) = forms.get_mut(id) {
                *form.kinds.entry(decided.kind).or_default() += 1;
                form.known = form.known.or(known);
                form.mentions.push(number);
            }
            form_of.push(id);
        }
        let parent = (0..forms.len()).collect();
        let rules = vec![Rule::Name; forms.len()];
        Self {
            reading,
            names,
            forms,
            form_of,
            normal_of,
            parent,
            rules,
            moved: HashMap::new(),
            ambiguous: HashSet::new(),
        }
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

    fn first_mention(&self, form: usize) -> usize {
        self.forms.get(form).and_then(|form| form.mentions.first()).copied().unwrap_or(usize::MAX)
    }

    /// "Union of Harbour Workers (UHW)", and `UHW` wherever else.
    fn acronyms(&mut self) {
        let mut spelled: HashMap<String, Vec<usize>> = HashMap::new();
        for (number, form) in self.forms.iter().enumerate() {
            if form.words >= 2 && form.words <= 10 && !matches!(form.kind(), Kind::Person | Kind::Group) {
                for letters in initials(&form.key) {
                    let list = spelled.entry(letters).or_default();
                    if list.last() != Some(&number) {
                        list.push(number);
                    }
                }
            }
        }
        let mut joins = Vec::new();
        let mut scripts = Vec::new();
        // The text itself says so.
        for (number, pair) in self.names.windows(2).enumerate() {
            let [long, short] = pair else { continue };
            let (Some(&long_form), Some(&short_form)) = (self.form_of.get(number), self.form_of.get(number + 1)) else {
                continue;
            };
            let bracket = self.reading.word(long.name.end).is("(")
                && short.name.first == long.name.end + 1
                && self.reading.word(short.name.end).is(")");
            let letters = self.reading.word(short.name.first);
            // The name in its own script: "Oles Savrasenko (Олесь Саврасенко)".
            if bracket
                && self.reading.word(long.name.first).text.chars().all(is_latin)
                && !letters.text.chars().any(is_latin)
            {
                scripts.push((short_form, long_form));
            }
            if bracket
                && long.name.end > long.name.first + 1
                && letters.is_all_capitals()
                && short.name.end == short.name.first + 1
                && letters.text.chars().next()
                    == self.reading.text.slice(long.name.range).trim_start_matches("The ").chars().next()
            {
                joins.push((short_form, long_form));
            }
        }
        let told: HashSet<usize> = joins.iter().map(|(short, _)| *short).collect();
        for (number, form) in self.forms.iter().enumerate() {
            if form.words != 1
                || form.known.is_some()
                || told.contains(&number)
                || matches!(form.kind(), Kind::Person | Kind::Group)
            {
                continue;
            }
            let capitals = form
                .mentions
                .first()
                .and_then(|&name| self.names.get(name))
                .is_some_and(|decided| self.reading.word(decided.name.first).is_all_capitals());
            if !capitals || !(2..=6).contains(&form.key.len()) {
                continue;
            }
            let Some(candidates) = spelled.get(&form.key) else { continue };
            // The only one, else the nearest before it.
            let here = self.first_mention(number);
            let long = match candidates.as_slice() {
                [only] => Some(*only),
                several => several
                    .iter()
                    .take(64)
                    .copied()
                    .filter(|&long| self.first_mention(long) < here)
                    .max_by_key(|&long| self.first_mention(long)),
            };
            joins.extend(long.map(|long| (number, long)));
        }
        for (short, long) in joins {
            self.join(short, long, Rule::Acronym);
        }
        for (short, long) in scripts {
            self.join(short, long, Rule::Table);
        }
    }

    fn entities(mut self) -> Vec<Entity> {
        let mut clusters: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut order = Vec::new();
        for number in 0..self.names.len() {
            let form = match self.moved.get(&number) {
                Some(form) => *form,
                None => self.form_of.get(number).copied().unwrap_or_default(),
            };
            let root = self.root(form);
            clusters
                .entry(root)
                .or_insert_with(|| {
                    order.push(root);
                    Vec::new()
                })
                .push(number);
        }
        order.iter().filter_map(|root| self.entity(clusters.get(root)?)).collect()
    }

    fn entity(&self, numbers: &[usize]) -> Option<Entity> {
        let mut kinds: HashMap<Kind, usize> = HashMap::new();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let mut forms: Vec<&str> = Vec::new();
        let mut titles: Vec<String> = Vec::new();
        let mut known = None;
        let mut doubtful = true;
        for decided in numbers.iter().filter_map(|&number| self.names.get(number)) {
            let text = self.reading.text.slice(decided.name.range);
            *kinds.entry(decided.kind).or_default() += 1;
            let count = counts.entry(text).or_default();
            if *count == 0 {
                forms.push(text);
            }
            *count += 1;
            if known.is_none() {
                known = decided.name.known.filter(|known| known.kind == decided.kind);
            }
            doubtful &= decided.doubtful;
            if let Some(range) = decided.name.title {
                let title = self.reading.text.slice(range);
                if titles.len() < 8 && !titles.iter().any(|seen| seen == title) {
                    titles.push(title.to_owned());
                }
            }
        }
        let kind = kinds.into_iter().max_by_key(|(kind, count)| (*count, std::cmp::Reverse(*kind)))?.0;
        let count = |form: &str| counts.get(form).copied().unwrap_or(0);
        // The most frequent first; of equals one that is not in the capitals of a dateline.
        let shouts = |form: &str| form.len() > 3 && form.chars().all(char::is_uppercase);
        forms.sort_by_key(|form| (std::cmp::Reverse(count(form)), shouts(form)));
        let name = canonical(kind, known, &forms)?;
        let key = normal(&name);
        let mentions: Vec<Mention> = numbers
            .iter()
            .filter_map(|&number| {
                let decided = self.names.get(number)?;
                let written = self.normal_of.get(number)?;
                let form = self.form_of.get(number).copied().unwrap_or_default();
                let rule = if *written == key {
                    Rule::Name
                } else if self.moved.contains_key(&number) {
                    Rule::Surname
                } else if decided.name.known.is_some_and(|known| *written != normal(known.canonical)) {
                    Rule::Table
                } else {
                    self.rules.get(form).copied().unwrap_or(Rule::Name)
                };
                Some(Mention {
                    range: decided.name.range,
                    rule,
                    confidence: (decided.name.confidence * 100.0).round() as u8,
                })
            })
            .collect();
        let aliases = forms.iter().filter(|form| **form != name).map(|form| (*form).to_owned()).collect();
        doubtful |=
            numbers.iter().all(|number| self.form_of.get(*number).is_some_and(|form| self.ambiguous.contains(form)));
        Some(Entity {
            kind,
            name,
            aliases,
            titles,
            mentions,
            salience: 0.0,
            value: None,
            doubtful,
            followed: false,
            quotes: vec![],
        })
    }
}

fn is_latin(c: char) -> bool {
    c < '\u{370}' || ('\u{1e00}'..'\u{1f00}').contains(&c)
}

/// The form an entity goes by; `forms` are its forms, the most frequent first.
fn canonical(kind: Kind, known: Option<ListedName>, forms: &[&str]) -> Option<String> {
    let frequent = *forms.first()?;
    if let Some(known) = known {
        if !known.spelling {
            return Some(known.canonical.to_owned());
        }
        // The article's own spelling, with a capital if it has one anywhere.
        let capital = forms
            .iter()
            .find(|form| form.starts_with(char::is_uppercase) && normal(form).len() >= normal(frequent).len());
        return Some((*capital.unwrap_or(&frequent)).to_owned());
    }
    let longest = |forms: &[&str]| {
        let length = |form: &str| (form.chars().all(is_latin), form.split(' ').count(), form.chars().count());
        // The first of equals is the more frequent.
        forms.iter().rev().max_by_key(|form| length(form)).map(|form| (*form).to_owned())
    };
    match kind {
        // "Marrow River", though it is mostly called "the Marrow".
        Kind::Place if forms.iter().any(|form| form.split(' ').count() == 2 && form.starts_with(frequent)) => {
            longest(forms)
        }
        Kind::Place | Kind::Group => Some(frequent.to_owned()),
        _ => longest(forms),
    }
}
