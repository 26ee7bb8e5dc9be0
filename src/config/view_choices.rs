//! How the reader wants the screen: what is chosen with keys while the program runs, and remembered.
//!
//! A choice holds until its setting in the configuration is changed: each is remembered together with the configured value it
//! was made instead of, and counts only while that is still the configured one.

use std::fmt::Write as _;

use toml::Value;

use super::{MEASURE, Settings};
use crate::entity::Kind;

/// What holds for the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewChoices {
    /// Width of the page in columns, within [`MEASURE`].
    pub measure: u16,
    /// The page alone.
    pub zen: bool,
    /// Kinds of entities that are not listed and nowhere lit, in the order of [`Kind::ALL`].
    pub hidden_kinds: Vec<Kind>,
    /// Doubtful names are left out.
    pub hides_doubtful: bool,
    /// What the list of articles is sorted by.
    pub article_order: ArticleOrder,
    /// It was said that feeds of another reader were found: once is enough.
    pub feeds_offered: bool,
}

/// What the list of articles is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ArticleOrder {
    /// The newest first.
    #[default]
    Date,
    /// By the headline.
    Name,
}

impl ArticleOrder {
    /// The other one.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Date => Self::Name,
            Self::Name => Self::Date,
        }
    }
}

impl ViewChoices {
    /// What the configuration says.
    pub fn configured(settings: &Settings) -> Self {
        let hidden: Vec<Kind> = settings.hidden_kinds.iter().filter_map(|kind| kind.parse().ok()).collect();
        Self {
            measure: settings.measure,
            zen: false,
            hidden_kinds: in_order(&hidden),
            hides_doubtful: false,
            article_order: ArticleOrder::Date,
            feeds_offered: false,
        }
    }

    /// Whether a kind is hidden.
    pub fn hides(&self, kind: Kind) -> bool {
        self.hidden_kinds.contains(&kind)
    }
}

/// A value, and the configured one it was chosen instead of.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Choice<T> {
    value: T,
    instead_of: T,
}

impl<T: Clone + PartialEq> Choice<T> {
    fn of(value: &T, configured: &T) -> Option<Self> {
        (value != configured).then(|| Self { value: value.clone(), instead_of: configured.clone() })
    }

    /// The value that holds.
    fn over(choice: Option<&Self>, configured: T) -> T {
        choice.filter(|choice| choice.instead_of == configured).map_or(configured, |choice| choice.value.clone())
    }
}

/// What is remembered: whatever differs from the configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RememberedChoices {
    measure: Option<Choice<u16>>,
    zen: bool,
    hidden_kinds: Option<Choice<Vec<Kind>>>,
    hides_doubtful: bool,
    article_order: ArticleOrder,
    feeds_offered: bool,
}

impl RememberedChoices {
    /// What is worth remembering of what holds.
    pub fn of(view: &ViewChoices, configured: &ViewChoices) -> Self {
        Self {
            measure: Choice::of(&view.measure, &configured.measure),
            zen: view.zen,
            hidden_kinds: Choice::of(&view.hidden_kinds, &configured.hidden_kinds),
            hides_doubtful: view.hides_doubtful,
            article_order: view.article_order,
            feeds_offered: view.feeds_offered,
        }
    }

    /// What holds, over what is configured.
    pub fn over(&self, configured: ViewChoices) -> ViewChoices {
        ViewChoices {
            measure: Choice::over(self.measure.as_ref(), configured.measure),
            zen: self.zen,
            hidden_kinds: Choice::over(self.hidden_kinds.as_ref(), configured.hidden_kinds),
            hides_doubtful: self.hides_doubtful,
            article_order: self.article_order,
            feeds_offered: self.feeds_offered,
        }
    }

    /// The file that keeps it. Reads back as the same.
    pub fn to_toml(&self) -> String {
        let mut toml =
            "# How the screen was left. dateline writes this; what is set for good belongs into config.toml.\n"
                .to_owned();
        // Writing to a string cannot fail.
        if let Some(Choice { value, instead_of }) = &self.measure {
            writeln!(toml, "measure = {{ chosen = {value}, configured = {instead_of} }}").ok();
        }
        if let Some(Choice { value, instead_of }) = &self.hidden_kinds {
            let list = |kinds: &[Kind]| kinds.iter().map(|kind| format!("\"{kind}\"")).collect::<Vec<_>>().join(", ");
            let (value, instead_of) = (list(value), list(instead_of));
            writeln!(toml, "hidden-kinds = {{ chosen = [{value}], configured = [{instead_of}] }}").ok();
        }
        for (name, is_set) in [
            ("zen", self.zen),
            ("hides-doubtful", self.hides_doubtful),
            (SORTS_BY_NAME, self.article_order == ArticleOrder::Name),
            (FEEDS_OFFERED, self.feeds_offered),
        ] {
            if is_set {
                writeln!(toml, "{name} = true").ok();
            }
        }
        toml
    }

