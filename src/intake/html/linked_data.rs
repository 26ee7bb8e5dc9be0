//! What a page says of its article in JSON-LD (<https://schema.org/Article>).

use std::collections::HashMap;

use dom_query::Document;
use serde_json::{Map, Value};

/// Objects looked at on a page; what describes an article stands among the first.
const MOST_OBJECTS: usize = 2_000;

/// Names of writers; whoever has more is an institution.
const MOST_AUTHORS: usize = 20;

/// Endings of the types that are articles.
const TYPES: [&str; 6] = ["Article", "BlogPosting", "Report", "LiveBlogPosting", "DiscussionForumPosting", "Review"];

/// The article that is described, as far as it is.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct LinkedData {
    /// Whether an article is described at all.
    pub(super) is_article: bool,
    /// Whether the page is said to be the result of a search.
    pub(super) is_search: bool,
    pub(super) headline: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) published: Option<String>,
    /// When it was written, which may be long before.
    pub(super) created: Option<String>,
    pub(super) site: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
}

impl LinkedData {
    /// Reads the scripts of a page; what is no JSON is skipped.
    pub(super) fn of(page: &Document) -> Self {
        let scripts = page.select("script[type='application/ld+json']");
        let values: Vec<Value> = scripts.iter().filter_map(|script| parse(&script.text())).collect();
        let objects = objects(&values);
        let mut by_id: HashMap<&str, &Map<String, Value>> = HashMap::new();
        for object in &objects {
            // What only points to another object says nothing about it.
            if let Some(id) = object.get("@id").and_then(Value::as_str).filter(|_| object.len() > 1) {
                by_id.entry(id).or_insert(object);
            }
        }
        let mut found =
            Self { is_search: objects.iter().any(|object| is_type(object, &["SearchResultsPage"])), ..Self::default() };
        let Some(article) = objects.iter().find(|object| is_type(object, &TYPES)) else { return found };
        let text = |key: &str| article.get(key).and_then(Value::as_str).map(str::to_owned);
        let names = |key: &str| article.get(key).map(|value| names(value, &by_id)).unwrap_or_default();
        found.is_article = true;
        found.headline = text("headline").or_else(|| text("name"));
        found.authors = names("author");
        if found.authors.is_empty() {
            found.authors = names("creator");
        }
        found.published = text("datePublished");
        found.created = text("dateCreated");
        found.site = names("publisher").into_iter().next();
        found.language = text("inLanguage");
        found.url = text("url").or_else(|| {
            let page = article.get("mainEntityOfPage")?;
            page.as_str().or_else(|| page.get("@id")?.as_str()).map(str::to_owned)
        });
        found
    }
}

/// Some sites wrap the JSON in a CDATA section or a comment, or break lines inside strings.
fn parse(script: &str) -> Option<Value> {
    let json = script.trim().trim_end_matches(';');
    let json = ["<![CDATA[", "//<![CDATA[", "/*<![CDATA[*/", "<!--"]
        .iter()
        .find_map(|open| json.strip_prefix(open))
        .unwrap_or(json);
    let json = ["//]]>", "/*]]>*/", "]]>", "-->"].iter().find_map(|close| json.strip_suffix(close)).unwrap_or(json);
    serde_json::from_str(json).or_else(|_| serde_json::from_str(&json.replace(char::is_control, " "))).ok()
}

/// All objects at the top, in lists and in graphs.
fn objects(values: &[Value]) -> Vec<&Map<String, Value>> {
    let mut found = Vec::new();
    let mut rest: Vec<&Value> = values.iter().rev().collect();
    while let Some(value) = rest.pop().filter(|_| found.len() < MOST_OBJECTS) {
        match value {
            Value::Array(list) => rest.extend(list.iter().take(MOST_OBJECTS).rev()),
            Value::Object(object) => {
                found.push(object);
                let inside = ["@graph", "mainEntity", "mainEntityOfPage", "author", "publisher"];
                rest.extend(inside.iter().rev().filter_map(|key| object.get(*key)));
            }
            _ => {}
        }
    }
    found
}

fn is_type(object: &Map<String, Value>, types: &[&str]) -> bool {
    let is = |value: &Value| value.as_str().is_some_and(|name| types.iter().any(|known| name.ends_with(known)));
    match object.get("@type") {
        Some(Value::Array(list)) => list.iter().any(is),
        Some(value) => is(value),
        None => false,
    }
}

/// The names of people or organisations: strings, objects with a name, or objects that only say where one is.
fn names(value: &Value, by_id: &HashMap<&str, &Map<String, Value>>) -> Vec<String> {
    let list = match value {
        Value::Array(list) => list.as_slice(),
        one => std::slice::from_ref(one),
    };
    let name_of = |object: &Map<String, Value>| match object.get("name") {
        Some(Value::Array(names)) => names.first().and_then(Value::as_str).map(str::to_owned),
        name => name.and_then(Value::as_str).map(str::to_owned),
    };
    let found = list.iter().take(MOST_AUTHORS).filter_map(|one| match one {
        Value::String(name) => Some(name.clone()),
        Value::Object(object) => name_of(object).or_else(|| name_of(by_id.get(object.get("@id")?.as_str()?)?)),
        _ => None,
    });
    found.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(json: &str) -> LinkedData {
        LinkedData::of(&Document::from(format!("<script type='application/ld+json'>{json}</script>")))
    }

    #[test]
    fn an_article_is_found_in_a_graph_and_its_writers_by_their_ids() {
        let found = of(r##"{"@context": "https://schema.org", "@graph": [
              {"@type": "WebSite", "@id": "#site", "name": "The Harbour Gazette"},
              {"@type": ["Article", "NewsArticle"], "headline": "Harbour closed", "datePublished": "2026-03-04T08:30:00+01:00",
               "author": [{"@id": "#ana"}, {"@type": "Person", "name": " Bo Lee "}], "publisher": {"@id": "#site"},
               "mainEntityOfPage": {"@id": "https://gazette.example/a"}, "inLanguage": "en-GB"},
              {"@type": "Person", "@id": "#ana", "name": "Ana Reed"}]}"##);
        assert_eq!(found.authors, ["Ana Reed", "Bo Lee"]);
        assert_eq!(found.headline.as_deref(), Some("Harbour closed"));
        assert_eq!(found.site.as_deref(), Some("The Harbour Gazette"));
        assert_eq!(found.url.as_deref(), Some("https://gazette.example/a"));
        assert_eq!(found.published.as_deref(), Some("2026-03-04T08:30:00+01:00"));
        assert!(found.is_article && !found.is_search);
    }

    #[test]
    fn json_that_is_not_quite_json_is_read_and_rubbish_is_not() {
        let wrapped =
            "//<![CDATA[\n[{\"@type\": \"BlogPosting\", \"headline\": \"Low\ntide\", \"author\": \"Ana Reed\"}]\n//]]>";
        let found = of(wrapped);
        assert_eq!(
            (found.headline.as_deref(), found.authors.as_slice()),
            (Some("Low tide"), &["Ana Reed".to_owned()][..])
        );
        assert_eq!(of("{\"@type\": \"Article\", "), LinkedData::default());
        assert_eq!(of(&"[".repeat(100_000)), LinkedData::default());
        assert_eq!(of("{\"@type\": \"Organization\", \"name\": \"Gazette\"}"), LinkedData::default());
    }
}
