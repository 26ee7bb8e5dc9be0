//! Blocks: paragraphs, quotes, lists, code, figures, and what is passed over.

use super::shown;

#[test]
fn words_are_paragraphs_whatever_they_stand_in() {
    assert_eq!(shown("<p>One<p>Two"), ["p: One", "p: Two"]);
    assert_eq!(
        shown("<div>bare <b>words</b><div>inner</div>more<section><p>in</p>tail</section></div>"),
        ["p: bare words", "p: inner", "p: more", "p: in", "p: tail"]
    );
    assert_eq!(shown("<span>a</span> <x-card>b<p>c</p></x-card>d"), ["p: a b", "p: c", "p: d"]);
    assert_eq!(shown("<h1>Top</h1><h3>A <span>small</span><br>one</h3>x"), ["h1: Top", "h3: A small one", "p: x"]);
    assert_eq!(shown("<p>a<hr>b<address>Office<br>Quay 12</address>"), ["p: a", "rule:", "p: b", "p: Office/Quay 12"]);
}

#[test]
fn white_space_collapses_as_in_a_browser() {
    assert_eq!(shown("<p> a\n\t b<i> c </i> d </p>\n<p>&nbsp;</p><p> </p>"), ["p: a b c d"]);
    assert_eq!(shown("<p>&nbsp;&nbsp; in, 5&nbsp;km &nbsp;</p>"), ["p: in, 5\u{a0}km"]);
    assert_eq!(shown("<p>Un&shy;ter<wbr>neh\u{200b}men\u{feff}</p>"), ["p: Unternehmen"]);
    assert_eq!(shown("<p>a<b></b><i> </i>b<!-- c --> d</p>"), ["p: a b d"]);
}

#[test]
fn a_break_is_a_line_and_two_are_a_paragraph() {
    assert_eq!(
        shown("<p>The sea was low,<br>the boats<br/>\nwere slow. <br> </p><p>x</p>"),
        ["p: The sea was low,/the boats/were slow.", "p: x"]
    );
    assert_eq!(shown("a<br><br>b<br>&nbsp;<br> c<br> <br><br>d"), ["p: a", "p: b", "p: c", "p: d"]);
    assert_eq!(shown("<br><br>a"), ["p: a"]);
    assert_eq!(shown("<blockquote>a<br>b</blockquote>"), ["quote 1: a/b"]);
}

#[test]
fn quotes_know_their_depth() {
    assert_eq!(
        shown("<blockquote><p>a</p><blockquote>b</blockquote>c</blockquote>d"),
        ["quote 1: a", "quote 2: b", "quote 1: c", "p: d"]
    );
    assert_eq!(shown("<ul><li>a<blockquote>b</blockquote></ul>"), ["item 0 •: a", "quote 1: b"]);
}

#[test]
fn lists_are_numbered_as_they_say() {
    assert_eq!(
        shown("<ol><li>a<ul><li>b<p>c</p></li></ul>d<li><p>e</p><p>f</p></ol>"),
        ["item 0 1.: a", "item 1 •: b", "item 1: c", "item 0: d", "item 0 2.: e", "item 0: f"]
    );
    for (list, markers) in [
        ("<ol start=5><li>x<li>x</ol>", ["5.", "6."]),
        ("<ol reversed><li>x<li>x</ol>", ["2.", "1."]),
        ("<ol><li value=7>x<li>x</ol>", ["7.", "8."]),
        ("<ol type=a start=26><li>x<li>x</ol>", ["z.", "aa."]),
        ("<ol type=I start=3><li>x<li>x</ol>", ["III.", "IV."]),
        ("<ol type=i start=0><li>x<li>x</ol>", ["0.", "i."]),
        ("<ol start=-1><li>x<li>x</ol>", ["-1.", "0."]),
        ("<ol start=99999999999999999999><li>x<li>x</ol>", ["1.", "2."]),
        ("<ul><li><input type=checkbox checked> x<li><input type=checkbox>x</ul>", ["☑", "☐"]),
        ("<li>x<li>x", ["•", "•"]),
    ] {
        let expected: Vec<String> = markers.iter().map(|marker| format!("item 0 {marker}: x")).collect();
        assert_eq!(shown(list), expected, "{list}");
    }
}

#[test]
fn terms_stand_before_what_they_mean() {
    assert_eq!(
        shown("<dl><dt>Quay<dd>A wall.<p>Of stone.</p><dt>Tide<dd>The sea.</dl>"),
        ["p: Quay", "item 0: A wall.", "item 0: Of stone.", "p: Tide", "item 0: The sea."]
    );
    assert_eq!(shown("<details><summary>More</summary>words</details>"), ["p: More", "p: words"]);
    assert_eq!(super::inlines("<dl><dt>Quay<dd>A wall."), ["strong: Quay"]);
}

