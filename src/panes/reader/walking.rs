//! Searching in the article, and walking through hits and mentions.

use crate::article::TextRange;
use crate::command::{Command, Notice};
use crate::panes::Shared;
use crate::query::ArticleQuery;
use crate::text::find::find;

use super::{BeforeSearch, Reader, Walk};

impl Reader {
    /// Whether `n` and `N` walk the mentions of an entity.
    pub fn walks_mentions(&self) -> bool {
        self.walk == Walk::Mentions
    }

    /// What is searched for.
    pub(super) fn needle(&self) -> &str {
        &self.needle
    }

    /// A search begins: [`Reader::cancel_search`] comes back to here.
    pub(super) fn begin_search(&mut self) {
        if let Some(open) = &self.open {
            self.before_search = Some(BeforeSearch {
                pin: open.pin(),
                needle: self.needle.clone(),
                query: self.query.clone(),
                hits: self.hits.clone(),
                walk: self.walk,
                current: self.current,
            });
        }
    }

    /// The search stands.
    pub(super) fn end_search(&mut self) {
        self.before_search = None;
    }

    /// The search was given up: everything is as it was before.
    pub(super) fn cancel_search(&mut self) {
        let (Some(before), Some(open)) = (self.before_search.take(), &mut self.open) else {
            return;
        };
        let BeforeSearch { pin, needle, query, hits, walk, current } = before;
        open.set_pin(pin);
        (self.needle, self.query, self.hits, self.walk, self.current) = (needle, query, hits, walk, current);
    }

    /// Lights the words of a search of the library, if any are in the article; the page goes to the first of them unless
    /// one is in view.
    pub fn show_found(&mut self, query: &ArticleQuery) {
        let Some(open) = &mut self.open else { return };
        let hits = query.hits(&open.article.body);
        let Some(first) = open.first_in_view(&hits).or_else(|| hits.first().copied()) else { return };
        open.reveal(first.start);
        self.needle.clear();
        (self.query, self.hits, self.walk, self.current) = (query.clone(), hits, Walk::Hits, Some(first));
    }

    /// Searches the article as the words are typed; the page goes to the first hit from where the search began.
    pub(super) fn search(&mut self, needle: &str) {
        needle.clone_into(&mut self.needle);
        self.query = ArticleQuery::default();
        let Some(open) = &mut self.open else { return };
        if let Some(before) = &self.before_search {
            open.set_pin(before.pin);
        }
        self.hits = find(open.article.body.as_str(), needle);
        self.walk = if needle.is_empty() { Walk::Nothing } else { Walk::Hits };
        let from = open.in_view().start;
        self.current = self.hits.iter().copied().find(|hit| hit.start >= from).or_else(|| self.hits.first().copied());
        if let Some(hit) = self.current {
            open.reveal(hit.start);
        }
    }

    /// Where the search stands: "2 of 7".
    pub fn search_status(&self) -> Option<String> {
        if self.needle.is_empty() && self.query.is_empty() || self.walk != Walk::Hits {
            return None;
        }
        let at = self.current.and_then(|current| self.hits.iter().position(|hit| *hit == current));
        Some(match at {
            Some(at) => format!("{} of {}", at + 1, self.hits.len()),
            None => "not found".to_owned(),
        })
    }

    /// Goes to the next (or previous) mention of an entity.
    pub fn walk_mentions(&mut self, entity: usize, forward: bool, shared: &Shared) -> Option<Notice> {
        self.chosen = Some(entity);
        self.walk = Walk::Mentions;
        self.step(forward, shared)
    }

    /// Whether the words of a search are lit.
    pub fn has_hits(&self) -> bool {
        !self.hits.is_empty()
    }

    /// Takes search, walk and lit entities away.
    pub fn drop_search(&mut self) {
        self.needle.clear();
        self.query = ArticleQuery::default();
        self.hits.clear();
        self.lit.clear();
        self.current = None;
        self.walk = Walk::Nothing;
    }

    pub(super) fn step(&mut self, forward: bool, shared: &Shared) -> Option<Notice> {
        let open = self.open.as_mut()?;
        let ranges: Vec<TextRange> = match (self.walk, self.chosen) {
            (Walk::Hits, _) => self.hits.clone(),
            (Walk::Mentions, _) if !open.analysed => return Some(Notice::hint("Reading the names…")),
            (Walk::Mentions, Some(chosen)) => {
                open.entities.get(chosen).map(|entity| entity.mentions.iter().map(|mention| mention.range).collect())?
            }
            _ => {
                let (find, pane) = (shared.keymap.named(Command::Find), shared.keymap.named(Command::NextPane));
                return Some(Notice::hint(format!("Nothing to walk yet: {find} finds words, {pane} shows the names.")));
            }
        };
        let view = open.in_view();
        // From the current one, or, if the reader has moved on since, from what is in view.
        let from = self.current.filter(|current| view.overlaps(*current) && ranges.contains(current));
        let (ahead, other_end) = if forward {
            let after = from.map_or(view.start, |current| current.start + 1);
            (ranges.iter().find(|range| range.start >= after), ranges.first())
        } else {
            let before = from.map_or(view.start, |current| current.start);
            (ranges.iter().rev().find(|range| range.start < before), ranges.last())
        };
        let wrapped = ahead.is_none();
        let Some(next) = ahead.or(other_end).copied() else {
            return Some(Notice::hint("There is no hit in this article."));
        };
        self.current = Some(next);
        open.reveal(next.start);
        let all = ranges.len();
        wrapped.then(|| {
            Notice::hint(if forward {
                format!("Back at the first of {all}.")
            } else {
                format!("On to the last of {all}.")
            })
        })
    }
}
