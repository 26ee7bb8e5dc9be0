//! Runs every verb on corrupted files: no panic, no hang, no control character in the output, no leftover files.
//!
//! `DATELINE_TEST_CORRUPTED=2000 cargo test --release --test cli corrupted -- --nocapture` sets the number of runs; the
//! files depend only on the number of the run.

use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;
use std::{env, fs, thread};

use crate::corrupted::{self, Random};
use crate::program::Home;

/// The default number of runs: a few seconds in a debug build.
const RUNS: usize = 600;

/// Runs that share a home: each finds what the previous one left.
const RUNS_PER_HOME: usize = 20;

/// The timeout for any of these small files, even on a loaded machine.
const TIMEOUT: Duration = Duration::from_secs(60);

const QUERIES: [&str; 8] =
    ["", "quay", "#harbour", "before:2026", "color:blue", "state:orphan", "\"", "\u{202e}\u{1b}"];
const FORMATS: [&str; 7] = ["markdown", "json", "csv", "spreadsheet", "org", "html", "csl"];

/// The arguments of one run.
fn arguments(random: &mut Random, files: &[String]) -> Vec<String> {
    let file = || files.last().unwrap().clone();
    let mut any = || files[random.below(files.len())].clone();
    let (other, another) = (any(), any());
    let query = QUERIES[random.below(QUERIES.len())].to_owned();
    let words = |words: &str| words.split(' ').map(str::to_owned).collect::<Vec<_>>();
    match random.below(20) {
        0 => vec!["read".into(), file()],
        1 => vec!["read".into(), "-".into()],
        2 => [words("read --color always --width"), vec![(1 + random.below(200)).to_string(), file()]].concat(),
        3 => vec!["entities".into(), file(), other],
        4 => [words("entities --json --text"), vec![file()]].concat(),
        5 => {
            [words("bookmarks add"), vec![file(), "--quote".into(), "the quay".into(), "--quote=said".into()]].concat()
        }
        6 => [words("bookmarks locate --json"), vec![file()]].concat(),
        7 => [words("bookmarks locate"), vec![file(), "--previous".into(), other]].concat(),
        8 => [words("bookmarks import --dry-run"), vec![file()]].concat(),
        9 | 10 => [words("bookmarks import"), vec![another]].concat(),
        11 => [words("bookmarks list --json"), vec![query]].concat(),
        12 => {
            let format = FORMATS[random.below(FORMATS.len())];
            [words("bookmarks export --format"), vec![format.to_owned(), query]].concat()
        }
        13 => words("bookmarks export --format markdown --into kept.md"),
        14 => [words("config show --config"), vec![file()]].concat(),
        15 => [words("add"), vec![file(), other]].concat(),
        16 => [words("list --json --"), vec![query]].concat(),
        17 => [words("mark star --"), vec![file(), query]].concat(),
        18 => [words("remove"), vec![file()]].concat(),
        _ if random.chance(50) => words("doctor"),
        _ => words("bookmarks doctor"),
    }
}

