//! Changes in the text of an OPML file that leave every other byte as it is.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use super::super::Subscription;
use super::outline::{FETCH_PAGES, FILTER, Outline, Outlines, PAUSED, PREFIX, categories};
use super::splice::{Splice, splice};
use super::tag::{escaped, set, value};
use crate::intake::xml::{TokenKind, Tokens};

/// The namespace of our own attributes.
const NAMESPACE: &str = "urn:x-dateline:opml";

/// A change to the feeds of a file.
pub(in crate::feed) enum Change<'a> {
    /// The feed of this number goes.
    Remove(usize),
    /// The feed of this number becomes another, in what the two differ.
    Replace(usize, &'a Subscription, &'a Subscription),
    /// A feed comes.
    Add(&'a Subscription),
}

/// What comes into a folder that is there: outlines, and folders that are not there yet.
#[derive(Default)]
struct Arrivals {
    outlines: Vec<String>,
    folders: Vec<(String, Self)>,
}

/// How the lines of a file are set.
struct Layout {
    newline: &'static str,
    step: &'static str,
}

struct Editor<'a> {
    text: &'a str,
    outlines: &'a Outlines,
    layout: Layout,
    folders: HashMap<Vec<String>, usize>,
    arrivals: BTreeMap<usize, Arrivals>,
    gone: HashSet<usize>,
    splices: Vec<Splice>,
    /// Whether there is an attribute of ours in what is new.
    needs_namespace: bool,
}

