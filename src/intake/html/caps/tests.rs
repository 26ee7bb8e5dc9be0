use super::*;
use crate::text::sanitize::sanitize;

/// How deep the elements of a tree are.
fn depth(html: &str) -> usize {
    let document = dom_query::Document::from(html);
    document.root().descendants_it().map(|node| node.ancestors_it(None).count()).max().unwrap_or_default()
}

fn text(html: &str) -> String {
    dom_query::Document::from(html).root().text().to_string()
}

#[test]
fn an_ordinary_page_is_written_as_it_was() {
    let page = "<!DOCTYPE html><html lang=\"en\"><head><title>Ports &amp; tides</title></head><body>\n<p>One<p>Two \
                <b>bold</b><ul><li>a<li>b</ul><table><tr><td>1<td>2</table><a href=\"/x?a=1&amp;b=2\">x</a></body></html>";
    assert_eq!(cap(page), page);
}

#[test]
fn elements_inside_each_other_are_counted_whatever_closes_them() {
    for tag in ["div", "blockquote", "ul><li", "span", "b", "ol", "dl><dd", "table><tr><td", "b><i", "section", "x-y"] {
        let open = format!("<{tag}>").repeat(3_000);
        let capped = cap(&format!("{open}deep words"));
        assert!(depth(&capped) < 320, "{tag}: {}", depth(&capped));
        assert!(text(&capped).contains("deep words"), "{tag}");
    }
    let misnested = cap(&"<b>x<i></b>".repeat(5_000));
    assert!(depth(&misnested) < 320, "{}", depth(&misnested));
    // What closes itself is no depth: nothing of it is lost.
    for (tag, count) in [("p", 20_000), ("li", 20_000), ("dt", 20_000), ("option", 20_000)] {
        let page = format!("<ul>{}", format!("<{tag}>x").repeat(count));
        assert_eq!(cap(&page).matches(&format!("<{tag}>")).count(), count, "{tag}");
    }
    let rows = format!("<table>{}", "<tr><td>1<td>2".repeat(10_000));
    assert_eq!(cap(&rows), rows);
}

#[test]
fn words_behind_what_was_left_out_stand_where_they_stood() {
    let page = format!("{}<div>in</div><div>side</div>{}<p>after</p>", "<div>".repeat(500), "</div>".repeat(500));
    let capped = cap(&page);
    assert!(text(&capped).contains("in side"), "{}", text(&capped));
    assert!(capped.ends_with("</div><p>after</p>"));
    assert_eq!(capped.matches("<div>").count(), capped.matches("</div>").count());
}

#[test]
fn attributes_are_few_and_short() {
    let many = (0..200_000).map(|number| format!(" a{number}=1")).collect::<Vec<_>>().concat();
    assert_eq!(cap(&format!("<p{many}>x</p>")).matches('=').count(), 64);
    assert_eq!(cap(&format!("<p title='{}' id=a>x</p>", "y".repeat(20_000))), "<p id=\"a\">x</p>");
    assert_eq!(cap("<p title='say \"no\"' on\"x=1>x"), "<p title=\"say &quot;no&quot;\">x");
}

#[test]
fn spans_are_numbers_that_a_table_can_have() {
    for (given, written) in [
        ("1000000000", " colspan=\"100\""),
        ("99999999999999999999999", " colspan=\"100\""),
        ("3", " colspan=\"3\""),
        ("2px", " colspan=\"2\""),
        ("0", ""),
        ("-1", ""),
        ("all", ""),
        ("", ""),
    ] {
        assert_eq!(cap(&format!("<td colspan=\"{given}\">x")), format!("<td{written}>x"));
    }
}

