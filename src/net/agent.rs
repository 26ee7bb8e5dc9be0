//! Asks for a page, follows where it leads, and reads it to its end.
#![expect(clippy::disallowed_methods, reason = "measures how long a page takes")]

use std::fmt;
use std::io::{self, Read};
use std::net::{Ipv4Addr, Ipv6Addr, UdpSocket};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use ureq::config::Config;
use ureq::http::{Response, Uri, header};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{
    ConnectProxyConnector, Connector, DefaultConnector, NextTimeout, SocksConnector, TcpConnector,
};
use ureq::{Agent, Body, Proxy, Timeout};

use crate::article::address::WebAddress;

use super::content::{self, Content};
use super::error::{FetchError, SELF_SIGNED, UNKNOWN_ISSUER};
use super::own_certificates::OwnCertificates;
use super::plain_proxy::{self, PlainProxy};
use super::proxies::Proxies;
use super::reach::{is_local_name, is_public};
use super::redirects::Trail;

/// Who asks, for servers that look.
const USER_AGENT: &str = concat!("dateline/", env!("CARGO_PKG_VERSION"), " (terminal news reader)");
/// What is read best comes first (RFC 9110 §12.5.1).
const ACCEPT: &str = "text/html, application/xhtml+xml, text/markdown;q=0.9, text/plain;q=0.8, */*;q=0.5";
/// Bytes read between two reports of progress.
const PIECE: usize = 16 << 10;

/// How the web is reached from here.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// Who vouches for hosts, besides those the system trusts.
    pub roots: Roots,
    /// What the environment says of proxies.
    pub proxies: Proxies,
}

/// Certificates of a reader's own, as of a server at home or of a company's proxy.
#[derive(Clone, Default)]
pub struct Roots(Arc<Vec<Certificate<'static>>>);

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

/// A page as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// Its bytes, decompressed.
    pub bytes: Vec<u8>,
    /// Where it was at last, without a name and password.
    pub address: String,
    /// The encoding of its words, as the server says.
    pub charset: Option<String>,
    /// Whether the server says that it is plain text.
    pub is_plain: bool,
    /// Whether the server says that it is Markdown.
    pub is_markdown: bool,
}

/// How far a page has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The host that is asked.
    pub host: String,
    /// Bytes that have come, decompressed.
    pub bytes: u64,
}

/// What a page may cost.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Time to connect to a host.
    pub(super) connect: Duration,
    /// Time for everything, redirects included.
    pub(super) whole: Duration,
    /// Bytes, decompressed.
    pub(super) bytes: u64,
}

/// 5 s to connect, 30 s and 10 MiB for a page.
const LIMITS: Limits = Limits { connect: Duration::from_secs(5), whole: Duration::from_secs(30), bytes: 10 << 20 };

/// Fetches a page. `watch` hears how far it has come, and says whether to go on.
///
/// # Errors
/// When there is no page with words, or the way to it is barred; [`FetchError::Cancelled`] once `watch` says so.
pub fn fetch(address: &str, network: &Network, watch: &mut dyn FnMut(Progress) -> bool) -> Result<Fetched, FetchError> {
    fetch_within(&LIMITS, address, network, watch)
}

/// The same, at another cost.
pub(super) fn fetch_within(
    limits: &Limits,
    address: &str,
    network: &Network,
    watch: &mut dyn FnMut(Progress) -> bool,
) -> Result<Fetched, FetchError> {
    let mut address = WebAddress::parse(address).ok_or_else(|| FetchError::NotWeb(address.to_owned()))?;
    let mut trail = Trail::from(address.clone());
    let end = Instant::now() + limits.whole;
    loop {
        let host = address.host().to_owned();
        if !watch(Progress { host, bytes: 0 }) {
            return Err(FetchError::Cancelled);
        }
        let hop = Hop { limits, network, address: &address, end };
        let response = hop.ask(&mut trail)?;
        let code = response.status().as_u16();
        match code {
            301 | 302 | 303 | 307 | 308 => address = trail.follow(value(&response, &header::LOCATION))?,
            200..=299 => return hop.read(response, watch),
            _ => {
                let retry_after = value(&response, &header::RETRY_AFTER).map(str::to_owned);
                return Err(FetchError::Status { host: address.host().to_owned(), code, retry_after });
            }
        }
    }
}

