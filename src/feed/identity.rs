//! Whether an entry of a feed is an article that came before.
//!
//! Feeds forget ids, change them, and use one for several articles. The same id or the same address is one article;
//! one address with two headlines, or one id with two addresses, is two. So all entries of a document are compared with
//! all that the feed ever brought, by everything that tells them apart first, and then by less and less ([`ROUNDS`]):
//! what is found in one round is out of the way in the next, and an id that is used twice harms nobody.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::article::{Article, BlockKind, SourceId, TextHash};
use crate::text::fold::fold;
use crate::text::index_words::{index_words, push_words};

/// Words of a text, without its headline, from which on nobody else would write the same.
const LONG: usize = 8;

/// What an entry is recognised by. Texts are kept as the first 64 bits of their hashes: they are only compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryKeys {
    /// What the feed calls it.
    pub guid: Option<i64>,
    /// The address of its page, in its normal form.
    pub link: Option<i64>,
    /// Its headline, folded.
    pub title: i64,
    /// Its headline and the words of its text: not its marks, links, by-line or date.
    pub content: i64,
    /// Whether its text is long enough to be known by.
    pub is_long: bool,
    /// When it was published, in milliseconds since 1970.
    pub published: Option<i64>,
}

/// What an entry of a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recognition {
    /// The one of those known that has this place.
    Known(usize),
    /// One that did not come before.
    New,
    /// One that stands further up in the document.
    Repeated,
}

impl EntryKeys {
    /// The keys of an entry whose article this is, and which the feed calls `guid`.
    pub fn of(article: &Article, guid: Option<&str>) -> Self {
        let guid = guid.map(str::trim).filter(|guid| !guid.is_empty());
        let link = article.url.as_deref().map(SourceId::of_web);
        let mut content = String::with_capacity(article.body.len());
        push_words(&article.title, &mut content);
        let mut length = 0;
        for text in texts(article) {
            length += push_words(text, &mut content);
        }
        Self {
            guid: guid.map(Self::of_guid),
            link: link.map(|link| fingerprint(link.as_str())),
            title: fingerprint(&fold(&article.title)),
            content: fingerprint(&content),
            is_long: length >= LONG,
            published: article.published.and_then(|published| Some(published.earliest()?.as_millisecond())),
        }
    }

    /// The key of what a feed calls an entry.
    pub fn of_guid(guid: &str) -> i64 {
        fingerprint(guid)
    }

    /// Whether both have a date, and not the same.
    fn has_other_date(&self, other: &Self) -> bool {
        matches!((self.published, other.published), (Some(one), Some(other)) if one != other)
    }

    /// Whether the feed gives both an id, and not the same.
    fn has_other_guid(&self, other: &Self) -> bool {
        matches!((self.guid, other.guid), (Some(one), Some(other)) if one != other)
    }
}

/// The texts of an article without its headline, by-line and dateline: a headline that the feed left out is made of the
/// first words.
fn texts(article: &Article) -> impl Iterator<Item = &str> {
    let is_text = |kind: &BlockKind| !matches!(kind, BlockKind::Headline | BlockKind::Byline | BlockKind::Dateline);
    article.body.blocks().iter().filter(move |block| is_text(&block.kind)).map(|block| article.body.slice(block.range))
}

/// Words at the end of a beginning that the whole article need not have: one that is cut, and the longest of the phrases
/// that say there is more.
const ENDING: usize = 4;

/// Whether a text has the words with which the other begins, but for what says that there is more.
pub fn is_beginning(beginning: &Article, whole: &Article) -> bool {
    let words = |text: &str| index_words(text).into_iter().map(|word| word.folded).collect::<Vec<_>>();
    let beginning: Vec<_> = texts(beginning).flat_map(words).collect();
    let whole = texts(whole).flat_map(words);
    let same = beginning.iter().zip(whole).take_while(|(one, other)| *one == other).count();
    same >= LONG && same + ENDING >= beginning.len()
}

