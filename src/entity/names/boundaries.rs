//! What the tagger took for one name and is two, or a part of one, or none: a bracket inside a name, an owner before
//! what it owns, an office, words of a headline, a slogan.

use foldhash::{HashMap, HashSet};

use super::Name;
use crate::entity::Kind;
use crate::entity::lexicon::class;
use crate::entity::words::{Part, Reading};

/// Mends all names of an article, in order.
pub(super) fn mend(reading: &Reading<'_>, names: &mut Vec<Name>) {
    join_at_brackets(reading, names);
    complete_bodies(reading, names);
    split_from_owners(reading, names);
    remove_offices(reading, names);
    remove_headline_words(reading, names);
    names.retain(|name| name.known.is_some() || !is_slogan(reading, name));
}

/// "under the theme “Harbours for All”"
fn is_slogan(reading: &Reading<'_>, name: &Name) -> bool {
    let before = |at: usize| at.checked_sub(1).map_or("", |at| &*reading.word(at).lower);
    let mut at = name.first;
    while at > 0 && matches!(before(at), "“" | "‘" | "\"" | "'" | "’" | "," | ":") {
        at -= 1;
    }
    at < name.first
        && matches!(before(at), "slogan" | "motto" | "theme" | "banner" | "hashtag" | "chant" | "title" | "chanted")
}

/// "Bank of Ghana (Amendment) Act" is one name, though a bracket opens in it.
fn join_at_brackets(reading: &Reading<'_>, names: &mut Vec<Name>) {
    let mut joined = Vec::new();
    for at in 1..names.len() {
        let Some([previous, name]) = names.get_mut(at - 1..=at) else { break };
        let bracket = (name.first..name.end).find(|at| matches!(reading.word(*at).text, "(" | ")"));
        let closes = bracket.is_some_and(|at| reading.word(at).is(")"));
        if closes && previous.end + 1 == name.first && reading.word(previous.end).is("(") {
            (name.first, name.known) = (previous.first, None);
            name.range = reading.range(name.first, name.end);
            joined.push(at - 1);
        }
    }
    let mut number = 0..;
    names.retain(|_| number.next().is_some_and(|number| joined.binary_search(&number).is_err()));
}

/// "Pharmo's Project Deltona" is two names where the article has *Project Deltona* as well.
fn split_from_owners(reading: &Reading<'_>, names: &mut Vec<Name>) {
    let is_clitic = |at: &usize| matches!(&*reading.word(*at).lower, "'s" | "’s");
    let owner = |name: &Name| (name.first + 1..name.end - 1).find(is_clitic).filter(|_| name.known.is_none());
    if names.iter().all(|name| owner(name).is_none()) {
        return;
    }
    let forms: HashSet<&str> = names.iter().map(|name| reading.text.slice(name.range)).collect();
    let mut owners = Vec::new();
    for name in names.iter_mut() {
        let Some(clitic) = owner(name) else { continue };
        let (own, owned) = (reading.range(name.first, clitic), reading.range(clitic + 1, name.end));
        if forms.contains(reading.text.slice(own)) && forms.contains(reading.text.slice(owned)) {
            owners.push(Name { end: clitic, range: own, ..name.clone() });
            (name.first, name.range) = (clitic + 1, owned);
        }
    }
    // What an owner is, is told by where it stands alone.
    let alone: HashMap<&str, &Name> = names.iter().map(|name| (reading.text.slice(name.range), name)).collect();
    for owner in &mut owners {
        if let Some(alone) = alone.get(reading.text.slice(owner.range)) {
            (owner.kind, owner.scores, owner.known) = (alone.kind, alone.scores, alone.known);
        }
    }
    names.extend(owners);
    names.sort_by_key(|name| name.first);
}

/// "Royal Commission into Deaths in Custody", "Office of the High Commissioner for Refugees": what a body looks into, and
/// whose office it is, belong to its name.
fn complete_bodies(reading: &Reading<'_>, names: &mut Vec<Name>) {
    let persons: HashSet<usize> =
        names.iter().filter(|name| name.kind == Kind::Person).map(|name| name.first).collect();
    let capital = |at: usize| reading.word(at).text.starts_with(char::is_uppercase) && !persons.contains(&at);
    let link = |at: usize| matches!(reading.word(at).text, "of" | "in" | "and" | "the" | "by" | "to" | "for" | "on");
    let is = |at: usize, text: &str| reading.word(at).is(text);
    let mut taken = 0;
    names.retain_mut(|name| {
        if name.first < taken {
            return false;
        }
        let last = &*reading.word(name.end - 1).lower;
        let inquiry = matches!(last, "commission" | "inquiry" | "enquiry" | "committee") && is(name.end, "into");
        let office = is(name.first, "Office") && is(name.first + 1, "of") && is(name.first + 2, "the");
        let mut end = name.end + usize::from(inquiry);
        if (inquiry || office) && capital(end) {
            let sentence = reading.sentences.partition_point(|sentence| sentence.end <= name.first);
            let limit = reading.sentences.get(sentence).map_or(end, |sentence| sentence.end);
            while end < limit && (capital(end) || link(end) && end + 1 < limit && capital(end + 1)) {
                end += 1;
            }
            (name.end, name.range) = (end, reading.range(name.first, end));
            name.set_kind(Kind::Organisation);
            taken = end;
        }
        true
    });
}

