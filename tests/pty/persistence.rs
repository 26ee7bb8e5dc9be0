//! Persistence: places, bookmarks and corrections, with several programs and with one that is killed.

use std::fs;

use super::{Home, LEFT, last};

#[test]
fn a_pipe_nobody_writes_to_stands_in_no_bookmarks_way() {
    let home = Home::new();
    let pipe = home.path("pipe");
    nix::unistd::mkfifo(&pipe, nix::sys::stat::Mode::S_IRWXU).unwrap();
    let mut terminal = home.read(&[]);
    terminal.press("ha");
    terminal.press(&format!("{}\r", pipe.to_str().unwrap()));
    terminal.press("lv\r");
    terminal.wait_for_words("Saved the passage");
    terminal.quit();
    assert_eq!(home.saved(), 1);
}

#[test]
fn a_pipe_nobody_writes_to_keeps_no_other_article_from_being_read() {
    let home = Home::new();
    let pipe = home.path("pipe");
    nix::unistd::mkfifo(&pipe, nix::sys::stat::Mode::S_IRWXU).unwrap();
    let other = home.file("other.txt", b"Other\n\nOther words.\n");
    let mut terminal = home.start(&[pipe.to_str().unwrap(), &other]);
    // It was named first, so nothing else comes to the page by itself.
    terminal.wait_for_words("Opening");
    terminal.wait_for_words("Other");
    terminal.press("hgg\r");
    terminal.wait_for_words("Other words.");
    terminal.press("v\r");
    terminal.wait_for_words("Saved the passage");
    fs::write(&pipe, "Late\n\nLate words.\n").unwrap();
    terminal.wait_for_words("Added “Late” to the list.");
    // What came last stands above it.
    terminal.press("[a");
    terminal.wait_for_words("Late words.");
    terminal.quit();
}

#[test]
fn a_bookmark_that_cannot_be_saved_is_told_of_after_the_end() {
    let home = Home::new();
    let mut terminal = home.read(&[]);
    let bookmarks = home.path("data/bookmarks");
    fs::remove_dir_all(&bookmarks).unwrap();
    fs::write(&bookmarks, "a file in the way").unwrap();
    terminal.press("v\r");
    terminal.wait_for_words("NOT saved");
    terminal.press("\x03");
    terminal.wait_for_words("1 bookmark is not saved");
    terminal.press("\x03");
    assert_eq!(terminal.left(), 4);
    let end = last(&terminal.bytes, "\x1b[?1049l").unwrap();
    assert!(last(&terminal.bytes, "1 bookmark is NOT saved").unwrap() > end, "{}", terminal.text());
}

#[test]
fn a_place_is_found_again_however_soon_one_comes_back() {
    let home = Home::new();
    let lines: Vec<String> = (1..200).map(|number| format!("This is line number {number}.")).collect();
    let lines = lines.join("\n\n");
    let (long, other) = (home.file("long.txt", lines.as_bytes()), home.file("other.txt", b"Other\n\nOther words.\n"));
    let mut terminal = home.read(&[&long, &other]);
    terminal.wait_for_words("line number 3.");
    // The second file is listed a moment after the first is on the page.
    terminal.wait_for_words("Other");
    terminal.press("G");
    terminal.wait_for_words("line number 199.");
    terminal.press("]a");
    terminal.wait_for_words("Other words.");
    terminal.press("[a");
    terminal.wait_for("the long article where it was left", |screen| screen.contains("line number 199."));
    terminal.quit();
}

#[test]
fn the_screen_is_found_as_it_was_left_and_a_broken_file_costs_nothing() {
    let home = Home::new();
    let view = home.path("data/view.toml");
    let mut terminal = home.read(&[]);
    terminal.press("<");
    terminal.wait_for_words("The page is 62 columns wide");
    // Left within the second that the file may wait to be written.
    terminal.quit();
    assert!(fs::read_to_string(&view).unwrap().contains("chosen = 62"));
    let mut terminal = home.read(&[]);
    terminal.press("<");
    terminal.wait_for_words("The page is 58 columns wide");
    terminal.quit();
    fs::write(&view, "measure = [\n").unwrap();
    let mut terminal = home.read(&[]);
    terminal.press("<");
    terminal.wait_for_words("The page is 62 columns wide");
    terminal.quit();
    assert!(fs::read_to_string(&view).unwrap().contains("chosen = 62"));
}

#[test]
fn two_programs_on_one_data_directory_see_each_others_bookmarks() {
    let home = Home::new();
    let (mut one, mut two) = (home.read(&[]), home.read(&[]));
    for (terminal, other) in [(&mut one, "1"), (&mut two, "2")] {
        terminal.press(if other == "1" { "" } else { " " });
        terminal.press("v\r");
        terminal.wait_for_words("Saved the passage");
    }
    assert_eq!(home.saved(), 2);
    // The terminal says that the window has the focus again: time to look at what others wrote.
    one.press("\x1b[I");
    one.press("gB");
    one.wait_for("two bookmarks in the first program", |screen| screen.contains("All bookmarks 2"));
    one.quit();
    two.quit();
}

