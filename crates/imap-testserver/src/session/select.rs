//! SELECT, EXAMINE and UNSELECT.

use imap_proto::command::{QResync, SelectParameter, SeqMatch};
use imap_proto::{
    Code, FetchItem, Flag, Mailbox, Response, Rights, SeqNum, SequenceSetBuf, Uid, UidSetBuf,
};

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
        parameters: &[SelectParameter<'a>],
        read_only: bool,
    ) -> Answer<'a> {
        let resync = self.select_parameters(parameters)?;
        if self.selected.take().is_some() {
            self.send_code(Code::Closed, "the mailbox before is closed");
        }
        let (place, id) = self.lookup(store, mailbox, Rights::READ)?;
        let rights = self.rights(store, &place.owner, id);
        let read_only = read_only || !CHANGES.iter().any(|change| rights.contains(*change));
        let first_recent = if read_only {
            store.mailbox(id).map(store::Mailbox::recent_from)
        } else {
            store.take_recent(id)
        };
        let mailbox_data = store.mailbox(id).ok_or(Reply::no_mailbox())?;
        let recent = mailbox_data.messages_from(first_recent.unwrap_or(u32::MAX));
        let selected = Selected {
            read_only,
            recent: recent.iter().map(|message| message.uid).collect(),
            ..Selected::new(id, place.owner.clone(), mailbox_data)
        };
        self.describe(call, &selected, mailbox_data);
        if self.enabled.rev2 {
            self.send_list(call, &self.name_of(&place), &[], &[]);
        }
        if let Some(resync) = resync {
            self.resynchronize(&selected, mailbox_data, resync);
        }
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
        let highest = Code::HighestModSeq(mailbox.highest_mod_seq());
        self.send_code(highest, "highest modification sequence");
        let id = Code::MailboxId(call.mailbox_id(selected.id));
        self.send_code(id, "identifier of the mailbox");
        let unseen = |message: &&store::Message| !message.flags.contains(&Flag::Seen);
        let first = mailbox.messages().iter().find(unseen);
        if let Some(seq) = first.and_then(|message| selected.seq(message.uid)) {
            // IMAP4rev2 has no UNSEEN, and UIDONLY no number to tell.
            if !self.enabled.rev2 && !self.enabled.uid_only {
                self.send_code(Code::Unseen(seq), "first message that is not seen");
            }
        }
    }

    /// What the parameters say: whether the client knew the mailbox before.
    fn select_parameters<'a>(
        &mut self,
        parameters: &[SelectParameter<'a>],
    ) -> Result<Option<&'a QResync<'a>>, Reply<'static>> {
        let mut resync = None;
        for parameter in parameters {
            match parameter {
                SelectParameter::CondStore => self.enabled.condstore = true,
                SelectParameter::QResync(known) if self.enabled.qresync => resync = Some(*known),
                SelectParameter::QResync(_) => return Err(Reply::bad("enable QRESYNC first")),
                _ => return Err(Reply::bad("this parameter of SELECT is not known here")),
            }
        }
        Ok(resync)
    }

    /// Tells what has changed since the client knew the mailbox.
    ///
    /// [RFC 7162 section 3.2.5](https://www.rfc-editor.org/rfc/rfc7162#section-3.2.5)
    fn resynchronize(
        &mut self,
        selected: &Selected,
        mailbox: &store::Mailbox,
        known: &QResync<'_>,
    ) {
        if known.uid_validity != mailbox.uid_validity {
            return;
        }
        let mut gone = mailbox.gone_since(known.mod_seq);
        let known_uids = known.known_uids.map(UidSetBuf::from);
        if let Some(uids) = &known_uids {
            gone = gone.intersection(uids);
        }
        if let Some(last) = known
            .seq_match
            .and_then(|known| last_match(selected, known))
        {
            gone = gone.difference(&UidSetBuf::range(Uid::MIN, last));
        }
        self.send_vanished(&gone, true);
        for message in mailbox.messages() {
            let is_known = known_uids.as_ref().is_none_or(|k| k.contains(message.uid));
            if message.mod_seq > known.mod_seq && is_known {
                let flags = self.flags(selected, message);
                let items = [
                    FetchItem::Uid(message.uid),
                    FetchItem::Flags(&flags),
                    FetchItem::ModSeq(message.mod_seq),
                ];
                self.send_fetch(selected, message.uid, &items);
            }
        }
    }
}

/// The last message that has the number which the client knows: it knows what is gone in front of it.
///
/// [RFC 7162 section 3.2.5.2](https://www.rfc-editor.org/rfc/rfc7162#section-3.2.5.2)
fn last_match(selected: &Selected, known: SeqMatch<'_>) -> Option<Uid> {
    let last = SeqNum::try_from(selected.exists()).ok()?;
    let seqs = SequenceSetBuf::from(known.seqs);
    let uids = UidSetBuf::from(known.uids);
    let pairs = seqs.numbers(last).zip(uids.numbers(Uid::MAX));
    let pairs = pairs.take_while(|(seq, _)| *seq <= last);
    let is_match = |(seq, uid): &(SeqNum, Uid)| selected.seq(*uid) == Some(*seq);
    pairs.filter(is_match).last().map(|(_, uid)| uid)
}

/// Without any of these rights, a mailbox can be read only.
///
/// [RFC 4314 section 5.2](https://www.rfc-editor.org/rfc/rfc4314#section-5.2)
const CHANGES: [Rights; 5] = [
    Rights::INSERT,
    Rights::EXPUNGE,
    Rights::DELETE_MESSAGES,
    Rights::WRITE,
    Rights::SEEN,
];
