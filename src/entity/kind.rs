//! What an entity is, and why a mention belongs to it.

use std::fmt;
use std::str::FromStr;

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A human being, real or not.
    Person,
    /// A country, city, region, water, mountain, building.
    Place,
    /// A company, party, agency, newspaper, armed group, team.
    Organisation,
    /// A nationality, people or religion, and its adjective.
    Group,
    /// A war, summit, tournament, storm, scandal.
    Event,
    /// A book, law, treaty, prize, programme.
    Work,
    /// Anything else with a name: a product, vehicle, service, disease.
    Other,
    /// A day, month, year, or span of them.
    Date,
    /// A sum of money.
    Money,
    /// A percentage.
    Percent,
    /// A measured or counted quantity.
    Quantity,
}

impl Kind {
    /// Every kind, in the order the program lists them.
    pub const ALL: [Self; 11] = [
        Self::Person,
        Self::Place,
        Self::Organisation,
        Self::Group,
        Self::Event,
        Self::Work,
        Self::Other,
        Self::Date,
        Self::Money,
        Self::Percent,
        Self::Quantity,
    ];

    /// The word for it in files and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Place => "place",
            Self::Organisation => "organisation",
            Self::Group => "group",
            Self::Event => "event",
            Self::Work => "work",
            Self::Other => "other",
            Self::Date => "date",
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Quantity => "quantity",
        }
    }

    /// Whether entities of this kind have names, rather than being phrases that follow a pattern.
    pub fn is_name(self) -> bool {
        self < Self::Date
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A word that is no kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownKind(String);

impl fmt::Display for UnknownKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = Kind::ALL.map(Kind::as_str).join(", ");
        write!(f, "“{}” is no kind of entity; the kinds are {kinds}", self.0)
    }
}

impl std::error::Error for UnknownKind {}

impl FromStr for Kind {
    type Err = UnknownKind;

    /// # Errors
    /// The word is none of the kinds as [`Kind::as_str`] spells them.
    fn from_str(word: &str) -> Result<Self, UnknownKind> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word).ok_or_else(|| UnknownKind(word.to_owned()))
    }
}

/// Why a mention belongs to its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// The canonical name itself, or the same name in other spelling: of case, dots, accents, hyphens, or by a slip.
    Name,
    /// Another name of the same thing, from the table of aliases.
    Table,
    /// The initials of the full name.
    Acronym,
    /// The full name of a person with a nickname, an initial or another middle name.
    FullName,
    /// The surname alone.
    Surname,
    /// The first name, or another part of the name, alone.
    PartOfName,
    /// The beginning of an organisation's longer name.
    ShortName,
    /// An organisation's name without its country.
    WithoutCountry,
    /// A phrase that follows a pattern, such as a date or a sum.
    Pattern,
    /// The reader says so.
    Correction,
}

impl Rule {
    /// Tells a reader, as in "joined by surname".
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Name => "by name",
            Self::Table => "by another name",
            Self::Acronym => "by initials",
            Self::FullName => "by full name",
            Self::Surname => "by surname",
            Self::PartOfName => "by part of the name",
            Self::ShortName => "by short name",
            Self::WithoutCountry => "by name without the country",
            Self::Pattern => "by its form",
            Self::Correction => "by your correction",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.phrase())
    }
}

/// Why words belong to the speaker they are given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuoteRule {
    /// A verb of saying beside the words names the speaker.
    Named,
    /// The same by what the speaker is: "the president".
    Role,
    /// The same with *he* or *she*, who is the last person named that fits.
    Pronoun,
    /// The only person named in the sentence.
    OnlyPerson,
    /// It goes on where the speaker's last quotation ended.
    Continued,
}

impl QuoteRule {
    /// Tells a reader who asks why.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Named => "named beside it",
            Self::Role => "by what the speaker is",
            Self::Pronoun => "by he or she",
            Self::OnlyPerson => "the only person in the sentence",
            Self::Continued => "goes on from before",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_reads_back_from_its_word() {
        for kind in Kind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
        }
        assert!("Person".parse::<Kind>().unwrap_err().to_string().contains("organisation"));
    }
}
