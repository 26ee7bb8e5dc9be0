//! Properties of every screen, after any sequence of keys, clicks, pastes and resizes.

use std::sync::LazyLock;

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;

use crate::app::{self, Msg};
use crate::command::event::{Button, Mouse, MouseKind, TermEvent};
use crate::command::key::{Key, parse_keys};
use crate::command::{Answer, SourceAnswer, TABLE};
use crate::config::{Background, ColorDepth};
use crate::ui::Theme;

use super::Harness;

/// Something a person, the terminal or a worker does.
#[derive(Clone, Debug)]
enum Action {
    Key(usize),
    Letter(char),
    Paste(String),
    Resize(u16, u16),
    Mouse(usize, u16, u16),
    Deliver(usize),
    DeliverAll,
    FailNextSave,
    Added,
}

/// Every key of the table.
static KEYS: LazyLock<Vec<Key>> = LazyLock::new(|| {
    let mut keys: Vec<Key> = TABLE.iter().flat_map(|row| row.keys).flat_map(|keys| parse_keys(keys).unwrap()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
});

const MOUSE: [MouseKind; 6] = [
    MouseKind::Press(Button::Left),
    MouseKind::Drag(Button::Left),
    MouseKind::Release(Button::Left),
    MouseKind::Press(Button::Right),
    MouseKind::WheelUp,
    MouseKind::WheelDown,
];

/// Hostile articles.
pub(super) fn hostile() -> Vec<(&'static str, String)> {
    let marks = "a\u{301}\u{200d}\u{200b}\u{2060}\u{ad}".repeat(300);
    vec![
        ("escapes.txt", "\u{1b}[31mRed\u{1b}[0m \u{1b}]0;title\u{7} \u{9b}2J words.\n\n\u{202e}gnirts\u{2066} flows.\u{200f}".into()),
        ("joiners.txt", format!("A flood\n\n{marks} and {}", "\u{200b}".repeat(4_000))),
        ("long.txt", format!("{} {}\n\nshort", "w".repeat(5_000), "語".repeat(2_500))),
        ("wide.md", "# 日本語の見出し 👩‍👩‍👧‍👦\n\n> 引用 🇫🇷🇩🇪 ﷽ end. 一。二。三。\n\n- 一\n- 二 [鎖](https://example.com/鎖)\n\n| 甲 | 乙 |\n|---|---|\n| 👍🏽 | e\u{301} |\n\n```\n\tコード\u{1b}[m\n```\n".into()),
        ("rules.md", "---\n\n***\n\n---\n\n![](x.png)\n\n[](https://example.com)\n".into()),
        ("news.txt", "The harbour review\n\nBy Ann Reed\n\nMinisters met Mr Hale in Oslo on Tuesday. Ann Reed of the BBC asked why.\n\nThe ferry sailed late. Nobody paid $5 million.".into()),
    ]
}

/// How many starts there are.
const STARTS: usize = 8;

/// The program as it may have been started: before it looked around, on the edition, or on a hostile article.
fn start(number: usize) -> Harness {
    match number {
        0 => Harness::bare(80, 24, ColorDepth::TrueColor),
        1 => Harness::edition(120, 40),
        _ => {
            let (name, text) = hostile().swap_remove(number - 2);
            let mut harness = Harness::bare(80, 24, ColorDepth::Ansi256);
            harness.start(vec![(name, &text), ("b.txt", "Another one.")]);
            harness.deliver_all();
            harness.keys("v Enter j b g g");
            harness.effects();
            harness
        }
    }
}

fn actions() -> impl Strategy<Value = Action> {
    prop_oneof![
        16 => (0..1_000usize).prop_map(Action::Key),
        3 => prop_oneof![prop::char::range(' ', '~'), any::<char>()].prop_map(Action::Letter),
        1 => prop_oneof![any::<String>(), Just("\u{1b}[2J\u{202e}\u{200b}\n\u{9b}x".to_owned()), Just("e\u{301}語👩‍🚒".repeat(80))].prop_map(Action::Paste),
        2 => (0..=200u16, 0..=60u16).prop_map(|(width, height)| Action::Resize(width, height)),
        1 => (18..=24u16, 4..=7u16).prop_map(|(width, height)| Action::Resize(width, height)),
        4 => (0..MOUSE.len(), 0..=200u16, 0..=60u16).prop_map(|(kind, x, y)| Action::Mouse(kind, x, y)),
        2 => (0..9usize).prop_map(Action::Deliver),
        3 => Just(Action::DeliverAll),
        1 => Just(Action::FailNextSave),
        1 => Just(Action::Added),
    ]
}

fn perform(harness: &mut Harness, perform: Action) {
    match perform {
        Action::Key(number) => harness.press(KEYS[number % KEYS.len()]),
        Action::Letter(letter) => harness.press(Key::char(letter)),
        Action::Paste(text) => harness.paste(&text),
        Action::Resize(width, height) => harness.resize(width, height),
        Action::Mouse(kind, column, row) => {
            harness.send(Msg::Event(TermEvent::Mouse(Mouse { kind: MOUSE[kind], column, row })));
        }
        Action::Deliver(_) if harness.waiting().is_empty() => {}
        Action::Deliver(number) => harness.deliver(number % harness.waiting().len()),
        Action::DeliverAll => harness.deliver_all(),
        Action::FailNextSave => harness.fail_next_save = true,
        Action::Added => {
            harness.send(Msg::Answer(Answer::Sources(SourceAnswer::Added(Err(
                "\u{1b}]0;x\u{7}/tmp/\u{202e}x cannot be found.".to_owned(),
            )))));
        }
    }
}

/// Fails unless the screen is valid.
fn check(harness: &Harness) -> Result<(), TestCaseError> {
    let drawn = harness.buffer();
    prop_assert_eq!(&drawn, &harness.buffer(), "drawing twice differs");
    for cell in drawn.content() {
        let bad = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}');
        prop_assert!(!cell.symbol().contains(bad), "{:?}", cell.symbol());
    }
    let size = harness.state.size;
    if size.width > 0 && size.height > 0 && (size.width < 20 || size.height < 5) {
        let screen = harness.screen();
        prop_assert!(screen.trim_end().lines().count() <= 1, "{}", screen);
        prop_assert!(
            "dateline needs 20×5".starts_with(screen.trim_end().trim_end_matches('…').trim_end()),
            "{}",
            screen
        );
    }
    let mut mono = harness.clone();
    mono.state.shared.theme = Theme::new(ColorDepth::Mono, Background::Dark);
    let mono = mono.buffer();
    for (plain, coloured) in mono.content().iter().zip(drawn.content()) {
        prop_assert_eq!(plain.symbol(), coloured.symbol());
        prop_assert_eq!((plain.fg, plain.bg), (Color::Reset, Color::Reset));
    }
    // The terminal may be larger or smaller than the last size that was reported.
    for (width, height) in
        [(size.width / 2, size.height), (size.width + 9, size.height + 9), (size.width, size.height / 3)]
    {
        let area = Rect::new(0, 0, width, height);
        app::draw(&harness.state, area, &mut Buffer::empty(area));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_keys_clicks_pastes_and_sizes_panics_or_draws_nonsense(
        number in 0..STARTS,
        actions in prop::collection::vec(actions(), 1..60),
    ) {
        let mut harness = start(number);
        for (number, one) in actions.into_iter().enumerate() {
            perform(&mut harness, one);
            if number % 7 == 0 {
                harness.buffer();
            }
        }
        check(&harness)?;
    }
}

#[test]
fn no_screen_is_too_wide() {
    let mut harness = start(1);
    for (width, height) in [(2_978, 5), (2_979, 6), (3_000, 12), (u16::MAX - 1, 5), (u16::MAX, 6)] {
        for keys in ["Tab", ":", "Esc ?", "Esc z", "z g", "Esc"] {
            harness.resize(width, height);
            harness.keys(keys);
            harness.buffer();
        }
    }
}

#[test]
fn every_size_of_every_start_can_be_drawn() {
    for number in 0..STARTS {
        let mut harness = start(number);
        for (width, height) in [
            (0, 0),
            (1, 1),
            (19, 5),
            (20, 4),
            (20, 5),
            (21, 6),
            (40, 12),
            (69, 24),
            (70, 24),
            (109, 30),
            (110, 30),
            (200, 60),
        ] {
            harness.resize(width, height);
            check(&harness).unwrap();
            harness.keys("?");
            check(&harness).unwrap();
            harness.keys("Esc : x");
            check(&harness).unwrap();
            harness.keys("Esc g");
            check(&harness).unwrap();
            harness.keys("Esc");
        }
    }
}
