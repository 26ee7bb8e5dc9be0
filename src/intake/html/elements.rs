//! The kinds of HTML elements, as the HTML Standard groups them (§13.1.2 and §13.2.4.2). Names are in lower case.

use std::borrow::Cow;

/// A name in lower case, without a copy if it is.
pub(in crate::intake) fn in_lower_case(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// Whether HTML has, or had (§16.2), an element of that name.
pub(in crate::intake) fn is_element(name: &str) -> bool {
    is_void(name)
        || is_formatting(name)
        || is_block(name)
        || matches!(
            name,
            "abbr"
                | "acronym"
                | "applet"
                | "audio"
                | "bdi"
                | "bdo"
                | "blink"
                | "button"
                | "canvas"
                | "cite"
                | "data"
                | "datalist"
                | "del"
                | "dfn"
                | "frameset"
                | "head"
                | "iframe"
                | "ins"
                | "kbd"
                | "label"
                | "map"
                | "mark"
                | "marquee"
                | "math"
                | "meter"
                | "noframes"
                | "noscript"
                | "object"
                | "output"
                | "picture"
                | "progress"
                | "q"
                | "rp"
                | "rt"
                | "ruby"
                | "samp"
                | "script"
                | "select"
                | "slot"
                | "span"
                | "style"
                | "sub"
                | "sup"
                | "svg"
                | "template"
                | "textarea"
                | "time"
                | "title"
                | "var"
                | "video"
        )
}

/// Elements that have no content and no end tag.
pub(in crate::intake) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "image"
            | "img"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements that a parser opens again behind a block when their end tag is missing.
pub(in crate::intake) fn is_formatting(name: &str) -> bool {
    matches!(
        name,
        "a" | "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike" | "strong" | "tt" | "u"
    )
}

/// Elements whose start tag ends an open paragraph.
pub(in crate::intake) fn ends_paragraph(name: &str) -> bool {
    is_heading(name)
        || matches!(
            name,
            "address"
                | "article"
                | "aside"
                | "blockquote"
                | "center"
                | "dd"
                | "details"
                | "dialog"
                | "dir"
                | "div"
                | "dl"
                | "dt"
                | "fieldset"
                | "figcaption"
                | "figure"
                | "footer"
                | "form"
                | "header"
                | "hgroup"
                | "hr"
                | "li"
                | "listing"
                | "main"
                | "menu"
                | "nav"
                | "ol"
                | "p"
                | "plaintext"
                | "pre"
                | "search"
                | "section"
                | "summary"
                | "table"
                | "ul"
                | "xmp"
        )
}

/// Elements whose content stands on lines of its own.
pub(in crate::intake) fn is_block(name: &str) -> bool {
    ends_paragraph(name) || is_table_part(name) || matches!(name, "body" | "html" | "legend" | "optgroup" | "option")
}

/// The parts a table is made of.
pub(in crate::intake) fn is_table_part(name: &str) -> bool {
    matches!(name, "caption" | "colgroup" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr")
}

/// `h1` to `h6`.
pub(in crate::intake) fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Elements that the end tag of an element around them does not silently close.
pub(in crate::intake) fn is_special(name: &str) -> bool {
    ends_paragraph(name)
        || is_table_part(name)
        || matches!(
            name,
            "applet" | "button" | "iframe" | "marquee" | "noscript" | "object" | "select" | "template" | "textarea"
        )
}

/// Elements that nothing inside reaches beyond: what was opened outside cannot be closed from within.
pub(in crate::intake) fn is_boundary(name: &str) -> bool {
    matches!(name, "applet" | "caption" | "marquee" | "object" | "table" | "td" | "template" | "th")
}
