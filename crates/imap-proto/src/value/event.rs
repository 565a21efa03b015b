//! Events that a client can be told of.

use imap_util::Atom;

use super::FetchItemName;
use super::fetch_item_name::fetch_att;
use crate::error::PResult;
use crate::lexeme::{Context, Input, atom, fold, non_empty_list, sp};

/// Something that happens to a mailbox or to the server.
///
/// [RFC 5465 section 5](https://www.rfc-editor.org/rfc/rfc5465#section-5)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Event<'a> {
    /// `AnnotationChange`: annotations of a message changed.
    AnnotationChange,
    /// `FlagChange`: flags of a message changed.
    FlagChange,
    /// `MailboxMetadataChange`: annotations of a mailbox changed.
    MailboxMetadataChange,
    /// `MailboxName`: a mailbox was made, deleted or renamed.
    MailboxName,
    /// `MessageExpunge`: a message is gone.
    MessageExpunge,
    /// `MessageNew`: a message came; what to tell of it, if anything, in the selected mailbox.
    MessageNew(&'a [FetchItemName<'a>]),
    /// `ServerMetadataChange`: annotations of the server changed.
    ServerMetadataChange,
    /// `SubscriptionChange`: a mailbox was subscribed to, or not any more.
    SubscriptionChange,
    /// Any other.
    Other(Atom<'a>),
}

impl<'a> Event<'a> {
    /// The name.
    pub fn as_str(&self) -> &'a str {
        match self {
            Self::AnnotationChange => "AnnotationChange",
            Self::FlagChange => "FlagChange",
            Self::MailboxMetadataChange => "MailboxMetadataChange",
            Self::MailboxName => "MailboxName",
            Self::MessageExpunge => "MessageExpunge",
            Self::MessageNew(_) => "MessageNew",
            Self::ServerMetadataChange => "ServerMetadataChange",
            Self::SubscriptionChange => "SubscriptionChange",
            Self::Other(name) => name.as_str(),
        }
    }
}

fn by_name(name: &[u8]) -> Option<Event<'static>> {
    Some(match name {
        b"ANNOTATIONCHANGE" => Event::AnnotationChange,
        b"FLAGCHANGE" => Event::FlagChange,
        b"MAILBOXMETADATACHANGE" => Event::MailboxMetadataChange,
        b"MAILBOXNAME" => Event::MailboxName,
        b"MESSAGEEXPUNGE" => Event::MessageExpunge,
        b"MESSAGENEW" => Event::MessageNew(&[]),
        b"SERVERMETADATACHANGE" => Event::ServerMetadataChange,
        b"SUBSCRIPTIONCHANGE" => Event::SubscriptionChange,
        _ => return None,
    })
}

/// `event-name = message-event-name / mailbox-event / user-event`, or any other
pub(crate) fn event_name<'a>(i: &mut Input<'a>) -> PResult<Event<'a>> {
    let name = atom(i)?;
    Ok(fold(name.as_bytes(), by_name).unwrap_or(Event::Other(name)))
}

/// One event.
///
/// ```abnf
/// event         = message-event / mailbox-event / user-event / event-ext
/// message-event = ("MessageNew" [SP "(" fetch-att *(SP fetch-att) ")"]) / "MessageExpunge" /
///                 "FlagChange" / "AnnotationChange"
/// ```
pub(crate) fn event<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Event<'a>> {
    let event = event_name(i)?;
    if matches!(event, Event::MessageNew(_)) && i.starts_with(b" (") {
        sp(i)?;
        return non_empty_list(i, cx, |i| fetch_att(i, cx)).map(Event::MessageNew);
    }
    Ok(event)
}
