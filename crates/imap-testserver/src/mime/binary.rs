//! Contents of parts without their transfer encoding.
//!
//! [RFC 3516 section 4](https://www.rfc-editor.org/rfc/rfc3516#section-4)

use std::error::Error;
use std::fmt;

use bytes::Bytes;
use imap_proto::Code;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use memchr::memchr_iter;

use super::Mail;
use super::parameter::encoding;
use super::tree::{Entity, Kind};

/// Why the contents of a part cannot be given without their transfer encoding.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum BinaryError {
    /// The contents are not in the form that the transfer encoding has.
    Parse,
    /// The transfer encoding is not known.
    UnknownCte,
}

impl BinaryError {
    /// The response code that belongs to it.
    pub const fn code(&self) -> Code<'static> {
        match self {
            Self::Parse => Code::Parse,
            Self::UnknownCte => Code::UnknownCte,
        }
    }
}

impl fmt::Display for BinaryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Parse => "contents do not agree with their transfer encoding",
            Self::UnknownCte => "unknown transfer encoding",
        })
    }
}

impl Error for BinaryError {}

/// The body of an entity, decoded. Those with parts have no encoding of their own.
pub(super) fn decoded(mail: &Mail, entity: &Entity) -> Result<Bytes, BinaryError> {
    let body = mail.octets.slice(entity.body.clone());
    let encoding = encoding(entity.header(&mail.octets)).unwrap_or_default();
    if matches!(entity.kind, Kind::Message | Kind::Multipart) {
        return Ok(body);
    }
    let decoded = match encoding.to_ascii_lowercase().as_slice() {
        b"" | b"7bit" | b"8bit" | b"binary" => Some(body),
        b"base64" => base64_decode(&body).map(Bytes::from),
        b"quoted-printable" => quoted_printable_decode(&body).map(Bytes::from),
        _ => return Err(BinaryError::UnknownCte),
    };
    let decoded = decoded.ok_or(BinaryError::Parse)?;
    let is_text = entity.content_type(&mail.octets).is_type("text");
    Ok(if is_text { with_crlf(decoded) } else { decoded })
}

/// RFC 9051 7.5.2: lines of text end with CRLF whatever the message has.
fn with_crlf(text: Bytes) -> Bytes {
    let mut bare = memchr_iter(b'\n', &text);
    if bare.all(|at| text.get(..at).is_some_and(|before| before.ends_with(b"\r"))) {
        return text;
    }
    let mut out = Vec::with_capacity(text.len() + text.len() / 32);
    for line in text.split_inclusive(|b| *b == b'\n') {
        match line.strip_suffix(b"\n") {
            Some(line) => {
                out.extend(line.strip_suffix(b"\r").unwrap_or(line));
                out.extend(b"\r\n");
            }
            None => out.extend(line),
        }
    }
    out.into()
}