/// The text with these changes; it is UTF-8 from now on, and says so.
pub(in crate::feed) fn edited(text: &str, outlines: &Outlines, changes: &[Change<'_>]) -> String {
    let mut editor = Editor::new(text, outlines);
    for change in changes {
        match change {
            Change::Remove(feed) => editor.remove(*feed),
            Change::Replace(feed, old, new) => editor.replace(*feed, old, new),
            Change::Add(new) => editor.add(&new.folder, outline(new)),
        }
        let new = match change {
            Change::Remove(_) => None,
            Change::Replace(_, _, new) | Change::Add(new) => Some(new),
        };
        editor.needs_namespace |= new.is_some_and(|new| new.is_paused || new.fetches_pages || new.filter.is_some());
    }
    editor.finish()
}

/// The text without outlines that should not be handed on: addresses that are none, passwords, doubles.
pub(in crate::feed) fn without_unfit(text: &str, outlines: &Outlines) -> String {
    let mut editor = Editor::new(text, outlines);
    for (number, address) in &outlines.unfit {
        let Some(one) = outlines.all.get(*number) else { continue };
        match address {
            Some(address) => editor.splices.extend(set(text, &one.tag, "xmlUrl", Some(address))),
            None => editor.remove_outline(*number, one),
        }
    }
    editor.finish()
}

impl<'a> Editor<'a> {
    fn new(text: &'a str, outlines: &'a Outlines) -> Self {
        let mut folders = HashMap::new();
        for (number, one) in outlines.all.iter().enumerate() {
            if one.is_folder || one.last_child.is_some() {
                folders.entry(outlines.path(number)).or_insert(number);
            }
        }
        Self {
            text,
            outlines,
            layout: Layout::of(text),
            folders,
            arrivals: BTreeMap::new(),
            gone: HashSet::new(),
            splices: Vec::new(),
            needs_namespace: false,
        }
    }

    fn remove(&mut self, feed: usize) {
        if let Some((number, one)) = self.place(feed) {
            self.remove_outline(number, one);
        }
    }

    fn remove_outline(&mut self, number: usize, one: &Outline) {
        if one.last_child.is_none() {
            self.gone.insert(number);
            return;
        }
        // What lies in it stays, in a folder.
        for name in ["xmlUrl", "htmlUrl", "type", "category", PAUSED, FETCH_PAGES, FILTER] {
            self.splices.extend(set(self.text, &one.tag, name, None));
        }
    }

    fn replace(&mut self, feed: usize, old: &Subscription, new: &Subscription) {
        let Some((number, one)) = self.place(feed) else { return };
        if old.folder == new.folder {
            self.splices.extend(changed(self.text, &one.tag, old, new));
        } else if one.last_child.is_some() {
            self.remove(feed);
            self.add(&new.folder, outline(new));
        } else {
            let whole = one.whole();
            let source = self.text.get(whole).unwrap_or_default();
            let tag = 0..one.tag.len();
            self.gone.insert(number);
            self.add(&new.folder, splice(source, changed(source, &tag, old, new)));
        }
    }

    fn place(&self, feed: usize) -> Option<(usize, &'a Outline)> {
        let number = *self.outlines.places.get(feed)?;
        Some((number, self.outlines.all.get(number)?))
    }

    fn add(&mut self, folder: &[String], outline: String) {
        let known = (0..=folder.len()).rev().find_map(|depth| {
            let (known, new) = folder.split_at_checked(depth)?;
            Some((*self.folders.get(known)?, new))
        });
        let (number, new) = known.unwrap_or((0, folder));
        let mut arrivals = self.arrivals.entry(number).or_default();
        for name in new {
            let place = arrivals.folders.iter().position(|(known, _)| known == name).unwrap_or_else(|| {
                arrivals.folders.push((name.clone(), Arrivals::default()));
                arrivals.folders.len() - 1
            });
            let Some((_, inside)) = arrivals.folders.get_mut(place) else { return };
            arrivals = inside;
        }
        arrivals.outlines.push(outline);
    }

    /// Folders of which nothing but a name is left go too.
    fn remove_emptied_folders(&mut self) {
        let mut inside: HashMap<usize, Vec<usize>> = HashMap::new();
        for (number, one) in self.outlines.all.iter().enumerate().skip(1) {
            inside.entry(one.parent).or_default().push(number);
        }
        let mut looked_at: Vec<usize> = self.gone.iter().copied().collect();
        while let Some(number) = looked_at.pop() {
            let Some(parent) = self.outlines.all.get(number).map(|one| one.parent).filter(|parent| *parent != 0) else {
                continue;
            };
            let children = inside.get(&parent).map(Vec::as_slice).unwrap_or_default();
            if self.arrivals.contains_key(&parent)
                || self.gone.contains(&parent)
                || !children.iter().all(|child| self.gone.contains(child))
            {
                continue;
            }
            let Some(folder) = self.outlines.all.get(parent) else { continue };
            let ranges = children.iter().filter_map(|child| self.outlines.all.get(*child)).map(Outline::whole);
            let mut at = folder.tag.end;
            let mut is_empty = true;
            for range in ranges {
                is_empty &= self.text.get(at..range.start).is_some_and(|between| between.trim().is_empty());
                at = range.end;
            }
            is_empty &= self.text.get(at..folder.end.start).is_some_and(|rest| rest.trim().is_empty());
            if is_empty && has_only_a_name(self.text, &folder.tag) {
                self.gone.insert(parent);
                looked_at.push(parent);
            }
        }
    }

    fn finish(mut self) -> String {
        self.remove_emptied_folders();
        for number in &self.gone {
            let Some(one) = self.outlines.all.get(*number).filter(|one| !self.gone.contains(&one.parent)) else {
                continue;
            };
            self.splices.push(Splice { at: with_its_line(self.text, one.whole()), with: String::new() });
        }
        for (number, arrivals) in std::mem::take(&mut self.arrivals) {
            self.insert(number, &arrivals);
        }
        if self.needs_namespace {
            self.splices.extend(declaration(self.text, self.outlines, PREFIX, NAMESPACE));
        }
        self.splices.extend(said_to_be_utf_8(self.text));
        splice(self.text, self.splices)
    }

    fn insert(&mut self, number: usize, arrivals: &Arrivals) {
        let Some(parent) = self.outlines.all.get(number) else { return };
        let (text, layout) = (self.text, &self.layout);
        let own = indent(text, parent.tag.start).unwrap_or_default().to_owned();
        if let Some(last) = parent.last_child.and_then(|last| self.outlines.all.get(last)) {
            let (at, indent) = (last.whole().end, indent(text, last.tag.start));
            let with = layout.set(arrivals, indent);
            self.splices.push(Splice { at: at..at, with });
            return;
        }
        let child = format!("{own}{}", layout.step);
        let has_lines = !layout.newline.is_empty();
        let mut with = layout.set(arrivals, Some(child.as_str()).filter(|_| has_lines));
        let closing_line = format!("{}{own}", layout.newline);
        if parent.is_empty_tag {
            let tag = text.get(parent.tag.clone()).unwrap_or_default();
            let name: String =
                tag.chars().skip(1).take_while(|c| !c.is_ascii_whitespace() && !matches!(c, '/' | '>')).collect();
            let slash = parent.tag.start + tag.rfind("/>").unwrap_or(tag.len());
            self.splices.push(Splice { at: slash..parent.tag.end, with: format!(">{with}{closing_line}</{name}>") });
            return;
        }
        let inside = text.get(parent.tag.end..parent.end.start).unwrap_or_default();
        // Before the line break and the blanks that the closing tag stands behind.
        let at = parent.tag.end + inside.trim_end().len();
        let is_on_its_line = inside.get(inside.trim_end().len()..).is_some_and(|blank| blank.contains('\n'));
        if !is_on_its_line && has_lines {
            with.push_str(&closing_line);
        }
        self.splices.push(Splice { at: at..at, with });
    }
}

impl Layout {
    fn of(text: &str) -> Self {
        let body = text.trim_end();
        let newline = match body.find('\n') {
            Some(at) if body.get(..at).is_some_and(|before| before.ends_with('\r')) => "\r\n",
            Some(_) => "\n",
            None => "",
        };
        Self { newline, step: if body.contains("\n\t") { "\t" } else { "  " } }
    }

    /// What comes, each on a line of its own behind `indent`; all on one line without.
    fn set(&self, arrivals: &Arrivals, indent: Option<&str>) -> String {
        let mut out = String::new();
        let line = |out: &mut String, indent: Option<&str>| {
            out.extend(indent.map(|indent| format!("{}{indent}", self.newline)));
        };
        for outline in &arrivals.outlines {
            line(&mut out, indent);
            out.push_str(outline);
        }
        let deeper = indent.map(|indent| format!("{indent}{}", self.step));
        for (name, inside) in &arrivals.folders {
            let name = escaped(name);
            line(&mut out, indent);
            out.extend(["<outline text=\"", &name, "\" title=\"", &name, "\">"]);
            out.push_str(&self.set(inside, deeper.as_deref()));
            line(&mut out, indent);
            out.push_str("</outline>");
        }
        out
    }
}

/// The blanks before a place that is the first on its line; none if it is not.
fn indent(text: &str, at: usize) -> Option<&str> {
    let before = text.get(..at)?;
    let line = before.get(before.rfind('\n')? + 1..)?;
    line.chars().all(|c| c == ' ' || c == '\t').then_some(line)
}

/// The range with the line break and the blanks before it, if nothing else is on its line.
fn with_its_line(text: &str, range: Range<usize>) -> Range<usize> {
    let rest = text.get(range.end..).unwrap_or_default().trim_start_matches([' ', '\t', '\r']);
    let is_last = rest.is_empty() || rest.starts_with('\n');
    match indent(text, range.start).filter(|_| is_last) {
        Some(indent) => {
            let start = range.start - indent.len() - 1;
            let is_crlf = text.get(..start).is_some_and(|before| before.ends_with('\r'));
            start - usize::from(is_crlf)..range.end
        }
        None => range,
    }
}

/// The attributes of the opening tag that stands there.
fn attributes<'a>(text: &'a str, tag: &Range<usize>) -> Option<Vec<(&'a str, Cow<'a, str>)>> {
    match Tokens::new(text.get(tag.clone())?).next()?.kind {
        TokenKind::Start { attributes, .. } => Some(attributes),
        _ => None,
    }
}

