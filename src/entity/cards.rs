//! What is shown of a thing: its kind, the name it goes by, its other names, titles.

use foldhash::{HashMap, HashMapExt};

use super::alias::Cluster;
use super::coordination;
use super::decision::{Decision, Tally};
use super::evidence::Signs;
use super::key::{is_latin, normal};
use super::lexicon::{ListedName, class};
use super::names::Name;
use super::words::Reading;
use super::{Entity, Kind, Mention, Rule};

/// Titles that are kept.
const TITLES: usize = 8;

/// The entity of each cluster, and how far it can be trusted to lead the article.
pub(super) fn entities(
    reading: &Reading<'_>,
    names: &[Name],
    signs: &[Signs],
    clusters: &[Cluster],
) -> (Vec<Entity>, Vec<f32>) {
    let mut tallies: Vec<Tally> = clusters.iter().map(|cluster| tally(names, signs, cluster)).collect();
    coordination::add(reading, names, clusters, &mut tallies);
    clusters.iter().zip(&tallies).filter_map(|(cluster, tally)| entity(reading, names, cluster, tally)).unzip()
}

/// What is known of all mentions of a cluster.
fn tally(names: &[Name], signs: &[Signs], cluster: &Cluster) -> Tally {
    let mut tally = Tally::default();
    for (number, _) in &cluster.mentions {
        if let Some(name) = names.get(*number) {
            tally.count(name, signs.get(*number).copied().unwrap_or_default());
        }
    }
    // A place that lends a person its name says nothing of the person.
    if cluster.mentions.iter().any(|(_, rule)| matches!(rule, Rule::Surname | Rule::PartOfName | Rule::FullName)) {
        tally.forget_lists();
    }
    tally
}

fn entity(reading: &Reading<'_>, names: &[Name], cluster: &Cluster, tally: &Tally) -> Option<(Entity, f32)> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut forms: Vec<&str> = Vec::new();
    let mentioned = || cluster.mentions.iter().filter_map(|(number, rule)| Some((names.get(*number)?, *rule)));
    for (name, _) in mentioned() {
        let text = reading.text.slice(name.range);
        let count = counts.entry(text).or_default();
        if *count == 0 {
            forms.push(text);
        }
        *count += 1;
    }
    let Decision { kind, doubtful, trust } =
        cluster.akin.map_or_else(|| tally.decide(), |kind| Decision { kind, doubtful: false, trust: 1.0 });
    let mut titles: Vec<String> = Vec::new();
    for title in mentioned().filter_map(|(name, _)| name.title).filter(|_| kind == Kind::Person) {
        let title = reading.text.slice(title);
        if titles.len() < TITLES && !titles.iter().any(|seen| seen == title) {
            titles.push(title.to_owned());
        }
    }
    let count = |form: &str| counts.get(form).copied().unwrap_or(0);
    // The most frequent first; of equals one that is not in the capitals of a dateline.
    let shouts = |form: &str| form.len() > 3 && form.chars().all(char::is_uppercase);
    forms.sort_by_key(|form| (std::cmp::Reverse(count(form)), shouts(form)));
    let listed = tally.listed().filter(|listed| listed.kind == kind);
    let name = canonical(kind, listed, &forms)?;
    let key = normal(&name);
    let mention = |(own, rule): (&Name, Rule)| {
        let written = normal(reading.text.slice(own.range));
        let rule = match rule {
            _ if written == key => Rule::Name,
            Rule::Name if own.known.is_some_and(|known| written != normal(known.canonical)) => Rule::Table,
            rule => rule,
        };
        Mention { range: own.range, rule, confidence: (own.confidence * 100.0).round() as u8 }
    };
    let entity = Entity {
        kind,
        aliases: forms.iter().filter(|form| **form != name).map(|form| (*form).to_owned()).collect(),
        mentions: mentioned().map(mention).collect(),
        name,
        titles,
        salience: 0.0,
        value: None,
        doubtful: doubtful || cluster.ambiguous || is_bare(reading, &forms),
        followed: false,
        quotes: vec![],
    };
    Some((entity, trust))
}

/// "the Institute", "the North", "the Republic": whether it has no other name than a common noun or a point of the compass.
fn is_bare(reading: &Reading<'_>, forms: &[&str]) -> bool {
    let [form] = forms else { return false };
    let lower = form.to_lowercase();
    let lower = lower.strip_prefix("the ").unwrap_or(&lower);
    let common = reading.lexicon.is(lower, class::ORGANISATION | class::PLACE | class::EVENT | class::OF)
        || matches!(lower, "north" | "south" | "east" | "west" | "northeast" | "northwest" | "southeast" | "southwest");
    common && *form != form.to_uppercase() && reading.lexicon.name(form).is_none()
}

/// The form an entity goes by; `forms` are its forms, the most frequent first.
fn canonical(kind: Kind, listed: Option<ListedName>, forms: &[&str]) -> Option<String> {
    let frequent = *forms.first()?;
    // "United States" for an article that knows the US only; other forms are the article's own.
    if let Some(listed) =
        listed.filter(|listed| !listed.spelling && forms.iter().all(|form| is_short_for(form, listed)))
    {
        return Some(listed.canonical.to_owned());
    }
    let is_capital = |form: &str| form.starts_with(char::is_uppercase);
    let own = |forms: &[&str]| {
        let length =
            |form: &str| (is_capital(form), form.chars().all(is_latin), form.split(' ').count(), form.chars().count());
        // The first of equals is the more frequent.
        forms.iter().rev().max_by_key(|form| length(form)).map(|form| (*form).to_owned())
    };
    match kind {
        // "Marrow River", though it is mostly called "the Marrow".
        Kind::Place if forms.iter().any(|form| form.split(' ').count() == 2 && form.starts_with(frequent)) => {
            own(forms)
        }
        Kind::Place | Kind::Group if listed.is_none() => Some(frequent.to_owned()),
        // "Texas", though it is called "the State of Texas" as well.
        Kind::Place => {
            let full = |form: &&&str| listed.is_none_or(|listed| !is_short_for(form, &listed));
            let plain = forms.iter().find(|form| listed.is_some_and(|listed| listed.canonical == **form));
            plain.or_else(|| forms.iter().find(full)).map(|form| (*form).to_owned())
        }
        Kind::Group => {
            let capital = forms.iter().find(|form| is_capital(form));
            Some(capital.map_or_else(|| listed.map_or(frequent, |listed| listed.canonical), |form| *form).to_owned())
        }
        _ => own(forms),
    }
}

/// Whether a form is an abbreviation of the listed name, or a lower-case spelling.
fn is_short_for(form: &str, listed: &ListedName) -> bool {
    let letters = || form.chars().filter(|c| c.is_alphabetic());
    let abbreviation = letters().count() <= 6 && letters().filter(|c| c.is_uppercase()).count() >= 2;
    (abbreviation && letters().count() < listed.canonical.chars().count() || !form.starts_with(char::is_uppercase))
        && form != listed.canonical
}
