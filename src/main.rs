//! The `dateline` program: a thin start over the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    dateline::cli::main()
}
