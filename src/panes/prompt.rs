//! The line at the bottom in which the reader types.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

use crate::article::RowId;
use crate::bookmark::BookmarkId;
use crate::command::{Command, Completion};
use crate::entity::corrections::Named;
use crate::feed::Subscription;
use crate::query::SavedSearch;
use crate::text::fold::fold;
use crate::text::width::width;
use crate::ui::{Edit, LineInput, Meaning, Theme, pen};

use super::PaneId;
use super::mark_target::MarkTarget;

/// What can be typed anew of a subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Its name.
    Title,
    /// The folder it lies in.
    Folder,
    /// Its tags.
    Tags,
    /// Its address.
    Address,
}

/// What the typed words are for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Narrows a pane, or finds words in it.
    Find(PaneId),
    /// Finds a row of the drawer of sources.
    FindSource,
    /// Narrows the help screen.
    FilterHelp,
    /// The note of a bookmark.
    Note(BookmarkId),
    /// The tags of a bookmark.
    Tags(BookmarkId),
    /// The tags of articles.
    ArticleTags(Vec<MarkTarget>),
    /// A file, a folder or an address; a feed comes into this folder of subscriptions.
    Source(Vec<String>),
    /// The file that the listed bookmarks are to be written to.
    Export,
    /// The name this query is saved under.
    SearchName(String),
    /// The query of a saved search.
    SearchQuery(SavedSearch),
    /// The shell command that an article is piped to: that of this row, or the open one.
    Pipe(Option<RowId>),
    /// Something of a subscription.
    Subscription(Field, Box<Subscription>),
    /// The name of this folder of subscriptions.
    Folder(Vec<String>),
    /// The name an entity is to be shown under.
    Rename(Named),
}

impl Purpose {
    /// The pane it narrows, or looks for words in.
    pub fn narrowed_pane(&self) -> Option<PaneId> {
        match self {
            Self::Find(pane) => Some(*pane),
            Self::FindSource => Some(PaneId::Articles),
            _ => None,
        }
    }
}

/// A line being typed, and what for.
#[derive(Clone, Debug)]
pub struct Prompt {
    /// What for.
    pub purpose: Purpose,
    /// The line.
    pub input: LineInput,
    /// What stood there before, for leaving without a change.
    pub before: String,
    /// Tags or folders to complete what is typed with, those of most use first.
    pub known: Vec<String>,
    /// What the path being typed could become, or why nobody knows, once that was asked for.
    pub offered: Option<Result<Completion, String>>,
}

impl Prompt {
    /// Asks for words, beginning with what stands there now.
    pub fn new(purpose: Purpose, text: impl Into<String>) -> Self {
        let before = text.into();
        Self { purpose, input: LineInput::with(before.clone()), before, known: Vec::new(), offered: None }
    }

    /// Asks for words to look for, beginning with none.
    pub fn blank(purpose: Purpose, before: impl Into<String>) -> Self {
        Self { purpose, input: LineInput::default(), before: before.into(), known: Vec::new(), offered: None }
    }

    /// Asks for the tags of a bookmark, ready to add one to those it has.
    pub fn tags(id: BookmarkId, tags: &[String]) -> Self {
        Self::new(Purpose::Tags(id), in_a_line(tags))
    }

    /// Asks for the tags of articles, of which all have these.
    pub fn article_tags(articles: Vec<MarkTarget>, tags: &[String]) -> Self {
        Self::new(Purpose::ArticleTags(articles), in_a_line(tags))
    }

    /// Whether tags of bookmarks are completed in it.
    pub fn takes_tags(&self) -> bool {
        matches!(self.purpose, Purpose::Tags(_) | Purpose::Find(PaneId::Bookmarks))
    }

    /// Whether tags of articles are completed in it.
    pub fn takes_article_tags(&self) -> bool {
        matches!(self.purpose, Purpose::ArticleTags(_) | Purpose::Find(PaneId::Articles))
    }

    /// Whether folders of feeds are completed in it.
    pub fn takes_folders(&self) -> bool {
        matches!(self.purpose, Purpose::Subscription(Field::Folder, _) | Purpose::Folder(_))
    }

