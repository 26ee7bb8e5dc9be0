//! The features of the first pass: what a word, its neighbours and the article before any decision tell.
//!
//! The set is that of classic feature-based taggers (Ratinov and Roth 2009; Finkel, Grenager and Manning 2005), with
//! features of whole rows of capitals added.

use foldhash::{HashMap, HashMapExt};

use super::form::Form;
use crate::entity::Kind;
use crate::entity::hash::{mix, mix2, mix3};
use crate::entity::lexicon::ListedName;

/// What stands before the first and after the last word of a sentence.
const BEFORE: u64 = 0x1001;
const AFTER: u64 = 0x1002;

/// Words of the longest row of capitals that is looked at as a whole.
const LONGEST_ROW: usize = 7;

/// How often a word in lower case stands with a capital inside sentences, without one, and as first word.
#[derive(Clone, Copy, Debug, Default)]
struct Casing {
    inside: u32,
    small: u32,
}

/// How the words of an article are written throughout.
#[derive(Debug)]
pub(super) struct Casings(HashMap<u64, Casing>);

impl Casings {
    pub(super) fn new<'a>(sentences: impl Iterator<Item = &'a [Form]>) -> Self {
        let mut casings: HashMap<u64, Casing> = HashMap::new();
        for forms in sentences {
            for (at, form) in forms.iter().enumerate().filter(|(_, form)| form.letters) {
                let casing = casings.entry(form.lower).or_default();
                casing.inside += u32::from(form.capital && at > 0);
                casing.small += u32::from(!form.capital);
            }
        }
        Self(casings)
    }
}

/// A known name over some words, as features see it: 0 for none.
pub(super) fn known_code(known: ListedName, at: usize, words: usize) -> u64 {
    let kind = match known.kind {
        Kind::Person => 1,
        Kind::Place if known.country => 2,
        Kind::Place => 3,
        Kind::Organisation => 4,
        Kind::Group => 5,
        Kind::Event => 6,
        _ => 7,
    };
    let part = if words == 1 { 0 } else { 1 + u64::from(at > 0) + u64::from(at + 1 == words) };
    1 + (kind * 2 + u64::from(known.weak)) * 4 + part
}

/// A sentence with everything its features are made of.
pub(super) struct Sentence<'a> {
    pub(super) forms: &'a [Form],
    /// How many words stand before its first with a letter or digit, see [`opening`].
    pub(super) opening: usize,
    /// [`known_code`] of every word.
    pub(super) known: &'a [u64],
    /// Gazetteer facts of the longest name of several words at each word, and whether it begins there.
    pub(super) phrases: &'a [u64],
    /// Whether its capitals tell little: all words have one, or all letters are.
    pub(super) capitals: u64,
    pub(super) casings: &'a Casings,
}

/// How many words stand before the first of a sentence that has a letter or digit: quotation marks, dashes.
pub(super) fn opening(forms: &[Form]) -> usize {
    forms.iter().position(|form| form.letters || form.digits).unwrap_or(forms.len())
}

