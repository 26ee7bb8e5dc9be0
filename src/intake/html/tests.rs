//! Pages as sites make them, and what is read off them.

use super::*;
use crate::article::Article;
use crate::intake::{Document as Reading, Format, read_document};

const BODY: [&str; 5] = [
    "The pilots had asked for a new quay for eleven years, and the harbour master, who had asked with them, said that nobody should now be surprised.",
    "By noon the fish market had moved to the car park of the school, where the head teacher sold coffee, and where most of the crews stayed until dark.",
    "Divers found that the piles on the north side had been eaten through, two of them so far that a hand could be pushed into the wood, the office said.",
    "The ferry to the outer islands leaves from the old lifeboat slip until further notice, which costs twenty minutes, and carries no cars before Friday.",
    "A hearing is set for the spring, when the county, which owns the quay, and the town, which uses it, will have to agree on who pays for a new one.",
];

fn body() -> String {
    BODY.map(|words| format!("<p>{words}</p>\n")).concat()
}

fn page(head: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head><title>Quay gives way - The Island Post</title>{head}</head><body>\
         <nav><a href=/>Home</a> <a href=/sport>Sport</a></nav>{body}<footer>All rights reserved</footer></body></html>"
    )
}

fn read_page(html: &str) -> Reading {
    let hints =
        Hints { format: Some(Format::Html), url: Some("https://post.example/news/quay".into()), ..Hints::default() };
    read_document(html.as_bytes(), &hints).unwrap()
}

fn blocks(article: &Article) -> Vec<(&'static str, &str)> {
    article.body.blocks().iter().map(|block| (block.kind.as_str(), article.body.slice(block.range))).collect()
}

/// The article must be the headline, `above`, and the body, and nothing else.
fn assert_article(html: &str, above: &[(&str, &str)]) {
    let Reading { article, page } = read_page(html);
    assert_eq!(page, PageKind::Article, "{html}");
    assert_eq!(article.title, "Quay gives way", "{html}");
    let mut wanted = vec![("headline", "Quay gives way")];
    wanted.extend(above);
    wanted.extend(BODY.map(|words| ("paragraph", words)));
    assert_eq!(blocks(&article), wanted, "{html}");
}

#[test]
fn a_lead_outside_of_the_body_comes_first() {
    const LEAD: &str = "Part of the north quay sank into the harbour early on Tuesday, and took two cranes with it.";
    const SECOND: &str = "Nobody was hurt, but the port will be closed for the rest of the week at the very least.";
    let lead = ("paragraph", LEAD);
    let body = body();
    for html in [
        format!(
            "<main><header><h1>Quay gives way</h1></header><section class=intro><div><p>{LEAD}</p></div></section><div>Advertisement</div><section class=body>{body}</section></main>"
        ),
        format!("<main><header><h1>Quay gives way</h1><p>{LEAD}</p></header><div class=body>{body}</div></main>"),
        format!("<div><h1>Quay gives way</h1></div><div class=top><p>{LEAD}</p></div><article>{body}</article>"),
        format!("<main><h1>Quay gives way</h1><aside><p>{LEAD}</p></aside><div>{body}</div></main>"),
    ] {
        assert_article(&page("", &html), &[lead]);
    }
    let two = format!(
        "<main><h1>Quay gives way</h1><div class=intro><p>{LEAD}</p><p>{SECOND}</p></div><aside>Sponsored</aside><div>{body}</div></main>"
    );
    assert_article(&page("", &two), &[lead, ("paragraph", SECOND)]);
}

