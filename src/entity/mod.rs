//! Finds who and what an article is about.
//!
//! Every stage knows English only, so [`of_article`] leaves articles in other languages alone. [`analyse`] runs the stages,
//! each in its own file: words (with [sentences](crate::text::sentences)) → pattern entities (`dates`, `amounts`) → `works`
//! (titles in italics) → `names` (the tagger, lists) → `evidence` (what tells of which kind they are) → `alias` (which names
//! are one thing) → `cards` with `decision` (one kind for each) → `roles` (who "the president" is) → `pronouns` (who *he*
//! and *she* are) → `quotes` (who says what) → `salience`. Everything is computed from the text and the lexicons inside the
//! program.

mod alias;
mod amounts;
mod callings;
mod cards;
mod cast;
mod coordination;
pub mod corrections;
mod dates;
mod decision;
mod evidence;
pub mod gazetteer;
mod hash;
mod key;
mod kind;
mod lexicon;
pub mod likeness;
mod meaning;
mod names;
mod patterns;
mod pronouns;
mod quotes;
mod roles;
mod salience;
mod scores;
pub mod tagger;
mod verbs;
mod words;
mod works;

pub use kind::{Kind, QuoteRule, Rule};
pub use words::limit_of;

use crate::article::{Article, Date, Text, TextRange};
use crate::text::language;
use crate::text::sanitize::one_line;

/// What is known about an article besides its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The day it was published, as the article says; relative dates count from it.
    pub published: Option<Date>,
    /// A day to count from if `published` is unknown, such as a file's modification time.
    pub guessed_date: Option<Date>,
}

/// Somebody or something an article names, with every place where it does.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// What it is.
    pub kind: Kind,
    /// The canonical form of the name; for dates and amounts the fullest phrase.
    pub name: String,
    /// The other forms in the text, the most frequent first.
    pub aliases: Vec<String>,
    /// Titles and offices seen before the name, in order of appearance.
    pub titles: Vec<String>,
    /// Where it is named, in reading order; never empty.
    pub mentions: Vec<Mention>,
    /// How much the article is about it, from 0 to 1, relative to the most salient entity.
    pub salience: f32,
    /// A date as ISO 8601 or EDTF, an amount as number and unit; none if it could not be resolved.
    pub value: Option<String>,
    /// Whether it is a guess, to be shown dim.
    pub doubtful: bool,
    /// Whether the reader follows it.
    pub followed: bool,
    /// What it says, in reading order.
    pub quotes: Vec<Quote>,
}

/// One place where an entity is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mention {
    /// The bytes of the name, without title, article or possessive.
    pub range: TextRange,
    /// Why it belongs to its entity.
    pub rule: Rule,
    /// How sure it is that this is a name of its kind, in per cent; 100 where a list or pattern says so.
    pub confidence: u8,
}

/// Words an article attributes to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quote {
    /// The words said: without their quotation marks, or the clause that tells what was said.
    pub range: TextRange,
    /// Whether they stand in quotation marks (direct speech).
    pub direct: bool,
    /// Why they belong to their speaker.
    pub rule: QuoteRule,
}

/// The entities of an article, the most salient first; none if it is in a language that is not read here (see
/// [`not_read`]).
pub fn of_article(article: &Article, context: &Context) -> Vec<Entity> {
    if is_read(article) { analyse(&article.body, context) } else { Vec::new() }
}

/// Why no names are looked for in an article, for people; none if they are. What is in no known language is read as English.
pub fn not_read(article: &Article) -> Option<String> {
    let language = article.language.as_deref().filter(|_| !is_read(article))?;
    let is_in = match language::name(language) {
        Some(name) => format!("in {name}"),
        None => format!("not in English ({})", one_line(language)),
    };
    Some(format!("This article is {is_in}. Names are found in English text only."))
}

/// Whether the article is in the language of the lists and the model, as far as is known.
fn is_read(article: &Article) -> bool {
    article.language.as_deref().is_none_or(language::is_english)
}

/// The entities of an English text, the most salient first.
pub fn analyse(text: &Text, context: &Context) -> Vec<Entity> {
    let reading = words::Reading::new(text);
    let mut patterns = dates::find(&reading, context);
    amounts::find(&reading, &mut patterns);
    let works = works::find(&reading);
    patterns.make_room(&works);
    let names = names::find(&reading, &mut patterns, &works);
    let signs = evidence::find(&reading, &names);
    let clusters = alias::link(&reading, &names, &signs);
    let (mut entities, trust) = cards::entities(&reading, &names, &signs, &clusters);
    entities.extend(patterns.into_entities(&reading));
    let marks = quotes::Marks::new(&reading);
    let mut cast = cast::Cast::new(&reading, &entities);
    roles::resolve(&reading, &mut cast);
    let pronouns = pronouns::resolve(&reading, &mut cast, &marks.quoted);
    quotes::attribute(&reading, &cast, &marks, &pronouns, &mut entities);
    salience::rank(&reading, entities, &trust, &pronouns)
}

#[cfg(test)]
mod tests;
