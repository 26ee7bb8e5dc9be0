//! Enforces the boundaries between rooms: which module may use which, and which crates belong to one room only.
//!
//! The compiler accepts a pane that opens a file or an extractor that knows about bookmarks; this test does not. It
//! reads the sources as text, without test-only code, so it understands paths written as `crate::…` and `super::…` but
//! nothing more complicated.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "reads the sources; a test fails by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const DATA: [&str; 9] = ["article", "text", "query", "journal", "entity", "bookmark", "mark", "intake", "feed"];
const SCREEN: [&str; 5] = ["command", "config", "ui", "panes", "app"];
const MACHINE: [&str; 4] = ["terminal", "library", "io", "net"];
const TOP: [&str; 2] = ["runtime", "cli"];

/// Crates that only certain rooms may use.
const CRATES: &[(&str, &[&str])] = &[
    ("crossterm", &["terminal"]),
    ("ratatui", &["ui", "panes", "app", "terminal"]),
    ("rusqlite", &["library"]),
    ("signal_hook", &["terminal"]),
    ("clap", &["cli"]),
    ("pulldown_cmark", &["intake"]),
    ("mailparse", &["intake"]),
    ("markup5ever", &["intake"]),
    ("dom_query", &["intake"]),
    ("dom_smoothie", &["intake"]),
    ("toml", &["config", "intake", "cli"]),
    ("directories", &["io"]),
    ("textwrap", &["text"]),
    ("url", &["article"]),
    ("rustix", &["io"]),
    ("rustls", &["net"]),
    ("ureq", &["net"]),
    ("indicatif", &["cli"]),
];

/// Parts of the standard library with side effects: not for the data and screen floors.
const WORLD: [&str; 5] = ["std::fs", "std::env", "std::net", "std::process", "std::thread"];

/// The rooms a room may use.
fn allowed(room: &str) -> Vec<&'static str> {
    let before = |floor: &[&'static str]| -> Vec<&'static str> {
        floor.iter().copied().take_while(|other| *other != room).collect()
    };
    match room {
        // These do not know each other: each works on the text alone, and a mark has none.
        "entity" | "intake" => vec!["article", "text"],
        "bookmark" => vec!["article", "text", "query", "journal"],
        "mark" => vec!["article", "text", "journal"],
        "feed" => vec!["article", "text", "query", "intake"],
        _ if DATA.contains(&room) => before(&DATA),
        _ if SCREEN.contains(&room) => [DATA.to_vec(), before(&SCREEN)].concat(),
        _ if MACHINE.contains(&room) => [&DATA[..], &["command", "config"]].concat(),
        "runtime" => [&DATA[..], &SCREEN, &MACHINE].concat(),
        "cli" => [&DATA[..], &SCREEN, &MACHINE, &["runtime"]].concat().into_iter().filter(not_the_screen).collect(),
        _ => panic!("src/{room} stands on no floor: add it to the lists of tests/rooms.rs"),
    }
}

fn not_the_screen(room: &&str) -> bool {
    !["panes", "app"].contains(room)
}

/// A source file that is part of the program.
struct Source {
    path: PathBuf,
    /// Its module path: `src/text/layout/wrap.rs` is `text`, `layout`, `wrap`.
    module: Vec<String>,
    /// Its code, without comments and without what is compiled for tests only.
    code: String,
}

impl Source {
    fn room(&self) -> &str {
        &self.module[0]
    }
}

fn files(folder: &str) -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The files of all rooms; `lib.rs` and `main.rs` stand outside, tests do not count.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let parse = |path: PathBuf| {
        let mut module: Vec<String> = path
            .strip_prefix(&root)
            .unwrap()
            .with_extension("")
            .iter()
            .map(|part| part.to_string_lossy().into_owned())
            .collect();
        module.pop_if(|last| last == "mod");
        let outside =
            module.iter().any(|part| ["lib", "main", "internals", "tests", "testing"].contains(&part.as_str()));
        let code = code(&fs::read_to_string(&path).unwrap());
        (!outside).then_some(Source { path, module, code })
    };
    let sources: Vec<Source> = files("src").into_iter().filter_map(parse).collect();
    assert!(sources.len() > 80, "only {} files were found", sources.len());
    sources
}

