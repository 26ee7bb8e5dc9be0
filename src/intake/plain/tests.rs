use super::*;
use crate::article::BlockKind::{self, Code, Heading, Headline, ListItem, Paragraph, Quote, Rule, Table};

fn blocks(text: &str) -> Vec<(BlockKind, String)> {
    read(text).into_iter().map(|draft| (draft.kind, draft.words)).collect()
}

fn words(text: &str) -> Vec<String> {
    read(text).into_iter().map(|draft| draft.words).collect()
}

fn kinds(text: &str) -> Vec<BlockKind> {
    read(text).into_iter().map(|draft| draft.kind).collect()
}

fn item(depth: u8, marker: &str) -> BlockKind {
    ListItem { depth, marker: marker.into() }
}

/// Three hard-wrapped paragraphs; the blank lines between them are `between`.
fn wrapped(between: &str) -> String {
    [
        "The harbour was closed on Monday after a week of talks that led to\nnothing at all, and the ships that had waited outside turned away one\nafter the other.",
        "Nobody could say when it would open again, least of all the men who\nhad closed it. They sat in the office above the fish hall and played\ncards.",
        "By Friday the price of sardines had doubled, and the mayor, who never\nate any, called a meeting of everybody with a boat or a good idea.",
    ]
    .join(between)
}

#[test]
fn hard_wrapped_lines_are_joined_and_blank_lines_divide() {
    let paragraphs = words(&wrapped("\n\n"));
    assert_eq!(paragraphs.len(), 3);
    assert!(paragraphs.iter().all(|words| !words.contains('\n') && words.ends_with('.')));
    assert!(paragraphs[0].contains("that led to nothing at all"));
}

#[test]
fn without_blank_lines_an_indent_or_a_short_last_line_divides() {
    assert_eq!(words(&wrapped("\n   ")).len(), 3);
    assert_eq!(words(&wrapped("\n")).len(), 3);
}

#[test]
fn one_paragraph_a_line_stays_so() {
    let long =
        "A sentence that goes on for quite a while so that nobody could take it for a line of a page. ".repeat(3);
    let text = format!("{long}\n{long}\nA short one.\n{long}");
    assert_eq!(kinds(&text), vec![Paragraph; 4]);
}

#[test]
fn verse_and_addresses_keep_their_lines() {
    let verse = "The tide came in, the tide went out,\nThe boats lay on their side,\nAnd nobody was there about\nTo see the end of tide.";
    let text = format!("{}\n\n{verse}\n\n{}", wrapped("\n\n"), wrapped("\n\n"));
    let words = words(&text);
    assert_eq!(words.len(), 7, "{words:#?}");
    assert_eq!(words[3], verse);
}

#[test]
fn a_divided_word_is_closed_up_and_a_compound_keeps_its_hyphen() {
    let text = "The harbour master said that the whole of the harbour was well-\nknown, and that a co-\noperative of harbour pilots and a har-\nbour police of two- \nor three men would be needed for the harbour to be open for busi-\nness.";
    let joined = words(text).join(" ");
    assert!(joined.contains("was well-known"), "{joined}");
    assert!(joined.contains("a cooperative of"), "{joined}");
    assert!(joined.contains("a harbour police"), "{joined}");
    assert!(joined.contains("two- or three"), "{joined}");
    assert!(joined.contains("open for business."), "{joined}");
}

#[test]
fn quotes_lists_rules_and_headings() {
    let text = format!(
        "{}\n\nTHE SECOND PART\n\n{}\n\n> A quoted line of mail that somebody wrote long ago and\n> that goes on here.\n>\n>> And an older one.\n\n***\n\nWhat we need:\n- a boat\n- an idea, which may be a long one and therefore goes on in\n  the next line\n   1. first\n   2. second\n- a good day\n\n  and a word about it\n\nUnderlined\n----------\nEnd of it all.",
        wrapped("\n\n"),
        wrapped("\n\n"),
    );
    let blocks = blocks(&text);
    let tail: Vec<_> = blocks.iter().skip(3).map(|(kind, words)| (kind.clone(), words.as_str())).collect();
    assert_eq!(tail[0], (Heading(2), "THE SECOND PART"));
    assert_eq!(
        tail[4..],
        [
            (Quote(1), "A quoted line of mail that somebody wrote long ago and that goes on here."),
            (Quote(2), "And an older one."),
            (Rule, ""),
            (Paragraph, "What we need:"),
            (item(0, "•"), "a boat"),
            (item(0, "•"), "an idea, which may be a long one and therefore goes on in the next line"),
            (item(1, "1."), "first"),
            (item(1, "2."), "second"),
            (item(0, "•"), "a good day"),
            (item(0, ""), "and a word about it"),
            (Heading(2), "Underlined"),
            (Paragraph, "End of it all."),
        ]
    );
}

