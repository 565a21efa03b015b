//! ANNOTATION responses.

use super::metadata::changed_entries;
use crate::error::PResult;
use crate::lexeme::{Context, Input, astring, sp};
use crate::value::annotation::attribute_values;
use crate::value::mailbox::mailbox;
use crate::value::{AnnotationAttribute, IString, Mailbox};

/// Annotations of a mailbox, or of the server.
///
/// [draft-daboo-imap-annotatemore-05](https://datatracker.ietf.org/doc/html/draft-daboo-imap-annotatemore-05)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct AnnotateMore<'a> {
    /// Which mailbox; the empty name stands for the server.
    pub mailbox: Mailbox<'a>,
    /// The annotations.
    pub data: AnnotateMoreData<'a>,
}

/// What an ANNOTATION response tells.
///
/// [draft-daboo-imap-annotatemore-05](https://datatracker.ietf.org/doc/html/draft-daboo-imap-annotatemore-05)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum AnnotateMoreData<'a> {
    /// The names of entries that have changed: `* ANNOTATION INBOX "/comment"`.
    Changed(&'a [IString<'a>]),
    /// What was asked for: `* ANNOTATION INBOX "/comment" ("value.priv" "My comment")`.
    Values {
        /// The name of the entry.
        entry: IString<'a>,
        /// Its attributes.
        attributes: &'a [AnnotationAttribute<'a>],
    },
}

/// What follows the word ANNOTATION.
///
/// ```abnf
/// "ANNOTATION" SP mailbox SP entry SP "(" attrib SP value *(SP attrib SP value) ")"
/// "ANNOTATION" SP mailbox SP entry *(SP entry)
/// ```
pub(super) fn annotation_data<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<AnnotateMore<'a>> {
    cx.set_rule("ANNOTATION response");
    sp(i)?;
    let mailbox = mailbox(i, cx)?;
    let start = *i;
    sp(i)?;
    let entry = astring(i, cx)?;
    let data = if i.starts_with(b" (") {
        sp(i)?;
        let attributes = attribute_values(i, cx)?;
        AnnotateMoreData::Values { entry, attributes }
    } else {
        *i = start;
        AnnotateMoreData::Changed(changed_entries(i, cx)?)
    };
    Ok(AnnotateMore { mailbox, data })
}
