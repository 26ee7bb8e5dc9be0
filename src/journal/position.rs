//! How far a log was read.

/// How far one log was read.
///
/// Positions must be stored together with what was read, or not at all: a position without its records would hide them.
/// Losing positions costs only time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogPosition {
    /// The name of the log.
    pub name: String,
    /// Which file it was (its inode).
    pub file: u64,
    /// Bytes read, up to the end of a line.
    pub bytes: u64,
    /// Lines read.
    pub lines: usize,
    /// A hash of the last of these lines: if another line is in its place, the log is read from its start.
    pub fingerprint: u64,
    /// How many of the bytes may be superfluous, for the decision when to compact; 0 in the logs of others.
    pub superfluous: u64,
}
