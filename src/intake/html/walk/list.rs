//! The markers of lists.

use dom_query::NodeRef;

/// The marker of an item without a number.
pub(super) const BULLET: &str = "•";

/// How the items of a list are numbered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbering {
    /// The number of the next item; none if items have no numbers.
    next: Option<i64>,
    step: i64,
    style: Style,
}

#[derive(Clone, Copy, Debug)]
enum Style {
    Number,
    Letter { is_upper: bool },
    Roman { is_upper: bool },
}

impl Numbering {
    /// That of a list (HTML Standard §4.4.5).
    pub(super) fn of(list: &NodeRef<'_>, name: &str) -> Self {
        let style = match list.attr("type").as_deref() {
            Some("a") => Style::Letter { is_upper: false },
            Some("A") => Style::Letter { is_upper: true },
            Some("i") => Style::Roman { is_upper: false },
            Some("I") => Style::Roman { is_upper: true },
            _ => Style::Number,
        };
        let is_reversed = list.has_attr("reversed");
        let items = || list.children_it(false).filter(|child| child.has_name("li")).count();
        let first = number(list, "start")
            .unwrap_or_else(|| if is_reversed { i64::try_from(items()).unwrap_or(i64::MAX) } else { 1 });
        Self { next: (name == "ol").then_some(first), step: if is_reversed { -1 } else { 1 }, style }
    }

    /// The marker of the next item.
    pub(super) fn marker(&mut self, item: &NodeRef<'_>) -> String {
        let Some(next) = self.next else { return BULLET.to_owned() };
        let here = number(item, "value").unwrap_or(next);
        self.next = Some(here.saturating_add(self.step));
        match self.style {
            Style::Letter { is_upper } => letters(here).map(|letters| cased(letters, is_upper)),
            Style::Roman { is_upper } => roman(here).map(|roman| cased(roman, is_upper)),
            Style::Number => None,
        }
        .map_or_else(|| format!("{here}."), |marker| format!("{marker}."))
    }
}

fn number(node: &NodeRef<'_>, attribute: &str) -> Option<i64> {
    // Beyond 32 bits browsers do not count either.
    node.attr(attribute)?.trim().parse::<i32>().ok().map(i64::from)
}

fn cased(marker: String, is_upper: bool) -> String {
    if is_upper { marker.to_ascii_uppercase() } else { marker }
}

/// a to z, then aa, ab …; nothing below 1.
fn letters(number: i64) -> Option<String> {
    let mut rest = u32::try_from(number).ok().filter(|number| *number > 0)?;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(char::from_u32(u32::from('a') + rest % 26)?);
        rest /= 26;
    }
    Some(letters.iter().rev().collect())
}

/// The Roman number in small letters; nothing outside of 1 to 3999, which have none.
fn roman(number: i64) -> Option<String> {
    const SIGNS: [(i64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut rest = Some(number).filter(|number| (1..4000).contains(number))?;
    let mut roman = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            roman.push_str(sign);
            rest -= value;
        }
    }
    Some(roman)
}
