use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Option<String> {
    DateOrder::default().read(text).map(|time| time.to_string())
}

#[test]
fn times_of_many_programs_and_languages() {
    for text in [
        "2026-11-23T09:15:04Z",
        "2026-11-23 09:15:04",
        "2026-11-23 09:15:04+00:00",
        "2026-11-23T10:15:04+0100",
        "Mon, 23 Nov 2026 11:15:04 +0200",
        "Monday, November 23, 2026 09:15:04 AM",
        "Added on Monday, 23 November 2026 09:15:04",
        "November 23, 2026 9:15:04 a.m.",
        "Hinzugefügt am Montag, 23. November 2026 09:15:04",
        "Hinzugefügt am Montag, 23. November 2026 um 10:15:04 Uhr GMT+01:00",
        "Ajouté le lundi 23 novembre 2026 09:15:04",
        "Ajouté le lundi 23 novembre 2026 à 9 h 15 min 04 s",
        "Añadido el lunes, 23 de noviembre de 2026 9:15:04",
        "Añadido el lunes, 23 de noviembre de 2026 9:15:04 a. m.",
        "Aggiunto in data lunedì 23 novembre 2026 09:15:04",
        "Adicionado: segunda-feira, 23 de novembro de 2026 06h15min04s GMT-03:00",
        "Toegevoegd op maandag 23 november 2026 09:15:04",
        "Lisätty maanantaina 23. marraskuuta 2026 klo 9.15.04",
        "Dodano: poniedziałek, 23 listopada 2026 09:15:04",
        "Přidáno pondělí 23. listopadu 2026 9:15:04",
        "Hozzáadva: 2026. november 23., hétfő 9:15:04",
        "Pridané pondelok 23. novembra 2026 9:15:04",
        "Tillagd måndag 23 november 2026 kl. 09.15.04",
        "Eklenme Tarihi: 23 Kasım 2026 Pazartesi 09:15:04",
        "Προστέθηκε: Δευτέρα 23 Νοεμβρίου 2026 9:15:04 π.μ.",
        "Добавлено: понедельник, 23 ноября 2026 г. в 9:15:04",
        "Додано: понеділок, 23 листопада 2026 р. о 09:15:04",
        "作成日: 2026年11月23日月曜日 9:15:04",
        "作成日: 2026年11月23日 午前9時15分4秒",
        "添加于 2026年11月23日星期一 上午9:15:04",
        "Added on 2026年11月23日 星期一 下午05时15分04秒 GMT+08:00",
        "추가됨: 2026년 11월 23일 월요일 오전 9:15:04",
        "2026년 11월 23일 월요일 오전 9시 15분 4초에 추가됨",
        "सोमवार, 23 नवंबर 2026 09:15:04",
        "सोमवार, २३ नवंबर २०२६ पूर्वाह्न ९:१५:०४",
        "الاثنين، ٢٣ نوفمبر ٢٠٢٦ ٩:١٥:٠٤ ص",
        "23 تشرين الثاني 2026 9:15:04",
        "נוסף ביום שני, 23 בנובמבר 2026 9:15:04",
        "23/11/2026 09:15:04",
        "11/23/2026 09:15:04",
        "23.11.2026 9.15.04",
        "23.11.26 09:15:04",
        "Monday, 23 November 26 04:15:04 Eastern Standard Time",
    ] {
        assert_eq!(read(text).as_deref(), Some("2026-11-23T09:15:04Z"), "{text}");
    }
}

