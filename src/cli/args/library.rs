//! The arguments of the verbs for articles in the library.

use std::ffi::OsString;

use clap::{Args, ValueEnum};

use super::{encoding, name};
use crate::intake::TextEncoding;

#[derive(Debug, Args)]
pub(in crate::cli) struct AddSourcesArgs {
    /// Files, folders (looked at again at each start), web addresses, - for standard input, edition:NAME
    #[arg(value_name = "SOURCE", required = true, value_parser = name())]
    pub sources: Vec<OsString>,
    /// Read them in this encoding, not in the one they seem to be in
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub encoding: Option<TextEncoding>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct FetchArgs {
    /// Titles or addresses of feeds; all of them unless named, but for those that are paused or asked to be left alone
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ListArticlesArgs {
    /// Words, or, -not, ( ); is:unread, tag:, title:, author:, source:, file:, before:, after:; behind -- if it starts with -
    pub query: Vec<String>,
    #[command(flatten)]
    pub page: ListPage,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct SearchArticlesArgs {
    /// Words, "phrases", or, -not, ( ), fields as for list; behind -- if it starts with -
    #[arg(required = true)]
    pub query: Vec<String>,
    #[command(flatten)]
    pub page: ListPage,
}

/// Which part of a list is printed, and how.
#[derive(Debug, Args)]
pub(in crate::cli) struct ListPage {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// How many articles to print
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub limit: usize,
    /// Print those that follow the article with this id
    #[arg(long, value_name = "ID", value_parser = name())]
    pub after: Option<OsString>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct RemoveSourcesArgs {
    /// Files, ids as list --json prints them, or folders that were added
    #[arg(value_name = "SOURCE", required = true, value_parser = name())]
    pub sources: Vec<OsString>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct MarkArgs {
    /// What they become
    #[arg(value_enum)]
    pub mark: MarkName,
    /// Files, ids as list --json prints them, or words of a query as list takes it
    #[arg(value_name = "SOURCE|QUERY", required = true, value_parser = name())]
    pub targets: Vec<OsString>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum MarkName {
    Read,
    Unread,
    Star,
    Unstar,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct TagArgs {
    /// The tag; with a - before it, it is taken off
    #[arg(value_name = "[-]NAME", allow_hyphen_values = true)]
    pub tag: String,
    /// Files, ids as list --json prints them, or words of a query as list takes it
    #[arg(value_name = "SOURCE|QUERY", required = true, value_parser = name())]
    pub targets: Vec<OsString>,
}
