//! Where a key works.

/// A part of the program with keys of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// The articles pane.
    Articles,
    /// The drawer of the articles pane: sources and saved searches.
    Sources,
    /// The reading pane.
    Reader,
    /// While a passage is being selected in the reading pane.
    Selecting,
    /// The entities pane.
    Entities,
    /// The bookmarks pane.
    Bookmarks,
    /// Any pane with a cursor.
    List,
    /// The help screen.
    Help,
    /// A list that is narrowed by typing: palette, outline and the like.
    Picker,
    /// While typing.
    Prompt,
    /// Everywhere but while typing or selecting.
    Global,
    /// Everywhere but while typing.
    Always,
    /// Everywhere: what concerns the terminal, not what is on it.
    Terminal,
}

impl Scope {
    /// Every scope, in the order of the table.
    pub const ALL: [Self; 13] = [
        Self::Articles,
        Self::Sources,
        Self::Reader,
        Self::Selecting,
        Self::Entities,
        Self::Bookmarks,
        Self::List,
        Self::Help,
        Self::Picker,
        Self::Prompt,
        Self::Global,
        Self::Always,
        Self::Terminal,
    ];

    /// The name of the scope in the configuration.
    pub fn id(self) -> &'static str {
        match self {
            Self::Articles => "articles",
            Self::Sources => "sources",
            Self::Reader => "reader",
            Self::Selecting => "selecting",
            Self::Entities => "entities",
            Self::Bookmarks => "bookmarks",
            Self::List => "list",
            Self::Help => "help",
            Self::Picker => "picker",
            Self::Prompt => "prompt",
            Self::Global => "global",
            Self::Always => "always",
            Self::Terminal => "terminal",
        }
    }

    /// The scope with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.id() == id)
    }

    /// The heading of the scope in help and documentation.
    pub fn title(self) -> &'static str {
        match self {
            Self::Articles => "Articles",
            Self::Sources => "Sources and searches",
            Self::Reader => "Reading",
            Self::Selecting => "Selecting a passage",
            Self::Entities => "Entities",
            Self::Bookmarks => "Bookmarks",
            Self::List => "In any list",
            Self::Help => "In help",
            Self::Picker => "In lists to pick from",
            Self::Prompt => "While typing",
            Self::Global => "Everywhere",
            Self::Always => "Always",
            Self::Terminal => "Even while typing",
        }
    }

    /// The scopes in which a key is looked up, first match wins, when this one has the focus.
    pub fn chain(self) -> &'static [Self] {
        match self {
            Self::Articles => &[Self::Articles, Self::List, Self::Global, Self::Always, Self::Terminal],
            Self::Sources => &[Self::Sources, Self::List, Self::Global, Self::Always, Self::Terminal],
            Self::Entities => &[Self::Entities, Self::List, Self::Global, Self::Always, Self::Terminal],
            Self::Bookmarks => &[Self::Bookmarks, Self::List, Self::Global, Self::Always, Self::Terminal],
            Self::Reader => &[Self::Reader, Self::Global, Self::Always, Self::Terminal],
            Self::Selecting => &[Self::Selecting, Self::Always, Self::Terminal],
            Self::Help => &[Self::Help, Self::Always, Self::Terminal],
            Self::Picker => &[Self::Picker, Self::Prompt, Self::Terminal],
            Self::Prompt => &[Self::Prompt, Self::Terminal],
            Self::List => &[Self::List, Self::Global, Self::Always, Self::Terminal],
            Self::Global => &[Self::Global, Self::Always, Self::Terminal],
            Self::Always => &[Self::Always, Self::Terminal],
            Self::Terminal => &[Self::Terminal],
        }
    }
}
