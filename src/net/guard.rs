//! Keeps what is asked for in the public internet from leading into a private network, and knows hosts from before.

use std::collections::HashSet;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use super::reach::is_public;

/// What was learnt of hosts.
#[derive(Debug, Default)]
pub(super) struct KnownHosts {
    /// Those that belong to the public internet.
    public: Mutex<HashSet<String>>,
    /// Those that have answered, to which a connection may be kept.
    answered: Mutex<HashSet<String>>,
}

impl KnownHosts {
    /// Whether this host was found in the public internet.
    pub(super) fn is_public(&self, host: &str) -> bool {
        locked(&self.public).contains(&key(host))
    }

    /// Whether it has answered before.
    pub(super) fn has_answered(&self, host: &str) -> bool {
        locked(&self.answered).contains(&key(host))
    }

    /// It has answered.
    pub(super) fn answers(&self, host: &str) {
        locked(&self.answered).insert(key(host));
    }
}

/// A host as it is known, whether or not it is written as a part of an address.
fn key(host: &str) -> String {
    host.trim_matches(['[', ']']).to_ascii_lowercase()
}

fn locked(hosts: &Mutex<HashSet<String>>) -> MutexGuard<'_, HashSet<String>> {
    // Each change leaves them whole.
    hosts.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Looks names up, and keeps a page of the public internet from leading elsewhere. It says where the very connection
/// goes that is made next: a name that means something else the second time does not get around it.
#[derive(Debug)]
pub(super) struct Guard {
    pub(super) names: DefaultResolver,
    pub(super) must_be_public: bool,
    pub(super) known: Arc<KnownHosts>,
    /// The proxy that is asked instead.
    pub(super) instead: Option<Uri>,
}

impl Resolver for Guard {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        if let Some(proxy) = &self.instead {
            return self.names.resolve(proxy, config, timeout);
        }
        let found = self.names.resolve(uri, config, timeout)?;
        let is_private = found.iter().any(|address| !is_public(address.ip()));
        if is_private && self.must_be_public {
            return Err(ureq::Error::Other(Box::new(Private)));
        }
        if found.iter().any(|address| is_public(address.ip())) {
            locked(&self.known.public).insert(key(uri.host().unwrap_or_default()));
        }
        Ok(found)
    }
}

/// A name that had to be public led to a private address.
#[derive(Debug)]
pub(super) struct Private;

impl fmt::Display for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a private address")
    }
}

impl std::error::Error for Private {}
