//! Sources that do not exist or are not articles: each has a clear outcome, and nothing raw reaches the terminal.

use std::time::{Duration, SystemTime};

use insta::assert_snapshot;

use crate::program::Home;

#[test]
fn every_bad_source_is_named_with_a_hint() {
    let home = Home::new();
    home.write("a-long-story.txt", "Words.");
    home.write("empty.txt", "");
    home.write("blank.txt", " \n\u{feff}\n");
    home.write("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    home.write("program", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0");
    home.write("feed.rss", FEED);
    home.write("clips/one.txt", "Words.");
    home.write("clips/two.txt", "Words.");
    std::fs::create_dir(home.path("work/nothing")).unwrap();
    let told: Vec<String> = [
        "a-lnog-story.txt",
        "a-long-story.txt/1",
        "nowhere/at/all.txt",
        "empty.txt",
        "blank.txt",
        "picture.png",
        "program",
        "feed.rss",
        "clips",
        "nothing",
        "/dev/null",
        "edition:99-none",
        "ftp://example.com/story",
    ]
    .into_iter()
    .map(|source| {
        let ran = home.run(["read", source]);
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(3), ""), "{source}: {ran:?}");
        format!("$ dateline read {source:?}\n{}", ran.stderr)
    })
    .collect();
    assert_snapshot!("bad-sources", told.join("\n"));
}

const FEED: &str = "<?xml version=\"1.0\"?>\n<rss version=\"2.0\">\n<channel><title>Harbours</title></channel></rss>\n";

/// Files that are neither text nor Markdown, each with a word in it that must not be shown.
fn foreign() -> Vec<(&'static str, Vec<u8>)> {
    let wide =
        |text: &str| -> Vec<u8> { format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let rdf = "<rdf:RDF xmlns:rdf=\"http://a/#\" xmlns=\"http://purl.org/rss/1.0/\"><title>Harbours</title></rdf:RDF>";
    let json = "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Harbours\", \"items\": []}";
    let odt = "PK\u{3}\u{4}\u{14}\0\0\0mimetypeapplication/vnd.oasis.opendocument.text Harbours";
    vec![
        ("it's a report.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj Harbours".to_vec()),
        ("book.epub", b"PK\x03\x04\x14\0\0\0mimetypeapplication/epub+zip Harbours".to_vec()),
        ("feed.xml", FEED.into()),
        ("feed.md", format!("\u{feff}<!-- feed -->{}", FEED.split_once('\n').unwrap().1).into()),
        ("wide.rss", wide(FEED)),
        ("atom", b"<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>Harbours</title></feed>".to_vec()),
        ("rdf.txt", rdf.into()),
        ("feed.json", json.into()),
        (
            "subscriptions.opml",
            b"<opml version=\"2.0\"><head/><body><outline text=\"Harbours\"/></body></opml>".to_vec(),
        ),
        ("-scan.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR Harbours".to_vec()),
        ("$(id) \"letters\".zip", b"PK\x03\x04\x14\0\0\0letter.txt Harbours".to_vec()),
        ("news.tar.gz", b"\x1f\x8b\x08\0 Harbours".to_vec()),
        ("story.txt.gz", b"\x1f\x8b\x08\0 Harbours".to_vec()),
        ("letter.docx", b"PK\x03\x04\x14\0[Content_Types].xml word/document.xml Harbours".to_vec()),
        ("letter.odt", odt.into()),
        ("letter.rtf", b"{\\rtf1\\ansi Harbours}".to_vec()),
        ("letter.doc", b"\xd0\xcf\x11\xe0W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0 Harbours".to_vec()),
        ("sheet.xlsx", b"PK\x03\x04\x14\0[Content_Types].xml xl/workbook.xml Harbours".to_vec()),
    ]
}

#[test]
fn a_file_that_is_not_text_suggests_a_command() {
    let home = Home::new();
    let mut told = String::new();
    for (name, bytes) in foreign() {
        home.write(name, &bytes);
        let path = format!("./{name}");
        let ran = home.run(["read", if name.starts_with('-') { path.as_str() } else { name }]);
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(3), ""), "{name}: {ran:?}");
        told += &ran.stderr;
        // Opened in the reader, or through a pipe, it is the same.
        let opened = home.run([path.as_str()]);
        assert!(opened.status == Some(3) && opened.stderr.contains('`'), "{opened:?}");
        let mut piped = home.command(["read", "-"]);
        let file = std::fs::File::open(home.path("work").join(name)).unwrap();
        let piped = home.outcome(piped.stdin(file).output().unwrap());
        assert_eq!((piped.status, piped.stdout.as_str()), (Some(3), ""), "{name}: {piped:?}");
        let hint = piped.stderr.lines().find(|line| line.starts_with("hint: `COMMAND ")).unwrap();
        assert!(
            ["| dateline -`", "dateline unpacked`", "dateline feeds "].iter().any(|end| hint.contains(end)),
            "{name}: {hint}"
        );
    }
    assert_snapshot!("foreign", told);
}

