//! A digest as an IRI, `ni:///sha-256;…`: RFC 6920 §3, with the unpadded base64url of RFC 4648 §5.

use crate::article::TextHash;

/// Names a thing by its SHA-256 digest.
const DIGEST: &str = "ni:///sha-256;";
const BASE64_URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The IRI of a digest.
pub(super) fn write(hash: &TextHash) -> String {
    let mut iri = String::from(DIGEST);
    for chunk in hash.as_bytes().chunks(3) {
        let bits = (0..3).fold(0_u32, |bits, at| bits << 8 | u32::from(chunk.get(at).copied().unwrap_or(0)));
        for sextet in 0..=chunk.len() {
            let index = (bits >> (18 - 6 * sextet) & 63) as usize;
            iri.extend(BASE64_URL.get(index).map(|byte| char::from(*byte)));
        }
    }
    iri
}

/// The digest an IRI names; none if it is another kind of IRI.
pub(super) fn read(iri: &str) -> Option<TextHash> {
    let encoded = iri.strip_prefix(DIGEST)?;
    let mut bytes = [0; 32];
    let (mut bits, mut held, mut filled) = (0_u32, 0, 0);
    for byte in encoded.bytes() {
        bits = (bits << 6 | sextet(byte)?) & 0xffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            *bytes.get_mut(filled)? = (bits >> held) as u8;
            filled += 1;
        }
    }
    let hash = TextHash::from_bytes(bytes);
    // The bits left over must be none: otherwise two names would be those of one digest.
    (encoded.len() == 43 && filled == bytes.len() && bits & ((1 << held) - 1) == 0).then_some(hash)
}

fn sextet(letter: u8) -> Option<u32> {
    Some(u32::from(match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'-' => 62,
        b'_' => 63,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_has_one_name_only() {
        let hash = TextHash::of("test");
        let iri = write(&hash);
        assert_eq!(read(&iri), Some(hash));
        let (rest, last) = iri.split_at(iri.len() - 1);
        let others = BASE64_URL.iter().map(|letter| format!("{rest}{}", char::from(*letter)));
        let named: Vec<String> = others.filter(|other| read(other).is_some_and(|other| other == hash)).collect();
        assert_eq!(named, std::slice::from_ref(&iri), "{last} alone fits");
        for wrong in [rest.to_owned(), format!("{iri}A"), iri.replace("sha-256;", "sha-512;"), format!("{rest}+")] {
            assert_eq!(read(&wrong), None, "{wrong}");
        }
    }
}
