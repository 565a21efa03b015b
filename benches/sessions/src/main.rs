//! Prints what whole sessions take.
//!
//! ```text
//! cargo run --release -p imap-benches-sessions                # all
//! cargo run --release -p imap-benches-sessions -- NOOP        # rows with that in their names
//! cargo run --release -p imap-benches-sessions -- serve flags # a server alone, to profile clients
//! ```

use std::io::Read as _;

use anyhow::Result;
use imap_benches::report::programs;
use imap_benches_sessions::{
    Contender, Load, Scenario, Served, client_arguments, idle_main, tables,
};

fn main() -> Result<()> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    if idle_main(&arguments)? {
        return Ok(());
    }
    if let [serve, scenario] = &arguments[..]
        && serve == "serve"
    {
        return serve_alone(scenario);
    }
    programs::answer(tables)
}

/// Serves one scenario until the standard input ends, and says with what arguments clients are run.
fn serve_alone(key: &str) -> Result<()> {
    let load = Load::measured(Scenario::of_key(key)?);
    let served = Served::start(load)?;
    let contenders = Contender::all_for(load.scenario);
    for contender in contenders.filter(|contender| contender.client.is_rust()) {
        let arguments = client_arguments(contender.form, &served.task).join(" ");
        println!("{}: {arguments}", contender.key());
    }
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}
