//! Entities in the page: who and what was found in the article, and what of it is lit.

use crate::entity::Entity;
use crate::entity::corrections::Corrections;

use super::Reader;

impl Reader {
    /// The analysis of the open article is done.
    pub fn set_entities(&mut self, found: Vec<Entity>, corrections: &Corrections) {
        if let Some(open) = &mut self.open {
            open.entities = corrections.apply(&open.article.body, found.clone());
            open.found = found;
            open.analysed = true;
        }
        self.lit.clear();
        self.chosen = None;
    }

    /// The reader knows something else better: what is lit stays lit where it is still there.
    pub fn correct(&mut self, corrections: &Corrections) {
        let Some(open) = &mut self.open else { return };
        let entities = corrections.apply(&open.article.body, open.found.clone());
        let before = std::mem::replace(&mut open.entities, entities);
        let places = self.lit.iter().filter_map(|number| before.get(*number)?.mentions.first());
        self.lit = places.filter_map(|mention| open.entity_at(mention.range)).collect();
        self.chosen = None;
    }

    /// The entity under the cursor of the entities pane lights up.
    pub fn choose(&mut self, entity: Option<usize>) {
        self.chosen = entity;
    }

    /// Keeps an entity lit, or lets it go out.
    pub fn keep_lit(&mut self, entity: usize) {
        if !self.lit.remove(&entity) {
            self.lit.insert(entity);
        }
    }

    /// Whether an entity is kept lit.
    pub fn is_lit(&self, entity: usize) -> bool {
        self.lit.contains(&entity)
    }
}
