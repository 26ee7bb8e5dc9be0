//! The record as JSON: a W3C Web Annotation (<https://www.w3.org/TR/annotation-model/>) on one line.
//!
//! All private data is under one key, `x:sync`, which other programs may ignore: record version `v`, the device that
//! wrote last, the version of the text rules `norm`, the feed entry, and one stamp a group of fields. The namespace
//! and the style sheet lie under `.invalid`, which RFC 2606 keeps free for ever: they name things and lead nowhere.
//!
//! Reading is lenient in form (an object where a list of one may stand, a source that is a bare IRI) and strict in
//! type. What is not known is kept where it was and written again; keys are written in alphabetical order, so equal
//! records are equal bytes.

mod digest;
mod read;
#[cfg(test)]
mod tests;
mod write;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::record::Target;

pub(super) use read::read;

/// The record version this program writes.
pub(super) const VERSION: u64 = 1;
/// The context of Web Annotations, which every document names.
pub(super) const ANNO: &str = "http://www.w3.org/ns/anno.jsonld";
const NAMESPACE: &str = "https://dateline.invalid/ns#";
const STYLESHEET: &str = "https://dateline.invalid/passages.css";

type Object = Map<String, Value>;

/// Unknown fields outside the target, merged as one group with the stamp of the whole record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Extra {
    top: Object,
    note: Object,
    tags: BTreeMap<String, Object>,
    bodies: Vec<Value>,
    sync: Object,
    stamps: Object,
}

/// Unknown fields inside the target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TargetExtra {
    target: Object,
    source: Object,
    state: Object,
    quote: Object,
    position: Object,
    selectors: Vec<Value>,
}

/// Canonical bytes of a value.
pub(super) fn bytes<T: Serialize + ?Sized>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

/// Canonical bytes of the unknown fields.
pub(super) fn extra_bytes(extra: Option<&Extra>) -> Vec<u8> {
    bytes(&extra)
}

/// Canonical bytes of a target.
pub(super) fn target_bytes(target: &Target) -> Vec<u8> {
    bytes(&(write::target(target), target.norm, &target.source.entry))
}

/// The context of every record of ours.
static CONTEXT: LazyLock<Value> =
    LazyLock::new(|| json!([ANNO, { "x": NAMESPACE, "x:sync": { "@id": "x:sync", "@type": "@json" } }]));
