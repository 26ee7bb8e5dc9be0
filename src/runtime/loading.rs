//! From a source to an article: reading or fetching the bytes outside, then intake.

use std::fmt;
use std::os::unix::ffi::OsStrExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use crate::article::address::WebAddress;
use crate::article::{Article, Date, FileStamp, SourceId};
use crate::intake::{self, Document, Format, Hints, IntakeError, PageKind};
use crate::io::clock;
use crate::io::sources::{self, SourceError, SourceRef};
use crate::net::{self, FetchError, Network, Progress};
use crate::text::sanitize::one_line;
use crate::text::shell;
use crate::text::unprintable::printable;

use super::edition;

/// An article just read from its source.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The article.
    pub article: Article,
    /// The day its file was changed: what relative dates count from if the article has no date of its own.
    pub guessed_date: Option<Date>,
    /// The state of the file it was read from, if it was one.
    pub file: Option<FileStamp>,
    /// What kind of page it was on.
    pub page: PageKind,
    /// Whether it is all of the page, and not the article on it.
    pub is_whole: bool,
}

impl Reading {
    /// An article whose words are kept, in the library or the program.
    pub fn kept(article: Article) -> Self {
        Self { article, guessed_date: None, file: None, page: PageKind::Article, is_whole: false }
    }

    /// The same, unless it is a page of the web on which a site lets nobody in: there is no article to keep on it.
    ///
    /// # Errors
    /// Why the site lets nobody in.
    pub fn unless_barred(self, source: &SourceRef) -> Result<Self, LoadError> {
        let SourceRef::Web(address) = source else { return Ok(self) };
        let host = || WebAddress::parse(address).map(|address| address.host().to_owned()).unwrap_or_default();
        let error = match self.page {
            PageKind::Challenge => FetchError::Challenge(host()),
            PageKind::LogIn => FetchError::LogIn(host()),
            PageKind::Article | PageKind::Index | PageKind::SearchResults | PageKind::Other => return Ok(self),
        };
        Err(LoadError::Fetch { address: address.clone(), error })
    }
}

/// Why a source gave no article.
#[derive(Debug)]
pub enum LoadError {
    /// It could not be read.
    Source(SourceError),
    /// It was read, and is no article.
    Intake {
        /// What it is called.
        name: String,
        /// Where it lies; none for what came through a pipe.
        path: Option<PathBuf>,
        /// Why it is none.
        error: IntakeError,
    },
    /// It was not fetched.
    Fetch {
        /// Its address.
        address: String,
        /// Why not.
        error: FetchError,
    },
    /// It was fetched, and is no article.
    Page {
        /// Its address.
        address: String,
        /// Why it is none.
        error: IntakeError,
    },
    /// The program panicked over it.
    Panicked {
        /// What it is called.
        name: String,
    },
}

impl LoadError {
    /// What to do about it, if that can be said.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Source(error) => error.hint(),
            Self::Intake { error, path, .. } => error.hint(path.as_deref().map(|path| path.as_os_str().as_bytes())),
            Self::Page { address, error } => {
                let fetch = format!("curl -sL {}", shell::word(address.as_bytes()));
                Some(error.hint(None)?.replace("COMMAND", &fetch))
            }
            Self::Fetch { address, error } => Some(error.hint()?.replace("ADDRESS", &shell::word(address.as_bytes()))),
            Self::Panicked { .. } => Some("the log file says where (see `dateline doctor`)".to_owned()),
        }
    }

    /// What is wrong, without the name: what many sources may have in common.
    pub fn reason(&self) -> String {
        match self {
            Self::Source(error) => error.reason(),
            Self::Intake { error, .. } | Self::Page { error, .. } => error.to_string(),
            Self::Fetch { error, .. } => error.to_string(),
            Self::Panicked { .. } => "dateline stumbled over it".to_owned(),
        }
    }

    /// What went wrong and what to do about it, on one line.
    pub fn told(&self) -> String {
        match self.hint() {
            Some(hint) => format!("{self}: {hint}"),
            None => self.to_string(),
        }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Source(error) => error.fmt(f),
            Self::Intake { name, error, .. } => write!(f, "{}: {error}", one_line(name)),
            Self::Fetch { address, error } => match error {
                // What it is called is already said.
                FetchError::NotWeb(_) | FetchError::NoWords { .. } => error.fmt(f),
                error => write!(f, "{}: {error}", printable(address)),
            },
            Self::Page { address, error } => write!(f, "{}: {error}", printable(address)),
            Self::Panicked { name } => write!(f, "dateline stumbled over {}", one_line(name)),
        }
    }
}

