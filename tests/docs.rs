//! Checks the documents: tables of keys are generated from the command table, and everything a document names (files,
//! rooms, settings, dependencies) exists.
//!
//! `UPDATE_DOCS=1 cargo test --test docs` rewrites the tables after a change to the commands.
#![expect(clippy::disallowed_methods, reason = "reads and rewrites the documents of the project")]
#![expect(clippy::unwrap_used, reason = "what goes wrong here shall fail the test")]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use dateline::internals::command::{Row, Scope, TABLE};
use dateline::internals::config::{DEFAULT_TOML, KnownNames, Settings};
use dateline::internals::entity::Kind;

const DOCUMENTS: [&str; 13] = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/anchoring.md",
    "docs/bookmark-store.md",
    "docs/bookmarks.md",
    "docs/corrections.md",
    "docs/json.md",
    "docs/keys.md",
    "docs/marks.md",
    "docs/feeds.md",
    "docs/searches.md",
];

/// Between these the tables of keys are written.
const START: &str = "<!-- keys:start -->";
const END: &str = "<!-- keys:end -->";

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap_or_else(|error| format!("{name}: {error}"))
}

/// What works everywhere comes first.
fn scopes() -> Vec<Scope> {
    let mut scopes = Scope::ALL.to_vec();
    scopes.sort_by_key(|scope| !matches!(scope, Scope::Global | Scope::Always));
    scopes
}

fn rows(scope: Scope) -> impl Iterator<Item = &'static Row> {
    TABLE.iter().filter(move |row| row.scope == scope)
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

/// The commands that have a place in the footer, one line a scope.
fn main_keys() -> String {
    let mut table = "| where | keys |\n|---|---|\n".to_owned();
    for scope in scopes() {
        let hint = |row: &Row| match (row.keys.first(), row.label.strip_prefix('…')) {
            (None, _) => None,
            (Some(key), None) => Some(format!("{} {}", code(key), row.label)),
            (Some(key), Some(label)) => Some(format!("{}… {}", code(key), label.trim_start())),
        };
        let hints: Vec<String> = rows(scope).filter(|row| !row.label.is_empty()).filter_map(hint).collect();
        if !hints.is_empty() {
            writeln!(table, "| {} | {} |", scope.title(), hints.join(" · ")).unwrap();
        }
    }
    table
}

/// Every command, a section for each scope.
fn all_keys() -> String {
    let mut text = String::new();
    for scope in scopes() {
        let further: Vec<&str> = scope.chain().iter().filter(|other| **other != scope).map(|s| s.title()).collect();
        writeln!(text, "## {}\n\nIn the configuration: `[keys.{}]`.", scope.title(), scope.id()).unwrap();
        if !further.is_empty() {
            writeln!(text, "Then come the keys of: {}.", further.join(", ")).unwrap();
        }
        writeln!(text, "\n| keys | command | does |\n|---|---|---|").unwrap();
        for row in rows(scope) {
            let keys: Vec<String> = row.keys.iter().map(|key| code(key)).collect();
            writeln!(text, "| {} | {} | {} |", keys.join(" "), code(row.id), row.doc).unwrap();
        }
        text.push('\n');
    }
    text
}

/// Puts the table between the marks of a document, or checks that it is there.
fn check_table(name: &str, table: &str) {
    let old = read(name);
    let (before, rest) = old.split_once(START).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let new = format!("{before}{START}\n\n{}\n\n{END}{after}", table.trim_end());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(path(name), &new).unwrap();
    } else {
        assert!(old == new, "{name} is stale: UPDATE_DOCS=1 cargo test --test docs");
    }
}

/// The text between backticks.
fn code_spans(document: &str) -> impl Iterator<Item = &str> {
    document.split('`').skip(1).step_by(2)
}

/// The targets of links and pictures, without web addresses and anchors in the same page.
fn link_targets(document: &str) -> impl Iterator<Item = &str> {
    let targets = document.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
    targets.filter(|target| !target.is_empty() && !target.contains("://"))
}

#[test]
fn the_tables_of_keys_are_made_from_the_command_table() {
    check_table("README.md", &main_keys());
    check_table("docs/keys.md", &all_keys());
}

