//! What other programs know of articles, taken over as marks.

use jiff::Timestamp;

use super::{Catalogue, CatalogueError, MOST_AT_ONCE};
use crate::article::SourceId;
use crate::mark::{EarlierMarks, Mark};

/// How many articles another program knew more of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct EarlierMarked {
    /// Those that are here.
    pub(crate) here: usize,
    /// Those that may arrive.
    pub(crate) to_come: usize,
}

impl Catalogue {
    /// Takes over what another program knows of articles, here already or not: an article that arrives later has it from
    /// the start. What was done here stays. Says how many changed.
    ///
    /// # Errors
    /// Those of [`mark`](Self::mark).
    pub(crate) fn mark_earlier(
        &mut self,
        marks: &[(SourceId, EarlierMarks)],
        now: Timestamp,
    ) -> Result<EarlierMarked, CatalogueError> {
        let mut marked = EarlierMarked::default();
        for marks in marks.chunks(MOST_AT_ONCE) {
            let EarlierMarked { here, to_come } = self.alone(|catalogue| {
                let device = catalogue.device();
                let ids: Vec<SourceId> = marks.iter().map(|(id, _)| id.clone()).collect();
                let lines = catalogue.library.mark_lines(&ids)?;
                let (mut changed, mut marked) = (Vec::new(), EarlierMarked::default());
                for ((id, earlier), line) in marks.iter().zip(lines) {
                    let known = match catalogue.library.row(id)? {
                        Some(row) => catalogue.library.row_marks(&[row])?.pop(),
                        None => None,
                    };
                    let is_here = known.is_some();
                    let mark = match known {
                        Some(article) => catalogue.mark_of(&article, now)?,
                        None => line.as_deref().and_then(Mark::read_line).unwrap_or_else(|| Mark::new(id.clone())),
                    };
                    if let Some(mark) = mark.with_earlier(*earlier, device, now) {
                        *(if is_here { &mut marked.here } else { &mut marked.to_come }) += 1;
                        changed.push(mark);
                    }
                }
                catalogue.keep(changed, false)?;
                Ok(marked)
            })?;
            marked.here += here;
            marked.to_come += to_come;
        }
        Ok(marked)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "takes the library away")]

    use super::super::tests::{add, at, listed, open};
    use super::*;
    use crate::mark::MarkChange;
    use crate::query::Term;

    #[test]
    fn what_another_program_knew_holds_for_what_is_here_and_what_comes_and_never_against_what_was_done_here() {
        let folder = tempfile::tempdir().unwrap();
        let mut catalogue = open(&folder);
        let row = add(&mut catalogue, "/news/a", "a");
        let undone = add(&mut catalogue, "/news/b", "b");
        catalogue.mark(&[undone], &MarkChange::Read(true), at(1)).unwrap();
        catalogue.mark(&[undone], &MarkChange::Read(false), at(2)).unwrap();
        let read = EarlierMarks { is_read: true, ..EarlierMarks::default() };
        let marks: Vec<_> = ["a", "b", "c", "d"]
            .map(|name| (SourceId::of_file(&format!("/news/{name}")), EarlierMarks { is_starred: name == "c", ..read }))
            .into();
        assert_eq!(catalogue.mark_earlier(&marks, at(3)).unwrap(), EarlierMarked { here: 1, to_come: 2 });
        assert_eq!(catalogue.mark_earlier(&marks, at(4)).unwrap(), EarlierMarked::default(), "once is enough");
        drop(catalogue);
        std::fs::remove_file(folder.path().join("library.db")).unwrap();
        let mut catalogue = open(&folder);
        for name in ["a", "b", "c"] {
            add(&mut catalogue, &format!("/news/{name}"), name);
        }
        assert_eq!(listed(&catalogue, Some(Term::Read(true))), 2);
        assert_eq!(listed(&catalogue, Some(Term::Starred(true))), 1);
        assert!(!catalogue.library.entries_of(&[row]).unwrap().is_empty());
    }
}
