//! Guesses the encoding of bytes that do not say it.
//!
//! `chardetng` knows what is on the web: the encodings of Windows, ISO and East Asia. What DOS and the Macintosh wrote it
//! takes for one of these, which shows: controls and signs stand inside words, capitals behind small letters. Only if its
//! reading is as odd as that, and one of theirs is not, the other reading is taken.

use std::cmp::Reverse;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use super::encoding::TextEncoding;
use crate::article::address::split_scheme;

/// What DOS and the Macintosh wrote; of equally good ones the first is taken.
const OTHERS: [TextEncoding; 3] = [TextEncoding::CP437, TextEncoding::CP850, TextEncoding::MAC_ROMAN];

/// One character in so many beyond ASCII may stand oddly in a text that was decoded rightly.
const RARELY: usize = 12;

/// Letters of Western Europe, from the commonest to the rarest, counted over all its languages. General knowledge.
const COMMON_LETTERS: [&str; 4] = ["éäöüáíóàèçñåãøß", "êõôúæâùòìÉÄÖÜœ", "îëïûÁÓÍÚÀÈÇÑÅÃØ", "ÿ"];

/// Signs that texts of Western Europe have besides letters.
const USUAL_SIGNS: &str = "‘’‚“”„«»‹›–—…•·°§©®€£¥¢ªº¿¡½¼\u{a0}";

/// Decodes bytes that are not UTF-8; the site they come from is a hint.
pub(super) fn decode(bytes: &[u8], url: Option<&str>) -> String {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let domain = url.and_then(top_level_domain);
    let encoding = detector.guess(domain.as_deref().map(str::as_bytes), Utf8Detection::Deny);
    let text = encoding.decode_without_bom_handling(bytes).0.into_owned();
    let signs = Signs::of(&text);
    if signs.odd == 0 || signs.odd * RARELY < signs.all {
        return text;
    }
    let readings = OTHERS.map(|other| other.decode(bytes));
    let better = readings
        .into_iter()
        .map(|reading| (Signs::of(&reading), reading))
        .filter(|(other, _)| other.odd * 4 <= signs.odd && other.usual * 5 >= other.all * 4);
    // The least odd, of these the one with the commonest letters; `min_by_key` keeps the first of equals.
    better.min_by_key(|(other, _)| (other.odd, Reverse(other.weight))).map_or(text, |(_, reading)| reading)
}

/// The last label of an address's host, in lower case, if it has nothing but ASCII letters.
fn top_level_domain(url: &str) -> Option<String> {
    let (_, rest) = split_scheme(url)?;
    let host = rest.trim_start_matches('/').split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?;
    let label = host.trim_end_matches('.').rsplit_once('.')?.1;
    (!label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphabetic())).then(|| label.to_ascii_lowercase())
}

/// How the characters beyond ASCII stand in a text.
struct Signs {
    all: usize,
    /// Those that no language has in such a place.
    odd: usize,
    /// Letters and signs of Western Europe.
    usual: usize,
    /// How common the letters are.
    weight: usize,
}

impl Signs {
    fn of(text: &str) -> Self {
        let mut signs = Self { all: 0, odd: 0, usual: 0, weight: 0 };
        let mut before = ' ';
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            if !c.is_ascii() {
                let after = chars.peek().copied().unwrap_or(' ');
                signs.all += 1;
                signs.odd += usize::from(is_odd(before, c, after));
                signs.usual += usize::from(is_usual(c));
                let place = COMMON_LETTERS.iter().position(|letters| letters.contains(c));
                signs.weight += place.map_or(1, |place| COMMON_LETTERS.len() - place);
            }
            before = c;
        }
        signs
    }
}

fn is_odd(before: char, c: char, after: char) -> bool {
    let is_latin = |c: char| c.is_alphabetic() && c < '\u{250}';
    if c.is_control() || matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}') {
        return true;
    }
    if c.is_alphabetic() && !matches!(c, 'ˆ' | '˜') {
        // A capital inside a word, or a letter of another script.
        let is_foreign = !is_latin(c) && !matches!(c, 'ﬁ' | 'ﬂ');
        return if is_foreign {
            before.is_ascii_alphabetic() || after.is_ascii_alphabetic()
        } else {
            let is_inside = before.is_lowercase() || before.is_uppercase() && after.is_lowercase();
            c.is_uppercase() && is_inside || matches!(c, 'ª' | 'º') && is_latin(after)
        };
    }
    let is_between = is_latin(before) && is_latin(after);
    match c {
        '’' | '·' | '-' | '\u{ad}' | '\u{a0}' | '–' | '—' | '…' | '\u{2010}' => false,
        '„' | '‚' | '¿' | '¡' | 'ˆ' | '˜' | '†' | '‡' | '•' | '‰' | '¤' | '¦' => is_latin(before),
        _ => is_between,
    }
}

