//! The colours of terminals that show many: any colour, or the 256 of xterm.
//!
//! The numbers among the 256 lie in the colour cube (16 to 231) and the ramp of greys (232 to 255), which terminals leave
//! as xterm defined them; the first sixteen are what the reader made of them and are not used here.

use ratatui::style::Color as Ink;

use super::Meaning;
use crate::bookmark::Color;
use crate::entity::Kind;

/// Ink and paper.
type Pair = (Ink, Ink);

/// The colours of all meanings, but for those that are modifiers alone.
pub(super) struct Palette {
    muted: Ink,
    faint: Ink,
    focus: Ink,
    headline: Ink,
    heading: Ink,
    quote: Ink,
    code: Ink,
    link: Ink,
    star: Ink,
    key: Ink,
    done: Ink,
    error: Ink,
    /// Person, place, organisation, group, event, work, other, date, amount.
    kinds: [Ink; 9],
    /// Marks of bookmarks: yellow, green, blue, pink, orange, purple, any other.
    marks: [Ink; 7],
    /// The ink of bookmarked words, and their papers in the order of the marks.
    passage: Ink,
    passages: [Ink; 7],
    cursor: Pair,
    cursor_idle: Pair,
    hit: Pair,
    hit_current: Pair,
    mention_current: Pair,
    selection: Pair,
    selection_end: Pair,
    label: Pair,
}

impl Palette {
    /// Ink and paper of a meaning.
    pub(super) fn colours(&self, meaning: Meaning<'_>) -> (Option<Ink>, Option<Ink>) {
        let ink = |ink: Ink| (Some(ink), None);
        let pair = |(ink, paper): Pair| (Some(ink), Some(paper));
        match meaning {
            Meaning::Text | Meaning::Standfirst | Meaning::Unread => (None, None),
            Meaning::Muted => ink(self.muted),
            Meaning::Faint => ink(self.faint),
            Meaning::Focus => ink(self.focus),
            Meaning::Headline => ink(self.headline),
            Meaning::Heading => ink(self.heading),
            Meaning::Quote => ink(self.quote),
            Meaning::Code => ink(self.code),
            Meaning::Link => ink(self.link),
            Meaning::Star => ink(self.star),
            Meaning::Key => ink(self.key),
            Meaning::Done => ink(self.done),
            Meaning::Error => ink(self.error),
            Meaning::Mention(kind) | Meaning::Kind(kind) => (of_kind(&self.kinds, kind), None),
            Meaning::Bookmark(color) => (of_color(&self.marks, color), None),
            Meaning::Passage(color) => (Some(self.passage), of_color(&self.passages, color)),
            Meaning::Cursor => pair(self.cursor),
            Meaning::CursorIdle => pair(self.cursor_idle),
            Meaning::Hit => pair(self.hit),
            Meaning::HitCurrent => pair(self.hit_current),
            Meaning::MentionCurrent => pair(self.mention_current),
            Meaning::Selection => pair(self.selection),
            Meaning::SelectionEnd => pair(self.selection_end),
            Meaning::Label => pair(self.label),
        }
    }
}

/// What belongs to a kind, of one thing for each that is shown apart.
pub(super) fn of_kind<T: Copy>(all: &[T; 9], kind: Kind) -> Option<T> {
    let number = match kind {
        Kind::Person => 0,
        Kind::Place => 1,
        Kind::Organisation => 2,
        Kind::Group => 3,
        Kind::Event => 4,
        Kind::Work => 5,
        Kind::Other => 6,
        Kind::Date => 7,
        Kind::Money | Kind::Percent | Kind::Quantity => 8,
    };
    all.get(number).copied()
}

/// What belongs to the colour of a bookmark.
pub(super) fn of_color<T: Copy>(all: &[T; 7], color: &Color) -> Option<T> {
    let number = match color {
        Color::Yellow => 0,
        Color::Green => 1,
        Color::Blue => 2,
        Color::Pink => 3,
        Color::Orange => 4,
        Color::Purple => 5,
        Color::Other(_) => 6,
    };
    all.get(number).copied()
}

const fn rgb(hex: u32) -> Ink {
    let [_, red, green, blue] = hex.to_be_bytes();
    Ink::Rgb(red, green, blue)
}

const fn of_256(number: u8) -> Ink {
    Ink::Indexed(number)
}

macro_rules! of_256 {
    ($($number:literal)*) => { [$(of_256($number)),*] };
}

const BLACK: Ink = rgb(0x16_16_1a);
const WHITE: Ink = rgb(0xfa_fa_f5);
const BLACK_256: Ink = of_256(16);
const WHITE_256: Ink = of_256(231);

