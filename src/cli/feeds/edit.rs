//! `dateline feeds edit`: changes a subscription.

use super::super::args::{EditFeedArgs, Switch};
use super::super::error::{CliError, Exit};
use super::super::library::open_existing;
use super::{Context, access_lines, folder, load, name_of, named, not_used, states, tags};
use crate::feed::{BadAddress, FeedState, Subscription, SubscriptionEdit, feed_address};
use crate::io::subscriptions;
use crate::runtime::finding::in_full;
use crate::text::fold::fold;
use crate::text::sanitize::one_line;

/// Changes the feed that is named, in all its folders.
pub(super) fn run(context: &mut Context, args: &EditFeedArgs) -> Result<Exit, CliError> {
    let (feeds, _) = load(context)?;
    let states = states(context)?;
    let take: Vec<Subscription> = named(&feeds, &states, &args.name)?.into_iter().cloned().collect();
    let url = args.url.as_deref().map(|url| address(context, url)).transpose()?;
    let (taken, added): (Vec<String>, Vec<String>) = args.tags.iter().cloned().partition(|tag| tag.starts_with('-'));
    let taken: Vec<String> = taken.iter().map(|tag| tag.trim_start_matches('-').to_owned()).collect();
    let (added, taken) = (tags(&added)?, tags(&taken)?);
    let add: Vec<Subscription> = take.iter().map(|feed| changed(feed, args, url.as_deref(), &added, &taken)).collect();
    let data_dir = context.setup.paths()?.data_dir.clone();
    let name = take.first().map(|feed| name_of(feed, &states)).unwrap_or_default();
    let is_gone = take.first().and_then(|feed| states.get(&feed.url)).is_some_and(|state| state.is_gone);
    if add == take && !(args.resume && is_gone) {
        context.say(&format!("{name} is so already"))?;
        return Ok(Exit::Success);
    }
    subscriptions::save(&data_dir, &SubscriptionEdit { take: take.clone(), add: add.clone() }).map_err(not_used)?;
    if let (Some(old), Some(new)) = (take.first(), add.first()) {
        remember(context, &old.url, &new.url, args.resume && is_gone)?;
    }
    context.say(&format!("{name} changed"))?;
    Ok(Exit::Success)
}

fn address(context: &Context, typed: &str) -> Result<String, CliError> {
    feed_address(&in_full(typed)).map_err(|bad| {
        let hint = match &bad {
            BadAddress::Credentials(address) => access_lines(context, address),
            BadAddress::Empty | BadAddress::NotWeb(_) => "write it as https://example.org/feed".to_owned(),
        };
        CliError::new(Exit::Usage, bad.to_string()).hint(hint)
    })
}

fn changed(
    feed: &Subscription,
    args: &EditFeedArgs,
    url: Option<&str>,
    added: &[String],
    taken: &[String],
) -> Subscription {
    let mut new = feed.clone();
    if let Some(title) = &args.title {
        new.title = Some(one_line(title)).filter(|title| !title.is_empty());
    }
    if let Some(name) = &args.folder {
        new.folder = folder(name);
    }
    new.tags.retain(|tag| !taken.iter().any(|taken| fold(taken) == fold(tag)));
    for tag in added {
        if !new.tags.iter().any(|known| fold(known) == fold(tag)) {
            new.tags.push(tag.clone());
        }
    }
    new.is_paused = (new.is_paused || args.pause) && !args.resume;
    new.fetches_pages = args.fetch_pages.map_or(new.fetches_pages, |switch| switch == Switch::On);
    if let Some(url) = url {
        url.clone_into(&mut new.url);
    }
    new
}

/// Has the library follow: what it remembers of the feed, and that one which is gone is to be asked for again.
fn remember(context: &Context, old: &str, new: &str, resumes: bool) -> Result<(), CliError> {
    if old == new && !resumes {
        return Ok(());
    }
    let Some(mut catalogue) = open_existing(context)? else { return Ok(()) };
    if old != new {
        catalogue.library.move_feed(old, new)?;
    }
    let states = catalogue.library.feed_states()?;
    let known = states.into_iter().find(|(url, _)| url == new).map(|(_, state)| state);
    if let Some(known) = known {
        // What the server said of the old address means nothing at the new one.
        let validators = if old == new { (known.etag.clone(), known.last_modified.clone()) } else { (None, None) };
        let state = FeedState {
            is_gone: false,
            failures: 0,
            problem: None,
            due_at: None,
            etag: validators.0,
            last_modified: validators.1,
            ..known
        };
        catalogue.library.set_feed_state(new, &state)?;
    }
    Ok(())
}
