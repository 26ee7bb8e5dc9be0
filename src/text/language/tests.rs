use super::*;
use crate::article::{Block, TextRange};

/// A text of paragraphs.
fn paragraphs(words: &[&str]) -> Text {
    blocks(&words.iter().map(|words| (BlockKind::Paragraph, *words)).collect::<Vec<_>>())
}

fn blocks(of: &[(BlockKind, &str)]) -> Text {
    let (mut text, mut blocks) = (String::new(), Vec::new());
    for (kind, words) in of {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(words);
        blocks.push(Block { kind: kind.clone(), range: TextRange::new(start, text.len()) });
    }
    Text::new(text, blocks, vec![])
}

fn told(words: &str) -> Option<&'static str> {
    tell(&paragraphs(&[words]))
}

/// The same news in many languages: the bridge over the river is closed from Monday on.
const NEWS: [(&str, &str); 42] = [
    (
        "en",
        "The old bridge over the river will be closed from Monday, the town council said. Those who work on the other side \
         will have to take the ferry, which is free for them.",
    ),
    (
        "de",
        "Die alte Brücke über den Fluss wird ab Montag gesperrt, teilte der Stadtrat mit. Wer auf der anderen Seite \
         arbeitet, muss die Fähre nehmen, die für ihn nichts kostet.",
    ),
    (
        "nl",
        "De oude brug over de rivier wordt vanaf maandag gesloten, zegt het stadsbestuur. Wie aan de andere kant werkt, \
         moet de veerboot nemen, die voor hem niet meer dan een praatje kost.",
    ),
    (
        "fr",
        "Le vieux pont sur la rivière sera fermé à partir de lundi, selon la mairie. Ceux qui travaillent sur l’autre rive \
         devront prendre le bac, qui est gratuit pour eux.",
    ),
    (
        "es",
        "El viejo puente sobre el río se cerrará desde el lunes, según el ayuntamiento. Los que trabajan al otro lado \
         tienen que tomar la barca, que es gratis para todos ellos.",
    ),
    (
        "pt",
        "A velha ponte sobre o rio será fechada a partir de segunda-feira, disse a câmara. Quem trabalha do outro lado tem \
         de apanhar a balsa, que não custa nada para eles até ao fim do ano.",
    ),
    (
        "it",
        "Il vecchio ponte sul fiume sarà chiuso da lunedì, secondo il comune. Chi lavora dall’altra parte della città deve \
         prendere il traghetto, che per loro è gratuito.",
    ),
    (
        "ro",
        "Podul vechi de peste râu va fi închis de luni, a spus primăria. Cei care lucrează pe malul celălalt trebuie să ia \
         bacul, care este gratuit pentru ei și pentru familiile lor.",
    ),
    (
        "ca",
        "El pont vell sobre el riu es tancarà a partir de dilluns, segons l’ajuntament. Els que treballen a l’altra banda \
         han d’agafar la barca, que és gratuïta per als veïns.",
    ),
    (
        "sv",
        "Den gamla bron över ån stängs från och med måndag, säger kommunen. De som arbetar på andra sidan måste ta färjan, \
         som inte kostar något för dem.",
    ),
    (
        "da",
        "Den gamle bro over åen lukkes fra mandag, siger kommunen. De, der arbejder på den anden side, skal tage færgen, \
         som ikke koster noget for dem efter klokken syv.",
    ),
    (
        "nb",
        "Den gamle broen over elva stenges fra mandag, sier kommunen. De som jobber på den andre siden, må ta fergen, som \
         ikke koster noe for dem etter klokken sju.",
    ),
    (
        "is",
        "Gamla brúin yfir ána verður lokuð frá mánudegi, að sögn bæjarins. Þeir sem vinna hinum megin verða að taka \
         ferjuna, en hún er ókeypis fyrir þá og það til áramóta.",
    ),
    (
        "fi",
        "Joen vanha silta on kiinni maanantaista lähtien, kaupunki kertoo. Ne, jotka ovat työssä toisella puolella, \
         joutuvat kulkemaan lautalla, mutta se on heille ilmainen, kun he näyttävät kortin.",
    ),
    (
        "et",
        "Vana sild üle jõe on esmaspäevast kinni, ütles linnavalitsus. Need, kes töötavad teisel pool, peavad sõitma \
         praamiga, mis on neile tasuta, kui nad näitavad kaarti või kui see on juba ostetud.",
    ),
    (
        "lv",
        "Vecais tilts pār upi no pirmdienas būs slēgts, un tas var ilgt līdz vasarai. Tie, kas strādā otrā pusē, brauks ar \
         prāmi, bet tas viņiem ir par velti, ja viņi to saka.",
    ),
    (
        "lt",
        "Senasis tiltas per upę nuo pirmadienio bus uždarytas, ir tai gali trukti iki vasaros. Tie, kurie dirba kitoje \
         pusėje, turi keltis keltu, bet jis yra nemokamas, jei jie tai pasako.",
    ),
    (
        "pl",
        "Stary most na rzece od poniedziałku jest zamknięty, a to może potrwać do lata. Ci, którzy pracują po drugiej \
         stronie, będą pływać promem, który jest dla nich za darmo, ale tylko w dni robocze.",
    ),
    (
        "cs",
        "Starý most přes řeku bude od pondělí zavřený, uvedl úřad, a to až do léta. Kdo pracuje na druhé straně, může jet \
         přívozem, který je pro něj zdarma, ale jen když má lístek.",
    ),
    (
        "sk",
        "Starý most cez rieku bude od pondelka zatvorený, uviedol úrad, a to až do leta. Kto pracuje na druhej strane, \
         môže ísť kompou, ktorá je preňho zadarmo, ale len keď má lístok, alebo aj pred ôsmou.",
    ),
    (
        "sl",
        "Stari most čez reko bo od ponedeljka zaprt, pravi občina, in to vse do poletja. Kdor dela na drugi strani, se mora \
         peljati s splavom, ki je zanj zastonj, vendar samo če ima kartico.",
    ),
    (
        "hr",
        "Stari most preko rijeke bit će zatvoren od ponedjeljka, i to do ljeta, kako je rekao vijećnik. Tko radi na drugoj \
         strani, može ići skelom, koja je za njega besplatna, ali samo prije osam sati.",
    ),
    (
        "hu",
        "A régi híd hétfőtől zárva lesz, és ez nyárig is eltarthat, mert a pillére már nem elég erős. Aki a túlsó parton \
         dolgozik, az csak komppal mehet, de ez neki nem kerül semmibe, ha van kártyája.",
    ),
    (
        "tr",
        "Nehrin üzerindeki eski köprü pazartesi günü kapanıyor ve bu yaza kadar sürebilir. Karşı yakada çalışanlar için \
         vapur var, bu vapur onlar için ücretsiz ama ancak sabah çok erken bir saatte kalkıyor.",
    ),
    (
        "sq",
        "Ura e vjetër mbi lumë do të jetë e mbyllur nga e hëna, tha bashkia, dhe kjo deri në verë. Ata që punojnë në anën \
         tjetër duhet të marrin tragetin, i cili është falas për ta.",
    ),
    (
        "cy",
        "Bydd yr hen bont dros yr afon ar gau o ddydd Llun, ac mae hyn yn para hyd yr haf. Mae pawb sydd yn gweithio ar yr \
         ochr arall yn cael mynd ar y fferi, ond nid oes rhaid talu am hynny.",
    ),
    (
        "ga",
        "Tá an seandroichead thar an abhainn le dúnadh ón Luan, agus beidh sé mar sin go dtí an samhradh. Caithfidh na \
         daoine atá ag obair ar an taobh eile an bád a fháil, ach níl aon táille ar sin do na daoine sin.",
    ),
    (
        "id",
        "Jembatan lama di atas sungai akan ditutup mulai hari Senin karena sudah tidak aman, dan ini bisa lama. Mereka yang \
         bekerja di seberang harus naik perahu, yang tidak perlu dibayar oleh warga setelah pukul tujuh.",
    ),
    (
        "fil",
        "Isasara ang lumang tulay sa ilog mula Lunes, at ito ay hindi bubuksan hanggang tag-init. Ang mga taong may trabaho \
         sa kabila ay sasakay ng bangka na walang bayad para sa kanila.",
    ),
    (
        "vi",
        "Cây cầu cũ trên sông sẽ đóng từ thứ hai và việc này còn kéo dài đến mùa hè. Những người làm việc ở bờ bên kia phải \
         đi phà, nhưng họ không phải trả tiền khi đã có thẻ của thành phố.",
    ),
    (
        "sw",
        "Daraja la zamani la mto huo litafungwa kuanzia Jumatatu, na hii ni kwa sababu ya usalama wa watu. Wale ambao kazi \
         yao iko ng’ambo ya mto watapita kwa kivuko, lakini hiyo ni bila malipo kwa kila mtu.",
    ),
    (
        "ru",
        "Старый мост через реку с понедельника будет закрыт, и это может быть надолго. Те, кто работает на другом берегу, \
         ездят на пароме, который для них ничего не стоит, но только до семи часов.",
    ),
    (
        "uk",
        "Старий міст через річку з понеділка буде закрито, і це може бути надовго. Ті, хто працює на іншому березі, їздять \
         поромом, який для них нічого не коштує, але він ходить тільки до сьомої та після обіду.",
    ),
    (
        "bg",
        "Старият мост над реката от понеделник е затворен и това ще бъде до лятото. Тези, които работят на другия бряг, \
         трябва да вземат ферибота, който не се плаща от тях, но само след седем часа.",
    ),
    (
        "ar",
        "سيغلق الجسر القديم على النهر من يوم الاثنين، كما قال المجلس، وهذا ما كان منتظرا منذ سنوات. على الذين يعملون في \
         الضفة الأخرى أن يأخذوا العبارة التي لا تكلفهم أي شيء حتى بعد هذا الصيف.",
    ),
    (
        "fa",
        "پل قدیمی روی رود از دوشنبه بسته می‌شود و این کار تا تابستان ادامه دارد. کسانی که در آن سو کار می‌کنند باید با \
         قایق بروند که برای آن ها رایگان است اما هر روز فقط یک بار می‌رود.",
    ),
    (
        "ur",
        "دریا کا پرانا پل پیر سے بند ہے اور یہ گرمیوں تک بند رہے گا۔ جو لوگ دوسری طرف کام کرتے ہیں ان کو کشتی سے جانا ہو گا، \
         لیکن اس کے لیے ان سے کوئی پیسہ نہیں لیا جائے گا۔",
    ),
    (
        "hi",
        "नदी का पुराना पुल सोमवार से बंद है और यह गर्मियों तक बंद रहेगा। जो लोग दूसरी ओर काम करते हैं उन को नाव से जाना होगा, लेकिन इस के \
         लिए उन से कोई पैसा नहीं लिया जाएगा।",
    ),
    ("el", "Η παλιά γέφυρα κλείνει από τη Δευτέρα."),
    ("he", "הגשר הישן על הנהר ייסגר מיום שני."),
    ("th", "สะพานเก่าข้ามแม่น้ำจะปิดตั้งแต่วันจันทร์"),
    ("ko", "강 위의 낡은 다리가 월요일부터 폐쇄된다."),
];

