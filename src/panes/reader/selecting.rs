//! Selecting a passage: from keys, labels or the mouse to a bookmark or the clipboard.

use ratatui::layout::{Position, Rect};

use crate::article::{Inline, InlineKind, TextRange};
use crate::bookmark::{Bookmark, Color, NewBookmark, SourceMetadata, cite};
use crate::command::{Command, Effect, Notice, TerminalJob};
use crate::panes::prompt::{Prompt, Purpose};
use crate::panes::{Ask, Change, PaneId, Shared};
use crate::text::plural::count;
use crate::text::struck;

use super::labels::{Labels, Target, Typed, Verb};
use super::selection::{End, Selection, Unit};
use super::{Open, Reader, view};

impl Reader {
    /// A key was pressed while labels are shown: a letter picks, anything else takes them away.
    pub fn press_label(&mut self, letter: Option<char>) -> Vec<Ask> {
        let Some(labels) = &mut self.labels else { return Vec::new() };
        let unit = labels.unit;
        match letter.map_or(Typed::Miss, |letter| labels.press(letter)) {
            Typed::More => return Vec::new(),
            Typed::Miss => {
                let typed = labels.typed();
                self.labels = None;
                // Who leaves with another key than a letter knows it.
                if letter.is_some_and(char::is_alphanumeric) {
                    return vec![Ask::Tell(Notice::hint(format!("There is no label {typed} in view.")))];
                }
            }
            Typed::Picked(target) => {
                self.labels = None;
                match target {
                    Target::Select(range) => self.selection = Some(Selection::new(range, unit)),
                    Target::Link(link, verb) => return self.with_link(&link, verb),
                }
            }
        }
        Vec::new()
    }

    pub(super) fn begin_selection(&mut self, sentence: bool) -> Vec<Ask> {
        let Some(open) = &self.open else { return Vec::new() };
        let units = open.units();
        let unit = if sentence { Unit::Sentence } else { Unit::Paragraph };
        // The sentence of the hit or mention the reader just went to, while it is in view.
        let here = self.current.filter(|current| open.in_view().overlaps(*current));
        let range = match here {
            Some(current) => units.at(unit, current.start),
            None if sentence => open.first_in_view(&open.sentences_worth_keeping()),
            None => open.first_in_view(&open.paragraphs_worth_keeping()),
        };
        self.selection = range.map(|range| Selection::new(range, unit));
        if range.is_some_and(|range| !open.in_view().overlaps(range)) {
            // The window is so small that only the headline is in it.
            self.keep_selection_in_view();
        }
        match self.selection {
            Some(_) => vec![Ask::Focus(PaneId::Reader)],
            None => vec![Ask::Tell(Notice::hint("There are no words to select."))],
        }
    }

    pub(super) fn show_labels(&mut self, command: Command) -> Vec<Ask> {
        let Some(open) = &self.open else { return Vec::new() };
        let body = &open.article.body;
        let view = open.in_view();
        let all: Vec<(TextRange, Target)> = if command == Command::LabelLinks {
            let open_link = |inline: &Inline| match &inline.kind {
                InlineKind::Link(url) => Some((inline.range, Target::Link(url.clone(), Verb::Follow))),
                _ => None,
            };
            body.inlines().iter().filter_map(open_link).collect()
        } else {
            let sentences = command == Command::LabelSentences;
            let all = if sentences { open.sentences_worth_keeping() } else { open.paragraphs_worth_keeping() };
            all.into_iter().map(|range| (range, Target::Select(range))).collect()
        };
        let (mut targets, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|(at, _)| view.contains(at.start));
        if targets.is_empty() {
            // What begins above the window and fills it has its label on the first of it that is seen.
            let seen = others.into_iter().filter(|(at, _)| view.overlaps(*at));
            targets = seen.map(|(at, target)| (TextRange::new(view.start, at.end), target)).collect();
        }
        if targets.is_empty() {
            let what = if command == Command::LabelLinks {
                "There is no link in view."
            } else {
                "There are no words in view."
            };
            return vec![Ask::Tell(Notice::hint(what))];
        }
        let unit = if command == Command::LabelParagraphs { Unit::Paragraph } else { Unit::Sentence };
        self.labels = Some(Labels::new(targets, unit));
        vec![Ask::Focus(PaneId::Reader)]
    }

    /// Commands of the selecting scope; none for any other.
    pub(super) fn select(&mut self, command: Command, shared: &Shared) -> Option<Vec<Ask>> {
        let (Some(open), Some(selection)) = (&self.open, &mut self.selection) else {
            let select = shared.keymap.named(Command::SelectSentence);
            return Some(vec![Ask::Tell(Notice::hint(format!("No passage is selected: {select} selects one.")))]);
        };
        let units = open.units();
        match command {
            Command::UnitDown => selection.step(&units, true),
            Command::UnitUp => selection.step(&units, false),
            Command::Extend => selection.extend(&units),
            Command::Retract => selection.retract(&units),
            Command::Grow => selection.grow(&units),
            Command::Shrink => selection.shrink(&units),
            Command::EndRight => selection.move_end(&units, Unit::Grapheme, true),
            Command::EndLeft => selection.move_end(&units, Unit::Grapheme, false),
            Command::EndWordRight => selection.move_end(&units, Unit::Word, true),
            Command::EndWordLeft => selection.move_end(&units, Unit::Word, false),
            Command::EndSentenceRight => selection.move_end(&units, Unit::Sentence, true),
            Command::EndSentenceLeft => selection.move_end(&units, Unit::Sentence, false),
            Command::EndParagraphRight => selection.move_end(&units, Unit::Paragraph, true),
            Command::EndParagraphLeft => selection.move_end(&units, Unit::Paragraph, false),
            Command::SwapEnds => selection.swap_ends(),
            Command::LeaveSelection => {
                self.end_selection();
                return Some(Vec::new());
            }
            Command::CopySelection | Command::CopyCitation => return Some(self.copy_selection(command)),
            Command::SaveSelection
            | Command::SaveWithNote
            | Command::SaveWithTags
            | Command::SaveYellow
            | Command::SaveGreen
            | Command::SaveBlue
            | Command::SavePink
            | Command::SaveOrange
            | Command::SavePurple => return Some(self.save_or_attach(command, shared)),
            _ => return None,
        }
        self.keep_selection_in_view();
        Some(Vec::new())
    }

