use super::*;
use crate::article::{
    BlockKind::{self, Code, Figure, Heading, ListItem, Paragraph, Quote, Rule, Table},
    InlineKind,
};

fn blocks(text: &str) -> Vec<(BlockKind, String)> {
    read(text).0.into_iter().map(|draft| (draft.kind, draft.words)).collect()
}

fn item(depth: u8, marker: &str) -> BlockKind {
    ListItem { depth, marker: marker.into() }
}

fn inlines(text: &str) -> Vec<(InlineKind, String)> {
    let drafts = read(text).0;
    drafts
        .iter()
        .flat_map(|draft| {
            draft.inlines.iter().map(|inline| {
                (inline.kind.clone(), draft.words.get(inline.range.start..inline.range.end).unwrap().to_owned())
            })
        })
        .collect()
}

#[test]
fn blocks_of_every_kind() {
    let text = "# One\n\nA *soft*\nbreak.\n\n> Said.\n>\n> — Ana\n\n***\n\n```rust,ignore\nfn x() {}\n\nlet y;\n```\n\n    indented\n\n![a boat](b.png \"At sea\")\n\n## Two";
    let wanted: Vec<(BlockKind, &str)> = vec![
        (Heading(1), "One"),
        (Paragraph, "A soft break."),
        (Quote(1), "Said."),
        (Quote(1), "— Ana"),
        (Rule, ""),
        (Code { language: Some("rust".into()), depth: 0 }, "fn x() {}\n\nlet y;"),
        (BlockKind::CODE, "indented"),
        (Figure, "a boat (At sea)"),
        (Heading(2), "Two"),
    ];
    assert_eq!(blocks(text), wanted.into_iter().map(|(kind, words)| (kind, words.to_owned())).collect::<Vec<_>>());
}

#[test]
fn lists_nest_number_and_go_on() {
    let text = "3. three\n4. four\n\n   more of four\n   - deep\n     > quoted\n   - [x] done\n   - [ ] open\n5. five";
    let found = blocks(text);
    let wanted: Vec<(BlockKind, &str)> = vec![
        (item(0, "3."), "three"),
        (item(0, "4."), "four"),
        (item(0, ""), "more of four"),
        (item(1, "•"), "deep"),
        (Quote(1), "quoted"),
        (item(1, "☑"), "done"),
        (item(1, "☐"), "open"),
        (item(0, "5."), "five"),
    ];
    assert_eq!(found, wanted.into_iter().map(|(kind, words)| (kind, words.to_owned())).collect::<Vec<_>>());
}

#[test]
fn tables_have_rows_as_lines_and_cells_between_tabs() {
    let text = "| a | *b* |\n|---|---|\n| 1 |  |\n|  | **2** |";
    assert_eq!(blocks(text), [(Table, "a\tb\n1\t\n\t2".to_owned())]);
    assert_eq!(inlines(text), [(InlineKind::Emphasis, "b".into()), (InlineKind::Strong, "2".into())]);
}

#[test]
fn inlines_lie_on_their_words() {
    let text = "See **the *big* port** and `code  here` at [the *site*](https://example.org/a) or <https://example.org> or <a@example.org>.";
    assert_eq!(
        inlines(text),
        [
            (InlineKind::Emphasis, "big".into()),
            (InlineKind::Strong, "the big port".into()),
            (InlineKind::Code, "code here".into()),
            (InlineKind::Emphasis, "site".into()),
            (InlineKind::Link("https://example.org/a".into()), "the site".into()),
            (InlineKind::Link("https://example.org".into()), "https://example.org".into()),
            (InlineKind::Link("mailto:a@example.org".into()), "a@example.org".into()),
        ]
    );
}

#[test]
fn unsafe_links_leave_only_their_words() {
    let text = "[run](javascript:alert(1)) [x](data:text/html,y) **[*z*](vbscript:q)** ok";
    assert_eq!(blocks(text)[0].1, "run x z ok");
    assert_eq!(inlines(text), [(InlineKind::Emphasis, "z".into()), (InlineKind::Strong, "z".into())]);
}

