//! What a reader is known by to the servers of feeds: a name and password, headers of one's own.

use std::fmt::{self, Write as _};

use super::toml_text::toml_string;
use crate::article::address::{WebAddress, split_scheme};

/// What is told to the servers of some feeds, and to nobody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedAccess {
    /// Which feeds: a host (`example.org`, with a port or not), or the beginning of an address.
    pub place: String,
    /// The name that is asked for.
    pub user: Option<String>,
    /// The password.
    pub password: Option<Secret>,
    /// A command that prints the password.
    pub password_command: Option<String>,
    /// More headers, by name.
    pub headers: Vec<(String, Secret)>,
    /// Line of the file, from 1.
    pub line: usize,
}

/// Something that nobody else is to see. It is not shown for debugging.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl FeedAccess {
    /// The place as an address, and whether it says which scheme that has; none if it is no place of the web.
    pub(super) fn parse(place: &str) -> Option<(WebAddress, bool)> {
        let has_scheme = place.contains("://") && split_scheme(place).is_some();
        let address =
            if has_scheme { WebAddress::parse(place) } else { WebAddress::parse(&format!("https://{place}")) };
        address
            .filter(|address| !address.has_credentials() && address.query().is_none() && address.fragment().is_none())
            .map(|address| (address, has_scheme))
    }

    /// Its table in a configuration file, which `origin` says is from there. What is secret is left out.
    pub(super) fn to_toml(&self, origin: &str) -> String {
        let mut toml = format!("\n{:<40} # {origin}\n", format!("[feeds.{}]", toml_string(&self.place)));
        let mut line = |name: &str, value: &str| {
            // Writing to a string cannot fail.
            writeln!(toml, "{name} = {value}").ok();
        };
        if let Some(user) = &self.user {
            line("user", &toml_string(user));
        }
        if self.password.is_some() {
            line("# password", "(not shown)");
        }
        if let Some(command) = &self.password_command {
            line("password-command", &toml_string(command));
        }
        for (name, _) in &self.headers {
            line(&format!("# headers.{}", toml_string(name)), "(not shown)");
        }
        toml
    }

    /// Whether a feed at this address is meant. A path is one whole part after the other: `/news` is not `/newsletter`.
    pub fn covers(&self, address: &WebAddress) -> bool {
        let Some((place, has_scheme)) = Self::parse(&self.place) else { return false };
        let is_host = place.host() == address.host();
        let is_server = if has_scheme {
            place.scheme() == address.scheme() && place.port_or_default() == address.port_or_default()
        } else {
            place.port().is_none_or(|port| port == address.port_or_default())
        };
        let rest = address.path().strip_prefix(place.path());
        let is_inside = |rest: &str| rest.is_empty() || place.path().ends_with('/') || rest.starts_with('/');
        is_host && is_server && rest.is_some_and(is_inside)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_host_or_the_beginning_of_an_address() {
        for (place, inside, outside) in [
            (
                "example.org",
                &["https://example.org/feed", "http://EXAMPLE.org:8080/"][..],
                &["https://www.example.org/", "https://example.org.evil.example/"][..],
            ),
            ("example.org:8080", &["http://example.org:8080/a"], &["https://example.org/a"]),
            (
                "example.org/news",
                &["https://example.org/news/a", "https://example.org/news?x"],
                &["https://example.org/newsletter", "https://example.org/news/../a"],
            ),
            (
                "https://example.org",
                &["https://example.org:443/a"],
                &["http://example.org/a", "https://example.org:1/"],
            ),
            ("https://example.org/a/", &["https://example.org/a/b"], &["https://example.org/a"]),
            ("bücher.example", &["https://xn--bcher-kva.example/"], &[]),
        ] {
            let headers = Vec::new();
            let place = place.to_owned();
            let access = FeedAccess { place, user: None, password: None, password_command: None, headers, line: 1 };
            let covers = |address: &&&str| access.covers(&WebAddress::parse(address).unwrap());
            assert!(inside.iter().all(|address| covers(&address)), "{access:?}");
            assert!(!outside.iter().any(|address| covers(&address)), "{access:?}");
        }
        for place in ["", "a b", "ftp://example.org", "https://ana:x@example.org", "example.org?a", "/feed"] {
            assert!(FeedAccess::parse(place).is_none(), "{place}");
        }
        assert_eq!(format!("{:?}", Secret("x".into())), "Secret");
    }
}
