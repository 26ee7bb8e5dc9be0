//! Finds sums of money, percentages, and measured or counted quantities.

mod currencies;
mod numbers;
mod readable;
mod units;

pub(super) use numbers::number_word;
pub(super) use readable::readable;
pub(super) use units::is_unit;

use super::Kind;
use super::patterns::{Pattern, Patterns};
use super::words::{Reading, Sentence};
use crate::text::tokens::TokenKind;
use currencies::{currency, dollar, national, symbol};
use numbers::Number;
use units::{counted, measure};

/// Adds the amounts of an article to its patterns.
pub(super) fn find(reading: &Reading<'_>, patterns: &mut Patterns) {
    for sentence in &reading.sentences {
        let mut at = sentence.first;
        while at < sentence.end {
            let found = (!patterns.has_taken(at)).then(|| signed(reading, sentence, at)).flatten();
            match found {
                Some(pattern) if pattern.end <= sentence.end && !(at..pattern.end).any(|at| patterns.has_taken(at)) => {
                    at = pattern.end;
                    patterns.add(pattern);
                }
                _ => at += 1,
            }
        }
    }
}

/// An amount with what stands before it: "−3.5 %", "minus 5 degrees", "between 3 and 5 per cent".
fn signed(reading: &Reading<'_>, sentence: &Sentence, at: usize) -> Option<Pattern> {
    let word = reading.word(at);
    if word.is_lower()
        && number_word(&word.lower).is_none()
        && !matches!(&*word.lower, "a" | "an" | "between" | "minus")
    {
        return None;
    }
    let next = reading.within(sentence, at + 1);
    let joins_next = word.range.end == next.range.start;
    let before = reading.before(sentence, at);
    let stands_free = before.range.end < word.range.start || before.text.is_empty() || before.is("(");
    match &*word.lower {
        "between" => {
            let pattern = amount(reading, sentence, at + 1, true)?;
            let is_range = pattern.value.as_ref().is_some_and(|value| value.contains('-'));
            is_range.then_some(Pattern { first: at, ..pattern })
        }
        "-" | "−" | "–" | "minus" if word.text == "minus" || joins_next && stands_free => {
            let pattern = amount(reading, sentence, at + 1, false)?;
            let value = pattern.value.filter(|value| !value.contains('-'))?;
            Some(Pattern { first: at, value: Some(format!("-{value}")), ..pattern })
        }
        _ => amount(reading, sentence, at, false),
    }
}

/// The sign or code of a currency that begins at `at`: the word after it, and the currency.
fn sign(reading: &Reading<'_>, sentence: &Sentence, at: usize) -> Option<(usize, &'static str)> {
    let word = reading.within(sentence, at);
    let next = reading.within(sentence, at + 1);
    if next.is("$")
        && (word.range.end == next.range.start || matches!(word.text, "US" | "U.S."))
        && let Some(code) = dollar(word.text)
    {
        return Some((at + 2, code));
    }
    if word.is("GH") && matches!(next.text, "¢" | "₵") {
        return Some((at + 2, "GHS"));
    }
    // "N", "R" and "GH" are letters, unless they touch the number.
    let touches = word.range.end == next.range.start;
    let is_letter = word.is_name_like() && (word.text.len() == 1 || word.is("GH"));
    let code = symbol(word.text).filter(|_| touches || !is_letter)?;
    Some((at + 1, code))
}

/// A number or a range of two in one unit: "3 to 5", "3% to 5%", "$3 million to $5 million"; after "between" joined by
/// "and".
fn numbers(reading: &Reading<'_>, sentence: &Sentence, at: usize, money: bool, is_between: bool) -> Option<Number> {
    let first = Number::read(reading, sentence, at, money)?;
    let unit = percent(reading, sentence, first.end);
    let link = unit.unwrap_or(first.end);
    let joined = match &*reading.within(sentence, link).lower {
        "and" => is_between,
        // "from 3 to 5 per cent" tells of a change.
        "to" | "-" | "–" => reading.before(sentence, at).lower != "from",
        _ => false,
    };
    let second = || {
        let start = sign(reading, sentence, link + 1).filter(|_| money).map_or(link + 1, |(at, _)| at);
        let second = Number::read(reading, sentence, start, money)?;
        (unit.is_none() || percent(reading, sentence, second.end).is_some()).then(|| first.to(&second)).flatten()
    };
    Some(joined.then(second).flatten().unwrap_or(first))
}

