//! Feeds that a program makes: a command that prints one, or that a feed is piped through, as newsboat has them.

use std::fmt;
use std::io::{self, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use super::clock;
use crate::text::unprintable::printable;

/// What a command may cost: as much as a feed that is fetched.
#[derive(Clone, Copy, Debug)]
struct Limits {
    time: Duration,
    bytes: u64,
}

const LIMITS: Limits = Limits { time: Duration::from_secs(30), bytes: 10 << 20 };
/// Bytes that are read of what a command complains.
const COMPLAINT: u64 = 4096;
/// How soon it is seen that nobody waits any more.
const GLANCE: Duration = Duration::from_millis(100);

/// Why a command gave nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CommandError {
    /// It cannot be started.
    Start(String),
    /// It takes longer than this many seconds.
    TooSlow(u64),
    /// It prints more than this many MiB.
    TooLarge(u64),
    /// It printed nothing, and ended like this.
    Failed {
        /// How it ended.
        status: String,
        /// The last line of what it complained.
        complaint: String,
    },
    /// Nobody waits for it any more.
    Cancelled,
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start(reason) => write!(f, "the command cannot be started: {}", printable(reason)),
            Self::TooSlow(seconds) => write!(f, "the command did not end within {seconds} s"),
            Self::TooLarge(mebibytes) => write!(f, "the command prints more than {mebibytes} MiB"),
            Self::Failed { status, complaint } if complaint.is_empty() => {
                write!(f, "the command printed nothing ({status})")
            }
            Self::Failed { status, complaint } => {
                write!(f, "the command printed nothing ({status}): {}", printable(complaint))
            }
            Self::Cancelled => f.write_str("not waited for any longer"),
        }
    }
}

impl std::error::Error for CommandError {}

/// Runs a command in the shell and gives what it prints; `input` is what it can read. It has no terminal, and may have
/// children: all of them end when time is up.
///
/// As with newsboat, the status does not count where something was printed: `grep` is a filter too.
///
/// # Errors
/// Any [`CommandError`]; [`CommandError::Cancelled`] soon after `is_wanted` says no.
pub fn run(command: &str, input: Option<Vec<u8>>, is_wanted: &dyn Fn() -> bool) -> Result<Vec<u8>, CommandError> {
    run_within(LIMITS, command, input, is_wanted)
}

/// What a command prints that knows a password.
///
/// # Errors
/// Why there is none, for people.
pub fn password(command: &str) -> Result<String, String> {
    let printed = run(command, None, &|| true).map_err(|error| error.to_string())?;
    String::from_utf8(printed).map_err(|_| "what the command prints is not UTF-8".to_owned())
}

fn run_within(
    limits: Limits,
    command: &str,
    input: Option<Vec<u8>>,
    is_wanted: &dyn Fn() -> bool,
) -> Result<Vec<u8>, CommandError> {
    let start = |error: io::Error| CommandError::Start(error.to_string());
    let end = clock::monotonic() + limits.time;
    let mut child = Command::new("/bin/sh")
        .args(["-c", command])
        .stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() })
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .spawn()
        .map_err(start)?;
    let group = Group(child.id());
    if let (Some(mut pipe), Some(input)) = (child.stdin.take(), input) {
        // A command that does not read it all has had enough.
        side("input", move || pipe.write_all(&input).unwrap_or_default()).map_err(start)?;
    }
    let printed =
        child.stdout.take().map(|pipe| reading("output", pipe, limits.bytes + 1)).transpose().map_err(start)?;
    let complaint = child.stderr.take().map(complaint).transpose().map_err(start)?;
    // Somebody has to wait for it, or it stays in the process table.
    let ended = ending(child).map_err(start)?;
    let printed = match printed {
        Some(printed) => wait(&printed, end, limits, is_wanted)?.map_err(start)?,
        None => Vec::new(),
    };
    if printed.len() as u64 > limits.bytes {
        return Err(CommandError::TooLarge(limits.bytes >> 20));
    }
    let status = wait(&ended, end, limits, is_wanted)?.map_err(start)?;
    // It has ended by itself: its number may be another's now.
    group.let_go();
    if printed.is_empty() {
        let complaint = complaint.and_then(|complaint| complaint.recv_timeout(GLANCE).ok()).unwrap_or_default();
        return Err(CommandError::Failed { status: status.to_string(), complaint });
    }
    if !status.success() {
        log::warn!("`{command}` ended with {status}");
    }
    Ok(printed)
}

/// A command and its children, which end with this unless they are let go.
struct Group(u32);