#[test]
fn news_is_in_the_language_it_is_in() {
    let wrong: Vec<_> = NEWS.iter().filter(|(tag, words)| told(words) != Some(tag)).collect();
    assert!(wrong.is_empty(), "{:?}", wrong.iter().map(|(tag, words)| (tag, told(words))).collect::<Vec<_>>());
}

#[test]
fn decomposed_letters_and_capitals_are_the_same_words() {
    for (tag, words) in &NEWS {
        let decomposed: String = words.nfd().collect();
        assert_eq!(told(&decomposed), Some(*tag), "{decomposed}");
        if !matches!(*tag, "tr" | "ko") {
            assert_eq!(told(&words.to_uppercase()), Some(*tag), "{}", words.to_uppercase());
        }
    }
}

#[test]
fn chinese_and_japanese_are_told_apart_by_the_letters_of_japanese() {
    assert_eq!(told("川に架かる古い橋は月曜日から通行止めになる。"), Some("ja"));
    let chinese = "市政府表示，横跨该河的旧桥将从星期一起关闭，预计持续到夏季。在对岸工作的人须乘渡轮，居民可免费乘坐，直到工程结束。";
    assert_eq!(told(chinese), Some("zh"));
    // A brand in kana is a word of the Chinese text.
    assert_eq!(told(&format!("{chinese}店名は の")), None);
    // A headline may be of either.
    assert_eq!(told("旧橋閉鎖月曜開始"), None);
}

