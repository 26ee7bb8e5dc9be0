//! The subscriptions, in `feeds.opml` in the data directory.

use std::fs;
use std::path::Path;

use crate::feed::{Subscription, SubscriptionEdit, Subscriptions};
use crate::io::journal::{StoreError, lock};
use crate::io::paths::make_private;
use crate::io::replace::replace_private;

/// The name of the file.
pub const FILE: &str = "feeds.opml";

/// The subscriptions as they are on the disk.
#[derive(Clone, Debug, Default)]
pub struct LoadedSubscriptions {
    /// The valid ones.
    pub subscriptions: Subscriptions,
    /// What is wrong with the file, a line each.
    pub problems: Vec<String>,
}

/// Identifies a version of the file: it differs if the file was replaced or changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamp(Option<(u64, Option<std::time::SystemTime>)>);

/// The current version of the file.
pub fn stamp(data_dir: &Path) -> Stamp {
    let metadata = fs::metadata(data_dir.join(FILE)).ok();
    Stamp(metadata.map(|metadata| (metadata.len(), metadata.modified().ok())))
}

/// Reads the subscriptions; none if there is no file.
///
/// # Errors
/// [`StoreError::File`] if there is one that cannot be read.
#[expect(clippy::disallowed_methods, reason = "stands in until the file is OPML")]
pub fn load(data_dir: &Path) -> Result<LoadedSubscriptions, StoreError> {
    let text = fs::read_to_string(data_dir.join(FILE)).unwrap_or_default();
    let read = |line: &str| {
        let mut parts = line.split('\t').map(str::to_owned);
        let mut part = || parts.next().unwrap_or_default();
        let (url, title, folder, tags, flags) = (part(), part(), part(), part(), part());
        let names = |text: &str| text.split('/').filter(|name| !name.is_empty()).map(str::to_owned).collect();
        Subscription {
            url,
            title: Some(title).filter(|title| !title.is_empty()),
            folder: names(&folder),
            tags: names(&tags),
            is_paused: flags.contains('p'),
            fetches_pages: flags.contains('f'),
            ..Subscription::default()
        }
    };
    let subscriptions = Subscriptions::of(text.lines().map(read).collect());
    Ok(LoadedSubscriptions { subscriptions, problems: Vec::new() })
}

/// Makes a change in the file. When this succeeds it is on the disk; the subscriptions as they are now are returned.
///
/// # Errors
/// Any [`StoreError`]; then the file is as it was.
pub fn save(data_dir: &Path, edit: &SubscriptionEdit) -> Result<Subscriptions, StoreError> {
    make_private(data_dir).map_err(StoreError::file("make the folder", data_dir))?;
    let _held = lock(&data_dir.join("feeds.lock"))?;
    let mut all: Vec<Subscription> = load(data_dir)?.subscriptions.all().cloned().collect();
    let mut add = edit.add.iter();
    for take in &edit.take {
        let place = all.iter().position(|feed| feed.url == take.url && feed.folder == take.folder);
        match (place, add.next()) {
            (Some(place), Some(new)) => all.splice(place..=place, [new.clone()]).for_each(drop),
            (Some(place), None) => drop(all.remove(place)),
            (None, new) => all.extend(new.cloned()),
        }
    }
    all.extend(add.cloned());
    let line = |feed: &Subscription| {
        let flags = [(feed.is_paused, "p"), (feed.fetches_pages, "f")];
        let flags: String = flags.into_iter().filter(|(is_set, _)| *is_set).map(|(_, flag)| flag).collect();
        let title = feed.title.clone().unwrap_or_default();
        format!("{}\t{title}\t{}\t{}\t{flags}\n", feed.url, feed.folder.join("/"), feed.tags.join("/"))
    };
    let (path, text) = (data_dir.join(FILE), all.iter().map(line).collect::<String>());
    replace_private(&path, &text).map_err(StoreError::file("write", &path))?;
    Ok(Subscriptions::of(all))
}
