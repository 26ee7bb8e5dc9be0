//! When two spellings of an address are the same page.
//!
//! What only says who sent the reader there, how the page is transferred, or where in it to look, makes no other page:
//! the parameters of trackers, the scheme, `www.`, a slash at the end, a fragment. Other parameters do, in any order,
//! and so does a fragment that begins with `!`, by which sites of one page name what they show.

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

/// What all spellings of the address of a page have in common; of what is no web address, all but the fragment.
pub(super) fn page(address: &str) -> String {
    let (page, fragment) = address.split_once('#').unwrap_or((address, ""));
    let Some((host, rest)) = parts(page) else { return page.trim_end_matches('/').to_owned() };
    let (fragment, _) = fragment.split_once(":~:").unwrap_or((fragment, ""));
    let shown = fragment.strip_prefix('!').map(|shown| shown.trim_matches('/')).filter(|shown| !shown.is_empty());
    let shown = shown.map(|shown| format!("#!/{}", plain(shown))).unwrap_or_default();
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let mut query: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !is_tracker(pair)).collect();
    query.sort_unstable();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{}{}{mark}{}{shown}", host.to_lowercase(), plain(path.trim_end_matches('/')), plain(&query.join("&")))
}

/// Whether an address is one of the page that [`page`] made this of. Most are not, and that shows before anything is
/// made.
pub(super) fn is_of(page: &str, address: &str) -> bool {
    let may_be = parts(address).is_none_or(|(host, _)| {
        page.get(..host.len()).is_some_and(|start| start.eq_ignore_ascii_case(host) || !host.is_ascii())
    });
    may_be && self::page(address) == page
}

/// The host of a web address without `www.` and the ports that go without saying, and what stands behind it.
fn parts(address: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = address.split_once("://")?;
    if !["https", "http"].iter().any(|web| scheme.eq_ignore_ascii_case(web)) {
        return None;
    }
    let (host, rest) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host = host.strip_suffix(":80").or_else(|| host.strip_suffix(":443")).unwrap_or(host);
    let www = host.get(..4).filter(|www| www.eq_ignore_ascii_case("www."));
    Some((www.and_then(|www| host.get(www.len()..)).unwrap_or(host), rest))
}

fn is_tracker(pair: &str) -> bool {
    let name = pair.split_once('=').map_or(pair, |(name, _)| name).to_ascii_lowercase();
    CAMPAIGNS.iter().any(|campaign| name.starts_with(campaign)) || CLICKS.contains(&name.as_str())
}

/// With the letters that need no percent sign as they are, those that need one with it, and the digits behind one large
/// (RFC 3986 §6.2.2, RFC 3987 §3.1).
fn plain(path: &str) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(path.len());
    let mut whole = String::new();
    if !path.is_ascii() {
        for c in path.chars() {
            let mut bytes = [0; 4];
            match c.encode_utf8(&mut bytes) {
                ascii if c.is_ascii() => whole.push_str(ascii),
                other => {
                    for byte in other.bytes() {
                        // Writing to a string cannot fail.
                        let _ = write!(whole, "%{byte:02X}");
                    }
                }
            }
        }
    }
    let mut rest = if path.is_ascii() { path } else { whole.as_str() };
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
    }
}
