//! Which addresses of the network belong to the public internet.
//!
//! A page of the web must not lead a reader's own machine to what only that can reach: the router, a server on this
//! machine, the metadata of a cloud. The ranges are those of the IANA registries of special-purpose addresses
//! (RFC 6890 and its updates) that are not globally reachable.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address belongs to the public internet.
pub(super) fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

/// Whether a name means this machine or its neighbours whatever a server of names says (RFC 6761, RFC 6762, RFC 8375).
pub(super) fn is_local_name(host: &str) -> bool {
    let host = host.trim_end_matches('.');
    ["localhost", "local", "internal", "home.arpa"]
        .iter()
        .any(|name| host == *name || host.strip_suffix(name).is_some_and(|before| before.ends_with('.')))
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let is_special = matches!(
        (a, b, c),
        // This network and private ones; multicast, reserved, broadcast.
        (0 | 10 | 127 | 224.., ..) | (172, 16..=31, _) | (192, 168, _)
        // Shared by a provider's customers; link-local, where clouds have their metadata.
        | (100, 64..=127, _) | (169, 254, _)
        // Protocol assignments, documentation, benchmarks, the old 6to4 relays.
        | (192, 0, 0 | 2) | (198, 51, 100) | (203, 0, 113) | (198, 18..=19, _) | (192, 88, 99)
    );
    !is_special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [first, second, third, _, _, _, seventh, last] = ip.segments();
    let inside = |high: u16, low: u16| is_public_v4(Ipv4Addr::from(u32::from(high) << 16 | u32::from(low)));
    if let Some(mapped) = ip.to_ipv4_mapped() {
        return is_public_v4(mapped);
    }
    match (first, second) {
        // Translated to IPv4 (RFC 6052), 6to4 (RFC 3056): what is inside counts.
        (0x64, 0xff9b) => third == 0 && inside(seventh, last),
        (0x2002, _) => inside(second, third),
        // Teredo and other protocols, documentation.
        (0x2001, 0..=0x1ff | 0xdb8) | (0x3fff, 0..=0xfff) => false,
        // Everything that is assigned lies in 2000::/3: the rest is loopback, link-local, unique local, multicast.
        _ => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_this_machine_reaches_is_not_public() {
        for address in [
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.192",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "fe80::1",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
        ] {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn what_everybody_reaches_is_public() {
        for address in [
            "1.1.1.1",
            "8.8.8.8",
            "172.15.0.1",
            "172.32.0.1",
            "192.167.1.1",
            "100.128.0.1",
            "223.255.255.255",
            "2606:4700:4700::1111",
            "2a00:1450::1",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
            "2002:808:808::",
        ] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn names_of_this_machine_are_known() {
        for name in ["localhost", "a.localhost", "localhost.", "printer.local", "metadata.google.internal"] {
            assert!(is_local_name(name), "{name}");
        }
        for name in ["example.org", "notlocalhost", "local.example", "international"] {
            assert!(!is_local_name(name), "{name}");
        }
    }
}
