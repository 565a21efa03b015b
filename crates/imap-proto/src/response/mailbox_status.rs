//! STATUS responses.

use crate::error::PResult;
use crate::lexeme::{Context, Input, blanks, end, list};
use crate::value::mailbox::mailbox_before;
use crate::value::status_item::status_att_val;
use crate::value::{Mailbox, Malformed, ObjectId, OtherItem, StatusItem, Uid, UidValidity};

/// The state of a mailbox that need not be selected: `* STATUS blurdybloop (MESSAGES 231)`.
///
/// [RFC 9051 section 7.3.4](https://www.rfc-editor.org/rfc/rfc9051#section-7.3.4)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct MailboxStatus<'a> {
    /// Which mailbox.
    pub mailbox: Mailbox<'a>,
    /// The items in the order of the wire.
    pub items: &'a [StatusItem<'a>],
}

/// The first item of a kind.
///
/// ```
/// use imap_proto::{Arena, Response};
///
/// let arena = Arena::new();
/// let line = b"* STATUS a (SIZE 500 DELETED 2 HIGHESTMODSEQ 7 MAILBOXID (F1))\r\n";
/// let Response::MailboxStatus(status) = Response::parse(line, &arena)? else { unreachable!() };
/// assert_eq!((status.size(), status.deleted()), (Some(500), Some(2)));
/// assert_eq!((status.highest_mod_seq(), status.messages()), (Some(7), None));
/// assert_eq!(status.mailbox_id().map(|id| id.as_str()), Some("F1"));
/// # Ok::<(), imap_proto::ParseError>(())
/// ```
impl<'a> MailboxStatus<'a> {
    /// How large a message may be, in octets; `Some(None)` where there is no limit.
    pub fn append_limit(&self) -> Option<Option<u32>> {
        self.find(|item| match item {
            StatusItem::AppendLimit(limit) => Some(*limit),
            _ => None,
        })
    }

    /// How many messages have `\Deleted`.
    pub fn deleted(&self) -> Option<u32> {
        self.find(|item| match item {
            StatusItem::Deleted(n) => Some(*n),
            _ => None,
        })
    }

    /// How much expunging would free, in octets.
    pub fn deleted_storage(&self) -> Option<u64> {
        self.find(|item| match item {
            StatusItem::DeletedStorage(n) => Some(*n),
            _ => None,
        })
    }

    /// The highest modification sequence; 0 where the mailbox keeps none.
    pub fn highest_mod_seq(&self) -> Option<u64> {
        self.find(|item| match item {
            StatusItem::HighestModSeq(n) => Some(*n),
            _ => None,
        })
    }

    /// The identifier that stays when the name changes.
    pub fn mailbox_id(&self) -> Option<&'a ObjectId<'a>> {
        self.find(|item| match item {
            StatusItem::MailboxId(id) => Some(*id),
            _ => None,
        })
    }

    /// How many messages there are.
    pub fn messages(&self) -> Option<u32> {
        self.find(|item| match item {
            StatusItem::Messages(n) => Some(*n),
            _ => None,
        })
    }

    /// How many messages have `\Recent`.
    pub fn recent(&self) -> Option<u32> {
        self.find(|item| match item {
            StatusItem::Recent(n) => Some(*n),
            _ => None,
        })
    }

    /// How large all messages are together, in octets.
    pub fn size(&self) -> Option<u64> {
        self.find(|item| match item {
            StatusItem::Size(n) => Some(*n),
            _ => None,
        })
    }

    /// What the next message will get.
    pub fn uid_next(&self) -> Option<Uid> {
        self.find(|item| match item {
            StatusItem::UidNext(uid) => Some(*uid),
            _ => None,
        })
    }

    /// The UIDVALIDITY.
    pub fn uid_validity(&self) -> Option<UidValidity> {
        self.find(|item| match item {
            StatusItem::UidValidity(validity) => Some(*validity),
            _ => None,
        })
    }

    /// How many messages do not have `\Seen`.
    pub fn unseen(&self) -> Option<u32> {
        self.find(|item| match item {
            StatusItem::Unseen(n) => Some(*n),
            _ => None,
        })
    }

    /// The items that are not known.
    pub fn others(&self) -> impl Iterator<Item = &'a OtherItem<'a>> + use<'a> {
        self.items.iter().filter_map(|item| match item {
            StatusItem::Other(item) => Some(*item),
            _ => None,
        })
    }

    /// The items that could not be read.
    pub fn malformed(&self) -> impl Iterator<Item = &'a Malformed<'a>> + use<'a> {
        self.items.iter().filter_map(|item| match item {
            StatusItem::Malformed(item) => Some(*item),
            _ => None,
        })
    }

    fn find<T>(&self, item: impl Fn(&StatusItem<'a>) -> Option<T>) -> Option<T> {
        self.items.iter().find_map(item)
    }
}

/// What follows the word STATUS, with the end of the line.
///
/// ```abnf
/// "STATUS" SP mailbox SP "(" [status-att-list] ")"
/// ```
#[inline(always)]
pub(super) fn mailbox_status<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<MailboxStatus<'a>> {
    cx.set_rule("STATUS response");
    blanks(i, cx)?;
    let mailbox = mailbox_before(i, cx, |rest| {
        rest.starts_with(b" (")
            || (rest.starts_with(b"  ") && rest.trim_ascii_start().starts_with(b"("))
    })?;
    blanks(i, cx)?;
    let items = list(i, cx, |i| status_att_val(i, cx))?;
    end(i, cx)?;
    Ok(MailboxStatus { mailbox, items })
}
