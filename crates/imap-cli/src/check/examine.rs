//! The mailbox: what is told when it is examined. It is never selected, so that nothing can change.

use imap_proto::response::MailboxStatus;
use imap_proto::{Capability, Code, Response, Uid, UidValidity};
use imap_util::encode_utf7;

use super::Checker;
use super::departure::Behaviour;
use super::mailboxes::quoted;
use super::reply::{Outcome, Reply};
use crate::error::{Exit, Failure};

/// What is known of the mailbox that is examined.
#[derive(Debug, Default)]
pub(super) struct Examined {
    /// How many messages it has, if that was told.
    pub(super) exists: Option<u32>,
    pub(super) uid_next: Option<Uid>,
    pub(super) uid_validity: Option<UidValidity>,
    pub(super) highest_mod_seq: Option<u64>,
    /// Messages came or went since, so that counts need not agree any more.
    pub(super) has_changed: bool,
}

impl Examined {
    fn new(reply: &Reply) -> Self {
        let mut examined = Self::default();
        for response in reply.responses() {
            if let Response::Exists(count) = response {
                examined.exists = Some(count);
            }
        }
        for code in reply.codes() {
            match code {
                Code::UidNext(uid) => examined.uid_next = Some(uid),
                Code::UidValidity(uid_validity) => examined.uid_validity = Some(uid_validity),
                Code::HighestModSeq(mod_seq) => examined.highest_mod_seq = Some(mod_seq),
                _ => {}
            }
        }
        examined
    }

    /// Takes the news in a later reply.
    pub(super) fn update(&mut self, reply: &Reply) {
        for response in reply.responses() {
            match response {
                Response::Exists(count) if Some(count) != self.exists => {
                    self.exists = Some(count);
                    self.has_changed = true;
                }
                Response::Expunge(_) => {
                    self.exists = self.exists.map(|count| count.saturating_sub(1));
                    self.has_changed = true;
                }
                Response::Vanished(vanished) if !vanished.earlier => self.has_changed = true,
                _ => {}
            }
        }
    }
}

/// Examines the mailbox; gives how many of its messages are looked at.
pub(super) fn probe(checker: &mut Checker<'_>) -> Result<u32, Failure> {
    let name = checker.mailbox();
    let counts = checker.ask(format!("STATUS {name} (MESSAGES UIDNEXT UIDVALIDITY)"))?;
    let reply = checker.ask(format!("EXAMINE {name}"))?;
    if reply.outcome() != Outcome::Ok {
        return Err(refused(checker, &reply));
    }
    judge(checker, &reply);
    let examined = Examined::new(&reply);
    compare(checker, &counts, &examined, &reply);
    checker.examined = Some(examined);
    Ok(checker.range().map_or(0, |(first, last)| last - first + 1))
}

/// The mailbox cannot be examined, so that there is nothing more to ask.
fn refused(checker: &Checker<'_>, reply: &Reply) -> Failure {
    let mailbox = &checker.plan.mailbox;
    let exit = match reply.outcome() {
        Outcome::Unknown => Exit::Unreachable,
        _ => Exit::Missing,
    };
    Failure::new(exit, format!("cannot examine {mailbox}"))
        .with_hint("--mailbox NAME takes another one; `imap list` shows which there are")
}

impl Checker<'_> {
    /// The mailbox as an argument.
    pub(super) fn mailbox(&self) -> String {
        let wire = encode_utf7(&self.plan.mailbox);
        let quoted = quoted(wire.as_bytes());
        quoted.map_or_else(String::new, |quoted| {
            String::from_utf8_lossy(&quoted).into_owned()
        })
    }

    /// The sequence numbers of the messages to look at; nothing if there are none.
    pub(super) fn range(&self) -> Option<(u32, u32)> {
        let last = self.examined.as_ref()?.exists?;
        let first = last.saturating_sub(self.plan.messages).saturating_add(1);
        (first <= last).then_some((first, last))
    }

    /// Examines the mailbox again, after the connection was lost.
    pub(super) fn examine_again(&mut self, before: Examined) -> Result<(), Failure> {
        let reply = self.ask(format!("EXAMINE {}", self.mailbox()))?;
        self.examined = Some(match reply.outcome() {
            Outcome::Ok => Examined::new(&reply),
            _ => before,
        });
        Ok(())
    }
}

/// Whether all is told that has to be told.
fn judge(checker: &mut Checker<'_>, reply: &Reply) {
    let has_code = |is: fn(Code<'_>) -> bool| reply.codes().any(is);
    let is_rev1 = checker.has(Capability::Imap4Rev1);
    let told = [
        (
            Behaviour::MissingExists,
            "EXISTS",
            reply.has(|response| matches!(response, Response::Exists(_))),
        ),
        (
            Behaviour::MissingFlags,
            "FLAGS",
            reply.has(|response| matches!(response, Response::Flags(_))),
        ),
        (
            Behaviour::MissingRecent,
            "RECENT",
            !is_rev1 || reply.has(|response| matches!(response, Response::Recent(_))),
        ),
        (
            Behaviour::MissingPermanentFlags,
            "PERMANENTFLAGS",
            has_code(|code| matches!(code, Code::PermanentFlags(_))),
        ),
        (
            Behaviour::MissingUidNext,
            "UIDNEXT",
            has_code(|code| matches!(code, Code::UidNext(_))),
        ),
        (
            Behaviour::MissingUidValidity,
            "UIDVALIDITY",
            has_code(|code| matches!(code, Code::UidValidity(_))),
        ),
        (
            Behaviour::MissingReadOnly,
            "READ-ONLY",
            matches!(reply.tagged_code(), Some(Code::ReadOnly)),
        ),
    ];
    for (behaviour, name, is_told) in told {
        checker.want(reply, is_told, behaviour, name);
    }
}

/// Whether STATUS told the same a moment before.
fn compare(checker: &mut Checker<'_>, counts: &Reply, examined: &Examined, reply: &Reply) {
    if counts.is_damaged() || reply.is_damaged() {
        return;
    }
    let status = counts.responses().find_map(|response| match response {
        Response::MailboxStatus(status) => Some(status),
        _ => None,
    });
    let Some(status) = status else { return };
    for (name, told, later) in differences(&status, examined) {
        if let (Some(told), Some(later)) = (told, later)
            && told != later
        {
            let note = format!("{name} was {told} in STATUS and is {later} in EXAMINE");
            checker.note(Behaviour::WrongCount, reply, note);
        }
    }
}

type Difference = (&'static str, Option<u32>, Option<u32>);

fn differences(status: &MailboxStatus<'_>, examined: &Examined) -> [Difference; 3] {
    let uid_validity = |validity: Option<UidValidity>| validity.map(UidValidity::get);
    [
        ("MESSAGES", status.messages(), examined.exists),
        (
            "UIDNEXT",
            status.uid_next().map(Uid::get),
            examined.uid_next.map(Uid::get),
        ),
        (
            "UIDVALIDITY",
            uid_validity(status.uid_validity()),
            uid_validity(examined.uid_validity),
        ),
    ]
}
