//! Names as a shell takes them, for commands that are shown to be copied.

use std::fmt::Write as _;

use super::fold::is_invisible;
use super::sanitize::one_line;

/// A file's name as one word of a command: in quotation marks where the shell would see more in it than a name, with
/// `./` before it where a program would take it for an option. Bytes are those of the system, and need not be UTF-8.
pub fn word(name: &[u8]) -> String {
    let name = if name.starts_with(b"-") { [b"./", name].concat() } else { name.to_owned() };
    let harmless = |byte: &u8| byte.is_ascii_alphanumeric() || b"./_-+:@%,=~".contains(byte);
    let is_home = name.starts_with(b"~");
    match std::str::from_utf8(&name) {
        Ok(text) if !is_home && !text.is_empty() && name.iter().all(harmless) => text.to_owned(),
        Ok(text) if is_shown_as_it_is(text) => format!("'{}'", text.replace('\'', r"'\''")),
        _ => escaped(&name),
    }
}

/// Whether a message shows every character of it, and none that cannot be seen.
fn is_shown_as_it_is(text: &str) -> bool {
    let line = format!("'{text}'");
    one_line(&line) == line && !text.chars().any(is_invisible)
}

/// The form in which bash, zsh and ksh take any byte.
fn escaped(name: &[u8]) -> String {
    let mut word = String::from("$'");
    for byte in name {
        match byte {
            b'\'' | b'\\' => word.extend(['\\', char::from(*byte)]),
            b'!'..=b'~' => word.push(char::from(*byte)),
            // Octal, of three digits: what follows cannot be taken for more of it. Writing to a string cannot fail.
            _ => write!(word, "\\{byte:03o}").unwrap_or_default(),
        }
    }
    word.push('\'');
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_word_whatever_is_in_it() {
        for (name, wanted) in [
            ("page.html", "page.html"),
            ("my file.pdf", "'my file.pdf'"),
            ("it's.pdf", r"'it'\''s.pdf'"),
            ("-rf.pdf", "./-rf.pdf"),
            ("- x", "'./- x'"),
            ("~old.pdf", "'~old.pdf'"),
            ("$(reboot);`x`&\"\\", "'$(reboot);`x`&\"\\'"),
            ("été.pdf", "'été.pdf'"),
            ("", "''"),
            ("a\nb'\u{1b}1", r"$'a\012b\'\0331'"),
            ("x\u{202e}fdp", r"$'x\342\200\256fdp'"),
            ("two  blanks", r"$'two\040\040blanks'"),
            ("no\u{a0}break", r"$'no\302\240break'"),
        ] {
            assert_eq!(word(name.as_bytes()), wanted, "{name:?}");
        }
        assert_eq!(word(b"caf\xe9.pdf"), r"$'caf\351.pdf'");
    }

    #[test]
    fn a_shell_reads_the_very_name_back() {
        for name in ["a b", "it's", "-x y", "$HOME `id` \\ \"", "*?[a]!#{}", "~", "é", "a\tb'\\c"] {
            let command = format!("printf %s {}", word(name.as_bytes()));
            let Ok(ran) = std::process::Command::new("bash").args(["-c", &command]).output() else { return };
            let name = if name.starts_with('-') { format!("./{name}") } else { name.to_owned() };
            assert_eq!(String::from_utf8(ran.stdout).unwrap(), name, "{command}");
        }
    }
}
