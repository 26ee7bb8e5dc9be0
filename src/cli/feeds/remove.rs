//! `dateline feeds remove`: takes feeds out of the subscriptions.

use super::super::args::RemoveFeedsArgs;
use super::super::error::{CliError, Exit};
use super::super::sources::Tally;
use super::{Context, load, name_of, named, not_used, states};
use crate::feed::{Subscription, SubscriptionEdit};
use crate::io::subscriptions;

/// Removes every feed that is named, from all its folders. Its articles stay.
pub(super) fn run(context: &mut Context, args: &RemoveFeedsArgs) -> Result<Exit, CliError> {
    let (feeds, _) = load(context)?;
    let states = states(context)?;
    let mut tally = Tally::default();
    let (mut take, mut said): (Vec<Subscription>, Vec<String>) = (Vec::new(), Vec::new());
    for name in &args.names {
        match named(&feeds, &states, name) {
            Ok(found) => {
                said.extend(found.first().map(|feed| format!("{} removed; its articles stay", name_of(feed, &states))));
                take.extend(found.into_iter().cloned());
                tally.done();
            }
            Err(error) => tally.failed(&error),
        }
    }
    if !take.is_empty() {
        let edit = SubscriptionEdit { take, add: Vec::new() };
        subscriptions::save(&context.setup.paths()?.data_dir, &edit).map_err(not_used)?;
    }
    said.iter().try_for_each(|said| context.say(said))?;
    Ok(tally.exit())
}
