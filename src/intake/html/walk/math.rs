//! Formulas: the signs themselves where they stand in a line, else the source they were set from.

use dom_query::NodeRef;

use super::{classes, name_of, scripts, short_text};

/// Bytes of the longest formula.
const MAX_FORMULA: usize = 4000;
/// Bytes of the longest base or script that is written with raised and lowered signs.
const MAX_SCRIPT: usize = 24;

/// A `MathML` formula in one line: the signs if they stand in one, else the source it was set from, else the signs with
/// brackets for what stands above and below.
pub(super) fn text(math: &NodeRef<'_>) -> String {
    in_line(math, false).or_else(|| source(math)).or_else(|| in_line(math, true)).unwrap_or_default()
}

/// What is still to be written of a formula.
enum Piece<'t> {
    Node(NodeRef<'t>),
    Sign(&'static str),
}

/// The signs of a formula. Without brackets there are none if anything but simple raised and lowered signs stands above
/// or below another.
fn in_line(math: &NodeRef<'_>, with_brackets: bool) -> Option<String> {
    let mut formula = String::new();
    let mut pieces = vec![Piece::Node(*math)];
    while let Some(piece) = pieces.pop() {
        if formula.len() > MAX_FORMULA {
            return None;
        }
        let node = match piece {
            Piece::Sign(sign) => {
                formula.push_str(sign);
                continue;
            }
            Piece::Node(node) if node.is_text() => {
                push_factor(&mut formula, node.text().trim());
                continue;
            }
            Piece::Node(node) => node,
        };
        let name = name_of(&node);
        match &*name {
            "" | "annotation" | "annotation-xml" | "mspace" | "none" | "mprescripts" | "mphantom" => {}
            "mo" => push_operator(&mut formula, short_text(&node, MAX_FORMULA)?.trim()),
            "math" | "mrow" | "mstyle" | "semantics" | "mi" | "mn" | "mtext" | "mpadded" => {
                pieces.extend(node.children_it(true).map(Piece::Node));
            }
            "msup" | "msub" if simple_script(&node, &name, &mut formula).is_some() => {}
            _ if !with_brackets => return None,
            "mfrac" | "msup" | "msub" | "munder" | "mover" | "msqrt" => {
                let (before, between) = match &*name {
                    "mfrac" => ("(", ")/("),
                    "msqrt" => ("√(", ""),
                    "msup" | "mover" => ("", "^("),
                    _ => ("", "_("),
                };
                formula.push_str(before);
                pieces.push(Piece::Sign(")"));
                for (number, part) in node.children_it(true).filter(NodeRef::is_element).enumerate() {
                    if number > 0 {
                        pieces.push(Piece::Sign(between));
                    }
                    pieces.push(Piece::Node(part));
                }
            }
            _ => {
                for part in node.children_it(true).filter(NodeRef::is_element) {
                    pieces.extend([Piece::Sign(" "), Piece::Node(part)]);
                }
            }
        }
    }
    let formula = formula.trim().to_owned();
    (!formula.is_empty()).then_some(formula)
}

/// Signs of relation stand between blanks, unless they belong to a number.
fn push_operator(formula: &mut String, sign: &str) {
    match sign {
        // Applied function, invisible times, separator and plus.
        "\u{2061}" | "\u{2062}" | "\u{2063}" | "\u{2064}" => {}
        "=" | "+" | "−" | "-" | "<" | ">" | "≤" | "≥" | "≈" | "≠" | "→" | "±" | "∈"
            if !formula.is_empty() && !formula.ends_with(['(', ' ', '[']) =>
        {
            formula.extend([" ", sign, " "]);
        }
        "," => formula.push_str(", "),
        _ => formula.push_str(sign),
    }
}

/// Letters and numbers side by side are a product, and no word: a blank stands between them.
fn push_factor(formula: &mut String, sign: &str) {
    if formula.ends_with(char::is_alphanumeric) && sign.starts_with(char::is_alphanumeric) {
        formula.push(' ');
    }
    formula.push_str(sign);
}

/// Writes a short base with a raised or lowered sign that Unicode has.
fn simple_script(node: &NodeRef<'_>, name: &str, formula: &mut String) -> Option<()> {
    let parts: Vec<_> = node.children_it(false).filter(NodeRef::is_element).take(3).collect();
    let [base, script] = parts.as_slice() else { return None };
    let script: String = short_text(script, MAX_SCRIPT)?.split_whitespace().collect();
    let signs = if name == "msup" { scripts::raised(&script) } else { scripts::lowered(&script) }?;
    push_factor(formula, short_text(base, MAX_SCRIPT)?.trim());
    formula.push_str(&signs);
    Some(())
}

/// The `TeX` a formula was set from.
fn source(math: &NodeRef<'_>) -> Option<String> {
    let annotation = math
        .descendants_it()
        .filter(|node| node.has_name("annotation"))
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

/// Whether a picture shows a formula. Extractors take the classes away; the frame of the source and the address stay.
pub(super) fn is_picture(picture: &NodeRef<'_>) -> bool {
    let is_class = |class: &String| {
        class.starts_with("mwe-math-fallback")
            || matches!(class.as_str(), "latex" | "tex" | "math-tex" | "ql-img-inline-formula")
    };
    picture.attr("src").is_some_and(|address| address.contains("/math/render/"))
        || picture.attr("alt").is_some_and(|source| source.starts_with("{\\displaystyle"))
        || classes(picture).iter().any(is_class)
}

/// What stands for a formula that only its source tells: the commands of `TeX` are nothing to be read.
const LEFT_OUT: &str = "[…]";

/// The formula a picture shows, if its source reads like one, else a sign that it is there; nothing if it also stands
/// beside it.
pub(super) fn of_picture(picture: &NodeRef<'_>) -> String {
    let holds_math = |node: NodeRef<'_>| node.children_it(false).any(|child| child.has_name("math"));
    let is_repeated = picture.prev_element_sibling().is_some_and(holds_math);
    if is_repeated {
        return String::new();
    }
    let source = picture.attr("alt").map(|source| plain(&source)).unwrap_or_default();
    let is_read = source.len() <= MAX_FORMULA && !source.contains(['\\', '{', '_', '^']);
    if is_read { source } else { LEFT_OUT.to_owned() }
}

/// Whether an element is hidden only because a picture shows the formula in it.
pub(super) fn is_formula_box(node: &NodeRef<'_>) -> bool {
    let is_math = |node: &NodeRef<'_>| node.has_name("math");
    node.children_it(false).filter(NodeRef::is_element).take(3).any(|child| is_math(&child))
}
