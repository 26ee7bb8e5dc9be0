//! One decision per name: what a string is in one place, it is in the whole article.

use std::collections::{HashMap, HashSet};

use super::Kind;
use super::key::normal;
use super::lexicon::{class, is_particle, is_water};
use super::names::{LONGEST_RUN, Name, Votes};
use super::words::{Part, Reading};

/// A name whose kind is decided.
#[derive(Clone, Debug)]
pub(super) struct Decided {
    pub(super) name: Name,
    pub(super) kind: Kind,
    pub(super) doubtful: bool,
}

#[derive(Default)]
struct Tally {
    votes: Votes,
    count: i32,
    /// Seen where a capital means something.
    inside: bool,
    known: bool,
}

/// Sums the votes of every string, lets the full names of persons speak for their parts, and drops what stays unlikely.
pub(super) fn decide(reading: &Reading<'_>, names: Vec<Name>) -> Vec<Decided> {
    let form = |name: &Name| reading.text.slice(name.range);
    let mut tallies: HashMap<&str, Tally> = HashMap::new();
    for name in &names {
        let tally = tallies.entry(form(name)).or_default();
        tally.votes.sum(&name.votes);
        tally.count += 1;
        tally.inside |= !name.unsure_capital && name.part == Part::Body;
        tally.known |= name.known.is_some_and(|known| !known.weak);
    }
    // Parts of the full names of persons, and first words of organisations.
    let (mut persons, mut organisations) = (HashSet::new(), HashSet::new());
    for name in &names {
        let Some(tally) = tallies.get(form(name)) else { continue };
        let (kind, votes) = tally.votes.best();
        if name.end < name.first + 2 || votes < 3 {
            if kind == Kind::Person && votes >= 3 && name.title.is_some() {
                persons.insert(form(name));
            }
            continue;
        }
        let parts = (name.first..name.end).map(|at| reading.word(at).text).filter(|part| part.len() > 2);
        match kind {
            Kind::Person => persons.extend(parts.flat_map(|part| [part, without_particle(part)])),
            Kind::Organisation => organisations.extend(parts.filter(|part| *part != "The").take(1)),
            _ => {}
        }
    }
    let heads =
        Heads::new(names.iter().filter_map(|name| Some((name, form(name), tallies.get(form(name))?.votes.best()))));
    let seen_inside =
        |text: &str| tallies.get(text).is_some_and(|tally| tally.inside || tally.known) || persons.contains(text);
    let decided = |name: Name| -> Option<Decided> {
        let name = shortened(reading, name, seen_inside);
        let text = form(&name);
        let tally = tallies.get(text)?;
        let single = name.end == name.first + 1;
        let mut votes = tally.votes;
        if name.head_alone {
            if let Some((kind, _)) = heads.longer(text) {
                return Some(Decided { kind, doubtful: false, name });
            }
            if votes.best().1 <= 1 {
                return None;
            }
        }
        if single && !tally.known && heads.waters.contains(text) {
            votes.add(Kind::Place, 6 * tally.count);
        }
        if single && !tally.known && persons.contains(text.strip_suffix('s').unwrap_or_default()) {
            // "the Blakes"
            votes.add(Kind::Group, 6 * tally.count);
        }
        if single && !tally.known {
            if persons.contains(text) || persons.contains(without_particle(text)) {
                votes.add(Kind::Person, 6 * tally.count);
            } else if organisations.contains(text)
                && !reading.lexicon.is(&reading.word(name.first).lower, class::COMMON)
            {
                votes.add(Kind::Organisation, 3);
            }
        }
        let (kind, weight) = match name.known.filter(|known| !known.weak) {
            Some(known) => (known.kind, 6),
            None => votes.best(),
        };
        let sure = tally.known || single && (persons.contains(text) || persons.contains(without_particle(text)));
        if single && weight == 0 && tally.inside && tally.count >= 3 {
            // Somebody or something the article keeps naming; most often somebody.
            return Some(Decided { kind: Kind::Person, doubtful: true, name });
        }
        if weight <= 0 || !sure && !tally.inside && single && weight < 4 {
            return None;
        }
        if !sure
            && !tally.inside
            && (weight < 3 || reading.in_title_case(name.first) && (name.part != Part::Body || weight < 5))
        {
            return None;
        }
        // Several weak hints in several places are worth more than one, but not everything.
        let strength = weight / tally.count.clamp(1, 3) + (tally.count - 1).min(2);
        Some(Decided { kind, doubtful: strength < 3, name })
    };
    names.into_iter().filter_map(decided).collect()
}

/// What the last words of longer names make of shorter ones.
struct Heads<'a> {
    /// The last word of organisations and places, lower case → the name's normal form and kind; none if two share it.
    last: HashMap<String, Option<(Kind, String)>>,
    /// `Marrow` of "Marrow River".
    waters: HashSet<&'a str>,
}

impl<'a> Heads<'a> {
    fn new<'n>(names: impl Iterator<Item = (&'n Name, &'a str, (Kind, i32))>) -> Self {
        let mut heads = Self { last: HashMap::new(), waters: HashSet::new() };
        let mut seen = HashSet::new();
        for (name, form, (kind, votes)) in names {
            if name.end < name.first + 2 || votes < 3 || !matches!(kind, Kind::Organisation | Kind::Place) {
                continue;
            }
            let Some((rest, last)) = form.rsplit_once(' ') else { continue };
            if !seen.insert(form) {
                continue;
            }
            let last = last.to_lowercase();
            if is_water(&last) && kind == Kind::Place {
                heads.waters.insert(rest);
            }
            let longer = (kind, normal(form));
            let slot = heads.last.entry(last).or_insert_with(|| Some(longer.clone()));
            if slot.as_ref().is_some_and(|(_, other)| *other != longer.1) {
                *slot = None;
            }
        }
        heads
    }

    /// The only longer name that ends in `word`.
    fn longer(&self, word: &str) -> Option<(Kind, &str)> {
        let (kind, name) = self.last.get(&word.to_lowercase())?.as_ref()?;
        Some((*kind, name))
    }
}

/// In a headline with capitals throughout, the part of a row of words that is a name elsewhere: "Ana Reed Resigns".
fn shortened(reading: &Reading<'_>, mut name: Name, is_name: impl Fn(&str) -> bool) -> Name {
    let known = |first, end| is_name(reading.text.slice(reading.range(first, end)));
    // Longer rows are no headline, and trying all their parts would take long.
    if name.known.is_some()
        || name.part == Part::Body
        || name.end - name.first > LONGEST_RUN
        || !reading.in_title_case(name.first)
        || known(name.first, name.end) && name.end == name.first + 1
    {
        return name;
    }
    let (first, end) = (name.first, name.end);
    let shorter = (1..end - first).rev().find_map(|length| {
        (first..=end - length).map(|start| (start, start + length)).find(|&(start, stop)| known(start, stop))
    });
    if let Some((start, stop)) = shorter {
        (name.first, name.end) = (start, stop);
        name.range = reading.range(start, stop);
    }
    name
}

/// `Sadr` of `al-Sadr`.
fn without_particle(part: &str) -> &str {
    part.split_once('-')
        .filter(|(particle, rest)| is_particle(particle) && rest.starts_with(char::is_uppercase))
        .map_or(part, |(_, rest)| rest)
}
