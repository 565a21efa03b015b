//! CATENATE: messages that are put together from texts and from what there is.
//!
//! [RFC 4469](https://www.rfc-editor.org/rfc/rfc4469)

use bytes::Bytes;
use imap_proto::command::CatenatePart;
use imap_proto::{Arena, Code, IString, Rights};

use super::Session;
use super::access::Place;
use super::reply::{Call, Reply};
use super::url::Target;
use crate::store::Store;

impl Session {
    /// The octets of all parts in order.
    pub(super) fn catenate<'a>(
        &self,
        store: &Store,
        call: Call<'a>,
        parts: &[CatenatePart<'a>],
    ) -> Result<Bytes, Reply<'a>> {
        let limit = self.shared.settings.append_limit as usize;
        let mut message = Vec::new();
        for part in parts {
            match part {
                CatenatePart::Text(text) | CatenatePart::Utf8(text) => {
                    message.extend_from_slice(text.as_bytes());
                }
                CatenatePart::Url(url) => {
                    let octets = self.octets_at(store, *url, call.arena);
                    message.extend_from_slice(&octets.ok_or_else(|| bad_url(*url))?);
                }
                _ => return Err(Reply::bad("such parts are not known here")),
            }
            if message.len() > limit {
                return Err(too_big());
            }
        }
        Ok(message.into())
    }

    /// What is at a URL; nothing too if the user may not read it.
    fn octets_at(&self, store: &Store, url: IString<'_>, arena: &Arena) -> Option<Bytes> {
        let target = Target::of_url(url.to_str().ok()?, arena)?;
        let Place { owner, name } = self.place_of_text(&target.mailbox).ok()?;
        let id = store.find(&owner, &name)?;
        let mailbox = store.mailbox(id)?;
        let may_read = self.rights(store, &owner, id).contains(Rights::READ);
        let validity = mailbox.uid_validity;
        let is_stale = target.uid_validity.is_some_and(|wanted| wanted != validity);
        if !may_read || is_stale {
            return None;
        }
        let message = mailbox.find(target.uid)?;
        message.mail.section(&target.section, target.partial)
    }
}

/// The code cannot have each URL, though each that it cannot have is none.
fn bad_url(url: IString<'_>) -> Reply<'_> {
    let reply = Reply::no("there is nothing at a URL");
    let is_odd = |b: &u8| matches!(b, 0 | b'\r' | b'\n' | b']');
    match url.as_bytes() {
        [] => reply,
        octets if octets.iter().any(is_odd) => reply,
        _ => reply.with_code(Code::BadUrl(url)),
    }
}

pub(super) const fn too_big() -> Reply<'static> {
    Reply::no("the message is too large").with_code(Code::TooBig)
}
