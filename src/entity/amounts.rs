//! Finds sums of money, percentages, and measured or counted quantities.

use super::Kind;
use super::patterns::{Pattern, Patterns};
use super::words::{Reading, Sentence};

/// Adds the amounts of an article to its patterns.
pub(super) fn find(reading: &Reading<'_>, patterns: &mut Patterns) {
    for sentence in &reading.sentences {
        let mut at = sentence.first;
        while at < sentence.end {
            let found = (!patterns.has_taken(at)).then(|| amount(reading, sentence, at)).flatten();
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

/// A number as a word tells it, in figures or letters; ranges and dates are none.
pub(super) fn number_word(lower: &str) -> Option<f64> {
    if lower.starts_with(|c: char| c.is_ascii_digit()) {
        return lower.replace(',', "").parse().ok();
    }
    Some(match lower {
        "one" => 1.0,
        "two" => 2.0,
        "three" => 3.0,
        "four" => 4.0,
        "five" => 5.0,
        "six" => 6.0,
        "seven" => 7.0,
        "eight" => 8.0,
        "nine" => 9.0,
        "ten" => 10.0,
        "eleven" => 11.0,
        "twelve" => 12.0,
        "thirteen" => 13.0,
        "fourteen" => 14.0,
        "fifteen" => 15.0,
        "sixteen" => 16.0,
        "seventeen" => 17.0,
        "eighteen" => 18.0,
        "nineteen" => 19.0,
        "twenty" => 20.0,
        "thirty" => 30.0,
        "forty" => 40.0,
        "fifty" => 50.0,
        "sixty" => 60.0,
        "seventy" => 70.0,
        "eighty" => 80.0,
        "ninety" => 90.0,
        _ => {
            return lower.split_once('-').filter(|_| lower.len() < 16).and_then(|(tens, ones)| {
                let (tens, ones) = (number_word(tens)?, number_word(ones)?);
                ((20.0..100.0).contains(&tens) && ones < 10.0).then_some(tens + ones)
            });
        }
    })
}

fn scale(lower: &str) -> Option<f64> {
    Some(match lower {
        "hundred" => 1e2,
        "dozen" => 12.0,
        "thousand" | "k" => 1e3,
        "lakh" => 1e5,
        "million" | "mn" | "m" => 1e6,
        "crore" => 1e7,
        "billion" | "bn" | "b" => 1e9,
        "trillion" | "tn" => 1e12,
        _ => return None,
    })
}

/// A number with its scale words from `at` on: the word after it, the value, and whether single letters were scales.
fn number(reading: &Reading<'_>, sentence: &Sentence, at: usize, money: bool) -> Option<(usize, String)> {
    let word = reading.within(sentence, at);
    let article = matches!(&*word.lower, "a" | "an");
    let (low, high) = match word.text.split_once(['-', '–']).filter(|_| word.is_number()) {
        Some((low, high)) => (number_word(low)?, Some(number_word(high)?)),
        None if article => (1.0, None),
        None => (number_word(&word.lower)?, None),
    };
    let mut end = at + 1;
    let mut factor = 1.0;
    while let Some(next) = scale(&reading.within(sentence, end).lower).filter(|_| end < at + 4) {
        if reading.within(sentence, end).text.len() < 3 && !(money || reading.within(sentence, end).text == "bn") {
            break;
        }
        factor *= next;
        end += 1;
    }
    if article && end == at + 1 {
        return None;
    }
    let value = match high {
        Some(high) => format!("{}-{}", plain(low * factor), plain(high * factor)),
        None => plain(low * factor),
    };
    Some((end, value))
}

/// A number without needless digits.
fn plain(number: f64) -> String {
    let rounded = (number * 1000.0).round() / 1000.0;
    format!("{rounded}")
}

fn amount(reading: &Reading<'_>, sentence: &Sentence, at: usize) -> Option<Pattern> {
    let pattern = |end, kind, value: String| Some(Pattern { first: at, end, kind, value: Some(value) });
    let word = reading.word(at);
    // "$5 million", "US$ 5m", "EUR 10"
    let prefixed = usize::from(
        matches!(word.text, "US" | "A" | "C" | "HK" | "NZ" | "S" | "AU" | "CA")
            && reading.within(sentence, at + 1).text == "$",
    );
    let sign = reading.within(sentence, at + prefixed).text;
    if let Some(code) = symbol(sign) {
        let (end, value) = number(reading, sentence, at + prefixed + 1, true)?;
        let code = match (prefixed, word.text) {
            (1, "A" | "AU") => "AUD",
            (1, "C" | "CA") => "CAD",
            (1, "HK") => "HKD",
            (1, "NZ") => "NZD",
            (1, "S") => "SGD",
            _ => code,
        };
        return pattern(end, Kind::Money, format!("{value} {code}"));
    }
    let (end, value) = number(reading, sentence, at, false)?;
    let unit = reading.within(sentence, end);
    let next = reading.within(sentence, end + 1);
    match &*unit.lower {
        "%" | "percent" | "pct" => return pattern(end + 1, Kind::Percent, format!("{value}%")),
        "per" if matches!(&*next.lower, "cent" | "cent.") => {
            return pattern(end + 2, Kind::Percent, format!("{value}%"));
        }
        "percentage" if matches!(&*next.lower, "point" | "points") => {
            return pattern(end + 2, Kind::Percent, format!("{value}%"));
        }
        _ => {}
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

fn symbol(sign: &str) -> Option<&'static str> {
    Some(match sign {
        "$" | "US$" | "USD" => "USD",
        "£" | "GBP" => "GBP",
        "€" | "EUR" => "EUR",
        "¥" | "JPY" => "JPY",
        "₹" | "Rs" | "Rs." | "INR" => "INR",
        "₽" => "RUB",
        "₦" => "NGN",
        "₩" => "KRW",
        "₪" => "ILS",
        "₺" => "TRY",
        "CHF" => "CHF",
        "AED" => "AED",
        "RM" => "MYR",
        "Sh" | "KSh" | "Ksh" | "KES" => "KES",
        _ => return None,
    })
}

fn currency(lower: &str) -> Option<&'static str> {
    Some(match lower {
        "dollar" | "dollars" | "usd" | "$" => "USD",
        "euro" | "euros" | "eur" | "€" => "EUR",
        "pound" | "pounds" | "gbp" | "£" | "GBP" => "GBP",
        "yen" => "JPY",
        "yuan" | "renminbi" => "CNY",
        "rupee" | "rupees" => "INR",
        "rouble" | "roubles" | "ruble" | "rubles" => "RUB",
        "rand" => "ZAR",
        "naira" => "NGN",
        "shilling" | "shillings" => "shillings",
        "franc" | "francs" => "francs",
        "peso" | "pesos" => "pesos",
        "dinar" | "dinars" => "dinars",
        "dirham" | "dirhams" => "dirhams",
        "riyal" | "riyals" => "riyals",
        "lira" => "lira",
        "won" => "KRW",
        "ringgit" => "MYR",
        "baht" => "THB",
        "rupiah" => "IDR",
        "kronor" | "kroner" | "krona" => "kronor",
        "cent" | "cents" => "cents",
        "pence" => "pence",
        "taka" => "BDT",
        "real" | "reais" => "BRL",
        _ => return None,
    })
}

/// Whether a word is a unit of measurement or of counting.
pub(super) fn is_unit(lower: &str) -> bool {
    measure(lower).is_some() || counted(lower) || currency(lower).is_some()
}

fn measure(lower: &str) -> Option<&'static str> {
    Some(match lower {
        "km" | "kilometre" | "kilometres" | "kilometer" | "kilometers" => "km",
        "mile" | "miles" => "miles",
        "metre" | "metres" | "meter" | "meters" => "m",
        "cm" | "centimetre" | "centimetres" | "centimeter" | "centimeters" => "cm",
        "mm" | "millimetre" | "millimetres" | "millimeter" | "millimeters" => "mm",
        "ft" | "ft." | "foot" | "feet" => "ft",
        "inch" | "inches" => "inches",
        "yard" | "yards" => "yards",
        "kg" | "kilogram" | "kilograms" | "kilo" | "kilos" => "kg",
        "gram" | "grams" | "grammes" => "g",
        "tonne" | "tonnes" => "t",
        "ton" | "tons" => "tons",
        "lb" | "lbs" => "lb",
        "ounce" | "ounces" => "oz",
        "hectare" | "hectares" | "ha" => "ha",
        "acre" | "acres" => "acres",
        "km²" | "sq" => "km²",
        "km/h" | "kph" => "km/h",
        "mph" => "mph",
        "knots" => "knots",
        "litre" | "litres" | "liter" | "liters" => "l",
        "gallon" | "gallons" => "gallons",
        "barrel" | "barrels" => "barrels",
        "watt" | "watts" => "W",
        "megawatt" | "megawatts" | "mw" => "MW",
        "gigawatt" | "gigawatts" | "gw" => "GW",
        "kilowatt" | "kilowatts" | "kw" => "kW",
        "volts" => "V",
        _ => return None,
    })
}

fn counted(lower: &str) -> bool {
    matches!(
        lower,
        "people"
            | "persons"
            | "civilians"
            | "troops"
            | "soldiers"
            | "killed"
            | "dead"
            | "wounded"
            | "injured"
            | "casualties"
            | "deaths"
            | "fatalities"
            | "victims"
            | "refugees"
            | "migrants"
            | "protesters"
            | "demonstrators"
            | "workers"
            | "students"
            | "children"
            | "women"
            | "men"
            | "residents"
            | "inhabitants"
            | "families"
            | "households"
            | "members"
            | "fighters"
            | "militants"
            | "insurgents"
            | "rebels"
            | "policemen"
            | "officers"
            | "prisoners"
            | "detainees"
            | "hostages"
            | "passengers"
            | "patients"
            | "cases"
            | "homes"
            | "houses"
            | "villagers"
            | "employees"
            | "voters"
            | "survivors"
    )
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
            ("It was 30 degrees Celsius.", Kind::Quantity, "30 degrees Celsius", "30 °C"),
        ] {
            assert_eq!(first(words), (kind, name.to_owned(), Some(value.to_owned())), "{words}");
        }
    }
}