#[test]
fn a_file_that_is_not_text_is_reported_in_a_folder_too() {
    let home = Home::new();
    for (name, bytes) in foreign() {
        home.write(&format!("pages/{name}"), bytes);
    }
    home.write("pages/story.txt", "Rents fell in Leith.");
    let ran = home.run(["entities", "pages"]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.stdout.contains("Leith") && !ran.stdout.contains("Harbours"), "{ran:?}");
    for name in ["rdf.txt", "feed.md"] {
        assert!(ran.stderr.contains(&format!("error: {name}: this is")), "{name}: {ran:?}");
    }
    assert!(ran.stderr.contains("`dateline feeds show pages/rdf.txt`"), "{ran:?}");
    home.write("books/a book.pdf", b"%PDF-1.7\n%\xe2\xe3");
    let ran = home.run(["read", "books"]);
    assert_eq!(ran.status, Some(3));
    assert!(ran.stderr.contains("`dateline read 'books/a book.pdf'` reads that one"), "{ran:?}");
}

#[test]
fn a_file_named_like_an_address_is_a_file() {
    let home = Home::new();
    home.write("www.txt", "Words.");
    assert_eq!(home.run(["read", "www.txt"]).printed(), "Words.\n");
}

#[test]
fn a_site_that_does_not_answer_is_told() {
    let home = Home::new();
    // Nobody listens there (RFC 6335 §6: reserved).
    for words in [&["read", "http://127.0.0.1:1/story"][..], &["add", "http://127.0.0.1:1/"]] {
        let ran = home.run(words);
        assert!(ran.status == Some(4) && ran.stderr.contains("127.0.0.1") && ran.stderr.contains("hint: "), "{ran:?}");
    }
}

#[test]
fn an_article_about_markup_is_an_article() {
    let home = Home::new();
    for (name, words) in [
        ("html.md", "<!-- a comment -->\n\n# What is HTML?\n\nWords.\n"),
        ("tags.md", "`<html>`, `<head>` and `<body>`: the skeleton of a page.\n"),
        ("bare.txt", "<html>, <head> and <body>: the skeleton of a page.\n"),
        ("feeds.txt", "<rss> is the root of a feed.\n"),
        ("pdf.txt", "%PDF-1.7 is how it begins.\n"),
        ("ftyp.txt", "The ftyp box says what a film is.\n"),
    ] {
        home.write(name, words);
        assert_ne!(home.run(["read", name]).printed().trim(), "", "{name}");
    }
}

#[test]
fn a_first_word_that_is_neither_command_nor_file() {
    let home = Home::new();
    home.write("doctors.txt", "Words.");
    let told: Vec<String> =
        [&["entites"][..], &["raed", "doctors.txt"], &["doctor.txt"], &["zeppelin"], &["edition:9"]]
            .into_iter()
            .map(|words| format!("$ dateline {}\n{}", words.join(" "), home.run(words).transcript()))
            .collect();
    assert_snapshot!("first-words", told.join("\n"));
}

