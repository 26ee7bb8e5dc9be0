//! Abbreviations of common nouns, which are no names: "an NGO", "closed-circuit television (CCTV)".

use foldhash::HashSet;

use super::Name;
use crate::entity::words::Reading;

/// Words before a bracket that are looked at for each letter in it.
const WORDS_A_LETTER: usize = 2;

/// Letters of the longest abbreviation.
const LONGEST: usize = 8;

/// Abbreviations that everybody uses without their long form.
fn is_common(text: &str) -> bool {
    matches!(
        text.strip_suffix('s').unwrap_or(text),
        "NGO"
            | "CEO"
            | "COO"
            | "CFO"
            | "CTO"
            | "CIO"
            | "MP"
            | "MEP"
            | "MLA"
            | "MEC"
            | "PM"
            | "VIP"
            | "BA"
            | "BSc"
            | "MSc"
            | "MBA"
            | "PhD"
            | "ICT"
            | "IT"
            | "AI"
            | "TV"
            | "DVD"
            | "SMS"
            | "OTP"
            | "PIN"
            | "ATM"
            | "GPS"
            | "PDF"
            | "URL"
            | "USB"
            | "GDP"
            | "GNP"
            | "VAT"
            | "GST"
            | "IPO"
            | "NDA"
            | "HR"
            | "PR"
            | "SME"
            | "MSME"
            | "EV"
            | "SUV"
            | "CCTV"
            | "DNA"
            | "RNA"
            | "PCR"
            | "ICU"
            | "PPE"
            | "HIV"
            | "RPG"
            | "IED"
            | "FAQ"
            | "ID"
            | "NFT"
            | "ESG"
            | "LNG"
            | "LPG"
            | "R&D"
            | "Q&A"
            | "CV"
            | "IQ"
    )
}

/// Takes out the names that are no more than initials of words in lower case, wherever they stand.
pub(super) fn remove(reading: &Reading<'_>, names: &mut Vec<Name>) {
    let explained =
        |name: &&Name| name.end == name.first + 1 && name.known.is_none() && is_explained(reading, name.first);
    names.retain(|name| name.end > name.first + 1 || name.known.is_some() || !is_common(reading.word(name.first).text));
    let found: HashSet<&str> = names.iter().filter(explained).map(|name| reading.word(name.first).text).collect();
    if !found.is_empty() {
        names.retain(|name| name.end > name.first + 1 || !found.contains(reading.word(name.first).text));
    }
}

/// Whether the word stands in brackets behind words in lower case whose initials it is.
fn is_explained(reading: &Reading<'_>, at: usize) -> bool {
    let Some(bracket) = at.checked_sub(1).filter(|bracket| reading.word(*bracket).is("(")) else { return false };
    let word = reading.word(at);
    let letters: Vec<char> = word.lower.chars().filter(|c| c.is_alphanumeric()).collect();
    let letters = letters.strip_suffix(&['s']).filter(|_| word.text.ends_with('s')).unwrap_or(&letters);
    if !reading.word(at + 1).is(")") || !(2..=LONGEST).contains(&letters.len()) {
        return false;
    }
    let first = bracket.saturating_sub(WORDS_A_LETTER * letters.len());
    let initials: Vec<(char, bool)> = (first..bracket)
        .flat_map(|at| {
            let word = reading.word(at);
            let small = word.is_lower();
            word.lower
                .split(['-', '/'])
                .filter_map(|part| part.chars().next())
                .map(move |c| (c, small))
                .collect::<Vec<_>>()
        })
        .collect();
    let mut rest = initials.iter().rev();
    let mut small = 0;
    // From the last to the first, the last being that of the last word.
    let own_last = initials.last().is_some_and(|(c, _)| letters.last() == Some(c));
    let spelled = letters.iter().rev().all(|letter| {
        let found = rest.find(|(c, _)| c == letter);
        small += usize::from(found.is_some_and(|(_, small)| *small));
        found.is_some()
    });
    own_last && spelled && small * 2 > letters.len()
}
