//! How far a log was read.

/// How far one log was read.
///
/// Whoever keeps these keeps them with what was read, both or neither: a position without its records would hide them.
/// Positions that are lost cost nothing but time.
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
    /// Tells the last of these lines from others: if another stands there, the log is read from its start.
    pub fingerprint: u64,
    /// How many of the bytes may be superfluous, for the decision when to compact; 0 in the logs of others.
    pub superfluous: u64,
}
