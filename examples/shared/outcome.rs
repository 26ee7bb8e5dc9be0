//! How a developer's command ends.

use std::io;
use std::process::ExitCode;

/// The status of a command; what went wrong is printed.
pub fn of(result: io::Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            println!("{problem}");
            ExitCode::FAILURE
        }
    }
}