#[test]
fn code_keeps_its_lines_and_its_language() {
    assert_eq!(
        shown("<pre><code class=\"hl language-Rust\">\nfn a() {\n    b();\n}\n</code></pre>"),
        ["code 0 rust: fn a() {/    b();/}"]
    );
    for page in [
        "<div class='highlight highlight-source-rust'><pre>x = 1</pre></div>",
        "<pre data-lang=rust>x = 1</pre>",
        "<pre class=lang-rust>x = 1</pre>",
        "<div class=language-rust><div class=highlight><pre><code><span>x</span> = 1</code></pre></div></div>",
    ] {
        assert_eq!(shown(page), ["code 0 rust: x = 1"], "{page}");
    }
    assert_eq!(shown("<pre class=language-none>a=1<br>b\t= 2</pre>"), ["code 0: a=1/b>= 2"]);
    assert_eq!(
        shown("<ol><li>Do<pre><code>x()</code></pre>then</ol>"),
        ["item 0 1.: Do", "code 1: x()", "item 0: then"]
    );
    assert_eq!(
        shown("<pre><code><div class=line>a();</div><div class=line>  b();</div></code></pre>"),
        ["code 0: a();/  b();"]
    );
}

#[test]
fn numbers_beside_code_are_left_out() {
    for page in [
        "<table class=highlighttable><tr><td class=linenos><pre>1\n2</pre></td><td class=code><pre><code>a();\nb();</code>\
         </pre></td></tr></table>",
        "<table><tr><td class='blob-num' data-line-number=1></td><td class=blob-code>a();</td></tr><tr><td class=blob-num>\
         2</td><td class=blob-code>b();</td></tr></table>",
        "<pre class=line-numbers><code>a();\nb();<span class=line-numbers-rows><span></span></span></code></pre>",
        "<pre><code><span class=lineno>1</span>a();\n<span class=lineno>2</span>b();</code></pre>",
    ] {
        assert_eq!(shown(page), ["code 0: a();/b();"], "{page}");
    }
}

#[test]
fn verse_is_no_code() {
    assert_eq!(
        shown("<pre>\n  The sea was low,\n  the boats were slow.\n\n  Nobody rowed,\n  until it snowed.\n</pre>"),
        ["p: The sea was low,/the boats were slow.", "p: Nobody rowed,/until it snowed."]
    );
    for code in ["for x in y:\n    print(x)", "$ ls\nfile one", "name   size\nquay   seven", "int main"] {
        assert!(shown(&format!("<pre class=code>{code}</pre>"))[0].starts_with("code"), "{code}");
    }
    assert!(shown("<pre>name    size\nquay    seven</pre>")[0].starts_with("code"));
    assert!(shown("<pre>let x = 1\nlet y = x</pre>")[0].starts_with("code"));
}

#[test]
fn a_figure_is_one_block_with_its_caption_once() {
    let noscript = "<noscript><img src=a.jpg alt='A wall'></noscript>";
    assert_eq!(
        shown(&format!(
            "<figure>{noscript}<img alt='The quay'><figcaption><p>The quay</p> on Monday.</figcaption></figure>"
        )),
        ["figure: The quay on Monday."]
    );
    assert_eq!(shown("a<figure><a href=x><img alt='The quay at dawn'></a></figure>b"), ["p: a", "p: b"]);
    assert_eq!(
        shown("<figure><img alt=x><div>The quay.</div><figcaption>Photo: Ana</figcaption></figure>"),
        ["figure: The quay. Photo: Ana"]
    );
    assert_eq!(
        shown("<div class='wp-caption alignleft'><img alt='Quay, again'><p class=wp-caption-text>The quay.</p></div>"),
        ["figure: The quay."]
    );
    assert_eq!(
        shown("<figure><blockquote>We had no choice.</blockquote><figcaption>The mayor</figcaption></figure>"),
        ["quote 1: We had no choice.", "figure: The mayor"]
    );
    assert_eq!(
        shown(
            "<figure><figure><img alt='One boat'></figure><figure><img alt='Two boats'></figure><figcaption>Boats</figcaption></figure>"
        ),
        ["figure: Boats"]
    );
}

#[test]
fn a_picture_without_a_caption_has_no_words() {
    assert_eq!(shown("<p>a<img alt='The quay at dawn'>b</p>c"), ["p: ab", "p: c"]);
    assert_eq!(shown("<figure><img alt='The quay at dawn'></figure>x"), ["p: x"]);
    assert_eq!(shown("<p>Yes <img class=emoji alt='👍'> no</p>"), ["p: Yes 👍 no"]);
    assert_eq!(
        shown("<figure><iframe src=https://www.youtube.com/embed/x title='Boats in a storm'></iframe></figure>"),
        ["figure: Boats in a storm"]
    );
}

#[test]
fn what_is_hidden_or_only_worked_is_passed_over() {
    for hidden in [
        "<p hidden>x</p>",
        "<div aria-hidden=true>x</div>",
        "<span style='color:red; DISPLAY : none !important'>x</span>",
        "<div style=visibility:hidden>x</div>",
        "<span class='a sr-only'>x</span>",
        "<button>x</button>",
        "<form><label>x</label><input value=x><select><option>x</select><textarea>x</textarea></form>",
        "<video>x</video><audio>x</audio><object>x</object><canvas>x</canvas>",
        "<noscript>x</noscript>",
        "<script>x</script><style>x</style><template>x</template><svg><text>x</text></svg>",
        "<iframe src=a>x</iframe>",
    ] {
        assert_eq!(shown(&format!("a{hidden}")), ["p: a"], "{hidden}");
    }
    assert_eq!(shown("<p hidden=until-found>x</p>"), ["p: x"]);
}

#[test]
fn the_root_itself_may_be_hidden() {
    let document = dom_query::Document::from("<div style=display:none id=a><p>x</p></div>");
    let drafts = super::super::drafts(&document.select("#a").nodes()[0], None);
    assert_eq!(drafts.len(), 1);
}
