//! Where a link of the open article leads: to a place in it, to another article, or out of the program.

use std::path::{Component, Path, PathBuf};

use crate::article::address::{WebAddress, is_web, percent_decoded, split_scheme};
use crate::article::{Article, BlockKind, SourceId, TextRange};
use crate::command::{DeskJob, Effect, Notice, TerminalJob};
use crate::panes::{Ask, Goal};
use crate::text::sanitize::one_line;

use super::Reader;
use super::labels::Verb;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Destination {
    /// To this place of the same article.
    Place(TextRange),
    /// To a place of the same article that its words do not name.
    Unnamed,
    /// To a page of the web.
    Page(String),
    /// To a file of this machine.
    File(PathBuf),
    /// To somebody's mailbox.
    Mail(String),
    /// To something that is not opened.
    Elsewhere(String),
    /// A page of the web names a file of this machine, which it has no business with.
    Trespass,
}

impl Reader {
    /// Does something with a link of the open article.
    pub(super) fn with_link(&mut self, link: &str, verb: Verb) -> Vec<Ask> {
        let Some(open) = &self.open else { return Vec::new() };
        let destination = destination(&open.article, link);
        let address = match &destination {
            Destination::Page(address) | Destination::Mail(address) => address.clone(),
            Destination::File(path) => path.to_string_lossy().into_owned(),
            _ => link.to_owned(),
        };
        let told = one_line(&address);
        let ask = match (verb, destination) {
            (Verb::Copy, _) => {
                let done = format!("Copied {told}.");
                Ask::Do(Effect::Terminal(TerminalJob::Copy { text: address, done }))
            }
            (_, Destination::Mail(_)) | (Verb::Browse, Destination::Page(_)) => {
                Ask::Do(Effect::Desk(DeskJob::OpenUrl(address)))
            }
            (_, Destination::Page(address)) => Ask::Open(SourceId::from_iri(address), Goal::Kept),
            (_, Destination::File(path)) => Ask::Open(SourceId::of_file(&path), Goal::Kept),
            (_, Destination::Place(range)) => {
                self.go_to_place(range);
                return Vec::new();
            }
            (_, Destination::Unnamed) => Ask::Tell(Notice::hint("The link leads to a place here that has no heading.")),
            (_, Destination::Elsewhere(_)) => {
                Ask::Tell(Notice::hint(format!("{told} is not opened; f and y before the letter copies it.")))
            }
            (_, Destination::Trespass) => {
                Ask::Tell(Notice::hint(format!("A page of the web may not open files of this machine: {told}.")))
            }
        };
        vec![ask]
    }

    /// Puts a place at the top of the window.
    fn go_to_place(&mut self, range: TextRange) {
        if let Some(open) = &mut self.open {
            let line = open.page().line_of(range.start);
            open.scroll_to(line);
        }
    }
}

/// Where a link of an article leads.
fn destination(article: &Article, link: &str) -> Destination {
    let own = article.url.as_deref().or(Some(article.id.as_str())).and_then(WebAddress::parse);
    let (page, fragment) = link.split_once('#').map_or((link, None), |(page, fragment)| (page, Some(fragment)));
    let is_here = page.is_empty() || own.as_ref().is_some_and(|own| leads_to(own, page));
    if let Some(fragment) = fragment.filter(|_| is_here) {
        return place(article, fragment).map_or(Destination::Unnamed, Destination::Place);
    }
    if let Some((scheme, rest)) = split_scheme(link) {
        return match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" if is_web(link) => Destination::Page(link.to_owned()),
            // What stands behind the question mark could be files to send.
            "mailto" => Destination::Mail(format!("mailto:{}", rest.split('?').next().unwrap_or_default())),
            "file" if article.id.file_path().is_none() => Destination::Trespass,
            "file" => SourceId::from_iri(page)
                .file_path()
                .map_or_else(|| Destination::Elsewhere(link.to_owned()), |path| Destination::File(without_dots(&path))),
            _ => Destination::Elsewhere(link.to_owned()),
        };
    }
    match (own, article.id.file_path()) {
        (Some(own), _) => {
            let joined = own.join(link).filter(|joined| is_web(joined));
            joined.map_or_else(|| Destination::Elsewhere(link.to_owned()), Destination::Page)
        }
        (None, Some(file)) => {
            use std::os::unix::ffi::OsStringExt;

            let path = std::ffi::OsString::from_vec(percent_decoded(page.split('?').next().unwrap_or_default()));
            let folder = file.parent().unwrap_or(Path::new("/"));
            Destination::File(without_dots(&folder.join(path)))
        }
        (None, None) => Destination::Elsewhere(link.to_owned()),
    }
}

