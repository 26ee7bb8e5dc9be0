//! Reads a log on from where it was last read to.

use std::fs::{File, Metadata};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;

use crate::io::files::{self, Links};
use crate::journal::{Line, LineFault, LogPosition, MAX_LINE, Record, read_line};

use super::fingerprint::{fingerprint, fingerprint_before};

/// Size, in bytes, up to which logs of other writers are read, and at which this device starts another log.
pub(super) const MAX_LOG: u64 = 64 * 1024 * 1024;

/// How far a log was read.
#[derive(Debug, Default)]
pub(super) struct Tail {
    /// Which file it was; another under the same name is read from its start.
    file: Option<u64>,
    /// Bytes read, up to the end of a line.
    offset: u64,
    /// Lines read.
    lines: usize,
    /// The fingerprint of the last of them, by which a rewritten file is recognised.
    fingerprint: u64,
    /// Length when it was last read, including a last line that may be unfinished.
    seen: u64,
    /// Whether this process alone writes it.
    pub(super) is_private: bool,
    /// Whether it could not be read completely the last time, which is reported once.
    pub(super) is_failing: bool,
}

/// What tells a file from its replacement: the inode.
#[cfg(unix)]
pub(super) fn identity(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

/// Where there are no inodes, a replacement is noticed if it is shorter.
#[cfg(not(unix))]
pub(super) fn identity(_: &Metadata) -> u64 {
    0
}

impl Tail {
    /// Reads what was added, holding one line in memory at a time; `take` gets each record with its range of bytes.
    ///
    /// Of somebody else's log no more than [`MAX_LOG`] bytes are read, and then that is an error; one's own is read to
    /// the end it has now, whatever its length.
    ///
    /// The last line may be unfinished because its writer is still busy or was killed. It is taken if it can be read,
    /// and read again once it has grown. If it cannot be read, it is reported only while the store `is_opening`: later,
    /// its writer is most likely still busy.
    pub(super) fn read<R: Record>(
        &mut self,
        (path, links): (&Path, Links),
        is_opening: bool,
        is_own: bool,
        mut take: impl FnMut(R, Range<u64>),
        mut report: impl FnMut(usize, LineFault, &[u8]),
    ) -> io::Result<()> {
        let mut file = files::open(path, links)?;
        let metadata = file.metadata()?;
        let identity = identity(&metadata);
        let is_same = self.file == Some(identity) && metadata.len() >= self.seen;
        if !is_same || metadata.len() > self.seen && !self.still_matches(&mut file)? {
            *self = Self {
                file: Some(identity),
                is_private: self.is_private,
                is_failing: self.is_failing,
                ..Self::default()
            };
        }
        let is_truncated = metadata.len() > MAX_LOG && !is_own;
        let too_long = || io::Error::new(io::ErrorKind::FileTooLarge, "it has more than 64 MiB");
        if metadata.len() == self.seen {
            return if is_truncated { Err(too_long()) } else { Ok(()) };
        }
        file.seek(SeekFrom::Start(self.offset))?;
        // What is added meanwhile is read the next time, so that a file that keeps growing does not keep this busy.
        let end = if is_truncated { MAX_LOG } else { metadata.len() };
        let room = end.saturating_sub(self.offset);
        let mut reader = BufReader::with_capacity(1 << 18, file.take(room));
        let (mut line, mut last) = (Vec::new(), None);
        loop {
            line.clear();
            let Some((length, is_complete)) = next_line(&mut reader, &mut line)? else { break };
            let start = self.offset;
            self.seen = start + length;
            if is_truncated && !is_complete {
                break;
            }
            if is_complete {
                self.offset += length;
                self.lines += 1;
            }
            match read_line(&line) {
                Line::Record(record) => take(*record, start..start + length),
                Line::Fault(fault) if is_complete => report(self.lines, fault, &line),
                Line::Fault(fault) if is_opening => report(self.lines + 1, fault, &line),
                Line::Blank | Line::Newer | Line::Fault(_) => {}
            }
            if is_complete {
                std::mem::swap(last.get_or_insert_default(), &mut line);
            }
        }
        if let Some(last) = last {
            self.fingerprint = fingerprint(&last);
        }
        if is_truncated {
            self.seen = metadata.len();
            return Err(too_long());
        }
        Ok(())
    }

    /// Bytes read, up to the end of a line.
    pub(super) fn length(&self) -> u64 {
        self.offset
    }

    /// Where to continue at the next start; none if nothing was read.
    pub(super) fn position(&self, name: &str, superfluous: u64) -> Option<LogPosition> {
        let (bytes, fingerprint) = (self.offset, self.fingerprint);
        Some(LogPosition {
            name: name.to_owned(),
            file: self.file?,
            bytes,
            lines: self.lines,
            fingerprint,
            superfluous,
        })
    }

    /// Continues where an earlier run stopped; from the beginning if it is another file now.
    pub(super) fn resume(position: &LogPosition, file: &mut File) -> io::Result<Self> {
        let LogPosition { bytes, lines, fingerprint, .. } = *position;
        let resumed =
            Self { file: Some(position.file), offset: bytes, seen: bytes, lines, fingerprint, ..Self::default() };
        let metadata = file.metadata()?;
        let is_same = identity(&metadata) == position.file && metadata.len() >= bytes && resumed.still_matches(file)?;
        Ok(if is_same { resumed } else { Self::default() })
    }

    /// Whether the last line that was read is still in its place.
    fn still_matches(&self, file: &mut File) -> io::Result<bool> {
        Ok(self.offset == 0 || fingerprint_before(file, self.offset)? == Some(self.fingerprint))
    }

    /// Notes that this process replaced the file with one of these bytes.
    pub(super) fn note_replacement(&mut self, identity: u64, bytes: &[u8]) {
        *self = Self { file: Some(identity), offset: 0, seen: 0, lines: 0, ..*self };
        self.add(bytes);
    }

    /// Notes that this process appended these whole lines at byte `before`, so that they need not be read; unless there
    /// is something before them that has not been read yet.
    pub(super) fn note_append(&mut self, identity: u64, before: u64, bytes: &[u8]) {
        if before == 0 {
            self.note_replacement(identity, bytes);
        } else if self.file == Some(identity) && self.offset == before {
            self.add(bytes);
        }
    }

    fn add(&mut self, bytes: &[u8]) {
        self.offset += bytes.len() as u64;
        self.seen = self.offset;
        self.lines += memchr::memchr_iter(b'\n', bytes).count();
        let whole = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        let start = memchr::memrchr(b'\n', whole).map_or(0, |before| before + 1);
        self.fingerprint = fingerprint(whole.get(start..).unwrap_or_default());
    }
}

/// Reads up to and over the next line break. Returns how many bytes that were and whether the break was there; none at
/// the end of the file. `line` gets the bytes without the break, at most one more than a line may have.
pub(super) fn next_line(reader: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<Option<(u64, bool)>> {
    let mut length = 0;
    loop {
        let buffer = match reader.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            buffer => buffer?,
        };
        if buffer.is_empty() {
            return Ok((length > 0).then_some((length, false)));
        }
        let end = memchr::memchr(b'\n', buffer);
        let part = buffer.get(..end.unwrap_or(buffer.len())).unwrap_or_default();
        let room = (MAX_LINE + 1).saturating_sub(line.len());
        line.extend_from_slice(part.get(..room).unwrap_or(part));
        let used = part.len() + usize::from(end.is_some());
        reader.consume(used);
        length += used as u64;
        if end.is_some() {
            return Ok(Some((length, true)));
        }
    }
}
