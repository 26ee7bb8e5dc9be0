//! `dateline feeds import`: takes over what another reader subscribes to.

use std::path::Path;

use super::super::args::ImportFeedsArgs;
use super::super::error::{CliError, Exit};
use super::super::messages;
use super::super::sources::refuse_keyboard;
use super::{Context, States, count, load_file, name_of, newsboat_marks, not_used};
use crate::feed::{EditError, NewsboatUrls, NoOpml, Subscription, Subscriptions};
use crate::intake::{self, IntakeError};
use crate::io::sources::{self, SourceError};
use crate::io::{clock, searches, subscriptions};
use crate::library::is_database;
use crate::query::{SavedSearch, SearchEdit};
use crate::text::sanitize::one_line;

/// How many places are reported one by one.
const MOST: usize = 20;

/// What a file subscribes to, as it may be taken over.
#[derive(Default)]
struct Batch {
    format: &'static str,
    feeds: Subscriptions,
    searches: Vec<SavedSearch>,
    /// What is lost.
    wrong: Vec<String>,
    /// What is not as it was.
    remarks: Vec<String>,
}

/// Reads the file, whatever it is, and takes over what is new. Nothing is asked.
pub(super) fn run(context: &mut Context, args: &ImportFeedsArgs) -> Result<Exit, CliError> {
    if args.file != "-" && is_database(Path::new(&args.file)) {
        return newsboat_marks::import(context, Path::new(&args.file), args.dry_run);
    }
    refuse_keyboard(std::slice::from_ref(&args.file), "feeds import -")?;
    let (name, text) = read(args)?;
    let batch = Batch::of(&name, &text)?;
    let (new, same) = take_over(context, &batch, args.dry_run)?;
    report(context, &batch, &new, same, args.dry_run)?;
    Ok(if batch.wrong.is_empty() { Exit::Success } else { Exit::Partial })
}

fn read(args: &ImportFeedsArgs) -> Result<(String, String), CliError> {
    let not_read = |error: SourceError| match &error {
        SourceError::WebAddress(_) => {
            CliError::from(error).hint("download it, or subscribe to the feeds of a page with `dateline feeds add`")
        }
        _ => error.into(),
    };
    let found = sources::resolve(&args.file).map_err(not_read)?.sources;
    let [source] = found.as_slice() else {
        return Err(CliError::from(SourceError::Folder((&args.file).into())).hint("name one of the files in it"));
    };
    let name = args.file.to_string_lossy().into_owned();
    let bytes = match source {
        sources::SourceRef::Web(address) => return Err(not_read(SourceError::WebAddress(address.clone()))),
        source => sources::read(source).map_err(not_read)?.bytes,
    };
    if bytes.len() as u64 > subscriptions::MAX_BYTES {
        let message = format!("{name} has more than 8 MiB, which no list of feeds should need");
        return Err(CliError::new(Exit::BadInput, message).hint("import it in parts"));
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => intake::decode(error.as_bytes()).map_err(|error| not_text(&name, &error))?,
    };
    Ok((name, text))
}

fn not_text(name: &str, error: &IntakeError) -> CliError {
    CliError::new(Exit::BadInput, format!("{name}: {error}")).hint("import OPML, or newsboat's urls or cache.db")
}

