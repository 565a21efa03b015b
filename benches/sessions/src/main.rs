//! Prints what whole sessions take.
//!
//! ```text
//! cargo run --release -p imap-benches-sessions                # all
//! cargo run --release -p imap-benches-sessions -- NOOP        # rows with that in their names
//! cargo run --release -p imap-benches-sessions -- serve flags # a server alone, to profile clients
//! ```

use std::io::Read as _;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use imap_benches::report::programs;
use imap_benches_sessions::{
    Contender, Load, Replay, Scenario, Server, Task, client_arguments, client_main, idle_main,
    tables,
};

fn main() -> Result<()> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    if client_main(&arguments)? || idle_main(&arguments)? {
        return Ok(());
    }
    if let [serve, scenario] = &arguments[..]
        && serve == "serve"
    {
        return serve_alone(scenario);
    }
    programs::answer(tables)
}

/// Serves one scenario until the standard input ends, and says how clients are run.
fn serve_alone(key: &str) -> Result<()> {
    let scenario = Scenario::ALL.into_iter().find(|known| known.key() == key);
    let load = Load::measured(scenario.context("no such scenario")?);
    let replay = Arc::new(Replay::new(load));
    let server = Server::start(Arc::clone(&replay))?;
    let task = Task {
        port: server.port(),
        load,
        answer: replay.octets.len() as u64,
    };
    let contenders = Contender::all_for(load.scenario);
    for contender in contenders.filter(|contender| contender.client.is_rust()) {
        println!("{}", client_arguments(contender, &task).join(" "));
    }
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}
