//! Bookmarks made by others that point to files on this machine.

use crate::app::Msg;
use crate::bookmark::import;
use crate::command::{Answer, BookmarkAnswer, Effect, SourceJob};
use crate::config::ColorDepth;
use crate::testing::Harness;

const RENTS: &str = "Rents slide\n\nRents fell in May. Nobody knows why.\n";

fn import(harness: &mut Harness, source: &str) {
    let text = format!(
        r#"{{"@context":"http://www.w3.org/ns/anno.jsonld","type":"Annotation","target":{{"source":"{source}",
        "selector":{{"type":"TextQuoteSelector","exact":"a secret of somebody"}}}}}}"#
    );
    let batch = import::read(&text).unwrap();
    harness.send(Msg::Answer(Answer::Bookmarks(BookmarkAnswer::Changed { records: batch.bookmarks, notices: vec![] })));
    harness.deliver_all();
}

fn opened(harness: &mut Harness, path: &str) -> usize {
    let is_it =
        |effect: &&Effect| matches!(effect, Effect::Sources(SourceJob::Open { id, .. }) if id.as_str().ends_with(path));
    harness.effects().iter().filter(is_it).count()
}

#[test]
fn a_file_that_somebody_elses_bookmark_leads_to_is_shown_before_it_is_opened() {
    let mut harness = Harness::bare(100, 30, ColorDepth::TrueColor);
    harness.start(vec![("rents.txt", RENTS)]);
    harness.deliver_all();
    import(&mut harness, "file:///home/ana/.ssh/id%1b");
    harness.keys("g B Enter");
    harness.shows("The same key again opens the file /home/ana/.ssh/id");
    assert_eq!(opened(&mut harness, "id%1b"), 0);
    harness.keys("Enter");
    assert_eq!(opened(&mut harness, "id%1b"), 1);
}

#[test]
fn to_attach_it_shows_the_file_as_well() {
    let mut harness = Harness::bare(100, 30, ColorDepth::TrueColor);
    harness.start(vec![("rents.txt", RENTS)]);
    harness.deliver_all();
    import(&mut harness, "file:///etc/motd");
    harness.keys("g B r");
    harness.shows("/etc/motd");
    assert_eq!(opened(&mut harness, "motd"), 0);
    harness.keys("r");
    assert_eq!(opened(&mut harness, "motd"), 1);
}

#[test]
fn a_file_that_was_opened_here_is_not_asked_about() {
    let mut harness = Harness::bare(100, 30, ColorDepth::TrueColor);
    harness.start(vec![("ferry.txt", "The ferry\n\nThe ferry sailed late.\n"), ("rents.txt", RENTS)]);
    harness.deliver_all();
    let address = harness.id_of("rents.txt");
    import(&mut harness, address.as_str());
    harness.keys("g B Enter");
    harness.deliver_all();
    assert_eq!(opened(&mut harness, "rents.txt"), 1);
    assert_eq!(harness.on_page(), "Rents slide");
}
