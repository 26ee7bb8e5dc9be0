//! What each importer makes of files in its format, and what an import changes.

use std::fmt::Write;

use proptest::prelude::*;

use super::*;
use crate::article::TextRange;
use crate::bookmark::export::{Cells, csv, json};
use crate::bookmark::tests::{DEVICE, article, made, sample, time};
use crate::bookmark::{Bookmark, Color, Line, MAX_NOTE, MAX_PASSAGE, Shelf, read_line};
use crate::text::sanitize::sanitize;

/// A batch in a few lines, for snapshots.
fn summary(text: &str) -> String {
    let batch = match read(text) {
        Ok(batch) => batch,
        Err(error) => return format!("error: {error}\nhint: {}\n", error.hint()),
    };
    let mut summary = format!("{}\n", batch.format.name());
    for bookmark in &batch.bookmarks {
        let source = bookmark.source();
        let created = bookmark.made().map_or_else(|| "unknown".into(), |made| made.to_string());
        writeln!(
            summary,
            "- {:?} ({}, {created})",
            bookmark.quote().map(|quote| &quote.exact),
            bookmark.color().name()
        )
        .unwrap();
        writeln!(summary, "  from {:?}, {:?}, {}", source.title, source.creators, source.id).unwrap();
        if let Some(quote) = bookmark.quote().filter(|quote| !quote.prefix.is_empty() || !quote.suffix.is_empty()) {
            writeln!(summary, "  between {:?} and {:?}", quote.prefix, quote.suffix).unwrap();
        }
        if bookmark.note().is_some() || !bookmark.tags().is_empty() {
            writeln!(summary, "  note {:?}, tags {:?}", bookmark.note().unwrap_or_default(), bookmark.tags()).unwrap();
        }
    }
    for (at, remark) in &batch.remarks {
        writeln!(summary, "? {at}: {remark}").unwrap();
    }
    for (at, why) in &batch.skipped {
        writeln!(summary, "! {at}: {why}").unwrap();
    }
    summary
}

