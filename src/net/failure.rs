//! What the client reports, in our words.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, UdpSocket};

use ureq::Timeout;

use super::client::Hop;
use super::error::{FetchError, SELF_SIGNED, UNKNOWN_ISSUER};
use super::guard::Private;

impl Hop<'_> {
    pub(super) fn too_slow(&self) -> FetchError {
        FetchError::TooSlow { host: self.host(), seconds: self.limits.whole.as_secs() }
    }

    /// What went wrong while the page was read.
    pub(super) fn broken(&self, error: io::Error) -> FetchError {
        if error.kind() == io::ErrorKind::UnexpectedEof {
            return FetchError::CutShort(self.host());
        }
        match error.downcast::<ureq::Error>() {
            Ok(error) => self.failure(&error),
            Err(error) => self.failure(&ureq::Error::Io(error)),
        }
    }

    /// What went wrong, in our words.
    pub(super) fn failure(&self, error: &ureq::Error) -> FetchError {
        let host = self.host();
        match error {
            ureq::Error::Timeout(Timeout::Connect | Timeout::Resolve) => FetchError::NoConnection(host),
            ureq::Error::Timeout(_) => self.too_slow(),
            ureq::Error::HostNotFound if is_offline() => FetchError::Offline,
            ureq::Error::HostNotFound => FetchError::UnknownHost(host),
            ureq::Error::Rustls(error) => self.untrusted(&error.to_string()),
            ureq::Error::Tls(reason) => FetchError::Tls { host, reason: (*reason).to_owned() },
            ureq::Error::ConnectProxyFailed(reason) => FetchError::Proxy(refusal_of_proxy(reason)),
            ureq::Error::Other(reason) if reason.is::<Private>() => FetchError::RedirectPrivate(host),
            ureq::Error::Decompress(..) => {
                FetchError::Protocol { host, reason: "its compression is damaged".to_owned() }
            }
            ureq::Error::Io(error) => self.io_failure(error),
            error => FetchError::Protocol { host, reason: error.to_string() },
        }
    }

    fn io_failure(&self, error: &io::Error) -> FetchError {
        let host = self.host();
        let inner = error.get_ref().map(ToString::to_string).unwrap_or_default();
        match error.kind() {
            io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => self.too_slow(),
            io::ErrorKind::UnexpectedEof => FetchError::CutShort(host),
            io::ErrorKind::ConnectionRefused => {
                FetchError::Unreachable { host, reason: "nobody listens there".to_owned() }
            }
            // A certificate is refused in the middle of the connection.
            io::ErrorKind::InvalidData => self.untrusted(&inner),
            io::ErrorKind::NetworkUnreachable | io::ErrorKind::NetworkDown if is_offline() => FetchError::Offline,
            // What the system's search for a name reports has no kind of its own.
            _ if inner.contains("lookup address") || error.to_string().contains("lookup address") => {
                if is_offline() {
                    FetchError::Offline
                } else {
                    FetchError::UnknownHost(host)
                }
            }
            _ => FetchError::Unreachable { host, reason: error.to_string() },
        }
    }

    /// No secure connection: because of the certificate, or otherwise.
    fn untrusted(&self, reason: &str) -> FetchError {
        let host = self.host();
        let Some(certificate) = reason.strip_prefix("invalid peer certificate: ") else {
            return FetchError::Tls { host, reason: reason.to_owned() };
        };
        let told = [
            ("UnknownIssuer", UNKNOWN_ISSUER),
            ("Expired", "its certificate has expired"),
            ("certificate expired", "its certificate has expired"),
            ("NotValidForName", "its certificate is for another site"),
            ("certificate not valid for name", "its certificate is for another site"),
            ("NotValidYet", "its certificate is not valid yet; is the clock of this machine right?"),
            ("Revoked", "its certificate was revoked"),
            ("CaUsedAsEndEntity", SELF_SIGNED),
        ];
        let told = told.iter().find(|(name, _)| certificate.contains(name)).map_or(certificate, |(_, told)| told);
        FetchError::Certificate { host, reason: told.to_owned() }
    }
}

/// Why a proxy does not lead to a host, from the client's “proxy server responded 403/403”.
fn refusal_of_proxy(reason: &str) -> String {
    match reason.strip_prefix("proxy server responded ").and_then(|codes| codes.split('/').next()) {
        Some("407") => "it asks for a name and password (407)".to_owned(),
        Some(code) => format!("it does not lead there ({code})"),
        None => reason.to_owned(),
    }
}

/// Whether no way leads out of this machine. Nothing is sent: a socket for datagrams only looks for the way. The
/// addresses are those of RFC 5737 and RFC 3849, which belong to nobody.
fn is_offline() -> bool {
    let four = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).and_then(|socket| socket.connect("192.0.2.1:9"));
    let six = UdpSocket::bind((Ipv6Addr::UNSPECIFIED, 0)).and_then(|socket| socket.connect("[2001:db8::1]:9"));
    four.is_err() && six.is_err()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::address::WebAddress;
    use crate::net::client::{Client, LIMITS, until};
    use crate::net::network::Network;

    #[test]
    fn what_is_wrong_with_a_certificate_is_told_in_plain_words() {
        let client = Client::new(&Network::default());
        let address = WebAddress::parse("https://example.org/").unwrap();
        let hop = Hop { client: &client, limits: &LIMITS, address: &address, end: until(&LIMITS) };
        let told = |reason: &str| hop.untrusted(reason).to_string();
        assert!(told("invalid peer certificate: UnknownIssuer").contains("nobody this machine trusts"));
        assert!(told("invalid peer certificate: certificate expired: verification time").contains("has expired"));
        assert!(told("invalid peer certificate: Other(OtherError(CaUsedAsEndEntity))").contains(SELF_SIGNED));
        assert!(told("received fatal alert: HandshakeFailure").starts_with("no secure connection"));
        let hint = hop.untrusted("invalid peer certificate: UnknownIssuer").hint().unwrap();
        assert!(hint.contains("ca-file"));
        let hint = hop.untrusted("invalid peer certificate: certificate expired").hint().unwrap();
        assert!(!hint.contains("ca-file"), "{hint}");
    }

    #[test]
    fn why_a_proxy_refuses_is_told_in_plain_words() {
        assert_eq!(refusal_of_proxy("proxy server responded 403/403"), "it does not lead there (403)");
        assert!(refusal_of_proxy("proxy server responded 407/407").contains("password"));
    }
}