fn has_only_a_name(text: &str, tag: &Range<usize>) -> bool {
    let is_name = |name: &str| ["text", "title"].iter().any(|known| known.eq_ignore_ascii_case(name));
    attributes(text, tag).is_some_and(|all| all.iter().all(|(name, _)| is_name(name)))
}

/// The attributes in which two states of a feed differ.
fn changed(text: &str, tag: &Range<usize>, old: &Subscription, new: &Subscription) -> Vec<Splice> {
    let mut splices = Vec::new();
    let mut put = |name: &str, value: Option<&str>| splices.extend(set(text, tag, name, value));
    if old.url != new.url {
        put("xmlUrl", Some(&new.url));
    }
    if old.title != new.title {
        put("text", Some(new.title.as_deref().unwrap_or(&new.url)));
        put("title", new.title.as_deref());
    } else if old.url != new.url && new.title.is_none() && value(text, tag, "text").as_deref() == Some(old.url.as_str())
    {
        put("text", Some(&new.url));
    }
    if old.home != new.home {
        put("htmlUrl", new.home.as_deref());
    }
    if old.tags != new.tags {
        let (paths, _) = categories(&value(text, tag, "category").unwrap_or_default());
        let all: Vec<&str> = new.tags.iter().chain(&paths).map(String::as_str).collect();
        put("category", Some(all.join(",").as_str()).filter(|all| !all.is_empty()));
    }
    if old.is_paused != new.is_paused {
        put(PAUSED, new.is_paused.then_some("yes"));
    }
    if old.fetches_pages != new.fetches_pages {
        put(FETCH_PAGES, new.fetches_pages.then_some("yes"));
    }
    if old.filter != new.filter {
        put(FILTER, new.filter.as_deref());
    }
    splices
}

