//! The names of months, weekdays, halves of the day and time zones in many languages.
//!
//! Names have the form they take in a date; other forms follow after a `/`, and `_` joins two words. They are those of
//! the Unicode locale data (CLDR). The first letters of a name, three or more, stand for it. Where one word means two
//! things in two languages both are known, and the language listed first comes first.

use std::collections::HashMap;
use std::iter;
use std::sync::LazyLock;

use crate::article;
use crate::text::fold::fold;

/// January to December, one language per line; English, which comes first, has its own list.
const MONTHS: [&str; 44] = [
    "januar/jänner februar märz april mai juni juli august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre/setiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart/mrt april mei juni juli augustus september oktober november december",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "januar februar marts april maj juni juli august september oktober november desember",
    "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta \
     joulukuuta",
    "janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember",
    "stycznia/styczeń lutego/luty marca/marzec kwietnia/kwiecień maja/maj czerwca/czerwiec lipca/lipiec sierpnia/sierpień \
     września/wrzesień października/październik listopada/listopad grudnia/grudzień",
    "ledna/leden února/únor března/březen dubna/duben května/květen června/červen července/červenec srpna/srpen září \
     října/říjen listopadu/listopad prosince/prosinec",
    "januára/január februára/február marca/marec apríla/apríl mája/máj júna/jún júla/júl augusta/august \
     septembra/september októbra/október novembra/november decembra/december",
    "januarja/januar februarja/februar marca/marec aprila/april maja/maj junija/junij julija/julij avgusta/avgust \
     septembra/september oktobra/oktober novembra/november decembra/december",
    "siječnja/siječanj veljače/veljača ožujka/ožujak travnja/travanj svibnja/svibanj lipnja/lipanj srpnja/srpanj \
     kolovoza/kolovoz rujna/rujan listopada/listopad studenoga/studenog/studeni prosinca/prosinac",
    "januar februar mart april maj jun jul avgust septembar oktobar novembar decembar",
    "január február március április május június július augusztus szeptember október november december",
    "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
    "xaneiro febreiro marzo abril maio xuño xullo agosto setembro outubro novembro decembro",
    "urtarrilaren otsailaren martxoaren apirilaren maiatzaren ekainaren uztailaren abuztuaren irailaren urriaren \
     azaroaren abenduaren",
    "januari februari maret april mei juni juli agustus september oktober november desember",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember",
    "janvāris/janvārī februāris/februārī marts/martā aprīlis/aprīlī maijs/maijā jūnijs/jūnijā jūlijs/jūlijā \
     augusts/augustā septembris/septembrī oktobris/oktobrī novembris/novembrī decembris/decembrī",
    "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio",
    "ιανουαρίου/ιανουάριος φεβρουαρίου/φεβρουάριος μαρτίου/μάρτιος απριλίου/απρίλιος μαΐου/μάιος ιουνίου/ιούνιος \
     ιουλίου/ιούλιος αυγούστου/αύγουστος σεπτεμβρίου/σεπτέμβριος οκτωβρίου/οκτώβριος νοεμβρίου/νοέμβριος \
     δεκεμβρίου/δεκέμβριος",
    "января/январь февраля/февраль марта/март апреля/апрель мая/май июня/июнь июля/июль августа/август \
     сентября/сентябрь октября/октябрь ноября/ноябрь декабря/декабрь",
    "січня/січень лютого/лютий березня/березень квітня/квітень травня/травень червня/червень липня/липень \
     серпня/серпень вересня/вересень жовтня/жовтень листопада/листопад грудня/грудень",
    "студзеня/студзень лютага/люты сакавіка/сакавік красавіка/красавік мая/май чэрвеня/чэрвень ліпеня/ліпень \
     жніўня/жнівень верасня/верасень кастрычніка/кастрычнік лістапада/лістапад снежня/снежань",
    "януари февруари март април май юни юли август септември октомври ноември декември",
    "јануар/јануари фебруар/февруари март април мај јун/јуни јул/јули август септембар/септември октобар/октомври \
     новембар/ноември децембар/декември",
    "जनवरी फ़रवरी/फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर/सितम्बर अक्टूबर/अक्तूबर नवंबर/नवम्बर दिसंबर/दिसम्बर",
    "जानेवारी फेब्रुवारी मार्च एप्रिल मे जून जुलै ऑगस्ट सप्टेंबर ऑक्टोबर नोव्हेंबर डिसेंबर",
    "জানুয়ারি/জানুয়ারী ফেব্রুয়ারি/ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
    "જાન્યુઆરી ફેબ્રુઆરી માર્ચ એપ્રિલ મે જૂન જુલાઈ ઑગસ્ટ સપ્ટેમ્બર ઑક્ટોબર નવેમ્બર ડિસેમ્બર",
    "ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்",
    "జనవరి ఫిబ్రవరి మార్చి ఏప్రిల్ మే జూన్ జులై/జూలై ఆగస్టు సెప్టెంబర్ అక్టోబర్ నవంబర్ డిసెంబర్",
    "يناير فبراير مارس أبريل/ابريل مايو يونيو يوليو أغسطس/اغسطس سبتمبر أكتوبر/اكتوبر نوفمبر ديسمبر",
    "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول",
    "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
    "ژانویه/ژانویهٔ فوریه/فوریهٔ مارس آوریل مه/مهٔ ژوئن ژوئیه/ژوئیهٔ اوت سپتامبر اکتبر نوامبر دسامبر",
    "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
    "בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר",
];

