//! Queries for lists of articles.

use jiff::Timestamp;

use super::{BadQuery, Condition, Part, Scope, Term, TextTerm, Vocabulary, parse};
use crate::text::index_words::index_words;

/// A query for articles; the default one matches every article.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ArticleQuery {
    /// What must hold.
    pub condition: Condition,
}

impl Default for ArticleQuery {
    fn default() -> Self {
        Self { condition: Condition::All(Vec::new()) }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Is,
    Title,
    Author,
    Source,
    File,
    Tag,
    Feed,
    Before,
    After,
}

const VOCABULARY: Vocabulary<Field> = Vocabulary {
    fields: &[
        ("is", Field::Is),
        ("title", Field::Title),
        ("author", Field::Author),
        ("source", Field::Source),
        ("file", Field::File),
        ("tag", Field::Tag),
        ("feed", Field::Feed),
        ("before", Field::Before),
        ("after", Field::After),
        ("byline", Field::Author),
    ],
    value_hint: |field| match field {
        Field::Is => "unread, read, starred, bookmarked, changed, teaser",
        Field::Title => "words of the headline",
        Field::Author => "the writer's name",
        Field::Source => "words of the publication or folder",
        Field::File => "words of the file name",
        Field::Tag => "the beginning of a tag",
        Field::Feed => "the address of a feed, or a part of its name",
        Field::Before | Field::After => "a day like 2026-11-20, a month, a year, or an age like 7d, 2w, 3m, 1y",
    },
    tag: Field::Tag,
    elsewhere: &[("entity", ENTITIES), ("kind", ENTITIES)],
};

const ENTITIES: &str = "entities cannot be searched for yet";

/// The values of `is:`.
const STATES: [(&str, Term); 6] = [
    ("unread", Term::Read(false)),
    ("read", Term::Read(true)),
    ("starred", Term::Starred(true)),
    ("bookmarked", Term::Bookmarked(true)),
    ("changed", Term::Changed(true)),
    ("teaser", Term::Teaser(true)),
];

impl ArticleQuery {
    /// Reads a query; a blank one matches every article.
    ///
    /// Words and phrases in quotation marks are searched for in headline, writer, source, file name and text; `title:`,
    /// `author:`, `source:` and `file:` search in one of them; a star ends a word that is only begun. `tag:name` or `#name` matches a tag; `is:unread`, `is:read`,
    /// `is:starred`, `is:bookmarked`, `is:changed` and `is:teaser` the marks and what a feed did; `feed:` a feed; `before:` and `after:` (a day, or `7d`) the time an article is listed
    /// under. A `-` negates what follows it, `or` (or `|`) stands between alternatives and binds least, brackets group.
    ///
    /// # Errors
    /// If any part of it is invalid.
    pub fn read(text: &str, now: Timestamp) -> Result<Self, BadQuery> {
        Self::understand(text, &mut |part| condition(&part, false, now))
    }

    /// Reads a query that is being typed: the word at its end is only begun. None while its end means nothing yet, as in
    /// `is:un`, and while that may become the name of a field.
    ///
    /// # Errors
    /// If any part before its end is invalid.
    pub fn read_typed(text: &str, now: Timestamp) -> Result<Option<Self>, BadQuery> {
        let mut may_be_field = false;
        let read = Self::understand(text, &mut |part| {
            may_be_field |= begins_field(&part);
            condition(&part, part.is_open, now)
        });
        match read {
            Err(bad) if !bad.is_unfinished(text) => Err(bad),
            Ok(query) if !may_be_field => Ok(Some(query)),
            _ => Ok(None),
        }
    }

    fn understand(
        text: &str,
        condition: &mut impl FnMut(Part<Field>) -> Result<Condition, BadQuery>,
    ) -> Result<Self, BadQuery> {
        Ok(Self { condition: parse(text, &VOCABULARY)?.try_map(condition)? })
    }

    /// The same query with one more condition.
    #[must_use]
    pub fn with(&self, term: Term) -> Self {
        let mut conditions = match &self.condition {
            Condition::All(conditions) => conditions.clone(),
            other => vec![other.clone()],
        };
        conditions.push(term.into());
        Self { condition: Condition::All(conditions) }
    }