#[test]
fn what_is_short_mixed_or_unknown_is_in_no_language() {
    for words in [
        "",
        "12, 13, 14: …",
        "Rents fall again",
        "Die Brücke ist zu",
        "Мост закрыт",
        "Αθήνα",
        // Names alone.
        "Ana Reed, Tom Hale, Joaquim Serpa, Rosa Debaere, Vidar Lund, Beatriz Moniz, Ines Falk, Per Aas, Ole Brum, Mika \
         Salo, Jan Kos, Eva Horak, Lena Roth, Paul Weiss",
        // Made up.
        "Lomi kesta puri nolda vessin arom tikale munno. Pesta lokuri anim vessora dolm kintha, ropel umo tesk lanori vess \
         kulo an peri, dormi kesta munno arom",
        // Program text that nobody marked as such.
        "fn main() { let a = vec![1, 2]; for n in &a { println!(\"{n}\"); } if a.is_empty() { return; } match a { _ => () } }",
    ] {
        assert_eq!(told(words), None, "{words}");
    }
    let news = |wanted: &str| NEWS.iter().find(|(tag, _)| *tag == wanted).unwrap().1;
    assert_eq!(tell(&paragraphs(&[news("en"), news("de")])), None);
    assert_eq!(tell(&paragraphs(&[news("en"), news("ar")])), None);
}

