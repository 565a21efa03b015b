//! Two accounts on a server, one of which has messages.

use std::process::Command;

use imap_client::AppendOptions;
use imap_client::blocking::{Client, Config};
use imap_proto::{Flag, InternalDate};
use imap_testserver::TestServer;

use super::{Fixture, PASSWORD, ended};

const DATE: &[u8] = b"17-Jul-1996 02:44:25 -0700";

/// A server with two users: `ann`, who has messages, and `bob`, who has none.
pub(crate) fn fixture(count: usize) -> Fixture {
    let fixture = Fixture::new(|builder| builder.user("bob", PASSWORD).mailbox("ann", AWKWARD));
    let mut ann = log_in(&fixture.server, "ann");
    for n in 0..count {
        append(&mut ann, "INBOX", &text(n), r"(\Seen work)");
    }
    append(&mut ann, AWKWARD, &text(0), r"($Forwarded \Flagged)");
    ann.logout().unwrap();
    fixture
}

pub(crate) const AWKWARD: &str = "..cur/& Entwürfe";

/// A message; each third one is the same.
pub(crate) fn text(n: usize) -> Vec<u8> {
    let n = if n % 3 == 2 { 0 } else { n };
    format!("Subject: message {n}\r\n\r\nFrom me\r\n>From you\r\n{n}\r\n").into_bytes()
}

pub(crate) fn log_in(server: &TestServer, user: &str) -> Client {
    let address = server.address();
    let host = address.ip().to_string();
    let mut client = Client::connect_plain(&host, address.port(), &Config::default()).unwrap();
    client.login(user, PASSWORD).unwrap();
    client
}

pub(crate) fn append(client: &mut Client, mailbox: &str, message: &[u8], flags: &str) {
    let options = AppendOptions {
        flags: &Flag::parse_list(flags.as_bytes()).unwrap(),
        date: Some(InternalDate::parse(DATE).unwrap()),
    };
    client.append(mailbox, message, options).unwrap();
}

/// What there is in a mailbox: octets, flags and dates.
pub(crate) fn kept(
    server: &TestServer,
    user: &str,
    mailbox: &str,
) -> Vec<(Vec<u8>, Vec<String>, String)> {
    let mailbox = server.user(user).unwrap().mailbox(mailbox).unwrap();
    let messages = mailbox.messages();
    let kept = messages.iter().map(|message| {
        let mut flags = message.flags().to_vec();
        flags.retain(|flag| flag != "\\Recent");
        flags.sort();
        let date = message.internal_date().to_string();
        (message.octets().to_vec(), flags, date)
    });
    kept.collect()
}

/// The command for the other user.
pub(crate) fn as_bob(fixture: &Fixture, arguments: &[&str]) -> Command {
    let mut command = fixture.command(arguments);
    let address = format!("imap://bob@{}/", fixture.server.address());
    command.env("IMAP_ACCOUNT", address);
    command
}

/// What a run printed that ended well.
#[track_caller]
pub(crate) fn printed(command: &mut Command) -> String {
    let ended = ended(command);
    assert_eq!((ended.code, &*ended.stderr), (Some(0), ""));
    ended.stdout
}
