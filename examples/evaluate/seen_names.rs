//! Names a tagger was trained on, so that others can be measured separately.

use std::collections::HashSet;
use std::io;
use std::path::PathBuf;

use crate::annotated;
use crate::is_held_out;

/// Names in lower case.
#[derive(Default)]
pub(crate) struct SeenNames(HashSet<String>);

impl SeenNames {
    /// The names of some files; without the articles that are kept from training if these are measured.
    pub(crate) fn read(files: &[PathBuf], without_held_out: bool) -> io::Result<Self> {
        let mut seen = Self::default();
        for path in files {
            for (number, article) in annotated::read(path)?.into_iter().enumerate() {
                if !(without_held_out && is_held_out(number)) {
                    seen.0.extend(article.names.iter().map(|(range, _)| article.text.slice(*range).to_lowercase()));
                }
            }
        }
        Ok(seen)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.0.contains(&name.to_lowercase())
    }
}
