//! Bytes of any encoding become a string.
//!
//! The order was measured to work best on mislabelled pages and feeds: byte order mark, then the byte pattern of UTF-16
//! and UTF-32, then UTF-8 if it is valid (whatever is declared), then what the server or the page declares, then a guess.
//! Above all of these is the encoding the reader names.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::binary::{looks_like, too_wild};
use super::encoding::TextEncoding;
use super::{Hints, IntakeError, declared, guess};

/// Bytes looked at to recognise UTF-16 and UTF-32 without a byte order mark.
const SAMPLE: usize = 4096;

/// Decodes `bytes`, or says that they are no text.
///
/// # Errors
/// [`IntakeError::Binary`] and [`IntakeError::Foreign`].
pub fn decode(bytes: &[u8]) -> Result<String, IntakeError> {
    decode_with(bytes, &Hints::default())
}

/// Decodes `bytes` of which more is known: the encoding the reader names, what the server declared, the site.
///
/// # Errors
/// Those of [`decode`].
pub(super) fn decode_with(bytes: &[u8], hints: &Hints) -> Result<String, IntakeError> {
    if let Some(encoding) = hints.encoding {
        return named(bytes, encoding);
    }
    if let Some(text) = marked(bytes) {
        return Ok(text);
    }
    if let Some(foreign) = looks_like(bytes) {
        return Err(IntakeError::Foreign(foreign));
    }
    if let Some(text) = wide_without_mark(bytes) {
        return Ok(text);
    }
    let mended = std::str::from_utf8(bytes).err().map(|_| without_surrogates(bytes));
    let bytes = mended.as_deref().unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) if is_iso_2022_jp(bytes) => {
            encoding_rs::ISO_2022_JP.decode_without_bom_handling(text.as_bytes()).0.into()
        }
        Ok(text) => {
            // A few NUL bytes are damage (a crash leaves them behind), many are data.
            let nul = text.matches('\0').count();
            return if nul * 10 > bytes.len() { Err(IntakeError::Binary) } else { Ok(text.into()) };
        }
        Err(_) if bytes.contains(&0) => return Err(IntakeError::Binary),
        Err(_) => nearly_utf_8(bytes).unwrap_or_else(|| declared_or_guessed(bytes, hints)),
    };
    if too_wild(&text) { Err(IntakeError::Binary) } else { Ok(text) }
}

/// The reader knows best, unless this is no text in any encoding.
fn named(bytes: &[u8], encoding: TextEncoding) -> Result<String, IntakeError> {
    if let Some(foreign) = looks_like(bytes) {
        return Err(IntakeError::Foreign(foreign));
    }
    let text = encoding.decode(bytes);
    let nul = text.matches('\0').count();
    if nul * 10 > text.len() || too_wild(&text) { Err(IntakeError::Binary) } else { Ok(text) }
}

fn declared_or_guessed(bytes: &[u8], hints: &Hints) -> String {
    // What says UTF-8 and is not even nearly that is wrong about it.
    let is_possible = |encoding: &TextEncoding| !encoding.is_utf_8();
    let by_server = hints.charset.as_deref().and_then(TextEncoding::declared).filter(is_possible);
    match by_server.or_else(|| declared::encoding_of(bytes).filter(is_possible)) {
        Some(encoding) => encoding.decode(bytes),
        None => guess::decode(bytes, hints.url.as_deref()),
    }
}

