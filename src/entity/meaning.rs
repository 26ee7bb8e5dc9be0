//! What a card says beside a date or an amount: what it comes to, as a person writes it.

use super::{Entity, Kind, amounts, dates};

impl Entity {
    /// What a date or an amount comes to, in words: "7–13 May 2007" for "last week", "₹5 billion" for "Rs 500 crore". None
    /// for names, and where the name says as much: "May 7, 2007", "two million dollars".
    pub fn meaning(&self) -> Option<String> {
        let value = self.value.as_deref()?;
        let known = words(&self.name);
        if self.kind == Kind::Date {
            let meaning = dates::readable(value);
            return (!words(&meaning).iter().all(|word| known.contains(word))).then_some(meaning);
        }
        known.iter().any(|word| is_short_scale(word, self.kind)).then(|| amounts::readable(value))
    }
}

/// Whether a word scales a number in a way that not everybody reads at once: "$80B", "5 lakh". A metre is no million.
fn is_short_scale(word: &str, kind: Kind) -> bool {
    matches!(word, "lakh" | "crore") || kind == Kind::Money && matches!(word, "k" | "m" | "mn" | "b" | "bn" | "tn")
}

/// The words and numbers of a phrase in lower case: `5` and `km` of "5km".
fn words(phrase: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last = None;
    for c in phrase.chars() {
        let class = c.is_alphanumeric().then_some(c.is_numeric());
        match words.last_mut().filter(|_| class == last) {
            Some(word) if class.is_some() => word.extend(c.to_lowercase()),
            _ if class.is_some() => words.push(c.to_lowercase().collect()),
            _ => {}
        }
        last = class;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(kind: Kind, name: &str, value: &str) -> Option<String> {
        let entity = Entity {
            kind,
            name: name.to_owned(),
            aliases: vec![],
            titles: vec![],
            mentions: vec![],
            salience: 0.0,
            value: Some(value.to_owned()),
            doubtful: false,
            followed: false,
            quotes: vec![],
        };
        entity.meaning()
    }

    #[test]
    fn what_a_name_leaves_open_is_told() {
        for (kind, name, value, wanted) in [
            (Kind::Date, "last week", "2007-05-07/2007-05-13", "7–13 May 2007"),
            (Kind::Date, "May 7", "2007-05-07", "7 May 2007"),
            (Kind::Money, "Rs 500 crore", "5000000000 INR", "₹5 billion"),
            (Kind::Money, "£3bn", "3000000000 GBP", "£3 billion"),
            (Kind::Money, "$80B", "80000000000 USD", "$80 billion"),
            (Kind::Quantity, "5 lakh people", "500000 people", "500,000 people"),
        ] {
            assert_eq!(meaning(kind, name, value).as_deref(), Some(wanted));
        }
    }

    #[test]
    fn what_a_name_says_is_not_said_again() {
        for (kind, name, value) in [
            (Kind::Date, "May 7, 2007", "2007-05-07"),
            (Kind::Date, "between 2015 and 2017", "2015/2017"),
            (Kind::Money, "US$5.2 million", "5200000 USD"),
            (Kind::Money, "R120 000", "120000 ZAR"),
            (Kind::Money, "10 billion yuan", "10000000000 CNY"),
            (Kind::Percent, "five per cent", "5%"),
            (Kind::Quantity, "3,000 US troops", "3000 troops"),
            (Kind::Quantity, "5 m", "5 m"),
        ] {
            assert_eq!(meaning(kind, name, value), None, "{name}");
        }
    }
}
