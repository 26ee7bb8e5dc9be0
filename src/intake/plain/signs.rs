//! Signs that show what a line of plain text is.

use super::lines::SourceLine;

/// `***`, `* * *`, `---`, `___`, `⁂`, and the `--` above a signature (RFC 3676 §4.3).
pub(super) fn is_rule(line: &SourceLine<'_>) -> bool {
    if line.raw == "--" {
        return true;
    }
    let mut signs = line.words.chars().filter(|c| *c != ' ');
    let Some(first) = signs.next() else { return false };
    if first == '⁂' {
        return signs.next().is_none();
    }
    matches!(first, '*' | '-' | '_' | '=' | '~' | '—' | '–' | '•' | '#') && {
        let mut count = 1;
        let same = signs.all(|c| {
            count += 1;
            c == first
        });
        same && count >= 3
    }
}

/// The level of the heading whose underline this is.
pub(super) fn underline(line: &SourceLine<'_>, above: &SourceLine<'_>) -> Option<u8> {
    let first = line.words.chars().next().filter(|c| matches!(c, '=' | '-'))?;
    let long_enough = line.words.len() >= 3 && line.words.len() * 2 >= above.words.chars().count();
    (long_enough
        && line.words.chars().all(|c| c == first)
        && above.width <= 100
        && !above.is_blank()
        && !is_rule(above))
    .then_some(if first == '=' { 1 } else { 2 })
}

/// The fence that opens or closes a code block, and the language behind it.
pub(super) fn fence<'a>(line: &SourceLine<'a>) -> Option<(char, usize, &'a str)> {
    let first = line.words.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let rest = line.words.trim_start_matches(first);
    let count = line.words.len() - rest.len();
    (count >= 3 && !rest.contains(first) && rest.split_whitespace().count() <= 1).then_some((first, count, rest.trim()))
}

/// How deep a line is quoted, from 1, and its words without the `>` signs (RFC 3676 §4.5, and as people write it, with
/// blanks between the signs).
pub(super) fn quoted<'a>(line: &SourceLine<'a>) -> Option<(u8, &'a str)> {
    let words = line.words.trim_start_matches(['>', ' ']);
    let signs = line.words.get(..line.words.len() - words.len())?.matches('>').count();
    line.words.starts_with('>').then(|| (u8::try_from(signs).unwrap_or(u8::MAX), words))
}

/// `Chapter I.`, `PART TWO`, `Act 3`, `XIV.`: the number of a part, and nothing else.
pub(super) fn is_numbered_part(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let (Some(first), second, None) = (words.next(), words.next(), words.next()) else { return false };
    let is_part = ["chapter", "part", "book", "canto", "act", "scene", "section", "volume", "kapitel", "chapitre"]
        .iter()
        .any(|part| first.eq_ignore_ascii_case(part));
    let number = second.unwrap_or(first).trim_end_matches(['.', ':']);
    let is_roman = !number.is_empty() && number.bytes().all(|byte| b"IVXLC".contains(&byte));
    match second {
        Some(_) => {
            let is_digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
            let is_word = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
                .iter()
                .any(|word| number.eq_ignore_ascii_case(word));
            is_part && (is_roman || is_digits || is_word)
        }
        None => is_roman && number != "I" && first.ends_with('.'),
    }
}

/// The marker of a list item and the words behind it.
pub(super) fn list_item<'a>(line: &SourceLine<'a>) -> Option<(&'a str, &'a str)> {
    let (marker, rest) = line.words.split_once([' ', '\t'])?;
    let rest = rest.trim_start();
    let bullet = matches!(marker, "-" | "*" | "•" | "‣" | "◦" | "▪" | "●" | "·");
    let inside = marker.strip_prefix('(').unwrap_or(marker);
    let number = inside.strip_suffix(['.', ')']).is_some_and(|number| {
        (1..=3).contains(&number.len())
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && (inside.len() == marker.len() || marker.ends_with(')'))
    });
    let letter = inside
        .strip_suffix(')')
        .is_some_and(|letter| letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_lowercase()));
    (!rest.is_empty() && !is_rule(line) && (bullet || number || letter)).then_some((marker, rest))
}

