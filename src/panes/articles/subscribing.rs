//! What is done to subscriptions from the drawer, as changes that can be taken back: subscribing, renaming, moving,
//! tagging, pausing and removing.

use std::collections::HashSet;

use crate::article::SourceId;
use crate::command::{FoundFeed, Notice};
use crate::feed::{BadAddress, Subscription, SubscriptionEdit, feed_address};
use crate::panes::picker::Picker;
use crate::panes::prompt::{Field, Prompt, Purpose};
use crate::panes::{Ask, Change, Goal, Shared};
use crate::text::plural::count;
use crate::text::sanitize::one_line;

/// What a feed is called: by the reader, by itself, or its address.
pub fn feed_name(feed: &Subscription, shared: &Shared) -> String {
    let own = || shared.feed_states.get(&feed.url).and_then(|state| state.title.as_deref());
    let named = feed.title.as_deref().or_else(own).map(one_line).filter(|name| !name.is_empty());
    named.unwrap_or_else(|| {
        let address = ["https://", "http://"].iter().find_map(|scheme| feed.url.strip_prefix(scheme));
        one_line(address.unwrap_or(&feed.url)).trim_end_matches('/').to_owned()
    })
}

/// A folder as it is typed: its names with slashes between them.
pub fn shown_folder(path: &[String]) -> String {
    one_line(&path.join("/"))
}

/// All folders of feeds as they are typed, in the order of the file.
pub fn known_folders(shared: &Shared) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    let mut seen = HashSet::new();
    for feed in shared.subscriptions.all() {
        for path in (1..=feed.folder.len()).filter_map(|depth| feed.folder.get(..depth)) {
            if seen.insert(path) {
                known.push(shown_folder(path));
            }
        }
    }
    known
}

fn typed_folder(typed: &str) -> Vec<String> {
    typed.split('/').map(one_line).filter(|name| !name.is_empty()).collect()
}

fn change(take: Vec<Subscription>, add: Vec<Subscription>, told: String) -> Ask {
    Ask::Make(Change::Subscription(SubscriptionEdit { take, add }), told)
}

/// Subscribes to a feed that was found, in a folder.
pub fn subscribe(found: &FoundFeed, folder: &[String], shared: &Shared) -> Ask {
    if let Some(known) = shared.subscriptions.all().find(|feed| feed.url == found.url) {
        let place =
            if known.folder.is_empty() { String::new() } else { format!(" in “{}”", shown_folder(&known.folder)) };
        return Ask::Tell(Notice::hint(format!("You subscribe to “{}” already{place}.", feed_name(known, shared))));
    }
    let title = found.title.as_deref().map(one_line).filter(|title| !title.is_empty());
    let feed = Subscription {
        url: found.url.clone(),
        title,
        folder: folder.to_vec(),
        home: found.home.clone(),
        ..Subscription::default()
    };
    let told = format!("Subscribed to “{}”", feed_name(&feed, shared));
    change(Vec::new(), vec![feed], told)
}

/// Asks which of the feeds of a page is wanted, or whether only the page is.
pub fn choose(address: &str, feeds: &[FoundFeed], folder: &[String], shared: &Shared) -> Ask {
    let page = ("Read this page".to_owned(), String::new(), Ask::Open(SourceId::from_iri(address), Goal::Kept));
    let feeds = feeds.iter().map(|found| {
        let feed = Subscription { url: found.url.clone(), title: found.title.clone(), ..Subscription::default() };
        (format!("Subscribe: {}", feed_name(&feed, shared)), String::new(), subscribe(found, folder, shared))
    });
    Ask::Pick(Picker::asking("This page has feeds".to_owned(), feeds.chain([page])))
}

/// Asks what is to be edited of a feed.
pub(super) fn edit(feed: &Subscription, shared: &Shared) -> Ask {
    let field = |name: &str, field, text: String| {
        let prompt = Prompt::new(Purpose::Subscription(field, Box::new(feed.clone())), text.clone());
        (name.to_owned(), text, Ask::Type(prompt))
    };
    let pages = Subscription { fetches_pages: !feed.fetches_pages, ..feed.clone() };
    let name = feed_name(feed, shared);
    let told = if pages.fetches_pages { "are fetched ahead" } else { "are fetched when they are opened" };
    let told = format!("The pages of “{name}” {told}");
    let state = if feed.fetches_pages { "on" } else { "off" };
    let choices = [
        field("Name", Field::Title, name.clone()),
        field("Folder", Field::Folder, shown_folder(&feed.folder)),
        field("Tags", Field::Tags, feed.tags.iter().map(|tag| one_line(tag)).collect::<Vec<_>>().join(" ")),
        field("Address", Field::Address, one_line(&feed.url)),
        ("Fetch pages ahead".to_owned(), state.to_owned(), change(vec![feed.clone()], vec![pages], told)),
    ];
    Ask::Pick(Picker::asking(name, choices.into_iter()))
}