/// Whether a link, without what stands behind its hash, leads to the page it is on.
fn leads_to(own: &WebAddress, page: &str) -> bool {
    own.join(page)
        .and_then(|joined| WebAddress::parse(&joined))
        .is_some_and(|joined| joined.for_display() == own.clone().for_display())
}

/// The heading that a fragment names: by its words, as most programs make names of headings (lower case, hyphens for
/// blanks, other signs left out).
fn place(article: &Article, fragment: &str) -> Option<TextRange> {
    let wanted = String::from_utf8(percent_decoded(fragment)).ok()?;
    if wanted.is_empty() || wanted.eq_ignore_ascii_case("top") {
        // WHATWG HTML, "indicated part of the document".
        return Some(TextRange::new(0, 0));
    }
    let wanted = name_of(&wanted);
    let is_heading = |kind: &BlockKind| matches!(kind, BlockKind::Headline | BlockKind::Heading(_));
    let mut headings = article.body.blocks().iter().filter(|block| is_heading(&block.kind));
    headings.find(|block| name_of(article.body.slice(block.range)) == wanted).map(|block| block.range)
}

fn name_of(heading: &str) -> String {
    let words = heading
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'))
        .map(|word| word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

/// A path without `.` and `..`.
fn without_dots(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::{Hints, read};

    fn article(id: SourceId, url: Option<&str>) -> Article {
        let hints = Hints { id: Some(id), url: url.map(str::to_owned), name: Some("a.md".into()), ..Hints::default() };
        read("# Rain\n\nIt rained.\n\n## What's new in it?\n\nNothing.\n".as_bytes(), &hints).unwrap()
    }

    #[test]
    fn a_link_of_a_page_leads_to_pages_and_to_its_own_headings_but_to_no_file() {
        let page = article(SourceId::from_iri("https://example.org/a/b"), Some("https://www.example.org/a/b?c"));
        let leads = |link: &str| destination(&page, link);
        for (link, wanted) in [
            ("https://example.com/x#y", "https://example.com/x#y"),
            ("c", "https://www.example.org/a/c"),
            ("/d?e", "https://www.example.org/d?e"),
            ("//example.com/", "https://example.com/"),
            ("c#whats-new-in-it", "https://www.example.org/a/c#whats-new-in-it"),
        ] {
            assert_eq!(leads(link), Destination::Page(wanted.to_owned()), "{link}");
        }
        for link in ["#whats-new-in-it", "#What%27s_new_in_it", "https://www.example.org/a/b?c#whats-new-in-it"] {
            let Destination::Place(range) = leads(link) else { panic!("{link}: {:?}", leads(link)) };
            assert_eq!(page.body.slice(range), "What\u{2019}s new in it?".replace('\u{2019}', "'"), "{link}");
        }
        assert_eq!(leads("#nothing-like-it"), Destination::Unnamed);
        assert_eq!(leads("#top"), Destination::Place(TextRange::new(0, 0)));
        assert_eq!(leads("file:///etc/passwd"), Destination::Trespass);
        assert_eq!(leads("mailto:a@example.org?attach=/etc/passwd"), Destination::Mail("mailto:a@example.org".into()));
        for link in ["javascript:alert(1)", "tel:1", "https:///x", "gemini://example.org/"] {
            assert!(matches!(leads(link), Destination::Elsewhere(_)), "{link}");
        }
    }

    #[test]
    fn a_link_of_a_file_leads_to_the_files_beside_it() {
        let file = article(SourceId::of_file("/news/today/a.md"), None);
        for (link, wanted) in [
            ("b.md", "/news/today/b.md"),
            ("../old/c%20d.md#part", "/news/old/c d.md"),
            ("./b.md?x", "/news/today/b.md"),
            ("/x.md", "/x.md"),
            ("file:///y.md", "/y.md"),
        ] {
            assert_eq!(destination(&file, link), Destination::File(wanted.into()), "{link}");
        }
        let text = article(SourceId::from_iri("urn:sha-256:00"), None);
        assert!(matches!(destination(&text, "b.md"), Destination::Elsewhere(_)));
    }
}