impl Group {
    fn let_go(self) {
        std::mem::forget(self);
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // The shell's own command: to send a signal takes a call that Rust does not call safe.
        let kill = Command::new("/bin/sh")
            .args(["-c", "kill -s KILL -- \"-$0\"", &self.0.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        if let Err(error) = kill {
            log::warn!("a command that is too slow cannot be ended: {error}");
        }
    }
}

/// Does something beside, which may block for as long as the command runs.
fn side(name: &str, act: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name(format!("command {name}")).spawn(act).map(drop)
}

fn reading(name: &str, pipe: impl Read + Send + 'static, most: u64) -> io::Result<Receiver<io::Result<Vec<u8>>>> {
    let (give, read) = mpsc::channel();
    side(name, move || {
        let mut bytes = Vec::new();
        let outcome = pipe.take(most).read_to_end(&mut bytes).map(|_| bytes);
        give.send(outcome).unwrap_or_default();
    })?;
    Ok(read)
}

/// The last line of what a command complains, once it has ended.
fn complaint(mut pipe: impl Read + Send + 'static) -> io::Result<Receiver<String>> {
    let (give, read) = mpsc::channel();
    side("complaint", move || {
        let mut bytes = Vec::new();
        pipe.by_ref().take(COMPLAINT).read_to_end(&mut bytes).unwrap_or_default();
        // The rest has to be read as well: a command waits for that.
        io::copy(&mut pipe, &mut io::sink()).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let last = text.lines().rev().find(|line| !line.trim().is_empty());
        give.send(last.unwrap_or_default().trim().to_owned()).unwrap_or_default();
    })?;
    Ok(read)
}

fn ending(mut child: Child) -> io::Result<Receiver<io::Result<ExitStatus>>> {
    let (give, ended) = mpsc::channel();
    side("end", move || give.send(child.wait()).unwrap_or_default())?;
    Ok(ended)
}

/// Waits for something that is done beside.
fn wait<T>(side: &Receiver<T>, end: Instant, limits: Limits, is_wanted: &dyn Fn() -> bool) -> Result<T, CommandError> {
    loop {
        let left = end.saturating_duration_since(clock::monotonic());
        match side.recv_timeout(left.min(GLANCE)) {
            Ok(done) => return Ok(done),
            Err(RecvTimeoutError::Disconnected) => return Err(CommandError::Start("it was lost".to_owned())),
            Err(RecvTimeoutError::Timeout) if left.is_zero() => {
                return Err(CommandError::TooSlow(limits.time.as_secs()));
            }
            Err(RecvTimeoutError::Timeout) if !is_wanted() => return Err(CommandError::Cancelled),
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "listens to a command through a pipe")]

    use std::fs::File;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    fn printed(command: &str, input: Option<&str>) -> Result<String, CommandError> {
        let printed = run(command, input.map(|input| input.as_bytes().to_vec()), &|| true);
        printed.map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn a_command_prints_a_feed_or_changes_one() {
        assert_eq!(printed("echo '<rss>' | tr r R", None).unwrap(), "<Rss>\n");
        assert_eq!(printed("sed s/a/b/", Some("a feed")).unwrap(), "b feed");
        // It need not read what it is given, nor end well.
        assert_eq!(printed("echo x; exit 3", Some(&"long ".repeat(100_000))).unwrap(), "x\n");
        assert_eq!(password("printf 'open sesame\n'"), Ok("open sesame\n".to_owned()));
    }

    #[test]
    fn a_command_that_gives_nothing_is_told_with_its_last_words() {
        let error = printed("echo one >&2; echo 'no such \u{1b}[1mthing' >&2; exit 7", None).unwrap_err().to_string();
        assert!(error.contains('7') && error.ends_with("no such \\u{1b}[1mthing"), "{error}");
        assert!(matches!(printed("/no/such/program", None), Err(CommandError::Failed { .. })));
        assert!(password("true").is_err());
    }

    #[test]
    fn a_command_that_never_ends_is_ended_with_its_children() {
        let folder = tempfile::tempdir().unwrap();
        let told = folder.path().join("told");
        nix::unistd::mkfifo(&told, nix::sys::stat::Mode::S_IRWXU).unwrap();
        // The child holds the pipe for as long as it lives, and says when it does.
        let (give, ended) = mpsc::channel();
        let (is_there, is_seen) = (Arc::new(AtomicBool::new(false)), told.clone());
        let seen = Arc::clone(&is_there);
        thread::spawn(move || {
            let mut pipe = File::open(is_seen).unwrap();
            pipe.read_exact(&mut [0]).unwrap();
            seen.store(true, Ordering::SeqCst);
            give.send(pipe.read(&mut [0]).unwrap()).ok();
        });
        let command = format!("(printf x; sleep 1000) > '{}' & sleep 1000", told.display());
        let outcome = run(&command, None, &|| !is_there.load(Ordering::SeqCst));
        assert_eq!(outcome, Err(CommandError::Cancelled));
        assert_eq!(ended.recv_timeout(Duration::from_secs(120)), Ok(0), "its child went on");
        let limits = Limits { time: Duration::from_millis(300), bytes: 1 << 20 };
        assert_eq!(run_within(limits, "sleep 1000", None, &|| true), Err(CommandError::TooSlow(0)));
        let limits = Limits { bytes: 1 << 20, ..LIMITS };
        assert_eq!(run_within(limits, "yes", None, &|| true), Err(CommandError::TooLarge(1)));
        assert_eq!(run("sleep 100", None, &|| false), Err(CommandError::Cancelled));
    }
}
