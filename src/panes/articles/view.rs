//! The rows of the list, drawn.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::article::{Date, Entry};
use crate::command::Command;
use crate::config::ArticleOrder;
use crate::panes::{AWAITED, Goal, Shared};
use crate::query::{Excerpt, ExcerptLine, Order};
use crate::text::plural::grouped;
use crate::text::reading_time::minutes;
use crate::text::width::{truncate, width};
use crate::ui::{Meaning, Theme, pen};

use super::Articles;
use super::drawer::{STANDING, Standing};
use super::labels::disambiguate;

/// Columns before the words of a row: mark of the open or selected article, mark of the read state, blank.
const MARGIN: u16 = 3;

/// What can be asked for, where nothing was found.
const HINT: &str = "Whole words are looked for in the text, title, writer, source and file name. stor* finds \
                    what begins so, “or” between words either, - before one leaves it out; is:unread, is:starred, #tag, title:, author:, source:, file:, \
                    before: and after: ask for more.";

impl Articles {
    /// The longest title that has room.
    pub(super) fn title_within(&self, columns: u16) -> String {
        let (total, shown) = (grouped(self.counts.total), grouped(self.window.total()));
        let order = match self.order {
            _ if self.order() == Order::Relevance => " · best first",
            ArticleOrder::Date => "",
            ArticleOrder::Name => " · by name",
        };
        let behind = match self.counts.unindexed {
            0 => None,
            waiting => Some(format!(" · still indexing {}", grouped(waiting))),
        };
        let new = match self.window.later() {
            0 => None,
            later => Some(format!(" · {} new", grouped(later))),
        };
        // Why something is not found yet goes before everything else; who only reads is told what has come.
        let first = if self.goal() == Goal::Found { behind.or(new) } else { new.or(behind) };
        let caption = self.caption();
        let standing = self.standing().map(|standing| standing.name);
        let (name, found) = match standing {
            Some(name) => (name, format!(" of {total}")),
            None if caption.is_empty() => ("Articles", String::new()),
            None => ("Articles", format!(" of {total} · {caption}")),
        };
        let fetching = self.fetching_within();
        let mut all = Vec::new();
        if let Some(first) = first {
            all.extend([
                format!("{name} {shown}{found}{order}{first}{fetching}"),
                format!("{name} {shown}{found}{order}{first}"),
                format!("{name} {shown}{found}{first}"),
                match standing {
                    Some(name) => format!("{name} {shown}{first}"),
                    None => format!("{shown}{found}{first}"),
                },
                format!("{shown}{first}"),
            ]);
            if standing.is_none() && !caption.is_empty() {
                all.insert(4, format!("{shown} · {caption}{first}"));
            }
        }
        all.extend(if found.is_empty() {
            let unread = match self.counts.unread {
                0 => String::new(),
                unread => format!(" · {} unread", grouped(unread)),
            };
            vec![
                format!("Articles {shown}{unread}{order}{fetching}"),
                format!("Articles {shown}{unread}{order}"),
                format!("{shown}{unread}{order}"),
                // What the list is sorted by explains what is seen.
                if order.is_empty() { format!("{shown}{unread}") } else { format!("Articles {shown}{order}") },
                format!("Articles {shown}"),
            ]
        } else {
            vec![
                format!("{name} {shown}{found}{order}{fetching}"),
                format!("{name} {shown}{found}{order}"),
                format!("{name} {shown}{found}"),
                match standing {
                    Some(name) => format!("{name} {shown}"),
                    None => format!("{shown}{found}"),
                },
                format!("{shown} · {caption}"),
            ]
        });
        longest(&all, columns)
    }

