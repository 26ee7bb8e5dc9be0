//! The fields of bookmark queries, and what their values mean.

use crate::query::{BadQuery, Part, Vocabulary};

use super::{AnchorState, Color, UNCHECKED};

/// The fields, written before a colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Tag,
    Color,
    Title,
    Source,
    Entity,
    Before,
    After,
    State,
}

pub(super) const VOCABULARY: Vocabulary<Field> = Vocabulary {
    fields: &[
        ("tag", Field::Tag),
        ("color", Field::Color),
        ("title", Field::Title),
        ("source", Field::Source),
        ("entity", Field::Entity),
        ("before", Field::Before),
        ("after", Field::After),
        ("state", Field::State),
        ("colour", Field::Color),
    ],
    value_hint: |field| match field {
        Field::Before | Field::After => "a day like 2026-11-20, a month, a year, or an age like 7d, 2w, 3m, 1y",
        Field::State => "anchored, approximate (or ≈), orphan, unchecked",
        Field::Color => "yellow, green, blue, pink, orange, purple",
        Field::Tag => "the beginning of a tag",
        Field::Title => "a word of the headline",
        Field::Source => "a word of the publication or address",
        Field::Entity => "a name, in quotation marks if it has several words",
    },
    tag: Field::Tag,
    elsewhere: &[],
};

/// Checks that the value is a prefix of a colour's name.
pub(super) fn color(part: &Part<Field>, is_other: &dyn Fn(&str) -> bool) -> Result<(), BadQuery> {
    let value = part.folded();
    let is_known = Color::ALL.iter().any(|color| color.name().starts_with(&value));
    if is_known || is_other(&value) {
        return Ok(());
    }
    Err(part.error("there is no such colour", Color::ALL.iter().map(Color::name)))
}

/// The states with the value as a prefix.
pub(super) fn states(part: &Part<Field>) -> Result<Vec<&'static str>, BadQuery> {
    let value = part.folded();
    if value == "≈" {
        return Ok(vec![AnchorState::Approximate.name()]);
    }
    let names = || AnchorState::ALL.into_iter().map(AnchorState::name).chain([UNCHECKED]);
    let matching: Vec<&str> = names().filter(|name| name.starts_with(&value)).collect();
    if matching.is_empty() { Err(part.error("there is no such state", names())) } else { Ok(matching) }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::bookmark::{Filter, QueryContext};

    fn read(text: &str) -> Result<Filter, BadQuery> {
        Filter::read(
            text,
            QueryContext {
                now: Timestamp::UNIX_EPOCH,
                names: &|_| Vec::new(),
                has_color: &|name| "teal".starts_with(name),
            },
        )
    }

    #[test]
    fn invalid_parts_are_refused_with_position_and_hint() {
        for (text, at, part, hint) in [
            ("state:foo", 1, "state:foo", "anchored, approximate"),
            ("rents state:orphn", 7, "state:orphn", "did you mean state:orphan?"),
            ("é  before:tomorrow", 4, "before:tomorrow", "2026-11-20"),
            ("color:", 1, "color:", "yellow, green"),
            ("colour:pikn", 1, "colour:pikn", "did you mean colour:pink?"),
            ("COLOR:\"\"", 1, "COLOR:\"\"", "yellow, green"),
            ("after:2026-13", 1, "after:2026-13", "7d"),
            ("after:2026-02-30", 1, "after:2026-02-30", "7d"),
            ("after:2026-01-01-01", 1, "after:2026-01-01-01", "7d"),
            ("after:2026-+1", 1, "after:2026-+1", "7d"),
            ("after:2026-1", 1, "after:2026-1", "7d"),
            ("after:-7d", 1, "after:-7d", "7d"),
            ("after:d", 1, "after:d", "7d"),
            ("before:99999d", 1, "before:99999d", "7d"),
            ("entity:", 1, "entity:", "a name"),
            ("#", 1, "#", "the beginning of a tag"),
            ("tag:#", 1, "tag:#", "the beginning of a tag"),
            ("colr:pink", 1, "colr:pink", "did you mean color:?"),
            ("note: this", 1, "note:", "the fields are tag: color:"),
            ("-color:pinc", 2, "color:pinc", "did you mean color:pink?"),
            ("rents or", 7, "or", "leave it out"),
            ("(rents", 1, "(rents", "close it"),
            ("rents \"fell in", 7, "\"fell in", "close it"),
            ("entity:“Ann Reed", 8, "“Ann Reed", "close it"),
            ("rents \"\"", 7, "\"\"", "leave it out"),
            ("\u{200b}", 1, "\u{200b}", "leave it out"),
        ] {
            let bad = read(text).expect_err(text);
            assert_eq!((bad.at, bad.part.as_str()), (at, part), "{text}");
            assert!(bad.hint.contains(hint), "{text}: {}", bad.hint);
        }
    }

    #[test]
    fn valid_queries_are_read() {
        for text in [
            "",
            "  ",
            "before:2026",
            "before:2026-11",
            "before:2026-11-20",
            "after:7d",
            "state:a",
            "color:p",
            "color:teal",
            "http://example.com/a:b",
            "10:30",
            "\"note: this\"",
            "7d",
            "c#",
            "don’t",
            "-color:pink or (rents -\"fell in\") | state:(orphan or approx)",
        ] {
            assert!(read(text).is_ok(), "{text}");
        }
    }
}
