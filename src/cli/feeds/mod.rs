//! `dateline feeds`: dispatch, and what its verbs share.

mod add;
mod choose;
mod edit;
mod export;
mod import;
mod list;
mod newsboat_marks;
mod remove;
mod show;

use std::collections::HashMap;
use std::io;

use super::Context;
use super::args::FeedsVerb;
use super::error::{CliError, Exit};
use super::library::{check_data_dir, look_into};
use super::messages;
use crate::article::address::WebAddress;
use crate::feed::{FeedState, Subscription};
use crate::io::marks::StoreError;
use crate::io::subscriptions::{self, LoadedSubscriptions};
use crate::journal::normalise;
use crate::text::alike::nearest;
use crate::text::fold::fold;
use crate::text::sanitize::one_line;
use crate::text::shell::word;

/// What the library remembers of each feed, by its address.
pub(super) type States = HashMap<String, FeedState>;

/// Runs the verb.
pub(super) fn run(context: &mut Context, verb: FeedsVerb) -> Result<Exit, CliError> {
    match verb {
        FeedsVerb::Add(args) => add::run(context, &args),
        FeedsVerb::Remove(args) => remove::run(context, &args),
        FeedsVerb::List(args) => list::run(context, &args),
        FeedsVerb::Edit(args) => edit::run(context, &args),
        FeedsVerb::Import(args) => import::run(context, &args),
        FeedsVerb::Export(args) => export::run(context, &args),
        FeedsVerb::Show(args) => show::run(context, &args),
    }
}

/// The subscriptions. Tells what is wrong with them, and says whether all of the file could be used.
fn load(context: &Context) -> Result<(Vec<Subscription>, bool), CliError> {
    let LoadedSubscriptions { subscriptions, problems } = load_file(context)?;
    for problem in &problems {
        messages::error(&CliError::new(Exit::Partial, problem));
    }
    Ok((subscriptions.all().cloned().collect(), problems.is_empty()))
}

fn load_file(context: &Context) -> Result<LoadedSubscriptions, CliError> {
    let paths = context.setup.paths()?;
    check_data_dir(paths)?;
    subscriptions::load(&paths.data_dir).map_err(not_used)
}

/// Why the file of the subscriptions is not used, which is no fault of the folder where it is.
fn not_used(error: StoreError) -> CliError {
    match &error {
        StoreError::File { error: cause, .. }
            if matches!(cause.kind(), io::ErrorKind::InvalidData | io::ErrorKind::FileTooLarge) =>
        {
            CliError::new(Exit::BadInput, error.to_string())
        }
        StoreError::File { error: cause, .. } if cause.kind() == io::ErrorKind::Other => {
            CliError::new(Exit::Partial, cause.to_string())
        }
        _ => error.into(),
    }
}

/// What is remembered of the feeds; nothing where there is no library.
fn states(context: &Context) -> Result<States, CliError> {
    Ok(match look_into(context)? {
        Some(mut catalogue) => catalogue.library.feed_states()?.into_iter().collect(),
        None => States::new(),
    })
}

/// What a feed is called: by the reader, or by itself, or by its address.
fn name_of(feed: &Subscription, states: &States) -> String {
    let own = || states.get(&feed.url).and_then(|state| state.title.clone());
    one_line(&feed.title.clone().or_else(own).unwrap_or_else(|| feed.url.clone()))
}

/// The feed that a name means, once for each folder it is in: by its address or title, or a part of these that no other
/// feed has.
pub(super) fn named<'a>(
    feeds: &'a [Subscription],
    states: &States,
    name: &str,
) -> Result<Vec<&'a Subscription>, CliError> {
    let wanted = fold(name.trim());
    let is_exact = |feed: &&Subscription| feed.url == name.trim() || fold(&name_of(feed, states)) == wanted;
    let has_part = |feed: &&Subscription| {
        !wanted.is_empty() && (fold(&name_of(feed, states)).contains(&wanted) || fold(&feed.url).contains(&wanted))
    };
    let mut found: Vec<&Subscription> = feeds.iter().filter(is_exact).collect();
    if found.is_empty() {
        found = feeds.iter().filter(has_part).collect();
    }
    let mut addresses: Vec<&str> = found.iter().map(|feed| feed.url.as_str()).collect();
    addresses.sort_unstable();
    addresses.dedup();
    match addresses.as_slice() {
        [] => {
            let titles: Vec<(String, String)> = feeds
                .iter()
                .flat_map(|feed| [name_of(feed, states), feed.url.clone()])
                .map(|name| (name.to_lowercase(), name))
                .collect();
            let nearest = nearest(name, titles.iter().map(|(folded, _)| folded.as_str()));
            let nearest = nearest.and_then(|near| titles.iter().find(|(folded, _)| folded == near));
            let hint = match nearest {
                Some((_, title)) => format!("did you mean {}?", word(title.as_bytes())),
                None => "`dateline feeds list` shows the subscriptions".to_owned(),
            };
            Err(CliError::new(Exit::Usage, format!("no feed is called “{name}”")).hint(hint))
        }
        [_] => Ok(found),
        several => {
            let message = format!("“{name}” may be {} feeds", several.len());
            Err(CliError::new(Exit::Usage, message).hint(format!("name one by its address: {}", shown(several))))
        }
    }
}

