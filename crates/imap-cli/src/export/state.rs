//! What the journal of an exported mailbox has in it.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// A line of the journal.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Entry {
    /// From here on it is about this mailbox; after another UIDVALIDITY none of the UIDs before are good.
    Mailbox {
        name: String,
        #[serde(rename = "uid-validity")]
        uid_validity: u32,
    },
    /// A message that was exported, or what it is like by now.
    Message(Message),
    /// From this octet of an mbox file on something is being written.
    Writing(u64),
}

/// A message that was exported.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Message {
    pub(crate) uid: u32,
    /// Octets of the message as it came.
    pub(crate) size: u64,
    /// The internal date as IMAP writes it, without the quotes; empty if it was not told.
    pub(crate) date: String,
    pub(crate) flags: Vec<String>,
    /// Where it ends in an mbox file, in octets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) end: Option<u64>,
}

/// The state that a journal tells of.
#[derive(Debug, Default, Eq, PartialEq)]
pub(crate) struct State {
    /// The UIDVALIDITY of the last set of messages.
    pub(crate) uid_validity: Option<u32>,
    /// The messages by their UIDs.
    pub(crate) messages: HashMap<u32, Message>,
    /// Where the last whole message of an mbox file ends.
    pub(crate) end: u64,
    /// From which octet on something was written that did not come to its end.
    pub(crate) writing: Option<u64>,
}

impl State {
    pub(crate) fn new(entries: Vec<Entry>) -> Self {
        let mut state = Self::default();
        for entry in entries {
            match entry {
                Entry::Mailbox { uid_validity, .. } => {
                    state = Self {
                        uid_validity: Some(uid_validity),
                        ..Self::default()
                    };
                }
                Entry::Message(message) => {
                    state.writing = None;
                    state.end = message.end.unwrap_or(state.end);
                    state.messages.insert(message.uid, message);
                }
                Entry::Writing(at) => state.writing = Some(at),
            }
        }
        state
    }
}

/// The name of the journal in the folder of a Maildir, and what that of an mbox file ends with.
pub(crate) const FILE: &str = "imap-export";

#[cfg(test)]
mod tests {
    use super::*;

    fn message(uid: u32, flags: &[&str]) -> Entry {
        Entry::Message(Message {
            uid,
            size: 5,
            date: "17-Jul-1996 02:44:25 -0700".to_owned(),
            flags: flags.iter().map(|flag| (*flag).to_owned()).collect(),
            end: Some(u64::from(uid) * 10),
        })
    }

    #[test]
    fn ok_entries_are_one_line_each() {
        let mailbox = Entry::Mailbox {
            name: "a\nb".to_owned(),
            uid_validity: 7,
        };
        let lines = [mailbox, message(1, &["\\Seen"])].map(|e| serde_json::to_string(&e).unwrap());
        assert_eq!(
            lines,
            [
                r#"{"mailbox":{"name":"a\nb","uid-validity":7}}"#,
                r#"{"message":{"uid":1,"size":5,"date":"17-Jul-1996 02:44:25 -0700","flags":["\\Seen"],"end":10}}"#,
            ]
        );
    }

    #[test]
    fn ok_last_word_counts_and_a_new_uid_validity_begins_anew() {
        let mailbox = |uid_validity| Entry::Mailbox {
            name: "a".to_owned(),
            uid_validity,
        };
        let mut entries = vec![mailbox(1), message(1, &[]), message(2, &[])];
        entries.extend([message(1, &["\\Seen"]), Entry::Writing(20)]);
        let state = State::new(entries.clone());
        assert_eq!(state.uid_validity, Some(1));
        assert_eq!(state.messages[&1].flags, ["\\Seen"]);
        assert_eq!(state.writing, Some(20));
        entries.extend([mailbox(2), message(3, &[])]);
        let state = State::new(entries);
        assert_eq!(state.messages.len(), 1);
        assert_eq!((state.end, state.writing), (30, None));
    }
}
