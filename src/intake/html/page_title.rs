//! The headline in the title of a page, which often names the site as well: "Harbour closed | The Harbour Gazette".

/// What stands between a headline and the name of a site.
const SEPARATORS: [&str; 12] = [" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", " « ", " › ", " ‹ ", " ~ "];

/// Words of the longest name of a site that is known by nothing but its place.
const SITE_WORDS: usize = 6;

/// A headline, and the site's name where the title told it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PageTitle {
    pub(super) headline: String,
    pub(super) site: Option<String>,
}

impl PageTitle {
    /// Takes a title apart. `headings` are the main headings of the page, of which one may be the headline.
    pub(super) fn of(title: &str, site: Option<&str>, headings: &[String]) -> Self {
        let is_site = |words: &str| site.is_some_and(|site| is_same_site(words, site));
        let mut candidates: Vec<&String> = headings.iter().filter(|heading| !is_site(heading)).collect();
        candidates.sort_by_key(|heading| std::cmp::Reverse(heading.len()));
        if title.is_empty() || is_site(title) {
            let first = headings.iter().find(|heading| !is_site(heading));
            return Self { headline: first.cloned().unwrap_or_else(|| title.to_owned()), site: None };
        }
        // The page itself says how much of the title is the headline.
        for heading in candidates {
            if let Some(rest) = rest_beside(title, heading) {
                let site = Some(rest.to_owned())
                    .filter(|rest| site.is_none() && (1..=SITE_WORDS).contains(&rest.split_whitespace().count()));
                return Self { headline: heading.clone(), site };
            }
        }
        let mut headline = title;
        while let Some(shorter) = without(headline, is_site) {
            headline = shorter;
        }
        Self { headline: headline.to_owned(), site: None }
    }
}

/// What stands in the title besides the heading: behind it, or before it. Of several names the last is the site's.
fn rest_beside<'a>(title: &'a str, heading: &str) -> Option<&'a str> {
    let behind =
        title.strip_prefix(heading).and_then(|rest| SEPARATORS.iter().find_map(|sign| rest.strip_prefix(sign)));
    if let Some(rest) = behind {
        let last = SEPARATORS.iter().filter_map(|sign| Some(rest.rsplit_once(sign)?.1)).min_by_key(|last| last.len());
        return Some(last.unwrap_or(rest));
    }
    // A short one at the end is the name of the site, which many pages have as a heading too.
    let before = title.strip_suffix(heading).filter(|before| before.len() < heading.len())?;
    SEPARATORS.iter().chain(&[": "]).find_map(|sign| before.strip_suffix(sign))
}

/// The title without the name of the site at its end or beginning.
fn without(title: &str, is_site: impl Fn(&str) -> bool) -> Option<&str> {
    let ends = SEPARATORS.iter().filter_map(|sign| title.rsplit_once(sign));
    let end = ends.filter(|(_, name)| is_site(name)).map(|(rest, _)| rest).min_by_key(|rest| rest.len());
    let starts = SEPARATORS.iter().chain(&[": "]).filter_map(|sign| title.split_once(sign));
    let rest = end.or_else(|| starts.filter(|(name, _)| is_site(name)).map(|(_, rest)| rest).next())?.trim();
    (!rest.is_empty()).then_some(rest)
}

/// Whether two names of a site are the same, but for case, marks, an article before them and ".com" behind.
pub(super) fn is_same_site(one: &str, other: &str) -> bool {
    let plain = |name: &str| {
        let lower = name.to_lowercase();
        let bare = lower.trim().trim_start_matches("www.");
        let bare = bare.strip_prefix("the ").unwrap_or(bare);
        let ending = [".com", ".org", ".net", ".co.uk"].iter().find_map(|ending| bare.strip_suffix(ending));
        ending.unwrap_or(bare).chars().filter(|c| c.is_alphanumeric()).collect::<String>()
    };
    let (one, other) = (plain(one), plain(other));
    !one.is_empty() && one == other
}

/// The letters and digits of a title in lower case: what two titles have to share to be the same.
pub(super) fn folded(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(title: &str, site: Option<&str>, headings: &[&str]) -> (String, Option<String>) {
        let headings: Vec<String> = headings.iter().map(|heading| (*heading).to_owned()).collect();
        let PageTitle { headline, site } = PageTitle::of(title, site, &headings);
        (headline, site)
    }

    #[test]
    fn the_site_is_known_by_its_name_or_by_the_heading() {
        let gazette = Some("The Harbour Gazette");
        for (title, site) in [
            ("Harbour closed | The Harbour Gazette", gazette),
            ("Harbour closed - harbour gazette", gazette),
            ("Harbour closed — HarbourGazette.com", gazette),
            ("The Harbour Gazette: Harbour closed", gazette),
            ("Harbour Gazette » Harbour closed", gazette),
        ] {
            assert_eq!(of(title, site, &[]), ("Harbour closed".to_owned(), None), "{title}");
        }
        let found = |site: &str| ("Harbour closed".to_owned(), Some(site.to_owned()));
        assert_eq!(of("Harbour closed | News | Quay Times", None, &["Harbour closed"]), found("Quay Times"));
        assert_eq!(of("Quay Times: Harbour closed", None, &["Menu", "Harbour closed"]), found("Quay Times"));
        assert_eq!(of("Harbour closed – News – Quay", Some("Quay"), &["Harbour closed"]).0, "Harbour closed");
    }

    #[test]
    fn a_title_with_a_dash_of_its_own_stays_whole() {
        for (title, site) in [
            ("Oil - and water", None),
            ("Oil - and water", Some("Quay Times")),
            ("Port: the next ten years", Some("Quay Times")),
            ("A long headline · Quay", None),
        ] {
            assert_eq!(of(title, site, &["Quay"]), (title.to_owned(), None));
        }
        assert_eq!(of("Oil - and water | Quay Times", Some("Quay Times"), &["Quay Times"]).0, "Oil - and water");
        assert_eq!(of("Quay Times", Some("Quay Times"), &["Quay Times", "Oil"]).0, "Oil");
        assert_eq!(of("", None, &["Oil"]).0, "Oil");
    }
}
