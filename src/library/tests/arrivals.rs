//! What arrives, what stays away, and the folders it comes from.

use std::sync::Arc;

use jiff::SignedDuration;

use super::*;
use crate::article::{Arrival, Arrived, FileStamp, KnownFile, Published};
use crate::query::{Around, ArticleQuery, Condition, Order, Scope};

fn arrival(id: &str, words: &str) -> Arrival {
    Arrival { article: article(id, words).into(), words: 2, file: None }
}

fn arrive(library: &mut Library, arrival: Arrival, second: i64) -> Arrived {
    library.arrive(&[arrival], at(second)).unwrap().pop().unwrap()
}

fn entry(library: &Library, id: &str) -> Entry {
    library.reader().unwrap().entry(&SourceId::from_iri(id)).unwrap().unwrap()
}

fn remove(library: &mut Library, id: &str) {
    let state = MarkState { removed: Some(at(7)), ..MarkState::default() };
    let text = Some(entry(library, id).text);
    let mark = AbsorbedMark { id: SourceId::from_iri(id), text, line: Some("removed".into()), state, sets_place: true };
    library.absorb_marks(&[mark], &[]).unwrap();
}

fn found(library: &Library, words: &str) -> usize {
    let query = ArticleQuery { condition: Condition::words(Scope::Everywhere, words) };
    library.reader().unwrap().window(&query, Order::Newest, Around::Top, 9).unwrap().total
}

#[test]
fn what_arrives_is_unread_and_not_opened_and_its_words_are_there() {
    let mut library = Library::in_memory().unwrap();
    let many: Vec<Arrival> = (0..450).map(|n| arrival(&format!("edition:{n}"), &format!("Words {n}."))).collect();
    let arrived = library.arrive(&many, at(3)).unwrap();
    assert!(arrived.iter().all(|arrived| arrived.is_new && !arrived.was_removed && arrived.copy_of.is_none()));
    let counts = library.reader().unwrap().counts(&ArticleQuery::default()).unwrap();
    assert_eq!((counts.total, counts.unread, counts.starred), (450, 450, 0));
    let one = entry(&library, "edition:449");
    // Each came a little before the one in front of it: that is their order in the list.
    let seen = at(3) - SignedDuration::from_millis(449);
    assert_eq!((one.opened, one.first_seen, one.listed_at, one.row), (None, seen, seen, arrived[449].row));
    let listed = library.reader().unwrap().rows_matching(&ArticleQuery::default()).unwrap();
    assert_eq!(listed, arrived.iter().map(|arrived| arrived.row).collect::<Vec<_>>());
    let kept = library.reader().unwrap().article(&one.id).unwrap();
    assert_eq!(kept, Some(Article::clone(&many[449].article)));
    assert!(library.arrive(&many, at(9)).unwrap().iter().all(|arrived| !arrived.is_new));
    assert_eq!(entry(&library, "edition:449").first_seen, seen);
}

#[test]
fn it_is_listed_by_its_instant_else_its_day_and_never_in_the_future() {
    let mut library = Library::in_memory().unwrap();
    let now = 1_000_000;
    let published = |day: &str, instant| Published { day: parse_date(day).unwrap(), instant };
    let mut dated = |id: &str, published: Option<Published>| {
        let mut arrival = arrival(id, id);
        Arc::make_mut(&mut arrival.article).published = published;
        arrive(&mut library, arrival, now);
        entry(&library, id).listed_at
    };
    assert_eq!(dated("edition:instant", Some(published("2007-06-03", Some(at(500_000))))), at(500_000));
    assert_eq!(dated("edition:day", Some(published("2007-05-10", None))).to_string(), "2007-05-10T00:00:00Z");
    assert_eq!(dated("edition:none", None), at(now));
    assert_eq!(dated("edition:later", Some(published("2099-01-01", Some(at(now + 1))))), at(now));
    let story = |published| Article { published, ..article("edition:instant", "edition:instant") };
    let changed = Some(published("2007-06-02", None));
    library.record_opened(&story(changed), 1, at(now + 6)).unwrap();
    assert_eq!(entry(&library, "edition:instant").published, changed);
    assert_eq!(entry(&library, "edition:instant").listed_at.to_string(), "2007-06-02T00:00:00Z");
}

#[test]
fn a_newer_text_takes_the_place_of_the_old_and_marks_stay() {
    let mut library = Library::in_memory().unwrap();
    arrive(&mut library, arrival("edition:a", "The old words."), 0);
    let starred = MarkState { starred_at: Some(at(1)), ..MarkState::default() };
    library.absorb_marks(&[marked(&SourceId::from_iri("edition:a"), starred)], &[]).unwrap();
    let mut newer = arrival("edition:a", "The new words.");
    Arc::make_mut(&mut newer.article).title = "Corrected".into();
    assert!(!arrive(&mut library, newer.clone(), 2).is_new);
    let kept = entry(&library, "edition:a");
    assert_eq!((kept.title.as_str(), kept.starred_at), ("Corrected", Some(at(1))));
    assert_eq!(library.article(&kept.id).unwrap(), Some(Article::clone(&newer.article)));
    assert_eq!((found(&library, "corr"), found(&library, "about")), (1, 0), "the index follows");
}