impl Batch {
    /// What the text of a file subscribes to: OPML where there is an outline, else newsboat's `urls`.
    fn of(name: &str, text: &str) -> Result<Self, CliError> {
        match Subscriptions::from_opml(text) {
            Ok((feeds, faults)) if !text.trim_matches(['\u{feff}', ' ', '\n', '\r', '\t']).is_empty() => {
                let (feeds, commands) = feeds.harmless();
                let mut wrong: Vec<String> = faults.iter().map(ToString::to_string).collect();
                wrong.extend(commands.iter().map(|feed| {
                    let what = feed.filter.as_ref().unwrap_or(&feed.url);
                    format!(
                        "{}: the command “{}” is left out, since a file of others must not run any",
                        name_of(feed, &States::new()),
                        one_line(what)
                    )
                }));
                Ok(Self { format: "OPML", feeds, wrong, ..Self::default() })
            }
            Err(NoOpml::NotOpml) if !text.trim_start_matches('\u{feff}').trim_start().starts_with('<') => {
                let urls = NewsboatUrls::read(text, clock::now());
                if !urls.is_plausible() {
                    return Err(unknown(name));
                }
                let (wrong, remarks): (Vec<_>, Vec<_>) = urls.faults.iter().partition(|fault| fault.is_loss);
                let mut remarks: Vec<String> = remarks.iter().map(ToString::to_string).collect();
                let commands = urls.commands().count();
                if commands > 0 {
                    remarks.push(format!("{} run a command when they are fetched, as in newsboat", count(commands)));
                }
                let wrong = wrong.iter().map(ToString::to_string).collect();
                Ok(Self {
                    format: "newsboat’s urls",
                    wrong,
                    remarks,
                    searches: urls.searches,
                    feeds: Subscriptions::of(urls.feeds),
                })
            }
            Ok(_) | Err(NoOpml::NotOpml) => Err(unknown(name)),
            Err(error) => Err(CliError::new(Exit::BadInput, format!("{name}: {error}")).hint("import it in parts")),
        }
    }
}

fn unknown(name: &str) -> CliError {
    CliError::new(Exit::BadInput, format!("{name} is neither OPML nor newsboat’s urls"))
        .hint("to subscribe to a feed, name its address: `dateline feeds add URL`")
}

/// What is new of the file, and how many feeds of it are here already.
fn take_over(context: &Context, batch: &Batch, is_dry_run: bool) -> Result<(Vec<Subscription>, usize), CliError> {
    let all = batch.feeds.all().count();
    if is_dry_run {
        let mut loaded = load_file(context)?.subscriptions;
        let refused = |error: EditError| CliError::new(Exit::BadInput, error.to_string());
        let new = loaded.import(&batch.feeds).map_err(refused)?;
        return Ok((new.clone(), all - new.len()));
    }
    let data_dir = context.setup.paths()?.data_dir.clone();
    let (_, new) = subscriptions::change(&data_dir, |here| here.import(&batch.feeds)).map_err(not_used)?;
    let mut known = searches::load(&data_dir, clock::now())?.searches;
    for search in &batch.searches {
        // What was saved here under the name stays.
        if known.named(&search.name).is_none() {
            let edit = SearchEdit { take: None, add: Some(search.clone()) };
            known = searches::save(&data_dir, &edit, clock::now())?;
        }
    }
    let same = all - new.len();
    Ok((new, same))
}

/// Prints the counts as the result; single places are reported on standard error.
fn report(
    context: &mut Context,
    batch: &Batch,
    new: &[Subscription],
    same: usize,
    is_dry_run: bool,
) -> Result<(), CliError> {
    for wrong in batch.wrong.iter().take(MOST) {
        messages::error(&CliError::new(Exit::Partial, wrong));
    }
    let more = batch.wrong.len().saturating_sub(MOST);
    if more > 0 {
        messages::error(&CliError::new(Exit::Partial, format!("{more} more places are wrong")));
    }
    for remark in batch.remarks.iter().take(MOST) {
        context.note(remark);
    }
    context.out.line(&format!("read as {}", batch.format))?;
    let counts = [
        (new.len(), "new"),
        (same, "already there"),
        (batch.searches.len(), "queries saved as searches"),
        (batch.wrong.len(), "wrong, and left out or mended"),
    ];
    for (row, (number, what)) in counts.into_iter().enumerate() {
        if row < 2 || number > 0 {
            context.out.line(&format!("{number:>7} {what}"))?;
        }
    }
    if is_dry_run {
        context.note("this was a dry run: nothing was written");
    }
    Ok(())
}
