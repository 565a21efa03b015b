//! Messages as they are shown: what the header says, decoded.

use imap_proto::response::Fetch;
use imap_proto::{
    Address, AddressEntry, Envelope, FetchItemName, Flag, IString, InternalDate, MessageNumber, Uid,
};
use mail_parser::MessageParser;
use serde::Serialize;

use crate::error::Failure;
use crate::output::{Output, STRONG, WEAK, printable};

/// What is asked for of each message to make a [`Summary`].
pub(crate) const SUMMARY: [FetchItemName<'static>; 5] = [
    FetchItemName::Uid,
    FetchItemName::Flags,
    FetchItemName::InternalDate,
    FetchItemName::Rfc822Size,
    FetchItemName::Envelope,
];

/// A message in a list; as JSON it is a part of several objects.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Summary {
    pub(crate) uid: Option<u32>,
    pub(crate) flags: Vec<String>,
    /// When the server received it: `2026-01-05T14:03:00+01:00`.
    pub(crate) received: Option<String>,
    /// Octets.
    pub(crate) size: Option<u64>,
    /// The header field as it is.
    pub(crate) date: Option<String>,
    pub(crate) from: Vec<Person>,
    pub(crate) to: Vec<Person>,
    pub(crate) cc: Vec<Person>,
    pub(crate) subject: Option<String>,
    pub(crate) message_id: Option<String>,
}

/// Somebody who wrote a message or gets it.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
pub(crate) struct Person {
    pub(crate) name: Option<String>,
    pub(crate) address: Option<String>,
}

impl Summary {
    /// What the server told of a message.
    pub(crate) fn of<N: MessageNumber>(fetch: &Fetch<'_, N>, uid: Option<Uid>) -> Self {
        let envelope = fetch.envelope().copied().unwrap_or_default();
        let Envelope {
            date,
            subject,
            message_id,
            ..
        } = envelope;
        Self {
            uid: uid.map(|uid| uid.get()),
            flags: flags(fetch.flags().unwrap_or_default()),
            received: fetch.internal_date().map(iso),
            size: fetch.size(),
            date: date.map(plain),
            from: people(envelope.from),
            to: people(envelope.to),
            cc: people(envelope.cc),
            subject: subject.map(|subject| decode(subject.as_bytes())),
            message_id: message_id.map(plain),
        }
    }

    fn has(&self, flag: Flag<'_>) -> bool {
        let flag = flag.to_string();
        self.flags.contains(&flag)
    }

    /// Prints it as a line: UID, flags, date, sender and subject.
    pub(crate) fn print(&self, out: &mut Output<'_>) -> Result<(), Failure> {
        let line = self.line(out);
        out.line(line)
    }

    pub(crate) fn line(&self, out: &Output<'_>) -> String {
        let style = if self.has(Flag::Seen) {
            Default::default()
        } else {
            STRONG
        };
        let uid = self.uid.map(|uid| uid.to_string()).unwrap_or_default();
        let received = self.received.as_deref().unwrap_or_default();
        // To the minute.
        let received = received.get(..16).unwrap_or_default().replace('T', " ");
        let from = self.from.first().map(Person::short).unwrap_or_default();
        let subject = self.subject.as_deref().unwrap_or("(no subject)");
        format!(
            "{uid:>7} {} {}  {}  {}",
            self.marks(),
            out.cell(WEAK, &received, 16),
            out.cell(style, &from, 24),
            out.paint(style, subject),
        )
    }

    /// Flags as letters in their places: `N` not read, `F` flagged, `A` answered, `D` deleted.
    fn marks(&self) -> String {
        let mark = |is_set, mark| if is_set { mark } else { ' ' };
        [
            mark(!self.has(Flag::Seen), 'N'),
            mark(self.has(Flag::Flagged), 'F'),
            mark(self.has(Flag::Answered), 'A'),
            mark(self.has(Flag::Deleted), 'D'),
        ]
        .into_iter()
        .collect()
    }
}

impl Person {
    /// The name, or else the address.
    fn short(&self) -> String {
        let name = self.name.clone().filter(|name| !name.is_empty());
        name.or_else(|| self.address.clone()).unwrap_or_default()
    }