fn marked(bytes: &[u8]) -> Option<String> {
    // The mark of UTF-32LE begins with that of UTF-16LE.
    if let Some(rest) = bytes.strip_prefix(&[0xff, 0xfe, 0, 0]) {
        return utf_32(rest, u32::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(&[0, 0, 0xfe, 0xff]) {
        return utf_32(rest, u32::from_be_bytes);
    }
    let (encoding, length) = Encoding::for_bom(bytes)?;
    let rest = bytes.get(length..)?;
    if encoding == UTF_8 {
        // The mark is only believed if the rest agrees; else it is stripped and the guess decides.
        return std::str::from_utf8(rest).ok().map(str::to_owned).or_else(|| nearly_utf_8(rest));
    }
    Some(encoding.decode_without_bom_handling(whole_units(rest, 2)).0.into_owned())
}

fn whole_units(bytes: &[u8], size: usize) -> &[u8] {
    bytes.get(..bytes.len() - bytes.len() % size).unwrap_or(bytes)
}

fn utf_32(bytes: &[u8], number: fn([u8; 4]) -> u32) -> Option<String> {
    whole_units(bytes, 4).chunks_exact(4).map(|unit| char::from_u32(number(unit.try_into().ok()?))).collect()
}

/// UTF-16 and UTF-32 show themselves by where their zero bytes are.
fn wide_without_mark(bytes: &[u8]) -> Option<String> {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    if sample.len() < 4 || !sample.contains(&0) {
        return None;
    }
    let zeros = |phase: usize, step: usize| sample.iter().skip(phase).step_by(step).filter(|&&byte| byte == 0).count();
    if sample.len() >= 8 && bytes.len().is_multiple_of(4) {
        let units = sample.len() / 4;
        if zeros(3, 4) == units && zeros(2, 4) * 2 > units && zeros(0, 4) == 0 {
            return utf_32(bytes, u32::from_le_bytes);
        }
        if zeros(0, 4) == units && zeros(1, 4) * 2 > units && zeros(3, 4) == 0 {
            return utf_32(bytes, u32::from_be_bytes);
        }
    }
    let (even, odd) = (zeros(0, 2), zeros(1, 2));
    // Some letters have a zero in the other half too (Chinese "one" is 4E00).
    let encoding = match (even, odd) {
        (even, odd) if even * 8 <= odd => UTF_16LE,
        (even, odd) if odd * 8 <= even => UTF_16BE,
        _ => return None,
    };
    let (text, errors) = encoding.decode_without_bom_handling(whole_units(bytes, 2));
    (!errors && mostly_words(&text)).then(|| text.into_owned())
}

/// Whether at least 19 of 20 characters are letters, digits, blanks or common punctuation of any script.
fn mostly_words(text: &str) -> bool {
    let usual = |c: char| {
        c.is_alphanumeric()
            || c.is_whitespace()
            || (' '..='~').contains(&c)
            || matches!(c, '\u{a0}'..='\u{ff}' | '\u{2010}'..='\u{205e}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
    };
    let (mut all, mut good) = (0_usize, 0_usize);
    for c in text.chars().take(SAMPLE) {
        all += 1;
        good += usize::from(usual(c));
    }
    good * 20 >= all * 19
}

/// ISO-2022-JP is valid ASCII and therefore valid UTF-8; its escape sequences give it away (RFC 1468).
fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    bytes.is_ascii() && bytes.windows(3).any(|three| matches!(three, [0x1b, b'$', b'@' | b'B']))
}

/// UTF-8 with a few foreign bytes in it (a pasted quotation in windows-1252, a file cut in the middle of a character).
fn nearly_utf_8(bytes: &[u8]) -> Option<String> {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    let cut = bad == 1 && std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none());
    if bad * 2 > good && !(cut && good > 0) {
        return None;
    }
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !cut {
            text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
        }
    }
    Some(text)
}

/// UTF-8 in which characters beyond the basic plane are two surrogates of three bytes each (CESU-8, Unicode Technical
/// Report #26), as Java and some databases write it. Only if the rest is UTF-8: bytes of other encodings may look so.
fn without_surrogates(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut mended = Vec::new();
    let mut rest = bytes;
    while let Some(at) = rest.windows(6).position(is_pair) {
        let Some((before, after)) = rest.split_at_checked(at) else { break };
        let Some((pair, after)) = after.split_first_chunk::<6>() else { break };
        let half = |high: u8, low: u8| u32::from(high & 0x3f) << 6 | u32::from(low & 0x3f);
        let [_, a, b, _, c, d] = *pair;
        let (high, low) = (half(a, b) & 0x3ff, half(c, d) & 0x3ff);
        mended.extend_from_slice(before);
        let character = char::from_u32(0x10000 + (high << 10 | low)).unwrap_or(char::REPLACEMENT_CHARACTER);
        mended.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        rest = after;
    }
    if mended.is_empty() {
        return Cow::Borrowed(bytes);
    }
    mended.extend_from_slice(rest);
    if std::str::from_utf8(&mended).is_ok() || nearly_utf_8(&mended).is_some() {
        Cow::Owned(mended)
    } else {
        Cow::Borrowed(bytes)
    }
}

