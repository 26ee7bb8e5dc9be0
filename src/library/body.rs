//! The stored form of a text: JSON with short names, compressed with a dictionary of what news has in common.

use std::borrow::Cow;
use std::cell::RefCell;
use std::io::{Error, ErrorKind, Read};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, EncoderDictionary};
use zstd::stream::read::Decoder;
use zstd::zstd_safe::{get_dict_id_from_frame, get_frame_content_size};

use crate::article::{Block, BlockKind, Inline, InlineKind, Text, TextRange};

/// The default. At 6 what feeds send is a twentieth smaller and takes twice as long, and ten thousand articles may come at
/// once.
const LEVEL: i32 = 3;

/// What bodies are compressed with; how it was made is told beside it. Without one the words take a quarter more room.
static DICTIONARY: &[u8] = include_bytes!("../../assets/library/bodies-1.dictionary");

/// The number that each body compressed with [`DICTIONARY`] has in its header (RFC 8878, §3.1.1.1.3).
const DICTIONARY_NUMBER: u32 = 1;

static ENCODER: LazyLock<EncoderDictionary<'static>> = LazyLock::new(|| EncoderDictionary::copy(DICTIONARY, LEVEL));
static DECODER: LazyLock<DecoderDictionary<'static>> = LazyLock::new(|| DecoderDictionary::copy(DICTIONARY));

/// No source of more than 32 MiB is opened and decoding at most triples that, so anything longer is no body of ours.
const LONGEST: u64 = 256 << 20;

/// Bytes for which room is made before it is known that they are there.
const AT_ONCE: u64 = 1 << 20;

thread_local! {
    /// Making one takes as long as compressing a short text.
    static COMPRESSOR: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    /// So does one of these.
    static DECOMPRESSOR: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

#[derive(Serialize, Deserialize)]
struct Stored<'a> {
    #[serde(rename = "t")]
    text: Cow<'a, str>,
    /// Kind, start, length.
    #[serde(rename = "b")]
    blocks: Vec<(StoredBlock, usize, usize)>,
    #[serde(rename = "i", default, skip_serializing_if = "Vec::is_empty")]
    inlines: Vec<(StoredInline, usize, usize)>,
}

/// [`BlockKind`] under the names it has on disk: those of HTML where there are any.
#[derive(Serialize, Deserialize)]
enum StoredBlock {
    #[serde(rename = "title")]
    Headline,
    #[serde(rename = "lead")]
    Standfirst,
    #[serde(rename = "by")]
    Byline,
    #[serde(rename = "date")]
    Dateline,
    #[serde(rename = "p")]
    Paragraph,
    #[serde(rename = "h")]
    Heading(u8),
    #[serde(rename = "q")]
    Quote,
    /// Within other quotes.
    #[serde(rename = "qq")]
    DeepQuote(u8),
    #[serde(rename = "li")]
    ListItem(u8, String),
    #[serde(rename = "pre")]
    Code(Option<String>),
    /// Within lists.
    #[serde(rename = "lipre")]
    ListCode(Option<String>, u8),
    #[serde(rename = "table")]
    Table,
    #[serde(rename = "fig")]
    Figure,
    #[serde(rename = "hr")]
    Rule,
}

/// [`InlineKind`] under the names it has on disk.
#[derive(Serialize, Deserialize)]
enum StoredInline {
    #[serde(rename = "em")]
    Emphasis,
    #[serde(rename = "b")]
    Strong,
    #[serde(rename = "s")]
    Strikethrough,
    #[serde(rename = "code")]
    Code,
    #[serde(rename = "a")]
    Link(String),
}

/// The bytes that [`decode`] turns back into `text`.
pub(super) fn encode(text: &Text) -> std::io::Result<Vec<u8>> {
    let stored = Stored {
        text: Cow::Borrowed(text.as_str()),
        blocks: text
            .blocks()
            .iter()
            .map(|block| (block_out(&block.kind), block.range.start, block.range.len()))
            .collect(),
        inlines: text
            .inlines()
            .iter()
            .map(|inline| (inline_out(&inline.kind), inline.range.start, inline.range.len()))
            .collect(),
    };
    let json = serde_json::to_vec(&stored)?;
    COMPRESSOR.with_borrow_mut(|made| {
        let compressor = match made {
            Some(compressor) => compressor,
            None => made.insert(Compressor::with_prepared_dictionary(&ENCODER)?),
        };
        compressor.compress(&json)
    })
}