    /// Whether it matches every article.
    pub fn is_empty(&self) -> bool {
        self.condition == Condition::All(Vec::new())
    }
}

/// Whether this is the word at the end, and may become the name of a field.
fn begins_field(part: &Part<Field>) -> bool {
    let word = part.folded();
    part.is_open && part.field.is_none() && VOCABULARY.fields.iter().any(|(name, _)| name.starts_with(&word))
}

fn condition(part: &Part<Field>, is_open: bool, now: Timestamp) -> Result<Condition, BadQuery> {
    let is_begun = is_open || part.has_star();
    let words = |scope| {
        let words: Vec<String> = index_words(&part.value).into_iter().map(|word| word.folded).collect();
        if words.is_empty() {
            return Err(part.bad("it has no letter or digit to search for", "leave it out"));
        }
        Ok(Term::Text(TextTerm { scope, words, is_begun }))
    };
    Ok(Condition::Term(match part.field {
        None => words(Scope::Everywhere)?,
        Some(Field::Title) => words(Scope::Title)?,
        Some(Field::Author) => words(Scope::Author)?,
        Some(Field::Source) => words(Scope::Source)?,
        Some(Field::File) => words(Scope::File)?,
        Some(Field::Tag) => Term::Tag(part.folded()),
        // An address counts as it is written.
        Some(Field::Feed) if part.value.contains("://") => Term::Feed(vec![part.value.clone()]),
        Some(Field::Feed) => Term::Feed(vec![part.folded()]),
        Some(Field::Before) => Term::Before(part.moment(now)?),
        Some(Field::After) => Term::After(part.moment(now)?),
        Some(Field::Is) => {
            let meant = STATES.into_iter().find(|(name, _)| *name == part.folded());
            let names = STATES.map(|(name, _)| name);
            meant.map(|(_, term)| term).ok_or_else(|| part.error("there is no such state", names))?
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Condition, BadQuery> {
        ArticleQuery::read(text, Timestamp::UNIX_EPOCH).map(|query| query.condition)
    }

    fn scoped(scope: Scope, words: &[&str], is_begun: bool) -> Condition {
        let words = words.iter().map(|&word| word.to_owned()).collect();
        Term::Text(TextTerm { scope, words, is_begun }).into()
    }

    #[test]
    fn words_fields_and_states_are_read() {
        let not = |condition| Condition::Not(Box::new(condition));
        let words = |words: &[&str]| scoped(Scope::Everywhere, words, false);
        let in_scope = |scope, words: &[&str]| scoped(scope, words, false);
        for (text, wanted) in [
            ("", vec![]),
            ("  Azores\tcable ", vec![words(&["azores"]), words(&["cable"])]),
            (r#""Azores cable""#, vec![words(&["azores", "cable"])]),
            ("is:unread", vec![Term::Read(false).into()]),
            ("IS:Starred is:bookmarked", vec![Term::Starred(true).into(), Term::Bookmarked(true).into()]),
            ("-is:read", vec![not(Term::Read(true).into())]),
            ("#river -#flood", vec![Term::Tag("river".to_owned()).into(), not(Term::Tag("flood".to_owned()).into())]),
            ("source:\"The Gazette\"", vec![in_scope(Scope::Source, &["the", "gazette"])]),
            ("-\"#not: a tag\"", vec![not(words(&["not", "a", "tag"]))]),
            ("byline:baird file:notes", vec![in_scope(Scope::Author, &["baird"]), in_scope(Scope::File, &["notes"])]),
            ("stor* “stor*”", vec![scoped(Scope::Everywhere, &["stor"], true), words(&["stor"])]),
            ("title:東京*", vec![scoped(Scope::Title, &["東", "京"], true)]),
            ("after:1970", vec![Term::After(Timestamp::UNIX_EPOCH).into()]),
            ("10:30 東京", vec![words(&["10", "30"]), words(&["東", "京"])]),
            (
                "title:(rain or hail)",
                vec![Condition::Any(vec![in_scope(Scope::Title, &["rain"]), in_scope(Scope::Title, &["hail"])])],
            ),
        ] {
            assert_eq!(read(text), Ok(Condition::All(wanted)), "{text}");
        }
    }

    #[test]
    fn what_means_nothing_is_refused_with_its_place_and_a_hint() {
        for (text, at, part, hint) in [
            ("cable is:unred", 7, "is:unred", "did you mean is:unread?"),
            ("is:star", 1, "is:star", "did you mean is:starred?"),
            ("is:", 1, "is:", "unread, read, starred"),
            ("-", 1, "-", "leave it out"),
            ("rain *", 6, "*", "leave it out"),
            ("rain – hail", 6, "–", "leave it out"),
            ("sorce:gazette", 1, "sorce:gazette", "did you mean source:?"),
            ("state:orphan", 1, "state:orphan", "is: title: author: source: file: tag: feed: before: after:;"),
            ("before:soon", 1, "before:soon", "an age like 7d"),
            ("a \"b", 3, "\"b", "close it"),
            ("entity:\"Dick Cheney\" x", 1, "entity:\"Dick Cheney\"", "in quotation marks to search for the words"),
        ] {
            let bad = read(text).expect_err(text);
            assert_eq!((bad.at, bad.part.as_str()), (at, part), "{text}");
            assert!(bad.hint.contains(hint), "{text}: {}", bad.hint);
        }
    }

    #[test]
    fn only_the_word_that_is_being_typed_is_begun() {
        let typed = |text: &str| ArticleQuery::read_typed(text, Timestamp::UNIX_EPOCH);
        let words = |word: &str, is_begun| scoped(Scope::Everywhere, &[word], is_begun);
        for (text, wanted) in [
            ("rain hai", vec![words("rain", false), words("hai", true)]),
            ("rain ", vec![words("rain", false)]),
            ("\"rain\"", vec![words("rain", false)]),
            ("title:ra", vec![scoped(Scope::Title, &["ra"], true)]),
            ("o", vec![words("o", true)]),
            ("title ", vec![words("title", false)]),
        ] {
            assert_eq!(typed(text).unwrap().unwrap().condition, Condition::All(wanted), "{text}");
        }
        for text in
            ["i", "is", "is:", "is:un", "rain tit", "rain -", "rain or ", "(rain", "\"rain ha", "after:202", "ent:"]
        {
            assert_eq!(typed(text), Ok(None), "{text}");
        }
        for text in ["ent: x", "is:un rain", "() rain"] {
            assert!(typed(text).is_err(), "{text}");
        }
    }
}
