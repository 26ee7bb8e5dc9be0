//! Blocks in the making, and how they become one canonical text.

use std::borrow::Cow;

use crate::article::{Block, BlockKind, Inline, InlineKind, Text, TextRange};
use crate::text::mend::mend;
use crate::text::sanitize::{is_blank, sanitize};

/// A block that has its own words; `inlines` are ranges over these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) kind: BlockKind,
    pub(super) words: String,
    pub(super) inlines: Vec<Inline>,
}

impl Draft {
    pub(super) fn new(kind: BlockKind, words: impl Into<String>) -> Self {
        Self { kind, words: words.into(), inlines: Vec::new() }
    }

    pub(super) fn rule() -> Self {
        Self::new(BlockKind::Rule, "")
    }

    pub(super) fn is_rule(&self) -> bool {
        self.kind == BlockKind::Rule
    }

    /// Takes away `cuts` (sorted, apart from each other); the inlines stay on the words that are left of theirs.
    pub(super) fn cut(&mut self, cuts: &[TextRange]) {
        let (mut words, mut at) = (String::with_capacity(self.words.len()), 0);
        // The length of the words up to each cut.
        let mut kept = Vec::with_capacity(cuts.len());
        for cut in cuts {
            words.push_str(self.words.get(at..cut.start).unwrap_or_default());
            kept.push(words.len());
            at = cut.end;
        }
        words.push_str(self.words.get(at..).unwrap_or_default());
        let moved = |place: usize| {
            let last = cuts.partition_point(|cut| cut.start < place).checked_sub(1);
            let before = last.and_then(|last| Some((cuts.get(last)?, kept.get(last)?)));
            before.map_or(place, |(cut, kept)| kept + place.saturating_sub(cut.end))
        };
        for Inline { range, .. } in &mut self.inlines {
            *range = TextRange::new(moved(range.start), moved(range.end));
        }
        self.inlines.retain(|inline| !inline.range.is_empty());
        self.words = words;
    }

    /// One draft for each of its lines.
    pub(super) fn into_lines(self) -> Vec<Self> {
        let mut start = 0;
        let line = |words: &str| {
            let range = TextRange::new(start, start + words.len());
            start = range.end + 1;
            let inside = |inline: &Inline| {
                let common = inline.range.intersection(range)?;
                let place = TextRange::new(common.start - range.start, common.end - range.start);
                Some(Inline { kind: inline.kind.clone(), range: place }).filter(|inline| !inline.range.is_empty())
            };
            Self {
                kind: self.kind.clone(),
                words: words.to_owned(),
                inlines: self.inlines.iter().filter_map(inside).collect(),
            }
        };
        self.words.split('\n').map(line).collect()
    }
}

/// Joins drafts by blank lines. Empty ones are left out, and so are rules that divide nothing.
pub(super) fn assemble(drafts: Vec<Draft>) -> Text {
    let mut drafts: Vec<Draft> =
        drafts.into_iter().map(clean).filter(|draft| draft.is_rule() || !is_blank(&draft.words)).collect();
    drafts.dedup_by(|next, draft| next.is_rule() && draft.is_rule());
    let rules_in_front = usize::from(drafts.first().is_some_and(Draft::is_rule));
    drafts.drain(..rules_in_front);
    if drafts.last().is_some_and(Draft::is_rule) {
        drafts.pop();
    }
    let size = drafts.iter().map(|draft| draft.words.len() + 2).sum();
    let (mut text, mut blocks, mut inlines) =
        (String::with_capacity(size), Vec::with_capacity(drafts.len()), Vec::new());
    for draft in drafts {
        if !blocks.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(&draft.words);
        blocks.push(Block { kind: draft.kind, range: TextRange::new(start, text.len()) });
        inlines.extend(
            draft.inlines.into_iter().map(|Inline { kind, range }| Inline { kind, range: range.shifted(start) }),
        );
    }
    Text::new(text, blocks, inlines)
}

