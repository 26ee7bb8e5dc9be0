//! Dates as newspapers write them, and what they come to.

use super::readable;
use crate::article::{Block, BlockKind, Text, TextRange};
use crate::entity::{Context, Kind, analyse};
use jiff::civil::{Date, date};

fn dates(words: &str) -> Vec<(String, Option<String>)> {
    on(words, date(2007, 5, 10))
}

/// The dates of an article of some day.
fn on(words: &str, day: Date) -> Vec<(String, Option<String>)> {
    let block = Block { kind: BlockKind::Paragraph, range: TextRange::new(0, words.len()) };
    let text = Text::new(words.into(), vec![block], vec![]);
    let context = Context { published: Some(day), guessed_date: None };
    let mut found: Vec<_> = analyse(&text, &context)
        .into_iter()
        .filter(|entity| entity.kind == Kind::Date)
        .map(|entity| (entity.mentions[0], entity.name, entity.value))
        .collect();
    found.sort();
    found.into_iter().map(|(_, name, value)| (name, value)).collect()
}

#[test]
fn dates_written_out_and_in_figures() {
    for (words, name, value) in [
        ("It ends on May 27 at noon.", "May 27", "2007-05-27"),
        ("It ended on 3 December.", "3 December", "2006-12-03"),
        ("(The Harbour Post May 22).", "May 22", "2007-05-22"),
        ("\"Nobody can agree, and the rows will go on\" (May 2).", "May 2", "2007-05-02"),
        ("They say the town means to close the gate on July 1.", "July 1", "2007-07-01"),
        ("On Sunday, January 20, 2008 it rained.", "Sunday, January 20, 2008", "2008-01-20"),
        ("The 5th of November 1605 passed.", "5th of November 1605", "1605-11-05"),
        ("It is 10.05.2007 now.", "10.05.2007", "2007-05-10"),
        ("Back in June 1998 it was.", "June 1998", "1998-06"),
        ("It was in 1979 that he left.", "1979", "1979"),
        ("Music of the 1990s plays.", "1990s", "199X"),
        ("A 19th century house.", "19th century", "18XX"),
        ("He met her on Monday.", "Monday", "2007-05-07"),
        ("They came yesterday.", "yesterday", "2007-05-09"),
        ("She left three years ago.", "three years ago", "2004"),
        ("It rained this week.", "this week", "2007-05-07/2007-05-13"),
        ("Over the last 28 years they met.", "last 28 years", "1979/2007"),
        ("By spring 2006 it was over.", "spring 2006", "2006-21"),
        ("It is shut since June.", "June", "2006-06"),
        ("The ship is expected to sail on Monday.", "Monday", "2007-05-14"),
        ("It opens at the end of the month.", "end of the month", "2007-05"),
        ("It opens by the end of the year.", "end of the year", "2007-12-31"),
        ("It opens by year-end, they say.", "year-end", "2007-12-31"),
        ("It opens before the end of this month.", "end of this month", "2007-05-31"),
        ("They met 24 hours ago.", "24 hours ago", "2007-05-09"),
        ("It runs 22-27 May.", "22-27 May", "2007-05-22/2007-05-27"),
    ] {
        assert_eq!(dates(words), [(name.to_owned(), Some(value.to_owned()))], "{words}");
    }
}

#[test]
fn what_only_looks_like_a_date_is_none() {
    for words in [
        "You may go. March on!",
        "It cost $ 1999 in all.",
        "Some 2000 people came.",
        "A survey of 1709 schoolchildren began.",
        "May Lindgren spoke.",
        "The last straw.",
        "It is as good today as ever.",
        "The children of today laugh.",
    ] {
        assert_eq!(dates(words), [], "{words}");
    }
}

/// Checks that each text has exactly the one date, for an article of 24 November 2026, a Tuesday, and that its value can be
/// read.
fn check(cases: &[(&str, &str, &str)]) {
    for (words, name, value) in cases {
        assert_eq!(on(words, date(2026, 11, 24)), [((*name).to_owned(), Some((*value).to_owned()))], "{words}");
        assert!(!readable(value).contains(['X', '/']), "{value}");
    }
}

