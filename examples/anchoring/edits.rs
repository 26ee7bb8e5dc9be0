//! Edits of one sentence.

use crate::random::Random;

const NAMES: [&str; 8] = ["Okafor", "Lindqvist", "Marchetti", "Tanaka", "Halloran", "Brandt", "Castellano", "Novak"];

/// Replaces, deletes and inserts words, `percent` of all; what is inserted is from `vocabulary`.
pub(crate) fn edit_words(sentence: &str, percent: usize, vocabulary: &[String], random: &mut Random) -> String {
    let word = |random: &mut Random| random.pick(vocabulary).cloned().unwrap_or_default();
    let mut words: Vec<String> = Vec::new();
    for old in sentence.split_whitespace() {
        if !random.chance(percent) {
            words.push(old.to_owned());
            continue;
        }
        match random.below(5) {
            0 => {}
            1 => words.extend([old.to_owned(), word(random)]),
            _ => words.push(word(random)),
        }
    }
    if words.is_empty() { sentence.to_owned() } else { words.join(" ") }
}

/// Replaces a number by another; none if there is none.
pub(crate) fn change_number(sentence: &str, random: &mut Random) -> Option<String> {
    let digits: Vec<usize> = sentence.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
    let at = *random.pick(&digits)?;
    let old = sentence.get(at..=at)?;
    let new = char::from_digit((old.parse::<u32>().ok()? + 1 + random.below(8) as u32) % 10, 10)?;
    (!old.starts_with(new)).then(|| {
        format!("{}{new}{}", &sentence.get(..at).unwrap_or_default(), sentence.get(at + 1..).unwrap_or_default())
    })
}

/// Replaces a name in the middle of a sentence by another; none if there is none.
pub(crate) fn change_name(sentence: &str, random: &mut Random) -> Option<String> {
    let name = random.pick(&NAMES)?;
    let words: Vec<&str> = sentence.split(' ').collect();
    let is_name = |word: &str| {
        word.len() > 2 && word.chars().next().is_some_and(char::is_uppercase) && word.chars().all(char::is_alphabetic)
    };
    let names: Vec<usize> = (1..words.len()).filter(|at| words.get(*at).is_some_and(|word| is_name(word))).collect();
    let chosen = *random.pick(&names)?;
    let new = words.iter().enumerate().map(|(at, word)| if at == chosen { name } else { word });
    Some(new.copied().collect::<Vec<&str>>().join(" "))
}

/// Adds or removes a "not"; none if there is no place for one.
pub(crate) fn negate(sentence: &str) -> Option<String> {
    if let Some((before, after)) = sentence.split_once(" not ") {
        return Some(format!("{before} {after}"));
    }
    for verb in
        [" is ", " are ", " was ", " were ", " will ", " can ", " could ", " should ", " would ", " has ", " have "]
    {
        if let Some((before, after)) = sentence.split_once(verb) {
            return Some(format!("{before}{verb}not {after}"));
        }
    }
    None
}

/// A sentence that is like another: one name or number swapped, or else one long word.
pub(crate) fn look_alike(sentence: &str, vocabulary: &[String], random: &mut Random) -> String {
    let swapped = if random.chance(50) { change_name(sentence, random) } else { change_number(sentence, random) };
    let swapped = swapped.or_else(|| change_number(sentence, random)).or_else(|| change_name(sentence, random));
    swapped.unwrap_or_else(|| {
        let words: Vec<&str> = sentence.split(' ').collect();
        let longest = (0..words.len()).max_by_key(|at| words.get(*at).map_or(0, |word| word.len()));
        let new = random.pick(vocabulary).map_or("other", String::as_str);
        let words = words.iter().enumerate().map(|(at, word)| if Some(at) == longest { new } else { word });
        words.collect::<Vec<&str>>().join(" ")
    })
}

/// Other quotes, dashes, blanks and invisible characters: curly or straight, whichever it was not.
pub(crate) fn typography(sentence: &str, random: &mut Random) -> String {
    let mut out = String::new();
    let mut open = false;
    let curly = !sentence.contains(['“', '’']);
    for (at, c) in sentence.char_indices() {
        match c {
            '\'' if curly => out.push('’'),
            '’' | '‘' => out.push('\''),
            '"' if curly => {
                out.push(if open { '”' } else { '“' });
                open = !open;
            }
            '“' | '”' => out.push('"'),
            '—' => out.push_str("--"),
            '–' => out.push('-'),
            '…' => out.push_str("..."),
            '-' if random.chance(50) => out.push('\u{2011}'),
            ' ' if random.chance(10) => out.push('\u{a0}'),
            ' ' if random.chance(10) => out.push_str("  "),
            'a'..='z' if at > 0 && random.chance(1) => out.extend([c, '\u{ad}']),
            other => out.push(other),
        }
    }
    out.replace("fi", "ﬁ")
}
