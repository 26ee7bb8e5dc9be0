//! A line for the reader about what just happened.

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Something was done.
    Done,
    /// Something to know.
    Hint,
    /// Something went wrong; the program goes on.
    Error,
}

/// A line in the footer. It stands until the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How it is drawn.
    pub severity: Severity,
    /// What happened, and what to do about it; sanitised when it is drawn.
    pub text: String,
}

impl Notice {
    /// Something was done.
    pub fn done(text: impl Into<String>) -> Self {
        Self { severity: Severity::Done, text: text.into() }
    }

    /// Something to know.
    pub fn hint(text: impl Into<String>) -> Self {
        Self { severity: Severity::Hint, text: text.into() }
    }

    /// Something went wrong.
    pub fn error(text: impl Into<String>) -> Self {
        Self { severity: Severity::Error, text: text.into() }
    }
}
