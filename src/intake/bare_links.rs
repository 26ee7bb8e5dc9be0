//! Makes links of addresses that stand in running text: `https://…`, `www.…` and mail addresses.
//!
//! What belongs to an address follows the extended autolinks of GitHub Flavored Markdown (§6.9): punctuation at its end
//! does not, and a closing bracket only if it was opened inside. The words stay as they are.

use super::draft::Draft;
use super::link;
use crate::article::{BlockKind, Inline, InlineKind, TextRange};

/// Bytes of the longest address that is looked for.
const LONGEST: usize = 2048;

/// Bytes of the part of a mail address before the `@`, and of its domain (RFC 5321 §4.5.3.1).
const LOCAL_PART: usize = 64;
const DOMAIN: usize = 255;

/// Links in one block beyond which the rest is left alone: such a block was made to take memory.
const MOST: usize = 10_000;

/// Adds the links to blocks of running text.
pub(super) fn add(drafts: &mut [Draft]) {
    for draft in drafts {
        if !matches!(draft.kind, BlockKind::Code { .. }) {
            add_to(draft);
        }
    }
}

fn add_to(draft: &mut Draft) {
    let words = draft.words.as_str();
    let mut taken: Vec<TextRange> = draft
        .inlines
        .iter()
        .filter(|inline| matches!(inline.kind, InlineKind::Link(_) | InlineKind::Code))
        .map(|inline| inline.range)
        .collect();
    taken.sort_unstable();
    let mut found = Vec::new();
    let mut done = 0;
    let mut held = taken.iter().peekable();
    let bytes = words.as_bytes();
    // "://", "www." and "@" are where an address may be.
    for at in memchr::memchr3_iter(b':', b'.', b'@', bytes) {
        if at < done || found.len() >= MOST {
            continue;
        }
        let Some((range, address)) = address_at(words, at, done) else { continue };
        while held.next_if(|other| other.end <= range.start).is_some() {}
        done = range.end;
        if held.peek().is_none_or(|other| other.start >= range.end)
            && let Some(address) = link::safe(&address)
        {
            found.push(Inline { kind: InlineKind::Link(address), range });
        }
    }
    draft.inlines.extend(found);
}

/// The address around the sign at `at`, not before `from`.
fn address_at(words: &str, at: usize, from: usize) -> Option<(TextRange, String)> {
    let rest = words.get(at..)?;
    if rest.starts_with("://") {
        let before = words.get(from..at)?;
        let scheme = ["https", "http", "ftp", "gemini", "gopher"]
            .into_iter()
            .find(|scheme| ends_with_ignoring_case(before, scheme))?;
        let start = at - scheme.len();
        if !begins_word(words, start) {
            return None;
        }
        let end = end_of(words, at + 3)?;
        Some((TextRange::new(start, end), words.get(start..end)?.to_owned()))
    } else if rest.starts_with('.') {
        let start = at.checked_sub(3).filter(|&start| start >= from)?;
        let is_www = words.get(start..at)?.eq_ignore_ascii_case("www") && begins_word(words, start);
        if !is_www || !domain(words, at + 1)?.contains('.') {
            return None;
        }
        let end = end_of(words, at + 1)?;
        Some((TextRange::new(start, end), format!("http://{}", words.get(start..end)?)))
    } else {
        mail_at(words, at, from)
    }
}

fn ends_with_ignoring_case(text: &str, ending: &str) -> bool {
    text.len()
        .checked_sub(ending.len())
        .and_then(|at| text.get(at..))
        .is_some_and(|end| end.eq_ignore_ascii_case(ending))
}

/// Whether no letter or digit stands right before `at`. Of scripts without blanks between words a letter may.
fn begins_word(words: &str, at: usize) -> bool {
    let before = words.get(..at).and_then(|before| before.chars().next_back());
    before.is_none_or(|c| !(c.is_alphanumeric() && c < '\u{2e80}' || matches!(c, '@' | '/' | '.' | '-' | '+')))
}

/// Where an address whose host begins at `host` ends; none if there is no host.
fn end_of(words: &str, host: usize) -> Option<usize> {
    let rest = words.get(host..)?;
    rest.chars().next().filter(|c| c.is_alphanumeric() || *c == '[')?;
    let length = rest.char_indices().find(|&(at, c)| at >= LONGEST || is_outside(c)).map_or(rest.len(), |(at, _)| at);
    let mut address = rest.get(..length)?;
    // How often each bracket stands in it, so that taking them off the end one by one stays linear.
    let mut open = [('(', ')'), ('[', ']'), ('{', '}')]
        .map(|(begin, end)| (end, address.matches(begin).count(), address.matches(end).count()));
    while let Some(last) = address.chars().next_back() {
        let bracket = open.iter_mut().find(|(end, ..)| *end == last);
        let goes = match bracket {
            Some((_, opened, closed)) if *closed > *opened => {
                *closed -= 1;
                true
            }
            Some(_) => false,
            None => matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '"' | '*' | '_' | '~' | '|' | '…' | '-'),
        };
        if !goes {
            break;
        }
        address = address.get(..address.len() - last.len_utf8())?;
    }
    (!address.is_empty()).then(|| host + address.len())
}