/// "the Municipal Chief Executive (MCE)", "the UN High Commissioner for Refugees": an office is no body, nor are its initials.
fn remove_offices(reading: &Reading<'_>, names: &mut Vec<Name>) {
    let mut initials: HashSet<&str> = HashSet::default();
    names.retain(|name| {
        let link = (name.first + 1..name.end).find(|at| matches!(&*reading.word(*at).lower, "of" | "for"));
        let end = link.unwrap_or(name.end);
        let lower = |at: usize| &*reading.word(at).lower;
        let is_office = !reading.lexicon.is(lower(end - 1), class::ORGANISATION)
            && (reading.lexicon.title(lower(end - 1)).is_some()
                || end - name.first > 1
                    && reading.lexicon.title(&format!("{} {}", lower(end - 2), lower(end - 1))).is_some());
        let stays = name.known.is_some() || name.end - name.first < 2 || name.kind == Kind::Person || !is_office;
        let bracket = [name.end, name.end + 2].map(|at| reading.word(at).text);
        if !stays && bracket == ["(", ")"] {
            initials.insert(reading.word(name.end + 1).text);
        }
        stays
    });
    if !initials.is_empty() {
        names.retain(|name| name.known.is_some() || !initials.contains(reading.text.slice(name.range)));
    }
}

/// "Launches Development Arm": what a headline in capitals says in words that the article has in small letters.
fn remove_headline_words(reading: &Reading<'_>, names: &mut Vec<Name>) {
    let in_capitals = |name: &Name| {
        let number = reading.sentences.partition_point(|sentence| sentence.end <= name.first);
        reading.sentences.get(number).is_some_and(|sentence| sentence.title_case && sentence.part != Part::Body)
            && name.known.is_none()
            && name.kind != Kind::Person
    };
    if !names.iter().any(in_capitals) {
        return;
    }
    let small: HashSet<&str> = reading.words.iter().filter(|word| word.is_lower()).map(|word| word.text).collect();
    names.retain(|name| {
        !in_capitals(name) || !(name.first..name.end).all(|at| small.contains(&*reading.word(at).lower))
    });
}

#[cfg(test)]
mod tests {
    use crate::entity::tests::paragraphs;
    use crate::entity::{Context, analyse};

    /// The names of all cards, sorted.
    fn cards(words: &str) -> Vec<String> {
        let entities = analyse(&paragraphs(words), &Context::default());
        let mut cards: Vec<String> =
            entities.into_iter().filter(|entity| entity.kind.is_name()).map(|entity| entity.name).collect();
        cards.sort();
        cards
    }

    #[test]
    fn a_name_goes_on_behind_its_bracket_and_ends_before_another() {
        assert_eq!(cards("They broke the Harbour Dues Act (Act No. 7 of 1992)."), ["Harbour Dues Act"]);
        assert_eq!(cards("It cited the Bank of Ghana (Amendment) Act."), ["Bank of Ghana (Amendment) Act"]);
    }

    #[test]
    fn an_owner_is_parted_from_what_it_owns_elsewhere() {
        let words =
            "Samsung's Project Deltona was late. Project Deltona cost Samsung a fortune. They like Project Deltona.";
        assert_eq!(cards(words), ["Project Deltona", "Samsung"]);
        assert_eq!(cards("He studied at King's College."), ["King's College"]);
    }

    #[test]
    fn the_office_of_somebody_is_a_body_and_an_office_is_none() {
        let words = "The Office of the High Commissioner for Human Rights wrote.";
        assert_eq!(cards(words), ["Office of the High Commissioner for Human Rights"]);
        assert_eq!(cards("The Municipal Chief Executive (MCE) spoke. The MCE was heard."), Vec::<String>::new());
    }

    #[test]
    fn what_is_looked_into_belongs_to_the_name() {
        let words = "The Royal Commission into Deaths in Custody reported.";
        assert_eq!(cards(words), ["Royal Commission into Deaths in Custody"]);
        assert_eq!(cards("He was head of Operations at Samsung."), ["Samsung"]);
    }

    #[test]
    fn a_slogan_is_no_name() {
        assert_eq!(cards("Samsung opened the fair under the theme “Progress in Motion”."), ["Samsung"]);
    }
}
