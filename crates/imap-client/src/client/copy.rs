//! Commands that copy, move and remove messages.

use imap_proto::command::{Copy, Move, UidExpunge};
use imap_proto::{MessageNumber, SeqNum, Uid};

use super::Client;
use crate::driver::Driver;
use crate::exchange::mailbox::wire_mailbox;
use crate::exchange::{
    Ask, CopyAnswer, ExpungeAnswer, MailboxName, MessageSet, MoveAnswer, MoveByCopy,
    MoveByCopyAnswer,
};

impl<D: Driver> Client<D> {
    /// Copies messages to the end of a mailbox, and gets their new UIDs if the server tells.
    ///
    /// ```text
    /// C: A003 COPY 2:4 MEETING
    /// S: A003 OK [COPYUID 38505 304,319:320 3956:3958] COPY completed
    /// ```
    ///
    /// [RFC 9051 section 6.4.7](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.7)
    pub fn copy<'s, 'm>(
        &mut self,
        set: impl Into<MessageSet<'s>>,
        mailbox: impl Into<MailboxName<'m>>,
    ) -> D::Run<'_, CopyAnswer> {
        self.copy_set::<SeqNum>(&set.into(), mailbox.into())
    }

    /// Copies messages to the end of a mailbox by their UIDs.
    pub fn uid_copy<'s, 'm>(
        &mut self,
        set: impl Into<MessageSet<'s, Uid>>,
        mailbox: impl Into<MailboxName<'m>>,
    ) -> D::Run<'_, CopyAnswer> {
        self.copy_set::<Uid>(&set.into(), mailbox.into())
    }

    fn copy_set<N: MessageNumber>(
        &mut self,
        set: &MessageSet<'_, N>,
        mailbox: MailboxName<'_>,
    ) -> D::Run<'_, CopyAnswer> {
        let name = self.wire(mailbox);
        self.run_or_refuse(set.required().map(|set| Copy {
            set,
            mailbox: wire_mailbox(&name),
        }))
    }

    /// Moves messages to the end of a mailbox.
    ///
    /// Needs `MOVE` or `IMAP4rev2`; [`Client::uid_move_by_copy`] does without.
    ///
    /// ```text
    /// C: a UID MOVE 42:69 foo
    /// S: * OK [COPYUID 432432 42:69 1202:1229]
    /// S: * 22 EXPUNGE
    /// S: a OK Done
    /// ```
    ///
    /// [RFC 6851 section 3](https://www.rfc-editor.org/rfc/rfc6851#section-3)
    pub fn move_messages<'s, 'm>(
        &mut self,
        set: impl Into<MessageSet<'s>>,
        mailbox: impl Into<MailboxName<'m>>,
    ) -> D::Run<'_, MoveAnswer> {
        self.move_set::<SeqNum>(&set.into(), mailbox.into())
    }

    /// Moves messages to the end of a mailbox by their UIDs.
    pub fn uid_move_messages<'s, 'm>(
        &mut self,
        set: impl Into<MessageSet<'s, Uid>>,
        mailbox: impl Into<MailboxName<'m>>,
    ) -> D::Run<'_, MoveAnswer> {
        self.move_set::<Uid>(&set.into(), mailbox.into())
    }

    fn move_set<N: MessageNumber>(
        &mut self,
        set: &MessageSet<'_, N>,
        mailbox: MailboxName<'_>,
    ) -> D::Run<'_, MoveAnswer> {
        let name = self.wire(mailbox);
        self.run_or_refuse(set.required().map(|set| Move {
            set,
            mailbox: wire_mailbox(&name),
        }))
    }

    /// Moves messages to the end of a mailbox by three commands, where there is no `MOVE`.
    ///
    /// They are copied, get `\Deleted`, and are removed by UID EXPUNGE, which needs `UIDPLUS`:
    /// nothing else that has `\Deleted` is touched. Each command is sent when the server has said
    /// OK to the one before; if it refuses the second or the third, the messages are in both
    /// mailboxes.
    ///
    /// [RFC 6851 section 3.3](https://www.rfc-editor.org/rfc/rfc6851#section-3.3)
    pub fn uid_move_by_copy<'s, 'm>(
        &mut self,
        set: impl Into<MessageSet<'s, Uid>>,
        mailbox: impl Into<MailboxName<'m>>,
    ) -> D::Run<'_, MoveByCopyAnswer> {
        let (set, name) = (set.into(), self.wire(mailbox));
        self.run_or_refuse(set.required().map(|set| {
            MoveByCopy(Move {
                set,
                mailbox: wire_mailbox(&name),
            })
        }))
    }

    /// Removes all messages of the selected mailbox that have `\Deleted`.
    ///
    /// ```text
    /// C: A202 EXPUNGE
    /// S: * 3 EXPUNGE
    /// S: * 3 EXPUNGE
    /// S: A202 OK EXPUNGE completed
    /// ```
    ///
    /// [RFC 9051 section 6.4.3](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.3)
    pub fn expunge(&mut self) -> D::Run<'_, ExpungeAnswer> {
        self.run(&Ask::EXPUNGE)
    }

    /// Removes those of these messages that have `\Deleted`.
    ///
    /// Needs `UIDPLUS` or `IMAP4rev2`: it is never replaced by a plain EXPUNGE, which removes more.
    ///
    /// [RFC 4315 section 2.1](https://www.rfc-editor.org/rfc/rfc4315#section-2.1)
    pub fn uid_expunge<'s>(
        &mut self,
        set: impl Into<MessageSet<'s, Uid>>,
    ) -> D::Run<'_, ExpungeAnswer> {
        let set = set.into();
        self.run_or_refuse(set.required().map(|set| UidExpunge { set }))
    }
}
