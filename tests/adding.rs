//! Adding outlives its end: the program is killed and interrupted in the middle of adding a folder, and what is in the
//! library then is whole, each article once; the next `dateline add` completes it.
//!
//! `DATELINE_TEST_KILLS=30 cargo test --release --test adding -- --nocapture` adds ten thousand articles and strikes as
//! often as it says; without it, a few times among some hundred.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "this test starts processes, kills them and looks at what they leave")]
#![expect(clippy::unwrap_used, reason = "what goes wrong here shall fail the test")]

#[path = "shared/home.rs"]
mod home;

use std::collections::HashSet;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, Output};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use dateline::internals::library::Library;
use dateline::internals::query::{Around, ArticleQuery, Order};
use jiff::Timestamp;

use home::{Home, KILLS};

/// How long a loaded machine may take for anything.
const TIMEOUT: Duration = Duration::from_secs(120);

/// Lays out so many articles in folders, some of which are empty files and one of which is no text.
fn lay(folder: &Path, count: usize) {
    for number in 0..count {
        let inside = folder.join((number % 7).to_string());
        fs::create_dir_all(&inside).unwrap();
        let story =
            format!("The council of town {number} met on the quay and spoke of the rents. ").repeat(3 + number % 40);
        let text = format!("Story {number}\n\n{story}\n\nThis is the end of story {number}.\n");
        fs::write(inside.join(format!("{number}.txt")), text).unwrap();
    }
    fs::write(folder.join("empty.txt"), "").unwrap();
    fs::write(folder.join("nothing.txt"), " \n").unwrap();
    fs::write(folder.join("program.txt"), b"\x7fELF\0\0\0").unwrap();
}

/// The stories in the library, after checking that each is there whole and once.
fn stories(home: &Home) -> HashSet<usize> {
    let data = home.path("data");
    if !data.join("library.db").exists() {
        return HashSet::new();
    }
    let (mut library, _) = Library::open(&data).unwrap();
    let everything = ArticleQuery::read("", Timestamp::now()).unwrap();
    let list = library.reader().unwrap().window(&everything, Order::Newest, Around::Top, usize::MAX).unwrap();
    assert_eq!(list.total, list.entries.len());
    let mut found = HashSet::new();
    for entry in list.entries {
        let number: usize = entry.title.strip_prefix("Story ").unwrap().parse().unwrap();
        let article = library.article(&entry.id).unwrap().unwrap();
        let words = article.body.as_str();
        assert!(words.ends_with(&format!("This is the end of story {number}.")), "{number} is half");
        assert_eq!(article.id.file_path().unwrap().file_stem().unwrap().to_str().unwrap(), number.to_string());
        assert!(found.insert(number), "{number} is there twice");
    }
    found
}

/// The output of a process, which must end soon.
fn end(child: Child) -> Output {
    child.wait_with_output().unwrap()
}

fn interrupt(child: &Child) {
    assert!(Command::new("/bin/kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
}

#[test]
fn what_was_added_before_the_program_was_struck_down_is_whole_and_the_rest_comes_next() {
    let asked: Option<usize> = env::var(KILLS).ok().map(|kills| kills.parse().unwrap());
    let (strikes, count) = asked.map_or((6, 500), |kills| (kills, 10_000));
    let home = Home::new();
    lay(&home.path("news"), count);
    let (began, output) = (Instant::now(), end(home.start(&["add", "news"])));
    let whole_run = began.elapsed();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("error: 2 files: there are no words in it\n  "), "{told}");
    assert!(told.contains("error: program.txt: this is a program (ELF), not plain text\n"), "{told}");
    assert_eq!(stories(&home).len(), count);
    let said = String::from_utf8(end(home.start(&["add", "news"])).stdout).unwrap();
    assert!(
        said.starts_with(&format!("Added nothing from news; {count} articles are there already (3 left out")),
        "{said}"
    );

    fs::remove_dir_all(home.path("data")).unwrap();
    let (mut struck, mut partly, mut round) = (0, 0, 0_u32);
    // On a machine that does much else it may take more of them to fall into the middle.
    while struck < strikes || partly == 0 {
        round += 1;
        assert!(round < 500, "no strike fell between the first article and the last");
        let before = stories(&home);
        let mut child = home.start(&["add", "news"]);
        // Somewhere in the run, each time elsewhere (the golden ratio spreads evenly). Nobody unparks this thread.
        thread::park_timeout(whole_run.mul_f64(f64::from(round) * 0.618_034 % 1.0 * 0.7));
        if round.is_multiple_of(3) {
            interrupt(&child);
        } else {
            child.kill().unwrap();
        }
        let output = end(child);
        let after = stories(&home);
        assert!(before.is_subset(&after), "something is lost");
        struck += usize::from(output.status.signal() == Some(9) || output.status.code() == Some(130));
        partly += usize::from(!after.is_empty() && after.len() < count);
        if after.len() < count && !round.is_multiple_of(4) {
            continue;
        }
        // The next one completes what the last began, and only that.
        let output = end(home.start(&["add", "news"]));
        let said = String::from_utf8(output.stdout).unwrap();
        let (new, known) = (count - after.len(), after.len());
        let expected = match (new, known) {
            (0, _) => format!("Added nothing from news; {known} articles are there already"),
            (_, 0) => format!("Added {new} articles from news"),
            _ => format!("Added {new} articles from news; {known} articles are there already"),
        };
        assert!(said.starts_with(&expected), "{expected}: {said}");
        assert_eq!(stories(&home).len(), count);
        fs::remove_dir_all(home.path("data")).unwrap();
    }
    println!(
        "{struck} times struck down among {count} articles, {partly} times in the middle; nothing half, double or lost"
    );
}

#[test]
fn an_interrupt_is_heard_while_something_is_waited_for() {
    let home = Home::new();
    let made = Command::new("mkfifo").arg(home.path("pipe")).status().unwrap();
    assert!(made.success());
    let child = home.start(&["add", "pipe"]);
    let began = Instant::now();
    // The library is opened after interrupts are watched for.
    while !home.path("data/library.db").exists() {
        assert!(began.elapsed() < TIMEOUT, "nothing was begun");
        thread::yield_now();
    }
    interrupt(&child);
    let output = end(child);
    assert_eq!(output.status.code(), Some(130), "{output:?}");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "Added nothing; 1 file was not read\n");
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(told, "note: interrupted; `dateline add pipe` goes on from here\n");
}