#[test]
fn a_dash_at_the_start_of_a_wrapped_line_is_no_list() {
    let text = "Many meetings were held over the last years by the two of them\n- most of all in the spring, when nobody looked - and none of them\n1. May be remembered was any good.";
    assert_eq!(kinds(text), [Paragraph]);
}

#[test]
fn code_and_tables_are_kept_as_they_are() {
    let text = format!(
        "{}\n\n```rust\nfn main() {{\n\n    go();\n}}\n```\n\n{}\n\n    let x = f(1);\n    if (x > 2) {{\n\n      g(x);\n    }}\n\nYear   Ships   Fish\n1997      12    100\n1998       9     80\n\na\tb\n1\t2",
        wrapped("\n\n"),
        wrapped("\n\n")
    );
    let blocks = blocks(&text);
    assert_eq!(blocks[3], (Code { language: Some("rust".into()), depth: 0 }, "fn main() {\n\n    go();\n}".into()));
    assert_eq!(blocks[7], (BlockKind::CODE, "let x = f(1);\nif (x > 2) {\n\n  g(x);\n}".into()));
    assert_eq!(blocks[8], (BlockKind::CODE, "Year   Ships   Fish\n1997      12    100\n1998       9     80".into()));
    assert_eq!(blocks[9], (Table, "a\tb\n1\t2".into()));
}

#[test]
fn a_title_like_line_between_paragraphs_is_a_heading() {
    let text = format!("{}\n\nA change of wind\n\n{}\n\nYours\n\nAna", wrapped("\n\n"), wrapped("\n\n"));
    let kinds = kinds(&text);
    assert_eq!(kinds[3], Heading(2));
    assert_eq!(kinds[7..], [Paragraph, Paragraph]);
}

#[test]
fn the_first_line_of_verse_or_of_a_letter_is_no_headline() {
    assert_eq!(kinds("The tide came in\nthe tide went out\nand nobody was there\nto see it all"), [Paragraph]);
    assert_eq!(kinds("Dear Ana,\n\nhow are you?")[0], Paragraph);
    assert_eq!(kinds("Only this line"), [Paragraph]);
}

#[test]
fn a_headline_over_a_hard_wrapped_text() {
    for gap in ["\n", "\n\n", "\n============\n\n"] {
        let text = format!("Harbour news{gap}{}", wrapped("\n\n"));
        assert_eq!(kinds(&text), [Headline, Paragraph, Paragraph, Paragraph], "{gap:?}");
    }
}

#[test]
fn lines_of_a_script_without_blanks_are_joined_without_them() {
    let text = "港は一週間の話し合いの後、月曜日に閉鎖された。外で待っていた船は一\n隻また一隻と去っていった。いつ再び開くのか、誰にも分からなかった。そ\nれを閉めた男たちにも。";
    assert_eq!(words(text).len(), 1);
    assert!(words(text)[0].contains("船は一隻また一隻と"));
}

#[test]
fn white_space_common_to_all_lines_is_no_code() {
    let text = format!("    {}", wrapped("\n\n").replace('\n', "\n    "));
    assert_eq!(kinds(&text), vec![Paragraph; 3]);
}

