//! How far logs were read, for a caller who keeps what was read and that together, so that the next start reads only
//! what is new.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use sha2::{Digest, Sha256};

use crate::io::files;
use crate::journal::{LogPosition, Record};

use super::tail::Tail;
use super::{Journal, own};

/// How much of the end of a line goes into its fingerprint, in bytes.
const FINGERPRINTED: usize = 256;

/// The fingerprint of a line without its break: the beginning of the SHA-256 of its last bytes.
pub(super) fn fingerprint(line: &[u8]) -> u64 {
    let end = line.get(line.len().saturating_sub(FINGERPRINTED)..).unwrap_or_default();
    Sha256::digest(end).iter().take(8).fold(0, |bits, byte| bits << 8 | u64::from(*byte))
}

/// The fingerprint of the line that ends before byte `at` of a file; none if no line ends there.
pub(super) fn fingerprint_before(file: &mut File, at: u64) -> io::Result<Option<u64>> {
    // One more than is taken in, for the line break at its end.
    let length = at.min(FINGERPRINTED as u64 + 1);
    file.seek(SeekFrom::Start(at - length))?;
    let mut end = Vec::new();
    file.take(length).read_to_end(&mut end)?;
    let Some(end) = end.strip_suffix(b"\n") else { return Ok(None) };
    let start = memchr::memrchr(b'\n', end).map_or(0, |before| before + 1);
    Ok(Some(fingerprint(end.get(start..).unwrap_or_default())))
}

impl<R: Record> Journal<R> {
    /// How far each log was read. A log whose name is not UTF-8 has none, and is read again at each start.
    pub(in crate::io) fn positions(&self) -> Vec<LogPosition> {
        let position = |(name, tail): (&OsString, &Tail)| {
            tail.position(name.to_str()?, if *name == self.own { self.dead } else { 0 })
        };
        let mut positions: Vec<LogPosition> = self.tails.iter().filter_map(position).collect();
        positions.sort_unstable_by(|one, other| one.name.cmp(&other.name));
        positions
    }

    /// Goes on from where earlier starts had read to. What cannot be opened is told when it is read.
    pub(super) fn resume(&mut self, names: &[OsString], known: &[LogPosition]) {
        for position in known {
            let name = OsString::from(&position.name);
            if names.binary_search(&name).is_err() {
                continue;
            }
            let opened = files::open(&self.folder.join(&name), own::links(self.device, &name));
            let Ok(tail) = opened.and_then(|mut file| Tail::resume(position, &mut file)) else { continue };
            if name == self.own && tail.length() > 0 {
                self.dead = position.superfluous;
            }
            self.tails.insert(name, tail);
        }
    }
}
