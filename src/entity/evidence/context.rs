//! What stands around a name: titles, verbs of saying, appositions, prepositions.

use super::nouns::{is_human, is_of_work, kind_of, singular};
use super::{Sign, Signs, form};
use crate::entity::Kind;
use crate::entity::gazetteer::{self, Entry};
use crate::entity::hash;
use crate::entity::lexicon::{class, speaks_for};
use crate::entity::names::Name;
use crate::entity::words::{Reading, Sentence};

/// Words of the longest apposition whose head is looked for.
const LONGEST: usize = 8;

/// Words of the longest owner: "the Royal Bank of Corvo's".
const LONGEST_OWNER: usize = 5;

/// Adds to `signs` what the words around `name` tell; `previous` is the name before it.
pub(super) fn add(reading: &Reading<'_>, sentence: &Sentence, name: &Name, previous: Option<&Name>, signs: &mut Signs) {
    let around = Around { reading, sentence, name };
    signs.set(Sign::Titled, name.title.is_some() || around.has_role_before());
    signs.set(Sign::Speaks, around.speaks());
    signs.set(
        Sign::Who,
        around.after(0) == "," && matches!(around.after(1), "who" | "whose" | "whom") || around.after(0) == "who",
    );
    signs.set(Sign::Kin, matches!(next_word(&around), Some(word) if is_kin(word)));
    signs.set(Sign::Aged, around.is_aged());
    match around.apposed() {
        Some(Kind::Person) => signs.set(Sign::PersonApposed, true),
        Some(Kind::Organisation) => signs.set(Sign::OrganisationApposed, true),
        Some(Kind::Place) => signs.set(Sign::PlaceApposed, true),
        Some(Kind::Group) => signs.set(Sign::GroupApposed, true),
        Some(Kind::Other) => signs.set(Sign::ThingBeside, true),
        _ => {}
    }
    let noun = around.noun_before();
    // "the tabloid “Rolling Stones”" is a paper, however it is set.
    signs.set(Sign::Marked, noun != Some(Kind::Organisation) && form::is_marked(reading, name));
    signs.set(Sign::ThingBeside, noun == Some(Kind::Other) || name.known.is_none() && around.is_before_thing());
    match noun {
        Some(Kind::Organisation) => signs.set(Sign::OrganisationBefore, true),
        Some(Kind::Place) => signs.set(Sign::PlaceBefore, true),
        Some(Kind::Work) => signs.set(Sign::WorkBefore, true),
        Some(Kind::Event) => signs.set(Sign::EventBefore, true),
        _ => {}
    }
    let lexicon = reading.lexicon;
    let next = around.after(0);
    signs.set(Sign::PlaceAfter, lexicon.is(next, class::AFTER_PLACE));
    // "US officials" are a country's.
    let is_country = name.known.is_some_and(|known| matches!(known.kind, Kind::Place | Kind::Group));
    signs.set(
        Sign::OrganisationAfter,
        !is_country && lexicon.is(next, class::AFTER_ORGANISATION) && around.is_small(name.end),
    );
    signs.set(
        Sign::SpokenFor,
        around.before(1) == "for"
            && (speaks_for(around.before(2))
                || matches!(around.before(2), "lawyer" | "lawyers" | "attorney" | "attorneys" | "agent")),
    );
    let article = usize::from(around.before(1) == "the");
    let preposition = around.before(1 + article);
    let inside = matches!(preposition, "in" | "near" | "across" | "throughout" | "outside" | "around" | "inside")
        && !matches!(next, "'s" | "'");
    let is_place = name.known.is_some_and(|known| known.kind == Kind::Place) || around.is_known_place();
    let spoken = preposition == "in" && !is_place && article == 0 && around.is_spoken();
    signs.set(Sign::Language, spoken);
    signs.set(Sign::InPlace, inside && is_place);
    signs.set(
        Sign::People,
        matches!(
            next,
            "people"
                | "peoples"
                | "community"
                | "communities"
                | "tribe"
                | "tribes"
                | "tribal"
                | "tribesmen"
                | "clan"
                | "clans"
                | "language"
                | "speakers"
                | "minority"
                | "elders"
                | "villagers"
                | "herders"
                | "man"
                | "woman"
                | "men"
                | "women"
        ) && around.is_small(name.end),
    );
    signs.set(Sign::PlacePair, previous.is_some_and(|previous| around.follows_a_place(previous)));
    signs.set(Sign::Made, around.is_made());
}

