//! Which names of organisations and places are parts of longer ones.

use foldhash::{HashMap, HashMapExt};

use super::{Linker, class_of};
use crate::entity::evidence::Sign;
use crate::entity::lexicon::{Lexicon, class, is_water};
use crate::entity::{Kind, Rule};

/// Words of a longer name without which it would be something else.
fn tells_apart(word: &str) -> bool {
    matches!(word, "of" | "in" | "for" | "on" | "and" | "north" | "south" | "east" | "west")
        || matches!(word, "northern" | "southern" | "eastern" | "western")
}

/// "Texas" of "State of Texas", "Scientology" of "Church of Scientology", "Jordan" of "Hashemite Kingdom of Jordan". Two
/// republics bear the name of the Congo.
fn without_form(key: &str) -> Option<&str> {
    let (form, rest) = key.split_once(" of ")?;
    let form = form.rsplit_once(' ').map_or(form, |(_, form)| form);
    let is_form =
        matches!(form, "state" | "kingdom" | "church" | "republic" | "emirate" | "sultanate" | "commonwealth");
    (is_form && !rest.ends_with("congo")).then_some(rest)
}

/// What companies have behind the name that they go by: "Samsung Electronics", "Alibaba Group Holding".
fn is_company_form(word: &str) -> bool {
    matches!(
        word,
        "inc"
            | "corp"
            | "corporation"
            | "co"
            | "company"
            | "ltd"
            | "limited"
            | "llc"
            | "plc"
            | "ag"
            | "gmbh"
            | "sa"
            | "group"
            | "holding"
            | "holdings"
            | "technologies"
            | "electronics"
            | "industries"
            | "international"
            | "motors"
            | "motor"
    )
}

/// Whether a key is a country or its people, "united kingdom", "french".
fn is_country(lexicon: &Lexicon, key: &str) -> bool {
    let capital = |word: &str| -> String {
        let mut letters = word.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
    };
    let name = key.split(' ').map(capital).collect::<Vec<_>>().join(" ");
    lexicon.is_country(&name)
        || lexicon.is_country(&name.to_uppercase())
        || lexicon.name(&name).is_some_and(|known| known.country || known.kind == Kind::Group)
}

/// "2016 Corvo Fringe Festival"
fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())
}

/// "marrow" and "river" of `marrow river` and `river marrow`.
fn water(key: &str) -> Option<(&str, &str)> {
    let last = key.rsplit_once(' ').filter(|(_, last)| is_water(last));
    last.or_else(|| key.split_once(' ').filter(|(first, _)| is_water(first)).map(|(first, rest)| (rest, first)))
}

/// Kinds whose long names are shortened to their beginning.
fn is_shortened(kind: Kind) -> bool {
    matches!(kind, Kind::Organisation | Kind::Event | Kind::Work | Kind::Other)
}

/// How much likelier something else may be than what the longer name is.
const NEAR: f32 = 4.0;

