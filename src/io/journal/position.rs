//! How far logs were read, for a caller that stores these positions with what was read, so that the next start reads
//! only what is new.

use std::ffi::OsString;

use crate::io::files;
use crate::journal::{LogPosition, Record};

use super::tail::Tail;
use super::{Journal, own_logs};

impl<R: Record> Journal<R> {
    /// How far each log was read. A log whose name is not UTF-8 has none, and is read again at each start.
    pub(in crate::io) fn positions(&self) -> Vec<LogPosition> {
        let position = |(name, tail): (&OsString, &Tail)| {
            tail.position(name.to_str()?, if *name == self.own { self.superfluous } else { 0 })
        };
        let mut positions: Vec<LogPosition> = self.tails.iter().filter_map(position).collect();
        positions.sort_unstable_by(|one, other| one.name.cmp(&other.name));
        positions
    }

    /// Continues where earlier runs stopped. A log that cannot be opened is reported when it is read.
    pub(super) fn resume(&mut self, names: &[OsString], known: &[LogPosition]) {
        for position in known {
            let name = OsString::from(&position.name);
            if names.binary_search(&name).is_err() {
                continue;
            }
            let opened = files::open(&self.folder.join(&name), own_logs::links(self.device, &name));
            let Ok(tail) = opened.and_then(|mut file| Tail::resume(position, &mut file)) else { continue };
            if name == self.own && tail.length() > 0 {
                self.superfluous = position.superfluous;
            }
            self.tails.insert(name, tail);
        }
    }
}
