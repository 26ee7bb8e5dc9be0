//! Programs that the configuration names: what opens an address, plays a file, tells of news, or takes an article.
#![expect(clippy::disallowed_methods, reason = "starts programs and looks for one in $PATH")]

use std::env;
use std::io::{self, BufRead, BufReader, Write};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crate::article::address::is_web;
use crate::config::{Opener, Settings, command_words, fill};
use crate::text::sanitize::one_line;

use super::opener::{self, OpenError};
use super::paths::typed;

/// What plays sound and film if nothing is configured: with a window, because nothing else shows what it does, and with
/// the place in a long one remembered until the next time.
const MPV: &str = "mpv";

/// How long it is looked whether a program that was started ends with an error at once.
// Programs of tests end, however long a busy machine takes to start them.
const AT_ONCE: Duration = Duration::from_millis(if cfg!(test) { 120_000 } else { 1500 });

/// Longest headlines handed to the notify command, in bytes: an argument has a limit, and so has patience.
const LONGEST: usize = 400;

/// The programs that the configuration names.
#[derive(Clone, Debug, Default)]
pub struct Programs {
    openers: Vec<Opener>,
    player: String,
    notify: String,
    /// Whether it was told that the notify command fails.
    told: Arc<AtomicBool>,
}

impl Programs {
    /// Those of these settings.
    pub fn of(settings: &Settings) -> Self {
        let Settings { openers, player, notify_command, .. } = settings;
        let (openers, player, notify) = (openers.clone(), player.clone(), notify_command.clone());
        Self { openers, player, notify, told: Arc::default() }
    }

    /// Opens an address with the first program whose pattern fits, or else in the browser. Does not wait for it.
    ///
    /// # Errors
    /// When it is not a web address, or the program cannot be started or ends with an error at once.
    pub fn open(&self, url: &str) -> Result<(), OpenError> {
        opener::check(url)?;
        match self.openers.iter().find(|opener| opener.opens(url)) {
            Some(opener) => start_with(&opener.command, &[('u', url)], Some('u')).map(drop),
            None => opener::open_url(url),
        }
    }

    /// Plays what is at a web address: says with what. Does not wait for the end.
    ///
    /// # Errors
    /// Those of [`open`](Self::open).
    pub fn play(&self, url: &str) -> Result<String, OpenError> {
        if !is_web(url) {
            return Err(OpenError::NotWeb(url.to_owned()));
        }
        if !self.player.is_empty() {
            return start_with(&self.player, &[('u', url)], Some('u'));
        }
        if is_in_path(MPV) {
            return start(&[MPV, "--force-window", "--save-position-on-quit", "--", url].map(str::to_owned));
        }
        self.open(url).map(|()| "The browser".to_owned())
    }

    /// Runs the notify command, if there is one, with the number of new articles and the first headlines. That it fails is
    /// an error once, and logged after that.
    ///
    /// # Errors
    /// When it cannot be started or ends with an error at once, and that was not told.
    pub fn notify(&self, count: usize, titles: &[String]) -> Result<(), OpenError> {
        if self.notify.is_empty() || count == 0 {
            return Ok(());
        }
        let (number, mut headlines) = (count.to_string(), one_line(&titles.join(" · ")));
        let cut = (0..=LONGEST).rev().find(|end| headlines.is_char_boundary(*end)).unwrap_or(0);
        headlines.truncate(cut);
        let Err(error) = start_with(&self.notify, &[('n', &number), ('t', &headlines)], None) else { return Ok(()) };
        if self.told.swap(true, Ordering::Relaxed) {
            log::warn!("{error}");
            return Ok(());
        }
        Err(error)
    }
}

/// Starts a command with values in it: says which program that is.
fn start_with(command: &str, values: &[(char, &str)], main: Option<char>) -> Result<String, OpenError> {
    let words = command_words(command)
        .map_err(|reason| OpenError::Program { command: command.to_owned(), reason: reason.to_owned() })?;
    start(&fill(&words, values, main))
}

/// Starts a program that outlives us, and sees whether it ends with an error at once.
fn start(words: &[String]) -> Result<String, OpenError> {
    let (name, arguments) = words.split_first().map_or(("", words), |(name, rest)| (name.as_str(), rest));
    let failed = |reason: String| OpenError::Program { command: name.to_owned(), reason };
    let ended = opener::start(Command::new(typed(name)).args(arguments)).map_err(|error| failed(error.to_string()))?;
    match ended.recv_timeout(AT_ONCE) {
        Ok(status) if !status.success() => Err(failed(format!("it ended with {status}"))),
        _ => Ok(name.to_owned()),
    }
}

/// Whether a program is in one of the folders of `$PATH`.
fn is_in_path(name: &str) -> bool {
    let folders = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&folders).any(|folder| folder.join(name).is_file())
}

