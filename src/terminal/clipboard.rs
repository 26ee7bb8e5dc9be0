//! Copies text to the terminal's clipboard (OSC 52).

use std::{fmt, io};

use crossterm::{clipboard::CopyToClipboard, queue};

/// Most terminals accept sequences of up to 100,000 bytes and silently drop longer ones; base64 turns 3 bytes into 4.
const MAX_COPY: usize = 74_970;

pub(super) fn copy_bytes(text: &str) -> Result<Vec<u8>, CopyError> {
    if text.len() > MAX_COPY {
        return Err(CopyError::TooLong(text.len()));
    }
    let mut bytes = Vec::with_capacity(text.len() / 3 * 4 + 16);
    queue!(bytes, CopyToClipboard::to_clipboard_from(text)).map_err(CopyError::Terminal)?;
    Ok(bytes)
}

/// Why nothing was copied.
#[derive(Debug)]
pub enum CopyError {
    /// More bytes than terminals accept.
    TooLong(usize),
    /// The terminal could not be written to.
    Terminal(io::Error),
}

impl fmt::Display for CopyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong(bytes) => {
                write!(f, "{bytes} bytes are too long to copy; terminals accept up to {MAX_COPY}")
            }
            Self::Terminal(error) => write!(f, "the terminal could not be told to copy: {error}"),
        }
    }
}

impl std::error::Error for CopyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::TooLong(_) => None,
            Self::Terminal(error) => Some(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copying_uses_osc_52_and_refuses_what_terminals_would_drop() {
        assert_eq!(copy_bytes("passage").unwrap(), b"\x1b]52;c;cGFzc2FnZQ==\x1b\\");
        assert!(copy_bytes(&"x".repeat(MAX_COPY)).unwrap().len() <= 100_000);
        assert!(matches!(copy_bytes(&"x".repeat(MAX_COPY + 1)), Err(CopyError::TooLong(_))));
    }
}
