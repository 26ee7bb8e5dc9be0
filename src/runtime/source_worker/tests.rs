//! Tests of reading sources.
#![expect(clippy::disallowed_methods, reason = "lays out files to be read")]

use std::cell::RefCell;
use std::ffi::OsString;
use std::fs;
use std::path::Path;

use super::*;
use crate::io::clock;
use crate::io::sources::SourceError;
use crate::library::{Library, LibraryReader};
use crate::runtime::library_task::ListedAs;

fn lay(folder: &Path, name: &str) -> OsString {
    let path = folder.join(name);
    fs::write(&path, format!("The title of {name}\n\nThe words of {name} are few.\n")).unwrap();
    path.into_os_string()
}

/// The titles of what comes to be listed, with who asked for it; and what is told.
fn summary(outputs: Vec<SourceOutput>) -> Vec<String> {
    let line = |output| match output {
        SourceOutput::Library(LibraryTask::List { arrivals, listed_as, .. }) => {
            let titles: Vec<String> = arrivals.iter().map(|arrival| arrival.article.title.clone()).collect();
            format!("{listed_as:?}: {}", titles.join(", "))
        }
        SourceOutput::Answer(Answer::Notice(notice)) => notice.text,
        SourceOutput::Answer(Answer::Sources(SourceAnswer::Added(Err(error)))) => error,
        SourceOutput::Library(LibraryTask::AddFolder(_)) => "a folder".to_owned(),
        SourceOutput::Library(LibraryTask::EndNamed) => "no more".to_owned(),
        SourceOutput::Library(_) | SourceOutput::Answer(_) => panic!("not asked for"),
    };
    outputs.into_iter().map(line).collect()
}

fn added(source: String) -> Vec<String> {
    let mut outputs = Vec::new();
    SourceReader::default().carry_out(SourceJob::Add { source }, &mut |output| outputs.push(output));
    summary(outputs)
}

fn named(reader: &SourceReader, names: &[OsString]) -> (Vec<String>, Vec<(SourceRef, ListedAs)>) {
    let (mut outputs, aside) = (Vec::new(), RefCell::new(Vec::new()));
    reader.read_named(names, &|source, listed_as| aside.borrow_mut().push((source, listed_as)), &mut |output| {
        outputs.push(output);
    });
    (summary(outputs), aside.into_inner())
}

#[test]
fn the_first_article_that_was_named_comes_before_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b, c] = ["a.txt", "b.txt", "c.txt"].map(|name| lay(folder.path(), name));
    let none = folder.path().join("none.txt").into_os_string();
    let (outputs, aside) = named(&SourceReader::default(), &[none, a, b, c]);
    assert!(aside.is_empty());
    assert_eq!(outputs.len(), 4, "{outputs:?}");
    assert_eq!(outputs[0], "Named: The title of a.txt");
    assert!(outputs[1].contains("none.txt"), "{outputs:?}");
    assert_eq!(outputs[2..], ["More: The title of b.txt, The title of c.txt", "no more"]);
}

#[test]
fn what_may_take_for_ever_is_put_aside_and_the_others_do_not_wait() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    crate::testing::make_pipe(&pipe);
    let a = lay(folder.path(), "a.txt");
    let (outputs, aside) = named(&SourceReader::default(), &[pipe.clone().into_os_string(), a, "-".into()]);
    assert_eq!(outputs, ["More: The title of a.txt", "no more"]);
    assert_eq!(aside, [(SourceRef::File(pipe), ListedAs::Named), (SourceRef::Stdin, ListedAs::More)]);
}

#[test]
fn what_only_the_library_has_is_opened_from_there() {
    let folder = tempfile::tempdir().unwrap();
    let a = lay(folder.path(), "a.txt");
    for id in ["entry:0123", "urn:sha-256:0123"] {
        let mut outputs = Vec::new();
        SourceReader::default().carry_out(SourceJob::Add { source: id.to_owned() }, &mut |output| outputs.push(output));
        let opens = |output: &SourceOutput| matches!(output, SourceOutput::Answer(Answer::Sources(SourceAnswer::Page(page))) if page.as_str() == id);
        assert!(matches!(outputs.as_slice(), [output] if opens(output)), "{id}");
        let mut outputs = Vec::new();
        SourceReader::default().read_named(&[id.into(), a.clone(), "entry:9".into()], &|_, _| {}, &mut |output| {
            outputs.push(output);
        });
        assert!(opens(&outputs[0]) && outputs.len() == 3, "{id}");
    }
}

#[test]
fn nothing_named_that_is_an_article_is_said_too() {
    let (outputs, _) = named(&SourceReader::default(), &["/there/is/none.txt".into()]);
    assert_eq!(outputs[0], "Named: ");
    assert_eq!(outputs.len(), 3);
}

