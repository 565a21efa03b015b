//! Downloads the attachments of a mailbox into a folder, and nothing else of the messages.
//!
//! ```text
//! cargo run --example attachments -- [--ca FILE] [--mailbox NAME] imaps://USER@HOST[:PORT] FOLDER
//! ```
//!
//! A file is called as the sender called it, as far as that is safe, behind the UID of the message and
//! the number of the part; one that is there already is left alone. The password comes from the variable
//! `IMAP_PASSWORD`, or is asked for.

mod common;

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::Path;

use common::{Account, Arguments, Failure};
use imap_client::Error;
use imap_client::blocking::Client;
use imap_proto::{Capability, FetchItemName, PartBuf, Section, SectionText, SequenceSetBuf, Uid};
use mail_parser::{MessageParser, MimeHeaders as _};

fn main() -> Result<(), Failure> {
    let arguments = Arguments::read()?;
    let [address, folder] = &*arguments.values else {
        return Err(
            "usage: attachments [--ca FILE] [--mailbox NAME] imaps://USER@HOST FOLDER".into(),
        );
    };
    let mut client = Account::with_tls(address)?.log_in(&arguments.config)?;
    let exists = client.examine(&arguments.mailbox)?.exists;
    let mut out = std::io::stdout().lock();
    if exists > 0 {
        for attachment in find(&mut client)? {
            let header = attachment.header(&mut client)?;
            let name = attachment.file_name(&header);
            match File::create_new(Path::new(folder).join(&name)) {
                Ok(mut file) => {
                    let contents = attachment.contents(&mut client, header)?;
                    file.write_all(&contents)?;
                    writeln!(out, "{name}: {} octets", contents.len())?;
                }
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
    client.logout()?;
    Ok(())
}

/// Where an attachment is.
struct Attachment {
    uid: Uid,
    part: PartBuf,
    /// It is one of several parts, so that its header is not that of the message.
    has_own_header: bool,
}

/// Finds the attachments of the selected mailbox.
fn find(client: &mut Client) -> Result<Vec<Attachment>, Error> {
    let mut found = Vec::new();
    let items = [FetchItemName::Uid, FetchItemName::BodyStructure];
    client.fetch_each(SequenceSetBuf::all(), &items, |message| {
        if let (Some(uid), Some(body)) = (message.uid(), message.body_structure()) {
            found.extend(body.attachments().map(|attachment| Attachment {
                uid,
                part: attachment.number,
                has_own_header: body.is_multipart(),
            }));
        }
    })?;
    Ok(found)
}

impl Attachment {
    /// What the message says about the part.
    fn header(&self, client: &mut Client) -> Result<Vec<u8>, Error> {
        let section = if self.has_own_header {
            Section {
                part: self.part.as_part(),
                text: Some(SectionText::Mime),
            }
        } else {
            Section::HEADER
        };
        let mut header = Vec::new();
        client.uid_fetch_to(self.uid, section, &mut header)?;
        Ok(header)
    }

    /// The name that the sender gave, as far as it cannot do harm.
    fn file_name(&self, header: &[u8]) -> String {
        let parsed = MessageParser::new().parse(header);
        let name = parsed.as_ref().and_then(|part| part.attachment_name());
        let safe = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.');
        let name = name.unwrap_or("unnamed").chars().take(100);
        let name: String = name.map(|c| if safe(c) { c } else { '_' }).collect();
        format!("{}-{}-{name}", self.uid, self.part)
    }

    /// The contents without their transfer encoding, which the server takes away if it can.
    fn contents(&self, client: &mut Client, header: Vec<u8>) -> Result<Vec<u8>, Error> {
        let part = self.part.as_part();
        if client.state().has(Capability::Binary) {
            let binary = FetchItemName::Binary {
                part,
                peek: true,
                partial: None,
            };
            match client.uid_fetch(self.uid, &[binary]) {
                Ok(fetched) => {
                    let binary = fetched.iter().find_map(|message| message.binary(part));
                    return binary.map(<[u8]>::to_vec).ok_or(Error::NoData("UID FETCH"));
                }
                // It does not know the transfer encoding.
                Err(Error::Refused(_)) => {}
                Err(error) => return Err(error),
            }
        }
        let mut encoded = header;
        client.uid_fetch_to(self.uid, Section::part(part), &mut encoded)?;
        let parsed = MessageParser::new().parse(&encoded);
        let contents = parsed.as_ref().and_then(|message| message.part(0));
        Ok(contents.map_or_else(Vec::new, |part| part.contents().to_vec()))
    }
}
