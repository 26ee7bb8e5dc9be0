//! One line of a log: its limits, and what is wrong with one that cannot be read.

use std::fmt;

use super::Record;

/// Longest line, in bytes; longer ones are not even parsed.
pub const MAX_LINE: usize = 256 * 1024;
/// Deepest nesting of a line; ours has six levels.
const MAX_DEPTH: usize = 32;

/// What a line of a log contains.
#[derive(Clone, Debug, PartialEq)]
pub enum Line<R> {
    /// Nothing: empty, blank, or the zero bytes that a crash leaves where a file grew before it was filled.
    Blank,
    /// A record.
    Record(Box<R>),
    /// A record in an unknown newer format: not a fault, and kept as it is.
    Newer,
    /// Something that cannot be read.
    Fault(LineFault),
}

/// Why a line cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineFault {
    /// It has more than [`MAX_LINE`] bytes.
    TooLong,
    /// It is not UTF-8.
    NotUtf8,
    /// Two versions of the file were left side by side by a merge.
    Conflict,
    /// Its values are nested too deeply.
    TooDeep,
    /// It is not JSON, with the error of the parser.
    NotJson(String),
    /// It is JSON but not what the log holds: "an annotation", "a mark".
    NotRecord(&'static str),
    /// A field is missing or of the wrong type.
    Field(&'static str),
}

impl fmt::Display for LineFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => write!(f, "longer than {MAX_LINE} bytes"),
            Self::NotUtf8 => f.write_str("not UTF-8"),
            Self::Conflict => f.write_str("a conflict marker"),
            Self::TooDeep => f.write_str("nested too deeply"),
            Self::NotJson(reason) => write!(f, "not JSON: {reason}"),
            Self::NotRecord(what) => write!(f, "not {what}"),
            Self::Field(name) => write!(f, "“{name}” is missing or wrong"),
        }
    }
}

/// Reads one line of a log, without its line break.
///
/// Sizes are checked before anything is parsed, so a hostile line costs no more than its length.
pub fn read_line<R: Record>(line: &[u8]) -> Line<R> {
    let line = trim(line);
    if line.is_empty() {
        return Line::Blank;
    }
    match checked(line) {
        Ok(line) => R::read(line),
        Err(fault) => Line::Fault(fault),
    }
}

fn checked(line: &[u8]) -> Result<&str, LineFault> {
    if line.len() > MAX_LINE {
        return Err(LineFault::TooLong);
    }
    let line = std::str::from_utf8(line).map_err(|_| LineFault::NotUtf8)?;
    if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|marker| line.starts_with(marker)) {
        return Err(LineFault::Conflict);
    }
    if is_deeper_than(line.as_bytes(), MAX_DEPTH) {
        return Err(LineFault::TooDeep);
    }
    Ok(line)
}

/// Without white space and zero bytes at the ends, and without a byte order mark.
fn trim(line: &[u8]) -> &[u8] {
    let is_blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0;
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    let start = line.iter().position(|byte| !is_blank(byte)).unwrap_or(line.len());
    let end = line.iter().rposition(|byte| !is_blank(byte)).map_or(start, |last| last + 1);
    line.get(start..end).unwrap_or_default()
}

/// Whether brackets that are not in strings are nested more than `limit` levels deep.
pub(crate) fn is_deeper_than(line: &[u8], limit: usize) -> bool {
    // Most lines have too few brackets to be deep; counting those is several times as fast as looking at strings.
    if line.iter().filter(|byte| matches!(byte, b'[' | b'{')).count() <= limit {
        return false;
    }
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for byte in line {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => depth += 1,
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > limit {
            return true;
        }
    }
    false
}
