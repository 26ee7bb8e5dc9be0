//! Reading and writing are the two halves of one promise: nothing is lost on the way.

use jiff::Timestamp;
use proptest::prelude::*;

use super::read::read_any;
use super::{plain, read};
use crate::article::TextHash;
use crate::bookmark::Bookmark;
use crate::bookmark::tests::{revisions, sample};
use crate::bookmark::{Color, DeviceId};
use crate::bookmark::{Line, read_line};

const LINE: &str = r#"{"@context":["http://www.w3.org/ns/anno.jsonld",{"x":"https://dateline.invalid/ns#","x:sync":{"@id":"x:sync","@type":"@json"}}],"body":[{"format":"text/plain","language":"en","purpose":"commenting","type":"TextualBody","value":"Compare with the Q2 series."},{"purpose":"tagging","type":"TextualBody","value":"housing"},{"purpose":"linking","type":"SpecificResource"}],"created":"2026-11-23T09:15:04Z","future":{"deep":[1,2.5]},"id":"urn:uuid:01a207af-fdc0-7c3a-9f00-2b6c1d4e8a77","modified":"2026-11-23T09:16:40.25Z","motivation":"commenting","stylesheet":"https://dateline.invalid/passages.css","target":{"renderedVia":"x","selector":[{"exact":"Rents fell.","prefix":"showed. ","suffix":" Analysts","type":"TextQuoteSelector"},{"end":1053,"refinedBy":1,"start":1042,"type":"TextPositionSelector"},{"type":"XPathSelector","value":"/p"}],"source":{"dc:creator":["Ana Reed"],"dc:publisher":"The Example Times","dc:title":"Rents slide again","dcterms:issued":"2026-11-20","format":"text/html","id":"https://example.com/rents","language":"en","type":"Text"},"state":{"cached":"ni:///sha-256;n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg","sourceDate":"2026-11-23T09:14:40Z","type":"TimeState"},"styleClass":"teal","type":"SpecificResource"},"type":"Annotation","x:sync":{"dev":"k7f2q9","entry":"tag:example.com,2026:rents","hint":1,"norm":1,"t":{"del":null,"note":[1795425400000,0,"k7f2q9"],"style":[1795425304000,0,"k7f2q9"],"tags":[1795425304000,0,"k7f2q9"],"target":[1795425304000,0,"k7f2q9"]},"v":1}}"#;

#[test]
fn a_full_record_is_written_as_it_was_read_with_every_unknown_field() {
    let bookmark = read(LINE).unwrap();
    assert_eq!(bookmark.to_line(), LINE);
    assert_eq!(bookmark.quote().unwrap().exact, "Rents fell.");
    assert_eq!(bookmark.position(), Some((1042, 1053)));
    assert_eq!(bookmark.text_hash(), Some(TextHash::of("test")));
    assert_eq!(bookmark.color(), &Color::Other("teal".into()));
    assert_eq!(bookmark.source().published_on().unwrap().to_string(), "2026-11-20");
    assert_eq!((bookmark.note(), bookmark.tags()), (Some("Compare with the Q2 series."), &["housing".into()][..]));
}

#[test]
fn an_edit_keeps_the_unknown_fields() {
    let device = DeviceId::new("b").unwrap();
    let edited = read(LINE).unwrap().with_color(Color::Blue, device, Timestamp::UNIX_EPOCH).unwrap();
    for kept in [r#""future":{"deep":[1,2.5]}"#, r#""hint":1"#, r#""refinedBy":1"#, "XPathSelector", "sourceDate"] {
        assert!(edited.to_line().contains(kept), "{kept}");
    }
    assert_eq!(read(&edited.to_line()), Ok(edited));
}

#[test]
fn the_smallest_annotation_of_another_program_is_read() {
    let line = r#"{"type":"Annotation","id":"urn:uuid:01a207af-fdc0-7c3a-9f00-2b6c1d4e8a77",
        "created":"2026-11-23T10:15:04+01:00","target":{"source":"https://example.com/a",
        "selector":{"type":"TextPositionSelector","start":9,"end":3}}}"#;
    let bookmark = read(line).unwrap();
    assert_eq!(bookmark.created().to_string(), "2026-11-23T09:15:04Z");
    assert_eq!((bookmark.quote(), bookmark.position()), (None, None), "a reversed position is dropped");
    assert_eq!(read(&bookmark.to_line()), Ok(bookmark));
}

