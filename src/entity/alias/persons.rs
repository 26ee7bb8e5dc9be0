//! Which names are one person: full names, nicknames, surnames, first names.

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use super::Linker;
use crate::entity::evidence::Sign;
use crate::entity::key::PersonName;
use crate::entity::lexicon::Gender;
use crate::entity::names::rank;
use crate::entity::{Kind, Rule};

/// A full name may be a person's if nothing else is much likelier.
const FULL: f32 = 1.5;

/// A part of a person's name may be likelier something else by this much: alone it tells little, and the article has
/// introduced the person.
const PART: f32 = 6.0;

/// A first name alone has to be nearer.
const FIRST: f32 = 3.0;

/// Words within which a lone surname is that of whoever was named before: a sentence or so.
const NEAR: usize = 20;

/// Bearers of one word that are told apart; more is a list, not an article.
const MOST: usize = 8;

/// A form with the parts of its name.
struct Person {
    form: usize,
    name: PersonName,
    /// Words of it, with particles.
    words: usize,
    /// Whether nothing else is likelier to bear the name: "South Africa" might be a person's, but then its Africa is none.
    certain: bool,
}

/// How a shorter name is part of a longer one; the better comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// "Cruz Ortega", "Maria Cruz" and "Ortega" of "Maria de la Cruz Ortega"
    Surname,
    /// "Maria"
    First,
    /// "Cruz"
    Other,
}

/// How `short` is part of `long`, if it is.
fn part(short: &PersonName, long: &PersonName) -> Option<Part> {
    if short.suffix.is_some() && short.suffix != long.suffix {
        return None;
    }
    if short.first.is_none() {
        let found = long.parts().any(|part| part == short.surname);
        let part = match &short.surname {
            own if *own == long.surname => Part::Surname,
            own if long.first.as_ref() == Some(own) => Part::First,
            _ => Part::Other,
        };
        return found.then_some(part);
    }
    let mut rest = long.parts();
    let ordered = short.parts().all(|part| rest.any(|other| other == part));
    let with_first = short.first == long.first;
    let with_last = short.surname == long.surname;
    (ordered && (with_first || with_last)).then_some(Part::Surname)
}

