//! Writing systems and emoji on terminals with other ideas of width: no letter is lost or left in the wrong place.

use super::emulator::{Screen, WidthModel};
use super::{Home, TIMEOUT, Terminal};
use dateline::internals::text::doubt::is_certain;

/// Words of many scripts, in our own: a headline and a few lines each, longer than a screen together.
const WORDS: [(&str, &str); 9] = [
    ("তামিল", "নদীর ধারে বাজার বসে, আর কোলাহল থামে না। দোকানে বই, ফুল ও মাটির পুতুল আছে।"),
    ("காலை", "காலையில் ஆற்றின் ஓரம் நடந்தோம். பாலம் கட்டும் வேலை தொடங்கியது, ஆனால் படகோட்டிகள் கோபமாக உள்ளனர்."),
    ("രാവിലെ", "പുഴയോരത്ത് പുതിയ പാലം വരുന്നു. തോണിക്കാർ സന്തോഷത്തിലല്ല, കാരണം യാത്രക്കാർ കുറയും."),
    ("නගරය", "ගඟ අසල වෙළඳපොළ විවෘත විය. කොළඹ සිට පැමිණි ක්‍රීඩකයෝ දෝලනය වූහ."),
    ("ភូមិ", "ផ្សារនៅមាត់ទន្លេបានបើកនៅព្រឹកនេះ ហើយកុមារបានច្រៀងចម្រៀង។"),
    ("नदी", "नदी के किनारे बाज़ार खुला। बच्चों ने गीत गाए, और क्षत्रिय ने स्त्री को पत्र लिखा।"),
    ("แม่น้ำ", "ตลาดริมน้ำเปิดตั้งแต่เช้า เด็ก ๆ ร้องเพลงและพ่อค้าทำขนม"),
    ("Flags", "Go 🇩🇪🇫🇷 and 🇯🇵 with 👩‍👩‍👧‍👦 and 👍🏽 and ❤️ and 1️⃣ and 🏳️‍🌈 to the end."),
    ("日本", "川のそばに市が立ち、ｶﾞｷﾞが売られた。e\u{301}tude, ①②, ﷽, לשון, لسان."),
];

const OTHERS: [WidthModel; 4] =
    [WidthModel::CodePoints { flag: 1 }, WidthModel::CodePoints { flag: 2 }, WidthModel::Clusters, WidthModel::Wide];

const SIZE: (u16, u16) = (100, 30);

/// Waits until the program has drawn what the key asks for; `words` are then on its screen.
fn press(terminal: &mut Terminal, keys: &str, words: &str) {
    terminal.press(keys);
    terminal.wait_for(&format!("“{words}” after {keys:?}"), |screen| screen.contains(words));
}

/// The rules between panes: columns and rows of every vertical line.
fn rules(screen: &Screen) -> Vec<(usize, usize)> {
    let rows = 0..usize::from(SIZE.1);
    let rule = |row: usize| {
        screen
            .columns(row)
            .into_iter()
            .enumerate()
            .filter(|(_, cell)| *cell == "│" || *cell == "┃")
            .map(move |(x, _)| (row, x))
            .collect::<Vec<_>>()
    };
    rows.flat_map(rule).collect()
}

/// Every terminal shows the same letters in every row, and the panes are where they are.
fn assert_agree(terminal: &Terminal, when: &str) {
    // What was written before the program took the screen is the shell's.
    let start = super::last(&terminal.bytes, "\x1b[?1049h").unwrap();
    let bytes = &terminal.bytes[start..];
    let screen = |model| Screen::after(bytes, usize::from(SIZE.0), usize::from(SIZE.1), model);
    let ours = screen(WidthModel::Ours);
    for model in OTHERS {
        let other = screen(model);
        assert_eq!(rules(&other), rules(&ours), "{model:?} {when}");
        for row in 0..usize::from(SIZE.1) {
            if model == WidthModel::Wide {
                // Anything wider than its cells is cut off, but everything certain is where it should be.
                for (x, (theirs, cell)) in other.columns(row).into_iter().zip(ours.columns(row)).enumerate() {
                    assert!(
                        theirs == cell || !is_certain(cell),
                        "{when}, row {row}, column {x}: {theirs:?} for {cell:?}"
                    );
                }
            } else {
                assert_eq!(other.letters(row), ours.letters(row), "{model:?} {when}, row {row}");
            }
        }
    }
}

