//! Finds headline, standfirst, by-line and date among the first blocks of an article.
//!
//! When in doubt a block stays a paragraph: a reader loses nothing by that, while a paragraph set as a standfirst is a
//! visible error.

use super::draft::Draft;
use super::{Facts, byline, dateline};
use crate::article::{BlockKind, InlineKind, TextRange};

/// Blocks at the top that may belong to the header.
const REACH: usize = 8;

/// Words of the longest standfirst.
const STANDFIRST_WORDS: usize = 90;

/// Sets the kinds of the header's blocks and copies their words to `facts` (what is known already stays).
pub(super) fn recognise(drafts: &mut Vec<Draft>, facts: &mut Facts) {
    part(drafts);
    for draft in drafts.iter().take(REACH) {
        match draft.kind {
            BlockKind::Byline => facts.byline = facts.byline.take().or_else(|| byline::of_line(&draft.words)),
            BlockKind::Dateline => facts.published = facts.published.or_else(|| dateline::of_line(&draft.words)),
            _ => {}
        }
    }
    let mut headline = false;
    let mut standfirst = false;
    let mut at = 0;
    while at < REACH {
        let Some(draft) = drafts.get(at) else { break };
        let kind = match &draft.kind {
            BlockKind::Headline => {
                headline = true;
                facts.title.get_or_insert_with(|| draft.words.clone());
                BlockKind::Headline
            }
            BlockKind::Heading(1) if !headline => {
                headline = true;
                facts.title.get_or_insert_with(|| draft.words.clone());
                BlockKind::Headline
            }
            known @ (BlockKind::Standfirst | BlockKind::Byline | BlockKind::Dateline) => {
                standfirst |= *known == BlockKind::Standfirst;
                known.clone()
            }
            BlockKind::Paragraph => {
                if let Some(name) = by_line(drafts, at, headline) {
                    facts.byline.get_or_insert(name);
                    facts.published = facts.published.or_else(|| dateline::at_end_of(&draft.words));
                    BlockKind::Byline
                } else if let Some(date) = dateline::of_line(&draft.words) {
                    facts.published.get_or_insert(date);
                    BlockKind::Dateline
                } else if headline && (!standfirst && is_standfirst(drafts, at) || leads_to_furniture(drafts, at)) {
                    standfirst = true;
                    if let Some(name) = byline::at_end_of(&draft.words) {
                        facts.byline.get_or_insert(name);
                    }
                    BlockKind::Standfirst
                } else {
                    break;
                }
            }
            BlockKind::Figure | BlockKind::Rule if headline => draft.kind.clone(),
            _ => break,
        };
        if let Some(draft) = drafts.get_mut(at) {
            draft.kind = kind;
        }
        at += 1;
    }
    if facts.published.is_none() {
        let opening = drafts.get(at).filter(|draft| draft.kind == BlockKind::Paragraph);
        facts.published = opening.and_then(|draft| dateline::of_opening(&draft.words));
    }
}

/// Parts the lines of paragraphs that hold nothing but by-lines and dates.
fn part(drafts: &mut Vec<Draft>) {
    let is_furniture = |line: &str| byline::of_line(line).is_some() || dateline::of_line(line).is_some();
    for at in (0..REACH.min(drafts.len())).rev() {
        let lines = drafts.get(at).filter(|draft| draft.kind == BlockKind::Paragraph).map(|draft| &draft.words);
        if lines.is_some_and(|words| words.contains('\n') && words.split('\n').all(is_furniture)) {
            let lines = drafts.remove(at).into_lines();
            drafts.splice(at..at, lines);
        }
    }
}

fn by_line(drafts: &[Draft], at: usize, headline: bool) -> Option<String> {
    let words = drafts.get(at)?.words.as_str();
    // "By Design" may be a headline, "By Reuters" under one is not.
    byline::of_line(words).filter(|name| headline || name.contains(' ')).or_else(|| {
        // A name alone is a by-line under a headline with a role in it or a date below it.
        let dated = drafts.get(at + 1).is_some_and(|next| dateline::of_line(&next.words).is_some());
        byline::of_bare_line(words).filter(|_| headline && (dated || byline::has_role(words)))
    })
}

fn is_standfirst(drafts: &[Draft], at: usize) -> bool {
    let Some(draft) = drafts.get(at) else { return false };
    let words = draft.words.split_whitespace().take(STANDFIRST_WORDS + 1).count();
    let Some(next) = drafts.get(at + 1) else { return false };
    if words > STANDFIRST_WORDS {
        return false;
    }
    if byline::at_end_of(&draft.words).is_some() {
        return true;
    }
    // It is set apart by emphasis as a whole.
    let whole = TextRange::new(0, draft.words.len());
    if draft.inlines.iter().any(|inline| inline.range == whole && inline.kind == InlineKind::Emphasis) && words >= 5 {
        return true;
    }
    // It is a line without a full stop over a longer paragraph that has one.
    let stops =
        |text: &str| text.trim_end_matches(['"', '”', '’', ')', '\'']).ends_with(['.', '!', '?', ':', '…', ',', ';']);
    (5..=45).contains(&words)
        && !stops(&draft.words)
        && !draft.words.contains('\n')
        && draft.words.starts_with(|c: char| !c.is_lowercase())
        && next.kind == BlockKind::Paragraph
        && stops(&next.words)
        && next.words.len() > draft.words.len() * 3 / 2
}

