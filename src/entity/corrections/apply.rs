//! Brings the entities of an article into line with what the reader knows better.
//!
//! 1. Forms that are names of their own leave the entities they were counted to.
//! 2. Each entity goes where the corrections lead its name; what is to be ignored goes.
//! 3. Those that arrive at one name are one entity.
//!
//! Linear in the mentions, but for the sorting.

use std::collections::{HashMap, HashSet};

use super::{Correction, Corrections, Key, Outcome, Verb, key_of};
use crate::article::Text;
use crate::entity::key::normal;
use crate::entity::{Entity, Mention, Rule};

/// An entity as it is shown, and the lines that made it so.
struct ShownEntity {
    entity: Entity,
    by: Vec<usize>,
}

impl Corrections {
    /// The entities of an article as the reader wants them: those that are followed first, then the most salient.
    pub fn apply(&self, text: &Text, found: Vec<Entity>) -> Vec<Entity> {
        if self.is_empty() {
            return found;
        }
        self.shape(text, found).into_iter().map(|shaped| shaped.entity).collect()
    }

    /// The corrections that made one of the entities, as [`Corrections::apply`] returned it, what it is.
    pub fn behind(&self, text: &Text, found: Vec<Entity>, entity: &Entity) -> Vec<Correction> {
        let is_it =
            |shaped: &ShownEntity| shaped.entity.name == entity.name && shaped.entity.mentions == entity.mentions;
        let mut lines = self.shape(text, found).into_iter().find(is_it).map(|shaped| shaped.by).unwrap_or_default();
        lines.sort_unstable();
        lines.dedup();
        lines.into_iter().filter_map(|line| self.lines.get(line)?.correction.clone()).collect()
    }

    fn shape(&self, text: &Text, found: Vec<Entity>) -> Vec<ShownEntity> {
        let (parts, apart) = self.split(text, found);
        let mut arrived: Vec<CorrectedEntity> = Vec::new();
        let mut at: HashMap<Key, usize> = HashMap::new();
        let mut changed = Vec::new();
        let apart = apart.into_iter().map(|(line, entity)| (Some(line), entity));
        for (line, entity) in parts.into_iter().map(|entity| (None, entity)).chain(apart) {
            let outcome = self.outcome(entity.kind, &entity.name);
            if outcome.ignored {
                continue;
            }
            let part = CorrectedEntity { entity, outcome, split: line, grown: false };
            if part.is_changed() {
                changed.push(part);
            } else {
                at.entry(part.outcome.key.clone()).or_insert(arrived.len());
                arrived.push(part);
            }
        }
        // Those that keep their name come first: what is merged into them takes it.
        changed.sort_by_key(|part| part.outcome.merged);
        let others =
            if changed.iter().any(|part| self.is_retyped(part)) { forms_of(text, &arrived) } else { HashMap::new() };
        for part in changed {
            // Dates and amounts are no names: two of the same words may be different things.
            let by_name = at.get(&part.outcome.key).copied();
            // A name that is of another kind now may be a short form of one of that kind.
            let by_form = || others.get(&part.outcome.key).copied().flatten().filter(|_| self.is_retyped(&part));
            let there = by_name.or_else(by_form).filter(|_| part.outcome.kind.is_name());
            if let Some(other) = there.and_then(|number| arrived.get_mut(number)) {
                other.take_in(part, text);
            } else {
                at.entry(part.outcome.key.clone()).or_insert(arrived.len());
                arrived.push(part.renamed(text));
            }
        }
        let mut shaped: Vec<ShownEntity> = arrived.into_iter().map(|arrived| arrived.shaped(text)).collect();
        let most = shaped.iter().map(|shaped| shaped.entity.salience).fold(0.0, f32::max);
        if most > 0.0 {
            for shaped in &mut shaped {
                shaped.entity.salience /= most;
            }
        }
        shaped.sort_by(|ShownEntity { entity: a, .. }, ShownEntity { entity: b, .. }| {
            let by_salience = b.followed.cmp(&a.followed).then_with(|| b.salience.total_cmp(&a.salience));
            by_salience.then_with(|| a.mentions.cmp(&b.mentions))
        });
        shaped
    }

    fn is_retyped(&self, part: &CorrectedEntity) -> bool {
        let retypes = |line: &usize| {
            let correction = self.lines.get(*line).and_then(|line| line.correction.as_ref());
            correction.is_some_and(|correction| correction.verb() == Verb::Retype)
        };
        part.outcome.by.iter().any(retypes)
    }

