//! Names told by a head word: *Institute* of "Calafranca Institute", *Ministry* of "Ministry of Health".

use super::{Finder, Votes};
use crate::entity::Kind;
use crate::entity::lexicon::class;

impl Finder<'_> {
    /// Where a newspaper's name begins: at its *The*, if it has one.
    pub(super) fn press_start(&self, at: usize, end: usize) -> usize {
        let press = self.reading.lexicon.is(&self.word(end - 1).lower, class::PRESS);
        let article = press && self.before(at).is("The") && !self.sentence.title_case;
        at - usize::from(article)
    }

    /// "the Institute": nothing by itself, but maybe short for a name of the article that ends in this word.
    pub(super) fn head_alone(&mut self, at: usize) -> usize {
        if self.is_head_alone(at) { self.push(at, at + 1, Votes::default(), None) } else { at + 1 }
    }

    pub(super) fn is_head_alone(&self, at: usize) -> bool {
        const HEAD: u16 = class::ORGANISATION | class::PLACE | class::EVENT | class::PRESS;
        self.before(at).lower == "the"
            && !self.sentence.title_case
            && self.word(at).text.starts_with(char::is_uppercase)
            && self.reading.lexicon.is(&self.word(at).lower, HEAD)
    }

    /// Whether "of", "for" or "on" and more of the name follow: "Ministry of Health".
    pub(super) fn of_follows(&self, at: usize, end: usize) -> bool {
        let last = self.reading.lexicon.classes(&self.word(end - 1).lower);
        if last & class::OF == 0 || end > at + 4 {
            return false;
        }
        let the = usize::from(self.word(end + 1).is("the"));
        let link = self.word(end).text;
        let after = self.word(end + 1 + the);
        (link == "of" || matches!(link, "for" | "on") && last & class::ORGANISATION != 0 && end > at)
            && self.is_name_word(after)
            && !self.patterns.has_taken(end + 1 + the)
    }

    pub(super) fn of_end(&self, end: usize) -> usize {
        let the = usize::from(self.word(end + 1).is("the"));
        let start = end + 1 + the;
        let mut stop = match self.known_at(start) {
            Some((known_end, known)) if !self.goes_on(start, known_end, known) => known_end,
            _ => self.run(start),
        };
        let body = matches!(
            &*self.word(end - 1).lower,
            "ministry"
                | "department"
                | "committee"
                | "commission"
                | "institute"
                | "centre"
                | "center"
                | "office"
                | "organisation"
                | "organization"
                | "society"
                | "council"
                | "association"
                | "bureau"
                | "minister"
                | "board"
                | "school"
                | "college"
        );
        let next = self.word(stop + 1);
        if body && self.word(stop).is("and") && self.is_name_word(next) && self.is_common(next) {
            stop = self.run(stop + 1);
        } else if body {
            // "Ministry of Sport, Culture and Health"
            let mut part = stop;
            while self.word(part).is(",")
                && self.is_name_word(self.word(part + 1))
                && self.is_common(self.word(part + 1))
            {
                part = self.run(part + 1);
            }
            if part > stop && self.word(part).is("and") && self.is_name_word(self.word(part + 1)) {
                stop = self.run(part + 1);
            }
        }
        stop
    }
}

/// What a name with a head of these classes is.
pub(super) fn head_kind(classes: u16) -> Option<Kind> {
    if classes & class::STATE_BODY != 0 {
        Some(Kind::Organisation)
    } else if classes & class::EVENT != 0 && classes & class::ORGANISATION == 0 {
        Some(Kind::Event)
    } else if classes & class::WORK != 0 && classes & class::ORGANISATION == 0 {
        Some(Kind::Work)
    } else if classes & class::PLACE != 0 && classes & class::ORGANISATION == 0 {
        Some(Kind::Place)
    } else if classes & (class::ORGANISATION | class::PRESS) != 0 {
        Some(Kind::Organisation)
    } else {
        None
    }
}
