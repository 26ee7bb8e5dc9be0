//! When two spellings of an address are the same page.
//!
//! What only says who sent the reader there, how the page is transferred, or where in it to look, makes no other page:
//! the parameters of trackers, the scheme, `www.`, a slash at the end, a fragment. Other parameters do, in any order,
//! and so does a fragment that begins with `!`, by which sites of one page name what they show.

use crate::article::address::{WebAddress, is_web, without_scheme};

/// Beginnings of the names of parameters by which visits are counted: Google's campaigns, and those of Matomo,
/// `HubSpot` and AT Internet.
const CAMPAIGNS: [&str; 6] = ["utm_", "mtm_", "pk_", "matomo_", "hsa_", "at_"];
/// Names of parameters that name a click, a mail or a visitor.
const CLICKS: [&str; 38] = [
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "cmpid",
    "dclid",
    "ns_mchannel",
    "ns_source",
    "ns_campaign",
    "ns_linkname",
    "fbclid",
    "gad_source",
    "gbraid",
    "gclid",
    "gclsrc",
    "igsh",
    "igshid",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "ncid",
    "ocid",
    "oly_anon_id",
    "oly_enc_id",
    "ref_src",
    "ref_url",
    "s_cid",
    "smid",
    "smtyp",
    "spm",
    "ttclid",
    "twclid",
    "vero_id",
    "wbraid",
    "wt_mc",
    "yclid",
];

/// Letters of a host that are compared before the whole address is looked at.
const FIRST: usize = 12;

/// What all spellings of the address of a page have in common; of what is no web address, all but the fragment.
pub(super) fn page(address: &str) -> String {
    let Some(parts) = WebAddress::parse(address).filter(|parts| !parts.has_credentials()) else {
        let page = address.split_once('#').map_or(address, |(page, _)| page);
        return page.trim_end_matches('/').to_owned();
    };
    let host = parts.host().strip_prefix("www.").unwrap_or(parts.host());
    // Behind `http` too the port of `https` goes without saying, since the scheme makes no difference.
    let port = parts.port().filter(|port| ![80, 443].contains(port));
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    let fragment = parts.fragment().unwrap_or_default();
    let (fragment, _) = fragment.split_once(":~:").unwrap_or((fragment, ""));
    let shown = fragment.strip_prefix('!').map(|shown| shown.trim_matches('/')).filter(|shown| !shown.is_empty());
    let shown = shown.map(|shown| format!("#!/{}", plain(shown))).unwrap_or_default();
    let query = parts.query().unwrap_or_default();
    let mut query: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !is_tracker(pair)).collect();
    query.sort_unstable();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{host}{port}{}{mark}{}{shown}", plain(parts.path().trim_end_matches('/')), plain(&query.join("&")))
}

/// Whether an address is one of the page that [`page`] made this of. Most are not, and that shows before anything is
/// made.
pub(super) fn is_of(page: &str, address: &str) -> bool {
    may_be_of(page, address) && self::page(address) == page
}

/// Whether the host may be the same by its first letters; what is not plainly written is not decided here.
fn may_be_of(page: &str, address: &str) -> bool {
    // What cannot be taken apart is its own page, scheme and all.
    if !is_web(address) || is_web(page) || !address.is_ascii() || page.contains("xn--") {
        return true;
    }
    let rest = without_scheme(address);
    let www = rest.get(..4).filter(|www| www.eq_ignore_ascii_case("www."));
    let host = www.and_then(|www| rest.get(www.len()..)).unwrap_or(rest);
    let host = host.bytes().take(FIRST).take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'));
    host.zip(page.bytes()).all(|(one, other)| one.to_ascii_lowercase() == other)
}

fn is_tracker(pair: &str) -> bool {
    let name = pair.split_once('=').map_or(pair, |(name, _)| name).to_ascii_lowercase();
    CAMPAIGNS.iter().any(|campaign| name.starts_with(campaign)) || CLICKS.contains(&name.as_str())
}

/// Without the percent signs that are not needed, and with the digits behind the others large (RFC 3986 §6.2.2).
fn plain(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        let code = after.get(..2).filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let byte = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        match (code, byte) {
            (Some(_), Some(byte)) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => {
                out.push(char::from(byte));
            }
            (Some(code), _) => out.extend(["%", &code.to_uppercase()]),
            (None, _) => out.push('%'),
        }
        rest = after.get(code.map_or(0, str::len)..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Addresses of few hosts and pages, some of them broken.
    const ADDRESSES: &str = r"(HTTPS?|https?)://(www[.]|WWW[.])?(a|ab|bü|xn--b-1ga|\[::1\]|a@b|a:)([.]de)?(:80|:8080)?(/[a%41ü/.]{0,4})?([?][ab=&]{0,4})?(#!?[a/]{0,3})?";

    #[test]
    fn spellings_of_one_page() {
        for address in [
            "https://example.com/2026/rents?id=7&lang=en",
            "http://example.com/2026/rents?id=7&lang=en",
            "https://www.example.com/2026/rents/?id=7&lang=en",
            "HTTPS://WWW.Example.COM:443/2026/rents?lang=en&id=7",
            "https://example.com/2026/rents?id=7&utm_source=rss&utm_medium=feed&lang=en#top",
            "https://example.com/2026/%72ents?fbclid=x&id=7&lang=en&",
            "http://example.com:80/2026/rents?id=7&lang=en#:~:text=Rents",
        ] {
            assert_eq!(page(address), "example.com/2026/rents?id=7&lang=en", "{address}");
            assert!(is_of("example.com/2026/rents?id=7&lang=en", address), "{address}");
        }
        assert_eq!(page("https://example.com/"), page("http://www.example.com?gclid=1"));
        assert_eq!(page("https://example.com/r%C3%BC?q=%c3%BC"), page("https://example.com/rü?q=ü"));
        assert!(is_of(&page("https://example.com/r%c3%bc"), "https://example.com/rü#top"));
        assert_eq!(page("https://example.com/#!/a/b"), page("https://example.com#!a/b/:~:text=x"));
        assert_ne!(page("https://example.com/#!/a"), page("https://example.com/#!/b"));
        assert_ne!(page("https://example.com/#!/a"), page("https://example.com/"));
        assert_eq!(page("https://example.com/%c3%a9"), page("https://example.com/%C3%A9"));
    }

    #[test]
    fn other_pages() {
        let one = page("https://example.com/2026/rents?id=7");
        for address in [
            "https://example.com/2026/rents",
            "https://example.com/2026/rents?id=8",
            "https://example.com/2026/Rents?id=7",
            "https://news.example.com/2026/rents?id=7",
            "https://example.com.evil.example/2026/rents?id=7",
            "ftp://example.com/2026/rents?id=7",
            "example.com/2026/rents?id=7/x",
            "urn:uuid:x",
            "%",
            "https://%e9%/?&&=&#",
            "",
        ] {
            assert!(!is_of(&one, address), "{address}");
        }
        assert_eq!(page("file:///a/b.txt#x"), "file:///a/b.txt");
        assert_ne!(page("https://ana@example.com/2026/rents?id=7"), one);
        assert_ne!(page("https://example.com:8080/2026/rents?id=7"), one);
    }

    proptest! {
        #[test]
        fn a_quick_look_never_misses_a_page(
            one in ADDRESSES,
            other in ADDRESSES,
        ) {
            prop_assert!(is_of(&page(&one), &one));
            prop_assert_eq!(is_of(&page(&one), &other), page(&one) == page(&other));
        }
    }
}