pub(super) const DARK: Palette = Palette {
    muted: rgb(0x98_9e_a8),
    faint: rgb(0x76_7b_84),
    focus: rgb(0x62_b0_ff),
    headline: rgb(0xff_ff_ff),
    heading: rgb(0x56_c8_c0),
    quote: rgb(0xb4_ba_c4),
    code: rgb(0x84_d2_b6),
    link: rgb(0x8e_b6_ff),
    star: rgb(0xf4_c4_48),
    key: rgb(0x78_b4_e6),
    done: rgb(0x88_d6_60),
    error: rgb(0xff_80_76),
    kinds: [
        rgb(0xe4_b0_5c),
        rgb(0x92_c8_72),
        rgb(0x6a_a8_ee),
        rgb(0xb8_9c_f0),
        rgb(0xf0_88_70),
        rgb(0xee_90_c0),
        rgb(0x9c_dc_e4),
        rgb(0x4c_c2_b4),
        rgb(0xb6_b6_78),
    ],
    marks: [
        rgb(0xf6_dc_54),
        rgb(0x68_d8_80),
        rgb(0x54_a6_ff),
        rgb(0xff_86_c8),
        rgb(0xff_9a_4a),
        rgb(0xc6_8c_ff),
        rgb(0xac_b0_b6),
    ],
    passage: WHITE,
    passages: [
        rgb(0x66_58_0a),
        rgb(0x1e_5e_34),
        rgb(0x14_4c_86),
        rgb(0x84_24_5c),
        rgb(0x8a_42_0e),
        rgb(0x5a_36_98),
        rgb(0x56_52_4c),
    ],
    cursor: (WHITE, rgb(0x2c_58_7c)),
    cursor_idle: (WHITE, rgb(0x42_46_4e)),
    hit: (BLACK, rgb(0xdc_c2_6c)),
    hit_current: (BLACK, rgb(0xff_a0_3c)),
    mention_current: (BLACK, rgb(0x8c_d2_ea)),
    selection: (WHITE, rgb(0x38_68_b8)),
    selection_end: (BLACK, rgb(0xb4_d4_ff)),
    label: (BLACK, rgb(0xff_e4_40)),
};

pub(super) const LIGHT: Palette = Palette {
    muted: rgb(0x5c_62_6c),
    faint: rgb(0x74_79_82),
    focus: rgb(0x0a_56_b0),
    headline: rgb(0x00_00_00),
    heading: rgb(0x08_66_62),
    quote: rgb(0x46_4c_56),
    code: rgb(0x28_60_4c),
    link: rgb(0x18_4c_c4),
    star: rgb(0x8a_58_00),
    key: rgb(0x1c_5c_94),
    done: rgb(0x2a_6c_12),
    error: rgb(0xb0_22_1c),
    kinds: [
        rgb(0x8c_52_0a),
        rgb(0x3a_6a_1c),
        rgb(0x20_60_ac),
        rgb(0x6a_40_b0),
        rgb(0xb2_38_22),
        rgb(0xa4_30_78),
        rgb(0x6c_48_40),
        rgb(0x0a_6a_70),
        rgb(0x5e_60_18),
    ],
    marks: [
        rgb(0x7a_60_00),
        rgb(0x16_70_3c),
        rgb(0x10_60_c8),
        rgb(0xba_20_6c),
        rgb(0xa8_46_00),
        rgb(0x7c_34_c6),
        rgb(0x62_66_6c),
    ],
    passage: BLACK,
    passages: [
        rgb(0xfc_ec_8c),
        rgb(0xbe_ec_b8),
        rgb(0xb8_dc_fc),
        rgb(0xfc_c8_e0),
        rgb(0xff_d2_a4),
        rgb(0xdc_ca_fa),
        rgb(0xe4_de_d2),
    ],
    cursor: (BLACK, rgb(0xb8_d0_e6)),
    cursor_idle: (BLACK, rgb(0xdc_de_e2)),
    hit: (BLACK, rgb(0xe8_c2_48)),
    hit_current: (BLACK, rgb(0xff_98_30)),
    mention_current: (BLACK, rgb(0x70_cc_d8)),
    selection: (BLACK, rgb(0x7c_b2_f6)),
    selection_end: (WHITE, rgb(0x1c_4c_94)),
    label: (WHITE, rgb(0x7c_1c_72)),
};

pub(super) const DARK_256: Palette = Palette {
    muted: of_256(247),
    faint: of_256(243),
    focus: of_256(75),
    headline: of_256(231),
    heading: of_256(80),
    quote: of_256(250),
    code: of_256(115),
    link: of_256(111),
    star: of_256(221),
    key: of_256(110),
    done: of_256(113),
    error: of_256(210),
    kinds: of_256![179 114 74 141 209 175 152 73 143],
    marks: of_256![227 78 39 212 208 177 145],
    passage: WHITE_256,
    passages: of_256![58 22 24 89 130 55 240],
    cursor: (WHITE_256, of_256(25)),
    cursor_idle: (WHITE_256, of_256(238)),
    hit: (BLACK_256, of_256(186)),
    hit_current: (BLACK_256, of_256(215)),
    mention_current: (BLACK_256, of_256(117)),
    selection: (WHITE_256, of_256(26)),
    selection_end: (BLACK_256, of_256(153)),
    label: (BLACK_256, of_256(220)),
};

pub(super) const LIGHT_256: Palette = Palette {
    muted: of_256(241),
    faint: of_256(243),
    focus: of_256(25),
    headline: of_256(16),
    heading: of_256(19),
    quote: of_256(238),
    code: of_256(61),
    link: of_256(20),
    star: of_256(131),
    key: of_256(24),
    done: of_256(29),
    error: of_256(124),
    kinds: of_256![94 28 26 92 160 125 95 23 60],
    marks: of_256![58 22 27 162 130 129 242],
    passage: BLACK_256,
    passages: of_256![228 157 153 218 215 183 252],
    cursor: (BLACK_256, of_256(152)),
    cursor_idle: (BLACK_256, of_256(254)),
    hit: (BLACK_256, of_256(179)),
    hit_current: (BLACK_256, of_256(208)),
    mention_current: (BLACK_256, of_256(80)),
    selection: (BLACK_256, of_256(75)),
    selection_end: (WHITE_256, of_256(25)),
    label: (WHITE_256, of_256(90)),
};
