//! `dateline entities`.

use std::fs;

use insta::assert_snapshot;
use serde_json::Value;

use crate::program::Home;

#[test]
fn one_source_is_an_object_with_the_documented_fields() {
    let home = Home::new();
    let report = home.run(["entities", "--json", "--text", "edition:02-azores-cable"]).json();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(keys(&report), "article entities");
    assert_eq!(keys(&report["article"]), "byline language published source text title words");
    let text: Vec<char> = report["article"]["text"].as_str().unwrap().chars().collect();
    let entities = report["entities"].as_array().unwrap();
    assert!(entities.len() > 20);
    for entity in entities {
        for mention in entity["mentions"].as_array().unwrap() {
            let place = |name: &str| usize::try_from(mention[name].as_u64().unwrap()).unwrap();
            let words: String = text[place("start")..place("end")].iter().collect();
            assert_eq!(mention["text"], words);
        }
        assert_ne!(entity.get("quotes"), Some(&Value::Array(vec![])));
        for quote in entity["quotes"].as_array().into_iter().flatten() {
            let place = |name: &str| usize::try_from(quote[name].as_u64().unwrap()).unwrap();
            assert!(quote["direct"].is_boolean());
            let words: String = text[place("start")..place("end")].iter().collect();
            assert!(!words.is_empty() && !words.starts_with(['“', '”', '"', ' ']), "{words}");
        }
        let salience = entity["salience"].as_f64().unwrap();
        assert!((0.0..=1.0).contains(&salience));
        assert_eq!(entity.get("value").is_some(), entity["kind"] == "date", "{entity}");
        assert_ne!(entity.get("titles"), Some(&Value::Array(vec![])));
    }
}

const STORY: &str = "Fire at the harbour\n\nBy Ana Reed\n\n15.10.2026\n\n\
    Harbour master Joaquim Serpa said on Monday that the Regional Cable Authority (RCA) lost $160,000. \
    “We saved what could be saved,” he added. Serpa thanked the RCA and the people of Lisbon.\n";

#[test]
fn the_json_of_a_short_article() {
    let home = Home::new();
    home.write("story.txt", STORY);
    let report = home.run(["entities", "--json", "story.txt"]).json();
    assert_snapshot!("entities-json", serde_json::to_string_pretty(&report).unwrap());
}

#[test]
fn plain_output_has_kinds_and_columns() {
    let home = Home::new();
    home.write("story.txt", STORY);
    assert_snapshot!("entities-plain", home.run(["entities", "story.txt"]).printed());
}

#[test]
fn several_sources_and_folders_are_an_array() {
    let home = Home::new();
    home.write("clips/one.txt", "Lisbon is far.");
    let length = |words: &[&str]| home.run(words).json().as_array().map(Vec::len);
    assert_eq!(length(&["entities", "--json", "clips/one.txt"]), None);
    assert_eq!(length(&["entities", "--json", "clips"]), Some(1));
    assert_eq!(length(&["entities", "--json", "clips", "edition:01-welcome"]), Some(2));
}

#[test]
fn every_source_and_every_failure_has_its_entry_in_the_order_given() {
    let home = Home::new();
    home.write("clips/a.txt", "Lisbon is far.");
    home.write("clips/b.txt", "");
    let ran =
        home.run(["entities", "--json", "nowhere.txt", "edition:02-azores-cable", "clips", "", "ftp://a.example"]);
    assert_eq!(ran.status, Some(2), "an empty name is no source: {ran:?}");
    let ran = home.run(["entities", "--json", "nowhere.txt", "edition:02-azores-cable", "clips", "ftp://a.example"]);
    assert_eq!(ran.status, Some(1), "{ran:?}");
    let report = ran.json();
    let entries: Vec<(&str, Option<&str>)> = report
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| (entry["source"].as_str().unwrap(), entry["error"]["kind"].as_str()))
        .collect();
    assert_eq!(
        entries,
        [
            ("nowhere.txt", Some("not-found")),
            ("edition:02-azores-cable", None),
            ("clips/a.txt", None),
            ("clips/b.txt", Some("empty")),
            ("ftp://a.example", Some("web-address")),
        ]
    );
    let message = report[0]["error"]["message"].as_str().unwrap();
    assert!(message.contains("nowhere.txt") && ran.stderr.contains(message));
    assert!(report[1]["article"]["title"].is_string() && report[1].get("error").is_none());
    assert_eq!(report[0]["error"]["hint"], Value::Null);
}

#[test]
fn json_is_printed_even_if_no_source_can_be_read() {
    let home = Home::new();
    let ran = home.run(["entities", "--json", "nowhere.txt", "nor-here.txt"]);
    assert_eq!((ran.status, ran.json().as_array().unwrap().len()), (Some(3), 2));
    let ran = home.run(["entities", "--json", "nowhere.txt"]);
    assert_eq!((ran.status, &ran.json()["source"]), (Some(3), &"nowhere.txt".into()));
    assert_eq!(ran.json()["error"]["kind"], "not-found");
    fs::create_dir(home.path("work/nothing")).unwrap();
    let ran = home.run(["entities", "--json", "nothing"]);
    assert_eq!((ran.status, &ran.json()[0]["error"]["kind"]), (Some(3), &"empty-folder".into()));
}

