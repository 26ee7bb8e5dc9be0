//! Measures how long the analysis of an article takes, including hostile ones.
//!
//! The articles are generated reproducibly. Every hostile one is measured in two sizes: twice the text may take twice
//! the time and no more.

use dateline::internals::article::{Block, BlockKind, Date, Text, TextRange};
use dateline::internals::entity::{Context, analyse};
use divan::counter::BytesCount;
use divan::{Bencher, black_box};

const PARAGRAPH: [&str; 6] = [
    "Prime Minister Ana Reed met the president of the Regional Cable Authority (RCA), Helena Brum, in Lisbon on Tuesday, \
     according to The Harbour Gazette. Reed said that the European Union would pay 60 percent of 41 million euros.",
    "The RCA declined to comment. Muqtada al-Harbi, a hydrologist from Baghdad, told reporters that al-Qaeda and the US \
     Congress had nothing to do with it; \"nobody asked us\", he said. It has been so since May 27, 1998.",
    "In Santa Cruz das Flores the health centre has gone back to the telephone. Dr. Ines Goulart, who heads it, said \
     that X-ray images which normally reach specialists within 20 seconds now take up to 11 minutes each.",
    "Curiously the talks opened on the very morning that the American delegation was seen at breakfast. Most of the \
     farmers along the Marrow River had expected less. For months the Marrow had been dry.",
    "Two reports by the Institution of Structural Engineers had recommended a third cable, and both could be read in \
     English, French and Portuguese. Mr Okonkwo-Lindqvist has not read them; Ms Reed has, twice, last week.",
    "The fleet has more to lose. Buyers in Boston and Tokyo paid about $160,000 for 14 tonnes of bigeye, said Joaquim \
     Serpa of the United Fishermen's Cooperative, and the ships stay in Ponta Delgada until Monday.",
];

fn main() {
    divan::main();
}

fn article(bytes: usize) -> Text {
    let (mut words, mut blocks) = (String::new(), Vec::new());
    for piece in PARAGRAPH.into_iter().cycle() {
        if words.len() >= bytes {
            break;
        }
        if !words.is_empty() {
            words.push_str("\n\n");
        }
        let start = words.len();
        words.push_str(piece);
        blocks.push(Block { kind: BlockKind::Paragraph, range: TextRange::new(start, words.len()) });
    }
    Text::new(words, blocks, Vec::new())
}

fn paragraph(words: String) -> Text {
    let block = Block { kind: BlockKind::Paragraph, range: TextRange::new(0, words.len()) };
    Text::new(words, vec![block], Vec::new())
}

fn measure(bencher: Bencher, text: &Text) {
    let context = Context { published: Some(Date::constant(2026, 10, 15)), guessed_date: None };
    bencher.counter(BytesCount::new(text.len())).bench(|| analyse(black_box(text), &context));
}

/// Common articles, in bytes.
#[divan::bench(args = [4096, 40_960])]
fn whole_pipeline(bencher: Bencher, bytes: usize) {
    measure(bencher, &article(bytes));
}

/// Capitalised words and nothing else, in bytes.
#[divan::bench(args = [500_000, 1_000_000], sample_count = 5, sample_size = 1)]
fn capitals_only(bencher: Bencher, bytes: usize) {
    measure(bencher, &paragraph("Zorvan Keld ".repeat(bytes / 12)));
}

/// One word, in bytes.
#[divan::bench(args = [500_000, 1_000_000], sample_count = 5, sample_size = 1)]
fn no_spaces(bencher: Bencher, bytes: usize) {
    measure(bencher, &paragraph("a-B".repeat(bytes / 3)));
}

/// The same person over and over, in mentions.
#[divan::bench(args = [50_000, 100_000], sample_count = 5, sample_size = 1)]
fn one_name_repeated(bencher: Bencher, names: usize) {
    measure(bencher, &paragraph("Ana Reed, ".repeat(names)));
}

/// Ever new persons of one surname, in mentions.
#[divan::bench(args = [50_000, 100_000], sample_count = 5, sample_size = 1)]
fn different_names(bencher: Bencher, names: usize) {
    let name = |number: usize| {
        let letters: String =
            (0..4).map(|place| char::from(b'a' + (number / 26_usize.pow(place) % 26) as u8)).collect();
        format!("Zo{letters} Keld met Keld of the Institute. ")
    };
    measure(bencher, &paragraph((0..names).map(name).collect()));
}

/// The first call reads the lists and the model inside the program (the slowest sample); later ones find them read.
#[divan::bench]
fn one_sentence(bencher: Bencher) {
    measure(bencher, &paragraph("Ana Reed came to Lisbon.".to_owned()));
}
