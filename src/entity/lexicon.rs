//! The lists of facts inside the program, and looking things up in them.
//!
//! The files in `assets/entities/` say in their first lines what they hold. They are read once, on first use.

use foldhash::{HashMap, HashMapExt, HashSet};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Kind;

/// A name from the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ListedName {
    pub(super) kind: Kind,
    /// The full name; all aliases of a row share it.
    pub(super) canonical: &'static str,
    /// Whether the form is a common word or somebody's name as often as this name.
    pub(super) weak: bool,
    /// Whether it is a country (the sovereign state itself, not its capital or demonym).
    pub(super) country: bool,
    /// Whether the row lists spellings rather than names: the article's own spelling is shown.
    pub(super) spelling: bool,
}

/// The gender a given name tells; titles tell it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    Female,
    Male,
    Either,
}

/// What a word is good for, as bits.
pub(super) mod class {
    /// Heads the name of an organisation: *Ministry*, *Corps*.
    pub(in crate::entity) const ORGANISATION: u16 = 1;
    /// Heads a state body whose country is no part of its name: *Congress*, *Ministry*.
    pub(in crate::entity) const STATE_BODY: u16 = 1 << 1;
    /// Heads the name of a place: *River*, *Airport*.
    pub(in crate::entity) const PLACE: u16 = 1 << 2;
    /// Heads the name of an event: *War*, *Summit*.
    pub(in crate::entity) const EVENT: u16 = 1 << 3;
    /// Heads the name of a work or law: *Treaty*, *Act*.
    pub(in crate::entity) const WORK: u16 = 1 << 4;
    /// Begins sentences, or is no name for another reason.
    pub(in crate::entity) const COMMON: u16 = 1 << 5;
    /// Is never part of a name: function words, days, months.
    pub(in crate::entity) const FUNCTION: u16 = 1 << 6;
    /// Says that a person speaks: *said*, *told*.
    pub(in crate::entity) const SAYS: u16 = 1 << 7;
    /// Follows a place's name in lower case: *province*, *city*.
    pub(in crate::entity) const AFTER_PLACE: u16 = 1 << 8;
    /// Follows an organisation's name in lower case: *party*, *spokesman*.
    pub(in crate::entity) const AFTER_ORGANISATION: u16 = 1 << 9;
    /// May be followed by *of*, *for* or *on* and the rest of the name.
    pub(in crate::entity) const OF: u16 = 1 << 10;
    /// Stands before a person's name: *president*, *Dr.*, *striker*.
    pub(in crate::entity) const ROLE: u16 = 1 << 11;
    /// Ends the name of a newspaper or magazine, to which *The* belongs: *Gazette*, *Courier*.
    pub(in crate::entity) const PRESS: u16 = 1 << 12;
    /// Begins the name of a place: *Lake*, *Puerto*.
    pub(in crate::entity) const BEFORE_PLACE: u16 = 1 << 13;
    /// Stands before the name of a storm: *Hurricane*.
    pub(in crate::entity) const STORM: u16 = 1 << 14;
    /// People who belong to or speak for an organisation: *member*, *spokeswoman*.
    pub(in crate::entity) const MEMBERS: u16 = 1 << 15;
}

const CLASSES: [(&str, u16); 16] = [
    ("organisation", class::ORGANISATION),
    ("state", class::STATE_BODY | class::ORGANISATION),
    ("place", class::PLACE),
    ("event", class::EVENT),
    ("work", class::WORK),
    ("common", class::COMMON),
    ("function", class::FUNCTION | class::COMMON),
    ("says", class::SAYS | class::COMMON),
    ("after-place", class::AFTER_PLACE),
    ("after-organisation", class::AFTER_ORGANISATION),
    ("of", class::OF),
    ("role", class::ROLE | class::COMMON),
    ("press", class::PRESS),
    ("before-place", class::BEFORE_PLACE),
    ("storm", class::STORM),
    ("members", class::MEMBERS),
];

