//! The mailbox on the server that messages are imported into.

use std::collections::HashMap;

use imap_client::blocking::Client;
use imap_client::{AppendOptions, Appended, Error, OwnedFlags};
use imap_proto::command::{Append, AppendData, AppendMessage};
use imap_proto::{
    Bound, Capability, FetchItemName, Flag, IString, Section, StatusItemName, Uid, UidSetBuf,
    UidValidity,
};
use sha2::{Digest as _, Sha256};

use super::source::{Contents, Digesting, Loaded};

/// The mailbox that messages are imported into, selected.
pub(super) struct Target<'c> {
    client: &'c mut Client,
    name: String,
    pub(super) uid_validity: u32,
    /// The UID that the next message gets at least.
    pub(super) next: u32,
    permanent: Option<OwnedFlags>,
}

/// What became of a message that was sent.
pub(super) type Outcome = Result<Option<Appended>, Error>;

/// A message by what it consists of: its size in octets and the digest of them.
pub(super) type Identity = (u64, [u8; 32]);

impl<'c> Target<'c> {
    /// Selects the mailbox, which is made if it is not there.
    pub(super) fn select(client: &'c mut Client, name: &str) -> Result<Self, Error> {
        let selected = match client.select(name) {
            Err(Error::Refused(refusal)) => match client.create(name) {
                Ok(()) => {
                    // Not all servers have subscriptions, and nothing hangs on them.
                    if let Err(error) = client.subscribe(name)
                        && error.is_fatal()
                    {
                        return Err(error);
                    }
                    client.select(name)?
                }
                // Another connection was quicker, or it is there but cannot be selected.
                Err(Error::Refused(_)) => match client.select(name) {
                    Err(Error::Refused(_)) => return Err(Error::Refused(refusal)),
                    selected => selected?,
                },
                Err(error) => return Err(error),
            },
            selected => selected?,
        };
        let uid_validity = selected.uid_validity.map(UidValidity::get);
        let permanent = selected.permanent_flags.clone();
        let next = selected.uid_next.map(Uid::get);
        let mut target = Self {
            client,
            name: name.to_owned(),
            uid_validity: uid_validity.ok_or(Error::NoData("SELECT"))?,
            next: 1,
            permanent,
        };
        target.next = match next {
            Some(next) => next,
            None => target.ask_next()?,
        };
        Ok(target)
    }

    /// Whether several messages can go with one command, all of them or none.
    pub(super) fn has_multi_append(&self) -> bool {
        self.client.state().has(Capability::MultiAppend)
    }

    /// Sends messages that are in memory, all of them or none.
    pub(super) fn append_all(&mut self, messages: &[Loaded]) -> Outcome {
        let flags: Vec<Vec<Flag<'_>>> =
            messages.iter().map(|message| self.flags(message)).collect();
        let messages = messages.iter().zip(&flags);
        let messages: Vec<AppendMessage<'_>> = messages
            .map(|(message, flags)| self.message(message, flags))
            .collect();
        let appended = self.client.append_messages(&self.name, &messages);
        self.forget_news();
        appended
    }

    /// Sends messages that are in memory, each with a command of its own, without waiting in between.
    pub(super) fn append_each(&mut self, messages: &[Loaded]) -> Result<Vec<Outcome>, Error> {
        let name = imap_client::MailboxName::from(&self.name);
        let name = name.to_wire(self.client.state().utf8());
        let mut tickets = Vec::new();
        for message in messages {
            let flags = self.flags(message);
            let message = self.message(message, &flags);
            let append = Append::one(IString(&name).into(), &message);
            tickets.push(self.client.submit(&append));
        }
        let mut outcomes = Vec::new();
        for ticket in tickets {
            let outcome = ticket.and_then(|ticket| self.client.answer(ticket));
            match outcome {
                Err(error) if error.is_fatal() => return Err(error),
                outcome => outcomes.push(outcome),
            }
        }
        self.forget_news();
        Ok(outcomes)
    }

    /// Sends a message, from its file if it is there.
    pub(super) fn append(&mut self, message: &Loaded) -> Outcome {
        let flags = self.flags(message);
        let options = AppendOptions {
            flags: &flags,
            date: message.date,
        };
        let appended = match &message.contents {
            Contents::File(file, length) => {
                self.client
                    .append_from(&self.name, &mut &*file, *length, options)
            }
            Contents::Memory(octets) => self.client.append(&self.name, octets, options),
        };
        self.forget_news();
        appended
    }

    /// The UID that a message gets at least which is sent after those that were appended.
    pub(super) fn next_after(&mut self, outcomes: &[Outcome]) -> Result<u32, Error> {
        let told = outcomes.iter().filter_map(|outcome| outcome.as_ref().ok());
        let mut last = Some(0);
        for appended in told {
            let uids = appended
                .as_ref()
                .filter(|a| a.uid_validity.get() == self.uid_validity);
            let uid = uids.and_then(|appended| largest(&appended.uids));
            last = last.zip(uid).map(|(last, uid)| last.max(uid));
        }
        match last {
            Some(last) => Ok(self.next.max(last.saturating_add(1))),
            None => self.ask_next(),
        }
    }

