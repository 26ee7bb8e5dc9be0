//! Finds whom a quotation is credited to without a verb: “We are not a bank.” — Ana Reed, engineer, Lisbon

use super::Speaker;
use super::cues::Stage;
use super::marks::Quotation;
use crate::entity::Kind;
use crate::entity::verbs::{breaks, verb};

/// Words of the longest credit.
const CREDIT: usize = 18;

/// Words before the name in it: "Harbour Board chief engineer Ana Reed".
const BEFORE: usize = 6;

impl Stage<'_> {
    /// Whoever is named after the dash behind a quotation that ends paragraph `number` but for that, or at the beginning
    /// of the next paragraph.
    pub(super) fn credited(&self, number: usize, quotation: &Quotation) -> Option<Speaker> {
        if quotation.short && quotation.close - quotation.open < 3 {
            return None;
        }
        let end = self.end_of_paragraph(number)?;
        let after = quotation.close + 1;
        let (dash, end) = if after < end { (after, end) } else { (end, self.end_of_paragraph(number + 1)?) };
        let (dash, end) = if matches!(self.lower(dash), "—" | "–" | "-" | "--" | "―") {
            (dash, end)
        } else if after < end && self.lower(quotation.close.saturating_sub(1)) == "," {
            // “We are not a bank,” Ana Reed, an engineer in Lisbon.
            let number = self.reading.sentences.partition_point(|sentence| sentence.first <= after);
            let end = number.checked_sub(1).and_then(|number| self.reading.sentences.get(number))?.end;
            (quotation.close, end)
        } else {
            return None;
        };
        if end < dash || end - dash > CREDIT {
            return None;
        }
        let acts = |at: usize| {
            let word = self.lower(at);
            self.marks.is_quoted(at)
                || verb(word).is_some()
                || breaks(word) && !matches!(word, "and" | "by" | "with" | "to" | "as")
        };
        if (dash + 1..end).any(|at| acts(at) && self.cast.spot(at).is_none()) {
            return None;
        }
        let spot = (dash + 1..end.min(dash + 2 + BEFORE))
            .find_map(|at| self.cast.spot(at).filter(|spot| spot.kind == Kind::Person && spot.named))?;
        // "— a friend of Ana Reed" and "— and Reed left" credit nobody.
        let plain =
            (dash + 1..spot.first).all(|at| self.is_role(at) || self.cast.spot(at).is_some() || self.lower(at) == ".");
        plain.then(|| Self::named(spot)).flatten()
    }

    /// The word after a paragraph.
    fn end_of_paragraph(&self, number: usize) -> Option<usize> {
        let last = self.marks.paragraphs.get(number)?.end.checked_sub(1)?;
        self.reading.sentences.get(last).map(|sentence| sentence.end)
    }
}
