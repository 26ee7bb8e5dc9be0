//! Pictures are shown by their words: the caption, or the description if there is none.

use dom_query::NodeRef;

use super::super::elements::is_heading;
use super::{Exit, Mode, Step, Walk, classes, math, name_of, within};
use crate::article::BlockKind;
use crate::intake::draft::Draft;
use crate::text::sanitize::{is_blank, one_line};

/// Bytes of the longest description that is shown.
const MAX_DESCRIPTION: usize = 2000;

/// Nodes of a figure that are looked at to tell what it is.
const MAX_PARTS: usize = 2000;

/// Endings that make a description the name of a file.
const FILE_ENDINGS: [&str; 9] = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif", ".bmp", ".tif"];

/// Descriptions that say nothing.
const EMPTY_DESCRIPTIONS: [&str; 7] = ["image", "photo", "picture", "img", "figure", "illustration", "thumbnail"];

impl Walk<'_> {
    /// A figure is one block of its words, unless there is more in it than pictures.
    pub(super) fn figure<'t>(&mut self, node: &NodeRef<'t>) -> Vec<Step<'t>> {
        let (mut description, mut has_caption, mut has_blocks) = (None, false, false);
        for inside in node.descendants_it().take(MAX_PARTS).filter(NodeRef::is_element) {
            match name_of(&inside).as_str() {
                "img" if description.is_none() => description = describe(&inside),
                "iframe" if description.is_none() => description = video(&inside).map(|draft| draft.words),
                "figcaption" => has_caption = true,
                "table" | "pre" | "blockquote" | "ol" | "ul" | "dl" | "figure" => has_blocks = true,
                name if is_heading(name) => has_blocks = true,
                _ => {}
            }
        }
        if has_blocks && !is_captioned_box(node) {
            if !has_caption {
                return within(node, Some(Exit::Block));
            }
            self.captioned += 1;
            return within(node, Some(Exit::Figure));
        }
        self.enter(Mode::Line);
        within(node, Some(Exit::Caption(description)))
    }

    /// Writes a caption, or the description if there are no words. A caption that is repeated is written once.
    pub(super) fn caption(&mut self, description: Option<String>) {
        let mut draft = self.words.take(BlockKind::Figure);
        if is_blank(&draft.words) {
            draft = Draft::new(BlockKind::Figure, description.unwrap_or_default());
        }
        let is_repeated =
            self.drafts.last().is_some_and(|last| last.kind == BlockKind::Figure && last.words == draft.words);
        if !is_blank(&draft.words) && !is_repeated {
            self.drafts.push(draft);
        }
    }

    /// A picture on its own: small ones are part of the sentence, others follow the paragraph.
    pub(super) fn picture(&mut self, node: &NodeRef<'_>) {
        if math::is_picture(node) {
            let formula = math::of_picture(node);
            self.text(&formula);
            return;
        }
        if is_emoji(node) {
            let sign = node.attr("alt").unwrap_or_default();
            self.text(&sign);
            return;
        }
        if self.mode != Mode::Flow || self.captioned > 0 {
            return;
        }
        if let Some(description) = describe(node) {
            let is_repeated = self.pictures.last().or(self.drafts.last()).is_some_and(|last| last.words == description);
            if !is_repeated {
                self.pictures.push(Draft::new(BlockKind::Figure, description));
            }
        }
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
        && title.len() <= MAX_DESCRIPTION
        && !title.to_ascii_lowercase().ends_with("video player")
        && !title.eq_ignore_ascii_case("video");
    (is_video.iter().any(|host| address.contains(host)) && says_something).then(|| Draft::new(BlockKind::Figure, title))
}

/// What a picture shows, if its author said so.
fn describe(picture: &NodeRef<'_>) -> Option<String> {
    let words = one_line(&picture.attr("alt")?);
    let lower = words.to_ascii_lowercase();
    let is_file = FILE_ENDINGS.iter().any(|ending| lower.ends_with(ending))
        || !words.contains(' ') && words.contains(['_', '/'])
        || lower.starts_with("img") && words.contains(|c: char| c.is_ascii_digit()) && !words.contains(' ');
    let says_something = words.chars().filter(|c| c.is_alphabetic()).nth(1).is_some()
        && words.len() <= MAX_DESCRIPTION
        && !EMPTY_DESCRIPTIONS.contains(&lower.as_str());
    (says_something && !is_file).then_some(words)
}

/// Whether a picture is a sign within a line.
fn is_emoji(picture: &NodeRef<'_>) -> bool {
    let alt = picture.attr("alt").unwrap_or_default();
    let is_sign = alt.chars().next().is_some_and(|c| !c.is_ascii() && !c.is_alphabetic()) && alt.chars().count() <= 8;
    is_sign || classes(picture).iter().any(|class| matches!(class.as_str(), "emoji" | "wp-smiley"))
}
