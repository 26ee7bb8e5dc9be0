//! The whole way: bytes to article.

use proptest::prelude::*;

use super::*;
use crate::article::{BlockKind, InlineKind};

fn plain(text: &str) -> Article {
    read(text.as_bytes(), &Hints { name: Some("harbour.txt".into()), ..Hints::default() }).expect("an article")
}

fn markdown(text: &str) -> Article {
    read(text.as_bytes(), &Hints { format: Some(Format::Markdown), ..Hints::default() }).expect("an article")
}

fn kinds(article: &Article) -> Vec<BlockKind> {
    article.body.blocks().iter().map(|block| block.kind.clone()).collect()
}

/// What every article must be like, whatever it was made from.
fn assert_sound(article: &Article) {
    let text = article.body.as_str();
    let blocks: Vec<&str> = article.body.blocks().iter().map(|block| article.body.slice(block.range)).collect();
    assert_eq!(blocks.join("\n\n"), text, "blocks and blank lines are all there is");
    assert_eq!(sanitize(text), text);
    assert_eq!(mend(text), text);
    assert_eq!(one_line(&article.title), article.title);
    assert!(!is_blank(&article.title));
    for block in article.body.blocks() {
        let words = article.body.slice(block.range);
        let verbatim = matches!(block.kind, BlockKind::Code { .. } | BlockKind::Table);
        let is_line = |line: &str| !line.contains('\t') && (words.is_empty() || !is_blank(line));
        assert!(verbatim || words.split('\n').all(is_line), "{words:?} has blank lines or tabs");
        assert_eq!(words.is_empty(), block.kind == BlockKind::Rule);
    }
    for inline in article.body.inlines() {
        assert!(article.body.blocks().iter().any(|block| block.range.covers(inline.range)));
    }
}

/// An article with every trait of an old newspaper site: date line, headline, by-line in the standfirst, one paragraph a
/// line, an ellipsis that a scraper broke.
const NEWSPAPER: &str = "10.05.2007\nLisbon port talks\nAfter weeks of waiting and with the usual noise, the first meeting between the port and its pilots in nearly thirty years took place in the fish hall this week. Yara Matos reports\nThe chairmen of the two bodies that had brought nothing but trouble to the people of the harbour blamed each other for the week's trouble, before calling the meeting \"a success\".\nAccording to The Lamp, \"The feud over the port has seen the director, two deputies and the mayor's men in the Chancery \"¦ The struggle has resulted in contradictory - and sometimes misleading - notices\" (May 27).\nAt least for the time being the boats lie where they lay.";

#[test]
fn a_newspaper_article_is_recognised_line_by_line() {
    let article = plain(NEWSPAPER);
    assert_sound(&article);
    assert_eq!(article.title, "Lisbon port talks");
    assert_eq!(article.byline.as_deref(), Some("Yara Matos"));
    assert_eq!(article.published.unwrap().day.to_string(), "2007-05-10");
    assert_eq!(
        kinds(&article),
        [
            BlockKind::Dateline,
            BlockKind::Headline,
            BlockKind::Standfirst,
            BlockKind::Paragraph,
            BlockKind::Paragraph,
            BlockKind::Paragraph
        ]
    );
    assert!(article.body.as_str().contains("in the Chancery … The struggle"));
    assert!(article.body.as_str().contains("this week. Yara Matos reports\n\nThe chairmen"));
}

#[test]
fn the_same_article_is_the_same_in_every_encoding_and_with_every_line_end() {
    let clean = NEWSPAPER.replace("\"¦", "…");
    let wanted = plain(&clean).body;
    assert_eq!(plain(NEWSPAPER).body, wanted);
    assert_eq!(plain(&clean.replace('\n', "\r\n")).body, wanted);
    assert_eq!(plain(&format!("\u{feff}{clean}")).body, wanted);
    let utf_16: Vec<u8> = clean.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read(&utf_16, &Hints::default()).unwrap().body, wanted);
    let legacy = encoding_rs::WINDOWS_1252.encode(&clean).0;
    assert_eq!(read(&legacy, &Hints::default()).unwrap().body, wanted);
}

