//! The limits on a bookmark, and what is left out of a record to meet them.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::string_field;
use crate::bookmark::{Bookmark, MAX_NOTE, MAX_PASSAGE, MAX_TAG, MAX_TAGS, Refused};
use crate::journal::{BadTag, normalise};
use crate::text::fold::fold;

/// Checks that a bookmark is within the limits.
pub(super) fn check(bookmark: &Bookmark) -> Result<(), Refused> {
    let code_points = bookmark.quote().map_or(0, |quote| quote.exact.chars().count());
    if code_points > MAX_PASSAGE {
        return Err(Refused::TooLong { code_points });
    }
    let bytes = bookmark.note().map_or(0, str::len);
    if bytes > MAX_NOTE {
        return Err(Refused::NoteTooLong { bytes });
    }
    if bookmark.tags().len() > MAX_TAGS {
        return Err(Refused::BadTag(BadTag::TooMany));
    }
    match bookmark.tags().iter().find(|tag| tag.chars().count() > MAX_TAG) {
        Some(tag) => Err(Refused::BadTag(BadTag::TooLong { tag: tag.clone() })),
        None => Ok(()),
    }
}

/// Splits tags into those a bookmark can have, normalised and sorted, and those left out.
pub(super) fn split_tags(all: &[String]) -> (Vec<String>, Vec<String>) {
    let (mut kept, mut left_out, mut known) = (Vec::new(), Vec::new(), HashSet::new());
    for tag in all {
        let Ok(one) = normalise(&[tag]) else {
            left_out.push(tag.clone());
            continue;
        };
        for tag in one.into_iter().filter(|tag| known.insert(fold(tag))) {
            if kept.len() < MAX_TAGS { kept.push(tag) } else { left_out.push(tag) }
        }
    }
    kept.sort_unstable();
    (kept, left_out)
}

/// Removes from an annotation the tags that a bookmark cannot have, and returns them.
pub(super) fn remove_excess_tags(record: &mut Map<String, Value>) -> Vec<String> {
    let Some(Value::Array(bodies)) = record.get_mut("body") else { return Vec::new() };
    let (mut kept, mut left_out) = (HashSet::new(), Vec::new());
    bodies.retain(|body| {
        let tag = string_field(body, "value");
        if string_field(body, "purpose") != "tagging" || kept.contains(tag) {
            return true;
        }
        let fits = tag.chars().count() <= MAX_TAG && kept.len() < MAX_TAGS;
        if fits {
            kept.insert(tag.to_owned());
        } else {
            left_out.push(tag.to_owned());
        }
        fits
    });
    left_out
}

#[cfg(test)]
mod tests {
    use super::super::{Location, Remark, read};
    use super::*;

    #[test]
    fn a_record_with_too_many_or_too_long_tags_is_kept_without_them() {
        let long = "z".repeat(MAX_TAG + 1);
        let all: Vec<String> = (0..MAX_TAGS + 2).map(|number| format!("t{number:02}")).collect();
        let body = |tag: &String| format!(r#"{{"type":"TextualBody","purpose":"tagging","value":"{tag}"}}"#);
        let bodies: Vec<String> = [&long].into_iter().chain(&all).chain(&all[..3]).map(body).collect();
        let w3c = format!(
            r#"{{"type":"Annotation","body":[{},{{"type":"TextualBody","value":"why?"}}],"target":"https://example.com/a"}}"#,
            bodies.join(",")
        );
        let table = format!("Highlight,Note,Tags\nx,why?,\"{long},{}\"\n", all.join(","));
        for (file, at) in [(w3c, Location::Record(1)), (table, Location::Line(2))] {
            let batch = read(&file).unwrap();
            assert_eq!(batch.bookmarks[0].tags(), &all[..MAX_TAGS]);
            assert_eq!(batch.bookmarks[0].note(), Some("why?"));
            let left_out = [std::slice::from_ref(&long), &all[MAX_TAGS..]].concat();
            assert_eq!(batch.remarks, [(at, Remark::TagsLeftOut(left_out))]);
            assert!(batch.remarks[0].1.is_loss());
        }
    }
}
