//! The command-line arguments and their help, which is the reference. Only this file knows how they are parsed.

mod contradiction;
mod feeds;
mod library;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{OsStringValueParser, PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{ArgAction, CommandFactory, Parser, Subcommand, ValueEnum};

use self::contradiction::contradiction;
pub(super) use self::feeds::{
    AddFeedsArgs, EditFeedArgs, ExportFeedsArgs, FeedsVerb, ImportFeedsArgs, ListFeedsArgs, RemoveFeedsArgs,
    ShowFeedArgs, Switch,
};
pub(super) use self::library::{
    AddSourcesArgs, ListArticlesArgs, ListPage, MarkArgs, MarkName, RemoveSourcesArgs, SearchArticlesArgs, TagArgs,
};
use crate::article::Date;
use crate::article::address::WebAddress;
use crate::bookmark::export::ExportFormat;
use crate::config::ColorChoice;
use crate::intake::TextEncoding;
use crate::text::fold::fold;

/// Shown after the help of the whole program, and in the manual.
pub(super) const AFTER_HELP: &str = "\
Without a source the library opens, or what is piped in; on a first run, the edition
inside the program, which is also its manual. A file named like a command is opened
as ./read.

Exit status: 0 done, 1 partly failed or nothing found, 2 usage, 3 bad input,
4 cannot read or write, 130 interrupted.";

/// Read the news in the terminal, see who it is about, keep passages.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, propagate_version = true, after_help = AFTER_HELP)]
#[command(
    infer_long_args = false,
    subcommand_value_name = "COMMAND",
    override_usage = "\
dateline [OPTIONS] [SOURCE]...
       dateline [OPTIONS] <COMMAND>"
)]
pub(super) struct Args {
    /// What to read: files, folders, web addresses, - for standard input, edition:NAME
    #[arg(value_name = "SOURCE", value_parser = name())]
    pub sources: Vec<OsString>,
    /// Read them in this encoding, not in the one they seem to be in: latin1, cp437, sjis
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub encoding: Option<TextEncoding>,
    // After the sources, which would otherwise get its heading.
    #[command(flatten)]
    pub globals: Globals,
    #[command(subcommand)]
    pub verb: Option<Verb>,
}

/// Options of every command, before or after it.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Global options")]
pub(super) struct Globals {
    #[arg(
        help = "Keep library, bookmarks and log in DIR [env: DATELINE_DATA_DIR]",
        long,
        global = true,
        value_name = "DIR"
    )]
    pub data_dir: Option<PathBuf>,
    /// Read the settings from FILE
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// When to use colours and styles
    #[arg(long, global = true, value_name = "WHEN", value_parser = color_choice())]
    pub color: Option<ColorChoice>,
    /// Print errors only
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Write more into the log file; -vv writes every detail
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,
}

fn color_choice() -> impl TypedValueParser<Value = ColorChoice> {
    PossibleValuesParser::new(ColorChoice::NAMED.map(|(name, _)| name)).map(|typed| {
        let named = ColorChoice::NAMED.into_iter().find(|(name, _)| *name == typed);
        named.map_or(ColorChoice::Auto, |(_, choice)| choice)
    })
}

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Print an article as a page
    #[command(display_name = "dateline")]
    Read(ReadArgs),
    /// Print who and what articles are about
    #[command(display_name = "dateline")]
    Entities(EntitiesArgs),
    /// Put articles into the library
    #[command(display_name = "dateline")]
    Add(AddSourcesArgs),
    /// List the articles of the library, newest first
    #[command(display_name = "dateline")]
    List(ListArticlesArgs),
    /// Search the articles of the library and show where the words stand
    #[command(display_name = "dateline")]
    Search(SearchArticlesArgs),
    /// Take articles out of the library
    #[command(display_name = "dateline")]
    Remove(RemoveSourcesArgs),
    /// Mark articles as read or unread, give or take a star
    #[command(display_name = "dateline")]
    Mark(MarkArgs),
    /// Tag articles, or take a tag off
    #[command(display_name = "dateline")]
    Tag(TagArgs),
    /// Subscribe to feeds; list, change, import and export subscriptions
    #[command(display_name = "dateline", subcommand)]
    Feeds(FeedsVerb),
    /// List, add, locate, remove, export, import and check bookmarks
    #[command(display_name = "dateline", subcommand)]
    Bookmarks(BookmarksVerb),
    /// Show the settings and where they come from
    #[command(display_name = "dateline")]
    Config(ConfigArgs),
    /// Check everything, and print what a bug report needs
    #[command(display_name = "dateline")]
    Doctor,
    /// Print completions for a shell
    #[command(display_name = "dateline")]
    Completions(CompletionsArgs),
    /// Print the manual page
    #[command(display_name = "dateline")]
    Man,
}

