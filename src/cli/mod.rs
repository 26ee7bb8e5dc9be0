//! The command line, one file per verb.
//!
//! [`main`] reads the arguments (`args`), finds paths and settings (`setup`), and runs one verb. A verb writes its
//! result to standard output (`output`) and everything else to standard error (`messages`), and ends with an `Exit` or
//! an `error::CliError`, which carries one.

mod add;
mod args;
mod bindings;
mod bookmarks;
mod completions;
mod config;
mod doctor;
mod entities;
mod error;
mod feeds;
mod fetch;
mod fetching;
mod kept;
mod library;
mod list;
mod man;
mod mark;
mod messages;
mod open;
mod output;
mod progress;
mod read;
mod read_json;
mod remove;
mod setup;
mod sources;
mod tag;
mod targets;

use std::process::ExitCode;

use args::{Args, Verb};
use error::{CliError, Exit};
use list::Excerpts;
use output::Output;
use setup::Setup;

use crate::io::marks::Problem;

/// What every verb needs.
struct Context {
    setup: Setup,
    out: Output,
    quiet: bool,
}

impl Context {
    /// Prints a note, unless the user asked for quiet.
    fn note(&self, text: &str) {
        if !self.quiet {
            messages::note(text);
        }
    }

    /// Says in the result what was done, unless the user asked for quiet.
    fn say(&mut self, text: &str) -> std::io::Result<()> {
        if self.quiet { Ok(()) } else { self.out.row(text) }
    }

    /// Tells what is wrong with the logs. Says whether all that can be read was.
    fn note_problems(&self, problems: &[Problem]) -> bool {
        let mut complete = true;
        for problem in problems {
            match problem {
                // It was told when it was found; it stays in the log for ever.
                Problem::Line { known: true, .. } => {}
                Problem::Line { .. } | Problem::Lines { .. } | Problem::Device { .. } => {
                    self.note(&problem.to_string());
                }
                Problem::File { .. } => {
                    complete = false;
                    messages::error(&CliError::new(Exit::Io, problem.to_string()));
                }
            }
        }
        complete
    }
}

/// Runs the program with the arguments of this process.
pub fn main() -> ExitCode {
    let exit = match args::parse(std::env::args_os()) {
        Ok(args) => run(args).unwrap_or_else(|error| messages::error(&error)),
        Err(message) => print_usage(&message),
    };
    ExitCode::from(exit.code())
}

fn run(args: Args) -> Result<Exit, CliError> {
    let setup = Setup::new(&args.globals);
    let out = Output::stdout(setup.styles_output());
    let Some(verb) = args.verb else { return open::run(setup, args.sources, args.encoding) };
    let mut context = Context { setup, out, quiet: args.globals.quiet };
    for problem in &context.setup.problems {
        context.note(problem);
    }
    let exit = match verb {
        Verb::Read(args) => read::run(&mut context, &args),
        Verb::Entities(args) => entities::run(&mut context, &args),
        Verb::Add(args) => add::run(&mut context, &args),
        Verb::Fetch(args) => fetch::run(&mut context, &args),
        Verb::List(args) => list::run(&mut context, &args.query, &args.page, Excerpts::Hidden),
        Verb::Search(args) => list::run(&mut context, &args.query, &args.page, Excerpts::Shown),
        Verb::Remove(args) => remove::run(&mut context, &args),
        Verb::Mark(args) => mark::run(&mut context, &args),
        Verb::Tag(args) => tag::run(&mut context, &args),
        Verb::Feeds(verb) => feeds::run(&mut context, verb),
        Verb::Bookmarks(verb) => bookmarks::run(&mut context, verb),
        Verb::Config(args) => config::run(&mut context, args.what),
        Verb::Doctor => doctor::run(&mut context),
        Verb::Completions(args) => completions::run(&mut context, args.shell),
        Verb::Man => man::run(&mut context),
    };
    // Output written before a verb failed is part of the result.
    context.out.finish()?;
    exit
}

/// Prints help, the version, or what is wrong with the arguments.
fn print_usage(message: &args::EarlyExit) -> Exit {
    if message.is_error {
        messages::lines(&message.text);
        return Exit::Usage;
    }
    let mut out = Output::stdout(false);
    let written = out.text(&message.text).and_then(|()| out.finish());
    written.map_or_else(|error| messages::error(&error.into()), |()| Exit::Success)
}
