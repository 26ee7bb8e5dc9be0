//! Pictures are shown by their captions. The description of a picture (`alt`) is no part of the article: nobody who sees
//! the page reads it, and many sites repeat the headline there.

use dom_query::NodeRef;

use super::super::elements::is_heading;
use super::{Exit, Mode, Step, Walk, classes, math, name_of, within};
use crate::article::BlockKind;
use crate::intake::draft::Draft;
use crate::text::sanitize::{is_blank, one_line};

/// Bytes of the longest title of a film that is shown.
const MAX_TITLE: usize = 2000;

/// Nodes of a figure that are looked at to tell what it is.
const MAX_PARTS: usize = 2000;

impl Walk<'_> {
    /// A figure is one block of its words, unless there is more in it than pictures.
    pub(super) fn figure<'t>(&mut self, node: &NodeRef<'t>) -> Vec<Step<'t>> {
        let (mut film, mut has_blocks) = (None, false);
        for inside in node.descendants_it().take(MAX_PARTS).filter(NodeRef::is_element) {
            match &*name_of(&inside) {
                "iframe" if film.is_none() => film = video(&inside).map(|draft| draft.words),
                "table" | "pre" | "blockquote" | "ol" | "ul" | "dl" | "figure" => has_blocks = true,
                name if is_heading(name) => has_blocks = true,
                _ => {}
            }
        }
        if has_blocks && !is_captioned_box(node) {
            return within(node, Some(Exit::Block));
        }
        self.enter(Mode::Line);
        within(node, Some(Exit::Caption(film)))
    }

    /// Writes a caption, or the title of the film if there are no words. A caption that is repeated is written once.
    pub(super) fn caption(&mut self, film: Option<String>) {
        let mut draft = self.words.take(BlockKind::Figure);
        if is_blank(&draft.words) {
            draft = Draft::new(BlockKind::Figure, film.unwrap_or_default());
        }
        let is_repeated =
            self.drafts.last().is_some_and(|last| last.kind == BlockKind::Figure && last.words == draft.words);
        if !is_blank(&draft.words) && !is_repeated {
            self.drafts.push(draft);
        }
    }

    /// A picture that is a sign or a formula is part of the sentence.
    pub(super) fn picture(&mut self, node: &NodeRef<'_>) {
        let sign = if math::is_picture(node) {
            math::of_picture(node)
        } else if is_emoji(node) {
            node.attr_or("alt", "").to_string()
        } else {
            return;
        };
        self.text(&sign);
    }
}

/// A `div` that is used as a figure: the caption of `WordPress` before 2013, and of many since.
pub(super) fn is_captioned_box(node: &NodeRef<'_>) -> bool {
    classes(node).iter().any(|class| class == "wp-caption")
}

/// The title of a film that is shown in a frame.
pub(super) fn video(frame: &NodeRef<'_>) -> Option<Draft> {
    let address = frame.attr("src").or_else(|| frame.attr("data-src"))?.to_ascii_lowercase();
    let is_video = ["youtube", "youtu.be", "vimeo", "dailymotion", "player", "video"];
    let title = one_line(&frame.attr("title")?);
    let says_something = !title.is_empty()
        && title.len() <= MAX_TITLE
        && !title.to_ascii_lowercase().ends_with("video player")
        && !title.eq_ignore_ascii_case("video");
    (is_video.iter().any(|host| address.contains(host)) && says_something).then(|| Draft::new(BlockKind::Figure, title))
}

/// Whether a picture is a sign within a line.
fn is_emoji(picture: &NodeRef<'_>) -> bool {
    let alt = picture.attr("alt").unwrap_or_default();
    let is_sign = alt.chars().next().is_some_and(|c| !c.is_ascii() && !c.is_alphabetic()) && alt.chars().count() <= 8;
    is_sign || classes(picture).iter().any(|class| matches!(class.as_str(), "emoji" | "wp-smiley"))
}
