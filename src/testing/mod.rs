//! Drives the program without a terminal, in tests only: keys in, screen and styles out.
//!
//! [`Harness`] holds the real state, keymap, theme and update, and the real workers on a folder of their own
//! ([`world`]). Effects wait until the test delivers them, in any order; the clock and the ids are counters. Nothing
//! sleeps, and nothing leaves the folder: browser, clipboard, editor and exports are only asked for.

mod contrast;
mod journeys;
mod pictures;
mod properties;
mod screen;
mod svg;
mod world;

use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;

use jiff::{SignedDuration, Timestamp};
use ratatui::layout::Size;

use crate::app::{self, Msg, Setup, State};
use crate::article::{Entry, RowId, SourceId, TextHash};
use crate::bookmark::{AnchorState, Bookmark, BookmarkId};
use crate::command::event::{Button, Mouse, MouseKind, TermEvent};
use crate::command::key::{Key, parse_keys};
use crate::command::{Answer, BookmarkJob, Effect, FeedJob, Keymap, PageAnswer, PageJob, SourceJob, TerminalJob};
use crate::config::{Background, ColorDepth, RememberedChoices, Settings};
use crate::entity::Entity;
use crate::entity::corrections::Corrections;
use crate::feed::FromFeed;
use crate::intake::Hints;
use crate::io::sources::SourceRef;
use crate::net::Network;
use crate::panes::Moment;
use crate::runtime::loading::{Access, load};
use crate::ui::Theme;

use world::World;

/// Creates a named pipe without a reader or a writer.
pub(crate) fn make_pipe(path: &std::path::Path) {
    nix::unistd::mkfifo(path, nix::sys::stat::Mode::S_IRUSR | nix::sys::stat::Mode::S_IWUSR).unwrap();
}

/// An unread row of a list.
pub(crate) fn entry(row: i64, title: &str) -> Entry {
    Entry {
        row: RowId(row),
        id: SourceId::of_file(&format!("/news/{row}.txt")),
        title: title.to_owned(),
        byline: None,
        source: None,
        published: None,
        url: None,
        words: 1,
        text: TextHash::of(title),
        first_seen: Timestamp::UNIX_EPOCH,
        listed_at: Timestamp::UNIX_EPOCH,
        opened: None,
        read_at: None,
        starred_at: None,
        progress: 0,
        tags: Vec::new(),
        removed: None,
        changed: None,
        feeds: vec![],
        is_teaser: false,
        enclosures: 0,
        comments: None,
    }
}

/// The program without its terminal. Copies have states of their own and share what is outside.
#[derive(Clone)]
pub(crate) struct Harness {
    /// The state, for inspection.
    pub(crate) state: State,
    /// Effects that were requested but not delivered yet.
    waiting: Vec<Effect>,
    /// Every effect that was requested.
    asked: Vec<Effect>,
    /// Workers and files.
    world: Rc<RefCell<World>>,
    /// Files in the order in which they were first created.
    files: Vec<String>,
    /// The result of the analysis; none runs the real one.
    pub(crate) entities: Option<Vec<Entity>>,
    /// Revisions of bookmarks that are in the log of this device.
    pub(crate) saved: Vec<Bookmark>,
    /// Bookmark jobs that wait until the bookmarks were read.
    early: Vec<BookmarkJob>,
    /// Something stands in the way of the next save.
    pub(crate) fail_next_save: bool,
    ticks: u32,
}

/// The first moment of every test: Tuesday, 24 November 2026, 09:00 UTC.
const START: i64 = 1_795_510_800;

impl Harness {
    /// A program that has not started to load anything yet.
    pub(crate) fn bare(width: u16, height: u16, depth: ColorDepth) -> Self {
        Self::configured(width, height, depth, Settings::default(), Some(RememberedChoices::default()))
    }

    /// The same with these settings, and the screen as it was left.
    pub(crate) fn configured(
        width: u16,
        height: u16,
        depth: ColorDepth,
        settings: Settings,
        remembered: Option<RememberedChoices>,
    ) -> Self {
        let setup = Setup {
            settings,
            remembered,
            keymap: Keymap::default(),
            theme: Theme::new(depth, Background::Dark),
            size: Size { width, height },
            moment: moment(0),
            notices: Vec::new(),
        };
        Self {
            state: State::new(setup),
            waiting: Vec::new(),
            asked: Vec::new(),
            world: Rc::new(RefCell::new(World::new())),
            files: Vec::new(),
            entities: None,
            saved: Vec::new(),
            early: Vec::new(),
            fail_next_save: false,
            ticks: 0,
        }
    }

