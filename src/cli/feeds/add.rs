//! `dateline feeds add`: subscribes to feeds, or to the feeds of pages.

use super::super::args::AddFeedsArgs;
use super::super::error::{CliError, Exit};
use super::super::library::open_existing;
use super::super::sources::Tally;
use super::choose::choose;
use super::{Context, access_lines, folder, not_used, states, tags};
use crate::command::{Found, FoundFeed};
use crate::feed::{BadAddress, Subscription, SubscriptionEdit, feed_address};
use crate::io::subscriptions;
use crate::net::FetchError;
use crate::runtime::finding::{Unseen, in_full, look};
use crate::text::sanitize::one_line;
use crate::text::shell::word;

/// Adds every address; what is no feed is told, and the rest goes on.
pub(super) fn run(context: &mut Context, args: &AddFeedsArgs) -> Result<Exit, CliError> {
    if args.title.is_some() && args.addresses.len() > 1 {
        return Err(CliError::new(Exit::Usage, "--title is for one feed").hint("add them one by one"));
    }
    let template = Subscription {
        title: args.title.as_deref().map(one_line).filter(|title| !title.is_empty()),
        folder: args.folder.as_deref().map(folder).unwrap_or_default(),
        tags: tags(&args.tags)?,
        ..Subscription::default()
    };
    // What cannot be used is told before anything is fetched.
    let (known, _) = super::load(context)?;
    let mut tally = Tally::default();
    let mut new: Vec<Subscription> = Vec::new();
    for typed in &args.addresses {
        match find(context, typed, &known) {
            Ok(Some(found)) => new.push(Subscription {
                title: template
                    .title
                    .clone()
                    .or_else(|| found.title.as_deref().map(one_line).filter(|title| !title.is_empty())),
                url: found.url,
                home: found.home,
                ..template.clone()
            }),
            Ok(None) => {
                tally.failed(&CliError::new(Exit::Partial, format!("nothing was added for {}", one_line(typed))));
            }
            Err(error) => tally.failed(&error),
        }
    }
    if new.is_empty() {
        return Ok(tally.exit());
    }
    let data_dir = context.setup.paths()?.data_dir.clone();
    let mut said = Vec::new();
    subscriptions::change(&data_dir, |all| {
        for feed in &new {
            let name = feed.title.as_deref().unwrap_or(&feed.url);
            let place = if feed.folder.is_empty() { String::new() } else { format!(" in {}", feed.folder.join("/")) };
            let before = all.all().count();
            let is_known = args.folder.is_none() && all.all().any(|known| known.url == feed.url);
            if !is_known {
                all.apply(&SubscriptionEdit { take: Vec::new(), add: vec![feed.clone()] })?;
            }
            said.push(if all.all().count() > before {
                format!("subscribed to {name}{place}: {}", feed.url)
            } else {
                format!("subscribed to {name}{place} already: {}", feed.url)
            });
        }
        Ok(())
    })
    .map_err(not_used)?;
    if let Some(mut catalogue) = open_existing(context)? {
        // Its server may have given it up once.
        new.iter().try_for_each(|feed| catalogue.library.ask_again(&feed.url))?;
    }
    for said in said {
        context.say(&said)?;
        tally.done();
    }
    Ok(tally.exit())
}

/// The feed at an address; none if its page has several, and nobody chose.
fn find(context: &Context, typed: &str, known: &[Subscription]) -> Result<Option<FoundFeed>, CliError> {
    let address = feed_address(&in_full(typed)).map_err(|bad| {
        let hint = match &bad {
            BadAddress::Credentials(address) => access_lines(context, address),
            BadAddress::Empty | BadAddress::NotWeb(_) => "write it as https://example.org/feed".to_owned(),
        };
        CliError::new(Exit::BadInput, bad.to_string()).hint(hint)
    })?;
    let as_typed = |address: &str| FoundFeed { url: address.to_owned(), title: None, home: None };
    // What is known need not be asked for again.
    if let Some(known) = known.iter().find(|feed| feed.url == address) {
        return Ok(Some(FoundFeed { title: known.title.clone(), ..as_typed(&address) }));
    }
    let found = match look(&address, &context.setup.network) {
        Ok(found) => found,
        // It was a feed once: the articles it brought are here.
        Err(error) if states(context)?.get(&address).is_some_and(|state| state.fetched_at.is_some()) => {
            context.note(&format!("{address}: {error}; it was a feed before, and will be asked for again"));
            return Ok(Some(as_typed(&address)));
        }
        Err(Unseen::File(error)) => return Err(error.into()),
        Err(Unseen::Fetch(error)) => return Err(not_looked_at(context, &address, &error)),
    };
    match found {
        Found::Feed(feed) => Ok(Some(feed)),
        Found::Page(feeds) => match feeds.as_slice() {
            [] => {
                let error = CliError::new(Exit::BadInput, format!("{address} is no feed, and names none"));
                Err(error.hint(
                    "look on the page for RSS or Atom, and add that address; `dateline add` keeps the page itself",
                ))
            }
            [feed] => {
                context.note(&format!("{address} is a page; its feed is {}", feed.url));
                Ok(Some(feed.clone()))
            }
            several => Ok(choose(&address, several)),
        },
    }
}

fn not_looked_at(context: &Context, address: &str, error: &FetchError) -> CliError {
    let kind = if error.is_bad_page() { Exit::BadInput } else { Exit::Io };
    let hint = match error {
        FetchError::Status { code: 401, .. } => Some(access_lines(context, address)),
        _ => error.hint().map(|hint| hint.replace("ADDRESS", &word(address.as_bytes()))),
    };
    CliError { name: error.kind(), ..CliError::new(kind, format!("{address}: {error}")).hint_or_none(hint) }
}
