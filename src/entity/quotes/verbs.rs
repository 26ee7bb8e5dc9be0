//! Verbs that report what somebody says.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What may follow a verb of reporting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    /// A clause, with *that* or without: *said*.
    Clause,
    /// A clause with *that*: *argued*; without it something else is meant ("argued the case").
    That,
    /// Words in quotation marks only: *joked*.
    Marks,
    /// What is talked about, and pieces in quotation marks: "called it “a mistake for all of us”".
    Describes,
}

/// The past and the present of each, and the form in *-ing* after a comma: "…, she said, adding that".
const VERBS: [(Verb, &str); 4] = [
    (
        Verb::Clause,
        "said says say saying told tells telling claimed claims claiming insisted insists insisting added adds adding \
         warned warns warning admitted admits admitting alleged alleges explained explains explaining asserted asserts \
         confirmed confirms conceded concedes",
    ),
    (
        Verb::That,
        "argued argues arguing stated states stating noted notes noting announced announces announcing denied denies \
         denying acknowledged acknowledges acknowledging contended contends maintained maintains predicted predicts \
         suggested suggests suggesting complained complains complaining stressed stresses stressing emphasised \
         emphasises emphasized emphasizes observed observes pointed remarked remarks recalled recalls recalling \
         declared declares testified testifies pledged pledges promised promises promising vowed vows cautioned \
         cautions cautioning concluded concludes estimated estimates revealed reveals disclosed reiterated reiterates \
         reported reports reiterating believed believes wrote writes writing tweeted posted replied replies responded responds \
         countered counters lamented laments boasted agreed agrees asked asks asking demanded hinted signalled \
         signaled indicated advised advises assured assures reassured",
    ),
    (
        Verb::Marks,
        "commented comments commenting answered answers continued continues joked jokes joking quipped shouted shouts \
         shouting cried whispered exclaimed laughed retorted urged urges urging mused sighed repeated yelled screamed \
         read pleaded began interjected enthused fumed opined summed",
    ),
    (
        Verb::Describes,
        "called calls calling described describes describing dismissed dismisses dismissing branded branding labelled \
         labeled denounced denounces denouncing condemned condemns condemning hailed hailing criticised criticized \
         accused accusing praised slammed likened blamed spoke talked thanked",
    ),
];

static TABLE: LazyLock<HashMap<&str, Verb>> =
    LazyLock::new(|| VERBS.iter().flat_map(|(verb, list)| list.split_whitespace().map(|word| (word, *verb))).collect());

/// What the verb `lower` (lower case) reports, if it does.
pub(super) fn verb(lower: &str) -> Option<Verb> {
    TABLE.get(lower).copied()
}

/// Words between a subject and its verb that change nothing: "has also said".
pub(super) fn is_adverb(lower: &str) -> bool {
    matches!(
        lower,
        "has"
            | "have"
            | "had"
            | "also"
            | "later"
            | "then"
            | "reportedly"
            | "further"
            | "now"
            | "again"
            | "once"
            | "often"
            | "always"
            | "even"
            | "simply"
            | "himself"
            | "herself"
            | "themselves"
            | "meanwhile"
            | "however"
            | "too"
            | "just"
            | "still"
            | "earlier"
            | "yesterday"
            | "today"
            | "tonight"
            | "instead"
            | "all"
            | "first"
            | "soon"
            | "both"
    ) || lower.len() > 4 && lower.ends_with("ly") && !matches!(lower, "family" | "assembly" | "italy" | "july")
}

/// Words that turn a verb into something nobody says here: "was told", "did not say", "refused to say".
pub(super) fn unsays(lower: &str) -> bool {
    matches!(
        lower,
        "is" | "are"
            | "was"
            | "were"
            | "be"
            | "been"
            | "being"
            | "'re"
            | "not"
            | "n't"
            | "never"
            | "to"
            | "nor"
            | "would"
            | "could"
            | "should"
            | "might"
            | "may"
            | "will"
            | "can"
            | "must"
            | "cannot"
            | "did"
            | "do"
            | "does"
            | "let"
            | "if"
    )
}

/// Words at which a phrase around a name ends.
pub(super) fn breaks(lower: &str) -> bool {
    matches!(
        lower,
        "is" | "are"
            | "was"
            | "were"
            | "be"
            | "been"
            | "has"
            | "have"
            | "had"
            | "will"
            | "would"
            | "could"
            | "should"
            | "that"
            | "which"
            | "who"
            | "whom"
            | "and"
            | "or"
            | "but"
            | "as"
            | "when"
            | "while"
            | "where"
            | "whether"
            | "because"
            | "since"
            | "if"
            | "though"
            | "although"
            | "after"
            | "before"
            | "until"
            | "so"
            | "than"
            | "about"
            | "to"
            | "with"
            | "by"
            | "into"
            | "not"
            | "it"
            | "he"
            | "she"
            | "they"
            | "we"
            | "you"
            | "i"
            | "there"
            | "what"
            | "how"
            | "why"
    )
}

/// Words that begin a sentence with a clause or phrase of its own: "After beating Reed, …".
pub(super) fn subordinates(lower: &str) -> bool {
    matches!(
        lower,
        "after"
            | "before"
            | "when"
            | "while"
            | "as"
            | "since"
            | "if"
            | "although"
            | "though"
            | "because"
            | "despite"
            | "following"
            | "during"
            | "in"
            | "on"
            | "at"
            | "for"
            | "with"
            | "without"
            | "under"
            | "asked"
            | "speaking"
            | "by"
            | "from"
            | "unlike"
            | "like"
            | "until"
            | "once"
            | "addressing"
            | "responding"
            | "commenting"
            | "writing"
            | "citing"
            | "quoting"
            | "told"
            | "among"
            | "against"
            | "to"
            | "where"
            | "whereas"
    )
}

/// Prepositions that tie a name to the word before: "the mayor of Lisbon".
pub(super) fn ties(lower: &str) -> bool {
    matches!(
        lower,
        "of" | "for"
            | "to"
            | "with"
            | "by"
            | "from"
            | "at"
            | "in"
            | "against"
            | "about"
            | "between"
            | "on"
            | "near"
            | "like"
            | "than"
            | "over"
            | "around"
            | "via"
            | "behind"
            | "under"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_known_by_their_forms() {
        assert_eq!(verb("said"), Some(Verb::Clause));
        assert_eq!(verb("arguing"), Some(Verb::That));
        assert_eq!(verb("went"), None);
        let words = VERBS.iter().flat_map(|(_, list)| list.split_whitespace()).count();
        assert_eq!(words, TABLE.len(), "no form is in two lists");
    }
}
