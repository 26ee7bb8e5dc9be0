//! Newsboat's filter expressions in our search language, where that can say the same.

/// Brackets in brackets that are followed.
const MAX_DEPTH: usize = 16;
/// Longest expression that is read, in bytes.
const MAX_BYTES: usize = 4096;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Open,
    Close,
    /// A name, an operator or a number.
    Word(String),
    /// What stood in quotation marks.
    Quoted(String),
}

/// An expression as a query, and whether it finds the same: newsboat looks for letters and regular expressions where we
/// look for words.
///
/// # Errors
/// What cannot be said in our language.
pub(super) fn translate(expression: &str) -> Result<(String, bool), String> {
    if expression.len() > MAX_BYTES {
        return Err("it is too long".to_owned());
    }
    let mut translation = Translation { pieces: pieces(expression)?, at: 0, is_exact: true };
    let query = translation.any(0)?;
    match translation.peek() {
        None => Ok((query, translation.is_exact)),
        Some(_) => Err("its brackets do not match".to_owned()),
    }
}

struct Translation {
    pieces: Vec<Piece>,
    at: usize,
    is_exact: bool,
}

impl Translation {
    fn peek(&self) -> Option<&Piece> {
        self.pieces.get(self.at)
    }

    fn next(&mut self) -> Option<Piece> {
        let piece = self.pieces.get(self.at).cloned();
        self.at += 1;
        piece
    }

    /// Conditions with one kind of word between them.
    fn any(&mut self, depth: usize) -> Result<String, String> {
        if depth > MAX_DEPTH {
            return Err("its brackets lie too deep in each other".to_owned());
        }
        let mut conditions = vec![self.one(depth)?];
        let mut between: Option<String> = None;
        while let Some(Piece::Word(word)) = self.peek() {
            let word = word.to_ascii_lowercase();
            if word != "and" && word != "or" {
                return Err(format!("“{word}” is neither and nor or"));
            }
            if between.get_or_insert_with(|| word.clone()) != &word {
                return Err(
                    "it has both and and or without brackets, of which it is not clear which comes first".to_owned()
                );
            }
            self.at += 1;
            conditions.push(self.one(depth)?);
        }
        Ok(match (between.as_deref(), conditions.as_slice()) {
            (Some("or"), _) => format!("({})", conditions.join(" or ")),
            _ => conditions.join(" "),
        })
    }

    fn one(&mut self, depth: usize) -> Result<String, String> {
        match self.next() {
            Some(Piece::Open) => {
                let inside = self.any(depth + 1)?;
                if self.next() != Some(Piece::Close) {
                    return Err("its brackets do not match".to_owned());
                }
                Ok(if inside.starts_with('(') || !inside.contains(' ') { inside } else { format!("({inside})") })
            }
            Some(Piece::Word(attribute)) => {
                let (operator, value) = (self.next(), self.next());
                match (operator, value) {
                    (Some(Piece::Word(operator)), Some(Piece::Word(value) | Piece::Quoted(value))) => {
                        self.comparison(&attribute.to_ascii_lowercase(), &operator, value.trim())
                    }
                    _ => Err(format!("something is missing behind {attribute}")),
                }
            }
            _ => Err("something is missing in it".to_owned()),
        }
    }

    fn comparison(&mut self, attribute: &str, operator: &str, value: &str) -> Result<String, String> {
        let unknown = || Err(format!("there is nothing here like {attribute} {operator}"));
        let negates = operator.starts_with('!');
        let not = |negates: bool, condition: String| if negates { format!("-{condition}") } else { condition };
        let is_equal = matches!(operator, "=" | "==" | "!=");
        let is_match = is_equal || matches!(operator, "=~" | "!~");
        match attribute {
            "unread" if is_equal => match value.to_ascii_lowercase().as_str() {
                "yes" => Ok(if negates { "is:read" } else { "is:unread" }.to_owned()),
                "no" => Ok(if negates { "is:unread" } else { "is:read" }.to_owned()),
                _ => unknown(),
            },
            "flags" if matches!(operator, "#" | "!#") => Ok(not(negates, "is:starred".to_owned())),
            "tags" if matches!(operator, "#" | "!#") => {
                let tag = super::tag(value);
                if tag.is_empty() { unknown() } else { Ok(not(negates, format!("tag:{}", quoted(&tag)))) }
            }
            "title" | "author" | "feedtitle" | "content" | "description" if is_match => {
                let field = match attribute {
                    "title" => "title:",
                    "author" => "author:",
                    "feedtitle" => "source:",
                    _ => "",
                };
                let words = if is_equal { vec![value.to_owned()] } else { alternatives(value)? };
                self.is_exact = false;
                let conditions: Vec<String> = words.iter().map(|words| format!("{field}{}", quoted(words))).collect();
                Ok(not(
                    negates,
                    match conditions.as_slice() {
                        [one] => one.clone(),
                        _ => format!("({})", conditions.join(" or ")),
                    },
                ))
            }
            "age" => age(operator, value).map_or_else(unknown, Ok),
            _ => unknown(),
        }
    }
}

