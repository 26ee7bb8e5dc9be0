//! Measures a key press, from state change to drawn screen, with a long article and a full list.
//!
//! A frame has to come within about 8 milliseconds, or a held key falls behind; most of that belongs to the terminal.

use std::hint::black_box;
use std::sync::Arc;

use dateline::internals::app::{Msg, Setup, State, draw, update};
use dateline::internals::article::{Article, Entry, RowId, SourceId, TextRange};
use dateline::internals::bookmark::{Bookmark, BookmarkId, Color, DeviceId, History, NewBookmark, Shelf};
use dateline::internals::command::event::TermEvent;
use dateline::internals::command::key::parse_keys;
use dateline::internals::command::{
    Answer, BookmarkAnswer, Effect, Keymap, ListAnswer, ListJob, Listed, Loaded, PageAnswer, PageJob, SourceAnswer,
    SourceJob, StoredBookmarks,
};
use dateline::internals::config::{Background, ColorDepth, RememberedChoices, Settings};
use dateline::internals::entity::{Context, analyse};
use dateline::internals::intake::{self, Hints};
use dateline::internals::panes::reader::Open;
use dateline::internals::panes::{Moment, PaneId};
use dateline::internals::query::{Around, Window};
use dateline::internals::runtime::edition;
use dateline::internals::text::layout::PageStyle;
use dateline::internals::ui::Theme;
use divan::Bencher;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

const SCREEN: Size = Size { width: 250, height: 80 };

fn main() {
    divan::main();
}

/// The moment of message number `number`; each has a new id, or all bookmarks would be one.
fn moment(number: u64) -> Moment {
    let now = "2026-11-24T09:00:00Z".parse().unwrap_or_default();
    let id = BookmarkId::from(uuid::Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0000 + u128::from(number)));
    Moment { now, today: dateline::internals::article::Date::constant(2026, 11, 24), zone: jiff::tz::TimeZone::UTC, id }
}

/// The row of an article that was never opened.
fn entry(row: i64, article: &Article) -> Entry {
    Entry { row: RowId(row), ..Entry::of(article, 500, moment(0).now) }
}

/// The rows that the library answers with.
fn window(list: &[Entry], around: Around, rows: usize) -> Window {
    let last = list.len().saturating_sub(rows);
    let place = |row: RowId| list.iter().position(|entry| entry.row == row).unwrap_or(0);
    let before = match around {
        Around::Top => 0,
        Around::End => last,
        Around::Row(row) | Around::After(row) | Around::Before(row) => place(row).saturating_sub(rows / 2).min(last),
    };
    Window {
        entries: list.iter().skip(before).take(rows).cloned().collect(),
        before,
        total: list.len(),
        ..Window::default()
    }
}

/// The program without its terminal; effects that a worker would carry out are carried out at once.
struct Program {
    state: State,
    file: Article,
    list: Vec<Entry>,
    messages: u64,
}

impl Program {
    /// Opened on one text, among `others` in the list.
    fn reading(text: &str, others: usize) -> Self {
        let id = |name: &str| Some(SourceId::of_file(&format!("/news/{name}")));
        let hints = Hints { id: id("article.md"), name: Some("article.md".to_owned()), ..Hints::default() };
        let Ok(file) = intake::read(text.as_bytes(), &hints) else { unreachable!("the text is an article") };
        let first = entry(1, &file);
        let row = |number: usize| Entry {
            row: RowId(2 + i64::try_from(number).unwrap_or(0)),
            id: SourceId::of_file(&format!("/news/{number}.md")),
            title: format!("Article {number} of a long list, with a headline that takes two lines"),
            ..first.clone()
        };
        let list = std::iter::once(first.clone()).chain((0..others).map(row)).collect();
        Self::start(file, list, Shelf::default())
    }

