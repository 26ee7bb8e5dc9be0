//! Help, manual and completions, and what is said about arguments that make no sense.

use insta::assert_snapshot;

use crate::program::Home;

#[test]
fn help_of_the_program_and_of_every_verb() {
    let home = Home::new();
    let verbs: [&[&str]; 24] = [
        &[],
        &["read"],
        &["entities"],
        &["add"],
        &["fetch"],
        &["list"],
        &["search"],
        &["remove"],
        &["mark"],
        &["tag"],
        &["feeds"],
        &["feeds", "show"],
        &["bookmarks"],
        &["bookmarks", "list"],
        &["bookmarks", "add"],
        &["bookmarks", "locate"],
        &["bookmarks", "remove"],
        &["bookmarks", "export"],
        &["bookmarks", "import"],
        &["bookmarks", "doctor"],
        &["config"],
        &["doctor"],
        &["completions"],
        &["man"],
    ];
    for verb in verbs {
        let help = home.run(verb.iter().chain(&["--help"])).printed();
        let widest = help.lines().map(|line| line.chars().count()).max();
        assert!(widest < Some(100), "{verb:?} has a line of {widest:?} characters");
        // Every verb has the same global options; one snapshot of them is enough.
        let own = if verb.is_empty() { help.as_str() } else { help.split("\nGlobal options:").next().unwrap() };
        assert_snapshot!(format!("help {}", verb.join(" ")).trim().replace(' ', "-"), own);
    }
}

#[test]
fn the_version_is_told_before_and_after_a_verb() {
    let home = Home::new();
    let version = concat!("dateline ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!(home.run(["--version"]).printed(), version);
    assert_eq!(home.run(["bookmarks", "list", "-V"]).printed(), version);
}

#[test]
fn arguments_that_make_no_sense() {
    let home = Home::new();
    let told: Vec<String> = [
        &["--colour", "always", "doctor"][..],
        &["--color", "sometimes", "doctor"],
        &["read"],
        &["read", "--width", "0", "edition:01-welcome"],
        &["entities", "edition:01-welcome", "--date", "15.10.2026"],
        &["entities", "edition:01-welcome", "--date", "2026-13-40"],
        &["entities", "edition:01-welcome", "--text"],
        &["entities", "-", "-"],
        &["read", ""],
        &["--color", "never", "doctor", "--color", "always"],
        &["-q", "doctor", "-v"],
        &["bookmarks", "add", "edition:01-welcome", "--quote", ""],
        &["bookmarks", "export", "--format", "xyz"],
        &["bookmarks", "export", "--format", "json", "--into", "-"],
        &["bookmarks", "imprt"],
        &["add"],
        &["list", "-is:read"],
        &["list", "--limit", "many"],
        &["mark", "seen", "a.txt"],
        &["tag", "river"],
        &["bookmarks", "add", "edition:01-welcome"],
        &["completions", "cmd"],
    ]
    .into_iter()
    .map(|words| {
        let ran = home.run(words);
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""), "{words:?}");
        format!("$ dateline {}\n{}", words.join(" "), ran.stderr)
    })
    .collect();
    assert_snapshot!("no-sense", told.join("\n"));
}

#[test]
fn what_is_typed_does_not_come_back_as_an_escape_sequence() {
    let home = Home::new();
    for words in [["--\u{1b}[2J\u{202e}", "x"], ["doctor", "\u{9b}31m\u{7}"], ["read", "\u{1b}]0;title\u{7}\u{202e}"]] {
        let ran = home.run(words);
        assert_ne!(ran.status, Some(0));
        let unsafe_ = |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!ran.stderr.contains(unsafe_) && ran.stdout.is_empty(), "{ran:?}");
    }
}

#[test]
fn the_manual_has_every_section_and_key() {
    let page = Home::new().run(["man"]).printed();
    let sections: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix(".SH ")).collect();
    assert_eq!(
        sections,
        [
            "NAME",
            "SYNOPSIS",
            "DESCRIPTION",
            "OPTIONS",
            "\"GLOBAL OPTIONS\"",
            "COMMANDS",
            "KEYS",
            "FILES",
            "ENVIRONMENT"
        ]
    );
    assert!(page.contains(".SS \"dateline bookmarks add SOURCE \\-\\-quote TEXT\""), "{page}");
    assert!(page.contains("Bookmarks the selected passage. [save\\-selection]"));
}

#[test]
fn completions_of_every_shell_know_the_verbs() {
    let home = Home::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = home.run(["completions", shell]).printed();
        assert!(
            script.contains("bookmarks") && script.contains("--data-dir") || script.contains("data-dir"),
            "{shell}"
        );
    }
}
