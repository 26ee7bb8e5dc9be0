//! What marks promise.
