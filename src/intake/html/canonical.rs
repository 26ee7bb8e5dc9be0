//! The address a page names as its own.

use crate::article::address::{WebAddress, absolute};

/// The first of the addresses that plausibly is that of the page at `base`: on the same host, and not the front page when
/// the page lies deeper. Templates that were copied name the front page, or a host where the site is built. Without a base
/// an address has to lead deeper than a front page.
pub(super) fn of<'a>(named: impl IntoIterator<Item = &'a str>, base: Option<&str>) -> Option<String> {
    let page = base.and_then(WebAddress::parse);
    named.into_iter().find_map(|link| {
        let address = absolute(link, base)?;
        let found = WebAddress::parse(&address)?;
        let is_front = |address: &WebAddress| address.path() == "/" && address.query().is_none();
        let fits = match &page {
            Some(page) => site(page.host()) == site(found.host()) && (!is_front(&found) || is_front(page)),
            None => !is_front(&found),
        };
        (fits && !found.has_credentials()).then_some(address)
    })
}

/// A host without what only says for which device it is.
fn site(host: &str) -> &str {
    ["www.", "m.", "mobile.", "amp."].iter().find_map(|prefix| host.strip_prefix(prefix)).unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_to_be_plausible() {
        let page = Some("https://m.gazette.example/news/a?utm_source=x");
        let a = "https://www.gazette.example/news/a";
        for (named, base, wanted) in [
            (a, page, Some(a)),
            ("/news/a", Some("https://www.gazette.example/x"), Some(a)),
            ("https://gazette.example/", page, None),
            ("https://staging.example/news/a", page, None),
            ("javascript:void(0)", page, None),
            ("/news/a", None, None),
            (a, None, Some(a)),
            ("https://gazette.example", None, None),
            ("https://gazette.example/", Some("https://gazette.example/"), Some("https://gazette.example/")),
        ] {
            assert_eq!(of([named], base).as_deref(), wanted, "{named} on {base:?}");
        }
        assert_eq!(of(["https://gazette.example/", a], page).as_deref(), Some(a));
    }
}
