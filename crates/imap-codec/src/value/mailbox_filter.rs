//! Which mailboxes are searched or watched.

use imap_proto::{Mailbox, MailboxFilter};

use crate::encode::{Encode, Encoder};

impl Encode for MailboxFilter<'_> {
    /// `filter-mailboxes`
    fn encode(&self, out: &mut Encoder) {
        let name: &[u8] = match self {
            Self::Inboxes => b"inboxes",
            Self::Mailboxes(mailboxes) => return with_mailboxes(b"mailboxes ", mailboxes, out),
            Self::Personal => b"personal",
            Self::Selected => b"selected",
            Self::SelectedDelayed => b"selected-delayed",
            Self::Subscribed => b"subscribed",
            Self::Subtree(mailboxes) => return with_mailboxes(b"subtree ", mailboxes, out),
            Self::SubtreeOne(mailboxes) => return with_mailboxes(b"subtree-one ", mailboxes, out),
            _ => return out.refuse_unknown(),
        };
        out.raw(name);
    }
}

/// A name and its `one-or-more-mailbox`.
fn with_mailboxes(name: &[u8], mailboxes: &[Mailbox<'_>], out: &mut Encoder) {
    out.raw(name);
    out.argument("mailbox");
    match mailboxes {
        [] => out.refuse_empty(),
        [mailbox] => mailbox.encode(out),
        _ => out.list(mailboxes),
    }
}
