//! Whatever a page is, what becomes of it is a sound text.

use proptest::prelude::*;

use super::super::super::caps::cap;
use super::text;
use crate::article::{BlockKind, InlineKind, Text};
use crate::text::unprintable::is_unwanted;

const NAMES: [&str; 52] = [
    "a",
    "b",
    "i",
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "h1",
    "h4",
    "pre",
    "code",
    "table",
    "tr",
    "td",
    "th",
    "tbody",
    "caption",
    "blockquote",
    "figure",
    "figcaption",
    "img",
    "br",
    "hr",
    "sup",
    "sub",
    "q",
    "ruby",
    "rt",
    "math",
    "mi",
    "msup",
    "svg",
    "title",
    "script",
    "style",
    "noscript",
    "textarea",
    "select",
    "option",
    "iframe",
    "details",
    "summary",
    "template",
    "button",
    "form",
    "body",
    "xmp",
    "address",
];

fn piece() -> impl Strategy<Value = String> {
    let name = || proptest::sample::select(&NAMES[..]);
    let value = proptest::sample::select(
        &[
            "href=x",
            "href='#n'",
            "class='language-c lineno sr-only'",
            "colspan=3",
            "rowspan=\"2\"",
            "hidden",
            "alt='a b'",
            "start=3 reversed",
            "style=display:none",
            "class=emoji alt=👍",
            "type=checkbox",
            "/",
            "title=\"a>b",
            "=",
        ][..],
    );
    prop_oneof![
        4 => (name(), proptest::option::of(value)).prop_map(|(name, value)| format!("<{name} {}>", value.unwrap_or_default())),
        3 => name().prop_map(|name| format!("</{name}>")),
        4 => "[a-zé漢 \n\t\u{a0}\u{ad}\u{301}1]{0,8}",
        1 => "\\PC{0,6}",
        1 => proptest::sample::select(
            &["&amp;", "&#27;[1m", "&#x9b;", "&nbsp;", "&#8238;", "&lt;b&gt;", "&quot;¦", "<!--", "-->", "<![CDATA[", "]]>", "&#0;", "\u{1b}[2J"][..]
        ).prop_map(str::to_owned),
    ]
}

/// Checks everything that others rely on.
fn assert_sound(text: &Text, page: &str) {
    let words = text.as_str();
    assert!(!words.contains(is_unwanted), "{page:?} gives {words:?}");
    let mut end = 0;
    for (number, block) in text.blocks().iter().enumerate() {
        let range = block.range;
        assert_eq!(range.start, if number == 0 { 0 } else { end + 2 }, "{page:?}");
        assert!(words.get(range.start..range.end).is_some(), "{page:?}");
        let inside = text.slice(range);
        assert_eq!(inside.is_empty(), block.kind == BlockKind::Rule, "{page:?}");
        let keeps = matches!(block.kind, BlockKind::Code { .. } | BlockKind::Table);
        assert!(keeps || !inside.contains("\n\n") && !inside.contains('\t'), "{page:?} gives {inside:?}");
        end = range.end;
    }
    assert_eq!(end, words.len(), "{page:?}");
    for inline in text.inlines() {
        let range = inline.range;
        assert!(words.get(range.start..range.end).is_some_and(|words| !words.is_empty()), "{page:?}");
        let block = text.block_at(range.start).map(|number| text.blocks()[number].range);
        assert!(block.is_some_and(|block| range.end <= block.end), "{page:?}: {inline:?}");
        if let InlineKind::Link(target) = &inline.kind {
            assert!(target.starts_with("http") || target.starts_with("mailto:"), "{target}");
        }
    }
}

proptest! {
    #[test]
    fn tag_soup_gives_a_sound_text(pieces in proptest::collection::vec(piece(), 0..60)) {
        let page = pieces.concat();
        assert_sound(&text(&page), &page);
    }

    #[test]
    fn any_words_give_a_sound_text(page in "\\PC{0,200}") {
        assert_sound(&text(&page), &page);
    }

    #[test]
    fn a_page_that_was_cut_down_is_not_cut_again(pieces in proptest::collection::vec(piece(), 0..60)) {
        let once = cap(&pieces.concat());
        prop_assert_eq!(cap(&once), once);
    }
}

/// Pages with a bit of everything, to be broken.
const SAMPLES: [&str; 3] = [
    "<!doctype html><html lang=en><head><title>Harbour</title><script type='application/ld+json'>{\"a\":\"<p>\"}</script>\
     </head><body><nav><ul><li><a href='/'>Home</a></ul></nav><article><h1>Harbour closed</h1><p>The <b>mayor</b> said \
     <q>no</q><sup><a href='#f1'>1</a></sup> to 5&nbsp;km&sup2; of quay.<br>Nobody asked.</p><ol start=3><li>Close<li>Move\
     </ol></article></body></html>",
    "<table class=grid><caption>Boats</caption><thead><tr><th rowspan=2>Port<th colspan=2>Boats</thead><tbody><tr><td>7\
     <td>9<tr><td>Quay<td><p>a</p><p>b</p><td>x</table><figure><noscript><img src=a></noscript><img alt='The quay'>\
     <figcaption>The quay.</figcaption></figure><dl><dt>Tide<dd>Sea</dl>",
    "<div><blockquote><p>We <i>had</i> no choice.<blockquote>None</blockquote></blockquote><pre><code class=language-c>int \
     a;\n\tb();\n</code></pre><!-- x --><svg><title>y</title></svg><math><msup><mi>c</mi><mn>2</mn></msup></math>\
     <details><summary>More</summary><ruby>漢<rt>kan</rt></ruby></details><textarea><p></textarea></div>",
];

/// Small pseudo-random numbers: Marsaglia's xorshift64, which is enough to break pages and always breaks them the same way.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).unwrap()
    }

    /// A place in `page` between two characters.
    fn place(&mut self, page: &str) -> usize {
        page.floor_char_boundary(self.below(page.len() + 1))
    }
}

/// Breaks a page in a few places: pieces are cut out, doubled, moved from another page, or replaced by a sign of markup.
fn broken(dice: &mut Dice) -> String {
    let mut page = SAMPLES[dice.below(SAMPLES.len())].to_owned();
    for _ in 0..=dice.below(6) {
        let (one, other) = (dice.place(&page), dice.place(&page));
        let range = one.min(other)..one.max(other).min(page.floor_char_boundary(one.min(other) + 40));
        match dice.below(5) {
            0 => page.replace_range(range, ""),
            1 => page.insert_str(range.start, &page.get(range.clone()).unwrap().repeat(dice.below(20))),
            2 => {
                let donor = SAMPLES[dice.below(SAMPLES.len())];
                let from = dice.place(donor);
                let to = donor.floor_char_boundary((from + 60).min(donor.len()));
                page.insert_str(range.start, donor.get(from..to).unwrap());
            }
            3 => {
                let signs =
                    ["<", ">", "</", "\"", "'", "=", "&", "&#", "<!--", "\u{0}", "\u{1b}]0;x\u{7}", "\u{202e}", "/>"];
                page.insert_str(range.start, signs[dice.below(signs.len())]);
            }
            _ => page.truncate(range.end),
        }
    }
    page
}

/// How many broken pages are tried: some here, more where `DATELINE_BROKEN_PAGES` says how many.
#[test]
fn broken_pages_give_sound_texts() {
    let count = option_env!("DATELINE_BROKEN_PAGES").and_then(|count| count.parse().ok()).unwrap_or(400);
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for _ in 0..count {
        let page = broken(&mut dice);
        assert_sound(&text(&page), &page);
    }
}
