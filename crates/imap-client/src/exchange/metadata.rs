//! GETMETADATA and SETMETADATA.

use bytes::Bytes;
use imap_proto::command::{GetMetadata, SetMetadata};
use imap_proto::response::{MetadataCode, MetadataEntries, StatusResponse};
use imap_proto::{Code, IString, Response};

use super::mailbox::AskedMailbox;
use super::{Absorbed, Answer, Data, DoneAnswer, Rules};
use crate::error::Error;
use crate::state::State;

exchange!(
    GetMetadata<'_> => MetadataAnswer,
    Rules::authenticated("GETMETADATA").answered_by(Data::METADATA),
    |command| MetadataAnswer {
        mailbox: AskedMailbox::new(command.mailbox),
        values: Vec::new(),
    }
);

exchange!(SetMetadata<'_> => DoneAnswer, Rules::authenticated("SETMETADATA"), |_| DoneAnswer);

/// Collects the answer to `GETMETADATA`.
#[derive(Debug)]
pub struct MetadataAnswer {
    mailbox: AskedMailbox,
    values: Vec<MetadataValue>,
}

impl Answer for MetadataAnswer {
    type Output = Metadata;

    fn absorb(&mut self, response: &Response<'_>, _: &Bytes, _: &State) -> Absorbed {
        match response {
            // A response without values tells unasked that entries have changed.
            Response::Metadata(metadata) if self.mailbox.is(metadata.mailbox) => {
                match metadata.entries {
                    MetadataEntries::Values(values) => {
                        let values = values.iter();
                        self.values.extend(
                            values.map(|entry| MetadataValue::new(entry.name, entry.value)),
                        );
                        Absorbed::Taken
                    }
                    MetadataEntries::Changed(_) => Absorbed::Not,
                }
            }
            _ => Absorbed::Not,
        }
    }

    fn finish(self, status: &StatusResponse<'_>, _: &mut State) -> Result<Metadata, Error> {
        let long_entries = match status.code {
            Some(Code::Metadata(MetadataCode::LongEntries(octets))) => Some(octets),
            _ => None,
        };
        Ok(Metadata {
            values: self.values,
            long_entries,
        })
    }
}

/// Annotations of a mailbox, or of the server.
///
/// `S: * METADATA INBOX (/private/comment "My own comment")` and
/// `S: a OK [METADATA LONGENTRIES 2199] done` give one value, and say that another was left out.
///
/// [RFC 5464 section 4.2](https://www.rfc-editor.org/rfc/rfc5464#section-4.2)
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Metadata {
    /// The values in the order of the wire.
    pub values: Vec<MetadataValue>,
    /// How long the longest of the values is that were left out because of `MAXSIZE`, in octets;
    /// nothing if none were.
    pub long_entries: Option<u32>,
}

impl Metadata {
    /// The value of an entry, its name in any case; nothing if it has none or was not told.
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        MetadataValue::find(&self.values, name)
    }
}

/// A name and its value: an entry of METADATA, or an attribute of ANNOTATEMORE.
///
/// `S: * METADATA INBOX (/private/comment "My own comment")` has one.
///
/// [RFC 5464 section 3](https://www.rfc-editor.org/rfc/rfc5464#section-3)
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct MetadataValue {
    /// The name.
    pub name: String,
    /// The value, any octets; nothing where the server says `NIL`.
    pub value: Option<Vec<u8>>,
}

impl MetadataValue {
    pub(super) fn new(name: IString<'_>, value: Option<IString<'_>>) -> Self {
        Self {
            name: name.to_string(),
            value: value.map(|value| value.as_bytes().into()),
        }
    }

    /// The value of this name, in any case, among others; nothing if it is not there, or `NIL`.
    pub(super) fn find<'v>(values: &'v [Self], name: &str) -> Option<&'v [u8]> {
        let mut values = values.iter();
        let found = values.find(|value| value.name.eq_ignore_ascii_case(name))?;
        found.value.as_deref()
    }
}