#[derive(Debug, clap::Args)]
pub(super) struct ReadArgs {
    /// A file, a web address, - for standard input, edition:NAME
    #[arg(value_parser = name())]
    pub source: OsString,
    /// Read it in this encoding, not in the one it seems to be in: latin1, cp437, sjis
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub encoding: Option<TextEncoding>,
    /// The widest line, in columns; in a pipe 66 unless given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub width: Option<u16>,
    /// Print the article as JSON: its text, and the blocks and links in it
    #[arg(long)]
    pub json: bool,
    /// Print all of a web page, not only the article on it
    #[arg(long)]
    pub whole: bool,
    /// The address a web page was saved from, which its links are relative to
    #[arg(long, value_name = "ADDRESS", value_parser = web_address)]
    pub url: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct EntitiesArgs {
    /// Files, folders, web addresses, - for standard input, edition:NAME
    #[arg(value_name = "SOURCE", required = true, value_parser = name())]
    pub sources: Vec<OsString>,
    /// Read them in this encoding, not in the one they seem to be in
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub encoding: Option<TextEncoding>,
    /// Print JSON: an object, or an array for several sources or a folder
    #[arg(long)]
    pub json: bool,
    /// Add the text that the offsets count in
    #[arg(long, requires = "json")]
    pub text: bool,
    /// The day that "yesterday" and the like count from, as 2026-10-15
    #[arg(long, value_name = "ISO", value_parser = day)]
    pub date: Option<Date>,
}

/// A name that is not empty: `""` is usually an unset variable in a script.
fn name() -> impl TypedValueParser<Value = OsString> {
    OsStringValueParser::new().try_map(|name| if name.is_empty() { Err("a name cannot be empty") } else { Ok(name) })
}

fn encoding(name: &str) -> Result<TextEncoding, String> {
    TextEncoding::named(name).ok_or_else(|| match TextEncoding::similar_name(name) {
        Some(similar) => format!("no encoding is called that: did you mean {similar}?"),
        None => {
            "no encoding is called that: known are utf-8, latin1, windows-1251, cp437, macintosh, shift_jis and the \
                 others of the Encoding Standard"
                .to_owned()
        }
    })
}

fn words(text: &str) -> Result<String, &'static str> {
    if fold(text).trim().is_empty() { Err("it has no words") } else { Ok(text.to_owned()) }
}

fn web_address(text: &str) -> Result<String, &'static str> {
    WebAddress::parse(text).map(|_| text.to_owned()).ok_or("write a web address as https://example.org/story")
}

fn day(text: &str) -> Result<Date, &'static str> {
    text.parse().map_err(|_| "write a date as 2026-10-15")
}

#[derive(Debug, Subcommand)]
pub(super) enum BookmarksVerb {
    /// List bookmarks, oldest first
    #[command(display_name = "dateline")]
    List(ListArgs),
    /// Bookmark passages of an article and print their ids
    #[command(display_name = "dateline")]
    Add(AddArgs),
    /// Show where the bookmarks of an article are in its current text
    #[command(display_name = "dateline")]
    Locate(LocateArgs),
    /// Remove a bookmark
    #[command(display_name = "dateline")]
    Remove(RemoveArgs),
    /// Export bookmarks for other programs
    #[command(display_name = "dateline")]
    Export(ExportArgs),
    /// Import bookmarks from other programs and print what changed
    #[command(display_name = "dateline")]
    Import(ImportArgs),
    /// Check the bookmark files and summarise what they hold
    #[command(display_name = "dateline")]
    Doctor,
}

