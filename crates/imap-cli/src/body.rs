//! The text and the header of a message.

use imap_client::blocking::Client;
use imap_proto::{BodyStructure, FetchItemName, PartBuf, Section, SectionText, Uid};
use mail_parser::MessageParser;

use crate::command::fetch::Field;
use crate::error::Failure;
use crate::message::decode;
use crate::output::printable;

/// Where a part of a message is.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) part: PartBuf,
    /// It is one of several parts, so that its header is not that of the message.
    pub(crate) has_own_header: bool,
}

impl Place {
    /// The section that says of what kind the part is, and how it is encoded.
    pub(crate) fn header(&self) -> Section<'_> {
        if self.has_own_header {
            Section {
                part: self.part.as_part(),
                text: Some(SectionText::Mime),
            }
        } else {
            Section::HEADER
        }
    }

    /// The section with the contents.
    pub(crate) fn contents(&self) -> Section<'_> {
        Section::part(self.part.as_part())
    }

    /// Header and contents together, which is a message of its own.
    pub(crate) fn fetch(&self, client: &mut Client, uid: Uid) -> Result<Vec<u8>, Failure> {
        let mut message = Vec::new();
        client.uid_fetch_to(uid, self.header(), &mut message)?;
        client.uid_fetch_to(uid, self.contents(), &mut message)?;
        Ok(message)
    }
}

/// The part of a message that people read.
#[derive(Clone, Debug)]
pub(crate) struct Text(Place);

impl Text {
    /// The plain one, or else that in HTML.
    pub(crate) fn find(structure: BodyStructure<'_>) -> Option<Self> {
        let part = structure.find_text()?.number;
        let has_own_header = structure.is_multipart();
        Some(Self(Place {
            part,
            has_own_header,
        }))
    }

    /// The text, decoded; that in HTML without its tags.
    pub(crate) fn fetch(&self, client: &mut Client, uid: Uid) -> Result<String, Failure> {
        Ok(plain(&self.0.fetch(client, uid)?))
    }
}

/// The text of a message that is nothing else.
fn plain(message: &[u8]) -> String {
    let parsed = MessageParser::new().parse(message);
    let text = parsed.as_ref().and_then(|message| message.body_text(0));
    text.unwrap_or_default().into_owned()
}

/// All header fields of a message, decoded.
pub(crate) fn headers(client: &mut Client, uid: Uid) -> Result<Vec<Field>, Failure> {
    let item = FetchItemName::BodySection {
        section: Section::HEADER,
        peek: true,
        partial: None,
    };
    let fetched = client.uid_fetch(uid, &[item])?;
    let header = fetched
        .by_uid()
        .find_map(|fetch| fetch.section(Section::HEADER));
    Ok(fields(header.unwrap_or_default()))
}

fn fields(header: &[u8]) -> Vec<Field> {
    let parsed = MessageParser::new().parse_headers(header);
    let Some(parsed) = parsed else {
        return Vec::new();
    };
    parsed
        .headers_raw()
        .map(|(name, value)| Field {
            name: printable(name),
            value: unfolded(value),
        })
        .collect()
}

/// The value of a header field on one line, with encoded words decoded.
fn unfolded(value: &str) -> String {
    decode(value.trim().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_text_of_html() {
        let message = b"Content-Type: text/html; charset=iso-8859-1\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>K=E4se &amp; <b>Brot</b></p>\r\n";
        assert_eq!(plain(message).trim(), "Käse & Brot");
    }

    #[test]
    fn ok_fields_are_decoded_and_unfolded() {
        let header =
            b"Subject: =?utf-8?Q?K=C3=A4se?=\r\n and bread\r\nX-A: 1\r\nX-A: \x1b[2J\r\n\r\n";
        let shown: Vec<String> = fields(header)
            .iter()
            .map(|field| format!("{}: {}", field.name, field.value))
            .collect();
        assert_eq!(shown, ["Subject: Käse and bread", "X-A: 1", "X-A:  [2J"]);
    }
}