    /// The tag or folder that is being typed: where its name begins, and what it could become.
    fn known_at_end(&self) -> Option<(usize, Vec<&String>)> {
        let before = self.input.before();
        if self.takes_folders() {
            let wanted = fold(before);
            let fits = |folder: &&String| fold(folder).starts_with(&wanted) && *folder != before;
            return Some((0, self.known.iter().filter(fits).collect()));
        }
        let start = before.trim_end_matches(|c: char| !c.is_whitespace() && c != ',').len();
        let word = before.get(start..)?;
        let marks = ["#", "tag:"];
        let name = marks.iter().find_map(|mark| word.strip_prefix(mark));
        let is_list = matches!(self.purpose, Purpose::Tags(_) | Purpose::ArticleTags(_));
        let name = if is_list { Some(name.unwrap_or(word)) } else { name };
        let name = name.filter(|name| !name.is_empty())?;
        let wanted = fold(name);
        let fits = move |tag: &&String| fold(tag).starts_with(&wanted);
        Some((before.len() - name.len(), self.known.iter().filter(fits).collect()))
    }

    /// Completes the tag or folder that is being typed; whether there was one.
    pub fn complete(&mut self) -> bool {
        let found = self.known_at_end().and_then(|(start, known)| Some((start, (*known.first()?).clone())));
        let Some((start, name)) = found else { return false };
        // Behind a tag there may be another one.
        let end = if self.takes_folders() { "" } else { " " };
        self.input.replace_from(start, &format!("{name}{end}"));
        true
    }

    /// Whether a path is being typed.
    pub fn is_path(&self) -> bool {
        matches!(self.purpose, Purpose::Source(_) | Purpose::Export)
    }

    /// Completes the path being typed as far as all that was found goes, and offers the rest.
    pub fn complete_path(&mut self, found: Result<Completion, String>) {
        if let Ok(Completion { names, .. }) = &found
            && let Some(common) = common_beginning(names)
        {
            let start = self.input.before().rfind('/').map_or(0, |slash| slash + 1);
            // "~" becomes "~/", and nothing gets shorter.
            if common.len() > self.input.before().len() - start {
                self.input.replace_from(start, &common);
            }
        }
        let is_done = found.as_ref().is_ok_and(|found| found.names.len() == 1);
        self.offered = (!is_done).then_some(found);
    }

    /// What that which is being typed could become, for the footer; `tab` is the key that completes it.
    pub fn completions(&self, tab: &str) -> Option<String> {
        if !self.is_path() {
            let known: Vec<&str> = self.known_at_end()?.1.into_iter().map(String::as_str).take(3).collect();
            let between = if self.takes_folders() { "  " } else { " " };
            return (!known.is_empty()).then(|| format!("{tab}: {}", known.join(between)));
        }
        let left_out = |count: usize| match count {
            0 => String::new(),
            1 => " (1 more cannot be typed here)".to_owned(),
            count => format!(" ({count} more are left out)"),
        };
        Some(match &self.offered {
            None => format!("{tab} completes"),
            Some(Err(error)) => error.clone(),
            Some(Ok(found)) if found.names.is_empty() => format!("no such name{}", left_out(found.left_out)),
            Some(Ok(found)) => {
                let names = found.names.iter().take(MOST_SHOWN).map(String::as_str).collect::<Vec<_>>().join("  ");
                format!("{}{}: {names}", found.names.len(), left_out(found.left_out))
            }
        })
    }

