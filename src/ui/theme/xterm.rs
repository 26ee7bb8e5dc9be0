//! What colours are on the screen, for tests: the table of xterm's 256 colours, the sixteen as terminals come with them,
//! and the contrast of two colours.

use ratatui::style::Color as Ink;

pub(crate) type Rgb = (u8, u8, u8);

/// The first sixteen colours of a terminal.
pub(crate) type Sixteen = [u32; 16];

/// Those of xterm (`XTerm-col.ad`), by which the contrast is judged.
pub(crate) const XTERM: Sixteen = [
    0x00_00_00, 0xcd_00_00, 0x00_cd_00, 0xcd_cd_00, 0x00_00_ee, 0xcd_00_cd, 0x00_cd_cd, 0xe5_e5_e5, 0x7f_7f_7f,
    0xff_00_00, 0x00_ff_00, 0xff_ff_00, 0x5c_5c_ff, 0xff_00_ff, 0x00_ff_ff, 0xff_ff_ff,
];

/// Those of others: a PC's text mode, macOS Terminal, `PuTTY`, Visual Studio Code.
pub(crate) const OTHERS: [Sixteen; 4] = [
    [
        0x00_00_00, 0xaa_00_00, 0x00_aa_00, 0xaa_55_00, 0x00_00_aa, 0xaa_00_aa, 0x00_aa_aa, 0xaa_aa_aa, 0x55_55_55,
        0xff_55_55, 0x55_ff_55, 0xff_ff_55, 0x55_55_ff, 0xff_55_ff, 0x55_ff_ff, 0xff_ff_ff,
    ],
    [
        0x00_00_00, 0x99_00_00, 0x00_a6_00, 0x99_99_00, 0x00_00_b2, 0xb2_00_b2, 0x00_a6_b2, 0xbf_bf_bf, 0x66_66_66,
        0xe5_00_00, 0x00_d9_00, 0xe5_e5_00, 0x00_00_ff, 0xe5_00_e5, 0x00_e5_e5, 0xe5_e5_e5,
    ],
    [
        0x00_00_00, 0xbb_00_00, 0x00_bb_00, 0xbb_bb_00, 0x00_00_bb, 0xbb_00_bb, 0x00_bb_bb, 0xbb_bb_bb, 0x55_55_55,
        0xff_55_55, 0x55_ff_55, 0xff_ff_55, 0x55_55_ff, 0xff_55_ff, 0x55_ff_ff, 0xff_ff_ff,
    ],
    [
        0x00_00_00, 0xcd_31_31, 0x0d_bc_79, 0xe5_e5_10, 0x24_72_c8, 0xbc_3f_bc, 0x11_a8_cd, 0xe5_e5_e5, 0x66_66_66,
        0xf1_4c_4c, 0x23_d1_8b, 0xf5_f5_43, 0x3b_8e_ea, 0xd6_70_d6, 0x29_b8_db, 0xe5_e5_e5,
    ],
];

/// The steps of the colour cube.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// What a colour looks like; none for the terminal's own.
pub(crate) fn rgb(ink: Ink, sixteen: &Sixteen) -> Option<Rgb> {
    const NAMED: [Ink; 16] = [
        Ink::Black,
        Ink::Red,
        Ink::Green,
        Ink::Yellow,
        Ink::Blue,
        Ink::Magenta,
        Ink::Cyan,
        Ink::Gray,
        Ink::DarkGray,
        Ink::LightRed,
        Ink::LightGreen,
        Ink::LightYellow,
        Ink::LightBlue,
        Ink::LightMagenta,
        Ink::LightCyan,
        Ink::White,
    ];
    let number = match ink {
        Ink::Reset => return None,
        Ink::Rgb(red, green, blue) => return Some((red, green, blue)),
        Ink::Indexed(number) => usize::from(number),
        named => NAMED.iter().position(|ink| *ink == named).unwrap(),
    };
    Some(match number {
        0..16 => {
            let [_, red, green, blue] = sixteen[number].to_be_bytes();
            (red, green, blue)
        }
        16..232 => {
            let cube = number - 16;
            (STEPS[cube / 36], STEPS[cube / 6 % 6], STEPS[cube % 6])
        }
        _ => {
            let grey = 8 + 10 * (number as u8 - 232);
            (grey, grey, grey)
        }
    })
}

/// The parts of a colour in linear light.
fn linear((red, green, blue): Rgb) -> [f64; 3] {
    [red, green, blue].map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    })
}

fn luminance(colour: Rgb) -> f64 {
    let [red, green, blue] = linear(colour);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// The contrast of two colours, from 1 to 21 (WCAG 2.1).
pub(crate) fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// How far two colours are from each other for the eye (CIE 1976, in CIELAB under D65); about 2 is just seen.
pub(crate) fn distance(one: Rgb, other: Rgb) -> f64 {
    let lab = |colour: Rgb| {
        let [red, green, blue] = linear(colour);
        let white = |part: f64| if part > 0.008_856 { part.cbrt() } else { 7.787 * part + 16.0 / 116.0 };
        let x = white((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505);
        let y = white(0.2126 * red + 0.7152 * green + 0.0722 * blue);
        let z = white((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089);
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    };
    let (one, other) = (lab(one), lab(other));
    one.into_iter().zip(other).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

#[test]
fn the_table_is_that_of_xterm() {
    assert_eq!(rgb(Ink::Indexed(9), &XTERM), Some((255, 0, 0)));
    assert_eq!(rgb(Ink::Indexed(16), &XTERM), Some((0, 0, 0)));
    assert_eq!(rgb(Ink::Indexed(130), &XTERM), Some((175, 95, 0)));
    assert_eq!(rgb(Ink::Indexed(255), &XTERM), Some((238, 238, 238)));
    assert_eq!(rgb(Ink::LightRed, &XTERM), Some((255, 0, 0)));
    assert!((contrast((0, 0, 0), (255, 255, 255)) - 21.0).abs() < 0.01);
    assert!((contrast((118, 118, 118), (255, 255, 255)) - 4.54).abs() < 0.01);
    assert!((distance((255, 0, 0), (0, 255, 0)) - 170.6).abs() < 1.0);
}