#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    /// Words in passage, note, title or tags; #tag; color:NAME
    pub query: Vec<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct AddArgs {
    /// A file, a web address, - for standard input, edition:NAME
    #[arg(value_parser = name())]
    pub source: OsString,
    /// Words of the article, regardless of white space and typography
    #[arg(long = "quote", value_name = "TEXT", required = true, value_parser = words)]
    pub quotes: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct LocateArgs {
    /// A file, a web address, - for standard input, edition:NAME
    #[arg(value_parser = name())]
    pub source: OsString,
    /// A copy of the text the bookmarks were made in, to use instead of the stored one
    #[arg(long, value_name = "OLD", value_parser = name())]
    pub previous: Option<OsString>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct RemoveArgs {
    /// Its id, or the beginning or end of it
    pub id: String,
}

#[derive(Debug, clap::Args)]
pub(super) struct ExportArgs {
    /// Words in passage, note, title or tags; #tag; color:NAME
    pub query: Vec<String>,
    /// The format
    #[arg(long, value_name = "FORMAT", value_enum)]
    pub format: ExportFormat,
    /// Write to FILE: Markdown updates what an earlier export wrote and nothing else; other formats need a new file
    #[arg(long, value_name = "FILE")]
    pub into: Option<PathBuf>,
}

impl ValueEnum for ExportFormat {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (name, help) = match self {
            Self::Markdown => ("markdown", "One page per article, for Obsidian and the like"),
            Self::Json => ("json", "A W3C annotation collection with everything but the history"),
            Self::Csv => ("csv", "CSV as Readwise imports it"),
            Self::Spreadsheet => {
                ("spreadsheet", "The same for spreadsheets, with a ' before words that look like formulas")
            }
            Self::Org => ("org", "An Org outline"),
            Self::Html => ("html", "A self-contained web page"),
            Self::Csl => ("csl", "The articles as CSL-JSON, for reference managers"),
        };
        Some(PossibleValue::new(name).help(help))
    }
}

#[derive(Debug, clap::Args)]
pub(super) struct ImportArgs {
    /// A file of W3C annotations, Hypothesis, Readwise, Kindle, KOReader or wallabag; - for standard input
    #[arg(value_parser = name())]
    pub file: OsString,
    /// Print what would change, without changing anything
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct ConfigArgs {
    /// The path of the file, the settings in effect, or the documented defaults
    #[arg(value_enum, default_value = "show")]
    pub what: ConfigPart,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ConfigPart {
    Path,
    Show,
    Default,
}

#[derive(Debug, clap::Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// A reply to arguments that ask for help or the version, or that are invalid.
#[derive(Debug)]
pub(super) struct EarlyExit {
    /// The text to print.
    pub text: String,
    /// Whether it is an error.
    pub is_error: bool,
}

/// Reads the arguments, the program's own name first.
pub(super) fn parse(words: impl Iterator<Item = OsString>) -> Result<Args, EarlyExit> {
    let words: Vec<OsString> = words.collect();
    Args::try_parse_from(&words)
        .and_then(|args| match contradiction(&args, &words) {
            Some(message) => Err(command().error(ErrorKind::ArgumentConflict, message)),
            None => Ok(args),
        })
        .map_err(|error| EarlyExit { text: error.render().to_string(), is_error: error.use_stderr() })
}

/// The whole command line, for completions and manual.
pub(super) fn command() -> clap::Command {
    Args::command()
}

/// The names of the commands.
pub(super) fn verbs() -> Vec<String> {
    command().get_subcommands().map(|verb| verb.get_name().to_owned()).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::cli) fn parsed(words: &[&str]) -> Result<Args, EarlyExit> {
        parse(["dateline"].iter().chain(words).map(OsString::from))
    }

    #[test]
    fn an_encoding_is_named_and_a_mistyped_one_is_told() {
        for words in
            [&["read", "a", "--encoding", "CP437"][..], &["add", "a", "--encoding=latin1"], &["--encoding", "mac", "a"]]
        {
            assert!(parsed(words).is_ok(), "{words:?}");
        }
        for (name, told) in [("window-1252", "did you mean windows-1252?"), ("klingon", "no encoding is called that")] {
            let error = parsed(&["entities", "a", "--encoding", name]).unwrap_err();
            assert!(error.is_error && error.text.contains(told), "{}", error.text);
        }
    }

    #[test]
    fn the_definition_is_consistent() {
        command().debug_assert();
    }

    #[test]
    fn global_options_go_before_or_after_the_verb() {
        for words in [["--color", "never", "-q", "doctor"], ["doctor", "-q", "--color", "never"]] {
            let args = parsed(&words).unwrap();
            assert!(args.globals.quiet && matches!(args.verb, Some(Verb::Doctor)));
            assert_eq!(args.globals.color, Some(ColorChoice::Never));
        }
    }

    #[test]
    fn a_word_that_is_not_a_verb_is_a_source() {
        let args = parsed(&["story.txt", "read"]).unwrap();
        assert!(args.verb.is_none());
        assert_eq!(args.sources, ["story.txt", "read"]);
        assert_eq!(parsed(&["./read"]).unwrap().sources, ["./read"]);
        assert_eq!(parsed(&["-q", "-"]).unwrap().sources, ["-"]);
    }

    #[test]
    fn help_and_version_are_not_errors() {
        for (words, is_error) in [(["--help"], false), (["--version"], false), (["--colour"], true)] {
            assert_eq!(parsed(&words).unwrap_err().is_error, is_error, "{words:?}");
        }
        assert_eq!(
            parsed(&["read", "--version"]).unwrap_err().text,
            concat!("dateline ", env!("CARGO_PKG_VERSION"), "\n")
        );
    }
}
