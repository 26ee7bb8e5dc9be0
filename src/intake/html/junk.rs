//! What Readability leaves around and inside an article that is none of it: teasers, share bars, newsletters, blocks of
//! links, credits.
//!
//! Signs are general ones, never the names of single sites. In doubt a block stays: a reader skips a line more easily than
//! they miss one.

use std::collections::HashMap;

use dom_query::{NodeId, NodeRef};

use crate::article::address::WebAddress;

/// Words of the longest line that is looked at.
const LINE_WORDS: usize = 30;

/// Letters in links of a block of links, in hundredths.
const LINKED: usize = 60;

/// Headlines that make a list of other articles.
const RUN: usize = 2;

/// Words of the shortest headline; shorter links are tags, or lead about the site.
const HEADLINE_WORDS: usize = 4;

/// Letters of the longest box that asks for an address.
const FORM: usize = 600;

/// What teasers begin with, in lower case; a link follows.
const TEASERS: [&str; 32] = [
    "read more",
    "read also",
    "read next",
    "also read",
    "see also",
    "related:",
    "related article",
    "related story",
    "related stories",
    "more:",
    "more on this",
    "more from",
    "recommended:",
    "don't miss",
    "don’t miss",
    "watch:",
    "listen:",
    "lesen sie auch",
    "lesen sie mehr",
    "mehr zum thema",
    "auch interessant",
    "lire aussi",
    "à lire",
    "lee también",
    "lea también",
    "leia também",
    "leia mais",
    "leggi anche",
    "lees ook",
    "läs också",
    "les også",
    "читайте также",
];

/// Headings over lists of other articles, in lower case.
const OTHERS: [&str; 29] = [
    "related",
    "related articles",
    "related stories",
    "related posts",
    "related content",
    "related news",
    "related topics",
    "read next",
    "read more",
    "more stories",
    "more news",
    "most read",
    "most popular",
    "most viewed",
    "trending",
    "trending now",
    "popular stories",
    "recommended",
    "recommended for you",
    "recommended stories",
    "you may also like",
    "you might also like",
    "top stories",
    "latest news",
    "editors' picks",
    "mehr zum thema",
    "das könnte sie auch interessieren",
    "à lire aussi",
    "meistgelesen",
];

/// Words of bars by which a page is shared, in lower case.
const SHARE: [&str; 34] = [
    "share",
    "share on",
    "facebook",
    "twitter",
    "x",
    "whatsapp",
    "linkedin",
    "email",
    "e-mail",
    "mail",
    "print",
    "copy",
    "link",
    "pinterest",
    "reddit",
    "telegram",
    "tumblr",
    "messenger",
    "flipboard",
    "pocket",
    "tweet",
    "pin",
    "bluesky",
    "threads",
    "mastodon",
    "this",
    "article",
    "save",
    "on",
    "via",
    "teilen",
    "drucken",
    "partager",
    "compartir",
];

/// Lines between paragraphs that sell something, whole and in lower case.
const ADVERTS: [&str; 22] = [
    "advertisement",
    "advertisements",
    "advertising",
    "ad",
    "ads",
    "sponsored",
    "sponsored content",
    "promoted",
    "story continues below advertisement",
    "article continues below advertisement",
    "continue reading below advertisement",
    "article continues after advertisement",
    "continue reading the main story",
    "advertisement - continue reading below",
    "skip advertisement",
    "skip to main content",
    "anzeige",
    "werbung",
    "publicité",
    "publicidad",
    "pubblicità",
    "advertentie",
];

/// What a photographer's credit begins with, in lower case.
const CREDITS: [&str; 14] = [
    "photo:",
    "photo by",
    "photos:",
    "photograph:",
    "photographs:",
    "image:",
    "image credit",
    "image copyright",
    "picture:",
    "credit:",
    "foto:",
    "bild:",
    "photo credit",
    "©",
];

