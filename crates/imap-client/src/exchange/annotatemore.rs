//! GETANNOTATION and SETANNOTATION.

use bytes::Bytes;
use imap_proto::command::{GetAnnotation, SetAnnotation};
use imap_proto::response::{AnnotateMoreData, StatusResponse};
use imap_proto::{AnnotationAttribute, Response};

use super::mailbox::AskedMailbox;
use super::metadata::MetadataValue;
use super::{Absorbed, Answer, Data, DoneAnswer, Rules};
use crate::error::Error;
use crate::state::State;

exchange!(
    GetAnnotation<'_> => AnnotationAnswer,
    Rules::authenticated("GETANNOTATION").answered_by(Data::ANNOTATION),
    |command| AnnotationAnswer {
        mailbox: AskedMailbox::new(command.mailbox),
        annotations: Vec::new(),
    }
);

exchange!(SetAnnotation<'_> => DoneAnswer, Rules::authenticated("SETANNOTATION"), |_| DoneAnswer);

/// Collects the answer to `GETANNOTATION`.
#[derive(Debug)]
pub struct AnnotationAnswer {
    mailbox: AskedMailbox,
    annotations: Vec<Annotation>,
}

impl Answer for AnnotationAnswer {
    type Output = Vec<Annotation>;

    fn absorb(&mut self, response: &Response<'_>, _: &Bytes, _: &State) -> Absorbed {
        match response {
            // A response without values tells unasked that entries have changed.
            Response::Annotation(annotation) if self.mailbox.is(annotation.mailbox) => {
                match annotation.data {
                    AnnotateMoreData::Values { entry, attributes } => {
                        let attribute =
                            |a: &AnnotationAttribute<'_>| MetadataValue::new(a.name, a.value);
                        self.annotations.push(Annotation {
                            entry: entry.to_string(),
                            attributes: attributes.iter().map(attribute).collect(),
                        });
                        Absorbed::Taken
                    }
                    AnnotateMoreData::Changed(_) => Absorbed::Not,
                }
            }
            _ => Absorbed::Not,
        }
    }

    fn finish(self, _: &StatusResponse<'_>, _: &mut State) -> Result<Vec<Annotation>, Error> {
        Ok(self.annotations)
    }
}

/// An annotation of a mailbox, or of the server, as of the draft before RFC 5464.
///
/// `S: * ANNOTATION INBOX "/comment" ("value.priv" "My comment")` has one attribute.
///
/// [draft-daboo-imap-annotatemore-05](https://datatracker.ietf.org/doc/html/draft-daboo-imap-annotatemore-05)
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Annotation {
    /// The name of the entry.
    pub entry: String,
    /// Its attributes, such as `value.priv`, `value.shared` and `size.shared`.
    pub attributes: Vec<MetadataValue>,
}

impl Annotation {
    /// The value of an attribute, its name in any case; nothing if it has none or was not told.
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        MetadataValue::find(&self.attributes, name)
    }
}