#[test]
fn a_hard_break_is_a_line_break_in_its_block_and_a_blank_in_a_table() {
    assert_eq!(blocks("**Roses  \nViolets**\\\nx\ny"), [(Paragraph, "Roses\nViolets\nx y".into())]);
    assert_eq!(inlines("**Roses  \nViolets**"), [(InlineKind::Strong, "Roses\nViolets".into())]);
    assert_eq!(blocks("- a<br>b"), [(item(0, "•"), "a\nb".into())]);
    assert_eq!(blocks("> a\\\n> b<br />\n> c"), [(Quote(1), "a\nb\nc".into())]);
    assert_eq!(blocks("Tides  \nof the north\n=====\n"), [(Heading(1), "Tides\nof the north".into())]);
    assert_eq!(blocks("| a | b |\n|---|---|\n| 1<br>2 | 3 |"), [(Table, "a\tb\n1 2\t3".into())]);
}

#[test]
fn quotes_and_code_know_how_deep_they_lie() {
    assert_eq!(
        blocks("> Tom wrote:\n>\n> > Ana wrote:\n> > Is it done?\n>\n> No.\n\nYes."),
        [
            (Quote(1), "Tom wrote:".into()),
            (Quote(2), "Ana wrote: Is it done?".into()),
            (Quote(1), "No.".into()),
            (Paragraph, "Yes.".into()),
        ]
    );
    let code = |depth| Code { language: None, depth };
    assert_eq!(
        blocks("1. one\n   ```\n   x\n   ```\n   - two\n\n         y\n2. three\n\n```\nz\n```"),
        [
            (item(0, "1."), "one".into()),
            (code(1), "x".into()),
            (item(1, "•"), "two".into()),
            (code(2), "y".into()),
            (item(0, "2."), "three".into()),
            (code(0), "z".into()),
        ]
    );
}

#[test]
fn callouts_begin_with_a_line_in_bold() {
    assert_eq!(
        blocks(
            "> [!NOTE]\n> Mind *this*.\n\n> [!warning]- The gap\n> is wide.\n> > [!tip]\n> > Jump.\n\n> [!x is no callout"
        ),
        [
            (Quote(1), "Note".into()),
            (Quote(1), "Mind this.".into()),
            (Quote(1), "Warning: The gap".into()),
            (Quote(1), "is wide.".into()),
            (Quote(2), "Tip".into()),
            (Quote(2), "Jump.".into()),
            (Quote(1), "[!x is no callout".into()),
        ]
    );
    assert_eq!(
        inlines("> [!NOTE]\n> Mind *this*."),
        [(InlineKind::Strong, "Note".into()), (InlineKind::Emphasis, "this".into())]
    );
}

#[test]
fn struck_and_marked_words() {
    let text = "~~Old price **30**~~ new price 20. ==Mark *this*== well, `a ==b== c`.";
    assert_eq!(blocks(text)[0].1, "Old price 30 new price 20. Mark this well, a ==b== c.");
    assert_eq!(
        inlines(text),
        [
            (InlineKind::Strong, "30".into()),
            (InlineKind::Strikethrough, "Old price 30".into()),
            (InlineKind::Emphasis, "this".into()),
            (InlineKind::Code, "a ==b== c".into()),
        ]
    );
}

#[test]
fn terms_stand_in_bold_above_their_definitions() {
    assert_eq!(
        blocks("Ebb\n: The tide goes.\n: It went.\n\nFlood\n: It comes."),
        [
            (Paragraph, "Ebb".into()),
            (item(0, "•"), "The tide goes.".into()),
            (item(0, "•"), "It went.".into()),
            (Paragraph, "Flood".into()),
            (item(0, "•"), "It comes.".into()),
        ]
    );
}