#[test]
fn a_file_named_like_a_command_is_opened_with_its_folder() {
    let home = Home::new();
    home.write("read", "Words.");
    assert_eq!(home.run(["read", "./read"]).printed(), "Words.\n");
    let ran = home.run(["./read"]);
    assert!(ran.stderr.contains("needs a terminal"), "{ran:?}");
}

/// The super-user may read everything; then there is nothing to see.
#[test]
fn an_unreadable_file_is_a_system_error() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    let file = home.write("clips/secret.txt", "Words.");
    let folder = file.parent().unwrap();
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o000)).unwrap();
    let readable = std::fs::read_dir(folder).is_ok();
    let ran = home.run(["entities", "clips"]);
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700)).unwrap();
    if !readable {
        assert_eq!(ran.status, Some(4));
        assert!(ran.stderr.contains("not allowed to read clips"), "{ran:?}");
    }
}

#[test]
fn one_endless_line_is_an_article_like_any_other() {
    let home = Home::new();
    home.write("endless.txt", "all in one line ".repeat(2 * 1024 * 1024 / 16));
    let page = home.run(["read", "endless.txt"]).printed();
    assert_eq!(page.split_whitespace().count(), 2 * 1024 * 1024 / 16 * 4);
    assert!(page.lines().all(|line| line.len() <= 66));
    home.write("one-word.txt", "x".repeat(2 * 1024 * 1024));
    assert_eq!(home.run(["read", "one-word.txt"]).printed().matches('x').count(), 2 * 1024 * 1024);
}

#[test]
fn no_control_or_bidi_character_of_a_source_reaches_the_terminal() {
    let home = Home::new();
    let nasty: Vec<String> = (0..0x20)
        .chain(0x7f..0xa0)
        .chain(0x202a..0x202f)
        .chain(0x2066..0x206a)
        .filter_map(char::from_u32)
        .map(|c| format!("Helena Brum {c} met Joaquim Serpa in Lisbon.{c}\n\n"))
        .collect();
    let name = "na\u{1b}[2Jsty\u{202e}.txt";
    home.write(name, format!("\u{1b}]0;title\u{7}{}\u{1b}[31m", nasty.concat()));
    let harmless = |words: &str| {
        !words.contains(|c: char| {
            c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        })
    };
    for words in [
        &["read", name][..],
        &["entities", name],
        &["entities", "--json", "--text", name],
        &["bookmarks", "add", name, "--quote", "met Joaquim Serpa"],
        &["bookmarks", "add", name, "--quote", "no\u{1b}[2Jne\u{202e}"],
        &["bookmarks", "list"],
        &["bookmarks", "list", "--json"],
        &["bookmarks", "export", "--format", "json"],
        &["bookmarks", "export", "--format", "markdown"],
        &["read", "na\u{1b}[2Jsty.txt"],
        &["--config", name, "config"],
        &["--data-dir", name, "doctor"],
    ] {
        let ran = home.run(words);
        assert!(harmless(&ran.stdout) && harmless(&ran.stderr), "{words:?}: {ran:?}");
    }
}

#[test]
fn an_old_file_is_read_without_looking_at_the_clock() {
    let home = Home::new();
    let path = home.write("story.txt", "The council met yesterday in Lisbon to hear the mayor.");
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    std::fs::File::options().append(true).open(path).unwrap().set_modified(time).unwrap();
    let report = home.run(["entities", "--json", "story.txt"]).json();
    let date = report["entities"].as_array().unwrap().iter().find(|entity| entity["kind"] == "date").cloned();
    // A billion seconds are 9 September 2001; what counts from a guessed day is approximate.
    assert!(date.unwrap()["value"].as_str().unwrap().starts_with("2001-09-08"));
}