impl std::error::Error for LoadError {}

/// How sources are read.
#[derive(Clone)]
pub struct Access<'a> {
    /// How the web is reached.
    pub network: &'a Network,
    /// Hears how far a page of the web has come, and says whether to go on.
    pub watch: &'a dyn Fn(Progress) -> bool,
    /// What is known of the source, and wanted of it; its name and id it says itself.
    pub hints: Hints,
}

impl<'a> Access<'a> {
    /// Without telling how far it has come.
    pub fn quiet(network: &'a Network) -> Self {
        Self { network, watch: &|_| true, hints: Hints::default() }
    }

    /// The same, with what is known of the source and wanted of it.
    #[must_use]
    pub fn wanting(&self, hints: Hints) -> Self {
        Self { hints, ..self.clone() }
    }
}

/// Reads a source, in the encoding a person names or else in the one it seems to be in.
///
/// # Errors
/// When it cannot be read, or is no article.
pub fn load(source: &SourceRef, access: &Access<'_>) -> Result<Reading, LoadError> {
    match source {
        SourceRef::Edition(slug) => {
            let article =
                edition::article(slug).ok_or_else(|| LoadError::Source(SourceError::Edition(slug.clone())))?;
            return Ok(Reading::kept(article));
        }
        SourceRef::Web(address) => return load_page(address, access),
        SourceRef::File(_) | SourceRef::Found(_) | SourceRef::Stdin | SourceRef::Kept(_) => {}
    }
    let read = sources::read(source).map_err(LoadError::Source)?;
    let hints = Hints { id: read.id, name: Some(read.name.clone()), ..access.hints.clone() };
    let Document { article, page } = intake::read_document(&read.bytes, &hints).map_err(|error| {
        // Only a file knows when it was changed: a pipe with a name cannot be read once more.
        let path = match source {
            SourceRef::File(path) | SourceRef::Found(path) if read.modified.is_some() => Some(path.clone()),
            _ => None,
        };
        LoadError::Intake { name: read.name, path, error }
    })?;
    let guessed_date = read.modified.map(clock::day_of);
    Ok(Reading { article, guessed_date, file: read.file, page, is_whole: access.hints.whole })
}

/// Fetches a page of the web and reads it. Its id is that of the address it calls its own, if that is of the same site:
/// nobody may speak for another. Shown and opened is the address it came from.
fn load_page(address: &str, access: &Access<'_>) -> Result<Reading, LoadError> {
    let fetched = net::fetch(address, access.network, &mut |progress| (access.watch)(progress))
        .map_err(|error| LoadError::Fetch { address: address.to_owned(), error })?;
    let format = match (fetched.is_plain, fetched.is_markdown) {
        (_, true) => Some(Format::Markdown),
        (true, _) => Some(Format::Plain),
        _ => None,
    };
    let own = Some(SourceId::of_web(&fetched.address));
    let known = access.hints.clone();
    let hints = Hints { id: own, url: Some(fetched.address.clone()), charset: fetched.charset, format, ..known };
    let Document { mut article, page } = intake::read_document(&fetched.bytes, &hints)
        .map_err(|error| LoadError::Page { address: fetched.address.clone(), error })?;
    let canonical = article.url.as_deref().filter(|canonical| is_same_site(canonical, &fetched.address));
    if let Some(id) = canonical.map(SourceId::of_web) {
        article.id = id;
    }
    article.url = Some(fetched.address);
    Ok(Reading { article, guessed_date: Some(clock::today()), file: None, page, is_whole: access.hints.whole })
}