    /// `Ann <ann@example.org>`
    pub(crate) fn full(&self) -> String {
        match (&self.name, &self.address) {
            (Some(name), Some(address)) => format!("{name} <{address}>"),
            _ => self.short(),
        }
    }
}

/// Flags as texts; without `\Recent`, which tells of the session more than of the message.
pub(crate) fn flags(flags: &[Flag<'_>]) -> Vec<String> {
    let kept = flags.iter().filter(|flag| **flag != Flag::Recent);
    kept.map(ToString::to_string).collect()
}

/// The text of a header field, encoded words decoded, fit for one line of a terminal.
pub(crate) fn decode(field: &[u8]) -> String {
    let header = [b"Subject: ", field, b"\r\n\r\n"].concat();
    let parsed = MessageParser::new().parse(&header);
    let text = parsed.as_ref().and_then(|message| message.subject());
    printable(text.unwrap_or_default())
}

fn people(addresses: &[Address<'_>]) -> Vec<Person> {
    let mut people = Vec::new();
    for entry in Address::entries(addresses) {
        match entry {
            AddressEntry::Mailbox(address) => people.push(person(address)),
            AddressEntry::Group(group) => people.extend(group.members.iter().map(person)),
        }
    }
    people
}

fn person(address: &Address<'_>) -> Person {
    Person {
        name: address.name.map(|name| decode(name.as_bytes())),
        address: address.addr_spec().map(|spec| printable(&spec.to_string())),
    }
}

fn plain(text: IString<'_>) -> String {
    printable(&text.to_str_lossy())
}

/// A date as of RFC 3339.
pub(crate) fn iso(date: InternalDate) -> String {
    let offset = date.offset_minutes();
    let sign = if offset < 0 { '-' } else { '+' };
    let offset = offset.unsigned_abs();
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{sign}{:02}:{:02}",
        date.year(),
        date.month(),
        date.day(),
        date.hour(),
        date.minute(),
        date.second(),
        offset / 60,
        offset % 60,
    )
}

#[cfg(test)]
mod tests {
    use imap_proto::{Arena, Response};

    use super::*;

    fn summary(line: &[u8]) -> Summary {
        let arena = Arena::new();
        let Ok(Response::Fetch(fetch)) = Response::parse(line, &arena) else {
            panic!("no FETCH");
        };
        Summary::of(&fetch, fetch.uid())
    }

    const LINE: &[u8] = b"* 3 FETCH (UID 7 FLAGS (\\Flagged $Junk) RFC822.SIZE 340 INTERNALDATE \
        \"05-Jan-2026 14:03:59 -0330\" ENVELOPE (\"Mon, 5 Jan 2026\" \"=?utf-8?Q?K=C3=A4se?=\" \
        ((\"Ann\" NIL \"ann\" \"example.org\")) NIL NIL ((NIL NIL \"bob\" \"example.org\")) NIL NIL NIL \
        \"<1@x>\"))\r\n";

    #[test]
    fn ok_line_of_a_message() {
        let mut written = Vec::new();
        summary(LINE).print(&mut Output::new(&mut written)).unwrap();
        assert_eq!(
            String::from_utf8(written).unwrap(),
            "      7 NF   2026-01-05 14:03  Ann                       Käse\n"
        );
    }

    #[test]
    fn ok_object_of_a_message() {
        let mut written = Vec::new();
        Output::new(&mut written).json(&summary(LINE)).unwrap();
        assert_eq!(
            String::from_utf8(written).unwrap(),
            concat!(
                r#"{"uid":7,"flags":["\\Flagged","$Junk"],"received":"2026-01-05T14:03:59-03:30","#,
                r#""size":340,"date":"Mon, 5 Jan 2026","from":[{"name":"Ann","address":"ann@example.org"}],"#,
                r#""to":[{"name":null,"address":"bob@example.org"}],"cc":[],"subject":"Käse","#,
                r#""message_id":"<1@x>"}"#,
                "\n"
            )
        );
    }
}