/// One request on the way to a page.
struct Hop<'a> {
    limits: &'a Limits,
    network: &'a Network,
    address: &'a WebAddress,
    /// When time is up.
    end: Instant,
}

impl Hop<'_> {
    fn host(&self) -> String {
        self.address.host().to_owned()
    }

    /// Asks for the page. A certificate that the system does not know is looked for among the reader's own.
    fn ask(&self, trail: &mut Trail) -> Result<Response<Body>, FetchError> {
        let first = self.ask_trusting(None, trail);
        match first {
            Err(FetchError::Certificate { .. }) if !self.network.roots.0.is_empty() => {
                self.ask_trusting(Some(&self.network.roots), trail)
            }
            first => first,
        }
    }

    /// Asks for the page, trusting the reader's own certificates, or else the system's.
    fn ask_trusting(&self, own: Option<&Roots>, trail: &mut Trail) -> Result<Response<Body>, FetchError> {
        let proxy = self.network.proxies.of(self.address);
        let asks_directly = proxy.is_none();
        let proxy = proxy.map(Proxy::new).transpose();
        let proxy = proxy.map_err(|_| FetchError::Proxy("its address makes no sense".to_owned()))?;
        let looks_up = proxy.as_ref().is_some_and(|proxy| !proxy.resolve_target());
        let (plain, tunnel) = match proxy {
            Some(proxy) if plain_proxy::serves(&proxy, self.address) => (Some(proxy.uri().clone()), None),
            proxy => (None, proxy),
        };
        let config = Config::builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(tunnel)
            .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
            .timeout_global(Some(self.end.saturating_duration_since(Instant::now())))
            .timeout_resolve(Some(self.limits.connect))
            .timeout_connect(Some(self.limits.connect))
            .user_agent(USER_AGENT)
            .accept(ACCEPT)
            .build();
        let guard = Guard {
            names: DefaultResolver::default(),
            must_be_public: asks_directly && trail.must_be_public(),
            was_public: Arc::default(),
            instead: plain.clone(),
        };
        let was_public = Arc::clone(&guard.was_public);
        let agent = match own {
            _ if plain.is_some() => Agent::with_parts(config, DefaultConnector::default().chain(PlainProxy), guard),
            None => Agent::with_parts(config, DefaultConnector::default(), guard),
            Some(Roots(own)) => {
                let way = ().chain(SocksConnector::default()).chain(ConnectProxyConnector::default());
                let way = way.chain(TcpConnector::default()).chain(OwnCertificates(Arc::clone(own)));
                Agent::with_parts(config, way, guard)
            }
        };
        let response = agent.get(self.address.as_str()).call().map_err(|error| {
            let failure = self.failure(&error);
            if asks_directly { failure } else { failure.on_the_way_to_a_proxy(looks_up) }
        });
        // Through a proxy nobody here learns where a host is: its name has to tell.
        let seems_public = !is_local_name(self.address.host()) && self.address.ip().is_none_or(is_public);
        if if asks_directly { was_public.load(Ordering::Relaxed) } else { seems_public } {
            trail.was_public();
        }
        response
    }

    /// Reads the page to its end.
    fn read(&self, response: Response<Body>, watch: &mut dyn FnMut(Progress) -> bool) -> Result<Fetched, FetchError> {
        let (content, charset) = content::parse(value(&response, &header::CONTENT_TYPE));
        let address = self.address.clone().for_display().as_str().to_owned();
        if let Content::Other { name, through } = content {
            return Err(FetchError::NoWords { address, name, through });
        }
        // The client has decompressed what it can, and then takes the header away.
        if let Some(encoding) = value(&response, &header::CONTENT_ENCODING).filter(|name| *name != "identity") {
            return Err(FetchError::Encoding(encoding.to_owned()));
        }
        let mut body = response.into_body().into_with_config().limit(u64::MAX).reader();
        let (mut bytes, mut piece) = (Vec::new(), vec![0; PIECE]);
        loop {
            let read = body.read(&mut piece).map_err(|error| self.broken(error))?;
            bytes.extend_from_slice(piece.get(..read).unwrap_or_default());
            let come = bytes.len() as u64;
            if come > self.limits.bytes {
                return Err(FetchError::TooLarge { host: self.host(), mebibytes: self.limits.bytes >> 20 });
            }
            if Instant::now() > self.end {
                return Err(self.too_slow());
            }
            if read == 0 {
                let (is_plain, is_markdown) = (content == Content::Plain, content == Content::Markdown);
                return Ok(Fetched { bytes, address, charset, is_plain, is_markdown });
            }
            if !watch(Progress { host: self.host(), bytes: come }) {
                return Err(FetchError::Cancelled);
            }
        }
    }

    fn too_slow(&self) -> FetchError {
        FetchError::TooSlow { host: self.host(), seconds: self.limits.whole.as_secs() }
    }

    /// What went wrong while the page was read.
    fn broken(&self, error: io::Error) -> FetchError {
        if error.kind() == io::ErrorKind::UnexpectedEof {
            return FetchError::CutShort(self.host());
        }
        match error.downcast::<ureq::Error>() {
            Ok(error) => self.failure(&error),
            Err(error) => self.failure(&ureq::Error::Io(error)),
        }
    }

    /// What went wrong, in our words.
    fn failure(&self, error: &ureq::Error) -> FetchError {
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

/// A header, if it is text.
fn value<'a>(response: &'a Response<Body>, name: &header::HeaderName) -> Option<&'a str> {
    response.headers().get(name)?.to_str().ok()
}

