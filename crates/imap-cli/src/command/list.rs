//! `imap list`: the mailboxes as a tree, with how much is in them and what they are for.

use clap::Args;
use imap_client::blocking::Client;
use imap_client::{Error, ListEntry, ListOptions, SpecialUse, StatusData};
use imap_proto::command::{ListReturnOption, ListSelectOption, Status};
use imap_proto::response::Status as Kind;
use imap_proto::{Capability, StatusItemName};
use serde::Serialize;

use crate::args::Global;
use crate::connect::Connector;
use crate::error::{Exit, Failure};
use crate::output::{NEW, NOTE, Output, STRONG, WEAK, printable, width};

/// List the mailboxes: a tree with counts, and what each is for
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  imap list
  imap list 'Work/%'
  imap list --subscribed --no-counts
  imap list --json | jq -r 'select(.unseen > 0).name'")]
pub(crate) struct List {
    /// Which mailboxes: * stands for anything, % for anything within one level
    #[arg(value_name = "PATTERN", default_value = "*")]
    pub(crate) patterns: Vec<String>,

    /// Only those that are subscribed to
    #[arg(long)]
    pub(crate) subscribed: bool,

    /// Do not count messages, which takes some servers long
    #[arg(long)]
    pub(crate) no_counts: bool,

    /// Whole names, one on each line, instead of a tree
    #[arg(long)]
    pub(crate) flat: bool,
}

impl Default for List {
    fn default() -> Self {
        Self {
            patterns: vec!["*".to_owned()],
            subscribed: false,
            no_counts: false,
            flat: false,
        }
    }
}

/// The object that `--json` prints for each mailbox.
#[derive(Serialize)]
struct Mailbox<'a> {
    name: &'a str,
    delimiter: Option<char>,
    attributes: Vec<String>,
    #[serde(rename = "use")]
    special_use: Option<&'static str>,
    selectable: bool,
    messages: Option<u32>,
    unseen: Option<u32>,
    uid_next: Option<u32>,
    uid_validity: Option<u32>,
}

/// A mailbox with its counts, if these are known.
pub(crate) struct Listed {
    pub(crate) entry: ListEntry,
    pub(crate) status: Option<StatusData>,
}

impl List {
    pub(crate) fn run(&self, global: &Global, out: &mut Output<'_>) -> Result<Exit, Failure> {
        let mut client = Connector::new(global)?.connect()?;
        let exit = self.show(&mut client, out)?;
        client.logout()?;
        Ok(exit)
    }

    /// Prints the mailboxes of a client that is logged in.
    pub(crate) fn show(&self, client: &mut Client, out: &mut Output<'_>) -> Result<Exit, Failure> {
        let mailboxes = self.fetch(client)?;
        if out.is_json() {
            mailboxes
                .iter()
                .try_for_each(|listed| out.json(&object(listed)))?;
        } else if self.flat {
            let lines = mailboxes.iter().map(Line::flat).collect();
            print(lines, out)?;
        } else {
            print(Tree::of(&mailboxes).lines(), out)?;
        }
        Ok(if mailboxes.is_empty() {
            Exit::Partial
        } else {
            Exit::Done
        })
    }

    /// The mailboxes, sorted, INBOX in front.
    pub(crate) fn fetch(&self, client: &mut Client) -> Result<Vec<Listed>, Failure> {
        let mut entries = self.list(client)?;
        entries.sort_by_cached_key(sort_key);
        entries.dedup_by(|a, b| a.name() == b.name());
        let told = entries.iter().any(|entry| entry.status().is_some());
        let counts = if self.no_counts || told {
            Vec::new()
        } else {
            counts(client, &entries)?
        };
        let mut counts = counts.into_iter();
        Ok(entries
            .into_iter()
            .map(|entry| Listed {
                status: counts.next().flatten().or_else(|| entry.status().cloned()),
                entry,
            })
            .collect())
    }

