//! `dateline doctor`: checks everything and prints what a bug report needs, as plain lines for pasting.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{self, IsTerminal, stdin, stdout};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::Context;
use super::error::{CliError, Exit};
use super::library::articles;
use super::output::{Output, Style};
use super::setup::Setup;
use crate::feed::{FeedState, Subscription};
use crate::io::bookmarks::{self, BookmarkStore};
use crate::io::corrections::{self, FILE};
use crate::io::marks::{self, MarkStore};
use crate::io::paths::Paths;
use crate::io::{clock, searches, subscriptions};
use crate::journal::merge_lines;
use crate::library::{Check, Library, Opened};
use crate::mark::Mark;
use crate::query::{ArticleQuery, Counts};
use crate::runtime::edition;
use crate::terminal::capabilities::{background, color_depth};
use crate::text::plural;

/// Prints the report, with all problems repeated at its end.
pub(super) fn run(context: &mut Context) -> Result<Exit, CliError> {
    let setup = &context.setup;
    let mut report = Report { out: &mut context.out, problems: Vec::new() };
    let system = (std::env::consts::OS, std::env::consts::ARCH);
    report.heading(&format!("dateline {} ({} {})", env!("CARGO_PKG_VERSION"), system.0, system.1))?;
    match &setup.paths {
        Ok(paths) => {
            files(&mut report, paths)?;
            library(&mut report, paths)?;
            bookmarks(&mut report, paths)?;
            marks(&mut report, paths)?;
            feeds(&mut report, paths)?;
            corrections(&mut report, paths)?;
        }
        Err(error) => report.problem("data", error)?,
    }
    settings(&mut report, setup)?;
    terminal(&mut report, setup)?;
    report.heading("edition")?;
    report.line("articles", edition::slugs().filter(|slug| edition::article(slug).is_some()).count())?;
    report.end()?;
    Ok(if report.problems.is_empty() { Exit::Success } else { Exit::Partial })
}

/// Prints lines under headings, and collects the problems.
struct Report<'a> {
    out: &'a mut Output,
    problems: Vec<String>,
}

impl Report<'_> {
    fn heading(&mut self, name: &str) -> io::Result<()> {
        self.out.styled(name, Style::Bold)?;
        self.out.line("")
    }

    fn line(&mut self, name: &str, value: impl Display) -> io::Result<()> {
        let line = format!("  {name:<10} {value}");
        self.out.row(line.trim_end())
    }

    fn problem(&mut self, name: &str, what: impl Display) -> io::Result<()> {
        let what = what.to_string();
        self.line(name, &what)?;
        self.problems.push(what);
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        match self.problems.len() {
            0 => self.heading("all is well"),
            1 => self.heading("1 problem"),
            count => self.heading(&format!("{count} problems")),
        }?;
        for what in &self.problems {
            self.out.row(&format!("  {what}"))?;
        }
        Ok(())
    }
}

/// Where files are, and their permissions.
fn files(report: &mut Report<'_>, paths: &Paths) -> io::Result<()> {
    report.heading("files")?;
    for (name, path) in [("settings", &paths.config_file), ("data", &paths.data_dir), ("log", &paths.log_file)] {
        report.line(name, format!("{} ({})", shown(path), state(path)))?;
    }
    for name in ["library.db", "marks", "bookmarks", "texts", "feeds.opml", "searches.tsv", "device-id"] {
        report.line(name, state(&paths.data_dir.join(name)))?;
    }
    let unusable = paths.unusable().into_iter();
    unusable.map(|(folder, error)| cannot_store(&shown(&folder), &error)).try_for_each(|what| report.problem("", what))
}

/// The message about a folder in which no file can be created.
pub(super) fn cannot_store(folder: &str, error: &io::Error) -> String {
    format!("nothing can be stored in {folder}: {error}; choose another folder with --data-dir")
}

/// A path with the home directory as `~`: the user's name does not belong in a report.
fn shown(path: &Path) -> String {
    let home = std::env::home_dir().filter(|home| home.parent().is_some());
    match home.and_then(|home| path.strip_prefix(home).ok().map(Path::to_owned)) {
        Some(inside) => format!("~/{}", inside.display()),
        None => path.display().to_string(),
    }
}

/// What is at a path: kind, permissions, size.
fn state(path: &Path) -> String {
    match path.metadata() {
        Ok(found) if found.is_dir() => format!("folder, mode {:03o}", found.permissions().mode() & 0o777),
        Ok(found) if !found.is_file() => "not a plain file".to_owned(),
        Ok(found) => format!("{} bytes, mode {:03o}", found.len(), found.permissions().mode() & 0o777),
        Err(error) if error.kind() == io::ErrorKind::NotFound => "missing".to_owned(),
        Err(error) => error.to_string(),
    }
}