/// Whether no way leads out of this machine. Nothing is sent: a socket for datagrams only looks for the way. The
/// addresses are those of RFC 5737 and RFC 3849, which belong to nobody.
fn is_offline() -> bool {
    let four = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).and_then(|socket| socket.connect("192.0.2.1:9"));
    let six = UdpSocket::bind((Ipv6Addr::UNSPECIFIED, 0)).and_then(|socket| socket.connect("[2001:db8::1]:9"));
    four.is_err() && six.is_err()
}

/// Looks names up, and keeps a page of the public internet from leading elsewhere. It says where the very connection
/// goes that is made next: a name that means something else the second time does not get around it.
#[derive(Debug)]
struct Guard {
    names: DefaultResolver,
    must_be_public: bool,
    was_public: Arc<AtomicBool>,
    /// The proxy that is asked instead.
    instead: Option<Uri>,
}

/// A name that had to be public led to a private address.
#[derive(Debug)]
struct Private;

impl fmt::Display for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a private address")
    }
}

impl std::error::Error for Private {}

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
            self.was_public.store(true, Ordering::Relaxed);
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_leads_home_is_not_asked_after_a_public_one() {
        let network = Network::default();
        let address = WebAddress::parse("http://localhost:9/").unwrap();
        let limits = LIMITS;
        let hop = Hop { limits: &limits, network: &network, address: &address, end: Instant::now() + limits.whole };
        let mut trail = Trail::from(address.clone());
        trail.was_public();
        assert_eq!(hop.ask(&mut trail).unwrap_err(), FetchError::RedirectPrivate("localhost".to_owned()));
    }

    #[test]
    fn what_is_wrong_with_a_certificate_is_told_in_plain_words() {
        let network = Network::default();
        let address = WebAddress::parse("https://example.org/").unwrap();
        let hop = Hop { limits: &LIMITS, network: &network, address: &address, end: Instant::now() };
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
    fn what_is_wrong_with_a_proxy_is_told_of_it_and_not_of_the_site() {
        let told = |address: &str| {
            let proxies = Proxies::read(|name| (name == "HTTP_PROXY").then(|| address.to_owned()));
            let network = Network { proxies, ..Network::default() };
            fetch("http://example.org/", &network, &mut |_| true).unwrap_err()
        };
        assert_eq!(told("http://127.0.0.1:1"), FetchError::Proxy("nobody listens there".to_owned()));
        let unknown = told("http://no-such-host.invalid:1");
        assert!(matches!(unknown, FetchError::Proxy(_) | FetchError::Offline), "{unknown:?}");
        assert_eq!(told("nonsense::"), FetchError::Proxy("its address makes no sense".to_owned()));
        assert_eq!(refusal_of_proxy("proxy server responded 403/403"), "it does not lead there (403)");
        assert!(refusal_of_proxy("proxy server responded 407/407").contains("password"));
    }

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