#[test]
fn w3c_documents_of_every_form() {
    let one = r#"{"type":"Annotation","id":"http://example.org/anno1","bodyValue":"My note","target":"https://example.com/a",
        "created":"2015-01-28T12:00:00+01:00"}"#;
    let other = r#"{"type":["Annotation"],"body":[{"value":"no type"},{"type":"TextualBody","purpose":"tagging","value":"a\ttag"}],
        "target":{"source":{"id":"https://example.com/b","dc:title":["Title"],"dc:creator":{"name":"Ana Reed"}},
        "selector":{"type":"FragmentSelector","value":"x","refinedBy":{"type":"TextQuoteSelector","exact":"the words","prefix":"before ","suffix":" after"}}}}"#;
    let bad = r#"{"type":"Annotation","target":["https://example.com/1","https://example.com/2"]}, {"type":"Person"}, 7,
        {"type":"Annotation"}, {"type":"Annotation","target":{"source":"https://example.com/c","selector":[
        {"type":"TextPositionSelector","start":-1,"end":2.5},{"type":"TextQuoteSelector","exact":"no place"}]}}"#;
    let page =
        format!(r#"{{"type":"AnnotationPage","items":[{one}],"next":{{"type":"AnnotationPage","items":[{other}]}}}}"#);
    let collection = format!(r#"{{"@context":"x","type":["AnnotationCollection"],"first":{page}}}"#);
    insta::assert_snapshot!("w3c-collection", summary(&collection));
    assert_eq!(summary(&page), summary(&collection));
    insta::assert_snapshot!("w3c-list", summary(&format!("\u{feff}  [{one}, {bad}]")));
    assert_eq!(summary(one).lines().count(), 4);
    assert_eq!(summary("[]"), "W3C annotations (JSON)\n");
    assert_eq!(summary(r#"{"type":"AnnotationCollection","total":0}"#), "W3C annotations (JSON)\n");
    let elsewhere = r#"{"type":"AnnotationCollection","first":"https://example.com/page1"}"#;
    assert_eq!(read(elsewhere), Err(ImportError::Elsewhere("https://example.com/page1".into())));
}

const HYPOTHESIS: &str = r#"{"id":"AbC-123_x","created":"2026-11-23T09:15:04.123456+00:00","updated":"2026-11-24T09:15:04.123456+00:00",
    "user":"acct:ana@hypothes.is","uri":"https://example.com/rents#:~:text=Rents","text":"Compare with **Q2**.","tags":["housing","foreign policy"],
    "target":[{"source":"https://example.com/rents","selector":[{"type":"RangeSelector","startContainer":"/p[1]"},
    {"type":"TextPositionSelector","start":1042,"end":1101},
    {"type":"TextQuoteSelector","exact":"Rents fell for a third month","prefix":"on Friday showed. ","suffix":", the longest"}]}],
    "document":{"title":["Rents slide again"]}}"#;

#[test]
fn hypothesis_as_its_api_and_its_sidebar_give_it() {
    let page = r#"{"id":"p","created":"2026-11-23T09:15:04+00:00","uri":"https://example.com/b","text":"A note on the page","tags":[],"target":[{"source":"https://example.com/b"}]}"#;
    let reply = HYPOTHESIS.replacen('{', r#"{"references":["up"],"#, 1);
    let rows = format!("[{HYPOTHESIS},{page},{reply},{{}}]");
    let api = summary(&format!(r#"{{"total":4,"rows":{rows}}}"#));
    insta::assert_snapshot!("hypothesis", api);
    let sidebar = format!(r#"{{"export_date":"2026-11-23","client_version":"1","annotations":{rows}}}"#);
    assert_eq!(summary(&sidebar), api);
    assert_eq!(summary(&rows), api);
    assert_eq!(summary(HYPOTHESIS).lines().count(), 5);
}

#[test]
fn readwise_tables_in_and_out() {
    let taken = "\u{feff}Highlight,Title,Author,URL,Note,Location,Date\n\
        \"Rents fell, \"\"again\"\".\nSecond line\",Rents slide again,Ana Reed,https://example.com/rents,.housing .h1 Compare,1042,2026-11-23 09:15:04\n\
        Only words\n\
        ,,,,,,\n\
        =1+2,,,,\" .5 percent\",,soon\n";
    insta::assert_snapshot!("readwise-import", summary(taken));
    let given = "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at,Document tags\n\
        Rents fell.,Rents,Ana Reed,,.not a tag,blue,\"housing, q2\",page,3,\"November 23, 2026 09:15:04 AM\",\n";
    insta::assert_snapshot!("readwise-export", summary(given));
}

#[test]
fn kindle_clippings() {
    let clippings = "\u{feff}Rents (A Report) (Reed, Ana)\r\n- Your Highlight on page 12 | Location 100-105 | Added on Monday, November 23, 2026 09:15:04 AM\r\n\r\nRents fell for a third month\r\n==========\r\n\
\u{feff}Rents (A Report) (Reed, Ana)\r\n- Your Note on page 12 | Location 105 | Added on Monday, November 23, 2026 09:16:00 AM\r\n\r\nCompare with Q2.\r\n==========\r\n\
Rents (A Report) (Reed, Ana)\r\n- Your Bookmark on page 13 | Location 110 | Added on Monday, November 23, 2026 09:17:00 AM\r\n\r\n\r\n==========\r\n\
Rents (A Report) (Reed, Ana)\r\n- Your Highlight on page 12 | Location 100-106 | Added on Monday, November 23, 2026 09:18:00 AM\r\n\r\nRents fell for a third month, the longest slide\r\n==========\r\n\
Fähren\r\n- Ihre Notiz auf Seite 7 | Hinzugefügt am Dienstag, 24. November 2026 10:00:00\r\n\r\nZwei\r\nZeilen\r\n==========\r\n\
Fähren\r\n- Ihre Markierung bei Position 88-89 | Hinzugefügt am irgendwann\r\n\r\nDie Fähre kam spät.\r\n==========\r\n\
Broken\r\nno second line\r\n==========\r\n\
Locked (X)\r\n- Your Highlight on page 1 | Added on Monday, November 23, 2026 09:15:04 AM\r\n\r\n <You have reached the clipping limit for this item>\r\n==========\r\n";
    insta::assert_snapshot!("kindle", summary(clippings));
}

#[test]
fn koreader_one_book_and_several() {
    let book = r#"{"title":"Rents","author":"Ana Reed\nBo Lee","file":"/x.epub","entries":[
        {"sort":"highlight","text":"Rents fell.","note":"Q2?","color":"olive","drawer":"lighten","time":1795425304,"page":3,"chapter":"One"},
        {"sort":"bookmark","text":"in Chapter One","time":1795425305,"page":4}, "x"]}"#;
    let single = summary(&book.replacen('{', r#"{"created_on":1,"version":"json/1.0.0","#, 1));
    insta::assert_snapshot!("koreader", single);
    assert_eq!(summary(&format!(r#"{{"created_on":1,"version":"json/1.0.0","documents":[{book}]}}"#)), single);
}

#[test]
fn wallabag_entries() {
    let entries = r#"[{"id":1,"is_archived":0,"title":"Rents slide again","url":"https://example.com/rents","tags":["x"],
        "published_at":"2026-11-20T00:00:00+0000","published_by":["Ana Reed"],"language":"en","annotations":[
        {"text":"Q2?","quote":"Rents fell.","created_at":"2026-11-23T09:15:04+0000","updated_at":"2026-11-23T10:15:04+0000",
         "ranges":[{"start":"/p[1]","startOffset":"0","end":"/p[1]","endOffset":"11"}]},{"text":"","quote":" "}]},
        {"id":2,"is_archived":1,"title":"None","url":"https://example.com/none","annotations":[]}]"#;
    insta::assert_snapshot!("wallabag", summary(entries));
}

#[test]
fn files_in_no_known_format() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let files = [
        "",
        " \n",
        "{\"type\": \"Annot",
        "{\"a\": 1}",
        "[1, 2]",
        "Just words.\nAnd more.",
        "A heading\n==========\nWords.\n",
        "<html><body>x</body></html>",
        "Title,URL\nRents,https://example.com\n",
        deep.as_str(),
        "\"text\"",
        "{}",
    ];
    let all: Vec<String> =
        files.iter().map(|file| format!("{:.30}\n{}", file.replace('\n', " "), summary(file))).collect();
    insta::assert_snapshot!("something-else", all.join("\n"));
}

#[test]
fn records_over_a_limit_are_reported_and_the_rest_is_imported() {
    let long = "x".repeat(MAX_PASSAGE + 1);
    let row = |quote: &str, note: &str| format!("{quote},{note}\n");
    let tags = (0..40).map(|number| format!(".t{number}")).collect::<Vec<_>>().join(" ");
    let table = [
        "Highlight,Note\n".to_owned(),
        row(&long, ""),
        row("ok", &"y".repeat(MAX_NOTE + 1)),
        row("ok", &tags),
        row("ok", &format!(".{}", "z".repeat(65))),
        row("ok", ""),
    ]
    .concat();
    insta::assert_snapshot!("limits", summary(&table));
    let wide = json([&sample(1)]).to_string().replace("sentence", &long);
    assert!(matches!(&read(&wide).unwrap().skipped[..], [(Location::Record(1), SkipReason::Refused(_))]));
    let huge = json([&sample(1)])
        .to_string()
        .replace("\"Annotation\"", &format!("\"Annotation\",\"huge\":\"{}\"", "x".repeat(300_000)));
    assert!(matches!(&read(&huge).unwrap().skipped[..], [(Location::Record(1), SkipReason::Fault(_))]));
}

#[test]
fn hostile_text_is_sanitised() {
    let quote = "\u{1b}[31mred\u{202e}txt.exe </script> \u{9b}2J \u{2028} 🏳️‍🌈";
    let batch = read(&format!("Highlight,Title,Note\n\"{quote}\",\"{quote}\",\"{quote}\"\n")).unwrap();
    let line = batch.bookmarks[0].to_line();
    assert_eq!(sanitize(&line), line);
    assert!(line.contains("</script>") && line.contains("🏳️‍🌈"), "{line}");
}

#[test]
fn only_the_nearest_context_is_kept() {
    let long = format!("{}|", "é".repeat(400));
    let text = json([&sample(1)]).to_string().replace("\"prefix\":\"One \"", &format!("\"prefix\":\"{long}\""));
    let quote = read(&text).unwrap().bookmarks[0].quote().unwrap().clone();
    assert_eq!((quote.prefix.chars().count(), quote.prefix.ends_with('|')), (160, true));
}

fn counts(plan: &Plan) -> [usize; 6] {
    [plan.write.len(), plan.new, plan.changed.len(), plan.same, plan.older, plan.deleted]
}

/// The shelf after an import of `text`, and the plan.
fn imported(mut shelf: Shelf, text: &str) -> (Shelf, Plan) {
    let plan = plan(&shelf, &read(text).unwrap());
    shelf.extend(plan.write.iter().cloned());
    (shelf, plan)
}

const TABLE: &str =
    "Highlight,Title,Note\nRents fell.,Rents,a note\nNobody knows why.,Rents,\nRents  FELL.,Rents,a note\n";

#[test]
fn a_second_import_changes_nothing_whatever_was_edited_since() {
    let (mut shelf, first) = imported(Shelf::default(), TABLE);
    assert_eq!(counts(&first), [2, 2, 0, 1, 0, 0], "a passage that differs only in typing is the same");
    assert_eq!(counts(&imported(shelf.clone(), TABLE).1), [0, 0, 0, 3, 0, 0]);
    let [one, other] = [&first.write[0], &first.write[1]];
    shelf.absorb(one.with_note("my own words", DEVICE, time(5)).unwrap());
    shelf.absorb(other.deleted(DEVICE, time(5)).unwrap());
    let (after, second) = imported(shelf, TABLE);
    assert_eq!(counts(&second), [0, 0, 0, 0, 2, 1]);
    assert_eq!((after.len(), after.get(one.id()).unwrap().note()), (1, Some("my own words")));
}

#[test]
fn passages_without_a_time_keep_their_order() {
    let (shelf, _) = imported(Shelf::default(), "Highlight\nc\nb\na\nd\n");
    let words: Vec<&str> = shelf.iter().map(Bookmark::words).collect();
    assert_eq!(words, ["c", "b", "a", "d"]);
}

#[test]
fn bookmarks_made_here_are_recognised_by_their_words() {
    let mut shelf = Shelf::default();
    shelf.absorb(sample(1).with_note("n", DEVICE, time(1)).unwrap());
    let table = csv(shelf.iter(), Cells::Exact);
    assert_eq!(counts(&imported(shelf.clone(), &table).1), [0, 0, 0, 1, 0, 0]);
    let another = table.replace(",\"n\",", ",\"another note\",");
    assert_eq!(counts(&imported(shelf, &another).1), [1, 1, 0, 0, 0, 0]);
}

#[test]
fn a_known_record_is_merged_and_never_lost() {
    let mut shelf = Shelf::default();
    shelf.absorb(sample(1).with_note("old", DEVICE, time(1)).unwrap());
    let before = json(shelf.iter()).to_string();
    let later = sample(1).with_note("new", DEVICE, time(9)).unwrap().with_tags(&["t"], DEVICE, time(9)).unwrap();
    let (after, plan) = imported(shelf.clone(), &json([&later]).to_string());
    assert_eq!(counts(&plan), [1, 0, 1, 0, 0, 0]);
    assert_eq!(plan.changed[0].what, ["note", "tags"]);
    assert_eq!(after.get(later.id()).unwrap().note(), Some("new"));
    assert_eq!(counts(&imported(after, &before).1), [0, 0, 0, 0, 1, 0], "an older export brings nothing back");

    shelf.absorb(later.deleted(DEVICE, time(5)).unwrap());
    assert_eq!(counts(&imported(shelf.clone(), &before).1), [0, 0, 0, 0, 0, 1]);
    let edited = before.replace("\"old\"", "\"edited elsewhere\"").replace("09:15:05", "23:59:59");
    let (after, plan) = imported(shelf, &edited);
    assert_eq!((counts(&plan), after.len()), ([1, 0, 1, 0, 0, 0], 1), "an edit after the deletion counts");
}

#[test]
fn stamps_in_a_file_are_ignored() {
    let line =
        sample(1).with_note("from a log", DEVICE, time(1)).unwrap().deleted(DEVICE, time(9_999)).unwrap().to_line();
    let mut shelf = Shelf::default();
    shelf.absorb(sample(1));
    let (after, plan) = imported(shelf, &line);
    assert_eq!((counts(&plan), after.len()), ([1, 0, 1, 0, 0, 0], 1));
}

/// Bookmarks with every kind of field.
fn bookmarks() -> impl Strategy<Value = Vec<Bookmark>> {
    let words = || {
        "[a-z \"'<>&=\u{5d0}-\u{5d4}é\u{301}👩‍👩‍👧🇩🇪\n\\\\,;.]{1,60}|\\PC{1,40}"
            .prop_map(|words| sanitize(&words).into_owned())
    };
    let one = (
        words(),
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        words(),
        prop::collection::vec(words(), 0..4),
        0..7_usize,
        any::<bool>(),
        0..9_i64,
    );
    prop::collection::vec(one, 0..6).prop_map(|all| {
        let made =
            all.into_iter().enumerate().filter_map(|(id, (text, from, to, note, tags, color, is_place, second))| {
                let edges: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
                let (from, to) = (*from.get(&edges), *to.get(&edges));
                let article = article(["https://example.com/a", "file:///b c.txt", "edition:x"][id % 3], &text);
                let new = made(id as u128 + 1, &article, TextRange::new(from.min(to), from.max(to)));
                let bookmark = if is_place { Bookmark::place(new) } else { Bookmark::passage(new) }.ok()?;
                let color = Color::ALL.get(color).cloned().unwrap_or_else(|| Color::from_name("teal"));
                let bookmark = bookmark
                    .with_note(&note, DEVICE, time(second))
                    .ok()?
                    .with_tags(&tags, DEVICE, time(second))
                    .ok()?;
                let bookmark = bookmark.with_color(color, DEVICE, time(second)).ok()?;
                // A field added by another program.
                let line = bookmark.to_line().replacen('{', r#"{"rights":"https://example.com/by","#, 1);
                let Line::Record(bookmark) = read_line(line.as_bytes()) else { panic!("{line}") };
                Some(*bookmark)
            });
        made.collect()
    })
}

proptest! {
    #[test]
    fn importing_an_export_gives_what_was_exported(all in bookmarks()) {
        let text = format!("{:#}", json(&all));
        let batch = read(&text).unwrap();
        prop_assert_eq!(&batch.skipped, &vec![]);
        let public = |all: &[Bookmark]| all.iter().map(Bookmark::to_public).collect::<Vec<_>>();
        prop_assert_eq!(public(&batch.bookmarks), public(&all));
        prop_assert_eq!(format!("{:#}", json(&batch.bookmarks)), text);
        // Nothing is written where they are already present, and all of them where they are not.
        let mut shelf = Shelf::default();
        shelf.extend(all.iter().cloned());
        prop_assert_eq!(counts(&plan(&shelf, &batch)), [0, 0, 0, all.len(), 0, 0]);
        prop_assert_eq!(plan(&Shelf::default(), &batch).new, all.len());
    }

    #[test]
    fn every_kept_record_reads_back_from_its_line(all in bookmarks()) {
        for bookmark in read(&csv(&all, Cells::Exact)).unwrap().bookmarks {
            prop_assert_eq!(read_line(bookmark.to_line().as_bytes()), Line::Record(Box::new(bookmark)));
        }
    }

    #[test]
    fn no_text_makes_it_panic(
        text in "\\PC{0,80}",
        cut in any::<prop::sample::Index>(),
        kind in 0..4_usize,
    ) {
        let kindle = format!("{text}\n- {text}|{text}\n\n{text}\n==========\n{text}\n==========");
        let table = format!("Highlight,Note,Date\n{text},{text},{text}\n");
        let list = format!(r#"[{HYPOTHESIS}, {{"type":"Annotation","target":{text:?}}}]"#);
        let whole = [text.as_str(), &kindle, &table, &list][kind];
        let edges: Vec<usize> = whole.char_indices().map(|(at, _)| at).chain([whole.len()]).collect();
        let (head, tail) = whole.split_at(*cut.get(&edges));
        for text in [whole, head, tail] {
            drop(read(text));
        }
    }
}
