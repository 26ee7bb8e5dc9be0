//! Rows of delimiter-separated values (RFC 4180), each with its line number. A row with a stray quotation mark costs
//! only itself, not everything below it.

/// A row whose end cannot be told because of its quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OpenQuote;

/// The rows of `text`, each with the number of its first line, from 1. Blank lines are skipped; the first row is the
/// header.
///
/// A quotation mark is wrong if it is never closed, if words follow the closing one, or if it yields a row of several
/// lines that does not have as many cells as the header. Reading then goes on with the next line.
pub(super) fn rows(text: &str, separator: u8) -> Vec<(usize, Result<Vec<String>, OpenQuote>)> {
    let (mut rows, mut rest, mut line, mut width) = (Vec::new(), text, 1, None);
    while !rest.is_empty() {
        let below = rest.split_once('\n').map_or("", |(_, below)| below);
        let first = rest.get(..rest.len() - below.len()).unwrap_or_default();
        let (row, behind) = match row(rest, char::from(separator)) {
            Some((row, behind)) => {
                let is_long = behind.len() < below.len();
                let fits = !is_long || width.is_none_or(|width| row.len() == width);
                if fits { (Ok(row), behind) } else { (Err(OpenQuote), below) }
            }
            None => (Err(OpenQuote), below),
        };
        if !first.trim_matches(['\r', '\n']).is_empty() {
            width = width.or(row.as_ref().ok().map(Vec::len));
            rows.push((line, row));
        }
        let read = rest.get(..rest.len() - behind.len()).unwrap_or_default();
        line += read.matches('\n').count();
        rest = behind;
    }
    rows
}

/// The first row.
pub(super) fn header_row(text: &str, separator: u8) -> Option<Vec<String>> {
    Some(row(text.trim_start_matches(['\r', '\n']), char::from(separator))?.0)
}

/// The cells of one row and the rest of the text; none if a quotation mark is wrong.
fn row(text: &str, separator: char) -> Option<(Vec<String>, &str)> {
    let (mut cells, mut rest) = (Vec::new(), text);
    loop {
        let (cell, behind) = if let Some(quoted) = rest.strip_prefix('"') {
            self::quoted(quoted)?
        } else {
            let (cell, behind) = rest.split_at(rest.find([separator, '\r', '\n']).unwrap_or(rest.len()));
            (cell.to_owned(), behind)
        };
        cells.push(cell);
        if let Some(behind) = behind.strip_prefix(separator) {
            rest = behind;
            continue;
        }
        let end = ["\r\n", "\n", "\r"].iter().find_map(|end| behind.strip_prefix(end));
        return match end {
            None if !behind.is_empty() => None,
            end => Some((cells, end.unwrap_or_default())),
        };
    }
}

/// The words up to the closing quotation mark (two in a row stand for one) and the rest of the text.
fn quoted(text: &str) -> Option<(String, &str)> {
    let (mut cell, mut rest) = (String::new(), text);
    loop {
        let (words, behind) = rest.split_once('"')?;
        cell.push_str(words);
        let Some(more) = behind.strip_prefix('"') else {
            // Spaces after the closing mark are ignored.
            let plain = behind.trim_start_matches(' ');
            return Some((cell, plain));
        };
        cell.push('"');
        rest = more;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_rows(text: &str) -> Vec<(usize, String)> {
        let one = |(line, row): (usize, Result<Vec<String>, OpenQuote>)| {
            (line, row.map_or_else(|_| "wrong".to_owned(), |row| row.join("|")))
        };
        rows(text, b',').into_iter().map(one).collect()
    }

    fn wanted(all: &[(usize, &str)]) -> Vec<(usize, String)> {
        all.iter().map(|(line, row)| (*line, (*row).to_owned())).collect()
    }

    #[test]
    fn cells_lines_and_quotation_marks() {
        let text = "a,b\r\n\"x, \"\"y\"\"\nz\", \r\n\r\n,\"\"\nlast,\"one\" ";
        assert_eq!(read_rows(text), wanted(&[(1, "a|b"), (2, "x, \"y\"\nz| "), (5, "|"), (6, "last|one")]));
        assert_eq!(read_rows("a\rb\r"), wanted(&[(1, "a"), (1, "b")]));
    }

    #[test]
    fn a_wrong_quotation_mark_costs_only_its_line() {
        for (row, rest) in [
            ("\"First,T,n1", "Second,T,n2\nThird,T,n3"),
            ("First,T,\"n1", "Second,T,n2\nThird,T,n3\n"),
            ("\"First,T,n1", "\"Second\",T,n2\nThird,T,n3"),
            ("\"First,T,n1", "Second,T,\"n2\"\nThird,T,n3"),
            ("\"First,\"T\",n1", "Second,T,n2\nThird,T,n3"),
            ("\"The \"old\" one\",T,n1", "Second,T,n2\nThird,T,n3"),
        ] {
            let rows = wanted(&[(1, "H|T|N"), (2, "wrong"), (3, "Second|T|n2"), (4, "Third|T|n3")]);
            assert_eq!(read_rows(&format!("H,T,N\n{row}\n{rest}")), rows, "{row}");
        }
        let late = "H,T,N\n\"First,T,n1\nSecond,T,n2\nThird,T,n3\"";
        assert_eq!(read_rows(late)[1..3], wanted(&[(2, "wrong"), (3, "Second|T|n2")]));
    }
}