    /// A first run: the edition is listed and its first article is on the page.
    pub(crate) fn edition(width: u16, height: u16) -> Self {
        let mut harness = Self::bare(width, height, ColorDepth::TrueColor);
        harness.start(Vec::new());
        harness.deliver_all();
        harness
    }

    /// The program opened with one text, as if it had been named on the command line.
    pub(crate) fn reading(width: u16, height: u16, name: &str, text: &str) -> Self {
        let mut harness = Self::bare(width, height, ColorDepth::TrueColor);
        harness.start(vec![(name, text)]);
        harness.deliver_all();
        harness
    }

    /// Another run of the program, with everything that this one stored.
    pub(crate) fn again(&self, width: u16, height: u16, depth: ColorDepth, files: Vec<(&str, &str)>) -> Self {
        let mut next = self.restarted(width, height, depth);
        next.start(files);
        next
    }

    /// Another run of the program, whose bookmarks are still being read.
    pub(crate) fn again_before_bookmarks(&self, width: u16, height: u16, files: Vec<(&str, &str)>) -> Self {
        let mut next = self.restarted(width, height, ColorDepth::TrueColor);
        next.start_before_bookmarks(files);
        next
    }

    /// Another run of the program, with files named that need not be there.
    pub(crate) fn again_named(&self, width: u16, height: u16, names: Vec<&str>) -> Self {
        let mut next = self.restarted(width, height, ColorDepth::TrueColor);
        next.files = names.into_iter().map(str::to_owned).collect();
        next.start(Vec::new());
        next
    }

    /// The waiting effects are carried out by nobody.
    pub(crate) fn lose_waiting(&mut self) {
        self.waiting.clear();
    }

    fn restarted(&self, width: u16, height: u16, depth: ColorDepth) -> Self {
        let mut next = Self::bare(width, height, depth);
        next.world = Rc::new(RefCell::new(self.world.borrow().restarted()));
        // The same day continues.
        next.ticks = self.ticks;
        next
    }

    /// Starts with these files; the resulting effects wait to be delivered.
    pub(crate) fn start(&mut self, files: Vec<(&str, &str)>) {
        self.read_bookmarks();
        self.start_before_bookmarks(files);
    }

    /// Starts with these files while the bookmarks are still being read.
    pub(crate) fn start_before_bookmarks(&mut self, files: Vec<(&str, &str)>) {
        for (name, text) in files {
            self.put(name, text);
        }
        if !self.files.is_empty() {
            self.state.await_named();
        }
        let answers = self.world.borrow_mut().open_library();
        self.answer_all(answers);
        if !self.files.is_empty() {
            let answers = self.world.borrow_mut().read_named(&self.files);
            self.answer_all(answers);
        }
    }

    /// The bookmarks were read.
    pub(crate) fn read_bookmarks(&mut self) {
        let answers = self.world.borrow_mut().read_bookmarks();
        self.answer_all(answers);
        self.saved = self.world.borrow().saved(&self.device());
        for job in std::mem::take(&mut self.early) {
            let answers = self.save(job);
            self.answer_all(answers);
        }
    }

    fn device(&self) -> String {
        self.state.shared.device.to_string()
    }

    /// Starts with this name, which may be an address of the web.
    pub(crate) fn start_with(&mut self, name: &str) {
        self.files.push(name.to_owned());
        self.start(Vec::new());
    }

    /// Forgets which files are to be named at the start; they stay where they are.
    pub(crate) fn lose_named(&mut self) {
        self.files.clear();
    }

    /// Adds a file that can be opened and added.
    pub(crate) fn put(&mut self, name: &str, text: &str) -> SourceId {
        self.world.borrow().put(name, text, START.unsigned_abs());
        if !self.files.iter().any(|file| file == name) {
            self.files.push(name.to_owned());
        }
        self.id_of(name)
    }

    /// A feed brings an article: Markdown, whose page is at this address.
    pub(crate) fn bring(&mut self, markdown: &str, page: &str, from_feed: &FromFeed) {
        let hints = Hints {
            id: Some(SourceId::of_web(page)),
            url: Some(page.to_owned()),
            name: Some("entry.md".to_owned()),
            source: Some("The Feed".to_owned()),
            ..Hints::default()
        };
        let article = crate::intake::read(markdown.as_bytes(), &hints).unwrap();
        let at = moment(self.ticks).now;
        let answers = self.world.borrow_mut().bring(article, at, from_feed);
        self.answer_all(answers);
        self.deliver_all();
    }

