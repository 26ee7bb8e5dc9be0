//! The encodings a text can be read in by name.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::text::alike::nearest;

/// What DOS called code page 437, from 0x80 (IBM, "CP437", 1984; the mapping is Unicode's, VENDORS/MICSFT/PC/CP437.TXT).
const CP437: &str = "\
    ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
    └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// What DOS called code page 850, from 0x80 (the mapping is Unicode's, VENDORS/MICSFT/PC/CP850.TXT).
const CP850: &str = "\
    ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
    └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// Names people have for encodings that have another one, or none, in the Encoding Standard.
const OTHER_NAMES: [(&str, TextEncoding); 14] = [
    ("cp437", TextEncoding::CP437),
    ("ibm437", TextEncoding::CP437),
    ("437", TextEncoding::CP437),
    ("dos", TextEncoding::CP437),
    ("oem-us", TextEncoding::CP437),
    ("cp850", TextEncoding::CP850),
    ("ibm850", TextEncoding::CP850),
    ("850", TextEncoding::CP850),
    ("dos-latin-1", TextEncoding::CP850),
    ("macroman", TextEncoding::MAC_ROMAN),
    ("mac-roman", TextEncoding::MAC_ROMAN),
    ("cp932", TextEncoding(Table::Standard(encoding_rs::SHIFT_JIS))),
    ("cp936", TextEncoding(Table::Standard(encoding_rs::GBK))),
    ("cp949", TextEncoding(Table::Standard(encoding_rs::EUC_KR))),
];

/// Names that a typing error is compared with, and that a list offers with what they are for: the common encodings, each
/// once.
const OFFERED: [(&str, &str); 26] = [
    ("utf-8", "everything today"),
    ("windows-1252", "Western Europe"),
    ("iso-8859-15", "Western Europe, with the euro"),
    ("macintosh", "Western Europe, old Macintosh"),
    ("cp437", "Western Europe, old DOS"),
    ("cp850", "Western Europe, later DOS"),
    ("windows-1250", "Central Europe"),
    ("iso-8859-2", "Central Europe, Unix"),
    ("windows-1251", "Cyrillic"),
    ("koi8-r", "Russian, Unix"),
    ("koi8-u", "Ukrainian, Unix"),
    ("ibm866", "Russian, DOS"),
    ("iso-8859-5", "Cyrillic, ISO"),
    ("windows-1253", "Greek"),
    ("windows-1254", "Turkish"),
    ("windows-1255", "Hebrew"),
    ("windows-1256", "Arabic"),
    ("windows-1257", "Baltic"),
    ("windows-1258", "Vietnamese"),
    ("windows-874", "Thai"),
    ("shift_jis", "Japanese, Windows"),
    ("euc-jp", "Japanese, Unix"),
    ("euc-kr", "Korean"),
    ("gb18030", "Chinese, simplified"),
    ("big5", "Chinese, traditional"),
    ("utf-16le", "everything, old Windows"),
];

/// An encoding of texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextEncoding(Table);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Table {
    /// One of the Encoding Standard (WHATWG).
    Standard(&'static Encoding),
    /// One of single bytes that extends ASCII: its name, and its characters from 0x80.
    Dos(&'static str, &'static str),
}

impl TextEncoding {
    /// What DOS wrote in America.
    pub(super) const CP437: Self = Self(Table::Dos("cp437", CP437));
    /// What DOS wrote in Western Europe.
    pub(super) const CP850: Self = Self(Table::Dos("cp850", CP850));
    /// What the Macintosh wrote before Unicode.
    pub(super) const MAC_ROMAN: Self = Self(Table::Standard(encoding_rs::MACINTOSH));

