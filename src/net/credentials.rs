//! What the reader is known by to the servers of feeds: sent to those it is for, and to nobody they lead to.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use ureq::http::{HeaderName, HeaderValue, header};

use crate::article::address::WebAddress;
use crate::config::{FeedAccess, Secret};

use super::error::FetchError;

/// Runs a command and gives what it prints.
type Ask = fn(&str) -> Result<String, String>;

/// All that the reader configured.
#[derive(Clone, Default)]
pub struct Credentials(Arc<Vec<Credential>>);

/// What is for some feeds.
pub(super) struct Credential {
    access: FeedAccess,
    ask: Ask,
    /// What the command printed: it is asked once, when the password is needed first.
    asked: Mutex<Option<String>>,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Credentials({})", self.0.len())
    }
}

impl Credentials {
    /// What the settings say; `ask` runs a command that prints a password.
    pub fn new(feeds: &[FeedAccess], ask: Ask) -> Self {
        let one = |access: &FeedAccess| Credential { access: access.clone(), ask, asked: Mutex::default() };
        Self(Arc::new(feeds.iter().map(one).collect()))
    }

    /// What is for the feed at an address: of several the one whose place is told most exactly.
    pub(super) fn of(&self, address: &WebAddress) -> Option<&Credential> {
        let meant = self.0.iter().filter(|credential| credential.access.covers(address));
        meant.max_by_key(|credential| credential.access.place.len())
    }
}

impl Credential {
    /// Whether it may be sent to an address to which a feed leads.
    pub(super) fn covers(&self, address: &WebAddress) -> bool {
        self.access.covers(address)
    }

    /// The headers that are sent.
    ///
    /// # Errors
    /// [`FetchError::Password`] when the command gives none.
    pub(super) fn headers(&self) -> Result<Vec<(HeaderName, HeaderValue)>, FetchError> {
        let mut headers = Vec::new();
        if let Some(user) = &self.access.user {
            let password = self.password()?;
            let basic = format!("Basic {}", base64(format!("{user}:{password}").as_bytes()));
            headers.extend(secret(header::AUTHORIZATION, &basic));
        }
        for (name, Secret(value)) in &self.access.headers {
            headers.extend(HeaderName::try_from(name.as_str()).ok().and_then(|name| secret(name, value)));
        }
        Ok(headers)
    }

    fn password(&self) -> Result<String, FetchError> {
        let Some(command) = &self.access.password_command else {
            return Ok(self.access.password.as_ref().map(|Secret(password)| password.clone()).unwrap_or_default());
        };
        // Several feeds of one host wait here for one answer.
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(password) = asked.as_ref() {
            return Ok(password.clone());
        }
        let printed = (self.ask)(command).map_err(FetchError::Password)?;
        let password = printed.lines().next().unwrap_or_default();
        if password.is_empty() {
            return Err(FetchError::Password("it prints nothing".to_owned()));
        }
        Ok(asked.insert(password.to_owned()).clone())
    }
}

/// A header that is not shown for debugging; none if it cannot be one.
fn secret(name: HeaderName, value: &str) -> Option<(HeaderName, HeaderValue)> {
    let mut value = HeaderValue::from_bytes(value.as_bytes()).ok()?;
    value.set_sensitive(true);
    Some((name, value))
}

/// RFC 4648 §4, padded.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let index = (bits >> (18 - 6 * place) & 63) as usize;
            let letter = LETTERS.get(index).filter(|_| place <= three.len());
            text.push(letter.map_or('=', |letter| char::from(*letter)));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_rfc() {
        let wanted = ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"];
        for (length, wanted) in wanted.iter().enumerate() {
            assert_eq!(base64("foobar"[..length].as_bytes()), *wanted);
        }
        assert_eq!(base64(&[0xff, 0xfe, 0xfb]), "//77");
    }

    fn access(place: &str, command: Option<&str>) -> FeedAccess {
        FeedAccess {
            place: place.to_owned(),
            user: Some("ana".to_owned()),
            password: Some(Secret("open sesame".to_owned())),
            password_command: command.map(str::to_owned),
            headers: vec![("X-Token".to_owned(), Secret("t".to_owned()))],
            line: 1,
        }
    }

    #[test]
    fn the_most_exact_place_counts_and_a_command_is_asked_once() {
        fn ask(command: &str) -> Result<String, String> {
            use std::sync::atomic::{AtomicU32, Ordering};
            static ASKED: AtomicU32 = AtomicU32::new(0);
            match command {
                "counts" => Ok(format!("{}\nmore\n", ASKED.fetch_add(1, Ordering::SeqCst))),
                "nothing" => Ok("\n".to_owned()),
                _ => Err("it is not there".to_owned()),
            }
        }
        let places = [
            access("example.org", None),
            access("example.org/a", Some("counts")),
            access("example.org/b", Some("nothing")),
            access("example.org/c", Some("fails")),
        ];
        let credentials = Credentials::new(&places, ask);
        let sent = |address: &str| {
            let headers = credentials.of(&WebAddress::parse(address).unwrap()).map(Credential::headers);
            headers.map(|headers| headers.map(|headers| headers[0].1.to_str().unwrap().to_owned()))
        };
        // `printf 'ana:open sesame' | base64`
        assert_eq!(sent("https://example.org/x"), Some(Ok("Basic YW5hOm9wZW4gc2VzYW1l".to_owned())));
        assert_eq!(sent("https://example.org/a"), Some(Ok("Basic YW5hOjA=".to_owned())));
        assert_eq!(sent("https://example.org/a/b"), Some(Ok("Basic YW5hOjA=".to_owned())));
        assert!(matches!(sent("https://example.org/b"), Some(Err(FetchError::Password(_)))));
        assert!(
            matches!(sent("https://example.org/c"), Some(Err(FetchError::Password(why))) if why.contains("not there"))
        );
        assert_eq!(sent("https://example.com/"), None);
        assert_eq!(format!("{credentials:?}"), "Credentials(4)");
    }
}
