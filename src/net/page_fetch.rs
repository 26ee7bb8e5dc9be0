//! Fetches a page of the web: follows where it leads, until there are words.

use ureq::http::{HeaderValue, header};

use crate::article::address::WebAddress;

use super::client::{Client, Hop, LIMITS, Limits, Progress, until, value};
use super::content::{self, Content};
use super::error::FetchError;
use super::network::Network;
use super::redirects::Trail;

/// What is read best comes first (RFC 9110 §12.5.1).
const ACCEPT: &str = "text/html, application/xhtml+xml, text/markdown;q=0.9, text/plain;q=0.8, */*;q=0.5";

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
    let (client, end) = (Client::new(network), until(limits));
    let mut trail = Trail::from(address.clone());
    loop {
        let hop = Hop { client: &client, limits, address: &address, end };
        if !watch(Progress { host: hop.host(), bytes: 0 }) {
            return Err(FetchError::Cancelled);
        }
        let response = hop.ask(&mut trail, &[(header::ACCEPT, HeaderValue::from_static(ACCEPT))])?;
        match response.status().as_u16() {
            301 | 302 | 303 | 307 | 308 => address = trail.follow(value(&response, &header::LOCATION))?,
            200..=299 => {
                let (content, charset) = content::parse(value(&response, &header::CONTENT_TYPE));
                let address = address.clone().for_display().as_str().to_owned();
                if let Content::Other { name, through } = content {
                    return Err(FetchError::NoWords { address, name, through });
                }
                let bytes = hop.read(response, watch)?;
                let (is_plain, is_markdown) = (content == Content::Plain, content == Content::Markdown);
                return Ok(Fetched { bytes, address, charset, is_plain, is_markdown });
            }
            _ => return Err(hop.refused(&response)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::proxies::Proxies;

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
    }
}