    /// Finds messages among those that have UIDs from `next` on, and gives the UIDs of those that are
    /// there. Where several are alike, each stands for one.
    pub(super) fn find(
        &mut self,
        next: u32,
        wanted: &[Identity],
    ) -> Result<Vec<Option<u32>>, Error> {
        // The server tells what came meanwhile.
        self.client.noop()?;
        self.forget_news();
        let mut there: HashMap<Identity, Vec<u32>> = HashMap::new();
        for (uid, size) in self.sizes(next)? {
            if wanted.iter().any(|identity| identity.0 == size) {
                let mut digest = Sha256::new();
                let out = &mut Digesting(&mut digest);
                if self.client.uid_fetch_to(uid, Section::ALL, out)?.is_some() {
                    let identity = (size, digest.finalize().into());
                    there.entry(identity).or_default().push(uid.get());
                }
            }
        }
        let find = |identity| there.get_mut(identity).and_then(Vec::pop);
        Ok(wanted.iter().map(find).collect())
    }

    /// The sizes of the messages that have UIDs from `next` on, the last of which comes first.
    fn sizes(&mut self, next: u32) -> Result<Vec<(Uid, u64)>, Error> {
        let mut sizes = Vec::new();
        let exists = self
            .client
            .state()
            .selected()
            .map_or(0, |selected| selected.exists);
        if let Ok(first) = Uid::try_from(next.max(1))
            && exists > 0
        {
            let items = [FetchItemName::Uid, FetchItemName::Rfc822Size];
            self.client
                .uid_fetch_each(UidSetBuf::starting_at(first), &items, |fetch| {
                    // The last message is in every set that ends with `*`.
                    if let (Some(uid), Some(size)) = (fetch.uid(), fetch.size())
                        && uid >= first
                    {
                        sizes.push((uid, size));
                    }
                })?;
        }
        sizes.sort_unstable_by(|a, b| b.cmp(a));
        Ok(sizes)
    }

    fn ask_next(&mut self) -> Result<u32, Error> {
        let status = self.client.status(&self.name, &[StatusItemName::UidNext])?;
        let next = status.uid_next.ok_or(Error::NoData("STATUS"))?;
        Ok(self.next.max(next.get()))
    }

    /// The flags of a message that the mailbox keeps.
    fn flags<'m>(&self, message: &'m Loaded) -> Vec<Flag<'m>> {
        let flags = message.flags.iter().filter_map(|flag| Flag::new(flag).ok());
        let is_kept = |flag: &Flag<'_>| match (&self.permanent, flag) {
            (Some(permanent), Flag::Keyword(_)) => {
                permanent.contains(Flag::Any) || permanent.contains(*flag)
            }
            (_, flag) => flag.is_settable(),
        };
        flags.filter(is_kept).collect()
    }

    fn message<'m>(&self, message: &'m Loaded, flags: &'m [Flag<'m>]) -> AppendMessage<'m> {
        let octets = match &message.contents {
            Contents::Memory(octets) => octets.as_slice(),
            // cannot happen: those are sent alone
            Contents::File(..) => &[],
        };
        let is_binary = octets.contains(&0) && self.client.state().has(Capability::Binary);
        AppendMessage {
            flags,
            date: message.date,
            data: if is_binary {
                AppendData::Literal8(IString(octets))
            } else {
                AppendData::Literal(IString(octets))
            },
            ..AppendMessage::new(octets)
        }
    }

    /// Nobody wants to know that there are new messages.
    fn forget_news(&mut self) {
        while self.client.next_event().is_some() {}
    }
}

/// The largest UID of a set that a server sent.
fn largest(uids: &UidSetBuf) -> Option<u32> {
    let bounds = uids
        .ranges()
        .iter()
        .flat_map(|range| [range.start, range.end]);
    let numbers = bounds.filter_map(|bound| match bound {
        Bound::Number(uid) => Some(uid.get()),
        Bound::Largest => None,
    });
    numbers.max()
}

/// A name from its levels, where the levels have this delimiter. What was no delimiter stays none.
pub(super) fn mailbox_name(levels: &[String], delimiter: Option<char>) -> String {
    let Some(delimiter) = delimiter else {
        return levels.join("_");
    };
    let levels: Vec<String> = levels
        .iter()
        .map(|level| level.replace(delimiter, "_"))
        .collect();
    levels.join(&delimiter.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_names_with_another_delimiter() {
        let levels = ["a.b".to_owned(), "c/d".to_owned()];
        assert_eq!(mailbox_name(&levels, Some('.')), "a_b.c/d");
        assert_eq!(mailbox_name(&levels, Some('/')), "a.b/c_d");
        assert_eq!(mailbox_name(&levels, None), "a.b_c/d");
    }
}
