//! What could not be read of very many sources, and why: by reason, since nobody reads ten thousand lines.

use crate::io::sources::SourceRef;

use super::loading::LoadError;
use super::with_hint;

/// Names that are kept for each reason.
const MAX_NAMES: usize = 10;
/// Names that are told on one line.
const MAX_TOLD: usize = 3;

/// Sources that could not be read.
#[derive(Debug, Default)]
pub(crate) struct Refused {
    groups: Vec<Group>,
}

/// Sources that could not be read for the same reason.
#[derive(Debug)]
pub(crate) struct Group {
    /// The reason, without a name.
    pub(crate) reason: String,
    /// What went wrong with the first of them.
    pub(crate) first: LoadError,
    /// How many there are.
    pub(crate) count: usize,
    /// What the first of them are called.
    pub(crate) names: Vec<String>,
}

impl Refused {
    /// Notes that a source could not be read.
    pub(crate) fn push(&mut self, source: &SourceRef, error: LoadError) {
        let reason = error.reason();
        if let Some(group) = self.groups.iter_mut().find(|group| group.reason == reason) {
            group.count += 1;
            if group.names.len() < MAX_NAMES {
                group.names.push(source.shown());
            }
        } else {
            self.groups.push(Group { reason, first: error, count: 1, names: vec![source.shown()] });
        }
    }

    /// How many could not be read.
    pub(crate) fn count(&self) -> usize {
        self.groups.iter().map(|group| group.count).sum()
    }

    /// The reasons, in the order in which they were met.
    pub(crate) fn into_groups(self) -> Vec<Group> {
        self.groups
    }
}

impl Group {
    /// How many more there are than have names here.
    pub(crate) fn unnamed(&self) -> usize {
        self.count - self.names.len().min(self.count)
    }

    /// What can be done about it. What is said of the first goes for the others with their own names.
    pub(crate) fn hint(&self) -> Option<String> {
        let hint = self.first.hint()?;
        Some(if self.hints_at_first() { format!("for the first: {hint}") } else { hint })
    }

    /// Whether the hint names the first of several files.
    fn hints_at_first(&self) -> bool {
        self.count > 1 && matches!(self.first, LoadError::Intake { .. })
    }

    /// All of it in one line, which has no room for what can be done about one of many.
    pub(crate) fn told(&self) -> String {
        if self.count == 1 {
            return format!("{}.", self.first.told());
        }
        let name = |name: &String| name.rsplit('/').next().unwrap_or(name).to_owned();
        let mut names: Vec<String> = self.names.iter().take(MAX_TOLD).map(name).collect();
        if self.count > names.len() {
            names.push(format!("{} more", self.count - names.len()));
        }
        let told = format!("{} files left out: {} ({})", self.count, self.reason, names.join(", "));
        format!("{}.", with_hint(&told, self.hint().filter(|_| !self.hints_at_first())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::IntakeError;

    #[test]
    fn each_reason_is_told_once_with_some_names() {
        let mut refused = Refused::default();
        for number in 0..12 {
            let path = std::path::PathBuf::from(format!("/news/{number}.txt"));
            let name = path.display().to_string();
            let error = if number == 5 { IntakeError::Binary } else { IntakeError::Empty };
            let error = LoadError::Intake { name, path: Some(path.clone()), error };
            refused.push(&SourceRef::Found(path), error);
        }
        assert_eq!(refused.count(), 12);
        let groups = refused.into_groups();
        let told: Vec<String> = groups.iter().map(Group::told).collect();
        assert_eq!(
            told,
            [
                "11 files left out: there are no words in it (0.txt, 1.txt, 2.txt, 8 more).",
                "/news/5.txt: this is binary data, not text: `file /news/5.txt` says what it may be, \
                 `strings /news/5.txt | dateline -` shows what words are in it.",
            ]
        );
        assert_eq!((groups[0].names.len(), groups[0].unnamed(), groups[1].unnamed()), (10, 1, 0));
        assert_eq!(groups[0].names[9], "/news/10.txt");
    }
}
