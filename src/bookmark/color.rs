//! The colours of passages, by name.

/// A colour by name; the theme decides what it looks like. The six are those of EPUB Annotations 1.0.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Color {
    /// The one that is used unless another is asked for.
    #[default]
    Yellow,
    /// `green`
    Green,
    /// `blue`
    Blue,
    /// `pink`
    Pink,
    /// `orange`
    Orange,
    /// `purple`
    Purple,
    /// A name this version does not know: shown grey, kept unchanged.
    Other(Box<str>),
}

impl Color {
    /// The six colours in the order of their keys, `1` to `6`.
    pub const ALL: [Self; 6] = [Self::Yellow, Self::Green, Self::Blue, Self::Pink, Self::Orange, Self::Purple];

    /// The name, as records spell it.
    pub fn name(&self) -> &str {
        match self {
            Self::Yellow => "yellow",
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Pink => "pink",
            Self::Orange => "orange",
            Self::Purple => "purple",
            Self::Other(name) => name,
        }
    }

    /// The colour of that name, or [`Color::Other`].
    pub fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|color| color.name() == name).unwrap_or_else(|| Self::Other(name.into()))
    }

    /// Whether this version knows what it looks like.
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Other(_))
    }
}