    fn start(file: Article, list: Vec<Entry>, shelf: Shelf) -> Self {
        let setup = Setup {
            settings: Settings::default(),
            remembered: Some(RememberedChoices::default()),
            keymap: Keymap::default(),
            theme: Theme::new(ColorDepth::TrueColor, Background::Dark),
            size: SCREEN,
            moment: moment(0),
            notices: Vec::new(),
        };
        let first =
            list.first().map(|Entry { id, title, row, .. }| Listed { id: id.clone(), title: title.clone(), row: *row });
        let mut program = Self { state: State::new(setup), file, list, messages: 0 };
        let (device, history, notices) = (DeviceId::from_random(7), History::default(), Vec::new());
        let stored = StoredBookmarks { shelf, history, device, notices };
        program.send(Msg::Answer(Answer::Bookmarks(BookmarkAnswer::Loaded(Box::new(stored)))));
        program.state.await_named();
        program.send(Msg::Answer(Answer::List(ListAnswer::Start(Box::default()))));
        program.send(Msg::Answer(Answer::Sources(SourceAnswer::Named(first))));
        program
    }

    fn send(&mut self, msg: Msg) {
        self.messages += 1;
        for effect in update(&mut self.state, msg, moment(self.messages)) {
            match effect {
                Effect::Sources(SourceJob::Open { request, .. }) => {
                    let loaded = Loaded::new(self.file.clone());
                    let reply = request.reply(Ok(Box::new(loaded)));
                    self.send(Msg::Answer(Answer::Sources(SourceAnswer::Opened(reply))));
                }
                Effect::Page(PageJob::Analyse { request, article, guessed_date }) => {
                    let context = Context { published: article.published.map(|published| published.day), guessed_date };
                    let entities = analyse(&article.body, &context);
                    let reply = request.reply(entities);
                    self.send(Msg::Answer(Answer::Page(PageAnswer::Analysed(reply))));
                }
                Effect::List(ListJob::Window { request, around, rows, .. }) => {
                    let reply = request.reply(window(&self.list, around, rows));
                    self.send(Msg::Answer(Answer::List(ListAnswer::Window(reply))));
                }
                _ => {}
            }
        }
    }

    fn keys(&mut self, keys: &str) {
        for key in parse_keys(keys).unwrap_or_default() {
            self.send(Msg::Event(TermEvent::Key(key)));
        }
    }

    fn draw(&self, buffer: &mut Buffer) {
        buffer.reset();
        black_box(draw(&self.state, buffer.area, buffer));
    }
}

/// The edition's articles in one, over and over: real words, with names, links, quotes and lists.
fn long_text(bytes: usize) -> String {
    let bodies: Vec<String> =
        edition::slugs().filter_map(edition::article).map(|article| article.body.as_str().to_owned()).collect();
    let mut text = String::new();
    for body in bodies.iter().cycle() {
        text.push_str(body);
        text.push_str("\n\n");
        if text.len() >= bytes {
            break;
        }
    }
    text
}

fn screen() -> Buffer {
    Buffer::empty(Rect::new(0, 0, SCREEN.width, SCREEN.height))
}

/// Two megabytes on one line, the last sentence selected.
fn selecting_in_a_long_line() -> Program {
    let mut program = Program::reading(&long_text(2_000_000).replace('\n', " "), 0);
    program.state.set_focus(PaneId::Reader);
    program.keys("G v");
    program
}

/// A shelf with bookmarks of many other articles.
fn full_shelf(bookmarks: u32) -> Shelf {
    let hints = Hints { id: Some(SourceId::of_file("/elsewhere/0.md")), ..Hints::default() };
    let Ok(mut article) = intake::read(b"Some words that are kept.", &hints) else {
        unreachable!("this is an article")
    };
    let mut shelf = Shelf::default();
    for number in 0..bookmarks {
        article.id = SourceId::of_file(&format!("/elsewhere/{}.md", number / 10));
        let id = BookmarkId::from(uuid::Uuid::from_u128(u128::from(number)));
        let (device, now, range, color) =
            (DeviceId::from_random(7), moment(0).now, TextRange::new(0, 4), Color::Yellow);
        let made = Bookmark::passage(NewBookmark { id, device, now, article: &article, range, color });
        shelf.extend(made.ok());
    }
    shelf
}

/// Everything lit: an entity that is looked at, one kept lit, forty bookmarks, the hits of a frequent word.
fn everything_lit() -> Program {
    let mut program = Program::reading(&long_text(200_000), 0);
    program.keys("j j j");
    for _ in 0..40 {
        program.keys("v Enter }");
    }
    program.keys("l j Space j Enter");
    program.state.set_focus(PaneId::Reader);
    program.keys("/ t h e Enter");
    program
}

