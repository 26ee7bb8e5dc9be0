//! No two meanings look the same, and everything can be read.

use std::sync::LazyLock;

use super::xterm::{OTHERS, Rgb, Sixteen, XTERM, contrast, distance, rgb};
use super::*;

/// Contrast of words and of lines with what is behind them: WCAG 2.1, 1.4.3 (AA) and 1.4.11.
pub(crate) const WORDS: f64 = 4.5;
pub(crate) const LINES: f64 = 3.0;

const COLOURED: [ColorDepth; 3] = [ColorDepth::TrueColor, ColorDepth::Ansi256, ColorDepth::Ansi16];
const BACKGROUNDS: [Background; 2] = [Background::Dark, Background::Light];

static COLORS: [Color; 6] = [Color::Yellow, Color::Green, Color::Blue, Color::Pink, Color::Orange, Color::Purple];

/// All meanings, each with what it is about: the same kind, or the same colour of bookmarks, may look alike in two places.
fn all() -> Vec<(Meaning<'static>, String)> {
    static OTHER: LazyLock<Color> = LazyLock::new(|| Color::Other("teal".into()));
    let single = [
        Meaning::Text,
        Meaning::Muted,
        Meaning::Faint,
        Meaning::Focus,
        Meaning::Headline,
        Meaning::Standfirst,
        Meaning::Heading,
        Meaning::Quote,
        Meaning::Code,
        Meaning::Link,
        Meaning::Unread,
        Meaning::Star,
        Meaning::Cursor,
        Meaning::CursorIdle,
        Meaning::Hit,
        Meaning::HitCurrent,
        Meaning::Selection,
        Meaning::SelectionEnd,
        Meaning::Label,
        Meaning::MentionCurrent,
        Meaning::Key,
        Meaning::Done,
        Meaning::Error,
    ];
    let mut all: Vec<(Meaning<'static>, String)> =
        single.into_iter().map(|meaning| (meaning, format!("{meaning:?}"))).collect();
    for kind in Kind::ALL {
        // Amounts of every kind are one thing.
        let about = if kind > Kind::Date { "amount".to_owned() } else { kind.to_string() };
        all.extend([(Meaning::Kind(kind), about.clone()), (Meaning::Mention(kind), about)]);
    }
    for color in COLORS.iter().chain([&*OTHER]) {
        all.extend([
            (Meaning::Passage(color), color.name().to_owned()),
            (Meaning::Bookmark(color), color.name().to_owned()),
        ]);
    }
    all
}

fn themes() -> impl Iterator<Item = (Theme, ColorDepth, Background)> {
    COLOURED.into_iter().flat_map(|depth| {
        BACKGROUNDS.into_iter().map(move |background| (Theme::new(depth, background), depth, background))
    })
}

/// What is behind words without a paper.
pub(crate) fn own(background: Background) -> Rgb {
    if background == Background::Dark { (0, 0, 0) } else { (255, 255, 255) }
}

#[test]
fn no_two_meanings_have_one_style() {
    for (theme, depth, background) in themes() {
        let all = all();
        for (at, (one, about)) in all.iter().enumerate() {
            for (other, _) in all.iter().skip(at + 1).filter(|(_, other)| other != about) {
                let (a, b) = (theme.style(*one), theme.style(*other));
                let same = (a.fg, a.bg, a.add_modifier) == (b.fg, b.bg, b.add_modifier);
                assert!(!same, "{one:?} and {other:?} at {depth:?}, {background:?}");
            }
        }
    }
}

#[test]
fn where_there_are_colours_enough_no_two_meanings_share_one() {
    for (theme, depth, background) in themes().filter(|(_, depth, _)| *depth != ColorDepth::Ansi16) {
        let all = all();
        for (at, (one, about)) in all.iter().enumerate() {
            for (other, _) in all.iter().skip(at + 1).filter(|(_, other)| other != about) {
                let (a, b) = (theme.style(*one), theme.style(*other));
                let shared =
                    if a.bg.is_some() { a.bg == b.bg } else { b.bg.is_none() && a.fg.is_some() && a.fg == b.fg };
                assert!(!shared, "{one:?} and {other:?} at {depth:?}, {background:?}");
            }
        }
    }
}

#[test]
fn colours_of_bookmarks_and_kinds_are_told_apart_at_a_glance() {
    for (theme, depth, background) in themes() {
        let apart = |what: &str, colours: Vec<Rgb>, least: f64| {
            for (at, one) in colours.iter().enumerate() {
                for (other, second) in colours.iter().enumerate().skip(at + 1) {
                    let seen = distance(*one, *second);
                    assert!(seen >= least, "{what} {at} and {other} at {depth:?}, {background:?}: {seen:.1}");
                }
            }
        };
        let paper = |meaning| rgb(theme.style(meaning).bg.unwrap(), &XTERM).unwrap();
        let over_page =
            [Meaning::Hit, Meaning::HitCurrent, Meaning::MentionCurrent, Meaning::Selection, Meaning::Label];
        let papers = COLORS.iter().map(Meaning::Passage).chain(over_page).map(paper);
        apart("papers", papers.collect(), 11.0);
        if depth != ColorDepth::Ansi16 {
            let ink = |meaning| rgb(theme.style(meaning).fg.unwrap(), &XTERM).unwrap();
            apart("kinds", Kind::ALL.into_iter().take(9).map(Meaning::Kind).map(ink).collect(), 14.0);
            apart("marks", COLORS.iter().map(Meaning::Bookmark).map(ink).collect(), 14.0);
        }
    }
}

/// The least contrast of a theme's words with what is behind them, and whose it is; lines may have less.
fn least(theme: Theme, background: Background, sixteen: &Sixteen) -> (f64, String) {
    let of = |meaning: Meaning<'_>| {
        let style = theme.style(meaning);
        let ink = rgb(style.fg?, sixteen)?;
        let behind = style.bg.and_then(|paper| rgb(paper, sixteen)).unwrap_or(own(background));
        Some(contrast(ink, behind) * if meaning == Meaning::Faint { WORDS / LINES } else { 1.0 })
    };
    let all = all().into_iter().filter_map(|(meaning, _)| Some((of(meaning)?, format!("{meaning:?}"))));
    all.min_by(|(one, _), (other, _)| one.total_cmp(other)).unwrap()
}

