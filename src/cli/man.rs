//! `dateline man`: the manual page, made from the arguments' help and the command table.

use std::fmt::Write as _;
use std::io;

use clap_mangen::Man;

use super::error::{CliError, Exit};
use super::{Context, args};
use crate::command::{Scope, TABLE};

/// Prints the page as roff: `dateline man | man -l -`.
pub(super) fn run(context: &mut Context) -> Result<Exit, CliError> {
    context.out.text(&page()?)?;
    Ok(Exit::Success)
}

const FILES: &str = r".SH FILES
.TP
\fBconfig.toml\fR
The settings; \fBdateline config path\fR says where it is.
.TP
\fBlibrary.db\fR
The articles and their words. It may be deleted.
.TP
\fBmarks/\fR
What was read, starred, tagged and removed. Keep this.
.TP
\fBbookmarks/\fR, \fBtexts/\fR
The bookmarks, and the texts they were made in. Keep these.
.TP
\fBdateline.log\fR
Warnings and errors.
.SH ENVIRONMENT
.TP
\fBDATELINE_DATA_DIR\fR
The folder of all files but the settings.
.TP
\fBDATELINE_LOG\fR
The log level: off, error, warn, info, debug, trace.
.TP
\fBNO_COLOR\fR
Turns colours off if it is set.
";

fn page() -> io::Result<String> {
    let mut command = args::command();
    command.build();
    let man = Man::new(command.clone());
    let mut bytes = Vec::new();
    man.render_title(&mut bytes)?;
    man.render_name_section(&mut bytes)?;
    let mut page = String::from_utf8_lossy(&bytes).into_owned();
    page.push_str(".SH SYNOPSIS\n\\fBdateline\\fR [OPTIONS] [SOURCE]...\n.br\n\\fBdateline\\fR [OPTIONS] COMMAND\n");
    bytes.clear();
    man.render_description_section(&mut bytes)?;
    page.push_str(&String::from_utf8_lossy(&bytes));
    put(&mut page, format_args!(".PP\n{}\n", escape(args::AFTER_HELP).replace("\n\n", "\n.PP\n")));
    bytes.clear();
    man.render_options_section(&mut bytes)?;
    page.push_str(&String::from_utf8_lossy(&bytes));
    page.push_str(".SH COMMANDS\n");
    for verb in command.get_subcommands() {
        verb_section(&mut page, "dateline", verb);
    }
    keys(&mut page);
    page.push_str(FILES);
    Ok(page)
}

/// One verb with its own options, and the verbs inside it.
fn verb_section(page: &mut String, before: &str, verb: &clap::Command) {
    let name = format!("{before} {}", verb.get_name());
    if verb.get_name() == "help" {
        return;
    }
    if verb.has_subcommands() {
        for inside in verb.get_subcommands() {
            verb_section(page, &name, inside);
        }
        return;
    }
    put(page, format_args!(".SS \"{}", escape(&name)));
    for argument in verb.get_positionals() {
        let many = if argument.get_num_args().is_some_and(|count| count.max_values() > 1) { "..." } else { "" };
        let name = escape(&value_name(argument));
        let name = if argument.is_required_set() { name } else { format!("[{name}]") };
        put(page, format_args!(" {name}{many}"));
    }
    for argument in verb.get_opts().filter(|argument| argument.is_required_set()) {
        let (long, name) = (argument.get_long().unwrap_or_default(), value_name(argument));
        put(page, format_args!(" {} {}", escape(&format!("--{long}")), escape(&name)));
    }
    put(page, format_args!("\"\n{}.\n", escape(&verb.get_about().map(ToString::to_string).unwrap_or_default())));
    for argument in verb.get_arguments().filter(|argument| !argument.is_global_set() && !is_common(argument)) {
        let long = argument.get_long().map(|long| format!("\\fB{}\\fR ", escape(&format!("--{long}"))));
        let takes = argument.get_action().takes_values();
        let name = if takes { format!("\\fI{}\\fR", escape(&value_name(argument))) } else { String::new() };
        let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
        put(page, format_args!(".TP\n{}{name}\n{}.\n", long.unwrap_or_default(), escape(&help)));
    }
}

/// The placeholder for the value of an argument.
fn value_name(argument: &clap::Arg) -> String {
    let named = argument.get_value_names().and_then(|names| names.first()).map(ToString::to_string);
    named.unwrap_or_else(|| argument.get_id().as_str().to_uppercase())
}

fn is_common(argument: &clap::Arg) -> bool {
    matches!(argument.get_id().as_str(), "help" | "version")
}

/// The default keys of the reader, by scope.
fn keys(page: &mut String) {
    page.push_str(
        ".SH KEYS\nEvery key can be changed in the settings; the name in brackets is the one to use there.\n",
    );
    for scope in Scope::ALL {
        put(page, format_args!(".SS \"{}\"\n", escape(scope.title())));
        for row in TABLE.iter().filter(|row| row.scope == scope) {
            let keys = row.keys.iter().map(|key| format!("\\fB{}\\fR", escape(key))).collect::<Vec<_>>().join(", ");
            put(page, format_args!(".TP\n{keys}\n{} [{}]\n", escape(row.doc), escape(row.id)));
        }
    }
}

/// Writing to a string cannot fail.
fn put(page: &mut String, words: std::fmt::Arguments<'_>) {
    page.write_fmt(words).unwrap_or_default();
}

/// Escapes words for roff: no escape sequences, no typographic dashes, no line that looks like a request.
fn escape(words: &str) -> String {
    let escaped = words.replace('\\', "\\e").replace('-', "\\-").replace('"', "\\(dq");
    if escaped.starts_with(['.', '\'']) { format!("\\&{escaped}") } else { escaped }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verb_and_every_command_is_in_the_manual() {
        let page = page().unwrap();
        for verb in args::verbs() {
            assert!(page.contains(&format!("dateline {verb}")), "{verb}");
        }
        for row in TABLE {
            assert!(page.contains(&format!("[{}]", escape(row.id))), "{}", row.id);
        }
    }

    #[test]
    fn no_word_is_taken_for_a_request() {
        assert_eq!(escape(".SH \\fB \"a-b\""), "\\&.SH \\efB \\(dqa\\-b\\(dq");
    }
}
