//! Why a page was not fetched, in words for people, with what to do about it.

use std::fmt;

use crate::text::shell;
use crate::text::unprintable::printable;

/// What is wrong with a certificate of nobody this machine knows.
pub(super) const UNKNOWN_ISSUER: &str = "nobody this machine trusts vouches for it";
/// What is wrong with a certificate that is its own authority.
pub(super) const SELF_SIGNED: &str = "nobody but itself vouches for it";

/// Why a page was not fetched. What came from outside is shown with control characters escaped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// Not an address of the web.
    NotWeb(String),
    /// The machine is in no network.
    Offline,
    /// No host has this name.
    UnknownHost(String),
    /// The host does not take the connection.
    Unreachable {
        /// The host.
        host: String,
        /// What the system reports.
        reason: String,
    },
    /// The host did not answer in time.
    NoConnection(String),
    /// The page did not come in time.
    TooSlow {
        /// The host.
        host: String,
        /// The time a page has, in seconds.
        seconds: u64,
    },
    /// Nobody known vouches for the host.
    Certificate {
        /// The host.
        host: String,
        /// What is wrong.
        reason: String,
    },
    /// No secure connection came about.
    Tls {
        /// The host.
        host: String,
        /// Why.
        reason: String,
    },
    /// The host answered, with no page.
    Status {
        /// The host.
        host: String,
        /// The status code.
        code: u16,
        /// When to ask again, as the host says: seconds or a date.
        retry_after: Option<String>,
    },
    /// The host asks whether a human reads.
    Challenge(String),
    /// The host asks for an account.
    LogIn(String),
    /// A redirect without an address that makes sense.
    RedirectNowhere,
    /// A redirect to something other than a page of the web.
    RedirectElsewhere(String),
    /// A redirect from a public host to one that only this machine reaches.
    RedirectPrivate(String),
    /// A redirect to where it came from.
    RedirectLoop(String),
    /// More redirects than this.
    TooManyRedirects(usize),
    /// More bytes than this many MiB.
    TooLarge {
        /// The host.
        host: String,
        /// The limit.
        mebibytes: u64,
    },
    /// The connection ended before the page did.
    CutShort(String),
    /// The page is compressed in a way that was not asked for.
    Encoding(String),
    /// What lies there has no words.
    NoWords {
        /// Its address.
        address: String,
        /// What it is.
        name: &'static str,
        /// The program that makes a text of it.
        through: Option<&'static str>,
    },
    /// The proxy cannot be used.
    Proxy(String),
    /// The command of the configuration that prints the password does not.
    Password(String),
    /// The host does not speak HTTP, or not well enough.
    Protocol {
        /// The host.
        host: String,
        /// What is wrong.
        reason: String,
    },
    /// The reader did not want to wait.
    Cancelled,
}

