//! Opens other programs: links in the browser, long notes in the user's editor.
#![expect(clippy::disallowed_methods, reason = "reads $BROWSER, $VISUAL and $EDITOR, and handles the editor's file")]

use std::cell::Cell;
use std::env;
use std::ffi::OsString;
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, IsTerminal, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};

use super::clock;
use crate::article::address::WebAddress;
use crate::text::unprintable::printable;

/// The system's command for opening addresses.
const SYSTEM: &str = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };

/// The editor every Unix has (POSIX).
const EDITOR: &str = "vi";

/// Longest text accepted from an editor, in bytes: a note, not a book.
const LONGEST: u64 = 1 << 20;

/// Why something was not opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// Not a web address. Other schemes can start programs or leak files, and an article may come from anybody.
    NotWeb(String),
    /// No browser could be started.
    NoBrowser,
    /// The editor could not be started or ended with an error; the text is unchanged.
    Editor {
        /// The editor's command.
        command: String,
        /// What happened.
        reason: String,
    },
    /// A program that the configuration names cannot be started, or ended with an error at once.
    Program {
        /// The program.
        command: String,
        /// What happened.
        reason: String,
    },
    /// The file for the editor cannot be written or read back.
    File(String),
}

/// Opens an `http` or `https` address, or that of a mailbox, in a browser and does not wait for it: `$BROWSER` (a colon-separated list, each
/// with the address in place of `%s` or at the end), else the system's own command.
///
/// # Errors
/// When it is not a web address, or nothing can be started. Later errors of the browser go to the log.
pub fn open_url(url: &str) -> Result<(), OpenError> {
    check(url)?;
    let wished = env::var("BROWSER").unwrap_or_default();
    for mut command in browsers(&wished, url) {
        if start(&mut command).is_ok() {
            return Ok(());
        }
    }
    Err(OpenError::NoBrowser)
}

/// Whether [`open_url`] would open this: a web address with a host and without spaces or control characters, or
/// `mailto:` and a mailbox.
///
/// # Errors
/// [`OpenError::NotWeb`] otherwise.
pub fn check(url: &str) -> Result<(), OpenError> {
    if WebAddress::parse(url).is_some() || is_mailbox(url) { Ok(()) } else { Err(OpenError::NotWeb(url.to_owned())) }
}

/// Whether it is somebody's mailbox, and nothing more: what stands behind a question mark could be files to send.
fn is_mailbox(url: &str) -> bool {
    url.strip_prefix("mailto:").is_some_and(|mailbox| {
        let is_sign = |c: char| c.is_ascii_alphanumeric() || ".@_+-".contains(c);
        mailbox.split('@').count() == 2 && mailbox.chars().all(is_sign) && !mailbox.starts_with(['-', '@'])
    })
}

/// The commands to try, in order. No shell is involved, so nothing in an address can act as shell syntax.
fn browsers(wished: &str, url: &str) -> Vec<Command> {
    let wished = wished.split(':').filter_map(|wish| {
        let mut words = wish.split_whitespace();
        let mut command = Command::new(words.next()?);
        let words: Vec<&str> = words.collect();
        command.args(words.iter().map(|word| word.replace("%s", url)));
        if !words.iter().any(|word| word.contains("%s")) {
            command.arg(url);
        }
        Some(command)
    });
    let mut system = Command::new(SYSTEM);
    system.arg(url);
    wished.chain([system]).collect()
}

/// Starts a program that outlives us: detached from the terminal, and in its own process group, so that signals from
/// the keyboard do not reach it. How it ends is told to whoever still listens, or else to the log if it is an error.
pub(super) fn start(command: &mut Command) -> io::Result<Receiver<ExitStatus>> {
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0).spawn()?;
    let name = command.get_program().to_string_lossy().into_owned();
    let (sender, receiver) = mpsc::channel();
    // A child must be waited for, or it stays in the process table, which is also the worst case without this thread.
    let waiting = std::thread::Builder::new().name("browser".to_owned()).spawn(move || match child.wait() {
        Ok(status) if sender.send(status).is_err() && !status.success() => log::warn!("{name} ended with {status}"),
        Ok(_) => {}
        Err(error) => log::warn!("{name}: {error}"),
    });
    drop(waiting);
    Ok(receiver)
}

