//! What the logs of the reader's own work, bookmarks and marks, have in common.
//!
//! A log is a file of lines, each a whole revision of one [`Record`], that only ever grows. Lines from any number of
//! logs, in any order and any number of times, merge into the same records on every machine: each group of fields is a
//! last-writer-wins [`Register`] with a [`Stamp`] of its own. This room knows the
//! limits of a line, stamps, how a log is compacted, and how its end is read back as changes that can be undone. Files
//! are left to `io::journal`.

mod clean;
mod compact;
mod history;
mod line;
mod position;
mod record;
mod register;
mod stamp;
mod tags;

pub(crate) use clean::clean;
pub(crate) use compact::merge_lines;
pub use history::{History, Reversible};
pub(crate) use line::is_deeper_than;
pub use line::{Line, LineFault, MAX_LINE, read_line};
pub use position::LogPosition;
pub use record::{FileNames, Record};
pub use register::Register;
pub(crate) use register::later_wins;
pub use stamp::{DeviceId, Stamp};
pub(crate) use tags::normalise;
pub use tags::{BadTag, MAX_TAG, MAX_TAGS};
