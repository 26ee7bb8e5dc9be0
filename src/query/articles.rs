//! Queries for lists of articles.

use jiff::Timestamp;

use super::{BadQuery, Token, Vocabulary, tokens};

/// A query for articles; one without terms matches every article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ArticleQuery {
    /// The conditions, all of which must hold.
    pub terms: Vec<Term>,
}

/// One condition on an article. Words are folded ([`fold`](crate::text::fold::fold)) and never blank.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Term {
    /// Every word is the beginning of a word in the headline, the writer, the source or the file name.
    Words(String),
    /// The same for the headline only.
    Title(String),
    /// The same for the writer.
    Author(String),
    /// The same for the source.
    Source(String),
    /// The same for the file name.
    File(String),
    /// It has a tag that begins with this.
    Tag(String),
    /// It is (or is not) marked as read.
    Read(bool),
    /// It has (or has not) a star.
    Starred(bool),
    /// It was listed at this time or later.
    After(Timestamp),
    /// It was listed before this time.
    Before(Timestamp),
    /// The term does not hold.
    Not(Box<Self>),
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
        let terms = tokens(text, &VOCABULARY)?.into_iter().map(|token| {
            let negated = token.negated;
            let term = term(token, now)?;
            Ok(if negated { Term::Not(Box::new(term)) } else { term })
        });
        Ok(Self { terms: terms.collect::<Result<_, _>>()? })
    }

    /// The same query with one more condition.
    #[must_use]
    pub fn with(&self, term: Term) -> Self {
        Self { terms: self.terms.iter().cloned().chain([term]).collect() }
    }

    /// Whether it matches every article.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}

fn term(token: Token<Field>, now: Timestamp) -> Result<Term, BadQuery> {
    Ok(match token.field {
        None => Term::Words(token.value),
        Some(Field::Title) => Term::Title(token.value),
        Some(Field::Author) => Term::Author(token.value),
        Some(Field::Source) => Term::Source(token.value),
        Some(Field::File) => Term::File(token.value),
        Some(Field::Tag) => Term::Tag(token.value),
        Some(Field::Before) => Term::Before(token.moment(now)?),
        Some(Field::After) => Term::After(token.moment(now)?),
        Some(Field::Is) => {
            let meant = STATES.into_iter().find(|(name, _)| name.starts_with(&token.value));
            let names = STATES.map(|(name, _)| name);
            meant.map(|(_, term)| term).ok_or_else(|| token.error("there is no such state", names))?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Term>, BadQuery> {
        ArticleQuery::read(text, Timestamp::UNIX_EPOCH).map(|query| query.terms)
    }

    #[test]
    fn words_fields_and_states_are_read() {
        let not = |term| Term::Not(Box::new(term));
        let words = |words: &str| Term::Words(words.to_owned());
        for (text, wanted) in [
            ("", vec![]),
            ("  Azores\tcable ", vec![words("azores"), words("cable")]),
            (r#""Azores cable""#, vec![words("azores cable")]),
            ("is:unread", vec![Term::Read(false)]),
            ("IS:star", vec![Term::Starred(true)]),
            ("-is:read", vec![not(Term::Read(true))]),
            ("#river -#flood", vec![Term::Tag("river".to_owned()), not(Term::Tag("flood".to_owned()))]),
            ("source:\"The Gazette\"", vec![Term::Source("the gazette".to_owned())]),
            ("-\"#not: a tag\"", vec![not(words("#not: a tag"))]),
            ("byline:baird file:notes", vec![Term::Author("baird".to_owned()), Term::File("notes".to_owned())]),
            ("after:1970", vec![Term::After(Timestamp::UNIX_EPOCH)]),
            ("10:30 http://a.example/b:c", vec![words("10:30"), words("http://a.example/b:c")]),
        ] {
            assert_eq!(read(text), Ok(wanted), "{text}");
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
