//! The feeds a reader subscribes to, as `feeds.opml` has them.

use std::collections::{HashMap, HashSet};
use std::fmt;

use super::address::key;
use super::opml::{self, Change, EMPTY, MAX_DEPTH, MAX_FEEDS, NoOpml, OpmlFault, Outlines};
use super::{Subscription, SubscriptionEdit, is_local};

/// All subscriptions, and the file they are in with everything that somebody else wrote there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subscriptions {
    text: String,
    outlines: Outlines,
}

/// Why a change cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditError {
    /// Somebody else took the feed away meanwhile: its name.
    Gone(String),
    /// Its folder lies too deep.
    TooDeep,
    /// There are as many feeds as there can be.
    TooMany,
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gone(name) => write!(f, "“{name}” is not among the subscriptions any more"),
            Self::TooDeep => write!(f, "folders can lie {} deep in each other", MAX_DEPTH - 2),
            Self::TooMany => write!(f, "there can be {MAX_FEEDS} feeds"),
        }
    }
}

impl std::error::Error for EditError {}

impl Subscriptions {
    /// Reads an OPML file; what is wrong in it is named, is left out, and stays in the file.
    ///
    /// # Errors
    /// [`NoOpml`], if nothing of it can be used.
    pub fn from_opml(text: &str) -> Result<(Self, Vec<OpmlFault>), NoOpml> {
        if text.trim_start_matches('\u{feff}').trim().is_empty() {
            return Ok((Self::default(), Vec::new()));
        }
        let mut outlines = Outlines::read(text)?;
        let faults = std::mem::take(&mut outlines.faults);
        Ok((Self { text: text.to_owned(), outlines }, faults))
    }

    /// The text of the file: what was read, byte for byte, but for what was changed.
    pub fn to_opml(&self) -> &str {
        if self.text.is_empty() { EMPTY } else { &self.text }
    }

    /// Every subscription, in the order of the file. One that is in two folders is there twice.
    pub fn all(&self) -> impl Iterator<Item = &Subscription> {
        self.outlines.feeds.iter()
    }

    /// Whether the file ends in the middle: a change makes it whole, and what stood at its end is lost.
    pub fn is_cut(&self) -> bool {
        self.outlines.cut.is_some()
    }

    /// Makes a change: what is taken away and put in goes in pairs, of which one replaces the other in what the two differ,
    /// so that what others changed meanwhile stays. What is there already is not put in twice, and what is to go need not be
    /// there.
    ///
    /// # Errors
    /// [`EditError`]; then nothing has changed.
    pub fn apply(&mut self, edit: &SubscriptionEdit) -> Result<(), EditError> {
        let mut next = self.whole();
        let changes = next.changes(edit)?;
        if changes.is_empty() {
            return Ok(());
        }
        let text = opml::edited(&next.text, &next.outlines, &changes);
        // What cannot be read back must not take the place of what is there.
        (next, _) = Self::from_opml(&text).map_err(|error| match error {
            NoOpml::TooMany => EditError::TooMany,
            // Elements that are no folders count, too.
            NoOpml::TooDeep | NoOpml::NotOpml => EditError::TooDeep,
        })?;
        *self = next;
        Ok(())
    }

    /// The edit that has feeds which moved for good, from the first address to the second, stay in all their folders.
    pub fn moved(&self, moves: &[(String, String)]) -> SubscriptionEdit {
        let moves: HashMap<&String, &String> = moves.iter().map(|(from, to)| (from, to)).collect();
        let moved = self.all().filter_map(|feed| Some((feed.clone(), (*moves.get(&feed.url)?).clone())));
        let (take, add) = moved.map(|(feed, url)| (feed.clone(), Subscription { url, ..feed })).unzip();
        SubscriptionEdit { take, add }
    }

