//! Names with a date in them: "Vision 2030", "the War of 1812", "Data Protection Act, 2012", "the 26 July Movement", "the
//! September 11 attacks".

use std::ops::Range;

use super::Name;
use crate::entity::Kind;
use crate::entity::patterns::Patterns;
use crate::entity::words::{Reading, Sentence, Word};

/// Words that are a name, and what they name; none if that is for the words before them to tell.
type Claim = (Range<usize>, Option<Kind>);

/// Gives such names what belongs to them; what was taken for a date gives way.
pub(super) fn complete(reading: &Reading<'_>, patterns: &mut Patterns, names: &mut Vec<Name>) {
    let dates = patterns.dates();
    let mut claims: Vec<Claim> = Vec::new();
    for sentence in reading.sentences.iter().filter(|sentence| !sentence.title_case) {
        let search = Search { reading, sentence, dates: &dates };
        let mut at = sentence.first;
        while at < sentence.end {
            match search.claim(at) {
                Some((words, kind)) => {
                    at = words.end;
                    claims.push((words, kind));
                }
                None => at += 1,
            }
        }
    }
    patterns.make_room(&join(reading, names, claims));
}

struct Search<'a> {
    reading: &'a Reading<'a>,
    sentence: &'a Sentence,
    /// The words of each date, in order.
    dates: &'a [Range<usize>],
}

impl Search<'_> {
    fn word(&self, at: usize) -> &Word<'_> {
        self.reading.within(self.sentence, at)
    }

    fn claim(&self, at: usize) -> Option<Claim> {
        let word = self.word(at);
        if word.is_number() || word.is_name_like() {
            self.day_of_something(at).or_else(|| self.plan(at)).or_else(|| self.something_of_date(at))
        } else {
            None
        }
    }

    /// "Vision 2030", "Agenda 2063", "COP 27", "the 2030 Agenda for Sustainable Development".
    fn plan(&self, at: usize) -> Option<Claim> {
        let number = self.word(at + 1);
        let kind = match self.word(at).text {
            "Vision" | "Agenda" | "Horizon" | "Strategy" => Kind::Work,
            "Expo" => Kind::Event,
            "COP" if number.is_number() && number.text.len() <= 2 => return Some((at..at + 2, Some(Kind::Event))),
            _ if is_year(self.word(at)) && self.word(at + 1).is("Agenda") => {
                return Some((at..at + 2, Some(Kind::Work)));
            }
            _ => return None,
        };
        is_year(number).then_some((at..at + 2, Some(kind)))
    }

    /// "the War of 1812", "the Battle of May 5", "Data Protection Act, 2012", "Act No. 23 of 1992".
    fn something_of_date(&self, at: usize) -> Option<Claim> {
        let word = self.word(at).text;
        let kind = dated(word);
        if kind.is_none() && !matches!(word, "Class" | "Daughters" | "Sons" | "Spirit") {
            return None;
        }
        // "Harbour Dues Act (Act No. 7 of 1992)" has its name already.
        if at > self.sentence.first && self.word(at - 1).is("(") {
            return None;
        }
        if at == self.sentence.first {
            // "Revolution of 1979 …" is a name all the same, "Floods of 2010" need not be one.
            self.word(at + 1).is("of").then_some(())?;
        }
        let is_law = kind == Some(Kind::Work);
        let next = self.word(at + 1);
        if is_law && next.is(",") && is_year(self.word(at + 2)) {
            return Some((at..at + 3, kind));
        }
        if is_law && is_year(next) {
            return Some((at..at + 2, kind));
        }
        let mut of = at + 1;
        if is_law && matches!(&*next.lower, "no" | "no.") {
            // The full stop may be a word of its own.
            of += 1 + usize::from(self.word(of + 1).is("."));
            of += usize::from(self.word(of).is_number());
        }
        if is_law && self.word(of).is("of") {
            // "Constitution of the Republic of Corvo, 1992"
            let part = |at: usize| self.word(at).is_name_like() || matches!(self.word(at).text, "of" | "the" | "and");
            let comma =
                (of..of + 10).find(|&at| !part(at)).filter(|&at| self.word(at).is(",") && is_year(self.word(at + 1)));
            if let Some(comma) = comma.filter(|&comma| comma > of + 1 && !self.word(comma + 2).is(",")) {
                return Some((at..comma + 2, kind));
            }
        }
        let date = self.date_at(of + 1).filter(|date| self.word(of).is("of") && self.is_year_or_day(date))?;
        Some((at..date.end, kind))
    }

    /// "the May 4 Movement", "the September 11 attacks", "9/11".
    fn day_of_something(&self, at: usize) -> Option<Claim> {
        if self.word(at).is("9/11") {
            return Some((at..at + 1, Some(Kind::Event)));
        }
        let date = self.date_at(at).filter(|date| date.len() == 2 && self.is_year_or_day(date))?;
        let kind = match self.word(date.end).text {
            "Movement" | "Alliance" | "Coalition" | "Brigade" | "Brigades" | "Group" | "Front" => Kind::Organisation,
            "Incident" | "Uprising" | "Revolution" | "Massacre" => Kind::Event,
            "Square" | "Bridge" | "Street" | "Avenue" | "Stadium" => Kind::Place,
            _ => {
                let kind = usize::from(matches!(&*self.word(date.end).lower, "terror" | "terrorist"));
                let is_attack = matches!(&*self.word(date.end + kind).lower, "attack" | "attacks");
                let is_day = |at: usize| matches!(self.word(at).text, "September" | "Sept" | "Sept." | "11" | "11th");
                let end = date.end + kind + 1;
                return (is_attack && (date.start..date.end).all(is_day)).then_some((at..end, Some(Kind::Event)));
            }
        };
        Some((at..date.end + 1, Some(kind)))
    }

    fn date_at(&self, first: usize) -> Option<Range<usize>> {
        let place = self.dates.binary_search_by_key(&first, |date| date.start).ok()?;
        self.dates.get(place).cloned()
    }

    /// Whether a date is a year, or a day of any year: "1812", "May 5".
    fn is_year_or_day(&self, date: &Range<usize>) -> bool {
        let numbers = || date.clone().map(|at| self.word(at)).filter(|word| word.is_number());
        match date.len() {
            1 => numbers().all(|word| word.text.len() == 4),
            2 => numbers().count() == 1 && numbers().all(|word| word.text.len() <= 4 && !is_year(word)),
            _ => false,
        }
    }
}

