//! The variants each format comes in: several JSON values in a file, other separators, annotations of books or of
//! nothing; and hostile files.

use super::*;

/// The passages, the notes and how many records are skipped.
fn summary(text: &str) -> (Vec<String>, Vec<String>, usize) {
    let batch = read(text).unwrap();
    let quotes = batch.bookmarks.iter().filter_map(|one| one.quote()).map(|quote| quote.exact.clone());
    let notes = batch.bookmarks.iter().filter_map(|one| one.note()).map(str::to_owned);
    (quotes.collect(), notes.collect(), batch.skipped.len())
}

const BOOK: &str = r#"{"title":"Quays","entries":[{"text":"The ferry sailed late.","time":1692000000}]}"#;
const OTHER: &str = r#"{"title":"Rents","entries":[{"text":"Rents fell.","time":1692000000}]}"#;

#[test]
fn several_json_values_in_a_file() {
    for file in [format!("{BOOK}{OTHER}"), format!("{BOOK}\n{OTHER}\n"), format!("\u{feff}{BOOK}\r\n\r\n  {OTHER}")] {
        assert_eq!(summary(&file).0, ["The ferry sailed late.", "Rents fell."], "{file}");
    }
    let torn = format!("{BOOK}\n{{\"title\":\"Torn\",\"entries\":[{{\"te\n{OTHER}\n7\n{{}}");
    let batch = read(&torn).unwrap();
    assert_eq!(batch.bookmarks.len(), 2, "a torn line costs only itself");
    let places: Vec<Location> = batch.skipped.iter().map(|(at, _)| *at).collect();
    assert_eq!(places, [Location::Line(2), Location::Line(4), Location::Line(5)]);
    assert!(batch.skipped.iter().all(|(_, why)| why.is_loss()));
    assert!(matches!(read(&format!("{{\"title\n{BOOK}")), Ok(batch) if batch.bookmarks.len() == 1));
}

#[test]
fn an_unreadable_value_costs_only_itself() {
    let deep = "[".repeat(60) + &"]".repeat(60);
    for file in [format!("{BOOK}\n{deep}\n{OTHER}"), format!("{BOOK}\n{}\n{OTHER}", "[".repeat(300))] {
        let batch = read(&file).unwrap();
        assert_eq!(batch.bookmarks.len(), 2);
        assert_eq!(batch.skipped, [(Location::Line(2), SkipReason::Fault(crate::bookmark::LineFault::TooDeep))]);
    }
    let marked = format!("\u{feff}{BOOK}\u{feff}{OTHER}\n\u{feff}{{\"te\n\u{feff}{BOOK}");
    let batch = read(&marked).unwrap();
    assert_eq!((batch.bookmarks.len(), batch.skipped.len(), batch.skipped[0].0), (3, 1, Location::Line(2)));
    let odd =
        r#"{"title":"Quays","entries":[{"text":"a \ud83d b","time":1692000000},{"text":"c","time":NaN},{"text":"d"}]}"#;
    assert_eq!(summary(odd).0, ["a \u{fffd} b", "c", "d"]);
}

