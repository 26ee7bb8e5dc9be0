//! An article split into paragraphs and sentences, edited, and joined again, with the position of one sentence tracked
//! throughout.

use dateline::internals::article::TextRange;
use dateline::internals::text::sentences::split;

use crate::random::Random;

/// A sentence, and whether it is the one that is tracked.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    pub(crate) words: String,
    pub(crate) followed: bool,
}

impl Sentence {
    pub(crate) fn new(words: impl Into<String>) -> Self {
        Self { words: words.into(), followed: false }
    }
}

/// Paragraphs of sentences.
#[derive(Clone, Debug)]
pub(crate) struct EditableArticle(pub(crate) Vec<Vec<Sentence>>);

impl EditableArticle {
    pub(crate) fn of(text: &str) -> Self {
        let paragraph = |words: &str| -> Vec<Sentence> {
            let ranges = split(words).into_iter();
            ranges.filter_map(|range| words.get(range.start..range.end)).map(Sentence::new).collect()
        };
        let paragraphs = text.split("\n\n").map(paragraph);
        Self(paragraphs.filter(|paragraph| !paragraph.is_empty()).collect())
    }

    /// Follows one of the sentences with at least `least` words; none if there is none.
    pub(crate) fn follow(&mut self, least: usize, random: &mut Random) -> Option<()> {
        let long = |sentence: &Sentence| sentence.words.split_whitespace().count() >= least;
        let places: Vec<(usize, usize)> = self.places(long);
        let (paragraph, sentence) = *random.pick(&places)?;
        self.0.get_mut(paragraph)?.get_mut(sentence)?.followed = true;
        Some(())
    }

    pub(crate) fn places(&self, wanted: impl Fn(&Sentence) -> bool) -> Vec<(usize, usize)> {
        let mut places = Vec::new();
        for (number, paragraph) in self.0.iter().enumerate() {
            for (at, sentence) in paragraph.iter().enumerate() {
                if wanted(sentence) {
                    places.push((number, at));
                }
            }
        }
        places
    }

    /// Where the followed sentence is.
    pub(crate) fn place(&self) -> Option<(usize, usize)> {
        self.places(|sentence| sentence.followed).first().copied()
    }

    pub(crate) fn followed(&self) -> Option<&Sentence> {
        let (paragraph, sentence) = self.place()?;
        self.0.get(paragraph)?.get(sentence)
    }

    /// Changes the words of the followed sentence.
    pub(crate) fn change(&mut self, edit: impl FnOnce(&str) -> String) {
        if let Some(sentence) = self.0.iter_mut().flatten().find(|sentence| sentence.followed) {
            sentence.words = edit(&sentence.words);
        }
    }

    /// Deletes the followed sentence.
    pub(crate) fn delete(&mut self) {
        for paragraph in &mut self.0 {
            paragraph.retain(|sentence| !sentence.followed);
        }
        self.0.retain(|paragraph| !paragraph.is_empty());
    }

    /// Puts a sentence into another paragraph, but not right beside the followed one, where it would be an edit of
    /// that.
    pub(crate) fn scatter(&mut self, sentence: Sentence, random: &mut Random) -> Option<()> {
        let (own, inside) = self.place()?;
        let mut places = Vec::new();
        for (number, paragraph) in self.0.iter().enumerate().filter(|(number, _)| *number != own) {
            places.extend((0..=paragraph.len()).map(|at| (number, at)));
        }
        let last = self.0.get(own)?.len() == inside + 1;
        let before = own.checked_sub(1).and_then(|before| Some((before, self.0.get(before)?.len())));
        places.retain(|place| !(last && *place == (own + 1, 0) || inside == 0 && Some(*place) == before));
        let (number, at) = *random.pick(&places)?;
        self.0.get_mut(number)?.insert(at, sentence);
        Some(())
    }

    /// The text, with `blank` between sentences and `breaks` between paragraphs, and where the followed sentence is.
    pub(crate) fn text_with(&self, blank: &str, breaks: &str) -> (String, Option<TextRange>) {
        let mut text = String::new();
        let mut place = None;
        for (number, paragraph) in self.0.iter().enumerate() {
            if number > 0 {
                text.push_str(breaks);
            }
            for (at, sentence) in paragraph.iter().enumerate() {
                if at > 0 {
                    text.push_str(blank);
                }
                let start = text.len();
                text.push_str(&sentence.words);
                if sentence.followed {
                    place = Some(TextRange::new(start, text.len()));
                }
            }
        }
        (text, place)
    }

    pub(crate) fn text(&self) -> (String, Option<TextRange>) {
        self.text_with(" ", "\n\n")
    }
}
