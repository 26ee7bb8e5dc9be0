//! Errors by class, the most frequent first.

use std::collections::{BTreeMap, BTreeSet};

use dateline::internals::article::TextRange;

use crate::gold::{Gold, GoldName};
use crate::names::FoundName;

/// How many of a class are listed.
const LISTED: usize = 40;

/// Characters shown on each side of an error.
const AROUND: usize = 30;

/// What an error is, how often, and where it was first.
#[derive(Default)]
pub(crate) struct Errors {
    classes: BTreeMap<&'static str, BTreeMap<String, (usize, String)>>,
}

impl Errors {
    /// Another error of a class; `what` names it where it is counted.
    pub(crate) fn add(&mut self, class: &'static str, what: String, article: &Gold, at: TextRange) {
        let entry = self.classes.entry(class).or_default().entry(what);
        entry.or_insert_with(|| (0, format!("{}: {}", article.name, context_of(article, at)))).0 += 1;
    }

    /// Sorts the errors in names: another **type**, another **boundary**, **spurious** where nothing is marked,
    /// **missed** where nothing is found. A name marked and a name found that meet are one error.
    pub(crate) fn names(&mut self, article: &Gold, found: &BTreeSet<FoundName>) {
        let words = |range| article.text.slice(range).replace('\n', " ");
        let mut met = BTreeSet::new();
        for &(range, class) in found {
            let touching = || article.names.iter().filter(|name| name.range.overlaps(range));
            let Some(class) = class else {
                // Some other kind of the program's, where the file has one that it scores.
                for name in touching().filter(|name| is_scored(article, name) && name.range == range) {
                    met.insert(name.range);
                    self.add(
                        "type",
                        format!("{} as another kind: {}", name.class.as_str(), words(range)),
                        article,
                        range,
                    );
                }
                continue;
            };
            let same = touching().find(|name| name.range == range);
            if let Some(name) = same {
                met.insert(name.range);
                if !touching().any(|name| name.range == range && name.class == class) {
                    let what = format!("{} as {}: {}", name.class.as_str(), class.as_str(), words(range));
                    self.add("type", what, article, range);
                }
            } else if let Some(name) = touching().next() {
                met.extend(touching().map(|name| name.range));
                let what = format!("{}: {} for {}", class.as_str(), words(range), words(name.range));
                self.add("boundary", what, article, range);
            } else {
                self.add("spurious", format!("{}: {}", class.as_str(), words(range)), article, range);
            }
        }
        for name in article.names.iter().filter(|name| is_scored(article, name) && !met.contains(&name.range)) {
            self.add("missed", format!("{}: {}", name.class.as_str(), words(name.range)), article, name.range);
        }
    }

    pub(crate) fn print(&self) {
        for (class, errors) in &self.classes {
            let count: usize = errors.values().map(|(count, _)| count).sum();
            println!("\n{class}: {count}");
            let mut sorted: Vec<_> = errors.iter().collect();
            sorted.sort_by_key(|(what, (count, _))| (std::cmp::Reverse(*count), *what));
            for (what, (count, context)) in sorted.iter().take(LISTED) {
                println!("{count:5} {what:50} {context}");
            }
        }
    }
}

fn is_scored(article: &Gold, name: &GoldName) -> bool {
    article.types.contains(&name.class)
}

fn context_of(article: &Gold, range: TextRange) -> String {
    let whole = article.text.as_str();
    let before = whole.get(..range.start).unwrap_or_default();
    let before: Vec<char> = before.chars().rev().take(AROUND).collect();
    let after = whole.get(range.end..).unwrap_or_default().chars().take(AROUND);
    let line: String = before
        .into_iter()
        .rev()
        .chain(['['])
        .chain(article.text.slice(range).chars())
        .chain([']'])
        .chain(after)
        .collect();
    line.replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gold::Class;
    use crate::gold::tests::article;

    #[test]
    fn every_error_is_in_one_class() {
        let text = "Ana Reed of Oslo met Bob at Acme in Rome on Mars";
        let types = [Class::Person, Class::Place, Class::Organisation];
        let marked = [
            ("Ana Reed", Class::Person, 1, 0.0),
            ("Oslo", Class::Place, 2, 0.0),
            ("Bob", Class::Person, 3, 0.0),
            ("Acme", Class::Organisation, 4, 0.0),
            ("Mars", Class::Misc, 5, 0.0),
        ];
        let at = |words: &str, class| {
            let start = text.find(words).unwrap();
            (TextRange::new(start, start + words.len()), Some(class))
        };
        let found = BTreeSet::from([
            at("Reed", Class::Person),
            at("Oslo", Class::Place),
            at("Acme", Class::Place),
            at("Rome", Class::Place),
        ]);
        let mut errors = Errors::default();
        errors.names(&article(text, &types, &marked), &found);
        let listed: Vec<_> = errors
            .classes
            .iter()
            .flat_map(|(class, all)| all.keys().map(move |what| (*class, what.as_str())))
            .collect();
        assert_eq!(
            listed,
            [
                ("boundary", "person: Reed for Ana Reed"),
                ("missed", "person: Bob"),
                ("spurious", "place: Rome"),
                ("type", "organisation as place: Acme"),
            ]
        );
        assert_eq!(errors.classes["spurious"]["place: Rome"].1, ": ed of Oslo met Bob at Acme in [Rome] on Mars");
    }
}