#[test]
fn every_picture_and_file_a_document_links_to_is_there() {
    for name in DOCUMENTS {
        let folder = path(name).parent().unwrap().to_owned();
        for target in link_targets(&read(name)) {
            assert!(folder.join(target).exists(), "{name} links to {target}, which is not there");
        }
    }
    let pictures = read("README.md").matches("](assets/demo/").count();
    assert_eq!(pictures, fs::read_dir(path("assets/demo")).unwrap().count(), "a picture nobody sees");
}

#[test]
fn every_path_a_document_names_is_there() {
    let roots = ["src/", "assets/", "benches/", "examples/", "docs/", "tests/", ".ci/"];
    let mut found = 0;
    for name in DOCUMENTS {
        let document = read(name);
        let is_path =
            |span: &&str| roots.iter().any(|root| span.starts_with(root)) && !span.contains(char::is_whitespace);
        for span in code_spans(&document).filter(is_path) {
            found += 1;
            assert!(path(span).exists(), "{name} names {span}, which is not there");
        }
    }
    assert!(found > 50, "the paths were not found in the documents");
}

#[test]
fn the_map_of_rooms_is_complete() {
    let map = read("ARCHITECTURE.md");
    for entry in fs::read_dir(path("src")).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_dir()) {
        let room = format!("`src/{}/`", entry.file_name().to_str().unwrap());
        assert!(map.contains(&room), "ARCHITECTURE.md does not tell what {room} is for");
    }
}

#[test]
fn every_setting_is_explained() {
    let documents = read("README.md");
    for name in toml::from_str::<toml::Table>(DEFAULT_TOML).unwrap().keys() {
        let named = code_spans(&documents)
            .any(|span| span == name || span == format!("[{name}]") || span.starts_with(&format!("[{name}.")));
        assert!(named, "README.md does not name the setting {name}");
    }
}

#[test]
fn the_example_configuration_has_no_mistake() {
    let document = read("README.md");
    let (_, example) = document.split_once("```toml\n").unwrap();
    let (example, _) = example.split_once("```").unwrap();
    let known = KnownNames {
        file: "README.md",
        scopes: &Scope::ALL.map(Scope::id),
        commands: &TABLE.iter().map(|row| row.id).collect::<Vec<_>>(),
        kinds: &Kind::ALL.map(Kind::as_str),
    };
    let (settings, problems) = Settings::from_toml(example, &known);
    assert!(problems.is_empty(), "{problems:?}");
    assert_ne!(settings, Settings::default());
}

/// The commands that `dateline WORDS --help` lists.
fn commands_of(words: &[&str]) -> Vec<String> {
    let help = Command::new(env!("CARGO_BIN_EXE_dateline")).args(words).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let (_, list) = help.split_once("Commands:\n").unwrap();
    let lines = list.lines().take_while(|line| !line.is_empty());
    lines.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").map(str::to_owned).collect()
}

#[test]
fn every_command_of_the_command_line_has_its_row() {
    let readme = read("README.md");
    for words in [&[][..], &["bookmarks"], &["feeds"]] {
        let commands = commands_of(words);
        assert!(commands.len() > 2, "the help of {words:?} lists no commands");
        for command in commands {
            let call = [&["dateline"], words, &[command.as_str()]].concat().join(" ");
            assert!(code_spans(&readme).any(|span| span.starts_with(&call)), "README.md does not name `{call}`");
        }
    }
}

#[test]
fn the_oldest_rust_is_the_same_everywhere() {
    let manifest: toml::Table = toml::from_str(&read("Cargo.toml")).unwrap();
    let wanted = format!("{} or newer", manifest["package"]["rust-version"].as_str().unwrap());
    for name in ["README.md", "CONTRIBUTING.md"] {
        assert!(read(name).contains(&wanted), "{name} does not say that Rust {wanted} is needed");
    }
}

#[test]
fn every_dependency_is_justified_and_nothing_else() {
    let manifest: toml::Table = toml::from_str(&read("Cargo.toml")).unwrap();
    let sections = ["dependencies", "dev-dependencies", "build-dependencies"].map(|section| manifest.get(section));
    let wanted: BTreeSet<String> =
        sections.into_iter().flatten().flat_map(|section| section.as_table().unwrap().keys().cloned()).collect();
    let document = read("ARCHITECTURE.md");
    let (_, section) = document.split_once("\n## Dependencies\n").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let listed: BTreeSet<String> =
        section.lines().filter_map(|line| Some(line.strip_prefix("| `")?.split_once('`')?.0.to_owned())).collect();
    assert_eq!(listed, wanted);
}
