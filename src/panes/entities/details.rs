//! What is said of one entity: beside its name, and below it while the cursor is on it.

use ratatui::layout::Rect;

use crate::article::TextRange;
use crate::entity::{Entity, Mention, Quote, Rule};
use crate::panes::reader::{Open, Reader};
use crate::text::width::{truncate, width};
use crate::ui::pen;

/// Columns of the where-in-the-text strip.
pub(super) const STRIP: u16 = 8;

/// The first column of a name, and of what is said below it.
pub(super) const NAME: u16 = 3;
pub(super) const BELOW: u16 = 5;

/// Columns of the count of mentions.
pub(super) const COUNT: u16 = 6;

/// The fewest columns in which the beginning of a title says something.
const SHORTEST: usize = 8;

/// Rows of a quotation: while the cursor is elsewhere, and while it is on it.
const QUOTE_ROWS: (usize, usize) = (1, 6);

/// How many times a person is quoted.
fn quotes(entity: &Entity) -> Option<String> {
    (!entity.quotes.is_empty()).then(|| format!("❝{}", entity.quotes.len()))
}

/// What marks an entity that is followed.
const STAR: &str = " ★";

/// How an entity is called in its row of so many columns.
fn label(entity: &Entity, columns: usize) -> String {
    if entity.followed {
        truncate(&entity.name, columns.saturating_sub(width(STAR))).into_owned() + STAR
    } else {
        truncate(&entity.name, columns).into_owned()
    }
}

/// What may stand beside a name: the title of a person, what a date or an amount comes to.
fn remark(entity: &Entity) -> Option<String> {
    entity.titles.first().cloned().filter(|title| *title != entity.name).or_else(|| entity.meaning())
}

/// One row, as there is room for it.
pub(super) struct Parts {
    /// The name.
    pub(super) name: String,
    /// What stands beside it.
    pub(super) beside: Option<String>,
    /// How many times it is quoted.
    pub(super) quotes: Option<String>,
    /// Columns of the strip, or the bar.
    pub(super) strip: u16,
}

/// Puts together what the row of an entity shows. A narrow pane gives up the strip before it cuts a name; so does what is
/// named seldom, where there is something to be said beside the name: a title says more than where two mentions are.
pub(super) fn parts(entity: &Entity, is_about: bool, area: Rect) -> Parts {
    let (quotes, remark) = (quotes(entity), remark(entity));
    let wanted = width(&label(entity, usize::MAX)) + remark.as_ref().map_or(0, |remark| width(remark) + 2);
    let columns = quotes.as_ref().map_or(0, |quotes| width(quotes) as u16 + 1) + NAME + COUNT;
    let room = |strip: u16| usize::from(area.width.saturating_sub(columns + strip));
    let seldom = if entity.titles.is_empty() { 1 } else { 3 };
    let gives_way = !is_about && entity.mentions.len() <= seldom && wanted > room(STRIP);
    let strip = if area.width < 34 || gives_way { 0 } else { STRIP };
    let name = label(entity, room(strip));
    let left = room(strip).saturating_sub(width(&name) + 2);
    let beside = remark.filter(|remark| width(remark) <= left || left >= SHORTEST);
    let beside = beside.map(|remark| truncate(&remark, left).into_owned());
    Parts { name, beside, quotes, strip }
}

/// What the row under the cursor says below the name: whatever of it there was no room for, all titles, the other names,
/// and why a mention is among its mentions if that is asked for.
pub(super) fn below(entity: &Entity, reader: &Reader, asks_why: bool, is_about: bool, area: Rect) -> Vec<String> {
    let Parts { name, beside, .. } = parts(entity, is_about, area);
    let whole = (name != label(entity, usize::MAX)).then(|| entity.name.clone());
    let is_said = |remark: &String| beside.as_ref() == Some(remark);
    let remark = if entity.titles.len() > 1 { Some(entity.titles.join(", ")) } else { remark(entity) };
    let aliases = (!entity.aliases.is_empty()).then(|| format!("also {}", entity.aliases.join(", ")));
    let doubtful = entity.doubtful.then(|| "doubtful".to_owned());
    let why = reader.open().filter(|_| asks_why).and_then(|open| why(entity, open, reader.current()));
    let columns = area.width.saturating_sub(BELOW + 1);
    [whole, remark.filter(|remark| !is_said(remark)), aliases, doubtful, why]
        .into_iter()
        .flatten()
        .flat_map(|text| pen::wrap(&text, columns, 3))
        .collect()
}

/// Why a mention belongs to the entity, and how sure it is that it is a name of its kind: the mention the page is at, or
/// else the first.
fn why(entity: &Entity, open: &Open, current: Option<TextRange>) -> Option<String> {
    let is_current = |mention: &&Mention| Some(mention.range) == current;
    let mention = entity.mentions.iter().find(is_current).or_else(|| entity.mentions.first())?;
    let words = open.article.body.slice(mention.range);
    let joined = match mention.rule {
        Rule::Name => "the name itself".to_owned(),
        rule => format!("joined {rule}"),
    };
    Some(match mention.rule {
        Rule::Pattern => format!("“{words}”: {} {}", entity.kind, Rule::Pattern),
        _ if mention.confidence >= 100 => format!("“{words}”: {joined}; listed as {}", entity.kind),
        _ => format!("“{words}”: {joined}; tagged {}, 0.{:02}", entity.kind, mention.confidence),
    })
}

/// A quotation on its rows: what was said in quotation marks, what was told without, and whose it is if that is asked for.
pub(super) fn quote(quote: &Quote, open: &Open, under_cursor: bool, asks_why: bool, area: Rect) -> Vec<String> {
    let words = open.article.body.slice(quote.range);
    // Only the beginning is shown.
    let end = words.char_indices().nth(2_000).map_or(words.len(), |(at, _)| at);
    let words = words.get(..end).unwrap_or(words);
    let text = if quote.direct { format!("“{words}”") } else { words.to_owned() };
    let rows = if under_cursor { QUOTE_ROWS.1 } else { QUOTE_ROWS.0 };
    let columns = area.width.saturating_sub(BELOW + 1);
    let mut lines = pen::wrap(&text, columns, rows);
    if under_cursor && asks_why {
        lines.extend(pen::wrap(&format!("— {}", quote.rule.phrase()), columns, 2));
    }
    if lines.is_empty() {
        // Nothing but blanks is a row all the same.
        lines.push(String::new());
    }
    lines
}