#[test]
fn relative_dates_count_from_the_day_that_is_named() {
    let home = Home::new();
    home.write("story.txt", "The council met yesterday in Lisbon to hear the mayor.");
    let report = home.run(["entities", "--json", "--date", "2026-03-02", "story.txt"]).json();
    let entities = report["entities"].as_array().unwrap();
    let date = entities.iter().find(|entity| entity["kind"] == "date").expect("yesterday is a date");
    assert_eq!(date["value"], "2026-03-01");
    assert_eq!(report["article"]["published"], Value::Null);
}

#[test]
fn what_the_user_knows_better_holds_and_a_wrong_line_is_told() {
    let home = Home::new();
    home.write("story.txt", STORY);
    fs::create_dir(home.data()).unwrap();
    let lines = "merge\tperson\tSerpa\tperson\tAna Reed\nrename\torganisation\tRCA\tCable Authority\nfollow\tplace\tLisbon\n\u{1b}[31mforget\n";
    fs::write(home.data().join("entities.tsv"), lines).unwrap();
    let ran = home.run(["entities", "--json", "story.txt"]);
    assert_eq!(
        ran.stderr,
        "note: entities.tsv line 4: “forget” is no verb; the verbs are merge, split, rename, retype, ignore, follow; it is left out\n"
    );
    let report = ran.json();
    let first = &report["entities"][0];
    assert_eq!((&first["name"], &first["followed"]), (&"Lisbon".into(), &true.into()));
    assert_eq!(report["entities"][1].get("followed"), None);
    assert!(home.run(["entities", "story.txt"]).stdout.contains("\n* Lisbon"));
    let doctor = home.run(["doctor"]);
    assert_eq!(doctor.status, Some(1));
    for line in ["  kept       3\n", "  problem    entities.tsv line 4: “forget” is no verb"] {
        assert!(doctor.stdout.contains(line), "{}", doctor.stdout);
    }
    // What is no text, or does not fit, costs itself only.
    let long = [b"\xff\nfollow\tplace\tLisbon\n#".as_slice(), &vec![b'x'; 1 << 20]].concat();
    fs::write(home.data().join("entities.tsv"), long).unwrap();
    let ran = home.run(["entities", "story.txt"]);
    assert_eq!(ran.status, Some(0));
    for told in ["entities.tsv line 1: it is not UTF-8", "from line 3 on it is not used"] {
        assert!(ran.stderr.contains(told) && ran.stdout.contains("\n* Lisbon"), "{ran:?}");
    }
    let doctor = home.run(["doctor"]);
    assert!(doctor.status == Some(1) && doctor.stdout.contains("from line 3 on it is not used"), "{doctor:?}");
}

#[test]
fn in_a_language_other_than_english_there_are_no_names_and_it_is_said_why() {
    let home = Home::new();
    home.write(
        "bruecke.txt",
        "Brücke gesperrt\n\nDie alte Brücke über den Fluss wird ab Montag gesperrt, teilte Anna Roth mit. Wer auf der \
         anderen Seite arbeitet, muss die Fähre nach Bremen nehmen, die für ihn nichts kostet.\n",
    );
    // The template of this page says that everything on it is English.
    home.write(
        "hashi.html",
        "<html lang=en><title>橋</title><p>川に架かる古い橋は月曜日から通行止めになると、アンナ・ロートさんが話した。",
    );
    home.write("short.txt", "Anna Roth ist nach Bremen gezogen.\n");
    let ran = home.run(["entities", "bruecke.txt"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(0), ""));
    assert_snapshot!("entities-german", ran.stderr);
    let ran = home.run(["entities", "--json", "bruecke.txt"]);
    let report = ran.json();
    assert_eq!((&report["article"]["language"], &report["entities"]), (&"de".into(), &Value::Array(vec![])));
    assert!(ran.stderr.contains("in German"), "{ran:?}");
    let ran = home.run(["entities", "--json", "bruecke.txt", "hashi.html", "short.txt"]);
    let report = ran.json();
    let languages: Vec<_> = report.as_array().unwrap().iter().map(|entry| &entry["article"]["language"]).collect();
    assert_eq!(languages, [&Value::from("de"), &"ja".into(), &Value::Null]);
    assert!(ran.stderr.contains("in Japanese"), "{ran:?}");
    // What is in no known language is read as English.
    assert_eq!(report[2]["entities"][0]["name"], "Anna Roth");
    assert_eq!(home.run(["--quiet", "entities", "bruecke.txt"]).stderr, "");
    assert_eq!(home.run(["read", "--json", "hashi.html"]).json()["article"]["language"], "ja");
}
