//! What was read, flagged and deleted in newsboat, as marks.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use super::super::error::{CliError, Exit};
use super::super::library::{articles, look_into, open};
use super::Context;
use crate::article::SourceId;
use crate::article::address::is_web;
use crate::feed::EntryKeys;
use crate::intake::feed::id_without_page;
use crate::io::clock;
use crate::library::{LibraryError, NewsboatItem, newsboat_items};
use crate::mark::EarlierMarks;
use crate::runtime::catalogue::{Catalogue, CatalogueError, EarlierMarked};
use crate::text::plural::grouped;

/// Takes over what `cache.db` says of articles, of those that arrive later, too.
pub(super) fn import(context: &mut Context, file: &Path, is_dry_run: bool) -> Result<Exit, CliError> {
    let failed = |error: &dyn std::fmt::Display| CliError::new(Exit::BadInput, format!("{}: {error}", file.display()));
    let items = newsboat_items(file, &std::env::temp_dir()).map_err(|error| {
        let hint =
            "close newsboat, and name its cache.db, usually ~/.local/share/newsboat/cache.db or ~/.newsboat/cache.db";
        failed(&error).hint(hint)
    })?;
    let Some(items) = items else {
        return Err(failed(&"it is no cache of newsboat").hint("import OPML, or newsboat's urls or cache.db"));
    };
    let mut catalogue = if is_dry_run { look_into(context)? } else { Some(open(context)?) };
    let marks = Marks::of(&items, catalogue.as_mut())?;
    let number = |is_so: fn(&EarlierMarks) -> bool| marks.of_articles.values().filter(|known| is_so(known)).count();
    let counts = [
        (number(|known| known.is_read), "read"),
        (number(|known| known.is_starred), "with flags, starred here"),
        (number(|known| known.is_removed), "deleted, kept out of the list here"),
        (marks.nameless, "with neither an address nor an id, left out"),
    ];
    let changed = match catalogue.filter(|_| !is_dry_run) {
        Some(mut catalogue) => Some(marks.take_over(&mut catalogue)?),
        None => None,
    };
    context.out.line("read as newsboat’s cache.db")?;
    for (row, (number, what)) in counts.into_iter().enumerate() {
        if row < 2 || number > 0 {
            context.out.line(&format!("{number:>7} {what}"))?;
        }
    }
    match changed {
        Some(EarlierMarked { here, to_come }) => context.note(&format!(
            "{} marked here, {} to be marked on arrival; what was done here stays",
            articles(here),
            grouped(to_come)
        )),
        None if is_dry_run => context.note("this was a dry run: nothing was written"),
        None => {}
    }
    Ok(Exit::Success)
}

/// What newsboat knows, by the ids that the articles have here or will have.
#[derive(Default)]
struct Marks {
    of_articles: BTreeMap<SourceId, EarlierMarks>,
    /// What holds for every article with an address that several have in newsboat: here it may be one article.
    of_shared: BTreeMap<SourceId, EarlierMarks>,
    /// Articles that cannot be told from others.
    nameless: usize,
}

impl Marks {
    fn of(items: &[NewsboatItem], mut catalogue: Option<&mut Catalogue>) -> Result<Self, LibraryError> {
        let mut marks = Self::default();
        let mut by_guid: HashMap<&str, HashMap<i64, Option<SourceId>>> = HashMap::new();
        for item in items {
            if !by_guid.contains_key(item.feed.as_str()) {
                let mut articles: HashMap<i64, Option<SourceId>> = HashMap::new();
                if let Some(catalogue) = &mut catalogue {
                    for (guid, id) in catalogue.library.articles_by_guid(&item.feed)? {
                        // An id that a feed uses twice tells nothing apart.
                        articles.entry(guid).and_modify(|known| *known = None).or_insert(Some(id));
                    }
                }
                by_guid.insert(&item.feed, articles);
            }
            let here =
                by_guid.get(item.feed.as_str()).and_then(|articles| articles.get(&EntryKeys::of_guid(&item.guid)));
            let has_guid = !item.guid.is_empty();
            let id = match here.cloned().flatten() {
                Some(id) => id,
                None if is_web(&item.url) && item.known_of_all.is_none() => SourceId::of_web(&item.url),
                // As the library calls what shares its address with others.
                None if is_web(&item.url) && has_guid => SourceId::of_entry(&item.feed, &item.guid),
                None if has_guid => id_without_page(&item.feed, &item.guid),
                None => {
                    marks.nameless += 1;
                    continue;
                }
            };
            add(&mut marks.of_articles, id, item.known);
            if let Some(known) = item.known_of_all.filter(|_| is_web(&item.url)) {
                add(&mut marks.of_shared, SourceId::of_web(&item.url), known);
            }
        }
        Ok(marks)
    }

    fn take_over(self, catalogue: &mut Catalogue) -> Result<EarlierMarked, CatalogueError> {
        let now = clock::now();
        let of_articles: Vec<_> = self.of_articles.into_iter().collect();
        let of_shared: Vec<_> = self.of_shared.into_iter().collect();
        let EarlierMarked { here, to_come } = catalogue.mark_earlier(&of_articles, now)?;
        let shared = catalogue.mark_earlier(&of_shared, now)?;
        // What is to come is counted once, whatever it will be called.
        Ok(EarlierMarked { here: here + shared.here, to_come })
    }
}

fn add(marks: &mut BTreeMap<SourceId, EarlierMarks>, id: SourceId, more: EarlierMarks) {
    let known = marks.entry(id).or_default();
    known.is_read |= more.is_read;
    known.is_starred |= more.is_starred;
    known.is_removed |= more.is_removed;
}
