use super::*;
use crate::article::BlockKind::{Byline, Dateline, Headline, Paragraph, Quote, Rule};

const HEAD: &str = "Received: from mx.example.org\n\tby mail.example.com; Thu, 10 May 2007 08:30:02 +0200\n\
    From: =?utf-8?Q?Ana_Rei=C3=9F?= <ana@example.org>\nTo: tom@example.com\nDate: Thu, 10 May 2007 00:30:00 +0200 (CEST)\n\
    Subject: Re: [Press] =?iso-8859-1?B?S/xzdGU=?=\n of the north\nMessage-ID: <1@example.org>\nMIME-Version: 1.0\n";

fn message(head: &str, body: &str) -> (Vec<(BlockKind, String)>, Facts) {
    let bytes = format!("{HEAD}{head}\n{body}");
    let (drafts, facts) = read(bytes.replace('\n', "\r\n").as_bytes(), None).expect("a message");
    let (unix, _) = read(bytes.as_bytes(), None).expect("a message");
    assert_eq!(drafts, unix, "the ends of lines make no difference");
    (drafts.into_iter().map(|draft| (draft.kind, draft.words)).collect(), facts)
}

fn body(head: &str, body: &str) -> Vec<(BlockKind, String)> {
    message(head, body).0.split_off(3)
}

fn quote(depth: u8, words: &str) -> (BlockKind, String) {
    (Quote(depth), words.to_owned())
}

fn paragraph(words: &str) -> (BlockKind, String) {
    (Paragraph, words.to_owned())
}

#[test]
fn subject_sender_and_date_are_the_head() {
    let (blocks, facts) = message("Content-Type: text/plain\n", "The port was closed.\n");
    assert_eq!(
        blocks,
        [
            (Headline, "Re: [Press] Küste of the north".to_owned()),
            (Byline, "Ana Reiß".to_owned()),
            (Dateline, "10 May 2007".to_owned()),
            paragraph("The port was closed."),
        ]
    );
    assert_eq!(facts.title.as_deref(), Some("Re: [Press] Küste of the north"));
    assert_eq!(facts.byline.as_deref(), Some("Ana Reiß"));
    assert_eq!(facts.published.unwrap().to_string(), "2007-05-09T22:30:00Z");
    assert_eq!((facts.source, facts.url), (None, None));
}

#[test]
fn flowed_lines_are_joined_and_quotations_have_their_depth() {
    let head = "Content-Type: text/plain; charset=utf-8; format=flowed\nContent-Transfer-Encoding: quoted-printable\n";
    let text = "Hi Tom,\n\nit costs =E2=82=AC41m, =\nsays the=20\nboard.\n\n> On Monday Tom wrote:\n> > What about=20\n> > Siemens?\n>> And Deme?\n> Will they pay?\n\nBest,\n--=20\nAna Reed\nPress officer=20\n+32 59 12\n";
    assert_eq!(
        body(head, text),
        [
            paragraph("Hi Tom,"),
            paragraph("it costs €41m, says the board."),
            quote(1, "On Monday Tom wrote:"),
            quote(2, "What about Siemens?\nAnd Deme?"),
            quote(1, "Will they pay?"),
            paragraph("Best,"),
            (Rule, String::new()),
            paragraph("Ana Reed\nPress officer\n+32 59 12"),
        ]
    );
    let added = "Content-Type: text/plain; format=Flowed; DelSp=Yes\n";
    assert_eq!(body(added, "un \nbroken words  \ngo on.\n"), [paragraph("unbroken words go on.")]);
    assert_eq!(
        body("Content-Type: text/plain\n", "> a \n> > b\n>\n>> > c"),
        [quote(1, "a"), quote(2, "b"), quote(3, "c")]
    );
}

#[test]
fn plain_text_comes_before_html_and_attachments_are_named() {
    let head = "Content-Type: multipart/mixed; boundary=\"out er\"\n";
    let text = "ignored\n--out er\nContent-Type: multipart/alternative; boundary=in\n\n--in\nContent-Type: text/html\n\n<p>Page</p>\n--in\n\
        Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: base64\n\nTmH\nvdmU=\n--in--\n\n--out er\n\
        Content-Type: application/pdf; name=\"report.pdf\"\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\nAAAA\n\
        --out er\nContent-Type: text/plain\nContent-Disposition: attachment; filename*=utf-8''K%C3%BCste.txt\n\nno words of hers\n\
        --out er\nContent-Type: image/png\nContent-ID: <logo>\n\nAAAA\n--out er--\nbehind";
    assert_eq!(body(head, text), [paragraph("Naïve"), paragraph("Attached: report.pdf, Küste.txt")]);
}

#[test]
fn html_is_read_where_there_is_nothing_else() {
    let head = "Content-Type: text/html; charset=windows-1252\nContent-Transfer-Encoding: quoted-printable\n";
    let page =
        "<html><head><style>p {}</style></head><body><p>It costs =8041m.<br>Or more.</p><p>Best</p></body></html>";
    assert_eq!(body(head, page), [paragraph("It costs €41m.\nOr more."), paragraph("Best")]);
}