/// The first 64 bits of the hash of a text.
fn fingerprint(text: &str) -> i64 {
    TextHash::of(text).as_bytes().first_chunk().map_or(0, |first| i64::from_be_bytes(*first))
}

/// The parts of its keys by which an entry is looked for.
type Part = [Option<i64>; 4];

/// A way to find an entry among those known.
struct Round {
    /// What must be the same; none for an entry that cannot be found so.
    part: fn(&EntryKeys) -> Option<Part>,
    /// What must not contradict it.
    fits: fn(&EntryKeys, &EntryKeys) -> bool,
    /// Whether nothing else in the document, and nothing else that is known, may have the same part.
    is_alone: bool,
}

/// From everything that tells entries apart to the least that says they are the same.
const ROUNDS: [Round; 9] = [
    // As it was.
    Round {
        part: |keys| Some([keys.guid, keys.link, Some(keys.content), keys.published]),
        fits: |_, _| true,
        is_alone: false,
    },
    // With other words. What has neither id nor address is known by its headline and date.
    Round {
        part: |keys| match (keys.guid, keys.link) {
            (None, None) => Some([None, None, Some(keys.title), keys.published]),
            (guid, link) => Some([guid, link, Some(keys.title), None]),
        },
        fits: |_, _| true,
        is_alone: false,
    },
    // With another headline.
    Round { part: |keys| Some([Some(keys.guid?), keys.link, None, None]), fits: |_, _| true, is_alone: false },
    // With another id.
    Round { part: |keys| Some([Some(keys.link?), Some(keys.title), None, None]), fits: |_, _| true, is_alone: false },
    // At another address.
    Round {
        part: |keys| Some([Some(keys.guid?), Some(keys.title), None, None]),
        fits: |one, other| !one.has_other_date(other),
        is_alone: false,
    },
    // At another address, with another headline: only the date says that it is no other article.
    Round {
        part: |keys| Some([Some(keys.guid?), Some(keys.published?), None, None]),
        fits: |_, _| true,
        is_alone: false,
    },
    // With another id and headline, which is usual only where there is no id.
    Round {
        part: |keys| Some([Some(keys.link?), None, None, None]),
        fits: |one, other| {
            let is_of_one_time = one.published.is_some() && one.published == other.published;
            is_of_one_time || !one.has_other_guid(other) && !one.has_other_date(other)
        },
        is_alone: true,
    },
    // An address that came later, or is gone.
    Round {
        part: |keys| Some([Some(keys.guid?), None, None, None]),
        fits: |one, other| one.link.is_none() || other.link.is_none(),
        is_alone: true,
    },
    // With another id at another address, as after a move of the whole site.
    Round {
        part: |keys| keys.is_long.then_some([Some(keys.content), None, None, None]),
        fits: |one, other| !one.has_other_date(other),
        is_alone: true,
    },
];

/// Says what each entry of a document is, given what the feed brought before. No two are the same of those known.
pub fn recognise(entries: &[EntryKeys], known: &[EntryKeys]) -> Vec<Recognition> {
    let mut recognitions = repetitions(entries);
    let mut is_taken = vec![false; known.len()];
    for round in &ROUNDS {
        if !recognitions.contains(&Recognition::New) {
            break;
        }
        let mut candidates: HashMap<Part, VecDeque<usize>> = HashMap::new();
        let mut counts: HashMap<Part, (usize, usize)> = HashMap::new();
        for (place, keys) in known.iter().enumerate() {
            if let Some(part) = (round.part)(keys) {
                counts.entry(part).or_default().0 += 1;
                if !is_taken.get(place).copied().unwrap_or(true) {
                    candidates.entry(part).or_default().push_back(place);
                }
            }
        }
        for (keys, recognition) in entries.iter().zip(&recognitions) {
            if *recognition != Recognition::Repeated
                && let Some(part) = (round.part)(keys)
            {
                counts.entry(part).or_default().1 += 1;
            }
        }
        for (keys, recognition) in entries.iter().zip(&mut recognitions) {
            let Some(part) = (round.part)(keys).filter(|_| *recognition == Recognition::New) else { continue };
            if round.is_alone && counts.get(&part) != Some(&(1, 1)) {
                continue;
            }
            let Some(places) = candidates.get_mut(&part) else { continue };
            let fits = |place: &usize| known.get(*place).is_some_and(|known| (round.fits)(keys, known));
            let Some(at) = places.iter().position(fits) else { continue };
            if let Some(place) = places.remove(at)
                && let Some(taken) = is_taken.get_mut(place)
            {
                *taken = true;
                *recognition = Recognition::Known(place);
            }
        }
    }
    recognitions
}