/// Opens the library as the reader does, unless there is none yet.
fn library(report: &mut Report<'_>, paths: &Paths) -> io::Result<()> {
    report.heading("library")?;
    if !paths.data_dir.join("library.db").exists() {
        return report.line("state", "none yet");
    }
    let (mut library, opened) = match Library::open(&paths.data_dir) {
        Ok(opened) => opened,
        Err(error) => {
            let hint = error.hint().map(|hint| format!(" ({hint})")).unwrap_or_default();
            return report.problem("state", format!("{error}{hint}"));
        }
    };
    match opened {
        Opened::Ready | Opened::Fresh => report.line("state", "opens")?,
        Opened::ReadOnlyNewer => report.problem("state", "made by a newer dateline; it is only read")?,
        Opened::SetAside(name) => report.problem("state", format!("could not be read; it is now {}", shown(&name)))?,
    }
    match library.reader().and_then(|mut reader| reader.counts(&ArticleQuery::default())) {
        Ok(Counts { total, unread, starred, .. }) => {
            report.line("articles", total)?;
            report.line("read", total - unread)?;
            report.line("starred", starred)?;
        }
        Err(error) => report.problem("articles", error)?,
    }
    match library.folders() {
        Ok(folders) => report.line("folders", folders.len())?,
        Err(error) => report.problem("folders", error)?,
    }
    match library.check() {
        Ok(check) => health(report, &mut library, check),
        Err(error) => report.problem("check", error),
    }
}

/// What a look through the whole library found, and what can be done about it.
fn health(report: &mut Report<'_>, library: &mut Library, check: Check) -> io::Result<()> {
    let Check { fault, index_fault, unindexed, unfindable, unreadable, miscounted } = check;
    match fault {
        Some(fault) => {
            let what = format!(
                "the file is damaged: {fault}; move library.db away and add your folders again (marks and bookmarks are safe)"
            );
            return report.problem("check", what);
        }
        None => report.line("check", "the file is sound")?,
    }
    let is_incomplete = index_fault.is_some() || unfindable > 0;
    let what = match index_fault {
        Some(fault) => format!("the index of words is damaged: {fault}"),
        None => format!("the words of {} are not in the index", articles(unfindable)),
    };
    match (is_incomplete, unindexed) {
        (false, 0) => report.line("index", "has the words of all articles")?,
        (false, waiting) => {
            report
                .line("index", format!("the words of {} wait to be indexed, while dateline runs", articles(waiting)))?;
        }
        (true, _) if library.is_read_only() => report.problem("index", format!("{what}; update dateline"))?,
        (true, _) => match library.index_anew() {
            Ok(()) => report.problem("index", format!("{what}; all are indexed anew, while dateline runs"))?,
            Err(error) => report.problem("index", format!("{what}, and cannot be indexed anew: {error}"))?,
        },
    }
    if unreadable > 0 {
        let what = format!("the words of {} cannot be read; add them again from their files", articles(unreadable));
        report.problem("words", what)?;
    }
    if miscounted > 0 {
        let what = format!("the articles of {} are counted wrong", plural::count(miscounted, "feed"));
        match library.count_feeds_anew() {
            Ok(()) => report.problem("feeds", format!("{what}; they are counted anew"))?,
            Err(error) => report.problem("feeds", format!("{what}, and cannot be counted anew: {error}"))?,
        }
    }
    Ok(())
}

/// Reads all bookmarks, unless there are none yet.
fn bookmarks(report: &mut Report<'_>, paths: &Paths) -> io::Result<()> {
    report.heading("bookmarks")?;
    if !bookmarks::exist(&paths.data_dir) {
        return report.line("state", "none yet");
    }
    match BookmarkStore::open(&paths.data_dir) {
        Ok((store, bookmarks::Loaded { shelf, problems, .. })) => {
            report.line("device", store.device().as_str())?;
            report.line("kept", format!("{} in {} articles", shelf.len(), shelf.articles()))?;
            problems.iter().try_for_each(|problem| report.problem("problem", problem))
        }
        Err(error) => report.problem("state", error),
    }
}

/// Reads all marks of articles, unless there are none yet.
fn marks(report: &mut Report<'_>, paths: &Paths) -> io::Result<()> {
    report.heading("marks")?;
    if !marks::exist(&paths.data_dir) {
        return report.line("state", "none yet");
    }
    match MarkStore::open(&paths.data_dir, &[]) {
        Ok((store, found)) => {
            report.line("device", store.device().as_str())?;
            let all = merge_lines(found.records, |_, _| {});
            let count = |fits: fn(&Mark) -> bool| all.iter().filter(|mark| fits(mark)).count();
            report.line("articles", all.len())?;
            report.line("read", count(|mark| mark.read().is_some()))?;
            report.line("starred", count(|mark| mark.starred().is_some()))?;
            report.line("tagged", count(|mark| !mark.tags().is_empty()))?;
            report.line("removed", count(|mark| mark.removed().is_some()))?;
            found.problems.iter().try_for_each(|problem| report.problem("problem", problem))
        }
        Err(error) => report.problem("state", error),
    }
}

