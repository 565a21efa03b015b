//! The scenarios, by what they are about.

mod acl;
mod fetch;
mod list;
mod mailbox;
mod message;
mod metadata;
mod news;
mod quota;
mod sasl;
mod search;
mod server;
mod session;
mod stream;
mod sync;
mod url;

use imap_client::{Config, Error};
use imap_interop::{Server, User};
use imap_proto::{Code, SeqNum, Uid};

use super::{Client, drive, event, idled};
use crate::scenario::{Scenario, Scene};

/// All scenarios, by file.
pub(crate) const ALL: &[(&str, &[Scenario])] = &[
    ("acl", acl::SCENARIOS),
    ("fetch", fetch::SCENARIOS),
    ("list", list::SCENARIOS),
    ("mailbox", mailbox::SCENARIOS),
    ("message", message::SCENARIOS),
    ("metadata", metadata::SCENARIOS),
    ("news", news::SCENARIOS),
    ("quota", quota::SCENARIOS),
    ("search", search::SCENARIOS),
    ("sasl", sasl::SCENARIOS),
    ("server", server::SCENARIOS),
    ("session", session::SCENARIOS),
    ("stream", stream::SCENARIOS),
    ("sync", sync::SCENARIOS),
    ("url", url::SCENARIOS),
];

fn check(scenarios: &[Scenario], name: &str) {
    let mut scenarios = scenarios.iter();
    let scenario = scenarios.find(|scenario| scenario.name == name);
    scenario.unwrap().check(drive);
}

/// A client without TLS, since the server is on the same machine, and what is said is noted.
async fn connect(scene: &Scene) -> Client {
    let (port, config) = (scene.port(), scene.config());
    wait!(Client::connect_plain("localhost", port, &config)).unwrap()
}

async fn connect_starttls(scene: &Scene) -> Client {
    let (port, config) = (scene.port(), scene.config());
    wait!(Client::connect_starttls("localhost", port, &config)).unwrap()
}

async fn connect_tls(scene: &Scene, config: &Config) -> Client {
    let (host, port) = (scene.instance().host(), scene.instance().imaps_port());
    wait!(Client::connect_tls(host, port, config)).unwrap()
}

async fn log_in(scene: &Scene, user: &User) -> Client {
    let mut client = connect(scene).await;
    wait!(client.login(user.name(), user.password())).unwrap();
    client
}

/// The command was refused for a reason that Cyrus tells in words, and the others by a code.
fn assert_refused(scene: &Scene, error: &Error, code: Code<'_>, words: &str) {
    let refusal = error.refusal().unwrap_or_else(|| panic!("{error:?}"));
    match scene.server() {
        Server::Cyrus => assert!(refusal.text().contains(words), "{refusal}"),
        _ => assert_eq!(refusal.code(), Some(code), "{refusal}"),
    }
}

/// A client of a fresh user.
async fn fresh(scene: &Scene, label: &str) -> Client {
    log_in(scene, &scene.user(label)).await
}

fn seq(number: u32) -> SeqNum {
    SeqNum::try_from(number).unwrap()
}

fn uid(number: u32) -> Uid {
    Uid::try_from(number).unwrap()
}
