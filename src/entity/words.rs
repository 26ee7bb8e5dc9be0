//! An article as the stages read it: words in sentences, with what their letters tell.

use std::borrow::Cow;

use super::lexicon::{Lexicon, ListedName, lexicon};
use crate::article::{BlockKind, InlineKind, Text, TextRange};
use crate::text::particles::may_be_particle;
use crate::text::sentences;
use crate::text::tokens::{Token, TokenKind, tokens};

/// One token with its lower-case form.
#[derive(Clone, Debug)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    /// Lower case, curly apostrophes made straight.
    pub(super) lower: Cow<'a, str>,
    pub(super) range: TextRange,
    pub(super) kind: TokenKind,
}

/// Words of an article that are looked at: two long novels. A word takes some five hundred bytes while names are looked
/// for, so this bounds what any text takes; the words of an article behind the first so many have no names.
const MOST_WORDS: usize = 250_000;

/// A note for readers of an article with more words than are looked at; none for shorter articles.
pub fn limit_of(text: &Text) -> Option<&'static str> {
    let words = || sentences::each(text).flat_map(|range| tokens(text.slice(range)));
    // No word is shorter than a byte.
    let is_longer = text.len() > MOST_WORDS && words().nth(MOST_WORDS).is_some();
    is_longer.then_some("names are looked for in the first 250,000 words only")
}

/// The cells of a table's row, each a sentence of its own: no name or amount goes from one to the next. Other sentences
/// have no tab in them.
fn cells(text: &Text, row: TextRange) -> impl Iterator<Item = TextRange> {
    let mut start = row.start;
    text.slice(row).split('\t').filter_map(move |cell| {
        let range = TextRange::new(start, start + cell.len());
        start = range.end + 1;
        (!cell.trim().is_empty()).then_some(range)
    })
}

/// Bytes of the longest token that is looked into for hyphens; longer ones are no names.
const LONGEST_SPLIT: usize = 64;

/// What stands outside a text.
static NOTHING: Word<'static> =
    Word { text: "", lower: Cow::Borrowed(""), range: TextRange { start: 0, end: 0 }, kind: TokenKind::Punctuation };

impl Word<'_> {
    /// Whether it looks like a part of a name: `Reagan`, `al-Sadr`, `d'Estaing`, `CIA`, `J.`
    pub(super) fn is_name_like(&self) -> bool {
        if self.kind != TokenKind::Word || self.text.contains("//") {
            return false;
        }
        let mut letters = self.text.char_indices();
        let Some((_, first)) = letters.next() else { return false };
        if first.is_uppercase() {
            return true;
        }
        // A particle joined to the name.
        let joint = letters.take(4).find(|&(_, c)| matches!(c, '-' | '\'' | '’' | '‘'));
        joint.is_some_and(|(at, mark)| {
            let rest = self.text.get(at + mark.len_utf8()..).unwrap_or_default();
            rest.chars().next().is_some_and(char::is_uppercase)
                && (mark != '-' || may_be_particle(self.text.get(..at).unwrap_or_default()))
        })
    }

    /// Whether it is written in capitals only, with at least two of them.
    pub(super) fn is_all_capitals(&self) -> bool {
        self.text.chars().filter(|c| c.is_alphabetic()).take(2).count() == 2
            && !self.text.chars().any(char::is_lowercase)
            && self.text.starts_with(char::is_uppercase)
    }

    pub(super) fn is_lower(&self) -> bool {
        self.text.starts_with(char::is_lowercase)
    }

    pub(super) fn is(&self, text: &str) -> bool {
        self.text == text
    }

    pub(super) fn is_number(&self) -> bool {
        self.kind == TokenKind::Number
    }
}

/// Which part of an article a sentence belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The headline.
    Headline,
    /// A heading inside; capitals tell little there.
    Heading,
    /// Who wrote it, where and when: names, but not what the article is about.
    Credit,
    /// Everything else.
    Body,
}

/// A sentence: its words by number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sentence {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) part: Part,
    /// Whether nearly all words are capitalised, so that capitals mark no names.
    pub(super) title_case: bool,
}

/// An article in words.
pub(super) struct Reading<'a> {
    pub(super) text: &'a Text,
    pub(super) words: Vec<Word<'a>>,
    pub(super) sentences: Vec<Sentence>,
    pub(super) lexicon: &'static Lexicon,
}

impl<'a> Reading<'a> {
    pub(super) fn new(text: &'a Text) -> Self {
        let lexicon = lexicon();
        let words = Vec::with_capacity((text.len() / 5).min(MOST_WORDS));
        let mut reading = Self { text, words, sentences: Vec::new(), lexicon };
        let mut left = MOST_WORDS;
        let blocks = text.blocks();
        let mut block = 0;
        let mut codes = text.inlines().iter().filter(|inline| inline.kind == InlineKind::Code).peekable();
        for range in sentences::each(text).flat_map(|row| cells(text, row)) {
            if left == 0 {
                break;
            }
            while blocks.get(block).is_some_and(|block| block.range.end <= range.start) {
                block += 1;
            }
            let part = match blocks.get(block).map(|block| &block.kind) {
                Some(BlockKind::Code { .. }) => continue,
                Some(BlockKind::Headline) => Part::Headline,
                Some(BlockKind::Heading(_)) => Part::Heading,
                Some(BlockKind::Byline | BlockKind::Dateline) => Part::Credit,
                _ => Part::Body,
            };
            let first = reading.words.len();
            for token in tokens(text.slice(range)).take(left) {
                left -= 1;
                let token = Token { range: token.range.shifted(range.start), ..token };
                while codes.next_if(|code| code.range.end <= token.range.start).is_some() {}
                if codes.peek().is_some_and(|code| code.range.start < token.range.end) {
                    // Program text is something between the words, but says nothing.
                    reading.words.push(Word { range: token.range, ..NOTHING.clone() });
                } else {
                    reading.push(token);
                }
            }
            let end = reading.words.len();
            let title_case = reading.is_title_case(first, end);
            reading.sentences.push(Sentence { first, end, part, title_case });
        }
        reading
    }

