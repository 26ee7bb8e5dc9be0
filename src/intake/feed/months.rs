//! The names of months, in the languages that are seen in feeds.

use crate::article::month_from_name;

/// For each month the beginnings of its names that are not English, in lower case: in German, French, Spanish, Italian,
/// Portuguese, Dutch, Swedish, Hungarian, Polish, Czech, Turkish, Russian and Greek (also as some servers misspell them).
const BEGINNINGS: [&str; 12] = [
    "janu janv jän ene gen sty led oca янв ιαν",
    "febr fév fev lut úno şub фев φεβ",
    "mär mrz mars marz março maart márc bře март мар μαρ μάρ μαώ μάώ",
    "avr abr aprile ápr kwi dub nis апр απρ",
    "mai mei maj máj mag mayo kvě май мая μαΐ μάι μάϊ μαϊ μαι",
    "juin jun giu júni cze červn červen haz июн ιουν ιούν ιον",
    "juil juli jul lug júli lip červene červenc tem июл ιουλ ιούλ ιολ",
    "aoû ago augu sie srp ağu авг αυγ αύγ",
    "set septi septem szept wrz zář eyl сен σεπ",
    "okt oct ott out paź říj eki окт οκτ",
    "nov lis kas ноя νοε νοέ",
    "dez dic déc gru pro ara дек δεκ",
];

/// The number of the month of that name, in lower case.
pub(super) fn named(word: &str) -> Option<i8> {
    let longest = |beginnings: &str| {
        let fits = beginnings.split(' ').filter(|beginning| word.starts_with(beginning));
        fits.map(str::len).max()
    };
    let abroad = || {
        let fits = (1..).zip(BEGINNINGS).filter_map(|(month, beginnings)| Some((longest(beginnings)?, month)));
        fits.max().map(|(_, month)| month)
    };
    month_from_name(word).or_else(abroad)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_by_its_beginning() {
        for (word, month) in [
            ("mar", 3),
            ("march", 3),
            ("märz", 3),
            ("févr", 2),
            ("september", 9),
            ("červen", 6),
            ("července", 7),
            ("červenec", 7),
            ("мая", 5),
            ("δεκεμβρίου", 12),
        ] {
            assert_eq!(named(word), Some(month), "{word}");
        }
        for word in ["mon", "tue", "lundi", "sonntag", "t", "gmt", "est", "mesz", "uhr", "at"] {
            assert_eq!(named(word), None, "{word}");
        }
    }
}