    fn changes<'a>(&self, edit: &'a SubscriptionEdit) -> Result<Vec<Change<'a>>, EditError> {
        let mut exact: HashMap<(&[String], String), usize> = HashMap::new();
        let mut by_url: HashMap<String, usize> = HashMap::new();
        for (number, feed) in self.outlines.feeds.iter().enumerate() {
            exact.entry((&feed.folder, key(&feed.url))).or_insert(number);
            by_url.entry(key(&feed.url)).or_insert(number);
        }
        let find = |feed: &Subscription| exact.get(&(feed.folder.as_slice(), key(&feed.url))).copied();
        // Who moved it to another folder meanwhile meant the same feed.
        let find_any = |feed: &Subscription| find(feed).or_else(|| by_url.get(&key(&feed.url)).copied());
        let mut changes = Vec::new();
        let mut added: HashSet<(&[String], String)> = HashSet::new();
        let mut count = self.outlines.feeds.len();
        for number in 0..edit.take.len().max(edit.add.len()) {
            let (old, new) = (edit.take.get(number), edit.add.get(number));
            if let Some(new) = new
                && new.folder.len() > MAX_DEPTH - 2
            {
                return Err(EditError::TooDeep);
            }
            match (old, new) {
                (Some(old), Some(new)) => {
                    let gone = || EditError::Gone(old.title.clone().unwrap_or_else(|| old.url.clone()));
                    let place = find_any(old).ok_or_else(gone)?;
                    let is_there = !old.is_same(new)
                        && (find(new).is_some_and(|other| other != place)
                            || !added.insert((&new.folder, key(&new.url))));
                    changes.push(if is_there { Change::Remove(place) } else { Change::Replace(place, old, new) });
                }
                (Some(old), None) => changes.extend(find(old).map(Change::Remove)),
                (None, Some(new)) => {
                    if find(new).is_none() && added.insert((&new.folder, key(&new.url))) {
                        count += 1;
                        changes.push(Change::Add(new));
                    }
                }
                (None, None) => {}
            }
        }
        if count > MAX_FEEDS { Err(EditError::TooMany) } else { Ok(changes) }
    }

    /// Itself, with what is missing at its end.
    fn whole(&self) -> Self {
        if self.text.is_empty() {
            return Self::from_opml(EMPTY).map_or_else(|_| Self::default(), |(empty, _)| empty);
        }
        let Some((end, closing)) = &self.outlines.cut else { return self.clone() };
        let kept = self.text.get(..*end).unwrap_or(&self.text);
        let line = if kept.ends_with('\n') || !kept.contains('\n') { "" } else { "\n" };
        let text = format!("{kept}{line}{closing}");
        Self::from_opml(&text).map_or_else(|_| self.clone(), |(whole, _)| whole)
    }

    /// Itself as it may be handed on: without what is no feed, with each feed once in a folder, without passwords, and
    /// without commands and files of this machine, which a file of others must neither run nor read. The feeds that had one
    /// are given with it: those that are a command or a file are gone, the others are no longer piped through theirs.
    pub fn harmless(&self) -> (Self, Vec<Subscription>) {
        let text = opml::without_unfit(&self.text, &self.outlines);
        let mut fit = Self::from_opml(&text).map_or_else(|_| Self::default(), |(fit, _)| fit);
        let is_unsafe = |feed: &&Subscription| is_local(&feed.url) || feed.filter.is_some();
        let local: Vec<Subscription> = fit.all().filter(is_unsafe).cloned().collect();
        let (gone, filtered): (Vec<_>, Vec<_>) = local.iter().cloned().partition(|feed| is_local(&feed.url));
        let bare = filtered.iter().map(|feed| Subscription { filter: None, ..feed.clone() }).collect();
        let edits = [SubscriptionEdit { take: filtered, add: bare }, SubscriptionEdit { take: gone, add: Vec::new() }];
        for edit in edits {
            // Each is there, so that nothing can fail.
            fit.apply(&edit).unwrap_or_default();
        }
        (fit, local)
    }

    /// These subscriptions, in a file of their own. Folders that lie too deep are cut.
    pub fn of(all: Vec<Subscription>) -> Self {
        let fit = |mut feed: Subscription| {
            feed.folder.truncate(MAX_DEPTH - 2);
            feed
        };
        let add = all.into_iter().take(MAX_FEEDS).map(fit).collect();
        let mut new = Self::default();
        new.apply(&SubscriptionEdit { take: Vec::new(), add }).unwrap_or_default();
        new
    }

    /// Takes in what another file subscribes to: which of its feeds are new here. Where there is nothing yet, the file
    /// becomes this one as it is.
    ///
    /// # Errors
    /// [`EditError`]; then nothing has changed.
    pub fn import(&mut self, other: &Self) -> Result<Vec<Subscription>, EditError> {
        if self.outlines.all.len() <= 1 && !other.is_cut() {
            let new: Vec<Subscription> = other.all().cloned().collect();
            if !new.is_empty() {
                *self = other.clone();
            }
            return Ok(new);
        }
        let known: HashSet<(&[String], String)> =
            self.all().map(|feed| (feed.folder.as_slice(), key(&feed.url))).collect();
        let urls: HashSet<&str> = self.all().map(|feed| feed.url.as_str()).collect();
        let is_new = |feed: &&Subscription| {
            // A file without folders does not take a feed out of the one it was put into here.
            let is_known = feed.folder.is_empty() && urls.contains(feed.url.as_str());
            !is_known && !known.contains(&(feed.folder.as_slice(), key(&feed.url)))
        };
        let new: Vec<Subscription> = other.all().filter(is_new).cloned().collect();
        let mut next = self.clone();
        next.apply(&SubscriptionEdit { take: Vec::new(), add: new.clone() })?;
        let prefixes: Vec<(String, String)> = opml::declared(&other.text, &other.outlines)
            .into_iter()
            .filter(|(prefix, _)| new.iter().flat_map(|feed| &feed.other).any(|(name, _)| begins(name, prefix)))
            .collect();
        if !prefixes.is_empty() {
            let text = opml::with_namespaces(&next.text, &next.outlines, &prefixes);
            next = Self::from_opml(&text).map_or(next, |(declared, _)| declared);
        }
        *self = next;
        Ok(new)
    }
}

