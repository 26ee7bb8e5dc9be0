//! Initials and other names that the article itself gives: "Union of Harbour Workers (UHW)", "Kosmo, known as".

use foldhash::{HashMap, HashMapExt, HashSet};

use super::Linker;
use crate::entity::key::{initials, is_abbreviation, is_latin, normal};
use crate::entity::names::Name;
use crate::entity::{Kind, Rule};

/// Words of the longest name whose initials are looked at.
const LONGEST: usize = 12;

/// Letters of the longest acronym.
const LETTERS: usize = 8;

/// Candidates that are looked at for one acronym.
const MOST: usize = 64;

impl Linker<'_> {
    /// "Union of Harbour Workers (UHW)", and `UHW` wherever else.
    pub(super) fn acronyms(&mut self) {
        let told = self.told();
        let short: HashSet<usize> = told.iter().map(|(short, _, _)| *short).collect();
        for (short, long, rule) in told {
            self.join(short, long, rule);
        }
        let mut spelled: HashMap<String, Vec<usize>> = HashMap::new();
        for (number, form) in self.forms.iter().enumerate() {
            if form.words >= 2 && form.words <= LONGEST && !matches!(form.kind(), Kind::Person | Kind::Group) {
                for letters in initials(&form.key) {
                    let list = spelled.entry(letters).or_default();
                    if list.last() != Some(&number) {
                        list.push(number);
                    }
                }
            }
        }
        let keys: HashSet<&str> = self.forms.iter().map(|form| form.key.as_str()).collect();
        let mut joins = Vec::new();
        for (number, form) in self.forms.iter().enumerate() {
            if form.words != 1 || short.contains(&number) {
                continue;
            }
            let Some(candidates) = self.capitals(number).and_then(|letters| spelled.get(&letters)) else { continue };
            let candidates = candidates.iter().take(MOST).copied();
            let candidates: Vec<usize> = candidates.filter(|&long| self.may_stand_for(number, long, &keys)).collect();
            // The only one, else the nearest before it.
            let here = self.first_mention(number);
            let long = match candidates.as_slice() {
                [only] => Some(*only),
                several => several
                    .iter()
                    .copied()
                    .filter(|&long| self.first_mention(long) < here)
                    .max_by_key(|&long| self.first_mention(long)),
            };
            joins.extend(long.map(|long| (number, long)));
        }
        for (short, long) in joins {
            self.join(short, long, Rule::Acronym);
        }
    }

    /// The first mention of a form, without the *s* of a plural.
    fn singular(&self, form: usize) -> &str {
        let name = self.forms.get(form).and_then(|form| self.names.get(*form.mentions.first()?));
        let text = name.map_or("", |name| self.reading.word(name.first).text);
        text.strip_suffix('s').unwrap_or(text)
    }

    /// The capitals of a form of one word, in lower case, if it is an acronym: `uhw` of UHW, `iis` of `IISc`.
    fn capitals(&self, form: usize) -> Option<String> {
        let text = self.singular(form);
        let capitals: String = text.chars().filter(|c| c.is_uppercase()).flat_map(char::to_lowercase).collect();
        let (count, letters) = (capitals.chars().count(), text.chars().filter(|c| c.is_alphabetic()).count());
        ((2..=LETTERS).contains(&letters) && count >= 2 && count * 5 >= letters * 2).then_some(capitals)
    }

    /// Whether an acronym may stand for a name that has its initials. The lists' own reading of it is put aside only where
    /// none of the `keys` of the article is that, and the name is much the same as theirs or they are not sure:
    /// "International Labour Organisation" and ILO.
    fn may_stand_for(&self, short: usize, long: usize, keys: &HashSet<&str>) -> bool {
        let (Some(form), Some(long)) = (self.forms.get(short), self.forms.get(long)) else { return false };
        // "LatAm" of Latin America, but not "BoJo" of Bank of Japan
        let text = self.singular(short);
        if text.chars().any(char::is_lowercase) && !is_abbreviation(text, &long.key) {
            return false;
        }
        let Some(listed) = form.tally.listed() else { return true };
        let canonical = normal(listed.canonical);
        if canonical == form.key {
            // "NFL", of which the list has no long form
            return true;
        }
        let words = || canonical.split(' ');
        let shared = words().filter(|word| long.key.split(' ').any(|own| own == *word)).count();
        listed.kind == Kind::Organisation
            && long.tally.listed().is_none()
            && (listed.weak || shared * 2 > words().count())
            && !keys.contains(canonical.as_str())
    }

    /// What the text itself says to be one: short form, long form, why.
    fn told(&self) -> Vec<(usize, usize, Rule)> {
        let mut told = Vec::new();
        for (number, pair) in self.names.windows(2).enumerate() {
            let [one, other] = pair else { continue };
            let (Some(&one_form), Some(&other_form)) = (self.form_of.get(number), self.form_of.get(number + 1)) else {
                continue;
            };
            if one_form == other_form {
                continue;
            }
            if self.in_bracket(one, other) {
                if self.is_own_script(one, other) {
                    told.push((other_form, one_form, Rule::Table));
                } else if self.abbreviates(other, one, true) {
                    told.push((other_form, one_form, Rule::Acronym));
                } else if self.abbreviates(one, other, true) {
                    // "PNC (National Civil Police)"
                    told.push((one_form, other_form, Rule::Acronym));
                }
            } else if self.is_known_as(one, other) {
                told.push((other_form, one_form, Rule::Table));
            } else if self.is_or(one, other) {
                if self.abbreviates(other, one, false) {
                    told.push((other_form, one_form, Rule::Acronym));
                } else if self.abbreviates(one, other, false) {
                    told.push((one_form, other_form, Rule::Acronym));
                }
            }
        }
        told
    }

    /// Whether `other` stands in brackets right behind `one` or its possessive, alone or before a comma.
    fn in_bracket(&self, one: &Name, other: &Name) -> bool {
        let word = |at: usize| self.reading.word(at).text;
        let open = one.end + usize::from(matches!(word(one.end), "'s" | "’s" | "'" | "’"));
        let quoted = usize::from(matches!(word(open + 1), "“" | "\"" | "‘" | "the" | "The" | "or"));
        word(open) == "("
            && other.first == open + 1 + quoted
            && matches!(word(other.end), ")" | "," | ";" | "”" | "\"" | "’")
    }

    /// The name in its own script: "Oles Savrasenko (Олесь Саврасенко)".
    fn is_own_script(&self, one: &Name, other: &Name) -> bool {
        self.reading.word(one.first).text.chars().all(is_latin)
            && !self.reading.word(other.first).text.chars().any(is_latin)
    }

    /// "Kosmo, also known as Kosmo Energy", "Sandford (formerly Port Reed)"
    fn is_known_as(&self, one: &Name, other: &Name) -> bool {
        if other.first < one.end + 2 || other.first > one.end + 6 {
            return false;
        }
        let words: Vec<&str> = (one.end..other.first).map(|at| &*self.reading.word(at).lower).collect();
        let words = match words.as_slice() {
            ["," | "(", rest @ ..] => rest,
            all => all,
        };
        let (before, words) = match words {
            [first @ ("formerly" | "previously"), rest @ ..] => (Some(first), rest),
            ["also" | "better" | "popularly" | "commonly" | "widely" | "once" | "locally", rest @ ..] => (None, rest),
            all => (None, all),
        };
        matches!(words, ["known", "as"] | ["known", "as", "the"] | ["aka" | "a.k.a."])
            || words.is_empty() && before.is_some()
    }

    /// "the Harbour Board, or HB,"
    fn is_or(&self, one: &Name, other: &Name) -> bool {
        let word = |at: usize| &*self.reading.word(at).lower;
        word(one.end) == ","
            && word(one.end + 1) == "or"
            && (other.first == one.end + 2 || other.first == one.end + 3 && word(one.end + 2) == "the")
    }

    /// Whether `short` are letters that stand for `long`. In a `bracket` they may be those of its name in another language.
    fn abbreviates(&self, short: &Name, long: &Name, bracket: bool) -> bool {
        let text = self.reading.text.slice(short.range);
        let whole = self.reading.text.slice(long.range);
        let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
        let capitals = letters.iter().filter(|c| c.is_uppercase()).count();
        if short.end != short.first + 1
            || !(2..=LETTERS).contains(&letters.len())
            || capitals < 2
            || capitals * 2 < letters.len()
            || whole.chars().count() <= text.chars().count()
        {
            return false;
        }
        if long.end > long.first + 1 && is_abbreviation(text, whole) {
            return true;
        }
        // "National Civil Police (PNC)": the bracket says so, unless it says where or of which paper somebody is.
        let same_known = match (short.known, long.known) {
            (Some(short), Some(long)) => short.canonical == long.canonical,
            (Some(short), None) => short.kind == Kind::Organisation && whole.chars().next() == letters.first().copied(),
            _ => true,
        };
        let body = matches!(long.kind, Kind::Organisation | Kind::Other | Kind::Event | Kind::Work);
        bracket
            && long.end > long.first + 1
            && capitals == letters.len()
            && letters.len() <= LETTERS
            && same_known
            && body
    }
}