/// Monday to Sunday, one language per line.
const WEEKDAYS: [&str; 27] = [
    "monday tuesday wednesday thursday friday saturday sunday",
    "montag dienstag mittwoch donnerstag freitag samstag/sonnabend sonntag",
    "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "lunes martes miércoles jueves viernes sábado domingo",
    "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "segunda terça quarta quinta sexta sábado domingo",
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "måndag/mandag tisdag/tirsdag onsdag torsdag fredag lördag/lørdag söndag/søndag",
    "maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina",
    "poniedziałek wtorek środa/środę czwartek piątek sobota/sobotę niedziela/niedzielę",
    "pondělí úterý středa/středu čtvrtek pátek sobota/sobotu neděle/neděli",
    "pondelok utorok streda/stredu štvrtok piatok sobota/sobotu nedeľa/nedeľu",
    "ponedjeljak/ponedeljek/ponedeljak utorak/torek srijeda/sreda četvrtak/četrtek petak/petek subota/sobota \
     nedjelja/nedelja",
    "hétfő kedd szerda csütörtök péntek szombat vasárnap",
    "luni marți miercuri joi vineri sâmbătă duminică",
    "dilluns dimarts dimecres dijous divendres dissabte diumenge",
    "luns martes mércores xoves venres sábado domingo",
    "senin selasa rabu kamis jumat sabtu minggu",
    "pazartesi salı çarşamba perşembe cuma cumartesi pazar",
    "δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή",
    "понедельник вторник среда/среду четверг пятница/пятницу суббота/субботу воскресенье",
    "понеділок вівторок середа/середу четвер ятниця/ятницю субота/суботу неділя/неділю",
    "понеделник вторник сряда четвъртък петък събота неделя",
    "понедељак уторак среда четвртак петак субота недеља",
    "सोमवार मंगलवार बुधवार गुरुवार/बृहस्पतिवार शुक्रवार शनिवार रविवार",
    "الاثنين/الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    "שני שלישי רביעי חמישי שישי שבת ראשון",
];

/// Words for the hours before noon, right before or after the clock.
const BEFORE_NOON: &str = "am a 上午 午前 早上 凌晨 清晨 오전 पूर्वाह्न পূর্বাহ্ন ص صباحا صباحًا قظ πμ öö sa";
/// Words for the hours after noon.
const AFTER_NOON: &str = "pm p 下午 午後 晚上 傍晚 中午 오후 अपराह्न অপরাহ্ন م مساء مساءً بظ μμ ös ch";

/// Zones by name, in minutes east of Greenwich: those of RFC 5322 §4.3, and other names that are unambiguous.
const ZONES: [(&str, i32); 55] = [
    ("central european summer time", 120),
    ("central european", 60),
    ("eastern european summer time", 180),
    ("eastern european", 120),
    ("western european summer time", 60),
    ("western european", 0),
    ("british summer time", 60),
    ("greenwich mean time", 0),
    ("coordinated universal time", 0),
    ("pacific standard time", -480),
    ("pacific daylight time", -420),
    ("mountain standard time", -420),
    ("mountain daylight time", -360),
    ("central standard time", -360),
    ("central daylight time", -300),
    ("eastern standard time", -300),
    ("eastern daylight time", -240),
    ("india standard time", 330),
    ("china standard time", 480),
    ("japan standard time", 540),
    ("korean standard time", 540),
    ("pst", -480),
    ("pdt", -420),
    ("mst", -420),
    ("mdt", -360),
    ("cst", -360),
    ("cdt", -300),
    ("est", -300),
    ("edt", -240),
    ("cest", 120),
    ("cet", 60),
    ("mesz", 120),
    ("mez", 60),
    ("eest", 180),
    ("eet", 120),
    ("jst", 540),
    ("msk", 180),
    ("sast", 120),
    ("hkt", 480),
    ("kst", 540),
    ("wib", 420),
    ("awst", 480),
    ("acst", 570),
    ("acdt", 630),
    ("aest", 600),
    ("aedt", 660),
    ("nzst", 720),
    ("nzdt", 780),
    ("akst", -540),
    ("akdt", -480),
    ("brt", -180),
    ("west", 60),
    ("wet", 0),
    ("gmt", 0),
    ("utc", 0),
];

