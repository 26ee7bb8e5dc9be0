//! Addresses: what scheme one has, and web addresses taken apart as browsers do.
//!
//! This file is the only one that knows the `url` crate, which follows the WHATWG URL Standard. The crate accepts more
//! than belongs in an article (`https:///a` has the host `a` there), so [`is_web`] decides what counts as an address in the first place.

mod normal;

use core::net::IpAddr;

use url::{Host, Url};

pub use normal::{is_of, normal_form, page};

/// The scheme of an address and what stands behind its colon (RFC 3986 §3.1); none for a relative address.
pub fn split_scheme(address: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = address.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_scheme.then_some((scheme, rest))
}

/// An address as people write it: `example.org/x` for `https://example.org/x`, `a@example.org` for `mailto:…`.
pub fn without_scheme(address: &str) -> &str {
    split_scheme(address).map_or(address, |(_, rest)| rest.strip_prefix("//").unwrap_or(rest))
}

/// The bytes that a part of an address stands for (RFC 3986 §2.1); a percent sign without digits stands for itself.
pub fn percent_decoded(part: &str) -> Vec<u8> {
    let encoded = part.as_bytes();
    let half = |at: usize| encoded.get(at).and_then(|&digit| char::from(digit).to_digit(16));
    let (mut bytes, mut at) = (Vec::with_capacity(encoded.len()), 0);
    while let Some(&byte) = encoded.get(at) {
        let code = if byte == b'%' { half(at + 1).zip(half(at + 2)) } else { None };
        bytes.push(code.map_or(byte, |(high, low)| (high * 16 + low) as u8));
        at += if code.is_some() { 3 } else { 1 };
    }
    bytes
}

/// Whether an address leads into the web: `http` or `https`, and a host. Nothing is allocated, so it may be asked of
/// every bookmark.
pub fn is_web(address: &str) -> bool {
    let Some((scheme, rest)) = split_scheme(address) else { return false };
    let host = rest.strip_prefix("//").unwrap_or_default();
    ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web))
        && host.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '[' | '%'))
}

/// Where a link of a page leads: its target in full, if a browser opens that and nothing is run by it. The address of the
/// page is needed for relative links; those within the page lead nowhere.
pub fn resolve(link: &str, page: Option<&str>) -> Option<String> {
    let link = link.trim();
    let odd = |c: char| c.is_control() || c.is_whitespace();
    if link.is_empty() || link.starts_with('#') || link.len() > LONGEST_LINK || link.contains(odd) {
        return None;
    }
    match split_scheme(link) {
        Some((scheme, rest)) if ["mailto", "tel"].iter().any(|safe| scheme.eq_ignore_ascii_case(safe)) => {
            (!rest.is_empty()).then(|| link.to_owned())
        }
        Some(_) => WebAddress::parse(link).filter(|link| !link.is_within(page)).map(|_| link.to_owned()),
        None => {
            let base = WebAddress::parse(page?)?;
            let target = WebAddress::parse(base.url.join(link).ok()?.as_str())?;
            (!target.is_within(page)).then(|| target.url.into())
        }
    }
}

/// Bytes of the longest link that is kept.
const LONGEST_LINK: usize = 4096;

/// The web address a link on the page at `base` leads to (WHATWG URL Standard §4.4); none if it is relative and the base is
/// unknown, or it does not lead into the web.
pub fn absolute(link: &str, base: Option<&str>) -> Option<String> {
    let link = link.trim();
    let url = match base.and_then(|base| Url::parse(base).ok()) {
        Some(base) => base.join(link).ok()?,
        None => Url::parse(link).ok()?,
    };
    Some(url.to_string()).filter(|address| WebAddress::parse(address).is_some())
}

/// A web address, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebAddress {
    url: Url,
    host: String,
}

impl WebAddress {
    /// Takes a web address apart; none if it is no address a browser opens, or has blanks or control characters.
    pub fn parse(address: &str) -> Option<Self> {
        // Browsers quietly drop line breaks and tabs, by which a harmful address can be made to look harmless.
        if !is_web(address) || address.contains(|c: char| c.is_control() || c.is_whitespace()) {
            return None;
        }
        let url = Url::parse(address).ok()?;
        let host = url.host_str()?.to_owned();
        Some(Self { url, host })
    }

    /// The host in lower case and in ASCII (Punycode) whatever it was written in.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port, unless it is that of the scheme.
    pub fn port(&self) -> Option<u16> {
        self.url.port()
    }

    /// The path, with what is not ASCII percent-encoded; it begins with a slash.
    pub fn path(&self) -> &str {
        self.url.path()
    }

    /// What stands behind the question mark.
    pub fn query(&self) -> Option<&str> {
        self.url.query()
    }

    /// What stands behind the hash.
    pub fn fragment(&self) -> Option<&str> {
        self.url.fragment()
    }