#[test]
fn what_was_removed_stays_removed_until_it_is_brought_back() {
    let mut library = Library::in_memory().unwrap();
    arrive(&mut library, arrival("edition:a", "Words."), 0);
    remove(&mut library, "edition:a");
    assert_eq!((library.entries(9).unwrap().len(), found(&library, "about")), (0, 0));
    let again = arrive(&mut library, arrival("edition:a", "Other words."), 1);
    assert!(again.was_removed && !again.is_new);
    library.record_opened(&article("edition:a", "Other words."), 2, at(2)).unwrap();
    assert_eq!((library.entries(9).unwrap().len(), found(&library, "about")), (0, 0));
    assert_eq!(entry(&library, "edition:a").opened, Some(at(2)), "it can be opened all the same");
    library.absorb_marks(&[marked(&again.id, MarkState::default())], &[]).unwrap();
    assert_eq!((ids(&mut library), found(&library, "about")), (vec!["edition:a".to_owned()], 1));
}

#[test]
fn a_file_that_moved_stays_what_it_was_and_a_copy_is_told() {
    let folder = tempdir().unwrap();
    let [here, there, copy] = ["here.txt", "there.txt", "copy.txt"].map(|name| folder.path().join(name));
    let story = |path: &Path| arrival(SourceId::of_file(path).as_str(), "The same words in all.");
    let mut library = Library::in_memory().unwrap();
    fs::write(&here, "x").unwrap();
    let first = arrive(&mut library, story(&here), 0);
    library.absorb_marks(&[marked(&first.id, read(Some(at(1))))], &[]).unwrap();
    let second = arrive(&mut library, story(&copy), 2);
    assert_eq!((second.is_new, second.copy_of), (true, Some(first.id.clone())));
    assert!(entry(&library, second.id.as_str()).is_read(), "a copy begins where the other is");
    fs::write(&copy, "x").unwrap();
    remove(&mut library, first.id.as_str());
    fs::rename(&here, &there).unwrap();
    let moved = arrive(&mut library, story(&there), 3);
    assert_eq!((moved.row, moved.is_new, moved.was_removed, moved.copy_of), (first.row, false, true, None));
    assert_eq!(found(&library, "there"), 0);
    library.absorb_marks(&[marked(&moved.id, MarkState::default())], &[]).unwrap();
    assert_eq!((found(&library, "there"), found(&library, "here")), (1, 0), "it is found by its new name");
}

#[test]
fn a_file_is_known_by_what_it_was_when_it_was_read() {
    let mut library = Library::in_memory().unwrap();
    let stamp = |size| FileStamp::new(size, at(5));
    for (path, size) in [("/news/a.txt", 1), ("/news/in/ö b.txt", 2), ("/newsletter/c.txt", 3), ("/news", 4)] {
        let arrival = Arrival { file: Some(stamp(size)), ..arrival(SourceId::of_file(path).as_str(), path) };
        arrive(&mut library, arrival, 0);
    }
    library.record_opened(&article("file:///news/d.txt", "d"), 1, at(0)).unwrap();
    let mut reader = library.reader().unwrap();
    let mut known = |id: &str| {
        let known = reader.known_files(&[SourceId::from_iri(id)]).unwrap().remove(0);
        known.map(|KnownFile { file, is_removed, .. }| (file, is_removed))
    };
    assert_eq!(known(SourceId::of_file("/news/in/ö b.txt").as_str()), Some((stamp(2), false)));
    assert_eq!(known("file:///news/d.txt"), None, "it was opened, not listed");
    assert_eq!(known("file:///news/none.txt"), None);
    let changed = Arrival { file: Some(stamp(9)), ..arrival("file:///news/a.txt", "changed") };
    arrive(&mut library, changed, 1);
    let ids = ["file:///news/a.txt", "file:///newsletter/c.txt"].map(SourceId::from_iri);
    let files = library.reader().unwrap().known_files(&ids).unwrap();
    assert_eq!(files.iter().flatten().map(|known| known.file).collect::<Vec<_>>(), [stamp(9), stamp(3)]);
    remove(&mut library, "file:///news/a.txt");
    assert_eq!(known("file:///news/a.txt"), Some((stamp(9), true)));
}

#[test]
fn the_articles_under_a_folder_are_those_in_the_list() {
    let mut library = Library::in_memory().unwrap();
    let paths = ["/news/a.txt", "/news/in/ö b.txt", "/newsletter/c.txt", "/news", "/news/gone.txt"];
    let rows = paths.map(|path| arrive(&mut library, arrival(SourceId::of_file(path).as_str(), path), 0).row);
    remove(&mut library, SourceId::of_file(paths[4]).as_str());
    assert_eq!(library.rows_under(Path::new("/news")).unwrap(), rows[..2]);
    assert_eq!(library.rows_under(Path::new("/")).unwrap(), rows[..4]);
    assert!(library.rows_under(Path::new("/new")).unwrap().is_empty());
}

#[test]
fn folders_are_remembered_in_the_order_they_came() {
    use std::os::unix::ffi::OsStrExt;
    let mut library = Library::in_memory().unwrap();
    let odd = Path::new(std::ffi::OsStr::from_bytes(b"/caf\xe9"));
    library.add_folder(odd, at(1)).unwrap();
    library.add_folder(Path::new("/a"), at(2)).unwrap();
    library.add_folder(odd, at(3)).unwrap();
    assert_eq!(library.folders().unwrap(), [(odd.to_owned(), at(1)), ("/a".into(), at(2))]);
    assert!(library.remove_folder(odd).unwrap() && !library.remove_folder(odd).unwrap());
    assert_eq!(library.folders().unwrap().len(), 1);
}
