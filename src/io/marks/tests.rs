//! What the logs of marks promise.
