//! What a page must hold for any text, and what it looks like for typical ones.

use proptest::prelude::*;

use super::*;
use crate::article::{Block, BlockKind, Inline, InlineKind};
use crate::text::width::{graphemes_with_width, width};

const PLAIN: PageStyle = PageStyle { measure: 24, justify: false, hyphenate: false };

/// A text of the given blocks, joined as intake joins them.
fn text(blocks: &[(BlockKind, &str)]) -> Text {
    let mut words = String::new();
    let mut found = Vec::new();
    for (kind, block) in blocks {
        if !words.is_empty() {
            words.push_str("\n\n");
        }
        let start = words.len();
        words.push_str(block);
        found.push(Block { kind: kind.clone(), range: TextRange::new(start, words.len()) });
    }
    Text::new(words, found, Vec::new())
}

/// The same text with links over the first occurrences of words.
fn linked(text: &Text, links: &[(&str, &str)]) -> Text {
    let inlines = links.iter().map(|(words, target)| {
        let start = text.as_str().find(words).unwrap();
        let range = TextRange::new(start, start + words.len());
        Inline { kind: InlineKind::Link((*target).to_owned()), range }
    });
    Text::new(text.as_str().to_owned(), text.blocks().to_vec(), inlines.collect())
}

fn item(depth: u8, marker: &str) -> BlockKind {
    BlockKind::ListItem { depth, marker: marker.to_owned() }
}

