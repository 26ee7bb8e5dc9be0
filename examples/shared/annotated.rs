//! Reads annotated articles: the project's own corpus, and two-column files.
//!
//! Our own format is described in `assets/entities/corpus/GUIDELINE.md`. A two-column file has a word and its BIO tag
//! on each line, a blank line after each sentence, and `-DOCSTART-` between articles. Its words are joined by blanks,
//! each sentence a paragraph of its own, so that both forms go the way of any other article.

#![expect(clippy::disallowed_methods, reason = "reads files for a developer's command or a test")]

use std::io;
use std::path::Path;

use dateline::internals::article::{Block, BlockKind, Text, TextRange};

/// What a name is in the annotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Label {
    /// A human being.
    Person,
    /// A place.
    Place,
    /// An organisation.
    Organisation,
    /// A nationality, people, religion.
    Group,
    /// A war, tournament, storm.
    Event,
    /// A book, law, prize.
    Work,
    /// A product, ship, disease.
    Other,
}

impl Label {
    fn of(tag: &str) -> Option<Self> {
        Some(match tag {
            "P" | "PER" => Self::Person,
            "L" | "LOC" => Self::Place,
            "O" | "ORG" => Self::Organisation,
            "G" | "GRP" => Self::Group,
            "E" | "EVT" => Self::Event,
            "W" | "WRK" => Self::Work,
            "M" | "MISC" => Self::Other,
            _ => return None,
        })
    }
}

/// An article with its names.
#[derive(Clone, Debug)]
pub(crate) struct AnnotatedArticle {
    /// Its words.
    pub(crate) text: Text,
    /// Its names, in order.
    pub(crate) names: Vec<(TextRange, Label)>,
}

/// The articles of a file: of the own form if it begins with `= `, else in two columns.
///
/// # Errors
/// The file cannot be read, or is in neither form.
pub(crate) fn read(path: &Path) -> io::Result<Vec<AnnotatedArticle>> {
    let text = std::fs::read_to_string(path)?;
    if text.starts_with("= ") { corpus(&text) } else { two_columns(&text) }
        .map_err(|problem| io::Error::new(io::ErrorKind::InvalidData, format!("{}: {problem}", path.display())))
}

/// An article that grows.
#[derive(Default)]
struct Draft {
    words: String,
    blocks: Vec<Block>,
    names: Vec<(TextRange, Label)>,
}

impl Draft {
    fn begin_block(&mut self, kind: BlockKind) {
        if !self.words.is_empty() {
            self.words.push_str("\n\n");
        }
        self.blocks.push(Block { kind, range: TextRange::new(self.words.len(), self.words.len()) });
    }

    fn end_block(&mut self) {
        if let Some(block) = self.blocks.last_mut() {
            block.range.end = self.words.len();
        }
    }

    fn finish(&mut self, articles: &mut Vec<AnnotatedArticle>) {
        let draft = std::mem::take(self);
        if !draft.words.is_empty() {
            let text = Text::new(draft.words, draft.blocks, Vec::new());
            articles.push(AnnotatedArticle { text, names: draft.names });
        }
    }

    /// Appends a line with marks: `[P Ana Reed] said`.
    fn marked(&mut self, line: &str) -> Result<(), String> {
        let mut rest = line;
        while let Some((before, after)) = rest.split_once('[') {
            let problem = || format!("a broken mark in “{line}”");
            let (mark, after) = after.split_once(']').ok_or_else(problem)?;
            let (tag, name) = mark.split_once(' ').ok_or_else(problem)?;
            let label = Label::of(tag).ok_or_else(problem)?;
            self.words.push_str(before);
            let start = self.words.len();
            self.words.push_str(name);
            self.names.push((TextRange::new(start, self.words.len()), label));
            rest = after;
        }
        self.words.push_str(rest);
        Ok(())
    }
}

fn corpus(text: &str) -> Result<Vec<AnnotatedArticle>, String> {
    let mut articles = Vec::new();
    let mut draft = Draft::default();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        if line.starts_with("= ") {
            draft.finish(&mut articles);
            continue;
        }
        draft.begin_block(match draft.blocks.len() {
            0 => BlockKind::Headline,
            1 if line.starts_with("By ") => BlockKind::Byline,
            _ => BlockKind::Paragraph,
        });
        draft.marked(line.trim())?;
        draft.end_block();
    }
    draft.finish(&mut articles);
    Ok(articles)
}

fn two_columns(text: &str) -> Result<Vec<AnnotatedArticle>, String> {
    let mut articles = Vec::new();
    let mut draft = Draft::default();
    let mut inside = false;
    for line in text.lines() {
        let mut columns = line.split(['\t', ' ']).filter(|column| !column.is_empty());
        let (Some(word), Some(tag)) = (columns.next(), columns.next_back()) else {
            inside = false;
            draft.end_block();
            continue;
        };
        if word == "-DOCSTART-" {
            draft.end_block();
            draft.finish(&mut articles);
            inside = false;
            continue;
        }
        if inside {
            draft.words.push(' ');
        } else {
            draft.begin_block(BlockKind::Paragraph);
            inside = true;
        }
        let start = draft.words.len();
        draft.words.push_str(word);
        let range = TextRange::new(start, draft.words.len());
        if let Some((part, class)) = tag.split_once('-') {
            let label = Label::of(class).ok_or_else(|| format!("no such tag: {tag}"))?;
            match draft.names.last_mut() {
                Some((last, other)) if part == "I" && *other == label && last.end + 1 == start => last.end = range.end,
                _ => draft.names.push((range, label)),
            }
        }
    }
    draft.end_block();
    draft.finish(&mut articles);
    Ok(articles)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_ranges() {
        let articles =
            corpus("= a-b 2026-01-02\n[L Oslo] wakes\nBy [P Ana Reed]\n\nThe [O Bank of X] woke.\n").unwrap();
        let [article] = articles.as_slice() else { panic!("{articles:?}") };
        let names: Vec<_> = article.names.iter().map(|(range, label)| (article.text.slice(*range), *label)).collect();
        assert_eq!(names, [("Oslo", Label::Place), ("Ana Reed", Label::Person), ("Bank of X", Label::Organisation)]);
        let kinds: Vec<_> = article.text.blocks().iter().map(|block| block.kind.clone()).collect();
        assert_eq!(kinds, [BlockKind::Headline, BlockKind::Byline, BlockKind::Paragraph]);
        assert!(corpus("= a 2026-01-02\n[X what]\n").is_err());
    }

    #[test]
    fn columns_become_sentences() {
        let file = "-DOCSTART-\tO\n\nNew\tB-LOC\nYork\tI-LOC\nwakes\tO\n\nReed\tB-PER\n\n-DOCSTART- O\n\nBye O\n";
        let articles = two_columns(file).unwrap();
        assert_eq!(articles.len(), 2);
        assert_eq!(articles[0].text.as_str(), "New York wakes\n\nReed");
        assert_eq!(articles[0].names.len(), 2);
        assert_eq!(articles[0].text.slice(articles[0].names[0].0), "New York");
    }
}