    /// The list, if it is one of those that are always in the drawer, and not the whole.
    fn standing(&self) -> Option<&'static Standing> {
        let is_narrowed = self.listed.is_none() && !self.filter.is_empty();
        STANDING.iter().find(|standing| is_narrowed && standing.query == self.filter)
    }

    /// The longest title of the drawer that has room.
    pub(super) fn drawer_title(&self, columns: u16) -> String {
        let fetching = self.fetching_within();
        let words = match self.drawer.narrowed_to() {
            "" => String::new(),
            words => format!(" · {words}"),
        };
        let titles = [
            format!("Sources and searches{words}{fetching}"),
            format!("Sources{words}{fetching}"),
            format!("Sources{words}"),
            "Sources".to_owned(),
        ];
        longest(&titles, columns)
    }

    /// How far fetching is, in a title.
    fn fetching_within(&self) -> String {
        self.fetching.map_or_else(String::new, |fetching| {
            format!(" · fetching {}/{}", grouped(fetching.done), grouped(fetching.total))
        })
    }

    pub(super) fn draw(&self, shared: &Shared, focused: bool, area: Rect, buf: &mut Buffer) {
        if self.window.total() == 0 {
            return self.draw_nothing(shared, area, buf);
        }
        let theme = shared.theme;
        let list = self.window.list();
        let in_view: Vec<&Entry> = self.window.in_view().collect();
        let labels = disambiguate(&in_view);
        let mut y = 0;
        for ((at, entry), label) in (list.top..).zip(in_view).zip(labels) {
            if y >= area.height {
                break;
            }
            let top = y;
            let title = if entry.is_read() { Meaning::Muted } else { Meaning::Unread };
            for line in pen::wrap(&entry.title, title_width(area), 2) {
                pen::put(buf, area, (MARGIN, y), &line, theme.style(title));
                y += 1;
            }
            let star = if entry.is_starred() { "★ " } else { "" };
            let kept = match shared.shelf.count_of(&entry.id) {
                0 => String::new(),
                kept => format!("▌{kept}"),
            };
            let marks = width(star) as u16 + width(&kept) as u16 + 1;
            let columns = title_width(area).saturating_sub(marks);
            let facts = details(entry, label.as_deref(), shared.moment.today, columns);
            let x = pen::put(buf, area, (MARGIN, y), &facts, theme.style(Meaning::Muted));
            let x = pen::put(buf, area, (x + 1, y), star, theme.style(Meaning::Star));
            pen::put(buf, area, (x, y), &kept, theme.style(Meaning::Key));
            y += 1;
            let excerpt = self.excerpts.of(entry.row).map(|excerpt| excerpt_lines(excerpt, area)).unwrap_or_default();
            let below_facts = y;
            for line in &excerpt {
                pen::put(buf, area, (MARGIN, y), &line.text, theme.style(Meaning::Quote));
                y += 1;
            }
            let is_open = self.current == Some(entry.row);
            if self.selected.contains_key(&entry.row) {
                pen::put(buf, area, (0, top), "✓", theme.style(Meaning::Key));
            } else if is_open {
                pen::put(buf, area, (0, top), "▸", theme.style(Meaning::Focus));
            }
            pen::put(buf, area, (1, top), progress_mark(entry), theme.style(Meaning::Key));
            if at == list.cursor {
                let cursor = if focused { Meaning::Cursor } else { Meaning::CursorIdle };
                // Without the focus only the open article is worth a bar; two bars would ask which one counts.
                if focused || is_open {
                    pen::fill(buf, area, top..y, theme.style(cursor));
                }
            }
            light_hits(&excerpt, theme, below_facts, area, buf);
            y += air(area);
        }
    }

    fn draw_nothing(&self, shared: &Shared, area: Rect, buf: &mut Buffer) {
        let text = if shared.awaits_list || !self.is_known {
            AWAITED.to_owned()
        } else if self.listed.is_some() {
            format!("Nothing has come from “{}” yet.", self.caption())
        } else if self.filter.is_empty() {
            let key = shared.keymap.named(Command::AddSource);
            format!("Nothing here. {key} adds a feed, a page, a file or a folder.")
        } else if let Some(standing) = self.standing() {
            standing.if_empty.to_owned()
        } else {
            format!("No article fits “{}”. {HINT}", self.filter)
        };
        for (y, line) in (0..).zip(pen::wrap(&text, area.width.saturating_sub(2), usize::from(area.height))) {
            pen::put(buf, area, (1, y), &line, shared.theme.style(Meaning::Muted));
        }
    }
}

/// The longest of these that has room, or the shortest.
fn longest(titles: &[String], columns: u16) -> String {
    let fits = titles.iter().find(|title| width(title) <= usize::from(columns));
    fits.or(titles.last()).cloned().unwrap_or_default()
}

/// Rows on the screen that a row of the list takes. A tall window has air between the articles.
pub(super) fn row_height(entry: &Entry, excerpt: Option<&Excerpt>, area: Rect) -> u16 {
    let excerpt = excerpt.map_or(0, |excerpt| excerpt_lines(excerpt, area).len() as u16);
    pen::wrap(&entry.title, title_width(area), 2).len() as u16 + 1 + excerpt + air(area)
}

/// Rows from which on a window has two lines for a sentence that was found.
const TALL: u16 = 24;

fn excerpt_lines(excerpt: &Excerpt, area: Rect) -> Vec<ExcerptLine> {
    excerpt.lines(usize::from(title_width(area)), if area.height < TALL { 1 } else { 2 })
}

/// Lights what was searched for in a sentence that is drawn from row `y` on, over the bar of the cursor too.
fn light_hits(excerpt: &[ExcerptLine], theme: Theme, y: u16, area: Rect, buf: &mut Buffer) {
    for (y, line) in (y..).zip(excerpt) {
        for hit in &line.hits {
            let before = width(line.text.get(..hit.start).unwrap_or_default()) as u16;
            let words = line.text.get(hit.start..hit.end).unwrap_or_default();
            pen::put(buf, area, (MARGIN + before, y), words, theme.style(Meaning::Hit));
        }
    }
}

fn air(area: Rect) -> u16 {
    u16::from(area.height >= 30)
}

fn title_width(area: Rect) -> u16 {
    area.width.saturating_sub(MARGIN + 1)
}

fn progress_mark(entry: &Entry) -> &'static str {
    match entry {
        entry if entry.is_read() => " ",
        entry if entry.progress > 2 => "◐",
        _ => "●",
    }
}

