//! How the screen was left is how it is found.

use super::everything::everything;
use super::long_text;
use crate::app::Msg;
use crate::command::{Answer, BookmarkJob, Effect, ListAnswer};
use crate::config::{ColorDepth, RememberedChoices, Settings};
use crate::panes::PaneId;
use crate::testing::Harness;

/// What was handed out last to be remembered, and how often something was.
fn kept(harness: &mut Harness) -> (Option<RememberedChoices>, usize) {
    let kept = harness.effects().into_iter().filter_map(|effect| match effect {
        Effect::Bookmarks(BookmarkJob::KeepView(text)) => Some(RememberedChoices::from_toml(&text).unwrap()),
        _ => None,
    });
    let kept: Vec<RememberedChoices> = kept.collect();
    (kept.last().cloned(), kept.len())
}

fn next(settings: &Settings, remembered: Option<RememberedChoices>) -> Harness {
    let mut harness = Harness::configured(160, 50, ColorDepth::TrueColor, settings.clone(), remembered);
    harness.start(vec![("walk.txt", &long_text())]);
    harness.deliver_all();
    harness
}

#[test]
fn measure_zen_hidden_kinds_and_doubtful_names_are_as_they_were_left() {
    let mut harness = everything();
    harness.keys("> > Tab x 2 8 Tab Tab Tab z");
    let view = harness.state.shared.view.clone();
    assert!(view.zen && view.hides_doubtful && view.measure == 74 && !view.hidden_kinds.is_empty(), "{view:?}");
    let (left, _) = kept(&mut harness);
    let mut again = next(&Settings::default(), left);
    assert_eq!(again.state.shared.view, view);
    assert_eq!(kept(&mut again).1, 0, "nothing has changed");
    again.hides("Entities");
    // Nothing in this article is doubtful, so that choice stays as it was.
    again.keys("z Tab x 2 8");
    let (left, _) = kept(&mut again);
    assert_eq!(
        left.unwrap().to_toml().lines().filter(|line| line.contains(" = ")).count(),
        2,
        "measure and doubtful names"
    );
}

#[test]
fn what_changes_nothing_is_not_written_and_what_is_taken_back_is() {
    let mut harness = next(&Settings::default(), Some(RememberedChoices::default()));
    harness.keys("j Space h j Tab v Esc");
    assert_eq!(kept(&mut harness), (None, 0));
    harness.keys(">");
    assert_eq!(kept(&mut harness).1, 1);
    harness.keys("<");
    assert_eq!(kept(&mut harness), (Some(RememberedChoices::default()), 1));
    let mut broken = next(&Settings::default(), None);
    assert_eq!(kept(&mut broken), (Some(RememberedChoices::default()), 1), "a broken file is written anew");
}

#[test]
fn a_setting_that_is_changed_later_wins_and_the_other_choices_stay() {
    let mut harness = next(&Settings::default(), Some(RememberedChoices::default()));
    harness.keys("> Tab 1");
    let (left, _) = kept(&mut harness);
    let mut wide = Settings::default();
    wide.measure = 100;
    let mut again = next(&wide, left);
    assert_eq!(again.state.shared.view.measure, 100);
    assert!(!again.state.shared.view.hidden_kinds.is_empty());
    // The choice that was overruled is forgotten: it does not come back with the old setting.
    let (left, _) = kept(&mut again);
    assert_eq!(next(&Settings::default(), left).state.shared.view.measure, 66);
}

#[test]
fn kinds_that_are_listed_together_are_hidden_together_however_they_were_configured() {
    let mut settings = Settings::default();
    settings.hidden_kinds = vec!["money".to_owned()];
    let mut harness = next(&settings, Some(RememberedChoices::default()));
    assert_eq!(kept(&mut harness).1, 0);
    assert_eq!(harness.state.shared.view.hidden_kinds.len(), 3, "all amounts");
    harness.keys("Tab 9");
    assert!(harness.state.shared.view.hidden_kinds.is_empty());
    let (left, _) = kept(&mut harness);
    assert!(next(&settings, left).state.shared.view.hidden_kinds.is_empty());
}

#[test]
fn the_page_is_not_alone_where_there_is_none() {
    let zen = RememberedChoices::from_toml("zen = true").unwrap();
    let mut harness = Harness::configured(120, 40, ColorDepth::TrueColor, Settings::default(), Some(zen));
    assert!(harness.state.shared.view.zen);
    harness.send(Msg::Answer(Answer::List(ListAnswer::Start(Box::default()))));
    assert!(!harness.state.shared.view.zen);
    assert_eq!(harness.state.focus, PaneId::Reader);
    harness.shows("Articles 0");
}