/// The program's own code. Relies on rustfmt: an item ends where its indentation comes back with `}` or `;`.
fn code(text: &str) -> String {
    let (mut code, mut test_only) = (String::new(), None);
    for line in text.lines() {
        let line = line.split("//").next().unwrap_or_default().trim_end();
        let indentation = line.len() - line.trim_start().len();
        if test_only == Some(indentation) && line.ends_with(['}', ';']) {
            test_only = None;
        } else if line.trim() == "#[cfg(test)]" {
            test_only = Some(indentation);
        } else if test_only.is_none() {
            code.push_str(line);
            code.push('\n');
        }
    }
    code
}

/// The rooms that `source` names in paths from the root of the crate.
fn used_rooms(source: &Source) -> BTreeSet<String> {
    let up_to_root = "super::".repeat(source.module.len());
    let from_root = ["crate::", &up_to_root];
    let mut rooms = BTreeSet::new();
    for prefix in from_root {
        for (at, _) in source.code.match_indices(prefix) {
            if !source.code[..at].ends_with(is_word) && !source.code[..at].ends_with("super::") {
                rooms.extend(heads(&source.code[at + prefix.len()..]));
            }
        }
    }
    rooms.remove(source.room());
    rooms
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The first names of what follows a path: `a` of `a::b`, and `a`, `c` of `{a::b, c::{d, e}}`.
fn heads(rest: &str) -> Vec<String> {
    let head = |path: &str| path.chars().take_while(|&c| is_word(c)).collect::<String>();
    let Some(group) = rest.strip_prefix('{') else { return vec![head(rest)] };
    let (mut depth, mut heads, mut fresh) = (1, Vec::new(), true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => fresh = true,
            _ if fresh && depth == 1 && is_word(c) => {
                heads.push(head(&group[at..]));
                fresh = false;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    heads
}

/// All paths of `rest`, what follows `crate::` or `super::`, as their names: `a::{b, c::d}` is `a b` and `a c d`.
fn paths(rest: &str) -> Vec<Vec<String>> {
    let Some(group) = rest.strip_prefix('{') else {
        let name: String = rest.chars().take_while(|&c| is_word(c)).collect();
        let more = rest[name.len()..].strip_prefix("::").map(paths).unwrap_or_default();
        if more.is_empty() {
            return vec![vec![name]];
        }
        return more.into_iter().map(|path| [vec![name.clone()], path].concat()).collect();
    };
    let (mut depth, mut start, mut all) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        if depth == 0 && matches!(c, ',' | '}') {
            all.extend(paths(group[start..at].trim()));
            start = at + 1;
        }
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            _ => {}
        }
    }
    all
}

/// Every path that `source` names from the root of the crate, or upwards from where it is.
fn named_paths(source: &Source) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    for (start, base) in [("crate::", 0), ("super::", source.module.len())] {
        for (at, _) in source.code.match_indices(start) {
            let before = &source.code[..at];
            if before.ends_with(is_word) || before.ends_with("::") {
                continue;
            }
            let (mut rest, mut up) = (&source.code[at..], 0);
            while let Some(after) = rest.strip_prefix(start) {
                (rest, up) = (after, up + 1);
            }
            let base = &source.module[..if base == 0 { 0 } else { base.saturating_sub(up) }];
            all.extend(paths(rest).into_iter().map(|path| [base, &path].concat()));
        }
    }
    all
}

/// Which modules a module uses.
type Uses<'a> = BTreeMap<&'a [String], BTreeSet<&'a [String]>>;