#[test]
fn the_tense_decides_the_year_of_a_day() {
    check(&[
        ("The roof fell in on 21 March.", "21 March", "2026-03-21"),
        ("Two of them died on May 3.", "May 3", "2026-05-03"),
        ("The inquest began on 5 January.", "5 January", "2026-01-05"),
        ("The panel will decide on 12 January.", "12 January", "2027-01-12"),
        ("The fair is due to open on 5 January.", "5 January", "2027-01-05"),
        ("On 5 January the ferry will return.", "5 January", "2027-01-05"),
        ("On 5 January the ferry sank.", "5 January", "2026-01-05"),
        ("The road was reopened on June 2.", "June 2", "2026-06-02"),
        ("The bill has to be passed by 2 March.", "2 March", "2027-03-02"),
        ("The baker was arrested in February.", "February", "2026-02"),
        ("The baker will retire in April.", "April", "2027-04"),
        ("It is scheduled for May 2.", "May 2", "2027-05-02"),
        ("Since December they have waited.", "December", "2025-12"),
        ("The contract was extended until February.", "February", "2027-02"),
        ("They met in August last year.", "August last year", "2025-08"),
        ("The quay opened on Sunday, June 29.", "Sunday, June 29", "2025-06-29"),
        // Weeks ago, it is no longer to come.
        ("Sign-up closes on 10 November.", "10 November", "2026-11-10"),
        ("Sign-up closes on 10 February.", "10 February", "2027-02-10"),
        ("The mole was half built as of June 15, meaning it could be done soon.", "June 15", "2026-06-15"),
        ("In a talk to explain the mayor's July 1 speech, she said little.", "July 1", "2026-07-01"),
        ("The choir was scheduled to sing before the match on October 12.", "October 12", "2026-10-12"),
        ("There were reports of the baker being questioned on May 27.", "May 27", "2026-05-27"),
        ("After December 31, if undeclared catches turn up, fishers will have to pay.", "December 31", "2026-12-31"),
        ("They looked back on the April uprising.", "April", "2026-04"),
    ]);
}

#[test]
fn the_tense_decides_the_week_of_a_weekday() {
    check(&[
        ("The plan is expected to be adopted on Friday.", "Friday", "2026-11-27"),
        ("The plan was adopted on Friday.", "Friday", "2026-11-20"),
        ("She said on Friday that the plan will fail.", "Friday", "2026-11-20"),
        ("On Sunday the islanders will vote.", "Sunday", "2026-11-29"),
        ("On Sunday the islanders voted.", "Sunday", "2026-11-22"),
        ("The organisers on Sunday will host a dinner.", "Sunday", "2026-11-29"),
        ("The mayor on Sunday thanked the crew.", "Sunday", "2026-11-22"),
        ("Parties prepare ahead of polls on Sunday.", "Sunday", "2026-11-29"),
        ("The talks start on Thursday.", "Thursday", "2026-11-26"),
        ("Islanders go to the polls on Sunday.", "Sunday", "2026-11-29"),
        ("From Monday, the ferry is free.", "Monday", "2026-11-30"),
        ("The museum opens on Thursday.", "Thursday", "2026-11-26"),
        ("Court to rule on Thursday", "Thursday", "2026-11-26"),
        ("They plan to meet on Thursday.", "Thursday", "2026-11-26"),
        ("They plan to hold a meeting Thursday.", "Thursday", "2026-11-26"),
        ("They failed to meet on Thursday.", "Thursday", "2026-11-19"),
        ("They agreed to meet on Thursday.", "Thursday", "2026-11-26"),
        ("Papers have shown a plan which says the port means to close on Thursday.", "Thursday", "2026-11-26"),
        ("He was the man most likely to win on Thursday.", "Thursday", "2026-11-19"),
        ("The men arrested on Monday will appear soon.", "Monday", "2026-11-23"),
        ("The match was postponed to Monday.", "Monday", "2026-11-30"),
        ("It comes after a storm on Monday.", "Monday", "2026-11-23"),
        ("“I’m leaving on Monday.”", "Monday", "2026-11-30"),
        ("They set up stalls on Monday.", "Monday", "2026-11-23"),
        ("The ship left at 11:30am on Monday.", "Monday", "2026-11-23"),
        ("They will meet this Friday.", "this Friday", "2026-11-27"),
        ("The two mayors agreed on Monday to share a ferry.", "Monday", "2026-11-23"),
        ("The mayor could not be reached on Monday.", "Monday", "2026-11-23"),
        ("The villages took turns to show their boats on Monday.", "Monday", "2026-11-23"),
    ]);
}