fn is_pair(six: &[u8]) -> bool {
    matches!(six, [0xed, 0xa0..=0xaf, 0x80..=0xbf, 0xed, 0xb0..=0xbf, 0x80..=0xbf])
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "Der Zug fährt um 10 Uhr, sagte Frau Ørsted – und die Straße war naß.\n";

    fn wide(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    fn wider(text: &str, big: bool) -> Vec<u8> {
        text.chars().map(u32::from).flat_map(|c| if big { c.to_be_bytes() } else { c.to_le_bytes() }).collect()
    }

    #[test]
    fn utf_16_and_utf_32_are_read_with_and_without_a_mark() {
        for big in [false, true] {
            for text in [WORDS, "東京で会議が開かれた。\n次の日も続いた。\n", "Встреча прошла в Москве 5 мая."]
            {
                assert_eq!(decode(&wide(&format!("\u{feff}{text}"), big)).as_deref(), Ok(text));
                assert_eq!(decode(&wide(text, big)).as_deref(), Ok(text));
                assert_eq!(decode(&wider(&format!("\u{feff}{text}"), big)).as_deref(), Ok(text));
                assert_eq!(decode(&wider(text, big)).as_deref(), Ok(text));
            }
        }
    }

    #[test]
    fn utf_16_without_a_mark_may_have_zeros_on_both_sides() {
        let text = "Highlight;Title\n一月の家賃、丂;Rents\n";
        let units: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        assert_eq!((decode(&little).as_deref(), decode(&big).as_deref()), (Ok(text), Ok(text)));
    }

    #[test]
    fn an_odd_byte_at_the_end_of_utf_16_is_not_a_character() {
        let mut bytes = wide("\u{feff}end", false);
        bytes.push(b'x');
        assert_eq!(decode(&bytes).as_deref(), Ok("end"));
    }

    #[test]
    fn utf_8_is_read_with_and_without_a_mark() {
        assert_eq!(decode(WORDS.as_bytes()).as_deref(), Ok(WORDS));
        assert_eq!(decode(format!("\u{feff}{WORDS}").as_bytes()).as_deref(), Ok(WORDS));
    }

    #[test]
    fn legacy_encodings_are_guessed() {
        for (encoding, text) in [
            (encoding_rs::WINDOWS_1252, "Le café était fermé, “déjà” à midi; la fête aura lieu à l’été prochain."),
            (encoding_rs::WINDOWS_1251, "Переговоры прошли в столице на этой неделе, сообщили газеты."),
            (encoding_rs::SHIFT_JIS, "東京で会議が開かれた。次の日も会議は続いたと新聞が伝えた。"),
            (encoding_rs::EUC_KR, "서울에서 회의가 열렸다고 신문이 전했다. 다음 날도 계속되었다."),
            (encoding_rs::GBK, "会议本周在北京举行，报纸报道说，第二天会议继续进行。"),
            (encoding_rs::ISO_2022_JP, "東京で会議が開かれた。"),
        ] {
            assert_eq!(decode(&encoding.encode(text).0).as_deref(), Ok(text), "{}", encoding.name());
        }
    }

    #[test]
    fn utf_8_with_a_few_foreign_bytes_is_not_guessed_to_be_something_else() {
        let mut mixed = "Zwölf Männer müssen über Köln führen ".as_bytes().to_vec();
        mixed.extend(b"\x93quoted\x94");
        assert_eq!(decode(&mixed).as_deref(), Ok("Zwölf Männer müssen über Köln führen “quoted”"));
        let cut = "Zwölf Männer é".as_bytes();
        assert_eq!(decode(&cut[..cut.len() - 1]).as_deref(), Ok("Zwölf Männer "));
    }

    #[test]
    fn surrogates_in_utf_8_are_one_character() {
        assert_eq!(decode(b"Harbour \xed\xa0\xbd\xed\xb8\x80 plan\n").as_deref(), Ok("Harbour 😀 plan\n"));
        let twice = "é\u{10ffff}".as_bytes();
        assert_eq!(without_surrogates(twice), Cow::Borrowed(twice));
        assert_eq!(decode(b"\xed\xaf\xbf\xed\xbf\xbf\xc3\xa9").as_deref(), Ok("\u{10ffff}é"));
    }

    #[test]
    fn a_foreign_byte_does_not_spoil_the_others() {
        let bytes = ["Zwölf Männer ".as_bytes(), b"\xed\xa0\xbd\xed\xb8\x80 \xff"].concat();
        assert_eq!(decode(&bytes).as_deref(), Ok("Zwölf Männer 😀 ÿ"));
    }

    #[test]
    fn what_is_declared_holds_unless_the_text_is_utf_8() {
        let text = "Мэр";
        let koi8 = encoding_rs::KOI8_R.encode(text).0;
        let served = |charset: &str| Hints { charset: Some(charset.to_owned()), ..Hints::default() };
        assert_eq!(decode_with(&koi8, &served("koi8-r")).as_deref(), Ok(text));
        assert_eq!(decode_with(text.as_bytes(), &served("koi8-r")).as_deref(), Ok(text));
        let page = [b"<meta charset=koi8-r><p>".as_slice(), &koi8].concat();
        assert_eq!(decode(&page).as_deref(), Ok("<meta charset=koi8-r><p>Мэр"));
        let told = decode_with(&page, &served("windows-1251")).unwrap();
        assert!(told.ends_with(&*encoding_rs::WINDOWS_1251.decode(&koi8).0), "the server comes first: {told}");
        let page = format!("<meta charset=koi8-r><p>{text}");
        assert_eq!(decode(page.as_bytes()).as_deref(), Ok(page.as_str()));
    }

    #[test]
    fn the_encoding_that_the_reader_names_is_above_all() {
        let named = |name| Hints { encoding: TextEncoding::named(name), ..Hints::default() };
        assert_eq!(decode_with("é".as_bytes(), &named("cp437")).as_deref(), Ok("├⌐"));
        assert_eq!(decode_with(b"\xef\xbb\xbf\xc3\xa9", &named("utf-8")).as_deref(), Ok("é"));
        assert_eq!(decode_with(&wide(WORDS, true), &named("utf-16be")).as_deref(), Ok(WORDS));
        assert_eq!(decode_with(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", &named("latin1")).unwrap_err().kind(), "picture");
        assert_eq!(decode_with(&[b'a', 0].repeat(50), &named("latin1")), Err(IntakeError::Binary));
    }
}
