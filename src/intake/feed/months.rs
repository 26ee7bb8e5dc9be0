//! The names of months, in the languages that are seen in feeds.

use crate::article::month_from_name;

/// For each month the beginnings of its names that are not English, in lower case: in German, French, Spanish, Italian,
/// Portuguese, Catalan, Romanian, Dutch, Danish, Norwegian, Swedish, Finnish, Estonian, Lithuanian, Hungarian, Polish, Czech,
/// Slovak, Croatian, Slovene, Turkish, Indonesian, Russian, Ukrainian, Bulgarian, Serbian, Greek (also as some servers
/// misspell them), Arabic and Hebrew.
const BEGINNINGS: [&str; 12] = [
    "janu janv jaan jän ene gen ian sty led sij tammi saus oca янв яну јан січ ιαν يناير ינו",
    "febr fév fev veebr lut úno velj helmi vasar şub фев феб лют φεβ فبراير פבר",
    "mär mrz mars març marz março mart maart maaliskuu märts ožu kov bře березн март мар μαρ μάρ μαώ μάώ مارس מרץ",
    "avr abr aprile ápr apr kwi dub tra huhti balan nis апр квіт απρ أبريل ابريل إبريل אפר",
    "mai mei maj máj mag mayo kvě svi touko geg май мая мај трав μαΐ μάι μάϊ μαϊ μαι مايو מאי",
    "juin jun jún giu iun cze červn červen lipanj kesäk birž haz июн юни јун черв ιουν ιούν ιον يونيو يونيه יונ",
    "juil juli jul júl lug júli iul lip červene červenc srpanj heinä liep tem июл юли јул лип ιουλ ιούλ ιολ يوليو يوليه יול",
    "aoû ago agu augu avg sie srp kolo elok rugp ağu авг серп αυγ αύγ أغسطس اغسطس אוג",
    "set septi septem szept wrz zář ruj syys rugs eyl сен сеп вер σεπ سبتمبر ספט",
    "okt oct ott out paź říj loka spal eki окт жовт οκτ أكتوبر اكتوبر אוק",
    "nov noi lis stud marrask lapkr kas ноя ное нов листоп νοε νοέ نوفمبر נוב",
    "dez dic déc des det gru pro joulu ara дек дец груд δεκ ديسمبر דצמ",
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
            ("lipnja", 7),
            ("srpnia", 8),
            ("marraskuuta", 11),
            ("maaliskuu", 3),
            ("desember", 12),
            ("noiembrie", 11),
            ("серпня", 8),
            ("травня", 5),
            ("юли", 7),
            ("gruodžio", 12),
        ] {
            assert_eq!(named(word), Some(month), "{word}");
        }
        for word in [
            "mon",
            "tue",
            "lundi",
            "sonntag",
            "t",
            "gmt",
            "est",
            "mesz",
            "uhr",
            "at",
            "середа",
            "вт",
            "torstai",
            "vasárnap",
            "klo",
        ] {
            assert_eq!(named(word), None, "{word}");
        }
    }
}
