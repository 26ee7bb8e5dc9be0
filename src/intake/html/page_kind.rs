//! What kind of page it is: an article, or one of those that only lead to articles or stand before them.

use dom_query::{Document, NodeRef};

use super::super::document::PageKind;
use super::metadata::Metadata;
use crate::article::address::WebAddress;

/// Words of the longest page that is taken for a challenge or a log-in form, whatever else is said on it.
const SHORT: usize = 250;

/// Paragraphs of the shortest article, and words of the shortest of them.
const FEWEST: usize = 3;
const PARAGRAPH_WORDS: usize = 15;

/// Headlines on the smallest page that is a list of articles.
const HEADLINES: usize = 6;

/// Titles of pages that ask whether a human reads, in lower case.
const CHALLENGE_TITLES: [&str; 16] = [
    "just a moment",
    "attention required",
    "access denied",
    "are you a robot",
    "robot check",
    "security check",
    "one more step",
    "pardon our interruption",
    "verify you are human",
    "human verification",
    "ddos-guard",
    "please wait",
    "checking your browser",
    "bot verification",
    "captcha",
    "nur einen moment",
];

/// What such pages say, in lower case.
const CHALLENGES: [&str; 16] = [
    "enable javascript and cookies to continue",
    "verify you are human",
    "verify that you are human",
    "verifying you are human",
    "checking your browser before",
    "checking if the site connection is secure",
    "you are not a robot",
    "you're not a robot",
    "are you a robot",
    "i'm not a robot",
    "unusual traffic from",
    "press & hold",
    "press and hold",
    "complete the security check",
    "solve the captcha",
    "performance & security by cloudflare",
];

/// Parts of such pages that only programs see.
const CHALLENGE_PARTS: &str = "#challenge-form, #challenge-running, #cf-challenge-running, .cf-turnstile, .g-recaptcha, .h-captcha, #px-captcha, script[src*='challenge-platform']";

/// Titles of pages that ask for an account, in lower case.
const LOG_INS: [&str; 14] = [
    "log in",
    "login",
    "log on",
    "sign in",
    "signin",
    "anmelden",
    "anmeldung",
    "einloggen",
    "connexion",
    "se connecter",
    "iniciar sesión",
    "accedi",
    "inloggen",
    "entrar",
];

/// What titles of search results begin with, in lower case.
const SEARCHES: [&str; 12] = [
    "search results",
    "search:",
    "search for",
    "results for",
    "you searched for",
    "suchergebnis",
    "suche nach",
    "résultats",
    "resultados",
    "risultati",
    "zoekresultaten",
    "search |",
];

/// The kind of a page. `readable` says whether there is enough running text for an article.
pub(super) fn of(page: &Document, metadata: &Metadata, readable: bool, base: Option<&str>) -> PageKind {
    let count = Count::of(page);
    let title = metadata.title().to_lowercase();
    let begins = |signs: &[&str]| {
        signs.iter().any(|sign| {
            title.starts_with(sign)
                || metadata.headings().iter().any(|heading| heading.to_lowercase().starts_with(sign))
        })
    };
    if count.words <= SHORT && is_challenge(page, &title) {
        return PageKind::Challenge;
    }
    let asks_password = || page.select("input[type='password']").exists();
    if !readable && count.words <= SHORT && (asks_password() || begins(&LOG_INS)) {
        return PageKind::LogIn;
    }
    let address = base.and_then(WebAddress::parse);
    let searches = || address.as_ref().is_some_and(is_search);
    if metadata.says_search()
        || !metadata.says_article() && (begins(&SEARCHES) || searches()) && (!readable || count.is_list())
    {
        return PageKind::SearchResults;
    }
    let is_front = address.is_some_and(|address| address.path() == "/" && address.query().is_none());
    if !metadata.says_article() && count.is_list() && (!readable || is_front || count.running * 2 < count.words) {
        return PageKind::Index;
    }
    // A short article is one too, if it has a headline and sentences.
    let is_article = readable || !metadata.headings().is_empty() && count.paragraphs >= FEWEST;
    if is_article { PageKind::Article } else { PageKind::Other }
}

fn is_challenge(page: &Document, title: &str) -> bool {
    let text = || page.body().map(|body| body.text().to_lowercase().replace('’', "'")).unwrap_or_default();
    let says = |text: &str| CHALLENGES.iter().any(|sign| text.contains(sign));
    let named = CHALLENGE_TITLES.iter().any(|sign| title.starts_with(sign));
    let text = text();
    says(&text)
        || named && (page.select(CHALLENGE_PARTS).exists() || text.split_whitespace().count() <= SHORT / 2)
        || page.select("#challenge-form, #challenge-running, script[src*='challenge-platform'], #px-captcha").exists()
            && text.split_whitespace().count() <= SHORT / 3
}

/// Whether an address asks for something: `/search?q=tide`, `/?s=tide`.
fn is_search(address: &WebAddress) -> bool {
    let asks = address.query().is_some_and(|query| {
        query.split('&').any(|pair| {
            pair.split_once('=')
                .is_some_and(|(key, value)| matches!(key, "q" | "s" | "query" | "search") && !value.is_empty())
        })
    });
    let path = address.path().to_lowercase();
    asks && (path == "/"
        || path.contains("search")
        || path.contains("suche")
        || path.contains("recherche")
        || path.contains("find"))
        || path.starts_with("/search/")
}

/// What stands on a page, counted.
#[derive(Debug, Default)]
struct Count {
    words: usize,
    linked: usize,
    /// Words in paragraphs that are long enough for an article's.
    running: usize,
    /// Paragraphs that end as sentences do.
    paragraphs: usize,
    /// Headings, or items of lists, that are a link of several words.
    headlines: usize,
}

impl Count {
    fn of(page: &Document) -> Self {
        let mut count = Self::default();
        let Some(body) = page.body() else { return count };
        let mut rest = vec![(body, false)];
        while let Some((node, in_link)) = rest.pop() {
            if node.is_text() {
                let words = node.text().split_whitespace().count();
                count.words += words;
                count.linked += if in_link { words } else { 0 };
                continue;
            }
            if ["script", "style", "noscript", "template", "svg", "select"].iter().any(|name| node.has_name(name)) {
                continue;
            }
            let is_link = node.has_name("a");
            rest.extend(node.children_it(true).map(|child| (child, in_link || is_link)));
        }
        for paragraph in page.select("p").nodes() {
            let text = paragraph.text();
            let words = text.split_whitespace().count();
            let stops = text.trim_end().trim_end_matches(['"', '”', '’', ')', '»']).ends_with(['.', '!', '?', '…']);
            count.paragraphs += usize::from(stops && words >= PARAGRAPH_WORDS);
            count.running += if words >= 30 { words } else { 0 };
        }
        let links = page.select("h1 a, h2 a, h3 a, h4 a, a h2, a h3, a h4, li > a, article a");
        let mut seen = std::collections::HashSet::new();
        for link in links.nodes() {
            let target = link
                .attr("href")
                .or_else(|| link.ancestors_it(None).find_map(|around: NodeRef<'_>| around.attr("href")));
            let is_headline = link.text().split_whitespace().count() >= 4;
            count.headlines += usize::from(is_headline && target.is_some_and(|target| seen.insert(target.to_string())));
        }
        count
    }

    /// Whether it is mostly headlines that lead elsewhere.
    fn is_list(&self) -> bool {
        self.headlines >= HEADLINES && self.linked * 5 >= self.words * 2
    }
}
