//! Every client of Rust, in a process of its own, finds what the server sends.

use std::process::Command;
use std::sync::Arc;

use imap_benches_sessions::{Contender, Load, Replay, Scenario, Server, Task, client_arguments};

fn run(contender: Contender, task: &Task) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_imap-benches-sessions"))
        .args(client_arguments(contender, task))
        .output()
        .unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {complaint}", contender.key());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn ok_all_clients_find_everything() {
    for scenario in Scenario::ALL {
        let replay = Arc::new(Replay::new(Load::small(scenario)));
        let server = Server::start(Arc::clone(&replay)).unwrap();
        let task = Task {
            port: server.port(),
            load: replay.load,
            answer: replay.octets.len() as u64,
        };
        let contenders = Contender::all_for(scenario);
        for contender in contenders.filter(|contender| contender.client.is_rust()) {
            let said = run(contender, &task);
            let (proof, peak) = said.trim_end().rsplit_once(' ').unwrap();
            let expected = replay.expected(contender).to_string();
            assert_eq!(proof, expected, "{}, {scenario:?}", contender.key());
            assert_ne!(peak.parse(), Ok(0));
        }
    }
}