/// The terminal itself, whatever the standard streams are.
pub(super) fn terminal() -> io::Result<File> {
    OpenOptions::new().read(true).write(true).open("/dev/tty")
}

/// Lets the user edit `text` in `$VISUAL`, else `$EDITOR`, else `vi`, and returns what was saved. Waits for the editor,
/// which has the terminal meanwhile: the caller hands it over and takes it back. `ending` (`md`) tells the editor what
/// kind of text it is, `longest` is how many bytes of it can be taken.
///
/// # Errors
/// When the editor cannot be started or reports an error, or its file cannot be used. If something was written in it
/// then, the file stays and the error says where.
pub fn edit(text: &str, ending: &str, longest: usize) -> Result<String, OpenError> {
    let set = |name| env::var(name).ok().filter(|command| !command.trim().is_empty());
    edit_with(&set("VISUAL").or_else(|| set("EDITOR")).unwrap_or_else(|| EDITOR.to_owned()), text, ending, longest)
}

fn edit_with(command: &str, text: &str, ending: &str, longest: usize) -> Result<String, OpenError> {
    let file = Scratch::new(text, ending).map_err(|error| OpenError::File(error.to_string()))?;
    let failed = |reason| OpenError::Editor { command: command.to_owned(), reason };
    // Through the shell like git and crontab do, since the variable may hold arguments and quotes. The file's name is a
    // parameter of its own and never parsed.
    let status = Command::new("sh")
        .stdin(keyboard())
        .args(["-c", &format!("{command} \"$@\""), command])
        .arg(&file.0)
        .status()
        .map_err(|error| failed(error.to_string()))?;
    if !status.success() {
        return Err(failed(format!("{status}{}", file.leave(text))));
    }
    match file.read() {
        Ok(edited) if edited.trim().len() <= longest => Ok(edited),
        Ok(edited) => {
            let told = format!("{} bytes, and at most {longest} are kept{}", edited.trim().len(), file.leave(text));
            Err(OpenError::File(told))
        }
        Err(error) => Err(OpenError::File(format!("{error}{}", file.leave(text)))),
    }
}

/// The input of an editor: our standard input, unless that is a pipe with an article.
fn keyboard() -> Stdio {
    if io::stdin().is_terminal() {
        return Stdio::inherit();
    }
    File::open("/dev/tty").map_or_else(|_| Stdio::inherit(), Stdio::from)
}

/// A temporary file, deleted when dropped unless it was kept by [`Scratch::leave`].
struct Scratch(PathBuf, Cell<bool>);

impl Scratch {
    fn new(text: &str, ending: &str) -> io::Result<Self> {
        let path = env::temp_dir().join(format!("dateline-{}.{ending}", clock::new_id()));
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
        let scratch = Self(path, Cell::new(false));
        file.write_all(text.as_bytes())?;
        Ok(scratch)
    }

    /// Keeps the file if it holds anything but `before`; returns a remark to append to an error.
    fn leave(&self, before: &str) -> String {
        let written = fs::read(&self.0).is_ok_and(|bytes| bytes != before.as_bytes());
        self.1.set(written);
        if written { format!("; what you wrote is in {}", self.0.display()) } else { String::new() }
    }

    fn read(&self) -> io::Result<String> {
        let mut bytes = Vec::new();
        File::open(&self.0)?.take(LONGEST + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LONGEST {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("more than {} KiB", LONGEST >> 10)));
        }
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if self.1.get() {
            return;
        }
        // An editor that keeps the old version beside the new one must not leave a private note behind.
        let mut backup = OsString::from(&self.0);
        backup.push("~");
        for path in [self.0.as_os_str(), &backup] {
            drop(fs::remove_file(path));
        }
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotWeb(url) => write!(f, "only web addresses are opened, not {}", printable(url)),
            Self::NoBrowser => write!(f, "no browser could be started; set BROWSER, or install {SYSTEM}"),
            Self::Editor { command, reason } => write!(f, "the editor `{}`: {reason}", printable(command)),
            Self::Program { command, reason } => write!(f, "the program `{}`: {reason}", printable(command)),
            Self::File(reason) => write!(f, "the file for the editor: {reason}"),
        }
    }
}

