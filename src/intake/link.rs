//! Which links are worth keeping.

use crate::article::address::split_scheme;
use crate::text::sanitize::sanitize;

/// Schemes that can be opened without running something.
const SCHEMES: [&str; 7] = ["http", "https", "mailto", "ftp", "gemini", "gopher", "tel"];

/// Bytes of the longest address that is kept.
const LIMIT: usize = 4096;

/// The address, if it can safely be shown and opened. Relative addresses stay; those within the page lead nowhere here.
pub(super) fn safe(address: &str) -> Option<String> {
    let address = address.trim();
    let odd = |c: char| c.is_control() || c.is_whitespace();
    if address.is_empty() || address.starts_with('#') || address.len() > LIMIT || address.contains(odd) {
        return None;
    }
    if sanitize(address) != address {
        return None;
    }
    // RFC 3986 §4.2: in a relative address no colon stands before the first slash, question mark or hash.
    let first = address.find([':', '/', '?', '#']).and_then(|at| address.get(at..));
    let is_safe = match split_scheme(address) {
        Some((scheme, _)) => SCHEMES.iter().any(|safe| scheme.eq_ignore_ascii_case(safe)),
        None => first.is_none_or(|rest| !rest.starts_with(':')),
    };
    is_safe.then(|| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_run_nothing_are_kept() {
        for good in [
            "https://example.org/a?b#c",
            "HTTP://example.org",
            "mailto:a@example.org",
            "../other.md",
            "//example.org/x",
            "a/b:c",
            "?q=a:b",
        ] {
            assert_eq!(safe(good).as_deref(), Some(good));
        }
        for bad in [
            "javascript:alert(1)",
            " JavaScript:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "#top",
            "",
            "https://a b",
            "https://x\u{202e}y",
            "java\u{1}script:x",
        ] {
            assert_eq!(safe(bad), None, "{bad:?}");
        }
    }
}