/// Takes what is no part of the article out of `root`, a page at `base`.
pub(super) fn remove(root: &NodeRef<'_>, base: Option<&str>) {
    let sizes = Sizes::of(root);
    let mut gone = Vec::new();
    let nodes: Vec<NodeRef<'_>> = root.descendants_it().filter(|node| node.is_element() && is_block(node)).collect();
    for node in &nodes {
        let size = sizes.of_node(node);
        if size.letters > LINE_WORDS * 12 {
            continue;
        }
        let text = node.text();
        let words = text.trim();
        if words.is_empty() || words.split_whitespace().count() > LINE_WORDS {
            continue;
        }
        let is_heading = HEADINGS.iter().any(|name| node.has_name(name));
        if is_heading && is_other(words) {
            let follow = following_links(node, &sizes);
            if !follow.is_empty() {
                gone.push(*node);
                gone.extend(follow);
            }
        } else if is_heading && is_newsletter(&words.to_lowercase()) {
            // The form below the heading belongs to it.
            let around = node.parent().filter(|around| around.id != root.id && is_block(around));
            gone.push(around.filter(|around| sizes.of_node(around).letters <= FORM).unwrap_or(*node));
        } else if !is_heading && (is_furniture(words) || is_teaser(words, size) || is_credit(node, words)) {
            gone.push(*node);
        }
    }
    let menus = root.descendants_it().filter(|node| node.has_name("nav") && sizes.of_node(node).is_linked());
    gone.extend(menus);
    gone.extend(runs_of_links(&nodes, &sizes));
    gone.extend(nodes.iter().filter(|node| is_list_of_headlines(node, &sizes, base)));
    gone.iter().for_each(NodeRef::remove_from_parent);
}

/// The blocks of links behind the last running text, if there are several: lists of other articles. A block of links
/// before it may be part of the text, and so may one that stands alone.
fn runs_of_links<'a>(nodes: &[NodeRef<'a>], sizes: &Sizes) -> Vec<NodeRef<'a>> {
    let leaves = nodes.iter().rev().filter(|node| is_leaf(node) && sizes.of_node(node).letters > 0);
    let is_other = |node: &&NodeRef<'a>| {
        let size = sizes.of_node(node);
        size.is_linked() && size.letters <= LINE_WORDS * 8
    };
    let found: Vec<NodeRef<'a>> = leaves.take_while(is_other).copied().collect();
    let headlines = found.iter().filter(|node| node.text().split_whitespace().count() >= HEADLINE_WORDS).count();
    if headlines >= RUN { found } else { Vec::new() }
}

/// Whether a list has nothing but links to other articles of the site, and no sentence leads into it.
fn is_list_of_headlines(node: &NodeRef<'_>, sizes: &Sizes, base: Option<&str>) -> bool {
    let size = sizes.of_node(node);
    if !(node.has_name("ul") || node.has_name("ol")) || size.letters == 0 || size.linked < size.letters {
        return false;
    }
    let items = node.element_children();
    let is_led_into = node.prev_element_sibling().is_some_and(|before| {
        sizes.of_node(&before).letters <= LINE_WORDS * 40 && before.text().trim_end().ends_with([':', '：'])
    });
    let is_headline = |item: &NodeRef<'_>| {
        sizes.of_node(item).letters <= LINE_WORDS * 8 && item.text().split_whitespace().count() >= HEADLINE_WORDS
    };
    let host = base.and_then(WebAddress::parse);
    let leads_away = |link: &NodeRef<'_>| {
        let address = link.attr("href").and_then(|href| WebAddress::parse(&href));
        address.is_some_and(|address| host.as_ref().is_none_or(|host| host.host() != address.host()))
    };
    let mut links = node.descendants_it().filter(|inside| inside.has_name("a"));
    items.len() >= RUN && !is_led_into && !links.any(|link| leads_away(&link)) && items.iter().all(is_headline)
}

/// Whether no other block is in it.
fn is_leaf(node: &NodeRef<'_>) -> bool {
    !node.descendants_it().any(|inside| is_block(&inside))
}

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// Whether a short line is an advert, a share bar, an offer of a newsletter or a counter.
pub(super) fn is_furniture(words: &str) -> bool {
    let lower = words.trim().to_lowercase().replace('’', "'");
    let count = lower.split_whitespace().count();
    if count > LINE_WORDS {
        return false;
    }
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'');
    ADVERTS.contains(&bare) || is_share_bar(bare) || is_counter(bare) || is_newsletter(bare)
}

/// Nothing but the names of networks and what one does with them, and at least one of each.
fn is_share_bar(lower: &str) -> bool {
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '/' | '•' | '·' | ':'))
        .filter(|word| !word.is_empty())
        .collect();
    let networks = [
        "facebook",
        "twitter",
        "whatsapp",
        "linkedin",
        "email",
        "e-mail",
        "pinterest",
        "reddit",
        "telegram",
        "tweet",
        "print",
        "bluesky",
    ];
    let named = words.iter().filter(|word| networks.contains(word)).count();
    let shares = words.iter().any(|word| matches!(*word, "share" | "teilen" | "partager" | "compartir"));
    !words.is_empty() && words.iter().all(|word| SHARE.contains(word)) && (named >= 2 || shares && words.len() <= 4)
}