/// Whether short paragraphs from here on stand between the headline and the by-line or date.
fn leads_to_furniture(drafts: &[Draft], at: usize) -> bool {
    let short = |draft: &Draft| draft.kind == BlockKind::Paragraph && draft.words.split_whitespace().nth(60).is_none();
    let furniture = |at: usize| {
        let words = drafts.get(at).filter(|draft| draft.kind == BlockKind::Paragraph).map(|draft| draft.words.as_str());
        words.is_some_and(|words| by_line(drafts, at, true).is_some() || dateline::of_line(words).is_some())
    };
    drafts.get(at).is_some_and(short)
        && (furniture(at + 1) || drafts.get(at + 1).is_some_and(short) && furniture(at + 2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use BlockKind::{Byline, Dateline, Headline, Paragraph, Standfirst};

    const BODY: &str = "The harbour was closed on Monday after a week of talks that led nowhere, the port authority said. \
        Nobody was there to open it again.";

    fn kinds(words: &[&str]) -> (Vec<BlockKind>, Facts) {
        let mut drafts: Vec<Draft> = words.iter().map(|words| Draft::new(Paragraph, *words)).collect();
        if let Some(first) = drafts.iter_mut().find(|draft| draft.words == "Port talks") {
            first.kind = Headline;
        }
        let mut facts = Facts::default();
        recognise(&mut drafts, &mut facts);
        (drafts.into_iter().map(|draft| draft.kind).collect(), facts)
    }

    #[test]
    fn date_headline_and_a_standfirst_that_names_the_writer() {
        let (kinds, facts) = kinds(&[
            "10.05.2007",
            "Port talks",
            "After weeks of waiting, a first meeting took place. Ana Reed reports",
            BODY,
        ]);
        assert_eq!(kinds, [Dateline, Headline, Standfirst, Paragraph]);
        assert_eq!(facts.byline.as_deref(), Some("Ana Reed"));
        assert_eq!(facts.title.as_deref(), Some("Port talks"));
        assert_eq!(facts.published.unwrap().day.to_string(), "2007-05-10");
    }

    #[test]
    fn what_stands_between_headline_and_by_line_is_a_standfirst() {
        let (kinds, facts) = kinds(&[
            "Port talks",
            "A meeting took place.",
            "By Ana Reed, Staff Writer",
            "Published: 10 May 2007",
            BODY,
        ]);
        assert_eq!(kinds, [Headline, Standfirst, Byline, Dateline, Paragraph]);
        assert_eq!(facts.byline.as_deref(), Some("Ana Reed"));
    }

    #[test]
    fn by_line_and_date_may_share_a_line_and_a_deck_may_have_two() {
        let (kinds, facts) =
            kinds(&["Port talks", "A meeting took place", "Nobody came", "By Ana Reed | 10 May 2007", BODY]);
        assert_eq!(kinds, [Headline, Standfirst, Standfirst, Byline, Paragraph]);
        assert_eq!(facts.byline.as_deref(), Some("Ana Reed"));
        assert_eq!(facts.published.unwrap().day.to_string(), "2007-05-10");
    }

    #[test]
    fn one_word_after_by_is_a_writer_only_under_a_headline() {
        assert_eq!(kinds(&["Port talks", "By Reuters", BODY]).0, [Headline, Byline, Paragraph]);
        assert_eq!(kinds(&["By Design", BODY]).0, [Paragraph, Paragraph]);
    }

    #[test]
    fn a_name_alone_needs_a_date_or_a_role() {
        assert_eq!(kinds(&["Port talks", "Ana Reed", "10 May 2007", BODY]).0, [Headline, Byline, Dateline, Paragraph]);
        assert_eq!(kinds(&["Port talks", "Ana Reed, Harbour Correspondent", BODY]).0, [Headline, Byline, Paragraph]);
        assert_eq!(kinds(&["Port talks", "Ana Reed", BODY]).0, [Headline, Paragraph, Paragraph]);
    }

    #[test]
    fn by_line_and_date_may_be_lines_of_one_paragraph() {
        assert_eq!(kinds(&["Port talks", "By Ana Reed\n10 May 2007", BODY]).0, [Headline, Byline, Dateline, Paragraph]);
        let (kinds, facts) = kinds(&["Port talks", "By Ana Reed\nwent the train of the northern coast", BODY]);
        assert_eq!((kinds, facts.byline), (vec![Headline, Paragraph, Paragraph], None));
    }

    #[test]
    fn an_ordinary_first_paragraph_stays_one() {
        assert_eq!(kinds(&["Port talks", BODY, BODY]).0, [Headline, Paragraph, Paragraph]);
        assert_eq!(kinds(&["Port talks", "It rained.", BODY]).0, [Headline, Paragraph, Paragraph]);
    }

    #[test]
    fn a_deck_without_a_full_stop_is_a_standfirst() {
        assert_eq!(
            kinds(&["Port talks", "Ministers say the deal is done, but the ports disagree", BODY]).0,
            [Headline, Standfirst, Paragraph]
        );
    }

    #[test]
    fn a_wire_opening_tells_the_date_and_stays_a_paragraph() {
        let (kinds, facts) = kinds(&["Port talks", "LISBON, May 28, 2007 (Wire) — The harbour was closed on Monday."]);
        assert_eq!(kinds, [Headline, Paragraph]);
        assert_eq!(facts.published.unwrap().day.to_string(), "2007-05-28");
    }
}
