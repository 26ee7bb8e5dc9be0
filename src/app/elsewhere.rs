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
        let key = |command| keymap.named(command);
        let here = match scope {
            Scope::Selecting => {
                let leave = key(Command::LeaveSelection);
                Some(format!("{shown} does nothing while a passage is selected; {leave} leaves."))
            }
            Scope::Help => Some(format!("{shown} does nothing in help; {} closes it.", key(Command::CloseHelp))),
            _ => None,
        };
        match (here, self.works(scope, keys)) {
            (Some(here), Some(works)) => format!("{here} It works {works}."),
            (Some(here), None) => here,
            (None, Some(works)) => format!("{shown} works {works}."),
            (None, None) => format!("{shown} does nothing; {} shows every key.", key(Command::ShowHelp)),
        }
    }

    /// Where else than in `scope` the keys work, and what they do there.
    fn works(&self, scope: Scope, keys: &[Key]) -> Option<String> {
        let keymap = &self.shared.keymap;
        // What has to be left first takes the keys that lead to another pane, too.
        let is_left_first = matches!(scope, Scope::Selecting | Scope::Help);
        let meaning = |scope: Scope| match keymap.lookup(scope.chain(), keys) {
            Lookup::Miss => None,
            Lookup::Run(command) => Some(Some(command)),
            Lookup::Pending => Some(None),
        };
        let mut panes = PaneId::ALL;
        // Most that is pressed elsewhere is meant for the page.
        panes.sort_by_key(|pane| *pane != PaneId::Reader);
        let panes: Vec<(PaneId, Option<Command>)> = panes
            .into_iter()
            .filter(|pane| is_left_first || *pane != self.focus || scope == Scope::Sources)
            .filter_map(|pane| Some((pane, meaning(pane.scope())?)))
            .collect();
        let place = |pane: PaneId| match self.way_to(pane).filter(|_| !is_left_first) {
            Some(way) => format!("{} ({way})", pane.in_words()),
            None => pane.in_words().to_owned(),
        };
        let does = |command: Option<Command>| {
            command.map_or_else(String::new, |command| format!(": {}", in_a_sentence(command.row().doc)))
        };
        if let [(_, command), others @ ..] = panes.as_slice()
            && panes.len() == PaneId::ALL.len()
            && others.iter().all(|(_, other)| other == command)
        {
            return Some(format!("in every pane{}", does(*command)));
        }
        if let [(pane, command), others @ ..] = panes.as_slice() {
            let others: Vec<String> = others.iter().map(|(pane, _)| place(*pane)).collect();
            let also = if others.is_empty() { String::new() } else { format!("; also in {}", others.join(", ")) };
            return Some(format!("in {}{}{also}", place(*pane), does(*command)));
        }
        if meaning(Scope::Selecting).is_some() && scope != Scope::Selecting {
            let select = keymap.named(Command::SelectSentence);
            let is_here = is_left_first || self.focus == PaneId::Reader;
            let page = if is_here { String::new() } else { format!(" in {}", place(PaneId::Reader)) };
            return Some(format!("while a passage is selected{page}; {select} selects one"));
        }
        let is_in_sources =
            |command: Option<Command>| command.is_none_or(|command| command.row().scope == Scope::Sources);
        if let Some(command) =
            meaning(Scope::Sources).filter(|command| scope != Scope::Sources && is_in_sources(*command))
        {
            let show = keymap.named(Command::ShowSources);
            let is_here = is_left_first || self.focus == PaneId::Articles;
            let articles = if is_here { String::new() } else { format!(" in {}", place(PaneId::Articles)) };
            return Some(format!("in the list of sources{}; {show}{articles} shows it", does(command)));
        }
        let modes =
            [(Scope::Help, "in help"), (Scope::Picker, "in a list to pick from"), (Scope::Prompt, "while typing")];
        // The narrowest first: what works while typing works in a list to pick from, too.
        let modes = modes.into_iter().filter(|(mode, _)| *mode != scope);
        let mut modes = modes.filter_map(|(mode, words)| Some((meaning(mode)?, mode, words)));
        let found = modes.find(|(command, mode, _)| command.is_none_or(|command| command.row().scope == *mode));
        found.map(|(command, _, words)| format!("{words}{}", does(command)))
    }

    /// The keys that lead to a pane, if they are bound; to the articles from the sources, which stand in their place.
    fn way_to(&self, pane: PaneId) -> Option<String> {
        if pane == self.focus {
            return self.shared.keymap.first_key(Command::CloseSources);
        }
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
    use crate::command::{Command, Keymap, Lookup, Override, Scope, TABLE};
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
            ("w", "w works in the entities (Tab Tab): tells why a mention belongs to the entity"),
            ("m", "m works in the page (Tab): puts a letter on every sentence"),
            ("g o", "go works in the page (Tab): lists the headings"),
            ("d", "d works in the bookmarks (S-Tab): deletes the bookmark"),
            ("J", "J works while a passage is selected in the page (Tab); v selects one."),
            ("Q", "Q does nothing; ? shows every key."),
            ("l a", "a works in the articles (S-Tab): asks for a file, a folder, a page or a feed and adds it"),
            ("x", "x works in the articles (S-Tab): selects the article, to mark several at once"),
            ("+", "+ works while a passage is selected; v selects one."),
            ("l A", "A works in the articles (Tab Tab): marks every listed article"),
            (
                "p",
                "p works in the list of sources: pauses the feed, or resumes it; F in the articles (Tab Tab) shows it.",
            ),
            ("h h F x", "x works in the articles (F): selects the article, to mark several at once"),
            ("F p", "p works in the list of sources: pauses the feed, or resumes it; F shows it."),
            ("l v Tab", "Tab does nothing while a passage is selected; Esc leaves."),
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
            own(Scope::Reader, "Z", Some(Command::SelectSentence)),
            own(Scope::Always, "?", None),
        ]);
        for (keys, told) in [
            ("h Z", "Z works in the page (C-n)"),
            ("J", "Z selects one."),
            ("v", "v works in the bookmarks (S-Tab)"),
            ("Q", "Q does nothing; the command “help” shows every key."),
        ] {
            harness.keys(keys);
            assert!(harness.footer().contains(told), "{keys}: {}", harness.footer());
        }
    }

    /// What a notice may call the places where the keys of a scope work.
    fn places(scope: Scope) -> Vec<&'static str> {
        let panes = [&PaneId::ALL.map(PaneId::in_words)[..], &["every pane"]].concat();
        match scope {
            Scope::Articles | Scope::Reader | Scope::Entities | Scope::Bookmarks => {
                PaneId::of(scope).map(PaneId::in_words).into_iter().chain(["every pane"]).collect()
            }
            Scope::Sources => [&panes[..], &["the list of sources"]].concat(),
            Scope::List => vec!["the articles", "the entities", "the bookmarks", "every pane"],
            Scope::Global | Scope::Always | Scope::Terminal => vec!["every pane"],
            // What also works in a pane is said to work there.
            Scope::Selecting => [&panes[..], &["while a passage is selected"]].concat(),
            Scope::Help => [&panes[..], &["while a passage is selected", "in help"]].concat(),
            Scope::Picker | Scope::Prompt => {
                [&panes[..], &["while a passage is selected", "in help", "in a list to pick from", "while typing"]]
                    .concat()
            }
        }
    }

    #[test]
    fn every_key_of_every_scope_says_where_it_works_wherever_it_does_not() {
        let mut missed = 0;
        for (to_focus, scope) in [
            ("h", Scope::Articles),
            ("", Scope::Reader),
            ("l", Scope::Entities),
            ("g B", Scope::Bookmarks),
            ("v", Scope::Selecting),
            ("?", Scope::Help),
        ] {
            let mut start = Harness::reading(160, 48, "a.txt", "Title\n\nWords here. More of them.");
            if !to_focus.is_empty() {
                start.keys(to_focus);
            }
            assert_eq!(start.state.scope(), scope);
            for row in TABLE {
                for keys in row.keys.iter().map(|keys| parse_keys(keys).unwrap()) {
                    // The keys up to the one that decides.
                    let lookup = |typed: usize| start.state.shared.keymap.lookup(scope.chain(), &keys[..typed]);
                    let Some(typed) = (1..=keys.len()).find(|typed| lookup(*typed) != Lookup::Pending) else {
                        continue;
                    };
                    if lookup(typed) != Lookup::Miss {
                        continue;
                    }
                    missed += 1;
                    let mut harness = start.clone();
                    keys[..typed].iter().for_each(|key| harness.press(*key));
                    let told: Vec<&str> = harness.state.notices.iter().map(|notice| notice.text.as_str()).collect();
                    let says = |place: &&str| told.iter().any(|line| line.contains(place));
                    assert!(places(row.scope).iter().any(says), "{} in {}: {told:?}", row.id, scope.id());
                }
            }
        }
        assert!(missed > 200, "{missed}");
    }
}