#[divan::bench]
fn scroll_a_200_kb_article_by_a_line(bencher: Bencher<'_, '_>) {
    let mut program = everything_lit();
    let mut down = true;
    bencher.bench_local(|| {
        down = !down;
        program.keys(if down { "j" } else { "k" });
    });
}

#[divan::bench]
fn walk_to_the_next_hit_in_200_kb(bencher: Bencher<'_, '_>) {
    let mut program = everything_lit();
    bencher.bench_local(|| program.keys("n"));
}

#[divan::bench]
fn draw_a_200_kb_article_with_everything_lit(bencher: Bencher<'_, '_>) {
    let (program, mut buffer) = (everything_lit(), screen());
    bencher.bench_local(|| program.draw(&mut buffer));
}

#[divan::bench]
fn resize_a_200_kb_article(bencher: Bencher<'_, '_>) {
    let mut program = everything_lit();
    let mut wide = true;
    bencher.bench_local(|| {
        wide = !wide;
        program.send(Msg::Event(TermEvent::Resize(if wide { 250 } else { 60 }, 80)));
    });
}

#[divan::bench]
fn move_the_end_of_a_selection_in_2_mb_on_one_line(bencher: Bencher<'_, '_>) {
    let mut program = selecting_in_a_long_line();
    let mut right = false;
    bencher.bench_local(|| {
        right = !right;
        program.keys(if right { "l" } else { "h" });
    });
}

#[divan::bench]
fn draw_a_selection_in_2_mb_on_one_line(bencher: Bencher<'_, '_>) {
    let (program, mut buffer) = (selecting_in_a_long_line(), screen());
    bencher.bench_local(|| program.draw(&mut buffer));
}

#[divan::bench(sample_count = 10)]
fn save_a_passage_among_60_of_2_mb_and_100_000_elsewhere(bencher: Bencher<'_, '_>) {
    let hints = Hints { id: Some(SourceId::of_file("/news/long.md")), ..Hints::default() };
    let Ok(file) = intake::read(long_text(2_000_000).as_bytes(), &hints) else {
        unreachable!("the text is an article")
    };
    let list = vec![entry(1, &file)];
    let mut program = Program::start(file, list, full_shelf(100_000));
    program.state.set_focus(PaneId::Reader);
    for _ in 0..61 {
        program.keys("v Enter }");
    }
    let mut saved = true;
    bencher.bench_local(|| {
        saved = !saved;
        program.keys(if saved { "C-r" } else { "u" });
    });
}

#[divan::bench(sample_count = 10)]
fn open_2_mb(bencher: Bencher<'_, '_>) {
    let file = Program::reading(&long_text(2_000_000), 0).file;
    let style = PageStyle { measure: 66, justify: false, hyphenate: false };
    let article = Arc::new(file);
    bencher
        .with_inputs(|| Loaded::new(Arc::clone(&article)))
        .bench_local_values(|loaded| Open::new(loaded, None, style, 80));
}

#[divan::bench]
fn first_state_and_screen_of_the_edition(bencher: Bencher<'_, '_>) {
    let Some(first) = edition::slugs().next().and_then(edition::article) else { return };
    let mut buffer = screen();
    bencher.with_inputs(|| first.clone()).bench_local_values(|first| {
        let list = vec![entry(1, &first)];
        let program = Program::start(first, list, Shelf::default());
        program.draw(&mut buffer);
    });
}

#[divan::bench]
fn read_the_edition(bencher: Bencher<'_, '_>) {
    bencher.bench(|| edition::slugs().filter_map(edition::article).count());
}

#[divan::bench]
fn move_and_draw_in_a_list_of_10_000(bencher: Bencher<'_, '_>) {
    let (mut program, mut buffer) = (Program::reading("A title\n\nSome words.", 10_000), screen());
    program.keys("h G");
    let mut down = false;
    bencher.bench_local(|| {
        down = !down;
        program.keys(if down { "k" } else { "j" });
        program.draw(&mut buffer);
    });
}
