//! Resources that quotas limit.

use imap_util::Atom;

use crate::error::PResult;
use crate::lexeme::{Input, atom, fold};

/// Something of which only so much may be used.
///
/// [RFC 9208 section 5](https://www.rfc-editor.org/rfc/rfc9208#section-5)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum QuotaResource<'a> {
    /// `ANNOTATION-STORAGE`: the size of all annotations, in units of 1024 octets.
    AnnotationStorage,
    /// `MAILBOX`: how many mailboxes there are.
    Mailbox,
    /// `MESSAGE`: how many messages there are.
    Message,
    /// `STORAGE`: the size of all messages, in units of 1024 octets.
    Storage,
    /// Any other.
    Other(Atom<'a>),
}

impl<'a> QuotaResource<'a> {
    /// The name.
    pub fn as_str(&self) -> &'a str {
        match self {
            Self::AnnotationStorage => "ANNOTATION-STORAGE",
            Self::Mailbox => "MAILBOX",
            Self::Message => "MESSAGE",
            Self::Storage => "STORAGE",
            Self::Other(name) => name.as_str(),
        }
    }
}

impl<'a> From<Atom<'a>> for QuotaResource<'a> {
    fn from(name: Atom<'a>) -> Self {
        fold(name.as_bytes(), by_name).unwrap_or(Self::Other(name))
    }
}

fn by_name(name: &[u8]) -> Option<QuotaResource<'static>> {
    Some(match name {
        b"ANNOTATION-STORAGE" => QuotaResource::AnnotationStorage,
        b"MAILBOX" => QuotaResource::Mailbox,
        b"MESSAGE" => QuotaResource::Message,
        b"STORAGE" => QuotaResource::Storage,
        _ => return None,
    })
}

/// `resource-name = "STORAGE" / "MESSAGE" / "MAILBOX" / "ANNOTATION-STORAGE" / resource-name-ext`
pub(crate) fn resource_name<'a>(i: &mut Input<'a>) -> PResult<QuotaResource<'a>> {
    atom(i).map(QuotaResource::from)
}