    /// All in one round trip where the server can.
    fn list(&self, client: &mut Client) -> Result<Vec<ListEntry>, Failure> {
        let patterns: Vec<&str> = self.patterns.iter().map(String::as_str).collect();
        let state = client.state();
        let has = |capability| state.has(capability) || state.has(Capability::Imap4Rev2);
        let is_extended = has(Capability::ListExtended);
        if !is_extended {
            return self.list_simply(client, &patterns);
        }
        let mut returns = Vec::new();
        if has(Capability::SpecialUse) {
            returns.push(ListReturnOption::SpecialUse);
        }
        if has(Capability::ListStatus) && !self.no_counts {
            returns.push(ListReturnOption::Status(&COUNTS));
        }
        let select: &[_] = if self.subscribed {
            &[ListSelectOption::Subscribed]
        } else {
            &[]
        };
        let options = ListOptions {
            select,
            returns: &returns,
        };
        match client.list_extended("", &patterns, options) {
            Err(Error::Refused(refusal)) if refusal.status() == Kind::Bad => {
                self.list_simply(client, &patterns)
            }
            result => Ok(result?),
        }
    }

    fn list_simply(
        &self,
        client: &mut Client,
        patterns: &[&str],
    ) -> Result<Vec<ListEntry>, Failure> {
        let mut entries = Vec::new();
        for pattern in patterns {
            entries.extend(if self.subscribed {
                client.lsub("", *pattern)?
            } else {
                client.list("", *pattern)?
            });
        }
        Ok(entries)
    }
}

/// Asks for the counts of all mailboxes without waiting for one answer before the next question.
///
/// A mailbox that the server does not tell of has none.
fn counts(client: &mut Client, entries: &[ListEntry]) -> Result<Vec<Option<StatusData>>, Failure> {
    let mut counts = Vec::with_capacity(entries.len());
    for batch in entries.chunks(BATCH) {
        let mut tickets = Vec::with_capacity(batch.len());
        for entry in batch {
            let status = Status {
                mailbox: entry.mailbox(),
                items: &COUNTS,
            };
            tickets.push(match entry.is_selectable() {
                true => Some(client.submit(&status)?),
                false => None,
            });
        }
        for ticket in tickets {
            counts.push(match ticket.map(|ticket| client.answer(ticket)) {
                Some(Err(error)) if error.is_fatal() => return Err(error.into()),
                answer => answer.and_then(Result::ok),
            });
        }
    }
    Ok(counts)
}

/// By levels, in any case; INBOX and what is below it come first.
fn sort_key(entry: &ListEntry) -> (bool, Vec<(String, String)>) {
    let levels = levels(entry).map(|level| (level.to_lowercase(), level.to_owned()));
    let levels: Vec<_> = levels.collect();
    let is_inbox = levels.first().is_some_and(|(first, _)| first == "inbox");
    (!is_inbox, levels)
}

/// The levels of the name; what is far down is one.
fn levels(entry: &ListEntry) -> impl Iterator<Item = &str> {
    let delimiter = entry.delimiter();
    entry
        .name()
        .splitn(MAX_LEVELS, move |c| Some(c) == delimiter)
}

fn object(listed: &Listed) -> Mailbox<'_> {
    let Listed { entry, status } = listed;
    let status = status.as_ref();
    Mailbox {
        name: entry.name(),
        delimiter: entry.delimiter(),
        attributes: entry
            .attributes()
            .map(|a| format!("\\{}", a.as_str()))
            .collect(),
        special_use: special_use(entry),
        selectable: entry.is_selectable(),
        messages: status.and_then(|s| s.messages),
        unseen: status.and_then(|s| s.unseen),
        uid_next: status.and_then(|s| s.uid_next).map(|uid| uid.get()),
        uid_validity: status.and_then(|s| s.uid_validity).map(|v| v.get()),
    }
}

/// What the server says that the mailbox is for.
fn special_use(entry: &ListEntry) -> Option<&'static str> {
    let told = entry.attributes().find_map(SpecialUse::of_attribute)?;
    Some(match told {
        SpecialUse::All => "all",
        SpecialUse::Archive => "archive",
        SpecialUse::Drafts => "drafts",
        SpecialUse::Flagged => "flagged",
        SpecialUse::Important => "important",
        SpecialUse::Junk => "junk",
        SpecialUse::Sent => "sent",
        SpecialUse::Trash => "trash",
        _ => return None,
    })
}

/// A line of the table.
struct Line<'a> {
    /// What is drawn in front of the name.
    branch: String,
    name: String,
    /// Nothing for a level that is no mailbox itself.
    listed: Option<&'a Listed>,
}