/// "12 comments", "1.2k shares", "5 min read".
fn is_counter(lower: &str) -> bool {
    let words: Vec<&str> = lower.split_whitespace().collect();
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    match words.as_slice() {
        [number, what] => {
            is_number(number)
                && matches!(
                    *what,
                    "comments" | "comment" | "shares" | "share" | "views" | "likes" | "kommentare" | "commentaires"
                )
        }
        [number, "min" | "mins" | "minute" | "minutes", "read"] => is_number(number),
        _ => false,
    }
}

fn is_newsletter(lower: &str) -> bool {
    let asks = [
        "sign up",
        "signup",
        "subscribe",
        "get the",
        "get our",
        "delivered to",
        "join our",
        "abonnieren",
        "inscrivez",
        "suscríbete",
        "iscriviti",
    ];
    if ["by signing up", "by subscribing", "by entering your email"].iter().any(|sign| lower.starts_with(sign)) {
        return true;
    }
    let names = ["newsletter", "your inbox", "mailing list", "email alerts", "daily briefing"];
    let has = |list: &[&str]| list.iter().any(|sign| lower.contains(sign));
    has(&names) && asks.iter().any(|sign| lower.starts_with(sign))
        || lower.contains("newsletter") && has(&["sign up for", "subscribe to our"])
}

/// Whether a line only leads to another article.
fn is_teaser(words: &str, size: Size) -> bool {
    let lower = words.to_lowercase();
    size.is_linked() && TEASERS.iter().any(|sign| lower.starts_with(sign))
}

/// Whether a line of its own says who took a picture. In a figure it is part of the caption.
fn is_credit(node: &NodeRef<'_>, words: &str) -> bool {
    let lower = words.to_lowercase();
    let is_line = words.split_whitespace().count() <= 10 && !words.ends_with(['.', '?', '!']);
    is_line
        && CREDITS.iter().any(|sign| lower.starts_with(sign))
        && !node.ancestors_it(None).any(|around| around.has_name("figure"))
}

fn is_other(words: &str) -> bool {
    let lower = words.trim().trim_end_matches(':').to_lowercase().replace('’', "'");
    OTHERS.contains(&lower.as_str())
}

/// The blocks of links behind a heading.
fn following_links<'a>(heading: &NodeRef<'a>, sizes: &Sizes) -> Vec<NodeRef<'a>> {
    let mut found = Vec::new();
    let mut next = heading.next_element_sibling();
    while let Some(node) = next.filter(|node| {
        let size = sizes.of_node(node);
        size.letters == 0 || size.is_linked()
    }) {
        found.push(node);
        next = node.next_element_sibling();
    }
    found
}

fn is_block(node: &NodeRef<'_>) -> bool {
    ["p", "div", "section", "ul", "ol", "li", "aside", "h1", "h2", "h3", "h4", "h5", "h6"]
        .iter()
        .any(|name| node.has_name(name))
}

/// How many letters and digits stand in an element, and how many of them in links.
#[derive(Clone, Copy, Debug, Default)]
struct Size {
    letters: usize,
    linked: usize,
}

impl Size {
    fn is_linked(self) -> bool {
        self.linked > 0 && self.linked * 100 >= self.letters * LINKED
    }
}

/// The sizes of all elements, measured in one pass.
struct Sizes(HashMap<NodeId, Size>);

impl Sizes {
    fn of(root: &NodeRef<'_>) -> Self {
        let nodes: Vec<NodeRef<'_>> = root.descendants_it().collect();
        let mut sizes: HashMap<NodeId, Size> = HashMap::with_capacity(nodes.len());
        // Children come before their parents when read backwards.
        for node in nodes.iter().rev() {
            let mut size = sizes.get(&node.id).copied().unwrap_or_default();
            if node.is_text() {
                size.letters = node.text().chars().filter(|c| c.is_alphanumeric()).count();
            } else if node.has_name("a") && node.has_attr("href") {
                size.linked = size.letters;
            }
            sizes.insert(node.id, size);
            if let Some(parent) = node.parent() {
                let around = sizes.entry(parent.id).or_default();
                around.letters += size.letters;
                around.linked += size.linked;
            }
        }
        Self(sizes)
    }

    fn of_node(&self, node: &NodeRef<'_>) -> Size {
        self.0.get(&node.id).copied().unwrap_or_default()
    }
}
