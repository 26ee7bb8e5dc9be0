//! Recognises what an entry is by the word for it in the device's language.

use std::sync::LazyLock;

use crate::text::fold::fold;

/// The kinds of entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EntryKind {
    /// Words of the author.
    Highlight,
    /// Words of the reader.
    Note,
    /// A place without words.
    Bookmark,
}

/// The beginnings of the words for each kind. One that could also begin a word of another kind comes after it.
const WORDS: [(EntryKind, &[&str]); 3] = [
    (
        EntryKind::Bookmark,
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
        EntryKind::Highlight,
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
        EntryKind::Note,
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

impl EntryKind {
    /// Reads the kind from the line that describes an entry, up to its time; none if no known language names one.
    pub(super) fn recognise(description: &str) -> Option<Self> {
        static FOLDED: LazyLock<Vec<(String, EntryKind)>> = LazyLock::new(|| {
            let folded =
                |(kind, words): &(EntryKind, &[&str])| words.iter().map(|word| (fold(word), *kind)).collect::<Vec<_>>();
            WORDS.iter().flat_map(folded).collect()
        });
        let description = fold(description);
        let is_named = |word: &str| {
            description.match_indices(word).any(|(at, _)| {
                // In scripts without blanks, or that join the article to the word, it may be any part.
                let is_apart = word.chars().next().is_some_and(|c| c < '\u{590}');
                !is_apart || !description.get(..at).unwrap_or_default().ends_with(char::is_alphabetic)
            })
        };
        FOLDED.iter().find(|(word, _)| is_named(word)).map(|(_, kind)| *kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_in_many_languages() {
        for (what, wanted) in [
            (" Your Highlight on page 1", Some(EntryKind::Highlight)),
            (" Ihre Markierung bei Position 100-105", Some(EntryKind::Highlight)),
            (" Votre surlignement sur la page 3", Some(EntryKind::Highlight)),
            (" La tua evidenziazione a pagina 4", Some(EntryKind::Highlight)),
            (" Twoje zaznaczenie na stronie 5", Some(EntryKind::Highlight)),
            (" Vaše zvýraznění na straně 5", Some(EntryKind::Highlight)),
            (" Konum 12-13 Vurgunuz", Some(EntryKind::Highlight)),
            (" Ваш выделенный отрывок в месте 12", Some(EntryKind::Highlight)),
            (" 内 하이라이트 위치 12", Some(EntryKind::Highlight)),
            (" 您在第 5 页的标注", Some(EntryKind::Highlight)),
            (" पेज 14 पर आपका हाइलाइट", Some(EntryKind::Highlight)),
            (" Ihre Notiz bei Position 105", Some(EntryKind::Note)),
            (" La tua nota a pagina 4", Some(EntryKind::Note)),
            (" Konum 12 Notunuz", Some(EntryKind::Note)),
            (" Muistiinpanosi sivulla 3", Some(EntryKind::Note)),
            (" Ваша заметка в месте 12", Some(EntryKind::Note)),
            (" Η σημείωσή σας στη σελίδα 3", Some(EntryKind::Note)),
            (" ملاحظتك في الصفحة ١٤", Some(EntryKind::Note)),
            (" 位置No. 91のメモ", Some(EntryKind::Note)),
            (" Il tuo segnalibro a pagina 4", Some(EntryKind::Bookmark)),
            (" Twoja zakładka na stronie 5", Some(EntryKind::Bookmark)),
            (" 位置No. 91のブックマーク", Some(EntryKind::Bookmark)),
            (" Clip This Article at Location 5", None),
            (" Something in no language, page 12", None),
        ] {
            assert_eq!(EntryKind::recognise(what), wanted, "{what}");
        }
    }
}