impl Sentence<'_> {
    fn form(&self, at: usize, offset: isize) -> Option<&Form> {
        self.forms.get(at.checked_add_signed(offset)?)
    }

    fn lower(&self, at: usize, offset: isize) -> u64 {
        self.form(at, offset).map_or(if offset < 0 { BEFORE } else { AFTER }, |form| form.lower)
    }

    fn brief(&self, at: usize, offset: isize) -> u64 {
        self.form(at, offset).map_or(if offset < 0 { BEFORE } else { AFTER }, |form| form.brief)
    }

    fn known(&self, at: usize, offset: isize) -> u64 {
        at.checked_add_signed(offset).and_then(|at| self.known.get(at)).copied().unwrap_or(0)
    }

    fn facts(&self, at: usize, offset: isize) -> u64 {
        self.form(at, offset).map_or(0, |form| form.facts)
    }

    fn class(&self, at: usize, offset: isize, cut: usize) -> u64 {
        self.form(at, offset).and_then(|form| form.classes.get(cut)).copied().unwrap_or(0)
    }

    /// Whether the word only has a capital because it begins the sentence, perhaps after a quotation mark.
    fn starts(&self, at: usize) -> u64 {
        u64::from(at <= self.opening)
    }

    /// Appends the features of word `at` to `out`.
    pub(super) fn features(&self, at: usize, out: &mut Vec<u64>) {
        let Some(form) = self.forms.get(at) else { return };
        let starts = self.starts(at);
        self.words(at, form, starts, out);
        self.shapes(at, form, starts, out);
        if form.capital {
            self.row(at, form, out);
        }
        self.classes(at, form, out);
        self.lists(at, form, starts, out);
        if form.letters
            && let Some(casing) = self.casings.0.get(&form.lower)
        {
            // The word itself does not count.
            let small = casing.small.saturating_sub(u32::from(!form.capital)).min(2);
            let inside = casing.inside.saturating_sub(u32::from(form.capital && at > 0)).min(2);
            let elsewhere = u64::from(small * 3 + inside);
            out.push(mix3(80, elsewhere, u64::from(form.capital), starts));
            out.push(mix3(81, elsewhere, form.brief, starts));
        }
    }

    fn words(&self, at: usize, form: &Form, starts: u64, out: &mut Vec<u64>) {
        let [before2, before, after, after2] = [-2, -1, 1, 2].map(|offset| self.lower(at, offset));
        out.extend([
            mix(1, starts),
            mix(2, form.word),
            mix(3, form.lower),
            mix(4, before),
            mix(5, after),
            mix(6, before2),
            mix(7, after2),
            mix2(8, before, form.lower),
            mix2(9, form.lower, after),
            mix2(10, before, after),
            mix2(11, before2, before),
            mix2(12, after, after2),
            mix2(13, starts, form.lower),
            mix2(14, before, form.brief),
            mix2(15, after, form.brief),
        ]);
    }

    fn shapes(&self, at: usize, form: &Form, starts: u64, out: &mut Vec<u64>) {
        let [before2, before, after, after2] = [-2, -1, 1, 2].map(|offset| self.brief(at, offset));
        let brief = form.brief;
        out.extend([
            mix(20, form.shape),
            mix(21, brief),
            mix2(22, before, brief),
            mix2(23, brief, after),
            mix3(24, before, brief, after),
            mix3(25, brief, after, after2),
            mix3(26, before2, before, brief),
            mix2(27, starts, brief),
        ]);
        for (length, (prefix, suffix)) in (30..).zip(form.prefixes.into_iter().zip(form.suffixes)) {
            if prefix != 0 {
                out.push(mix(length, prefix));
                out.push(mix(length + 10, suffix));
            }
        }
        let neighbours = [(50, self.form(at, -1)), (51, self.form(at, 1))];
        out.extend(neighbours.into_iter().filter_map(|(template, other)| Some(mix(template, other?.suffixes[2]))));
        if form.halves[0] != 0 {
            out.extend([mix(52, form.halves[0]), mix(53, form.halves[1])]);
        }
        if self.capitals != 0 {
            out.extend([mix2(54, self.capitals, brief), mix2(55, self.capitals, form.lower)]);
        }
    }

    /// The row of capitalised words around word `at`, with a small word like *of* inside.
    fn row(&self, at: usize, form: &Form, out: &mut Vec<u64>) {
        let capital = |at: usize| self.forms.get(at).is_some_and(|form| form.capital);
        let joins = |at: usize| self.forms.get(at).is_some_and(|form| form.function && !form.capital);
        let mut first = at;
        while at - first < LONGEST_ROW {
            if first > 0 && capital(first - 1) {
                first -= 1;
            } else if first > 1 && joins(first - 1) && capital(first - 2) {
                first -= 2;
            } else {
                break;
            }
        }
        let mut end = at + 1;
        while end - at < LONGEST_ROW {
            if capital(end) {
                end += 1;
            } else if joins(end) && capital(end + 1) {
                end += 2;
            } else {
                break;
            }
        }
        let (length, place) = ((end - first) as u64, (at - first) as u64);
        let left = first.checked_sub(1).and_then(|at| self.forms.get(at)).map_or(BEFORE, |form| form.lower);
        let right = self.forms.get(end).map_or(AFTER, |form| form.lower);
        let lower = |at: usize| self.forms.get(at).map_or(0, |form| form.lower);
        let (head, last) = (lower(first), lower(end - 1));
        out.extend([
            mix2(60, length.min(6), place.min(6)),
            mix(61, left),
            mix(62, right),
            mix3(63, left, right, length.min(4)),
        ]);
        if end - 1 != at {
            out.extend([mix(64, last), mix2(65, last, form.brief)]);
            let facts = self.facts(end - 1, 0) >> 8;
            if facts != 0 {
                out.push(mix2(68, facts, u64::from(end - 1 == at + 1)));
            }
        }
        if first != at {
            out.push(mix(66, head));
        }
        if length > 1 {
            let whole = (first..end).fold(0, |hash, at| mix2(67, hash, lower(at)));
            out.push(mix2(67, whole, place));
        }
    }

    fn classes(&self, at: usize, form: &Form, out: &mut Vec<u64>) {
        for cut in 0..form.classes.len() {
            let template = 100 + 10 * cut as u64;
            for offset in [0, -1, 1] {
                let class = self.class(at, offset, cut);
                if class != 0 {
                    out.push(mix(template + (offset + 1) as u64, class));
                }
            }
        }
        let [before, own, after] = [-1, 0, 1].map(|offset| self.class(at, offset, 0));
        let [before2, near_before, near, near_after, after2] =
            [-2, -1, 0, 1, 2].map(|offset| self.class(at, offset, 1));
        out.extend([
            mix2(130, before, own),
            mix2(131, own, after),
            mix2(132, before, form.brief),
            mix2(133, after, form.brief),
            mix2(134, own, form.brief),
            mix(135, before2),
            mix(136, after2),
            mix3(137, near_before, near, near_after),
        ]);
    }

    fn lists(&self, at: usize, form: &Form, starts: u64, out: &mut Vec<u64>) {
        let [before, facts, after] = [-1, 0, 1].map(|offset| self.facts(at, offset));
        if facts != 0 {
            let mut bits = facts;
            while bits != 0 {
                out.push(mix2(70, u64::from(bits.trailing_zeros()), form.brief));
                bits &= bits - 1;
            }
            out.push(mix3(71, facts, starts, u64::from(form.capital)));
        }
        if before != 0 {
            out.push(mix2(72, before, form.brief));
        }
        if after != 0 {
            out.push(mix2(73, after, form.brief));
        }
        if before | facts | after != 0 {
            out.push(mix3(74, before, facts, after));
        }
        let phrase = self.phrases.get(at).copied().unwrap_or(0);
        if phrase != 0 {
            out.extend([mix2(75, phrase, form.brief), mix2(76, phrase, facts)]);
        }
        let [known_before, known, known_after] = [-1, 0, 1].map(|offset| self.known(at, offset));
        if known != 0 {
            out.extend([mix(77, known), mix2(78, known, form.brief)]);
        }
        if known_before | known_after != 0 {
            out.extend([
                mix3(79, known_before, known, known_after),
                mix2(82, known_before, form.brief),
                mix2(83, known_after, form.brief),
            ]);
        }
    }
}