#[test]
fn an_article_with_quotations_is_in_its_own_language() {
    let news = |wanted: &str| NEWS.iter().find(|(tag, _)| *tag == wanted).unwrap().1;
    let quoted =
        paragraphs(&[news("en"), news("en"), "“Wir schaffen das nicht bis zum Sommer”, sagte er.", news("en")]);
    assert_eq!(tell(&quoted), Some("en"));
    let quoted = paragraphs(&[news("de"), news("de"), "“We can’t do that by the summer,” he said.", news("de")]);
    assert_eq!(tell(&quoted), Some("de"));
    let quoted = paragraphs(&[news("el"), "Windows 11", "Η νέα έκδοση βγαίνει τη Δευτέρα."]);
    assert_eq!(tell(&quoted), Some("el"));
}

#[test]
fn program_text_says_nothing() {
    let german = NEWS[1].1;
    let code = BlockKind::Code { language: None, depth: 0 };
    let program = "if this is not that then do the other with it for all of them or else\n".repeat(40);
    assert_eq!(tell(&blocks(&[(BlockKind::Paragraph, german), (code, &program)])), Some("de"));
}

const LONGER: &str = "Nobody had asked for it, but when the ferry came back that evening there were more people on the \
    quay than the town has houses. Some said they had only come to see who else would be there; others had their own \
    reasons, which they kept to themselves. “We are not against a bridge,” a man from the upper town told us, “we are \
    against this one.” His wife was about to say something after him, but he could not be stopped. What will become of \
    all that is for the council to decide, and it has no money for either. If you ask my neighbour, the best thing that \
    can happen is that it does so slowly, because by then there may be a new one to ask.";

#[test]
fn of_a_long_text_several_places_are_looked_at() {
    let (english, german) = (LONGER, NEWS[1].1);
    // An abstract in another language is not the article.
    let mut words = vec![german; 4];
    words.extend([english; 100]);
    assert_eq!(tell(&paragraphs(&words)), Some("en"));
    // Half of it each.
    assert_eq!(tell(&paragraphs(&[vec![german; 300], vec![english; 100]].concat())), None);
    // All in one block, with characters of several bytes everywhere.
    assert_eq!(told(&NEWS[36].1.repeat(60)), Some("ur"));
    let looked_at: usize = places(&paragraphs(&words)).iter().map(|place| place.len()).sum();
    assert!(looked_at.abs_diff(LOOKED_AT) < 4 * PLACES, "{looked_at}");
}

