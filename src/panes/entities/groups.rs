//! Kinds that are shown, hidden and listed together, and the sign of each.

use crate::command::Command;
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
    Dates,
    Amounts,
}

impl Group {
    pub(super) const ALL: [Self; 8] = [
        Self::People,
        Self::Places,
        Self::Organisations,
        Self::Groups,
        Self::Events,
        Self::Works,
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
            Kind::Date => Self::Dates,
            Kind::Money | Kind::Percent | Kind::Quantity => Self::Amounts,
        }
    }

    pub(super) fn of_command(command: Command) -> Option<Self> {
        Some(match command {
            Command::TogglePeople => Self::People,
            Command::TogglePlaces => Self::Places,
            Command::ToggleOrganisations => Self::Organisations,
            Command::ToggleGroups => Self::Groups,
            Command::ToggleEvents => Self::Events,
            Command::ToggleWorks => Self::Works,
            Command::ToggleDates => Self::Dates,
            Command::ToggleAmounts => Self::Amounts,
            _ => return None,
        })
    }

    pub(super) fn title(self) -> &'static str {
        match self {
            Self::People => "PEOPLE",
            Self::Places => "PLACES",
            Self::Organisations => "ORGANISATIONS",
            Self::Groups => "GROUPS",
            Self::Events => "EVENTS",
            Self::Works => "WORKS",
            Self::Dates => "DATES",
            Self::Amounts => "AMOUNTS",
        }
    }

    /// The number of its key.
    pub(super) fn number(self) -> usize {
        self as usize + 1
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
            Self::Dates => ("◷", Kind::Date),
            Self::Amounts => ("#", Kind::Quantity),
        }
    }
}
