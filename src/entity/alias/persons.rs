//! Which names are one person: full names, nicknames, surnames, first names.

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use super::{Merger, class_of};
use crate::entity::key::PersonName;
use crate::entity::lexicon::Gender;
use crate::entity::names::rank;
use crate::entity::{Kind, Rule};

impl Merger<'_> {
    pub(super) fn persons(&mut self) {
        let persons: Vec<(usize, PersonName)> = self
            .forms
            .iter()
            .enumerate()
            .filter(|(_, form)| form.known.is_none() && form.kind() == Kind::Person)
            .map(|(number, form)| (number, PersonName::new(&form.key)))
            .collect();
        let (full, lone): (Vec<_>, Vec<_>) = persons.into_iter().partition(|(_, name)| name.first.is_some());
        self.full_names(&full);

        // Surname → its bearers; any other part → its bearers. None once there are two.
        let mut surnames: HashMap<&str, Option<usize>> = HashMap::new();
        let mut parts: HashMap<&str, Option<usize>> = HashMap::new();
        for (form, name) in &full {
            let root = self.root(*form);
            let only = |slot: &mut Option<usize>| {
                if *slot != Some(root) {
                    *slot = None;
                }
            };
            surnames.entry(&name.surname).and_modify(only).or_insert(Some(root));
            for part in name.first.iter().chain(&name.middle).filter(|part| part.len() > 1) {
                parts.entry(part).and_modify(only).or_insert(Some(root));
            }
        }
        let elsewhere: HashSet<String> = self
            .forms
            .iter()
            .filter(|form| form.words == 1 && class_of(form.kind()) == Kind::Organisation)
            .map(|form| form.key.clone())
            .collect();
        let mut shared = HashSet::new();
        for (form, name) in &lone {
            let key = self.forms.get(*form).map(|form| form.key.clone()).unwrap_or_default();
            match (surnames.get(&*name.surname), parts.get(&*key)) {
                (Some(Some(root)), _) => self.join(*form, *root, Rule::Surname),
                (Some(None), _) => {
                    shared.insert(*form);
                }
                (None, Some(Some(root))) if !elsewhere.contains(&key) => self.join(*form, *root, Rule::PartOfName),
                _ => {}
            }
        }
        if !shared.is_empty() {
            self.shared_surnames(&full, &shared);
        }
    }

    /// Full names of one person: the same first name and surname, a nickname, an initial.
    fn full_names(&mut self, full: &[(usize, PersonName)]) {
        let lexicon = self.reading.lexicon;
        let mut known: HashMap<(&str, &str, Option<&str>), usize> = HashMap::new();
        let mut by_initial: HashMap<(&str, char), Option<usize>> = HashMap::new();
        for (form, name) in full {
            let first = name.first.as_deref().unwrap_or_default();
            let key = (name.surname.as_str(), first, name.suffix.as_deref());
            if let Some(&same) = known.get(&key) {
                self.join(*form, same, Rule::FullName);
            } else {
                known.insert(key, *form);
                if first.chars().count() > 1
                    && let Some(initial) = first.chars().next()
                {
                    by_initial.entry((key.0, initial)).and_modify(|only| *only = None).or_insert(Some(*form));
                }
            }
        }
        for (form, name) in full {
            let first = name.first.as_deref().unwrap_or_default();
            let suffix = name.suffix.as_deref();
            let mut single = first.chars();
            if let (Some(initial), None) = (single.next(), single.next()) {
                if let Some(Some(whole)) = by_initial.get(&(name.surname.as_str(), initial)) {
                    self.join(*form, *whole, Rule::FullName);
                }
                continue;
            }
            let mut candidates = lexicon
                .full_names(first)
                .iter()
                .filter_map(|whole| known.get(&(name.surname.as_str(), *whole, suffix)));
            if let (Some(&whole), None) = (candidates.next(), candidates.next()) {
                self.join(*form, whole, Rule::FullName);
            }
        }
    }

    /// Two people bear the surname: each lone mention goes to the one its title fits, else to the one who was named first,
    /// for most often the article is about that one.
    fn shared_surnames(&mut self, full: &[(usize, PersonName)], shared: &HashSet<usize>) {
        #[derive(Default)]
        struct Last {
            any: Option<usize>,
            /// Who bore each title; none if two did.
            titled: HashMap<String, Option<usize>>,
            female: Option<usize>,
            male: Option<usize>,
        }
        let names: HashMap<usize, &PersonName> = full.iter().map(|(form, name)| (*form, name)).collect();
        let mut last: HashMap<&str, Last> = HashMap::new();
        for number in 0..self.names.len() {
            let (Some(&form), Some(decided)) = (self.form_of.get(number), self.names.get(number)) else { continue };
            if let Some(name) = names.get(&form) {
                let root = self.root(form);
                let gender = decided
                    .name
                    .gender
                    .or_else(|| self.reading.lexicon.given(self.reading.word(decided.name.first).text));
                let last = last.entry(&name.surname).or_default();
                last.any = last.any.or(Some(root));
                if let Some(title) = decided.name.title {
                    let slot = last.titled.entry(rank(self.reading.text.slice(title))).or_insert(Some(root));
                    if *slot != Some(root) {
                        *slot = None;
                    }
                }
                match gender {
                    Some(Gender::Female) => last.female = Some(root),
                    Some(Gender::Male) => last.male = Some(root),
                    _ => {}
                }
            } else if shared.contains(&form) {
                let key = self.forms.get(form).map(|form| PersonName::new(&form.key).surname).unwrap_or_default();
                let title = decided.name.title.map(|title| self.reading.text.slice(title));
                let found = last.get(key.as_str()).and_then(|last| match decided.name.gender {
                    Some(Gender::Female) => last.female,
                    Some(Gender::Male) => last.male,
                    _ => title.and_then(|title| last.titled.get(&rank(title)).copied().flatten()).or(last.any),
                });
                match found {
                    Some(root) => {
                        self.moved.insert(number, root);
                    }
                    None => {
                        self.ambiguous.insert(form);
                    }
                }
            }
        }
    }
}
