//! When two spellings of an address are the same page: the normal form of web addresses.
//!
//! What only says who sent the reader there, how the page is transferred, or where in it to look, makes no other page:
//! the parameters of trackers, the scheme, `www.`, a slash at the end, a fragment. Other parameters do, whatever their
//! order, and so does a fragment that begins with `!` or `/`, by which sites of one page name what they show. In doubt
//! two pages stay two: a passage that is not found can be attached, one that is found in the wrong article is a lie.

use super::{WebAddress, is_web, without_scheme};

/// Beginnings of the names of parameters by which visits are counted: Google's campaigns, and those of Matomo (once Piwik),
/// `HubSpot` and AT Internet; `itm_` is for links inside a site.
const CAMPAIGNS: [&str; 8] = ["utm_", "itm_", "mtm_", "pk_", "piwik_", "matomo_", "hsa_", "at_"];
/// Names of parameters that name a click, a mail, a share or a visitor. They are those which the query stripping of
/// Firefox and Brave and the global rules of `ClearURLs` agree to be of no use to the page, without names that are words.
const CLICKS: &[&str] = &[
    "__hsfp",
    "__hssc",
    "__hstc",
    "__s",
    "__twitter_impression",
    "_bhlid",
    "_branch_match_id",
    "_branch_referrer",
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "_kx",
    "_openstat",
    "action_object_map",
    "action_ref_map",
    "action_type_map",
    "bsft_clkid",
    "bsft_uid",
    "cmpid",
    "dclid",
    "dicbo",
    "epik",
    "et_rid",
    "fb_action_ids",
    "fb_action_types",
    "fb_ref",
    "fb_source",
    "fbclid",
    "gad_campaignid",
    "gad_source",
    "gbraid",
    "gclid",
    "gclsrc",
    "guccounter",
    "guce_referrer",
    "guce_referrer_sig",
    "hsctatracking",
    "igsh",
    "igshid",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
    "mibextid",
    "mkt_tok",
    "mkwid",
    "ml_subscriber",
    "ml_subscriber_hash",
    "msclkid",
    "ncid",
    "ns_campaign",
    "ns_fee",
    "ns_linkname",
    "ns_mchannel",
    "ns_source",
    "ocid",
    "oly_anon_id",
    "oly_enc_id",
    "rb_clickid",
    "ref_src",
    "ref_url",
    "s_cid",
    "sc_cid",
    "smid",
    "smtyp",
    "spm",
    "srsltid",
    "ss_email_id",
    "ttclid",
    "twclid",
    "unicorn_click_id",
    "vero_conv",
    "vero_id",
    "wbraid",
    "wickedid",
    "wt.mc_id",
    "wt_mc",
    "wt_zmc",
    "xtor",
    "yclid",
    "ysclid",
];

/// Signs that mean the same whether they are written as themselves or as their codes: those that have no use of their
/// own in a path (RFC 3986 §3.3). Some programs encode them and some do not, as in `Leith_(port)`.
const PLAIN_IN_PATH: &[u8] = b"-._~!'()*,:@";
/// The same for what stands behind the question mark (§3.4).
const PLAIN_IN_QUERY: &[u8] = b"-._~!'()*,:@/?";

/// Letters of a host that are compared before the whole address is looked at.
const FIRST: usize = 12;
const SCHEME: &str = "https://";

/// The normal form of a web address: what all spellings of the address of one page have in common, itself an address.
/// None for what is no web address, or has a user name: that is a page for its user alone.
pub fn normal_form(address: &str) -> Option<String> {
    let parts = WebAddress::parse(address).filter(|parts| !parts.has_credentials())?;
    let host = parts.host().trim_end_matches('.');
    let host = host.strip_prefix("www.").filter(|rest| rest.contains('.')).unwrap_or(host);
    // Behind `http` too the port of `https` goes without saying, since the scheme makes no difference.
    let port = parts.port().filter(|port| ![80, 443].contains(port));
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    let path = plain(parts.path().trim_end_matches('/'), PLAIN_IN_PATH);
    let query = parts.query().map(normal_query).filter(|query| !query.is_empty());
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    let shown = parts.fragment().and_then(shown).unwrap_or_default();
    Some(format!("{SCHEME}{host}{port}{path}{query}{shown}"))
}

