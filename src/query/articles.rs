//! Queries for lists of articles.

use jiff::Timestamp;

use super::{BadQuery, Condition, Scope, Term, Token, Vocabulary, tokens};

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
        ("before", Field::Before),
        ("after", Field::After),
        ("byline", Field::Author),
    ],
    value_hint: |field| match field {
        Field::Is => "unread, read, starred",
        Field::Title => "words of the headline",
        Field::Author => "the writer's name",
        Field::Source => "words of the publication or folder",
        Field::File => "words of the file name",
        Field::Tag => "the beginning of a tag",
        Field::Before | Field::After => "a day like 2026-11-20, a month, a year, or 7d for seven days ago",
    },
    tag: Field::Tag,
    negates: true,
};

/// The values of `is:`.
const STATES: [(&str, Term); 3] =
    [("unread", Term::Read(false)), ("read", Term::Read(true)), ("starred", Term::Starred(true))];

impl ArticleQuery {
    /// Reads a query; a blank one matches every article.
    ///
    /// Words and phrases in quotation marks are searched for in headline, writer, source and file name; `title:`, `author:`,
    /// `source:` and `file:` search in one of them. `tag:name` or `#name` matches a tag; `is:unread`, `is:read` and
    /// `is:starred` the marks; `before:` and `after:` (a day, or `7d`) the time an article is listed under. A `-` negates
    /// the part that follows it.
    ///
    /// # Errors
    /// If any part of it is invalid.
    pub fn read(text: &str, now: Timestamp) -> Result<Self, BadQuery> {
        let conditions = tokens(text, &VOCABULARY)?.into_iter().map(|token| {
            let negated = token.negated;
            let condition = condition(token, now)?;
            Ok(if negated { Condition::Not(Box::new(condition)) } else { condition })
        });
        Ok(Self { condition: Condition::All(conditions.collect::<Result<_, _>>()?) })
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

fn condition(token: Token<Field>, now: Timestamp) -> Result<Condition, BadQuery> {
    let words = |scope| Condition::words(scope, &token.value);
    Ok(match token.field {
        None => words(Scope::Everywhere),
        Some(Field::Title) => words(Scope::Title),
        Some(Field::Author) => words(Scope::Author),
        Some(Field::Source) => words(Scope::Source),
        Some(Field::File) => words(Scope::File),
        Some(Field::Tag) => Term::Tag(token.value).into(),
        Some(Field::Before) => Term::Before(token.moment(now)?).into(),
        Some(Field::After) => Term::After(token.moment(now)?).into(),
        Some(Field::Is) => {
            let meant = STATES.into_iter().find(|(name, _)| name.starts_with(&token.value));
            let names = STATES.map(|(name, _)| name);
            meant.map(|(_, term)| term.into()).ok_or_else(|| token.error("there is no such state", names))?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::TextTerm;

    fn read(text: &str) -> Result<Condition, BadQuery> {
        ArticleQuery::read(text, Timestamp::UNIX_EPOCH).map(|query| query.condition)
    }

    #[test]
    fn words_fields_and_states_are_read() {
        let not = |condition| Condition::Not(Box::new(condition));
        let scoped = |scope, words: &[&str]| {
            let words = words.iter().map(|&word| {
                Condition::Term(Term::Text(TextTerm { scope, words: vec![word.to_owned()], is_begun: true }))
            });
            Condition::All(words.collect())
        };
        let words = |words: &[&str]| scoped(Scope::Everywhere, words);
        for (text, wanted) in [
            ("", vec![]),
            ("  Azores\tcable ", vec![words(&["azores"]), words(&["cable"])]),
            (r#""Azores cable""#, vec![words(&["azores", "cable"])]),
            ("is:unread", vec![Term::Read(false).into()]),
            ("IS:star", vec![Term::Starred(true).into()]),
            ("-is:read", vec![not(Term::Read(true).into())]),
            ("#river -#flood", vec![Term::Tag("river".to_owned()).into(), not(Term::Tag("flood".to_owned()).into())]),
            ("source:\"The Gazette\"", vec![scoped(Scope::Source, &["the", "gazette"])]),
            ("-\"#not: a tag\"", vec![not(words(&["not", "a", "tag"]))]),
            ("byline:baird file:notes", vec![scoped(Scope::Author, &["baird"]), scoped(Scope::File, &["notes"])]),
            ("after:1970", vec![Term::After(Timestamp::UNIX_EPOCH).into()]),
            ("10:30 …", vec![words(&["10", "30"]), Condition::Any(vec![])]),
        ] {
            assert_eq!(read(text), Ok(Condition::All(wanted)), "{text}");
        }
    }

    #[test]
    fn what_means_nothing_is_refused_with_its_place_and_a_hint() {
        for (text, at, part, hint) in [
            ("cable is:unred", 7, "is:unred", "did you mean is:unread?"),
            ("is:", 1, "is:", "unread, read, starred"),
            ("-", 1, "-", "leave it out"),
            ("sorce:gazette", 1, "sorce:gazette", "did you mean source:?"),
            ("state:orphan", 1, "state:orphan", "is: title: author: source: file: tag: before: after:;"),
            ("before:soon", 1, "before:soon", "7d for seven days ago"),
            ("a \"b", 3, "\"b", "close it"),
        ] {
            let bad = read(text).expect_err(text);
            assert_eq!((bad.at, bad.part.as_str()), (at, part), "{text}");
            assert!(bad.hint.contains(hint), "{text}: {}", bad.hint);
        }
    }
}