    /// Whether it leads to a place on the page of that address.
    fn is_within(&self, page: Option<&str>) -> bool {
        let without_fragment = |mut url: Url| {
            url.set_fragment(None);
            url
        };
        self.url.fragment().is_some()
            && page
                .and_then(Self::parse)
                .is_some_and(|page| without_fragment(page.url) == without_fragment(self.url.clone()))
    }

    /// The whole address.
    pub fn as_str(&self) -> &str {
        self.url.as_str()
    }

    /// `http` or `https`.
    pub fn scheme(&self) -> &str {
        self.url.scheme()
    }

    /// The port it is asked at.
    pub fn port_or_default(&self) -> u16 {
        self.url.port_or_known_default().unwrap_or(80)
    }

    /// The host where that is a number: an address of the network.
    pub fn ip(&self) -> Option<IpAddr> {
        match self.url.host()? {
            Host::Domain(_) => None,
            Host::Ipv4(ip) => Some(ip.into()),
            Host::Ipv6(ip) => Some(ip.into()),
        }
    }

    /// Where a link on this page leads (WHATWG URL Standard, "basic URL parser" with a base): any scheme.
    pub fn join(&self, link: &str) -> Option<String> {
        Some(self.url.join(link).ok()?.into())
    }

    /// The same without user name and password, and without what stands behind the hash: what is shown and kept.
    #[must_use]
    pub fn for_display(mut self) -> Self {
        // These fail only for addresses without a host.
        self.url.set_username("").ok();
        self.url.set_password(None).ok();
        self.url.set_fragment(None);
        self
    }

    /// Whether it contains a user name or password.
    pub fn has_credentials(&self) -> bool {
        !self.url.username().is_empty() || self.url.password().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_ends_at_the_first_colon_and_has_no_other_signs() {
        assert_eq!(split_scheme("mailto:a@b"), Some(("mailto", "a@b")));
        assert_eq!(split_scheme("feed:https://a"), Some(("feed", "https://a")));
        for address in ["a/b:c", "?q=a:b", "//host:80/x", "", ":x", "1a:x", "a b:c", "ä:x"] {
            assert_eq!(split_scheme(address), None, "{address}");
        }
        assert_eq!(without_scheme("https://example.org/x"), "example.org/x");
        assert_eq!(without_scheme("mailto:a@b"), "a@b");
        assert_eq!(without_scheme("../x"), "../x");
    }

    #[test]
    fn a_web_address_has_a_scheme_of_the_web_and_a_host() {
        for address in ["http://example.org", "HTTPS://example.org/a?b#c", "https://[::1]/", "https://bücher.example/"]
        {
            assert!(is_web(address) && WebAddress::parse(address).is_some(), "{address}");
        }
        for address in [
            "",
            "https://",
            "https:///etc/passwd",
            "https:/a",
            "https:a",
            "file:///a",
            "javascript:x",
            "a.org",
            "https://-x",
        ] {
            assert!(!is_web(address) && WebAddress::parse(address).is_none(), "{address}");
        }
        for address in
            ["https://a b", "https://a/b c", "https://a/\u{1b}[2J", "https://a\n/", "https://a:99999/", "https://%e9%/"]
        {
            assert!(is_web(address) && WebAddress::parse(address).is_none(), "{address:?}");
        }
    }

    #[test]
    fn links_are_resolved_and_those_that_run_something_or_stay_on_the_page_are_none() {
        let page = Some("https://gazette.example/2026/harbour.html?x=1");
        for (link, target) in [
            ("plan.html", Some("https://gazette.example/2026/plan.html")),
            ("/about#us", Some("https://gazette.example/about#us")),
            ("//other.example/a", Some("https://other.example/a")),
            ("?x=2", Some("https://gazette.example/2026/harbour.html?x=2")),
            (" HTTP://Other.example ", Some("HTTP://Other.example")),
            ("mailto:ana@gazette.example", Some("mailto:ana@gazette.example")),
            ("#top", None),
            ("https://gazette.example/2026/harbour.html?x=1#top", None),
            ("harbour.html?x=1#top", None),
            ("javascript:alert(1)", None),
            ("java\nscript:x", None),
            ("data:text/html,x", None),
            ("file:///etc/passwd", None),
            ("https://a b/", None),
            ("", None),
        ] {
            assert_eq!(resolve(link, page).as_deref(), target, "{link}");
        }
        assert_eq!(resolve("a.html", None), None);
        assert_eq!(resolve("a.html", Some("file:///home/a.html")), None);
        assert_eq!(resolve("https://a.example/", None).as_deref(), Some("https://a.example/"));
    }

    #[test]
    fn parts_are_normalised_as_browsers_do() {
        let address = WebAddress::parse("HTTP://Bücher.example:80/a/../rü?q=ü#top").unwrap();
        assert_eq!((address.host(), address.port(), address.path()), ("xn--bcher-kva.example", None, "/r%C3%BC"));
        assert_eq!((address.query(), address.fragment()), (Some("q=%C3%BC"), Some("top")));
        assert!(!address.has_credentials());
        assert!(WebAddress::parse("https://ana:secret@example.org:8080/").unwrap().has_credentials());
    }
}
