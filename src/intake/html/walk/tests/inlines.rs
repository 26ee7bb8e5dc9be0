//! What stands within a line: emphasis, links, marks, formulas.

use super::{inlines, shown};
use crate::text::index_words::index_words;

#[test]
fn emphasis_is_on_its_words() {
    assert_eq!(
        inlines("<p>a <em> b </em><b>c<i>d</i></b> <del>e</del> <kbd>f</kbd> <cite>g</cite></p>"),
        ["emphasis: b", "strong: cd", "emphasis: d", "strikethrough: e", "code: f", "emphasis: g"]
    );
    // One that goes around blocks goes on in each.
    assert_eq!(inlines("<b>a<p>b</p>c</b>"), ["strong: a", "strong: b", "strong: c"]);
    assert_eq!(inlines("<p>a<b>b<br><br>c</b>"), ["strong: b", "strong: c"]);
    assert_eq!(inlines("<table><tr><td>a<td><b>b </b><td>c<tr><td><b>d</b><td>e"), ["strong: b", "strong: d"]);
    assert_eq!(inlines("<pre><code>a <b>= 1</b></code></pre>"), [""; 0]);
    assert_eq!(inlines("<b>a<pre>\n\nlet x = 1</pre></b>"), ["strong: a"]);
}

#[test]
fn links_lead_somewhere_or_are_words() {
    assert_eq!(
        inlines("<p><a href='plan.html'>a</a> <a href=//x.example/y>b</a> <a href='mailto:a@b.example'>c</a>"),
        ["https://gazette.example/2026/plan.html: a", "https://x.example/y: b", "mailto:a@b.example: c"]
    );
    let page = "<p><a href=#n>a</a> <a href='javascript:x()'>b</a> <a href='data:text/html,x'>c</a> <a name=x>d</a> \
                <a href='harbour.html#n'>e</a> <a href='https://a b'>f</a> <a href=''>g</a>";
    assert_eq!(inlines(page), [""; 0]);
    assert_eq!(shown(page), ["p: a b c d e f g"]);
    // A card that is one link.
    assert_eq!(
        inlines("<a href=/x><h2>Head</h2><p>Words</p></a>"),
        ["https://gazette.example/x: Head", "https://gazette.example/x: Words"]
    );
}

#[test]
fn a_footnote_mark_does_not_stick_to_the_word() {
    assert_eq!(shown("<p>A note. <a href='#r1'>↩︎</a></p>"), ["p: A note."]);
    for page in [
        "<p>Un&shy;ter&shy;neh&shy;men<sup><a href=#fn1>1</a></sup> closed.",
        "<p>Unternehmen<a href=#fn1><sup>1</sup></a> closed.",
        "<p>Unternehmen<sup id=r class=reference><a href=#n>[1]</a></sup> closed.",
        "<p>Unternehmen<sup>1</sup> closed.",
        "<p>Unternehmen<sup>[1]</sup> closed.",
    ] {
        assert_eq!(shown(page), ["p: Unternehmen[1] closed."], "{page}");
    }
    assert_eq!(shown("<p>He said.<sup>2,3</sup> So<sup><a href=#x>*</a></sup>"), ["p: He said.[2,3] So*"]);
    let words: Vec<String> = index_words("Unternehmen[1] closed").into_iter().map(|word| word.folded).collect();
    assert_eq!(words, ["unternehmen", "1", "closed"]);
}

#[test]
fn raised_and_lowered_signs_are_signs() {
    assert_eq!(
        shown(
            "<p>5 m<sup>2</sup>, H<sub>2</sub>O, 10<sup>−6</sup>, the 1<sup>st</sup>, x<sub>max</sub>, 2<sup>x+1</sup>"
        ),
        ["p: 5 m², H₂O, 10⁻⁶, the 1st, xmax, 2^x+1"]
    );
}

#[test]
fn quotations_and_readings_have_their_signs() {
    assert_eq!(
        shown("<p>She said <q>no </q>. <ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>"),
        ["p: She said “no”. 漢(kan)"]
    );
}

#[test]
fn formulas_are_readable_in_a_line() {
    assert_eq!(
        shown("<p>So <math><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></math>."),
        ["p: So E = m c²."]
    );
    assert_eq!(
        shown(
            "<p>So <span class=mwe-math-element><span style='display: none'><math alttext='{\\displaystyle a/b}'><semantics>\
             <mfrac><mi>a</mi><mi>b</mi></mfrac><annotation encoding='application/x-tex'>{\\displaystyle \
             {\\frac {a}{b}}}</annotation></semantics></math></span><img class=mwe-math-fallback-image-inline \
             aria-hidden=true alt='{\\displaystyle {\\frac {a}{b}}}'></span>."
        ),
        ["p: So {\\frac {a}{b}}."]
    );
    assert_eq!(
        shown("<p>So <img class=mwe-math-fallback-image-inline aria-hidden=true alt='{\\displaystyle x}'>."),
        ["p: So x."]
    );
    // Nobody reads the commands of TeX.
    assert_eq!(shown("<p>So <img alt='{\\displaystyle {\\frac {a}{b}}}'>."), ["p: So […]."]);
    // As extractors leave it.
    assert_eq!(shown("<p>So <img aria-hidden=true alt='{\\displaystyle x}'>."), ["p: So x."]);
    assert_eq!(
        shown(
            "<p>So <math><mi>x</mi><mo>=</mo><mfrac><mrow><mo>−</mo><mi>b</mi></mrow><msqrt><mi>c</mi></msqrt></mfrac>\
             </math>."
        ),
        ["p: So x = (−b)/(√(c))."]
    );
}
