//! Which words may begin a date: everything else is passed over at one look.

use std::sync::LazyLock;

use foldhash::HashSet;

use super::holidays;
use crate::entity::words::Word;

/// Words that may begin a date, in lower case, besides numbers and the names of months and holidays.
const STARTERS: &str = "\
    monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays \
    tueday wedneday thurday jan feb mar apr jun jul aug sep sept oct nov dec january february march april may june july \
    august september october november december spring summer autumn fall winter twenties thirties forties fifties sixties \
    seventies eighties nineties between early mid late later earlier today tonight yesterday tomorrow last past previous \
    this current next coming end year year-end a an several some many first second third fourth fifth sixth seventh eighth ninth tenth \
    eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first \
    latter final fy fiscal financial ad a.d a.d. ce c.e c.e. one two three four five six seven eight nine ten eleven twelve \
    thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety";

static WORDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| STARTERS.split_whitespace().chain(holidays::first_words()).collect());

/// Whether a date may begin with `word`.
pub(super) fn may_begin(word: &Word<'_>) -> bool {
    match word.text.as_bytes() {
        // "27", "'24", "Q4", "H1", "FY2025"
        [b'0'..=b'9', ..] | [b'\''] | [b'Q' | b'H', b'1'..=b'4', ..] | [b'F', b'Y', ..] => true,
        _ if matches!(word.text, "’" | "‘") => true,
        // "mid-1980s", "twenty-one years ago"
        _ if word.text.contains('-') => word.text.len() <= 16,
        _ => WORDS.contains(word.lower.trim_end_matches('.')) || WORDS.contains(&*word.lower),
    }
}
