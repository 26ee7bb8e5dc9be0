//! The record as JSON: a W3C Web Annotation (<https://www.w3.org/TR/annotation-model/>) on one line.
//!
//! All private data is under one key, `x:sync`, which other programs may ignore: record version `v`, the device that
//! wrote last, the version of the text rules `norm`, the feed entry, and one stamp a group of fields, with that of the
//! note which this note was written `over`. The namespace and the style sheet lie under `.invalid`, which RFC 2606 keeps
//! free for ever: they name things and lead nowhere.
//!
//! Reading is lenient in form (an object where a list of one may stand, a source that is a bare IRI) and strict in
//! type. What is not known is kept where it was and written again; keys are written in alphabetical order, so equal
//! records are equal bytes.

mod digest;
mod plain;
mod read;
#[cfg(test)]
mod tests;
mod write;

use std::sync::LazyLock;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::extra::{Extra, TargetExtra};
use super::record::Target;
use crate::journal::Stamp;

pub(super) use read::read;
pub(super) use write::to_line;

/// The record version this program writes.
pub(super) const VERSION: u64 = 1;
/// The context of Web Annotations, which every document names.
pub(super) const ANNO: &str = "http://www.w3.org/ns/anno.jsonld";
const NAMESPACE: &str = "https://dateline.invalid/ns#";
/// The style sheet that every record of ours names.
pub(super) const STYLESHEET: &str = "https://dateline.invalid/passages.css";

type Object = Map<String, Value>;

/// Canonical bytes of a value.
pub(super) fn bytes<T: Serialize + ?Sized>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

/// Canonical bytes of the unknown fields.
pub(super) fn extra_bytes(extra: Option<&Extra>) -> Vec<u8> {
    bytes(&extra)
}

/// Canonical bytes of a note and the stamp it was written over. No note is smaller than any, so that a note wins over a
/// tombstone that was emptied of it.
pub(super) fn note_bytes((note, over): &(Option<String>, Option<Stamp>)) -> Vec<u8> {
    let canonical = bytes(&(note, over.map(Stamp::to_json)));
    if note.is_none() { smaller(canonical) } else { canonical }
}

/// Smaller bytes than any JSON.
fn smaller(canonical: Vec<u8>) -> Vec<u8> {
    [vec![0], canonical].concat()
}

/// Canonical bytes of a target. One that was emptied is smaller than any, so that the words win where somebody still
/// has them.
pub(super) fn target_bytes(target: &Target) -> Vec<u8> {
    let canonical = bytes(&(write::target(target), target.norm, &target.source.entry));
    if target.is_blank() { smaller(canonical) } else { canonical }
}

/// The context of every record of ours.
static CONTEXT: LazyLock<Value> =
    LazyLock::new(|| json!([ANNO, { "x": NAMESPACE, "x:sync": { "@id": "x:sync", "@type": "@json" } }]));
