//! Undoes what typewriters and `nroff` did for bold and underlined words: a backspace, and the letter or a line once more.

const BACKSPACE: char = '\u{8}';

/// Words that must be doubled letter by letter before a text is taken for one that lost its backspaces.
const DOUBLED_WORDS: usize = 2;

/// Characters of the shortest word that shows it.
const SHORTEST: usize = 6;

/// The words as they were meant: `L⌫LS⌫S` is `LS`, `_⌫f` is `f`. Where only the backspaces were lost, `LLSS` and `_f` are put
/// right if the text has several such words. Linear.
pub(super) fn undo(text: String) -> String {
    if is_struck(&text) {
        struck_back(&text)
    } else if lost_backspaces(&text) {
        halved(&text)
    } else {
        text
    }
}

/// Whether most backspaces stand where something is struck twice or underlined; else they are noise.
fn is_struck(text: &str) -> bool {
    if !text.contains(BACKSPACE) {
        return false;
    }
    let (mut runs, mut struck) = (0, 0);
    let mut chars = text.chars().peekable();
    let mut before = '\n';
    while let Some(c) = chars.next() {
        if c == BACKSPACE {
            while chars.next_if_eq(&BACKSPACE).is_some() {}
            let after = chars.peek().copied().unwrap_or('\n');
            runs += 1;
            let fits = before == after || !before.is_alphanumeric() || !after.is_alphanumeric();
            struck += usize::from(fits && !before.is_whitespace());
        }
        before = c;
    }
    struck * 2 > runs
}

/// Moves back as a typewriter does; where a letter and something else come to stand in one place, the letter stays.
fn struck_back(text: &str) -> String {
    let mut out: Vec<char> = Vec::with_capacity(text.len());
    // The place in the line that is typed next, and where the line begins.
    let (mut at, mut start) = (0, 0);
    for c in text.chars() {
        match c {
            BACKSPACE => at = at.max(start + 1) - 1,
            '\n' | '\r' | '\u{c}' => {
                out.push(c);
                at = out.len();
                start = at;
            }
            _ => {
                match out.get_mut(at) {
                    Some(under) if is_weaker(*under, c) => *under = c,
                    Some(_) => {}
                    None => out.push(c),
                }
                at += 1;
            }
        }
    }
    out.into_iter().collect()
}

/// Whether `under` gives way to what is typed over it.
fn is_weaker(under: char, over: char) -> bool {
    let strength = |c: char| match c {
        ' ' => 0,
        '_' => 1,
        _ if !c.is_alphanumeric() => 2,
        _ => 3,
    };
    strength(over) >= strength(under)
}

/// A run of letters and signs whose every character stands there twice, from `text` on: how many characters it has once.
fn doubled(text: &str) -> usize {
    let mut chars = text.chars();
    let mut count = 0;
    while let (Some(one), Some(other)) = (chars.next(), chars.next()) {
        if one != other || !(one.is_alphanumeric() || one == '-') {
            break;
        }
        count += 1;
    }
    count
}

/// A run of characters with a line in front of each: how many.
fn underlined(text: &str) -> usize {
    let mut chars = text.chars();
    let mut count = 0;
    while let (Some('_'), Some(c)) = (chars.next(), chars.next()) {
        if !c.is_alphanumeric() {
            break;
        }
        count += 1;
    }
    count
}

/// The words of a text, and where each begins.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace()).filter(|word| !word.is_empty())
}

fn lost_backspaces(text: &str) -> bool {
    let shows = |word: &&str| {
        let count = doubled(word).max(underlined(word));
        count * 2 >= SHORTEST && word.chars().any(char::is_alphabetic) && is_varied(word)
    };
    words(text).filter(shows).take(DOUBLED_WORDS).count() == DOUBLED_WORDS
}

/// Whether a word has more than one letter: "aaaaaa" and "------" are as they were meant.
fn is_varied(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| *c != '_');
    letters.next().is_some_and(|first| letters.any(|c| c != first))
}

fn halved(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(|c: char| c.is_whitespace()) {
        let (twice, lines) = (doubled(piece), underlined(piece));
        let step = if twice >= 2 && is_varied(piece) && piece.contains(char::is_alphabetic) {
            0
        } else if lines >= 2 {
            1
        } else {
            out.push_str(piece);
            continue;
        };
        let count = twice.max(lines);
        out.extend(piece.chars().skip(step).step_by(2).take(count));
        out.extend(piece.chars().skip(count * 2));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn undone(text: &str) -> String {
        undo(text.to_owned())
    }

    #[test]
    fn words_struck_twice_or_underlined_are_words_again() {
        for (typed, meant) in [
            ("D\u{8}DI\u{8}IF\u{8}FF\u{8}F(1)", "DIFF(1)"),
            ("D\u{8}D\u{8}D\u{8}Do", "Do"),
            ("compare _\u{8}t_\u{8}w_\u{8}o files", "compare two files"),
            ("t\u{8}_w\u{8}_o\u{8}_", "two"),
            ("two\u{8}\u{8}\u{8}___ files", "two files"),
            ("_\u{8}s_\u{8}n_\u{8}a_\u{8}k_\u{8}e_\u{8}__\u{8}c", "snake_c"),
            ("+\u{8}o one", "o one"),
            ("\u{8}a_\u{8}n\nb\u{8}\u{8}\u{8}b", "an\nb"),
            ("clo\u{8}sed", "clo\u{8}sed"),
            ("\u{8}", "\u{8}"),
        ] {
            assert_eq!(undone(typed), meant, "{typed:?}");
        }
    }

    #[test]
    fn a_text_that_lost_its_backspaces_is_put_right() {
        assert_eq!(
            undone("DDIIFFFF(1)\n\nNNAAMMEE\n  compare _f_i_l_e_s line by line, _t_w_o at once"),
            "DIFF(1)\n\nNAME\n  compare files line by line, two at once"
        );
        for text in
            ["The committee's bookkeeper, aaaaaa, xxxxxx and 112233 or 4455.", "_a_b and snake_case_name", "LLSS only"]
        {
            assert_eq!(undone(text), text);
        }
    }
}
