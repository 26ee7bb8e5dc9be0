//! Mail: a message as it is saved or kept in a mailbox (RFC 5322, RFC 2045, RFC 4155).
//!
//! Subject, sender and date are the headline, by-line and date; the words are those of its plain text, or of its HTML if
//! that is all there is. What is attached is named in the last line.

mod body;
mod lines;

use mailparse::{MailAddr, MailHeader, MailHeaderMap, ParsedMail, addrparse_header};

use super::Facts;
use super::draft::Draft;
use crate::article::{BlockKind, Published};
use crate::text::plural::count;
use crate::text::sanitize::{is_blank, one_line};

/// Bytes of the longest header that is looked at.
const LONGEST_HEADER: usize = 256 << 10;

/// Names of attachments that are listed.
const MOST_NAMES: usize = 20;

/// Reads a message, or the first one of a mailbox; nothing if the bytes are none. `name` is the file's.
pub(super) fn read(bytes: &[u8], name: Option<&str>) -> Option<(Vec<Draft>, Facts)> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let (postmark, message) = match bytes.strip_prefix(b"From ") {
        Some(_) => (true, bytes.get(bytes.iter().position(|byte| *byte == b'\n')? + 1..)?),
        None => (false, bytes),
    };
    if !is_message(message, postmark, name) {
        return None;
    }
    let (message, others) = if postmark { first(message) } else { (message, 0) };
    let mail = mailparse::parse_mail(message).ok()?;
    let facts = facts(&mail);
    let draft = |kind, words: Option<String>| words.map(|words| Draft::new(kind, words));
    let day = facts.published.map(|published| published.day.strftime("%-d %B %Y").to_string());
    let head = [
        draft(BlockKind::Headline, facts.title.clone()),
        draft(BlockKind::Byline, facts.byline.clone()),
        draft(BlockKind::Dateline, day),
    ];
    let mut drafts: Vec<Draft> = head.into_iter().flatten().collect();
    let body = body::read(&mail, postmark);
    drafts.extend(body.drafts);
    if !body.attachments.is_empty() {
        let listed: Vec<&str> = body.attachments.iter().take(MOST_NAMES).map(String::as_str).collect();
        let rest = body.attachments.len() - listed.len();
        let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        drafts.push(Draft::new(BlockKind::Paragraph, format!("Attached: {}{more}", listed.join(", "))));
    }
    if others > 0 {
        let words = format!("{} more in this mailbox", count(others, "message"));
        drafts.push(Draft::new(BlockKind::Paragraph, words));
    }
    Some((drafts, facts))
}

/// Whether the bytes begin with the header of a message: lines of `Name: value`, among them those every message has, or
/// those that a server adds. A page that was saved with its pictures has some of them too (RFC 2557).
fn is_message(bytes: &[u8], postmark: bool, name: Option<&str>) -> bool {
    let header = bytes.get(..LONGEST_HEADER).unwrap_or(bytes);
    let mut names: Vec<String> = Vec::new();
    let mut is_related = false;
    for line in header.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line)) {
        if line.is_empty() {
            break;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { return false };
        let (name, value) = line.split_at_checked(colon).unwrap_or_default();
        if name.is_empty() || !name.iter().all(u8::is_ascii_graphic) {
            return false;
        }
        let name = String::from_utf8_lossy(name).to_ascii_lowercase();
        is_related |= name == "content-type"
            && value
                .trim_ascii_start()
                .get(1..)
                .unwrap_or_default()
                .trim_ascii_start()
                .starts_with(b"multipart/related");
        names.push(name);
    }
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let is_delivered = ["received", "return-path", "delivered-to", "x-original-to"].into_iter().any(has);
    let is_saved_page = has("snapshot-content-location") || is_related && !is_delivered && !has("to");
    let is_written = has("from") && has("date") && has("subject");
    let is_named = name.and_then(super::extension).as_deref() == Some("eml") || postmark;
    let some = has("from") || has("subject") || has("date");
    !is_saved_page && (is_written || (is_delivered || is_named) && some)
}

/// The first message of a mailbox, and how many others are in it. Each begins behind a blank line with `From `, an
/// address and the time of its arrival.
fn first(mailbox: &[u8]) -> (&[u8], usize) {
    let is_postmark = |at: usize| {
        let before = mailbox.get(..at).unwrap_or_default();
        let line = mailbox.get(at..).and_then(|rest| rest.split(|byte| *byte == b'\n').next()).unwrap_or_default();
        (before.ends_with(b"\n\n") || before.ends_with(b"\n\r\n")) && line.contains(&b':')
    };
    let mut others = memchr::memmem::find_iter(mailbox, b"\nFrom ").map(|at| at + 1).filter(|at| is_postmark(*at));
    let Some(end) = others.next() else { return (mailbox, 0) };
    (mailbox.get(..end).unwrap_or(mailbox), 1 + others.count())
}

fn facts(mail: &ParsedMail<'_>) -> Facts {
    let line =
        |name: &str| mail.headers.get_first_value(name).map(|value| one_line(&value)).filter(|value| !is_blank(value));
    Facts {
        title: line("Subject"),
        byline: mail.headers.get_first_header("From").or(mail.headers.get_first_header("Sender")).and_then(sender),
        published: line("Date").as_deref().and_then(date),
        language: line("Content-Language"),
        ..Facts::default()
    }
}

/// The name of the sender, else the address.
fn sender(header: &MailHeader<'_>) -> Option<String> {
    let name = match addrparse_header(header).ok().and_then(|list| list.iter().next().cloned()) {
        Some(MailAddr::Single(one)) => one.display_name.filter(|name| !is_blank(name)).unwrap_or(one.addr),
        Some(MailAddr::Group(group)) => group.group_name,
        None => header.get_value(),
    };
    Some(one_line(&name)).filter(|name| !is_blank(name))
}

/// The time zone may have its name in brackets behind it.
fn date(value: &str) -> Option<Published> {
    Published::parse(value).or_else(|| Published::parse(value.split('(').next()?))
}

#[cfg(test)]
mod tests;