#[test]
fn there_is_an_end_to_elements_and_to_words() {
    assert_eq!(cap(&"<p>".repeat(500_000)).matches("<p>").count(), MAX_ELEMENTS);
    let words = cap(&format!("<p>a<b>{}</b> &amp;</p>", "wörter ".repeat(1_000_000)));
    assert!(words.len() > MAX_TEXT - 10 && words.len() < MAX_TEXT + 100, "{}", words.len());
    // Formatting that is never closed is made anew in every block, so it counts in every block.
    let fonts = (0..30).map(|number| format!("<font color=c{number}>")).collect::<Vec<_>>().concat();
    let capped = cap(&format!("<p>{fonts}{}", "<p>x".repeat(90_000)));
    let document = dom_query::Document::from(capped);
    assert!(document.root().descendants_it().count() < 3 * MAX_ELEMENTS);
    let references = cap(&"&#x4e2d;".repeat(600_000));
    assert!(text(&references).chars().all(|c| c == '中'));
}

#[test]
fn what_is_no_markup_neither_swallows_the_page_nor_leaks_into_it() {
    for (page, written) in [
        ("a<script>if (a<b) '<p>'</script>b", "ab"),
        ("a<style>p{}</style>b", "ab"),
        ("<svg><title>x</title><style>p</style><path/></svg>b", "b"),
        ("a<svg><path><p>b", "a<p>b"),
        ("a<svg><foreignObject><p>b</p></foreignObject></svg>c", "ac"),
        ("a<template><p>x</template>b", "ab"),
        ("a<template><template>x</template>y</template>b", "ab"),
        ("a<template><p>x", "a<p>x"),
        ("a<textarea><p>x</textarea>b", "ab"),
        ("a<textarea>b<p>c", "ab<p>c"),
        ("<title>a<b>c</title>d", "<title>a&lt;b>c</title>d"),
        ("<title>a<p>b", "a<p>b"),
        ("a<xmp><b>&amp;</xmp>c", "a<pre>&lt;b>&amp;amp;</pre>c"),
        ("a<plaintext><p>b</plaintext>", "a<pre>&lt;p>b&lt;/plaintext></pre>"),
        ("a<!-- <p>x -->b<![CDATA[y]]>c", "abc"),
        ("a<iframe src=x><p>y</iframe>b", "a<iframe src=\"x\"></iframe>b"),
        ("<noscript><img src=a></noscript>b", "<noscript><img src=\"a\"></noscript>b"),
        ("a\u{0}b\u{1b}[1mc\u{9b}d\u{202e}e", "ab[1mcde"),
        ("a<frameset><frame>b", "ab"),
        ("1 < 2 <3 <é <\u{1}b <", "1 &lt; 2 &lt;3 &lt;é &lt;b &lt;"),
    ] {
        assert_eq!(cap(page), written, "{page}");
    }
    let json = cap("<script type='application/ld+json'>{\"a\":\"<!--<script>\"}</script>x");
    assert_eq!(json, "<script type=\"application/ld+json\">{\"a\":\"\\u003c!--<script>\"}</script>x");
}

#[test]
fn numeric_references_of_old_windows_pages_are_what_was_meant() {
    let words = text(&cap("<p>&#145;It&#146;s&#148; &#150; &#x85;</p>"));
    assert_eq!(sanitize(&words), "‘It’s” – …");
}

#[test]
fn what_was_written_is_written_the_same_again() {
    for page in ["<p title=a>x < y<b>z", "<table><td>a<table>b</table>c", "<a>1<a>2</p></b>3", "&#60;p&gt;<svg/>"] {
        let once = cap(page);
        assert_eq!(cap(&once), once, "{page}");
    }
}

#[test]
fn a_text_of_references_is_parted_and_loses_nothing() {
    for sign in ["&amp;", "&nbsp;", "\u{a0}", "«"] {
        let page = format!("<p>{}<b>x</b></p>", sign.repeat(5_000));
        let capped = cap(&page);
        assert_eq!(capped.matches("<!---->").count(), 4, "{sign}");
        assert_eq!(text(&capped), text(&page), "{sign}");
        assert_eq!(cap(&capped), capped, "{sign}");
    }
    let titled = format!("<title>{}</title>", "&amp;".repeat(5_000));
    assert_eq!(cap(&titled), titled);
}
