//! Fetches a feed: asks whether it has changed, follows where it leads, and tells where it has moved for good.

use ureq::Body;
use ureq::http::{HeaderName, HeaderValue, Response, header};

use crate::article::address::WebAddress;

use super::client::{Client, Hop, LIMITS, Limits, Progress, until, value};
use super::content;
use super::error::FetchError;
use super::feed_request::{FeedRequest, FeedResponse};
use super::freshness::CacheHeaders;
use super::network::Network;
use super::redirects::Trail;

/// Feeds first; a server that knows nothing of them may send what it has: the bytes tell what it is.
const ACCEPT: &str = "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, \
                      application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5";
/// Bytes of the longest ETag or date that is kept.
const LONGEST_VALIDATOR: usize = 4096;

/// Fetches a feed. `watch` hears how far it has come, and says whether to go on.
///
/// # Errors
/// When there is nothing that could be a feed, or the way to it is barred; [`FetchError::Cancelled`] once `watch` says so.
pub fn fetch_feed(
    request: &FeedRequest,
    network: &Network,
    watch: &mut dyn FnMut(Progress) -> bool,
) -> Result<FeedResponse, FetchError> {
    Client::new(network).fetch_feed(request, watch)
}

impl Client {
    /// The same, over connections that are kept for the next.
    ///
    /// # Errors
    /// Those of [`fetch_feed`].
    pub fn fetch_feed(
        &self,
        request: &FeedRequest,
        watch: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<FeedResponse, FetchError> {
        self.fetch_feed_within(&LIMITS, request, watch)
    }

    /// The same, at another cost.
    pub(super) fn fetch_feed_within(
        &self,
        limits: &Limits,
        request: &FeedRequest,
        watch: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<FeedResponse, FetchError> {
        let not_web = || FetchError::NotWeb(request.address.clone());
        let first = WebAddress::parse(&request.address).ok_or_else(not_web)?;
        let own = OwnHeaders::of(&first, &self.network)?;
        let (mut address, end) = (first.clone(), until(limits));
        let mut trail = Trail::from(address.clone());
        let (mut moved_to, mut is_for_good) = (None, true);
        loop {
            let hop = Hop { client: self, limits, address: &address, end };
            if !watch(Progress { host: hop.host(), bytes: 0 }) {
                return Err(FetchError::Cancelled);
            }
            let mut headers = validators(request);
            own.add_for(&address, &mut headers);
            if !headers.iter().any(|(name, _)| *name == header::ACCEPT) {
                headers.push((header::ACCEPT, HeaderValue::from_static(ACCEPT)));
            }
            let response = hop.ask(&mut trail, &headers)?;
            let code = response.status().as_u16();
            match code {
                301 | 302 | 303 | 307 | 308 => {
                    address = trail.follow(value(&response, &header::LOCATION))?;
                    is_for_good &= matches!(code, 301 | 308);
                    if is_for_good {
                        moved_to = Some(address.clone().for_display().as_str().to_owned());
                    }
                }
                // Without a question whether it has changed this is no answer.
                304 if request.etag.is_some() || request.last_modified.is_some() => {
                    let told = told(&response, &address, request);
                    let etag = told.etag.or_else(|| request.etag.clone());
                    let last_modified = told.last_modified.or_else(|| request.last_modified.clone());
                    return Ok(FeedResponse { moved_to, etag, last_modified, ..told });
                }
                200..=299 => {
                    let told = told(&response, &address, request);
                    let body = Some(hop.read(response, watch)?);
                    return Ok(FeedResponse { body, moved_to, ..told });
                }
                _ => return Err(hop.refused(&response)),
            }
        }
    }
}

/// What is sent to the host of a feed alone, though it leads elsewhere.
struct OwnHeaders<'a> {
    first: &'a WebAddress,
    credential: Option<(&'a super::credentials::Credential, Vec<(HeaderName, HeaderValue)>)>,
}

impl<'a> OwnHeaders<'a> {
    fn of(first: &'a WebAddress, network: &'a Network) -> Result<Self, FetchError> {
        let credential = network.credentials.of(first);
        let credential = credential.map(|found| found.headers().map(|headers| (found, headers))).transpose()?;
        Ok(Self { first, credential })
    }

    /// Adds what may be sent to an address: nothing to another host, nor without the secrecy that the feed has.
    fn add_for(&self, address: &WebAddress, headers: &mut Vec<(HeaderName, HeaderValue)>) {
        let is_as_secret = self.first.scheme() == address.scheme() || address.scheme() == "https";
        let (port, first_port) = (address.port_or_default(), self.first.port_or_default());
        let is_same_server = port == first_port || (address.port().is_none() && self.first.port().is_none());
        if !is_as_secret || !is_same_server || address.host() != self.first.host() {
            return;
        }
        if let Some((_, own)) = self.credential.as_ref().filter(|(credential, _)| credential.covers(address)) {
            headers.extend(own.iter().cloned());
        }
    }
}

/// The question whether the feed has changed: what it had the last time, byte for byte.
fn validators(request: &FeedRequest) -> Vec<(HeaderName, HeaderValue)> {
    [(header::IF_NONE_MATCH, &request.etag), (header::IF_MODIFIED_SINCE, &request.last_modified)]
        .into_iter()
        .filter_map(|(name, known)| Some((name, HeaderValue::from_bytes(known.as_ref()?).ok()?)))
        .collect()
}

/// What the headers of an answer say.
fn told(response: &Response<Body>, address: &WebAddress, request: &FeedRequest) -> FeedResponse {
    let bytes = |name: &HeaderName| {
        let value = response.headers().get(name)?.as_bytes();
        (!value.is_empty() && value.len() <= LONGEST_VALIDATOR).then(|| value.to_vec())
    };
    let cache_control = response.headers().get_all(header::CACHE_CONTROL).iter();
    let cache_control: Vec<&str> = cache_control.filter_map(|value| value.to_str().ok()).collect();
    let cache = CacheHeaders {
        cache_control: &cache_control.join(","),
        expires: value(response, &header::EXPIRES),
        date: value(response, &header::DATE),
        age: value(response, &header::AGE),
    };
    let location = value(response, &header::CONTENT_LOCATION).and_then(|location| address.join(location));
    FeedResponse {
        body: None,
        address: address.clone().for_display().as_str().to_owned(),
        moved_to: None,
        charset: content::parse(value(response, &header::CONTENT_TYPE)).1,
        content_location: location.filter(|location| WebAddress::parse(location).is_some()),
        etag: bytes(&header::ETAG),
        last_modified: bytes(&header::LAST_MODIFIED),
        fresh_until: cache.fresh_until(request.now),
    }
}