/// The numbers that names stand for, from 1 in the order of their line; whole names apart from prefixes.
struct Names {
    whole: HashMap<String, Vec<i8>>,
    prefixes: HashMap<String, i8>,
}

impl Names {
    fn of<'a>(lines: impl IntoIterator<Item = &'a str>) -> Self {
        let mut names = Self { whole: HashMap::new(), prefixes: HashMap::new() };
        for (place, name) in lines.into_iter().flat_map(|line| (1..).zip(line.split(' '))) {
            for form in name.split('/').map(fold) {
                for (end, _) in form.char_indices().skip(3) {
                    names.prefixes.entry(form.get(..end).unwrap_or_default().to_owned()).or_insert(place);
                }
                let places = names.whole.entry(form).or_default();
                if !places.contains(&place) {
                    places.push(place);
                }
            }
        }
        names
    }
}

/// The numbers of the months a word may mean, and whether it is a whole name.
pub(super) fn months(word: &str) -> (Vec<i8>, bool) {
    static NAMES: LazyLock<Names> = LazyLock::new(|| {
        let english = article::MONTHS.join(" ");
        Names::of(iter::once(english.as_str()).chain(MONTHS))
    });
    NAMES.whole.get(word).map_or_else(
        || (NAMES.prefixes.get(word).copied().into_iter().collect(), false),
        |places| (places.clone(), true),
    )
}

/// The weekday a word means, from 1 for Monday.
pub(super) fn weekday(word: &str) -> Option<i8> {
    static NAMES: LazyLock<Names> = LazyLock::new(|| Names::of(WEEKDAYS));
    NAMES.whole.get(word).and_then(|places| places.first()).or_else(|| NAMES.prefixes.get(word)).copied()
}

/// Whether a word beside a clock means after noon; none if it says neither.
///
/// In scripts without blanks other words may be joined to its front.
pub(super) fn is_late(word: &str) -> Option<bool> {
    static HALVES: LazyLock<Vec<(String, bool)>> = LazyLock::new(|| {
        let of = |words: &str, late| words.split(' ').map(|word| (fold(word), late)).collect::<Vec<_>>();
        [of(BEFORE_NOON, false), of(AFTER_NOON, true)].concat()
    });
    let is_it = |half: &str| word == half || half.chars().all(|c| c > '\u{2e80}') && word.ends_with(half);
    HALVES.iter().find(|(half, _)| is_it(half)).map(|(_, late)| *late)
}

/// The zone named in the text after a clock, in minutes east of Greenwich.
pub(super) fn zone(rest: &str) -> Option<i32> {
    let is_there = |name: &str| {
        rest.match_indices(name).any(|(at, _)| {
            let (before, after) = (rest.get(..at).unwrap_or_default(), rest.get(at + name.len()..).unwrap_or_default());
            !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
        })
    };
    ZONES.iter().find(|(name, _)| is_there(name)).map(|(_, minutes)| *minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_all_its_names() {
        assert!(MONTHS.iter().all(|line| line.split(' ').count() == 12), "{MONTHS:?}");
        assert!(WEEKDAYS.iter().all(|line| line.split(' ').count() == 7), "{WEEKDAYS:?}");
    }

    #[test]
    fn a_word_of_two_languages_means_both() {
        assert_eq!(months("listopada"), (vec![11, 10], true));
        assert_eq!(months("červen"), (vec![6], true));
        assert_eq!(months("sept"), (vec![9], false));
        assert_eq!(months("to"), (vec![], false));
        assert_eq!((weekday("pazar"), weekday("pazartesi"), weekday("tues")), (Some(7), Some(1), Some(2)));
    }

    #[test]
    fn zones_are_whole_words() {
        assert_eq!(
            (zone(" est"), zone(" best"), zone(" (central european summer time)")),
            (Some(-300), None, Some(120))
        );
    }
}
