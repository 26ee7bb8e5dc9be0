//! The arguments of `dateline feeds`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{name, web_address};

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum FeedsVerb {
    /// Subscribe to feeds, or to the feed of a page
    #[command(display_name = "dateline")]
    Add(AddFeedsArgs),
    /// Take feeds out of the subscriptions; their articles stay
    #[command(display_name = "dateline")]
    Remove(RemoveFeedsArgs),
    /// List the subscriptions, with unread articles and what is wrong
    #[command(display_name = "dateline")]
    List(ListFeedsArgs),
    /// Change a subscription: title, folder, tags, address, pause
    #[command(display_name = "dateline")]
    Edit(EditFeedArgs),
    /// Take over subscriptions from OPML or from newsboat
    #[command(display_name = "dateline")]
    Import(ImportFeedsArgs),
    /// Print the subscriptions as OPML
    #[command(display_name = "dateline")]
    Export(ExportFeedsArgs),
    /// Print what a feed says, without subscribing to it
    #[command(display_name = "dateline")]
    Show(ShowFeedArgs),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct AddFeedsArgs {
    /// Addresses of feeds or of pages that name one; the path of a feed in a file; exec:COMMAND for one that a command
    /// prints
    #[arg(value_name = "URL", required = true)]
    pub addresses: Vec<String>,
    /// The folder they lie in; A/B is B in A
    #[arg(long, value_name = "FOLDER")]
    pub folder: Option<String>,
    /// A tag for what they bring; may be given several times
    #[arg(long = "tag", value_name = "TAG")]
    pub tags: Vec<String>,
    /// What to call it, if it is one
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct RemoveFeedsArgs {
    /// Titles or addresses, or parts of them that no other feed has
    #[arg(value_name = "NAME", required = true)]
    pub names: Vec<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ListFeedsArgs {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("change").required(true).multiple(true))]
pub(in crate::cli) struct EditFeedArgs {
    /// Its title or address, or a part of them that no other feed has
    #[arg(value_name = "NAME")]
    pub name: String,
    /// What to call it; "" for what it calls itself
    #[arg(long, value_name = "TITLE", group = "change")]
    pub title: Option<String>,
    /// The folder it lies in; A/B is B in A, "" is none
    #[arg(long, value_name = "FOLDER", group = "change")]
    pub folder: Option<String>,
    /// A tag for what it brings from now on; with a - before it, it is taken off
    #[arg(long = "tag", value_name = "[-]TAG", allow_hyphen_values = true, group = "change")]
    pub tags: Vec<String>,
    /// Do not fetch it any more
    #[arg(long, group = "change", conflicts_with = "resume")]
    pub pause: bool,
    /// Fetch it again, also one whose server said that it is gone
    #[arg(long, group = "change")]
    pub resume: bool,
    /// Fetch the pages of its articles as they arrive
    #[arg(long, value_name = "WHEN", value_enum, group = "change")]
    pub fetch_pages: Option<Switch>,
    /// Its new address; its articles stay with it
    #[arg(long, value_name = "URL", group = "change")]
    pub url: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Switch {
    On,
    Off,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ImportFeedsArgs {
    /// An OPML file, newsboat's urls or its cache.db, or - for standard input
    #[arg(value_name = "FILE", value_parser = name())]
    pub file: OsString,
    /// Print what would change, without changing anything
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ExportFeedsArgs {
    /// Write to FILE, which must not exist yet
    #[arg(long, value_name = "FILE")]
    pub into: Option<PathBuf>,
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
