//! Driving the program without a terminal, in tests only: keys in, screen and styles out.
//!
//! [`Harness`] holds the real state, keymap, theme and update. Effects wait until the test delivers them, in the order
//! it likes; the clock and the ids are counters. Nothing sleeps and nothing depends on the machine.

mod colours;
mod journeys;
mod pictures;
mod properties;
mod screen;
mod svg;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock};

use jiff::{SignedDuration, Timestamp};
use ratatui::layout::Size;

use crate::app::{self, Msg, Setup, State};
use crate::article::{Article, Entry, Position, SourceId, TextHash};
use crate::bookmark::{AnchorState, Bookmark, BookmarkId, DeviceId, History, Shelf};
use crate::command::event::{Button, Mouse, MouseKind, TermEvent};
use crate::command::key::{Key, parse_keys};
use crate::command::{Done, Effect, Keymap, Loaded, Started};
use crate::config::{Background, ColorDepth, RememberedChoices, Settings};
use crate::entity::corrections::Corrections;
use crate::entity::{Context, Entity, analyse};
use crate::intake::{self, Hints};
use crate::panes::Moment;
use crate::runtime::{anchors, edition};
use crate::text::reading_time::words;
use crate::text::sentences::sentences;
use crate::ui::Theme;

/// Makes a named pipe, which nobody reads or writes.
pub(crate) fn make_pipe(path: &std::path::Path) {
    nix::unistd::mkfifo(path, nix::sys::stat::Mode::S_IRUSR | nix::sys::stat::Mode::S_IWUSR).unwrap();
}

/// The program without its terminal.
#[derive(Clone)]
pub(crate) struct Harness {
    /// The state, for looking into.
    pub(crate) state: State,
    /// Effects that were asked for and not delivered yet.
    waiting: Vec<Effect>,
    /// Every effect that was asked for.
    asked: Vec<Effect>,
    /// Articles that can be opened besides the edition.
    files: Vec<Article>,
    /// What the engine is made to find; none lets it look for itself.
    pub(crate) entities: Option<Vec<Entity>>,
    /// Articles that are marked read or starred, as the library would keep them.
    read: HashSet<SourceId>,
    starred: HashSet<SourceId>,
    /// Places that were kept, as the library would.
    places: Vec<(SourceId, Position)>,
    /// Revisions of bookmarks that were saved, as the log would.
    pub(crate) saved: Vec<Bookmark>,
    /// The corrections that were saved, as the file would keep them.
    pub(crate) corrections: Corrections,
    /// The next save fails with this message.
    pub(crate) save_error: Option<String>,
    /// Revisions that failed: they are saved with the next.
    unsaved: Vec<Bookmark>,
    /// What the next start finds.
    pub(crate) shelf: Shelf,
    /// Whether bookmarks were found, as the library would keep it.
    pub(crate) states: HashMap<BookmarkId, AnchorState>,
    /// The texts bookmarks were made in, as they would be kept.
    pub(crate) texts: HashMap<TextHash, String>,
    /// What was done before the next start.
    pub(crate) history: History,
    ticks: u32,
}

/// The first moment of every test: Tuesday, 24 November 2026, 09:00 UTC.
const START: i64 = 1_795_510_800;

