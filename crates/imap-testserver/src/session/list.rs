//! LIST, LSUB and STATUS.

use imap_proto::command::{BasicList, List as ListCommand, ListPatterns, Status as StatusCommand};
use imap_proto::response::{List, MailboxStatus};
use imap_proto::{Flag, Mailbox, MailboxAttribute, Response, StatusItem, StatusItemName, Uid};

use super::Session;
use super::reply::{Answer, Call, Reply};
use crate::store::{self, INBOX, SEPARATOR, Store};

impl Session {
    /// [RFC 9051 section 6.3.9](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.9)
    pub(super) fn list<'a>(
        &mut self,
        store: &Store,
        call: Call<'a>,
        list: &ListCommand<'a>,
    ) -> Answer<'a> {
        let patterns = match list.patterns {
            ListPatterns::One(pattern) => vec![pattern],
            ListPatterns::Several(patterns) => patterns.to_vec(),
        };
        // RFC 3501 section 6.3.8: an empty pattern asks for the delimiter.
        if let ([pattern], None, None) = (&*patterns, list.select_options, list.return_options)
            && pattern.0.as_bytes().is_empty()
        {
            self.send_list(call, "", &[MailboxAttribute::NoSelect], false);
            return Ok(Reply::ok("LIST completed"));
        }
        let account = store.account(self.user()?).ok_or(Reply::no_mailbox())?;
        let reference = self.text_of(list.reference)?;
        let mut full = Vec::new();
        for pattern in patterns {
            full.push(format!("{reference}{}", self.text_of(pattern.0.into())?));
        }
        for (name, exists) in with_parents(account.folders.keys()) {
            if full.iter().any(|pattern| matches(pattern, &name)) {
                let mut attributes = vec![children(account.folders.keys(), &name)];
                if !exists {
                    attributes.push(MailboxAttribute::NoSelect);
                }
                self.send_list(call, &name, &attributes, false);
            }
        }
        Ok(Reply::ok("LIST completed"))
    }

    /// [RFC 3501 section 6.3.9](https://www.rfc-editor.org/rfc/rfc3501#section-6.3.9)
    pub(super) fn lsub<'a>(
        &mut self,
        store: &Store,
        call: Call<'a>,
        list: &BasicList<'a>,
    ) -> Answer<'a> {
        let account = store.account(self.user()?).ok_or(Reply::no_mailbox())?;
        let reference = self.text_of(list.reference)?;
        let pattern = format!("{reference}{}", self.text_of(list.pattern.0.into())?);
        for (name, subscribed) in with_parents(account.subscriptions.iter()) {
            if !matches(&pattern, &name) {
                continue;
            }
            // RFC 3501 section 6.3.9: with `%`, a name above is told of, with \Noselect.
            if subscribed {
                self.send_list(call, &name, &[], true);
            } else if pattern.contains('%') {
                self.send_list(call, &name, &[MailboxAttribute::NoSelect], true);
            }
        }
        Ok(Reply::ok("LSUB completed"))
    }

    /// [RFC 9051 section 6.3.11](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.11)
    pub(super) fn status<'a>(
        &mut self,
        store: &Store,
        call: Call<'a>,
        status: &StatusCommand<'a>,
    ) -> Answer<'a> {
        let (place, id) = self.lookup(store, status.mailbox)?;
        let mailbox = store.mailbox(id).ok_or(Reply::no_mailbox())?;
        let mut items = Vec::new();
        for name in status.items {
            items.push(status_item(mailbox, *name)?);
        }
        let status = MailboxStatus {
            mailbox: self.name_on_wire(call, &place.name),
            items: &items,
        };
        self.out.send(&Response::MailboxStatus(status));
        Ok(Reply::ok("STATUS completed"))
    }

    fn send_list(
        &mut self,
        call: Call<'_>,
        name: &str,
        attributes: &[MailboxAttribute<'_>],
        subscribed: bool,
    ) {
        let mailbox: Mailbox<'_> = self.name_on_wire(call, name);
        let list = List {
            attributes,
            delimiter: u8::try_from(SEPARATOR).ok(),
            mailbox,
            extended: &[],
        };
        self.out.send(&match subscribed {
            true => Response::Lsub(list),
            false => Response::List(list),
        });
    }
}

