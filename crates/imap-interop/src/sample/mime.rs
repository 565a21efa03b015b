//! Bodies of messages.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A part of a message: header fields and content.
pub(super) struct Part {
    /// Whole fields, each with its CRLF.
    pub(super) fields: String,
    pub(super) content: Vec<u8>,
}

impl Part {
    /// A file as BASE64.
    pub(super) fn attachment(media_type: &str, name: &str, octets: &[u8]) -> Self {
        let encoded = STANDARD.encode(octets);
        let mut content = Vec::with_capacity(encoded.len() / BASE64_LINE * (BASE64_LINE + 2) + 80);
        for line in encoded.as_bytes().chunks(BASE64_LINE) {
            content.extend_from_slice(line);
            content.extend_from_slice(b"\r\n");
        }
        let fields = format!(
            "Content-Type: {media_type}; name=\"{name}\"\r\n\
             Content-Disposition: attachment; filename=\"{name}\"\r\n\
             Content-Transfer-Encoding: base64\r\n"
        );
        Self { fields, content }
    }

    /// Another message within this one.
    pub(super) fn message(content: Vec<u8>) -> Self {
        let fields = "Content-Type: message/rfc822\r\nContent-Disposition: inline\r\n".into();
        Self { fields, content }
    }

    /// Several parts; the boundary must occur in none of them.
    pub(super) fn multipart(subtype: &str, boundary: &str, parts: &[Self]) -> Self {
        let mut content = b"This is a message in MIME format.\r\n".to_vec();
        for part in parts {
            content.extend(format!("\r\n--{boundary}\r\n{}\r\n", part.fields).bytes());
            content.extend_from_slice(&part.content);
        }
        content.extend(format!("\r\n--{boundary}--\r\n").bytes());
        let fields = format!("Content-Type: multipart/{subtype};\r\n\tboundary=\"{boundary}\"\r\n");
        Self { fields, content }
    }

    /// Text without an encoding: US-ASCII if that is enough, else raw UTF-8.
    pub(super) fn text(subtype: &str, content: String) -> Self {
        let (charset, encoding) = if content.is_ascii() {
            ("us-ascii", "7bit")
        } else {
            ("utf-8", "8bit")
        };
        let fields = format!(
            "Content-Type: text/{subtype}; charset={charset}\r\n\
             Content-Transfer-Encoding: {encoding}\r\n"
        );
        Self {
            fields,
            content: content.into_bytes(),
        }
    }
}

/// Characters in a line of BASE64.
const BASE64_LINE: usize = 76;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multipart_puts_boundaries_on_lines_of_their_own() {
        let parts = [
            Part::text("plain", "a\r\n".into()),
            Part::attachment("x/y", "f", b"abc"),
        ];
        let whole = Part::multipart("mixed", "B", &parts);
        assert_eq!(
            String::from_utf8(whole.content).unwrap(),
            "This is a message in MIME format.\r\n\
             \r\n--B\r\n\
             Content-Type: text/plain; charset=us-ascii\r\n\
             Content-Transfer-Encoding: 7bit\r\n\r\na\r\n\
             \r\n--B\r\n\
             Content-Type: x/y; name=\"f\"\r\n\
             Content-Disposition: attachment; filename=\"f\"\r\n\
             Content-Transfer-Encoding: base64\r\n\r\nYWJj\r\n\
             \r\n--B--\r\n"
        );
    }
}