/// The outline of a feed that had none.
fn outline(feed: &Subscription) -> String {
    let mut out = String::from("<outline type=\"rss\"");
    let mut put = |name: &str, value: &str| out.extend([" ", name, "=\"", &escaped(value), "\""]);
    put("text", feed.title.as_deref().unwrap_or(&feed.url));
    if let Some(title) = &feed.title {
        put("title", title);
    }
    put("xmlUrl", &feed.url);
    if let Some(home) = &feed.home {
        put("htmlUrl", home);
    }
    let paths = feed.other.iter().filter(|(name, _)| name == "category").map(|(_, paths)| paths);
    let all: Vec<&str> = feed.tags.iter().chain(paths).map(String::as_str).collect();
    if !all.is_empty() {
        put("category", &all.join(","));
    }
    if feed.is_paused {
        put(PAUSED, "yes");
    }
    if feed.fetches_pages {
        put(FETCH_PAGES, "yes");
    }
    if let Some(filter) = &feed.filter {
        put(FILTER, filter);
    }
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.'))
    };
    for (name, value) in feed.other.iter().filter(|(name, _)| name != "category" && is_name(name)) {
        put(name, value);
    }
    out.push_str("/>");
    out
}

/// The namespaces that the root of a file declares: prefix and name.
pub(in crate::feed) fn declared(text: &str, outlines: &Outlines) -> Vec<(String, String)> {
    let all = outlines.root.as_ref().and_then(|root| attributes(text, root)).unwrap_or_default();
    all.into_iter()
        .filter_map(|(name, value)| Some((name.strip_prefix("xmlns:")?.to_owned(), value.into_owned())))
        .collect()
}

/// The text, with these namespaces declared where their prefixes are free.
pub(in crate::feed) fn with_namespaces(text: &str, outlines: &Outlines, wanted: &[(String, String)]) -> String {
    let new = wanted.iter().flat_map(|(prefix, name)| declaration(text, outlines, prefix, name)).collect();
    splice(text, new)
}

fn declaration(text: &str, outlines: &Outlines, prefix: &str, name: &str) -> Vec<Splice> {
    let attribute = format!("xmlns:{prefix}");
    match &outlines.root {
        Some(root) if value(text, root, &attribute).is_none() => set(text, root, &attribute, Some(name)),
        _ => Vec::new(),
    }
}

/// What is written is UTF-8, whatever it was.
fn said_to_be_utf_8(text: &str) -> Vec<Splice> {
    let declaration = Tokens::new(text)
        .take(2)
        .find(|token| matches!(token.kind, TokenKind::Other(said) if said.starts_with("<?xml")));
    let Some(token) = declaration else { return Vec::new() };
    match value(text, &token.range, "encoding") {
        Some(encoding) if !encoding.trim().eq_ignore_ascii_case("utf-8") => {
            set(text, &token.range, "encoding", Some("UTF-8"))
        }
        _ => Vec::new(),
    }
}
