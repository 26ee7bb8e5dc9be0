//! By-lines: "By Ana Reed, Staff Writer", "Ana Reed and Tom Okafor report", "writes Ana Reed".

use crate::text::particles::{has_joined_particle, is_particle};

/// Verbs of a sentence that says who wrote what follows, as newspapers close a standfirst. Third person singular; the
/// plural is taken from it.
const VERBS: [&str; 36] = [
    "reports",
    "writes",
    "explains",
    "argues",
    "asks",
    "investigates",
    "examines",
    "reviews",
    "considers",
    "remembers",
    "recalls",
    "meets",
    "talks",
    "speaks",
    "finds",
    "describes",
    "interviews",
    "comments",
    "responds",
    "replies",
    "assesses",
    "analyses",
    "analyzes",
    "looks",
    "discusses",
    "explores",
    "introduces",
    "reflects",
    "calls",
    "travels",
    "visits",
    "tells",
    "takes",
    "continues",
    "concludes",
    "surveys",
];

/// Verbs that alone, before or after a name, make a by-line.
const PLAIN_VERBS: [&str; 6] = ["reports", "writes", "explains", "argues", "asks", "investigates"];

/// Words that begin a by-line of its own.
const OPENERS: [&str; 12] = [
    "by",
    "by:",
    "words by",
    "written by",
    "author:",
    "authors:",
    "reporting by",
    "report by",
    "text by",
    "story by",
    "from our correspondent",
    "words:",
];

/// Words of a job or house; a piece with one of them is no person's name.
const ROLES: [&str; 25] = [
    "staff",
    "writer",
    "editor",
    "reporter",
    "correspondent",
    "columnist",
    "bureau",
    "chief",
    "analyst",
    "photographer",
    "contributor",
    "journalist",
    "critic",
    "producer",
    "press",
    "news",
    "agency",
    "agencies",
    "times",
    "post",
    "desk",
    "team",
    "special",
    "political",
    "foreign",
];

/// Bytes of the longest line that is taken for a by-line, and of the longest that holds nothing but a name.
const LONGEST: usize = 160;
const LONGEST_BARE: usize = 80;

/// The name or names in a line that is a by-line and nothing else.
pub(super) fn of_line(line: &str) -> Option<String> {
    let line = line.trim().trim_end_matches('.');
    if line.len() > LONGEST {
        return None;
    }
    let lower = line.to_lowercase();
    let opener = OPENERS.iter().filter(|opener| {
        let rest = lower.strip_prefix(**opener);
        rest.is_some_and(|rest| rest.starts_with([' ', '\u{a0}']))
    });
    let opener = opener.max_by_key(|opener| opener.len())?;
    let rest = line.get(opener.len()..)?.trim();
    names(rest)
}

/// The name in a line that holds nothing but one, with or without a role: "Ana Reed", "Ana Reed, Staff Writer". Only a
/// by-line where its place says so.
pub(super) fn of_bare_line(line: &str) -> Option<String> {
    let line = line.trim();
    if line.len() > LONGEST_BARE || line.ends_with(['.', '!', '?', ':']) {
        return None;
    }
    names(line).filter(|found| found.split([' ', '\u{a0}']).count() >= 2)
}

/// Whether a bare line names a role as well.
pub(super) fn has_role(line: &str) -> bool {
    line.split([' ', ',', '\u{a0}']).any(is_role)
}