/// All modules that `from` leads to, over however many others.
fn reached<'a>(uses: &Uses<'a>, from: &'a [String]) -> BTreeSet<&'a [String]> {
    let (mut reached, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(module) = open.pop() {
        open.extend(uses.get(module).into_iter().flatten().filter(|next| reached.insert(**next)));
    }
    reached
}

/// Modules side by side in one folder that lead to each other, as `room: one, other`.
fn circles(sources: &[Source]) -> Vec<String> {
    let known: BTreeSet<&[String]> =
        sources.iter().flat_map(|source| (1..=source.module.len()).map(|end| &source.module[..end])).collect();
    let mut uses: Uses<'_> = BTreeMap::new();
    for source in sources {
        for path in named_paths(source) {
            let same = source.module.iter().zip(&path).take_while(|(one, other)| one == other).count();
            if let (1.., Some(from), Some(to)) = (same, source.module.get(..=same), path.get(..=same))
                && let Some(to) = known.get(to)
            {
                uses.entry(from).or_default().insert(to);
            }
        }
    }
    let mut found = BTreeSet::new();
    for module in uses.keys() {
        let circle: Vec<&str> = reached(&uses, module)
            .into_iter()
            .filter(|other| reached(&uses, other).contains(module))
            .filter_map(|other| other.last())
            .map(String::as_str)
            .collect();
        if !circle.is_empty() {
            found.insert(format!("{}: {}", module[..module.len() - 1].join("::"), circle.join(", ")));
        }
    }
    found.into_iter().collect()
}

fn report(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn a_room_uses_only_the_rooms_before_it_and_the_floors_below() {
    let mut problems = Vec::new();
    for source in sources() {
        let allowed = allowed(source.room());
        let known = [&DATA[..], &SCREEN, &MACHINE, &TOP].concat();
        for used in used_rooms(&source) {
            if known.contains(&used.as_str()) && !allowed.contains(&used.as_str()) {
                problems.push(format!("{} uses crate::{used}", source.path.display()));
            }
        }
    }
    report(&problems);
}

/// Circles that remain. This list only gets shorter.
const CIRCLES: [&str; 1] = ["app: footer, notices"];

#[test]
fn modules_of_a_room_do_not_use_each_other_in_circles() {
    assert_eq!(circles(&sources()), CIRCLES);
}

#[test]
fn crates_that_touch_the_world_stay_in_their_rooms() {
    let mut problems = Vec::new();
    for source in sources() {
        let names = |name: &str| {
            let starts_a_path = |at: usize| !source.code[..at].ends_with(is_word) && !source.code[..at].ends_with("::");
            source.code.match_indices(&format!("{name}::")).any(|(at, _)| starts_a_path(at))
        };
        for (name, rooms) in CRATES {
            if names(name) && !rooms.contains(&source.room()) {
                problems.push(format!("{} uses the crate {name}", source.path.display()));
            }
        }
        let pure = DATA.contains(&source.room()) || SCREEN.contains(&source.room());
        for part in WORLD.iter().filter(|part| pure && names(part)) {
            problems.push(format!("{} uses {part}", source.path.display()));
        }
    }
    report(&problems);
}

/// Calls that follow links, wait for pipes, or make files that everybody may read.
const RAW: [&str; 9] = [
    "File::open(",
    "File::create(",
    "File::create_new(",
    "File::options(",
    "OpenOptions::new(",
    "fs::read(",
    "fs::read_to_string(",
    "fs::write(",
    "fs::copy(",
];

/// Who may make them: the one that does it for all others, the one that opens folders to sync them, and the one that
/// handles a file only the user's editor knows of.
const OPENERS: [&str; 3] = ["src/io/files.rs", "src/io/sync.rs", "src/io/opener.rs"];

#[test]
fn files_are_opened_in_one_place() {
    let mut problems = Vec::new();
    for source in sources().iter().filter(|source| source.room() == "io") {
        if !OPENERS.iter().any(|opener| source.path.ends_with(opener)) {
            for raw in RAW.iter().filter(|raw| source.code.contains(**raw)) {
                problems.push(format!("{}: {raw}…) instead of a function of io::files", source.path.display()));
            }
        }
    }
    report(&problems);
}

#[test]
fn every_file_is_declared_and_every_room_introduces_itself() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let lib = fs::read_to_string(root.join("lib.rs")).unwrap();
    let mut problems = Vec::new();
    let rooms: BTreeSet<String> = sources().iter().map(|source| source.room().to_owned()).collect();
    for room in [&DATA[..], &SCREEN, &MACHINE, &TOP].concat() {
        if !rooms.contains(room) || !lib.contains(&format!("`{room}`")) {
            problems.push(format!("the room {room} is missing from src/ or from the map in src/lib.rs"));
        }
    }
    for path in files("src") {
        let text = fs::read_to_string(&path).unwrap();
        if !text.starts_with("//!") && !path.ends_with("tests.rs") {
            problems.push(format!("{} does not begin by saying what it is for (//!)", path.display()));
        }
        // The file that declares this one: the mod.rs (or lib.rs) of the folder around it.
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let (folder, name) = match (path.parent().unwrap(), name.as_str()) {
            (folder, "lib" | "main") if folder == root => continue,
            (folder, "mod") => (folder.parent().unwrap(), folder.file_name().unwrap().to_string_lossy().into_owned()),
            (folder, _) => (folder, name),
        };
        let parents = [folder.join("mod.rs"), folder.join("lib.rs"), folder.with_extension("rs")];
        let declares = |parent: &PathBuf| {
            let words = fs::read_to_string(parent).unwrap_or_default();
            words.lines().any(|line| {
                line.trim_start_matches("pub ").trim_start_matches("pub(crate) ").trim_start_matches("pub(super) ")
                    == format!("mod {name};")
            })
        };
        if !parents.iter().any(declares) {
            problems.push(format!("{} is declared nowhere: it is not compiled", path.display()));
        }
    }
    report(&problems);
}

#[test]
fn no_file_is_longer_than_800_lines() {
    let all = ["src", "tests", "benches", "examples"].into_iter().filter(|folder| Path::new(folder).is_dir());
    let long = all.flat_map(files).filter_map(|path| {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        (lines > 800).then(|| format!("{} has {lines} lines", path.display()))
    });
    report(&long.collect::<Vec<_>>());
}

#[test]
fn the_reader_of_sources_sees_what_it_should() {
    let source = |module: &[&str], text: &str| Source {
        path: PathBuf::new(),
        module: module.iter().map(|&part| part.to_owned()).collect(),
        code: code(text),
    };
    let text = "use crate::{article::{Text, Block}, ui, text::width::{self, cut}};\nlet x = crate::config::MEASURE;\n\
                fn f() { super::super::library::open(); super::super::cli::no() }\n// crate::runtime\n\
                #[cfg(test)]\nmod tests {\n    use crate::app;\n}\n#[cfg(test)]\nuse crate::terminal;\nuse crate::io;\n";
    let used: Vec<String> = used_rooms(&source(&["panes", "reader"], text)).into_iter().collect();
    assert_eq!(used, ["article", "cli", "config", "io", "library", "text", "ui"]);

    let module = |module: &[&str], text: &str| source(module, text);
    let room = [
        module(&["ui"], "use self::list::List;"),
        module(&["ui", "list"], "use super::{Pen, pen::{Ink, cut}};\nuse crate::text::width::cut;"),
        module(&["ui", "pen", "ink"], "fn f() { super::super::line::draw() }"),
        module(&["ui", "pen"], "use crate::ui::theme;"),
        module(&["ui", "line"], "use crate::ui::{Theme, list};"),
        module(&["ui", "theme"], "use super::Pen;"),
    ];
    assert_eq!(circles(&room), ["ui: line, list, pen"]);
}