    /// Word number `at`; an empty one if there is none.
    pub(super) fn word(&self, at: usize) -> &Word<'a> {
        self.words.get(at).unwrap_or(&NOTHING)
    }

    /// The word before number `at` in the same sentence; an empty one if there is none.
    pub(super) fn before(&self, sentence: &Sentence, at: usize) -> &Word<'a> {
        if at > sentence.first { self.word(at - 1) } else { &NOTHING }
    }

    /// The word number `at` if it belongs to the sentence; an empty one otherwise.
    pub(super) fn within(&self, sentence: &Sentence, at: usize) -> &Word<'a> {
        if at < sentence.end { self.word(at) } else { &NOTHING }
    }

    /// The bytes from word `first` up to word `end`.
    pub(super) fn range(&self, first: usize, end: usize) -> TextRange {
        TextRange::new(self.word(first).range.start, self.word(end.saturating_sub(1)).range.end)
    }

    fn push(&mut self, token: Token) {
        let text = self.text.slice(token.range);
        if token.kind == TokenKind::Word
            && text.len() <= LONGEST_SPLIT
            && text.contains(['-', '‐', '‑', '–'])
            && let Some((left, joint)) = self.split_hyphen(text)
        {
            let at = token.range.start;
            let piece = |start, end| Token { range: TextRange::new(at + start, at + end), kind: TokenKind::Word };
            self.push_plain(piece(0, left));
            self.push_plain(Token { kind: TokenKind::Punctuation, ..piece(left, left + joint) });
            self.push(piece(left + joint, text.len()));
            return;
        }
        self.push_plain(token);
    }

    fn push_plain(&mut self, token: Token) {
        let text = self.text.slice(token.range);
        self.words.push(Word { text, lower: lower(text), range: token.range, kind: token.kind });
    }

    /// Where a hyphen joins a name to something that is no part of it: `US-Iran`, `London-based`, `pro-Syrian`,
    /// `Saddam-al`. Gives the bytes before the hyphen and its length.
    fn split_hyphen(&self, text: &str) -> Option<(usize, usize)> {
        let (at, mark) = text.char_indices().find(|&(_, c)| matches!(c, '-' | '‐' | '‑' | '–'))?;
        let (left, right) = (text.get(..at)?, text.get(at + mark.len_utf8()..)?);
        let known = |name: &str| self.lexicon.is_name_word(name);
        let upper = |word: &str| word.starts_with(char::is_uppercase);
        let next = right.split(['-', '‐', '‑', '–']).next().unwrap_or(right);
        let apart = if self.lexicon.name(text).is_some() {
            false
        } else if upper(left) && upper(right) {
            // "Israeli-Palestinian", "US-Iran", but "Jean-Pierre", "Al-Jazeera", "Sino-British".
            known(left) && (known(next) || !self.lexicon.is_given(left) && self.lexicon.is_country(left))
                || known(next)
                    && left.len() > 3
                    && !self.lexicon.is_given(left)
                    && !may_be_particle(&left.to_lowercase())
        } else if upper(left) {
            super::lexicon::follows_a_name(next)
                || known(left) && !may_be_particle(left) && left.len() > 1 && !self.lexicon.is_given(left)
                || may_be_particle(right) && left.len() > 2
        } else {
            upper(right) && !may_be_particle(left) && left.chars().count() > 1
        };
        apart.then_some((at, mark.len_utf8()))
    }

    fn is_title_case(&self, first: usize, end: usize) -> bool {
        let (mut long, mut capital) = (0, 0);
        for word in self.words.get(first..end).unwrap_or_default() {
            if word.kind == TokenKind::Word && word.text.chars().take(4).count() == 4 {
                long += 1;
                capital += usize::from(word.text.starts_with(char::is_uppercase));
            }
        }
        long >= 4 && capital * 10 >= long * 8
    }
}

fn lower(text: &str) -> Cow<'_, str> {
    if text.chars().any(|c| c.is_uppercase() || c == '’') {
        Cow::Owned(text.replace('’', "'").to_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

impl Reading<'_> {
    /// The longest name of the lexicon that begins at word `at` of the sentence, and the word after it.
    pub(super) fn known_at(&self, sentence: &Sentence, at: usize) -> Option<(usize, ListedName)> {
        let word = self.within(sentence, at);
        if !word.text.starts_with(char::is_uppercase) && !self.lexicon.begins_small(word.text) {
            return None;
        }
        let straight = |text: &str| if text.contains('’') { text.replace('’', "'") } else { text.to_owned() };
        let first = straight(word.text);
        let mut best = self.lexicon.name(&first).map(|known| (at + 1, known));
        let longest = self.lexicon.longest(&first);
        if longest > 1 {
            let mut form = first;
            for end in at + 1..at + longest {
                let next = self.within(sentence, end);
                if next.text.is_empty() {
                    break;
                }
                // Commas and clitics are tokens of their own, but written without a blank.
                if next.range.start > self.word(end - 1).range.end {
                    form.push(' ');
                }
                form.push_str(&straight(next.text));
                if let Some(known) = self.lexicon.name(&form) {
                    best = Some((end + 1, known));
                }
            }
        }
        if best.is_none() && word.is_all_capitals() && word.text.len() > 3 && word.text.is_ascii() {
            let mut letters = word.lower.chars();
            let title: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
            best = self.lexicon.name(&title).filter(|known| !known.weak).map(|known| (at + 1, known));
        }
        best
    }
}