#[test]
fn periods_and_eras() {
    check(&[
        ("The mid-1970s were loud.", "mid-1970s", "197X"),
        ("In the early 1960s they built.", "early 1960s", "196X"),
        ("In the late ’80s they tore it down.", "late ’80s", "198X"),
        ("Sales rose in the first half of 2021.", "first half of 2021", "2021-40"),
        ("Sales rose in the second half of last year.", "second half of last year", "2025-41"),
        ("In the first nine months of 2021 they fell.", "first nine months of 2021", "2021-01/2021-09"),
        ("Results for Q3'22 are out.", "Q3'22", "2022-35"),
        ("They lost 3Q22.", "3Q22", "2022-35"),
        ("They lost in Q2 2022.", "Q2 2022", "2022-34"),
        ("They broke even in FY2022.", "FY2022", "2022"),
        ("They broke even in FY2022-23.", "FY2022-23", "2022/2023"),
        ("They broke even in fiscal year 2022.", "fiscal year 2022", "2022"),
        ("It hired in the fourth quarter of 2022.", "fourth quarter of 2022", "2022-36"),
        ("It bloomed in spring 2022.", "spring 2022", "2022-21"),
        ("It froze in late February.", "late February", "2026-02"),
        ("It thawed in mid-March.", "mid-March", "2026-03"),
        ("It closed in early June 2022.", "early June 2022", "2022-06"),
        ("Since 1191 they fish here.", "1191", "1191"),
        ("The tower fell in AD 61.", "AD 61", "0061"),
        ("The tower fell in 12 BC.", "12 BC", "-0011"),
        ("A temple of the 4th century BC.", "4th century BC", "-03XX"),
        ("A barn of the nineteenth century.", "nineteenth century", "18XX"),
        ("The winter of 2021/22 was mild.", "winter of 2021/22", "2021-12/2022-02"),
        ("War went on from 264 to 146 BC.", "264 to 146 BC", "-0263/-0145"),
        ("They met on Jun. 12, 2022 at noon.", "Jun. 12, 2022", "2022-06-12"),
        ("The log begins on 2022/06/12.", "2022/06/12", "2022-06-12"),
        ("They vote on the second Sunday of May 2027.", "second Sunday of May 2027", "2027-05-09"),
        ("In '22 they left.", "'22", "2022"),
        ("They wed on May the 5th, 2022.", "May the 5th, 2022", "2022-05-05"),
        ("They wed on 7 Feb '22.", "7 Feb '22", "2022-02-07"),
        ("It ended on 7-Feb-2022 at noon.", "7-Feb-2022", "2022-02-07"),
        ("They met on Thursday 17March 2022 there.", "Thursday 17March 2022", "2022-03-17"),
        ("The 2018 elections were calm.", "2018", "2018"),
    ]);
}

#[test]
fn two_dates_that_are_one_range() {
    check(&[
        ("It ran from May 30 to June 2, 2024.", "May 30 to June 2, 2024", "2024-05-30/2024-06-02"),
        ("It ran from 3 to 5 May 2024.", "3 to 5 May 2024", "2024-05-03/2024-05-05"),
        ("It ran from July 14 to 24, 2022 there.", "July 14 to 24, 2022", "2022-07-14/2022-07-24"),
        ("Between 1914 and 1918 they fought.", "Between 1914 and 1918", "1914/1918"),
        ("It fell between July and December 2022.", "between July and December 2022", "2022-07/2022-12"),
        ("It rained from January to March 2025.", "January to March 2025", "2025-01/2025-03"),
        ("It is shut from December 28 to January 3, 2024.", "December 28 to January 3, 2024", "2023-12-28/2024-01-03"),
        ("The show will run from 20 November to 9 January.", "20 November to 9 January", "2026-11-20/2027-01-09"),
        ("It rained 30 May-2 June 2024.", "30 May-2 June 2024", "2024-05-30/2024-06-02"),
        ("Sales of Jan-Mar 2025 fell.", "Jan-Mar 2025", "2025-01/2025-03"),
        ("They met on June 4 and 5, 2024.", "June 4 and 5, 2024", "2024-06-04/2024-06-05"),
        ("The 2021-22 season was short.", "2021-22", "2021/2022"),
        ("They reigned from 1901 to 1910.", "1901 to 1910", "1901/1910"),
    ]);
    let two = |words| on(words, date(2026, 11, 24)).into_iter().filter_map(|(_, value)| value).collect::<Vec<_>>();
    assert_eq!(two("It was moved from May 3 to June 5, 2024."), ["2026-05-03", "2024-06-05"]);
    assert_eq!(two("Tours left on May 3 and June 5, 2024."), ["2024-05-03", "2024-06-05"]);
    assert_eq!(two("It rained in January and February 2024."), ["2024-01", "2024-02"]);
    assert_eq!(two("It grew from 1,901 to 1,910 tons."), [""; 0]);
}

