//! How far logs were read, for a caller who keeps what was read and that together, so that the next start reads only
//! what is new.

use std::ffi::OsString;

use crate::io::files;
use crate::journal::{LogPosition, Record};

use super::tail::Tail;
use super::{Journal, own};

impl<R: Record> Journal<R> {
    /// How far each log was read. A log whose name is not UTF-8 has none, and is read again at each start.
    pub(in crate::io) fn positions(&self) -> Vec<LogPosition> {
        let position = |(name, tail): (&OsString, &Tail)| {
            tail.position(name.to_str()?, if *name == self.own { self.dead } else { 0 })
        };
        let mut positions: Vec<LogPosition> = self.tails.iter().filter_map(position).collect();
        positions.sort_unstable_by(|one, other| one.name.cmp(&other.name));
        positions
    }

    /// Goes on from where earlier starts had read to. What cannot be opened is told when it is read.
    pub(super) fn resume(&mut self, names: &[OsString], known: &[LogPosition]) {
        for position in known {
            let name = OsString::from(&position.name);
            if names.binary_search(&name).is_err() {
                continue;
            }
            let opened = files::open(&self.folder.join(&name), own::links(self.device, &name));
            let Ok(tail) = opened.and_then(|mut file| Tail::resume(position, &mut file)) else { continue };
            if name == self.own && tail.length() > 0 {
                self.dead = position.superfluous;
            }
            self.tails.insert(name, tail);
        }
    }
}