/// What is called by its date, by the word before "of": an event or a law.
fn dated(word: &str) -> Option<Kind> {
    Some(match word {
        "Battle" | "Blizzard" | "Coup" | "Crisis" | "Earthquake" | "Famine" | "Fire" | "Flood" | "Massacre"
        | "Mutiny" | "Panic" | "Rebellion" | "Revolt" | "Revolution" | "Siege" | "Uprising" | "War" => Kind::Event,
        "Accord" | "Accords" | "Act" | "Agreement" | "Bill" | "Charter" | "Code" | "Compromise" | "Constitution"
        | "Convention" | "Declaration" | "Decree" | "Edict" | "Law" | "Ordinance" | "Pact" | "Proclamation"
        | "Regulations" | "Statute" | "Treaty" => Kind::Work,
        _ => return None,
    })
}

/// A year as names have it.
pub(super) fn is_year(word: &Word<'_>) -> bool {
    word.is_number()
        && word.text.len() == 4
        && ["18", "19", "20"].iter().any(|century| word.text.starts_with(century))
        && word.text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Puts the claims in among the names, each with the names it goes on from; gives where they are then.
fn join(reading: &Reading<'_>, names: &mut Vec<Name>, claims: Vec<Claim>) -> Vec<Range<usize>> {
    let mut old = std::mem::take(names).into_iter().peekable();
    let mut places = Vec::new();
    for (words, kind) in claims {
        names.extend(std::iter::from_fn(|| old.next_if(|name| name.end <= words.start)));
        let mut covered: Vec<Name> = std::iter::from_fn(|| old.next_if(|name| name.first < words.end)).collect();
        let goes_on = covered.last().is_some_and(|name| name.end > words.end);
        let begins = covered.first().is_some_and(|name| name.first <= words.start);
        if goes_on && (begins || covered.len() > 1) || !begins && kind.is_none() {
            names.append(&mut covered);
            continue;
        }
        let first = covered.first().map_or(words.start, |name| name.first.min(words.start));
        let end = covered.last().map_or(words.end, |name| name.end.max(words.end));
        let mut name = match covered.into_iter().next() {
            Some(name) => name,
            None => Name::new(reading, words, kind.unwrap_or(Kind::Other), 1.0),
        };
        (name.first, name.end, name.range) = (first, end, reading.range(first, end));
        if let Some(kind) = kind {
            name.set_kind(kind);
        }
        places.push(first..end);
        names.push(name);
    }
    names.extend(old);
    places
}

#[cfg(test)]
mod tests {
    use crate::entity::Kind;
    use crate::entity::tests::mentions;

    #[test]
    fn a_date_that_belongs_to_a_name_stays_with_it() {
        for (words, name) in [
            (
                "The states adopted the 2030 Agenda for Sustainable Development in spring.",
                "2030 Agenda for Sustainable Development",
            ),
            ("The ministers will meet at COP 27 in the desert.", "COP 27"),
            ("They passed the Harbour Dues (Amendment) Act, 2016 in a hurry.", "Act, 2016"),
            (
                "They swore by the Constitution of the Republic of Corvo, 1992 in court.",
                "Constitution of the Republic of Corvo, 1992",
            ),
            ("They passed the Harbour Dues Act 1998 in a hurry.", "Harbour Dues Act 1998"),
            ("The family had lost a farm in the War of 1812 already.", "War of 1812"),
            ("Few of them know of the Battle of May 5 any longer.", "Battle of May 5"),
            ("He is a hero of the July 26 Movement and proud of it.", "July 26 Movement"),
            ("She was in the city on the day of the September 11 attacks with her son.", "September 11 attacks"),
            ("Since 9/11 the port has had a fence.", "9/11"),
        ] {
            let found = mentions(words);
            assert!(found.iter().any(|(kind, words)| kind.is_name() && words.ends_with(name)), "{words}: {found:?}");
            assert!(found.iter().all(|(kind, _)| *kind != Kind::Date), "{words}: {found:?}");
        }
    }

    #[test]
    fn other_dates_stay_dates() {
        for (words, date) in [
            ("The attacks of September 11 shook the port.", "September 11"),
            ("The fire of 1812 is not forgotten.", "1812"),
            ("It is the worst flood since the flood of 1953.", "1953"),
        ] {
            assert!(mentions(words).contains(&(Kind::Date, date.to_owned())), "{words}");
        }
    }
}
