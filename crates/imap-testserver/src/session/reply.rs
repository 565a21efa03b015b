//! How a command ends.

use imap_proto::response::Status;
use imap_proto::{Arena, Code, ObjectId, Tag};

use crate::store::{Fault, MailboxId};

/// The command that is being executed: its tag, and memory for what is said to it.
#[derive(Clone, Copy)]
pub(super) struct Call<'a> {
    pub(super) tag: Tag<'a>,
    pub(super) arena: &'a Arena,
}

impl<'a> Call<'a> {
    /// The identifier of a mailbox, RFC 8474.
    pub(super) fn mailbox_id(&self, id: MailboxId) -> ObjectId<'a> {
        self.object_id(&format!("F{}", id.get()))
    }

    /// An identifier that lives as long as the answer.
    pub(super) fn object_id(&self, text: &str) -> ObjectId<'a> {
        // cannot fail: the server's identifiers are letters and digits
        ObjectId::new(self.arena.alloc_str(text)).unwrap_or_else(|_| unknown_id())
    }
}

fn unknown_id() -> ObjectId<'static> {
    // cannot fail: this is an identifier
    ObjectId::new("unknown").expect("an identifier")
}

/// The tagged response to a command, but for the tag.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reply<'a> {
    pub(super) status: Status,
    pub(super) code: Option<Code<'a>>,
    pub(super) text: &'a str,
}

/// A reply of OK, or why there is none.
pub(super) type Answer<'a> = Result<Reply<'a>, Reply<'a>>;

impl<'a> Reply<'a> {
    pub(super) const fn ok(text: &'a str) -> Self {
        Self::new(Status::Ok, text)
    }

    pub(super) const fn no(text: &'a str) -> Self {
        Self::new(Status::No, text)
    }

    pub(super) const fn bad(text: &'a str) -> Self {
        Self::new(Status::Bad, text)
    }

    pub(super) const fn with_code(self, code: Code<'a>) -> Self {
        Self {
            code: Some(code),
            ..self
        }
    }

    /// There is no such mailbox.
    pub(super) const fn no_mailbox() -> Self {
        Self::no("there is no such mailbox").with_code(Code::NonExistent)
    }

    const fn new(status: Status, text: &'a str) -> Self {
        Self {
            status,
            code: None,
            text,
        }
    }
}

impl From<Fault> for Reply<'_> {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::AlreadyExists => {
                Self::no("there is such a mailbox already").with_code(Code::AlreadyExists)
            }
            Fault::Cannot => Self::no("this cannot be done").with_code(Code::Cannot),
            Fault::NonExistent => Self::no_mailbox(),
        }
    }
}