#[test]
fn headers_of_other_houses() {
    let body = "The harbour was closed on Monday after a week of talks that led to nothing, the port authority said.\n\nNobody could say when it would open again, least of all the men who had closed it last week.";
    let article =
        plain(&format!("HARBOUR CLOSED AFTER TALKS\n\nBy ANA REED, Staff Writer\nPublished: 10 May 2007\n\n{body}"));
    assert_sound(&article);
    assert_eq!(
        kinds(&article),
        [BlockKind::Headline, BlockKind::Byline, BlockKind::Dateline, BlockKind::Paragraph, BlockKind::Paragraph]
    );
    assert_eq!(article.byline.as_deref(), Some("ANA REED"));
    let article =
        plain(&format!("Harbour closed\n\nA week of talks ends where it began.\n\nAna Reed\n10 May 2007\n\n{body}"));
    assert_eq!(
        kinds(&article)[..4],
        [BlockKind::Headline, BlockKind::Standfirst, BlockKind::Byline, BlockKind::Dateline]
    );
    assert_eq!(article.byline.as_deref(), Some("Ana Reed"));
    let article = plain(&format!("Harbour closed\n\nLISBON, May 28, 2007 (Wire) — {body}"));
    assert_eq!(kinds(&article), [BlockKind::Headline, BlockKind::Paragraph, BlockKind::Paragraph]);
    assert_eq!(article.published.unwrap().day.to_string(), "2007-05-28");
}

#[test]
fn a_text_with_no_header_gets_a_title_and_keeps_its_words() {
    let article = plain("the harbour was closed. nobody knew why, and nobody asked.");
    assert_eq!(article.title, "the harbour was closed");
    assert_eq!(kinds(&article), [BlockKind::Paragraph]);
    assert_eq!(article.id, SourceId::of_text(article.body.hash()));
}

#[test]
fn markdown_headers_are_recognised_too() {
    let article = markdown("# Port talks\n\n*By Ana Reed*\n\n10 May 2007\n\nThe harbour was closed on Monday.");
    assert_sound(&article);
    assert_eq!(kinds(&article), [BlockKind::Headline, BlockKind::Byline, BlockKind::Dateline, BlockKind::Paragraph]);
    assert_eq!((article.title.as_str(), article.byline.as_deref()), ("Port talks", Some("Ana Reed")));
}

#[test]
fn hints_fill_what_the_article_does_not_say() {
    let hints = Hints {
        id: Some(SourceId::from_iri("https://example.org/a")),
        source: Some("Harbour \u{202e}Weekly".into()),
        url: Some("https://example.org/a".into()),
        ..Hints::default()
    };
    let article = read(b"---\nurl: https://example.org/b\n---\nBody.", &hints).unwrap();
    assert_eq!(article.id.as_str(), "https://example.org/a");
    assert_eq!(article.source.as_deref(), Some("Harbour Weekly"));
    assert_eq!(article.url.as_deref(), Some("https://example.org/b"));
}

#[test]
fn what_is_no_text_is_refused_by_name() {
    let nothing = Hints::default();
    for empty in [
        b"".as_slice(),
        b" \n\t\r\n",
        "\u{feff}\u{202e}\u{1}\u{2}\u{1b}[0m\u{200b}".as_bytes(),
        b"\x01\x02\x03\x07\x1b[31m",
    ] {
        assert_eq!(read(empty, &nothing), Err(IntakeError::Empty), "{empty:?}");
    }
    let picture = read(b"\x89PNG\r\n\x1a\n\0\0\0", &nothing).unwrap_err();
    assert_eq!(picture, IntakeError::Foreign(Foreign::picture("a PNG picture")));
    assert_eq!(read(&[0; 100], &nothing), Err(IntakeError::Binary));
    assert_eq!(read(b"words\0\xff\xfe\x80and\0more", &nothing), Err(IntakeError::Binary));
    let mut seed = 7_u64;
    let random: Vec<u8> = std::iter::repeat_with(|| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 56) as u8
    })
    .take(4096)
    .collect();
    assert_eq!(read(&random, &nothing), Err(IntakeError::Binary));
    assert_eq!(read(b"<!DOCTYPE HTML><p> </p><script>let x = 1;</script>", &nothing), Err(IntakeError::Empty));
    assert_eq!(read(&vec![b'a'; MAX_FILE_BYTES + 1], &nothing), Err(IntakeError::TooLarge { limit: MAX_FILE_BYTES }));
    for error in [
        IntakeError::Empty,
        IntakeError::Foreign(Foreign::PDF),
        IntakeError::Binary,
        IntakeError::TooLarge { limit: 1 },
    ] {
        assert!(!error.to_string().contains('\n'));
    }
}

