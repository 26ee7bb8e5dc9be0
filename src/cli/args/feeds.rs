//! The arguments of the verbs for feeds.

use std::ffi::OsString;

use clap::{Args, Subcommand};

use super::{name, web_address};

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum FeedsVerb {
    /// Print what a feed says, without subscribing to it
    #[command(display_name = "dateline")]
    Show(ShowFeedArgs),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ShowFeedArgs {
    /// A file, a web address, - for standard input
    #[arg(value_parser = name())]
    pub source: OsString,
    /// Print JSON: the feed and its entries, with their words
    #[arg(long)]
    pub json: bool,
    /// The address a feed was saved from, which its links are relative to
    #[arg(long, value_name = "ADDRESS", value_parser = web_address)]
    pub url: Option<String>,
}
