//! What a page says about its article besides the words: JSON-LD, `OpenGraph` and other meta tags, and the page itself.

use std::collections::HashMap;

use dom_query::Document;

use super::super::Facts;
use super::canonical;
use super::credit;
use super::linked_data::LinkedData;
use super::page_title::{PageTitle, is_same_site};
use super::readable::Extraction;
use crate::article::Published;
use crate::article::address::WebAddress;
use crate::text::language;
use crate::text::sanitize::{is_blank, one_line};

/// Main headings of a page that are looked at.
const HEADINGS: usize = 8;

/// Meta tags that name the writer.
const AUTHORS: [&str; 8] = [
    "author",
    "dc:creator",
    "dc.creator",
    "dcterms:creator",
    "parsely-author",
    "sailthru.author",
    "article:author",
    "byl",
];

/// Meta tags with the date of publication, the most exact first.
const DATES: [&str; 14] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publish-date",
    "publishdate",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
];

/// What was read off a page before anything is taken from it.
pub(super) struct Metadata {
    linked: LinkedData,
    /// By name or property in lower case; of several the first.
    tags: HashMap<String, String>,
    /// The words of `<title>`.
    title: String,
    headings: Vec<String>,
    canonical: Option<String>,
    language: Option<String>,
    /// Dates of elements that are marked as that of publication.
    times: Vec<String>,
}

