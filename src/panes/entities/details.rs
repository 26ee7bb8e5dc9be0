//! What is said of one entity: beside its name, and below it while the cursor is on it.

use ratatui::layout::Rect;

use crate::article::TextRange;
use crate::entity::{Entity, Kind, Mention, Quote, Rule};
use crate::panes::reader::{Open, Reader};
use crate::text::width::width;
use crate::ui::pen;

use super::dates::readable;

/// Columns of the where-in-the-text strip.
pub(super) const STRIP: u16 = 8;

/// The first column of a name, and of what is said below it.
pub(super) const NAME: u16 = 3;
pub(super) const BELOW: u16 = 5;

/// The fewest columns in which the beginning of a title says something.
const SHORTEST: usize = 8;

/// Rows of a quotation: while the cursor is elsewhere, and while it is on it.
const QUOTE_ROWS: (usize, usize) = (1, 6);

/// A narrow pane gives up the strip before it cuts the name.
pub(super) fn strip_width(area: Rect) -> u16 {
    if area.width >= 34 { STRIP } else { 0 }
}

/// How many times a person is quoted.
pub(super) fn quotes(entity: &Entity) -> Option<String> {
    (!entity.quotes.is_empty()).then(|| format!("❝{}", entity.quotes.len()))
}

/// Columns for a name and what stands beside it; strip, count and quotes have the rest.
fn name_width(entity: &Entity, area: Rect) -> usize {
    let quotes = quotes(entity).map_or(0, |quotes| width(&quotes) as u16 + 1);
    usize::from(area.width.saturating_sub(strip_width(area) + 6 + NAME + quotes))
}

/// How an entity is called in its row: a star if it is followed.
pub(super) fn label(entity: &Entity) -> String {
    if entity.followed { format!("{} ★", entity.name) } else { entity.name.clone() }
}

/// What may stand beside a name: the title of a person, what a date or an amount comes to.
fn remark(entity: &Entity) -> Option<String> {
    let value = || {
        entity.value.as_deref().map(|value| if entity.kind == Kind::Date { readable(value) } else { value.to_owned() })
    };
    entity.titles.first().cloned().or_else(value).filter(|remark| *remark != entity.name)
}

/// The name as there is room for it, and what stands beside it if there is more.
pub(super) fn row(entity: &Entity, area: Rect) -> (String, Option<String>) {
    let room = name_width(entity, area);
    let name = crate::text::width::truncate(&label(entity), room).into_owned();
    let left = room.saturating_sub(width(&name) + 2);
    let remark = remark(entity).filter(|remark| width(remark) <= left || left >= SHORTEST);
    (name, remark.map(|remark| crate::text::width::truncate(&remark, left).into_owned()))
}

/// What the row under the cursor says below the name: whatever of it there was no room for, all titles, the other names,
/// and why a mention is among its mentions if that is asked for.
pub(super) fn below(entity: &Entity, reader: &Reader, asks_why: bool, area: Rect) -> Vec<String> {
    let (name, beside) = row(entity, area);
    let whole = (name != label(entity)).then(|| entity.name.clone());
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
        _ if mention.confidence >= 100 => format!("“{words}”: {joined}; surely {}", entity.kind),
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
