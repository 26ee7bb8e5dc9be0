//! Changes single attributes of a tag, and leaves every other byte of it as it is.

use std::ops::Range;

use super::splice::Splice;
use crate::intake::xml::decode_entities;

/// An attribute of a tag: where it stands, and where its value does with its quotation marks.
struct Attribute {
    name: Range<usize>,
    whole: Range<usize>,
}

/// Puts a new attribute value in place of the old one, or the attribute behind the last one; none takes it out. `tag` is
/// where the tag stands in `text`.
pub(super) fn set(text: &str, tag: &Range<usize>, name: &str, value: Option<&str>) -> Vec<Splice> {
    let found: Vec<Attribute> = attributes(text.get(tag.clone()).unwrap_or_default());
    let at = |range: &Range<usize>| tag.start + range.start..tag.start + range.end;
    let mut splices = Vec::new();
    let mut is_set = false;
    for attribute in &found {
        let written = text.get(at(&attribute.name)).unwrap_or_default();
        if !written.eq_ignore_ascii_case(name) {
            continue;
        }
        match value {
            Some(value) if !is_set => {
                splices.push(Splice { at: at(&attribute.whole), with: format!("{written}=\"{}\"", escaped(value)) });
                is_set = true;
            }
            // Repeated attributes would be read as the first is.
            _ => {
                let before = text.get(..tag.start + attribute.whole.start).unwrap_or_default();
                let blank = before.len() - before.trim_end().len();
                splices.push(Splice {
                    at: at(&attribute.whole).start - blank..at(&attribute.whole).end,
                    with: String::new(),
                });
            }
        }
    }
    if let Some(value) = value.filter(|_| !is_set) {
        let end = found.last().map_or_else(|| tag_name_end(text, tag), |last| at(&last.whole).end);
        splices.push(Splice { at: end..end, with: format!(" {name}=\"{}\"", escaped(value)) });
    }
    splices
}

/// The value of an attribute, whatever the case of its name.
pub(super) fn value(text: &str, tag: &Range<usize>, name: &str) -> Option<String> {
    let tag = text.get(tag.clone())?;
    let found = attributes(tag).into_iter();
    let mut found = found.filter(|one| tag.get(one.name.clone()).is_some_and(|found| found.eq_ignore_ascii_case(name)));
    let written = tag.get(found.next()?.whole)?;
    let (_, value) = written.split_once('=')?;
    let value = value.trim_start();
    let bare = value.strip_prefix(['"', '\'']).unwrap_or(value);
    Some(decode_entities(bare.strip_suffix(['"', '\'']).unwrap_or(bare)).into_owned())
}

/// Text as it stands in an attribute value: characters that XML 1.0 cannot hold (§2.2) are left out.
pub(super) fn escaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

fn tag_name_end(text: &str, tag: &Range<usize>) -> usize {
    let tag_text = text.get(tag.clone()).unwrap_or_default();
    let end = tag_text.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).unwrap_or(tag_text.len());
    tag.start + end
}

/// The attributes of a tag, by the rules of [`crate::intake::xml`].
fn attributes(tag: &str) -> Vec<Attribute> {
    let is_blank = |c: char| c.is_ascii_whitespace();
    let rest = |at: usize| tag.get(at..).unwrap_or_default();
    let skip_blank = |at: usize| at + rest(at).len() - rest(at).trim_start_matches(is_blank).len();
    let mut at = tag_name_end(tag, &(0..tag.len()));
    let mut found = Vec::new();
    loop {
        at = skip_blank(at);
        let Some(c) = rest(at).chars().next() else { return found };
        match c {
            '>' | '<' => return found,
            '/' | '"' | '\'' | '=' => {
                at += 1;
                continue;
            }
            _ => {}
        }
        let ends = |c: char| is_blank(c) || matches!(c, '/' | '>' | '<' | '=' | '"' | '\'');
        let name = at..at + rest(at).find(ends).unwrap_or(rest(at).len());
        at = name.end;
        let equals = skip_blank(at);
        if rest(equals).starts_with('=') {
            let start = skip_blank(equals + 1);
            let quote = rest(start).chars().next().filter(|c| matches!(c, '"' | '\''));
            let inside = start + usize::from(quote.is_some());
            let closing = quote.and_then(|quote| rest(inside).find(quote));
            at = match closing {
                Some(length) => inside + length + 1,
                None => {
                    inside + rest(inside).find(|c| is_blank(c) || matches!(c, '>' | '<')).unwrap_or(rest(inside).len())
                }
            };
        }
        found.push(Attribute { whole: name.start..at, name });
    }
}

#[cfg(test)]
mod tests {
    use super::super::splice::splice;
    use super::*;

    fn with(tag: &str, name: &str, value: Option<&str>) -> String {
        let text = format!("é{tag}x");
        let range = 2..text.len() - 1;
        let set = splice(&text, set(&text, &range, name, value));
        set.trim_start_matches('é').trim_end_matches('x').to_owned()
    }

    #[test]
    fn one_attribute_changes_and_the_others_stay_byte_for_byte() {
        let tag = "<outline  text='A &amp; B'\n\txmlUrl = \"u\" x:y=&quot; />";
        assert_eq!(with(tag, "xmlurl", Some("v\"<")), tag.replace("xmlUrl = \"u\"", "xmlUrl=\"v&quot;&lt;\""));
        assert_eq!(with(tag, "text", None), tag.replace("  text='A &amp; B'", ""));
        assert_eq!(with(tag, "new", Some("é")), tag.replace("&quot; />", "&quot; new=\"é\" />"));
        assert_eq!(with("<a>", "b", Some("c")), "<a b=\"c\">");
        assert_eq!(with("<a/>", "b", Some("c")), "<a b=\"c\"/>");
        assert_eq!(with("<a b=1 b=2 c>", "b", Some("3")), "<a b=\"3\" c>");
        assert_eq!(with("<a b=1 b=2 c>", "B", None), "<a c>");
        assert_eq!(with("<a b='c>", "d", Some("e")), "<a b='c d=\"e\">");
        assert_eq!(value("<a B = 'c&amp;d'>", &(0..17), "b").as_deref(), Some("c&d"));
        assert_eq!(value("<a b>", &(0..5), "b"), None);
    }
}
