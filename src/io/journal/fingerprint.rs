//! Recognises the line up to which a log was read.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use sha2::{Digest, Sha256};

/// How many bytes at the end of a line are hashed.
const FINGERPRINTED: usize = 256;

/// The fingerprint of a line without its line break: the first bytes of the SHA-256 of its end.
pub(super) fn fingerprint(line: &[u8]) -> u64 {
    let end = line.get(line.len().saturating_sub(FINGERPRINTED)..).unwrap_or_default();
    Sha256::digest(end).iter().take(8).fold(0, |bits, byte| bits << 8 | u64::from(*byte))
}

/// The fingerprint of the line that ends before byte `at` of a file; none if no line ends there.
pub(super) fn fingerprint_before(file: &mut File, at: u64) -> io::Result<Option<u64>> {
    // One more byte, for the line break at its end.
    let length = at.min(FINGERPRINTED as u64 + 1);
    file.seek(SeekFrom::Start(at - length))?;
    let mut end = Vec::new();
    file.take(length).read_to_end(&mut end)?;
    let Some(end) = end.strip_suffix(b"\n") else { return Ok(None) };
    let start = memchr::memrchr(b'\n', end).map_or(0, |before| before + 1);
    Ok(Some(fingerprint(end.get(start..).unwrap_or_default())))
}