impl<'a> Line<'a> {
    fn flat(listed: &'a Listed) -> Self {
        Self {
            branch: String::new(),
            name: printable(listed.entry.name()),
            listed: Some(listed),
        }
    }

    fn width(&self) -> usize {
        width(&self.branch) + width(&self.name)
    }

    fn status(&self) -> Option<&'a StatusData> {
        self.listed?.status.as_ref()
    }

    /// How many messages were not read; 0 where that is not known.
    fn unseen(&self) -> u32 {
        self.status()
            .and_then(|status| status.unseen)
            .unwrap_or_default()
    }

    /// The first column.
    fn name(&self, column: usize, out: &Output<'_>) -> String {
        let is_mailbox = self
            .listed
            .is_some_and(|listed| listed.entry.is_selectable());
        let style = match (is_mailbox, self.unseen()) {
            (false, _) => WEAK,
            (true, 0) => Default::default(),
            (true, _) => STRONG,
        };
        let left = column.saturating_sub(width(&self.branch));
        format!("{}{}", self.branch, out.cell(style, &self.name, left))
    }

    /// The columns with numbers, where 0 of what was not read stays empty.
    fn counts(&self, out: &Output<'_>) -> String {
        let text = |number: Option<u32>| number.map(|n| n.to_string()).unwrap_or_default();
        let messages = text(self.status().and_then(|status| status.messages));
        let unread = text(Some(self.unseen()).filter(|unseen| *unseen > 0));
        format!(
            "  {messages:>8}  {}",
            out.paint(NEW, format!("{unread:>6}"))
        )
    }
}

/// Mailboxes below mailboxes.
#[derive(Default)]
struct Tree<'a> {
    name: String,
    listed: Option<&'a Listed>,
    children: Vec<Self>,
}

impl<'a> Tree<'a> {
    fn of(mailboxes: &'a [Listed]) -> Self {
        let mut root = Self::default();
        for listed in mailboxes {
            let mut node = &mut root;
            for level in levels(&listed.entry) {
                node = node.child(level);
            }
            node.listed = Some(listed);
        }
        root
    }

    /// What is sorted comes in an order such that only the last child can be the one.
    fn child(&mut self, name: &str) -> &mut Self {
        if self.children.last().is_none_or(|last| last.name != name) {
            self.children.push(Self {
                name: name.to_owned(),
                ..Self::default()
            });
        }
        // cannot fail: there is one at least
        self.children.last_mut().expect("a child")
    }

    fn lines(&self) -> Vec<Line<'a>> {
        let mut lines = Vec::new();
        for node in &self.children {
            node.add_lines(String::new(), "", &mut lines);
        }
        lines
    }

    /// Adds the line of this one, and those of what is below; these are drawn behind `indent`.
    fn add_lines(&self, branch: String, indent: &str, lines: &mut Vec<Line<'a>>) {
        lines.push(Line {
            branch,
            name: printable(&self.name),
            listed: self.listed,
        });
        let mut children = self.children.iter().peekable();
        while let Some(child) = children.next() {
            let (corner, below) = match children.peek() {
                Some(_) => ("├─ ", "│  "),
                None => ("└─ ", "   "),
            };
            child.add_lines(
                format!("{indent}{corner}"),
                &format!("{indent}{below}"),
                lines,
            );
        }
    }
}

fn print(lines: Vec<Line<'_>>, out: &mut Output<'_>) -> Result<(), Failure> {
    let Some(widest) = lines.iter().map(Line::width).max() else {
        return Ok(());
    };
    let column = widest.clamp("mailbox".len(), MAX_COLUMN);
    let has_counts = lines.iter().any(|line| line.status().is_some());
    let counts = if has_counts { "  messages  unread" } else { "" };
    let heading = format!("{:column$}{counts}  use", "mailbox");
    out.line(out.paint(WEAK, heading))?;
    for line in &lines {
        let counts = if has_counts {
            line.counts(out)
        } else {
            String::new()
        };
        let special_use = line.listed.and_then(|listed| special_use(&listed.entry));
        let note = out.paint(NOTE, special_use.unwrap_or_default());
        out.line(format!("{}{counts}  {note}", line.name(column, out)))?;
    }
    Ok(())
}

