//! Words that were divided at the end of a line: which are closed up, and which keep their hyphen.
//!
//! Whether `infor-` and `mation` are one word or two is told, in this order, by the rest of the text, by what compounds of
//! English begin and end with, by Liang's patterns for dividing words, and by how many lines end in a hyphen at all: a
//! text that was divided by a machine has many of them, and nearly all are divided words.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::lines::SourceLine;
use crate::text::layout::divisions;

/// Characters of the longest word that may be divided. Lines that all end in a hyphen join to one word without end, and
/// walking back through it at every line would take the square of its length.
const LONGEST_WORD: usize = 64;

/// Words that are remembered to tell whether a divided one stands elsewhere as a whole: some five novels.
const VOCABULARY: usize = 500_000;

/// A machine divided the words of a text if at least so many lines end in a hyphen, and one in so many.
const MACHINE_LINES: usize = 3;
const MACHINE_SHARE: usize = 20;

type WordList = LazyLock<HashSet<&'static str>>;

fn set(words: &'static str) -> HashSet<&'static str> {
    words.split_whitespace().collect()
}

/// What compounds begin with that English writes with a hyphen before any word. General knowledge of English, as the
/// lists below.
static BEGIN_ANY: WordList = LazyLock::new(|| {
    set(" well self ex half vice so much ever ill all cross quasi \
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen \
    nineteen twenty thirty forty fifty sixty seventy eighty ninety ")
});

/// What they begin with before some words, which then stand in [`END`].
static BEGIN: WordList = LazyLock::new(|| {
    set(" high low long short mid multi anti great full part first second third fourth fifth last hard soft \
    old new open free left right north south east west middle upper lower top best better far near wide deep double single \
    large small large light heavy dark broad narrow strong fast quick slow hot cold early late real world state party \
    government market family user cost price tax oil gas time day week month year hour minute one hundred under over \
    non co pre post pro inter re up down in out off on check follow run set take break build make go by son mother \
    father sister brother step man woman child english french german russian spanish chinese british american european \
    anglo afro euro sino franco would could home life face hand eye heart mind water air land sea fire sun snow rain wind \
    award record ground peace war law decision policy problem age middle white black blue red green ")
});

/// What they end with.
static END: WordList = LazyLock::new(|| {
    set(" known based made old term time scale range level quality class rate speed profile minded handed headed \
    hearted looking called being off up down out in on to by law made paid born bred built led owned run backed funded \
    sponsored controlled held elect general president chairman chancellor admiral mayor day week month year hour minute \
    long wide high deep term free friendly fashioned faced eyed haired sided ended winning breaking making taking keeping \
    building seeking speaking reaching standing lasting running growing rising raising saving selling buying setting \
    language century floor half quarter third thirds fifth fifths tenths hand page year-old one two three four five six \
    seven eight nine first second fourth sixth seventh eighth ninth point goal man woman person party thinking \
    conscious confidence control defence defense esteem respect interest sufficient determination government governing \
    employed employment effective educated intentioned established informed respected deserved meaning wisher wing \
    round ready related specific wing winger minute sized size scale east west eastern western hander aged class income \
    cost price tech end risk pitched powered ranking resolution sea season sleeved sighted stay haul distance lived range \
    standing serving suffering awaited time fire hitting boiled core line liner hearted covered earned won working \
    fought pressed liked loved needed heard seen wing operated educated ")
});

/// Compounds whose parts are words, and that are written as one nevertheless.
static CLOSED: WordList = LazyLock::new(|| {
    set(" highway highways highland highlands highlight highlights lowland lowlands longhand shortage shortages \
    shortfall hardware hardship softball midnight midday midfield crossroads crossword overall newspaper newspapers \
    newcomer openly oneself firsthand landmark landscape background backward toward upright download upload income outcome \
    output input update upset outset outline online offline inside outside into onto within without overcome overtime \
    overseas undergo understand understanding undertake layout payoff makeup breakdown breakthrough building checkout \
    workshop policeman policemen chairman fireman salesman spokesman spokeswoman spokesperson landlord lifetime daytime \
    sometime sometimes somewhat meantime meanwhile daylight moonlight sunlight fireplace homework household housing \
    whitewash blackmail blacklist greenhouse handful handsome waterfall seaside airport aircraft airline airlines warfare \
    lawmaker lawmakers policymaker policymakers stepmother grandmother grandfather fatherland motherland wellbeing \
    farewell halfway almost although already always altogether withdraw withdrew another nobody somebody everybody ")
});

/// How two lines are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// By a blank.
    Blank,
    /// Without one, the hyphen stays.
    Hyphen,
    /// Without one and without the hyphen.
    Whole,
}