#[test]
fn afternoons_midnights_and_days_alone() {
    for (text, wanted) in [
        ("December 1, 2026 12:00:00 AM", "2026-12-01T00:00:00Z"),
        ("1 December 2026 12:30:00 p.m.", "2026-12-01T12:30:00Z"),
        ("Dienstag, 1. Dezember 2026 um 21:30 Uhr", "2026-12-01T21:30:00Z"),
        ("Dienstag, 1. Dezember 2026 um 4.05 Uhr", "2026-12-01T04:05:00Z"),
        ("Tuesday, December 1, 2026 9:30:10 PM", "2026-12-01T21:30:10Z"),
        ("2026年12月1日 下午9:30:10", "2026-12-01T21:30:10Z"),
        ("2026年12月1日星期二下午9:30:10", "2026-12-01T21:30:10Z"),
        ("الثلاثاء، 1 ديسمبر 2026 9:30:10 م", "2026-12-01T21:30:10Z"),
        ("作成日: 2026年12月1日 午後0:36:08", "2026-12-01T12:36:08Z"),
        ("1 December 2026 0:30 PM", "2026-12-01T12:30:00Z"),
        ("December 1, 2026 0:30 AM", "2026-12-01T00:30:00Z"),
        ("1 December 2026 9:30:10 CH", "2026-12-01T21:30:10Z"),
        ("1/12/2026 9:30:10 SA", "2026-12-01T09:30:10Z"),
        ("Added on 2026-12-01T21:09:10-05:00", "2026-12-02T02:09:10Z"),
        ("2026-12-01T21:09:10-05:00", "2026-12-02T02:09:10Z"),
        ("Added on 2026-12-01T21:09:10.25-0500", "2026-12-02T02:09:10Z"),
        ("2026-12-01T21:09:10+14:00", "2026-12-01T07:09:10Z"),
        ("Tue Dec 1 21:09:10 EST 2026", "2026-12-02T02:09:10Z"),
        ("1 December 2026 21:09:10 AEST", "2026-12-01T11:09:10Z"),
        ("1 December 2026 21:09:10 UTC", "2026-12-01T21:09:10Z"),
        ("3/4/2026", "2026-04-03T00:00:00Z"),
        ("2026-12-01", "2026-12-01T00:00:00Z"),
        ("le mar. 1er déc. 2026", "2026-12-01T00:00:00Z"),
    ] {
        assert_eq!(read(text).as_deref(), Some(wanted), "{text}");
    }
}

#[test]
fn the_day_of_the_week_decides_what_numbers_leave_open() {
    for (text, wanted) in [
        ("Friday, 03/04/2026", "2026-04-03T00:00:00Z"),
        ("Wednesday, 03/04/2026", "2026-03-04T00:00:00Z"),
        ("viernes, 3-4-2026", "2026-04-03T00:00:00Z"),
        ("Saturday, 4 December 10", "2010-12-04T00:00:00Z"),
        ("Friday, 4 December 10", "2004-12-10T00:00:00Z"),
        ("ponedjeljak, 5. listopada 2026", "2026-10-05T00:00:00Z"),
        ("czwartek, 5 listopada 2026", "2026-11-05T00:00:00Z"),
        ("Sunday, 03/04/2026", "2026-04-03T00:00:00Z"),
    ] {
        assert_eq!(read(text).as_deref(), Some(wanted), "{text}");
    }
}

#[test]
fn the_other_times_of_a_file_decide_too() {
    for (texts, wanted) in [
        (&["03/04/2026", "03/25/2026"][..], "2026-03-04"),
        (&["03/04/2026", "25/03/2026"], "2026-04-03"),
        (&["03/04/2026", "Thursday, 03/05/2026"], "2026-03-04"),
        (&["03/04/2026", "03/09/2026", "04/02/2026"], "2026-03-04"),
        (&["03/04/2026", "09/04/2026", "02/05/2026"], "2026-04-03"),
        (&["04/02/2026", "03/09/2026", "03/04/2026"], "2026-04-02"),
        (&["03/04/2026"], "2026-04-03"),
        (&["03.04.2026", "03/25/2026"], "2026-04-03"),
    ] {
        let order = DateOrder::of(texts.iter().copied());
        assert_eq!(order.read(texts[0]).unwrap().strftime("%Y-%m-%d").to_string(), wanted, "{texts:?}");
    }
}

#[test]
fn what_is_no_time_is_none() {
    for text in [
        "",
        "soon",
        "99/99/2026",
        "2026",
        "Monday 09:15:04",
        "31 February 2026",
        "March",
        "am 4.46 Uhr",
        "1 March 2021 25:09:10",
        "1 March 2021 24:00:00",
        "Monday, March 1, 2021 12:60:00",
        "Monday, March 1, 2021 9:09:61 PM",
        "2021-03-01 25:09:10",
        "2021-03-01T24:00:00Z",
        "2021-03-01T25:00:00+00:00",
        "1 mars 2021 25h10",
        "1. marraskuuta 2026 klo 25.15.04",
        "2021-03-01T21:09:10+15:00",
        "2021-03-01T21:09:10-23:59",
        "1 March 2021 21:09:10 GMT+23:00",
        "1 March 2021 21:09:10 +1401",
        "1 March 2021 21:09:10 XYZT",
        "1 March 2021 21:09:10 Atlantis Standard Time",
        "Monday, March 1, 2021 9:09:10 PM BST",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
    assert_eq!(read(&format!("3 March 2026 {}", "9:15 ".repeat(10_000))), None, "too long to be a time");
}

proptest! {
    #[test]
    fn no_words_make_it_panic(text in "\\PC{0,60}|[0-9:/ ,年月日時分ap.m+-]{0,40}") {
        drop(read(&text));
        let _ = DateOrder::of([text.as_str(), "1/2/2026"].into_iter());
    }
}