/// Cleans what a format's own escapes (`&#27;`, `&quot;¦`) brought in after the source was cleaned as a whole.
fn clean(mut draft: Draft) -> Draft {
    if draft.is_rule() {
        draft.words.clear();
        draft.inlines.clear();
        return draft;
    }
    if let Some(words) = cleaned(&draft.words) {
        (draft.words, draft.inlines) = clean_around(&draft.words, draft.inlines).unwrap_or((words, Vec::new()));
        // A tab may have come to light. Both are one byte, so ranges stay.
        if !matches!(draft.kind, BlockKind::Code { .. } | BlockKind::Table) {
            draft.words = draft.words.replace('\t', " ");
            // A line of nothing else went with what was cleaned away, and a blank line ends a block.
            let blank: Vec<TextRange> = draft
                .words
                .match_indices('\n')
                .filter(|(at, _)| *at == 0 || draft.words.as_bytes().get(at + 1).is_none_or(|next| *next == b'\n'))
                .map(|(at, _)| TextRange::new(at, at + 1))
                .collect();
            draft.cut(&blank);
        }
    }
    draft
}

/// The clean form, if it is another one.
fn cleaned(words: &str) -> Option<String> {
    let mut clean = cleaned_once(words)?;
    while let Some(cleaner) = cleaned_once(&clean) {
        clean = cleaner;
    }
    Some(clean)
}

fn cleaned_once(words: &str) -> Option<String> {
    let mended = mend(words);
    match (sanitize(&mended), &mended) {
        // Most words are clean, and some are many megabytes: they are not copied to find that out.
        (Cow::Borrowed(_), Cow::Borrowed(_)) => None,
        (clean, _) => Some(clean.into_owned()).filter(|clean| clean != words),
    }
}

/// Cleans the pieces between the ends of inlines, so that the inlines keep their words. Nothing if the whole is not
/// clean then, which takes an accident that spans the end of an inline: there the inlines are given up.
fn clean_around(words: &str, inlines: Vec<Inline>) -> Option<(String, Vec<Inline>)> {
    let mut cuts: Vec<usize> = inlines.iter().flat_map(|inline| [inline.range.start, inline.range.end]).collect();
    cuts.extend([0, words.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut out = String::with_capacity(words.len());
    let mut places = vec![0];
    for pair in cuts.windows(2) {
        let &[from, to] = pair else { return None };
        let piece = words.get(from..to)?;
        out.push_str(cleaned(piece).as_deref().unwrap_or(piece));
        places.push(out.len());
    }
    if cleaned(&out).is_some() {
        return None;
    }
    let place = |at: usize| places.get(cuts.binary_search(&at).ok()?).copied();
    let inlines = inlines
        .into_iter()
        .map(|Inline { kind, range }| {
            Some(Inline { kind, range: TextRange::new(place(range.start)?, place(range.end)?) })
        })
        .collect::<Option<Vec<_>>>()?;
    Some((out, inlines))
}

/// Whether running text can stay as it is, which most text can: this is told quicker than where it cannot.
fn is_spaced(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr3(b'\n', b'\r', b'\t', bytes).is_none()
        && memchr::memmem::find(bytes, b"  ").is_none()
        && (bytes.is_ascii() || !text.contains(['\u{85}', '\u{2028}', '\u{2029}']))
}

/// How many bytes of running text can stay as they are: up to white space that is no single blank, or a next-line control.
fn spaced_length(text: &str, mut is_behind_blank: bool) -> usize {
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let begins = |sign: &str| bytes.get(at..).is_some_and(|rest| rest.starts_with(sign.as_bytes()));
        let ends = match byte {
            b' ' => is_behind_blank,
            b'\n' | b'\r' | b'\t' => true,
            0xc2 => begins("\u{85}"),
            0xe2 => begins("\u{2028}") || begins("\u{2029}"),
            _ => false,
        };
        if ends {
            return at;
        }
        is_behind_blank = *byte == b' ';
    }
    bytes.len()
}

/// How often inlines go on in the next block. A link over every line of a long text would be as many links, each with
/// its address.
const MOST_CARRIED: usize = 10_000;

/// Collects the words of one block: white space becomes single blanks, and inlines follow.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// How often an inline went on in the next block.
    carried: usize,
    text: String,
    open: Vec<(InlineKind, usize)>,
    inlines: Vec<Inline>,
}

