//! What the value of an amount stands for, as newspapers write it: `5200000 USD` is "$5.2 million".

use super::currencies::written_before;

/// The value of an amount (see [`Entity::value`](crate::entity::Entity::value)) in words; what is in no form we know
/// stays as it is.
pub(in crate::entity) fn readable(value: &str) -> String {
    in_words(value).unwrap_or_else(|| value.to_owned())
}

fn in_words(value: &str) -> Option<String> {
    let (amount, unit) = value.split_once(' ')?;
    let Some(sign) = written_before(unit) else {
        // "SAR 14 billion", but "40 km", "5 MW"
        let is_code = unit.len() == 3 && unit.bytes().all(|byte| byte.is_ascii_uppercase());
        let numbers = numbers(amount)?;
        return Some(if is_code { format!("{unit} {numbers}") } else { format!("{numbers} {unit}") });
    };
    let (minus, amount) = amount.strip_prefix('-').map_or(("", amount), |amount| ("−", amount));
    Some(format!("{minus}{sign}{}", numbers(amount)?))
}

/// A number or the two ends of a range; a scale they share is told once.
fn numbers(amount: &str) -> Option<String> {
    let (minus, amount) = amount.strip_prefix('-').map_or(("", amount), |amount| ("−", amount));
    let Some((low, high)) = amount.split_once('-') else { return Some(format!("{minus}{}", number(amount)?)) };
    let (low, high) = (number(low)?, number(high)?);
    let scale = |words: &str| words.split_once(' ').map(|(_, scale)| scale.to_owned());
    let low = if scale(&low) == scale(&high) { low.split(' ').next()?.to_owned() } else { low };
    Some(format!("{minus}{low}–{high}"))
}

/// "160,000", "5.2 million": a number below a million has its thousands parted, a larger one its scale in words.
fn number(digits: &str) -> Option<String> {
    let number: f64 = digits.parse().ok().filter(|number: &f64| number.is_finite() && *number >= 0.0)?;
    let scales = [(1e12, " trillion"), (1e9, " billion"), (1e6, " million")];
    if let Some((scale, words)) = scales.into_iter().find(|(scale, _)| number >= *scale) {
        let scaled = number / scale;
        // What three decimal places cannot hold is written out: 1,584,547.
        let short = (scaled * 1000.0).round() / 1000.0;
        if (short - scaled).abs() < 1e-9 {
            return Some(format!("{}{words}", grouped(&format!("{short}"))));
        }
    }
    Some(grouped(digits))
}

/// A number with commas between its thousands.
fn grouped(digits: &str) -> String {
    let whole = digits.split('.').next().unwrap_or(digits);
    let rest = digits.strip_prefix(whole).unwrap_or_default();
    let mut words = String::new();
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_people_write_them() {
        for (value, wanted) in [
            ("160000 USD", "$160,000"),
            ("5200000 USD", "$5.2 million"),
            ("-3000000000 GBP", "−£3 billion"),
            ("3000000-5000000 USD", "$3–5 million"),
            ("800000-1200000 EUR", "€800,000–1.2 million"),
            ("5500000 MYR", "RM5.5 million"),
            ("14000000000 SAR", "SAR 14 billion"),
            ("120000 ZAR", "R120,000"),
            ("80 pence", "80 pence"),
            ("200 shillings", "200 shillings"),
            ("0.4 percentage points", "0.4 percentage points"),
            ("3000 men", "3,000 men"),
            ("6100000 people", "6.1 million people"),
            ("1584547 people", "1,584,547 people"),
            ("1020 square km", "1,020 square km"),
            ("50 km/h", "50 km/h"),
            ("-5 m", "−5 m"),
            ("5 MW", "5 MW"),
            ("1000000000000000 USD", "$1,000 trillion"),
        ] {
            assert_eq!(readable(value), wanted);
        }
    }

    #[test]
    fn what_is_no_amount_stays_as_it_is() {
        for value in ["", " ", "12%", "-", "five men", "2007-05-10", "1e400 USD", "- USD", "1-2-3 km"] {
            assert_eq!(readable(value), value);
        }
    }
}