    /// The encoding of that name, in any case: the labels of the Encoding Standard, and those of DOS and the Macintosh.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        let other = OTHER_NAMES.iter().find(|(other, _)| *other == name).map(|(_, encoding)| *encoding);
        let standard = || Encoding::for_label_no_replacement(name.as_bytes());
        other.or_else(|| standard().map(|encoding| Self(Table::Standard(encoding))))
    }

    /// The known name that a mistyped one resembles.
    pub fn similar_name(name: &str) -> Option<&'static str> {
        let others = OTHER_NAMES.iter().map(|(other, _)| *other).filter(|other| other.len() > 3);
        nearest(&name.trim().to_ascii_lowercase(), OFFERED.into_iter().map(|(name, _)| name).chain(others))
    }

    /// The common encodings, Western ones first, and what each is for.
    pub fn offered() -> impl Iterator<Item = (Self, &'static str)> {
        OFFERED.into_iter().filter_map(|(name, purpose)| Some((Self::named(name)?, purpose)))
    }

    /// Its name, which [`named`](Self::named) knows.
    pub fn name(self) -> &'static str {
        match self.0 {
            Table::Standard(encoding) => encoding.name(),
            Table::Dos(name, _) => name,
        }
    }

    /// The text these bytes are. What cannot be decoded becomes U+FFFD; a byte order mark is left out, and tells which
    /// UTF-16 it is.
    pub(super) fn decode(self, bytes: &[u8]) -> String {
        match self.0 {
            Table::Standard(encoding) => {
                let is_wide = |encoding: &'static Encoding| encoding == UTF_16LE || encoding == UTF_16BE;
                let (encoding, length) = match Encoding::for_bom(bytes) {
                    Some((marked, length)) if marked == encoding || is_wide(marked) && is_wide(encoding) => {
                        (marked, length)
                    }
                    _ => (encoding, 0),
                };
                encoding.decode_without_bom_handling(bytes.get(length..).unwrap_or_default()).0.into_owned()
            }
            Table::Dos(_, high) => {
                let high: Vec<char> = high.chars().collect();
                let char_of = |&byte: &u8| high.get(usize::from(byte).wrapping_sub(0x80)).copied();
                bytes.iter().map(|byte| char_of(byte).unwrap_or(char::from(*byte))).collect()
            }
        }
    }

    /// What a web page or a server declares: by the Encoding Standard a page that says UTF-16 in ASCII letters is UTF-8.
    /// So is one that says ASCII, which is the same as long as it is true; where it is not, it tells nothing.
    pub(super) fn declared(label: &str) -> Option<Self> {
        if ["us-ascii", "ascii"].iter().any(|ascii| label.trim().eq_ignore_ascii_case(ascii)) {
            return Some(Self(Table::Standard(UTF_8)));
        }
        let encoding = Self::named(label)?;
        let is_wide = matches!(encoding.0, Table::Standard(standard) if standard == UTF_16LE || standard == UTF_16BE);
        Some(if is_wide { Self(Table::Standard(UTF_8)) } else { encoding })
    }

    /// Whether this is UTF-8.
    pub(super) fn is_utf_8(self) -> bool {
        self.0 == Table::Standard(UTF_8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_standard_of_dos_and_of_the_macintosh_are_known() {
        for (name, known) in [
            ("UTF8", "UTF-8"),
            (" Latin1 ", "windows-1252"),
            ("CP1252", "windows-1252"),
            ("cp1250", "windows-1250"),
            ("IBM437", "cp437"),
            ("dos", "cp437"),
            ("cp850", "cp850"),
            ("mac", "macintosh"),
            ("MacRoman", "macintosh"),
            ("sjis", "Shift_JIS"),
            ("koi8", "KOI8-R"),
        ] {
            assert_eq!(TextEncoding::named(name).map(TextEncoding::name), Some(known), "{name}");
        }
        for name in ["", "klingon", "cp", "125", "iso-2022-kr"] {
            assert_eq!(TextEncoding::named(name), None, "{name}");
        }
        assert_eq!(TextEncoding::similar_name("window-1252"), Some("windows-1252"));
        assert_eq!(TextEncoding::similar_name("macromann"), Some("macroman"));
        assert_eq!(TextEncoding::similar_name("klingon"), None);
    }

    #[test]
    fn every_offered_encoding_is_known_by_its_own_name() {
        assert_eq!(TextEncoding::offered().count(), OFFERED.len());
        for (encoding, _) in TextEncoding::offered() {
            assert_eq!(TextEncoding::named(encoding.name()), Some(encoding));
        }
    }

    #[test]
    fn the_tables_of_dos_have_a_character_for_every_byte() {
        assert_eq!((CP437.chars().count(), CP850.chars().count()), (128, 128));
        let bytes: Vec<u8> = [0x81, 0x84, 0x94, 0xe1, 0x9a, 0x9b, b'!'].to_vec();
        assert_eq!(TextEncoding::CP437.decode(&bytes), "üäößÜ¢!");
        assert_eq!(TextEncoding::CP850.decode(&bytes), "üäößÜø!");
    }

    #[test]
    fn utf_16_by_name_follows_the_mark() {
        let wide = TextEncoding::named("utf-16").unwrap();
        assert_eq!(wide.decode(&[0xfe, 0xff, 0, b'a']), "a");
        assert_eq!(wide.decode(&[b'a', 0]), "a");
        assert!(TextEncoding::declared("utf-16").unwrap().is_utf_8());
    }
}
