//! Where a page leads on, and whether that is followed. Decided by hand, since the client does not know where a page
//! may lead, nor tells the reader why it stopped.

use crate::article::address::WebAddress;
use crate::article::address::is_web;

use super::error::FetchError;
use super::reach::{is_local_name, is_public};

/// Most redirects that are followed.
const MOST: usize = 5;

/// The addresses that led to a page.
#[derive(Debug)]
pub(super) struct Trail {
    visited: Vec<WebAddress>,
    /// Whether a host of the public internet was asked: from there no way leads to a private one.
    was_public: bool,
}

impl Trail {
    /// The trail of an address that a person or an article named.
    pub(super) fn from(address: WebAddress) -> Self {
        Self { visited: vec![address], was_public: false }
    }

    /// A host was asked that belongs to the public internet.
    pub(super) fn was_public(&mut self) {
        self.was_public = true;
    }

    /// Whether the next host has to belong to the public internet.
    pub(super) fn must_be_public(&self) -> bool {
        self.was_public
    }

    /// The next address: where `location`, as the page at the last one says, leads.
    ///
    /// # Errors
    /// When that is no page of the web, is private, was visited before, or is one redirect too many.
    pub(super) fn follow(&mut self, location: Option<&str>) -> Result<WebAddress, FetchError> {
        let Some(from) = self.visited.last() else { return Err(FetchError::RedirectNowhere) };
        let location = location.map(str::trim).filter(|location| !location.is_empty());
        let to = location.and_then(|location| from.join(location)).ok_or(FetchError::RedirectNowhere)?;
        if !is_web(&to) {
            return Err(FetchError::RedirectElsewhere(to));
        }
        let to = WebAddress::parse(&to).ok_or(FetchError::RedirectNowhere)?;
        if self.was_public && (to.ip().is_some_and(|ip| !is_public(ip)) || is_local_name(to.host())) {
            return Err(FetchError::RedirectPrivate(to.host().to_owned()));
        }
        if self.visited.contains(&to) {
            return Err(FetchError::RedirectLoop(to.as_str().to_owned()));
        }
        if self.visited.len() > MOST {
            return Err(FetchError::TooManyRedirects(MOST));
        }
        if from.scheme() == "https" && to.scheme() == "http" {
            log::info!("{} leads on without encryption, to {}", from.host(), to.host());
        }
        self.visited.push(to.clone());
        Ok(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> WebAddress {
        WebAddress::parse(text).unwrap()
    }

    fn follow(from: &str, location: &str) -> Result<String, FetchError> {
        let mut trail = Trail::from(address(from));
        trail.was_public();
        trail.follow(Some(location)).map(|to| to.as_str().to_owned())
    }

    #[test]
    fn a_relative_location_is_resolved_against_the_page_it_came_with() {
        for (location, wanted) in [
            ("/b", "https://example.org/b"),
            ("c?d", "https://example.org/a/c?d"),
            ("//example.com/x", "https://example.com/x"),
            (" http://example.com ", "http://example.com/"),
        ] {
            assert_eq!(follow("https://example.org/a/", location).unwrap(), wanted);
        }
    }

    #[test]
    fn a_name_and_password_go_to_no_other_host() {
        assert_eq!(follow("https://ana:secret@example.org/a", "/b").unwrap(), "https://ana:secret@example.org/b");
        assert_eq!(follow("https://ana:secret@example.org/a", "//example.com/b").unwrap(), "https://example.com/b");
    }

    #[test]
    fn only_pages_of_the_public_web_are_followed_from_there() {
        for private in [
            "http://127.0.0.1/",
            "http://localhost:8080/",
            "http://[::1]/",
            "http://[::ffff:10.0.0.1]/",
            "http://169.254.169.254/latest/meta-data/",
            "http://metadata.google.internal/",
            "http://0/",
            "http://2130706433/",
            "http://0x7f.1/",
        ] {
            let error = follow("https://example.org/", private).unwrap_err();
            assert!(matches!(error, FetchError::RedirectPrivate(_)), "{private}: {error:?}");
        }
        for elsewhere in ["file:///etc/passwd", "ftp://example.org/", "javascript:alert(1)", "mailto:a@b"] {
            let error = follow("https://example.org/", elsewhere).unwrap_err();
            assert!(matches!(error, FetchError::RedirectElsewhere(_)), "{elsewhere}: {error:?}");
        }
        for nowhere in ["", "  ", "http://"] {
            let error = follow("https://example.org/", nowhere).unwrap_err();
            assert!(matches!(error, FetchError::RedirectNowhere), "{nowhere}: {error:?}");
        }
        // Who begins at home may stay there.
        let mut trail = Trail::from(address("http://localhost/"));
        assert!(trail.follow(Some("http://127.0.0.1/")).is_ok());
        assert!(matches!(trail.follow(None), Err(FetchError::RedirectNowhere)));
    }

    #[test]
    fn a_loop_and_an_endless_trail_end() {
        let mut trail = Trail::from(address("https://example.org/0"));
        for number in 1..=MOST {
            trail.follow(Some(&number.to_string())).unwrap();
        }
        assert!(matches!(trail.follow(Some("3")), Err(FetchError::RedirectLoop(_))));
        assert!(matches!(trail.follow(Some("6")), Err(FetchError::TooManyRedirects(_))));
    }
}