/// The word after "%" or "per cent" at `at`.
fn percent(reading: &Reading<'_>, sentence: &Sentence, at: usize) -> Option<usize> {
    let next = &*reading.within(sentence, at + 1).lower;
    match &*reading.within(sentence, at).lower {
        "%" | "percent" | "pct" => Some(at + 1),
        "per" if matches!(next, "cent" | "cent.") => Some(at + 2),
        "percentage" if matches!(next, "point" | "points") => Some(at + 2),
        _ => None,
    }
}

fn amount(reading: &Reading<'_>, sentence: &Sentence, at: usize, is_between: bool) -> Option<Pattern> {
    let pattern = |end, kind, value: String| Some(Pattern { first: at, end, kind, value: Some(value) });
    let word = reading.within(sentence, at);
    // "$5 million", "US$ 5m", "EUR 10"
    if let Some((start, code)) = sign(reading, sentence, at) {
        let number = numbers(reading, sentence, start, true, is_between)?;
        // "$600 million dollars"
        let twice = usize::from(currency(&reading.within(sentence, number.end).lower) == Some(code));
        return pattern(number.end + twice, Kind::Money, format!("{} {code}", number.value()));
    }
    // "BA.5 cases", "72/12 people"
    let before = reading.before(sentence, at);
    let is_joined = before.range.end == word.range.start && !before.text.is_empty();
    if is_joined && (before.kind == TokenKind::Word || matches!(before.text, "." | "/" | ":")) {
        return None;
    }
    let number = numbers(reading, sentence, at, false, is_between)?;
    let (end, value) = (number.end, number.value());
    let unit = reading.within(sentence, end);
    let next = reading.within(sentence, end + 1);
    if let Some(end) = percent(reading, sentence, end) {
        let last = &*reading.word(end - 1).lower;
        let more = &*reading.within(sentence, end).lower;
        // A rate that goes from 4% to 5% grows by one percentage point.
        let points = usize::from(matches!(more, "point" | "points"));
        let is_points = points > 0 || matches!(last, "point" | "points");
        let unit = if is_points { " percentage points" } else { "%" };
        return pattern(end + points, Kind::Percent, format!("{value}{unit}"));
    }
    if unit.is("p") && unit.range.start == reading.word(end - 1).range.end {
        return pattern(end + 1, Kind::Money, format!("{value} pence"));
    }
    if let Some(code) = currency(&unit.lower) {
        if unit.is("won") && !number.is_large() {
            return None;
        }
        if code == "GBP" && is_weighed(reading, sentence, at, end + 1) {
            return pattern(end + 1, Kind::Quantity, format!("{value} lb"));
        }
        return pattern(end + 1, Kind::Money, format!("{value} {code}"));
    }
    if let Some((end, code)) = money_of_a_state(reading, sentence, end) {
        return pattern(end, Kind::Money, format!("{value} {code}"));
    }
    if matches!(&*word.lower, "a" | "an") {
        return None;
    }
    if matches!(&*unit.lower, "square" | "cubic")
        && let Some(name) = measure(&next.lower)
    {
        return pattern(end + 2, Kind::Quantity, format!("{value} {} {name}", unit.lower));
    }
    if unit.is("°") || unit.is("degrees") {
        let scale = usize::from(matches!(next.text, "C" | "F" | "Celsius" | "Fahrenheit" | "celsius"));
        let letter = if scale == 1 { next.text.get(..1).unwrap_or_default().to_uppercase() } else { String::new() };
        return pattern(end + 1 + scale, Kind::Quantity, format!("{value} °{letter}"));
    }
    if let Some(name) = measure(&unit.lower) {
        let (end, speed) = per_hour(reading, sentence, end + 1);
        let name = if speed && name == "miles" { "mph" } else { name };
        let per_hour = if speed && name != "mph" { "/h" } else { "" };
        return pattern(end, Kind::Quantity, format!("{value} {name}{per_hour}"));
    }
    // "12 people", "3,000 US troops", "two suspected militants".
    (end..end + 3).find_map(|place| {
        let noun = reading.within(sentence, place);
        let between = (end..place).all(|at| {
            let word = reading.within(sentence, at);
            word.is_name_like() || word.is_lower() && !reading.lexicon.is(&word.lower, super::lexicon::class::FUNCTION)
        });
        (between && counted(&noun.lower)).then(|| Pattern {
            first: at,
            end: place + 1,
            kind: Kind::Quantity,
            value: Some(format!("{} {}", number.counting(word.text).value(), noun.lower)),
        })
    })
}

