//! `dateline read`, and opening the reader where there is no terminal.

use std::fs::File;
use std::io::Read;
use std::process::Stdio;

use insta::assert_snapshot;
use serde_json::Value;

use crate::program::Home;

const STORY: &str = "---\ntitle: A ferry for two islands\nauthor: Ana Reed\n---\n\
    The ferry sails **at noon**, says [the harbour](https://harbour.example/times).\n\n\
    > It has never been late.\n\n\
    1. Bring a coat.\n2. Bring a book.\n\n\
    ```sh\nferry --from pier --to the-other-island --tickets 2 --quiet --and-so-on-and-so-on\n```\n";

#[test]
fn a_page_in_a_pipe_has_66_columns_and_no_margin() {
    let home = Home::new();
    let page = home.run(["read", "edition:02-azores-cable"]).printed();
    let widths: Vec<usize> = page.lines().map(|line| line.chars().count()).collect();
    assert!(widths.iter().max() <= Some(&66) && widths.iter().max() >= Some(&60));
    assert!(page.starts_with("Broken cable"));
    assert!(page.lines().all(|line| line == line.trim_end()));
    assert!(Home::names(&home.data()).is_empty(), "reading in a pipe keeps nothing");
}

#[test]
fn every_kind_of_block_in_a_narrow_page() {
    let home = Home::new();
    home.write("story.md", STORY);
    assert_snapshot!(home.run(["read", "story.md", "--width", "30"]).printed(), @"
    A ferry for two islands

    Ana Reed


    The ferry sails at noon, says
    the harbour¹.

    ▎ It has never been late.

    1. Bring a coat.
    2. Bring a book.

    ferry --from pier --to the-oth
    ↪ er-island --tickets 2 --quie
    ↪ t --and-so-on-and-so-on

    ¹ https://harbour.example/time
      s
    ");
}

#[test]
fn styles_are_printed_if_they_are_asked_for_and_never_otherwise() {
    let home = Home::new();
    home.write("story.md", STORY);
    let styled = home.run(["read", "story.md", "--color", "always"]).printed();
    assert!(styled.starts_with("\u{1b}[1mA ferry for two islands\u{1b}[0m\n"), "{styled}");
    let plain = home.run(["read", "story.md"]).printed();
    let mut bare = styled.replace("\u{1b}[1m", "").replace("\u{1b}[2m", "");
    bare = bare.replace("\u{1b}[0m", "");
    assert_eq!(bare, plain);
}

#[test]
fn standard_input_is_read() {
    let home = Home::new();
    assert_eq!(home.run_with_input(&["read", "-"], "Words from a pipe.\n").printed(), "Words from a pipe.\n");
    let ran = home.run_with_input(&["read", "-"], " \n");
    assert_snapshot!(ran.transcript(), @"
    exit 3
    --- stdout
    --- stderr
    error: standard input: there are no words in it
    hint: run what stands before the `|` alone to see what it prints
    ");
}

#[test]
fn a_reader_who_closes_the_pipe_has_enough() {
    let home = Home::new();
    home.write("long.txt", "One more line of a very long story.\n\n".repeat(20_000));
    for words in [["read", "long.txt"], ["man", "-q"], ["completions", "bash"]] {
        let mut child = home.command(words).stdout(Stdio::piped()).spawn().unwrap();
        let mut pipe = child.stdout.take().unwrap();
        let mut first = [0; 8];
        pipe.read_exact(&mut first).unwrap();
        drop(pipe);
        let ran = home.outcome(child.wait_with_output().unwrap());
        assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""), "{words:?}");
    }
}

#[test]
fn a_full_disk_is_an_error_of_the_system() {
    let Ok(full) = File::options().write(true).open("/dev/full") else { return };
    let home = Home::new();
    let ran = home.outcome(home.command(["read", "edition:01-welcome"]).stdout(full).output().unwrap());
    assert_eq!(ran.status, Some(4));
    assert!(ran.stderr.starts_with("error: cannot write the result: "), "{ran:?}");
}

