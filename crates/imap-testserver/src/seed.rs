//! Messages to begin with: from code, from an mbox file, from a Maildir.

use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use imap_proto::{Flag, InternalDate, Uid};
use mail_parser::mailbox::maildir::{self, MessageIterator as Maildir};
use mail_parser::mailbox::mbox::MessageIterator as Mbox;

use crate::store::{Mailbox, NewMessage};

/// A message that is in a mailbox when the server starts.
///
/// Its octets, with CR LF line ends, make one; flags and the date can be added.
///
/// ```
/// use imap_testserver::{SeedMessage, TestServer};
///
/// let read = SeedMessage::from("Subject: x\r\n\r\ntext\r\n").with_flag(r"\Seen");
/// let server = TestServer::builder().user("ann", "secret").message("ann", "INBOX", read).start()?;
/// let inbox = server.user("ann").unwrap().mailbox("INBOX").unwrap();
/// assert_eq!(inbox.messages()[0].flags(), [r"\Seen"]);
/// # Ok::<(), imap_testserver::StartError>(())
/// ```
#[derive(Clone, Debug)]
pub struct SeedMessage {
    octets: Bytes,
    flags: Vec<String>,
    date: Option<InternalDate>,
}

impl<T: Into<Bytes>> From<T> for SeedMessage {
    fn from(octets: T) -> Self {
        Self {
            octets: octets.into(),
            flags: Vec::new(),
            date: None,
        }
    }
}

impl SeedMessage {
    /// Adds a flag or a keyword, such as `\Seen`; what is no flag is left out.
    #[must_use]
    pub fn with_flag(mut self, flag: &str) -> Self {
        self.flags.push(flag.to_owned());
        self
    }

    /// Sets the INTERNALDATE, which is that of the start of the server otherwise.
    #[must_use]
    pub const fn with_date(mut self, date: InternalDate) -> Self {
        self.date = Some(date);
        self
    }

    /// Puts the message into a mailbox.
    pub(crate) fn sow(self, mailbox: &mut Mailbox, now: InternalDate) -> Uid {
        let flags = self.flags.iter();
        let flags: Vec<Flag<'_>> = flags.filter_map(|name| Flag::new(name).ok()).collect();
        let mut new = NewMessage::incoming(self.octets, now);
        new.internal_date = self.date.unwrap_or(now);
        new.flags = mailbox.own_flags(&flags);
        mailbox.append(new)
    }
}

/// Where messages come from.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    /// Nowhere: the mailbox is empty.
    Nothing,
    Message(SeedMessage),
    Maildir(PathBuf),
    Mbox(PathBuf),
}

impl Source {
    /// All messages of the source.
    pub(crate) fn read(&self) -> io::Result<Vec<SeedMessage>> {
        match self {
            Self::Nothing => Ok(Vec::new()),
            Self::Message(message) => Ok(vec![message.clone()]),
            Self::Maildir(path) => read_maildir(path),
            Self::Mbox(path) => read_mbox(path),
        }
    }
}

/// The messages of a Maildir in the order of their names, which begin with the time of arrival.
fn read_maildir(path: &Path) -> io::Result<Vec<SeedMessage>> {
    let mut messages = Maildir::new(path)?.collect::<io::Result<Vec<_>>>()?;
    messages.sort_by(|a, b| a.path().file_name().cmp(&b.path().file_name()));
    Ok(messages.into_iter().map(from_maildir).collect())
}

fn from_maildir(message: maildir::Message) -> SeedMessage {
    let flag = |flag: &maildir::Flag| match flag {
        maildir::Flag::Passed => "$Forwarded",
        maildir::Flag::Replied => r"\Answered",
        maildir::Flag::Seen => r"\Seen",
        maildir::Flag::Trashed => r"\Deleted",
        maildir::Flag::Draft => r"\Draft",
        maildir::Flag::Flagged => r"\Flagged",
    };
    SeedMessage {
        flags: message.flags().iter().map(|f| flag(f).to_owned()).collect(),
        date: date(message.internal_date()),
        octets: with_crlf(message.contents()).into(),
    }
}

fn read_mbox(path: &Path) -> io::Result<Vec<SeedMessage>> {
    let file = BufReader::new(std::fs::File::open(path)?);
    let mut messages = Vec::new();
    for message in Mbox::new(file) {
        let message = message.map_err(|_| io::Error::other("the mbox file cannot be read"))?;
        // The last line is the empty one between messages.
        let octets = message.contents();
        let octets = match octets.strip_suffix(b"\n\n") {
            Some(_) => octets.get(..octets.len() - 1).unwrap_or(octets),
            None => octets,
        };
        messages.push(SeedMessage {
            octets: with_crlf(octets).into(),
            flags: Vec::new(),
            date: date(message.internal_date()),
        });
    }
    Ok(messages)
}

/// A date in UTC; nothing for the beginning of time, which stands for no date.
fn date(seconds: u64) -> Option<InternalDate> {
    let seconds = i64::try_from(seconds).ok().filter(|s| *s > 0)?;
    InternalDate::from_unix(seconds, 0).ok()
}

/// The same octets with CR LF in place of LF alone.
fn with_crlf(octets: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(octets.len() + octets.len() / 32);
    let mut before = 0;
    for &octet in octets {
        if octet == b'\n' && before != b'\r' {
            out.push(b'\r');
        }
        out.push(octet);
        before = octet;
    }
    out
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Source, with_crlf};

    #[test]
    fn ok_line_ends() {
        assert_eq!(with_crlf(b"a\nb\r\n\nc"), b"a\r\nb\r\n\r\nc");
    }

    #[test]
    fn ok_mbox() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mbox");
        let text = "From ann@example.org Wed Jul 17 09:44:25 1996\nSubject: a\n\n>From x\n\n\
                    From ann@example.org Wed Jul 17 09:44:26 1996\nSubject: b\n\ny\n\n";
        fs::write(&path, text).unwrap();
        let messages = Source::Mbox(path).read().unwrap();
        assert_eq!(messages.len(), 2);
        assert_eq!(messages[0].octets, "Subject: a\r\n\r\nFrom x\r\n");
        assert_eq!(messages[0].date.unwrap().to_unix(), 837_596_665);
        assert_eq!(messages[1].octets, "Subject: b\r\n\r\ny\r\n");
    }

    #[test]
    fn ok_maildir_in_the_order_of_arrival() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["cur", "new", "tmp"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        fs::write(folder.path().join("new/3.x"), "Subject: c\n\n").unwrap();
        fs::write(folder.path().join("cur/2.x:2,FS"), "Subject: b\n\n").unwrap();
        fs::write(folder.path().join("cur/1.x:2,"), "Subject: a\n\n").unwrap();
        let messages = Source::Maildir(folder.path().into()).read().unwrap();
        let subjects: Vec<&[u8]> = messages.iter().map(|m| &m.octets[..10]).collect();
        assert_eq!(subjects, [b"Subject: a", b"Subject: b", b"Subject: c"]);
        assert_eq!(messages[1].flags, [r"\Flagged", r"\Seen"]);
        assert!(messages[0].date.is_some());
        assert!(Source::Maildir("/nowhere".into()).read().is_err());
    }
}