/// Runs a shell command with a text as its input, and waits for it and for a key, so that what it says can be read. It
/// has the terminal meanwhile: the caller hands it over and takes it back. A command that does not read all of its input
/// is none the worse for it.
///
/// # Errors
/// When there is no shell.
pub fn pipe(command: &str, text: &str) -> io::Result<()> {
    let mut tty = opener::terminal()?;
    let told = match run(command, text) {
        Ok(status) if status.success() => "done".to_owned(),
        Ok(status) => status.to_string(),
        Err(error) => return Err(error),
    };
    write!(tty, "\n[{told}] Enter goes back to dateline. ")?;
    tty.flush()?;
    let mut answer = String::new();
    BufReader::new(tty).read_line(&mut answer).map(drop)
}

/// Runs a shell command with a text as its input.
fn run(command: &str, text: &str) -> io::Result<ExitStatus> {
    let mut child = Command::new("/bin/sh").args(["-c", command]).stdin(Stdio::piped()).spawn()?;
    let input = child.stdin.take();
    let text = text.to_owned();
    // A command that writes before it has read all must not wait for us, nor we for it.
    let writing = thread::Builder::new().name("pipe".to_owned()).spawn(move || {
        if let Some(mut input) = input
            && let Err(error) = input.write_all(text.as_bytes())
        {
            // It has seen enough.
            log::debug!("pipe: {error}");
        }
    })?;
    let status = child.wait();
    // One that left its input to a child of its own may keep it open for ever.
    if status.as_ref().is_ok_and(|_| writing.is_finished()) {
        writing.join().ok();
    }
    status
}

#[cfg(test)]
mod tests {
    use super::*;

    fn programs(player: &str, opener: (&str, &str), notify: &str) -> Programs {
        let openers = vec![Opener { pattern: opener.0.to_owned(), command: opener.1.to_owned() }];
        Programs { openers, player: player.to_owned(), notify: notify.to_owned(), told: Arc::default() }
    }

    /// A command that writes its arguments to a file, one a line.
    fn telling(folder: &tempfile::TempDir) -> (String, std::path::PathBuf) {
        let told = folder.path().join("told");
        (format!("sh -c 'printf \"%s\\n\" \"$@\" > \"$0\"' '{}'", told.display()), told)
    }

    fn read(path: &std::path::Path) -> String {
        std::fs::read_to_string(path).unwrap_or_default()
    }

    #[test]
    fn an_address_is_one_argument_of_the_program_that_opens_it() {
        let folder = tempfile::tempdir().unwrap();
        let (command, told) = telling(&folder);
        let programs = programs("", ("example.org", &format!("{command} --at=%u x")), "");
        let url = "https://www.example.org/$(touch${IFS}x);'?a=%u";
        programs.open(url).unwrap();
        assert_eq!(read(&told), format!("--at={url}\nx\n"));
        assert!(matches!(programs.open("file:///etc/passwd"), Err(OpenError::NotWeb(_))));
        assert!(matches!(programs.play("mailto:a@example.org"), Err(OpenError::NotWeb(_))));
    }

    #[test]
    fn a_program_that_is_not_there_or_fails_is_named() {
        for (command, told) in [("/nonexistent/player", "No such file"), ("false", "exit status: 1")] {
            let error = programs(command, ("x", "x"), "").play("https://example.org/a.mp3").unwrap_err().to_string();
            assert!(error.contains(command) && error.contains(told), "{error}");
        }
    }

    #[test]
    fn news_is_told_with_its_number_and_headlines_and_a_failure_once() {
        let folder = tempfile::tempdir().unwrap();
        let (command, told) = telling(&folder);
        let news = programs("", ("x", "x"), &format!("{command} '%n new' %t"));
        news.notify(0, &[]).unwrap();
        assert!(!told.exists(), "nothing is new");
        news.notify(2, &["One\u{1b}[2J".to_owned(), "Two; rm".to_owned()]).unwrap();
        let lines = read(&told);
        assert!(
            lines.starts_with("2 new\nOne") && lines.ends_with("Two; rm\n") && !lines.contains('\u{1b}'),
            "{lines:?}"
        );
        news.notify(1, &["é".repeat(5000)]).unwrap();
        assert!(read(&told).len() < 500);
        let failing = programs("", ("x", "x"), "false");
        assert!(failing.notify(1, &[]).is_err());
        assert!(failing.notify(1, &[]).is_ok());
    }

    #[test]
    fn a_command_gets_all_of_the_text_or_as_much_as_it_likes() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let long = "a line\n".repeat(100_000);
        assert!(run(&format!("cat > '{}'", out.display()), &long).unwrap().success());
        assert_eq!(read(&out), long);
        assert!(run("exit 0", &long).unwrap().success());
        assert!(run("head -c 3 >/dev/null", &long).unwrap().success());
        assert_eq!(run("exit 3", "x").unwrap().code(), Some(3));
        assert_eq!(run("/nonexistent/command 2>/dev/null", "x").unwrap().code(), Some(127));
    }
}