    /// What is asked: in full, and in a word.
    fn labels(&self) -> [&'static str; 2] {
        match self.purpose {
            Purpose::Find(PaneId::Reader) => ["Find in article: ", "Find: "],
            Purpose::Find(PaneId::Articles) => ["Find article (words, is:unread, #tag, source:): ", "Find: "],
            Purpose::Find(PaneId::Entities) => ["Find entity: ", "Entity: "],
            Purpose::Find(PaneId::Bookmarks) => ["Find bookmark (words, #tag, state:orphan): ", "Bookmark: "],
            Purpose::FindSource => ["Find feed, folder or search: ", "Find: "],
            Purpose::FilterHelp => ["Find command: ", "Find: "],
            Purpose::Note(_) => ["Note: "; 2],
            Purpose::Tags(_) | Purpose::ArticleTags(_) => ["Tags, separated by blanks: ", "Tags: "],
            Purpose::Source(_) => ["File, folder or address: ", "File: "],
            Purpose::Subscription(Field::Title, _) => ["Name of the feed: ", "Name: "],
            Purpose::Subscription(Field::Folder, _) => ["Folder (Outer/Inner, empty for none): ", "Folder: "],
            Purpose::Subscription(Field::Tags, _) => ["Tags for what it brings, separated by blanks: ", "Tags: "],
            Purpose::Subscription(Field::Address, _) => ["Address of the feed: ", "Address: "],
            Purpose::Folder(_) => ["Name of the folder (Outer/Inner): ", "Folder: "],
            Purpose::Export => ["Export these to (.md .json .csv .org .html): ", "Export to: "],
            Purpose::SearchName(_) => ["Save this search as: ", "Save as: "],
            Purpose::SearchQuery(_) => ["Search for (words, is:unread, #tag, source:): ", "Search: "],
            Purpose::Pipe(_) => ["Pipe the article to (a shell command): ", "Pipe to: "],
            Purpose::Rename(_) => ["Show it as: ", "Name: "],
        }
    }

    /// Draws the line and returns the column of the cursor within `area`.
    pub fn view(&self, theme: Theme, area: Rect, buf: &mut Buffer) -> u16 {
        // A label that leaves no room for typing gives way to a shorter one, and that to none.
        let fits = |label: &&str, typed: usize| width(label) + typed <= usize::from(area.width);
        let [full, short] = self.labels();
        let label = Some(full).filter(|label| fits(label, 20)).or(Some(short).filter(|label| fits(label, 4)));
        let x = pen::put(buf, area, (0, 0), label.unwrap_or_default(), theme.style(Meaning::Key));
        draw_input(&self.input, theme, area, x, buf)
    }
}

/// Tags as they are typed, ready for one more.
fn in_a_line(tags: &[String]) -> String {
    tags.iter().flat_map(|tag| [tag.as_str(), " "]).collect()
}

/// More names than this have no room in any footer.
const MOST_SHOWN: usize = 20;

/// What all names begin with.
fn common_beginning(names: &[String]) -> Option<String> {
    let first = names.first()?;
    let same = |one: &str, other: &str| one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    let length = names.iter().map(|name| same(first, name)).min()?;
    Some(first.chars().take(length).collect())
}

/// Draws a line that is being typed from column `x` on, scrolled so that the cursor shows; returns the cursor's column.
pub(super) fn draw_input(input: &LineInput, theme: Theme, area: Rect, x: u16, buf: &mut Buffer) -> u16 {
    let room = usize::from(area.width.saturating_sub(x + 1));
    // A note may have several lines; here a sign stands for each break.
    let one_line = |text: &str| text.replace('\n', "⏎");
    let (before, text) = (one_line(input.before()), one_line(input.text()));
    // Go back from the cursor as far as there is room; words before that are left out.
    let (mut skipped, mut columns) = (before.len(), 0);
    for (at, grapheme) in before.grapheme_indices(true).rev() {
        let wider = columns + width(grapheme);
        if wider > room {
            break;
        }
        (skipped, columns) = (at, wider);
    }
    let shown = text.get(skipped..).unwrap_or_default();
    pen::put(buf, area, (x, 0), shown, theme.style(Meaning::Text));
    (x + columns as u16).min(area.width.saturating_sub(1))
}

/// The edit that a command of the typing scope stands for.
pub fn edit_of(command: Command) -> Option<Edit> {
    Some(match command {
        Command::DeleteBack => Edit::DeleteBack,
        Command::DeleteForward => Edit::DeleteForward,
        Command::DeleteWord => Edit::DeleteWord,
        Command::DeleteLine => Edit::DeleteLine,
        Command::InputLeft => Edit::Left,
        Command::InputRight => Edit::Right,
        Command::InputHome => Edit::Home,
        Command::InputEnd => Edit::End,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_begins_with_an_accent_is_completed_in_its_folder() {
        let mut prompt = Prompt::new(Purpose::Source(Vec::new()), "a/\u{301}x");
        prompt.complete_path(Ok(Completion { names: vec!["\u{301}xyz".into()], left_out: 0 }));
        assert_eq!(prompt.input.text(), "a/\u{301}xyz");
    }
}
