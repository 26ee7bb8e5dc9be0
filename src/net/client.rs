//! Asks a host for a page or a feed, and reads what it answers to its end. Connections are kept while a client lives: many
//! feeds of one host cost one handshake.
#![expect(clippy::disallowed_methods, reason = "measures how long a page takes")]

use std::collections::HashMap;
use std::io::Read;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use ureq::config::Config;
use ureq::http::{HeaderName, HeaderValue, Response, header};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::{ConnectProxyConnector, Connector, DefaultConnector, SocksConnector, TcpConnector};
use ureq::{Agent, Body, Proxy};

use crate::article::address::WebAddress;

use super::error::FetchError;
use super::guard::{Guard, KnownHosts};
use super::network::{Network, Roots};
use super::own_certificates::OwnCertificates;
use super::plain_proxy::{self, PlainProxy};
use super::reach::{is_local_name, is_public};
use super::redirects::Trail;

/// Who asks, for servers that look.
const USER_AGENT: &str = concat!("dateline/", env!("CARGO_PKG_VERSION"), " (terminal news reader)");
/// Bytes read between two reports of progress.
const PIECE: usize = 16 << 10;
/// Connections that are kept without work, in all and to one host: as many as are asked at once.
const KEPT: usize = 16;
const KEPT_TO_A_HOST: usize = 4;

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
pub(super) const LIMITS: Limits =
    Limits { connect: Duration::from_secs(5), whole: Duration::from_secs(30), bytes: 10 << 20 };

/// When time is up for what begins now.
pub(super) fn until(limits: &Limits) -> Instant {
    Instant::now() + limits.whole
}

/// Asks hosts, and keeps connections to them while it lives.
#[derive(Debug)]
pub struct Client {
    pub(super) network: Network,
    agents: Mutex<HashMap<Way, Agent>>,
    known: Arc<KnownHosts>,
    is_shut: AtomicBool,
}

/// By which way hosts are reached: each has connections of its own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Way {
    proxy: Option<String>,
    /// Whether the proxy is asked for the page itself, and not for a tunnel.
    is_plain: bool,
    trusts_own: bool,
    must_be_public: bool,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Each change leaves them whole.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Client {
    /// One that knows nobody yet.
    pub fn new(network: &Network) -> Self {
        Self {
            network: network.clone(),
            agents: Mutex::default(),
            known: Arc::default(),
            is_shut: AtomicBool::new(false),
        }
    }

    /// Ends every connection, also those that somebody reads from: they report [`FetchError::Cancelled`], and so does
    /// what is asked from now on.
    pub fn shut(&self) {
        self.is_shut.store(true, Ordering::SeqCst);
        for (_, agent) in locked(&self.agents).drain() {
            agent.shutdown();
        }
    }

    pub(super) fn is_shut(&self) -> bool {
        self.is_shut.load(Ordering::SeqCst)
    }

    /// What asks by this way.
    fn agent(&self, way: Way, proxy: Option<Proxy>, limits: &Limits) -> Agent {
        let mut agents = locked(&self.agents);
        if let Some(agent) = agents.get(&way) {
            return agent.clone();
        }
        let (instead, tunnel) = match proxy {
            Some(proxy) if way.is_plain => (Some(proxy.uri().clone()), None),
            proxy => (None, proxy),
        };
        let config = Config::builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(tunnel)
            .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
            .timeout_resolve(Some(limits.connect))
            .timeout_connect(Some(limits.connect))
            // The first line of a connection to a proxy is made when it is new.
            .max_idle_connections(if way.is_plain { 0 } else { KEPT })
            .max_idle_connections_per_host(KEPT_TO_A_HOST)
            .user_agent(USER_AGENT)
            .build();
        let guard = Guard {
            names: DefaultResolver::default(),
            must_be_public: way.must_be_public,
            known: Arc::clone(&self.known),
            instead,
        };
        let agent = if way.is_plain {
            Agent::with_parts(config, DefaultConnector::default().chain(PlainProxy), guard)
        } else if way.trusts_own {
            let Roots(own) = &self.network.roots;
            let connector = ().chain(SocksConnector::default()).chain(ConnectProxyConnector::default());
            let connector = connector.chain(TcpConnector::default()).chain(OwnCertificates(Arc::clone(own)));
            Agent::with_parts(config, connector, guard)
        } else {
            Agent::with_parts(config, DefaultConnector::default(), guard)
        };
        agents.insert(way, agent.clone());
        agent
    }
}

/// One request on the way to a page.
pub(super) struct Hop<'a> {
    pub(super) client: &'a Client,
    pub(super) limits: &'a Limits,
    pub(super) address: &'a WebAddress,
    /// When time is up.
    pub(super) end: Instant,
}

