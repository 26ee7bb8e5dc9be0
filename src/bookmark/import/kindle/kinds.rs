//! What an entry is, by the word for it in the language of the device.

use std::sync::LazyLock;

use crate::text::fold::fold;

/// What an entry can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Words of the author.
    Highlight,
    /// Words of the reader.
    Note,
    /// A place without words.
    Bookmark,
}

/// Beginnings of the words for each kind; those that may begin a word for another kind stand below it.
const WORDS: [(Kind, &[&str]); 3] = [
    (
        Kind::Bookmark,
        &[
            "bookmark",
            "lesezeichen",
            "signet",
            "marque-page",
            "favori",
            "marcador",
            "segnalibro",
            "bladwijzer",
            "bokmärk",
            "bogmærk",
            "bokmerk",
            "kirjanmerk",
            "bókamerk",
            "zakład",
            "zálož",
            "zaznam",
            "straničnik",
            "könyvjelző",
            "semn de carte",
            "marcaj",
            "yer im",
            "yer işaret",
            "penanda",
            "markah",
            "dấu trang",
            "закладк",
            "отметк",
            "обележивач",
            "σελιδοδείκτ",
            "ブックマーク",
            "しおり",
            "书签",
            "書籤",
            "북마크",
            "책갈피",
            "बुकमार्क",
            "বুকমার্ক",
            "புத்தகக்குறி",
            "బుక్‌మార్క్",
            "બુકમાર્ક",
            "إشارة",
            "علامة",
            "نشانک",
            "סימני",
        ],
    ),
    (
        Kind::Highlight,
        &[
            "highlight",
            "markierung",
            "surlign",
            "subrayado",
            "resaltado",
            "evidenzia",
            "destaque",
            "marker",
            "markør",
            "fremhæv",
            "uthev",
            "överstryk",
            "korost",
            "yfirstrik",
            "podświetl",
            "zaznacz",
            "wyróżn",
            "zvýrazn",
            "označ",
            "isticanj",
            "istaknut",
            "poudar",
            "kiemel",
            "evidenți",
            "sublini",
            "subratlla",
            "ressalta",
            "suliñad",
            "vurgu",
            "sorot",
            "tô sáng",
            "đánh dấu",
            "выдел",
            "виділ",
            "вылуч",
            "подчерт",
            "маркир",
            "означ",
            "истакн",
            "επισήμ",
            "υπογράμμ",
            "ハイライト",
            "标注",
            "標註",
            "标记",
            "標記",
            "划线",
            "重點",
            "하이라이트",
            "हाइलाइट",
            "হাইলাইট",
            "சிறப்ப",
            "ஹைலைட்",
            "హైలైట్",
            "હાઇલાઇટ",
            "تمييز",
            "تظليل",
            "مميز",
            "هایلایت",
            "برجسته",
            "הדגש",
            "סימון",
        ],
    ),
    (
        Kind::Note,
        &[
            "note",
            "notiz",
            "anmerkung",
            "nota",
            "notă",
            "notiț",
            "notitie",
            "aantekening",
            "anteckning",
            "notat",
            "notering",
            "merknad",
            "muistiin",
            "huomautu",
            "athugasemd",
            "minnispunkt",
            "adnotac",
            "poznám",
            "bilješk",
            "napomen",
            "opomb",
            "zabelež",
            "belešk",
            "megjegyz",
            "jegyzet",
            "not",
            "catatan",
            "ghi chú",
            "заметк",
            "примечан",
            "нотатк",
            "приміт",
            "нататк",
            "бележк",
            "белешк",
            "σημείωσ",
            "メモ",
            "ノート",
            "笔记",
            "筆記",
            "注释",
            "備註",
            "메모",
            "노트",
            "नोट",
            "टीप",
            "নোট",
            "குறிப்பு",
            "గమనిక",
            "નોંધ",
            "ملاحظ",
            "مذكرة",
            "یادداشت",
            "הערה",
            "הערת",
        ],
    ),
];

/// What the line that tells of an entry says it is, up to the time; none if in no language that is known.
pub(super) fn kind(what: &str) -> Option<Kind> {
    static FOLDED: LazyLock<Vec<(String, Kind)>> = LazyLock::new(|| {
        let folded = |(kind, words): &(Kind, &[&str])| words.iter().map(|word| (fold(word), *kind)).collect::<Vec<_>>();
        WORDS.iter().flat_map(folded).collect()
    });
    let what = fold(what);
    let is_said = |word: &str| {
        what.match_indices(word).any(|(at, _)| {
            // Of writing that has no blanks, or joins its article to the word, any part may be the word.
            let is_apart = word.chars().next().is_some_and(|c| c < '\u{590}');
            !is_apart || !what.get(..at).unwrap_or_default().ends_with(char::is_alphabetic)
        })
    };
    FOLDED.iter().find(|(word, _)| is_said(word)).map(|(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_in_many_languages() {
        for (what, wanted) in [
            (" Your Highlight on page 1", Some(Kind::Highlight)),
            (" Ihre Markierung bei Position 100-105", Some(Kind::Highlight)),
            (" Votre surlignement sur la page 3", Some(Kind::Highlight)),
            (" La tua evidenziazione a pagina 4", Some(Kind::Highlight)),
            (" Twoje zaznaczenie na stronie 5", Some(Kind::Highlight)),
            (" Vaše zvýraznění na straně 5", Some(Kind::Highlight)),
            (" Konum 12-13 Vurgunuz", Some(Kind::Highlight)),
            (" Ваш выделенный отрывок в месте 12", Some(Kind::Highlight)),
            (" 内 하이라이트 위치 12", Some(Kind::Highlight)),
            (" 您在第 5 页的标注", Some(Kind::Highlight)),
            (" पेज 14 पर आपका हाइलाइट", Some(Kind::Highlight)),
            (" Ihre Notiz bei Position 105", Some(Kind::Note)),
            (" La tua nota a pagina 4", Some(Kind::Note)),
            (" Konum 12 Notunuz", Some(Kind::Note)),
            (" Muistiinpanosi sivulla 3", Some(Kind::Note)),
            (" Ваша заметка в месте 12", Some(Kind::Note)),
            (" Η σημείωσή σας στη σελίδα 3", Some(Kind::Note)),
            (" ملاحظتك في الصفحة ١٤", Some(Kind::Note)),
            (" 位置No. 91のメモ", Some(Kind::Note)),
            (" Il tuo segnalibro a pagina 4", Some(Kind::Bookmark)),
            (" Twoja zakładka na stronie 5", Some(Kind::Bookmark)),
            (" 位置No. 91のブックマーク", Some(Kind::Bookmark)),
            (" Clip This Article at Location 5", None),
            (" Something in no language, page 12", None),
        ] {
            assert_eq!(kind(what), wanted, "{what}");
        }
    }
}