/// Puts a corrupted file in place of one of the program's own.
fn plant(home: &Home, random: &mut Random, name: &str, bytes: &[u8]) {
    let places = ["bookmarks/peer.jsonl", "entities.tsv", "bookmarks/.peer.jsonl", "device-id", "library.db"];
    // The files of the kind go where they belong; now and then anything goes anywhere.
    let place = match name {
        "peer.jsonl" => Some(places[0]),
        "entities.tsv" => Some(places[1]),
        _ => random.chance(10).then(|| places[random.below(places.len())]),
    };
    if let Some(place) = place {
        let path = home.data().join(place);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// Runs the command with the file on standard input; none if it has not ended in time.
fn outcome(mut command: Command, input: fs::File) -> Option<Output> {
    let child = command.stdin(Stdio::from(input)).spawn().unwrap();
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(child.wait_with_output()));
    receiver.recv_timeout(TIMEOUT).ok().map(|output| output.unwrap())
}

/// What is wrong with how a run ended, if anything is.
fn fault(arguments: &[String], output: &Output) -> Option<String> {
    if !matches!(output.status.code(), Some(0..=4)) {
        return Some(format!("ended with {}", output.status));
    }
    for bytes in [&output.stdout, &output.stderr] {
        let Ok(text) = std::str::from_utf8(bytes) else { return Some("printed what is not UTF-8".to_owned()) };
        if text.contains("panicked at") {
            return Some("panicked".to_owned());
        }
        let coloured = arguments.iter().any(|argument| argument == "always");
        let plain = if coloured { without_styles(text) } else { text.to_owned() };
        let is_table = arguments.iter().any(|argument| argument == "csv" || argument == "spreadsheet");
        let unwanted = |letter: &char| letter.is_control() && *letter != '\n' && !(is_table && *letter == '\r');
        if let Some(control) = plain.chars().find(unwanted) {
            return Some(format!("printed {control:?}"));
        }
        if let Some(direction) = plain.chars().find(|letter| ('\u{202a}'..='\u{202e}').contains(letter)) {
            return Some(format!("printed {direction:?}"));
        }
    }
    let is_json = arguments.iter().any(|argument| argument == "--json");
    if is_json && matches!(output.status.code(), Some(0 | 1)) {
        let value: Result<serde_json::Value, _> = serde_json::from_slice(&output.stdout);
        return value.err().map(|error| format!("its JSON: {error}"));
    }
    None
}

/// The text without escape sequences that only choose colours and styles.
fn without_styles(text: &str) -> String {
    let mut plain = String::new();
    for (index, piece) in text.split("\x1b[").enumerate() {
        let style =
            piece.find('m').filter(|end| piece[..*end].chars().all(|c| c.is_ascii_digit() || c == ';' || c == ':'));
        match style {
            Some(end) if index > 0 => plain.push_str(&piece[end + 1..]),
            _ if index > 0 => plain.extend(["\x1b[", piece]),
            _ => plain.push_str(piece),
        }
    }
    plain
}

#[test]
fn corrupted_files_end_in_a_message_with_every_verb() {
    let runs = env::var("DATELINE_TEST_CORRUPTED").ok().map_or(RUNS, |runs| runs.parse().unwrap());
    let mut statuses = [0_usize; 5];
    for first in (0..runs).step_by(RUNS_PER_HOME) {
        let home = Home::new();
        let mut files = Vec::new();
        for run in first..(first + RUNS_PER_HOME).min(runs) {
            let mut random = Random::new(run as u64);
            let (name, bytes) = corrupted::file(&mut random);
            let path = home.write(&format!("{run}-{name}"), &bytes);
            files.push(path.file_name().unwrap().to_str().unwrap().to_owned());
            plant(&home, &mut random, name, &bytes);
            let arguments = arguments(&mut random, &files);
            let output = outcome(home.command(&arguments), fs::File::open(&path).unwrap());
            let Some(output) = output else { panic!("run {run}: {arguments:?} did not end") };
            let told = || format!("run {run}: {arguments:?}\n{}", String::from_utf8_lossy(&output.stderr));
            if let Some(fault) = fault(&arguments, &output) {
                panic!("{fault}\n{}\nfile: {}", told(), bytes.escape_ascii());
            }
            statuses[output.status.code().unwrap() as usize] += 1;
        }
        let residue =
            [home.path("work"), home.data(), home.data().join("bookmarks")].map(|folder| Home::names(&folder));
        let residue: Vec<&String> =
            residue.iter().flatten().filter(|name| name.contains("tmp") || name.ends_with('~')).collect();
        assert!(residue.is_empty(), "left in the home of run {first}: {residue:?}");
    }
    println!("{runs} runs; ended with 0 to 4: {statuses:?}");
    assert!(
        statuses[0] > 0 && statuses[1..].iter().any(|count| *count > 0),
        "files are corrupted, but not all beyond use"
    );
}