    /// Takes forms that are names of their own out of the entities they are in; each with the line that says so.
    fn split(&self, text: &Text, found: Vec<Entity>) -> (Vec<Entity>, Vec<(usize, Entity)>) {
        let mut apart: Vec<(usize, Entity)> = Vec::new();
        if !self.all().any(|correction| correction.verb() == Verb::Split) {
            return (found, apart);
        }
        let mut at: HashMap<Key, usize> = HashMap::new();
        let mut parts = Vec::with_capacity(found.len());
        for mut entity in found {
            let all = entity.mentions.len();
            let line_of = |mention: &Mention| {
                let key = key_of(entity.kind, text.slice(mention.range));
                self.holding(&key, Verb::Split).map(|(line, _)| (line, key))
            };
            let (leaving, staying): (Vec<_>, Vec<_>) = entity
                .mentions
                .iter()
                .map(|mention| (*mention, line_of(mention)))
                .partition(|(_, line)| line.is_some());
            // The forms that stay have to have a name, and one that is alone in its entity is its own already.
            let one = leaving.first().and_then(|(_, first)| first.as_ref());
            let is_alone = staying.is_empty() && leaving.iter().all(|(_, line)| line.as_ref() == one);
            if leaving.is_empty() || is_alone {
                parts.push(entity);
                continue;
            }
            let salience = entity.salience;
            let share = |count: usize| salience * count as f32 / all.max(1) as f32;
            for (mention, line) in leaving {
                let Some((line, key)) = line else { continue };
                let number = *at.entry(key).or_insert_with(|| {
                    let name = text.slice(mention.range).to_owned();
                    let entity = Entity {
                        name,
                        aliases: Vec::new(),
                        titles: Vec::new(),
                        mentions: Vec::new(),
                        salience: 0.0,
                        quotes: Vec::new(),
                        ..entity.clone()
                    };
                    apart.push((line, entity));
                    apart.len() - 1
                });
                if let Some((_, own)) = apart.get_mut(number) {
                    own.mentions.push(Mention { rule: Rule::Name, ..mention });
                    own.salience += share(1);
                }
            }
            if staying.is_empty() {
                continue;
            }
            entity.mentions = staying.into_iter().map(|(mention, _)| mention).collect();
            let forms = forms(text, &entity.mentions);
            if self.holding(&key_of(entity.kind, &entity.name), Verb::Split).is_some() {
                // It went by the name that left: the longest that is left names it best.
                let longest = forms.iter().rev().max_by_key(|form| form.chars().count());
                entity.name = longest.cloned().unwrap_or_default();
            }
            entity.aliases = forms.into_iter().filter(|form| *form != entity.name).collect();
            parts.push(entity);
        }
        for (_, own) in &mut apart {
            own.mentions.sort_unstable();
            let forms = forms(text, &own.mentions);
            own.aliases = forms.into_iter().filter(|form| *form != own.name).collect();
        }
        (parts, apart)
    }
}

/// An entity where the corrections led it.
struct CorrectedEntity {
    entity: Entity,
    outcome: Outcome,
    /// The line that made it an entity of its own.
    split: Option<usize>,
    /// Whether it has taken in others, whose mentions are not in order yet.
    grown: bool,
}

impl CorrectedEntity {
    fn is_changed(&self) -> bool {
        !self.outcome.by.is_empty() || self.split.is_some()
    }

    /// With the name and kind it has now.
    fn renamed(mut self, text: &Text) -> Self {
        let entity = &mut self.entity;
        if entity.kind != self.outcome.kind {
            entity.kind = self.outcome.kind;
            // What a date or an amount stands for is nothing a name stands for.
            entity.value = None;
        }
        if entity.name != self.outcome.name {
            entity.name.clone_from(&self.outcome.name);
            let forms = forms(text, &entity.mentions);
            entity.aliases = forms.into_iter().filter(|form| *form != entity.name).collect();
            let key = normal(&entity.name);
            for mention in entity.mentions.iter_mut().filter(|mention| mention.rule == Rule::Name) {
                if normal(text.slice(mention.range)) != key {
                    mention.rule = Rule::Correction;
                }
            }
        }
        entity.followed |= self.outcome.followed;
        // Whoever corrects it has looked at it.
        entity.doubtful = false;
        self
    }

    /// Takes in another that is the same.
    fn take_in(&mut self, other: Self, text: &Text) {
        let Self { entity: part, outcome, split, .. } = other;
        let entity = &mut self.entity;
        let key = normal(&entity.name);
        let joined = part.mentions.into_iter().map(|mention| {
            let is_name = normal(text.slice(mention.range)) == key;
            Mention { rule: if is_name { Rule::Name } else { Rule::Correction }, ..mention }
        });
        entity.mentions.extend(joined);
        entity.titles.extend(part.titles);
        entity.quotes.extend(part.quotes);
        self.grown = true;
        entity.salience = entity.salience.max(part.salience);
        entity.followed |= outcome.followed;
        entity.doubtful = false;
        self.outcome.by.extend(outcome.by);
        self.outcome.by.extend(split);
    }

    fn shaped(mut self, text: &Text) -> ShownEntity {
        self.outcome.by.extend(self.split);
        // Once, however many it took in.
        if self.grown {
            let entity = &mut self.entity;
            entity.mentions.sort_unstable();
            entity.mentions.dedup_by_key(|mention| mention.range);
            let mut seen = HashSet::new();
            entity.titles.retain(|title| seen.insert(title.clone()));
            entity.quotes.sort_unstable();
            entity.quotes.dedup();
            let forms = forms(text, &entity.mentions);
            entity.aliases = forms.into_iter().filter(|form| *form != entity.name).collect();
        }
        ShownEntity { entity: self.entity, by: self.outcome.by }
    }
}

/// Whose the forms in the text are; nobody's if several have one.
fn forms_of(text: &Text, arrived: &[CorrectedEntity]) -> HashMap<Key, Option<usize>> {
    let mut whose: HashMap<Key, Option<usize>> = HashMap::new();
    for (number, CorrectedEntity { entity, .. }) in
        arrived.iter().enumerate().filter(|(_, part)| part.entity.kind.is_name())
    {
        for form in forms(text, &entity.mentions) {
            let owner = whose.entry(key_of(entity.kind, &form)).or_insert(Some(number));
            *owner = owner.filter(|owner| *owner == number);
        }
    }
    whose
}

/// The forms of a name in the text, the most frequent first, then the first.
fn forms(text: &Text, mentions: &[Mention]) -> Vec<String> {
    let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
    for (number, mention) in mentions.iter().enumerate() {
        counts.entry(text.slice(mention.range)).or_insert((0, number)).0 += 1;
    }
    let mut forms: Vec<(&str, (usize, usize))> = counts.into_iter().collect();
    forms.sort_by_key(|(_, (count, first))| (std::cmp::Reverse(*count), *first));
    forms.into_iter().map(|(form, _)| form.to_owned()).collect()
}
