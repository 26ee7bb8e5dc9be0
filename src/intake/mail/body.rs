//! The words of a message: its plain text, else its HTML, each part in its own encoding; and the names of what is attached.

use encoding_rs::Encoding;
use mailparse::body::Body as Encoded;
use mailparse::{DispositionType, ParsedMail};

use super::lines::{self, Flow};
use crate::intake::draft::Draft;
use crate::intake::html;
use crate::intake::{clean, decode};
use crate::text::sanitize::{is_blank, one_line};

/// What a message says and brings.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) drafts: Vec<Draft>,
    /// Names of files, or kinds of things without a name.
    pub(super) attachments: Vec<String>,
}

/// Reads the parts of a message in their order; `escaped` if it comes from a mailbox.
pub(super) fn read(mail: &ParsedMail<'_>, escaped: bool) -> Body {
    let mut body = Body::default();
    let mut pages = Vec::new();
    for part in mail.parts().filter(|part| part.subparts.is_empty()) {
        let disposition = part.get_content_disposition();
        let file = disposition.params.get("filename").or(part.ctype.params.get("name"));
        let is_attached = disposition.disposition == DispositionType::Attachment;
        match part.ctype.mimetype.as_str() {
            "text/html" if !is_attached => pages.push(html::read_piece(&words(part))),
            // Parts are missing where the message was cut off, or never told where they begin.
            kind if !is_attached
                && (matches!(kind, "text/plain" | "text/enriched") || kind.starts_with("multipart/")) =>
            {
                let flow = Flow::of(&part.ctype.params);
                body.drafts.extend(lines::drafts(&words(part), flow, escaped));
            }
            kind if is_attached || file.is_some() || kind == "message/rfc822" => {
                body.attachments.push(one_line(file.map_or(kind, String::as_str)));
            }
            _ => {}
        }
    }
    if body.drafts.iter().all(|draft| is_blank(&draft.words)) {
        body.drafts = pages.into_iter().flatten().collect();
    }
    body
}

/// The text of a part. As everywhere, a declared encoding is not believed of what is valid UTF-8.
fn words(part: &ParsedMail<'_>) -> String {
    let bytes = bytes(part);
    let declared = part.ctype.params.get("charset").and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    let is_utf_8 = !bytes.is_ascii() && std::str::from_utf8(&bytes).is_ok();
    let text = match declared.filter(|_| !is_utf_8) {
        Some(encoding) => encoding.decode(&bytes).0.into_owned(),
        None => decode::decode(&bytes).unwrap_or_default(),
    };
    clean(text)
}

/// The bytes of a part as they were before they were encoded for the way. Base64 that was cut off is read as far as it goes.
fn bytes(part: &ParsedMail<'_>) -> Vec<u8> {
    if let Ok(bytes) = part.get_body_raw() {
        return bytes;
    }
    let Encoded::Base64(encoded) = part.get_body_encoded() else { return Vec::new() };
    let is_digit = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let mut whole = b"Content-Transfer-Encoding: base64\n\n".to_vec();
    let digits: Vec<u8> = encoded.get_raw().iter().copied().filter(is_digit).collect();
    whole.extend(digits.chunks_exact(4).flatten());
    mailparse::parse_mail(&whole).and_then(|part| part.get_body_raw()).unwrap_or_default()
}