/// What belongs to the name: "deputy" of "Reed's deputy".
fn next_word<'a>(around: &'a Around<'_>) -> Option<&'a str> {
    let possessive = matches!(around.after(0), "'s" | "'");
    possessive.then(|| around.after(1))
}

/// Whom a person has, and a body or place has not.
fn is_kin(lower: &str) -> bool {
    matches!(
        lower,
        "wife"
            | "husband"
            | "widow"
            | "widower"
            | "mother"
            | "father"
            | "parents"
            | "son"
            | "sons"
            | "daughter"
            | "daughters"
            | "brother"
            | "sister"
            | "uncle"
            | "aunt"
            | "cousin"
            | "family"
            | "deputy"
            | "aide"
            | "aides"
            | "lawyer"
            | "lawyers"
            | "successor"
            | "predecessor"
            | "allies"
            | "supporters"
            | "death"
            | "funeral"
            | "body"
            | "home"
            | "house"
            | "career"
    )
}

/// A name and the words of its sentence.
struct Around<'a> {
    reading: &'a Reading<'a>,
    sentence: &'a Sentence,
    name: &'a Name,
}

impl Around<'_> {
    /// The word so many before the name, in lower case; 1 is the one beside it.
    fn before(&self, distance: usize) -> &str {
        let at = self.name.first.checked_sub(distance).filter(|at| *at >= self.sentence.first);
        at.map_or("", |at| &self.reading.word(at).lower)
    }

    /// The word so many after the name, in lower case; 0 is the one beside it.
    fn after(&self, distance: usize) -> &str {
        &self.reading.within(self.sentence, self.name.end + distance).lower
    }

    fn is_small(&self, at: usize) -> bool {
        at < self.sentence.end && self.reading.word(at).is_lower()
    }

    /// "actor Carla Reed", "the striker Reed", "Councillor Reed"
    fn has_role_before(&self) -> bool {
        let role = self.before(1);
        !role.is_empty() && is_human(self.reading.lexicon, role)
    }

    /// "Reed said", "Reed has also said", "“…”, said Reed"
    fn speaks(&self) -> bool {
        let says = |word: &str| self.reading.lexicon.is(word, class::SAYS);
        let inside = matches!(
            self.before(1),
            "in" | "of" | "for" | "from" | "to" | "at" | "with" | "by" | "on" | "near" | "against" | "about" | "and"
        ) || self.before(1) == "the"
            && matches!(self.before(2), "in" | "of" | "for" | "from" | "to" | "at" | "with" | "by");
        let mut at = 0;
        while at < 2
            && (matches!(self.after(at), "has" | "had" | "also" | "later" | "then") || self.after(at).ends_with("ly"))
        {
            at += 1;
        }
        let subject = !inside && says(self.after(at));
        let inverted = says(self.before(1)) && matches!(self.before(2), "," | "\"" | "”" | "'" | "’" | "?" | "!");
        subject || inverted
    }

    /// "Reed, 49,", "Reed (49)"
    fn is_aged(&self) -> bool {
        let number = self.reading.within(self.sentence, self.name.end + 1);
        matches!(self.after(0), "," | "(")
            && matches!(self.after(2), "," | ")" | ".")
            && number.is_number()
            && number.text.parse::<u8>().is_ok_and(|age| (5..110).contains(&age))
    }

    /// What the phrase behind a comma calls it: "Pharmo, a telecoms regulator,", "Reed, chairman of the club,", "Naa Reed is
    /// the bank's star employee".
    fn apposed(&self) -> Option<Kind> {
        let is_copula = matches!(self.after(0), "is" | "was" | "are" | "were" | "remains" | "became");
        if self.after(0) != "," && !is_copula {
            return None;
        }
        let seen = usize::from(is_copula && matches!(self.after(1), "considered" | "called" | "now" | "also"));
        let (start, has_article) = self.determiner(self.name.end + 1 + seen);
        let mut end = start;
        while end < start + LONGEST && self.is_small(end) {
            let word = &*self.reading.word(end).lower;
            if self.reading.lexicon.is(word, class::FUNCTION)
                || matches!(
                    word,
                    "of" | "in" | "for" | "based" | "that" | "which" | "who" | "to" | "at" | "and" | "with" | "where"
                )
            {
                break;
            }
            end += 1;
        }
        let last = end.checked_sub(1).filter(|last| *last >= start)?;
        let noun = &*self.reading.word(last).lower;
        if has_article {
            kind_of(self.reading.lexicon, noun)
        } else if is_copula {
            None
        } else {
            // "Reed, chairman of"; but "in Corvo, police said"
            let of = matches!(&*self.reading.within(self.sentence, end).lower, "of" | "at" | "for" | ",");
            (of && is_human(self.reading.lexicon, noun)).then_some(Kind::Person)
        }
    }

    /// Where the phrase at `at` goes on behind its article or owner, and whether it has one: "a", "its", "Crystal Bank's".
    fn determiner(&self, at: usize) -> (usize, bool) {
        let word = |at: usize| &*self.reading.within(self.sentence, at).lower;
        let article = matches!(word(at), "a" | "an" | "the" | "his" | "her" | "its" | "one");
        let start = at + usize::from(article);
        let is_clitic = |at: &usize| matches!(word(*at), "'s" | "’s" | "'" | "’");
        let owner = (start + 1..start + LONGEST_OWNER).find(is_clitic);
        let owner = owner.filter(|end| (start..*end).all(|at| at < self.sentence.end && !self.is_small(at)));
        (owner.map_or(start, |clitic| clitic + 1), article || owner.is_some())
    }

    /// What the noun before it calls it: "the regulator Pharmo", "the town of Corvo", "her novel Bridges", "the tenth
    /// season of Bridges".
    fn noun_before(&self) -> Option<Kind> {
        let of = self.before(1) == "of";
        let marks = usize::from(matches!(self.before(1), "“" | "‘" | "\"" | "'" | ","));
        let noun = self.before(1 + usize::from(of) + marks);
        let at = self.name.first.checked_sub(1 + usize::from(of) + marks)?;
        if !self.reading.word(at).is_lower() {
            return None;
        }
        if of && is_of_work(noun) {
            return Some(Kind::Work);
        }
        let kind = kind_of(self.reading.lexicon, noun)?;
        match kind {
            Kind::Place if of => matches!(
                singular(noun),
                "town"
                    | "city"
                    | "village"
                    | "township"
                    | "kingdom"
                    | "republic"
                    | "district"
                    | "province"
                    | "county"
                    | "island"
                    | "state"
                    | "suburb"
                    | "port"
                    | "municipality"
                    | "region"
                    | "governorate"
                    | "hamlet"
                    | "country"
            )
            .then_some(kind),
            Kind::Person => None,
            _ if of => None,
            _ => Some(kind),
        }
    }

    /// "sang in Kriolu", "a speech in Kriolu"
    fn is_spoken(&self) -> bool {
        matches!(
            self.before(2),
            "speak"
                | "speaks"
                | "spoke"
                | "speaking"
                | "sing"
                | "sings"
                | "sang"
                | "wrote"
                | "writes"
                | "written"
                | "speech"
                | "song"
                | "songs"
                | "poems"
                | "publishes"
                | "published"
                | "fluent"
                | "broadcasts"
                | "said"
                | "shouted"
        )
    }

    /// "the Tavor assault rifle"
    fn is_before_thing(&self) -> bool {
        let at = self.name.end;
        (at..at + 2)
            .take_while(|at| self.is_small(*at))
            .any(|at| kind_of(self.reading.lexicon, &self.reading.word(at).lower) == Some(Kind::Other))
    }

    /// Whether the gazetteer knows a city or province of this name.
    fn is_known_place(&self) -> bool {
        let lower = self.reading.text.slice(self.name.range).to_lowercase();
        gazetteer::entry(hash::of(lower.bytes())).facts() & (Entry::CITY | Entry::PROVINCE) != 0
    }

    /// "Amman, Jordan": what stands behind a place and a comma, and ends the phrase.
    fn follows_a_place(&self, previous: &Name) -> bool {
        previous.end + 1 == self.name.first
            && previous.kind == Kind::Place
            && self.before(1) == ","
            && (self.name.known.is_some_and(|known| known.country) || self.is_known_place())
            && !matches!(self.after(0), "and" | "or" | "&")
            && self.before(2) != ","
    }

    /// "wrote Bridges", "directed the film Bridges", "passed the Harbours Act"
    fn is_made(&self) -> bool {
        let skip = usize::from(matches!(self.before(1), "the" | "his" | "her" | "its" | "their"));
        matches!(
            self.before(1 + skip),
            "wrote"
                | "directed"
                | "composed"
                | "sang"
                | "co-wrote"
                | "starred"
                | "translated"
                | "illustrated"
                | "enacted"
                | "ratified"
                | "authored"
                | "titled"
                | "entitled"
                | "screened"
        )
    }
}
