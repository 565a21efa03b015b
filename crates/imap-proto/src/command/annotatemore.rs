//! GETANNOTATION and SETANNOTATION.

use crate::error::PResult;
use crate::lexeme::{Context, Input, astring, one_or_list, sp};
use crate::value::annotation::attribute_values;
use crate::value::mailbox::mailbox;
use crate::value::{AnnotationAttribute, IString, Mailbox};

/// `GETANNOTATION`: ask for annotations of a mailbox, or of the server.
///
/// `C: a1 GETANNOTATION INBOX "/comment" "value.priv"` is what GETMETADATA has replaced.
///
/// [draft-daboo-imap-annotatemore-05](https://datatracker.ietf.org/doc/html/draft-daboo-imap-annotatemore-05)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct GetAnnotation<'a> {
    /// Which mailbox; the empty name stands for the server.
    pub mailbox: Mailbox<'a>,
    /// The names of the entries, with wildcards `%` and `*`; at least one.
    pub entries: &'a [IString<'a>],
    /// The names of the attributes, with wildcards; at least one.
    pub attributes: &'a [IString<'a>],
}

/// `SETANNOTATION`: change an annotation of a mailbox, or of the server.
///
/// [draft-daboo-imap-annotatemore-05](https://datatracker.ietf.org/doc/html/draft-daboo-imap-annotatemore-05)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct SetAnnotation<'a> {
    /// Which mailbox; the empty name stands for the server.
    pub mailbox: Mailbox<'a>,
    /// The name of the entry.
    pub entry: IString<'a>,
    /// The attributes; at least one. Those without a value are removed.
    pub attributes: &'a [AnnotationAttribute<'a>],
}

/// What follows the word GETANNOTATION.
///
/// ```abnf
/// "GETANNOTATION" SP mailbox SP entries SP attribs   ; string / "(" string *(SP string) ")"
/// ```
pub(super) fn getannotation<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<GetAnnotation<'a>> {
    cx.set_rule("GETANNOTATION command");
    let mailbox = mailbox(i, cx)?;
    sp(i)?;
    let entries = one_or_list(i, cx, |i| astring(i, cx))?;
    sp(i)?;
    let attributes = one_or_list(i, cx, |i| astring(i, cx))?;
    Ok(GetAnnotation {
        mailbox,
        entries,
        attributes,
    })
}

/// What follows the word SETANNOTATION.
///
/// ```abnf
/// "SETANNOTATION" SP mailbox SP entry SP "(" attrib SP value *(SP attrib SP value) ")"
/// ```
pub(super) fn setannotation<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<SetAnnotation<'a>> {
    cx.set_rule("SETANNOTATION command");
    let mailbox = mailbox(i, cx)?;
    sp(i)?;
    let entry = astring(i, cx)?;
    sp(i)?;
    let attributes = attribute_values(i, cx)?;
    Ok(SetAnnotation {
        mailbox,
        entry,
        attributes,
    })
}