/// The names and those above them, in order, each with whether it is one of the names.
fn with_parents<'n>(
    names: impl Iterator<Item = &'n String>,
) -> std::collections::BTreeMap<String, bool> {
    let mut all = std::collections::BTreeMap::new();
    for name in names {
        for (end, _) in name.match_indices(SEPARATOR) {
            let above = name.get(..end).unwrap_or_default();
            all.entry(above.to_owned()).or_insert(false);
        }
        all.insert(name.clone(), true);
    }
    all
}

/// Whether there are names below this one.
fn children<'n>(
    mut names: impl Iterator<Item = &'n String>,
    name: &str,
) -> MailboxAttribute<'static> {
    let below = format!("{name}{SEPARATOR}");
    match names.any(|n| n.starts_with(&below)) {
        true => MailboxAttribute::HasChildren,
        false => MailboxAttribute::HasNoChildren,
    }
}

fn status_item<'a>(
    mailbox: &store::Mailbox,
    name: StatusItemName<'a>,
) -> Result<StatusItem<'a>, Reply<'static>> {
    let count = |wanted: &dyn Fn(&store::Message) -> bool| {
        let count = mailbox.messages().iter().filter(|m| wanted(m)).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    };
    Ok(match name {
        StatusItemName::Deleted => {
            StatusItem::Deleted(count(&|m| m.flags.contains(&Flag::Deleted)))
        }
        StatusItemName::HighestModSeq => StatusItem::HighestModSeq(mailbox.highest_mod_seq()),
        StatusItemName::Messages => StatusItem::Messages(count(&|_| true)),
        StatusItemName::Recent => {
            let recent = mailbox.messages_from(mailbox.recent_from()).len();
            StatusItem::Recent(u32::try_from(recent).unwrap_or(u32::MAX))
        }
        StatusItemName::Size => StatusItem::Size(mailbox.size()),
        StatusItemName::UidNext => {
            StatusItem::UidNext(Uid::try_from(mailbox.uid_next()).unwrap_or(Uid::MAX))
        }
        StatusItemName::UidValidity => StatusItem::UidValidity(mailbox.uid_validity),
        StatusItemName::Unseen => StatusItem::Unseen(count(&|m| !m.flags.contains(&Flag::Seen))),
        _ => return Err(Reply::bad("this item is not known here")),
    })
}

/// Whether a name fits a pattern: `*` stands for anything, `%` for anything on one level.
fn matches(pattern: &str, name: &str) -> bool {
    let is_inbox = pattern.eq_ignore_ascii_case(INBOX) && name == INBOX;
    is_inbox || fits(pattern.as_bytes(), name.as_bytes())
}

/// Goes back to the last wildcard where the rest does not fit, so that the cost is the product of the
/// lengths at most.
fn fits(pattern: &[u8], name: &[u8]) -> bool {
    // reach[i]: whether the pattern so far fits the first i octets of the name.
    let mut reach = vec![false; name.len() + 1];
    if let Some(first) = reach.first_mut() {
        *first = true;
    }
    for &p in pattern {
        let mut next = vec![false; name.len() + 1];
        let mut open = false;
        for (i, (reached, next)) in reach.iter().zip(&mut next).enumerate() {
            let before = i.checked_sub(1).and_then(|i| name.get(i));
            match p {
                b'*' => {
                    open |= reached;
                    *next = open;
                }
                b'%' => {
                    open = *reached || (open && before != Some(&(SEPARATOR as u8)));
                    *next = open;
                }
                _ => {
                    let was = i.checked_sub(1).and_then(|i| reach.get(i));
                    *next = was == Some(&true) && before == Some(&p);
                }
            }
        }
        reach = next;
    }
    reach.last() == Some(&true)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn ok_patterns() {
        for (pattern, name, fit) in [
            ("*", "a/b", true),
            ("%", "a/b", false),
            ("%", "a", true),
            ("%/%", "a/b", true),
            ("a*c", "a/b/c", true),
            ("a%c", "a/b/c", false),
            ("inbox", "INBOX", true),
            ("", "a", false),
            ("a/%", "a/", true),
            ("*b%", "a/bcd", true),
            ("*b%", "a/b/d", false),
            ("*%*%*%*%*%*%*%x", "aaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
        ] {
            assert_eq!(matches(pattern, name), fit, "{pattern} {name}");
        }
    }
}