#[test]
fn times_of_every_form_are_read_or_reported() {
    let made = |time: &str| {
        let batch = read(&format!(r#"{{"title":"Quays","entries":[{{"text":"x","time":{time}}}]}}"#)).unwrap();
        (batch.bookmarks[0].made().map(|made| made.to_string()), batch.remarks.len())
    };
    for time in ["1692048507", "1692048507.0", r#""1692048507""#, r#"" 1692048507 ""#, r#""2023-08-14 21:28:27""#] {
        assert_eq!(made(time), (Some("2023-08-14T21:28:27Z".into()), 0), "{time}");
    }
    for time in ["true", "[1692048507]", r#"{"s":1}"#, r#""soon""#, "1e300"] {
        assert_eq!(made(time), (None, 1), "{time}");
    }
    assert_eq!([made("null"), made(r#""""#)], [(None, 0), (None, 0)]);
    let row = r#"{"id":"x","uri":"https://example.com/a","text":"n","target":[],"created":"2023-08-14T25:00:00Z"}"#;
    assert_eq!(
        read(row).unwrap().remarks,
        [(Location::Record(1), Remark::UnreadableTime("2023-08-14T25:00:00Z".into()))]
    );
}

#[test]
fn the_header_shows_the_separator() {
    for table in [
        "Highlight;Title;Note\nRents fell, again.;Rents;.q2 look\n",
        "Title\tHighlight\tNote\nRents\tRents fell, again.\t.q2 look\n",
        "sep=;\r\n\"Highlight\";\"Note\"\r\n\"Rents fell, again.\";\".q2 look\"\r\n",
        "\u{feff}HIGHLIGHT,Note\n\"Rents fell, again.\",.q2 look\n",
    ] {
        assert_eq!(summary(table), (vec!["Rents fell, again.".into()], vec!["look".into()], 0), "{table}");
    }
    let Err(ImportError::NoHighlight(columns)) = read("Quote;Title\nx;y\n") else { panic!() };
    assert_eq!(columns, "Quote, Title");
    let batch = read("sep=;\nHighlight;Date\n;\nx;sometime\n").unwrap();
    assert_eq!((batch.skipped[0].0, batch.remarks[0].0), (Location::Line(3), Location::Line(4)));
}

#[test]
fn an_ambiguous_row_is_reported_and_costs_only_itself() {
    let batch = read("Highlight,Title,Note\n\"First one,T,n1\nSecond,T,n2\nThird, too,T,n3\nFourth,T,n4,,\n").unwrap();
    let quotes: Vec<&str> = batch.bookmarks.iter().map(Bookmark::words).collect();
    assert_eq!(quotes, ["Second", "Fourth"]);
    assert_eq!(
        batch.skipped,
        [(Location::Line(2), SkipReason::OpenQuote), (Location::Line(4), SkipReason::Cells { row: 4, header: 3 })]
    );
    assert!(batch.skipped.iter().all(|(_, why)| why.is_loss()));
}

#[test]
fn an_annotation_without_a_source_is_kept_unplaced() {
    let file = r##"[{"type":"Annotation","id":"#2b6c1d4e-8a77-4a5e-9b0a-1f2d3c4b5a69","body":[{"type":"TextualBody","value":"Port","purpose":"tagging"},
        {"type":"TextualBody","value":"which one?","purpose":"commenting"}],
        "target":{"selector":{"type":"TextQuoteSelector","exact":"the old\n    harbour"}}}]"##;
    let batch = read(file).unwrap();
    let one = &batch.bookmarks[0];
    assert_eq!(
        (one.words(), one.note(), one.tags()),
        ("the old harbour", Some("which one?"), &["Port".to_owned()][..])
    );
    assert!(one.source_id().is_unplaced());
    assert_eq!(one.id().to_string(), "urn:uuid:2b6c1d4e-8a77-4a5e-9b0a-1f2d3c4b5a69");
}

#[test]
fn an_annotation_set_names_its_work_once() {
    let file = r#"{"type":"AnnotationSet","about":{"dc:title":"Quays","dc:creator":"Ana Reed"},"items":[
        {"type":"Annotation","id":"urn:uuid:2b6c1d4e-8a77-4a5e-9b0a-1f2d3c4b5a69","created":"2026-03-02T09:00:00Z",
         "body":{"type":"TextualBody","value":"why?","color":"pink"},
         "target":{"source":"text/one.xhtml","selector":[{"type":"TextQuoteSelector","exact":"The ferry sailed late."}]}}]}"#;
    let batch = read(file).unwrap();
    let one = &batch.bookmarks[0];
    let source = one.source();
    assert_eq!((source.title.as_str(), source.creators.as_slice()), ("Quays", &["Ana Reed".to_owned()][..]));
    assert_eq!((one.note(), one.color().name()), (Some("why?"), "pink"));
    assert!(one.to_line().contains("text/one.xhtml"), "the part of the book stays in the record");
    let kindle = read("Quays (Ana Reed)\n- Your Highlight on page 1 | Added on x\n\nWords.\n==========\n").unwrap();
    assert_eq!(kindle.bookmarks[0].source_id(), one.source_id(), "the same work from any program");
}