/// All lists.
pub(super) struct Lexicon {
    names: HashMap<&'static str, ListedName>,
    /// The first word of every name of several words → the number of words of the longest.
    longest: HashMap<&'static str, usize>,
    /// [`class`] bits of words in lower case.
    words: HashMap<&'static str, u16>,
    /// Titles of any number of words, lower case.
    titles: HashMap<&'static str, Gender>,
    /// The first word of every title → the number of words of the longest.
    title_lengths: HashMap<&'static str, usize>,
    /// What offices and ministries are for, lower case.
    portfolios: HashSet<&'static str>,
    given: HashMap<&'static str, Gender>,
    nicknames: HashMap<&'static str, Vec<&'static str>>,
    /// The adjective of a country's people → the country.
    countries: HashMap<&'static str, &'static str>,
}

/// Bytes of the longest form whose accents are looked into.
const LONGEST_FORM: usize = 64;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

/// The lists, read on the first call.
pub(super) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

fn rows(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

impl Lexicon {
    fn read() -> Self {
        let mut lexicon = Self {
            names: HashMap::with_capacity(8192),
            longest: HashMap::with_capacity(2048),
            words: HashMap::with_capacity(4096),
            titles: HashMap::with_capacity(512),
            title_lengths: HashMap::with_capacity(512),
            portfolios: rows(include_str!("../../assets/entities/portfolios.txt"))
                .flat_map(str::split_whitespace)
                .collect(),
            given: HashMap::with_capacity(4096),
            nicknames: HashMap::with_capacity(256),
            countries: HashMap::with_capacity(256),
        };
        lexicon.read_countries();
        for (file, kind) in [
            (include_str!("../../assets/entities/organisations.txt"), Kind::Organisation),
            (include_str!("../../assets/entities/media.txt"), Kind::Organisation),
            (include_str!("../../assets/entities/regions.txt"), Kind::Place),
            (include_str!("../../assets/entities/cities.txt"), Kind::Place),
            (include_str!("../../assets/entities/groups.txt"), Kind::Group),
            (include_str!("../../assets/entities/events.txt"), Kind::Event),
            (include_str!("../../assets/entities/works.txt"), Kind::Work),
            (include_str!("../../assets/entities/people.txt"), Kind::Person),
        ] {
            for row in rows(file) {
                lexicon.add_row(row, kind);
            }
        }
        for row in rows(include_str!("../../assets/entities/words.txt")) {
            let Some((name, list)) = row.split_once(':') else { continue };
            let bits = CLASSES.iter().find(|(class, _)| *class == name).map_or(0, |(_, bits)| *bits);
            for word in list.split_whitespace() {
                *lexicon.words.entry(word).or_default() |= bits;
            }
        }
        for row in rows(include_str!("../../assets/entities/titles.txt")) {
            let (title, gender) = match row.split_once('|') {
                Some((title, "f")) => (title, Gender::Female),
                Some((title, _)) => (title, Gender::Male),
                None => (row, Gender::Either),
            };
            lexicon.titles.insert(title, gender);
            let words = title.split(' ').count();
            let longest = lexicon.title_lengths.entry(title.split(' ').next().unwrap_or(title)).or_default();
            *longest = words.max(*longest);
        }
        for row in rows(include_str!("../../assets/entities/given-names.txt")) {
            let Some((gender, list)) = row.split_once(':') else { continue };
            let gender = match gender {
                "f" => Gender::Female,
                "m" => Gender::Male,
                _ => Gender::Either,
            };
            for name in list.split_whitespace() {
                lexicon
                    .given
                    .entry(name)
                    .and_modify(|known| {
                        if *known != gender {
                            *known = Gender::Either;
                        }
                    })
                    .or_insert(gender);
            }
        }
        for row in rows(include_str!("../../assets/entities/nicknames.txt")) {
            let Some((full, list)) = row.split_once(':') else { continue };
            for nickname in list.split_whitespace() {
                lexicon.nicknames.entry(nickname).or_default().push(full);
            }
        }
        lexicon
    }

    fn read_countries(&mut self) {
        for row in rows(include_str!("../../assets/entities/countries.txt")) {
            let mut fields = row.split('|');
            let name = fields.next().unwrap_or_default();
            let aliases = fields.next().unwrap_or_default();
            let capital = fields.next().unwrap_or_default();
            let demonyms = fields.next().unwrap_or_default();
            let mut add = |form: &'static str, canonical: &'static str, kind, country| {
                let (form, weak) = form.strip_suffix('?').map_or((form, false), |form| (form, true));
                let canonical = canonical.strip_suffix('?').unwrap_or(canonical);
                self.add(form, ListedName { kind, canonical, weak, country, spelling: false });
            };
            for form in std::iter::once(name).chain(aliases.split(',')) {
                add(form, name, Kind::Place, true);
            }
            add(capital, capital, Kind::Place, false);
            let adjective = demonyms.split(',').next().unwrap_or_default();
            for form in demonyms.split(',') {
                add(form, adjective, Kind::Group, false);
            }
            self.countries.insert(adjective, name);
        }
    }

    /// A row: the canonical name, then aliases, separated by `|`. A form ending in `?` is weak; a row beginning with `=`
    /// lists spellings; one beginning with `~` is known in lower case too.
    fn add_row(&mut self, row: &'static str, kind: Kind) {
        let (row, spelling) = row.strip_prefix('=').map_or((row, false), |row| (row, true));
        let (row, any_case) = row.strip_prefix('~').map_or((row, false), |row| (row, true));
        let mut canonical = "";
        for form in row.split('|') {
            let (form, weak) = form.strip_suffix('?').map_or((form, false), |form| (form, true));
            if canonical.is_empty() {
                canonical = form;
            }
            let known = ListedName { kind, canonical, weak, country: false, spelling };
            self.add(form, known);
            if any_case {
                let lower: &'static str = Box::leak(form.to_lowercase().into_boxed_str());
                self.add(lower, known);
            }
        }
    }

    fn add(&mut self, form: &'static str, known: ListedName) {
        if form.is_empty() {
            return;
        }
        self.names.entry(form).or_insert(known);
        if !form.is_ascii() {
            let plain: &'static str = Box::leak(without_marks(form).into_boxed_str());
            if plain != form {
                self.add(plain, ListedName { spelling: true, ..known });
            }
        }
        if let Some((first, rest)) = form.split_once(' ') {
            let words = rest.split(' ').count() + 1;
            let longest = self.longest.entry(first).or_default();
            *longest = words.max(*longest);
        }
    }

    /// The name written exactly so, words joined by single blanks and apostrophes straight.
    ///
    /// Accents may be left out or added; then the text's own spelling stands.
    pub(super) fn name(&self, form: &str) -> Option<ListedName> {
        let exact = self.names.get(form).copied();
        if exact.is_some() || form.is_ascii() || form.len() > LONGEST_FORM {
            return exact;
        }
        self.names.get(&*without_marks(form)).map(|known| ListedName { spelling: true, ..*known })
    }

    /// The country whose people a listed name (canonical) is: "Peru" for "Peruvian".
    pub(super) fn country_of(&self, people: &str) -> Option<&'static str> {
        self.countries.get(people).copied()
    }

    /// The number of words of the longest known name that begins with `word`.
    pub(super) fn longest(&self, word: &str) -> usize {
        self.longest.get(word).copied().unwrap_or(1)
    }

    /// Whether a name may begin with this word, which has no capital in front.
    pub(super) fn begins_small(&self, word: &str) -> bool {
        self.names.contains_key(word) || self.longest.contains_key(word)
    }

    /// Whether `word` alone names a place, a group or an organisation.
    pub(super) fn is_name_word(&self, word: &str) -> bool {
        self.names.get(word).is_some_and(|known| known.kind != Kind::Person)
    }

    pub(super) fn is_country(&self, word: &str) -> bool {
        self.names.get(word).is_some_and(|known| known.country)
    }

    /// The [`class`] bits of a word in lower case.
    pub(super) fn classes(&self, lower: &str) -> u16 {
        self.words.get(lower).copied().unwrap_or(0)
    }

    pub(super) fn is(&self, lower: &str, class: u16) -> bool {
        self.classes(lower) & class != 0
    }

    /// The number of words of the longest title that begins with `lower`; 0 if none does.
    pub(super) fn longest_title(&self, lower: &str) -> usize {
        self.title_lengths.get(lower).copied().unwrap_or(0)
    }

    /// Whether the words (lower case, joined by blanks) are a title, and the gender it tells.
    pub(super) fn title(&self, lower: &str) -> Option<Gender> {
        self.titles.get(lower).copied()
    }

    /// Whether offices and ministries are for something of this name (lower case): *health*, *energy*, *agro-industry*.
    pub(super) fn is_portfolio(&self, lower: &str) -> bool {
        self.portfolios.contains(lower)
            || lower.split_once('-').is_some_and(|(_, last)| last.len() > 3 && self.portfolios.contains(last))
    }

    /// The gender of a given name as it is written, capitalised.
    pub(super) fn given(&self, name: &str) -> Option<Gender> {
        self.given.get(name).copied().or_else(|| self.given.get(name.split('-').next()?).copied())
    }

    pub(super) fn is_given(&self, name: &str) -> bool {
        self.given(name).is_some()
    }

    /// The full names a nickname (lower case) stands for.
    pub(super) fn full_names(&self, nickname: &str) -> &[&'static str] {
        self.nicknames.get(nickname).map_or(&[], Vec::as_slice)
    }
}

