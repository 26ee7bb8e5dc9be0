//! The part of YAML that people write above articles: `key: value` lines, where a value is plain, quoted, folded (`>`,
//! `|`) or a list (`[a, b]` or `- a` lines; of a mapping its `name`).

use super::Pairs;

/// The keys and their values. Nothing if a line has no business in YAML, for then the dashes were a rule.
pub(super) fn pairs(head: &str) -> Option<Pairs> {
    let mut pairs: Pairs = Vec::new();
    let mut folded = false;
    // A value in quotation marks that goes on in the next line.
    let mut quoted = String::new();
    for line in head.lines() {
        let bare = line.trim();
        if bare.is_empty() || bare.starts_with('#') {
            continue;
        }
        if !quoted.is_empty() {
            quoted.extend([" ", bare]);
            if !is_open(&quoted) {
                pairs.last_mut()?.1.push(scalar(&std::mem::take(&mut quoted)));
            }
            continue;
        }
        let inside = line.starts_with([' ', '\t', '-']);
        if inside {
            let (_, values) = pairs.last_mut()?;
            if let Some(item) = bare.strip_prefix('-').filter(|_| !folded) {
                values.extend(named(item.trim()));
            } else if folded || !bare.contains(": ") {
                continue_value(values, bare);
            } else if let Some(name) = name_in_mapping(bare) {
                values.push(name);
            }
            continue;
        }
        let (key, value) = bare.split_once(':')?;
        let key = key.trim().trim_matches(['"', '\'']);
        let is_prose = key.contains([',', ';', '!', '?']) || key.contains('.') && key.contains(' ');
        if key.is_empty() || key.len() > 60 || is_prose || key.split(' ').count() > 3 {
            return None;
        }
        let value = value.trim();
        folded = matches!(value, ">" | "|" | ">-" | "|-" | ">+" | "|+");
        let values = if folded || value.is_empty() {
            Vec::new()
        } else if value.starts_with("[[") {
            // A link of a note taker, which YAML would read as a list in a list.
            vec![value.to_owned()]
        } else if let Some(list) = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            list_items(list)
        } else if is_open(value) {
            value.clone_into(&mut quoted);
            Vec::new()
        } else {
            vec![scalar(value)]
        };
        pairs.push((key.to_owned(), values));
    }
    (!pairs.is_empty()).then_some(pairs)
}

/// Whether a value begins with a quotation mark that it does not close.
fn is_open(value: &str) -> bool {
    if let Some(rest) = value.strip_prefix('\'') {
        return !rest.replace("''", "").contains('\'');
    }
    let Some(rest) = value.strip_prefix('"') else { return false };
    let mut escaped = false;
    !rest.chars().any(|c| {
        let closes = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        closes
    })
}

fn continue_value(values: &mut Vec<String>, more: &str) {
    match values.last_mut() {
        Some(value) => {
            value.push(' ');
            value.push_str(more);
        }
        None => values.push(more.to_owned()),
    }
}

fn named(item: &str) -> Option<String> {
    let is_mapping = item.contains(": ") && !item.starts_with(['"', '\'']);
    if is_mapping { name_in_mapping(item) } else { Some(scalar(item)) }
}

/// The name in `name: Ana Reed` or `{name: Ana Reed, mail: …}`.
fn name_in_mapping(text: &str) -> Option<String> {
    if let Some(inside) = text.strip_prefix('{') {
        let inside = inside.trim_end_matches('}');
        return inside.split(", ").filter(|pair| !pair.starts_with('{')).find_map(name_in_mapping);
    }
    let (key, value) = text.split_once(": ")?;
    (key.trim().trim_matches(['"', '\'']) == "name").then(|| scalar(value.trim()))
}

/// Splits at commas outside quotation marks.
fn list_items(list: &str) -> Vec<String> {
    let mut items = Vec::new();
    let (mut start, mut quote) = (0, None);
    for (at, c) in list.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') if list.get(start..at).is_some_and(|before| before.trim().is_empty()) => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            (None, ',') => {
                items.extend(named(list.get(start..at).unwrap_or_default().trim()));
                start = at + 1;
            }
            _ => {}
        }
    }
    items.extend(named(list.get(start..).unwrap_or_default().trim()));
    items.retain(|item| !item.is_empty());
    items
}

/// A plain or quoted value; a comment behind it goes.
fn scalar(value: &str) -> String {
    if let Some(rest) = value.strip_prefix('"') {
        let mut out = String::new();
        let mut chars = rest.chars();
        while let Some(c) = chars.next() {
            match c {
                '"' => break,
                '\\' => out.extend(chars.next().map(|c| if c == 'n' || c == 't' { ' ' } else { c })),
                _ => out.push(c),
            }
        }
        return out;
    }
    if let Some(rest) = value.strip_prefix('\'') {
        let end = rest.rfind('\'').unwrap_or(rest.len());
        return rest.get(..end).unwrap_or(rest).replace("''", "'");
    }
    let end = value.find(" #").unwrap_or(value.len());
    let value = value.get(..end).unwrap_or(value).trim_end();
    if matches!(value, "null" | "~") { String::new() } else { value.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(head: &str, key: &str) -> Vec<String> {
        pairs(head).unwrap().into_iter().find(|(found, _)| found == key).unwrap().1
    }

    #[test]
    fn values_may_go_on_and_lists_may_hold_mappings() {
        assert_eq!(
            of("title: \"The port:\n  a \\\"history\\\"\n  of it\" # here\ndate: x", "title"),
            ["The port: a \"history\" of it"]
        );
        assert_eq!(of("title: 'It''s\n\n  here'", "title"), ["It's here"]);
        assert_eq!(of("author:\n  name: Ana Reed\n  mail: a@example.org", "author"), ["Ana Reed"]);
        assert_eq!(of("authors:\n- \"Reed: Ana\"\n- Tom", "authors"), ["Reed: Ana", "Tom"]);
        assert_eq!(of("authors: [{name: Ana Reed, mail: a}, {name: 'Tom'}]", "authors"), ["Ana Reed", "Tom"]);
        assert_eq!(of("dc.title: Port\ntitle: x", "dc.title"), ["Port"]);
        assert_eq!(pairs("A sentence. And: more"), None);
    }
}
