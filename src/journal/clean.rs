//! Removes characters that must not get from a log to the screen.

use crate::text::unprintable::is_active;

/// The words of `text` without control characters (line breaks and tabs stay) and without the characters that
/// override the direction of writing, so that nothing in a file reaches the terminal as a command.
pub(crate) fn clean(text: String) -> String {
    // In UTF-8 (RFC 3629) control characters are bytes below a blank, DEL, or begin with C2. Checking all bytes is
    // faster than stopping at the first.
    let bytes = text.as_bytes();
    let may_be_control = |byte: u8| byte < b' ' || byte == 0x7f || byte == 0xc2;
    let is_direction = |at: usize| matches!(bytes.get(at + 1..at + 3), Some([0x80, 0xaa..=0xae] | [0x81, 0xa6..=0xa9]));
    let may_harm = bytes.iter().fold(false, |any, byte| any | may_be_control(*byte))
        || memchr::memchr_iter(0xe2, bytes).any(is_direction);
    if may_harm && text.contains(is_active) { text.replace(is_active, "") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_that_could_harm_is_taken_out_and_no_other() {
        for c in ('\0'..='\u{ffff}').chain(['\u{10ffff}']) {
            let harms =
                c.is_control() && c != '\n' && c != '\t' || "\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}".contains(c);
            let harms = harms || "\u{2066}\u{2067}\u{2068}\u{2069}".contains(c);
            assert_eq!(clean(format!("a{c}b")), if harms { "ab".to_owned() } else { format!("a{c}b") }, "{c:?}");
        }
    }
}