/// Whether a word (lower case) heads the name of something that *the* and the rest of the name is enough for: "the Danube".
pub(super) fn is_water(word: &str) -> bool {
    matches!(word, "river" | "canal" | "sea" | "ocean" | "desert" | "creek" | "strait" | "mountains")
}

/// `Cadiz` for `Cádiz`.
fn without_marks(form: &str) -> String {
    form.nfd().filter(|&c| !is_combining_mark(c)).collect()
}

/// Who speaks for a body: "a spokesman for the ministry".
pub(super) fn speaks_for(lower: &str) -> bool {
    matches!(
        lower,
        "spokesman" | "spokeswoman" | "spokesperson" | "spokespeople" | "spokesmen" | "statement" | "communique"
    )
}

/// Whether a word after a hyphen leaves the name before it alone: `London-based`.
pub(super) fn follows_a_name(word: &str) -> bool {
    matches!(
        word,
        "based"
            | "born"
            | "led"
            | "backed"
            | "style"
            | "run"
            | "owned"
            | "held"
            | "occupied"
            | "controlled"
            | "wide"
            | "sponsored"
            | "made"
            | "funded"
            | "trained"
            | "friendly"
            | "dominated"
            | "listed"
            | "educated"
            | "inspired"
            | "linked"
            | "affiliated"
            | "speaking"
            | "registered"
            | "flagged"
            | "ruled"
            | "governed"
            | "administered"
            | "brokered"
            | "mediated"
            | "era"
            | "like"
            | "bound"
            | "supported"
            | "allied"
            | "aligned"
            | "oriented"
            | "related"
            | "type"
            | "produced"
            | "appointed"
            | "only"
            | "majority"
            | "designed"
            | "built"
            | "imposed"
            | "drafted"
            | "proposed"
            | "declared"
            | "installed"
            | "armed"
            | "bred"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        let lexicon = lexicon();
        assert_eq!(lexicon.name("U.S.").unwrap().canonical, "United States");
        assert_eq!(lexicon.name("Iraqis").unwrap().kind, Kind::Group);
        assert_eq!(lexicon.name("Tehran").unwrap().kind, Kind::Place);
        assert_eq!(lexicon.name("CIA").unwrap().canonical, "Central Intelligence Agency");
        assert_eq!(lexicon.longest("Central"), 3);
        assert_eq!(lexicon.given("Maria"), Some(Gender::Female));
        assert!(lexicon.is("ministry", class::ORGANISATION) && lexicon.is("the", class::FUNCTION));
        assert!(lexicon.full_names("dick").contains(&"richard"));
        assert_eq!(lexicon.title("prime minister"), Some(Gender::Either));
    }
}