/// The page as it looks.
fn shown(text: &Text, style: PageStyle) -> String {
    let page = Page::lay_out(text, &style);
    let rows = page.lines.iter().map(|line| {
        let mut row = String::new();
        for run in &line.runs {
            let words = match &run.ink {
                Ink::Source(range) => text.slice(*range).replace('\t', ""),
                Ink::Mark(mark) => mark.to_string(),
            };
            row.push_str(&" ".repeat(usize::from(run.column) - width(&row)));
            row.push_str(&words);
            row.push_str(&" ".repeat(usize::from(run.width) - width(&words)));
        }
        row.trim_end().to_owned()
    });
    rows.collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn looks(text: &Text, style: PageStyle, expected: &[&str]) {
    let shown = shown(text, style);
    assert_eq!(shown.lines().collect::<Vec<_>>(), expected, "\n{shown}");
}

#[test]
fn the_head_of_an_article_stands_apart_in_its_reading_order() {
    let text = text(&[
        (BlockKind::Dateline, "10.05.2007"),
        (BlockKind::Headline, "A headline that takes two lines"),
        (BlockKind::Standfirst, "What it is about."),
        (BlockKind::Byline, "By A. Writer"),
        (BlockKind::Paragraph, "The first words."),
        (BlockKind::Heading(2), "Later"),
        (BlockKind::Paragraph, "More words."),
    ]);
    let expected = [
        "10.05.2007",
        "",
        "A headline that",
        "takes two lines",
        "",
        "What it is about.",
        "",
        "By A. Writer",
        "",
        "",
        "The first words.",
        "",
        "",
        "Later",
        "",
        "More words.",
    ];
    looks(&text, PLAIN, &expected);
}

#[test]
fn quotes_lists_captions_and_rules_hang_on_their_marks() {
    let text = text(&[
        (BlockKind::Quote(1), "Said by somebody else at length."),
        (BlockKind::Quote(1), "And more."),
        (item(0, "9."), "The first item is long enough."),
        (item(1, "•"), "nested"),
        (item(0, "10."), "short"),
        (BlockKind::Rule, ""),
        (BlockKind::Figure, "A picture."),
    ]);
    let expected = [
        "▎ Said by somebody else",
        "▎ at length.",
        "▎",
        "▎ And more.",
        "",
        " 9. The first item is",
        "    long enough.",
        "    • nested",
        "10. short",
        "",
        "         ──────",
        "",
        "▣ A picture.",
    ];
    looks(&text, PLAIN, &expected);
}

#[test]
fn a_quote_has_a_bar_for_each_quote_around_it_and_fewer_where_there_is_no_room() {
    let text = text(&[
        (BlockKind::Quote(1), "He wrote:"),
        (BlockKind::Quote(2), "She asked."),
        (BlockKind::Quote(2), "Twice."),
        (BlockKind::Quote(200), "Deep down."),
    ]);
    let expected = ["▎ He wrote:", "▎", "▎ ▎ She asked.", "▎ ▎", "▎ ▎ Twice.", "▎ ▎", "▎ ▎ ▎ ▎ Deep down."];
    looks(&text, PLAIN, &expected);
    let page = Page::lay_out(&text, &PageStyle { measure: 66, ..PLAIN });
    assert_eq!(page.lines.last().map(|line| line.runs.len()), Some(8 + 1));
    assert!(shown(&text, PageStyle { measure: 12, ..PLAIN }).starts_with("▎ He wrote:\n▎\n▎ ▎ She"));
    assert!(shown(&text, PageStyle { measure: 9, ..PLAIN }).starts_with("He wrote:\n\nShe"));
}

#[test]
fn lines_the_source_breaks_stay_lines_and_long_ones_are_turned_over() {
    let verse = "The sea was low,\nthe boats that came from Porthaven were slow,\nuntil the snow.";
    let style = PageStyle { justify: true, hyphenate: true, ..PLAIN };
    let expected = ["The sea was low,", "the boats that came from", "  Porthaven were slow,", "until the snow."];
    looks(&text(&[(BlockKind::Paragraph, verse)]), style, &expected);
    let expected =
        ["▎ The sea was low,", "▎ the boats that came", "▎   from Porthaven were", "▎   slow,", "▎ until the snow."];
    looks(&text(&[(BlockKind::Quote(1), verse)]), style, &expected);
    let expected = ["• one", "  two", "• three"];
    looks(&text(&[(item(0, "•"), "one\ntwo"), (item(0, "•"), "three")]), style, &expected);
    looks(&text(&[(BlockKind::Headline, "Tides\nof the north")]), style, &["Tides", "of the north"]);
    // Too narrow to move anything in.
    let narrow = PageStyle { measure: 12, ..PLAIN };
    looks(&text(&[(BlockKind::Paragraph, "a\nb cd efgh ijklm")]), narrow, &["a", "b cd efgh", "ijklm"]);
}

#[test]
fn running_text_that_is_broken_by_hand_is_no_verse() {
    let long = "It was the best of times, it was the worst of times. ".repeat(4);
    let text = text(&[(BlockKind::Paragraph, &format!("{long}\nThe end."))]);
    let style = PageStyle { measure: 40, justify: true, hyphenate: false };
    let page = Page::lay_out(&text, &style);
    assert!(page.lines.iter().all(|line| line.runs.first().is_some_and(|run| run.column == 0)));
    assert!(page.lines.first().is_some_and(|line| line.runs.iter().map(|run| run.width).sum::<u16>() == 40));
    assert!(shown(&text, style).ends_with("\nThe end."));
}

#[test]
fn code_in_a_list_is_moved_in_with_it_where_there_is_room() {
    let code = |depth| BlockKind::Code { language: None, depth };
    let text =
        text(&[(item(0, "1."), "first"), (code(1), "a = 1\nb = a_rather_long_name()"), (item(0, "2."), "second")]);
    let expected = ["1. first", "", "   a = 1", "   b = a_rather_long_nam", "   ↪ e()", "", "2. second"];
    looks(&text, PLAIN, &expected);
    assert!(shown(&text, PageStyle { measure: 10, ..PLAIN }).contains("\na = 1\n"));
}

#[test]
fn code_keeps_its_lines_and_continues_long_ones_behind_a_mark() {
    let text = text(&[(BlockKind::CODE, "if a:\n\n\tb\tc\n  a_rather_long_name(argument)   \nend")]);
    looks(&text, PLAIN, &["if a:", "", "    b   c", "  a_rather_long_name(arg", "↪ ument)", "end"]);
}

#[test]
fn a_table_that_fits_stands_in_columns_with_its_numbers_flush_right() {
    let table = "Country\tPeople\nIran\t70\nUnited States\t301.5\nTonga";
    let expected =
        ["Country        People", "─────────────────────", "Iran               70", "United States   301.5", "Tonga"];
    looks(&text(&[(BlockKind::Table, table)]), PLAIN, &expected);
}

#[test]
fn a_long_cell_takes_several_lines_and_each_of_them_is_found_again() {
    let text = text(&[(BlockKind::Table, "Who\tWhat\nsomebody\tdid a thing nobody had done\nx\ty")]);
    let expected = [
        "Who       What",
        "────────────────────────",
        "somebody  did a thing",
        "          nobody had",
        "          done",
        "x         y",
    ];
    looks(&text, PLAIN, &expected);
    let page = Page::lay_out(&text, &PLAIN);
    for (words, line) in [("somebody", 2), ("thing", 2), ("nobody", 3), ("done", 4), ("x\t", 5)] {
        assert_eq!(page.line_of(text.as_str().find(words).unwrap()), line, "{words}");
    }
}

#[test]
fn a_table_too_wide_for_columns_becomes_records() {
    let text = text(&[(BlockKind::Table, "Name\tBorn\tDied\tKnown for\nAda Lovelace\t1815\t1852\tthe first program")]);
    let style = PageStyle { measure: 24, ..PLAIN };
    let expected = [
        "Name",
        "  Born",
        "  Died",
        "  Known for",
        "",
        "Ada Lovelace",
        "  Born: 1815",
        "  Died: 1852",
        "  Known f…: the first",
        "            program",
    ];
    looks(&text, style, &expected);
}

#[test]
fn links_are_numbered_and_their_targets_listed_at_the_end() {
    let text = linked(
        &text(&[(BlockKind::Paragraph, "Read this, or that, please.")]),
        &[("this", "https://example.org/a-long-way"), ("that", "/b")],
    );
    let expected = ["Read this¹, or that²,", "please.", "", "¹ https://example.org/a-", "  long-way", "² /b"];
    looks(&text, PLAIN, &expected);
    let page = Page::lay_out(&text, &PLAIN);
    assert_eq!(page.line_of(text.len()), 1, "a footnote is never a place in the text");
}

#[test]
fn justified_lines_end_at_the_measure_except_the_last() {
    let words = "It was the best of times, it was the worst of times, it was the age of wisdom.";
    let text = text(&[(BlockKind::Paragraph, words)]);
    let style = PageStyle { justify: true, ..PLAIN };
    let shown = shown(&text, style);
    let widths: Vec<usize> = shown.lines().map(width).collect();
    assert!(widths.iter().rev().skip(1).all(|&width| width == 24), "\n{shown}");
    assert_eq!(shown.split_whitespace().collect::<Vec<_>>(), words.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn words_are_divided_only_when_asked_for_and_at_soft_hyphens_always() {
    let text = text(&[(BlockKind::Paragraph, "internationalisation soft\u{AD}hyphen")]);
    looks(&text, PageStyle { measure: 12, hyphenate: true, ..PLAIN }, &["internation-", "alisation", "softhyphen"]);
    looks(&text, PageStyle { measure: 12, ..PLAIN }, &["internationa", "lisation", "softhyphen"]);
    looks(&text, PageStyle { measure: 10, ..PLAIN }, &["internatio", "nalisation", "softhyphen"]);
    looks(&text, PageStyle { measure: 9, ..PLAIN }, &["internati", "onalisati", "on soft-", "hyphen"]);
}

#[test]
fn a_stretched_space_and_a_tab_belong_to_their_run_whole() {
    let text = text(&[(BlockKind::CODE, "a\tb")]);
    let page = Page::lay_out(&text, &PLAIN);
    assert_eq!(page.columns_of(&text, 0, TextRange::new(0, 3)), [(0, 5)]);
    assert_eq!(page.columns_of(&text, 0, TextRange::new(1, 2)), [(1, 4)]);
    assert_eq!((0..7).map(|column| page.byte_at(&text, 0, column)).collect::<Vec<_>>(), [0, 1, 1, 1, 2, 2, 2]);
}

#[test]
fn an_empty_text_is_an_empty_page() {
    for text in [Text::new(String::new(), vec![], vec![]), text(&[(BlockKind::Paragraph, "")])] {
        let page = Page::lay_out(&text, &PLAIN);
        assert!(page.lines.is_empty());
        assert_eq!((page.line_of(0), page.position(0), page.byte_at(&text, 0, 3)), (0, 0, 0));
    }
}

#[test]
fn a_long_block_of_anything_is_set_to_its_end() {
    let style = PageStyle { measure: 66, justify: true, hyphenate: true };
    for kind in [BlockKind::Paragraph, BlockKind::Headline, BlockKind::CODE, BlockKind::Table] {
        for word in ["a", "word ", "日本", "🇩🇪", "— ", "x\u{AD}", "\t", "a\tb\n"] {
            let long = word.repeat(80_000 / word.len());
            let page = Page::lay_out(&text(&[(kind.clone(), &long)]), &style);
            assert_eq!(page.lines.last().map(|line| line.range.end), Some(long.len()), "{kind:?} {word:?}");
        }
    }
    let head = "long ".repeat(10_000) + "\tb\tc\td\te\tf\tg\th\n" + &"1\t2\t3\n".repeat(5_000);
    let page = Page::lay_out(&text(&[(BlockKind::Table, &head)]), &style);
    assert_eq!(page.lines.last().map(|line| line.range.end), Some(head.len()));
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-zA-Z,.’ -]{0,120}",
        2 => "[a-d \u{A0}\u{AD}\u{200B}\u{2028}\t\n日本。עב\u{301}👩‍👧🇩🇪é—–/-]{0,60}",
        1 => "\\PC{0,60}",
        1 => "\\p{any}{0,30}",
        1 => "([a-z]{1,9}[\t\n ]){0,30}",
    ]
}

fn kind() -> impl Strategy<Value = BlockKind> {
    prop_oneof![
        1 => Just(BlockKind::Headline),
        1 => Just(BlockKind::Standfirst),
        1 => Just(BlockKind::Byline),
        1 => Just(BlockKind::Dateline),
        3 => Just(BlockKind::Paragraph),
        1 => (1_u8..7).prop_map(BlockKind::Heading),
        2 => prop_oneof![1_u8..4, any::<u8>()].prop_map(BlockKind::Quote),
        2 => (0_u8..5, "([•0-9.]{0,3}|長い)").prop_map(|(depth, marker)| BlockKind::ListItem { depth, marker }),
        2 => (0_u8..5).prop_map(|depth| BlockKind::Code { language: None, depth }),
        2 => Just(BlockKind::Table),
        1 => Just(BlockKind::Figure),
        1 => Just(BlockKind::Rule),
    ]
}

fn article() -> impl Strategy<Value = Text> {
    let blocks = prop::collection::vec((kind(), words()), 0..6);
    let links = prop::collection::vec((0_usize..300, 1_usize..40, "[a-c/#]{0,2}|https://[a-z\u{7}日]{0,60}"), 0..5);
    (blocks, links).prop_map(|(blocks, links)| {
        let blocks: Vec<(BlockKind, &str)> = blocks
            .iter()
            .map(|(kind, words)| (kind.clone(), if *kind == BlockKind::Rule { "" } else { words.as_str() }))
            .collect();
        let text = text(&blocks);
        let inlines = links.into_iter().map(|(start, length, target)| Inline {
            kind: InlineKind::Link(target),
            range: TextRange::new(start, start + length),
        });
        Text::new(text.as_str().to_owned(), text.blocks().to_vec(), inlines.collect())
    })
}

fn style() -> impl Strategy<Value = PageStyle> {
    (1_u16..=120, any::<bool>(), any::<bool>()).prop_map(|(measure, justify, hyphenate)| PageStyle {
        measure,
        justify,
        hyphenate,
    })
}

fn sources(line: &Line) -> impl Iterator<Item = TextRange> {
    line.runs.iter().filter_map(|run| match run.ink {
        Ink::Source(range) => Some(range),
        Ink::Mark(_) => None,
    })
}

/// Whether a grapheme has to be on the page.
fn visible(grapheme: &str) -> bool {
    !grapheme.chars().all(char::is_whitespace) && !grapheme.starts_with('\u{AD}')
}

proptest! {
    #[test]
    fn no_line_exceeds_the_measure_and_no_runs_overlap(text in article(), style in style()) {
        let page = Page::lay_out(&text, &style);
        for line in &page.lines {
            let mut column = 0;
            for run in &line.runs {
                prop_assert!(run.column >= column, "{:?}", line);
                column = run.column + run.width;
            }
            prop_assert!(column <= style.measure, "{:?} of {}", line, style.measure);
        }
    }

    #[test]
    fn a_run_is_as_wide_as_what_it_draws(text in article(), style in style()) {
        for run in Page::lay_out(&text, &style).lines.iter().flat_map(|line| &line.runs) {
            match &run.ink {
                Ink::Mark(mark) => prop_assert_eq!(width(mark), usize::from(run.width)),
                Ink::Source(range) => {
                    let words = text.slice(*range);
                    let blank = words.chars().all(char::is_whitespace);
                    // One piece wider than the measure stands alone and is cut by whoever draws it.
                    let alone = graphemes_with_width(words).filter(|piece| piece.width > 0).count() == 1;
                    prop_assert!(blank || alone || width(words) == usize::from(run.width), "{words:?} {run:?}");
                }
            }
        }
    }

    #[test]
    fn every_visible_grapheme_is_drawn_exactly_once(text in article(), style in style()) {
        let page = Page::lay_out(&text, &style);
        let mut drawn: Vec<TextRange> = page.lines.iter().flat_map(sources).collect();
        drawn.sort();
        prop_assert!(drawn.windows(2).all(|pair| pair[0].end <= pair[1].start));
        for block in text.blocks() {
            for grapheme in graphemes_with_width(text.slice(block.range)).filter(|grapheme| visible(grapheme.text)) {
                let range = TextRange::new(grapheme.start, grapheme.end()).shifted(block.range.start);
                prop_assert!(drawn.iter().any(|run| run.covers(range)), "{:?} of {:?}", grapheme, block);
            }
        }
    }

    #[test]
    fn the_lines_of_a_block_cover_it_in_order(text in article(), style in style()) {
        let page = Page::lay_out(&text, &style);
        prop_assert!(page.lines.windows(2).all(|pair| pair[0].range.start <= pair[1].range.start));
        for (number, block) in text.blocks().iter().enumerate() {
            let mut end = block.range.start;
            for line in page.lines.iter().filter(|line| line.block == Some(number)) {
                prop_assert!(block.range.covers(line.range));
                let tiles = line.range.start == end || line.range.is_empty();
                prop_assert!(tiles || block.kind == BlockKind::Table && line.range.start < end, "{:?} {:?}", line, end);
                prop_assert!(sources(line).all(|source| line.range.covers(source)));
                end = end.max(line.range.end);
            }
            prop_assert_eq!(end, block.range.end);
        }
    }

    #[test]
    fn a_line_with_words_is_found_by_its_position(text in article(), style in style()) {
        let page = Page::lay_out(&text, &style);
        for (number, line) in page.lines.iter().enumerate() {
            if sources(line).next().is_some() {
                prop_assert_eq!(page.line_of(page.position(number)), number, "{:?}", line);
            }
            for source in sources(line) {
                prop_assert_eq!(page.line_of(source.start), number);
                prop_assert_eq!(page.line_of(source.end - 1), number);
            }
        }
        for byte in 0..text.len() + 2 {
            prop_assert!(page.line_of(byte) < page.lines.len().max(1));
        }
    }

    #[test]
    fn a_column_leads_to_the_grapheme_drawn_there(text in article(), style in style()) {
        let page = Page::lay_out(&text, &style);
        for (number, line) in page.lines.iter().enumerate() {
            for source in sources(line) {
                for grapheme in graphemes_with_width(text.slice(source)).filter(|grapheme| grapheme.width > 0) {
                    let range = TextRange::new(grapheme.start, grapheme.end()).shifted(source.start);
                    let columns = page.columns_of(&text, number, range);
                    prop_assert_eq!(columns.len(), 1);
                    for column in columns[0].0..columns[0].1 {
                        prop_assert_eq!(page.byte_at(&text, number, column), range.start);
                    }
                }
            }
            for column in 0..style.measure + 3 {
                let byte = page.byte_at(&text, number, column);
                prop_assert!(byte <= text.len());
            }
        }
    }
}
