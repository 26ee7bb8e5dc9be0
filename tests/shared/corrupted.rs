//! Files of every kind the program reads, corrupted in realistic ways, and reproducible from a seed.

#[path = "../../examples/shared/random.rs"]
mod random;

pub(crate) use random::Random;

/// One valid file of each kind, with its name.
pub(crate) const VALID: [(&str, &str); 14] = [
    (
        "article.md",
        "---\ntitle: The quay at Ebbsund\nauthor: Ana Reed\ndate: 2026-03-21\nsource: https://gazette.example/quay\n---\n\
         # The quay at Ebbsund\n\nMayor Ilse Brandt said on Tuesday that the *old* quay would **close**. “We had no \
         choice,” she said.\n\n> Nobody asked us,\n>> wrote the harbour pilots.\n\n1. Paint\n2. Rope\n   - hemp\n\n\
         | boat | tons |\n|---|---|\n| Ida | 40 |\n\n```rust\nfn main() {}\n```\n\nSee [the plan](https://x.example/a_b)\
         [^1].\n\n[^1]: Printed in 2025.\n",
    ),
    (
        "article.txt",
        "Ferry hits pier, nobody hurt\n\nBy Tom Okafor\n3 May 2026\n\nEBBSUND (Gazette) - The ferry Ida hit the pier at \
         Ebbsund on Sunday morning, the Coast Guard said. About 40 people were on board, and $2.5 million of damage was \
         done.\n\n  A line of verse,\n  another line,\n  a third.\n",
    ),
    (
        "page.html",
        "<!doctype html><html><head><title>Ferry | Gazette</title><meta charset=utf-8></head><body><nav>Home</nav>\
         <article><h1>Ferry</h1><p>It hit the <b>pier</b>.<br>Nobody was hurt.</article></body></html>",
    ),
    (
        "feed.xml",
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Gazette</title><item><title>Ferry</title><guid>1</guid>\
         <pubDate>Sun, 03 May 2026 09:00:00 GMT</pubDate></item></channel></rss>",
    ),
    (
        "letter.eml",
        "From: Ana Reed <ana@gazette.example>\nSubject: =?utf-8?q?The_quay?=\nDate: Sat, 21 Mar 2026 10:00:00 +0000\n\
         Content-Type: text/plain; charset=utf-8\n\nThe quay is closed.\n",
    ),
    (
        "clippings.txt",
        "\u{feff}The Harbour (Brandt, Ilse)\r\n- Your Highlight on page 12 | Location 170-172 | Added on Monday, 1 March 2021 \
         10:00:00\r\n\r\nThe quay was built in a year.\r\n==========\r\nThe Harbour (Brandt, Ilse)\r\n- Your Note on page 12 | \
         Location 172 | Added on Monday, 1 March 2021 10:01:00\r\n\r\nWhich year?\r\n==========\r\n",
    ),
    (
        "annotations.json",
        r#"{"@context":"http://www.w3.org/ns/anno.jsonld","type":"AnnotationCollection","items":[{"id":"urn:uuid:0190a3c1-0000-7000-8000-000000000001","type":"Annotation","created":"2026-03-21T10:00:00Z","body":[{"type":"TextualBody","purpose":"commenting","value":"why?"},{"type":"TextualBody","purpose":"tagging","value":"harbour"}],"target":{"source":"https://gazette.example/quay","selector":[{"type":"TextQuoteSelector","exact":"We had no choice","prefix":"close. “","suffix":",” she said"},{"type":"TextPositionSelector","start":80,"end":96}]}}]}"#,
    ),
    (
        "hypothesis.json",
        r#"{"total":1,"rows":[{"id":"abc","created":"2026-03-21T10:00:00+00:00","uri":"https://gazette.example/quay","text":"a note","tags":["x"],"document":{"title":["The quay"]},"target":[{"source":"https://gazette.example/quay","selector":[{"type":"TextQuoteSelector","exact":"harbour pilots","prefix":"the ","suffix":"."}]}]}]}"#,
    ),
    (
        "koreader.json",
        r#"{"title":"The Harbour","author":"Ilse Brandt","file":"/mnt/harbour.epub","entries":[{"text":"The quay was built in a year.","note":"which?","time":1614592800,"page":12,"chapter":"One","sort":"highlight"}]}"#,
    ),
    (
        "wallabag.json",
        r#"[{"id":7,"title":"The quay","url":"https://gazette.example/quay","annotations":[{"id":3,"quote":"Nobody asked us","text":"hm","created_at":"2026-03-21T10:00:00+0000","ranges":[]}]}]"#,
    ),
    (
        "readwise.csv",
        "Highlight,Title,Author,URL,Note,Location,Date\r\n\"The quay, they said\",The quay,Ana Reed,https://gazette.example/quay,\"a\n\
         note\",1,2026-03-21 10:00:00\r\n",
    ),
    (
        "peer.jsonl",
        "{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"id\":\"urn:uuid:0190a3c1-0000-7000-8000-000000000002\",\"type\":\"Annotation\",\"created\":\
         \"2026-03-21T10:00:00Z\",\"target\":{\"source\":\"https://gazette.example/quay\",\"selector\":[{\"type\":\"TextQuoteSelector\",\
         \"exact\":\"harbour pilots\"}]}}\n",
    ),
    ("entities.tsv", "ignore\tperson\tIda\nretype\tplace\tEbbsund\torganisation\nmerge\tperson\tBrandt\tIlse Brandt\n"),
    ("config.toml", "[page]\nmeasure = 60\njustify = true\n\n[keys.reader]\n\"space\" = \"page-down\"\n"),
];

