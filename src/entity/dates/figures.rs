//! Years, decades, centuries and eras in figures.

use super::years::{two_digits, year};
use super::{Dates, Match};
use crate::entity::amounts::is_unit;

impl Dates<'_> {
    /// "2004-2006", "the 1990s", "mid-1980s", "1970's", "19th century", "AD 79", "44 BC".
    pub(super) fn figures(&self, at: usize) -> Match {
        let text = self.text(at);
        if let Some((_, rest)) =
            text.split_once('-').filter(|(part, _)| matches!(*part, "mid" | "Mid" | "early" | "late" | "Late"))
        {
            return self.decade(at, rest).or_else(|| Some((at + 1, Some(year(rest)?.to_string()))));
        }
        let found = self.era(at).or_else(|| self.decade(at, text)).or_else(|| self.century(at));
        found.or_else(|| self.years(at))
    }

    fn decade(&self, at: usize, text: &str) -> Match {
        // "1970's"
        let clitic = !text.ends_with('s') && self.is_joined(at + 1) && self.lower(at + 1) == "'s";
        let split = !text.ends_with('s')
            && self.is_joined(at + 2)
            && matches!(self.text(at + 1), "'" | "’")
            && self.text(at + 2) == "s";
        let end = at + 1 + usize::from(clitic) + 2 * usize::from(split);
        let decade = text.strip_suffix("0s").or_else(|| text.strip_suffix('0').filter(|_| clitic || split))?;
        if decade.len() == 3 && year(&format!("{decade}0")).is_some() {
            return Some((end, Some(format!("{decade}X"))));
        }
        let is_time =
            matches!(self.before(at), "the" | "'" | "’" | "‘" | "early" | "late" | "mid" | "-") && !self.is_of_age(at);
        (decade.len() == 1 && decade.bytes().all(|byte| byte.is_ascii_digit()) && is_time)
            .then(|| (end, Some(format!("{}{decade}X", if decade < "3" { 20 } else { 19 }))))
    }

    /// "in her late 40s"
    fn is_of_age(&self, at: usize) -> bool {
        (at.saturating_sub(4)..at).any(|at| {
            at >= self.sentence.first && matches!(self.lower(at), "his" | "her" | "their" | "my" | "your" | "our")
        })
    }

    /// "19th century", "the twentieth century", "5th century BC".
    fn century(&self, at: usize) -> Match {
        let joint = usize::from(matches!(self.text(at + 1), "-" | "–"));
        if !matches!(self.lower(at + 1 + joint), "century" | "centuries") {
            return None;
        }
        let number = ordinal(self.lower(at)).filter(|number| (1..=30).contains(number))?;
        let end = at + 2 + joint;
        Some(match self.era_word(end) {
            Some((end, true)) => (end, Some(format!("-{:02}XX", number - 1))),
            Some((end, false)) => (end, Some(format!("{:02}XX", number - 1))),
            None => (end, Some(format!("{:02}XX", number - 1))),
        })
    }

    /// "AD 79", "79 AD", "44 BC". The year before 1 AD is 1 BC, and 0 in ISO 8601.
    fn era(&self, at: usize) -> Match {
        if let Some((next, false)) = self.era_word(at) {
            let year: i16 = number_of_year(self.text(next))?;
            return Some((next + 1, Some(format!("{year:04}"))));
        }
        let year: i16 = number_of_year(self.text(at))?;
        if matches!(self.lower(at + 1), "to" | "-" | "–") {
            // "from 264 to 146 BC"
            let last = number_of_year(self.text(at + 2)).filter(|last| *last < year)?;
            let (end, _) = self.era_word(at + 3).filter(|(_, before_christ)| *before_christ)?;
            return Some((end, Some(format!("-{:04}/-{:04}", year - 1, last - 1))));
        }
        let (end, before_christ) = self.era_word(at + 1)?;
        Some((
            end,
            Some(match (before_christ, year) {
                (true, 1) => "0000".to_owned(),
                (true, year) => format!("-{:04}", year - 1),
                (false, year) => format!("{year:04}"),
            }),
        ))
    }

    /// The word after "AD" or "BC", and whether it was the latter.
    fn era_word(&self, at: usize) -> Option<(usize, bool)> {
        // A full stop may be a token of its own.
        let stop = |at: usize| at + usize::from(self.text(at) == "." && at + 1 < self.sentence.end);
        match self.text(at) {
            "AD" | "A.D." | "CE" | "C.E." => Some((at + 1, false)),
            "A.D" | "C.E" => Some((stop(at + 1), false)),
            "BC" | "B.C." | "BCE" | "B.C.E." => Some((at + 1, true)),
            "B.C" | "B.C.E" => Some((stop(at + 1), true)),
            _ => None,
        }
    }

    /// "2004-2006", "2023/24".
    fn years(&self, at: usize) -> Match {
        let (first, last) = self.text(at).split_once(['-', '–', '/'])?;
        let start = year(first)?;
        let last = match last.len() {
            // "1538-9"
            1 => year(&format!("{}{last}", start / 10))?,
            2 => year(&format!("{}{last}", start / 100))?,
            _ => year(last)?,
        };
        (start < last && last - start < 200).then(|| (at + 1, Some(format!("{start}/{last}"))))
    }

    /// "'24", "the '90s" where a year is likely.
    pub(super) fn short_year(&self, at: usize) -> Match {
        if !self.is_joined(at + 1) || self.is_joined(at) {
            return None;
        }
        if let Some((end, value)) = self.decade(at + 1, self.text(at + 1)) {
            return Some((end, value));
        }
        let year = two_digits(self.text(at + 1))?;
        let is_time = matches!(
            self.before(at),
            "in" | "since"
                | "of"
                | "until"
                | "till"
                | "by"
                | "from"
                | "spring"
                | "summer"
                | "autumn"
                | "fall"
                | "winter"
                | "early"
                | "late"
                | "mid"
                | "before"
                | "after"
        );
        is_time.then(|| (at + 2, Some(year.to_string())))
    }

    /// Whether a year may follow the word before `at`.
    pub(super) fn is_introduced(&self, at: usize) -> bool {
        matches!(
            self.before(at),
            "in" | "since"
                | "by"
                | "until"
                | "till"
                | "during"
                | "early"
                | "late"
                | "mid"
                | "year"
                | "years"
                | "before"
                | "after"
                | "circa"
                | "c."
                | "spring"
                | "summer"
                | "autumn"
                | "winter"
                | "between"
                | "through"
                | "of"
                | "from"
                | "for"
                | "back"
                | "around"
        )
    }

    /// "2007" where a year is likely.
    pub(super) fn year_alone(&self, at: usize) -> Match {
        let year = year(self.text(at)).filter(|&year| (1000..=2100).contains(&year))?;
        let next = self.reading.within(self.sentence, at + 1);
        let before = self.before(at);
        let introduced = self.is_introduced(at);
        // "in 2010 of course", "which started in 1960 continues"
        let firmly = matches!(before, "in" | "since" | "until" | "till")
            || before == "of" && self.before(at - 1) == "end"
            || before == "to" && matches!(self.before(at - 1), "back" | "dates" | "dating" | "dated");
        let unlikely = matches!(
            before,
            "$" | "£"
                | "€"
                | "¥"
                | "#"
                | "no."
                | "nos."
                | "about"
                | "some"
                | "over"
                | "than"
                | "nearly"
                | "room"
                | "flight"
                | "page"
                | ":"
                | "-"
        ) || matches!(
            &*next.lower,
            "%" | "people"
                | "percent"
                | "per"
                | "hours"
                | "year"
                | "years"
                | "gmt"
                | "utc"
                | "million"
                | "billion"
                | "-"
                | ":"
        ) || !firmly && matches!(&*next.lower, "other" | "more" | "new" | "different" | "such" | "of")
            || is_unit(&next.lower);
        let recent = (1900..=2040).contains(&year);
        let joins = matches!(
            &*next.lower,
            "was"
                | "is"
                | "as"
                | "has"
                | "does"
                | "unless"
                | "this"
                | "his"
                | "its"
                | "across"
                | "plus"
                | "versus"
                | "towards"
                | "onwards"
                | "afterwards"
                | "backwards"
                | "besides"
                | "always"
                | "perhaps"
                | "thus"
        );
        // "the 2019 elections", "2008 prices" are of a year, "1900 books" are many.
        let of_a_year = (1950..=2040).contains(&year) && (matches!(before, "the" | "'s") || is_yearly(&next.lower));
        let plural = next.is_lower()
            && next.lower.len() > 3
            && !joins
            && !of_a_year
            && (next.lower.ends_with('s') && !next.lower.ends_with("ss") || next.lower.ends_with("children"));
        // "Hydraulics (1738)", "this 1833 map", "c. 1871"
        let bracketed = before == "(" && matches!(next.text, ")" | "," | ";");
        let determined = matches!(before, "this" | "that") && next.is_lower();
        let about = before == "." && self.before(at - 1) == "c";
        (!unlikely
            && (!plural || firmly && recent)
            && (introduced || firmly || recent || bracketed || determined || about))
            .then(|| (at + 1, Some(year.to_string())))
    }
}

/// What years have.
fn is_yearly(lower: &str) -> bool {
    matches!(
        lower,
        "levels"
            | "prices"
            | "elections"
            | "protests"
            | "riots"
            | "floods"
            | "attacks"
            | "results"
            | "polls"
            | "games"
            | "championships"
            | "finals"
            | "figures"
            | "olympics"
            | "accords"
    )
}

fn number_of_year(word: &str) -> Option<i16> {
    (word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| word.parse().ok())
        .flatten()
        .filter(|&year| year > 0)
}

/// "19th", "nineteenth".
fn ordinal(lower: &str) -> Option<u32> {
    const WORDS: [&str; 21] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
        "twenty-first",
    ];
    let digits = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if digits.len() < lower.len() && !digits.is_empty() {
        return digits.parse().ok();
    }
    WORDS.iter().position(|word| *word == lower).and_then(|at| u32::try_from(at + 1).ok())
}
