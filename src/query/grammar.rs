//! The grammar of queries, the same in every list; what the fields and their values mean is up to the list.
//!
//! ```text
//! query  = all { ("or" | "|") all }          or binds least
//! all    = one { one }
//! one    = "-" one | "(" query ")" | part
//! part   = [ field ":" | "#" ] ( word | "“" phrase "”" | "(" query without fields ")" )
//! ```

use super::part::{Part, Vocabulary};
use super::{BadQuery, Condition};
use crate::text::fold::fold;

/// The longest query in bytes.
const MOST_BYTES: usize = 4096;
/// How deep brackets and negations may stand in each other.
const DEEPEST: usize = 64;

/// Reads a query into its parts; a blank one is [`Condition::All`] of nothing. At the top there is always an `All`.
///
/// # Errors
/// If any part of it is invalid.
pub fn parse<F: Copy + PartialEq>(text: &str, vocabulary: &Vocabulary<F>) -> Result<Condition<Part<F>>, BadQuery> {
    let mut parser = Parser { chars: text.chars().collect(), at: 0, depth: 0, vocabulary };
    if text.len() > MOST_BYTES {
        let end = text.char_indices().take_while(|(at, _)| *at < MOST_BYTES).count();
        let hint = "name fewer words, or save it as several searches";
        return Err(parser.bad(end.saturating_sub(1)..end, "a query has 4096 bytes at most", hint));
    }
    let condition = parser.alternatives(None)?;
    if parser.next() == Some(')') {
        let at = parser.at;
        return Err(parser.bad(at..at + 1, "no bracket is open here", "leave it out, or open one before it"));
    }
    Ok(match condition {
        Condition::All(all) => Condition::All(all),
        other => Condition::All(vec![other]),
    })
}

struct Parser<'a, F: 'static> {
    chars: Vec<char>,
    /// The next character.
    at: usize,
    depth: usize,
    vocabulary: &'a Vocabulary<F>,
}

/// The field before a bracket, which is that of all parts in it.
#[derive(Clone, Debug)]
struct Field<F> {
    field: F,
    name: String,
}

/// A list of conditions of which one stands for itself.
fn one_or<F>(mut all: Vec<Condition<F>>, many: impl FnOnce(Vec<Condition<F>>) -> Condition<F>) -> Condition<F> {
    match all.pop() {
        Some(only) if all.is_empty() => only,
        Some(last) => {
            all.push(last);
            many(all)
        }
        None => many(all),
    }
}

