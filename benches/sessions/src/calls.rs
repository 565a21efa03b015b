//! How often clients call the system for a simple command, as `strace` counts it.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use imap_benches::report::{Cell, Role, Table};

use crate::client::Task;
use crate::contender::{Client, Contender};
use crate::load::{Load, Scenario};
use crate::program::client_command;
use crate::server::Served;

/// How many commands there are.
const COUNT: usize = 500;

/// Calls of one kind.
struct Kind {
    row: &'static str,
    names: &'static [&'static str],
}

const KINDS: [Kind; 3] = [
    Kind {
        row: "reads for a NOOP",
        names: &["read", "readv", "recvfrom", "recvmsg"],
    },
    Kind {
        row: "writes for a NOOP",
        names: &["write", "writev", "sendto", "sendmsg"],
    },
    Kind {
        row: "waits for a NOOP",
        names: &["epoll_wait", "epoll_pwait", "poll", "ppoll", "select"],
    },
];

/// Measures the rows with that in their names, for clients of Rust.
///
/// # Errors
///
/// If a client fails.
pub(crate) fn table(wanted: &str) -> Result<Table> {
    let clients: Vec<_> = Contender::all_for(Scenario::Noop)
        .filter(|contender| contender.client.is_rust())
        .collect();
    let columns: Vec<_> = clients
        .iter()
        .map(|contender| column(contender.client))
        .collect();
    let mut table =
        Table::new("sessions-calls", "calls of the system", &columns).with_column_judged("ours");
    let kinds: Vec<_> = KINDS
        .iter()
        .filter(|kind| kind.row.contains(wanted))
        .collect();
    if kinds.is_empty() {
        return Ok(table);
    }
    let counts = clients.iter().map(|contender| count(*contender));
    let counts = counts.collect::<Result<Vec<_>>>()?;
    for kind in kinds {
        let cells = counts.iter().map(|summary| match summary {
            Some([empty, full]) => {
                let calls = kind.calls(full).saturating_sub(kind.calls(empty));
                Cell::measured(calls as f64 / COUNT as f64)
            }
            None => Cell::missing("strace is not here, or may not trace"),
        });
        table.push(kind.row, cells.collect::<Vec<_>>());
    }
    Ok(table)
}

impl Kind {
    /// How many calls of this kind a summary has.
    fn calls(&self, summary: &str) -> u64 {
        // `% time  seconds  usecs/call  calls  [errors]  syscall`
        let lines = summary.lines().filter_map(|line| {
            let words: Vec<_> = line.split_whitespace().collect();
            let (name, count) = (words.last()?, words.get(3)?);
            self.names
                .contains(name)
                .then(|| count.parse::<u64>().ok())?
        });
        lines.sum()
    }
}

const fn column(client: Client) -> (&'static str, Role) {
    let role = if client.is_ours() {
        Role::Ours
    } else {
        Role::Peer
    };
    (client.name(), role)
}

/// What `strace` says of a session without commands, and of one with many; nothing if it is not here.
fn count(contender: Contender) -> Result<Option<[String; 2]>> {
    let mut summaries = [String::new(), String::new()];
    for (count, summary) in [0, COUNT].into_iter().zip(&mut summaries) {
        let load = Load {
            scenario: Scenario::Noop,
            count,
            octets: 0,
        };
        match trace(contender, &Served::start(load)?.task)? {
            Some(text) => *summary = text,
            None => return Ok(None),
        }
    }
    Ok(Some(summaries))
}

fn trace(contender: Contender, task: &Task) -> Result<Option<String>> {
    let client = client_command(contender, task)?;
    let file = format!("strace-{}.txt", std::process::id());
    let file = Path::new(client.get_program()).with_file_name(file);
    // A system may lack some of them.
    let names = KINDS.iter().flat_map(|kind| kind.names);
    let names: Vec<_> = names.map(|name| format!("?{name}")).collect();
    let status = Command::new("strace")
        .args(["-f", "-c", "-e", &format!("trace={}", names.join(","))])
        .arg("-o")
        .arg(&file)
        .arg(client.get_program())
        .args(client.get_args())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if !status.is_ok_and(|status| status.success()) {
        return Ok(None);
    }
    let summary = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    fs::remove_file(&file)?;
    ensure!(summary.contains("syscall"), "strace counted nothing");
    Ok(Some(summary))
}
