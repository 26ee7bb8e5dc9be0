//! The subscriptions, in `feeds.opml` in the data directory.

use std::path::Path;

use crate::feed::{SubscriptionEdit, Subscriptions};
use crate::io::journal::StoreError;

/// The subscriptions as they are on the disk.
#[derive(Clone, Debug, Default)]
pub struct LoadedSubscriptions {
    /// The valid ones.
    pub subscriptions: Subscriptions,
    /// What is wrong with the file, a line each.
    pub problems: Vec<String>,
}

/// Reads the subscriptions; none if there is no file.
///
/// # Errors
/// [`StoreError::File`] if there is one that cannot be read.
pub fn load(_data_dir: &Path) -> Result<LoadedSubscriptions, StoreError> {
    Ok(LoadedSubscriptions::default())
}

/// Makes a change in the file.
///
/// # Errors
/// Any [`StoreError`].
pub fn save(_data_dir: &Path, _edit: &SubscriptionEdit) -> Result<Subscriptions, StoreError> {
    Ok(Subscriptions::default())
}