/// The name in the last sentence of a standfirst.
pub(super) fn at_end_of(standfirst: &str) -> Option<String> {
    let text = standfirst.trim_end();
    let open = !text.ends_with(['.', '!', '?']);
    let text = text.trim_end_matches('.');
    let last = last_sentence(text);
    let words: Vec<&str> = last.split_whitespace().collect();
    // "Ana Reed reports", "Ana Reed and Tom Okafor report from Lisbon", and, without a full stop, "Ana Reed asks why".
    for (number, word) in words.iter().enumerate().take(12) {
        let Some(plain) = verb(word, &VERBS) else { continue };
        let name = words.get(..number)?.join(" ");
        let exact = match words.get(number + 1..) {
            None | Some([]) => PLAIN_VERBS.contains(&plain),
            Some(["from", place, ..]) => {
                words.len() <= number + 5 && starts_upper(place) && PLAIN_VERBS.contains(&plain)
            }
            _ => false,
        };
        if let Some(name) = full_names(&name).filter(|_| exact || open) {
            return Some(name);
        }
        break;
    }
    // "…, writes Ana Reed", "… By Ana Reed".
    let tail: Vec<&str> = text.split_whitespace().rev().take(9).collect();
    let at = tail.iter().position(|word| verb(word, &PLAIN_VERBS).is_some() || matches!(*word, "By" | "by" | "BY"))?;
    let name: Vec<&str> = tail.get(..at)?.iter().rev().copied().collect();
    let sets_apart =
        tail.get(at + 1).is_some_and(|word| word.ends_with([',', '.', '?', '!', '…', ':', '–', '—', '”', '"']));
    let opener = tail.get(at).is_some_and(|word| *word == "By" || *word == "BY");
    full_names(&name.join(" ")).filter(|_| sets_apart && (open || opener || tail.len() > at + 1))
}

