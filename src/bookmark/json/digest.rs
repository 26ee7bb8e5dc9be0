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
        let sextet = BASE64_URL.iter().position(|known| *known == byte)?;
        bits = (bits << 6 | u32::try_from(sextet).ok()?) & 0xffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            *bytes.get_mut(filled)? = (bits >> held) as u8;
            filled += 1;
        }
    }
    let hash = TextHash::from_bytes(bytes);
    (filled == bytes.len() && write(&hash) == iri).then_some(hash)
}
