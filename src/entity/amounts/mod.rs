//! Finds sums of money, percentages, and measured or counted quantities.

mod numbers;
mod units;

pub(super) use numbers::number_word;
pub(super) use units::is_unit;

use super::Kind;
use super::patterns::{Pattern, Patterns};
use super::words::{Reading, Sentence};
use numbers::Number;
use units::{counted, currency, dollar, measure, symbol};

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
        && (word.range.end == next.range.start || word.is("US"))
        && let Some(code) = dollar(word.text)
    {
        return Some((at + 2, code));
    }
    if word.is("GH") && matches!(next.text, "¢" | "₵") {
        return Some((at + 2, "GHS"));
    }
    // "N" and "R" are letters, unless they touch the number.
    let code = symbol(word.text)
        .filter(|_| word.text.len() > 1 || word.range.end == next.range.start || !word.is_name_like())?;
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
        return pattern(number.end, Kind::Money, format!("{} {code}", number.value()));
    }
    let number = numbers(reading, sentence, at, false, is_between)?;
    let (end, value) = (number.end, number.value());
    let unit = reading.within(sentence, end);
    let next = reading.within(sentence, end + 1);
    if let Some(end) = percent(reading, sentence, end) {
        return pattern(end, Kind::Percent, format!("{value}%"));
    }
    if unit.is("p") && unit.range.start == reading.word(end - 1).range.end {
        return pattern(end + 1, Kind::Money, format!("{value} pence"));
    }
    if let Some(code) = currency(&unit.lower) {
        return pattern(end + 1, Kind::Money, format!("{value} {code}"));
    }
    if matches!(
        &*unit.lower,
        "us" | "u.s."
            | "american"
            | "canadian"
            | "australian"
            | "egyptian"
            | "sudanese"
            | "syrian"
            | "singapore"
            | "hong"
    ) && let Some(code) = currency(&next.lower)
    {
        let code = match &*unit.lower {
            "canadian" => "CAD",
            "australian" => "AUD",
            "egyptian" => "EGP",
            "sudanese" => "SDG",
            "syrian" => "SYP",
            "singapore" => "SGD",
            _ => code,
        };
        return pattern(end + 2, Kind::Money, format!("{value} {code}"));
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
        // "5 m tall" but not "5 m" of money without a sign.
        return pattern(end + 1, Kind::Quantity, format!("{value} {name}"));
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
            value: Some(format!("{value} {}", noun.lower)),
        })
    })
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
        ] {
            assert_eq!(first(words), (kind, name.to_owned(), Some(value.to_owned())), "{words}");
        }
    }
}