/// Whether two addresses are of one site: the host of one is that of the other, or lies under it.
fn is_same_site(one: &str, other: &str) -> bool {
    let (Some(one), Some(other)) = (WebAddress::parse(one), WebAddress::parse(other)) else { return false };
    let site = |address: &WebAddress| address.host().trim_start_matches("www.").to_owned();
    let (one, other) = (site(&one), site(&other));
    let lies_under = |host: &str, above: &str| host.strip_suffix(above).is_some_and(|rest| rest.ends_with('.'));
    one == other || lies_under(&one, &other) || lies_under(&other, &one)
}

/// Reads one of many sources: a text over which the program panics costs that text only.
///
/// # Errors
/// Those of [`load`], and [`LoadError::Panicked`].
pub fn load_safely(source: &SourceRef, access: &Access<'_>) -> Result<Reading, LoadError> {
    catch_unwind(AssertUnwindSafe(|| load(source, access)))
        .unwrap_or_else(|_| Err(LoadError::Panicked { name: source.shown() }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::server::{Reply, Server};

    #[test]
    fn a_page_has_the_address_it_came_from_and_no_page_speaks_for_another_site() {
        let server = Server::start();
        let page = |canonical: &str| format!("---\ntitle: Rain\nurl: {canonical}\n---\n\nIt rained.\n");
        server.put("/own?utm_source=x", Reply::page("text/markdown", &page(&server.url("/own"))));
        server.put("/other", Reply::page("text/markdown", &page("https://example.org/famous")));
        let network = Network::default();
        let load = |path: &str| load(&SourceRef::Web(server.url(path)), &Access::quiet(&network)).unwrap().article;
        let own = load("/own?utm_source=x");
        assert_eq!(own.id, SourceId::of_web(&server.url("/own")));
        assert_eq!(own.url, Some(server.url("/own?utm_source=x")));
        assert_eq!(load("/other").id, SourceId::of_web(&server.url("/other")));
    }

    #[test]
    fn a_page_that_asks_whether_a_human_reads_is_not_kept() {
        let server = Server::start();
        let page = "<title>Just a moment...</title><h1>Checking your browser</h1>\
                    <p>Enable JavaScript and cookies to continue</p><div id=\"cf-challenge\"></div>";
        server.put("/a", Reply::page("text/html", page));
        let network = Network::default();
        let source = SourceRef::Web(server.url("/a"));
        let error = load(&source, &Access::quiet(&network)).unwrap().unless_barred(&source).unwrap_err();
        assert!(error.to_string().contains("127.0.0.1 blocks readers"), "{error}");
        assert!(error.hint().unwrap().contains(&format!("open {}`", server.url("/a"))), "{:?}", error.hint());
    }

    #[test]
    fn a_picture_under_a_false_name_is_refused_with_a_command_for_its_address() {
        let server = Server::start();
        server.put("/a", Reply::page("text/html", "%PDF-1.7\n1 0 obj\n\0\u{1}\u{2}\0"));
        let network = Network::default();
        let error = load(&SourceRef::Web(server.url("/a")), &Access::quiet(&network)).unwrap_err();
        let command = format!("`curl -sL {} | pdftotext -layout - - | dateline -`", server.url("/a"));
        assert_eq!(error.hint(), Some(command), "{error}");
    }

    #[test]
    fn a_site_is_one_with_and_without_its_front_name() {
        for (one, other, wanted) in [
            ("https://www.example.org/a", "http://example.org/b", true),
            ("https://m.example.org/a", "https://www.example.org/a", true),
            ("https://example.org/a", "https://notexample.org/a", false),
            ("https://example.org.evil.example/", "https://example.org/", false),
            ("nonsense", "https://example.org/", false),
        ] {
            assert_eq!(is_same_site(one, other), wanted, "{one} {other}");
        }
    }
}