/// What is compared of any address: the normal form of one of the web, and all but the fragment of another.
pub fn page(address: &str) -> String {
    normal_form(address).unwrap_or_else(|| {
        let page = address.split_once('#').map_or(address, |(page, _)| page);
        page.trim_end_matches('/').to_owned()
    })
}

/// Whether an address is one of the page that [`page`] made this of. Most are not, and that shows before anything is
/// made.
pub fn is_of(page: &str, address: &str) -> bool {
    may_be_of(page, address) && self::page(address) == page
}

/// Whether the host may be the same by its first letters; what is not plainly written is not decided here.
fn may_be_of(page: &str, address: &str) -> bool {
    // What cannot be taken apart is its own page, scheme and all.
    let Some(normal) = page.strip_prefix(SCHEME) else { return true };
    if !is_web(address) || !address.is_ascii() || page.contains("xn--") || page.contains('@') {
        return true;
    }
    let rest = without_scheme(address);
    let www = rest.get(..4).filter(|www| www.eq_ignore_ascii_case("www."));
    let bare = www.and_then(|www| rest.get(www.len()..));
    let begins = |host: &str| {
        let first = host.bytes().take(FIRST);
        let first = first.take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'));
        first.zip(normal.bytes()).all(|(one, other)| one.eq_ignore_ascii_case(&other) || one == b'.')
    };
    begins(rest) || bare.is_some_and(begins)
}

/// The part of a fragment that says what is shown, for a page that shows many things (`#!/a`, `#/a`).
fn shown(fragment: &str) -> Option<String> {
    let (fragment, _) = fragment.split_once(":~:").unwrap_or((fragment, ""));
    let (mark, shown) = match fragment.strip_prefix('!') {
        Some(shown) => ("#!/", shown),
        None => ("#/", fragment.strip_prefix('/')?),
    };
    let shown = shown.trim_matches('/');
    (!shown.is_empty()).then(|| format!("{mark}{}", plain(shown, PLAIN_IN_QUERY)))
}

/// Without what trackers add, sorted by name; those of one name keep their order, which may mean something.
fn normal_query(query: &str) -> String {
    let pairs = query.split('&').map(|pair| plain(&pair.replace('+', "%20"), PLAIN_IN_QUERY));
    let mut pairs: Vec<String> = pairs.filter(|pair| !pair.is_empty() && !is_tracker(pair)).collect();
    pairs.sort_by(|one, other| name(one).cmp(name(other)));
    pairs.join("&")
}

fn name(pair: &str) -> &str {
    pair.split_once('=').map_or(pair, |(name, _)| name)
}

fn is_tracker(pair: &str) -> bool {
    let name = name(pair).to_ascii_lowercase();
    CAMPAIGNS.iter().any(|campaign| name.starts_with(campaign)) || CLICKS.contains(&name.as_str())
}