#[test]
fn everything_can_be_read_at_every_depth() {
    for (theme, depth, background) in themes() {
        let (contrast, whose) = least(theme, background, &XTERM);
        assert!(contrast >= WORDS, "{whose} at {depth:?}, {background:?}: {contrast:.2}");
    }
}

#[test]
fn sixteen_colours_can_be_read_in_the_palettes_people_have() {
    for (number, sixteen) in OTHERS.iter().enumerate() {
        for background in BACKGROUNDS {
            let (contrast, whose) = least(Theme::new(ColorDepth::Ansi16, background), background, sixteen);
            assert!(contrast >= LINES, "{whose} in palette {number}, {background:?}: {contrast:.2}");
        }
    }
}

#[test]
fn a_paper_always_brings_its_own_ink() {
    for (theme, depth, background) in themes() {
        for (meaning, _) in all() {
            let style = theme.style(meaning);
            assert!(style.bg.is_none() || style.fg.is_some(), "{meaning:?} at {depth:?}, {background:?}");
        }
    }
}

#[test]
fn the_monochrome_theme_sets_no_colour_and_tells_apart_what_lies_over_words() {
    let theme = Theme::new(ColorDepth::Mono, Background::Dark);
    for (meaning, _) in all() {
        let style = theme.style(meaning);
        assert_eq!((style.fg, style.bg), (None, None), "{meaning:?}");
    }
    let over = [
        Meaning::Text,
        Meaning::Link,
        Meaning::Passage(&Color::Blue),
        Meaning::Mention(Kind::Person),
        Meaning::MentionCurrent,
        Meaning::Hit,
        Meaning::HitCurrent,
        Meaning::Selection,
        Meaning::SelectionEnd,
        Meaning::Label,
    ];
    for (at, one) in over.iter().enumerate() {
        for other in over.iter().skip(at + 1) {
            assert_ne!(theme.style(*one).add_modifier, theme.style(*other).add_modifier, "{one:?} and {other:?}");
        }
    }
}