#[test]
fn the_header_of_a_page_stands_above_the_article_in_its_order() {
    let head = "<meta name=author content='Ana Reed'><meta property=og:site_name content='The Island Post'>\
                <meta property=article:published_time content='2026-03-04T08:30:00+01:00'>\
                <meta name=description content='Two cranes are in the harbour, and the ferry has to move'>";
    let html = format!(
        "<main><header><p>Local</p><h1>Quay gives way</h1><p>Two cranes are in the harbour, and the ferry has to move</p>\
         <div>By <a rel=author href=/ana>Ana Reed</a></div><time datetime=2026-03-04>4 March 2026</time>\
         <ul><li><a href=#>Share</a></li></ul></header><div>{}</div></main>",
        body()
    );
    assert_article(
        &page(head, &html),
        &[
            ("standfirst", "Two cranes are in the harbour, and the ferry has to move"),
            ("byline", "By Ana Reed"),
            ("dateline", "4 March 2026"),
        ],
    );
    let article = read_page(&page(head, &html)).article;
    assert_eq!(article.byline.as_deref(), Some("Ana Reed"));
    assert_eq!(article.published.unwrap().to_string(), "2026-03-04T07:30:00Z");
    assert_eq!(article.source.as_deref(), Some("The Island Post"));
    assert_eq!(article.language.as_deref(), Some("en"));
}

#[test]
fn consent_is_not_the_article_however_long_it_is() {
    let consent = "<p>We and our 800 partners store and access information on your device, such as cookies, and process \
                   personal data, such as unique identifiers, to show personalised ads and to learn about audiences.</p>"
        .repeat(9);
    let article = format!("<h1>Quay gives way</h1>{}", body());
    for html in [
        format!("<div id=consent><h2>Your privacy</h2>{consent}<button>Accept</button></div><aside>{article}</aside>"),
        format!("<dialog open>{consent}<button>I agree</button></dialog><article>{article}</article>"),
        format!(
            "<article>{article}</article><section><h2>Your privacy</h2>{consent}<button>Accept all</button></section>"
        ),
        format!("<main>{article}</main><div class=cookie-banner>{consent}</div>"),
        format!("<section><h2>We value your privacy</h2>{consent}</section><section>{article}</section>"),
        format!(
            "<div><div><div>{consent}<div><a href=#>Manage options</a></div></div></div></div><aside>{article}</aside>"
        ),
    ] {
        assert_article(&page("", &html), &[]);
    }
}

#[test]
fn an_article_about_cookies_is_no_consent_box() {
    let words = "<p>The regulator fined the site because its cookie banner asked for consent to share personal data with \
                 partners, and because the button to reject was hidden, which the privacy law forbids on any device.</p>"
        .repeat(5);
    let html = page("", &format!("<div><h1>Quay gives way</h1><div class=text>{words}</div></div>"));
    assert!(read_page(&html).article.body.as_str().contains("The regulator fined the site"));
}

#[test]
fn tags_and_boxes_that_ask_for_an_address_are_no_end_of_an_article() {
    let tags = "<ul class=topics><li><a href=/t/1>Ferries</a></li><li><a href=/t/2>North quay</a></li></ul>";
    let topics = "<p>Topics: <a href=/t/1>Ferries</a>, <a href=/t/2>North quay</a></p>";
    let letter = "<div class=box><h3>Sign up for our newsletter</h3><p>The news of the coast, every morning.</p>\
                  <p>By signing up you agree to our terms of use.</p></div>";
    for end in [tags.to_owned(), topics.to_owned(), letter.to_owned(), format!("{letter}{topics}{tags}")] {
        assert_article(&page("", &format!("<article><h1>Quay gives way</h1>{}{end}</article>", body())), &[]);
    }
    // A list that ends the article is part of it, and so is one of sources.
    for list in [
        "<ol><li>Close the quay.</li><li>Move the boats.</li></ol>",
        "<ul><li><a href=https://county.example/1>The report of the divers</a></li><li><a href=https://county.example/2>Plans for the boats.</a></li></ul><p>Move the boats.</p>",
    ] {
        let html = format!("<article><h1>Quay gives way</h1>{}{list}</article>", body());
        assert_eq!(
            read_page(&page("", &html))
                .article
                .body
                .blocks()
                .iter()
                .filter(|block| block.kind.as_str() == "list-item")
                .count(),
            2
        );
    }
}