#[test]
fn an_id_does_not_depend_on_what_may_change() {
    let id = |file: &str| read(file).unwrap().bookmarks.iter().map(Bookmark::id).collect::<Vec<_>>();
    let w3c = |body: &str, prefix: &str| {
        format!(
            r#"{{"type":"Annotation",{body}"target":{{"source":"https://example.com/a","selector":
            {{"type":"TextQuoteSelector","exact":"rents","prefix":"{prefix}"}}}}}}"#
        )
    };
    let plain = w3c("", "the ");
    assert_eq!(id(&plain), id(&w3c(r#""bodyValue":"why?","modified":"2026-03-02T09:00:00Z","#, "the ")));
    assert_ne!(id(&plain), id(&w3c("", "other ")), "the same word elsewhere on the page");
    let both = id(&format!("[{plain},{}]", w3c(r#""bodyValue":"why?","#, "the ")));
    assert_ne!(both[0], both[1], "two notes on one passage");
    let wallabag = |url: &str, note: &str, made: &str| {
        format!(
            r#"[{{"url":"{url}","is_archived":0,"annotations":[{{"id":7,"quote":"x","text":"{note}","created_at":"{made}"}}]}}]"#
        )
    };
    let (made, other) = ("2026-03-02T09:00:00+0000", "2026-03-02T09:00:01+0000");
    let one = id(&wallabag("https://example.com/a", "", made));
    assert_eq!(one, id(&wallabag("https://example.com/moved", "why?", made)));
    assert_ne!(one, id(&wallabag("https://example.com/a", "", other)), "of another server");
}

#[test]
fn bodies_of_any_form_become_a_note() {
    let note = |body: &str| {
        let file = format!(r#"{{"type":"Annotation","body":{body},"target":"https://example.com/a"}}"#);
        summary(&file).1.concat()
    };
    let html = r#"{"type":"TextualBody","format":"text/html","value":"<p>One &amp; <b>two</b></p><p>three</p><script>x</script>"}"#;
    assert_eq!(note(html), "One & two\n\nthree");
    let choice = r#"{"type":"Choice","items":[{"type":"TextualBody","value":"one","language":"en"},{"type":"TextualBody","value":"eins"}]}"#;
    assert_eq!(note(choice), "one");
    assert_eq!(note(&format!(r#"[{{"type":"List","items":[{choice}]}}]"#)), "one");
    assert_eq!(note(r#"{"type":"Choice","items":[]}"#), "");
    let file = format!(r#"{{"type":"Annotation","body":{choice},"target":"https://example.com/a"}}"#);
    assert!(read(&file).unwrap().bookmarks[0].to_line().contains("eins"), "the other choices stay in the record");
}

#[test]
fn several_textual_bodies_become_one_note_and_lose_nothing() {
    let said = |body: &str| {
        let batch =
            read(&format!(r#"{{"type":"Annotation","body":{body},"target":"https://example.com/a"}}"#)).unwrap();
        (batch.bookmarks[0].note().unwrap_or_default().to_owned(), batch.bookmarks[0].tags().to_vec())
    };
    let [one, two] = ["one", "two"].map(|words| format!(r#"{{"type":"TextualBody","value":"{words}"}}"#));
    let tag = r#"{"type":"TextualBody","purpose":"tagging","value":["Port","Sea"]}"#;
    for body in [
        format!("[{one},{tag},{two},{one}]"),
        format!(r#"[{tag},{{"type":"Composite","items":[{one},{two}]}}]"#),
        format!(r#"[{{"type":"List","items":{one}}},{tag},{two}]"#),
        format!(r#"[{tag},{{"type":"TextualBody","value":["one","two"]}}]"#),
    ] {
        assert_eq!(said(&body), ("one\n\ntwo".to_owned(), vec!["Port".to_owned(), "Sea".to_owned()]), "{body}");
    }
}

#[test]
fn a_page_whose_next_page_is_elsewhere_is_imported_with_a_report() {
    let one = r#"{"type":"Annotation","bodyValue":"one","target":"https://example.com/a"}"#;
    let page = |items: &str, next: &str| format!(r#"{{"type":"AnnotationPage","items":{items},"next":{next}}}"#);
    let next = r#""https://example.com/p2""#;
    let told = r#"{"type":"AnnotationPage","id":"https://example.com/p2"}"#;
    for items in [format!("[{one}]"), one.to_owned()] {
        for page in [page(&items, next), page(&items, told), page("[]", &page(&items, next))] {
            for file in [page.clone(), format!(r#"{{"type":"AnnotationCollection","first":{page}}}"#)] {
                let batch = read(&file).unwrap();
                assert_eq!(batch.bookmarks.len(), 1, "{file}");
                assert_eq!(
                    batch.skipped,
                    [(Location::Record(2), SkipReason::Elsewhere("https://example.com/p2".into()))]
                );
                assert!(batch.skipped[0].1.is_loss());
            }
        }
    }
    assert_eq!(read(&page("[]", next)), Err(ImportError::Elsewhere("https://example.com/p2".into())));
}

#[test]
fn line_breaks_in_the_html_source_do_not_matter() {
    let exact = "\n      Rents fell for\n\t  a third\u{a0}month.\n    ";
    let row = serde_json::json!({ "id": "x", "uri": "https://example.com/a", "target": [{ "selector": [
        { "type": "TextQuoteSelector", "exact": exact, "prefix": "before\n   it ", "suffix": "\n  and after" }] }] });
    let batch = read(&row.to_string()).unwrap();
    let quote = batch.bookmarks[0].quote().unwrap();
    assert_eq!(quote.exact, "Rents fell for a third month.");
    assert_eq!((quote.prefix.as_str(), quote.suffix.as_str()), ("before it ", " and after"));
}

#[test]
fn a_row_with_two_targets_is_skipped_as_a_whole() {
    let row = r#"{"id":"x","uri":"https://example.com/a","text":"n","target":[{"source":"a"},{"source":"b"}]}"#;
    assert_eq!(read(row).unwrap().skipped, [(Location::Record(1), SkipReason::SeveralTargets(2))]);
}

#[test]
fn hostile_files_end_in_a_message() {
    let entry = "Quays\n- Your Highlight on page 1 | Added on x\n\nw\n==========\n";
    for file in [
        "{\"a\":\n".repeat(100_000),
        "[".repeat(30) + &"1,".repeat(200_000),
        "{}\n".repeat(50_000),
        format!("{BOOK}\n{}", "{\"a\n".repeat(30)),
        "Highlight;".repeat(50_000) + "\n" + &";".repeat(50_000),
        "Highlight\n\"".to_owned() + &"\"\"\n".repeat(300_000),
        "Highlight\n\"".to_owned() + &"x\n".repeat(3_000),
        entry.replace('x', &"1/".repeat(200_000)),
        entry.replace("page 1", &"9-".repeat(200_000)),
        entry.repeat(2_000),
        "==========\n".repeat(100_000),
        r#"{"title":7,"entries":[{"text":{},"time":1e300,"note":[1]},{"time":-1e18,"text":"x"}]}"#.to_owned(),
        r#"{"rows":[{"uri":"x","target":[1]},{"uri":"x","target":[{"selector":[{"type":"TextQuoteSelector","exact":5}]}]}]}"#
            .to_owned(),
        r#"[{"type":"Annotation","id":5,"body":{"type":"Choice","items":7},"target":{"selector":7,"source":9}}]"#.to_owned(),
        r#"{"type":"AnnotationSet","about":7,"items":[{"type":"Annotation","target":{"source":"a.xhtml"}}]}"#.to_owned(),
        r#"[{"url":"https://example.com","is_archived":1,"annotations":[{"id":{},"quote":7,"text":[]},3]}]"#.to_owned(),
    ] {
        if let Ok(batch) = read(&file) {
            assert!(batch.bookmarks.len() + batch.skipped.len() > 0, "{file:.60}");
        }
    }
}