    fn save_or_attach(&mut self, command: Command, shared: &Shared) -> Vec<Ask> {
        match self.attaching {
            None => self.save_selection(command, shared),
            Some(id) if command == Command::SaveSelection => self.attach(id, shared),
            Some(_) => {
                let key = |command| shared.keymap.named(command);
                let (attach, leave) = (key(Command::SaveSelection), key(Command::LeaveSelection));
                let told = format!("These words are for an existing bookmark: {attach} attaches it, {leave} leaves.");
                vec![Ask::Tell(Notice::hint(told))]
            }
        }
    }

    pub(super) fn keep_selection_in_view(&mut self) {
        if let (Some(open), Some(selection)) = (&mut self.open, &self.selection) {
            // The end is the byte after; its line may be the next one.
            let at = match selection.active {
                End::Start => selection.range.start,
                End::End => selection.range.end.saturating_sub(1),
            };
            open.reveal(at);
        }
    }

    pub(super) fn end_selection(&mut self) {
        self.attaching = None;
        if let Some(selection) = self.selection.take() {
            self.last_selection = Some(selection.range);
        }
    }

    pub(super) fn new_bookmark<'a>(open: &'a Open, range: TextRange, color: Color, shared: &Shared) -> NewBookmark<'a> {
        let moment = &shared.moment;
        NewBookmark { id: moment.id, device: shared.device, now: moment.now, article: &open.article, range, color }
    }

    pub(super) fn save_selection(&mut self, command: Command, shared: &Shared) -> Vec<Ask> {
        let (Some(open), Some(selection)) = (&self.open, &self.selection) else { return Vec::new() };
        let color = command.color().unwrap_or_default();
        let range = selection.range;
        // The same words again are not a second bookmark but an edit of the first.
        let old = open.marks.iter().find(|mark| mark.range == range).and_then(|mark| shared.shelf.get(mark.id));
        let made = match old {
            Some(old) if command.color().is_some() && color != *old.color() => {
                old.with_color(color.clone(), shared.device, shared.moment.now).map(|new| (Some(old.clone()), new))
            }
            Some(old) => Ok((Some(old.clone()), old.clone())),
            None => Bookmark::passage(Self::new_bookmark(open, range, color.clone(), shared)).map(|new| (None, new)),
        };
        let (before, after) = match made {
            Ok(made) => made,
            Err(refused) => return vec![Ask::Tell(Notice::error(format!("Not saved: {refused}.")))],
        };
        let id = after.id();
        let mut asks = match before {
            Some(before) if before == after => vec![Ask::Tell(Notice::hint("This passage is bookmarked already."))],
            before => {
                let told = match before {
                    Some(_) => format!("Coloured it {}", color.name()),
                    None => "Saved the passage".to_owned(),
                };
                vec![Ask::Make(Change::Bookmarks(vec![(before, after.clone())]), told)]
            }
        };
        match command {
            Command::SaveWithNote => {
                asks.push(Ask::Type(Prompt::new(Purpose::Note(id), after.note().unwrap_or_default())));
            }
            Command::SaveWithTags => asks.push(Ask::Type(Prompt::tags(id, after.tags()))),
            _ => {}
        }
        self.end_selection();
        asks
    }

    pub(super) fn copy_selection(&mut self, command: Command) -> Vec<Ask> {
        let (Some(open), Some(selection)) = (&self.open, &self.selection) else { return Vec::new() };
        let words = struck::words(&open.article.body, selection.range);
        let (text, done) = if command == Command::CopySelection {
            (words, "Copied the words.")
        } else {
            (cite(&words, &SourceMetadata::of(&open.article)), "Copied the words with their source.")
        };
        self.end_selection();
        vec![Ask::Do(Effect::Terminal(TerminalJob::Copy { text, done: done.to_owned() }))]
    }

    /// The mouse went down (or was dragged) at this place of the pane.
    pub(super) fn drag_to(&mut self, at: Position, area: Rect, begins: bool) {
        let Some(open) = &self.open else { return };
        let Some(byte) = view::byte_at(open, at, area) else { return };
        if begins {
            self.drag = Some(byte);
            self.end_selection();
            return;
        }
        let Some(from) = self.drag else { return };
        let units = open.units();
        let grapheme = |byte| units.at(Unit::Grapheme, byte).unwrap_or(TextRange::at(byte));
        let range = grapheme(from).join(grapheme(byte));
        if !range.is_empty() {
            let mut selection = Selection::new(range, Unit::Word);
            if byte < from {
                selection.swap_ends();
            }
            self.selection = Some(selection);
        }
    }

    /// The mouse button went up, or down elsewhere.
    pub fn end_drag(&mut self) {
        self.drag = None;
    }

    /// The selected words, for the footer: "2 sentences · 41 words".
    pub(super) fn selection_status(&self) -> Option<String> {
        let (open, selection) = (self.open.as_ref()?, self.selection.as_ref()?);
        let sentences = open.sentences().iter().filter(|sentence| sentence.overlaps(selection.range)).count();
        let words = crate::text::reading_time::words(open.article.body.slice(selection.range));
        Some(format!("{} · {}", count(sentences, "sentence"), count(words, "word")))
    }
}
