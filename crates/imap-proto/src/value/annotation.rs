//! Annotations of messages, and attributes that those of mailboxes had, too, before RFC 5464.

use super::IString;
use crate::error::PResult;
use crate::lexeme::{
    Context, Input, astring, close, list_mailbox, non_empty_list, nstring, one_or_list, open, sp,
};

/// An annotation of a message: `/comment (value.priv "My comment")`.
///
/// [RFC 5257](https://www.rfc-editor.org/rfc/rfc5257)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Annotation<'a> {
    /// The name of the entry.
    pub entry: IString<'a>,
    /// Its attributes; none where a server tells only that the entry has changed.
    pub attributes: &'a [AnnotationAttribute<'a>],
}

/// An attribute of an annotation: `"value.priv" "My comment"`.
///
/// [RFC 5257](https://www.rfc-editor.org/rfc/rfc5257),
/// [draft-daboo-imap-annotatemore-05](https://datatracker.ietf.org/doc/html/draft-daboo-imap-annotatemore-05)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct AnnotationAttribute<'a> {
    /// The name, such as `value.priv`, `value.shared` or `size.shared`.
    pub name: IString<'a>,
    /// The value; `NIL` where there is none, or where it is to be removed.
    pub value: Option<IString<'a>>,
}

/// Which annotations of messages are meant: `(/comment (value.priv size.priv))`.
///
/// [RFC 5257](https://www.rfc-editor.org/rfc/rfc5257)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct AnnotationNames<'a> {
    /// The names of the entries, with wildcards `%` and `*`; at least one.
    pub entries: &'a [IString<'a>],
    /// The names of the attributes, with wildcards; at least one.
    pub attributes: &'a [IString<'a>],
}

/// An annotation that a message is searched for: `"/comment" "value" "IMAP4"`.
///
/// [RFC 5257](https://www.rfc-editor.org/rfc/rfc5257)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct AnnotationKey<'a> {
    /// The name of the entry, with wildcards `%` and `*`.
    pub entry: IString<'a>,
    /// The name of the attribute: `value`, `value.priv` or `value.shared`.
    pub attribute: IString<'a>,
    /// A text in the value; `NIL` where there must be no value.
    pub value: Option<IString<'a>>,
}

/// `"(" attrib SP value *(SP attrib SP value) ")"`
pub(crate) fn attribute_values<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<&'a [AnnotationAttribute<'a>]> {
    non_empty_list(i, cx, |i| {
        let name = astring(i, cx)?;
        sp(i)?;
        let value = nstring(i, cx)?;
        Ok(AnnotationAttribute { name, value })
    })
}

/// What a server tells of annotations: entries that may have no attributes.
///
/// ```abnf
/// "(" entry [SP "(" attrib SP value ... ")"] *(SP entry [SP "(" attrib SP value ... ")"]) ")"
/// ```
pub(crate) fn annotations<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<&'a [Annotation<'a>]> {
    non_empty_list(i, cx, |i| {
        let entry = astring(i, cx)?;
        let mut attributes = &[][..];
        if i.starts_with(b" (") {
            sp(i)?;
            attributes = attribute_values(i, cx)?;
        }
        Ok(Annotation { entry, attributes })
    })
}

/// Annotations that a client sets: `"(" entry SP attributes *(SP entry SP attributes) ")"`
pub(crate) fn set_annotations<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<&'a [Annotation<'a>]> {
    non_empty_list(i, cx, |i| {
        let entry = astring(i, cx)?;
        sp(i)?;
        let attributes = attribute_values(i, cx)?;
        Ok(Annotation { entry, attributes })
    })
}

/// `"(" entries SP attribs ")"`, each of them one name or a list.
pub(super) fn annotation_names<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<AnnotationNames<'a>> {
    open(i)?;
    let entries = one_or_list(i, cx, |i| list_mailbox(i, cx))?;
    sp(i)?;
    let attributes = one_or_list(i, cx, |i| list_mailbox(i, cx))?;
    close(i)?;
    Ok(AnnotationNames {
        entries,
        attributes,
    })
}

/// `entry SP attrib SP value`
pub(super) fn annotation_key<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<AnnotationKey<'a>> {
    let entry = list_mailbox(i, cx)?;
    sp(i)?;
    let attribute = astring(i, cx)?;
    sp(i)?;
    Ok(AnnotationKey {
        entry,
        attribute,
        value: nstring(i, cx)?,
    })
}