/// What a text tells about its divided words.
#[derive(Debug, Default)]
pub(super) struct Division<'a> {
    /// Every whole word of the text; none if none is divided.
    vocabulary: HashSet<&'a str>,
    is_by_machine: bool,
}

impl<'a> Division<'a> {
    pub(super) fn of(lines: &[SourceLine<'a>]) -> Self {
        let full = lines.iter().filter(|line| !line.is_blank()).count();
        let divided = lines.iter().filter(|line| divided_word(line.words).is_some()).count();
        if divided == 0 {
            return Self::default();
        }
        let mut vocabulary = HashSet::new();
        let mut goes_on = false;
        for line in lines {
            let ends = divided_word(line.words).is_some();
            let mut words = line.words.split_whitespace().skip(usize::from(goes_on)).peekable();
            while let Some(word) = words.next() {
                if words.peek().is_some() || !ends {
                    vocabulary.insert(bare(word));
                }
            }
            goes_on = ends;
            if vocabulary.len() > VOCABULARY {
                break;
            }
        }
        Self { vocabulary, is_by_machine: divided >= MACHINE_LINES && divided * MACHINE_SHARE >= full }
    }

    /// How `next` is joined to the end of `words`.
    pub(super) fn joint(&self, words: &str, next: &str) -> Joint {
        let first = next.split_whitespace().next().unwrap_or_default();
        let is_suspended =
            matches!(first, "and" | "or" | "to" | "und" | "oder" | "bis" | "et" | "ou" | "y" | "e" | "i");
        let Some(head) = divided_word(words).filter(|_| next.starts_with(char::is_alphanumeric) && !is_suspended)
        else {
            return Joint::Blank;
        };
        let (head, tail) = (bare(head), bare(first));
        let is_lower = tail.starts_with(char::is_lowercase);
        let is_upper = !head.contains(char::is_lowercase) && !tail.contains(char::is_lowercase);
        let is_word = tail.starts_with(char::is_alphabetic) && (is_lower || is_upper && head.chars().count() > 1);
        if is_word && self.is_one_word(head, tail) { Joint::Whole } else { Joint::Hyphen }
    }

    fn is_one_word(&self, head: &str, tail: &str) -> bool {
        let whole = format!("{head}{tail}");
        let lower = whole.to_lowercase();
        if self.knows(&format!("{head}-{tail}")) {
            return false;
        }
        // "mother-in-" and "law": only what stands behind the last hyphen is divided.
        let (chain, part) = head.rsplit_once(['-', '\u{2010}']).map_or(("", head), |(chain, part)| (chain, part));
        let part = part.to_lowercase();
        let small_tail = tail.to_lowercase();
        let small_tail = small_tail.split(['’', '\'']).next().unwrap_or_default();
        if chain.is_empty() && (self.knows(&whole) || self.knows(&lower) || CLOSED.contains(lower.as_str())) {
            return true;
        }
        let begins = BEGIN_ANY.contains(part.as_str()) || BEGIN.contains(part.as_str()) || self.knows(&part);
        let is_end = END.contains(small_tail) || BEGIN_ANY.contains(part.as_str()) && self.knows(small_tail);
        if begins && is_end {
            return false;
        }
        // The patterns leave no ending of two letters alone, which many a machine does: "wide-ly".
        let joined = format!("{part}{small_tail}");
        let is_ending = part.len() > 2 && matches!(small_tail, "ly" | "ed" | "er" | "es" | "al" | "en" | "ty" | "ic");
        is_ending
            || divisions(&joined).any(|at| at == part.len())
            || self.is_by_machine && (chain.is_empty() || !begins && part.chars().count() > 3)
    }

    fn knows(&self, word: &str) -> bool {
        self.vocabulary.contains(word)
    }
}

/// The word a line ends in the middle of, without its hyphen; its end only if it is longer than any word.
pub(super) fn divided_word(line: &str) -> Option<&str> {
    let head = line.strip_suffix(['-', '\u{2010}'])?;
    let near = head.char_indices().rev().take(LONGEST_WORD).last().map_or(0, |(at, _)| at);
    head.ends_with(char::is_alphabetic).then(|| head.get(near..)?.rsplit(char::is_whitespace).next())?
}

/// A word without the punctuation around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joint(text: &str, head: &str, tail: &str) -> Joint {
        let text = format!("{text}\n{head}\n{tail}");
        let lines: Vec<SourceLine<'_>> = text.lines().map(SourceLine::new).collect();
        Division::of(&lines).joint(head, tail)
    }

    #[test]
    fn a_word_is_closed_up_where_its_division_is_one_of_english() {
        for (head, tail) in [
            ("infor-", "mation economics"),
            ("man-", "agement,"),
            ("inter-", "ventions"),
            ("wide-", "ly studied"),
            ("the re\u{2010}", "quired value"),
            ("govern-", "ment’s"),
            ("Con-", "gress"),
            ("high-", "way"),
            ("news-", "paper"),
        ] {
            assert_eq!(joint("Nothing of it.", head, tail), Joint::Whole, "{head} {tail}");
        }
    }

    #[test]
    fn a_compound_keeps_its_hyphen() {
        for (head, tail) in [
            ("well-", "known"),
            ("long-", "term plans"),
            ("twenty-", "five"),
            ("fifty-", "second year"),
            ("self-", "interest"),
            ("a five-", "year-old"),
            ("mother-in-", "law"),
            ("state-of-the-", "art"),
            ("Anglo-", "Saxon"),
            ("COVID-", "19"),
            ("right\u{2010}", "wing"),
            ("vice-", "president’s"),
            ("E-", "MAIL"),
        ] {
            assert_eq!(joint("Nothing of it.", head, tail), Joint::Hyphen, "{head} {tail}");
        }
        assert_eq!(joint("Nothing.", "two-", "and three-year"), Joint::Blank);
        assert_eq!(joint("Nothing.", "said he--", "and went"), Joint::Blank);
    }

    #[test]
    fn the_text_itself_comes_first() {
        assert_eq!(joint("a co-operative", "the co-", "operative"), Joint::Hyphen);
        assert_eq!(joint("in Bruges", "from Bru-", "ges"), Joint::Whole);
        assert_eq!(joint("in Ghent", "from Bru-", "ges"), Joint::Hyphen);
    }

    #[test]
    fn where_many_lines_end_in_a_hyphen_a_machine_divided_them() {
        let text = "Die Stadtver-\nwaltung hat den Ha-\nfen geschlossen, weil nie-\nmand kam, sagte die Spre-\ncherin";
        assert_eq!(joint(text, "nach Brüg-", "ge"), Joint::Whole);
        assert_eq!(joint("Nichts", "nach Brüg-", "ge"), Joint::Hyphen);
        assert_eq!(joint(text, "die Nord-", "Süd"), Joint::Hyphen);
        assert_eq!(joint(text, "in Baden-Württem-", "berg"), Joint::Whole);
    }
}
