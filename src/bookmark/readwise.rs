//! Readwise's conventions for columns and notes, shared by exporter and importer.
//!
//! A note may begin with tags, each a full stop and a word, separated by single blanks. `.h1`, `.c2` and the like are
//! commands there, so a tag with such a name gets a `_`. A note that begins with a full stop gets a blank before it,
//! which ends the tags.

/// The columns of the import; only the first is required.
pub(super) const HEADER: [&str; 7] = ["Highlight", "Title", "Author", "URL", "Note", "Location", "Date"];

/// The note with its tags before it.
pub(super) fn note(note: &str, tags: &[String]) -> String {
    let note = note.trim();
    let mut parts: Vec<String> = tags.iter().map(|tag| dotted(tag)).collect();
    if !note.is_empty() {
        parts.push(if note.starts_with('.') { format!(" {note}") } else { note.to_owned() });
    }
    parts.join(" ")
}

/// The tags before a note, and the note.
pub(super) fn read_note(words: &str) -> (Vec<String>, &str) {
    let (mut tags, mut rest) = (Vec::new(), words);
    while let Some(dotted) = rest.strip_prefix('.') {
        let end = dotted.find(char::is_whitespace).unwrap_or(dotted.len());
        let Some((tag, after)) = dotted.split_at_checked(end) else { break };
        // "..." and ".5 percent" are words.
        if !tag.starts_with(char::is_alphabetic) {
            break;
        }
        if !is_command(tag) {
            tags.push(tag.strip_suffix('_').filter(|tag| is_command(tag)).unwrap_or(tag).to_owned());
        }
        let mut after = after.chars();
        after.next();
        rest = after.as_str();
    }
    (tags, rest.trim())
}

fn dotted(tag: &str) -> String {
    let tag: String = tag.chars().map(|c| if c.is_whitespace() { '-' } else { c }).collect();
    let tag = tag.trim_start_matches('.');
    if is_command(tag) { format!(".{tag}_") } else { format!(".{tag}") }
}

/// Headings `h1` to `h9`, and `c1` and so on, which join highlights.
fn is_command(tag: &str) -> bool {
    let digits = tag.strip_prefix(['h', 'c']);
    digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_note_come_back() {
        for (words, tags, written) in [
            ("Compare with the Q2 series.", &["housing"][..], ".housing Compare with the Q2 series."),
            (".5 percent more", &["a", "b-c"], ".a .b-c  .5 percent more"),
            (".not a tag", &[], " .not a tag"),
            ("", &["h1", "c12"], ".h1_ .c12_"),
            ("two\nlines", &["x"], ".x two\nlines"),
        ] {
            let tags: Vec<String> = tags.iter().map(|tag| (*tag).to_owned()).collect();
            assert_eq!(note(words, &tags), written);
            assert_eq!(read_note(written), (tags, words));
        }
    }

    #[test]
    fn commands_are_not_tags() {
        assert_eq!(read_note(".h1 Chapter one"), (vec![], "Chapter one"));
        assert_eq!(read_note("... and so on"), (vec![], "... and so on"));
    }
}