impl Words {
    /// Adds running text.
    pub(super) fn push(&mut self, mut text: &str) {
        if is_spaced(text)
            && !(text.starts_with(' ') && (self.text.is_empty() || self.text.ends_with([' ', '\t', '\n'])))
        {
            self.text.push_str(text);
            return;
        }
        loop {
            let is_behind_blank = self.text.is_empty() || self.text.ends_with([' ', '\t', '\n']);
            let (as_it_is, rest) = text.split_at(spaced_length(text, is_behind_blank));
            self.text.push_str(as_it_is);
            let mut signs = rest.chars();
            match signs.next() {
                None => return,
                // A source has no next-line controls left in it: this one was a reference, which means what windows-1252
                // has there (HTML Standard §13.2.5.80).
                Some('\u{85}') => self.text.push('…'),
                Some(_) if self.text.is_empty() || self.text.ends_with([' ', '\t', '\n']) => {}
                Some(_) => self.text.push(' '),
            }
            text = signs.as_str();
        }
    }

    /// Breaks the line where the source means it (verse, an address, `<br>`): one line feed inside the block.
    pub(super) fn line_break(&mut self) {
        self.trim_end();
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Adds text as it is.
    pub(super) fn push_exactly(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Takes back a blank at the end, before something that is parted from the words in its own way.
    pub(super) fn trim_end(&mut self) {
        let kept = self.text.trim_end_matches(' ').len();
        self.text.truncate(kept);
        for (_, start) in &mut self.open {
            *start = kept.min(*start);
        }
    }

    /// What was added since the last draft.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether nothing was added.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// An inline begins here.
    pub(super) fn open(&mut self, kind: InlineKind) {
        self.open.push((kind, self.text.len()));
    }

    /// The last opened inline ends here.
    pub(super) fn close(&mut self) {
        if let Some((kind, start)) = self.open.pop() {
            self.add(kind, start);
        }
    }

    /// Program text within a sentence.
    pub(super) fn code(&mut self, text: &str) {
        let start = self.text.len();
        self.push(text);
        self.add(InlineKind::Code, start);
    }

    fn add(&mut self, kind: InlineKind, start: usize) {
        let words = self.text.get(start..).unwrap_or_default();
        let blank = words.len() - words.trim_start_matches([' ', '\t', '\n']).len();
        let end = start + words.trim_end_matches(' ').len();
        self.inlines.push(Inline { kind, range: TextRange::new(start + blank, end) });
    }

    /// Everything so far as one draft. What is open ends in it and begins again in the next.
    pub(super) fn take(&mut self, kind: BlockKind) -> Draft {
        let kept = self.text.trim_end_matches([' ', '\n', '\u{a0}']).len();
        let mut words = std::mem::take(&mut self.text);
        words.truncate(kept);
        let mut inlines = std::mem::take(&mut self.inlines);
        self.carried += self.open.len();
        if self.carried > MOST_CARRIED {
            self.open.clear();
        }
        for (kind, start) in &mut self.open {
            inlines.push(Inline { kind: kind.clone(), range: TextRange::new(*start, kept) });
            *start = 0;
        }
        for inline in &mut inlines {
            inline.range.end = inline.range.end.min(kept);
        }
        inlines.retain(|inline| inline.range.start < inline.range.end);
        Draft { kind, words, inlines }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_stand_only_between_blocks() {
        let paragraph = |words: &str| Draft::new(BlockKind::Paragraph, words);
        let text = assemble(vec![
            Draft::rule(),
            paragraph("a"),
            Draft::rule(),
            Draft::rule(),
            paragraph(" "),
            paragraph("b"),
            Draft::rule(),
        ]);
        assert_eq!(text.as_str(), "a\n\n\n\nb");
        assert_eq!(text.blocks().len(), 3);
        assert_eq!(text.blocks()[1].range, TextRange::at(3));
    }

    #[test]
    fn white_space_of_every_kind_is_one_blank() {
        for (text, wanted) in [
            (" a b", "a b"),
            ("a  b\n\tc\r\n", "a b c "),
            ("a\u{2028}b\u{2029} c", "a b c"),
            ("and so on\u{85}", "and so on…"),
            ("naïve – “yes”\u{a0}\u{a0}no", "naïve – “yes”\u{a0}\u{a0}no"),
            ("", ""),
        ] {
            let mut words = Words::default();
            words.push(text);
            assert_eq!(words.as_str(), wanted, "{text:?}");
            // It is the same in whatever pieces it comes.
            let mut pieces = Words::default();
            text.chars().for_each(|c| pieces.push(c.encode_utf8(&mut [0; 4])));
            assert_eq!(pieces.as_str(), wanted, "{text:?}");
        }
    }

    #[test]
    fn cleaning_a_draft_keeps_its_inlines_on_their_words() {
        let mut words = Words::default();
        words.push("\u{7}a ");
        words.open(InlineKind::Emphasis);
        words.push("donâ€™t\u{202e}");
        words.close();
        words.push(" go");
        let text = assemble(vec![words.take(BlockKind::Paragraph)]);
        assert_eq!(text.as_str(), "a don’t go");
        assert_eq!(text.slice(text.inlines()[0].range), "don’t");
    }

    #[test]
    fn what_is_cut_out_leaves_the_inlines_on_their_words() {
        let mut words = Words::default();
        words.push("==a ");
        words.open(InlineKind::Strong);
        words.push("b==");
        words.close();
        words.push(" c");
        let mut draft = words.take(BlockKind::Paragraph);
        draft.cut(&[TextRange::new(0, 2), TextRange::new(5, 7)]);
        assert_eq!(draft.words, "a b c");
        assert_eq!(draft.inlines.iter().map(|inline| inline.range).collect::<Vec<_>>(), [TextRange::new(2, 3)]);
    }

    #[test]
    fn a_draft_falls_apart_into_its_lines_with_their_inlines() {
        let mut words = Words::default();
        words.push("By ");
        words.open(InlineKind::Emphasis);
        words.push("Ana Reed");
        words.line_break();
        words.push("10 May");
        words.close();
        let lines = words.take(BlockKind::Paragraph).into_lines();
        assert_eq!(lines.iter().map(|line| line.words.as_str()).collect::<Vec<_>>(), ["By Ana Reed", "10 May"]);
        let ranges: Vec<_> = lines.iter().flat_map(|line| &line.inlines).map(|inline| inline.range).collect();
        assert_eq!(ranges, [TextRange::new(3, 11), TextRange::new(0, 6)]);
    }

    #[test]
    fn an_accident_across_the_end_of_an_inline_costs_the_inline_not_the_words() {
        let mut words = Words::default();
        words.push("so \"");
        words.open(InlineKind::Strong);
        words.push("¦");
        words.close();
        let text = assemble(vec![words.take(BlockKind::Paragraph)]);
        assert_eq!(text.as_str(), "so …");
    }

    #[test]
    fn what_is_open_over_countless_blocks_goes_on_only_so_long() {
        let mut words = Words::default();
        words.open(InlineKind::Link("https://example.org/".repeat(200)));
        words.open(InlineKind::Strong);
        let mut inlines = 0;
        for _ in 0..100_000 {
            words.push("a");
            inlines += words.take(BlockKind::Paragraph).inlines.len();
        }
        assert_eq!(inlines, MOST_CARRIED);
        // What opens and closes after that is as ever.
        words.open(InlineKind::Emphasis);
        words.push("b");
        words.close();
        words.close();
        words.close();
        assert_eq!(words.take(BlockKind::Paragraph).inlines.len(), 1);
    }

    #[test]
    fn an_inline_open_at_the_end_of_a_block_goes_on_in_the_next() {
        let mut words = Words::default();
        words.push("a ");
        words.open(InlineKind::Strong);
        words.push("b ");
        let first = words.take(BlockKind::Paragraph);
        words.push("c");
        words.close();
        let second = words.take(BlockKind::Paragraph);
        assert_eq!((first.words.as_str(), first.inlines[0].range), ("a b", TextRange::new(2, 3)));
        assert_eq!((second.words.as_str(), second.inlines[0].range), ("c", TextRange::new(0, 1)));
    }
}