/// Without the percent signs that are not needed, and with the digits behind the others large (RFC 3986 §6.2.2): letters
/// and digits are written as themselves, and these `signs`.
fn plain(encoded: &str, signs: &[u8]) -> String {
    let mut out = String::with_capacity(encoded.len());
    let mut rest = encoded;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        let code = after.get(..2).filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let byte = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        match (code, byte) {
            (Some(_), Some(byte)) if byte.is_ascii_alphanumeric() || signs.contains(&byte) => {
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
    const ADDRESSES: &str = r"(HTTPS?|https?)://(www[.]|WWW[.])?(a|ab|www|bü|xn--b-1ga|\[::1\]|a@b|a:)([.]de)?[.]?(:80|:443|:8080)?(/[a%41ü/.()]{0,4})?([?][ab=&+]{0,4})?(#!?[a/]{0,3})?";

    #[test]
    fn spellings_of_one_page() {
        for address in [
            "https://example.com/2026/rents?id=7&lang=en",
            "http://example.com/2026/rents?id=7&lang=en",
            "https://www.example.com/2026/rents/?id=7&lang=en",
            "HTTPS://WWW.Example.COM:443/2026/rents?lang=en&id=7",
            "http://www.example.com.:80/2026/./x/../rents?lang=en&id=7",
            "https://example.com/2026/rents?id=7&utm_source=rss&utm_medium=feed&lang=en#top",
            "https://example.com/2026/rents?id=7&utm%5Fsource=rss&UTM_Medium=feed&lang=en#",
            "https://example.com/2026/%72ents?fbclid=x&id=7&lang=en&",
            "https://example.com/2026/rents?id=7&mc_cid=0&mc_eid=1&srsltid=2&WT.mc_id=3&lang=en",
            "http://example.com:80/2026/rents?id=7&lang=en#:~:text=Rents",
        ] {
            assert_eq!(
                normal_form(address).as_deref(),
                Some("https://example.com/2026/rents?id=7&lang=en"),
                "{address}"
            );
            assert!(is_of("https://example.com/2026/rents?id=7&lang=en", address), "{address}");
        }
        for (one, other) in [
            ("https://example.com/", "http://www.example.com?gclid=1"),
            ("https://example.com/r%C3%BC?q=%c3%bc", "https://example.com/rü?q=ü"),
            ("https://example.com/Leith_%28port%29", "https://example.com/Leith_(port)"),
            ("https://example.com/?q=a+b%2cc", "https://example.com/?q=a%20b,c"),
            ("https://example.com/?to=https%3A%2F%2Fa.example%2F", "https://example.com/?to=https://a.example/"),
            ("https://example.com/#!/a/b", "https://example.com#!a/b/:~:text=x"),
            ("https://example.com/#/a", "https://www.example.com/#/a/"),
            ("https://bücher.example/", "https://xn--bcher-kva.example"),
        ] {
            assert!(is_of(&page(one), other) && is_of(&page(other), one), "{one} {other}");
        }
    }

    #[test]
    fn other_pages() {
        let one = page("https://example.com/2026/rents?id=7");
        for address in [
            "https://example.com/2026/rents",
            "https://example.com/2026/rents?id=8",
            "https://example.com/2026/rents?id=7&page=2",
            "https://example.com/2026/rents?id=7&ref=harbour",
            "https://example.com/2026/Rents?id=7",
            "https://example.com/2026%2Frents?id=7",
            "https://example.com/2026/rents/index.html?id=7",
            "https://news.example.com/2026/rents?id=7",
            "https://m.example.com/2026/rents?id=7",
            "https://example.com/amp/2026/rents?id=7",
            "https://example.com.evil.example/2026/rents?id=7",
            "https://example.com:8080/2026/rents?id=7",
            "https://ana@example.com/2026/rents?id=7",
            "https://example.com/2026/rents?id=7#!/notes",
            "ftp://example.com/2026/rents?id=7",
            "example.com/2026/rents?id=7/x",
            "urn:uuid:x",
            "%",
            "https://%e9%/?&&=&#",
            "",
        ] {
            assert!(!is_of(&one, address), "{address}");
        }
        for (one, other) in [
            ("https://example.com/#!/a", "https://example.com/#!/b"),
            ("https://example.com/#!/a", "https://example.com/"),
            ("https://example.com/#/a", "https://example.com/#/b"),
            ("https://example.com/?a=1&a=2", "https://example.com/?a=2&a=1"),
            ("https://example.com/?q=a%26b", "https://example.com/?q=a&b"),
            ("https://example.com/a+b", "https://example.com/a%20b"),
            ("https://www.com/", "https://com/"),
        ] {
            assert_ne!(page(one), page(other));
        }
        assert_eq!(page("file:///a/b.txt#x"), "file:///a/b.txt");
        for address in ["file:///a", "urn:uuid:x", "example.com", "https://ana:secret@example.com/", "https://a b/"] {
            assert_eq!(normal_form(address), None, "{address}");
        }
    }

    proptest! {
        #[test]
        fn a_normal_form_is_an_address_of_the_same_page_and_its_own_normal_form(address in ADDRESSES) {
            if let Some(normal) = normal_form(&address) {
                prop_assert_eq!(normal_form(&normal), Some(normal), "{}", address);
            }
        }

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