#[test]
fn a_stanza_is_one_block_of_its_lines_and_a_poem_as_many_as_it_has_stanzas() {
    let poem = "Low Water\nby Ana Reed\n\nThe keel lay over on the sand,\nand nobody had come to stand\nbeside it.\n\n\
                So much was said, so little meant,\nthe tide came in, the season went\nbeside it.\n";
    let read = read(poem);
    let kinds: Vec<_> = read.iter().map(|draft| draft.kind.clone()).collect();
    assert_eq!(kinds, [Headline, Paragraph, Paragraph, Paragraph]);
    assert_eq!(read[2].words, "The keel lay over on the sand,\nand nobody had come to stand\nbeside it.");
    // Lines as long as one another, all of which begin with a capital.
    let regular = "Shall nothing of the harbour still remain,\nBut hulls that rust beneath the autumn rain,\n\
                   And cranes that point at nothing in the sky,\nWhile gulls look down and ask each other why?";
    assert_eq!(words(regular), [regular]);
    // Free verse in small letters, in a page of prose.
    let free = "so much depends\nupon the boat\nthat nobody has\never seen afloat";
    assert_eq!(words(&format!("{}\n\n{free}\n\n{}", wrapped("\n\n"), wrapped("\n\n")))[3], free);
}

#[test]
fn addresses_and_signatures_keep_their_lines_and_prose_never_does() {
    let letter = format!(
        "Dear Ana,\n\n{}\n\nKind regards,\nTom Lee\nHarbour Office\n-- \nTom Lee\n12 Quay Street",
        wrapped("\n\n")
    );
    let blocks = blocks(&letter);
    assert_eq!(
        blocks[4..],
        [
            (Paragraph, "Kind regards,\nTom Lee\nHarbour Office".to_owned()),
            (Rule, String::new()),
            (Paragraph, "Tom Lee\n12 Quay Street".to_owned()),
        ]
    );
    // Narrow columns, as of a newspaper, and prose with many capitals.
    for prose in [
        "The harbour was closed on Monday\nafter a week of talks that led to\nnothing at all, and the ships that\nhad waited outside turned away one\nafter the other.",
        "Dr. Ana Reed, Mr. Tom Lee and Mrs. Ilse Verhagen of the Port of Ostend\nMuseum of Fishing, Fish and Fishermen met Sir Bruce Lee of the Harbour\nCompany on Monday.",
    ] {
        assert_eq!(words(prose).len(), 1, "{prose}");
        assert!(!words(prose)[0].contains('\n'), "{prose}");
    }
}

#[test]
fn short_lines_belong_together_where_long_paragraphs_stand_apart() {
    let long =
        "A sentence that goes on for quite a while so that nobody could take it for a line of a page. ".repeat(3);
    let verse = "The tide goes out,\nthe tide comes in,\nand nobody is here\nto count.";
    assert_eq!(words(&format!("{long}\n\n{verse}\n\n{long}"))[1], verse);
    // Without blank lines between them nobody can tell verse from what people say in turn.
    assert_eq!(kinds(&format!("{long}\n“Yes.”\n“No.”\n{long}")), vec![Paragraph; 4]);
}

#[test]
fn a_digitised_book_has_its_headings_rules_and_emphasis() {
    let text = format!(
        "                      THE PILOT'S LOG\n\n                         Chapter I.\n\n     {}\n\n                           * * *\n\n     {}\n\n                       The Wheelhouse\n\n     {}\n\n_The End._\n",
        wrapped("\n\n     "),
        wrapped("\n\n     "),
        wrapped("\n\n     ")
    );
    let read = read(&text);
    let kinds: Vec<_> = read.iter().map(|draft| draft.kind.clone()).collect();
    let prose = vec![Paragraph; 3];
    assert_eq!(
        kinds,
        [
            vec![Headline, Heading(2)],
            prose.clone(),
            vec![Rule],
            prose.clone(),
            vec![Heading(2)],
            prose,
            vec![Paragraph]
        ]
        .concat()
    );
    let last = read.last().unwrap();
    assert_eq!((last.words.as_str(), last.inlines.len()), ("The End.", 1));
}

#[test]
fn quotes_of_quotes_have_their_depth() {
    let text = "> Who pays for the barrier, the port or\n> the city?\n>> The city, said the port.\n> > > Nobody, said the city.\n\nI see.";
    assert_eq!(
        blocks(text),
        [
            (Quote(1), "Who pays for the barrier, the port or the city?".to_owned()),
            (Quote(2), "The city, said the port.".to_owned()),
            (Quote(3), "Nobody, said the city.".to_owned()),
            (Paragraph, "I see.".to_owned()),
        ]
    );
}