/// Something of a subscription was typed anew.
pub fn field_edited(field: Field, feed: &Subscription, typed: &str, shared: &Shared) -> Ask {
    let name = feed_name(feed, shared);
    let mut edited = feed.clone();
    let told = match field {
        Field::Title => {
            edited.title = Some(one_line(typed)).filter(|title| !title.is_empty());
            format!("Renamed “{name}”")
        }
        Field::Folder => {
            edited.folder = typed_folder(typed);
            let folder = shown_folder(&edited.folder);
            if folder.is_empty() {
                format!("Moved “{name}” out of all folders")
            } else {
                format!("Moved “{name}” to “{folder}”")
            }
        }
        Field::Tags => {
            let tags = typed.split([' ', ',']).map(|tag| one_line(tag.trim_start_matches('#')));
            edited.tags = Vec::new();
            for tag in tags.filter(|tag| !tag.is_empty()) {
                if !edited.tags.contains(&tag) {
                    edited.tags.push(tag);
                }
            }
            format!("Changed the tags of “{name}”")
        }
        Field::Address => {
            edited.url = match feed_address(typed) {
                Ok(url) => url,
                Err(BadAddress::Credentials(_)) => {
                    let told = "A name and a password belong in the configuration; the address stays as it was.";
                    return Ask::Tell(Notice::hint(told));
                }
                Err(BadAddress::Empty | BadAddress::NotWeb(_)) => {
                    return Ask::Tell(Notice::hint("An address begins with https:// or http://; it stays as it was."));
                }
            };
            format!("Changed the address of “{name}”")
        }
    };
    if edited == *feed || field == Field::Title && one_line(typed) == name {
        return Ask::Tell(Notice::hint("The feed stays as it was."));
    }
    change(vec![feed.clone()], vec![edited], told)
}

/// A folder was renamed, or moved into another: what lies in it goes with it.
pub fn folder_moved(path: &[String], typed: &str, shared: &Shared) -> Ask {
    let to = typed_folder(typed);
    if to == path {
        return Ask::Tell(Notice::hint("The folder stays as it was."));
    }
    let take: Vec<Subscription> =
        shared.subscriptions.all().filter(|feed| feed.folder.starts_with(path)).cloned().collect();
    let moved = |feed: &Subscription| {
        let below = feed.folder.get(path.len()..).unwrap_or_default();
        Subscription { folder: [to.as_slice(), below].concat(), ..feed.clone() }
    };
    let add = take.iter().map(moved).collect();
    let (from, shown) = (shown_folder(path), shown_folder(&to));
    let told = if to.is_empty() {
        format!("Dissolved the folder “{from}”")
    } else {
        format!("The folder “{from}” is now “{shown}”")
    };
    change(take, add, told)
}

/// Pauses feeds, or resumes them if all are paused.
pub(super) fn pause(feeds: &[&Subscription], name: &str) -> Ask {
    let is_paused = !feeds.iter().all(|feed| feed.is_paused);
    let take: Vec<Subscription> =
        feeds.iter().filter(|feed| feed.is_paused != is_paused).map(|feed| (*feed).clone()).collect();
    let add = take.iter().map(|feed| Subscription { is_paused, ..feed.clone() }).collect();
    let verb = if is_paused { "Paused" } else { "Resumed" };
    change(take, add, format!("{verb} “{name}”"))
}

/// Removes feeds: one, or all of a folder. Their articles stay.
pub(super) fn remove(feeds: &[&Subscription], name: &str, is_folder: bool) -> Ask {
    let take: Vec<Subscription> = feeds.iter().map(|feed| (*feed).clone()).collect();
    let told = if is_folder {
        format!("Removed the folder “{name}” with {}", count(take.len(), "feed"))
    } else {
        format!("Removed the feed “{name}”; its articles stay")
    };
    change(take, Vec::new(), told)
}
