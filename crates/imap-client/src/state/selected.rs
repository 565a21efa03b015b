//! The mirror of the selected mailbox.

use imap_proto::{
    Code, Flag, IString, Mailbox, MessageNumber, Response, SeqNum, Uid, UidSet, UidSetBuf,
    UidValidity, response,
};

/// The selected mailbox, as the server described it and kept up to date by what it tells.
///
/// [RFC 9051 section 6.3.2](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.2)
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Selected {
    wire_name: Box<[u8]>,
    /// How many messages there are.
    pub exists: u32,
    /// How many messages have `\Recent`; not told in `IMAP4rev2`.
    pub recent: Option<u32>,
    /// The first message without `\Seen` when the mailbox was selected.
    pub unseen: Option<SeqNum>,
    /// Which flags there are.
    pub flags: OwnedFlags,
    /// Which flags can be changed for good.
    pub permanent_flags: Option<OwnedFlags>,
    /// What the next message will get.
    pub uid_next: Option<Uid>,
    /// Whether UIDs kept from an earlier session are still good.
    pub uid_validity: Option<UidValidity>,
    /// The mailbox does not keep its UIDs, so that they are good in this session only,
    /// [RFC 4315 section 3](https://www.rfc-editor.org/rfc/rfc4315#section-3).
    pub uid_not_sticky: bool,
    /// The highest modification sequence that all is known up to, if the mailbox has such.
    ///
    /// It is raised at the end of each command, as
    /// [RFC 7162 section 6](https://www.rfc-editor.org/rfc/rfc7162#section-6) says, so that it can be
    /// kept for the next `QRESYNC`.
    pub highest_mod_seq: Option<u64>,
    /// The server said that the mailbox keeps no modification sequences,
    /// [RFC 7162 section 3.1.2.2](https://www.rfc-editor.org/rfc/rfc7162#section-3.1.2.2).
    pub no_mod_seq: bool,
    /// The identifier of the mailbox, which stays when it is renamed,
    /// [RFC 8474 section 4.2](https://www.rfc-editor.org/rfc/rfc8474#section-4.2).
    pub mailbox_id: Option<Box<str>>,
    /// Whether nothing can be changed.
    pub read_only: bool,
    changes: Changes,
}

/// Modification sequences that came since the last command ended.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
struct Changes {
    /// The highest one of FETCH responses.
    highest: u64,
    /// The server told the highest one of the mailbox itself, which counts whatever else came.
    told: bool,
}

impl Selected {
    /// A mailbox of which nothing is known but its name.
    pub(crate) fn new(wire_name: Box<[u8]>, read_only: bool) -> Self {
        Self {
            wire_name,
            read_only,
            ..Self::default()
        }
    }

    /// The name of the mailbox as it is on the wire, to pass to commands.
    pub fn mailbox(&self) -> Mailbox<'_> {
        Mailbox::from(IString(&self.wire_name))
    }

    /// The name of the mailbox as people read it.
    pub fn name(&self) -> String {
        self.mailbox().decode().into_owned()
    }

    /// Takes what a response tells about the mailbox as a whole, and says whether it did.
    pub(crate) fn update(&mut self, response: &Response<'_>) -> bool {
        match response {
            Response::Exists(n) => self.exists = *n,
            Response::Recent(n) => self.recent = Some(*n),
            Response::Expunge(_) => self.exists = self.exists.saturating_sub(1),
            Response::Flags(flags) => self.flags = flags.iter().collect(),
            Response::Status(status) => return self.update_status(status),
            _ => return false,
        }
        true
    }

    /// Takes what a response tells about messages.
    pub(crate) fn update_messages(&mut self, response: &Response<'_>) {
        match response {
            Response::Fetch(fetch) => self.changed(fetch),
            Response::UidFetch(fetch) => self.changed(fetch),
            // What vanished earlier was not counted when the mailbox was selected.
            Response::Vanished(vanished) if !vanished.earlier => {
                self.exists = self.exists.saturating_sub(count(vanished.uids));
            }
            _ => {}
        }
    }

    /// A command ended: all that belongs to the modification sequences which came has come.
    pub(crate) fn command_ended(&mut self) {
        let Changes { highest, told } = std::mem::take(&mut self.changes);
        if let Some(known) = self.highest_mod_seq.filter(|_| !told) {
            self.highest_mod_seq = Some(known.max(highest));
        }
    }

    fn changed<N: MessageNumber>(&mut self, fetch: &response::Fetch<'_, N>) {
        let mod_seq = fetch.mod_seq().unwrap_or_default();
        self.changes.highest = self.changes.highest.max(mod_seq);
    }

    fn update_status(&mut self, status: &response::StatusResponse<'_>) -> bool {
        match status.code {
            // With a tag it is about a mailbox that was made.
            Some(Code::MailboxId(id)) if status.tag.is_none() => {
                self.mailbox_id = Some(id.as_str().into());
                true
            }
            Some(code) => self.update_code(&code),
            None => false,
        }
    }

    fn update_code(&mut self, code: &Code<'_>) -> bool {
        match code {
            Code::HighestModSeq(n) => {
                self.highest_mod_seq = Some(*n);
                self.changes.told = true;
            }
            Code::NoModSeq => {
                self.highest_mod_seq = None;
                self.no_mod_seq = true;
            }
            Code::PermanentFlags(flags) => self.permanent_flags = Some(flags.iter().collect()),
            Code::ReadOnly => self.read_only = true,
            Code::ReadWrite => self.read_only = false,
            Code::UidNext(uid) => self.uid_next = Some(*uid),
            Code::UidNotSticky => self.uid_not_sticky = true,
            Code::UidValidity(validity) => self.uid_validity = Some(*validity),
            Code::Unseen(seq) => self.unseen = Some(*seq),
            _ => return false,
        }
        true
    }
}

/// How many UIDs a set has that a server sent.
fn count(uids: UidSet<'_>) -> u32 {
    let known = UidSetBuf::from(uids).len().unwrap_or_default();
    u32::try_from(known).unwrap_or(u32::MAX)
}

/// Flags that own their text.
///
/// ```
/// use imap_client::OwnedFlags;
/// use imap_proto::Flag;
///
/// let flags: OwnedFlags = [Flag::Seen, Flag::Any].iter().collect();
/// assert!(flags.contains(Flag::Seen));
/// assert_eq!(flags.to_string(), "\\Seen \\*");
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct OwnedFlags(Box<str>);

impl OwnedFlags {
    /// The flags.
    pub fn iter(&self) -> impl Iterator<Item = Flag<'_>> {
        self.0.split(' ').filter_map(|text| Flag::new(text).ok())
    }

    /// Octets of their text.
    pub(crate) fn octets(&self) -> usize {
        self.0.len()
    }

    /// Whether this flag is there.
    pub fn contains(&self, flag: Flag<'_>) -> bool {
        self.iter().any(|f| f == flag)
    }
}

impl<'f, 'a> FromIterator<&'f Flag<'a>> for OwnedFlags
where
    'a: 'f,
{
    fn from_iter<I: IntoIterator<Item = &'f Flag<'a>>>(flags: I) -> Self {
        let texts: Vec<String> = flags.into_iter().map(ToString::to_string).collect();
        Self(texts.join(" ").into())
    }
}

impl std::fmt::Display for OwnedFlags {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