#[test]
fn what_counts_from_today() {
    check(&[
        ("Prices doubled over the last decade.", "last decade", "2016/2026"),
        ("Prices doubled within the last year.", "last year", "2025-11-24/2026-11-24"),
        ("Prices doubled in the past month.", "past month", "2026-10-24/2026-11-24"),
        ("Prices doubled last year.", "last year", "2025"),
        ("She has led it for 20 years.", "20 years", "2006/2026"),
        ("He was away on Christmas Eve.", "Christmas Eve", "2025-12-24"),
        ("He will be away on Christmas Eve.", "Christmas Eve", "2026-12-24"),
        ("By New Year's Day it was gone.", "New Year's Day", "2026-01-01"),
        ("It opened on Boxing Day 2004.", "Boxing Day 2004", "2004-12-26"),
        ("Today, the mayor resigned.", "Today", "2026-11-24"),
    ]);
    for none in [
        "Today, he is a teacher.",
        "Today, many people live there.",
        "She lives in the hills today.",
        "They celebrate Christmas.",
        "She is in her late 40s.",
        "Shops await Black Friday.",
        "They took flight 2024.",
        "Pastor Sunday Adeyemi spoke.",
        "Sunday Adeyemi, a farmer, agreed.",
        "She writes for the Sunday Courier.",
    ] {
        assert_eq!(on(none, date(2026, 11, 24)), [], "{none}");
    }
}

#[test]
fn a_month_that_is_a_name_here_is_no_date() {
    let article = "Dora May lost the vote on Tuesday. A blow for May came later. It was hard on May and her friends. \
                   Nothing happens until May.";
    let found = on(article, date(2026, 11, 24));
    assert_eq!(
        found,
        [("Tuesday".to_owned(), Some("2026-11-24".to_owned())), ("May".to_owned(), Some("2027-05".to_owned()))]
    );
    assert_eq!(on("June Okafor succeeds April Reed.", date(2026, 11, 24)), []);
}

#[test]
fn an_opening_without_a_year_tells_the_day_the_others_count_from() {
    let words = "LISBON, May 16 (Wire) - The harbour closed on Tuesday.";
    let block = Block { kind: BlockKind::Paragraph, range: TextRange::new(0, words.len()) };
    let text = Text::new(words.into(), vec![block], vec![]);
    let values = |context: &Context| {
        let dates = analyse(&text, context).into_iter().filter(|entity| entity.kind == Kind::Date);
        let mut values: Vec<_> = dates.filter_map(|entity| entity.value).collect();
        values.sort();
        values
    };
    // 16 May 2007 was a Wednesday; the file is of June.
    let guessed = Context { published: None, guessed_date: Some(date(2007, 6, 20)) };
    assert_eq!(values(&guessed), ["2007-05-15", "2007-05-16"]);
    // What the article says itself goes before.
    let published = Context { published: Some(date(2007, 5, 17)), ..guessed };
    assert_eq!(values(&published), ["2007-05-15", "2007-05-16"]);
}

#[test]
fn the_early_and_the_late_part_of_a_time_are_two() {
    let found =
        on("It fell in the early 1990s and rose in the late 1990s. In the 1990s it rained.", date(2026, 11, 24));
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["early 1990s", "late 1990s", "1990s"]);
}

