//! Measures how long web pages take to become blocks: a long ordinary one, and those that bring other programs down.
//!
//! Every hostile page has to be done within two seconds.

use std::fmt::Write;

use dateline::internals::intake::{Format, Hints, read};
use divan::Bencher;

fn main() {
    divan::main();
}

/// An article of 500 paragraphs with links, a list and a table, inside what sites put around it.
fn article() -> String {
    let mut page =
        "<!doctype html><title>Harbour</title><nav><ul><li><a href=/>Home</a></ul></nav><article>".to_owned();
    for number in 0..500 {
        let _ = write!(
            page,
            "<div class=p><p>Paragraph {number} says <a href='/ports/{number}'>the harbour</a> was <b>closed</b>, the \
             boats stayed in &amp; the mayor said nothing.<br>Nobody asked.</p></div>\
             <ul><li>One<li>Two</ul><table><tr><th>Port<th>Boats<tr><td>Quay<td>7</table>"
        );
    }
    page + "</article><footer>Copyright</footer>"
}

/// Pages that took some program minutes, gigabytes or its stack.
const HOSTILE: [&str; 23] = [
    "div",
    "blockquote",
    "ul-li",
    "span",
    "b",
    "nested-tables",
    "misnested",
    "misnested-fonts",
    "colspan",
    "span-grid",
    "long-attribute",
    "attributes-20k",
    "attributes-200k",
    "tags-of-250-attributes",
    "paragraphs",
    "less-than",
    "comments",
    "long-word",
    "fostered",
    "bodies",
    "sups",
    "figures",
    "wide-table",
];

fn hostile(kind: &str) -> String {
    match kind {
        "ul-li" => "<ul><li>".repeat(100_000),
        "nested-tables" => "<table><tr><td>".repeat(5_000),
        "misnested" => "<b>x<i></b>".repeat(20_000),
        "misnested-fonts" => (0..20_000).fold(String::new(), |mut page, number| {
            let _ = write!(page, "<font color={number}><p>x<a>");
            page
        }),
        "colspan" => format!("<table>{}</table>", "<tr><td colspan=1000000000>x<td>y".repeat(50)),
        "span-grid" => format!("<table>{}</table>", "<tr><td colspan=100 rowspan=100>x<td>y".repeat(20_000)),
        "long-attribute" => format!("<p title='{}'>x", "y".repeat(20 << 20)),
        "attributes-20k" => attributes(20_000),
        "attributes-200k" => attributes(200_000),
        "tags-of-250-attributes" => attributes(250).repeat(1_000),
        "paragraphs" => "<p>x".repeat(500_000),
        "less-than" => "<".repeat(2 << 20),
        "comments" => "<!--".repeat(200_000),
        "long-word" => "y".repeat(5 << 20),
        "fostered" => format!("<table>{}", "x<b>y<tr>".repeat(50_000)),
        "bodies" => (0..20_000).fold(String::new(), |mut page, number| {
            let _ = write!(page, "<body a{number}=1><html b{number}=1>");
            page
        }),
        "sups" => format!("{}{}", "<sup>".repeat(190), "x<q>y</q>".repeat(100_000)),
        "figures" => format!("{}{}", "<figure><figcaption>".repeat(90), "<table><tr><td>x".repeat(50_000)),
        "wide-table" => format!("<table><tr>{}{}", "<th>x".repeat(30_000), "<tr><td>y".repeat(30_000)),
        tag => format!("<{tag}>").repeat(100_000),
    }
}

fn attributes(number: usize) -> String {
    (0..number).fold("<p".to_owned(), |mut tag, number| {
        let _ = write!(tag, " a{number}=1");
        tag
    }) + ">x"
}

fn hints() -> Hints {
    let url = Some("https://gazette.example/harbour".to_owned());
    Hints { format: Some(Format::Html), url, ..Hints::default() }
}

#[divan::bench(sample_count = 10)]
fn ordinary_page(bencher: Bencher) {
    let page = article();
    bencher.bench(|| read(page.as_bytes(), &hints()));
}

#[divan::bench(args = HOSTILE, sample_count = 1, sample_size = 1)]
fn hostile_page(bencher: Bencher, kind: &str) {
    let page = hostile(kind);
    bencher.bench(|| read(page.as_bytes(), &hints()));
}