    /// Reads the file. What a newer version remembers is passed over.
    ///
    /// # Errors
    /// What is wrong with it, on one line; then nothing of it counts.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        let table: toml::Table = text.parse().map_err(|_| "it is not TOML".to_owned())?;
        let flag = |name: &str| match table.get(name) {
            None => Ok(false),
            Some(value) => value.as_bool().ok_or_else(|| format!("{name} is neither true nor false")),
        };
        Ok(Self {
            measure: choice(&table, "measure", measure)?,
            zen: flag("zen")?,
            hidden_kinds: choice(&table, "hidden-kinds", kinds)?,
            hides_doubtful: flag("hides-doubtful")?,
            article_order: if flag(SORTS_BY_NAME)? { ArticleOrder::Name } else { ArticleOrder::Date },
            feeds_offered: flag(FEEDS_OFFERED)?,
        })
    }
}

/// Articles are listed by name, not by date.
const SORTS_BY_NAME: &str = "sorts-articles-by-name";

/// It was said that feeds of another reader were found.
const FEEDS_OFFERED: &str = "feeds-offered";

fn choice<T>(table: &toml::Table, name: &str, read: fn(&Value) -> Option<T>) -> Result<Option<Choice<T>>, String> {
    let Some(entry) = table.get(name) else { return Ok(None) };
    let part = |part: &str| entry.get(part).and_then(read);
    match (part("chosen"), part("configured")) {
        (Some(value), Some(instead_of)) => Ok(Some(Choice { value, instead_of })),
        _ => Err(format!("{name} makes no sense")),
    }
}

fn measure(value: &Value) -> Option<u16> {
    u16::try_from(value.as_integer()?).ok().filter(|measure| MEASURE.contains(measure))
}

fn kinds(value: &Value) -> Option<Vec<Kind>> {
    let kinds: Option<Vec<Kind>> = value.as_array()?.iter().map(|kind| kind.as_str()?.parse().ok()).collect();
    kinds.map(|kinds| in_order(&kinds))
}

/// Each of them once, in the order of [`Kind::ALL`].
fn in_order(kinds: &[Kind]) -> Vec<Kind> {
    Kind::ALL.into_iter().filter(|kind| kinds.contains(kind)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn view() -> impl Strategy<Value = ViewChoices> {
        let kinds = prop::collection::vec(prop::sample::select(Kind::ALL.to_vec()), 0..5);
        let order = prop::sample::select(vec![ArticleOrder::Date, ArticleOrder::Name]);
        (MEASURE, any::<bool>(), kinds, any::<bool>(), order, any::<bool>()).prop_map(
            |(measure, zen, kinds, hides_doubtful, article_order, feeds_offered)| ViewChoices {
                feeds_offered,
                measure,
                zen,
                hidden_kinds: in_order(&kinds),
                hides_doubtful,
                article_order,
            },
        )
    }

    /// What can be configured: the rest is only chosen.
    fn configured() -> impl Strategy<Value = ViewChoices> {
        view().prop_map(|view| ViewChoices {
            zen: false,
            feeds_offered: false,
            hides_doubtful: false,
            article_order: ArticleOrder::Date,
            ..view
        })
    }

    proptest! {
        #[test]
        fn what_was_chosen_holds_while_the_configuration_stays(view in view(), configured in configured()) {
            let file = RememberedChoices::of(&view, &configured).to_toml();
            let read = RememberedChoices::from_toml(&file).unwrap();
            prop_assert_eq!(read.over(configured), view);
        }

        #[test]
        fn what_is_configured_anew_wins(view in view(), before in configured(), after in configured()) {
            let held = RememberedChoices::of(&view, &before).over(after.clone());
            prop_assert_eq!(held.measure == after.measure, before.measure != after.measure || view.measure == before.measure);
            if before.hidden_kinds != after.hidden_kinds {
                prop_assert_eq!(held.hidden_kinds, after.hidden_kinds);
            }
        }

        #[test]
        fn no_file_is_too_broken(text in any::<String>()) {
            RememberedChoices::from_toml(&text).ok();
        }
    }

    #[test]
    fn a_value_that_makes_no_sense_is_named_and_what_is_unknown_is_passed_over() {
        for (text, named) in [
            ("measure = 70", "measure"),
            ("measure = { chosen = 7, configured = 66 }", "measure"),
            ("measure = { chosen = 70 }", "measure"),
            ("hidden-kinds = { chosen = [\"ghost\"], configured = [] }", "hidden-kinds"),
            ("zen = 1", "zen"),
            ("= 1", "TOML"),
        ] {
            let error = RememberedChoices::from_toml(text).unwrap_err();
            assert!(error.contains(named), "{text}: {error}");
        }
        let newer = "columns = 3\nzen = true\n";
        assert!(RememberedChoices::from_toml(newer).unwrap().zen);
        assert_eq!(RememberedChoices::from_toml("").unwrap(), RememberedChoices::default());
    }
}