#[test]
fn a_day_that_comes_again_and_again_is_none_in_particular() {
    for words in [
        "It is shut on Mondays.",
        "It is shut every Monday.",
        "Nobody shops there on a Saturday.",
        "They rowed out on a rainy Thursday.",
        "He came for Friday prayers.",
        "The fair is held every year in June.",
        "The feast is celebrated annually on July 25.",
        "Every year, from May to September, the whales return.",
    ] {
        assert_eq!(on(words, date(2026, 11, 24)).into_iter().filter_map(|(_, value)| value).count(), 0, "{words}");
    }
}

#[test]
fn a_year_that_stands_apart_belongs_to_its_day() {
    for (words, name, value) in [
        ("They met on May 3, Friday, 2024 at noon.", "May 3, Friday, 2024", "2024-05-03"),
        ("They met on May 3 (2024) at noon.", "May 3 (2024)", "2024-05-03"),
        ("They met on May 3 of the year 2024 at noon.", "May 3 of the year 2024", "2024-05-03"),
        ("They met on May 3, 4 and 5, 2024 at noon.", "May 3, 4 and 5, 2024", "2024-05-03/2024-05-05"),
        ("They met on the 5th, 6th and 7th of May 2024.", "5th, 6th and 7th of May 2024", "2024-05-05/2024-05-07"),
        ("They met in May/June 2024 at noon.", "May/June 2024", "2024-05/2024-06"),
        ("They met between 3 and 5 May 2024.", "between 3 and 5 May 2024", "2024-05-03/2024-05-05"),
        ("They met at the end of this year 2026 at noon.", "end of this year 2026", "2026"),
        ("They met in the third quarter (Q3) of 2024.", "third quarter (Q3) of 2024", "2024-35"),
        ("They met in the first semester of 2022.", "first semester of 2022", "2022-40"),
        ("He ruled from 1538-9 on.", "1538-9", "1538/1539"),
        ("He was rector in 1920 – 21 again.", "1920 – 21", "1920/1921"),
    ] {
        let value = Some(value.to_owned());
        assert_eq!(on(words, date(2026, 11, 24)), [(name.to_owned(), value)], "{words}");
    }
    let values = |words| on(words, date(2026, 11, 24)).into_iter().filter_map(|(_, value)| value).collect::<Vec<_>>();
    assert_eq!(values("It rained in late May or early June 2024."), ["2024-05", "2024-06"]);
    assert_eq!(values("It rained in April, May and June 2024."), ["2024-04", "2024-05", "2024-06"]);
    assert_eq!(values("The wall fell on Oct. 1, 2019. It will reopen on Oct. 1."), ["2019-10-01", "2027-10-01"]);
    assert_eq!(values("OSLO, 26 March - The board now warns of floods."), ["2026-03-26"]);
}

#[test]
fn years_are_seen_whatever_follows() {
    for (words, year) in [
        ("The risks in 2010 of course seemed great.", "2010"),
        ("The race which started in 1960 continues.", "1960"),
        ("By the end of 2020 more than forty had come.", "2020"),
        ("Digging there dates back to 1535, she says.", "1535"),
    ] {
        assert_eq!(on(words, date(2026, 11, 24)), [(year.to_owned(), Some(year.to_owned()))], "{words}");
    }
}

#[test]
fn parts_of_days_and_vague_times() {
    for (words, name, value) in [
        ("They met last night.", "last night", Some("2026-11-23")),
        ("They met this morning.", "this morning", Some("2026-11-24")),
        ("They met some years ago.", "some years ago", None),
    ] {
        assert_eq!(on(words, date(2026, 11, 24)), [(name.to_owned(), value.map(str::to_owned))], "{words}");
    }
}

#[test]
fn what_holds_these_days_is_of_no_day() {
    for words in [
        "The harbour today has two moles.",
        "A loaf is worth a little over $6,200 today.",
        "The firm makes the nets of tomorrow.",
        "TODAY CORVO - The ferry sank.",
        "Men aged between 16 and 21 may row.",
    ] {
        assert!(on(words, date(2026, 11, 24)).is_empty(), "{words}");
    }
}