#[test]
fn html_marks_words_up_as_markdown_does() {
    let text = "a <b>bold <i>soft</b> x</i> <s>struck</s> <a href='/b?c&amp;d'>link</a> <a href=\"javascript:x\">none</a> \
        *y <b>z* w <b>open\n\nnext";
    assert_eq!(
        inlines(text),
        [
            (InlineKind::Emphasis, "soft".into()),
            (InlineKind::Strong, "bold soft".into()),
            (InlineKind::Strikethrough, "struck".into()),
            (InlineKind::Link("/b?c&d".into()), "link".into()),
            (InlineKind::Strong, "z".into()),
            (InlineKind::Emphasis, "y z".into()),
            (InlineKind::Strong, "open".into()),
        ]
    );
    assert_eq!(
        blocks(
            "<h2>Tides</h2>\n<p>Low<br>and <em>high</em></p>\n\n<details><summary>More</summary>Hidden words</details>"
        ),
        [
            (Heading(2), "Tides".into()),
            (Paragraph, "Low\nand high".into()),
            (Paragraph, "More".into()),
            (Paragraph, "Hidden words".into()),
        ]
    );
}

#[test]
fn html_leaves_its_words_and_comments_leave_nothing() {
    assert_eq!(
        blocks("<div>\n<p>One</p><p>Two &amp; three</p>\n</div>\n\n<!-- no\n\nno -->\n\na <b>bold</b> word<!-- x -->"),
        [(Paragraph, "One".into()), (Paragraph, "Two & three".into()), (Paragraph, "a bold word".into()),]
    );
}

#[test]
fn footnotes_entities_and_pictures_in_a_line() {
    let text = "Fish[^1] &amp; ~~meat~~ chips&hellip; ![a cod](c.png) here\n\n[^1]: Caught *today*.";
    assert_eq!(
        blocks(text),
        [
            (Paragraph, "Fish[1] & meat chips… here".into()),
            (Figure, "a cod".into()),
            (item(0, "[1]"), "Caught today.".into()),
        ]
    );
}

#[test]
fn front_matter_is_shown_unless_the_body_has_the_same_headline() {
    let front = "---\ntitle: Port Talks\nauthor: Ana Reed\ndate: 2007-05-10\nsummary: Two ships\n---\n";
    let kinds = |text: &str| read(text).0.into_iter().map(|draft| (draft.kind, draft.words)).collect::<Vec<_>>();
    let all = [
        (BlockKind::Headline, "Port Talks".to_owned()),
        (BlockKind::Standfirst, "Two ships".to_owned()),
        (BlockKind::Byline, "Ana Reed".to_owned()),
        (BlockKind::Dateline, "10 May 2007".to_owned()),
        (Paragraph, "Body.".to_owned()),
    ];
    assert_eq!(kinds(&format!("{front}Body.")), all);
    assert_eq!(kinds(&format!("{front}# Port talks\n\nBody."))[1..], all[1..]);
    assert_eq!(kinds(&format!("{front}# Port talks\n\nBody.")).len(), 5);
    assert_eq!(read(front).1.byline.as_deref(), Some("Ana Reed"));
}

#[test]
fn deep_nesting_is_linear_and_does_not_overflow() {
    for hostile in [
        ">".repeat(100_000) + " a",
        "[".repeat(100_000),
        "*a ".repeat(50_000),
        "**a_b ".repeat(30_000),
        "- ".repeat(20_000) + "a",
        "![".repeat(50_000) + "a",
        "<b>".repeat(50_000),
        "<b>a ".repeat(50_000),
        format!("<div>{}</div>", "<b>a ".repeat(50_000)),
        "==a".repeat(50_000),
        "> [!a".repeat(20_000),
        "[a](".repeat(50_000),
        "`".repeat(100_000),
        "|a".repeat(50_000) + "\n" + &"|-".repeat(50_000),
        "a\n\n&#27;[31m".repeat(10_000),
    ] {
        read(&hostile);
    }
}