#[test]
fn a_caption_is_known_by_its_class_too() {
    let html = format!(
        "<article><h1>Quay gives way</h1>{}<div class=image><img src=q.jpg><div class=caption>The quay.</div></div><p>Last words.</p></article>",
        body()
    );
    assert!(blocks(&read_page(&page("", &html)).article).contains(&("figure", "The quay.")));
}

#[test]
fn lines_above_the_article_are_what_is_known_of_it() {
    let html = format!(
        "<main><h1>Quay gives way</h1><h2>Two cranes are in the harbour, and the ferry has to move.</h2>\
         <p>By Ana Reed</p><time datetime=2026-03-04>4 March 2026</time><div>{}</div></main>",
        body()
    );
    let article = read_page(&page("", &html)).article;
    assert_eq!(article.byline.as_deref(), Some("Ana Reed"));
    assert_eq!(article.published.unwrap().to_string(), "2026-03-04");
    assert!(blocks(&article).contains(&("standfirst", "Two cranes are in the harbour, and the ferry has to move.")));
}

#[test]
fn the_host_names_a_site_and_a_site_is_no_writer() {
    let head = "<meta property=og:title content='Quay gives way | Post'><meta name=author content='The Post'>\
                <meta property=og:site_name content='Post'>";
    let article = read_page(&page(head, &format!("<article>{}</article>", body()))).article;
    assert_eq!((article.title.as_str(), article.byline), ("Quay gives way", None));
    let head = "<meta property=og:title content='Quay gives way'><meta name=author content='The Island Post'>";
    let article = read_page(&page(head, &format!("<article>{}</article>", body()))).article;
    assert_eq!((article.source.as_deref(), article.byline), (Some("The Island Post"), None));
    let head = "<meta property=og:title content='Quay gives way – post.example'>";
    let article = read_page(&page(head, &format!("<article>{}</article>", body()))).article;
    assert_eq!(article.title, "Quay gives way");
}

#[test]
fn what_leads_elsewhere_goes_and_a_paragraph_that_is_one_link_stays() {
    let [first, second, third, fourth, fifth] = BODY;
    let report = "The report of the divers, in full";
    let html = format!(
        "<article><h1>Quay gives way</h1><p>{first}</p><p><strong>Read more:</strong> <a href=/a>Ferries moved for a week</a></p>\
         <p>{second}</p><div>Sign up for our weekly newsletter about the coast</div><p>{third}</p><p><a href=/r.pdf>{report}</a></p>\
         <div><ul><li><a href=/d>Two boats collide in the fog</a></li><li><a href=/e>Where the herring went this year</a></li></ul></div>\
         <p>{fourth}</p><p>Story continues below advertisement</p><p>{fifth}</p><p>12 comments</p><p>Photo: Bo Lee</p>\
         <h3>Related articles</h3><ul><li><a href=/b>Two boats collide in the fog</a></li><li><a href=/c>Where the herring went this year</a></li></ul>\
         </article>"
    );
    let article = read_page(&page("", &html)).article;
    let mut wanted = vec!["Quay gives way"];
    wanted.extend([first, second, third, report, fourth, fifth]);
    assert_eq!(blocks(&article).into_iter().map(|(_, words)| words).collect::<Vec<_>>(), wanted);
}

#[test]
fn the_parts_of_an_article_are_what_they_were() {
    let html = page(
        "",
        &format!(
            "<article><h1>Quay gives way</h1>{}<ol><li>Close the gate.</li><li>Move the boats.</li></ol>\
             <blockquote><p>It had to come.</p></blockquote><pre><code>tide --quay north\n  --week 3</code></pre>\
             <figure><img src=q.jpg alt='The quay'><figcaption>The quay on Tuesday.</figcaption></figure>\
             <p>Wave after wave,<br>grave after grave.</p><p>Last words of it all.</p></article>",
            body()
        ),
    );
    let article = read_page(&html).article;
    let found = blocks(&article);
    for wanted in [
        ("list-item", "Close the gate."),
        ("quote", "It had to come."),
        ("code", "tide --quay north\n  --week 3"),
        ("figure", "The quay on Tuesday."),
        ("paragraph", "Wave after wave,\ngrave after grave."),
    ] {
        assert!(found.contains(&wanted), "{wanted:?} in {found:?}");
    }
}

