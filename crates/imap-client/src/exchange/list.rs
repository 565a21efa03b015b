//! LIST, LSUB, XLIST, RLIST and RLSUB.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use bytes::Bytes;
use imap_codec::{EncodeError, EncodeOptions, Encoded, encode_command};
use imap_proto::command::{BasicList, List, ListReturnOption};
use imap_proto::response::{self, ListExtendedItem, MetadataEntries, StatusResponse};
use imap_proto::{
    Command, Mailbox, MailboxAttribute, Malformed, MetadataEntry, OtherItem, Response, Rights, Tag,
};

use super::mailbox::{readable, wire_mailbox};
use super::{Absorbed, Answer, Ask, Data, Exchange, MetadataValue, Rules, StatusData};
use crate::error::Error;
use crate::state::State;

impl Exchange for List<'_> {
    type Answer = ListAnswer;

    fn rules(&self) -> Rules {
        Rules::authenticated("LIST").answered_by(Data::LIST | additional_data(self))
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, self, options)
    }

    fn answer(&self) -> ListAnswer {
        ListAnswer {
            additional: additional_data(self),
            ..ListAnswer::new(Data::LIST)
        }
    }
}

/// What comes beside the LIST responses, because return options ask for it.
fn additional_data(list: &List<'_>) -> Data {
    let kind = |option: &ListReturnOption<'_>| match option {
        ListReturnOption::Metadata(_) => Data::METADATA,
        ListReturnOption::MyRights => Data::MY_RIGHTS,
        ListReturnOption::Status(_) => Data::STATUS,
        _ => Data::default(),
    };
    let options = list.return_options.unwrap_or_default();
    options
        .iter()
        .map(kind)
        .fold(Data::default(), |all, kind| all | kind)
}