#[test]
fn a_newer_record_is_read_only_and_kept_verbatim() {
    let newer = LINE.replace(r#""v":1"#, r#""v":2"#).replace(r#""body":["#, r#""body" : [7,"#);
    let bookmark = read(&newer).unwrap();
    assert!(bookmark.is_read_only());
    assert_eq!(bookmark.to_line(), newer);
    assert_eq!(bookmark.quote().unwrap().exact, "Rents fell.");
    let strange =
        r#"{"x:sync":{"v":3},"type":"Annotation","id":"urn:uuid:01a207af-fdc0-7c3a-9f00-2b6c1d4e8a77","target":7}"#;
    assert_eq!(read(strange).unwrap().to_line(), strange);
}

#[test]
fn control_and_direction_characters_do_not_come_in() {
    let evil = LINE.replace("Rents slide again", "Rents\\u001b[2J \\u202eslide\\u0000");
    assert_eq!(read(&evil).unwrap().source().title, "Rents[2J slide");
}

#[test]
fn what_is_wrong_with_a_line_is_named() {
    let fault = |line: &[u8]| match read_line::<Bookmark>(line) {
        Line::Fault(fault) => fault.to_string(),
        other => panic!("{other:?}"),
    };
    assert_eq!(fault(b"\xff\xfe"), "not UTF-8");
    assert_eq!(fault(b"<<<<<<< HEAD"), "a conflict marker");
    assert_eq!(fault(b"[1]"), "not an annotation");
    assert!(fault(&LINE.as_bytes()[..200]).starts_with("not JSON: EOF"));
    assert_eq!(fault("[".repeat(100).as_bytes()), "nested too deeply");
    assert_eq!(fault("x".repeat(300_000).as_bytes()), "longer than 262144 bytes");
    assert_eq!(fault(LINE.replace("\"2026-11-23T09:15:04Z\"", "5").as_bytes()), "“created” is missing or wrong");
    assert_eq!(fault(LINE.replace("1795425400000", "1e300").as_bytes()), "“note” is missing or wrong");
    assert_eq!(fault(LINE.replace("urn:uuid:", "urn:isbn:").as_bytes()), "“id” is missing or wrong");
}

#[test]
fn the_zero_bytes_of_a_crash_are_nothing_and_do_not_spoil_a_line() {
    assert_eq!(read_line::<Bookmark>(b"\0\0\0"), Line::Blank);
    assert_eq!(read_line::<Bookmark>(b" \r"), Line::Blank);
    let filled = [b"\0\0".as_slice(), LINE.as_bytes(), b"\r"].concat();
    assert!(matches!(read_line::<Bookmark>(&filled), Line::Record(_)));
}

#[test]
fn brackets_inside_strings_are_not_depth() {
    let line = LINE.replace("Rents fell.", &"[{".repeat(40));
    assert!(matches!(read_line::<Bookmark>(line.as_bytes()), Line::Record(_)));
}

proptest! {
    #[test]
    fn the_short_way_reads_what_the_long_way_reads(all in revisions(), at in 0_usize..1200, with in "[ -~]") {
        for bookmark in all {
            let line = bookmark.to_line();
            let read = plain::read(&line);
            prop_assert!(read.is_some() || bookmark.extra.is_some() || bookmark.is_read_only(), "{}", line);
            prop_assert_eq!(read.unwrap_or_else(|| read_any(&line).unwrap()), bookmark);

            let mut spoilt = line.into_bytes();
            if let (Some(byte), Some(with)) = (spoilt.get_mut(at), with.bytes().next()) {
                *byte = with;
            }
            let spoilt = String::from_utf8_lossy(&spoilt);
            if let Some(read) = plain::read(&spoilt) {
                prop_assert_eq!(Ok(read), read_any(&spoilt), "{}", spoilt);
            }
        }
    }
}

#[test]
fn records_of_our_own_take_the_short_way() {
    let plain_line = sample(1).with_note("a \"note\"\n", DeviceId::TESTER, Timestamp::UNIX_EPOCH).unwrap().to_line();
    assert_eq!(plain::read(&plain_line), Some(read_any(&plain_line).unwrap()));
    assert_eq!(plain::read(LINE), None, "it has fields of its own");
}