/// What the age of an article, in days, says of its time.
fn age(operator: &str, value: &str) -> Option<String> {
    let days = |value: &str| value.trim().parse::<u16>().ok();
    Some(match operator {
        "<" => format!("after:{}d", days(value)?.checked_sub(1).filter(|days| *days > 0).unwrap_or(1)),
        "<=" => format!("after:{}d", days(value)?.max(1)),
        ">" => format!("before:{}d", days(value)?.max(1)),
        ">=" => format!("before:{}d", days(value)?.checked_sub(1)?.max(1)),
        "between" => {
            let (from, to) = value.split_once(':')?;
            let (from, to) = (days(from)?, days(to)?);
            let after = format!("after:{}d", to.max(1));
            if from == 0 { after } else { format!("{after} before:{from}d") }
        }
        _ => return None,
    })
}

/// The words between the bars of a regular expression that has nothing else in it but `.*` about them and brackets.
fn alternatives(expression: &str) -> Result<Vec<String>, String> {
    let bare = expression.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(expression);
    let words: Vec<String> = bare
        .split('|')
        .map(|part| {
            let part = part.trim();
            let part = part.strip_prefix(".*").unwrap_or(part);
            part.strip_suffix(".*").unwrap_or(part).trim().to_owned()
        })
        .collect();
    let is_plain = |words: &String| {
        words.chars().any(char::is_alphanumeric)
            && !words.contains(['.', '*', '+', '?', '[', ']', '(', ')', '{', '}', '^', '$', '\\'])
    };
    if words.iter().all(is_plain) {
        Ok(words)
    } else {
        Err(format!("the regular expression “{expression}” is more than words"))
    }
}

/// A word as it is, several in quotation marks.
fn quoted(words: &str) -> String {
    if words.chars().all(char::is_alphanumeric) && !words.eq_ignore_ascii_case("or") {
        words.to_owned()
    } else {
        format!("\"{}\"", words.replace('"', " "))
    }
}

fn pieces(expression: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut signs = expression.chars().peekable();
    while let Some(c) = signs.next() {
        let is_word = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
        let is_operator = |c: &char| matches!(c, '=' | '!' | '~' | '<' | '>' | '#');
        match c {
            c if c.is_whitespace() => {}
            '(' => pieces.push(Piece::Open),
            ')' => pieces.push(Piece::Close),
            '"' | '\'' => {
                let mut value = String::new();
                loop {
                    match signs.next() {
                        Some(end) if end == c => break,
                        Some('\\') => value.extend(signs.next()),
                        Some(c) => value.push(c),
                        None => return Err("a quotation mark in it is never closed".to_owned()),
                    }
                }
                pieces.push(Piece::Quoted(value));
            }
            c if is_word(&c) || is_operator(&c) => {
                let mut word = String::from(c);
                let is_part = |next: &char| if is_operator(&c) { is_operator(next) } else { is_word(next) };
                while let Some(next) = signs.next_if(is_part) {
                    word.push(next);
                }
                pieces.push(Piece::Word(word));
            }
            c => return Err(format!("“{c}” means nothing in it")),
        }
    }
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::query::ArticleQuery;

    #[test]
    fn what_can_be_said_is_said_in_our_language() {
        for (expression, query) in [
            ("unread = \"yes\"", "is:unread"),
            ("unread != \"yes\"", "is:read"),
            ("unread=\"no\" or flags # \"s\"", "(is:read or is:starred)"),
            ("( unread = \"yes\" and age < 8 ) or tags # \"far away\"", "((is:unread after:7d) or tag:\"far-away\")"),
            ("title =~ \"(rain|light hail)\"", "(title:rain or title:\"light hail\")"),
            ("title !~ \".*rain.*\" and author = \"Ana B.\"", "-title:rain author:\"Ana B.\""),
            ("feedtitle = \"or\" and tags !# \"x\"", "source:\"or\" -tag:x"),
            ("age between 2:7", "after:7d before:2d"),
            ("content =~ 'x y'", "\"x y\""),
        ] {
            assert_eq!(translate(expression).map(|(query, _)| query).as_deref(), Ok(query), "{expression}");
            ArticleQuery::read(query, Timestamp::UNIX_EPOCH).unwrap();
        }
        assert!(translate("unread = \"yes\"").unwrap().1 && !translate("title = \"x\"").unwrap().1);
    }

    #[test]
    fn what_cannot_be_said_is_named() {
        for (expression, told) in [
            ("unread = \"yes\" and age < 3 or flags # \"s\"", "both and and or"),
            ("link =~ \"example\"", "like link =~"),
            ("title =~ \"^rain\"", "more than words"),
            ("(unread = \"yes\"", "brackets"),
            ("unread = \"yes\")", "brackets"),
            ("unread =", "missing behind unread"),
            ("title = \"open", "never closed"),
            ("", "missing"),
            ("unread = \"yes\" xor unread = \"no\"", "neither and nor or"),
        ] {
            let reason = translate(expression).unwrap_err();
            assert!(reason.contains(told), "{expression}: {reason}");
        }
        assert!(translate(&"(".repeat(4000)).unwrap_err().contains("deep"));
        assert!(translate(&"x".repeat(5000)).unwrap_err().contains("long"));
    }
}
