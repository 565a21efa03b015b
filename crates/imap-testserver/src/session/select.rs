//! SELECT, EXAMINE and UNSELECT.

use imap_proto::command::SelectParameter;
use imap_proto::{Code, Flag, Mailbox, Response, Uid, UidSetBuf};

use super::Session;
use super::reply::{Answer, Call, Reply};
use super::state::Selected;
use crate::store::{self, Store};

impl Session {
    /// [RFC 9051 section 6.3.2](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.2)
    pub(super) fn select<'a>(
        &mut self,
        store: &mut Store,
        call: Call<'a>,
        mailbox: Mailbox<'a>,
        _parameters: &[SelectParameter<'a>],
        read_only: bool,
    ) -> Answer<'a> {
        if self.selected.take().is_some() {
            self.send_code(Code::Closed, "the mailbox before is closed");
        }
        let (_, id) = self.lookup(store, mailbox)?;
        let first_recent = if read_only {
            store.mailbox(id).map(store::Mailbox::recent_from)
        } else {
            store.take_recent(id)
        };
        let mailbox_data = store.mailbox(id).ok_or(Reply::no_mailbox())?;
        let messages = mailbox_data.messages();
        let recent = mailbox_data.messages_from(first_recent.unwrap_or(u32::MAX));
        let selected = Selected {
            id,
            read_only,
            uids: messages.iter().map(|message| message.uid).collect(),
            uid_next: mailbox_data.uid_next(),
            told: mailbox_data.highest_mod_seq(),
            expunged: mailbox_data.highest_mod_seq(),
            recent: recent.iter().map(|message| message.uid).collect(),
            saved: UidSetBuf::new(),
        };
        self.describe(call, &selected, mailbox_data);
        self.selected = Some(selected);
        let code = if read_only {
            Code::ReadOnly
        } else {
            Code::ReadWrite
        };
        Ok(Reply::ok("the mailbox is selected").with_code(code))
    }

    /// [RFC 3691](https://www.rfc-editor.org/rfc/rfc3691)
    pub(super) fn unselect(&mut self) -> Answer<'static> {
        self.selected = None;
        Ok(Reply::ok("UNSELECT completed"))
    }

    /// What a client is told of a mailbox that it selects.
    fn describe(&mut self, call: Call<'_>, selected: &Selected, mailbox: &store::Mailbox) {
        let flags = call.arena.alloc_slice(mailbox.known_flags());
        self.out.send(&Response::Flags(flags));
        self.out.send(&Response::Exists(selected.exists()));
        self.tell_recent(selected);
        let permanent: Vec<Flag<'_>> = match selected.read_only {
            true => Vec::new(),
            false => flags.iter().copied().chain([Flag::Any]).collect(),
        };
        self.send_code(
            Code::PermanentFlags(&permanent),
            "flags that can be changed",
        );
        self.send_code(Code::UidValidity(mailbox.uid_validity), "UIDs are valid");
        if let Ok(next) = Uid::try_from(mailbox.uid_next()) {
            self.send_code(Code::UidNext(next), "UID of the next message");
        }
        let unseen = |message: &&store::Message| !message.flags.contains(&Flag::Seen);
        let first = mailbox.messages().iter().find(unseen);
        if let Some(seq) = first.and_then(|message| selected.seq(message.uid)) {
            // RFC 9051 appendix E, 4: IMAP4rev2 has no UNSEEN.
            if !self.enabled.rev2 {
                self.send_code(Code::Unseen(seq), "first message that is not seen");
            }
        }
    }
}
