//! Every client of Rust finds what the server sends.

use std::sync::Arc;

use imap_benches_sessions::{Contender, Load, Replay, Scenario, Server, Task, run_client};

#[test]
fn ok_all_contenders_find_everything() {
    for scenario in Scenario::ALL {
        let replay = Arc::new(Replay::new(Load::small(scenario)));
        let server = Server::start(Arc::clone(&replay)).unwrap();
        let task = Task {
            port: server.port(),
            load: replay.load,
            answer: replay.octets.len() as u64,
        };
        for contender in Contender::all_for(scenario) {
            if !contender.client.is_rust() {
                continue;
            }
            let proof = run_client(contender, &task)
                .unwrap_or_else(|error| panic!("{} {scenario:?} {error}", contender.key()));
            assert_eq!(
                proof,
                replay.expected(contender),
                "{} {scenario:?}",
                contender.key()
            );
        }
    }
}
