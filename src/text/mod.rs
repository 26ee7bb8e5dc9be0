//! Works on the words of an article: cleaning, mending, sentences, tokens, width, layout, finding.

pub mod alike;
pub mod doubt;
pub mod find;
pub mod fold;
pub mod html;
pub mod index_words;
pub mod language;
pub mod layout;
pub mod mend;
pub mod natural;
pub mod particles;
pub mod plain_article;
pub mod plural;
pub mod reading_time;
pub mod sanitize;
pub mod sentences;
pub mod shell;
pub mod struck;
pub mod tokens;
pub mod unprintable;
pub mod width;
