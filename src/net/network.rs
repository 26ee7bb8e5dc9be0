//! How the web is reached from here: who vouches for hosts, which proxies there are, what the reader's accounts are.

use std::fmt;
use std::sync::Arc;

use ureq::tls::{Certificate, PemItem, parse_pem};

use super::credentials::Credentials;
use super::proxies::Proxies;

/// How the web is reached from here.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// Who vouches for hosts, besides those the system trusts.
    pub roots: Roots,
    /// What the environment says of proxies.
    pub proxies: Proxies,
    /// What the reader is known by to the servers of feeds.
    pub credentials: Credentials,
}

/// Certificates of a reader's own, as of a server at home or of a company's proxy.
#[derive(Clone, Default)]
pub struct Roots(pub(super) Arc<Vec<Certificate<'static>>>);

impl fmt::Debug for Roots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Roots({})", self.0.len())
    }
}

impl Roots {
    /// Reads certificates in PEM (RFC 7468).
    ///
    /// # Errors
    /// Why there are none, for people.
    pub fn from_pem(pem: &[u8]) -> Result<Self, String> {
        let mut certificates = Vec::new();
        for item in parse_pem(pem) {
            match item {
                Ok(PemItem::Certificate(certificate)) => certificates.push(certificate),
                Ok(_) => {}
                Err(error) => return Err(format!("a certificate in it cannot be read: {error}")),
            }
        }
        if certificates.is_empty() {
            return Err("there is no certificate in it (-----BEGIN CERTIFICATE-----)".to_owned());
        }
        Ok(Self(Arc::new(certificates)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_certificates_has_at_least_one() {
        for (pem, told) in [
            ("", "no certificate"),
            ("hello", "no certificate"),
            ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "no certificate"),
            ("-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n", "cannot be read"),
        ] {
            let error = Roots::from_pem(pem.as_bytes()).unwrap_err();
            assert!(error.contains(told), "{pem:?}: {error}");
        }
    }
}
