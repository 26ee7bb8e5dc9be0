//! Sources of every kind a command line can name.
#![expect(clippy::disallowed_methods, reason = "lays out files to be named")]

use std::os::unix::fs::{PermissionsExt, symlink};

use tempfile::{TempDir, tempdir};

use super::folder::MAX_FILES;
use super::*;
use crate::testing::make_pipe;

fn folder_with(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn found(folder: &Path) -> Vec<String> {
    let name = |source: &SourceRef| match source {
        SourceRef::Found(path) => path.strip_prefix(folder).unwrap().to_string_lossy().into_owned(),
        other => panic!("{other:?}"),
    };
    resolve(folder.as_os_str()).unwrap().sources.iter().map(name).collect()
}

fn failure(path: &Path) -> SourceError {
    resolve(path.as_os_str()).and_then(|resolved| read(&resolved.sources[0])).unwrap_err()
}

#[test]
fn names_that_are_no_files() {
    let one = |name: &str| resolve(name.as_ref()).unwrap().sources.remove(0);
    assert_eq!(one("-"), SourceRef::Stdin);
    assert_eq!(one("edition:welcome"), SourceRef::Edition("welcome".into()));
    for url in ["https://example.org/a", "HTTP://EXAMPLE.ORG"] {
        assert_eq!(one(url), SourceRef::Web(url.to_owned()));
    }
    assert_eq!(one("www.example.org/a?b"), SourceRef::Web("https://www.example.org/a?b".to_owned()));
    for url in ["https://", "http://a b/", "https:///etc/passwd"] {
        let error = resolve(url.as_ref()).unwrap_err();
        assert!(matches!(&error, SourceError::WebAddress(_)) && error.hint().is_some(), "{url}");
    }
}

#[test]
fn a_file_has_its_real_path_as_id_whatever_it_was_called() {
    let folder = folder_with(&[("Clippings/Büro 1.txt", b"words")]);
    let real = fs::canonicalize(folder.path().join("Clippings/Büro 1.txt")).unwrap();
    let link = folder.path().join("link.md");
    symlink(&real, &link).unwrap();
    let id = SourceId::of_file(&real);
    for (path, name) in [(&real, "Büro 1.txt"), (&link, "link.md"), (&PathBuf::from(id.as_str()), "Büro 1.txt")] {
        let source = read(&resolve(path.as_os_str()).unwrap().sources[0]).unwrap();
        assert_eq!((source.bytes.as_slice(), source.name.as_str()), (b"words".as_slice(), name));
        assert_eq!(source.id.as_ref(), Some(&id));
        assert!(source.modified.is_some());
    }
    assert_eq!(SourceRef::from_id(&id), Some(SourceRef::Found(real)));
}

#[test]
fn a_folder_gives_its_texts_by_name_then_those_inside() {
    let folder = folder_with(&[
        ("b.txt", b"b"),
        ("A.MD", b"a"),
        ("README", b"plain words"),
        ("program", b"\x7fELF\0\0\0"),
        ("utf16", b"\xff\xfea\0"),
        ("picture.png", b"words"),
        (".hidden.txt", b"h"),
        (".git/HEAD", b"ref"),
        ("2007/05/c.text", b"c"),
        ("2006/d.rst", b"d"),
        ("1/2/3/4/5/e.txt", b"deep enough"),
        ("1/2/3/4/5/6/f.txt", b"too deep"),
    ]);
    symlink(folder.path(), folder.path().join("2006/circle")).unwrap();
    symlink(folder.path().join("nowhere"), folder.path().join("broken.txt")).unwrap();
    let wanted = ["A.MD", "README", "b.txt", "utf16", "1/2/3/4/5/e.txt", "2006/d.rst", "2007/05/c.text"];
    assert_eq!(found(folder.path()), wanted);
}

#[test]
fn a_folder_without_texts_says_what_texts_are() {
    let folder = folder_with(&[("picture.png", b"x")]);
    let error = failure(folder.path());
    assert!(matches!(error, SourceError::EmptyFolder { .. }));
    assert!(error.hint().unwrap().contains(".txt"));
}

#[test]
fn files_and_folders_go_by_the_numbers_in_their_names() {
    let folder = folder_with(&[("part 10.txt", b"x"), ("part 2.txt", b"x"), ("part 1.txt", b"x")]);
    for inside in ["10", "9"] {
        fs::create_dir(folder.path().join(inside)).unwrap();
        fs::write(folder.path().join(inside).join("a.txt"), "x").unwrap();
    }
    let name = |source: &SourceRef| source.shown().strip_prefix(folder.path().to_str().unwrap()).unwrap().to_owned();
    let names: Vec<String> = resolve(folder.path().as_os_str()).unwrap().sources.iter().map(name).collect();
    assert_eq!(names, ["/part 1.txt", "/part 2.txt", "/part 10.txt", "/9/a.txt", "/10/a.txt"]);
}

#[test]
fn of_very_many_files_the_first_are_opened_and_it_is_said() {
    let folder = tempdir().unwrap();
    for number in 0..=MAX_FILES {
        fs::write(folder.path().join(format!("{number:05}.txt")), "").unwrap();
    }
    let resolved = resolve(folder.path().as_os_str()).unwrap();
    assert_eq!(resolved.sources.len(), MAX_FILES);
    assert_eq!(resolved.left_out, [SourceError::TooMany { path: folder.path().to_owned(), opened: MAX_FILES }]);
}

#[test]
fn a_missing_file_brings_up_the_one_that_was_meant() {
    let folder = folder_with(&[("interview.txt", b"x"), ("report.txt", b"x")]);
    let error = failure(&folder.path().join("Interveiw.txt"));
    assert!(error.hint().unwrap().ends_with("interview.txt?"), "{error:?}");
    assert_eq!(failure(&folder.path().join("zebra.txt")).hint(), None);
    assert!(matches!(failure(&folder.path().join("report.txt/1")), SourceError::NotFound { .. }));
    assert!(matches!(failure(&folder.path().join("no/such/folder")), SourceError::NotFound { similar: None, .. }));
    assert!(matches!(failure(Path::new("")), SourceError::NotFound { .. }));
}

#[cfg(unix)]
#[test]
fn a_link_to_nothing_is_not_taken_for_its_own_misspelling() {
    let folder = folder_with(&[("report.txt", b"x")]);
    let link = folder.path().join("reports.txt");
    std::os::unix::fs::symlink("nowhere.txt", &link).unwrap();
    let error = failure(&link);
    assert_eq!((&error, error.kind()), (&SourceError::DeadLink(link), "not-found"));
    assert!(error.to_string().ends_with("reports.txt is a link to what is not there"), "{error}");
}

#[test]
fn an_address_of_any_kind_is_no_missing_file() {
    for (address, hint) in [
        ("ftp://host.example/a.txt", "`curl -sL ftp://host.example/a.txt | dateline -`"),
        ("feed:https://host.example/a.txt", "`curl -sL https://host.example/a.txt | dateline -`"),
        ("feed://host.example/a.txt", "`curl -sL https://host.example/a.txt | dateline -`"),
        ("//host.example/a.txt", "`curl -sL https://host.example/a.txt | dateline -`"),
        ("gemini://host.example/a", "`COMMAND | dateline -`"),
    ] {
        let error = failure(Path::new(address));
        assert!(matches!(error, SourceError::WebAddress(_)), "{error:?}");
        assert!(error.hint().unwrap().ends_with(hint), "{:?}", error.hint());
    }
    for file in ["//nowhere/a.txt", "a: b.txt", "notes://", "file:///nowhere"] {
        assert!(matches!(failure(Path::new(file)), SourceError::NotFound { .. }), "{file}");
    }
}

#[test]
fn messages_carry_no_escape_sequences() {
    let error = failure(Path::new("evil\u{1b}[2J\nname\u{202e}.txt"));
    assert!(!error.to_string().chars().any(|c| c.is_control() || c == '\u{202e}'), "{error}");
}

#[test]
fn devices_are_refused_without_being_read() {
    for device in ["/dev/zero", "/dev/null"] {
        assert_eq!(failure(Path::new(device)), SourceError::Device(device.into()));
    }
}

#[test]
fn a_named_pipe_is_read_to_its_end() {
    let folder = tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    make_pipe(&pipe);
    let writer = {
        let pipe = pipe.clone();
        std::thread::Builder::new().spawn(move || fs::write(pipe, "through the pipe").unwrap()).unwrap()
    };
    let source = read(&SourceRef::File(pipe)).unwrap();
    writer.join().unwrap();
    assert_eq!((source.bytes.as_slice(), source.id), (b"through the pipe".as_slice(), None));
}

#[test]
fn a_pipe_that_nobody_named_is_not_waited_for() {
    let folder = folder_with(&[("a.txt", b"words")]);
    let pipe = folder.path().join("b.txt");
    make_pipe(&pipe);
    assert_eq!(found(folder.path()), ["a.txt"]);
    let noted = SourceRef::from_id(&SourceId::of_file(&pipe)).unwrap();
    let error = read(&noted).unwrap_err();
    assert_eq!(error, SourceError::Pipe(pipe));
    assert!(error.to_string().contains("b.txt") && error.hint().is_some());
    let endless = SourceRef::from_id(&SourceId::from_iri("file:///dev/zero")).unwrap();
    assert!(matches!(read(&endless), Err(SourceError::Device(_))));
}

#[test]
fn a_file_whose_name_is_no_text_has_an_id_that_leads_back_to_it() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempdir().unwrap();
    let path = folder.path().join(OsStr::from_bytes(b"caf\xe9.txt"));
    if fs::write(&path, "words").is_err() {
        // Some systems (macOS) have no such names.
        return;
    }
    let source = read(&resolve(path.as_os_str()).unwrap().sources[0]).unwrap();
    let id = source.id.unwrap();
    assert!(id.as_str().ends_with("/caf%E9.txt"), "{id}");
    assert_eq!(read(&SourceRef::from_id(&id).unwrap()).unwrap().bytes, b"words");
}

