//! Runs the real program in a home directory of its own, with nothing from the environment of whoever runs the tests.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

/// A temporary home directory for the program.
pub(crate) struct Home {
    folder: TempDir,
}

/// How a run ended.
#[must_use = "an outcome that nobody checks tests nothing"]
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) status: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Home {
    pub(crate) fn new() -> Self {
        let home = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(home.path("work")).unwrap();
        home
    }

    /// A path in the home directory.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file into the folder the program runs in.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path("work").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// Makes a named pipe, which nobody reads or writes.
    pub(crate) fn make_pipe(path: &Path) {
        nix::unistd::mkfifo(path, nix::sys::stat::Mode::S_IRWXU).unwrap();
    }

    /// The data directory.
    pub(crate) fn data(&self) -> PathBuf {
        self.path("data")
    }

    pub(crate) fn command<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Command {
        let mut command = self.start(env!("CARGO_BIN_EXE_dateline"));
        command.args(arguments);
        command
    }

    /// Runs a shell script, which has the program as `$0`.
    pub(crate) fn run_script(&self, script: &str) -> Outcome {
        let mut shell = self.start("/bin/sh");
        self.outcome(shell.args(["-c", script, env!("CARGO_BIN_EXE_dateline")]).output().unwrap())
    }

    fn start(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("HOME", self.folder.path())
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("XDG_DATA_HOME", self.path("share"))
            .env("DATELINE_DATA_DIR", self.data())
            .env("TERM", "xterm-256color")
            .env("TZ", "UTC")
            .current_dir(self.path("work"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs the program to its end.
    pub(crate) fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Outcome {
        self.outcome(self.command(arguments).output().unwrap())
    }

    /// Runs the program with words on standard input.
    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &str) -> Outcome {
        let mut child: Child = self.command(arguments).stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        self.outcome(child.wait_with_output().unwrap())
    }

    /// The outcome of a finished program, with the home directory written as `~`.
    pub(crate) fn outcome(&self, output: Output) -> Outcome {
        let home = self.folder.path().canonicalize().unwrap();
        let words = |bytes: Vec<u8>| {
            let words = String::from_utf8(bytes).expect("all output is UTF-8");
            let words = words.replace(home.to_str().unwrap(), "~");
            words.replace(self.folder.path().to_str().unwrap(), "~")
        };
        Outcome { status: output.status.code(), stdout: words(output.stdout), stderr: words(output.stderr) }
    }

    /// The names of the files in a folder, sorted.
    pub(crate) fn names(folder: &Path) -> Vec<String> {
        let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

impl Outcome {
    /// The output, if the run succeeded without messages.
    pub(crate) fn printed(self) -> String {
        assert_eq!((self.status, self.stderr.as_str()), (Some(0), ""), "{self:?}");
        self.stdout
    }

    /// The output as JSON, whatever the status.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Status and all output, for a snapshot.
    pub(crate) fn transcript(&self) -> String {
        let status = self.status.map_or("killed".to_owned(), |status| status.to_string());
        format!("exit {status}\n--- stdout\n{}--- stderr\n{}", self.stdout, self.stderr)
    }
}
