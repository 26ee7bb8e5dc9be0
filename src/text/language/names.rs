//! What languages are called, and tags of languages (BCP 47, RFC 5646).

use super::scripts::SCRIPTS;
use super::words::WORDS;

/// Languages and their names in English: all that can be told from a text, and some more that articles name.
pub(super) const NAMES: [(&str, &str); 99] = [
    ("af", "Afrikaans"),
    ("am", "Amharic"),
    ("ar", "Arabic"),
    ("as", "Assamese"),
    ("az", "Azerbaijani"),
    ("be", "Belarusian"),
    ("bg", "Bulgarian"),
    ("bn", "Bengali"),
    ("bo", "Tibetan"),
    ("br", "Breton"),
    ("bs", "Bosnian"),
    ("ca", "Catalan"),
    ("ckb", "Central Kurdish"),
    ("co", "Corsican"),
    ("cs", "Czech"),
    ("cy", "Welsh"),
    ("da", "Danish"),
    ("de", "German"),
    ("el", "Greek"),
    ("en", "English"),
    ("eo", "Esperanto"),
    ("es", "Spanish"),
    ("et", "Estonian"),
    ("eu", "Basque"),
    ("fa", "Persian"),
    ("fi", "Finnish"),
    ("fil", "Filipino"),
    ("fo", "Faroese"),
    ("fr", "French"),
    ("fy", "Western Frisian"),
    ("ga", "Irish"),
    ("gd", "Scottish Gaelic"),
    ("gl", "Galician"),
    ("gsw", "Swiss German"),
    ("gu", "Gujarati"),
    ("ha", "Hausa"),
    ("he", "Hebrew"),
    ("hi", "Hindi"),
    ("hr", "Croatian"),
    ("hu", "Hungarian"),
    ("hy", "Armenian"),
    ("id", "Indonesian"),
    ("ig", "Igbo"),
    ("is", "Icelandic"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("jv", "Javanese"),
    ("ka", "Georgian"),
    ("kk", "Kazakh"),
    ("km", "Khmer"),
    ("kn", "Kannada"),
    ("ko", "Korean"),
    ("ku", "Kurdish"),
    ("la", "Latin"),
    ("lb", "Luxembourgish"),
    ("lo", "Lao"),
    ("lt", "Lithuanian"),
    ("lv", "Latvian"),
    ("mk", "Macedonian"),
    ("ml", "Malayalam"),
    ("mn", "Mongolian"),
    ("mr", "Marathi"),
    ("ms", "Malay"),
    ("mt", "Maltese"),
    ("my", "Burmese"),
    ("nb", "Norwegian"),
    ("ne", "Nepali"),
    ("nl", "Dutch"),
    ("nn", "Norwegian Nynorsk"),
    ("no", "Norwegian"),
    ("oc", "Occitan"),
    ("or", "Odia"),
    ("pa", "Punjabi"),
    ("pl", "Polish"),
    ("ps", "Pashto"),
    ("pt", "Portuguese"),
    ("ro", "Romanian"),
    ("ru", "Russian"),
    ("si", "Sinhala"),
    ("sk", "Slovak"),
    ("sl", "Slovenian"),
    ("sq", "Albanian"),
    ("sr", "Serbian"),
    ("sv", "Swedish"),
    ("sw", "Swahili"),
    ("ta", "Tamil"),
    ("te", "Telugu"),
    ("th", "Thai"),
    ("ti", "Tigrinya"),
    ("tl", "Filipino"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
    ("ur", "Urdu"),
    ("vi", "Vietnamese"),
    ("yi", "Yiddish"),
    ("yo", "Yoruba"),
    ("yue", "Cantonese"),
    ("zh", "Chinese"),
    ("zu", "Zulu"),
];

/// Languages that no word tells from each other for certain, or that have several tags: the first of each line is what a
/// text is told to be in. To say one of a line of a text in another of the line is no mistake.
const SAME: [&[&str]; 9] = [
    &["nb", "no", "nn"],
    &["hr", "sr", "bs", "sh", "cnr"],
    &["id", "ms", "in", "may", "ind"],
    &["fil", "tl"],
    &["he", "iw"],
    &["yi", "ji"],
    &["ro", "mo"],
    &["zh", "yue", "cmn", "wuu", "nan", "hak"],
    &["fa", "prs"],
];

/// The name of the language of a tag in English; none if it is not known here.
pub fn name(tag: &str) -> Option<&'static str> {
    let language = primary(tag);
    let number = NAMES.binary_search_by_key(&language.as_str(), |(tag, _)| tag).ok()?;
    NAMES.get(number).map(|(_, name)| *name)
}

/// Whether it is the tag of English, of whatever country.
pub fn is_english(tag: &str) -> bool {
    primary(tag) == "en"
}

/// What was meant as the tag of a language (`en_US.UTF-8`, `DE`) as a tag has it; none if it says of no language that it is
/// the one (`x-default`, `mul`, `German`).
pub fn tag(said: &str) -> Option<String> {
    let said = said.trim().replace('_', "-");
    let said = said.split(['.', '@']).next().unwrap_or_default();
    let mut parts = said.split('-');
    let first = parts.next().unwrap_or_default().to_ascii_lowercase();
    let is_language = matches!(first.len(), 2 | 3) && first.bytes().all(|byte| byte.is_ascii_lowercase());
    // Undetermined, several, none, and those not in the list (ISO 639-2).
    if !is_language || matches!(first.as_str(), "und" | "mul" | "zxx" | "mis") {
        return None;
    }
    let mut tag = first;
    for part in parts {
        if !(1..=8).contains(&part.len()) || !part.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        tag.push('-');
        tag.push_str(part);
    }
    Some(tag).filter(|tag| tag.len() <= MAX_TAG)
}

/// Bytes of the longest tag: what RFC 5646 §4.4.1 asks a program to hold.
const MAX_TAG: usize = 35;

/// Whether a text can be told to be in the language of the tag, or in what means the same.
pub(super) fn is_known(tag: &str) -> bool {
    let told = WORDS.iter().map(|(tag, _)| *tag).chain(SCRIPTS.iter().filter_map(|script| script.language));
    told.chain(["ja", "zh"]).any(|told| is_same(told, tag))
}

/// Whether the two tags may be of one text.
pub(super) fn is_same(tag: &str, other: &str) -> bool {
    let (tag, other) = (primary(tag), primary(other));
    tag == other || SAME.iter().any(|same| same.contains(&tag.as_str()) && same.contains(&other.as_str()))
}

/// The language of a tag alone.
pub(super) fn primary(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
}
