//! Finds arguments that are valid one by one but not together.

use std::ffi::OsString;

use super::{Args, BookmarksVerb, Verb};

/// What is wrong with arguments that clap has accepted: it allows global options both before and after the verb, and
/// the last one wins.
pub(super) fn contradiction(args: &Args, words: &[OsString]) -> Option<String> {
    let typed = words.iter().take_while(|word| *word != "--").filter_map(|word| word.to_str());
    let typed: Vec<&str> = typed.map(|word| word.split_once('=').map_or(word, |(name, _)| name)).collect();
    let times = |name: &str| typed.iter().filter(|word| **word == name).count();
    if let Some(twice) = ["--data-dir", "--config", "--color"].into_iter().find(|name| times(name) > 1) {
        return Some(format!("the argument '{twice}' cannot be used multiple times"));
    }
    if args.globals.quiet && args.globals.verbose > 0 {
        return Some("the argument '--quiet' cannot be used with '--verbose'".to_owned());
    }
    if args.verb.is_some() && args.encoding.is_some() {
        return Some(
            "'--encoding' belongs behind the command that reads: `dateline read --encoding NAME SOURCE`".to_owned(),
        );
    }
    let stdin = match &args.verb {
        None => args.sources.iter().filter(|name| *name == "-").count(),
        Some(Verb::Entities(args)) => args.sources.iter().filter(|name| *name == "-").count(),
        Some(Verb::Add(args)) => args.sources.iter().filter(|name| *name == "-").count(),
        Some(Verb::Bookmarks(BookmarksVerb::Locate(args))) => {
            usize::from(args.source == "-") + usize::from(args.previous.as_ref().is_some_and(|old| old == "-"))
        }
        Some(_) => 0,
    };
    if stdin > 1 {
        return Some("'-' stands for standard input, which can be read only once".to_owned());
    }
    match &args.verb {
        Some(Verb::Bookmarks(BookmarksVerb::Export(args))) if args.into.as_ref().is_some_and(|into| into == "-") => {
            Some("'--into' takes a file; without it the bookmarks go to standard output".to_owned())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::parsed;

    #[test]
    fn conflicting_arguments_are_refused() {
        for words in [
            &["--color", "never", "doctor", "--color", "always"][..],
            &["--data-dir=a", "doctor", "--data-dir", "b"],
            &["--data-dir", "", "doctor"],
            &["--config", "", "doctor"],
            &["-q", "doctor", "-v"],
            &["--encoding", "cp437", "read", "a"],
            &["--encoding", "cp437", "list"],
            &["-", "story.txt", "-"],
            &[""],
            &["read", ""],
            &["read", "a", "b"],
            &["read", "a", "--width", "0"],
            &["read", "a", "--width", "70", "--width", "80"],
            &["entities", "-", "-"],
            &["entities", "a", ""],
            &["entities", "a", "--date", "2026-13-40"],
            &["entities", "a", "--date", ""],
            &["entities", "a", "--text"],
            &["bookmarks", "locate", "-", "--previous", "-"],
            &["bookmarks", "locate", "a", "--previous", ""],
            &["bookmarks", "add", "a", "--quote", ""],
            &["bookmarks", "add", "a", "--quote", " \u{200b}"],
            &["bookmarks", "export", "--format", "xyz"],
            &["bookmarks", "export", "--format", "json", "--format", "csv"],
            &["bookmarks", "export", "--format", "json", "--into", "-"],
            &["bookmarks", "export", "--format", "json", "--into", ""],
            &["bookmarks", "import", ""],
            &["config", "all"],
            &["add"],
            &["add", "-", "-"],
            &["add", ""],
            &["list", "-is:read"],
            &["list", "--limit", "-1"],
            &["list", "--after", ""],
            &["remove"],
            &["mark", "seen", "a"],
            &["mark", "read"],
            &["mark", "read", ""],
            &["tag", "river"],
        ] {
            assert!(parsed(words).unwrap_err().is_error, "{words:?}");
        }
        // A value that looks like an option is a value.
        for words in [
            &["-vv", "doctor"][..],
            &["--color", "never", "--", "--color", "--color"],
            &["-"],
            &["list", "--", "-is:read"],
            &["tag", "-river", "a"],
            &["tag", "-river", "a", "-q"],
        ] {
            assert!(parsed(words).is_ok(), "{words:?}");
        }
    }
}