#[test]
fn pages_and_feeds_are_told_in_every_encoding() {
    let feed =
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>Häfen – täglich</title></channel></rss>\n";
    let wide = |text: &str, big: bool| -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    let encoded = |text: &str| {
        let marked = format!("\u{feff}{text}");
        [
            text.as_bytes().to_vec(),
            marked.as_bytes().to_vec(),
            encoding_rs::WINDOWS_1252.encode(text).0.into_owned(),
            wide(text, true),
            wide(text, false),
            wide(&marked, true),
            wide(&marked, false),
        ]
    };
    for bytes in encoded(feed) {
        assert_eq!(read(&bytes, &Hints::default()), Err(IntakeError::Foreign(Foreign::FEED)), "{bytes:?}");
    }
    for bytes in encoded("<html>\n<body>Häfen – täglich</body></html>") {
        assert_eq!(read(&bytes, &Hints::default()).unwrap().body.as_str(), "Häfen – täglich", "{bytes:?}");
    }
}

#[test]
fn text_full_of_control_characters_and_overrides_is_text() {
    let article = plain("\u{202e}The\u{7} port\u{1b}[31m was\u{0} clo\u{8}sed.\u{2066}\u{1b}]0;x\u{7}\u{c}Again.");
    assert_sound(&article);
    assert_eq!(article.body.as_str(), "The port was closed.\n\nAgain.");
}

#[test]
fn two_megabytes_in_one_line_are_one_paragraph() {
    let article = plain(&"seven letters ".repeat(150_000));
    assert_sound(&article);
    assert_eq!(article.body.blocks().len(), 1);
}

#[test]
fn markdown_of_markup_only_shows_its_markup() {
    let article = markdown("[a]: https://example.org\n");
    assert_sound(&article);
    assert_eq!(article.body.as_str(), "[a]: https://example.org");
}

/// Pieces that mean something to one of the readers.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ \t]{0,6}[-*>#=+|`~_]{1,4} ?[a-zA-Z .]{0,20}",
        "(By |Published: |---\n|\\+\\+\\+\n|title: |date: )?[A-Z][a-z]{0,8} [A-Z0-9][a-z0-9.]{0,10}",
        "[a-z ]{60,80}[.-]?",
        "(\\[|\\]|\\(|\\)|!|<|>|&#27;|&#x202e;|&quot;|¦|\\*|`|\"|Ã|©|â|€|™|\u{301}){1,12}",
        "\\PC{0,30}",
    ]
}

#[test]
fn a_message_is_an_article_whatever_its_file_is_called() {
    let message = "Return-Path: <ana@example.org>\nFrom: Ana Reed <ana@example.org>\nSubject: Port talks\n\
        Date: Thu, 10 May 2007 08:30:00 +0200\nContent-Type: text/plain; charset=utf-8; format=flowed\n\n\
        The port was \nclosed.\n\n> > Why?\n\n-- \nAna Reed\nPort of Lisbon\n";
    for name in [None, Some("a.eml"), Some("a.txt"), Some("a.md"), Some("a")] {
        let article = read(message.as_bytes(), &Hints { name: name.map(str::to_owned), ..Hints::default() }).unwrap();
        assert_sound(&article);
        assert_eq!(article.title, "Port talks");
        assert_eq!(article.byline.as_deref(), Some("Ana Reed"));
        assert_eq!(article.published.unwrap().to_string(), "2007-05-10T06:30:00Z");
        let wanted =
            "Port talks\n\nAna Reed\n\n10 May 2007\n\nThe port was closed.\n\nWhy?\n\n\n\nAna Reed\nPort of Lisbon";
        assert_eq!(article.body.as_str(), wanted);
    }
}