impl Hop<'_> {
    pub(super) fn host(&self) -> String {
        self.address.host().to_owned()
    }

    /// Asks for the page. A certificate that the system does not know is looked for among the reader's own.
    pub(super) fn ask(
        &self,
        trail: &mut Trail,
        headers: &[(HeaderName, HeaderValue)],
    ) -> Result<Response<Body>, FetchError> {
        let first = self.ask_trusting(false, trail, headers);
        match first {
            Err(FetchError::Certificate { .. }) if !self.client.network.roots.0.is_empty() => {
                self.ask_trusting(true, trail, headers)
            }
            first => first,
        }
    }

    /// Asks for the page, trusting the reader's own certificates, or else the system's.
    fn ask_trusting(
        &self,
        trusts_own: bool,
        trail: &mut Trail,
        headers: &[(HeaderName, HeaderValue)],
    ) -> Result<Response<Body>, FetchError> {
        if self.client.is_shut() {
            return Err(FetchError::Cancelled);
        }
        let named = self.client.network.proxies.of(self.address);
        let asks_directly = named.is_none();
        let proxy = named.map(Proxy::new).transpose();
        let proxy = proxy.map_err(|_| FetchError::Proxy("its address makes no sense".to_owned()))?;
        let looks_up = proxy.as_ref().is_some_and(|proxy| !proxy.resolve_target());
        let way = Way {
            proxy: named.map(str::to_owned),
            is_plain: proxy.as_ref().is_some_and(|proxy| plain_proxy::serves(proxy, self.address)),
            trusts_own,
            must_be_public: asks_directly && trail.must_be_public(),
        };
        let mut request = self.client.agent(way, proxy, self.limits).get(self.address.as_str());
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let left = self.end.saturating_duration_since(Instant::now());
        let response = request.config().timeout_global(Some(left)).build().call();
        let (host, known) = (self.address.host(), &self.client.known);
        if let Err(error) = &response
            && is_stale(error)
            && known.has_answered(host)
        {
            // The connection was kept from before, and the host has left it (RFC 9112 §9.3.1): a new one tells.
            let client = Client::new(&self.client.network);
            return Hop { client: &client, ..*self }.ask_trusting(trusts_own, trail, headers);
        }
        let response = response.map_err(|error| {
            let failure = if self.client.is_shut() { FetchError::Cancelled } else { self.failure(&error) };
            if asks_directly { failure } else { failure.on_the_way_to_a_proxy(looks_up) }
        });
        // Through a proxy nobody here learns where a host is: its name has to tell.
        let seems_public = !is_local_name(host) && self.address.ip().is_none_or(is_public);
        if if asks_directly { known.is_public(host) } else { seems_public } {
            trail.was_public();
        }
        if response.is_ok() {
            known.answers(host);
        }
        response
    }

    /// Reads what was answered to its end.
    pub(super) fn read(
        &self,
        response: Response<Body>,
        watch: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<Vec<u8>, FetchError> {
        // The client has decompressed what it can, and then takes the header away.
        if let Some(encoding) = value(&response, &header::CONTENT_ENCODING).filter(|name| *name != "identity") {
            return Err(FetchError::Encoding(encoding.to_owned()));
        }
        let mut body = response.into_body().into_with_config().limit(u64::MAX).reader();
        let (mut bytes, mut piece) = (Vec::new(), vec![0; PIECE]);
        loop {
            let read = body.read(&mut piece);
            if self.client.is_shut() {
                return Err(FetchError::Cancelled);
            }
            let read = read.map_err(|error| self.broken(error))?;
            bytes.extend_from_slice(piece.get(..read).unwrap_or_default());
            let come = bytes.len() as u64;
            if come > self.limits.bytes {
                return Err(FetchError::TooLarge { host: self.host(), mebibytes: self.limits.bytes >> 20 });
            }
            if Instant::now() > self.end {
                return Err(self.too_slow());
            }
            if read == 0 {
                return Ok(bytes);
            }
            if !watch(Progress { host: self.host(), bytes: come }) {
                return Err(FetchError::Cancelled);
            }
        }
    }

    /// What a status says that is neither a page nor a redirect.
    pub(super) fn refused(&self, response: &Response<Body>) -> FetchError {
        // What Cloudflare sends with its question whether a human reads, whatever the status.
        if response.headers().get("cf-mitigated").is_some_and(|value| value == "challenge") {
            return FetchError::Challenge(self.host());
        }
        let retry_after = value(response, &header::RETRY_AFTER).map(str::to_owned);
        FetchError::Status { host: self.host(), code: response.status().as_u16(), retry_after }
    }
}

/// A header, if it is text.
pub(super) fn value<'a>(response: &'a Response<Body>, name: &HeaderName) -> Option<&'a str> {
    response.headers().get(name)?.to_str().ok()
}

/// Whether this is what asking over a connection looks like that the other side has left meanwhile.
fn is_stale(error: &ureq::Error) -> bool {
    use std::io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, NotConnected, UnexpectedEof};
    let kinds = [BrokenPipe, ConnectionAborted, ConnectionReset, NotConnected, UnexpectedEof];
    matches!(error, ureq::Error::Io(error) if kinds.contains(&error.kind()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_leads_home_is_not_asked_after_a_public_one() {
        let client = Client::new(&Network::default());
        let address = WebAddress::parse("http://localhost:9/").unwrap();
        let hop = Hop { client: &client, limits: &LIMITS, address: &address, end: until(&LIMITS) };
        let mut trail = Trail::from(address.clone());
        trail.was_public();
        assert_eq!(hop.ask(&mut trail, &[]).unwrap_err(), FetchError::RedirectPrivate("localhost".to_owned()));
    }
}
