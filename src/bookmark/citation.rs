//! Citations: a quotation with its source, to be pasted elsewhere.

use super::SourceMetadata;

/// `“quote” — byline, title, source, date, address`, leaving out what is not known.
///
/// An article that no browser can open is cited without address.
pub fn cite(quote: &str, source: &SourceMetadata) -> String {
    let date = source.published_on().map(|day| day.strftime("%-d %B %Y").to_string()).or(source.published.clone());
    let title = Some(source.title.clone()).filter(|title| !title.is_empty());
    let known = [source.byline(), title, source.publisher.clone(), date, source.web_address().map(str::to_owned)];
    let origin: Vec<String> = known.into_iter().flatten().collect();
    let quote = quote.trim();
    // A passage of several paragraphs gets quotation marks only at its start and end.
    let quoted = if quote.is_empty() { String::new() } else { format!("“{quote}”") };
    [quoted, origin.join(", ")].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" — ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::SourceId;

    #[test]
    fn a_citation_has_everything_that_is_known() {
        let mut source = SourceMetadata {
            id: SourceId::from_iri("https://example.com/rents"),
            title: "Rents slide again".into(),
            creators: vec!["Ana Reed".into()],
            publisher: Some("The Example Times".into()),
            published: Some("2026-11-20".into()),
            language: None,
            entry: None,
            url: None,
        };
        assert_eq!(
            cite("Rents fell.", &source),
            "“Rents fell.” — Ana Reed, Rents slide again, The Example Times, 20 November 2026, https://example.com/rents"
        );
        source = SourceMetadata {
            id: SourceId::of_file("/a"),
            creators: vec![],
            publisher: None,
            published: None,
            ..source
        };
        assert_eq!(cite("Rents fell.", &source), "“Rents fell.” — Rents slide again");
    }
}