impl Harness {
    /// A start that has not looked around yet.
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
            files: Vec::new(),
            entities: None,
            read: HashSet::new(),
            starred: HashSet::new(),
            places: Vec::new(),
            saved: Vec::new(),
            corrections: Corrections::default(),
            save_error: None,
            unsaved: Vec::new(),
            shelf: Shelf::default(),
            states: HashMap::new(),
            texts: HashMap::new(),
            history: History::default(),
            ticks: 0,
        }
    }

    /// The program as a first run shows it: the edition is listed and its first article is on the page.
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

    /// Another run of the program, on all that this one kept.
    pub(crate) fn again(&self, width: u16, height: u16, depth: ColorDepth, files: Vec<(&str, &str)>) -> Self {
        let mut next = Self::bare(width, height, depth);
        for line in &self.saved {
            next.history.absorb(&mut next.shelf, line.clone());
        }
        (next.states, next.texts) = (self.states.clone(), self.texts.clone());
        next.start(files);
        next
    }

    /// Starts with these files; what they lead to waits to be delivered.
    pub(crate) fn start(&mut self, files: Vec<(&str, &str)>) {
        for (name, text) in files {
            self.put(name, text);
        }
        let opened = self.files.iter().map(row).collect();
        self.look_around(opened, EDITION.iter().map(row).collect());
    }

    /// Starts where everything was taken off the list.
    pub(crate) fn start_empty(&mut self) {
        self.look_around(Vec::new(), Vec::new());
    }

    fn look_around(&mut self, opened: Vec<Entry>, edition: Vec<Entry>) {
        let started = Started {
            opened,
            before: Vec::new(),
            edition,
            shelf: std::mem::take(&mut self.shelf),
            states: self.states.iter().map(|(id, state)| (*id, *state)).collect(),
            history: std::mem::take(&mut self.history),
            device: DeviceId::new("tester").unwrap(),
            corrections: self.corrections.clone(),
            notices: Vec::new(),
        };
        self.send(Msg::Done(Done::Started(Box::new(started))));
    }

    /// Lays a file where it can be opened and added.
    pub(crate) fn put(&mut self, name: &str, text: &str) -> SourceId {
        let id = SourceId::of_file(&format!("/news/{name}"));
        let hints = Hints { id: Some(id.clone()), name: Some(name.to_owned()), ..Hints::default() };
        let article = intake::read(text.as_bytes(), &hints).unwrap();
        self.files.retain(|file| file.id != id);
        self.files.push(article);
        id
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

    /// The words that were put on the clipboard last.
    pub(crate) fn copied(&self) -> Option<&str> {
        self.asked.iter().rev().find_map(|effect| match effect {
            Effect::Copy { text, .. } => Some(text.as_str()),
            _ => None,
        })
    }

    /// The words of the passage or place saved last.
    pub(crate) fn last_saved(&self) -> &Bookmark {
        self.saved.last().expect("something was saved")
    }

    /// The words of a file, as the program reads them.
    pub(crate) fn body_of(&self, id: &SourceId) -> String {
        self.files.iter().find(|file| file.id == *id).map_or_else(String::new, |file| file.body.as_str().to_owned())
    }

    /// The title of the article on the page.
    pub(crate) fn on_page(&self) -> &str {
        self.state.reader.open().map_or("", |open| &open.article.title)
    }

    /// Every effect that was asked for since the last call.
    pub(crate) fn effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.asked)
    }

    /// Carries out the waiting effects, and those they lead to.
    pub(crate) fn deliver_all(&mut self) {
        while !self.waiting.is_empty() {
            self.deliver(0);
        }
    }

    /// Carries out one waiting effect: the test chooses the order.
    pub(crate) fn deliver(&mut self, number: usize) {
        let effect = self.waiting.remove(number);
        if let Some(done) = self.carry_out(effect) {
            self.send(Msg::Done(done));
        }
    }

    /// Effects that wait to be delivered.
    pub(crate) fn waiting(&self) -> &[Effect] {
        &self.waiting
    }

    fn carry_out(&mut self, effect: Effect) -> Option<Done> {
        Some(match effect {
            Effect::Open { request, id } => Done::Opened { request, result: self.load(&id).map(Box::new) },
            Effect::Analyse { request, article, guessed_date } => {
                let context = Context { published: article.published, guessed_date };
                let entities = self.entities.clone().unwrap_or_else(|| analyse(&article.body, &context));
                Done::Analysed { request, entities }
            }
            Effect::Locate { request, article, bookmarks } => {
                let found = anchors::locate(&article, &bookmarks, |hash| self.texts.get(&hash).cloned());
                Done::Located { request, text: article.body.hash(), found }
            }
            Effect::KeepStates(states) => {
                self.states.extend(states);
                return None;
            }
            Effect::SaveBookmarks { records, article, done } => {
                self.texts.extend(article.map(|article| (article.body.hash(), article.body.as_str().to_owned())));
                if let Some(error) = self.save_error.take() {
                    let ids = records.iter().map(Bookmark::id).collect();
                    self.unsaved.extend(records);
                    return Some(Done::Saved { ids, result: Err(error) });
                }
                self.unsaved.extend(records);
                let ids = self.unsaved.iter().map(Bookmark::id).collect();
                self.saved.append(&mut self.unsaved);
                Done::Saved { ids, result: Ok(done) }
            }
            Effect::SaveCorrections { request, edit, done } => {
                if let Some(error) = self.save_error.take() {
                    return Some(Done::CorrectionsSaved { request, result: Err(error) });
                }
                self.corrections.edit(&edit);
                Done::CorrectionsSaved { request, result: Ok((self.corrections.clone(), done)) }
            }
            Effect::Complete { request, typed } => {
                let found = crate::io::completion::complete(&typed);
                Done::Completed { request, typed, found }
            }
            Effect::Add { source } => {
                let found = self.files.iter().find(|file| file.id.file_path().as_deref() == Some(source.as_ref()));
                Done::Added(found.map(|file| vec![row(file)]).ok_or_else(|| format!("{source} cannot be found.")))
            }
            Effect::SetRead { ids, read } => {
                self.read.retain(|id| !ids.contains(id));
                self.read.extend(ids.into_iter().filter(|_| read));
                return None;
            }
            Effect::SetStarred { id, starred } => {
                self.starred.retain(|kept| *kept != id);
                self.starred.extend(starred.then_some(id));
                return None;
            }
            Effect::SetPosition { id, position } => {
                self.places.retain(|(kept, _)| *kept != id);
                self.places.push((id, position));
                return None;
            }
            _ => return None,
        })
    }

    fn load(&self, id: &SourceId) -> Result<Loaded, String> {
        let file = self.files.iter().find(|article| article.id == *id).cloned();
        let article = file
            .or_else(|| EDITION.iter().find(|article| article.id == *id).cloned())
            .ok_or_else(|| format!("{id} cannot be found."))?;
        let kept = self.places.iter().find(|(kept, _)| kept == id);
        Ok(Loaded {
            words: words(article.body.as_str()),
            sentences: sentences(&article.body),
            position: kept.map(|(_, position)| position.resolve(&article.body)),
            guessed_date: None,
            read_at: self.read.contains(id).then(|| moment(0).now),
            starred_at: self.starred.contains(id).then(|| moment(0).now),
            article: Arc::new(article),
        })
    }
}

/// The edition, read once for all tests.
static EDITION: LazyLock<Vec<Article>> = LazyLock::new(|| edition::slugs().filter_map(edition::article).collect());

fn row(article: &Article) -> Entry {
    Entry::of(article, words(article.body.as_str()), moment(0).now)
}

fn moment(tick: u32) -> Moment {
    let now = Timestamp::from_second(START).unwrap() + SignedDuration::from_secs(i64::from(tick));
    let id = BookmarkId::from(uuid::Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0000 + u128::from(tick)));
    Moment { now, today: crate::article::parse_date("2026-11-24").unwrap(), id }
}
