//! What programs that make feeds put behind an article: where it appeared first, and links by which to share it.

use super::footer::is_footer;
use crate::article::{BlockKind, InlineKind};
use crate::intake::draft::Draft;

/// What leads to a form by which something is shared, in lower case.
const FORMS: [&str; 17] = [
    "://twitter.com/intent/",
    "://twitter.com/share",
    "://x.com/intent/",
    "facebook.com/sharer",
    "facebook.com/share.php",
    "linkedin.com/sharearticle",
    "linkedin.com/sharing/",
    "pinterest.com/pin/create",
    "reddit.com/submit",
    "tumblr.com/share",
    "tumblr.com/widgets/share",
    "://t.me/share",
    "api.whatsapp.com/send",
    "getpocket.com/save",
    "bsky.app/intent/",
    "addtoany.com/",
    "?share=",
];

/// Takes what is no part of the article from the end of `body`, and a heading under which nothing is left then.
pub(super) fn cut(body: &mut Vec<Draft>) {
    let length = body.len();
    while let Some(last) = body.last() {
        let is_left_alone = body.len() < length && matches!(last.kind, BlockKind::Heading(_));
        if !(is_left_alone || last.is_rule() || is_footer(&last.words) || shares(last)) {
            break;
        }
        body.pop();
    }
}

/// Whether a block is nothing but links to such forms.
fn shares(draft: &Draft) -> bool {
    let mut linked = 0;
    for inline in &draft.inlines {
        if let InlineKind::Link(target) = &inline.kind {
            let target = target.to_ascii_lowercase();
            if !FORMS.iter().any(|form| target.contains(form)) {
                return false;
            }
            linked += inline.range.len();
        }
    }
    // Between the links there are blanks and strokes.
    linked > 0 && draft.words.len() <= linked + linked / 2 + 4
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::html::read_fragment;

    fn rest(html: &str) -> Vec<String> {
        let mut body = read_fragment(html, Some("https://gazette.example/"));
        cut(&mut body);
        body.into_iter().map(|draft| draft.words).collect()
    }

    #[test]
    fn links_that_share_go_with_their_heading() {
        let bar = "<h3>Share this:</h3><ul><li><a href='https://twitter.com/intent/tweet?url=x'>Tweet</a></li>\
                   <li><a href='https://www.facebook.com/sharer.php?u=x'>Facebook</a></li></ul>";
        let footer = "<p>The post <a href='/a'>A</a> appeared first on <a href='/'>Gazette</a>.</p>";
        assert_eq!(rest(&format!("<p>It rains.</p>{bar}{footer}")), ["It rains."]);
        assert_eq!(rest(&format!("<p>It rains.</p>{footer}{bar}")), ["It rains."]);
        assert_eq!(rest("<p>It rains.</p><p><a href='/?share=x'>X</a> | <a href='/?share=f'>F</a></p>"), ["It rains."]);
    }

    #[test]
    fn what_belongs_to_the_article_stays() {
        let mixed = "<p>We <a href='https://twitter.com/intent/tweet?url=x'>wrote</a> this together in a day.</p>";
        assert_eq!(rest(mixed).len(), 1);
        assert_eq!(rest("<p>Words</p><h2>Coming soon</h2>"), ["Words", "Coming soon"]);
        assert_eq!(rest("<p>See</p><p><a href='https://twitter.com/ana'>Ana</a></p>").len(), 2);
    }
}
