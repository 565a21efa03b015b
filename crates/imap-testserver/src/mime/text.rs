//! Header fields and parts as text, for searching and for previews.

use mail_parser::HeaderValue;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::decoders::html::html_to_text;
use mail_parser::parsers::MessageStream;

use super::Mail;
use super::binary::decoded;
use super::tree::{Entity, Kind};

/// The value of a field with its encoded words decoded.
///
/// [RFC 2047](https://www.rfc-editor.org/rfc/rfc2047)
pub(crate) fn decode_words(value: &[u8]) -> String {
    let mut line = super::field::unfold(value).into_owned();
    if !line.windows(2).any(|pair| pair == b"=?") {
        return String::from_utf8_lossy(&line).into_owned();
    }
    line.push(b'\n');
    match MessageStream::new(&line).parse_unstructured() {
        HeaderValue::Text(text) => text.into_owned(),
        _ => String::new(),
    }
}

/// The text of a part, decoded as far as that is possible; nothing if it is none.
pub(super) fn text(mail: &Mail, entity: &Entity) -> Option<String> {
    let content = entity.content_type(&mail.octets);
    if entity.kind != Kind::Leaf || !content.is_type("text") {
        return None;
    }
    let octets = decoded(mail, entity);
    let octets = octets.unwrap_or_else(|_| mail.octets.slice(entity.body.clone()));
    // Much of what is said to be US-ASCII is UTF-8.
    let charset = content.parameter("charset").unwrap_or_default();
    let is_ascii = charset.is_empty() || charset.eq_ignore_ascii_case(b"us-ascii");
    let decoder = charset_decoder(charset).filter(|_| !is_ascii);
    Some(match decoder {
        Some(decode) => decode(&octets),
        None => String::from_utf8_lossy(&octets).into_owned(),
    })
}

/// The beginning of the text that a reader is most likely to want, without markup and line breaks.
///
/// [RFC 8970 section 3.2](https://www.rfc-editor.org/rfc/rfc8970#section-3.2)
pub(super) fn preview(mail: &Mail) -> String {
    let is = |entity: &&Entity, subtype| {
        let content = entity.content_type(&mail.octets);
        content.is("text", subtype) && entity.kind == Kind::Leaf
    };
    let plain = mail.entities.iter().find(|entity| is(entity, "plain"));
    let plain = plain.and_then(|entity| text(mail, entity));
    let preview = plain.map(|text| short(&text)).unwrap_or_default();
    if !preview.is_empty() {
        return preview;
    }
    let html = mail.entities.iter().find(|entity| is(entity, "html"));
    let html = html.and_then(|entity| text(mail, entity));
    html.map(|text| short(&html_to_text(&text)))
        .unwrap_or_default()
}

/// As many words as fit, with one blank between, cut if need be.
fn short(text: &str) -> String {
    let mut out = String::new();
    let mut left = PREVIEW_CHARS;
    for word in text.split_whitespace() {
        if left == 0 {
            break;
        }
        if !out.is_empty() {
            out.push(' ');
            left -= 1;
        }
        let word = word.chars().filter(|c| *c != '\0').take(left);
        let before = out.len();
        out.extend(word);
        left -= out.get(before..).map_or(0, |added| added.chars().count());
    }
    out.truncate(out.trim_end().len());
    out
}

/// RFC 8970 3.2: at most 256 characters, and 200 suffice.
const PREVIEW_CHARS: usize = 200;