impl<F: Copy + PartialEq> Parser<'_, F> {
    fn next(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn skip_blanks(&mut self) {
        while self.next().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    fn typed(&self, range: std::ops::Range<usize>) -> String {
        self.chars.get(range).unwrap_or_default().iter().collect()
    }

    fn bad(&self, range: std::ops::Range<usize>, what: &str, hint: &str) -> BadQuery {
        BadQuery { at: range.start + 1, part: self.typed(range), what: what.to_owned(), hint: hint.to_owned() }
    }

    fn deeper<T>(&mut self, start: usize, read: impl FnOnce(&mut Self) -> Result<T, BadQuery>) -> Result<T, BadQuery> {
        if self.depth == DEEPEST {
            let what = format!("brackets stand at most {DEEPEST} deep in each other");
            return Err(self.bad(start..start + 1, &what, "leave some out"));
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }

    /// The end of the `or` that stands here, if one does.
    fn or_here(&self) -> Option<usize> {
        if self.next() == Some('|') {
            return Some(self.at + 1);
        }
        let end = self.end_of_word();
        self.typed(self.at..end).eq_ignore_ascii_case("or").then_some(end)
    }

    /// Where the word that begins here ends.
    fn end_of_word(&self) -> usize {
        let rest = self.chars.get(self.at..).unwrap_or_default();
        let ends = |c: &char| c.is_whitespace() || matches!(c, '(' | ')' | '|') || is_quotation_mark(*c);
        self.at + rest.iter().position(ends).unwrap_or(rest.len())
    }

    /// Everything up to the end or a closing bracket.
    fn alternatives(&mut self, field: Option<&Field<F>>) -> Result<Condition<Part<F>>, BadQuery> {
        let mut any = Vec::new();
        let mut last_or = None;
        loop {
            let all = self.all(field)?;
            let or = self.or_here().map(|end| self.at..end);
            if all.is_empty()
                && let Some(dangling) = last_or.clone().or(or.clone())
            {
                let side = if last_or.is_some() { "after" } else { "before" };
                let hint = "put it in quotation marks to search for the word, or leave it out";
                return Err(self.bad(dangling, &format!("nothing stands {side} it"), hint));
            }
            any.push(one_or(all, Condition::All));
            match or {
                Some(or) => {
                    self.at = or.end;
                    last_or = Some(or);
                }
                None => return Ok(one_or(any, Condition::Any)),
            }
        }
    }

    /// Everything up to the end, a closing bracket or an `or`.
    fn all(&mut self, field: Option<&Field<F>>) -> Result<Vec<Condition<Part<F>>>, BadQuery> {
        let mut all = Vec::new();
        loop {
            self.skip_blanks();
            if self.next().is_none_or(|c| c == ')') || self.or_here().is_some() {
                return Ok(all);
            }
            all.push(self.one(field)?);
        }
    }

    fn one(&mut self, field: Option<&Field<F>>) -> Result<Condition<Part<F>>, BadQuery> {
        let start = self.at;
        match self.next() {
            Some('-') => {
                self.at += 1;
                let stands_alone = self.next().is_none_or(|c| c.is_whitespace() || c == ')');
                if stands_alone || self.or_here().is_some() {
                    let hint = "write it right before what must not be there, or leave it out";
                    return Err(self.bad(start..start + 1, "it stands alone", hint));
                }
                let negated = self.deeper(start, |parser| parser.one(field))?;
                Ok(Condition::Not(Box::new(negated)))
            }
            Some('(') => self.group(field),
            _ => self.part(field),
        }
    }

    /// What stands in brackets.
    fn group(&mut self, field: Option<&Field<F>>) -> Result<Condition<Part<F>>, BadQuery> {
        let start = self.at;
        self.at += 1;
        let inside = self.deeper(start, |parser| parser.alternatives(field))?;
        if self.next().is_none() {
            let end = self.chars.len();
            return Err(self.bad(start..end, "the bracket is not closed", "close it, or leave it out"));
        }
        self.at += 1;
        if inside == Condition::All(Vec::new()) {
            return Err(self.bad(start..self.at, "there is nothing in the brackets", "leave them out"));
        }
        Ok(inside)
    }

    fn part(&mut self, around: Option<&Field<F>>) -> Result<Condition<Part<F>>, BadQuery> {
        let start = self.at;
        let field = self.field()?;
        if let (Some(inner), Some(around)) = (&field, around)
            && inner.field != around.field
        {
            let end = self.end_of_word();
            let what = format!("{}: holds for all that is in the brackets", around.name);
            return Err(self.bad(start..end, &what, "write it outside of them, or put it in quotation marks"));
        }
        let field = field.as_ref().or(around);
        if self.next() == Some('(') && self.at > start {
            return self.group(field);
        }
        let (value, is_open) = if self.next().is_some_and(is_quotation_mark) {
            (self.phrase()?, false)
        } else {
            let end = self.end_of_word();
            let word = self.typed(self.at..end);
            self.at = end;
            (word, end == self.chars.len())
        };
        let is_tag = field.is_some_and(|field| field.field == self.vocabulary.tag);
        let part = Part {
            field: field.map(|field| field.field),
            value: if is_tag { value.trim_start_matches(['#', '＃']).to_owned() } else { value },
            is_open,
            at: start + 1,
            typed: self.typed(start..self.at),
            name: field.map(|field| field.name.clone()).unwrap_or_default(),
            value_hint: field.map_or("", |field| (self.vocabulary.value_hint)(field.field)),
        };
        if !part.folded().trim().is_empty() {
            return Ok(Condition::Term(part));
        }
        Err(match field {
            Some(_) => part.bad("it has no value", format!("{}: takes {}", part.name, part.value_hint)),
            None => part.bad("it contains nothing to search for", "leave it out"),
        })
    }

    /// The field that is named here, with its colon; `#` is one, too.
    fn field(&mut self) -> Result<Option<Field<F>>, BadQuery> {
        if matches!(self.next(), Some('#' | '＃')) {
            self.at += 1;
            let tag = self.vocabulary.tag;
            let name = self.vocabulary.fields.iter().find(|(_, field)| *field == tag).map_or("", |(name, _)| name);
            return Ok(Some(Field { field: tag, name: name.to_owned() }));
        }
        let (start, end) = (self.at, self.end_of_word());
        let word = self.chars.get(start..end).unwrap_or_default();
        let Some(colon) = word.iter().position(|c| matches!(c, ':' | '：')) else { return Ok(None) };
        let name = self.typed(start..start + colon);
        // Addresses and times of day have colons too.
        if !is_name(&name) || word.get(colon + 1..).is_some_and(|rest| rest.starts_with(&['/', '/'])) {
            return Ok(None);
        }
        let Some(field) = self.vocabulary.field(&fold(&name)) else {
            let (what, hint) = self.vocabulary.unknown(&name);
            let mut end = end;
            if end == start + colon + 1 && self.chars.get(end).copied().is_some_and(is_quotation_mark) {
                let rest = self.chars.get(end + 1..).unwrap_or_default();
                end += rest.iter().position(|c| is_quotation_mark(*c)).map_or(rest.len() + 1, |at| at + 2);
            }
            return Err(self.bad(start..end, &what, &hint));
        };
        self.at = start + colon + 1;
        Ok(Some(Field { field, name }))
    }

    /// What stands between this quotation mark and the next.
    fn phrase(&mut self) -> Result<String, BadQuery> {
        let start = self.at;
        let rest = self.chars.get(start + 1..).unwrap_or_default();
        let Some(length) = rest.iter().position(|c| is_quotation_mark(*c)) else {
            let what = "the quotation mark is not closed";
            return Err(self.bad(start..self.chars.len(), what, "close it, or leave it out"));
        };
        self.at = start + length + 2;
        Ok(self.typed(start + 1..start + 1 + length))
    }
}

/// Whether this is a quotation mark of any language; a single one may be an apostrophe.
fn is_quotation_mark(c: char) -> bool {
    !c.is_alphanumeric() && fold(c.encode_utf8(&mut [0; 4])) == "\""
}

/// Whether this looks like the name of a field: letters, perhaps after a sign.
fn is_name(name: &str) -> bool {
    let letters = name.trim_start_matches(['+', '!']);
    !letters.is_empty() && letters.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '_'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const VOCABULARY: Vocabulary<u8> = Vocabulary {
        fields: &[("title", 1), ("tag", 2), ("headline", 1)],
        value_hint: |_| "a word",
        tag: 2,
        elsewhere: &[("kind", "there are no kinds here")],
    };

    /// A query as it was understood, with every bracket written.
    fn shown(condition: &Condition<Part<u8>>) -> String {
        let all = |all: &[Condition<Part<u8>>], between: &str| {
            format!("({})", all.iter().map(shown).collect::<Vec<_>>().join(between))
        };
        match condition {
            Condition::All(parts) => all(parts, " "),
            Condition::Any(parts) => all(parts, " | "),
            Condition::Not(part) => format!("-{}", shown(part)),
            Condition::Term(part) => match part.field {
                Some(field) => format!("{field}:\"{}\"", part.value),
                None => format!("\"{}\"", part.value),
            },
        }
    }

    fn read(text: &str) -> Result<String, BadQuery> {
        parse(text, &VOCABULARY).map(|condition| shown(&condition))
    }

    #[test]
    fn or_binds_least_and_brackets_most() {
        for (text, wanted) in [
            ("", "()"),
            ("a", r#"("a")"#),
            ("a b or c", r#"((("a" "b") | "c"))"#),
            ("a OR b|c", r#"(("a" | "b" | "c"))"#),
            ("a (b or c)", r#"("a" ("b" | "c"))"#),
            ("-(a b) --c", r#"(-("a" "b") --"c")"#),
            ("((a))", r#"("a")"#),
            ("a(b)c", r#"("a" "b" "c")"#),
            ("title:(a or “b c”) d", r#"((1:"a" | 1:"b c") "d")"#),
            ("#x -tag:(#y or z)", r#"(2:"x" -(2:"y" | 2:"z"))"#),
            ("#“two words”", r#"(2:"two words")"#),
            ("well-known c# 10:30 http://a.example/b:c", r#"("well-known" "c#" "10:30" "http://a.example/b:c")"#),
            ("\"or\" oracle or: or orb", ""),
            ("»title: (x« «-y»", r#"("title: (x" "-y")"#),
            ("TITLE：x", r#"(1:"x")"#),
        ] {
            match read(text) {
                Ok(found) => assert_eq!(found, wanted, "{text}"),
                Err(bad) => assert!(wanted.is_empty() && bad.part == "or:", "{text}: {bad}"),
            }
        }
    }

    #[test]
    fn what_means_nothing_is_refused_with_its_place() {
        let deep = format!("{}a{}", "(".repeat(65), ")".repeat(65));
        let deep_dash = format!("{}a", "-".repeat(65));
        let long = "a ".repeat(3000);
        for (text, at, part, what) in [
            ("(a", 1, "(a", "not closed"),
            ("a)", 2, ")", "no bracket is open"),
            ("a () b", 3, "()", "nothing in the brackets"),
            ("title:( )", 7, "( )", "nothing in the brackets"),
            ("a or", 3, "or", "nothing stands after"),
            ("or a", 1, "or", "nothing stands before"),
            ("a or | b", 3, "or", "nothing stands after"),
            ("(a |)", 4, "|", "nothing stands after"),
            ("a -", 3, "-", "stands alone"),
            ("a - b", 3, "-", "stands alone"),
            ("(-)", 2, "-", "stands alone"),
            ("-or b", 1, "-", "stands alone"),
            ("x “y z", 3, "“y z", "not closed"),
            ("title:", 1, "title:", "no value"),
            ("title:\" \"", 1, "title:\" \"", "no value"),
            ("a \u{ad} b", 3, "\u{ad}", "nothing to search for"),
            ("title:(tag:x)", 8, "tag:x", "holds for all"),
            ("titel:x", 1, "titel:x", "no field titel:"),
            ("a kind:\"b c\" d", 3, "kind:\"b c\"", "no kinds here"),
            (deep.as_str(), 65, "(", "64 deep"),
            (deep_dash.as_str(), 65, "-", "64 deep"),
            (long.as_str(), 4096, " ", "4096 bytes"),
        ] {
            let bad = read(text).expect_err(text);
            assert_eq!((bad.at, bad.part.as_str()), (at, part), "{text}");
            assert!(bad.what.contains(what) && !bad.hint.is_empty(), "{text}: {bad}; {}", bad.hint);
        }
    }

    fn is_in_text(text: &str, bad: &BadQuery) -> bool {
        let from: String = text.chars().skip(bad.at - 1).collect();
        !bad.part.is_empty() && from.starts_with(&bad.part)
    }

    /// Pieces that mean something, in any order.
    const PIECES: [&str; 24] = [
        "a", "ö", "or", "OR", "|", "-", "(", ")", "\"", "“", "«", "#", ":", "title:", "tag:", "kind:", "nix:", " ",
        "\u{ad}", "東", "\u{301}", "//", "’", "\n",
    ];

    proptest! {
        #[test]
        fn any_text_is_a_query_or_is_refused_at_a_place_in_it(text in "\\PC{0,80}") {
            if let Err(bad) = read(&text) {
                prop_assert!(is_in_text(&text, &bad), "{bad:?}");
            }
        }

        #[test]
        fn a_query_means_the_same_with_every_bracket_written(
            pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..30),
        ) {
            let text = pieces.concat();
            match read(&text) {
                Ok(shown) if shown == "()" => prop_assert!(text.trim().is_empty()),
                Ok(shown) => {
                    let named = shown.replace("1:", "title:").replace("2:", "tag:");
                    prop_assert_eq!(read(&named), Ok(shown), "{}", text);
                }
                Err(bad) => prop_assert!(is_in_text(&text, &bad), "{bad:?}"),
            }
        }
    }

    /// Changes queries at random and reads them; the seed is printed by what fails.
    fn mutate(rounds: u64) {
        let seeds = ["title:(a or \"b c\") -#x | kind:y", "((a -(b | c)) or tag:(d e)) “f g” h:", "a b c"];
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut random = |below: usize| {
            // xorshift64*, Vigna 2016.
            state ^= state >> 12;
            state ^= state << 25;
            state ^= state >> 27;
            (state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % below
        };
        for round in 0..rounds {
            let mut chars: Vec<char> = seeds[random(seeds.len())].chars().collect();
            for _ in 0..=random(12) {
                let (from, to) = (random(chars.len() + 1), random(chars.len() + 1));
                let (from, to) = (from.min(to), from.max(to));
                match random(3) {
                    0 => drop(chars.drain(from..to)),
                    1 => {
                        let copy = chars[from..to].to_vec();
                        chars.splice(to..to, copy);
                    }
                    _ => drop(chars.splice(from..from, PIECES[random(PIECES.len())].chars())),
                }
                chars.truncate(6000);
            }
            let text: String = chars.into_iter().collect();
            if let Err(bad) = read(&text) {
                assert!(is_in_text(&text, &bad), "round {round}: {text:?}: {bad:?}");
            }
        }
    }

    #[test]
    fn mutated_queries_are_read_or_refused() {
        mutate(3_000);
    }

    #[test]
    #[ignore = "takes minutes: cargo test --lib mutated_queries -- --ignored"]
    fn many_mutated_queries_are_read_or_refused() {
        mutate(30_000_000);
    }
}