/// Whether the name of an attribute has this prefix.
fn begins(name: &str, prefix: &str) -> bool {
    name.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(':'))
}

#[cfg(test)]
mod tests {
    use std::slice;

    use proptest::prelude::*;

    use super::*;

    const FILE: &str = "<?xml version='1.0' encoding='ISO-8859-1'?>\r\n<!-- mine -->\r\n<opml version=\"1.0\" xmlns:x=\"urn:x\">\r\n\
        <head><title>Q & A</title><x:odd/></head>\r\n<body>\r\n\t<outline text='News & more' x:open=\"1\">\r\n\
        \t\t<outline text=\"A &amp; B\" type=\"rss\" xmlUrl=\"https://a.example/f?a=1&b=2\" x:y='z' category=\"/p/q,rain\"/>\r\n\
        \t\t<!-- here -->\r\n\t\t<outline TEXT=\"B\" xmlurl='https://b.example/'></outline>\r\n\t</outline>\r\n\
        \t<outline text=\"B again\" xmlUrl=\"https://b.example/\"/>\r\n\
        \t<outline text=\"link\" type=\"link\" url=\"https://c.example/\"/>\r\n</body>\r\n</opml>\r\n";

    fn read(text: &str) -> Subscriptions {
        Subscriptions::from_opml(text).unwrap().0
    }

    fn feed(url: &str, folder: &[&str]) -> Subscription {
        let folder = folder.iter().map(|name| (*name).to_owned()).collect();
        Subscription { url: url.to_owned(), folder, ..Subscription::default() }
    }

    fn apply(subscriptions: &mut Subscriptions, take: &[Subscription], add: &[Subscription]) {
        subscriptions.apply(&SubscriptionEdit { take: take.to_vec(), add: add.to_vec() }).unwrap();
    }

    fn short(subscriptions: &Subscriptions) -> Vec<String> {
        subscriptions.all().map(|feed| format!("{}: {}", feed.folder.join("/"), feed.url)).collect()
    }

    #[test]
    fn what_others_wrote_is_read_and_stays_byte_for_byte() {
        let mut all = read(FILE);
        assert_eq!(all.to_opml(), FILE);
        let first = all.all().next().unwrap().clone();
        assert_eq!((first.title.as_deref(), first.url.as_str()), (Some("A & B"), "https://a.example/f?a=1&b=2"));
        assert_eq!((first.folder, first.tags), (vec!["News & more".to_owned()], vec!["rain".to_owned()]));
        assert_eq!(first.other, [("x:y".into(), "z".into()), ("category".into(), "/p/q".into())]);
        assert_eq!(all.all().count(), 3);
        let new = feed("https://n.example/\"<", &["News & more"]);
        apply(&mut all, &[], slice::from_ref(&new));
        let line = "\r\n\t\t<outline type=\"rss\" text=\"https://n.example/&quot;&lt;\" xmlUrl=\"https://n.example/&quot;&lt;\"/>";
        let utf_8 = FILE.replace("encoding='ISO-8859-1'", "encoding=\"UTF-8\"");
        assert_eq!(
            all.to_opml(),
            utf_8.replace("></outline>\r\n\t</outline>", &format!("></outline>{line}\r\n\t</outline>"))
        );
        apply(&mut all, &[new], &[]);
        assert_eq!(all.to_opml(), utf_8);
    }

