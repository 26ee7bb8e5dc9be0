//! Test pages: a page, its article, and what is known about it.
#![expect(clippy::disallowed_methods, reason = "a developer's command, not part of the program")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// A page and what is expected of it.
pub struct Case {
    /// The name of its folder.
    pub name: String,
    /// The page.
    pub source: String,
    /// The article as HTML.
    pub expected: String,
    /// The title, if there is one.
    pub title: Option<String>,
    /// The writer as the page has it.
    pub byline: Option<String>,
    /// The date as the page has it.
    pub published: Option<String>,
    /// Whether there is an article.
    pub readable: bool,
}

/// Reads all pages in a folder and in the folders inside it.
pub fn read(folder: &Path) -> io::Result<Vec<Case>> {
    let (mut cases, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        if folder.join("source.html").is_file() {
            cases.push(case(&folder)?);
            continue;
        }
        for entry in fs::read_dir(&folder)? {
            folders.extend(Some(entry?.path()).filter(|path: &PathBuf| path.is_dir()));
        }
    }
    cases.sort_by(|a: &Case, b| a.name.cmp(&b.name));
    Ok(cases)
}

fn case(folder: &Path) -> io::Result<Case> {
    let metadata: Value = serde_json::from_str(&fs::read_to_string(folder.join("expected-metadata.json"))?)?;
    let text = |key: &str| metadata.get(key).and_then(Value::as_str).map(str::to_owned);
    Ok(Case {
        name: folder.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        source: fs::read_to_string(folder.join("source.html"))?,
        expected: fs::read_to_string(folder.join("expected.html"))?,
        title: text("title"),
        byline: text("byline"),
        published: text("publishedTime"),
        readable: metadata.get("readerable").and_then(Value::as_bool).unwrap_or_default(),
    })
}
