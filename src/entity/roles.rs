//! Whom a description stands for: "the president", "the UN director", "the bank".
//!
//! Words beside a name tell what its bearer is: before it ("President Ana Reed"), after it ("Reed, a potato farmer from
//! Lisbon,"), and in the name itself (a bank is called Bank). Where an article then says "the farmer", it means whoever was
//! last named of those of whom that was told, unless somebody without a name came between: "a farmer". Serves the
//! attribution of quotations and pronouns; a description never becomes a mention.

use foldhash::{HashMap, HashMapExt};

use super::Kind;
use super::callings::{self, Noun};
use super::cast::{Cast, Spot};
use super::lexicon::{class, speaks_for};
use super::verbs::{is_adverb, ties, verb};
use super::words::{Reading, Sentence};
use crate::text::tokens::TokenKind;

/// Words of the longest description: "the former Harbour Union vice president".
const DESCRIPTION: usize = 8;

/// Words behind a name that are looked through for what its bearer is.
const APPOSITION: usize = 14;

/// Sentences after which a company has to be named again to be meant by "the company".
const COMPANY_REACH: usize = 5;

/// The same for a person who is meant by an age.
const TOPIC_REACH: usize = 3;

/// Descriptions that are kept of one entity.
const MOST: usize = 8;

/// A description that was told of an entity.
#[derive(Clone, Copy)]
struct Role<'a> {
    noun: Noun<'a>,
    /// "former president": another may be president now.
    former: bool,
    /// What it is an office of, if that has a name: "mayor of Lisbon".
    of: Option<usize>,
    /// What it is an office for: *foreign* of "foreign minister".
    area: Option<&'a str>,
}

/// Whoever was last named of those who have a role.
#[derive(Clone, Copy)]
struct Holder {
    entity: usize,
    kind: Kind,
    former: bool,
    of: Option<usize>,
}

struct Search<'a> {
    reading: &'a Reading<'a>,
    cast: &'a Cast,
    roles: HashMap<usize, Vec<Role<'a>>>,
    /// Who has a role, and who had it: the former president is another.
    holders: HashMap<(Noun<'a>, bool), Holder>,
    /// The last person a sentence was about, if it named no other, and the number of the sentence: "the 42-year-old".
    topic: Option<(Holder, usize)>,
    /// The same for the last organisation that may be a company.
    business: Option<(Holder, usize)>,
}

/// Adds the descriptions of an article to its cast.
pub(super) fn resolve(reading: &Reading<'_>, cast: &mut Cast) {
    let descriptions = find(reading, cast);
    cast.describe(descriptions);
}

/// The descriptions and whom each stands for, in order; none overlaps a mention.
fn find(reading: &Reading<'_>, cast: &Cast) -> Vec<Spot> {
    let mut search =
        Search { reading, cast, roles: HashMap::new(), holders: HashMap::new(), topic: None, business: None };
    let mut found = Vec::new();
    for (number, sentence) in reading.sentences.iter().enumerate() {
        let mut at = sentence.first;
        let mut topic = false;
        // Up to where an apposition describes the name before it, "a farmer" is no other.
        let mut described = at;
        while at < sentence.end {
            if let Some(spot) = cast.spot(at).filter(|spot| spot.first == at) {
                if matches!(spot.kind, Kind::Person | Kind::Organisation) {
                    let about = spot.kind == Kind::Person && !std::mem::replace(&mut topic, true);
                    described = search.meet(sentence, number, spot, about).max(described);
                }
                at = spot.end.max(at + 1);
                continue;
            }
            match search.lower(at) {
                "the" => {
                    if let Some(spot) = search.described(sentence, number, at) {
                        at = spot.end;
                        found.push(spot);
                        continue;
                    }
                }
                "a" | "an" | "another" | "one" if at >= described => search.forget(sentence, at + 1),
                _ => {}
            }
            at += 1;
        }
    }
    found
}

