//! How the reader wants the screen: what can be chosen with keys while the program runs.

use crate::entity::Kind;

use super::Settings;

/// What was chosen for the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewChoices {
    /// Width of the page in columns, within [`super::MEASURE`].
    pub measure: u16,
    /// The page alone.
    pub zen: bool,
    /// Kinds of entities that are not listed and nowhere lit, in the order of [`Kind::ALL`].
    pub hidden_kinds: Vec<Kind>,
    /// Doubtful names are left out.
    pub hides_doubtful: bool,
}

impl ViewChoices {
    /// What the configuration says.
    pub fn configured(settings: &Settings) -> Self {
        let hidden: Vec<Kind> = settings.hidden_kinds.iter().filter_map(|kind| kind.parse().ok()).collect();
        let hidden_kinds = Kind::ALL.into_iter().filter(|kind| hidden.contains(kind)).collect();
        Self { measure: settings.measure, zen: false, hidden_kinds, hides_doubtful: false }
    }

    /// Whether a kind is hidden.
    pub fn hides(&self, kind: Kind) -> bool {
        self.hidden_kinds.contains(&kind)
    }
}