#[test]
fn a_named_language_holds_unless_the_text_is_plainly_in_another() {
    let of = |words: &str, named: &str| language_of(&paragraphs(&[words]), Some(named));
    let (english, german, danish) = (NEWS[0].1, NEWS[1].1, NEWS[10].1);
    let chinese =
        "市政府表示横跨该河的旧桥将从星期一起关闭预计持续到夏季在对岸工作的人须乘渡轮居民可免费乘坐直到工程结束";
    for (words, named, wanted) in [
        // The text says less.
        (english, "en-GB", "en-GB"),
        (chinese, "zh-Hant", "zh-Hant"),
        (chinese, "yue", "yue"),
        (NEWS[11].1, "nn", "nn"),
        (NEWS[11].1, "no-NO", "no-NO"),
        // The text is too short to know better.
        ("Die Brücke ist zu", "en", "en"),
        // What is close to a language of the list may be what it is said to be.
        (german, "lb", "lb"),
        (german, "gsw-CH", "gsw-CH"),
        // A template names its own language.
        (german, "en-US", "de"),
        (danish, "en", "da"),
        (english, "ja", "en"),
        (NEWS[5].1, "br", "pt"),
        (danish, "dk", "da"),
        ("강 위의 낡은 다리가 월요일부터 폐쇄된다.", "en", "ko"),
        // No language was named.
        (german, "x-default", "de"),
        (german, "mul", "de"),
        (german, "English", "de"),
        (german, "", "de"),
        // As other systems write them.
        ("Zu", "de_AT.UTF-8", "de-AT"),
        ("Zu", " DE ", "de"),
        ("Zu", "ger", "de"),
        ("Shut", "eng-GB", "en-GB"),
        ("Zu", "iw", "he"),
    ] {
        assert_eq!(of(words, named).as_deref(), Some(wanted), "{named}: {words}");
    }
    for named in ["x-default", "uk_UA, ru", "us", "jp", "zxx"] {
        assert_eq!(of("Zu", named), None, "{named}");
    }
    assert_eq!(of("Zu", "de-\u{1b}[31m"), None);
    assert_eq!(of("Zu", &format!("de{}", "-latn".repeat(20))), None);
}

#[test]
fn every_language_that_can_be_told_has_a_name() {
    let by_script = SCRIPTS.iter().filter_map(|script| script.language).chain(["ja", "zh"]);
    for tag in WORDS.iter().map(|(tag, _)| *tag).chain(by_script) {
        assert!(name(tag).is_some(), "{tag}");
        assert_eq!(super::tag(tag).as_deref(), Some(tag));
    }
    assert_eq!(
        (name("de-AT"), name("zh-Hant"), name("en"), name("xx"), name("")),
        (Some("German"), Some("Chinese"), Some("English"), None, None)
    );
    assert!(is_english("en") && is_english("EN-gb") && !is_english("enm") && !is_english("de"));
}

#[test]
fn lists_are_in_order() {
    assert!(names::NAMES.is_sorted());
    for (tag, words) in WORDS {
        let mut sorted: Vec<&str> = words.split_whitespace().collect();
        assert!(sorted.iter().all(|word| word.to_lowercase().nfc().eq(word.chars())), "{tag}");
        assert!(sorted.iter().all(|word| word.len() <= LONGEST && word.chars().all(is_in_word)), "{tag}");
        sorted.sort_unstable();
        let twice: Vec<_> = sorted.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        assert!(twice.is_empty(), "{tag}: {twice:?}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_in_a_language_that_has_a_name_or_in_none(words in "\\PC{0,400}", times in 1_usize..20) {
        let told = tell(&paragraphs(&[&words.repeat(times)]));
        proptest::prop_assert!(told.is_none_or(|tag| name(tag).is_some()));
    }
}