#[test]
fn marks_of_the_command_line_and_of_a_running_reader_come_together() {
    let home = Home::new();
    let story = home.file("story.txt", b"A story\n\nThe words of the story.\n");
    let dateline = |words: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_dateline"));
        command.env_clear().envs(home.environment()).current_dir(home.dir.path()).args(words);
        let output = command.stdin(std::process::Stdio::null()).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{words:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    dateline(&["add", "story.txt"]);
    let mut terminal = home.read(&[&story]);
    dateline(&["tag", "river", "story.txt"]);
    terminal.press("hs");
    terminal.wait_for("a star in the list", |screen| screen.contains('★'));
    dateline(&["tag", "bridge", "story.txt"]);
    terminal.quit();
    let listed = || {
        let listed: serde_json::Value = serde_json::from_str(&dateline(&["list", "--json", "title:story"])).unwrap();
        let article = &listed["articles"][0];
        (article["starred"].as_bool().unwrap(), article["tags"].to_string())
    };
    let both = (true, r#"["bridge","river"]"#.to_owned());
    assert_eq!(listed(), both);
    // What both did is in the logs, from which a new library learns it.
    for name in ["library.db", "library.db-wal", "library.db-shm"] {
        fs::remove_file(home.path("data").join(name)).ok();
    }
    dateline(&["add", "story.txt"]);
    assert_eq!(listed(), both);
}

#[test]
fn two_programs_correct_names_and_lose_nothing_of_each_other() {
    let home = Home::new();
    let (mut one, mut two) = (home.read(&[]), home.read(&[]));
    for (terminal, keys) in [(&mut one, "cignore\r"), (&mut two, "ojcfollow\r")] {
        terminal.press("l");
        terminal.wait_for_words("PEOPLE");
        terminal.press(keys);
        terminal.wait_for_words("From now on");
    }
    let lines = fs::read_to_string(home.path("data/entities.tsv")).unwrap();
    assert_eq!(lines.lines().filter(|line| !line.starts_with('#')).count(), 2, "{lines}");
    // The one gets the focus again, and shows what the other knows.
    one.press("\x1b[I");
    one.wait_for_words("★");
    one.press("C");
    one.wait_for_words("is left out");
    one.wait_for_words("is followed");
    one.press("\x1b");
    one.quit();
    two.quit();
}

#[test]
fn killed_in_the_middle_of_bookmarking_it_loses_nothing_it_called_saved() {
    let home = Home::new();
    let (mut reported, mut length) = (0, 0);
    // Each passage begins like the one before and is a sentence longer: none is the same words again.
    let mut bookmark = || {
        length += 1;
        format!("ggv{}\r", "J".repeat(length))
    };
    for _ in 0..3 {
        let mut terminal = home.read(&[]);
        // Some one by one, each seen to be saved …
        for _ in 0..2 {
            terminal.press(&bookmark());
            terminal.wait_for_words("Saved the passage");
            reported += 1;
            terminal.press("j");
            terminal.wait_for("the notice to go", |screen| !screen.contains("Saved the passage"));
        }
        // … then many at once, and death among them.
        let many: String = (0..8).map(|_| bookmark()).collect();
        terminal.press(&many);
        terminal.wait_for_words("Saved the passage");
        reported += 1;
        terminal.signal("KILL");
        terminal.wait_for_words(LEFT);
        let saved = home.saved();
        assert!(saved >= reported, "{reported} were called saved, {saved} are in the log");
        reported = saved;
    }
    // The next start reads them all; a line cut short is reported but does no harm.
    let mut terminal = home.read(&[]);
    terminal.press("gB");
    terminal.wait_for_words(&format!("All bookmarks {reported}"));
    terminal.quit();
}

#[test]
fn killed_right_after_a_mark_it_knows_the_mark_at_the_next_start() {
    let home = Home::new();
    let mut terminal = home.read(&[]);
    terminal.press("hs");
    terminal.wait_for_words("★");
    home.wait_for_mark("\"starred\":\"");
    terminal.signal("KILL");
    terminal.wait_for_words(LEFT);
    let mut terminal = home.read(&[]);
    // What is marked next is marked beside it.
    terminal.press("hr");
    home.wait_for_mark("\"read\":\"");
    terminal.quit();
    let last = home.marks().lines().last().unwrap().to_owned();
    let mark: serde_json::Value = serde_json::from_str(&last).unwrap();
    assert!(mark["read"].is_string() && mark["starred"].is_string(), "{last}");
}

#[test]
fn what_two_programs_on_one_data_directory_mark_is_all_there_at_the_next_start() {
    let home = Home::new();
    let (mut one, mut two) = (home.read(&[]), home.read(&[]));
    one.press("hs");
    one.wait_for_words("★");
    home.wait_for_mark("\"starred\":\"");
    two.press("hr");
    home.wait_for_mark("\"read\":\"");
    one.quit();
    two.quit();
    let mut terminal = home.read(&[]);
    terminal.wait_for_words("★");
    terminal.press("hs");
    // The last line is what both have marked, and that the star is gone.
    terminal.wait_for("the star to go", |screen| !screen.contains('★'));
    terminal.quit();
    let last = home.marks().lines().last().unwrap().to_owned();
    let mark: serde_json::Value = serde_json::from_str(&last).unwrap();
    assert!(mark["read"].is_string() && mark["starred"].is_null(), "{last}");
}