#[test]
fn a_file_over_the_limit_is_refused_by_its_size_and_a_stream_by_its_length() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("huge.txt");
    fs::File::create(&path).unwrap().set_len(LARGEST + 1).unwrap();
    assert_eq!(failure(&path), SourceError::TooLarge(path.clone()));
    assert_eq!(read_to_end(io::repeat(b'x'), &path), Err(SourceError::TooLarge(path.clone())));
    assert_eq!(read_to_end(io::repeat(b'x').take(LARGEST), &path).unwrap().len() as u64, LARGEST);
}

#[test]
fn what_may_not_be_read_is_named() {
    let folder = folder_with(&[("locked/a.txt", b"x"), ("open.txt", b"x"), ("secret.txt", b"x")]);
    let (locked, secret) = (folder.path().join("locked"), folder.path().join("secret.txt"));
    for path in [&locked, &secret] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o000)).unwrap();
    }
    // The administrator may read everything, so there is nothing to see.
    if fs::read_dir(&locked).is_err() {
        assert_eq!(failure(&secret), SourceError::Denied(secret));
        assert_eq!(failure(&locked), SourceError::Denied(locked.clone()));
        let resolved = resolve(folder.path().as_os_str()).unwrap();
        assert_eq!(resolved.left_out, [SourceError::Denied(locked.clone())]);
    }
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn the_edition_is_not_outside() {
    assert_eq!(read(&SourceRef::Edition("a".into())).unwrap_err(), SourceError::Edition("a".into()));
}

#[test]
fn the_parts_of_a_saved_page_are_no_articles() {
    let folder = folder_with(&[
        ("tides.html", b"<p>Words."),
        ("tides_files/frame.html", b"<p>Buy."),
        ("tides_files/style.txt", b"x"),
        ("old_files/letter.htm", b"<p>Words."),
    ]);
    assert_eq!(found(folder.path()), ["tides.html", "old_files/letter.htm"]);
}