/// The currency of a state and the word after it: "Hong Kong dollars", "Canadian dollars".
fn money_of_a_state(reading: &Reading<'_>, sentence: &Sentence, at: usize) -> Option<(usize, &'static str)> {
    let lower = |at: usize| &*reading.within(sentence, at).lower;
    if let Some(code) = currency(lower(at + 1)).and_then(|money| national(lower(at), money)) {
        return Some((at + 2, code));
    }
    let money = currency(lower(at + 2))?;
    Some((at + 3, national(&format!("{} {}", lower(at), lower(at + 1)), money)?))
}

/// Whether pounds are a weight: "weighs 200 pounds", "12 pounds of rice".
fn is_weighed(reading: &Reading<'_>, sentence: &Sentence, at: usize, end: usize) -> bool {
    let weighs = |at: usize| reading.word(at).lower.starts_with("weigh") || reading.word(at).is("-");
    reading.within(sentence, end).is("of") || (at.saturating_sub(3).max(sentence.first)..at).any(weighs)
}

/// The word after "/h" or "per hour" at `at`, and whether it is there.
fn per_hour(reading: &Reading<'_>, sentence: &Sentence, at: usize) -> (usize, bool) {
    let next = &*reading.within(sentence, at + 1).lower;
    match (&*reading.within(sentence, at).lower, next) {
        ("/", "h") | ("per" | "an", "hour") => (at + 2, true),
        _ => (at, false),
    }
}

#[cfg(test)]
mod tests {
    use crate::article::{Block, BlockKind, Text, TextRange};
    use crate::entity::{Context, Kind, analyse};

    fn first(words: &str) -> (Kind, String, Option<String>) {
        let block = Block { kind: BlockKind::Paragraph, range: TextRange::new(0, words.len()) };
        let text = Text::new(words.into(), vec![block], vec![]);
        let found = analyse(&text, &Context::default());
        let entity = found.into_iter().find(|entity| !entity.kind.is_name()).expect(words);
        (entity.kind, entity.name, entity.value)
    }

