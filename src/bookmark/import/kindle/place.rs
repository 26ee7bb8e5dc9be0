//! Where in its work an entry is, in the device's own numbering.

use crate::bookmark::import::datetime::ascii_digits;

/// The range of locations or pages an entry covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// How many kinds of numbers are given (page, location). A page is not comparable with a location, so only places
    /// with the same count are compared.
    kinds: usize,
    first: u64,
    last: u64,
}

impl Place {
    /// Reads the numbers of the last part that has any: the location, or else the page.
    pub(super) fn read(what: &str) -> Option<Self> {
        let what = ascii_digits(what);
        let mut numbered = what.split('|').filter(|part| part.contains(|c: char| c.is_ascii_digit()));
        let (kinds, part) = (numbered.clone().count(), numbered.next_back()?);
        let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let from = part.find(|c: char| c.is_ascii_digit())?;
        let (start, rest) = part.get(from..).map(|part| part.split_at(digits(part)))?;
        let end = rest.trim_start().strip_prefix(['-', '–', '—']).map(str::trim_start);
        let end = end.map(|rest| rest.split_at(digits(rest)).0).filter(|end| !end.is_empty());
        let first: u64 = start.parse().ok()?;
        // "1234-35" is short for "1234-1235".
        let last = end.and_then(|end| {
            let head = start.get(..start.len().saturating_sub(end.len()))?;
            if end.len() < start.len() { format!("{head}{end}").parse().ok() } else { end.parse().ok() }
        });
        Some(Self { kinds, first, last: last.unwrap_or(first).max(first) })
    }

    /// Whether the two ranges overlap.
    pub(super) fn overlaps(self, other: Self) -> bool {
        self.kinds == other.kinds && self.first <= other.last && other.first <= self.last
    }

    /// How many kinds of numbers are given, and the range in the last kind.
    pub(super) fn ends(self) -> (usize, u64, u64) {
        (self.kinds, self.first, self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_all_devices() {
        for (what, wanted) in [
            (" Your Highlight on page 12 | Location 100-105 ", Some((2, 100, 105))),
            (" Highlight Loc. 1234-35 ", Some((1, 1234, 1235))),
            (" Your Note on page 7 ", Some((1, 7, 7))),
            (" 您在位置 #100-105的标注 ", Some((1, 100, 105))),
            (" 位置No. 88のメモ ", Some((1, 88, 88))),
            (" ملاحظتك في الصفحة ١٤ ", Some((1, 14, 14))),
            (" Your Note ", None),
            (" Location 105-100 ", Some((1, 105, 105))),
            (" Location 99999999999999999999 ", None),
        ] {
            let wanted = wanted.map(|(kinds, first, last)| Place { kinds, first, last });
            assert_eq!(Place::read(what), wanted, "{what}");
        }
    }

    #[test]
    fn a_page_is_not_a_location() {
        let place = |what| Place::read(what).unwrap();
        assert!(place("page 12-12").overlaps(place("page 12")));
        assert!(place("page 1 | loc 100-105").overlaps(place("page 2 | loc 105-110")));
        assert!(!place("page 1 | loc 100-105").overlaps(place("page 101")));
        assert!(!place("page 12").overlaps(place("page 13")));
    }
}