impl Ask<'_, ListAnswer> {
    /// `LSUB`: list the mailboxes that the user subscribed to.
    ///
    /// [RFC 3501 section 6.3.9](https://www.rfc-editor.org/rfc/rfc3501#section-6.3.9)
    pub fn lsub(list: BasicList<'_>) -> Ask<'_, ListAnswer> {
        let rules = Rules::authenticated("LSUB").answered_by(Data::LSUB);
        Ask::new(Command::Lsub(list), rules, || ListAnswer::new(Data::LSUB))
    }

    /// `RLIST`: list mailboxes, and those on other servers.
    ///
    /// [RFC 2193 section 5.1](https://www.rfc-editor.org/rfc/rfc2193#section-5.1)
    pub fn rlist(list: BasicList<'_>) -> Ask<'_, ListAnswer> {
        let rules = Rules::authenticated("RLIST").answered_by(Data::LIST);
        Ask::new(Command::Rlist(list), rules, || ListAnswer::new(Data::LIST))
    }

    /// `RLSUB`: list the mailboxes that the user subscribed to, and those on other servers.
    ///
    /// [RFC 2193 section 5.2](https://www.rfc-editor.org/rfc/rfc2193#section-5.2)
    pub fn rlsub(list: BasicList<'_>) -> Ask<'_, ListAnswer> {
        let rules = Rules::authenticated("RLSUB").answered_by(Data::LSUB);
        Ask::new(Command::Rlsub(list), rules, || ListAnswer::new(Data::LSUB))
    }

    /// `XLIST`: list mailboxes, and what they are for. It is of no RFC; Gmail had it first.
    pub fn xlist(list: BasicList<'_>) -> Ask<'_, ListAnswer> {
        // Dovecot answers with LIST responses.
        const DATA: Data = Data::LIST.with(Data::XLIST);
        let rules = Rules::authenticated("XLIST").answered_by(DATA);
        Ask::new(Command::Xlist(list), rules, || ListAnswer::new(DATA))
    }
}

/// Collects the answer to `LIST` and its likes.
#[derive(Debug)]
pub struct ListAnswer {
    kinds: Data,
    additional: Data,
    entries: Vec<ListEntry>,
    /// The places of the entries by their names, for what is told in addition.
    places: HashMap<String, usize>,
}

impl ListAnswer {
    /// An answer of these kinds of untagged data: LIST, LSUB or XLIST.
    fn new(kinds: Data) -> Self {
        Self {
            kinds,
            additional: Data::default(),
            entries: Vec::new(),
            places: HashMap::new(),
        }
    }

    fn push(&mut self, list: &response::List<'_>, utf8: bool) {
        if !self.additional.is_empty() {
            let name = key(list.mailbox, utf8).into_owned();
            self.places.insert(name, self.entries.len());
        }
        self.entries.push(ListEntry::new(list, utf8));
    }

    /// The details of an entry, if such data were asked for and the mailbox is in the list.
    ///
    /// What is told in addition always follows the entry (RFC 5819, RFC 8440).
    fn details(&mut self, kind: Data, mailbox: Mailbox<'_>, utf8: bool) -> Option<&mut Details> {
        if !self.additional.contains(kind) {
            return None;
        }
        let place = *self.places.get(&*key(mailbox, utf8))?;
        Some(self.entries.get_mut(place)?.details.get_or_insert_default())
    }

    fn take(&mut self, response: &Response<'_>, utf8: bool) -> Option<()> {
        match response {
            Response::List(list) if self.kinds.contains(Data::LIST) => self.push(list, utf8),
            Response::Lsub(list) if self.kinds.contains(Data::LSUB) => self.push(list, utf8),
            Response::Xlist(list) if self.kinds.contains(Data::XLIST) => self.push(list, utf8),
            Response::MailboxStatus(status) => {
                let details = self.details(Data::STATUS, status.mailbox, utf8)?;
                details.status.get_or_insert_default().update(status.items);
            }
            Response::MyRights(my) => {
                let details = self.details(Data::MY_RIGHTS, my.mailbox, utf8)?;
                details.my_rights = Some(my.rights);
            }
            Response::Metadata(metadata) => {
                let MetadataEntries::Values(values) = metadata.entries else {
                    return None;
                };
                let details = self.details(Data::METADATA, metadata.mailbox, utf8)?;
                let values = values.iter();
                let value = |entry: &MetadataEntry<'_>| MetadataValue::new(entry.name, entry.value);
                details.metadata.extend(values.map(value));
            }
            _ => return None,
        }
        Some(())
    }
}

impl Answer for ListAnswer {
    type Output = Vec<ListEntry>;

    fn absorb(&mut self, response: &Response<'_>, _: &Bytes, state: &State) -> Absorbed {
        match self.take(response, state.utf8()) {
            Some(()) => Absorbed::Taken,
            None => Absorbed::Not,
        }
    }

    fn finish(self, _: &StatusResponse<'_>, _: &mut State) -> Result<Vec<ListEntry>, Error> {
        Ok(self.entries)
    }
}

/// A name such that all ways to write it are the same.
fn key(mailbox: Mailbox<'_>, utf8: bool) -> Cow<'_, str> {
    if mailbox.is_inbox() {
        Cow::Borrowed("INBOX")
    } else {
        readable(mailbox, utf8)
    }
}

/// A mailbox of the answer to `LIST` and its likes.
///
/// `S: * LIST (\Subscribed) "/" "INBOX/Work" ("CHILDINFO" ("SUBSCRIBED"))` has one attribute, the
/// delimiter `/`, a name, and tells of mailboxes below; `S: * STATUS INBOX/Work (MESSAGES 17)` and others
/// add to it, if they were asked for.
///
/// [RFC 9051 section 7.3.1](https://www.rfc-editor.org/rfc/rfc9051#section-7.3.1)
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ListEntry {
    attributes: Vec<Box<str>>,
    delimiter: Option<char>,
    wire_name: Box<[u8]>,
    name: String,
    details: Option<Box<Details>>,
}

/// What most mailboxes of a list do not have.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
struct Details {
    child_info: Vec<String>,
    metadata: Vec<MetadataValue>,
    my_rights: Option<Rights>,
    old_name: Option<Box<[u8]>>,
    others: BTreeMap<String, Vec<u8>>,
    status: Option<StatusData>,
}

impl Details {
    fn new(extended: &[ListExtendedItem<'_>]) -> Self {
        let mut details = Self::default();
        for item in extended {
            match item {
                ListExtendedItem::ChildInfo(options) => {
                    details
                        .child_info
                        .extend(options.iter().map(ToString::to_string));
                }
                ListExtendedItem::OldName(old) => details.old_name = Some(old.as_bytes().into()),
                ListExtendedItem::Other(OtherItem { name, value })
                | ListExtendedItem::Malformed(Malformed { name, value, .. }) => {
                    let name = String::from_utf8_lossy(name).into_owned();
                    details.others.insert(name, value.to_vec());
                }
                _ => {}
            }
        }
        details
    }
}

impl ListEntry {
    fn new(list: &response::List<'_>, utf8: bool) -> Self {
        let details = || Box::new(Details::new(list.extended));
        Self {
            attributes: list.attributes.iter().map(|a| a.as_str().into()).collect(),
            delimiter: list.delimiter.map(char::from),
            wire_name: list.mailbox.as_bytes().into(),
            name: readable(list.mailbox, utf8).into_owned(),
            details: (!list.extended.is_empty()).then(details),
        }
    }

    /// What the mailbox is like.
    pub fn attributes(&self) -> impl Iterator<Item = MailboxAttribute<'_>> {
        self.attributes
            .iter()
            .filter_map(|name| MailboxAttribute::new(name).ok())
    }

    /// Whether the mailbox has this attribute.
    pub fn has(&self, attribute: MailboxAttribute<'_>) -> bool {
        self.attributes().any(|a| a == attribute)
    }

    /// Whether it is a mailbox that can be selected, and not only a level of the hierarchy.
    pub fn is_selectable(&self) -> bool {
        !self.has(MailboxAttribute::NoSelect) && !self.has(MailboxAttribute::NonExistent)
    }

    /// What separates the levels of the hierarchy in the name; nothing where there are no levels.
    pub fn delimiter(&self) -> Option<char> {
        self.delimiter
    }

    /// The name as people read it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name as it is on the wire, to pass to commands.
    pub fn mailbox(&self) -> Mailbox<'_> {
        wire_mailbox(&self.wire_name)
    }

    /// The name that the mailbox had, or was asked for by, as it is on the wire.
    ///
    /// `S: * LIST () "/" new ("OLDNAME" ("old"))` tells it.
    ///
    /// [RFC 9051 section 6.3.9.7](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.9.7)
    pub fn old_name(&self) -> Option<Mailbox<'_>> {
        let name = self.details.as_ref()?.old_name.as_ref()?;
        Some(wire_mailbox(name))
    }

    /// Which selection options, such as `SUBSCRIBED`, mailboxes below match that are not in the list
    /// themselves; told for `RECURSIVEMATCH`.
    ///
    /// [RFC 5258 section 3.5](https://www.rfc-editor.org/rfc/rfc5258#section-3.5)
    pub fn child_info(&self) -> &[String] {
        self.details
            .as_ref()
            .map_or(&[], |details| &details.child_info)
    }

    /// Extended data of a kind that is not known, or that cannot be read, as they came.
    pub fn other_data(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let others = self.details.iter().flat_map(|details| &details.others);
        others.map(|(name, value)| (&**name, &**value))
    }

    /// The state of the mailbox, if the return option `STATUS` asked for it.
    ///
    /// [RFC 5819](https://www.rfc-editor.org/rfc/rfc5819)
    pub fn status(&self) -> Option<&StatusData> {
        self.details.as_ref()?.status.as_ref()
    }

    /// What the user may do, if the return option `MYRIGHTS` asked for it.
    ///
    /// [RFC 8440](https://www.rfc-editor.org/rfc/rfc8440)
    pub fn my_rights(&self) -> Option<Rights> {
        self.details.as_ref()?.my_rights
    }

    /// The annotations that the return option `METADATA` asked for.
    ///
    /// [RFC 9590](https://www.rfc-editor.org/rfc/rfc9590)
    pub fn metadata(&self) -> &[MetadataValue] {
        self.details
            .as_ref()
            .map_or(&[], |details| &details.metadata)
    }
}
