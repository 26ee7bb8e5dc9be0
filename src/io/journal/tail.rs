//! Reading a log from where it was last read to.

use std::fs::{File, Metadata};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;

use crate::io::files::{self, Links};
use crate::journal::{Line, LineFault, LogPosition, MAX_LINE, Record, read_line};

use super::fingerprint::{fingerprint, fingerprint_before};

/// Longest log of another writer that is read to its end, in bytes, and at which this one begins another.
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
    /// Tells the last of them from others, so that a file that was written anew is known by it.
    fingerprint: u64,
    /// Length when it was last looked at, with a last line that may be unfinished.
    seen: u64,
    /// Whether this process alone writes it.
    pub(super) is_private: bool,
    /// Whether it could not be read, or not all of it, the last time, which is told once.
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
    /// Reads what was added, a line at a time, in memory for one line; `take` is told which bytes it was.
    ///
    /// Of somebody else's log no more than [`MAX_LOG`] bytes are read, and then that is an error; one's own is read to
    /// the end it has now, whatever its length.
    ///
    /// The last line may be unfinished, by a writer that is at it or was killed. It is taken if it can be read, and
    /// looked at again when it has grown. If not, it is complained about only when the store `is_opening`: later, most
    /// likely somebody is at it.
    pub(super) fn read<R: Record>(
        &mut self,
        (path, links): (&Path, Links),
        is_opening: bool,
        is_own: bool,
        mut take: impl FnMut(R, Range<u64>),
        mut complain: impl FnMut(usize, LineFault, &[u8]),
    ) -> io::Result<()> {
        let mut file = files::open(path, links)?;
        let metadata = file.metadata()?;
        let identity = identity(&metadata);
        let is_the_same = self.file == Some(identity) && metadata.len() >= self.seen;
        if !is_the_same || metadata.len() > self.seen && !self.goes_on(&mut file)? {
            *self = Self {
                file: Some(identity),
                is_private: self.is_private,
                is_failing: self.is_failing,
                ..Self::default()
            };
        }
        let is_cut = metadata.len() > MAX_LOG && !is_own;
        let cut = || io::Error::new(io::ErrorKind::FileTooLarge, "it has more than 64 MiB");
        if metadata.len() == self.seen {
            return if is_cut { Err(cut()) } else { Ok(()) };
        }
        file.seek(SeekFrom::Start(self.offset))?;
        // What is added meanwhile is there at the next look: so a file that grows without end has one.
        let end = if is_cut { MAX_LOG } else { metadata.len() };
        let room = end.saturating_sub(self.offset);
        let mut reader = BufReader::with_capacity(1 << 18, file.take(room));
        let (mut line, mut last) = (Vec::new(), None);
        loop {
            line.clear();
            let Some((length, is_complete)) = next_line(&mut reader, &mut line)? else { break };
            let start = self.offset;
            self.seen = start + length;
            if is_cut && !is_complete {
                break;
            }
            if is_complete {
                self.offset += length;
                self.lines += 1;
            }
            match read_line(&line) {
                Line::Record(record) => take(*record, start..start + length),
                Line::Fault(fault) if is_complete => complain(self.lines, fault, &line),
                Line::Fault(fault) if is_opening => complain(self.lines + 1, fault, &line),
                Line::Blank | Line::Newer | Line::Fault(_) => {}
            }
            if is_complete {
                std::mem::swap(last.get_or_insert_default(), &mut line);
            }
        }
        if let Some(last) = last {
            self.fingerprint = fingerprint(&last);
        }
        if is_cut {
            self.seen = metadata.len();
            return Err(cut());
        }
        Ok(())
    }

    /// Bytes read, up to the end of a line.
    pub(super) fn length(&self) -> u64 {
        self.offset
    }

    /// Where to go on from at the next start; none if nothing was read.
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

    /// Goes on from where an earlier start had read to; from the beginning if that is another file now.
    pub(super) fn resume(position: &LogPosition, file: &mut File) -> io::Result<Self> {
        let LogPosition { bytes, lines, fingerprint, .. } = *position;
        let resumed =
            Self { file: Some(position.file), offset: bytes, seen: bytes, lines, fingerprint, ..Self::default() };
        let metadata = file.metadata()?;
        let is_the_same = identity(&metadata) == position.file && metadata.len() >= bytes && resumed.goes_on(file)?;
        Ok(if is_the_same { resumed } else { Self::default() })
    }

    /// Whether the file still has, before the place up to which it was read, the line that was read there.
    fn goes_on(&self, file: &mut File) -> io::Result<bool> {
        Ok(self.offset == 0 || fingerprint_before(file, self.offset)? == Some(self.fingerprint))
    }

    /// Notes that this process replaced the file by one of these bytes.
    pub(super) fn replaced(&mut self, identity: u64, bytes: &[u8]) {
        *self = Self { file: Some(identity), offset: 0, seen: 0, lines: 0, ..*self };
        self.add(bytes);
    }

    /// Notes that this process added these whole lines after byte `before`, so that they need not be read; unless
    /// something else is there that was not read yet.
    pub(super) fn wrote(&mut self, identity: u64, before: u64, bytes: &[u8]) {
        if before == 0 {
            self.replaced(identity, bytes);
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
