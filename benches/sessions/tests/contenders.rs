//! Every client of Rust, in a process of its own, finds what the server sends.

use std::process::Command;

use imap_benches_sessions::{Client, Contender, Load, Scenario, Served, client_arguments};

/// Where the program of a client is.
fn program(client: Client) -> &'static str {
    match client {
        Client::Ours => env!("CARGO_BIN_EXE_session-ours"),
        Client::OursTokio => env!("CARGO_BIN_EXE_session-ours-tokio"),
        Client::AsyncImap => env!("CARGO_BIN_EXE_session-async-imap"),
        Client::Imap => env!("CARGO_BIN_EXE_session-imap"),
        Client::ImapNext => env!("CARGO_BIN_EXE_session-imap-next"),
        Client::IoImap => env!("CARGO_BIN_EXE_session-io-imap"),
        Client::Plain => env!("CARGO_BIN_EXE_session-plain"),
        Client::Curl | Client::ImapFlow | Client::Imaplib => panic!("{client:?} is not of Rust"),
    }
}

#[test]
fn ok_all_clients_find_everything() {
    for scenario in Scenario::ALL {
        let Served { replay, task, .. } = &Served::start(Load::small(scenario)).unwrap();
        let contenders = Contender::all_for(scenario);
        for contender in contenders.filter(|contender| contender.client.is_rust()) {
            let key = contender.key();
            let output = Command::new(program(contender.client))
                .args(client_arguments(contender.form, task))
                .output()
                .unwrap();
            let complaint = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{key}: {complaint}");
            let said = String::from_utf8(output.stdout).unwrap();
            let (proof, peak) = said.trim_end().rsplit_once(' ').unwrap();
            let expected = replay.expected(contender).to_string();
            assert_eq!(proof, expected, "{key}, {scenario:?}");
            assert_ne!(peak.parse(), Ok(0));
        }
    }
}
