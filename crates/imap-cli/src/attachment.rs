//! What is attached to a message.

use std::fmt;

use imap_client::Error;
use imap_client::blocking::Client;
use imap_proto::{BodyPart, BodyStructure, Capability, FetchItemName, FileName, Uid};
use mail_parser::{MessageParser, MimeHeaders as _};
use serde::{Serialize, Serializer};

use crate::body::Place;
use crate::error::Failure;
use crate::message::decode;
use crate::output::{printable, size};

/// An attachment, as the structure of the message tells of it; as JSON, a part of an object.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Attachment {
    /// The number of the part: `2.1`.
    #[serde(serialize_with = "number")]
    part: Place,
    name: Option<String>,
    #[serde(rename = "type")]
    media_type: String,
    /// Octets, encoded as it is.
    size: u32,
}

impl Attachment {
    pub(crate) fn all(structure: BodyStructure<'_>) -> Vec<Self> {
        let has_own_header = structure.is_multipart();
        structure
            .attachments()
            .map(|part| Self::new(&part, has_own_header))
            .collect()
    }

    fn new(part: &BodyPart<'_>, has_own_header: bool) -> Self {
        let structure = part.structure;
        let media_type = format!("{}/{}", structure.media_type(), structure.media_subtype());
        Self {
            name: structure.file_name().map(file_name),
            media_type: printable(&media_type.to_lowercase()),
            size: match structure {
                BodyStructure::Single(single) => single.octets,
                BodyStructure::Multi(_) => 0,
            },
            part: Place {
                part: part.number.clone(),
                has_own_header,
            },
        }
    }

    /// The name of the file and its contents without transfer encoding.
    pub(crate) fn fetch(
        &self,
        client: &mut Client,
        uid: Uid,
    ) -> Result<(String, Vec<u8>), Failure> {
        let mut header = Vec::new();
        client.uid_fetch_to(uid, self.part.header(), &mut header)?;
        let parsed = MessageParser::new().parse(&header);
        let name = parsed
            .as_ref()
            .and_then(|part| part.attachment_name().map(str::to_owned));
        let name = name.or_else(|| self.name.clone());
        let name = name.unwrap_or_else(|| format!("{uid}-{}", self.part.part));
        Ok((name, self.contents(client, uid, header)?))
    }

    /// The server takes the transfer encoding away if it can.
    fn contents(&self, client: &mut Client, uid: Uid, header: Vec<u8>) -> Result<Vec<u8>, Failure> {
        let part = self.part.part.as_part();
        if client.state().has(Capability::Binary) || client.state().has(Capability::Imap4Rev2) {
            let binary = FetchItemName::Binary {
                part,
                peek: true,
                partial: None,
            };
            match client.uid_fetch(uid, &[binary]) {
                Ok(fetched) => {
                    let found = fetched.by_uid().find_map(|message| message.binary(part));
                    if let Some(contents) = found {
                        return Ok(contents.to_vec());
                    }
                }
                // It does not know the transfer encoding.
                Err(Error::Refused(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let mut encoded = header;
        client.uid_fetch_to(uid, self.part.contents(), &mut encoded)?;
        let parsed = MessageParser::new().parse(&encoded);
        let contents = parsed.as_ref().and_then(|message| message.part(0));
        Ok(contents.map_or_else(Vec::new, |part| part.contents().to_vec()))
    }
}

impl fmt::Display for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name.as_deref().unwrap_or("(no name)");
        let size = size(u64::from(self.size));
        write!(f, "{name} ({}, {size})", self.media_type)
    }
}

fn number<S: Serializer>(place: &Place, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&place.part)
}

/// The name, decoded.
fn file_name(name: FileName<'_>) -> String {
    match name {
        FileName::Extended(value) => {
            let field = b"Content-Disposition: attachment; filename*=";
            let header = [field, value.as_bytes(), b"\r\n\r\n"].concat();
            let parsed = MessageParser::new().parse(&header);
            let name = parsed.as_ref().and_then(|part| part.attachment_name());
            printable(name.unwrap_or_default())
        }
        FileName::Plain(value) => decode(value.as_bytes()),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_names_are_decoded() {
        let extended = FileName::Extended("utf-8'en'caf%C3%A9.txt".into());
        assert_eq!(file_name(extended), "café.txt");
        let plain = FileName::Plain("=?utf-8?Q?caf=C3=A9.txt?=".into());
        assert_eq!(file_name(plain), "café.txt");
    }
}