#[test]
fn without_a_terminal_the_reader_does_not_open() {
    let home = Home::new();
    home.write("story.md", STORY);
    assert_snapshot!(home.run(["story.md"]).transcript(), @"
    exit 2
    --- stdout
    --- stderr
    error: the reader needs a terminal to show its pages on
    hint: `dateline read SOURCE` prints a page
    ");
}

const MARKED: &str = "---\ntitle: Café hours\nauthor: Ana Reed\ndate: 2026-10-15T08:30:00+02:00\nlang: en\n\
    url: https://harbour.example/café\n---\n\
    The *café* opens [at **noon**](https://harbour.example/times).\n\n## When\n\n\
    > Never late.\n\n1. Coat\n\n   A warm one.\n   - Book\n\n```sh\nls\n```\n\n```\nplain\n```\n\n---\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";

#[test]
fn an_article_as_json() {
    let home = Home::new();
    home.write("story.md", MARKED);
    let report = home.run(["read", "--json", "story.md"]).json();
    assert_snapshot!("read-json", serde_json::to_string_pretty(&report).unwrap());
    let article = &report["article"];
    let text: Vec<char> = article["text"].as_str().unwrap().chars().collect();
    let words = |row: &Value| -> String {
        let place = |name: &str| usize::try_from(row[name].as_u64().unwrap()).unwrap();
        text[place("start")..place("end")].iter().collect()
    };
    assert_eq!(words(&article["inlines"][0]), "café");
    let blocks: Vec<String> = article["blocks"].as_array().unwrap().iter().map(words).collect();
    assert_eq!(blocks.join("\n\n"), article["text"].as_str().unwrap());
}

#[test]
fn json_is_printed_whatever_happens_and_the_status_is_that_of_the_page() {
    let home = Home::new();
    home.write("empty.txt", "");
    home.write("clips/one.txt", "Words.");
    home.write("clips/two.txt", "More words.");
    for (source, status, kind) in [("nowhere.txt", 3, "not-found"), ("empty.txt", 3, "empty"), ("clips", 3, "folder")] {
        let ran = home.run(["read", "--json", source]);
        assert_eq!((ran.status, home.run(["read", source]).status), (Some(status), Some(status)), "{ran:?}");
        let report = ran.json();
        assert_eq!((report["source"].as_str(), report["error"]["kind"].as_str()), (Some(source), Some(kind)));
    }
    home.write("day.txt", "Fire at the harbour\n\nBy Ana Reed\n\n15.10.2026\n\nThe harbour burnt all night long.\n");
    let article = &home.run(["read", "--json", "day.txt", "--width", "20"]).json()["article"];
    assert_eq!((article["published"].as_str(), article["url"].as_str()), (Some("2026-10-15"), None));
    assert_eq!(article["blocks"][2]["kind"], "dateline");
}

#[test]
fn a_web_page_is_read_and_one_without_an_article_says_what_it_is() {
    let home = Home::new();
    let words =
        "The pilots had asked for a new quay for eleven years, and said that nobody should now be surprised by it.";
    home.write(
        "saved/quay.html",
        format!("<!doctype html><title>Quay gives way | Post</title><nav>Menu</nav><article><h1>Quay gives way</h1>{}<p><a href='b/c'>The report</a> says so, on many pages.</p></article>", format!("<p>{words}</p>").repeat(4)),
    );
    let ran = home.run(["read", "--json", "--url", "https://post.example/a/", "saved/quay.html"]);
    let article = &ran.json()["article"];
    assert_eq!(
        (article["title"].as_str(), article["readable"].as_bool()),
        (Some("Quay gives way"), Some(true)),
        "{ran:?}"
    );
    assert!(!article["text"].as_str().unwrap().contains("Menu") && ran.stderr.is_empty(), "{ran:?}");
    assert_eq!(article["inlines"][0]["target"], "https://post.example/a/b/c");
    assert!(home.run(["read", "--whole", "saved/quay.html"]).printed().contains("Quay gives way"));
    assert!(home.run(["entities", "saved"]).status == Some(0));
    home.write("in.htm", "<title>Sign in</title><p>Members only.</p><form><input type=password></form>");
    let ran = home.run(["read", "--json", "in.htm"]);
    assert_eq!(ran.json()["article"]["readable"], false);
    assert_eq!(ran.stderr, "note: this is a page to log in on, not an article; all of it is shown\n");
    assert_eq!(home.run(["read", "--url", "nowhere", "in.htm"]).status, Some(2));
}

#[test]
fn a_text_is_read_in_the_encoding_that_is_named() {
    let home = Home::new();
    home.write("old.txt", "Der Hafen ist f├╝r immer zu.\n");
    let page = home.run(["read", "old.txt"]).printed();
    assert_eq!(page, "Der Hafen ist f├╝r immer zu.\n");
    home.write("dos.txt", b"The caf\x8a and the caf\x82 are closed.\n");
    for (name, wanted) in
        [("cp437", "The cafè and the café are closed.\n"), ("MAC", "The cafä and the cafÇ are closed.\n")]
    {
        assert_eq!(home.run(["read", "--encoding", name, "dos.txt"]).printed(), wanted);
    }
    let told = home.run(["entities", "--encoding", "cp473", "dos.txt"]);
    assert!(told.stderr.contains("did you mean cp437?"), "{}", told.stderr);
    assert_eq!(told.status, Some(2));
    home.run(["add", "--encoding", "cp437", "dos.txt"]).printed();
    assert!(home.run(["list"]).printed().contains("The cafè and the café"));
}