    /// The pages of all that feeds have brought are fetched ahead.
    pub(crate) fn fetch_ahead(&mut self) {
        let rows = self.listed().iter().map(|entry| entry.row).collect();
        let answers = self.world.borrow_mut().ahead(rows);
        self.answer_all(answers);
        self.deliver_all();
    }

    /// Deletes a file.
    pub(crate) fn delete(&mut self, name: &str) {
        self.world.borrow().delete(name);
        self.files.retain(|file| file != name);
    }

    /// Where a file lies, or would.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.world.borrow().path(name)
    }

    /// The id of the article in a file.
    pub(crate) fn id_of(&self, name: &str) -> SourceId {
        SourceId::of_file(self.path(name).as_os_str())
    }

    /// Types the path of a file.
    pub(crate) fn type_path(&mut self, name: &str) {
        let path = self.path(name);
        self.type_text(path.to_str().unwrap());
    }

    fn answer_all(&mut self, answers: Vec<Answer>) {
        for answer in answers {
            self.answer(answer);
        }
    }

    /// Hands the state an answer.
    pub(crate) fn answer(&mut self, answer: Answer) {
        self.send(Msg::Answer(answer));
    }

    /// Hands the state a message.
    pub(crate) fn send(&mut self, msg: Msg) {
        self.ticks += 1;
        let effects = app::update(&mut self.state, msg, moment(self.ticks));
        self.asked.extend(effects.iter().cloned());
        self.waiting.extend(effects);
    }

    /// Presses keys, spelt as in the configuration: `"j j Enter"`. Effects are delivered after each key, as they are
    /// when a person types.
    pub(crate) fn keys(&mut self, keys: &str) {
        for key in parse_keys(keys).unwrap() {
            self.press(key);
            self.deliver_all();
        }
    }

    /// Presses keys and delivers nothing.
    pub(crate) fn keys_only(&mut self, keys: &str) {
        for key in parse_keys(keys).unwrap() {
            self.press(key);
        }
    }

    /// Presses one key and delivers nothing.
    pub(crate) fn press(&mut self, key: Key) {
        self.send(Msg::Event(TermEvent::Key(key)));
    }

    /// Types letters.
    pub(crate) fn type_text(&mut self, text: &str) {
        for letter in text.chars() {
            self.press(Key::char(letter));
        }
        self.deliver_all();
    }

    /// Pastes text.
    pub(crate) fn paste(&mut self, text: &str) {
        self.send(Msg::Event(TermEvent::Paste(text.to_owned())));
    }

    /// Gives the terminal another size.
    pub(crate) fn resize(&mut self, width: u16, height: u16) {
        self.send(Msg::Event(TermEvent::Resize(width, height)));
    }

    /// Does something with the mouse.
    pub(crate) fn mouse(&mut self, kind: MouseKind, column: u16, row: u16) {
        self.send(Msg::Event(TermEvent::Mouse(Mouse { kind, column, row })));
        self.deliver_all();
    }

    /// Clicks with the left button.
    pub(crate) fn click(&mut self, column: u16, row: u16) {
        self.mouse(MouseKind::Press(Button::Left), column, row);
        self.mouse(MouseKind::Release(Button::Left), column, row);
    }

    /// The text copied last.
    pub(crate) fn copied(&self) -> Option<&str> {
        self.asked.iter().rev().find_map(|effect| match effect {
            Effect::Terminal(TerminalJob::Copy { text, .. }) => Some(text.as_str()),
            _ => None,
        })
    }

    /// The bookmark saved last.
    pub(crate) fn last_saved(&self) -> &Bookmark {
        self.saved.last().expect("something was saved")
    }

    /// The words of a file, as the program reads them.
    pub(crate) fn body_of(&self, name: &str) -> String {
        load(&SourceRef::File(self.path(name)), &Access::quiet(&Network::default()))
            .unwrap()
            .article
            .body
            .as_str()
            .to_owned()
    }

    /// What the library keeps of whether a bookmark was found.
    pub(crate) fn anchor_state(&self, id: BookmarkId) -> Option<AnchorState> {
        self.world.borrow_mut().anchor_state(id)
    }

    /// The corrections on the disk.
    pub(crate) fn corrections(&self) -> Corrections {
        self.world.borrow().corrections()
    }

    /// The title of the article on the page.
    pub(crate) fn on_page(&self) -> &str {
        self.state.reader.open().map_or("", |open| &open.article.title)
    }

    /// Takes the words of a file from the library.
    pub(crate) fn lose_words(&self, name: &str) {
        self.world.borrow().lose_words(&self.id_of(name));
    }

    /// Everything that is in the list, in its order, as the library has it.
    pub(crate) fn listed(&self) -> Vec<Entry> {
        self.world.borrow_mut().listed()
    }

    /// What the library has of an article that is in the list.
    pub(crate) fn listed_file(&self, name: &str) -> Option<Entry> {
        let id = self.id_of(name);
        self.listed().into_iter().find(|entry| entry.id == id)
    }

    /// Every effect that was asked for since the last call.
    pub(crate) fn effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.asked)
    }

    /// Carries out the pending effects, and those they lead to.
    pub(crate) fn deliver_all(&mut self) {
        while !self.waiting.is_empty() {
            self.deliver(0);
        }
    }

    /// Carries out one pending effect: the test chooses the order.
    pub(crate) fn deliver(&mut self, number: usize) {
        let effect = self.waiting.remove(number);
        let answers = self.carry_out(effect);
        self.answer_all(answers);
    }

    /// Carries out the waiting effect that opens an article, and nothing else.
    pub(crate) fn deliver_opening(&mut self) {
        let is_opening = |effect: &Effect| matches!(effect, Effect::Sources(SourceJob::Open { .. }));
        let number = self.waiting.iter().position(is_opening).expect("an article was asked for");
        self.deliver(number);
    }

    /// Effects that wait to be delivered.
    pub(crate) fn waiting(&self) -> &[Effect] {
        &self.waiting
    }

    fn carry_out(&mut self, effect: Effect) -> Vec<Answer> {
        match effect {
            Effect::Library(job) => self.world.borrow_mut().library(job),
            Effect::List(job) => self.world.borrow_mut().list(job),
            Effect::Bookmarks(job) if self.state.shared.awaits_shelf => {
                self.early.push(job);
                Vec::new()
            }
            Effect::Bookmarks(job) => self.save(job),
            Effect::Page(job) => match (job, &self.entities) {
                (PageJob::Analyse { request, .. }, Some(entities)) => {
                    vec![Answer::Page(PageAnswer::Analysed(request.reply(entities.clone())))]
                }
                (job, _) => self.world.borrow().page(job),
            },
            Effect::Sources(job) => self.world.borrow_mut().sources(job),
            Effect::Net(job) => self.world.borrow_mut().net(job),
            Effect::Feeds(job) => self.feeds(job),
            Effect::Desk(_) | Effect::Terminal(_) => Vec::new(),
        }
    }

    fn feeds(&mut self, job: FeedJob) -> Vec<Answer> {
        let fails = matches!(job, FeedJob::Edit { .. }) && std::mem::take(&mut self.fail_next_save);
        let (device, mut world) = (self.device(), self.world.borrow_mut());
        if fails {
            world.block_saves(&device, true);
        }
        let answers = world.feeds(job);
        if fails {
            world.block_saves(&device, false);
        }
        answers
    }

    /// Has something done about subscriptions, as if another part of the program had asked.
    pub(crate) fn carry_out_feeds(&mut self, job: FeedJob) {
        let answers = self.feeds(job);
        self.answer_all(answers);
        self.deliver_all();
    }

    /// Articles come into the library from elsewhere, each with a name and a text.
    pub(crate) fn arrive(&self, articles: &[(&str, &str)]) {
        self.world.borrow().arrive(articles);
    }

    fn save(&mut self, job: BookmarkJob) -> Vec<Answer> {
        let fails = job.is_save() && std::mem::take(&mut self.fail_next_save);
        let (device, mut world) = (self.device(), self.world.borrow_mut());
        if fails {
            world.block_saves(&device, true);
        }
        let answers = world.bookmarks(job);
        if fails {
            world.block_saves(&device, false);
        }
        self.saved = world.saved(&device);
        answers
    }
}

fn moment(tick: u32) -> Moment {
    let now = Timestamp::from_second(START).unwrap() + SignedDuration::from_secs(i64::from(tick));
    let id = BookmarkId::from(uuid::Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0000 + u128::from(tick)));
    Moment { now, today: crate::article::parse_date("2026-11-24").unwrap(), zone: jiff::tz::TimeZone::UTC, id }
}
