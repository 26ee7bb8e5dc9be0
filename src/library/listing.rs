//! The list as a query and an order make it: walking it from any place, counting it, and the window on it.

use std::collections::HashMap;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::conditions::{Conditions, SMALL};
use super::{from_sql, lookup, rows};
use crate::article::RowId;
use crate::query::{Around, ArticleQuery, Order, Window};

/// What a row is sorted by, before its number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Time(i64),
    Title(String),
    /// Lower is better, then newer.
    Relevance {
        score: i64,
        newness: i64,
    },
}

/// Where a row stands in an order, whether or not it is in the list.
type Place = (Key, i64);

/// A way through the list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Down,
    Up,
}

/// A list, made ready to be walked.
#[derive(Debug)]
pub(super) struct Listing {
    order: Order,
    /// All rows in their order, if there are few or no index has it.
    held: Option<Vec<Place>>,
    conditions: Conditions,
    /// How well rows fit the words of the query, if that is the order.
    scores: HashMap<i64, i64>,
    total: Option<usize>,
}

impl Listing {
    pub(super) fn new(connection: &Connection, query: &ArticleQuery, order: Order) -> rusqlite::Result<Self> {
        let conditions = Conditions::new(connection, query)?;
        let mut listing = Self { order, held: None, conditions, scores: HashMap::new(), total: None };
        if order == Order::Relevance {
            match &listing.conditions.ranking {
                // A millionth of a score is nothing anybody could see.
                Some(words) => {
                    let scores = lookup::scores(connection, words)?.into_iter();
                    listing.scores = scores.map(|(id, score)| (id, (score * 1e6) as i64)).collect();
                }
                None => listing.order = Order::Newest,
            }
        }
        match &listing.conditions.wanted {
            Some(wanted) if wanted.len() <= SMALL => {
                let held = listing.fetch(connection, wanted.iter().filter(|&id| listing.conditions.admits(id)))?;
                listing.held = Some(held);
            }
            _ if listing.order == Order::Relevance => listing.held = Some(listing.fetch_all(connection)?),
            _ => {}
        }
        Ok(listing)
    }

    /// The places of these rows as far as they are in the list, in its order.
    fn fetch(&self, connection: &Connection, ids: impl Iterator<Item = i64>) -> rusqlite::Result<Vec<Place>> {
        let (column, sql) = (self.column(), &self.conditions.sql);
        let mut query = connection
            .prepare_cached(&format!("SELECT {column} FROM articles WHERE removed IS NULL{sql} AND id = ?"))?;
        let mut places = Vec::new();
        for id in ids {
            let values = self.conditions.values.iter().cloned().chain([Value::Integer(id)]);
            let key = query.query_row(params_from_iter(values), |row| self.key(row, id)).optional()?;
            places.extend(key.map(|key| (key, id)));
        }
        Ok(self.sorted(places))
    }

    /// The places of all rows of the list, in its order.
    fn fetch_all(&self, connection: &Connection) -> rusqlite::Result<Vec<Place>> {
        let (sql, values) = self.clause(Direction::Down, None, false);
        let mut query = connection.prepare_cached(&format!("SELECT {}, id {sql}", self.column()))?;
        let mut rows = query.query(params_from_iter(values))?;
        let mut places = Vec::new();
        while let Some(row) = rows.next()? {
            let id = row.get(1)?;
            if self.conditions.admits(id) {
                places.push((self.key(row, id)?, id));
            }
        }
        Ok(self.sorted(places))
    }

    fn sorted(&self, mut places: Vec<Place>) -> Vec<Place> {
        places.sort_unstable();
        if self.order == Order::Newest {
            places.reverse();
        }
        places
    }