#[test]
fn lines_that_are_meant_stay_lines_of_their_block() {
    let article = markdown(
        "# A poem and an address\n\nThe sea was low,  \nthe boats were slow,\\\nthe men would row<br>\nuntil the snow.\n\nHarbour Office  \n12 Quay Street  \nAB1 2CD Porthaven\n",
    );
    assert_sound(&article);
    let wanted = "A poem and an address\n\nThe sea was low,\nthe boats were slow,\nthe men would row\nuntil the snow.\n\nHarbour Office\n12 Quay Street\nAB1 2CD Porthaven";
    assert_eq!(article.body.as_str(), wanted);
    assert_eq!(kinds(&article), [BlockKind::Headline, BlockKind::Paragraph, BlockKind::Paragraph]);
    // What is cleaned away leaves no blank line inside of a block.
    assert_eq!(markdown("one<br>&#7;<br>two").body.as_str(), "one\ntwo");
}

#[test]
fn failures_say_what_to_do_about_the_very_file() {
    for (error, wanted) in [
        (IntakeError::Empty, "`wc -c 'a b'` tells its size: if that is not 0, it is blank, and was perhaps cut off"),
        (
            IntakeError::Binary,
            "`file 'a b'` says what it may be, `strings 'a b' | dateline -` shows what words are in it",
        ),
        (
            IntakeError::TooLarge { limit: 1 },
            "cut it with `mkdir parts && split -b 8m 'a b' parts/` and open the folder: `dateline parts`",
        ),
    ] {
        assert_eq!(error.hint(Some(b"a b")).as_deref(), Some(wanted));
        assert!(error.hint(None).is_some());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_give_a_sound_article_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for format in [None, Some(Format::Plain), Some(Format::Markdown)] {
            if let Ok(article) = read(&bytes, &Hints { format, ..Hints::default() }) {
                assert_sound(&article);
            }
        }
    }

    #[test]
    fn any_text_gives_a_sound_article_or_an_error(lines in prop::collection::vec((piece(), "\n{1,2}| "), 0..30)) {
        let text: String = lines.iter().flat_map(|(line, end)| [line.as_str(), end]).collect();
        for format in [Format::Plain, Format::Markdown] {
            if let Ok(article) = read(text.as_bytes(), &Hints { format: Some(format), ..Hints::default() }) {
                assert_sound(&article);
            }
        }
    }

    #[test]
    fn any_message_gives_a_sound_article_or_an_error(
        subject in piece(),
        head in prop::sample::select(vec![
            "", "Content-Type: text/plain; format=flowed; delsp=yes\n", "Content-Type: text/html\n",
            "Content-Transfer-Encoding: base64\n", "Content-Transfer-Encoding: quoted-printable\n",
            "Content-Type: multipart/mixed; boundary=b\n",
        ]),
        lines in prop::collection::vec(prop_oneof![piece(), "[> ]{0,6}[a-z=]{0,9} ?", "--b|--b--|-- |"], 0..30),
    ) {
        let text = format!("Received: x\nSubject: {}\n{head}\n{}", subject.replace('\n', " "), lines.join("\n"));
        if let Ok(article) = read(text.as_bytes(), &Hints::default()) {
            assert_sound(&article);
        }
    }

    #[test]
    fn plain_text_loses_no_word(lines in prop::collection::vec("[A-Za-z]{1,9}( [A-Za-z]{1,9}[.,]?){0,14}", 1..12)) {
        let text = lines.join("\n");
        let article = plain(&text);
        let all = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        prop_assert_eq!(all(article.body.as_str()), all(&text));
    }
}

#[test]
fn a_paper_out_of_pdftotext_reads_well() {
    let paper = "The Price of Harbours\n\nAna Reed\nUniversity of Ostend\n\nAbstract\n\nThis paper describes the infra-\nstructure of ports in well-\nknown cities such as Zee-\nbrugge. We find that the first eﬀect is a de-\nmand for ﬂats in the\n\n1\n\n\u{c}The Price of Harbours                      2\n\nold town, and we show it.\n\n2 Method\n\nNothing was left out.\n\n2\n\n\u{c}";
    let article = plain(paper);
    assert_sound(&article);
    assert_eq!(article.title, "The Price of Harbours");
    let text = article.body.as_str();
    for words in [
        "the infrastructure of ports in well-known cities such as Zeebrugge.",
        "effect is a demand for flats in the old town",
    ] {
        assert!(text.contains(words), "{text}");
    }
    assert_eq!(
        (text.matches("The Price of Harbours").count(), text.contains("\n\n1\n"), text.ends_with('2')),
        (1, false, false),
        "{text}"
    );
}