impl std::error::Error for OpenError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_opened() {
        for url in
            ["http://example.org", "HTTPS://example.org/a?b=c&d='e'#f", "https://[::1]/", "https://bücher.example/"]
        {
            assert_eq!(check(url), Ok(()), "{url}");
        }
        for url in [
            "",
            "https://",
            "https:///etc/passwd",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "mailto:a@b?attach=/etc/passwd",
            "mailto:-x@b",
            "mailto:a b@c",
            "mailto:a",
            "--help",
            "https://a b",
            "https://a\u{1b}[2J",
            "example.org",
            "https://-x",
        ] {
            assert_eq!(open_url(url), Err(OpenError::NotWeb(url.to_owned())), "{url}");
        }
    }

    #[test]
    fn a_mailbox_is_opened_and_nothing_is_put_into_the_letter() {
        for mailbox in ["mailto:a@b", "mailto:ana.rey+news@example.org"] {
            assert_eq!(check(mailbox), Ok(()), "{mailbox}");
        }
    }

    #[test]
    fn the_browser_of_choice_comes_first_and_gets_the_address_in_its_place() {
        let url = "https://example.org/$(rm)?a=%s";
        let commands: Vec<Vec<String>> = browsers("first --new-tab %s -x: :second", url)
            .iter()
            .map(|command| {
                [command.get_program()]
                    .into_iter()
                    .chain(command.get_args())
                    .map(|word| word.to_str().unwrap().to_owned())
                    .collect()
            })
            .collect();
        assert_eq!(commands, [vec!["first", "--new-tab", url, "-x"], vec!["second", url], vec![SYSTEM, url]]);
    }

    #[test]
    fn a_program_that_is_not_there_is_an_error() {
        assert!(start(&mut Command::new("/nonexistent/browser")).is_err());
        assert!(start(&mut Command::new("true")).is_ok());
    }

    fn script(folder: &tempfile::TempDir, name: &str, lines: &str) -> String {
        let path = folder.path().join(name);
        fs::write(&path, lines).unwrap();
        format!("sh '{}'", path.display())
    }

    #[test]
    fn an_edited_text_comes_back_and_its_file_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let told = folder.path().join("told");
        let lines =
            format!("cp \"$2\" \"$2~\"; echo \"$1 $2\" > '{}'; printf ' and more\\377' >> \"$2\"", told.display());
        let editor = script(&folder, "my editor", &lines) + " --wait";
        assert_eq!(edit_with(&editor, "a note", "md", 100).unwrap(), "a note and more\u{fffd}");
        let told = fs::read_to_string(told).unwrap();
        let path = told.trim().strip_prefix("--wait ").unwrap();
        assert_eq!(std::path::Path::new(path).extension().unwrap(), "md");
        assert!(!fs::exists(path).unwrap() && !fs::exists(format!("{path}~")).unwrap());
    }

    #[test]
    fn an_editor_that_fails_changes_nothing() {
        for command in ["false", "/nonexistent/editor 2>/dev/null"] {
            assert!(matches!(edit_with(command, "a note", "md", 100), Err(OpenError::Editor { .. })));
        }
        let folder = tempfile::tempdir().unwrap();
        let removes = script(&folder, "remove", "rm \"$1\"");
        assert!(matches!(edit_with(&removes, "a note", "md", 100), Err(OpenError::File(_))));
        let fails = script(&folder, "fails", "printf ' and more' >> \"$1\"; exit 1");
        let long = script(&folder, "long", "head -c 101 /dev/zero | tr '\\0' a > \"$1\"");
        for (command, kept) in [(fails, "a note and more"), (long, &*"a".repeat(101))] {
            let told = edit_with(&command, "a note", "md", 100).unwrap_err().to_string();
            let path = told.rsplit_once("what you wrote is in ").unwrap().1;
            assert_eq!(fs::read_to_string(path).unwrap(), kept, "nothing is lost");
            fs::remove_file(path).unwrap();
        }
        let grows = script(&folder, "grow", "head -c 1100000 /dev/zero > \"$1\"");
        let told = edit_with(&grows, "a note", "md", 100).unwrap_err().to_string();
        fs::remove_file(told.rsplit_once("what you wrote is in ").unwrap().1).unwrap();
    }
}