    #[test]
    fn feeds_that_move_stay_in_their_folders_and_two_that_meet_are_one() {
        let mut all = Subscriptions::default();
        let paused = Subscription { is_paused: true, ..feed("https://a.example/f", &["A"]) };
        let others = ["https://a.example/f", "https://b.example/f", "https://c.example/f"].map(|url| feed(url, &["B"]));
        apply(&mut all, &[], &[vec![paused], others.to_vec()].concat());
        let to = || "https://new.example/f".to_owned();
        let moves = ["https://a.example/f", "https://b.example/f"].map(|from| (from.to_owned(), to()));
        let edit = all.moved(&moves);
        all.apply(&edit).unwrap();
        assert_eq!(short(&all), ["A: https://new.example/f", "B: https://new.example/f", "B: https://c.example/f"]);
        assert!(all.all().next().unwrap().is_paused);
        assert_eq!(all.moved(&moves), SubscriptionEdit::default());
    }

    #[test]
    fn a_change_that_could_not_be_read_back_is_refused() {
        let nested = "<x>".repeat(20);
        let mut all = read(&format!("<opml><body>{nested}<outline text=\"A\"></outline></body></opml>"));
        let before = all.clone();
        let deep = feed("https://a.example/", &["A"; 20]);
        let edit = SubscriptionEdit { take: Vec::new(), add: vec![deep] };
        assert_eq!(all.apply(&edit), Err(EditError::TooDeep));
        assert_eq!(all, before);
    }

    #[test]
    fn a_feed_changes_in_what_was_changed_and_nothing_else_does() {
        let mut all = read(FILE);
        let old = all.all().next().unwrap().clone();
        let mut new =
            Subscription { title: Some("C".into()), is_paused: true, tags: vec!["hail".into()], ..old.clone() };
        let edit = SubscriptionEdit { take: vec![old.clone()], add: vec![new.clone()] };
        all.apply(&edit).unwrap();
        assert!(all.to_opml().contains(
            "<outline text=\"C\" type=\"rss\" xmlUrl=\"https://a.example/f?a=1&b=2\" x:y='z' category=\"hail,/p/q\" \
             title=\"C\" dl:paused=\"yes\"/>"
        ), "{}", all.to_opml());
        assert!(all.to_opml().contains("xmlns:x=\"urn:x\" xmlns:dl=\"urn:x-dateline:opml\">"), "{}", all.to_opml());
        assert_eq!(all.all().next(), Some(&new));
        all.apply(&edit.reversed()).unwrap();
        assert_eq!(all.all().next(), Some(&old));
        // What an editor changed meanwhile stays.
        let mut all = read(&FILE.replace("category=\"/p/q,rain\"", "category=\"sleet\""));
        new.tags.clone_from(&old.tags);
        all.apply(&SubscriptionEdit { take: vec![old], add: vec![new] }).unwrap();
        assert!(all.to_opml().contains("category=\"sleet\""));
    }