fn is_usual(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{ff}' if !matches!(c, '×' | '÷' | 'Ð' | 'ð' | 'Þ' | 'þ'))
        || matches!(c, 'œ' | 'Œ' | 'Ÿ')
        || USUAL_SIGNS.contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::Encoding;

    fn bytes_of(encoding: TextEncoding, text: &str) -> Vec<u8> {
        let high: Vec<(u8, String)> = (0x80..=0xff).map(|byte| (byte, encoding.decode(&[byte]))).collect();
        let byte_of = |c: char| match u8::try_from(c) {
            Ok(byte) if byte.is_ascii() => byte,
            _ => high.iter().find(|(_, other)| other.starts_with(c)).expect("in the encoding").0,
        };
        text.chars().map(byte_of).collect()
    }

    #[test]
    fn what_dos_and_the_macintosh_wrote_is_recognised() {
        for text in [
            "Der Bürgermeister äußerte sich über die Größe der Straße. Schön, sagte er und ging.",
            "Le maire a décidé d'agrandir le quai où les bateaux arrivent, a-t-elle répété.",
            "El alcalde anunció que mañana habrá una reunión en la estación.",
            "Zwölf Männer",
        ] {
            assert_eq!(decode(&bytes_of(TextEncoding::CP437, text), None), text);
            assert_eq!(decode(&bytes_of(TextEncoding::CP850, text), None), text);
        }
        for text in [
            "L’été dernier, la mairie a décidé d’agrandir le quai. « C’est déjà fait », a-t-elle répété.",
            "Der Bürgermeister äußerte sich über die Größe der Straße. „Schön“, sagte er.",
            "“The port isn’t closed,” said the mayor’s spokesman – and it wasn’t.",
        ] {
            assert_eq!(decode(&bytes_of(TextEncoding::MAC_ROMAN, text), None), text);
        }
        let text = "O prefeito não disse quando serão as próximas eleições, informou a rádio.";
        assert_eq!(decode(&bytes_of(TextEncoding::CP850, text), None), text);
    }

    /// Short texts in the encodings that pages are in.
    const WEB: [(&Encoding, &str, &str); 19] = [
        (encoding_rs::WINDOWS_1252, "fr", "Le café était fermé, “déjà” à midi; la fête aura lieu à l’été prochain."),
        (encoding_rs::WINDOWS_1252, "de", "Der Bürgermeister äußerte sich am Montag über die „Größe“ der Straße."),
        (encoding_rs::WINDOWS_1252, "es", "El alcalde anunció que mañana habrá una reunión en la estación."),
        (encoding_rs::WINDOWS_1252, "pt", "O prefeito não disse quando serão as próximas eleições."),
        (encoding_rs::WINDOWS_1252, "com", "“It isn’t over,” she said – not by a long way, and the café stayed open."),
        (encoding_rs::WINDOWS_1250, "cz", "Starosta řekl, že přístav zůstane zavřený až do příštího týdne."),
        (encoding_rs::ISO_8859_2, "pl", "Burmistrz powiedział, że port będzie zamknięty do końca tygodnia."),
        (
            encoding_rs::WINDOWS_1250,
            "hu",
            "A polgármester közölte, hogy a kikötő jövő hétig zárva lesz, és ő is eljön.",
        ),
        (encoding_rs::WINDOWS_1251, "ru", "Переговоры прошли в столице на этой неделе, сообщили газеты."),
        (encoding_rs::KOI8_U, "ua", "Мер повідомив, що порт буде зачинено до кінця тижня, і ніхто не прийшов."),
        (encoding_rs::ISO_8859_5, "ru", "Мэр сообщил, что порт будет закрыт до конца недели."),
        (encoding_rs::IBM866, "ru", "Мэр сообщил, что порт будет закрыт до конца недели, и никто не пришёл."),
        (
            encoding_rs::WINDOWS_1254,
            "tr",
            "Belediye başkanı limanın önümüzdeki haftaya kadar kapalı kalacağını söyledi.",
        ),
        (encoding_rs::SHIFT_JIS, "jp", "東京で会議が開かれた。次の日も会議は続いたとNHKが伝えた。"),
        (encoding_rs::EUC_JP, "jp", "市長は港を来週まで閉鎖すると発表した。誰も来なかった。"),
        (encoding_rs::EUC_KR, "kr", "서울에서 회의가 열렸다고 신문이 전했다. 다음 날도 계속되었다."),
        (encoding_rs::GBK, "cn", "会议本周在北京举行，报纸报道说，第二天会议继续进行。"),
        (encoding_rs::BIG5, "tw", "會議本週在台北舉行，報紙報導說，第二天會議繼續進行。"),
        (encoding_rs::WINDOWS_1253, "gr", "Ο δήμαρχος είπε ότι το λιμάνι θα μείνει κλειστό μέχρι την άλλη εβδομάδα."),
    ];

    #[test]
    fn the_encodings_of_the_web_are_guessed_as_ever() {
        for (encoding, domain, text) in WEB {
            let bytes = encoding.encode(text).0;
            assert_eq!(decode(&bytes, None), text, "{}", encoding.name());
            let url = format!("https://news.example.{domain}/a");
            assert_eq!(decode(&bytes, Some(&url)), text, "{} with {domain}", encoding.name());
        }
    }

    #[test]
    fn the_domain_is_the_last_label_of_the_host() {
        for (url, domain) in [
            ("https://user@news.Example.JP:8080/a.cz?b", Some("jp")),
            ("http://example.ru.", Some("ru")),
            ("https://192.0.2.1/x", None),
            ("https://[2001:db8::1]/", None),
            ("https://localhost/", None),
            ("https://пример.рф/", None),
            ("words", None),
        ] {
            assert_eq!(top_level_domain(url).as_deref(), domain, "{url}");
        }
    }
}