impl FetchError {
    /// The kind of failure in one word, for JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::NotWeb(_) => "web-address",
            Self::Offline => "offline",
            Self::UnknownHost(_) => "unknown-host",
            Self::Unreachable { .. } => "unreachable",
            Self::NoConnection(_) | Self::TooSlow { .. } => "timeout",
            Self::Certificate { .. } => "certificate",
            Self::Tls { .. } => "tls",
            Self::Status { code: 404 | 410, .. } => "not-found",
            Self::Status { code: 401 | 403 | 407, .. } | Self::Challenge(_) | Self::LogIn(_) => "blocked",
            Self::Status { .. } => "status",
            Self::RedirectNowhere
            | Self::RedirectElsewhere(_)
            | Self::RedirectPrivate(_)
            | Self::RedirectLoop(_)
            | Self::TooManyRedirects(_) => "redirect",
            Self::TooLarge { .. } => "too-large",
            Self::CutShort(_) => "cut-short",
            Self::Encoding(_) => "encoding",
            Self::NoWords { .. } => "no-words",
            Self::Proxy(_) => "proxy",
            Self::Password(_) => "password",
            Self::Protocol { .. } => "protocol",
            Self::Cancelled => "cancelled",
        }
    }

    /// The same failure where a proxy was asked: what cannot be reached is the proxy, and so is what has no such name
    /// if the proxy looks up the others.
    pub(super) fn on_the_way_to_a_proxy(self, looks_up: bool) -> Self {
        match self {
            Self::UnknownHost(_) if looks_up => Self::Proxy("no host has its name".to_owned()),
            Self::Unreachable { reason, .. } => Self::Proxy(reason),
            Self::NoConnection(_) => Self::Proxy("it does not answer".to_owned()),
            other => other,
        }
    }

    /// Whether the page is at fault, as opposed to the way to it.
    pub fn is_bad_page(&self) -> bool {
        matches!(
            self.kind(),
            "web-address" | "not-found" | "redirect" | "too-large" | "encoding" | "no-words" | "blocked"
        )
    }

    /// What the user can do about it, where there is something. `ADDRESS` stands for the page's address as a shell takes it.
    pub fn hint(&self) -> Option<String> {
        let open = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
        Some(match self {
            Self::NotWeb(_) => "addresses begin with https:// or http://".to_owned(),
            Self::Offline => "what was read before opens without one".to_owned(),
            Self::UnknownHost(_) => "check the spelling".to_owned(),
            Self::Unreachable { .. } | Self::NoConnection(_) | Self::TooSlow { .. } | Self::CutShort(_) => {
                "try again later".to_owned()
            }
            Self::Certificate { reason, .. } if [UNKNOWN_ISSUER, SELF_SIGNED].contains(&reason.as_str()) => {
                "if you trust its owner, name the file with their certificate as ca-file in the configuration"
                    .to_owned()
            }
            Self::Status { code: 404 | 410, .. } => "check the address, or look for the page on the site".to_owned(),
            Self::Status { code: 401 | 403 | 407, .. } | Self::Challenge(_) | Self::LogIn(_) => {
                format!("a browser may be let in: `{open} ADDRESS`")
            }
            Self::Status { code: 429 | 503, retry_after: Some(when), .. } => {
                let when = printable(when);
                let is_seconds = !when.is_empty() && when.bytes().all(|byte| byte.is_ascii_digit());
                if is_seconds { format!("it asks to wait {when} s") } else { format!("it asks to wait until {when}") }
            }
            Self::Status { code: 429 | 500.., .. } => "try again later".to_owned(),
            Self::TooLarge { .. } => "save it with `curl -LO ADDRESS` and open the file".to_owned(),
            Self::NoWords { address, through, .. } => {
                let word = shell::word(address.as_bytes());
                match through {
                    Some(through) => format!("`curl -sL {word} | {through} | dateline -`"),
                    None => format!("`curl -LO {word}` saves it"),
                }
            }
            Self::RedirectPrivate(_) => "if you know the place, open its own address".to_owned(),
            Self::Certificate { .. }
            | Self::RedirectNowhere
            | Self::RedirectLoop(_)
            | Self::TooManyRedirects(_)
            | Self::Tls { .. }
            | Self::Encoding(_)
            | Self::Protocol { .. } => format!("a browser may get further: `{open} ADDRESS`"),
            Self::Password(_) => "try the password-command of the configuration in a shell".to_owned(),
            Self::Proxy(_) => "HTTP_PROXY, HTTPS_PROXY or ALL_PROXY names it".to_owned(),
            Self::Status { .. } | Self::RedirectElsewhere(_) | Self::Cancelled => return None,
        })
    }
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotWeb(address) => write!(f, "{} is no address of the web", printable(address)),
            Self::Offline => f.write_str("there is no network"),
            Self::UnknownHost(host) => write!(f, "no site is called {}", printable(host)),
            Self::Unreachable { host, reason } => write!(f, "{} cannot be reached: {reason}", printable(host)),
            Self::NoConnection(host) => write!(f, "{} does not answer", printable(host)),
            Self::TooSlow { host, seconds } => {
                write!(f, "{} is too slow: the page did not come within {seconds} s", printable(host))
            }
            Self::Certificate { host, reason } => {
                write!(f, "{} cannot prove who it is: {}", printable(host), printable(reason))
            }
            Self::Tls { host, reason } => {
                write!(f, "no secure connection to {}: {}", printable(host), printable(reason))
            }
            Self::Status { host, code, .. } => {
                let host = printable(host);
                match code {
                    404 => write!(f, "{host} has no such page (404)"),
                    410 => write!(f, "the page is gone from {host} for good (410)"),
                    401 | 407 => write!(f, "{host} asks for a name and password ({code})"),
                    403 => write!(f, "{host} does not let readers in (403)"),
                    429 => write!(f, "{host} was asked too often (429)"),
                    451 => write!(f, "{host} may not show the page, by law (451)"),
                    503 => write!(f, "{host} is busy or being repaired (503)"),
                    500.. => write!(f, "{host} has a fault of its own ({code})"),
                    _ => write!(f, "{host} does not give the page ({code})"),
                }
            }
            Self::Challenge(host) => write!(f, "{} blocks readers: it asks whether a human reads", printable(host)),
            Self::LogIn(host) => write!(f, "{} asks for an account", printable(host)),
            Self::RedirectNowhere => f.write_str("the page leads on to nowhere"),
            Self::RedirectElsewhere(to) => {
                write!(f, "the page leads to something that is no page of the web: {}", printable(to))
            }
            Self::RedirectPrivate(host) => {
                write!(f, "the page leads from the web into a private network, to {}", printable(host))
            }
            Self::RedirectLoop(to) => write!(f, "the page leads in a circle, to {}", printable(to)),
            Self::TooManyRedirects(most) => write!(f, "the page leads on more than {most} times"),
            Self::TooLarge { host, mebibytes } => {
                write!(f, "what {} sends is larger than {mebibytes} MiB", printable(host))
            }
            Self::CutShort(host) => write!(f, "{} ended the connection in the middle of the page", printable(host)),
            Self::Encoding(name) => {
                write!(f, "the page is compressed in a way nobody asked for: {}", printable(name))
            }
            Self::NoWords { address, name, .. } => write!(f, "{} is {name}, not a page", printable(address)),
            Self::Proxy(reason) => write!(f, "the proxy cannot be used: {}", printable(reason)),
            Self::Password(reason) => write!(f, "there is no password: {}", printable(reason)),
            Self::Protocol { host, reason } => {
                write!(f, "{} answers in a way that is not HTTP: {}", printable(host), printable(reason))
            }
            Self::Cancelled => f.write_str("not fetched any further"),
        }
    }
}

impl std::error::Error for FetchError {}
