//! `dateline config` and `dateline doctor`.

use std::fs;

use insta::assert_snapshot;

use crate::program::Home;

/// Writes a configuration with three mistakes; gives its name.
fn mistaken(home: &Home) -> &'static str {
    home.write("my.toml", "mesure = 80\nmeasure = \"wide\"\njustify = true\n[keys.reader]\n\"x\" = \"page-dwon\"\n");
    "my.toml"
}

#[test]
fn the_settings_are_shown_with_their_origin_and_their_mistakes() {
    let home = Home::new();
    assert_eq!(home.run(["config", "path"]).printed(), "~/config/dateline/config.toml\n");
    assert_snapshot!("config-show", home.run(["config", "--color", "never"]).printed());
    let file = mistaken(&home);
    assert_snapshot!("config-mistakes", home.run(["--config", file, "config", "show"]).transcript());
    let quiet = home.run(["-q", "--config", file, "config"]);
    assert_eq!(quiet.stderr, "");
    assert!(home.run(["config", "--config", "nowhere.toml"]).stderr.contains("nowhere.toml; the defaults are used"));
}

#[test]
fn the_default_configuration_is_one_without_mistakes() {
    let home = Home::new();
    let default = home.run(["config", "default"]).printed();
    home.write("my.toml", &default);
    let ran = home.run(["--config", "my.toml", "config"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""));
}

#[test]
fn doctor_on_a_new_home_makes_nothing_and_finds_nothing_wrong() {
    let home = Home::new();
    let report = home.run(["doctor"]).printed().replace(std::env::consts::ARCH, "ARCH");
    assert_snapshot!("doctor", report.replace(std::env::consts::OS, "OS"));
    assert!(Home::names(&home.data()).is_empty());
}

#[test]
fn doctor_counts_marks_and_names_what_is_wrong_with_their_folder() {
    let home = Home::new();
    let folder = home.data().join("marks");
    fs::create_dir_all(&folder).unwrap();
    let marks = [
        r#"{"v":1,"id":"a","read":"2026-11-23T09:15:04Z","tags":["law"]}"#,
        r#"{"v":1,"id":"b","starred":"2026-11-23T09:15:04Z","removed":"2026-11-23T09:15:04Z"}"#,
        r#"{"v":1,"id":"b","read":"2026-11-23T09:15:04Z"}"#,
    ];
    fs::write(folder.join("phone.jsonl"), marks.join("\n") + "\n").unwrap();
    let well = home.run(["doctor"]);
    assert_eq!(well.status, Some(0), "{well:?}");
    for line in ["articles   2", "read       2", "starred    1", "tagged     1", "removed    1"] {
        assert!(well.stdout.contains(&format!("  {line}\n")), "{line}: {}", well.stdout);
    }
    fs::write(folder.join("other.jsonl"), "{\"id\": \u{1b}[31m torn\n").unwrap();
    fs::create_dir(folder.join("folder.jsonl")).unwrap();
    let doctor = home.run(["doctor"]);
    assert_eq!(doctor.status, Some(1));
    for problem in ["other.jsonl line 1", "quarantine/marks/other.jsonl.txt", "folder.jsonl: it is a folder"] {
        assert!(doctor.stdout.contains(problem), "{problem}: {}", doctor.stdout);
    }
    assert!(!doctor.stdout.contains('\u{1b}'));
}

#[test]
fn doctor_reports_problems_and_never_panics_on_a_broken_state() {
    let home = Home::new();
    fs::create_dir_all(home.data().join("bookmarks")).unwrap();
    fs::write(home.data().join("library.db"), "this is no database, but it is long enough to be looked at".repeat(20))
        .unwrap();
    fs::write(home.data().join("bookmarks/a.jsonl"), [0xff, 0xfe, b'{', b'\n']).unwrap();
    fs::write(home.data().join("device-id"), "NOT A NAME").unwrap();
    let ran = home.run(["doctor", "--config", mistaken(&home)]);
    assert_eq!((ran.status, ran.stderr.contains("panicked")), (Some(1), false));
    for word in ["library.db.unreadable-1", "a.jsonl line 1", "did you mean \"measure\"", "problems"] {
        assert!(ran.stdout.contains(word), "{word} is missing in {}", ran.stdout);
    }
    fs::remove_dir_all(home.data()).unwrap();
    fs::write(home.data(), "a file").unwrap();
    let ran = home.run(["doctor"]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.stdout.contains("is not a folder"), "{}", ran.stdout);
}

#[test]
fn a_variable_of_the_environment_that_means_nothing_is_told() {
    let home = Home::new();
    let told = |name: &str, value: &str, more: &[&str]| {
        let ran = home.outcome(home.command([&["config", "path"], more].concat()).env(name, value).output().unwrap());
        assert_eq!(ran.status, Some(0), "{ran:?}");
        ran.stderr
    };
    assert_eq!(
        told("DATELINE_DATA_DIR", "", &[]),
        "note: DATELINE_DATA_DIR is empty; everything is kept in ~/share/dateline\n"
    );
    assert!(told("DATELINE_LOG", "loud", &[]).contains("DATELINE_LOG is “loud”, not one of off, error, warn"));
    assert!(told("COLORFGBG", "black on white", &[]).contains("COLORFGBG is “black on white”"));
    if cfg!(target_os = "linux") {
        assert!(
            told("XDG_DATA_HOME", "share", &[]).contains("XDG_DATA_HOME is “share”, which is not an absolute path")
        );
    }
    for (name, value, more) in [
        ("DATELINE_DATA_DIR", "", &["--data-dir", "here"][..]),
        ("DATELINE_LOG", "", &[]),
        ("DATELINE_LOG", "Debug", &[]),
        ("DATELINE_LOG", "loud", &["-v"]),
        ("COLORFGBG", "15;default;0", &[]),
        ("NO_COLOR", "0", &[]),
    ] {
        assert_eq!(told(name, value, more), "", "{name}={value}");
    }
    let doctor = home.outcome(home.command(["doctor"]).env("DATELINE_LOG", "loud").output().unwrap());
    assert!(doctor.status == Some(1) && doctor.stdout.contains("DATELINE_LOG is “loud”"), "{doctor:?}");
}