#[test]
fn a_manual_page_reads_well() {
    let page = "D\u{8}DI\u{8}IF\u{8}FF\u{8}F(1)\n\nN\u{8}NA\u{8}AM\u{8}ME\u{8}E\n       diff - compare _\u{8}f_\u{8}i_\u{8}l_\u{8}e_\u{8}s line by line, with \u{1b}[1mcol\u{2010}\n       ours\u{1b}[0m and all\n";
    let article = plain(page);
    assert_sound(&article);
    assert!(
        article.body.as_str().contains("diff - compare files line by line, with col‐ours and all"),
        "{}",
        article.body.as_str()
    );
    assert_eq!(article.title, "DIFF(1)");
}

#[test]
fn bare_addresses_are_links_in_plain_text_and_in_markdown() {
    let links = |article: &Article| {
        let links = article.body.inlines().iter().filter(|inline| matches!(inline.kind, InlineKind::Link(_)));
        links.map(|inline| article.body.slice(inline.range).to_owned()).collect::<Vec<_>>()
    };
    let words = "See https://example.com/a_b_c, www.example.org or ana@example.com.";
    let wanted = ["https://example.com/a_b_c", "www.example.org", "ana@example.com"];
    assert_eq!(links(&plain(words)), wanted);
    assert_eq!(links(&markdown(&format!("# A\n\n{words}\n"))), wanted);
    let marked = "A [port](https://port.example), `https://code.example` and <https://angle.example>.\n\n    https://block.example\n";
    assert_eq!(links(&markdown(marked)), ["port", "https://angle.example"]);
    assert_eq!(links(&markdown("| a | b |\n|---|---|\n| https://x.example | y |\n")), ["https://x.example"]);
}

#[test]
fn references_to_the_controls_of_windows_are_its_quotation_marks() {
    let article = markdown("He said &#147;no&#148; and didn&#146;t &#150; not &#x85;");
    assert_eq!(article.body.as_str(), "He said “no” and didn’t – not …");
    assert_eq!(
        plain("He said \u{93}no\u{94} and didn\u{92}t \u{96} not").body.as_str(),
        "He said “no” and didn’t – not"
    );
}

#[test]
fn an_article_that_names_no_language_or_a_wrong_one_is_in_that_of_its_words() {
    let german = "Die alte Brücke über den Fluss wird ab Montag gesperrt, teilte der Stadtrat mit. Wer auf der anderen Seite \
                  arbeitet, muss die Fähre nehmen, die für ihn nichts kostet.";
    let language = |words: &str, name: &str| {
        let hints = Hints { name: Some(name.to_owned()), ..Hints::default() };
        read(words.as_bytes(), &hints).unwrap().language
    };
    for (words, name, wanted) in [
        (german.to_owned(), "a.txt", Some("de")),
        (format!("---\ntitle: Brücke\nlanguage: English\n---\n{german}\n"), "a.md", Some("de")),
        (format!("---\nlang: de_AT\n---\n{german}\n"), "a.md", Some("de-AT")),
        (format!("<html lang=en-US><title>Brücke</title><p>{german}"), "a.html", Some("de")),
        ("<html lang=pt_BR><title>Ponte</title><p>Fechada.".to_owned(), "a.html", Some("pt-BR")),
        (format!("Subject: Br\nFrom: a@example.org\nContent-Language: en, de\n\n{german}\n"), "a.eml", Some("de")),
        (format!("    {}", german.replace(". ", ".\n    ")), "a.md", None),
        ("Die Brücke ist zu.".to_owned(), "a.txt", None),
    ] {
        assert_eq!(language(&words, name).as_deref(), wanted, "{words}");
    }
}