/// Which entries of a document stand in it before; the others are new so far.
fn repetitions(entries: &[EntryKeys]) -> Vec<Recognition> {
    let mut seen: HashSet<Part> = HashSet::new();
    let is_repeated = |keys: &EntryKeys| {
        // The last number tells the ways apart. An id is enough if one of the two has no address.
        let by_guid = |link, way| keys.guid.map(|guid| [Some(guid), link, None, Some(way)]);
        let with_link = i64::from(keys.link.is_some());
        let own = [
            by_guid(keys.link, 2),
            keys.link.map(|link| [Some(link), Some(keys.title), None, Some(3)]),
            (keys.guid.is_none() && keys.link.is_none()).then_some([
                None,
                Some(keys.title),
                Some(keys.content),
                keys.published,
            ]),
        ];
        let is_repeated =
            own.into_iter().chain([by_guid(None, 1 - with_link)]).flatten().any(|part| seen.contains(&part));
        seen.extend(own.into_iter().chain([by_guid(None, with_link)]).flatten());
        if is_repeated { Recognition::Repeated } else { Recognition::New }
    };
    entries.iter().map(is_repeated).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use Recognition::{Known, New, Repeated};

    /// An entry of a few letters: guid, link, headline, text, day; a blank where there is none.
    fn keys(said: &str) -> EntryKeys {
        let mut parts = said.chars().map(|c| (c != ' ').then_some(i64::from(u32::from(c))));
        let mut next = || parts.next().flatten();
        let (guid, link, title, text, published) = (next(), next(), next(), next(), next());
        let title = title.unwrap_or_default();
        let content = title * 1000 + text.unwrap_or_default();
        EntryKeys { guid, link, title, content, is_long: text.is_some(), published }
    }

    fn all(said: &[&str]) -> Vec<EntryKeys> {
        said.iter().map(|said| keys(said)).collect()
    }

    #[test]
    fn an_article_is_known_again_whatever_the_feed_changes() {
        for (what, known, now, wanted) in [
            ("nothing", &["gltx1"][..], &["gltx1"][..], &[Known(0)][..]),
            ("its words", &["gltx1"], &["glty1"], &[Known(0)]),
            ("its headline", &["gltx1"], &["gluy1"], &[Known(0)]),
            ("its date", &["gltx1"], &["gltx2"], &[Known(0)]),
            ("its id", &["gltx1"], &["hltx1"], &[Known(0)]),
            ("its id and words", &["gltx1"], &["hlty1"], &[Known(0)]),
            ("its id and headline", &["gltx1"], &["hluy1"], &[Known(0)]),
            ("it loses its id", &["gltx1"], &[" ltx1"], &[Known(0)]),
            ("it gets an id", &[" ltx "], &["gltx "], &[Known(0)]),
            ("its address", &["gltx1"], &["gmty1"], &[Known(0)]),
            ("its address and headline", &["gltx1"], &["gmuy1"], &[Known(0)]),
            ("it gets an address", &["g tx1"], &["gluy2"], &[Known(0)]),
            ("id and address", &["gltx1"], &["hmtx1"], &[Known(0)]),
            ("without an id, its headline", &[" ltx "], &[" luy "], &[Known(0)]),
            ("with neither, its words", &["  tx1"], &["  ty1"], &[Known(0)]),
            ("an id alone, its headline", &["g tx "], &["g uy "], &[Known(0)]),
            ("another article", &["gltx1"], &["hmuy2"], &[New]),
            ("the id, for another article", &["gltx1"], &["gmuy2"], &[New]),
            ("the id, for another article without a date", &["gltx "], &["gmuy "], &[New]),
            ("one address for everything", &["gltx1"], &["hluy2"], &[New]),
            ("one address and no ids", &[" ltx1"], &[" luy2"], &[New]),
            ("a headline that comes back", &["  tx1"], &["  ty2"], &[New]),
            ("a short text that comes back", &["glt 1"], &["hmt 1"], &[New]),
        ] {
            assert_eq!(recognise(&all(now), &all(known)), wanted, "{what}");
        }
    }

    #[test]
    fn what_a_document_uses_twice_tells_nothing_apart() {
        for (what, known, now, wanted) in [
            ("an item twice", &[][..], &["gltx1", "gltx1"][..], &[New, Repeated][..]),
            ("twice without an id", &[], &[" ltx1", " lty1"], &[New, Repeated]),
            ("twice with neither", &[], &["  tx1", "  tx1"], &[New, Repeated]),
            ("with other ids", &[], &["gltx1", "hltx1"], &[New, Repeated]),
            ("once without its address", &[], &["gltx1", "g ty1"], &[New, Repeated]),
            ("once with its address", &[], &["g tx1", "glty1"], &[New, Repeated]),
            ("an old headline and a new one", &[], &["gltx1", "gluy1"], &[New, Repeated]),
            ("one address, two headlines", &[], &[" ltx1", " luy1"], &[New, New]),
            ("one id, two addresses", &[], &["gltx ", "gmtx "], &[New, New]),
            ("two of one headline", &[], &["  tx1", "  ty1"], &[New, New]),
            ("two of one id again", &["gltx1", "gmuy2"], &["gmuy2", "gltx1"], &[Known(1), Known(0)]),
            ("one more of that id", &["gltx1"], &["gmtx1", "gltx1"], &[New, Known(0)]),
            ("one of them edited", &["gltx1", "gmuy2"], &["gmwz2", "gltx1"], &[Known(1), Known(0)]),
            ("two of one address again", &[" ltx ", " luy "], &[" luy ", " ltx "], &[Known(1), Known(0)]),
            ("a third of one address", &[" ltx ", " luy "], &[" lwz ", " luy "], &[New, Known(1)]),
            ("two of one headline again", &["  tx1", "  ty1"], &["  ty1", "  tx1"], &[Known(1), Known(0)]),
        ] {
            assert_eq!(recognise(&all(now), &all(known)), wanted, "{what}");
        }
    }

    proptest! {
        #[test]
        fn a_document_read_again_is_known_and_no_two_are_the_same(
            said in prop::collection::vec("[ gh][ lm][tu][ xy][ 12]", 0..9),
            more in prop::collection::vec("[ gh][ lm][tu][ xy][ 12]", 0..4),
        ) {
            let entries: Vec<EntryKeys> = said.iter().map(|said| keys(said)).collect();
            let first = recognise(&entries, &[]);
            let kept: Vec<EntryKeys> =
                entries.iter().zip(&first).filter(|(_, is)| **is == New).map(|(keys, _)| *keys).collect();
            let again = recognise(&entries, &kept);
            let mut known: Vec<usize> =
                again.iter().filter_map(|is| if let Known(place) = is { Some(*place) } else { None }).collect();
            prop_assert_eq!(&known, &(0..kept.len()).collect::<Vec<_>>());
            prop_assert!(!again.contains(&New));
            let other: Vec<EntryKeys> = more.iter().chain(&said).map(|said| keys(said)).collect();
            known = recognise(&other, &kept)
                .iter()
                .filter_map(|is| if let Known(place) = is { Some(*place) } else { None })
                .collect();
            let found = known.len();
            known.sort_unstable();
            known.dedup();
            prop_assert_eq!(known.len(), found);
        }
    }
}
