//! The W3C form: one `AnnotationCollection` with one embedded page (Web Annotation Data Model §5).

use std::borrow::Cow;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Builder;

use crate::bookmark::Bookmark;
use crate::bookmark::json::ANNO;
use crate::text::sanitize::sanitize;

/// The bookmarks as an annotation collection, in the order they are given.
///
/// The records are those of the log without their private fields. A page must have an item, so without bookmarks the
/// collection has no pages. The ids of collection and page are made from the content (UUID version 8), so that the
/// same bookmarks are the same collection.
pub fn json<'a>(bookmarks: impl IntoIterator<Item = &'a Bookmark>) -> Value {
    let items: Vec<Value> = bookmarks.into_iter().map(item).collect();
    let mut content = Sha256::new();
    for item in &items {
        content.update(item.to_string());
        content.update("\n");
    }
    let id = |part: &str| {
        let digest = content.clone().chain_update(part).finalize();
        let bytes = digest.first_chunk().copied().unwrap_or_default();
        Builder::from_custom_bytes(bytes).into_uuid().urn().to_string()
    };
    let mut collection = json!({
        "@context": ANNO,
        "id": id("collection"),
        "type": "AnnotationCollection",
        "label": "Passages",
        "total": items.len(),
    });
    if let Some(collection) = collection.as_object_mut().filter(|_| !items.is_empty()) {
        let page = json!({ "id": id("page"), "type": "AnnotationPage", "startIndex": 0, "items": items });
        collection.insert("first".to_owned(), page);
    }
    collection
}

fn item(bookmark: &Bookmark) -> Value {
    let mut item = sanitize_json(bookmark.to_public());
    // The collection states it for all of its items.
    if let Some(item) = item.as_object_mut().filter(|item| item.get("@context").is_some_and(|context| context == ANNO))
    {
        item.remove("@context");
    }
    item
}

/// Sanitises all strings: fields from other programs are stored as they came.
pub(in crate::bookmark) fn sanitize_json(value: Value) -> Value {
    let clean = |words: String| match sanitize(&words) {
        Cow::Borrowed(_) => words,
        Cow::Owned(words) => words,
    };
    match value {
        Value::String(words) => Value::String(clean(words)),
        Value::Array(values) => values.into_iter().map(sanitize_json).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (clean(name), sanitize_json(value))).collect(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bookmark::tests::sample;

    #[test]
    fn a_collection_has_one_page_with_the_records_but_no_private_fields() {
        let [one, two] = [sample(1), sample(2)];
        let collection = json([&one, &two]);
        assert_eq!(collection["total"], 2);
        assert_eq!(collection["first"]["type"], "AnnotationPage");
        let item = &collection["first"]["items"][0];
        assert_eq!(item["id"], one.id().to_string());
        assert_eq!((item.get("x:sync"), item.get("@context")), (None, None));
        assert_eq!(item["target"]["selector"][0]["exact"], one.quote().unwrap().exact);
    }

    #[test]
    fn equal_bookmarks_give_equal_bytes_and_others_another_collection() {
        let (one, two) = (sample(1), sample(2));
        assert_eq!(json([&one]).to_string(), json([&one]).to_string());
        assert_ne!(json([&one])["id"], json([&two])["id"]);
        assert_ne!(json([&one])["id"], json([&one])["first"]["id"]);
    }

    #[test]
    fn no_bookmarks_give_a_collection_without_pages() {
        let empty = json([]);
        assert_eq!((&empty["total"], empty.get("first")), (&0.into(), None));
    }
}