/// The name of a host that begins at `at`, without full stops at its end.
fn domain(words: &str, at: usize) -> Option<&str> {
    let rest = words.get(at..)?;
    let is_part = |c: char| (c.is_alphanumeric() && c < '\u{2e80}') || matches!(c, '.' | '-');
    let length = rest.char_indices().find(|&(place, c)| place > DOMAIN || !is_part(c)).map_or(rest.len(), |(at, _)| at);
    let name = rest.get(..length)?.trim_end_matches(['.', '-']);
    (name.len() <= DOMAIN && name.starts_with(char::is_alphanumeric) && !name.contains("..")).then_some(name)
}

/// What no address has in it, even written carelessly.
fn is_outside(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '<' | '>' | '"' | '`' | '“' | '”' | '„' | '‘' | '’' | '«' | '»' | '‹' | '›' | '^' | '\\')
        || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff5b}'..='\u{ff65}')
}

/// The mail address around an `@`.
fn mail_at(words: &str, at: usize, from: usize) -> Option<(TextRange, String)> {
    let is_local = |c: char| c.is_ascii_alphanumeric() || ".!#$%&'*+/=?^_{|}~-".contains(c);
    let head = words.get(from..at)?;
    let local = head.char_indices().rev().take(LOCAL_PART + 1).take_while(|(_, c)| is_local(*c)).last()?.0;
    let local = head.get(local..)?;
    // What stands around an address is no part of it.
    let local = local.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    let start = at - local.len();
    let before = words.get(..start)?.chars().next_back();
    let is_part = before.is_some_and(|c| c.is_alphanumeric() && c < '\u{2e80}' || matches!(c, '@' | '/' | ':'));
    let is_named = words.get(..start)?.ends_with("mailto:");
    if local.is_empty() || local.len() > LOCAL_PART || local.ends_with('.') || is_part && !is_named {
        return None;
    }
    let domain = domain(words, at + 1)?;
    let last = domain.rsplit_once('.')?.1;
    let is_name = last.chars().count() >= 2 && last.chars().all(|c| c.is_alphabetic() || c == '-');
    let follows = words.get(at + 1 + domain.len()..)?.starts_with(['@', '/', ':', '_']);
    if !is_name || follows {
        return None;
    }
    Some((TextRange::new(start, at + 1 + domain.len()), format!("mailto:{local}@{domain}")))
}

#[cfg(test)]
fn links(text: &str) -> Vec<(String, String)> {
    let mut draft = Draft::new(BlockKind::Paragraph, text);
    add_to(&mut draft);
    let word = |range: TextRange| text.get(range.start..range.end).unwrap_or_default().to_owned();
    let target = |kind: InlineKind| if let InlineKind::Link(target) = kind { target } else { String::new() };
    draft.inlines.into_iter().map(|inline| (word(inline.range), target(inline.kind))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_running_text_are_links_without_what_stands_around_them() {
        for (text, word) in [
            ("See https://example.com/report and", "https://example.com/report"),
            ("(https://example.com/a_(b)).", "https://example.com/a_(b)"),
            ("at HTTP://Example.COM:8080/x?y=z#w!", "HTTP://Example.COM:8080/x?y=z#w"),
            ("<https://example.com/b>", "https://example.com/b"),
            ("“https://example.com/b”, she", "https://example.com/b"),
            ("https://bücher.example/straße…", "https://bücher.example/straße"),
            ("https://пример.рф, и", "https://пример.рф"),
            ("これはhttps://example.jp/a。次", "https://example.jp/a"),
            ("ftp://files.example.org/x;", "ftp://files.example.org/x"),
            ("http://[2001:db8::1]/a]", "http://[2001:db8::1]/a"),
            ("[https://example.com/a]: a", "https://example.com/a"),
        ] {
            assert_eq!(links(text), [(word.to_owned(), word.to_owned())], "{text}");
        }
        for (text, word, target) in [
            ("for more www.example.org.", "www.example.org", "http://www.example.org"),
            ("WWW.example.org/a, b", "WWW.example.org/a", "http://WWW.example.org/a"),
            ("mail ana@example.com today", "ana@example.com", "mailto:ana@example.com"),
            ("<a.b+c@mail.example.co.uk>.", "a.b+c@mail.example.co.uk", "mailto:a.b+c@mail.example.co.uk"),
            ("mailto:ana@example.com", "ana@example.com", "mailto:ana@example.com"),
        ] {
            assert_eq!(links(text), [(word.to_owned(), target.to_owned())], "{text}");
        }
        assert_eq!(links("a@b.example, c@d.example and https://e.example").len(), 3);
    }

    #[test]
    fn what_only_looks_like_an_address_is_none() {
        for text in [
            "https:// and http://.",
            "xhttps://example.com",
            "www. and www.x and www..example",
            "Meet @ana or @ana@social.example",
            "a@b, a@b.1, a@.example, @example.com",
            "javascript://example.com",
            "one.two: three.",
            "19:30 at 10.30am",
        ] {
            assert_eq!(links(text), [], "{text}");
        }
    }

    #[test]
    fn code_and_what_is_a_link_already_are_left_alone() {
        let words = "a https://example.com/x b https://example.com/y";
        let mut draft = Draft::new(BlockKind::Paragraph, words);
        let kind = InlineKind::Link("https://elsewhere.example".into());
        draft.inlines.push(Inline { kind, range: TextRange::new(0, 23) });
        let code = Draft::new(BlockKind::CODE, words);
        let mut drafts = [draft, code];
        add(&mut drafts);
        assert_eq!(drafts.map(|draft| draft.inlines.len()), [2, 0]);
    }
}
