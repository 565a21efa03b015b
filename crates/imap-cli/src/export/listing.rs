//! What there is in a mailbox on the server.

use std::collections::HashMap;

use imap_client::Error;
use imap_client::blocking::Client;
use imap_proto::{FetchItemName, Flag, IString, SequenceSetBuf};
use imap_util::InternalDate;

/// A mailbox of the account.
#[derive(Clone, Debug)]
pub(super) struct Mailbox {
    /// The name as people read it.
    pub(super) name: String,
    /// The name as it is on the wire.
    pub(super) wire_name: Vec<u8>,
    /// The name by its levels.
    pub(super) levels: Vec<String>,
}

/// A message on the server.
#[derive(Clone, Copy, Debug)]
pub(super) struct Message {
    pub(super) uid: u32,
    /// Octets, as the server tells them.
    pub(super) size: u64,
    /// The internal date; nothing if it cannot be read.
    pub(super) date: Option<InternalDate>,
    /// Which set of flags it has: a place in [`Listing::flag_sets`].
    pub(super) flags: usize,
}

/// The messages of a mailbox by ascending UIDs.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub(super) uid_validity: u32,
    pub(super) messages: Vec<Message>,
    /// The sets of flags that messages have, since many have the same.
    pub(super) flag_sets: Vec<Vec<String>>,
}

impl Listing {
    /// Selects a mailbox for reading, and asks for what all of its messages are like.
    pub(super) fn fetch(client: &mut Client, mailbox: &Mailbox) -> Result<Self, Error> {
        let (uid_validity, exists) = examine(client, mailbox)?;
        let mut listing = Self {
            uid_validity,
            ..Self::default()
        };
        if exists > 0 {
            let items = [
                FetchItemName::Uid,
                FetchItemName::Flags,
                FetchItemName::InternalDate,
                FetchItemName::Rfc822Size,
            ];
            let mut places = HashMap::new();
            client.fetch_each(SequenceSetBuf::all(), &items, |fetch| {
                // What changes meanwhile is told by responses with less in them.
                if let (Some(uid), Some(size)) = (fetch.uid(), fetch.size()) {
                    let flags = listing.flag_set(fetch.flags().unwrap_or_default(), &mut places);
                    listing.messages.push(Message {
                        uid: uid.get(),
                        size,
                        date: fetch.internal_date(),
                        flags,
                    });
                }
            })?;
        }
        listing.messages.sort_by_key(|message| message.uid);
        listing.messages.dedup_by_key(|message| message.uid);
        Ok(listing)
    }

    /// The flags of a message.
    pub(super) fn flags(&self, message: &Message) -> &[String] {
        self.flag_sets.get(message.flags).map_or(&[], Vec::as_slice)
    }

    /// The place of a set of flags, by the places that are known.
    fn flag_set(&mut self, flags: &[Flag<'_>], places: &mut HashMap<Vec<String>, usize>) -> usize {
        let kept = flags.iter().filter(|flag| flag.is_settable());
        let mut names: Vec<String> = kept.map(ToString::to_string).collect();
        names.sort_unstable();
        names.dedup();
        if let Some(place) = places.get(&names) {
            return *place;
        }
        let place = self.flag_sets.len();
        self.flag_sets.push(names.clone());
        places.insert(names, place);
        place
    }
}

/// Selects a mailbox for reading, and gives its UIDVALIDITY and how many messages it has.
pub(super) fn examine(client: &mut Client, mailbox: &Mailbox) -> Result<(u32, u32), Error> {
    let selected = client.examine(imap_proto::Mailbox::from(IString(&mailbox.wire_name)))?;
    let uid_validity = selected.uid_validity.filter(|_| !selected.uid_not_sticky);
    let uid_validity = uid_validity.ok_or(Error::Unsupported("UIDs that stay"))?;
    Ok((uid_validity.get(), selected.exists))
}
