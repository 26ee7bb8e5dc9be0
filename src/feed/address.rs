//! What may stand where the address of a feed is wanted.

use std::fmt;

use crate::article::address::{WebAddress, split_scheme};
use crate::text::sanitize::one_line;

/// What begins an address whose feed a command prints (newsboat's `exec:`).
const EXEC: &str = "exec:";

/// What begins the address of a feed in a file of this machine.
const FILE: &str = "file://";

/// Longest address that is kept, in bytes.
const MAX_BYTES: usize = 4096;

/// Why something is no address of a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadAddress {
    /// There is nothing.
    Empty,
    /// Something that leads neither into the web nor to a file.
    NotWeb(String),
    /// It has a name and a password in it, which belong in the configuration: the address without them.
    Credentials(String),
}

impl fmt::Display for BadAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("it has no address"),
            Self::NotWeb(address) => {
                write!(f, "“{}” is no address of the web; one begins with http:// or https://", one_line(address))
            }
            Self::Credentials(address) => {
                let host = WebAddress::parse(address).map(|address| address.host().to_owned()).unwrap_or_default();
                write!(
                    f,
                    "the name and password in the address of {} are left out; write [feeds.\"{host}\"] into the \
                     configuration, and below it user and password-command",
                    one_line(address)
                )
            }
        }
    }
}

impl std::error::Error for BadAddress {}

/// The address of a feed as it is kept: `http`, `https`, `exec:COMMAND`, or `file://` and an absolute path; that of a
/// browser's `feed:` link is the one in it.
///
/// # Errors
/// [`BadAddress`], with the address as it should be where only a password must go.
pub fn feed_address(typed: &str) -> Result<String, BadAddress> {
    let address = typed.trim();
    let refused = || BadAddress::NotWeb(address.chars().take(200).collect());
    if address.is_empty() {
        return Err(BadAddress::Empty);
    }
    if address.len() > MAX_BYTES || address.contains(char::is_control) {
        return Err(refused());
    }
    if is_command(address) {
        return Ok(address.to_owned());
    }
    let address = match split_scheme(address) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("file") => {
            return absolute_path(rest).map(|path| format!("{FILE}{path}")).ok_or_else(refused);
        }
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("feed") => match rest.strip_prefix("//") {
            Some(host) => format!("https://{host}"),
            None => rest.to_owned(),
        },
        _ => address.to_owned(),
    };
    let parsed = WebAddress::parse(&address).ok_or_else(refused)?;
    if parsed.has_credentials() {
        return Err(BadAddress::Credentials(without_credentials(&address)));
    }
    Ok(address)
}

/// Whether it is a command that prints the feed.
pub fn is_command(address: &str) -> bool {
    address.strip_prefix(EXEC).is_some_and(|command| !command.trim().is_empty())
}

/// The path, percent-encoded, in an address that names a file; none for any other.
pub fn file_of(address: &str) -> Option<&str> {
    address.strip_prefix(FILE)
}

/// Whether it means something on this machine, a command or a file: what only the reader may name.
pub fn is_local(address: &str) -> bool {
    is_command(address) || file_of(address).is_some()
}

/// The path behind `file:`. It has no host, or this machine (RFC 8089, section 2), and does not end with a folder.
fn absolute_path(rest: &str) -> Option<&str> {
    let path = match rest.strip_prefix("//") {
        Some(rest) => rest.strip_prefix("localhost").unwrap_or(rest),
        None => rest,
    };
    (path.starts_with('/') && !path.starts_with("//") && !path.ends_with('/')).then_some(path)
}

/// Two addresses with the same key are the same feed: letters of the host may be large, and the port may be written or not.
pub(super) fn key(address: &str) -> String {
    WebAddress::parse(address).map_or_else(|| address.to_owned(), |address| address.as_str().to_owned())
}

/// The address with everything else as it was written.
fn without_credentials(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("//") else { return address.to_owned() };
    let host_end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(host_end);
    format!("{scheme}//{}{path}", host.rsplit_once('@').map_or(host, |(_, host)| host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_feeds_are_those_of_the_web_and_of_commands() {
        for (typed, kept) in [
            (" https://example.org/feed ", "https://example.org/feed"),
            ("HTTP://Example.org/a?b#c", "HTTP://Example.org/a?b#c"),
            ("feed://example.org/rss", "https://example.org/rss"),
            ("feed:http://example.org/rss", "http://example.org/rss"),
            ("exec:cat 'my feed.xml'", "exec:cat 'my feed.xml'"),
            ("file:///home/ana/my%20feed.xml", "file:///home/ana/my%20feed.xml"),
            ("FILE:/feed.xml", "file:///feed.xml"),
            ("file://localhost/feed.xml", "file:///feed.xml"),
        ] {
            assert_eq!(feed_address(typed).as_deref(), Ok(kept));
            assert_eq!(is_local(kept), !kept.to_ascii_lowercase().starts_with("http"), "{kept}");
        }
        for typed in [
            "ftp://example.org/x",
            "javascript:alert(1)",
            "file://example.org/feed.xml",
            "file:////example.org/feed.xml",
            "file:feed.xml",
            "file:///",
            "exec: ",
            "a b",
            "https://",
            "x",
        ] {
            assert!(matches!(feed_address(typed), Err(BadAddress::NotWeb(_))), "{typed}");
        }
        assert_eq!(feed_address(" "), Err(BadAddress::Empty));
        assert!(feed_address(&format!("https://a/{}", "a".repeat(5000))).is_err());
    }

    #[test]
    fn a_password_is_taken_out_of_an_address_and_nothing_else() {
        for (typed, wanted) in [
            ("https://ana:p%40ss@example.org/Feed?x=a@b", "https://example.org/Feed?x=a@b"),
            ("https://ana@example.org", "https://example.org"),
            ("https://a:b@c@example.org/x", "https://example.org/x"),
        ] {
            let bad = feed_address(typed).unwrap_err();
            assert_eq!(bad, BadAddress::Credentials(wanted.to_owned()));
            assert!(!bad.to_string().contains("p%40ss"), "{bad}");
        }
        assert!(feed_address("https://example.org/@ana:x").is_ok());
        assert_eq!(key("https://EXAMPLE.org:443/a"), key("https://example.org/a"));
    }
}