    #[test]
    fn sums_percentages_and_quantities_with_their_values() {
        for (words, kind, name, value) in [
            ("It cost $5.2 million in all.", Kind::Money, "$5.2 million", "5200000 USD"),
            ("They paid £3bn for it.", Kind::Money, "£3bn", "3000000000 GBP"),
            ("A fine of 10,000 euros.", Kind::Money, "10,000 euros", "10000 EUR"),
            ("He owes A$ 40 still.", Kind::Money, "A$ 40", "40 AUD"),
            ("Some two million dollars went.", Kind::Money, "two million dollars", "2000000 USD"),
            ("Up by 12 per cent.", Kind::Percent, "12 per cent", "12%"),
            ("Up 3.5% again.", Kind::Percent, "3.5%", "3.5%"),
            ("It lies 40km north.", Kind::Quantity, "40km", "40 km"),
            ("Over 250 square miles burnt.", Kind::Quantity, "250 square miles", "250 square miles"),
            ("At least 12 people left.", Kind::Quantity, "12 people", "12 people"),
            ("They sent 3,000 US troops.", Kind::Quantity, "3,000 US troops", "3000 troops"),
            ("Shares moved by -3.5% then.", Kind::Percent, "-3.5%", "-3.5%"),
            ("It lost −£3bn.", Kind::Money, "−£3bn", "-3000000000 GBP"),
            ("It was minus 5 degrees.", Kind::Quantity, "minus 5 degrees", "-5 °"),
            ("A grant of RM5.5 million came.", Kind::Money, "RM5.5 million", "5500000 MYR"),
            ("They promised SR14 billion.", Kind::Money, "SR14 billion", "14000000000 SAR"),
            ("It costs R1,200 a day.", Kind::Money, "R1,200", "1200 ZAR"),
            ("He was fined R120 000 there.", Kind::Money, "R120 000", "120000 ZAR"),
            ("It took $250million.", Kind::Money, "$250million", "250000000 USD"),
            ("They paid Rs. 500 crore.", Kind::Money, "Rs. 500 crore", "5000000000 INR"),
            ("They paid 5m euros.", Kind::Money, "5m euros", "5000000 EUR"),
            ("A bill of N3.2bn.", Kind::Money, "N3.2bn", "3200000000 NGN"),
            ("A $3-5 million plan.", Kind::Money, "$3-5 million", "3000000-5000000 USD"),
            ("They paid US$40m.", Kind::Money, "US$40m", "40000000 USD"),
            ("A loaf is 80p.", Kind::Money, "80p", "80 pence"),
            ("It costs $3-5 million.", Kind::Money, "$3-5 million", "3000000-5000000 USD"),
            ("It costs $3 million to $5 million.", Kind::Money, "$3 million to $5 million", "3000000-5000000 USD"),
            ("It costs 3 to 5 million euros.", Kind::Money, "3 to 5 million euros", "3000000-5000000 EUR"),
            ("It grew between 3 and 5 per cent.", Kind::Percent, "between 3 and 5 per cent", "3-5%"),
            ("It grew 3% to 5%.", Kind::Percent, "3% to 5%", "3-5%"),
            ("It rose from 3% to 5%.", Kind::Percent, "3%", "3%"),
            ("Some 10 to 15 people left.", Kind::Quantity, "10 to 15 people", "10-15 people"),
            ("It was 30 degrees Celsius.", Kind::Quantity, "30 degrees Celsius", "30 °C"),
            ("It pays 50 million Hong Kong dollars.", Kind::Money, "50 million Hong Kong dollars", "50000000 HKD"),
            ("It pays 40 Canadian dollars.", Kind::Money, "40 Canadian dollars", "40 CAD"),
            ("They got $600 million dollars.", Kind::Money, "$600 million dollars", "600000000 USD"),
            ("A loaf (U.S.$2) is dear.", Kind::Money, "U.S.$2", "2 USD"),
            ("It took GH22billion.", Kind::Money, "GH22billion", "22000000000 GHS"),
            ("Petrol is Dh 2.1 now.", Kind::Money, "Dh 2.1", "2.1 AED"),
            ("He paid 1500 Rs for it.", Kind::Money, "1500 Rs", "1500 INR"),
            ("He paid 4.1 billion shekels.", Kind::Money, "4.1 billion shekels", "4100000000 ILS"),
            ("A fine of $50,000,00 was set.", Kind::Money, "$50,000,00", "50000 USD"),
            ("She weighs 120 pounds now.", Kind::Quantity, "120 pounds", "120 lb"),
            ("It fell by 3,5 % again.", Kind::Percent, "3,5 %", "3.5%"),
            ("It lost four percent points.", Kind::Percent, "four percent points", "4 percentage points"),
            ("Over 10 000 women came.", Kind::Quantity, "10 000 women", "10000 women"),
            ("Some 1.500 people came.", Kind::Quantity, "1.500 people", "1500 people"),
            ("It drove 50km/h there.", Kind::Quantity, "50km/h", "50 km/h"),
            ("It blew 60 miles per hour.", Kind::Quantity, "60 miles per hour", "60 mph"),
        ] {
            assert_eq!(first(words), (kind, name.to_owned(), Some(value.to_owned())), "{words}");
        }
    }

    #[test]
    fn what_only_looks_like_an_amount_is_none() {
        for words in ["CFC 2 won the first set.", "New BA.5 cases will peak.", "They sold 550 real estates."] {
            let block = Block { kind: BlockKind::Paragraph, range: TextRange::new(0, words.len()) };
            let text = Text::new(words.into(), vec![block], vec![]);
            let found = analyse(&text, &Context::default());
            assert!(found.iter().all(|entity| entity.kind.is_name()), "{words}: {found:?}");
        }
    }
}