#[test]
fn encodings_are_those_of_each_part_and_guessed_where_they_are_wrong() {
    let plain = |charset: &str, words: &[u8]| {
        let bytes = [format!("{HEAD}Content-Type: text/plain{charset}\n\n").as_bytes(), words].concat();
        read(&bytes, None).unwrap().0.pop().unwrap().words
    };
    assert_eq!(plain("; charset=koi8-r", b"\xf0\xcf\xd2\xd4"), "Порт");
    assert_eq!(plain("; charset=us-ascii", "Küste".as_bytes()), "Küste");
    assert_eq!(plain("; charset=iso-8859-1", "Küste".as_bytes()), "Küste");
    assert_eq!(plain("", b"K\xfcste und Strand"), "Küste und Strand");
    assert_eq!(plain("; charset=nonsense", b"K\xfcste und Strand"), "Küste und Strand");
    assert_eq!(plain("; charset=iso-2022-jp", b"\x1b$BF|K\\\x1b(B"), "日本");
    assert_eq!(plain("\nContent-Transfer-Encoding: base64", b"VGhlIHBvcnQgd2FzIGNsb3Nl"), "The port was close");
    assert_eq!(plain("\nContent-Transfer-Encoding: base64", b"VGhlIHBvcnQgd2FzIGNsb3NlZ"), "The port was close");
}

#[test]
fn of_a_mailbox_the_first_message_is_read() {
    let bytes = format!(
        "From ana@example.org Thu May 10 08:30:00 2007\n{HEAD}\nThe port.\n\n>From here it went on.\n\nFrom now on, nothing.\n\nFrom tom@example.org Fri May 11 08:30:00 2007\n{HEAD}\nNo.\n\nFrom x@example.org Fri May 11 08:31:00 2007\n{HEAD}\nNo.\n"
    );
    let (drafts, _) = read(bytes.as_bytes(), None).unwrap();
    let words: Vec<&str> = drafts.iter().skip(3).map(|draft| draft.words.as_str()).collect();
    assert_eq!(
        words,
        ["The port.", "From here it went on.", "From now on, nothing.", "2 messages more in this mailbox"]
    );
}

#[test]
fn messages_are_told_by_their_header() {
    for (text, name) in [
        ("Return-Path: <a@b.example>\nSubject: x\n\nWords.", None),
        ("From: a@b.example\nDate: Thu, 10 May 2007 08:30:00 +0200\nSubject: x\n\nWords.", None),
        ("\n\nDelivered-To: a\nX-Very-Long: a\n b\n\tc\nFrom: a\n\nWords.", Some("a.txt")),
        ("Subject: x\n\nWords.", Some("a.EML")),
        ("From a@b.example Thu May 10 2007\nSubject: x\n\nWords.", None),
        ("\u{feff}From: a\nDate: b\nSubject: c", None),
    ] {
        assert!(read(text.as_bytes(), name).is_some(), "{text}");
    }
    for (text, name) in [
        ("Subject: x\n\nWords.", Some("a.txt")),
        ("From: Lisbon\nTo: Porto\n\nA journey.", None),
        ("From: a\nDate: b\nA line of words\nSubject: x\n\nWords.", None),
        ("From here on it went downhill.\n\nSubject: x", None),
        ("Title: Port\nAuthor: Ana Reed\nDate: 2007\n\nWords.", Some("a.md")),
        (
            "From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example\nSubject: x\nDate: y\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n",
            None,
        ),
        ("From: a\nDate: b\nSubject: c\nContent-Type:  multipart/related; boundary=x\n\n--x\n", None),
        ("", None),
        ("From ", None),
    ] {
        assert!(read(text.as_bytes(), name).is_none(), "{text}");
    }
}

#[test]
fn senders_without_a_name_and_dates_without_a_meaning() {
    let facts = |head: &str| read(format!("Received: x\n{head}\n\nWords.").as_bytes(), None).unwrap().1;
    assert_eq!(facts("From: ana@example.org").byline.as_deref(), Some("ana@example.org"));
    assert_eq!(facts("From: \"Reed, Ana\" <ana@example.org>, b@example.org").byline.as_deref(), Some("Reed, Ana"));
    assert_eq!(facts("From: Ana Reed").byline.as_deref(), Some("Ana Reed"));
    assert_eq!(facts("Subject: x").byline, None);
    assert_eq!(facts("From: a\nDate: yesterday").published, None);
}

#[test]
fn hostile_messages_end() {
    let nested: String = (0..5_000).fold(String::new(), |all, depth| {
        all + &format!("Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n")
    });
    for text in [
        format!("{HEAD}{nested}"),
        format!("{HEAD}Content-Type: multipart/mixed; boundary=b\n\n{}", "--b\n".repeat(100_000)),
        format!("{HEAD}Content-Type: text/plain; format=flowed\n\n{}", "> ".repeat(200_000)),
        format!("{HEAD}Content-Type: text/plain; format=flowed\n\n{}", "a \n".repeat(100_000)),
        format!("{HEAD}\n{}", "--\na\n> b\n".repeat(20_000)),
        format!("Received: x\nFrom: {}\n\n", "(".repeat(100_000)),
        format!("Received: x\nSubject: {}\n\n", "=?utf-8?Q?a?= ".repeat(20_000)),
    ] {
        read(text.as_bytes(), None);
    }
}