impl<'a> Search<'a> {
    fn lower(&self, at: usize) -> &'a str {
        &self.reading.word(at).lower
    }

    /// Learns what is told of a name, and that its bearer was just named; gives the end of what was told.
    fn meet(&mut self, sentence: &Sentence, number: usize, spot: &Spot, about: bool) -> usize {
        let mut told = Vec::new();
        self.before(sentence, spot, &mut told);
        let end = self.after(sentence, spot, &mut told);
        if spot.kind == Kind::Organisation {
            self.inside(spot, &mut told);
        }
        let holder = Holder { entity: spot.entity, kind: spot.kind, former: false, of: None };
        if about {
            self.topic = Some((holder, number));
        } else if spot.kind == Kind::Person {
            self.topic = self.topic.filter(|(topic, _)| topic.entity == spot.entity);
        }
        if spot.kind == Kind::Organisation && self.may_be_company(sentence, spot, &told) {
            self.business = Some((holder, number));
        }
        let roles = self.roles.entry(spot.entity).or_default();
        for role in told {
            if roles.len() < MOST && !roles.iter().any(|known| (known.noun, known.area) == (role.noun, role.area)) {
                roles.push(role);
            }
        }
        for role in &*roles {
            let Role { former, of, .. } = *role;
            let holder = Holder { former, of, ..holder };
            self.holders.insert((role.noun, former), holder);
            if let Some(area) = role.area {
                self.holders.insert(((area, role.noun.1), former), holder);
            }
        }
        end
    }

    /// Whether no word of its name says that an organisation is something else, and it is not merely told something.
    fn may_be_company(&self, sentence: &Sentence, spot: &Spot, told: &[Role<'_>]) -> bool {
        let press =
            (spot.first..spot.end).take(DESCRIPTION).any(|at| self.reading.lexicon.is(self.lower(at), class::PRESS));
        let before = if spot.first > sentence.first { self.lower(spot.first - 1) } else { "" };
        let heard = matches!(before, "told" | "to" | "by" | "tells" | "with");
        !press && !heard && told.iter().all(|role| matches!(role.noun.1, "company" | "group"))
    }

    /// "a farmer" after `at` is somebody else.
    fn forget(&mut self, sentence: &Sentence, at: usize) {
        for at in at..sentence.end.min(at + 4) {
            let word = self.reading.word(at);
            if word.kind == TokenKind::Punctuation && &*word.lower != "-" || self.cast.spot(at).is_some() {
                break;
            }
            let human = self.is_office(at) || matches!(self.lower(at), "man" | "woman" | "boy" | "girl");
            if human || self.lower(at) == "year-old" {
                self.topic = None;
            }
            // "a former mayor, Ana Reed" is not.
            let named = (at + 1..sentence.end.min(at + 5))
                .any(|at| self.cast.spot(at).is_some_and(|spot| spot.kind == Kind::Person));
            if !named {
                self.holders.remove(&(self.noun(at), false));
            }
        }
    }

    /// The key of the noun `at`.
    fn noun(&self, at: usize) -> Noun<'a> {
        let before = |step: usize| at.checked_sub(step).map_or("", |before| self.lower(before));
        callings::noun(before(2), before(1), self.lower(at))
    }

    /// What the minister `at` is for: "foreign", "health".
    fn area(&self, at: usize) -> Option<&'a str> {
        let before = at.checked_sub(1).map(|before| self.lower(before))?;
        let has_area = matches!(self.lower(at), "minister" | "secretary" | "commissioner");
        (has_area && (self.reading.lexicon.is_portfolio(before) || before == "foreign")).then_some(before)
    }

    /// Whether word `at` may be what somebody is.
    fn is_noun(&self, at: usize) -> bool {
        let word = self.reading.word(at);
        word.kind == TokenKind::Word
            && self.cast.spot(at).is_none()
            && (word.lower.len() > 2 || matches!(word.text, "PM" | "MP"))
            && !self.reading.lexicon.is(&word.lower, class::FUNCTION)
            && verb(&word.lower).is_none()
    }

    fn is_office(&self, at: usize) -> bool {
        let lower = self.lower(at);
        self.is_noun(at)
            && (self.reading.word(at).is("PM")
                || self.reading.lexicon.is(lower, class::ROLE)
                || self.reading.lexicon.title(lower).is_some())
    }

    fn is_former(&self, first: usize, at: usize) -> bool {
        (first..at).rev().take(4).any(|at| matches!(self.lower(at), "former" | "ex" | "then" | "late" | "retired"))
    }

    /// "President Reed", "the potato farmer Ana Reed", "the director, Ms Reed", "President of the Union Ana Reed".
    fn before(&self, sentence: &Sentence, spot: &Spot, told: &mut Vec<Role<'a>>) {
        let mut end = spot.first;
        while end > sentence.first
            && matches!(
                self.lower(end - 1),
                "mr" | "mr." | "mrs" | "mrs." | "ms" | "ms." | "dr" | "dr." | "sir" | "prof" | "prof." | "sheikh" | "."
            )
        {
            if matches!(self.lower(end - 1), "dr" | "dr." | "prof" | "prof.") {
                told.push(Role { noun: self.noun(end - 1), former: false, of: None, area: None });
            }
            end -= 1;
        }
        let comma = end > sentence.first && self.lower(end - 1) == ",";
        end -= usize::from(comma);
        let mut of = None;
        if let Some(body) = self.cast.spot_before(end).filter(|body| body.first > sentence.first) {
            let the = usize::from(self.lower(body.first - 1) == "the");
            let tie = body.first.checked_sub(1 + the).filter(|&tie| matches!(self.lower(tie), "of" | "for"));
            let Some(tie) = tie.filter(|&tie| tie > sentence.first) else { return };
            of = Some(body.entity);
            end = tie;
        }
        let Some(at) = end.checked_sub(1).filter(|&at| at >= sentence.first) else { return };
        let small = self.reading.word(at).is_lower() && !comma && of.is_none() && !self.lower(at).ends_with("ed");
        if !(self.is_office(at) || small && self.is_noun(at) && spot.kind == Kind::Person) {
            return;
        }
        let mut first = at;
        while first > sentence.first && at - first < 3 && self.is_noun(first - 1) {
            first -= 1;
        }
        let of = of.or_else(|| self.cast.spot_before(first).map(|body| body.entity));
        // "Prime Minister Sheikh" tells two things.
        for office in (first..=at).filter(|&office| office == at || self.is_office(office)) {
            let area = self.area(office);
            told.push(Role { noun: self.noun(office), former: self.is_former(first, at), of, area });
        }
    }

    /// "Reed, 35, a potato farmer from Lisbon and leader of the Union,", "Reed is a nurse"; gives its end.
    fn after(&self, sentence: &Sentence, spot: &Spot, told: &mut Vec<Role<'a>>) -> usize {
        let mut at = spot.end;
        if self.lower(at) == "(" {
            at = (at..sentence.end.min(at + 5)).find(|&at| self.lower(at) == ")").map_or(at, |close| close + 1);
        }
        let start = at;
        match self.lower(at) {
            "," => at += 1,
            "is" | "was" | "became" if matches!(self.lower(at + 1), "a" | "an" | "the") => at += 1,
            _ => return start,
        }
        if self.reading.word(at).is_number() && self.lower(at + 1) == "," {
            at += 2;
        }
        if self.lower(at) == "who" && matches!(self.lower(at + 1), "is" | "was") {
            at += 2;
        }
        let end = sentence.end.min(at + APPOSITION);
        let mut first = at;
        // After "of" comes what it is an office of.
        let mut over = false;
        while at <= end {
            let word = self.lower(at);
            let person = self.cast.spot(at).is_some_and(|spot| spot.kind == Kind::Person);
            let ends = at == end || matches!(word, "," | "." | "and" | "who" | "(" | ";" | ":") || ties(word) || person;
            if ends && !over && at > first && self.is_noun(at - 1) {
                let role = at - 1;
                let articled = matches!(self.lower(first), "a" | "an" | "the" | "our" | "its" | "one");
                if articled || self.is_office(role) {
                    let named = (at + 1..end.min(at + 4)).find_map(|at| self.cast.spot(at));
                    let within = (first..role).find_map(|at| self.cast.spot(at));
                    let of = named.filter(|_| ties(word)).or(within).map(|body| body.entity);
                    let area = self.area(role);
                    told.push(Role { noun: self.noun(role), former: self.is_former(first, role), of, area });
                }
            }
            if person || matches!(word, "," | "." | "who" | "(" | ";" | ":") || verb(word).is_some() {
                break;
            }
            over |= ties(word);
            if word == "and" {
                first = at + 1;
                over = false;
            }
            at += 1;
        }
        at
    }

    /// The Bank of Lisbon is a bank, Acme Ltd a company.
    fn inside(&self, spot: &Spot, told: &mut Vec<Role<'a>>) {
        for at in (spot.first..spot.end).take(DESCRIPTION) {
            let lower = self.lower(at);
            let noun = match lower {
                "inc" | "inc." | "ltd" | "ltd." | "limited" | "plc" | "corp" | "corp." | "corporation" | "llc"
                | "holdings" | "ag" | "gmbh" | "co." => "company",
                _ if self.reading.lexicon.is(lower, class::ORGANISATION) => lower,
                _ => continue,
            };
            told.push(Role { noun: ("", noun), former: false, of: None, area: None });
        }
    }

    /// The description that begins with *the* at word `the`.
    fn described(&self, sentence: &Sentence, number: usize, the: usize) -> Option<Spot> {
        let mut at = the + 1;
        let mut body = None;
        let mut best: Option<(usize, Holder)> = None;
        let end = sentence.end.min(the + DESCRIPTION);
        while at < end {
            if let Some(spot) = self.cast.spot(at) {
                if matches!(spot.kind, Kind::Person | Kind::Date) {
                    break;
                }
                body = Some(spot.entity);
                at = spot.end.max(at + 1);
                continue;
            }
            let word = self.reading.word(at);
            if !matches!(&*word.lower, "'s" | "-" | "'") {
                let function = self.reading.lexicon.is(&word.lower, class::FUNCTION) && &*word.lower != "first";
                if word.kind == TokenKind::Punctuation || function {
                    break;
                }
                if let Some(holder) = self.holder(number, at, self.is_former(the + 1, at)) {
                    best = Some((at, holder));
                } else if verb(&word.lower).is_some() {
                    break;
                }
            }
            at += 1;
        }
        let (noun, holder) = best?;
        let end = noun + 1;
        let former = self.is_former(the + 1, noun);
        let another = match (body, holder.of) {
            (Some(body), Some(of)) => body != of && self.cast.is_organisation(body) && self.cast.is_organisation(of),
            _ => false,
        };
        if holder.former && !former || another || !self.is_over(sentence, end) {
            return None;
        }
        if matches!(self.lower(end), "of" | "for") {
            let the = usize::from(self.lower(end + 1) == "the");
            let of = self.cast.spot(end + 1 + the).map(|spot| spot.entity);
            if of.is_none() || of != holder.of {
                return None;
            }
        }
        Some(Spot { first: the, end, entity: holder.entity, kind: holder.kind, named: false })
    }

    /// Whoever the noun `at` may stand for in sentence `number`.
    fn holder(&self, number: usize, at: usize, former: bool) -> Option<Holder> {
        let noun = self.noun(at);
        let known = self.told(noun, self.area(at), former);
        if noun.1 == "company" {
            let near = |(_, told): &(Holder, usize)| told + COMPANY_REACH >= number;
            return self.business.filter(near).map(|(holder, _)| holder).or(known);
        }
        let near = |(_, told): &(Holder, usize)| noun.1 == "year-old" && told + TOPIC_REACH >= number;
        known.or_else(|| self.topic.filter(near).map(|(holder, _)| holder))
    }

    /// Who was told to have a role; a minister for something else is another.
    fn told(&self, noun: Noun<'a>, area: Option<&'a str>, former: bool) -> Option<Holder> {
        let of = |noun: Noun<'a>| {
            let known = |former| self.holders.get(&(noun, former)).copied();
            known(former).or_else(|| known(!former))
        };
        if let Some(area) = area {
            let has_another = |holder: &Holder| {
                let roles = self.roles.get(&holder.entity).into_iter().flatten();
                roles.into_iter().any(|role| role.noun == noun && role.area.is_some())
            };
            return of((area, noun.1)).or_else(|| of(noun).filter(|holder| !has_another(holder)));
        }
        of(noun).or_else(|| callings::alike(noun).iter().find_map(|other| of(*other)))
    }

    /// Whether a description may end before word `end`, and no name follows that it belongs to.
    fn is_over(&self, sentence: &Sentence, end: usize) -> bool {
        if end >= sentence.end {
            return true;
        }
        let word = self.reading.word(end);
        let comma = usize::from(&*word.lower == ",");
        let mut name = end + comma;
        while self.is_office(name) || matches!(self.lower(name), "mr" | "ms" | "mrs" | "dr" | "." | "the") {
            if name > end + 6 || name >= sentence.end {
                break;
            }
            name += 1;
        }
        if self.cast.spot(name).is_some_and(|spot| spot.kind == Kind::Person) {
            return false;
        }
        word.kind == TokenKind::Punctuation
            || word.lower.starts_with('\'')
            || self.cast.spot(end).is_some_and(|spot| spot.kind == Kind::Date)
            || self.reading.lexicon.is(&word.lower, class::FUNCTION | class::SAYS)
            || verb(&word.lower).is_some()
            || is_adverb(&word.lower)
            || word.lower.ends_with("ed")
            || speaks_for(&word.lower)
    }
}
