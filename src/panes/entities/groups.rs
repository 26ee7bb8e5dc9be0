//! Kinds that are shown, hidden and listed together, and the sign of each.

use crate::command::Command;
use crate::config::ViewChoices;
use crate::entity::Kind;

/// Kinds that are shown, hidden and listed together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    People,
    Places,
    Organisations,
    Groups,
    Events,
    Works,
    Others,
    Dates,
    Amounts,
}

impl Group {
    pub(super) const ALL: [Self; 9] = [
        Self::People,
        Self::Places,
        Self::Organisations,
        Self::Groups,
        Self::Events,
        Self::Works,
        Self::Others,
        Self::Dates,
        Self::Amounts,
    ];

    pub(super) fn of(kind: Kind) -> Self {
        match kind {
            Kind::Person => Self::People,
            Kind::Place => Self::Places,
            Kind::Organisation => Self::Organisations,
            Kind::Group => Self::Groups,
            Kind::Event => Self::Events,
            Kind::Work => Self::Works,
            Kind::Other => Self::Others,
            Kind::Date => Self::Dates,
            Kind::Money | Kind::Percent | Kind::Quantity => Self::Amounts,
        }
    }

    /// The group that a command shows or hides.
    pub(super) fn of_command(command: Command) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.command() == command)
    }

    /// The command that shows or hides it.
    pub(super) fn command(self) -> Command {
        match self {
            Self::People => Command::TogglePeople,
            Self::Places => Command::TogglePlaces,
            Self::Organisations => Command::ToggleOrganisations,
            Self::Groups => Command::ToggleGroups,
            Self::Events => Command::ToggleEvents,
            Self::Works => Command::ToggleWorks,
            Self::Others => Command::ToggleOthers,
            Self::Dates => Command::ToggleDates,
            Self::Amounts => Command::ToggleAmounts,
        }
    }

    /// Whether it is hidden: a kind that is hidden takes those that are listed with it along.
    pub(super) fn is_hidden(self, view: &ViewChoices) -> bool {
        view.hidden_kinds.iter().any(|kind| Self::of(*kind) == self)
    }

    /// The same choices with this one shown if it was hidden, and hidden if it was shown.
    pub(super) fn toggled(self, view: &ViewChoices) -> ViewChoices {
        let is_hidden = |group: Self| group.is_hidden(view) != (group == self);
        let hidden_kinds = Kind::ALL.into_iter().filter(|kind| is_hidden(Self::of(*kind))).collect();
        ViewChoices { hidden_kinds, ..view.clone() }
    }

    pub(super) fn title(self) -> &'static str {
        match self {
            Self::People => "PEOPLE",
            Self::Places => "PLACES",
            Self::Organisations => "ORGANISATIONS",
            Self::Groups => "GROUPS",
            Self::Events => "EVENTS",
            Self::Works => "WORKS",
            Self::Others => "OTHER NAMES",
            Self::Dates => "DATES",
            Self::Amounts => "AMOUNTS",
        }
    }

    /// A sign beside the heading, so that kinds do not differ by colour alone; the kind its colour stands for.
    pub(super) fn sign(self) -> (&'static str, Kind) {
        match self {
            Self::People => ("◉", Kind::Person),
            Self::Places => ("▲", Kind::Place),
            Self::Organisations => ("■", Kind::Organisation),
            Self::Groups => ("◆", Kind::Group),
            Self::Events => ("✦", Kind::Event),
            Self::Works => ("§", Kind::Work),
            Self::Others => ("○", Kind::Other),
            Self::Dates => ("◷", Kind::Date),
            Self::Amounts => ("#", Kind::Quantity),
        }
    }
}

/// The same choices with whole groups hidden: what is listed together is shown and hidden together.
pub fn with_whole_groups(view: &ViewChoices) -> ViewChoices {
    let hidden_kinds = Kind::ALL.into_iter().filter(|kind| Group::of(*kind).is_hidden(view)).collect();
    ViewChoices { hidden_kinds, ..view.clone() }
}
