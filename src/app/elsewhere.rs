//! Keys that do nothing where they are pressed: it is said where they do something, and how to get there.

use crate::command::key::{Key, KeyCode};
use crate::command::{Command, Lookup, Notice, Scope, show_typed};
use crate::panes::PaneId;

use super::State;

impl State {
    /// `keys` are no command in `scope`.
    pub(super) fn tell_of_miss(&mut self, scope: Scope, keys: &[Key]) {
        // Who leaves a sequence that was begun knows it.
        let leaves = |key: &Key| key.code == KeyCode::Esc || (key.ctrl && key.code == KeyCode::Char('c'));
        let is_left = keys.len() > 1 && keys.last().is_some_and(leaves);
        if !is_left {
            let told = self.miss(scope, keys);
            self.tell(Notice::hint(told));
        }
    }

    fn miss(&self, scope: Scope, keys: &[Key]) -> String {
        let keymap = &self.shared.keymap;
        let shown = show_typed(keys);
        match scope {
            Scope::Selecting => {
                let leave = keymap.named(Command::LeaveSelection);
                return format!("{shown} does nothing while a passage is selected; {leave} leaves.");
            }
            Scope::Help => {
                return format!("{shown} does nothing in help; {} closes it.", keymap.named(Command::CloseHelp));
            }
            _ => {}
        }
        let meaning = |scope: Scope| match keymap.lookup(scope.chain(), keys) {
            Lookup::Miss => None,
            Lookup::Run(command) => Some(Some(command)),
            Lookup::Pending => Some(None),
        };
        let panes = [PaneId::Reader, PaneId::Articles, PaneId::Entities, PaneId::Bookmarks];
        let panes: Vec<(PaneId, Option<Command>)> = panes
            .into_iter()
            .filter(|pane| *pane != self.focus)
            .filter_map(|pane| Some((pane, meaning(pane.scope())?)))
            .collect();
        let place = |pane: PaneId| match self.way_to(pane) {
            Some(way) => format!("{} ({way})", pane.in_words()),
            None => pane.in_words().to_owned(),
        };
        match panes.as_slice() {
            [(pane, command), others @ ..] => {
                let what =
                    command.map_or_else(String::new, |command| format!(": {}", in_a_sentence(command.row().doc)));
                let others: Vec<String> = others.iter().map(|(pane, _)| place(*pane)).collect();
                let also = if others.is_empty() { String::new() } else { format!("; also in {}", others.join(", ")) };
                format!("{shown} works in {}{what}{also}.", place(*pane))
            }
            [] if meaning(Scope::Selecting).is_some() => {
                let select = keymap.named(Command::SelectSentence);
                let here =
                    if self.focus == PaneId::Reader { String::new() } else { format!(" in {}", place(PaneId::Reader)) };
                format!("{shown} works while a passage is selected{here}; {select} selects one.")
            }
            [] => format!("{shown} does nothing; {} shows every key.", keymap.named(Command::ShowHelp)),
        }
    }

    /// The keys that lead to a pane, if they are bound.
    fn way_to(&self, pane: PaneId) -> Option<String> {
        let place = |pane: PaneId| PaneId::ALL.iter().position(|other| *other == pane);
        let count = PaneId::ALL.len();
        let ahead = (place(pane)? + count - place(self.focus)?) % count;
        let (command, times) =
            if ahead * 2 <= count { (Command::NextPane, ahead) } else { (Command::PreviousPane, count - ahead) };
        Some(vec![self.shared.keymap.first_key(command)?; times].join(" "))
    }
}

/// A sentence of the table in the middle of another.
fn in_a_sentence(sentence: &str) -> String {
    let mut letters = sentence.trim_end_matches('.').chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::command::key::parse_keys;
    use crate::command::{Command, Keymap, Override, Scope};
    use crate::panes::PaneId;
    use crate::testing::Harness;

    #[test]
    fn the_page_has_the_focus_at_the_start_and_its_keys_work() {
        for mut harness in [Harness::edition(120, 36), Harness::reading(120, 36, "a.txt", "Title\n\nWords here. More.")]
        {
            assert_eq!(harness.state.focus, PaneId::Reader);
            harness.keys("v");
            assert_eq!(harness.state.scope(), Scope::Selecting);
            harness.keys("Esc m");
            assert!(harness.state.reader.shows_labels());
            harness.keys("Esc");
        }
        let mut harness = Harness::edition(120, 36);
        let before = harness.screen();
        harness.keys("Space");
        assert_ne!(harness.screen(), before);
        harness.keys("q");
        assert!(harness.state.quitting, "the first page is the first step");
    }

    #[test]
    fn a_key_says_where_it_works_and_how_to_get_there() {
        let mut harness = Harness::edition(160, 48);
        for (keys, told) in [
            ("h v", "v works in the page (Tab): selects the first sentence in view"),
            ("Space", "Space works in the page (Tab): turns to the next page; also in the entities (Tab Tab)."),
            ("m", "m works in the page (Tab): puts a letter on every sentence"),
            ("g o", "go works in the page (Tab): lists the headings"),
            ("d", "d works in the bookmarks (S-Tab): deletes the bookmark"),
            (
                "x",
                "x works in the entities (Tab Tab): shows or hides names that are doubtful; also in the bookmarks (S-Tab).",
            ),
            ("J", "J works while a passage is selected in the page (Tab); v selects one."),
            ("Q", "Q does nothing; ? shows every key."),
            ("l a", "a works in the articles (S-Tab): asks for a file or folder"),
            ("+", "+ works while a passage is selected; v selects one."),
            ("l A", "A works in the articles (Tab Tab): marks every listed article"),
            ("h v Tab", "Tab does nothing while a passage is selected; Esc leaves."),
        ] {
            harness.keys(keys);
            assert!(harness.footer().contains(told), "{keys}: {}", harness.footer());
        }
        harness.keys("Esc ? x");
        assert!(harness.footer().contains("x does nothing in help; q closes it."), "{}", harness.footer());
        harness.keys("q g Esc");
        assert!(!harness.footer().contains("nothing"), "{}", harness.footer());
    }

    #[test]
    fn the_keys_named_are_those_that_are_bound() {
        let mut harness = Harness::edition(160, 48);
        let own = |scope, keys: &str, command| Override { scope, keys: parse_keys(keys).unwrap(), command };
        harness.state.shared.keymap = Keymap::with_overrides(&[
            own(Scope::Global, "Tab", Some(Command::Zen)),
            own(Scope::Global, "C-n", Some(Command::NextPane)),
            own(Scope::Reader, "v", None),
            own(Scope::Reader, "S", Some(Command::SelectSentence)),
            own(Scope::Always, "?", None),
        ]);
        for (keys, told) in [
            ("h S", "S works in the page (C-n)"),
            ("J", "S selects one."),
            ("v", "v works in the bookmarks (S-Tab)"),
            ("Q", "Q does nothing; the command “help” shows every key."),
        ] {
            harness.keys(keys);
            assert!(harness.footer().contains(told), "{keys}: {}", harness.footer());
        }
    }
}
