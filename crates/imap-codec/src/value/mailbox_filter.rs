//! Which mailboxes are searched or watched.

use imap_proto::{Mailbox, MailboxFilter, OtherItem, Verbatim};

use crate::encode::{Encode, Encoder, Reason};
use crate::verbatim::name_fault;

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
            Self::Other(item) => return other(item, out),
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

/// A filter that is not known, with its argument as it is.
fn other(item: &OtherItem<'_>, out: &mut Encoder) {
    out.argument("filter");
    if let Some(offset) = name_fault(Verbatim::Argument, item.name) {
        return out.refuse(offset, Reason::Syntax);
    }
    out.raw(item.name);
    if !item.value.is_empty() {
        out.verbatim_sp(Verbatim::Argument, item.value);
    }
}
