//! How often the speaker is right, on news paragraphs written for this test in many styles.
//!
//! An article is its cast (as `said` of the unit tests takes it), a line of dashes, and its text. `{Reed “…”}` marks
//! what a person or body says in quotation marks, `{- “…”}` words whose speaker has no name in the text, or that nobody
//! says; neither braces nor names are part of the text.

use std::fmt::Write as _;

use super::tests::{paragraphs, said};
use crate::article::TextRange;

const ARTICLES: &[&str] = &[
    // Agency copy, American.
    "P Mayor:Denise Okafor|Okafor
     P Luis Carranza|Carranza
     O Pell County Water Authority|Water Authority
     L Marlow
     D Tuesday
     ---
     MARLOW — The town will boil its water for another week after a second main burst on Tuesday, officials said.

     {Okafor “We are not out of the woods yet,”} Mayor Denise Okafor told a packed town hall. {Okafor “Every crew we have is in the ground right now.”}

     Luis Carranza, who runs a bakery on Fourth Street, said he had thrown away two days of dough. {Carranza “You cannot make bread with water you are afraid of,”} he said. {Carranza “My customers understand, but the rent does not.”}

     The Pell County Water Authority said in a statement that {Water Authority “all hospitals and schools have been supplied by tanker”} since Monday. A spokesman for the Water Authority declined to give a date. {Water Authority “We will tell people when we know,”} he added.

     {- “Nobody told us anything until the tap ran brown,”} said one resident, who would not give her name.",
    // British, single marks.
    "P Sir:Alistair Penhale|Penhale
     P Mrs:Gwen Tolliver|Tolliver
     O Cornish Lugger Trust|the Trust
     ---
     ‘Lost’ lugger found in a barn near Looe

     A fishing lugger thought to have been broken up in 1931 has been found under straw in a Cornish barn, to the delight of the ‘boat nuts’ who had looked for her.

     {Penhale ‘I put my hand on the stem and I knew,’} said Sir Alistair Penhale, the Cornish Lugger Trust’s chairman. {Penhale ‘You don’t forget lines like those.’}

     The farmer’s widow, Gwen Tolliver, had no idea what she owned. {Tolliver ‘My husband kept the sheep’s feed in it’}, she said. {Tolliver ‘I nearly had it burned twice.’}

     Penhale said the hull was {Penhale ‘sounder than it has any right to be’}, although the workers’ shed around it had fallen in.

     Asked what it would cost, Penhale replied: {Penhale ‘More than a sensible man would spend, and I’m not a sensible man.’}",
    // Politics, long attributions, a body that speaks.
    "P Prime Minister:Ilse Vandermeer|Vandermeer
     P Mr:Joost Hakim|Hakim
     P Ms:Petra Lund|Lund
     O Greenway Party|Greenway
     O Ministry of Housing
     O Radio Noord
     D Thursday
     ---
     Prime Minister Ilse Vandermeer dismissed calls for an early vote on Thursday, saying that her coalition would {Vandermeer “govern until the last day it was elected for”}.

     {Vandermeer “People want houses, not posters,”} Vandermeer said during a visit to a building site. {Vandermeer “I intend to give them houses.”}

     But Joost Hakim, who leads the Greenway Party in the lower chamber, called the visit {Hakim “a stage set with real bricks in it”}.

     {Hakim “She has had four years,”} he told Radio Noord. {Hakim “Four years, and the waiting list is longer than when she came.”}

     According to the Ministry of Housing, {Ministry of Housing “more than nine thousand dwellings were begun”} last year. Petra Lund, an economist, was not convinced: {Lund “Begun is a word that means a hole in the ground.”}

     {- “The government is finished,”} one coalition lawmaker said on condition that he not be named.",
    // Court report.
    "P Judge:Miriam Aldous|Judge Aldous|Aldous
     P Mr:Kevin Strand|Strand
     P Ms:Harriet Ong|Ong
     P Mr:Paul Dempsey|Dempsey
     O Crown Prosecution Office
     ---
     A locksmith who sold copies of his customers’ keys was jailed for six years yesterday.

     Judge Miriam Aldous told Kevin Strand: {Aldous “You were let into people’s homes because they trusted you.”}

     {Aldous “That trust was your stock in trade, and you sold it by the piece,”} she said.

     Strand, 51, who had denied eleven charges, shouted {Strand “I never set foot in one of them!”} as he was led away.

     His barrister, Harriet Ong, said her client was {Ong “a foolish man rather than a wicked one”}. Prosecuting, Paul Dempsey said: {Dempsey “There is nothing foolish about a card index with forty addresses in it.”}

     In a statement read to the court, one victim said: {- “I still put a chair against the door at night.”}

     {- “Justice was done here,”} a spokesperson said afterwards.",
    // Sport.
    "P Mr:Dario Benavente|Benavente
     P Tomas Halloran|Halloran
     P Mr:Yusuf Adeleke|Adeleke
     O Rovers
     O Castle United|United
     ---
     Ten-man Rovers threw away a two-goal lead at Castle United, and their manager did not look for excuses.

     {Benavente “We stopped running, it is that simple,”} said Dario Benavente. {Benavente “When you stop running in this league you lose.”}

     Halloran, sent off after half an hour, apologised to the travelling supporters. {Halloran “It was a stupid tackle and I knew it the moment I went in,”} said the Rovers captain, Tomas Halloran.

     United’s two-goal substitute Yusuf Adeleke was still grinning an hour later. {Adeleke “My mum told me I would score,”} Adeleke laughed. {Adeleke “She says that every week.”}

     Benavente added: {Benavente “We have eight days to find out what we are.”}

     {- “Eight days”} is also what remains until the window shuts.",
    // Science.
    "P Dr.:Amara Nwosu|Nwosu
     P Professor:Henrik Sall|Sall
     O Tern Institute
     O Nature Oceans
     ---
     Seagrass meadows can hear the tide, or something very like it, a paper in Nature Oceans suggests.

     {Nwosu “I did not believe the first recordings,”} says Amara Nwosu, a marine biologist at the Tern Institute who led the work. {Nwosu “So we did it again, in another bay, with other microphones.”}

     The leaves turn minutes before the water does. {Nwosu “It is as if they kept a calendar,”} she says.

     Others are more careful. {Sall “It’s a lovely data set,”} says Henrik Sall, a plant physiologist who was not involved in the study, {Sall “but ‘hear’ is a strong word for a plant.”}

     Sall argues that pressure alone may explain it. {Sall “Show me the organ,”} he says, {Sall “and I will buy the champagne.”}

     Nwosu calls that {Nwosu “a fair challenge, and a cheap bottle”}.",
    // Disaster, several paragraphs of one quotation.
    "P Maria Esteves|Esteves
     P Colonel:Rui Falcao|Falcao
     O Civil Defence
     L Serra Branca
     ---
     The fire came over the ridge at Serra Branca at four in the morning.

     Maria Esteves said she woke to the sound of her own goats.

     {Esteves “They were screaming like children. I opened the gate and I ran after them.}

     {Esteves “I did not take my shoes. I did not take my mother’s photograph. I took a bucket, God knows why.”}

     Colonel Rui Falcao of the Civil Defence said the wind {Falcao “changed its mind three times in an hour”}.

     {Falcao “We had engines on the wrong side of the valley,”} he said. {Falcao “I will not pretend otherwise.”}

     {Falcao “There will be an inquiry, and I will be the first to speak at it.”}

     In the school gymnasium people slept in rows. {- “Is there any news from the upper village?”} asked a boy. Nobody answered.",
    // Business.
    "P Ms:Ingrid Solheim|Solheim
     P Rajesh Mehra|Mehra
     O Norvik Shipping|Norvik
     O Bellwether Capital|Bellwether
     D Friday
     ---
     Norvik Shipping cut its forecast for the third time this year on Friday, sending its shares down nine percent.

     {Solheim \"Rates have fallen further and faster than we planned for,\"} Chief Executive Ingrid Solheim told analysts on a call.

     \"Nobody in this business has a crystal ball,\" is a phrase she has used before.

     {Norvik \"We remain comfortable with our debt,\"} the company's owner, Norvik, said in a filing.

     Rajesh Mehra, an analyst at Bellwether Capital, said in a note: {Mehra \"The dividend is now a matter of faith.\"}

     {Mehra \"Management still talks about volumes,\"} Mehra wrote. {Mehra \"The market stopped listening to volumes in March.\"}

     Solheim said the fleet was {Solheim \"the youngest on the water by a long way\"} and that no ships would be sold.",
    // Culture, an interview in prose.
    "P Noor Haddad|Haddad
     P Bastien Roche|Roche
     O Lantern Theatre
     ---
     Noor Haddad does not own a television. {Haddad “I’d only argue with it,”} the director explains over mint tea.

     Her new staging at the Lantern Theatre runs for five hours. {Haddad “If you want to leave, leave,”} she says, shrugging. {Haddad “The doors are not locked. I checked.”}

     Bastien Roche, her lead actor since 2015, puts it differently: {Roche “She locks the doors from inside your head.”}

     Roche remembers the first rehearsal. {Roche “She handed me a shovel and said: ‘Dig until you know why,’”} he recalls. {Roche “I dug for two days.”}

     Haddad insists it was one. {Haddad “Actors exaggerate, it is what we pay them for,”} she adds with a smile.",
    // South Asian style.
    "P Shri:Devendra Pawar|Pawar
     P Smt:Kamala Iyer|Iyer
     O State Transport Corporation|STC
     L Kolhar
     D Wednesday
     ---
     Transport Minister Devendra Pawar on Wednesday said, {Pawar “No employee will lose even one day’s wages on account of the merger.”}

     Speaking to reporters after the meeting, he said, {Pawar “Let the unions come to the table first. We are ready for talks with an open mind.”}

     Union leader Kamala Iyer, however, termed the assurance hollow. {Iyer “We have been hearing this since 2019,”} she said, adding, {Iyer “Now we want it in writing.”}

     An official of the State Transport Corporation (STC), requesting anonymity, said, {- “The file has not even moved.”}

     {Iyer “If the file does not move, the buses will not move,”} Ms Iyer told the gathering at Kolhar.",
    // East African daily.
    "P Governor:Josphat Kiprotich|Kiprotich
     P Mary Wambui|Wambui
     O Lake Basin Growers|Growers
     ---
     Farmers have accused brokers of buying green maize at throwaway prices.

     {Wambui “They come at night with their own scales,”} said Mary Wambui, the chairperson of Lake Basin Growers. {Wambui “By morning the maize has gone and so have they.”}

     Governor Josphat Kiprotich said his administration would license all weighing machines. {Kiprotich “Whoever is found with a crooked scale will carry it to court on his own head,”} he warned.

     {Kiprotich “We shall not negotiate with thieves,”} the county boss, Josphat Kiprotich, declared to applause.

     But Wambui was doubtful. {Wambui “Last year he promised us a dryer,”} she said. {Wambui “We are still using the road.”}",
    // Explainer and scare quotes.
    "P Professor:Lena Fairweather|Fairweather
     O Data Board
     ---
     What is a ‘smart’ meter, and who reads it? The so-called “right to be left alone” is older than electricity.

     {Fairweather “A meter is a diary you did not mean to keep,”} according to Lena Fairweather, who teaches law.

     The Data Board agrees up to a point. {Data Board “We see no need for readings every minute,”} it said.

     The sign on its door says {- “Please ring and wait”}. The book “Living With The Grid” has a chapter on it.

     Fairweather’s own meter sits in a drawer. {- “Out of sight”}, as the saying goes.",
];

struct MarkedQuote {
    speaker: String,
    range: TextRange,
}

fn read(article: &str) -> (String, String, Vec<MarkedQuote>) {
    let lines: Vec<&str> = article.lines().map(str::trim).collect();
    let (cast, body) = lines.split_at(lines.iter().position(|line| *line == "---").unwrap());
    let (mut text, mut marked) = (String::new(), Vec::new());
    let body = body[1..].join("\n");
    let mut rest = body.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        let (inner, after) = after.split_once('}').unwrap();
        let at = inner.find(['“', '‘', '"']).unwrap();
        text.push_str(before);
        let start = text.len();
        let (name, words) = inner.split_at(at);
        text.push_str(words);
        marked.push(MarkedQuote { speaker: name.trim().to_owned(), range: TextRange::new(start, text.len()) });
        rest = after;
    }
    text.push_str(rest);
    (cast.join("\n"), text, marked)
}

#[test]
fn speakers_are_right_or_left_out() {
    let (mut gold, mut given, mut right) = (0, 0, 0);
    let mut report = String::new();
    for article in ARTICLES {
        let (cast, words, marked) = read(article);
        let text = paragraphs(&words);
        let entities = said(&cast, &text);
        gold += marked.iter().filter(|one| one.speaker != "-").count();
        let mut missed: Vec<&MarkedQuote> = marked.iter().filter(|one| one.speaker != "-").collect();
        for entity in &entities {
            for quote in entity.quotes.iter().filter(|quote| quote.direct) {
                given += 1;
                let inside =
                    |one: &&MarkedQuote| one.range.start <= quote.range.start && quote.range.end <= one.range.end;
                let wanted = marked.iter().find(inside).map_or("nobody", |one| &one.speaker);
                missed.retain(|one| !inside(one));
                if entity.name.ends_with(wanted)
                    || entity.mentions.iter().any(|mention| text.slice(mention.range) == wanted)
                {
                    right += 1;
                } else {
                    writeln!(report, "{} for {wanted}: {}", entity.name, text.slice(quote.range)).unwrap();
                }
            }
        }
        for one in missed {
            writeln!(report, "none for {}: {}", one.speaker, text.slice(one.range)).unwrap();
        }
    }
    assert!(gold >= 60, "{gold}");
    let (precision, coverage) = (f64::from(right) / f64::from(given), f64::from(right) / gold as f64);
    assert!(precision >= 0.97 && coverage >= 0.85, "precision {precision:.3}, coverage {coverage:.3}\n{report}");
}
