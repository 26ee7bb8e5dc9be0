//! Formulas: the signs themselves where they stand in a line, else the source they were set from.

use dom_query::NodeRef;

use super::{classes, name_of, scripts, short_text};

/// Bytes of the longest formula.
const MAX_FORMULA: usize = 4000;

/// A `MathML` formula in one line.
pub(super) fn text(math: &NodeRef<'_>) -> String {
    in_line(math).or_else(|| source(math)).or_else(|| short_text(math, MAX_FORMULA)).unwrap_or_default()
}

/// The signs, if nothing in the formula stands above or below another but simple raised and lowered ones.
fn in_line(math: &NodeRef<'_>) -> Option<String> {
    let mut formula = String::new();
    let mut nodes: Vec<NodeRef<'_>> = math.children_it(true).collect();
    while let Some(node) = nodes.pop() {
        if formula.len() > MAX_FORMULA {
            return None;
        }
        if node.is_text() {
            formula.push_str(node.text().trim());
            continue;
        }
        match name_of(&node).as_str() {
            "" | "annotation" | "annotation-xml" | "mspace" | "none" | "mprescripts" => {}
            "mo" => {
                let sign = short_text(&node, MAX_FORMULA)?;
                match sign.trim() {
                    // Invisible times, applied function, separator.
                    "\u{2061}" | "\u{2062}" | "\u{2063}" | "\u{2064}" => {}
                    sign @ ("=" | "+" | "−" | "-" | "<" | ">" | "≤" | "≥" | "≈" | "≠" | "→" | "±" | "∈") => {
                        let is_sign_of_number = formula.is_empty() || formula.ends_with(['(', ' ', '[']);
                        formula.push_str(if is_sign_of_number { "" } else { " " });
                        formula.push_str(sign);
                        formula.push_str(if is_sign_of_number { "" } else { " " });
                    }
                    "," => formula.push_str(", "),
                    sign => formula.push_str(sign),
                }
            }
            name @ ("msup" | "msub") => {
                let parts: Vec<_> = node.children_it(false).filter(NodeRef::is_element).collect();
                let [base, script] = parts.as_slice() else { return None };
                let script = short_text(script, 24)?;
                let signs = if name == "msup" { scripts::raised(script.trim()) } else { scripts::lowered(script.trim()) };
                formula.push_str(short_text(base, 24)?.trim());
                formula.push_str(&signs?);
            }
            "math" | "mrow" | "mstyle" | "semantics" | "mi" | "mn" | "mtext" | "mpadded" | "mphantom" => {
                nodes.extend(node.children_it(true));
            }
            _ => return None,
        }
    }
    let formula = formula.trim().to_owned();
    (!formula.is_empty()).then_some(formula)
}

/// The `TeX` a formula was set from.
fn source(math: &NodeRef<'_>) -> Option<String> {
    let annotation = math
        .descendants_it()
        .filter(|node| node.is_element() && name_of(node) == "annotation")
        .find(|node| node.attr("encoding").is_some_and(|encoding| encoding.contains("tex")))
        .and_then(|node| short_text(&node, MAX_FORMULA));
    let source = annotation.or_else(|| math.attr("alttext").map(|source| source.to_string()))?;
    Some(plain(&source)).filter(|source| !source.is_empty())
}

/// Without the frame that `MediaWiki` puts around every formula.
fn plain(source: &str) -> String {
    let source = source.trim();
    let inner = source.strip_prefix("{\\displaystyle ").and_then(|rest| rest.strip_suffix('}')).unwrap_or(source);
    inner.trim().to_owned()
}

/// Whether a picture shows a formula that stands beside it as `MathML`, or stands for one.
pub(super) fn is_picture(picture: &NodeRef<'_>) -> bool {
    classes(picture).iter().any(|class| {
        class.starts_with("mwe-math-fallback") || matches!(class.as_str(), "latex" | "tex" | "math-tex" | "ql-img-inline-formula")
    })
}

/// The formula a picture shows; nothing if it also stands beside it.
pub(super) fn of_picture(picture: &NodeRef<'_>) -> String {
    let is_repeated = picture.parent().is_some_and(|parent| {
        parent.descendants_it().take(200).any(|node| node.is_element() && name_of(&node) == "math")
    });
    if is_repeated {
        return String::new();
    }
    picture.attr("alt").map(|source| plain(&source)).filter(|source| source.len() <= MAX_FORMULA).unwrap_or_default()
}

/// Whether an element is hidden only because a picture shows the formula in it.
pub(super) fn is_formula_box(node: &NodeRef<'_>) -> bool {
    let is_math = |node: &NodeRef<'_>| node.is_element() && name_of(node) == "math";
    node.children_it(false).filter(NodeRef::is_element).take(3).any(|child| is_math(&child))
}