impl Linker<'_> {
    /// "Harbour Energy" for "Harbour Energy Services", "State Department" for "US State Department".
    pub(super) fn short_names(&mut self) {
        let lexicon = self.reading.lexicon;
        let mut beginnings: HashMap<&str, Option<usize>> = HashMap::new();
        let mut companies: HashMap<&str, Option<usize>> = HashMap::new();
        let mut endings: HashMap<&str, Option<usize>> = HashMap::new();
        for (number, form) in self.forms.iter().enumerate() {
            for (at, _) in
                form.key.match_indices(' ').take(2).filter(|_| is_shortened(form.kind()) || form.kind() == Kind::Place)
            {
                let (country, rest) =
                    (form.key.get(..at).unwrap_or_default(), form.key.get(at + 1..).unwrap_or_default());
                if rest.contains(' ') && (is_country(lexicon, country) || is_year(country)) {
                    endings.entry(rest).and_modify(|only| *only = None).or_insert(Some(number));
                }
            }
            if form.words < 2 || !is_shortened(form.kind()) {
                continue;
            }
            if let Some((name, _)) = form.key.split_once(' ').filter(|(_, rest)| rest.split(' ').all(is_company_form)) {
                companies.entry(name).and_modify(|only| *only = None).or_insert(Some(number));
            }
            for (at, _) in form.key.match_indices(' ').take(4) {
                let (beginning, rest) =
                    (form.key.get(..at).unwrap_or_default(), form.key.get(at + 1..).unwrap_or_default());
                // "Ana Reed Foundation" says which; "Party" of "Party of Harbours" does not.
                let whole = beginning
                    .rsplit_once(' ')
                    .is_some_and(|(_, head)| lexicon.is(head, class::ORGANISATION) && rest.starts_with("for "));
                if whole || !rest.split(' ').any(tells_apart) {
                    beginnings.entry(beginning).and_modify(|only| *only = None).or_insert(Some(number));
                }
            }
        }
        let mut joins = Vec::new();
        for (number, form) in self.forms.iter().enumerate() {
            let near = |long: &usize| self.forms.get(*long).is_some_and(|long| form.may_be(long.kind(), NEAR));
            let listed = form.tally.listed().is_some() || is_country(lexicon, &form.key);
            if listed || form.tally.signs().of(Sign::InPlace) > 0 {
                let company = form.tally.listed().is_some_and(|known| known.kind == Kind::Organisation);
                let long = companies.get(form.key.as_str()).copied().flatten().filter(|_| company);
                joins.extend(long.map(|long| (number, long, Rule::ShortName)));
                continue;
            }
            let generic = form.key.split(' ').all(|word| lexicon.is(word, class::ORGANISATION | class::COMMON));
            let beginning = beginnings.get(form.key.as_str()).copied().flatten();
            if let Some(long) = beginning.filter(|long| !generic && form.key.len() > 2 && near(long)) {
                joins.push((number, long, Rule::ShortName));
            } else if let Some(long) = endings.get(form.key.as_str()).copied().flatten()
                && (near(&long)
                    || self.forms.get(long).is_some_and(|long| class_of(long.kind()) == class_of(form.kind())))
            {
                joins.push((number, long, Rule::WithoutCountry));
            }
        }
        // The Church of Norway is not Norway: both are of one kind.
        let same_kind = |(kind, _): &(Kind, &str)| matches!(kind, Kind::Organisation | Kind::Place);
        let forms = self.forms.iter().enumerate().map(|(number, form)| ((form.kind(), form.key.as_str()), number));
        let whole: Vec<_> =
            forms.clone().filter_map(|((kind, key), number)| Some(((kind, without_form(key)?), number))).collect();
        if !whole.is_empty() {
            let short: HashMap<_, _> = forms.filter(|(key, _)| same_kind(key)).collect();
            joins.extend(whole.iter().filter_map(|(key, long)| Some((*short.get(key)?, *long, Rule::ShortName))));
        }
        for (short, long, rule) in joins {
            if !self.is_joined(short) {
                self.join(short, long, rule);
            }
        }
    }

    /// "the Institute" for "Calafranca Institute", "the Marrow" and "River Marrow" for "Marrow River".
    pub(super) fn heads(&mut self) {
        let mut longer: HashMap<&str, Option<usize>> = HashMap::new();
        // The only water of each name: the form and the word.
        let mut waters: HashMap<&str, Option<(usize, &str)>> = HashMap::new();
        let mut joins = Vec::new();
        for (number, form) in self.forms.iter().enumerate() {
            let Some((_, last)) = form.key.rsplit_once(' ') else { continue };
            if !matches!(form.kind(), Kind::Organisation | Kind::Place) {
                continue;
            }
            longer.entry(last).and_modify(|only| *only = None).or_insert(Some(number));
            if let Some((name, word)) = water(&form.key) {
                let slot = waters.entry(name).or_insert(Some((number, word)));
                match *slot {
                    Some((same, other)) if other == word => joins.extend((same != number).then_some((number, same))),
                    _ => *slot = None,
                }
            }
        }
        for (number, form) in self.forms.iter().enumerate().filter(|(_, form)| form.tally.listed().is_none()) {
            let head = self.reading.lexicon.is(&form.key, class::ORGANISATION | class::PRESS | class::PLACE);
            let river = waters.get(form.key.as_str()).copied().flatten().map(|(river, _)| river);
            let whole = longer.get(form.key.as_str()).copied().flatten().filter(|_| head && form.words == 1);
            let near = |long: &usize| self.forms.get(*long).is_some_and(|long| form.may_be(long.kind(), NEAR));
            joins.extend(river.or(whole).filter(near).map(|long| (number, long)));
        }
        for (short, long) in joins {
            if !self.is_joined(short) {
                self.join(short, long, Rule::ShortName);
            }
        }
    }
}
