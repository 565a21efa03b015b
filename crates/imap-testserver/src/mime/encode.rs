//! Parts with NUL, encoded, so that the strings of a client without BINARY can have them.
//!
//! [RFC 3516 section 6](https://www.rfc-editor.org/rfc/rfc3516#section-6)

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use memchr::memchr;

use super::field::fields;
use super::parameter::encoding;
use super::tree::{Entity, Kind, entities};

/// A message in which each part with NUL is in base64, and says so.
///
/// A message without NUL stays as it is, and so does NUL in a header, or in a part whose encoding is
/// another one or not known.
pub(crate) fn with_encoded_parts(octets: Bytes) -> Bytes {
    if !has_nul(&octets) {
        return octets;
    }
    let mut out = Vec::with_capacity(octets.len() + octets.len() / 2);
    let mut done = 0;
    // Entities are in the order of their headers, and each leaf is in front of the next header.
    for entity in &entities(&octets) {
        let Some(encoded) = Encoded::of(entity, &octets) else {
            continue;
        };
        out.extend(octets.get(done..entity.header.start).unwrap_or_default());
        out.extend(encoded.header);
        done = entity.header.end;
        if let Some(body) = encoded.body {
            out.extend(body);
            done = entity.body.end;
        }
    }
    out.extend(octets.get(done..).unwrap_or_default());
    out.into()
}

/// What an entity becomes.
struct Encoded {
    header: Vec<u8>,
    /// What its body becomes, if that is not the work of the entities inside.
    body: Option<Vec<u8>>,
}

impl Encoded {
    /// Nothing if the entity can stay.
    fn of(entity: &Entity, octets: &[u8]) -> Option<Self> {
        let header = entity.header(octets);
        let body = entity.body(octets);
        let encoding = encoding(header).unwrap_or_default().to_ascii_lowercase();
        if !has_nul(body) {
            return None;
        }
        match (entity.kind, encoding.as_slice()) {
            (Kind::Leaf, b"" | b"7bit" | b"8bit" | b"binary") => Some(Self {
                header: with_encoding(header, "base64"),
                body: Some(base64_lines(body)),
            }),
            (Kind::Message | Kind::Multipart, b"binary") => Some(Self {
                header: with_encoding(header, "8bit"),
                body: None,
            }),
            _ => None,
        }
    }
}

/// A header that says this encoding, in place of any other.
fn with_encoding(header: &[u8], encoding: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(header.len() + 48);
    let mut fields_end = 0;
    for field in fields(header) {
        fields_end += field.octets.len();
        if !field.is(NAME) {
            out.extend(field.octets);
        }
    }
    out.extend(format!("{NAME}: {encoding}\r\n").into_bytes());
    out.extend(header.get(fields_end..).unwrap_or_default());
    out
}

/// Lines of base64, each with its end.
///
/// [RFC 2045 section 6.8](https://www.rfc-editor.org/rfc/rfc2045#section-6.8)
fn base64_lines(octets: &[u8]) -> Vec<u8> {
    let lines = octets.chunks(OCTETS_OF_A_LINE);
    lines
        .flat_map(|line| (STANDARD.encode(line) + "\r\n").into_bytes())
        .collect()
}

fn has_nul(octets: &[u8]) -> bool {
    memchr(0, octets).is_some()
}

const NAME: &str = "Content-Transfer-Encoding";

/// They become 76 characters.
const OCTETS_OF_A_LINE: usize = 57;

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(message: &str) -> String {
        let octets = with_encoded_parts(Bytes::copy_from_slice(message.as_bytes()));
        String::from_utf8(octets.to_vec()).unwrap()
    }

    #[test]
    fn ok_a_message_says_how_it_is_encoded() {
        for encoding in ["", "content-transfer-encoding:\r\n binary\r\n"] {
            assert_eq!(
                encoded(&format!("A: 1\r\n{encoding}B: 2\r\n\r\na\0b")),
                "A: 1\r\nB: 2\r\nContent-Transfer-Encoding: base64\r\n\r\nYQBi\r\n"
            );
        }
        let long = encoded(&format!("\r\n{}", "\0".repeat(100)));
        let lengths: Vec<usize> = long.lines().map(str::len).collect();
        assert_eq!(lengths, [33, 0, 76, 60]);
    }

    #[test]
    fn ok_only_parts_with_nul_are_encoded() {
        let outer = "Content-Type: message/rfc822\r\n";
        let inner = "Content-Type: multipart/mixed; boundary=b\r\n";
        let cte = "Content-Transfer-Encoding:";
        assert_eq!(
            encoded(&format!(
                "{outer}{cte} binary\r\n\r\n{inner}\r\npreamble\r\n--b\r\n\r\none\r\n\
                 --b\r\n\r\nt\0o\r\n--b\r\nA: 1\r\n\r\n\0\r\n--b--\r\nend"
            )),
            format!(
                "{outer}{cte} 8bit\r\n\r\n{inner}\r\npreamble\r\n--b\r\n\r\none\r\n\
                 --b\r\n{cte} base64\r\n\r\ndABv\r\n\r\n--b\r\nA: 1\r\n{cte} base64\r\n\r\nAA==\r\n\r\n\
                 --b--\r\nend"
            )
        );
    }

    #[test]
    fn ok_what_stays_as_it_is() {
        for message in [
            "",
            "A: 1\r\n\r\nno such octet",
            "A: \0",
            "A: \0\r\n\r\n",
            "Content-Transfer-Encoding: base64\r\n\r\nAA\0==",
            "Content-Transfer-Encoding: x-what\r\n\r\n\0",
        ] {
            assert_eq!(encoded(message), message);
        }
    }
}
