//! `dateline tag`: tags articles, or takes a tag off.

use super::Context;
use super::args::TagArgs;
use super::error::{CliError, Exit};
use super::targets::change;
use crate::article::Entry;
use crate::journal::normalise;
use crate::mark::MarkChange;
use crate::text::fold::fold;

/// Tags the articles.
pub(super) fn run(context: &mut Context, args: &TagArgs) -> Result<Exit, CliError> {
    let (name, is_taken) = match args.tag.strip_prefix('-') {
        Some(name) => (name, true),
        None => (args.tag.as_str(), false),
    };
    let refused =
        |message: String| CliError::new(Exit::Usage, message).hint("a tag is one word, as in `dateline tag river`");
    let tag = normalise(&[name]).map_err(|bad| refused(bad.to_string()))?.pop();
    let tag = tag.ok_or_else(|| refused(format!("“{name}” is no tag")))?;
    // Letter case makes no other tag.
    let folded = fold(&tag);
    let spellings =
        |entry: &Entry| -> Vec<String> { entry.tags.iter().filter(|known| fold(known) == folded).cloned().collect() };
    let (needs_change, done, already) = if is_taken {
        (true, format!("no longer tagged {tag}"), format!("not tagged {tag} before"))
    } else {
        (false, format!("tagged {tag}"), format!("tagged {tag} already"))
    };
    let tagged = |entries: &[Entry]| {
        let (added, taken) = if is_taken {
            let mut taken: Vec<String> = entries.iter().flat_map(spellings).collect();
            taken.sort_unstable();
            taken.dedup();
            (Vec::new(), taken)
        } else {
            (vec![tag.clone()], Vec::new())
        };
        MarkChange::Tagged { added, taken }
    };
    let needs_change = |entry: &Entry| spellings(entry).is_empty() != needs_change;
    change(context, &args.targets, needs_change, tagged, (&done, &already))
}