    #[test]
    fn feeds_move_with_all_they_have_and_empty_folders_go() {
        let mut all = read(FILE);
        let before: Vec<Subscription> = all.all().cloned().collect();
        let moved = |feed: &Subscription, folder: &[&str]| Subscription {
            folder: folder.iter().map(|name| (*name).to_owned()).collect(),
            ..feed.clone()
        };
        let edit = SubscriptionEdit { take: vec![before[0].clone()], add: vec![moved(&before[0], &["New", "er"])] };
        all.apply(&edit).unwrap();
        let text = all.to_opml();
        assert!(text.contains(
            "\r\n\t<outline text=\"New\" title=\"New\">\r\n\t\t<outline text=\"er\" title=\"er\">\r\n\t\t\t\
             <outline text=\"A &amp; B\" type=\"rss\" xmlUrl=\"https://a.example/f?a=1&b=2\" x:y='z' category=\"/p/q,rain\"/>\r\n"
        ), "{text}");
        all.apply(&edit.reversed()).unwrap();
        assert!(!all.to_opml().contains("\"New\""), "{}", all.to_opml());
        assert_eq!(short(&all)[1], "News & more: https://a.example/f?a=1&b=2");
        // Into a folder where it is already it does not come twice.
        let (inside, outside) = (before[1].clone(), before[2].clone());
        apply(&mut all, slice::from_ref(&outside), &[moved(&outside, &["News & more"])]);
        assert_eq!(all.all().filter(|feed| feed.url == inside.url).count(), 1);
        // A folder about which somebody wrote more than its name stays.
        let rest: Vec<Subscription> = all.all().cloned().collect();
        apply(&mut all, &rest, &[]);
        assert_eq!(all.all().count(), 0);
        assert!(all.to_opml().contains("x:open=\"1\"") && all.to_opml().contains("<!-- here -->"));
        let gone = all.apply(&SubscriptionEdit { take: vec![rest[0].clone()], add: vec![rest[1].clone()] });
        assert!(matches!(gone, Err(EditError::Gone(_))));
    }