/// Whether these bytes are as [`encode`] writes them now: it compressed without a dictionary once.
pub(super) fn is_current(bytes: &[u8]) -> bool {
    dictionary_number(bytes) == DICTIONARY_NUMBER
}

/// The number of the dictionary that is needed to read these bytes; 0 for none.
fn dictionary_number(bytes: &[u8]) -> u32 {
    get_dict_id_from_frame(bytes).map_or(0, std::num::NonZeroU32::get)
}

/// Reads what [`encode`] wrote.
pub(super) fn decode(bytes: &[u8]) -> std::io::Result<Text> {
    let json = unpack(bytes)?;
    let stored: Stored = serde_json::from_slice(&json)?;
    let range = |start: usize, length: usize| TextRange::new(start, start.saturating_add(length));
    let blocks = stored
        .blocks
        .into_iter()
        .map(|(kind, start, length)| Block { kind: block_in(kind), range: range(start, length) })
        .collect();
    let inlines = stored
        .inlines
        .into_iter()
        .map(|(kind, start, length)| Inline { kind: inline_in(kind), range: range(start, length) })
        .collect();
    Ok(Text::new(stored.text.into_owned(), blocks, inlines))
}

/// Takes the compression off.
fn unpack(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut json = Vec::new();
    match dictionary_number(bytes) {
        // A dictionary changes what such bytes mean, even if they do not refer to it.
        0 => Decoder::new(bytes)?.take(LONGEST).read_to_end(&mut json)?,
        DICTIONARY_NUMBER => match get_frame_content_size(bytes) {
            Ok(Some(length)) if length <= AT_ONCE => return unpack_at_once(bytes, length),
            _ => Decoder::with_prepared_dictionary(bytes, &DECODER)?.take(LONGEST).read_to_end(&mut json)?,
        },
        other => return Err(Error::new(ErrorKind::Unsupported, format!("no dictionary {other}"))),
    };
    Ok(json)
}

/// The same for bytes that say how long they are unpacked.
fn unpack_at_once(bytes: &[u8], length: u64) -> std::io::Result<Vec<u8>> {
    DECOMPRESSOR.with_borrow_mut(|made| {
        let decompressor = match made {
            Some(decompressor) => decompressor,
            None => made.insert(Decompressor::with_prepared_dictionary(&DECODER)?),
        };
        decompressor.decompress(bytes, usize::try_from(length).unwrap_or(usize::MAX))
    })
}

fn block_out(kind: &BlockKind) -> StoredBlock {
    match kind {
        BlockKind::Headline => StoredBlock::Headline,
        BlockKind::Standfirst => StoredBlock::Standfirst,
        BlockKind::Byline => StoredBlock::Byline,
        BlockKind::Dateline => StoredBlock::Dateline,
        BlockKind::Paragraph => StoredBlock::Paragraph,
        BlockKind::Heading(level) => StoredBlock::Heading(*level),
        BlockKind::Quote(1) => StoredBlock::Quote,
        BlockKind::Quote(depth) => StoredBlock::DeepQuote(*depth),
        BlockKind::ListItem { depth, marker } => StoredBlock::ListItem(*depth, marker.clone()),
        BlockKind::Code { language, depth: 0 } => StoredBlock::Code(language.clone()),
        BlockKind::Code { language, depth } => StoredBlock::ListCode(language.clone(), *depth),
        BlockKind::Table => StoredBlock::Table,
        BlockKind::Figure => StoredBlock::Figure,
        BlockKind::Rule => StoredBlock::Rule,
    }
}

fn block_in(kind: StoredBlock) -> BlockKind {
    match kind {
        StoredBlock::Headline => BlockKind::Headline,
        StoredBlock::Standfirst => BlockKind::Standfirst,
        StoredBlock::Byline => BlockKind::Byline,
        StoredBlock::Dateline => BlockKind::Dateline,
        StoredBlock::Paragraph => BlockKind::Paragraph,
        StoredBlock::Heading(level) => BlockKind::Heading(level),
        StoredBlock::Quote => BlockKind::Quote(1),
        StoredBlock::DeepQuote(depth) => BlockKind::Quote(depth),
        StoredBlock::ListItem(depth, marker) => BlockKind::ListItem { depth, marker },
        StoredBlock::Code(language) => BlockKind::Code { language, depth: 0 },
        StoredBlock::ListCode(language, depth) => BlockKind::Code { language, depth },
        StoredBlock::Table => BlockKind::Table,
        StoredBlock::Figure => BlockKind::Figure,
        StoredBlock::Rule => BlockKind::Rule,
    }
}

