//! Files that are not articles: what they are called, and which command turns them into text.

use crate::text::shell;

/// Something other than plain text or Markdown, as far as its content tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Foreign {
    /// In one word, for JSON.
    pub kind: &'static str,
    /// With its article: "a PNG picture".
    pub name: &'static str,
    help: Help,
}

/// The command that makes a text of it. `{}` stands for the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Help {
    /// There is none that people have.
    Nothing,
    /// It also reads standard input, which is then called `-`.
    Pipe(&'static str),
    /// It needs a file; one that is saved first gets this ending.
    File(&'static str, &'static str),
    /// It also reads standard input, once the first command has made room for what is in it.
    Unpack(&'static str, &'static str),
    /// What it holds are addresses: it lists them.
    Addresses(&'static str),
}

/// What was called `FORMAT` by pandoc.
macro_rules! pandoc {
    ($kind:literal, $name:literal, $format:literal) => {
        Foreign::new($kind, $name, Help::Pipe(concat!("pandoc -f ", $format, " -t markdown {} | dateline -")))
    };
}

impl Foreign {
    const fn new(kind: &'static str, name: &'static str, help: Help) -> Self {
        Self { kind, name, help }
    }

    /// A picture, whose words are read off it.
    pub(super) const fn picture(name: &'static str) -> Self {
        Self::new("picture", name, Help::Pipe("tesseract {} - | dateline -"))
    }

    /// What has no words, or none that a common program gets out.
    pub(super) const fn mute(kind: &'static str, name: &'static str) -> Self {
        Self::new(kind, name, Help::Nothing)
    }

    /// A compressed file.
    pub(super) const fn compressed(name: &'static str, command: &'static str) -> Self {
        Self::new("archive", name, Help::Pipe(command))
    }

    /// Several files in one.
    pub(super) const fn archive(name: &'static str, ending: &'static str, command: &'static str) -> Self {
        Self::new("archive", name, Help::File(ending, command))
    }

    pub(super) const EPUB: Self = pandoc!("document", "an EPUB book", "epub");
    pub(super) const DOCX: Self = pandoc!("document", "a Word document (DOCX)", "docx");
    pub(super) const ODT: Self = pandoc!("document", "an OpenDocument text (ODT)", "odt");
    pub(super) const RTF: Self = pandoc!("document", "an RTF document", "rtf");
    pub(super) const FB2: Self = pandoc!("document", "a FictionBook", "fb2");
    pub(super) const OPML: Self = Self::new("opml", "an OPML outline", Help::File(".opml", "dateline feeds import {}"));
    pub(super) const PDF: Self =
        Self::new("document", "a PDF document", Help::Pipe("pdftotext -layout {} - | dateline -"));
    pub(super) const POSTSCRIPT: Self =
        Self::new("document", "a PostScript document", Help::Pipe("ps2ascii {} | dateline -"));
    pub(super) const OLD_WORD: Self =
        Self::new("document", "an old Word document (DOC)", Help::Pipe("antiword {} | dateline -"));
    pub(super) const OFFICE: Self = Self::new(
        "document",
        "an office document",
        Help::File(
            ".doc",
            "soffice --headless --convert-to pdf --outdir converted {} && pdftotext -layout converted/*.pdf - | dateline -",
        ),
    );
    pub(super) const MOBI: Self = Self::new(
        "document",
        "a Kindle book (MOBI)",
        Help::File(".mobi", "ebook-convert {} book.txt && dateline book.txt"),
    );
    pub(super) const SVG: Self =
        Self::new("picture", "an SVG picture", Help::Pipe("rsvg-convert {} | tesseract - - | dateline -"));
    pub(super) const HEIC: Self = Self::new(
        "picture",
        "a HEIC or AVIF picture",
        Help::File(".heic", "heif-convert {} page.png && tesseract page.png - | dateline -"),
    );
    pub(super) const TAR: Self = Self::new(
        "archive",
        "a tar archive",
        Help::Unpack("mkdir unpacked", "tar -C unpacked -xf {} && dateline unpacked"),
    );
    pub(super) const ZIP: Self = Self::archive("a ZIP archive", ".zip", "unzip -d unpacked {} && dateline unpacked");
    pub(super) const FEED: Self =
        Self::new("feed", "a feed (RSS or Atom)", Help::File(".xml", "dateline feeds show {}"));
    pub(super) const SITEMAP: Self =
        Self::new("document", "a sitemap", Help::Addresses("grep -Eo 'https?://[^]<>\" ]+' {}"));
    /// Whatever its elements mean, what stands between them are its words.
    pub(super) const XML: Self =
        Self::new("document", "an XML file", Help::Pipe("xmllint --xpath 'string(/)' {} | dateline -"));
    pub(super) const MHTML: Self = Self::mute("document", "a saved page (MHTML)");
    pub(super) const JSON_FEED: Self =
        Self::new("feed", "a feed (JSON Feed)", Help::File(".json", "dateline feeds show {}"));

    /// Whether other files are in it.
    pub fn is_archive(&self) -> bool {
        self.kind == "archive"
    }

    /// The command to type for the file of that name, or, without one, for what came through a pipe.
    pub fn command(&self, file: Option<&[u8]>) -> Option<String> {
        let Self { help, .. } = self.by_name(file);
        let word = file.map(shell::word);
        Some(match (help, word) {
            (Help::Nothing, _) => return None,
            (Help::Pipe(command) | Help::File(_, command), Some(word)) => format!("`{}`", command.replace("{}", &word)),
            (Help::Unpack(before, command), Some(word)) => format!("`{before} && {}`", command.replace("{}", &word)),
            (Help::Unpack(before, command), None) => {
                format!("`{before} && COMMAND | {}`", command.replace("{}", "-"))
            }
            (Help::Pipe(command), None) => format!("`COMMAND | {}`", command.replace("{}", "-")),
            (Help::File(ending, command), None) => {
                let saved = format!("saved{ending}");
                format!("`COMMAND > {saved} && {}`", command.replace("{}", &saved))
            }
            (Help::Addresses(command), word) => {
                let list = match word {
                    Some(word) => command.replace("{}", &word),
                    None => format!("COMMAND | {}", command.replace("{}", "-")),
                };
                format!("`{list}` lists the addresses in it, {} opens one", fetch_command("ADDRESS"))
            }
        })
    }

    /// What is compressed and called `.tar.gz` or the like holds files.
    fn by_name(&self, file: Option<&[u8]>) -> Self {
        let name = file.map(<[u8]>::to_ascii_lowercase).unwrap_or_default();
        let ends = |ending: &&str| name.ends_with(ending.as_bytes());
        let is_tar = [".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".tar.zst", ".tzst"].iter().any(ends);
        if is_tar && self.is_archive() { Self::TAR } else { *self }
    }
}

/// The command that opens what lies at a web address; `word` is the address as a shell takes it.
pub fn fetch_command(word: &str) -> String {
    let path = word.trim_end_matches('\'').split(['?', '#']).next().unwrap_or_default().to_lowercase();
    let through = match path.rsplit_once('.') {
        Some((_, "pdf")) => "pdftotext -layout - - | ",
        _ => "",
    };
    format!("`curl -sL {word} | {through}dateline -`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_is_for_the_very_file() {
        for (foreign, file, wanted) in [
            (Foreign::PDF, Some("my file.pdf"), "`pdftotext -layout 'my file.pdf' - | dateline -`"),
            (Foreign::PDF, None, "`COMMAND | pdftotext -layout - - | dateline -`"),
            (Foreign::EPUB, Some("-book.epub"), "`pandoc -f epub -t markdown ./-book.epub | dateline -`"),
            (Foreign::EPUB, None, "`COMMAND | pandoc -f epub -t markdown - | dateline -`"),
            (Foreign::ZIP, Some("it's.zip"), r"`unzip -d unpacked 'it'\''s.zip' && dateline unpacked`"),
            (Foreign::ZIP, None, "`COMMAND > saved.zip && unzip -d unpacked saved.zip && dateline unpacked`"),
            (Foreign::TAR, None, "`mkdir unpacked && COMMAND | tar -C unpacked -xf - && dateline unpacked`"),
            (
                Foreign::compressed("a gzip archive", "gzip -dc {} | dateline -"),
                Some("news.tar.gz"),
                "`mkdir unpacked && tar -C unpacked -xf news.tar.gz && dateline unpacked`",
            ),
            (Foreign::FEED, Some("a b.xml"), "`dateline feeds show 'a b.xml'`"),
            (Foreign::JSON_FEED, None, "`COMMAND > saved.json && dateline feeds show saved.json`"),
            (Foreign::OPML, Some("subscriptions.opml"), "`dateline feeds import subscriptions.opml`"),
            (
                Foreign::SITEMAP,
                Some("a b.xml"),
                "`grep -Eo 'https?://[^]<>\" ]+' 'a b.xml'` lists the addresses in it, \
                 `curl -sL ADDRESS | dateline -` opens one",
            ),
        ] {
            assert_eq!(foreign.command(file.map(str::as_bytes)).as_deref(), Some(wanted));
        }
        assert_eq!(Foreign::mute("program", "a program").command(Some(b"a")), None);
    }

    #[test]
    fn an_address_goes_through_what_its_ending_asks_for() {
        assert_eq!(fetch_command("https://a.example/x"), "`curl -sL https://a.example/x | dateline -`");
        assert_eq!(
            fetch_command("'https://a.example/x.pdf?a&b'"),
            "`curl -sL 'https://a.example/x.pdf?a&b' | pdftotext -layout - - | dateline -`"
        );
        assert_eq!(fetch_command("https://a.example/x.md"), "`curl -sL https://a.example/x.md | dateline -`");
    }
}
