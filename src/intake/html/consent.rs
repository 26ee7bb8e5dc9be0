//! Boxes that ask for consent to cookies. They may be longer than the article, and then are mistaken for it.

use std::collections::HashSet;

use dom_query::{Document, NodeRef};

/// What such a box is about, in the languages of Europe; one of each line counts once.
const TOPICS: [&[&str]; 6] = [
    &["cookie", "sütik", "evästeet", "куки", "クッキー"],
    &[
        "privacy",
        "datenschutz",
        "privatsphäre",
        "vie privée",
        "privacidad",
        "privacidade",
        "privatliv",
        "prywatności",
        "confidentialité",
    ],
    &["partner", "vendors", "third parties", "drittanbieter", "anbieter", "fournisseurs", "socios", "parceiros"],
    &[
        "personal data",
        "personenbezogene",
        "données personnelles",
        "datos personales",
        "dati personali",
        "dados pessoais",
        "persoonsgegevens",
        "ip address",
        "unique identifiers",
    ],
    &[
        "on a device",
        "your device",
        "auf einem gerät",
        "endgerät",
        "sur un appareil",
        "terminal",
        "dispositivo",
        "apparaat",
    ],
    &[
        "consent",
        "preferences",
        "einwilligung",
        "zustimmung",
        "consentement",
        "consentimiento",
        "consenso",
        "consentimento",
        "toestemming",
        "personalised ads",
        "personalized ads",
        "advertising",
    ],
];

/// What the button of such a box begins with.
const ANSWERS: [&str; 26] = [
    "accept",
    "agree",
    "i agree",
    "i accept",
    "allow",
    "reject",
    "got it",
    "ok",
    "consent",
    "manage",
    "decline",
    "yes",
    "akzeptieren",
    "alle akzeptieren",
    "zustimmen",
    "ablehnen",
    "einverstanden",
    "accepter",
    "tout accepter",
    "refuser",
    "aceptar",
    "aceitar",
    "accetta",
    "accepteren",
    "akkoord",
    "godkend",
];

/// Words in the name (class, id, label) of such a box.
const NAMES: [&str; 6] = ["cookie", "consent", "gdpr", "privacy", "ccpa", "cmp-"];

/// Topics a box has to touch: with a name or a button that says what it is, and without.
const FEW: usize = 2;
const MANY: usize = 4;

/// Elements that may be such a box.
const BOXES: &str = "div, section, dialog, aside, form, footer, header";

/// Bytes of text looked at; a box says early what it is.
const REACH: usize = 4_000;

/// Removes such boxes from the page. What holds the main heading or most of the page is none.
pub(super) fn remove(page: &Document) {
    // Everything that holds a heading or an article, found once for all boxes.
    let holders: HashSet<_> = page
        .select("h1, article, main, [role='main']")
        .nodes()
        .iter()
        .flat_map(|node| node.ancestors(None).into_iter().chain([*node]))
        .map(|node| node.id)
        .collect();
    let boxes = page.select(BOXES);
    let mut removed: Vec<NodeRef<'_>> = Vec::new();
    for node in boxes.nodes() {
        // Only the outermost box is asked again and again, so a deep page costs no more than a wide one.
        if holders.contains(&node.id) || !has_sign(node) {
            continue;
        }
        let text = node.text();
        let end = text.char_indices().map(|(at, _)| at).find(|at| *at >= REACH).unwrap_or(text.len());
        let text = text.get(..end).unwrap_or_default().to_lowercase();
        let touched = TOPICS.iter().filter(|words| words.iter().any(|word| text.contains(word))).count();
        let is_box = touched >= MANY || touched >= FEW && (is_named(node) || answers(node));
        if is_box {
            removed.push(*node);
        }
    }
    removed.iter().for_each(NodeRef::remove_from_parent);
}

fn is_named(node: &NodeRef<'_>) -> bool {
    ["class", "id", "aria-label", "role"].iter().any(|key| {
        node.attr(key).is_some_and(|name| {
            let name = name.to_lowercase();
            NAMES.iter().any(|sign| name.contains(sign))
        })
    })
}

/// Whether it is worth reading: it is named so, has buttons of its own, is a dialog, or has a heading that says so.
fn has_sign(node: &NodeRef<'_>) -> bool {
    is_named(node)
        || node.has_name("dialog")
        || node.attr("role").is_some_and(|role| role.contains("dialog"))
        || answers(node)
        || is_headed(node)
}

/// Whether a heading among its children is about cookies or privacy.
fn is_headed(node: &NodeRef<'_>) -> bool {
    node.element_children().iter().take(3).any(|child| {
        let is_heading = child.node_name().is_some_and(|name| super::elements::is_heading(&name));
        let words = if is_heading { child.text().to_lowercase() } else { String::new() };
        TOPICS.iter().take(2).flat_map(|topics| topics.iter()).any(|topic| words.contains(topic))
    })
}

/// Whether a button among its children and grandchildren gives the answer that such a box wants.
fn answers(node: &NodeRef<'_>) -> bool {
    let near = node.element_children().into_iter().flat_map(|child| {
        let mut near = child.element_children();
        near.push(child);
        near
    });
    near.filter(|child| child.has_name("button") || child.has_name("a") || child.has_name("input")).any(|button| {
        let words = if button.has_name("input") { button.attr_or("value", "") } else { button.text() };
        let words = words.trim().to_lowercase();
        words.len() <= 40
            && ANSWERS
                .iter()
                .any(|answer| words.strip_prefix(answer).is_some_and(|rest| !rest.starts_with(char::is_alphabetic)))
    })
}