impl Linker<'_> {
    pub(super) fn persons(&mut self) {
        let (mut full, mut parts) = (Vec::new(), Vec::new());
        for (number, form) in self.forms.iter().enumerate() {
            let name = PersonName::new(&form.key);
            let is_full = name.first.is_some() && form.tally.listed().is_none() && form.may_be(Kind::Person, FULL);
            let certain = form.kind() == Kind::Person;
            let person = Person { form: number, words: form.words, name, certain };
            if is_full {
                full.push(person);
            } else if form.words <= 4 && self.may_be_part(number) {
                parts.push(person);
            }
        }
        self.full_names(&full);
        // Every part of a name → those whose name it is.
        let mut bearers: HashMap<&str, Vec<&Person>> = HashMap::new();
        // "Van Doren", to whom "Doren" may be short.
        for person in full.iter().chain(parts.iter().filter(|part| part.words > 1)) {
            for part in person.name.parts().filter(|part| part.chars().nth(1).is_some()) {
                let list = bearers.entry(part).or_default();
                if list.len() <= MOST && list.last().is_none_or(|last| last.form != person.form) {
                    list.push(person);
                }
            }
        }
        let mut shared = HashSet::new();
        for short in full.iter().chain(&parts) {
            let Some(bearers) = bearers.get(&*short.name.surname).filter(|bearers| bearers.len() <= MOST) else {
                continue;
            };
            let mut found: Vec<(Part, usize)> = Vec::new();
            for long in bearers.iter().filter(|long| long.words > short.words) {
                if let Some(part) = part(&short.name, &long.name)
                    && (long.certain || self.is_cut_from(short, long))
                {
                    found.push((part, self.root(long.form)));
                }
            }
            let Some(best) = found.iter().map(|(part, _)| *part).min() else { continue };
            found.retain(|(part, _)| *part == best);
            found.dedup_by_key(|(_, root)| *root);
            let own = self.root(short.form);
            match found.as_slice() {
                [(Part::Surname, root)] => {
                    let rule = if short.name.first.is_some() { Rule::FullName } else { Rule::Surname };
                    self.join(own, *root, rule);
                    self.set_rule(short.form, rule);
                }
                [(Part::First | Part::Other, root)] if self.may_be_first(short.form) => {
                    self.join(short.form, *root, Rule::PartOfName);
                }
                [(best, _), _, ..]
                    if short.name.first.is_none() && (*best == Part::Surname || self.may_be_first(short.form)) =>
                {
                    shared.insert(short.form);
                }
                _ => {}
            }
        }
        if !shared.is_empty() {
            self.shared_surnames(&full, &shared);
        }
    }

    /// Whether a name that may be no person's is shortened at one end, and not to a place or body that everybody knows:
    /// "Al Balagh" of Al Balagh Erriadhi, but not "Best Actress" of Best Supporting Actress or Korea of Party of Korea.
    fn is_cut_from(&self, short: &Person, long: &Person) -> bool {
        let (Some(own), Some(whole)) = (self.forms.get(short.form), self.forms.get(long.form)) else { return false };
        own.tally.listed().is_none() && (whole.key.starts_with(&own.key) || whole.key.ends_with(&own.key))
    }

    fn set_rule(&mut self, form: usize, rule: Rule) {
        if let Some(slot) = self.rules.get_mut(form) {
            *slot = rule;
        }
    }

    /// Whether a form may be a part of the name of a person whom the article introduces: nothing speaks for a place of
    /// that name, and other kinds are not much likelier.
    fn may_be_part(&self, form: usize) -> bool {
        let Some(form) = self.forms.get(form) else { return false };
        let signs = form.tally.signs();
        let placed = form.mentions.iter().any(|&name| self.is_placed(name, true));
        let human = [Sign::Titled, Sign::Who, Sign::Aged, Sign::Speaks].iter().any(|sign| signs.of(*sign) > 0);
        let people = form.tally.listed().is_some_and(|known| known.kind == Kind::Group);
        (human || !placed && !people) && form.tally.unlisted().behind(Kind::Person) <= PART
    }

    /// Whether a form may be the first or a middle name of a person the article introduces.
    fn may_be_first(&self, form: usize) -> bool {
        self.forms.get(form).is_some_and(|form| form.tally.unlisted().behind(Kind::Person) <= FIRST)
    }

    /// Full names of one person: the same first name and surname, a nickname, an initial.
    fn full_names(&mut self, full: &[Person]) {
        let lexicon = self.reading.lexicon;
        let mut known: HashMap<(&str, &str, Option<&str>), usize> = HashMap::new();
        let mut by_initial: HashMap<(&str, char), Option<usize>> = HashMap::new();
        for Person { form, name, .. } in full {
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
        for Person { form, name, .. } in full {
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

    /// Several people bear the surname or family name: each lone mention goes to the one its title fits, else to the one who was named
    /// just before it, else to the one who was named first, for most often the article is about that one.
    fn shared_surnames(&mut self, full: &[Person], shared: &HashSet<usize>) {
        #[derive(Default)]
        struct Last {
            first: Option<usize>,
            /// The last one and the word after the mention.
            near: Option<(usize, usize)>,
            /// Who bore each title; none if two did.
            titled: HashMap<String, Option<usize>>,
            female: Option<usize>,
            male: Option<usize>,
        }
        let names: HashMap<usize, &PersonName> = full.iter().map(|person| (person.form, &person.name)).collect();
        let mut last: HashMap<&str, Last> = HashMap::new();
        for number in 0..self.names.len() {
            let (Some(&form), Some(own)) = (self.form_of.get(number), self.names.get(number)) else { continue };
            if let Some(name) = names.get(&form) {
                let root = self.root(form);
                let gender = own.gender.or_else(|| self.reading.lexicon.given(self.reading.word(own.first).text));
                let title = own.title.map(|title| rank(self.reading.text.slice(title)));
                for part in name.parts() {
                    let last = last.entry(part).or_default();
                    last.first = last.first.or(Some(root));
                    last.near = Some((root, own.end));
                    if let Some(title) = &title {
                        let slot = last.titled.entry(title.clone()).or_insert(Some(root));
                        if *slot != Some(root) {
                            *slot = None;
                        }
                    }
                    match gender {
                        Some(Gender::Female) => last.female = Some(root),
                        Some(Gender::Male) => last.male = Some(root),
                        _ => {}
                    }
                }
            } else if shared.contains(&form) {
                let key = self.forms.get(form).map(|form| PersonName::new(&form.key).surname).unwrap_or_default();
                let title = own.title.map(|title| self.reading.text.slice(title));
                let found = last.get(key.as_str()).and_then(|last| match own.gender {
                    Some(Gender::Female) => last.female,
                    Some(Gender::Male) => last.male,
                    _ => {
                        let titled = title.and_then(|title| last.titled.get(&rank(title)).copied().flatten());
                        let near = last.near.filter(|(_, end)| own.first < end + NEAR).map(|(root, _)| root);
                        titled.or(near).or(last.first)
                    }
                });
                match found {
                    Some(root) => {
                        self.moved.insert(number, root);
                        if let Some(last) = last.get_mut(key.as_str()) {
                            last.near = Some((root, own.end));
                        }
                    }
                    None => {
                        self.ambiguous.insert(form);
                    }
                }
            }
        }
    }
}
