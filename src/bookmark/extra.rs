//! What other programs, and later versions of this one, wrote into a record: kept as it is and written again.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

type Object = Map<String, Value>;

/// Unknown fields outside the target, merged as one group with the stamp of the whole record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Extra {
    pub(super) top: Object,
    pub(super) note: Object,
    pub(super) tags: BTreeMap<String, Object>,
    pub(super) bodies: Vec<Value>,
    pub(super) sync: Object,
    pub(super) stamps: Object,
}

impl Extra {
    /// Leaves out bodies this program does not know and what hung on the note: they may repeat a note that is deleted.
    pub(super) fn forget_bodies(&mut self) {
        self.note.clear();
        self.bodies.clear();
    }
}

/// Unknown fields inside the target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TargetExtra {
    pub(super) target: Object,
    pub(super) source: Object,
    pub(super) state: Object,
    pub(super) quote: Object,
    pub(super) position: Object,
    pub(super) selectors: Vec<Value>,
}