impl Metadata {
    pub(super) fn of(page: &Document) -> Self {
        let mut tags = HashMap::new();
        for tag in &page.select("meta[content]") {
            let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|key| tag.attr(key));
            let content = tag.attr("content").unwrap_or_default();
            if let Some(name) = name.filter(|_| !is_blank(&content)) {
                // Several properties may stand in one attribute.
                for name in name.split_whitespace() {
                    tags.entry(name.to_lowercase()).or_insert_with(|| one_line(&content));
                }
            }
        }
        let line = |words: &str| Some(one_line(words)).filter(|line| !is_blank(line));
        let headings = page.select("h1").iter().filter_map(|heading| line(&heading.text())).take(HEADINGS).collect();
        let times = page.select("time[datetime], [itemprop='datePublished']");
        let times = times.iter().filter_map(|time| {
            let written = time.attr("datetime").or_else(|| time.attr("content"))?;
            let said = time.attr("itemprop").is_some_and(|name| name.contains("datePublished"));
            (said || time.has_attr("pubdate")).then(|| written.to_string())
        });
        Self {
            linked: LinkedData::of(page),
            title: one_line(&page.select_single("head title").text()),
            headings,
            canonical: page.select_single("link[rel='canonical']").attr("href").map(|href| href.to_string()),
            language: page.select_single("html").attr("lang").map(|language| language.to_string()),
            times: times.take(HEADINGS).collect(),
            tags,
        }
    }

    fn tag(&self, name: &str) -> Option<&str> {
        self.tags.get(name).map(String::as_str)
    }

    /// The words in the title of the page.
    pub(super) fn title(&self) -> &str {
        &self.title
    }

    /// The main headings of the page.
    pub(super) fn headings(&self) -> &[String] {
        &self.headings
    }

    /// Whether the page calls itself an article.
    pub(super) fn says_article(&self) -> bool {
        self.linked.is_article || self.tag("og:type") == Some("article")
    }

    /// Whether the page calls itself the result of a search.
    pub(super) fn says_search(&self) -> bool {
        self.linked.is_search
    }

    /// What the page says it is about, which often is the standfirst.
    pub(super) fn description(&self) -> Option<&str> {
        ["og:description", "description", "twitter:description"].iter().find_map(|name| self.tag(name))
    }

    /// The address the page names as its own.
    pub(super) fn address(&self, base: Option<&str>) -> Option<String> {
        let named = [self.canonical.as_deref(), self.tag("og:url"), self.linked.url.as_deref()];
        canonical::of(named.into_iter().flatten(), base)
    }

    /// All of it together with what Readability found.
    pub(super) fn facts(&self, found: &Extraction, base: Option<&str>) -> Facts {
        let line = |words: &str| Some(one_line(words)).filter(|line| !is_blank(line));
        let site = self.tag("og:site_name").and_then(line);
        let site = site.or_else(|| found.site.as_deref().and_then(line));
        let site = site.or_else(|| self.linked.site.as_deref().and_then(line));
        let site = site.or_else(|| self.tag("application-name").and_then(line));
        let title = line(&found.title).or_else(|| self.linked.headline.as_deref().and_then(line));
        let title = title.unwrap_or_else(|| self.title.clone());
        let url = self.address(base);
        let PageTitle { headline, site: told } = PageTitle::of(&title, site.as_deref(), &self.headings);
        // What stands beside the headline in `<title>` is the site's name, too.
        let told = told.or_else(|| PageTitle::of(&self.title, None, std::slice::from_ref(&headline)).site);
        // Where the page does not name its site, its host does.
        let names = url.as_deref().or(base).map(sites_of_address).unwrap_or_default();
        let headline =
            names.iter().fold(headline, |title, name| PageTitle::of(&title, Some(name), &self.headings).headline);
        // Readability cuts "Tides: what they do" at the colon; the heading tells.
        let longer = self.headings.iter().find(|heading| {
            heading.len() > headline.len() && heading.ends_with(&headline) && self.title.starts_with(heading.as_str())
        });
        let named = site.as_deref().or(told.as_deref());
        Facts {
            title: line(longer.unwrap_or(&headline)),
            byline: self.byline(found).filter(|name| !named.is_some_and(|site| is_site_itself(name, site))),
            published: self.published(found),
            source: site.or(told),
            url,
            language: self.language(),
        }
    }

    fn byline(&self, found: &Extraction) -> Option<String> {
        let linked: Vec<String> = self.linked.authors.iter().filter_map(|author| credit::clean(author)).collect();
        let linked = Some(linked.join(", ")).filter(|names| !names.is_empty());
        let marked = found.byline.as_deref().and_then(credit::clean);
        let tagged = AUTHORS.iter().find_map(|name| self.tag(name).and_then(credit::clean));
        // The name of an account is worth less than that of a person.
        let is_account = |name: &String| name.contains(|c: char| c.is_ascii_digit() || c == '_') && !name.contains(' ');
        if let Some(names) = linked.filter(|names| !is_account(names) || marked.is_none()) {
            return Some(names);
        }
        // An element that is marked as the writer's may say more than the name.
        let is_inside =
            |name: &String| name.contains(' ') && marked.as_ref().is_some_and(|marked| marked.contains(name.as_str()));
        tagged.clone().filter(is_inside).or(marked).or(tagged)
    }

    /// The first date that can be read; an instant is worth more than a day.
    fn published(&self, found: &Extraction) -> Option<Published> {
        let tags = DATES.iter().filter_map(|name| self.tag(name));
        let said = self.linked.published.as_deref().into_iter().chain(found.published.as_deref()).chain(tags);
        let last = self.times.iter().map(String::as_str).chain(self.linked.created.as_deref());
        let dates: Vec<Published> = said.chain(last).filter_map(Published::parse).collect();
        let first = *dates.first()?;
        Some(dates.into_iter().find(|date| date.day == first.day && date.instant.is_some()).unwrap_or(first))
    }

    /// The language that the page names.
    fn language(&self) -> Option<String> {
        let said = [self.language.as_deref(), self.linked.language.as_deref()];
        let mut said = said
            .into_iter()
            .flatten()
            .chain(["content-language", "og:locale", "dc.language"].iter().filter_map(|name| self.tag(name)));
        said.find_map(language::tag)
    }
}

/// The names of a site as its host tells them: of `www.gazette.example` the whole and the longest part.
fn sites_of_address(address: &str) -> Vec<String> {
    let Some(address) = WebAddress::parse(address) else { return Vec::new() };
    let host = address.host().trim_start_matches("www.");
    let longest = host.split('.').rev().skip(1).max_by_key(|part| part.len());
    [host].into_iter().chain(longest).map(str::to_owned).collect()
}

/// Whether what stands for the writer is the site: "Quay Times" of the "Quay Times Blog".
fn is_site_itself(name: &str, site: &str) -> bool {
    is_same_site(name, site) || site.strip_prefix(name).is_some_and(|rest| rest.starts_with(' '))
}