#[test]
fn every_terminal_shows_the_same_letters_after_scrolling_zen_and_other_panes() {
    let home = Home::new();
    let text = WORDS.map(|(heading, words)| format!("## {heading}\n\n{words}\n")).join("\n");
    let article = home.file("scripts.md", format!("# Words\n\nThe first line.\n\n{text}\nThe last line.\n").as_bytes());
    let other = home.file("காலை.md", "# கொடி 🇩🇪 காலை\n\nPlain words of another article.\n".as_bytes());
    let mut terminal = home.read(&[&article, &other]);
    terminal.wait_for_words("The first line.");
    assert_agree(&terminal, "at the start");
    for step in 0..6 {
        terminal.press("j");
        press(&mut terminal, "?", "┌ Help");
        assert_agree(&terminal, &format!("under help after {step} lines"));
        press(&mut terminal, "q", "Words");
        terminal.wait_for("help to go", |screen| !screen.contains("┌ Help"));
        assert_agree(&terminal, &format!("after {step} lines"));
    }
    press(&mut terminal, "G", "The last line.");
    assert_agree(&terminal, "at the end");
    press(&mut terminal, "z", "The last line.");
    terminal.wait_for("the page alone", |screen| !screen.contains("Articles"));
    assert_agree(&terminal, "in zen");
    press(&mut terminal, "gg", "The first line.");
    assert_agree(&terminal, "in zen at the top");
    press(&mut terminal, "z", "Articles");
    assert_agree(&terminal, "out of zen");
    press(&mut terminal, "]a", "Plain words of another article.");
    assert_agree(&terminal, "in the other article");
    press(&mut terminal, "[a", "The first line.");
    assert_agree(&terminal, "back");
    press(&mut terminal, "\x0c", "The first line.");
    terminal.quit();
}

#[test]
fn no_letter_of_the_article_is_lost() {
    for (heading, words) in WORDS {
        let home = Home::new();
        let article = home.file("words.md", format!("# Words\n\n{heading}\n\n{words}\n\nThe end.\n").as_bytes());
        let mut terminal = home.read(&[&article]);
        press(&mut terminal, "z", "The end.");
        terminal.wait_for("the page alone", |screen| !screen.contains("Articles"));
        let start = super::last(&terminal.bytes, "\x1b[?1049h").unwrap();
        let wanted: String = words.split_whitespace().collect();
        for model in [WidthModel::Ours, OTHERS[0], OTHERS[1], OTHERS[2]] {
            let screen = Screen::after(&terminal.bytes[start..], usize::from(SIZE.0), usize::from(SIZE.1), model);
            // The scrollbar is at the end of each row.
            let page =
                (0..usize::from(SIZE.1)).map(|row| screen.letters(row).replace(['│', '┃'], "")).collect::<String>();
            assert!(page.contains(&wanted), "{model:?}\n{wanted}\n{page}");
        }
        terminal.quit();
    }
}

#[test]
fn what_another_program_wrote_over_the_screen_goes_with_one_key() {
    let home = Home::new();
    let mut terminal = home.read(&[]);
    press(&mut terminal, "?", "┌ Help");
    terminal.press("\x1b");
    terminal.wait_for("help to go", |screen| !screen.contains("┌ Help"));
    let before = terminal.text();
    for keys in ["/wom", "?", "v", ":z", "m", "g"] {
        terminal.press(keys);
        let painted = terminal.bytes.len();
        terminal.litter("\x1b[5;1HA line of somebody else's.");
        assert!(terminal.text().contains("somebody else's"));
        terminal.press("\x0c");
        while !super::contains(&terminal.bytes[painted..], b"\x1b[2J") {
            terminal.take(TIMEOUT).unwrap_or_else(|| panic!("nothing is painted anew after {keys:?}"));
        }
        terminal.wait_for("somebody's line to go", |screen| !screen.contains("somebody else's"));
        terminal.press("\x1b");
        terminal.wait_for(&format!("the page after {keys:?}"), |screen| screen == before);
    }
    terminal.quit();
}