/// What files have hidden in them that programs stumble over.
const BURIED: [&str; 24] = [
    "\x1b[2J\x1b]0;title\x07",
    "\u{9b}31m",
    "\0",
    "\u{202e}evil\u{2066}",
    "\u{feff}",
    "\r",
    "\u{2028}",
    "\u{85}",
    "99999999999999999999",
    "-1",
    "1e400",
    "\\ud800",
    "&#x1b;&#0;&#99999999;",
    "\"",
    "[[[[[[[[[[[[[[[[",
    "{\"a\":{\"a\":{\"a\":",
    "\u{301}\u{301}\u{301}\u{301}\u{301}",
    "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
    "கொடி",
    "漢字",
    "\t\t\t",
    "0000-00-00T99:99:99Z",
    "../../../../etc/passwd",
    "file:///dev/zero",
];

/// A file, corrupted or (rarely) intact, with its name.
pub(crate) fn file(random: &mut Random) -> (&'static str, Vec<u8>) {
    let (name, sound) = VALID[random.below(VALID.len())];
    let mut bytes = sound.as_bytes().to_vec();
    for _ in 0..random.below(6) {
        spoil(&mut bytes, random);
    }
    if random.chance(5) {
        let wide = String::from_utf8_lossy(&bytes).encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        bytes = [vec![0xff, 0xfe], wide].concat();
    }
    (name, bytes)
}

fn spoil(bytes: &mut Vec<u8>, random: &mut Random) {
    let from = random.below(bytes.len());
    let to = (from + 1 + random.below(40)).min(bytes.len());
    match random.below(9) {
        0 if !bytes.is_empty() => bytes[from] ^= 1 << random.below(8),
        1 => drop(bytes.drain(from..to)),
        2 => {
            let again = bytes[from..to].repeat(1 + random.below(300));
            bytes.splice(from..from, again);
        }
        3 | 4 => {
            let buried = random.pick(&BURIED).unwrap().repeat(1 + random.below(3));
            bytes.splice(from..from, buried.into_bytes());
        }
        5 => bytes.truncate(from),
        6 => {
            let other = VALID[random.below(VALID.len())].1.as_bytes();
            let start = random.below(other.len());
            bytes.splice(from..to, other[start..].iter().copied());
        }
        7 => bytes
            .splice(from..to, (0..random.below(8)).map(|_| random.below(256) as u8).collect::<Vec<u8>>())
            .for_each(drop),
        _ => bytes.extend_from_within(from..),
    }
}
