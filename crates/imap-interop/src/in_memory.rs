//! The server of `imap-testserver`, which runs inside of this process.

use std::io;

use imap_proto::Mechanism;
use imap_testserver::{StartError as ServerError, TestServer};

use crate::append::Connection;
use crate::error::StartError;
use crate::settings::Settings;
use crate::user::{ADMIN_NAME, AWKWARD_NAME, AWKWARD_PASSWORD, PASSWORD, User};

/// Starts it with the accounts that are there from the start, and shows its authority, which is one
/// of its own.
pub(crate) fn launch(settings: &Settings<'_>) -> Result<TestServer, StartError> {
    let [imap_port, imaps_port] = settings.ports();
    let server = TestServer::builder()
        .user(ADMIN_NAME, PASSWORD)
        .user(AWKWARD_NAME, AWKWARD_PASSWORD)
        .jmap_url(JMAP_URL)
        // As strong as those of other servers, so that clients choose alike.
        .mechanisms(&MECHANISMS)
        .port(imap_port)
        .tls_port(imaps_port)
        .start()
        .map_err(|error| match error {
            ServerError::Io(error) if error.kind() == io::ErrorKind::AddrInUse => {
                StartError::PortTaken
            }
            error => StartError::io("start the server in memory")(io::Error::other(error)),
        })?;
    settings.state().write("tls/ca.pem", server.ca_pem())?;
    Ok(server)
}

const JMAP_URL: &str = "https://localhost/.well-known/jmap";
const MECHANISMS: [Mechanism<'static>; 7] = [
    Mechanism::CramMd5,
    Mechanism::Login,
    Mechanism::Plain,
    Mechanism::ScramSha1,
    Mechanism::ScramSha1Plus,
    Mechanism::ScramSha256,
    Mechanism::ScramSha256Plus,
];

/// Adds an account, with the mailboxes and the room that those of other servers have.
pub(crate) fn add(server: &TestServer, user: &User) -> io::Result<()> {
    server.add_user(user.name(), user.password());
    limit(server, user, WIDE_STORAGE, None);
    let mut connection = Connection::log_in(server.address(), user)?;
    let deletes = MORE.map(|mailbox| format!("DELETE {mailbox}"));
    let subscribes = SUBSCRIBED.map(|mailbox| format!("SUBSCRIBE {mailbox}"));
    for command in deletes.iter().chain(&subscribes) {
        connection
            .run(command.as_bytes())?
            .map_err(io::Error::other)?;
    }
    Ok(())
}

/// Limits the storage of an account, in units of 1024 octets, and its messages.
pub(crate) fn limit(server: &TestServer, user: &User, storage: u32, messages: Option<u32>) {
    if let Some(user) = server.user(user.name()) {
        user.limit(Some(storage.into()), messages.map(Into::into));
    }
}

/// In units of 1024 octets.
const WIDE_STORAGE: u32 = 10_485_760;
/// What its users have beside the mailboxes of other servers' users.
const MORE: [&str; 2] = ["Archive", "Junk"];
/// What other servers' users are subscribed to from the start.
const SUBSCRIBED: [&str; 3] = ["INBOX", "Drafts", "Sent"];