#[test]
fn a_page_that_is_no_article_says_what_it_is_and_is_shown_whole() {
    let headlines = |count: usize| -> String {
        let headline = |number| format!("<h2><a href=/{number}>Headline number {number} of this day</a></h2>");
        (0..count).map(headline).collect::<Vec<_>>().concat()
    };
    let titled = |title: &str, body: &str| format!("<!doctype html><title>{title}</title><body>{body}</body>");
    for (html, wanted, words) in [
        (titled("The Island Post", &format!("<h1>News</h1>{}", headlines(12))), PageKind::Index, "Headline number 11"),
        (
            titled("Search results for quay", &format!("<form><input type=search></form>{}", headlines(3))),
            PageKind::SearchResults,
            "Headline number 2",
        ),
        (
            titled("Members", "<p>Welcome back.</p><form><input name=user><input type=password></form>"),
            PageKind::LogIn,
            "Welcome back.",
        ),
        (
            titled("Just a moment...", "<h1>post.example</h1><p>Enable JavaScript and cookies to continue</p>"),
            PageKind::Challenge,
            "Enable JavaScript",
        ),
        (
            titled(
                "Post",
                "<p>Please verify you are human by completing the action below.</p><div class=cf-turnstile></div>",
            ),
            PageKind::Challenge,
            "verify you are human",
        ),
        (titled("404", "<h1>Not found</h1><p>There is nothing here.</p>"), PageKind::Other, "There is nothing here."),
    ] {
        let Reading { article, page } = read_page(&html);
        assert_eq!(page, wanted, "{html}");
        assert!(article.body.as_str().contains(words), "{}", article.body.as_str());
    }
    let about = format!(
        "<article><h1>Are you a robot?</h1>{}<p>A captcha asks whether you are human.</p></article>",
        body().repeat(3)
    );
    assert_eq!(read_page(&page("", &about)).page, PageKind::Article);
}

#[test]
fn the_whole_page_is_there_for_the_asking() {
    let html =
        page("", &format!("<article><h1>Quay gives way</h1>{}</article><aside><p>Buy a boat.</p></aside>", body()));
    let hints = Hints { format: Some(Format::Html), whole: true, ..Hints::default() };
    let whole = read_document(html.as_bytes(), &hints).unwrap();
    assert_eq!(whole.page, PageKind::Article);
    assert!(whole.article.body.as_str().contains("Buy a boat."));
    assert!(!read_page(&html).article.body.as_str().contains("Buy a boat."));
}

#[test]
fn a_bad_base_and_odd_pages_are_no_harm() {
    for base in ["", "nowhere", "javascript:alert(1)", "https://", "https://a b/", "file:///etc/passwd"] {
        let hints = Hints { url: Some(base.into()), format: Some(Format::Html), ..Hints::default() };
        let html = page("<base href='://'><link rel=canonical href='::'>", &format!("<article>{}</article>", body()));
        assert!(read_document(html.as_bytes(), &hints).is_ok(), "{base}");
    }
    for html in
        ["<frameset><frame src=a></frameset><p>x", "<title>Only a title</title>", "<body></body>x", "<p>", "\u{0}<p>x"]
    {
        let read = read_document(html.as_bytes(), &Hints { format: Some(Format::Html), ..Hints::default() });
        assert!(read.is_ok() || read == Err(crate::intake::IntakeError::Empty), "{html}: {read:?}");
    }
}