fn inline_out(kind: &InlineKind) -> StoredInline {
    match kind {
        InlineKind::Emphasis => StoredInline::Emphasis,
        InlineKind::Strong => StoredInline::Strong,
        InlineKind::Strikethrough => StoredInline::Strikethrough,
        InlineKind::Code => StoredInline::Code,
        InlineKind::Link(target) => StoredInline::Link(target.clone()),
    }
}

fn inline_in(kind: StoredInline) -> InlineKind {
    match kind {
        StoredInline::Emphasis => InlineKind::Emphasis,
        StoredInline::Strong => InlineKind::Strong,
        StoredInline::Strikethrough => InlineKind::Strikethrough,
        StoredInline::Code => InlineKind::Code,
        StoredInline::Link(target) => InlineKind::Link(target),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_kind_of_block_and_inline_comes_back() {
        let kinds = [
            BlockKind::Headline,
            BlockKind::Standfirst,
            BlockKind::Byline,
            BlockKind::Dateline,
            BlockKind::Paragraph,
            BlockKind::Heading(3),
            BlockKind::Quote(1),
            BlockKind::Quote(3),
            BlockKind::ListItem { depth: 2, marker: "3.".into() },
            BlockKind::Code { language: Some("rust".into()), depth: 0 },
            BlockKind::CODE,
            BlockKind::Code { language: None, depth: 2 },
            BlockKind::Table,
            BlockKind::Figure,
            BlockKind::Rule,
        ];
        let words = "né\n\n".repeat(kinds.len());
        let inlines = [
            InlineKind::Emphasis,
            InlineKind::Strong,
            InlineKind::Strikethrough,
            InlineKind::Code,
            InlineKind::Link("#a".into()),
        ]
        .map(|kind| Inline { kind, range: TextRange::new(5, 8) });
        let blocks =
            kinds.into_iter().enumerate().map(|(n, kind)| Block { kind, range: TextRange::new(n * 5, n * 5 + 3) });
        let text = Text::new(words, blocks.collect(), inlines.to_vec());
        assert_eq!(text.blocks().len(), 15);
        assert_eq!(decode(&encode(&text).unwrap()).unwrap(), text);
    }

    #[test]
    fn bodies_of_older_versions_are_read_and_those_of_unknown_dictionaries_refused() {
        let text = Text::new("Words of old.".into(), vec![], vec![]);
        let old = zstd::bulk::compress(br#"{"t":"Words of old.","b":[]}"#, LEVEL).unwrap();
        assert!(!is_current(&old) && is_current(&encode(&text).unwrap()));
        assert_eq!(decode(&old).unwrap(), text);
        let mut foreign = encode(&text).unwrap();
        // The number stands behind the magic number and the descriptor of the frame.
        assert_eq!(foreign[5], 1);
        foreign[5] = 2;
        assert_eq!(decode(&foreign).unwrap_err().kind(), ErrorKind::Unsupported);
    }

    #[test]
    fn what_news_has_in_common_is_not_stored_again() {
        let words = "The government said on Tuesday that it would not comment on the report.";
        let text = Text::new(words.into(), vec![], vec![]);
        assert!(encode(&text).unwrap().len() < words.len());
    }

    #[test]
    fn a_long_text_comes_back_too() {
        let text = Text::new("A long way. ".repeat(200_000), vec![], vec![]);
        assert!(text.len() as u64 > AT_ONCE);
        assert_eq!(decode(&encode(&text).unwrap()).unwrap(), text);
    }

    #[test]
    fn bytes_cut_short_are_an_error() {
        let bytes = encode(&Text::new("some words".into(), vec![], vec![])).unwrap();
        for end in 0..bytes.len() {
            assert!(decode(&bytes[..end]).is_err(), "{end}");
        }
    }

    proptest! {
        #[test]
        fn foreign_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(decode(&bytes).is_err());
        }

        #[test]
        fn any_words_come_back(words in "\\PC{0,200}") {
            let text = Text::new(words, vec![], vec![]);
            prop_assert_eq!(decode(&encode(&text).unwrap()).unwrap(), text);
        }
    }
}
