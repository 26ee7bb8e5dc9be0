//! Titles before names, and phrases that only their context shows to be names.

use super::Finder;
use crate::entity::lexicon::{Gender, class};

/// A title that ends where a name may begin.
#[derive(Clone, Copy)]
pub(super) struct Title {
    pub(super) first: usize,
    pub(super) end: usize,
    /// Where the name begins; after a comma this is later than `end`.
    pub(super) name: usize,
    pub(super) gender: Gender,
}

impl Finder<'_> {
    /// "speakers from Keep Out of the Valley": a phrase in capitals where an organisation is meant.
    pub(super) fn phrase(&self, at: usize) -> Option<usize> {
        let word = self.word(at);
        if !word.text.starts_with(char::is_uppercase) || !self.is_common(word) || at < self.sentence.first + 2 {
            return None;
        }
        let (cue, link) = (&*self.word(at - 2).lower, &*self.word(at - 1).lower);
        let cued = matches!(link, "from" | "of" | "for" | "by" | "with" | "at")
            && matches!(
                cue,
                "speaker"
                    | "speakers"
                    | "member"
                    | "members"
                    | "spokesman"
                    | "spokeswoman"
                    | "spokesperson"
                    | "activist"
                    | "activists"
                    | "supporter"
                    | "supporters"
                    | "campaigner"
                    | "campaigners"
                    | "representative"
                    | "representatives"
                    | "leader"
                    | "leaders"
                    | "founder"
                    | "founders"
                    | "chair"
                    | "organiser"
                    | "organisers"
                    | "organizer"
                    | "organizers"
                    | "volunteer"
                    | "volunteers"
                    | "coordinator"
                    | "director"
                    | "people"
                    | "secretary"
                    | "delegates"
                    | "someone"
            )
            || matches!(link, "called" | "named")
                && matches!(
                    cue,
                    "group"
                        | "campaign"
                        | "organisation"
                        | "organization"
                        | "movement"
                        | "party"
                        | "charity"
                        | "network"
                        | "coalition"
                );
        if !cued {
            return None;
        }
        let capital = |at: usize| self.word(at).text.starts_with(char::is_uppercase);
        let small =
            |at: usize| matches!(self.word(at).text, "of" | "the" | "for" | "to" | "off" | "against" | "out" | "with");
        let mut end = at + 1;
        let (mut capitals, mut smalls) = (1, 0);
        while end < at + super::LONGEST_RUN {
            if capital(end) {
                capitals += 1;
                end += 1;
            } else if small(end) && capital(end + 1) {
                smalls += 1;
                end += 1;
            } else if small(end) && small(end + 1) && capital(end + 2) {
                smalls += 2;
                end += 2;
            } else {
                break;
            }
        }
        let head = self.reading.lexicon.classes(&word.lower) & class::OF != 0;
        (capitals >= 3 && smalls >= 1 && !head).then_some(end)
    }

    /// The number of words of a title at `at`, and the gender it tells.
    pub(super) fn title_length(&self, at: usize) -> Option<(usize, Gender)> {
        let lexicon = self.reading.lexicon;
        let first = self.word(at);
        let longest = lexicon.longest_title(&first.lower);
        (1..=longest).rev().find_map(|length| {
            if length == 1 {
                return lexicon.title(&first.lower).map(|gender| (1, gender));
            }
            let mut form = first.lower.clone().into_owned();
            for next in at + 1..at + length {
                form.push(' ');
                form.push_str(&self.word(next).lower);
            }
            lexicon.title(&form).map(|gender| (length, gender))
        })
    }

    /// Takes a title at `at` if there is one and a name may follow; gives the word after it.
    pub(super) fn title(&mut self, at: usize) -> Option<usize> {
        let (length, gender) = self.title_length(at)?;
        let mut end = at + length;
        if self.word(end).is(".")
            && self.word(end).range.start == self.word(end - 1).range.end
            && length == 1
            && self.word(at).text.len() < 5
        {
            end += 1;
        }
        if self.is_royal_place(at, end) {
            return None;
        }
        let lower = self.word(at).is_lower();
        let apposition = lower && self.word(end).is(",");
        let name = end + usize::from(apposition);
        let next = self.word(name);
        if !next.is_name_like() {
            // "Captain" alone is no name, "King's" may be.
            return (!lower).then_some(end);
        }
        let first = match self.title {
            // "former Deputy Prime Minister": titles in a row are one.
            Some(title) if title.name == at && title.end == at => title.first,
            _ => at,
        };
        self.title = Some(Title { first, end, name, gender });
        Some(name)
    }

    /// "Queen Amalia Wharf"
    fn is_royal_place(&self, at: usize, end: usize) -> bool {
        if !matches!(self.word(at).text, "Queen" | "King" | "Prince" | "Princess") || !self.word(end).is_name_like() {
            return false;
        }
        let run = self.run(end);
        let last = self.reading.lexicon.classes(&self.word(run - 1).lower);
        run > end + 1 && last & class::PLACE != 0
    }

    /// Whether an office or rank begins at `at` that is nobody's surname.
    pub(super) fn is_office(&self, at: usize) -> bool {
        let alone = matches!(
            &*self.word(at).lower,
            "president"
                | "vice-president"
                | "minister"
                | "senator"
                | "sheikh"
                | "sultan"
                | "emir"
                | "imam"
                | "mp"
                | "governor"
                | "ambassador"
                | "professor"
                | "dr"
                | "dr."
                | "gen"
                | "gen."
                | "chairman"
                | "mayor"
                | "ceo"
                | "spokesman"
                | "premier"
                | "administrator"
                | "chancellor"
                | "spokeswoman"
                | "secretary"
                | "mr"
                | "mr."
                | "mrs"
                | "mrs."
                | "ms"
                | "sir"
                | "coach"
                | "colonel"
        );
        alone || self.title_length(at).is_some_and(|(length, _)| length > 1)
    }

    pub(super) fn title_before(&self, at: usize) -> Option<Title> {
        self.title.filter(|title| title.name == at)
    }
}
