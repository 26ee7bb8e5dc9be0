//! Settings that name other programs: how a command is written, and which one opens which addresses.
//!
//! A command is a line of words as a shell takes them apart, with quotes, but no shell sees it: what takes the place of
//! `%u` and the like is one argument, or part of one, whatever is in it.

use crate::article::address::WebAddress;

/// Which program opens which addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opener {
    /// The addresses: a host with everything under it, a part of an address, or all of one with `*` for whatever stands
    /// there.
    pub pattern: String,
    /// The command.
    pub command: String,
}

impl Opener {
    /// Whether it opens this address. Capital letters count like small ones.
    pub fn opens(&self, address: &str) -> bool {
        let (pattern, address) = (self.pattern.to_lowercase(), address.to_lowercase());
        if pattern.contains('*') {
            let without_scheme = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
            return fits(&pattern, &address) || fits(&pattern, without_scheme);
        }
        if pattern.contains(['/', ':', '?', '@']) {
            return address.contains(&pattern);
        }
        let host = WebAddress::parse(&address).map(|address| address.host().to_owned()).unwrap_or_default();
        host.strip_suffix(&pattern).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    }
}

/// Whether a text is what the pattern says, in which `*` stands for any signs or none. Where one reading fails, only the
/// last `*` has to be tried anew, so this takes at most the product of the two lengths.
fn fits(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t, mut star) = (0, 0, None);
    while t < text.len() {
        if pattern.get(p) == Some(&'*') {
            star = Some((p, t));
            p += 1;
        } else if pattern.get(p).is_some() && pattern.get(p) == text.get(t) {
            (p, t) = (p + 1, t + 1);
        } else if let Some((at, taken)) = star {
            star = Some((at, taken + 1));
            (p, t) = (at + 1, taken + 1);
        } else {
            return false;
        }
    }
    pattern.iter().skip(p).all(|sign| *sign == '*')
}

/// The words of a command, as a shell takes them apart: blanks between words, `'…'` as it is, `\` before a sign in `"…"`
/// and outside quotes.
///
/// # Errors
/// What is wrong with it: it is empty, or a quote is not closed.
pub fn command_words(command: &str) -> Result<Vec<String>, &'static str> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    let mut signs = command.chars();
    while let Some(sign) = signs.next() {
        match (quote, sign) {
            (Some(open), _) if sign == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(sign);
                word.get_or_insert_default();
            }
            (None | Some('"'), '\\') => word.get_or_insert_default().extend(signs.next()),
            (None, _) if sign.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(sign),
        }
    }
    if quote.is_some() {
        return Err("a quote is not closed");
    }
    words.extend(word);
    if words.is_empty() { Err("it names no program") } else { Ok(words) }
}

/// The words of a command with values in place of `%` and a letter, each of which stays within its word. `%%` is a `%`.
/// A value that has no place comes as the last word, if it is the `main` one.
pub fn fill(words: &[String], values: &[(char, &str)], main: Option<char>) -> Vec<String> {
    let mut has_main = main.is_none();
    let mut filled: Vec<String> = words
        .iter()
        .map(|word| {
            let (mut out, mut signs) = (String::new(), word.chars());
            while let Some(sign) = signs.next() {
                if sign != '%' {
                    out.push(sign);
                    continue;
                }
                match signs.next() {
                    Some('%') | None => out.push('%'),
                    Some(letter) => match values.iter().find(|(name, _)| *name == letter) {
                        Some((_, value)) => {
                            has_main |= main == Some(letter);
                            out.push_str(value);
                        }
                        None => out.extend(['%', letter]),
                    },
                }
            }
            out
        })
        .collect();
    if !has_main {
        filled.extend(values.iter().find(|(name, _)| main == Some(*name)).map(|(_, value)| (*value).to_owned()));
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opens(pattern: &str, address: &str) -> bool {
        Opener { pattern: pattern.to_owned(), command: "x".to_owned() }.opens(address)
    }

    #[test]
    fn a_host_a_part_or_a_pattern_says_which_addresses_are_opened() {
        for (pattern, address, wanted) in [
            ("youtube.com", "https://www.YouTube.com/watch?v=1", true),
            ("youtube.com", "https://youtube.com", true),
            ("youtube.com", "https://notyoutube.com/", false),
            ("youtube.com", "https://example.org/?u=youtube.com", false),
            ("example.org/video/", "https://example.org/video/1", true),
            ("example.org/video/", "https://example.org/audio/1", false),
            ("*.pdf", "https://example.org/a.PDF", true),
            ("*.pdf", "https://example.org/a.pdf?x", false),
            ("example.*/*.mp3", "https://example.org/b/a.mp3", true),
            ("https://*", "http://example.org/", false),
            ("*", "https://example.org/", true),
            ("mailto:", "mailto:a@example.org", true),
            ("a*b*c*d*e*f*g*h*i*", &"a".repeat(2000), false),
        ] {
            assert_eq!(opens(pattern, address), wanted, "{pattern} {address}");
        }
    }

    #[test]
    fn a_command_is_taken_apart_like_in_a_shell() {
        let words = |command: &str| command_words(command).map(|words| words.join("|"));
        assert_eq!(words(r#"mpv  --title='a b' "c \"d" e\ f ''"#), Ok(r#"mpv|--title=a b|c "d|e f|"#.to_owned()));
        assert_eq!(words("  "), Err("it names no program"));
        assert_eq!(words("a 'b"), Err("a quote is not closed"));
        assert_eq!(words("a; b | c $(d)").unwrap(), "a;|b|||c|$(d)", "no sign means anything");
    }

    #[test]
    fn a_value_is_one_argument_whatever_is_in_it() {
        let words = command_words("x --u=%u %% %z").unwrap();
        let url = "https://example.org/?a=%u b;$(rm)";
        assert_eq!(fill(&words, &[('u', url)], Some('u')), ["x", &format!("--u={url}"), "%", "%z"]);
        let bare = command_words("x").unwrap();
        assert_eq!(fill(&bare, &[('u', url)], Some('u')), ["x", url]);
        assert_eq!(fill(&bare, &[('n', "3")], None), ["x"]);
    }
}
