//! Takes the text out of printed pages: what `pdftotext`, RFCs and scanners leave between form feeds.
//!
//! Running heads, running feet and page numbers stand at the edges of a page. A line there is one of these if it is a
//! number that grows from page to page, or stands, numbers aside, at the edge of another page too. What goes on over the
//! edge of a page goes on in the text.

use std::borrow::Cow;
use std::collections::HashMap;

const FORM_FEED: char = '\u{c}';

/// Lines at each edge of a page that may be furniture.
const EDGE: usize = 3;

/// Columns of the widest running head.
const WIDEST_HEAD: usize = 120;

/// Joins the pages of a text; a text without form feeds is not touched.
pub(super) fn join(text: String) -> String {
    if !text.contains(FORM_FEED) {
        return text;
    }
    let normal = text.replace("\r\n", "\n");
    let mut pages: Vec<Vec<&str>> = normal.split(FORM_FEED).map(|page| page.lines().collect()).collect();
    let furniture = Furniture::of(&pages);
    for (number, page) in pages.iter_mut().enumerate() {
        furniture.remove(page, number);
    }
    let mut out = String::with_capacity(normal.len());
    let mut widest = 0;
    for page in pages.iter().filter(|page| !page.is_empty()) {
        if let (Some(last), Some(first)) = (out.trim_end().rsplit('\n').next(), page.first()) {
            let goes_on = goes_on(last, first, widest);
            out.truncate(out.trim_end().len());
            out.push_str(if out.is_empty() {
                ""
            } else if goes_on {
                "\n"
            } else {
                "\n\n"
            });
        }
        widest = page.iter().map(|line| line.len()).max().unwrap_or(0);
        for line in page {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// Whether a paragraph that ends a page, whose longest line has `widest` bytes, with `last` goes on with `first`.
fn goes_on(last: &str, first: &str, widest: usize) -> bool {
    let (last, first) = (last.trim_end(), first.trim_start());
    let ends = last.trim_end_matches(['"', '”', '’', '\'', ')', ']']).ends_with(['.', '!', '?', ':', '…', '。']);
    let divided = last.ends_with(['-', '\u{2010}', '\u{ad}']);
    let is_inside = first.starts_with(|c: char| c.is_lowercase() || c == '(');
    // A year or a name may begin the line; a heading is no full line over another.
    let is_full = |line: &str| line.len() * 3 >= widest * 2;
    !last.is_empty() && (divided || !ends && (is_inside || is_full(last) && is_full(first)))
}

/// What stands at the edges of the pages.
struct Furniture {
    /// On how many pages these words stand at an edge, as a line or as a part of one.
    heads: HashMap<String, usize>,
    /// The number of a page less its place, and on how many pages it is this.
    numbers: HashMap<i64, usize>,
}

impl Furniture {
    fn of(pages: &[Vec<&str>]) -> Self {
        let (mut heads, mut numbers) = (HashMap::new(), HashMap::new());
        for (place, page) in (0_i64..).zip(pages) {
            let mut here: Vec<String> = edges(page).flat_map(parts).filter_map(words_of).collect();
            here.sort_unstable();
            here.dedup();
            for words in here {
                *heads.entry(words).or_default() += 1;
            }
            let mut here: Vec<i64> = edges(page).flat_map(numbers_of).map(|number| number - place).collect();
            here.sort_unstable();
            here.dedup();
            for offset in here {
                *numbers.entry(offset).or_default() += 1;
            }
        }
        Self { heads, numbers }
    }

    /// Removes it, and blank lines, from both ends of a page.
    fn remove(&self, page: &mut Vec<&str>, place: usize) {
        let is_blank = |line: &str| line.trim().is_empty();
        // The title of the whole may have become the running head: it stays where it is the first line.
        let is_title =
            |line: &str| place == 0 && !line.bytes().any(|byte| byte.is_ascii_digit()) && parts(line).count() == 1;
        let mut taken = 0;
        while page.last().is_some_and(|line| is_blank(line) || taken < EDGE && self.has(line, place)) {
            taken += usize::from(page.pop().is_some_and(|line| !is_blank(line)));
        }
        let (mut taken, mut begin) = (0, 0);
        while let Some(line) = page.get(begin) {
            let goes = is_blank(line) || taken < EDGE && !is_title(line) && self.has(line, place);
            if !goes {
                break;
            }
            taken += usize::from(!is_blank(line));
            begin += 1;
        }
        // White space in front of the first line tells what it is.
        page.drain(..begin);
    }

    fn has(&self, line: &str, place: usize) -> bool {
        let is_repeated = |words: String| self.heads.get(&words).is_some_and(|&pages| pages > 1);
        let mut words = parts(line).filter(|part| page_number(part).is_none()).map(words_of).peekable();
        let repeated = words.peek().is_some() && words.all(|words| words.is_some_and(is_repeated));
        let place = i64::try_from(place).unwrap_or(i64::MAX);
        let numbered = numbers_of(line).any(|number| {
            let is_series = self.numbers.get(&(number - place)).is_some_and(|&pages| pages > 1);
            // The only number there is: on a page of two, one of them may have none.
            is_series || number == place + 1 && parts(line).nth(1).is_none()
        });
        repeated || numbered
    }
}

/// The parts of a running head, between gaps of at least two blanks.
fn parts(line: &str) -> impl Iterator<Item = &str> {
    let columns = line.split("  ").flat_map(|part| part.split('\t')).map(str::trim);
    columns.filter(|part| !part.is_empty())
}

/// The page numbers a line may have: the first or the last part of it. A line of many parts is a row of a table.
fn numbers_of(line: &str) -> impl Iterator<Item = i64> {
    let is_head = parts(line).nth(3).is_none();
    let first = parts(line).next().filter(|_| is_head);
    let last = parts(line).last().filter(|_| is_head && parts(line).nth(1).is_some());
    first.into_iter().chain(last).filter_map(page_number)
}

/// The lines at the edges of a page that are not blank.
fn edges<'a>(page: &'a [&'a str]) -> impl Iterator<Item = &'a str> {
    let lines = || page.iter().copied().filter(|line| !line.trim().is_empty());
    let first = lines().take(EDGE);
    let last = page.iter().rev().copied().filter(|line| !line.trim().is_empty()).take(EDGE);
    first.chain(last)
}

/// The words of a line that may be a running head, without numbers and signs, in small letters.
fn words_of(line: &str) -> Option<String> {
    let line = line.trim();
    if line.chars().nth(WIDEST_HEAD).is_some() {
        return None;
    }
    let mut words = String::new();
    for word in line.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.extend(word.chars().flat_map(char::to_lowercase));
    }
    Some(words).filter(|words| words.chars().count() >= 3)
}

/// The number of a page if the line is nothing else: `12`, `- 12 -`, `[12]`, `Page 12`, `12 of 40`, `12/40`, `xii`.
fn page_number(line: &str) -> Option<i64> {
    let bare = line.trim().trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if bare.is_empty() || bare.len() > 24 {
        return None;
    }
    let bare = ["page ", "seite ", "p. ", "s. "].iter().find_map(|word| bare.strip_prefix(word)).unwrap_or(&bare);
    let (number, rest) = bare.split_at_checked(bare.find(|c: char| !c.is_ascii_digit()).unwrap_or(bare.len()))?;
    if number.is_empty() {
        return roman(bare);
    }
    let total = rest.trim().trim_start_matches("of").trim_start_matches("von").trim_start_matches('/').trim();
    (number.len() <= 4 && total.bytes().all(|byte| byte.is_ascii_digit())).then(|| number.parse().ok())?
}

/// The value of a Roman number in small letters, up to thirty-nine.
fn roman(word: &str) -> Option<i64> {
    let tens = word.len() - word.trim_start_matches('x').len();
    let ones = word.get(tens..)?;
    let value = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"].iter().position(|one| *one == ones)?;
    (tens <= 3).then(|| i64::try_from(tens * 10 + value).ok())?.filter(|&value| value > 0)
}

/// Letters that were cast together (U+FB00 to U+FB06), as PDFs have them, become letters.
pub(super) fn part_ligatures(text: &str) -> Cow<'_, str> {
    const LIGATURES: [&str; 7] = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];
    // All of them begin with these two bytes.
    if memchr::memmem::find(text.as_bytes(), "\u{fb00}".as_bytes().get(..2).unwrap_or_default()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let place = u32::from(c).wrapping_sub(0xfb00) as usize;
        match LIGATURES.get(place) {
            Some(letters) => out.push_str(letters),
            None => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(pages: &[&str]) -> String {
        join(pages.join("\u{c}"))
    }

    #[test]
    fn heads_and_numbers_go_and_paragraphs_go_on() {
        let pages = [
            "Harbours of the North\n\nThe barrier will be built in\nthe next three\n\n                1\n",
            "Harbours of the North                 2\n\nyears, the port said.\n\nNobody knows who is to pay for it, or whether the infor-\n",
            "3                        Harbours of the North\n\nmation is right.\n\n3\n",
        ];
        assert_eq!(
            joined(&pages),
            "Harbours of the North\n\nThe barrier will be built in\nthe next three\nyears, the port said.\n\n\
             Nobody knows who is to pay for it, or whether the infor-\nmation is right.\n"
        );
    }

    #[test]
    fn heads_of_left_and_right_pages_and_feet_go() {
        let page = |number: usize| {
            let head = if number.is_multiple_of(2) { "REED AND LEE" } else { "RENT CONTROL" };
            let body = ["It began.", "It went on.", "It ended.", "Nobody came."][number - 1];
            format!("{head}\n\n{body}\n\nReed, et al.      Standards Track      [Page {number}]\n")
        };
        let pages: Vec<String> = (1..=4).map(page).collect();
        let text = joined(&pages.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(text, "RENT CONTROL\n\nIt began.\n\nIt went on.\n\nIt ended.\n\nNobody came.\n");
    }

    #[test]
    fn heads_in_parts_and_with_the_number_of_the_page_go() {
        let pages = [
            "Reed and Lee                   Rent Control\n\n                  1\n\nThe law has been in force in the city of\n",
            "2                              Reed and Lee\n\nGhent since 2015, and nobody knows how long\n",
            "Rent Control                              3\n\n2016 it was that they asked, and it was\n",
            "4                          Index of places\n\nGhent, 2\n",
        ];
        assert_eq!(
            joined(&pages),
            "The law has been in force in the city of\nGhent since 2015, and nobody knows how long\n\
             2016 it was that they asked, and it was\n\nGhent, 2\n"
        );
    }

    #[test]
    fn what_is_no_furniture_stays() {
        for text in ["1\n\nWords.\n\n2\n\nWords.", "Head\n\nHead\n"] {
            assert_eq!(join(text.to_owned()), text, "there are no pages");
        }
        let text = joined(&["1  Method\n\nIt began.\n", "It ended.\n"]);
        assert!(text.starts_with("1  Method"), "{text}");
        let text = joined(&["The vote\n\nHe was elected in\n\n1998\n", "It began in\n\n2007\n\nand ended.\n"]);
        assert!(text.contains("1998") && text.contains("2007"), "{text}");
    }

    #[test]
    fn a_sentence_that_ends_a_page_ends_a_paragraph() {
        assert_eq!(joined(&["It ended.\n", "\n  It began.\n", "", "\n"]), "It ended.\n\n  It began.\n");
        assert_eq!(joined(&["", "Words."]), "Words.\n");
    }

    #[test]
    fn page_numbers_of_all_kinds() {
        for (line, number) in [
            (" 12 ", 12),
            ("- 12 -", 12),
            ("[Page 7]", 7),
            ("Seite 3 von 9", 3),
            ("12 of 40", 12),
            ("4/10", 4),
            ("xiv", 14),
        ] {
            assert_eq!(page_number(line), Some(number), "{line}");
        }
        for line in ["", "12 ships", "12345", "mix", "Page", "3.5", "A 4"] {
            assert_eq!(page_number(line), None, "{line}");
        }
    }

    #[test]
    fn ligatures_are_letters() {
        assert_eq!(part_ligatures("The ﬁrst eﬃcient ﬂeet, ﬆill oﬀ"), "The first efficient fleet, still off");
        assert!(matches!(part_ligatures("ﷺ and words"), Cow::Owned(_) | Cow::Borrowed("ﷺ and words")));
    }
}