    #[test]
    fn every_form_of_file_can_be_written_into() {
        let a = feed("https://n.example/a", &["F"]);
        for text in [
            "",
            "\u{feff}",
            "<opml><body/></opml>",
            "<opml version='2.0'><head/><body></body></opml>",
            "<opml>\n  <body>\n  </body>\n</opml>",
            "<opml><body><outline text=\"F\"/></body></opml>",
            "<opml>\n<body>\n<outline text=\"F\">\n</outline>\n</body>\n</opml>\n",
            "<outline xmlUrl='https://o.example'/>",
            "<opml><outline xmlUrl='https://o.example'/></opml>",
            "<opml><body><outline text='a' xmlUrl='https://o.example'>",
            "<opml><body><outline text='a' xmlUrl='https://o.example'/><outline te",
            "<OPML><BODY><OUTLINE TEXT='F' /></BODY></OPML>",
            "<opml><body><!-- nothing --></body></opml>",
            "<opml><body><outline text='F' xmlUrl='https://o.example'><outline text='in' xmlUrl='https://i.example'/></outline></body></opml>",
        ] {
            let mut all = read(text);
            let before = short(&all);
            apply(&mut all, &[], slice::from_ref(&a));
            let after = short(&all);
            assert!(after.contains(&"F: https://n.example/a".to_owned()), "{text}: {}", all.to_opml());
            assert_eq!(after.len(), before.len() + 1, "{text}: {}", all.to_opml());
            assert!(
                Subscriptions::from_opml(all.to_opml()).unwrap().1.is_empty() && !all.is_cut(),
                "{}",
                all.to_opml()
            );
            apply(&mut all, slice::from_ref(&a), &[]);
            assert_eq!(short(&all), before, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let (all, faults) = Subscriptions::from_opml(
            "<opml><body>\n<outline text='F' xmlUrl='ftp://a'/>\n<outline text='N' type='rss'/>\n\
             <outline text='P' xmlUrl='https://u:secret@p.example/x'/>\n<outline text='D' xmlUrl='https://p.example/x'/>\n<outline xmlUrl=''/></body></opml>",
        )
        .unwrap();
        assert_eq!(short(&all), [": https://p.example/x"]);
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert!(told[0].starts_with("line 2 (F): “ftp://a” is no address"), "{told:?}");
        assert!(told[1].starts_with("line 3 (N): it has no address"), "{told:?}");
        assert!(told[2].starts_with("line 4 (P)") && !told[2].contains("secret"), "{told:?}");
        assert_eq!(told.len(), 4, "{told:?}");
        for (text, why) in [
            ("just words".to_owned(), NoOpml::NotOpml),
            ("<html><body>x</body></html>".to_owned(), NoOpml::NotOpml),
            ("<outline>".repeat(100_000), NoOpml::TooDeep),
            (format!("<opml><body>{}", "<outline><x>".repeat(100_000)), NoOpml::TooDeep),
        ] {
            assert_eq!(Subscriptions::from_opml(&text), Err(why));
        }
        let outline = |number| format!("<outline xmlUrl='https://a.example/{number}'/>");
        let many = (0..=MAX_FEEDS).map(outline).collect::<Vec<_>>().concat();
        assert_eq!(Subscriptions::from_opml(&many), Err(NoOpml::TooMany));
    }

    #[test]
    fn a_file_comes_into_an_empty_one_as_it_is_and_into_another_without_doubles() {
        let mut all = Subscriptions::default();
        assert_eq!(all.import(&read(FILE)).unwrap().len(), 3);
        assert_eq!(all.to_opml(), FILE);
        assert_eq!(all.import(&read(FILE)).unwrap(), []);
        let other = "<opml xmlns:z='urn:z'><body><outline text='G'><outline text='N' xmlUrl='https://n.example' z:k='1'/></outline>\
                     <outline text='A' xmlUrl='https://a.example/f?a=1&amp;b=2'/></body></opml>";
        let new = all.import(&read(other)).unwrap();
        assert_eq!(new.len(), 1, "one without a folder is there already: {new:?}");
        assert!(
            all.to_opml().contains("xmlns:z=\"urn:z\"") && all.to_opml().contains("z:k=\"1\""),
            "{}",
            all.to_opml()
        );
    }

    #[test]
    fn what_comes_from_others_has_no_commands_no_passwords_and_nothing_twice() {
        let file = "<opml xmlns:dl='urn:x-dateline:opml'><head><x/></head><body>\n<outline text='E' xmlUrl='exec:rm x'/>\n\
                    <outline text='F' xmlUrl='https://f.example' dl:filter='rm y'/>\n<outline text='B' xmlUrl='ftp://b'/>\n\
                    <outline text='P' xmlUrl='https://u:secret@p.example/x'/>\n<outline text='D' xmlUrl='https://p.example/x'/>\n</body></opml>";
        let (fit, commands) = read(file).harmless();
        assert_eq!(
            fit.to_opml(),
            "<opml xmlns:dl='urn:x-dateline:opml'><head><x/></head><body>\n\
            <outline text='F' xmlUrl='https://f.example'/>\n<outline text='P' xmlUrl=\"https://p.example/x\"/>\n</body></opml>"
        );
        assert_eq!(commands.len(), 2);
        assert_eq!(read(FILE).harmless().0.to_opml(), FILE.replace("encoding='ISO-8859-1'", "encoding=\"UTF-8\""));
        let deep = feed("https://d.example", &["F"; 50]);
        assert_eq!(Subscriptions::of(vec![deep]).all().count(), 1);
    }

    proptest! {
        #[test]
        fn what_is_put_in_is_read_again(
            feeds in prop::collection::vec(("[a-z]{1,3}", prop::option::of("\\PC{1,9}"), prop::collection::vec("[A-C]", 0..3), any::<bool>()), 0..8),
            gone in any::<prop::sample::Index>(),
        ) {
            let feeds: Vec<Subscription> = feeds.into_iter().map(|(name, title, folder, is_paused)| Subscription {
                title: title.map(|title| crate::text::sanitize::one_line(&title)).filter(|title| !title.is_empty()),
                is_paused,
                folder,
                ..feed(&format!("https://{name}.example/"), &[])
            }).collect();
            let mut all = Subscriptions::default();
            apply(&mut all, &[], &feeds);
            for feed in &feeds {
                let same = all.all().filter(|known| known.is_same(feed)).count();
                prop_assert_eq!(same, 1);
            }
            if let Some(taken) = (!feeds.is_empty()).then(|| gone.get(&feeds)) {
                apply(&mut all, slice::from_ref(taken), &[]);
                prop_assert!(!all.all().any(|known| known.is_same(taken)));
            }
            prop_assert!(Subscriptions::from_opml(all.to_opml()).unwrap().1.is_empty());
        }

        #[test]
        fn nothing_an_outline_is_made_of_makes_a_file_unusable(source in "(<outline|<opml>|<body>|</outline>|</body>|</opml>| text='F'| xmlUrl='https://a.example'|/>|>|'|\"|<|&|\n| ){0,30}") {
            if let Ok((mut all, _)) = Subscriptions::from_opml(&source) {
                let new = feed("https://n.example/", &["F"]);
                apply(&mut all, &[], slice::from_ref(&new));
                prop_assert!(Subscriptions::from_opml(all.to_opml()).is_ok());
            }
        }
    }
}