/// Columns in which a source can be told.
const SOURCE: usize = 8;

/// Source (or what tells it apart from another of its title), date, length, whether its feed has sent other words since it was
/// opened, tags, and how many feeds have it: what helps to choose.
fn details(entry: &Entry, label: Option<&str>, today: Date, columns: u16) -> String {
    let date = entry.published.map(|published| published.day).map(|date| {
        let format = if date.year() == today.year() { "%-d %b" } else { "%-d %b %Y" };
        date.strftime(format).to_string()
    });
    let length = (entry.words > 0).then(|| format!("{} min", minutes(entry.words)));
    let mut facts = [date.clone(), length].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    // Date and length are short and tell most; tags are what the reader said of it; the source has what is left.
    let room = |facts: &str| usize::from(columns).saturating_sub(width(facts) + 3);
    let tags = entry.tags.iter().map(|tag| format!("#{tag}")).collect::<Vec<_>>().join(" ");
    if entry.changed.is_some() {
        // Where there is no room for both, that is worth more than the length.
        let shorter = date.as_deref().unwrap_or_default();
        let before = if width("changed") > room(&facts) { shorter } else { &facts };
        facts = if before.is_empty() { "changed".to_owned() } else { format!("{before} · changed") };
    }
    if !tags.is_empty() && room(&facts) >= 4 {
        facts = format!("{facts} · {}", truncate(&tags, room(&facts)));
    }
    let feeds = entry.feeds.len();
    let also = format!("in {feeds} feeds");
    // Where the source would go for it, it says more.
    if feeds > 1 && room(&facts) >= SOURCE + 3 + width(&also) {
        facts = format!("{facts} · {also}");
    }
    let room = room(&facts);
    match label.or(entry.source.as_deref()) {
        Some(source) if room >= SOURCE => format!("{} · {facts}", truncate(source, room)),
        _ => facts,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Counts;

    #[test]
    fn a_row_says_that_words_are_others_and_how_many_feeds_have_it_where_there_is_room() {
        let article = crate::article::Article {
            id: crate::article::SourceId::of_web("https://example.org/a"),
            title: "Rain".into(),
            byline: None,
            published: None,
            source: Some("The Gazette".into()),
            url: None,
            language: None,
            body: crate::article::Text::new(String::new(), vec![], vec![]),
        };
        let at = jiff::Timestamp::UNIX_EPOCH;
        let mut entry = Entry::of(&article, 900, at);
        entry.feeds = vec!["The Gazette".into(), "The Courier".into()];
        let told = |entry: &Entry, columns| details(entry, None, Date::constant(2026, 11, 28), columns);
        let length = format!("{} min", minutes(900));
        assert_eq!(told(&entry, 60), format!("The Gazette · {length} · in 2 feeds"));
        assert_eq!(told(&entry, 24), format!("The Gazette · {length}"));
        (entry.changed, entry.tags) = (Some(at), vec!["rain".into()]);
        assert_eq!(told(&entry, 60), format!("The Gazette · {length} · changed · #rain · in 2 feeds"));
        assert_eq!(told(&entry, 16), format!("{length} · changed"));
    }

    #[test]
    fn what_waits_to_be_indexed_is_told_in_whatever_room_there_is() {
        let mut articles = Articles { filter: "oil".into(), ..Articles::default() };
        articles.counts = Counts { total: 41_000, unread: 5, starred: 0, unindexed: 1200 };
        let wide = "Articles 0 of 41,000 · oil · still indexing 1,200";
        for (columns, title) in [
            (60, wide),
            (width(wide) as u16 - 1, "0 of 41,000 · oil · still indexing 1,200"),
            (30, "0 · oil · still indexing 1,200"),
            (29, "0 · still indexing 1,200"),
            (8, "0 · oil"),
        ] {
            assert_eq!(articles.title_within(columns), title);
        }
        articles.filter.clear();
        assert_eq!(articles.title_within(40), "Articles 0 · still indexing 1,200");
        articles.counts.unindexed = 0;
        assert_eq!(articles.title_within(40), "Articles 0 · 5 unread");
    }

    #[test]
    fn an_article_that_changed_or_is_in_several_feeds_says_so_where_there_is_room() {
        let today = Date::constant(2026, 11, 28);
        let mut entry = crate::testing::entry(1, "Rain");
        entry.words = 200;
        entry.changed = Some(jiff::Timestamp::UNIX_EPOCH);
        entry.feeds = vec!["One".into(), "Two".into(), "Three".into()];
        let told = details(&entry, None, today, 60);
        assert!(told.contains(" min · changed · in 3 feeds"), "{told}");
        let told = details(&entry, None, today, 27);
        assert!(told.contains("changed") && !told.contains("feeds"), "{told}");
        assert!(width(&told) <= 27, "{told}");
        assert_eq!(details(&entry, None, today, 12), "changed");
        entry.changed = None;
        entry.feeds.truncate(1);
        assert!(!details(&entry, None, today, 60).contains("feeds"));
    }
}
