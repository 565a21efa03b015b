//! The crate `io-imap`: its blocking client, over a stream of the standard library.

use std::any::Any;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::num::NonZeroU32;
use std::time::Duration;

use anyhow::Result;
use peer_io_imap::client::{ImapClient as _, ImapClientStd, ImapStream};
use peer_io_imap::codec::fragmentizer::Fragmentizer;
use peer_io_imap::rfc3501::fetch::ImapMessageFetchOptions;
use peer_io_imap::rfc3501::login::ImapLoginOptions;
use peer_io_imap::rfc3501::search::ImapMessageSearchOptions;
use peer_io_imap::rfc3501::select::ImapMailboxSelectOptions;
use peer_io_imap::types::core::Vec1;
use peer_io_imap::types::fetch::{
    MacroOrMessageDataItemNames, MessageDataItem, MessageDataItemName as Name,
};
use peer_io_imap::types::search::SearchKey;
use peer_io_imap::types::sequence::SequenceSet;

use super::{HOST, PASSWORD, Task, USER};
use crate::contender::Form;
use crate::load::Scenario;
use crate::proof::{Proof, Sample, Sink};

/// A connection as the client takes it.
struct Stream(TcpStream);

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl Write for Stream {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.0.write(octets)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl ImapStream for Stream {
    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }

    fn set_read_timeout(&self, timeout: Option<Duration>) -> io::Result<()> {
        self.0.set_read_timeout(timeout)
    }
}

/// Runs a whole session, and tells what it found.
///
/// # Errors
///
/// If the session fails.
pub fn run(form: Form, task: &Task) -> Result<Proof> {
    let stream = TcpStream::connect((HOST, task.port))?;
    stream.set_nodelay(true)?;
    let mut client = ImapClientStd::new(Stream(stream));
    // More than its 100 MiB, which one of the answers exceeds.
    client.fragmentizer = Fragmentizer::new(u32::MAX);
    client.greeting()?;
    client.login(USER, PASSWORD, ImapLoginOptions::default())?;
    client.select("INBOX".try_into()?, ImapMailboxSelectOptions::default())?;
    let (scenario, mut proof) = (task.load.scenario, Proof::default());
    match (scenario, form) {
        (Scenario::Empty, _) => {}
        (Scenario::Large, Form::Streamed) => {
            let mut sink = Sink::default();
            client.fetch_body_stream(NonZeroU32::MIN, true, &mut sink)?;
            proof.add(1, sink.total());
        }
        (Scenario::Noop, _) => {
            for _ in 0..task.load.count {
                client.noop()?;
                proof.count += 1;
            }
        }
        (Scenario::Search, _) => {
            let keys = Vec1::from(SearchKey::All);
            let found = client.search(keys, ImapMessageSearchOptions { uid: true })?;
            proof = Proof::of_numbers(found.into_iter().map(NonZeroU32::get));
        }
        (_, Form::Kept) => {
            let options = ImapMessageFetchOptions::default();
            let messages = client.fetch(all()?, items(scenario), options)?;
            for items in messages.values() {
                add(items.as_ref(), &mut proof);
            }
        }
        (_, Form::Streamed) => stream_bodies(&mut client, &mut proof)?,
    }
    client.logout()?;
    Ok(proof)
}

/// Bodies one by one.
fn stream_bodies(client: &mut ImapClientStd, proof: &mut Proof) -> Result<()> {
    client.fetch_bodies_stream(
        all()?,
        false,
        |_| Ok(Sample::default()),
        |uid, sample| {
            proof.add(uid.into(), sample.total());
            Ok(())
        },
    )?;
    Ok(())
}

fn all() -> Result<SequenceSet> {
    Ok("1:*".try_into()?)
}

/// What FETCH asks for.
pub(super) fn items(scenario: Scenario) -> MacroOrMessageDataItemNames<'static> {
    MacroOrMessageDataItemNames::MessageDataItemNames(match scenario {
        Scenario::Flags => vec![Name::Uid, Name::Flags],
        Scenario::Full => vec![
            Name::Uid,
            Name::Flags,
            Name::InternalDate,
            Name::Rfc822Size,
            Name::Envelope,
            Name::BodyStructure,
        ],
        _ => vec![
            Name::Uid,
            Name::BodyExt {
                section: None,
                partial: None,
                peek: true,
            },
        ],
    })
}

/// Adds a message. Of flags and size there is only one, whatever was asked for.
pub(super) fn add(items: &[MessageDataItem<'_>], proof: &mut Proof) {
    let (mut uid, mut content) = (0, 0);
    for item in items {
        match item {
            MessageDataItem::BodyExt { data, .. } => {
                content = data.0.as_ref().map_or(0, |data| Sample::of(data.as_ref()));
            }
            MessageDataItem::Flags(flags) => content = flags.len() as u64,
            MessageDataItem::Rfc822Size(size) => content = u64::from(*size),
            MessageDataItem::Uid(number) => uid = number.get().into(),
            _ => {}
        }
    }
    proof.add(uid, content);
}