/// The dictionary form of a verb in `list`, singular or plural.
fn verb(word: &str, list: &[&'static str]) -> Option<&'static str> {
    let first = word.as_bytes().first();
    let mut alike = list.iter().filter(|verb| verb.as_bytes().first() == first);
    alike.find(|verb| **verb == word || verb.strip_suffix('s').is_some_and(|plural| plural == word)).copied()
}

fn last_sentence(text: &str) -> &str {
    let ends = text.rmatch_indices([' ', '\u{a0}']).find(|(at, _)| {
        let before = text.get(..*at).unwrap_or_default();
        let last = before.rsplit([' ', '\u{a0}']).next().unwrap_or_default();
        // "J. Reed" and "Dr. Reed" do not end a sentence.
        let abbreviation = last.ends_with('.') && last.chars().count() <= 3 && last.starts_with(char::is_uppercase);
        before.ends_with(['.', '?', '!', '…', '”', '"', ':', ';', '–', '—']) && !abbreviation
    });
    ends.and_then(|(at, blank)| text.get(at + blank.len()..)).unwrap_or(text)
}

/// Names of at least two words each, and nothing besides.
fn full_names(text: &str) -> Option<String> {
    let people: Vec<&str> = text.split(" and ").flat_map(|part| part.split(", ")).map(str::trim).collect();
    let fits = |name: &&str| is_name(name) && name.split_whitespace().count() >= 2 && !has_role(name);
    (!people.is_empty() && people.iter().all(fits)).then(|| text.trim().to_owned())
}

/// The names at the start of `text`, up to a role, a place ("in Lisbon"), a date, or another mark; nothing if the rest
/// is anything else. Looks through the rest of the line at each name, so it is for lines of bounded length only.
fn names(text: &str) -> Option<String> {
    let text = text.split(['|', '•', '·', '—', '–', '(', '/', '\t']).next()?.trim().trim_end_matches([',', '.']);
    let place = [" in ", " for ", " at ", " of the ", " from "].iter().filter_map(|word| text.find(word)).min();
    let text = text.get(..place.unwrap_or(text.len()))?.trim();
    let mut people = 0;
    let mut end = 0;
    let mut rest = Some(text);
    while let Some(from) = rest {
        let (piece, tail) = split_at_joiner(from);
        let name = piece.trim();
        // After the first name a single word is a place, and a role is a role.
        if !is_name(name) || people > 0 && (has_role(name) || name.split_whitespace().count() < 2) {
            let furniture = has_role(name) || is_name(name) || name.starts_with(|c: char| c.is_ascii_digit());
            if people == 0 || !furniture {
                return None;
            }
            break;
        }
        people += 1;
        end = text.len() - from.len() + piece.trim_end().len();
        rest = tail;
    }
    text.get(..end).map(str::to_owned)
}

/// Splits at the first thing that joins two names.
fn split_at_joiner(text: &str) -> (&str, Option<&str>) {
    const JOINERS: [&str; 7] = [", and ", ", ", " and ", " AND ", " & ", " with ", ","];
    let places = JOINERS.iter().filter_map(|joiner| Some((text.find(joiner)?, joiner.len())));
    match places.min_by_key(|&(at, length)| (at, usize::MAX - length)) {
        Some((at, length)) => (text.get(..at).unwrap_or(text), text.get(at + length..)),
        None => (text, None),
    }
}

fn is_name(text: &str) -> bool {
    let mut words = 0;
    for word in text.split([' ', '\u{a0}']).filter(|word| !word.is_empty()) {
        words += 1;
        let letters =
            word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-' | '\u{300}'..='\u{36f}'));
        let particle = words > 1 && is_particle(&word.to_lowercase());
        if !letters || !(starts_upper(word) || particle || has_joined_particle(word)) {
            return false;
        }
    }
    (1..=6).contains(&words)
}

fn starts_upper(word: &str) -> bool {
    // Scripts without case have no capitals to ask for.
    word.starts_with(|c: char| c.is_uppercase() || c.is_alphabetic() && !c.is_lowercase())
}

fn is_role(word: &str) -> bool {
    ROLES.iter().any(|role| word.eq_ignore_ascii_case(role))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_by_lines() {
        for (line, name) in [
            ("By Ana Reed", "Ana Reed"),
            ("by Ana Reed and Tom Okafor", "Ana Reed and Tom Okafor"),
            ("By ANA REED, Staff Writer", "ANA REED"),
            ("BY ANA REED AND TOM OKAFOR", "ANA REED AND TOM OKAFOR"),
            ("By Ana Reed, Tom Okafor and Li Wei", "Ana Reed, Tom Okafor and Li Wei"),
            ("By Ana Reed in Lisbon", "Ana Reed"),
            ("By Ana Reed | 10 May 2007", "Ana Reed"),
            ("By Ana Reed, 10 May 2007", "Ana Reed"),
            ("Words by Ludwig van der Berg", "Ludwig van der Berg"),
            ("Author: J. M. O’Neill", "J. M. O’Neill"),
            ("By Muna al-Sayed for The Harbour Post", "Muna al-Sayed"),
            ("By Reuters", "Reuters"),
        ] {
            assert_eq!(of_line(line).as_deref(), Some(name), "{line}");
        }
    }

    #[test]
    fn lines_that_are_not() {
        for line in [
            "By and large it was a quiet year",
            "By 2007 it was over",
            "Bygone days",
            "By the time they came",
            "By",
            "",
            "By Ana Reed went the train",
        ] {
            assert_eq!(of_line(line), None, "{line}");
        }
    }

    #[test]
    fn a_line_of_countless_names_is_no_by_line() {
        // Looking for the next joiner in all of the rest at each name took minutes.
        let names = "Ann Smith, ".repeat(100_000);
        assert_eq!(of_bare_line(&names), None);
        assert_eq!(of_line(&format!("By {names}")), None);
        assert_eq!(at_end_of(&"Ann\u{a0}Smith.\u{a0}".repeat(100_000)), None);
    }

    #[test]
    fn a_standfirst_may_close_with_a_name() {
        for (text, name) in [
            ("The talks ended in a draw. Ana Reed reports", Some("Ana Reed")),
            ("The talks ended in a draw. Ana Reed reports.", Some("Ana Reed")),
            ("The talks ended in a draw.\u{a0}Ana Reed reports", Some("Ana Reed")),
            ("The talks ended. Ana Reed and Tom Okafor report from Lisbon", Some("Ana Reed and Tom Okafor")),
            ("Who won the harbour? Ana Reed looks at the books", Some("Ana Reed")),
            ("Nobody won the harbour, writes Ana Reed", Some("Ana Reed")),
            ("Nobody won the harbour. By Ana Reed", Some("Ana Reed")),
            ("The port has a new owner. J. M. Reed explains why", Some("J. M. Reed")),
            ("Nobody knows what the new report asks.", None),
            ("The ministry of trade reports.", None),
            ("The year ended. Mrs Reed looks at the books every day.", None),
            ("It was found by Ana Reed", None),
        ] {
            assert_eq!(at_end_of(text).as_deref(), name, "{text}");
        }
    }
}
