//! The mirror of the selected mailbox.

use imap_proto::{Code, Flag, Response, SeqNum, Uid, UidValidity};

/// The selected mailbox, as the server described it and kept up to date by what it tells.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Selected {
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
    /// The highest modification sequence, if the mailbox has such (RFC 7162).
    pub highest_mod_seq: Option<u64>,
    /// Whether nothing can be changed.
    pub read_only: bool,
}

impl Selected {
    /// Takes what a response tells about the mailbox, and says whether it did.
    pub(crate) fn update(&mut self, response: &Response<'_>) -> bool {
        match response {
            Response::Exists(n) => self.exists = *n,
            Response::Recent(n) => self.recent = Some(*n),
            Response::Expunge(_) => self.exists = self.exists.saturating_sub(1),
            Response::Flags(flags) => self.flags = flags.iter().collect(),
            Response::Status(status) => return status.code.is_some_and(|c| self.update_code(&c)),
            _ => return false,
        }
        true
    }

    fn update_code(&mut self, code: &Code<'_>) -> bool {
        match code {
            Code::HighestModSeq(n) => self.highest_mod_seq = Some(*n),
            Code::PermanentFlags(flags) => self.permanent_flags = Some(flags.iter().collect()),
            Code::ReadOnly => self.read_only = true,
            Code::ReadWrite => self.read_only = false,
            Code::UidNext(uid) => self.uid_next = Some(*uid),
            Code::UidValidity(validity) => self.uid_validity = Some(*validity),
            Code::Unseen(seq) => self.unseen = Some(*seq),
            _ => return false,
        }
        true
    }
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