/// Reads the subscriptions and the filters, and what is remembered of the feeds.
fn feeds(report: &mut Report<'_>, paths: &Paths) -> io::Result<()> {
    report.heading("feeds")?;
    match searches::load(&paths.data_dir, clock::now()) {
        Ok(loaded) => {
            let filters = loaded.searches.filters().count();
            if filters > 0 {
                report.line("filters", filters)?;
            }
            loaded.problems.iter().try_for_each(|problem| report.problem("problem", problem))?;
        }
        Err(error) => report.problem("filters", error)?,
    }
    let loaded = match subscriptions::load(&paths.data_dir) {
        Ok(loaded) => loaded,
        Err(error) => return report.problem("state", error),
    };
    let feeds: BTreeMap<&str, &Subscription> =
        loaded.subscriptions.all().map(|feed| (feed.url.as_str(), feed)).collect();
    if feeds.is_empty() && loaded.problems.is_empty() {
        return report.line("state", "none yet");
    }
    report.line("kept", feeds.len())?;
    loaded.problems.iter().try_for_each(|problem| report.problem("problem", problem))?;
    let is_there = Library::exists(&paths.data_dir);
    let states = match is_there.then(|| Library::open(&paths.data_dir)) {
        Some(Ok((mut library, _))) => library.feed_states().unwrap_or_default(),
        Some(Err(_)) | None => Vec::new(),
    };
    let now = clock::now();
    let is_asked = |(url, _): &&(String, FeedState)| feeds.get(url.as_str()).is_some_and(|feed| !feed.is_paused);
    let asked: Vec<&FeedState> = states.iter().filter(is_asked).map(|(_, state)| state).collect();
    let number = |is_so: &dyn Fn(&FeedState) -> bool| asked.iter().filter(|state| is_so(state)).count();
    let is_failing = |state: &FeedState| state.problem.is_some() && !state.is_gone && !state.is_held(now);
    report.line("paused", feeds.values().filter(|feed| feed.is_paused).count())?;
    report.line("gone", number(&|state| state.is_gone))?;
    report.line("held", number(&|state| state.is_held(now)))?;
    let failing = number(&is_failing);
    let why = if failing > 0 { " (`dateline feeds list` says why)" } else { "" };
    report.line("failing", format!("{failing}{why}"))
}

/// Reads the corrections of names, unless there are none yet.
fn corrections(report: &mut Report<'_>, paths: &Paths) -> io::Result<()> {
    report.heading("corrections")?;
    let path = paths.data_dir.join(FILE);
    if !path.exists() {
        return report.line("state", "none yet");
    }
    report.line("file", format!("{FILE}, {}", state(&path)))?;
    match corrections::load(&paths.data_dir) {
        Ok(loaded) => {
            report.line("kept", loaded.corrections.len())?;
            loaded.nearly_full().map_or(Ok(()), |message| report.line("full", message))?;
            loaded.too_long().map_or(Ok(()), |message| report.problem("problem", message))?;
            loaded.faults.iter().try_for_each(|fault| report.problem("problem", format!("{FILE} {fault}")))
        }
        Err(error) => report.problem("state", error),
    }
}

fn settings(report: &mut Report<'_>, setup: &Setup) -> io::Result<()> {
    report.heading("settings")?;
    let changed = setup.settings.keys.len();
    report.line("keys", if changed == 0 { "as shipped".to_owned() } else { format!("{changed} changed") })?;
    setup.problems.iter().try_for_each(|problem| report.problem("problem", problem))
}

/// The environment variables about the terminal, and what follows from them.
fn terminal(report: &mut Report<'_>, setup: &Setup) -> io::Result<()> {
    report.heading("terminal")?;
    let env = &setup.env;
    for (name, value) in
        [("TERM", &env.term), ("COLORTERM", &env.colorterm), ("COLORFGBG", &env.colorfgbg), ("NO_COLOR", &env.no_color)]
    {
        report.line(name, if value.is_empty() { "not set" } else { value })?;
    }
    let depth = color_depth(setup.settings.color, env);
    report.line("colours", format!("{depth:?}, {:?} background", background(setup.settings.theme, env)))?;
    let is = |terminal: bool| if terminal { "terminal" } else { "no terminal" };
    report.line("input", is(stdin().is_terminal()))?;
    report.line("output", is(stdout().is_terminal()))?;
    if stdout().is_terminal() {
        match crate::terminal::size() {
            Ok((columns, rows)) => report.line("size", format!("{columns}x{rows}"))?,
            Err(error) => report.problem("size", error)?,
        }
    }
    Ok(())
}