    fn column(&self) -> &'static str {
        match self.order {
            Order::Newest | Order::Oldest | Order::Relevance => "listed_at",
            Order::Name => "sort_title",
        }
    }

    /// What the row `id` is sorted by, of which `row` has [`column`](Self::column).
    fn key(&self, row: &rusqlite::Row<'_>, id: i64) -> rusqlite::Result<Key> {
        Ok(match self.order {
            Order::Relevance => Key::Relevance {
                score: self.scores.get(&id).copied().unwrap_or_default(),
                newness: -row.get::<_, i64>(0)?,
            },
            Order::Newest | Order::Oldest => Key::Time(row.get(0)?),
            Order::Name => Key::Title(row.get(0)?),
        })
    }

    fn place(&self, connection: &Connection, row: RowId) -> rusqlite::Result<Option<Place>> {
        let mut query = connection.prepare_cached(&format!("SELECT {} FROM articles WHERE id = ?1", self.column()))?;
        Ok(query.query_row([row.0], |found| self.key(found, row.0)).optional()?.map(|key| (key, row.0)))
    }

    /// The index that has the rows in this order, with as many of the conditions as one knows.
    fn index(&self) -> &'static str {
        match self.order {
            Order::Newest | Order::Oldest | Order::Relevance => self.conditions.index.unwrap_or("articles_listed"),
            Order::Name => "articles_named",
        }
    }

    /// Whether numbers grow in this direction.
    fn grows(&self, direction: Direction) -> bool {
        (self.order == Order::Newest) == (direction == Direction::Up)
    }

    /// What all questions about a long list have in common, from `from` on in this direction.
    fn clause(&self, direction: Direction, from: Option<&Place>, inclusive: bool) -> (String, Vec<Value>) {
        let mut values = self.conditions.values.clone();
        let bound = from.map(|(key, id)| {
            values.push(match key {
                Key::Time(time) => Value::Integer(*time),
                Key::Title(title) => Value::Text(title.clone()),
                Key::Relevance { newness, .. } => Value::Integer(-newness),
            });
            values.push(Value::Integer(*id));
            let comparison = if self.grows(direction) { ">" } else { "<" };
            format!(" AND ({}, id) {comparison}{} (?, ?)", self.column(), if inclusive { "=" } else { "" })
        });
        let sql = format!(
            "FROM articles INDEXED BY {} WHERE removed IS NULL{}{}",
            self.index(),
            self.conditions.sql,
            bound.unwrap_or_default(),
        );
        (sql, values)
    }

    /// Calls `visit` with the rows of the list from `from` on, until it says no.
    fn visit(
        &self,
        connection: &Connection,
        direction: Direction,
        from: Option<(&Place, bool)>,
        mut visit: impl FnMut(i64) -> bool,
    ) -> rusqlite::Result<()> {
        if let Some(held) = &self.held {
            self.visit_held(held, direction, from, visit);
            return Ok(());
        }
        let (sql, values) = self.clause(direction, from.map(|(place, _)| place), from.is_some_and(|(_, own)| own));
        let (column, way) = (self.column(), if self.grows(direction) { "ASC" } else { "DESC" });
        let mut query = connection.prepare_cached(&format!("SELECT id {sql} ORDER BY {column} {way}, id {way}"))?;
        let mut rows = query.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            let id = row.get(0)?;
            if self.conditions.admits(id) && !visit(id) {
                break;
            }
        }
        Ok(())
    }

    fn visit_held(
        &self,
        held: &[Place],
        direction: Direction,
        from: Option<(&Place, bool)>,
        mut visit: impl FnMut(i64) -> bool,
    ) {
        let split = |including: bool| {
            from.map(|(place, own)| {
                held.partition_point(|other| self.is_before(other, place) || other == place && own == including)
            })
        };
        let ids = |places: &[Place]| places.iter().map(|(_, id)| *id).collect::<Vec<_>>();
        let ids = match direction {
            // The place itself belongs to the part below it if it is wanted.
            Direction::Down => ids(held.get(split(false).unwrap_or(0)..).unwrap_or_default()),
            Direction::Up => {
                let mut above = ids(held.get(..split(true).unwrap_or(held.len())).unwrap_or_default());
                above.reverse();
                above
            }
        };
        let _all = ids.into_iter().all(&mut visit);
    }

    fn is_before(&self, one: &Place, other: &Place) -> bool {
        if self.order == Order::Newest { one > other } else { one < other }
    }

    /// At most `limit` rows from `from` on, in the order they are met.
    fn walk(
        &self,
        connection: &Connection,
        direction: Direction,
        from: Option<(&Place, bool)>,
        limit: usize,
    ) -> rusqlite::Result<Vec<RowId>> {
        let mut met = Vec::new();
        if limit > 0 {
            self.visit(connection, direction, from, |id| {
                met.push(RowId(id));
                met.len() < limit
            })?;
        }
        Ok(met)
    }

    /// How many rows of the list stand above `place`.
    fn rank(&self, connection: &Connection, place: &Place) -> rusqlite::Result<usize> {
        if self.held.is_none() && self.conditions.is_plain() {
            return self.count(connection, Some(place));
        }
        let mut above = 0;
        self.visit(connection, Direction::Up, Some((place, false)), |_| {
            above += 1;
            true
        })?;
        Ok(above)
    }

    /// How many rows fulfil the conditions in SQL, above a place or in all.
    fn count(&self, connection: &Connection, above: Option<&Place>) -> rusqlite::Result<usize> {
        let (sql, values) = self.clause(Direction::Up, above, false);
        connection
            .prepare_cached(&format!("SELECT count(*) {sql}"))?
            .query_row(params_from_iter(values), |row| row.get(0))
            .map(from_sql)
    }

    /// How many rows the list has; counted once.
    pub(super) fn total(&mut self, connection: &Connection) -> rusqlite::Result<usize> {
        if let Some(total) = self.total {
            return Ok(total);
        }
        let Conditions { sql, wanted, unwanted, .. } = &self.conditions;
        let total = match (&self.held, wanted) {
            (Some(held), _) => held.len(),
            // No set has a row that is not listed, so where sets alone decide they can be counted.
            (None, Some(wanted)) if sql.is_empty() => wanted.iter().filter(|&id| !unwanted.contains(id)).count(),
            (None, None) if sql.is_empty() => self.count(connection, None)?.saturating_sub(unwanted.len()),
            _ if self.conditions.is_plain() => self.count(connection, None)?,
            _ => {
                let mut total = 0;
                self.visit(connection, Direction::Down, None, |_| {
                    total += 1;
                    true
                })?;
                total
            }
        };
        self.total = Some(total);
        Ok(total)
    }

    /// The rows `around` a place, with their number in the list.
    pub(super) fn window(&mut self, connection: &Connection, around: Around, limit: usize) -> rusqlite::Result<Window> {
        let total = self.total(connection)?;
        let place = match around {
            Around::Row(row) | Around::After(row) | Around::Before(row) => self.place(connection, row)?,
            Around::Top | Around::End => None,
        };
        let mut ids = match (around, &place) {
            (Around::End, _) => self.walk(connection, Direction::Up, None, limit)?,
            (Around::Before(_), Some(place)) => self.walk(connection, Direction::Up, Some((place, false)), limit)?,
            (Around::After(_), Some(place)) => self.walk(connection, Direction::Down, Some((place, false)), limit)?,
            (Around::Row(_), Some(place)) => self.around(connection, place, limit)?,
            _ => self.walk(connection, Direction::Down, None, limit)?,
        };
        if matches!(around, Around::End) || matches!((around, &place), (Around::Before(_), Some(_))) {
            ids.reverse();
        }
        let before = match (around, ids.first(), &place) {
            (Around::End, ..) => total - ids.len().min(total),
            (_, Some(&first), Some(_)) => match self.place(connection, first)? {
                Some(first) => self.rank(connection, &first)?,
                None => 0,
            },
            // There is nothing above the first row, and everything above what follows the last.
            (Around::After(_), None, Some(_)) => total,
            _ => 0,
        };
        Ok(Window { entries: rows::entries(connection, &ids)?, before, total, ..Window::default() })
    }

    /// The rows on either side of `place`; what one side lacks the other makes up for.
    fn around(&self, connection: &Connection, place: &Place, limit: usize) -> rusqlite::Result<Vec<RowId>> {
        let above = self.walk(connection, Direction::Up, Some((place, false)), limit)?;
        let below = self.walk(connection, Direction::Down, Some((place, true)), limit)?;
        let above_taken = above.len().min((limit / 2).max(limit.saturating_sub(below.len())));
        let above = above.iter().take(above_taken).rev();
        Ok(above.chain(below.iter().take(limit - above_taken)).copied().collect())
    }

    /// The row next to `from`, which need not be in the list itself; none at its end. Without `from` (or if nobody
    /// knows it) the first one in this direction.
    pub(super) fn next(
        &self,
        connection: &Connection,
        from: Option<RowId>,
        forward: bool,
    ) -> rusqlite::Result<Option<RowId>> {
        let place = from.map(|from| self.place(connection, from)).transpose()?.flatten();
        let direction = if forward { Direction::Down } else { Direction::Up };
        let met = self.walk(connection, direction, place.as_ref().map(|place| (place, false)), 1)?;
        Ok(met.first().copied())
    }

    /// The rows from the top of the list through `last`, which need not be in the list itself; all of them without it.
    pub(super) fn through(&self, connection: &Connection, last: Option<RowId>) -> rusqlite::Result<Vec<RowId>> {
        let Some(last) = last else { return self.all(connection) };
        let Some(place) = self.place(connection, last)? else { return Ok(Vec::new()) };
        let mut rows = self.walk(connection, Direction::Up, Some((&place, true)), usize::MAX)?;
        rows.reverse();
        Ok(rows)
    }

    /// All rows of the list, in its order.
    pub(super) fn all(&self, connection: &Connection) -> rusqlite::Result<Vec<RowId>> {
        self.walk(connection, Direction::Down, None, usize::MAX)
    }
}
