//! What the journal of an imported mailbox has in it.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

/// A line of the journal.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Entry {
    /// From here on it is about the mailbox with this UIDVALIDITY, the next message of which gets the UID
    /// `next`. What was imported into one with another UIDVALIDITY is not in this one.
    Mailbox {
        name: String,
        #[serde(rename = "uid-validity")]
        uid_validity: u32,
        next: u32,
    },
    /// These messages are about to be sent.
    Sending { keys: Vec<String> },
    /// Of the messages that were sent last these are in the mailbox; what is sent later gets UIDs from
    /// `next` on.
    Sent { keys: Vec<String>, next: u32 },
}

/// The state that a journal tells of.
#[derive(Debug, Default, Eq, PartialEq)]
pub(super) struct State {
    pub(super) uid_validity: Option<u32>,
    /// The least UID that a message has which is not known to be in the mailbox.
    pub(super) next: u32,
    /// The messages that are in the mailbox.
    pub(super) sent: HashSet<String>,
    /// Those that may be there.
    pub(super) sending: Vec<String>,
}

impl State {
    pub(super) fn new(entries: Vec<Entry>) -> Self {
        let mut state = Self::default();
        entries.into_iter().for_each(|entry| state.take(entry));
        state
    }

    pub(super) fn take(&mut self, entry: Entry) {
        match entry {
            Entry::Mailbox {
                uid_validity, next, ..
            } => {
                *self = Self {
                    uid_validity: Some(uid_validity),
                    next,
                    ..Self::default()
                };
            }
            Entry::Sending { keys } => self.sending = keys,
            Entry::Sent { keys, next } => {
                self.sending.clear();
                self.sent.extend(keys);
                self.next = self.next.max(next);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(keys: &[&str]) -> Vec<String> {
        keys.iter().map(|key| (*key).to_owned()).collect()
    }

    #[test]
    fn ok_what_was_sending_is_in_doubt() {
        let mailbox = |uid_validity| Entry::Mailbox {
            name: "INBOX".to_owned(),
            uid_validity,
            next: 5,
        };
        let mut state = State::new(vec![
            mailbox(1),
            Entry::Sending {
                keys: keys(&["a", "b"]),
            },
            Entry::Sent {
                keys: keys(&["a"]),
                next: 6,
            },
            Entry::Sending {
                keys: keys(&["b", "c"]),
            },
        ]);
        assert_eq!(state.sending, ["b", "c"]);
        assert_eq!(state.next, 6);
        assert!(state.sent.contains("a") && !state.sent.contains("b"));
        state.take(mailbox(2));
        assert_eq!(
            (state.sent.len(), state.sending.len(), state.next),
            (0, 0, 5)
        );
    }

    #[test]
    fn ok_entries_are_one_line_each() {
        let entry = Entry::Sent {
            keys: keys(&["1.a\n"]),
            next: 6,
        };
        let line = serde_json::to_string(&entry).unwrap();
        assert_eq!(line, r#"{"sent":{"keys":["1.a\n"],"next":6}}"#);
    }
}