/// A short line in capitals.
pub(super) fn is_capitals(line: &str) -> bool {
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 4
        && line.chars().count() <= 60
        && line.chars().any(char::is_uppercase)
        && !line.chars().any(char::is_lowercase)
        && !line.ends_with(['.', ',', ';', '-', '"', '”'])
}

/// A short line that could be a heading: begins with a capital or figure and does not end like a sentence.
pub(super) fn is_title_like(line: &str) -> bool {
    let first = line.trim_start_matches(['"', '“', '‘', '\'', '¿', '¡', '«']).chars().next();
    line.chars().count() <= 70
        && line.split_whitespace().count() <= 10
        && first.is_some_and(|c| c.is_uppercase() || c.is_numeric() || c.is_alphabetic() && !c.is_lowercase())
        && line.chars().any(char::is_alphabetic)
        && !line.ends_with(['.', ',', ';', ':', '!', '…', '"', '”', ')', '-', '–', '—'])
        && !line.contains(['|', '\t'])
}

/// Whether lines are a drawn or aligned table, which loses its meaning when its lines are filled.
pub(super) fn is_table(lines: &[SourceLine<'_>]) -> bool {
    if lines.len() < 2 {
        return false;
    }
    let drawn = |line: &SourceLine<'_>| {
        line.words.matches('|').count() >= 2 || line.words.starts_with("+-") || line.words.contains("-+-")
    };
    lines.iter().all(drawn)
        || lines.len() >= 3 && lines.iter().any(|line| line.words.contains("   ")) && has_columns(lines)
}

/// Bytes of the longest line that is one of an aligned table.
const WIDEST: usize = 4096;

/// Whether after a gap of two blanks every line has a word that starts, or ends, in the same column.
fn has_columns(lines: &[SourceLine<'_>]) -> bool {
    let mut shared: Option<Vec<(usize, bool)>> = None;
    if lines.iter().any(|line| line.raw.len() > WIDEST) {
        return false;
    }
    for line in lines {
        let mut edges = Vec::new();
        let mut gap = 0;
        let mut after_gap = false;
        for (column, c) in line.raw.chars().chain([' ']).enumerate() {
            if c == ' ' {
                if gap == 0 && after_gap {
                    edges.push((column, false));
                }
                gap += 1;
            } else {
                if gap >= 2 && column > line.indent + gap {
                    edges.push((column, true));
                    after_gap = true;
                }
                gap = 0;
            }
        }
        edges.sort_unstable();
        edges.dedup();
        shared = Some(match shared {
            None => edges,
            Some(shared) => shared.into_iter().filter(|edge| edges.binary_search(edge).is_ok()).collect(),
        });
        if shared.as_ref().is_some_and(Vec::is_empty) {
            return false;
        }
    }
    true
}

/// Cells of a line divided by tabs.
pub(super) fn cells(line: &SourceLine<'_>) -> usize {
    line.words.split('\t').count()
}

/// Whether indented lines are program text: one character in fifteen is a sign that prose has no use for.
pub(super) fn is_code(lines: &[SourceLine<'_>]) -> bool {
    let mut all = 0;
    let mut signs = 0;
    for c in lines.iter().flat_map(|line| line.words.chars()) {
        all += 1;
        signs += usize::from(matches!(
            c,
            '{' | '}' | '(' | ')' | ';' | '=' | '<' | '>' | '[' | ']' | '_' | '/' | '\\' | '|' | '$' | '#' | '+' | '&'
        ));
    }
    lines.iter().all(|line| line.indent >= 4) && signs * 15 >= all.max(1)
        || lines.iter().all(|line| line.indent >= 4 && line.words.starts_with("$ "))
}
