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
         warned warns warning admitted admits admitting alleged alleges alleging explained explains explaining asserted \
         asserts asserting confirmed confirms confirming conceded concedes conceding",
    ),
    (
        Verb::That,
        "argued argues arguing stated states stating noted notes noting announced announces announcing denied denies \
         denying acknowledged acknowledges acknowledging contended contends contending maintained maintains \
         maintaining predicted predicts predicting suggested suggests suggesting complained complains complaining \
         stressed stresses stressing emphasised emphasises emphasising emphasized emphasizes emphasizing observed \
         observes observing pointed remarked remarks remarking recalled recalls recalling declared declares declaring \
         testified testifies testifying pledged pledges promised promises promising vowed vows vowing cautioned \
         cautions cautioning concluded concludes concluding estimated estimates revealed reveals revealing disclosed \
         reiterated reiterates reiterating reported reports believed believes believing thinks thought wrote writes \
         writing tweeted tweets tweeting posted replied replies replying responded responds responding countered \
         counters countering lamented laments lamenting boasted boasts boasting agreed agrees agreeing asked asks \
         asking demanded demanding hinted hinting signalled signaled signalling signaling indicated indicates \
         indicating advised advises advising assured assures assuring reassured reassures affirmed affirms affirming \
         reaffirmed reaffirms reaffirming underscored underscores underscoring underlined underlines underlining \
         recounted recounts recounting reckoned reckons reasoned attested attests submitted submits ruled rules \
         clarified clarifies clarifying specified highlighted highlights highlighting informed informs informing \
         notified reminded reminds reminding proclaimed proclaims professed swore swears averred avers mentioned \
         mentions mentioning speculated surmised theorised theorized threatened threatens threatening alerted charges \
         feared fears fearing hoped hopes hoping regretted regrets regretting worried worries worrying charged \
         objected protested protests refuted refutes rebutted concurred concurs proposed proposes proposing \
         recommended recommends remembered remembers reflected reflects reflecting elaborated elaborates elaborating \
         restated echoed echoes echoing wondered wonders wondering foresees foresaw",
    ),
    (
        Verb::Marks,
        "commented comments commenting answered answers answering continued continues joked jokes joking quipped quips \
         shouted shouts shouting cried whispered whispers exclaimed exclaims exclaiming laughed laughs laughing \
         retorted retorts urged urges urging mused muses musing sighed sighs repeated repeats repeating yelled yells \
         screamed screams read pleaded pleads pleading began begins interjected interjects enthused enthuses fumed \
         fumes opined opines opining summed expressed expresses expressing shared narrated narrates queried queries \
         questioned questioning inquired enquired pondered reminisced reminisces ventured volunteered offered \
         interrupted interrupts intervened intervenes disagreed disagrees finished resumed summarised summarized \
         summarises summarizes translated translates grumbled grumbles grumbling moaned moans groaned griped gripes \
         grunted snapped snaps snarled hissed growled scoffed scoffs sneered gasped sobbed barked roared bellowed \
         murmured murmurs muttered mutters mumbled chuckled chuckles grinned grins smiled smiles nodded nods \
         shrugged shrugs beamed beams gushed gushes ranted thundered thunders chided chides scolded scolds admonished \
         rebuked counselled counseled emailed texted prayed preached preaches appealed appealing begged begs \
         implored implores exhorted exhorts instructed requested encouraged encourages encouraging apologised \
         apologized apologises apologizes congratulated messaged",
    ),
    (
        Verb::Describes,
        "called calls calling described describes describing dismissed dismisses dismissing branded brands branding \
         labelled labeled labelling labeling denounced denounces denouncing condemned condemns condemning hailed hails \
         hailing criticised criticized criticises criticizes criticising criticizing accused accuses accusing praised \
         praises praising slammed slams slamming likened likens blamed blames blaming spoke speaks talked talks thanked \
         thanks welcomed welcomes welcoming lauded lauds lauding applauded applauds commended commends decried decries \
         decrying deplored deplores lambasted castigated ridiculed mocked mocks derided derides termed dubbed \
         characterised characterized characterises characterizes compared compares defended defends rejected rejects \
         rejecting cited cites referred refers touted touts portrayed portrays",
    ),
];

static TABLE: LazyLock<HashMap<&str, Verb>> =
    LazyLock::new(|| VERBS.iter().flat_map(|(verb, list)| list.split_whitespace().map(|word| (word, *verb))).collect());

/// What the verb `lower` (lower case) reports, if it does.
pub(super) fn verb(lower: &str) -> Option<Verb> {
    TABLE.get(lower).copied()
}

/// The same for a verb with a word that makes it one: "points out", "went on".
pub(super) fn phrasal(lower: &str, next: &str) -> Option<Verb> {
    match (lower, next) {
        ("points" | "pointing", "out") => Some(Verb::That),
        ("went" | "goes" | "going", "on")
        | ("chimed" | "chimes" | "cut", "in")
        | ("shot" | "hit" | "hits" | "fired" | "fires", "back") => Some(Verb::Marks),
        _ => None,
    }
}

/// Whether whoever follows the verb is the one who is spoken to: "told Reed", but "asked Reed" after a question.
pub(super) fn hears(lower: &str) -> bool {
    matches!(
        lower,
        "told"
            | "tells"
            | "tell"
            | "telling"
            | "thanked"
            | "thanks"
            | "talked"
            | "talks"
            | "termed"
            | "touted"
            | "touts"
            | "informed"
            | "informs"
            | "notified"
            | "reminded"
            | "reminds"
            | "alerted"
            | "threatened"
            | "threatens"
    )
}

/// Whether a form is the plural of a noun as often as a verb: "made remarks", "his fears".
pub(super) fn is_noun_too(lower: &str) -> bool {
    matches!(
        lower,
        "remarks"
            | "claims"
            | "notes"
            | "reports"
            | "comments"
            | "estimates"
            | "promises"
            | "pledges"
            | "answers"
            | "jokes"
            | "calls"
            | "echoes"
            | "counters"
            | "brands"
            | "fears"
            | "hopes"
            | "worries"
            | "rules"
            | "charges"
            | "thanks"
            | "talks"
            | "cautions"
            | "replies"
            | "tweets"
            | "protests"
            | "mentions"
            | "highlights"
            | "appeals"
            | "boasts"
            | "advises"
            | "thought"
            | "shared"
            | "cries"
            | "shouts"
            | "sighs"
            | "grins"
            | "smiles"
            | "nods"
            | "whispers"
    )
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