/// A few of many addresses.
fn shown(addresses: &[&str]) -> String {
    const MOST: usize = 5;
    let more = addresses.len().saturating_sub(MOST);
    let shown: Vec<&str> = addresses.iter().copied().take(MOST).collect();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

/// The folders that `A/B` names, the outermost first.
fn folder(typed: &str) -> Vec<String> {
    typed.split('/').map(one_line).filter(|name| !name.is_empty()).collect()
}

/// Tags as they are kept. A comma stands between tags in OPML.
fn tags(typed: &[String]) -> Result<Vec<String>, CliError> {
    let typed: Vec<String> = typed.iter().map(|tag| tag.replace(',', " ")).collect();
    let tags = normalise(&typed)
        .map_err(|bad| CliError::new(Exit::Usage, bad.to_string()).hint("a tag is one word, as in `--tag river`"))?;
    // What begins like this is a path of folders there.
    Ok(tags.into_iter().map(|tag| tag.trim_start_matches('/').to_owned()).filter(|tag| !tag.is_empty()).collect())
}

/// What to write into the configuration for a server that wants a name and a password.
fn access_lines(context: &Context, address: &str) -> String {
    let host = WebAddress::parse(address).map(|address| address.host().to_owned()).unwrap_or_default();
    let file =
        context.setup.paths.as_ref().map_or_else(|_| String::new(), |paths| paths.config_file.display().to_string());
    format!("write into {file}: [feeds.\"{host}\"] and below it user = \"NAME\" and password-command = \"COMMAND\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_is_meant_by_its_name_or_a_part_that_no_other_has() {
        let feed = |url: &str, title: Option<&str>, folder: &[&str]| Subscription {
            url: url.to_owned(),
            title: title.map(str::to_owned),
            folder: folder.iter().map(|name| (*name).to_owned()).collect(),
            ..Subscription::default()
        };
        let feeds = [
            feed("https://a.example/feed", Some("Harbour News"), &[]),
            feed("https://a.example/feed", Some("Harbour News"), &["Twice"]),
            feed("https://b.example/feed", Some("Harbour"), &[]),
            feed("https://c.example/feed", None, &[]),
        ];
        let own = FeedState { title: Some("Fjord".to_owned()), ..FeedState::default() };
        let states = States::from([("https://c.example/feed".to_owned(), own)]);
        let urls = |name: &str| {
            let letter = |feed: &&Subscription| feed.url.trim_start_matches("https://").chars().next();
            named(&feeds, &states, name).map(|found| found.iter().filter_map(letter).collect::<String>())
        };
        for (name, found) in [
            ("harbour news", "aa"),
            ("Harbour", "b"),
            ("fjor", "c"),
            ("https://b.example/feed", "b"),
            ("a.example", "aa"),
        ] {
            assert_eq!(urls(name).unwrap(), found, "{name}");
        }
        for (name, told) in [
            ("example", "by its address"),
            ("Harbur", "did you mean Harbour?"),
            ("", "feeds list"),
            ("zzz", "feeds list"),
        ] {
            let error = urls(name).unwrap_err();
            assert!(error.kind == Exit::Usage && error.hint.as_ref().unwrap().contains(told), "{name}: {error:?}");
        }
    }

    #[test]
    fn folders_and_tags_are_kept_in_one_form() {
        assert_eq!(folder("/A / b//\tc/"), ["A", "b", "c"]);
        assert_eq!(folder(""), [""; 0]);
        assert_eq!(tags(&["#far away".into(), "a,b".into(), "/p".into()]).unwrap(), ["p", "a-b", "far-away"]);
        assert!(tags(&["x".repeat(100)]).is_err());
    }
}
