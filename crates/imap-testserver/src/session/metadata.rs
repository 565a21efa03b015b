//! GETMETADATA and SETMETADATA.
//!
//! [RFC 5464](https://www.rfc-editor.org/rfc/rfc5464)

use imap_proto::command::{GetMetadata, MetadataDepth, MetadataOption, SetMetadata};
use imap_proto::response::{Metadata, MetadataCode, MetadataEntries};
use imap_proto::{Code, IString, Mailbox, MetadataEntry, Response, Rights};

use super::Session;
use super::access::not_allowed;
use super::reply::{Answer, Reply};
use crate::store::{Annotation, MailboxId, Store, is_entry_name};

/// Which of the values are asked for.
struct Wanted {
    depth: usize,
    max_size: Option<u32>,
}

impl Session {
    /// [RFC 5464 section 4.2](https://www.rfc-editor.org/rfc/rfc5464#section-4.2)
    pub(super) fn get_metadata(
        &mut self,
        store: &Store,
        command: &GetMetadata<'_>,
    ) -> Answer<'static> {
        let target = self.annotated(store, command.mailbox)?;
        let wanted = wanted(command.options)?;
        let user = self.user()?.to_owned();
        let annotations = store.annotations(target).ok_or(Reply::no_mailbox())?;
        let mut values = Vec::new();
        let mut longest = None;
        for entry in command.entries {
            let name = entry_name(*entry)?;
            let own = annotations.find(&user, name);
            if own.is_none() && wanted.depth == 0 {
                let (name, value) = (*entry, None);
                values.push(MetadataEntry { name, value });
            }
            let below = annotations.below(&user, name, wanted.depth);
            for annotation in own.into_iter().chain(below) {
                let size = u32::try_from(annotation.value.len()).unwrap_or(u32::MAX);
                if wanted.max_size.is_some_and(|max_size| size > max_size) {
                    longest = longest.max(Some(size));
                } else {
                    values.push(with_value(annotation));
                }
            }
        }
        if !values.is_empty() {
            self.out.send(&Response::Metadata(Metadata {
                mailbox: command.mailbox,
                entries: MetadataEntries::Values(&values),
            }));
        }
        let reply = Reply::ok("GETMETADATA completed");
        Ok(match longest {
            Some(size) => reply.with_code(Code::Metadata(MetadataCode::LongEntries(size))),
            None => reply,
        })
    }

    /// Tells annotations of a mailbox that is listed, RFC 9590.
    pub(super) fn list_metadata(
        &mut self,
        store: &Store,
        mailbox: Mailbox<'_>,
        id: MailboxId,
        entries: &[IString<'_>],
    ) -> Result<(), Reply<'static>> {
        let user = self.user()?;
        let annotations = store.annotations(Some(id)).ok_or(Reply::no_mailbox())?;
        let mut values = Vec::new();
        for entry in entries {
            let own = annotations.find(user, entry_name(*entry)?);
            let (name, value) = (*entry, None);
            values.push(own.map_or(MetadataEntry { name, value }, with_value));
        }
        let entries = MetadataEntries::Values(&values);
        self.out
            .send(&Response::Metadata(Metadata { mailbox, entries }));
        Ok(())
    }

    /// [RFC 5464 section 4.3](https://www.rfc-editor.org/rfc/rfc5464#section-4.3): all or nothing.
    pub(super) fn set_metadata(
        &self,
        store: &mut Store,
        command: &SetMetadata<'_>,
    ) -> Answer<'static> {
        let target = self.annotated(store, command.mailbox)?;
        let user = self.user()?;
        let annotations = store.annotations_mut(target).ok_or(Reply::no_mailbox())?;
        let mut changed = annotations.clone();
        for entry in command.entries {
            let name = entry_name(entry.name)?;
            let value = entry.value.map(|value| value.as_bytes());
            if value.is_some_and(|value| value.len() > MAX_VALUE as usize) {
                let code = Code::Metadata(MetadataCode::MaxSize(MAX_VALUE));
                return Err(Reply::no("the value is too long").with_code(code));
            }
            changed.set(user, name, value);
        }
        if changed.len() > MAX_ENTRIES.max(annotations.len()) {
            let code = Code::Metadata(MetadataCode::TooMany);
            return Err(Reply::no("there are too many annotations").with_code(code));
        }
        *annotations = changed;
        Ok(Reply::ok("SETMETADATA completed"))
    }

    /// The mailbox, or nothing if the server is meant; the user may read and change its annotations.
    ///
    /// [RFC 5464 section 3.3](https://www.rfc-editor.org/rfc/rfc5464#section-3.3)
    fn annotated(
        &self,
        store: &Store,
        mailbox: Mailbox<'_>,
    ) -> Result<Option<MailboxId>, Reply<'static>> {
        if mailbox.as_bytes().is_empty() {
            return Ok(None);
        }
        let (place, id) = self.lookup(store, mailbox, Rights::LOOKUP)?;
        let rights = self.rights(store, &place.owner, id);
        let one_of = [
            Rights::READ,
            Rights::SEEN,
            Rights::WRITE,
            Rights::INSERT,
            Rights::POST,
        ];
        match one_of.iter().any(|right| rights.contains(*right)) {
            true => Ok(Some(id)),
            false => Err(not_allowed()),
        }
    }
}

fn wanted(options: &[MetadataOption<'_>]) -> Result<Wanted, Reply<'static>> {
    let mut wanted = Wanted {
        depth: 0,
        max_size: None,
    };
    for option in options {
        match option {
            MetadataOption::Depth(depth) => {
                wanted.depth = match depth {
                    MetadataDepth::Zero => 0,
                    MetadataDepth::One => 1,
                    MetadataDepth::Infinity => usize::MAX,
                };
            }
            MetadataOption::MaxSize(size) => wanted.max_size = Some(*size),
            _ => return Err(Reply::bad("this option of GETMETADATA is not known here")),
        }
    }
    Ok(wanted)
}

fn entry_name(name: IString<'_>) -> Result<&str, Reply<'static>> {
    let text = name.to_str().ok().filter(|text| is_entry_name(text));
    text.ok_or(Reply::bad("no entry can have this name"))
}

fn with_value(annotation: &Annotation) -> MetadataEntry<'_> {
    MetadataEntry {
        name: IString::from(annotation.name.as_str()),
        value: Some(IString(&annotation.value)),
    }
}

/// The most octets of a value.
const MAX_VALUE: u32 = 64 << 10;
/// The most annotations of a mailbox, or of the server.
const MAX_ENTRIES: usize = 1000;
