//! Which elements have nothing to read: hidden ones, controls, players, and what stands in for pictures.

use dom_query::NodeRef;

use super::{classes, name_of};

/// Classes of the common style sheets for words that only a screen reader says, and of the links by which wikis are edited.
const HIDDEN: [&str; 9] = [
    "mw-editsection",
    "screen-reader-only",
    "screen-reader-text",
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
    "element-invisible",
    "u-visually-hidden",
    "visually-hidden-focusable",
];

/// Elements without words to read: what belongs to the page as a file, controls, players, and what is written for readers
/// without scripts, which repeats the pictures that scripts load.
const NEVER_SHOWN: [&str; 26] = [
    "applet", "audio", "button", "canvas", "datalist", "dialog", "embed", "head", "label", "link", "map", "meta",
    "meter", "noscript", "object", "option", "progress", "rp", "script", "select", "style", "svg", "template",
    "textarea", "title", "video",
];

/// Whether an element and all in it is passed over.
pub(super) fn is_out_of_sight(node: &NodeRef<'_>) -> bool {
    let name = name_of(node);
    if NEVER_SHOWN.contains(&&*name) {
        return true;
    }
    match &*name {
        // The formula in a picture is hidden from screen readers, who are given another form of it.
        "img" => is_hidden(node) && !super::math::is_picture(node),
        // The other way round: for readers with eyes there is a picture, and this is the formula.
        "math" => false,
        _ => is_hidden(node) && !super::math::is_formula_box(node),
    }
}

fn is_hidden(node: &NodeRef<'_>) -> bool {
    if node.element_ref().is_none_or(|element| element.attrs.is_empty()) {
        return false;
    }
    if node.attr("aria-hidden").is_some_and(|hidden| hidden.trim().eq_ignore_ascii_case("true"))
        || node.attr("hidden").is_some_and(|hidden| !hidden.eq_ignore_ascii_case("until-found"))
    {
        return true;
    }
    let has_class = || classes(node).iter().any(|class| HIDDEN.contains(&class.as_str()));
    node.attr("style").is_some_and(|style| hides(&style)) || has_class()
}

/// Whether a style says that nothing is shown.
fn hides(style: &str) -> bool {
    style.split(';').any(|declaration| {
        let Some((property, value)) = declaration.split_once(':') else { return false };
        let value = value.trim().trim_end_matches("!important").trim_end();
        let is =
            |name: &str, hidden: &str| property.trim().eq_ignore_ascii_case(name) && value.eq_ignore_ascii_case(hidden);
        is("display", "none") || is("visibility", "hidden")
    })
}