/// What is asked for of each mailbox.
const COUNTS: [StatusItemName<'static>; 4] = [
    StatusItemName::Messages,
    StatusItemName::Unseen,
    StatusItemName::UidNext,
    StatusItemName::UidValidity,
];

/// How wide the first column is at most; longer names are cut.
const MAX_COLUMN: usize = 200;

/// How many levels the tree has at most.
const MAX_LEVELS: usize = 50;

/// How many commands are in flight at a time, since servers need not read on for ever.
const BATCH: usize = 50;

#[cfg(test)]
mod tests {
    use std::io::{self, Read, Write};

    use imap_client::blocking::Config;

    use super::*;

    /// A server that says this whatever it is told.
    struct Server(&'static [u8]);

    impl Read for Server {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.0.read(buffer)
        }
    }

    impl Write for Server {
        fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
            Ok(octets.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// What the options print when the server says this.
    fn printed(options: &List, says: &'static [u8], is_json: bool) -> String {
        let mut client = Client::with_stream(Server(says), &Config::default()).unwrap();
        let mut written = Vec::new();
        let mut out = Output::new(&mut written).with_json(is_json);
        options.show(&mut client, &mut out).unwrap();
        String::from_utf8(written).unwrap()
    }

    const EXTENDED: &[u8] =
        b"* PREAUTH [CAPABILITY IMAP4rev1 LIST-EXTENDED LIST-STATUS SPECIAL-USE] hi\r\n\
        * LIST (\\Sent) \".\" Sent\r\n* STATUS Sent (MESSAGES 20 UNSEEN 0)\r\n\
        * LIST (\\Noselect) \".\" lists\r\n\
        * LIST () \".\" INBOX\r\n* STATUS INBOX (MESSAGES 1000 UNSEEN 7)\r\n\
        * LIST () \".\" lists.a\r\n* STATUS lists.a (MESSAGES 1 UNSEEN 0)\r\n\
        * LIST () \".\" lists.B.c\r\n* STATUS lists.B.c (MESSAGES 2 UNSEEN 1)\r\n\
        * LIST () \".\" Entw&APw-rfe\r\n* STATUS Entw&APw-rfe (MESSAGES 3 UNSEEN 0)\r\n\
        * LIST () \".\" INBOX.x\r\nA1 OK done\r\n";

    #[test]
    fn ok_tree_with_uses_and_levels_between() {
        assert_eq!(
            printed(&List::default(), EXTENDED, false),
            "\
mailbox   messages  unread  use
INBOX         1000       7
└─ x
Entwürfe         3
lists
├─ a             1
└─ B
   └─ c          2       1
Sent            20          sent
"
        );
    }

    #[test]
    fn ok_objects() {
        let printed = printed(&List::default(), EXTENDED, true);
        let last = printed.lines().last().unwrap();
        assert_eq!(
            last,
            "{\"name\":\"Sent\",\"delimiter\":\".\",\"attributes\":[\"\\\\Sent\"],\"use\":\"sent\",\
             \"selectable\":true,\"messages\":20,\"unseen\":0,\"uid_next\":null,\"uid_validity\":null}"
        );
    }

    #[test]
    fn ok_one_question_for_each_mailbox_where_there_is_no_better_way() {
        let says = b"* PREAUTH [CAPABILITY IMAP4rev1] hi\r\n* LIST () \"/\" a\r\n\
            * LIST (\\Noselect) \"/\" b\r\n* LIST () \"/\" c\r\nA1 OK done\r\n\
            * STATUS a (MESSAGES 1 UNSEEN 1)\r\nA2 OK done\r\nA3 NO not today\r\n";
        let shown = "\
mailbox  messages  unread  use
a               1       1
b
c
";
        assert_eq!(printed(&List::default(), says, false), shown);
    }

    #[test]
    fn ok_names_of_any_depth() {
        let name = "a/".repeat(100_000);
        let line = format!(
            "* PREAUTH [CAPABILITY IMAP4rev1] hi\r\n* LIST () \"/\" {name}\r\nA1 OK done\r\n"
        );
        let options = List {
            no_counts: true,
            ..List::default()
        };
        let shown = printed(&options, line.leak().as_bytes(), false);
        assert_eq!(shown.lines().count(), 1 + MAX_LEVELS);
    }
}