#[test]
fn a_folder_is_remembered_and_added_in_batches_without_naming_its_files() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..41 {
        lay(folder.path(), &format!("{number:02}.txt"));
    }
    let mut outputs = Vec::new();
    let source = folder.path().to_str().unwrap().to_owned();
    SourceReader::default().carry_out(SourceJob::Add { source }, &mut |output| outputs.push(output));
    let real = fs::canonicalize(folder.path()).unwrap();
    assert!(matches!(&outputs[0], SourceOutput::Library(LibraryTask::AddFolder(path)) if *path == real));
    let mut lists: Vec<_> = outputs
        .into_iter()
        .filter_map(|output| match output {
            SourceOutput::Library(LibraryTask::List { arrivals, listed_as, named, at }) => {
                assert!(!named && arrivals.iter().all(|arrival| arrival.file.is_some()));
                Some((at, arrivals, listed_as))
            }
            _ => None,
        })
        .collect();
    // The first comes last, with the number of all; by their times they are in order.
    assert!(matches!(&lists.last().unwrap().2, ListedAs::Added { count: 41, folder: Some(_) }));
    lists.sort_by_key(|(at, ..)| std::cmp::Reverse(*at));
    let titles: Vec<String> =
        lists.iter().flat_map(|(_, arrivals, _)| arrivals).map(|arrival| arrival.article.title.clone()).collect();
    let expected: Vec<String> = (0..41).map(|number| format!("The title of {number:02}.txt")).collect();
    assert_eq!(titles, expected);
}

#[test]
fn a_file_that_is_named_and_files_of_a_folder_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("in");
    fs::create_dir(&inside).unwrap();
    let [a, c] = ["a.txt", "c.txt"].map(|name| lay(folder.path(), name));
    lay(&inside, "b.txt");
    let mut lists = Vec::new();
    let aside = |source, _| panic!("{source:?} may take for ever");
    SourceReader::default().read_named(&[a, inside.into_os_string(), c], &aside, &mut |output| {
        if let SourceOutput::Library(LibraryTask::List { arrivals, named, .. }) = output {
            lists.push((arrivals.len(), named));
        }
    });
    assert_eq!(lists, [(1, true), (1, false), (1, true)]);
}

#[test]
fn a_folder_that_is_looked_into_again_gives_what_is_new_or_changed() {
    let folder = tempfile::tempdir().unwrap();
    let look = |library: &Mutex<LibraryReader>| {
        let mut outputs = Vec::new();
        SourceReader::default().look_again(folder.path(), library, &mut |output| outputs.push(output)).unwrap();
        outputs
    };
    let mut library = Library::in_memory().unwrap();
    let reader = Mutex::new(library.reader().unwrap());
    assert!(look(&reader).is_empty(), "an empty folder is as good as any");
    let [a, _] = ["a.txt", "b.txt"].map(|name| lay(folder.path(), name));
    // A link in the folder leads to a file elsewhere, whose article has the address of that.
    let elsewhere = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(lay(elsewhere.path(), "c.txt"), folder.path().join("c.txt")).unwrap();
    for output in look(&reader) {
        let SourceOutput::Library(LibraryTask::List { arrivals, listed_as, named: false, .. }) = output else {
            panic!("not asked for");
        };
        assert_eq!(listed_as, ListedAs::FoundAgain);
        library.arrive(&arrivals, clock::now()).unwrap();
    }
    assert!(look(&reader).is_empty(), "nothing has changed");
    fs::write(a, "Another title\n\nOther words.\n").unwrap();
    assert_eq!(summary(look(&reader)), ["FoundAgain: Another title"]);
    fs::remove_file(folder.path().join("b.txt")).unwrap();
    assert_eq!(summary(look(&reader)), ["FoundAgain: Another title"]);
    let gone = folder.path().join("none");
    let error = SourceReader::default().look_again(&gone, &reader, &mut |_| panic!("nothing to give")).unwrap_err();
    assert!(matches!(error, LookError::Source(SourceError::NotFound { .. })), "{error}");
}

#[test]
fn what_cannot_be_read_of_a_folder_is_told_by_reason() {
    let folder = tempfile::tempdir().unwrap();
    lay(folder.path(), "a.txt");
    for number in 0..5 {
        fs::write(folder.path().join(format!("{number}.txt")), "").unwrap();
    }
    let told = added(folder.path().to_str().unwrap().to_owned());
    let last = "5 files left out: there are no words in it (0.txt, 1.txt, 2.txt, 2 more).";
    assert_eq!(told.last().map(String::as_str), Some(last), "{told:?}");
    fs::remove_file(folder.path().join("a.txt")).unwrap();
    assert_eq!(added(folder.path().to_str().unwrap().to_owned()).last().map(String::as_str), Some(last));
}

#[test]
fn standard_input_is_not_read_while_keys_are() {
    let outputs = added("-".to_owned());
    assert!(matches!(outputs.as_slice(), [told] if told.contains("only at the start")), "{outputs:?}");
}

#[test]
fn the_article_named_first_is_opened_without_being_read_again_but_only_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = lay(folder.path(), "a.txt");
    let reader = SourceReader::default();
    named(&reader, std::slice::from_ref(&file));
    let id = SourceId::of_file(&fs::canonicalize(&file).unwrap());
    fs::write(&file, "Another title\n\nOther words.\n").unwrap();
    assert_eq!(reader.read(&id, false).unwrap().article.title, "The title of a.txt");
    assert_eq!(reader.read(&id, false).unwrap().article.title, "Another title");
}
