//! Many sessions of one process that wait in IDLE: the memory that each of them takes.
//!
//! The server and the clients are processes of their own. Clients are measured by how much the resident
//! memory of their process grows.

mod client;
mod server;

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};
use imap_benches::report::{Cell, Role, Table};

/// What connections go through.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Layer {
    /// Nothing.
    Plain,
    /// TLS 1.3.
    Tls,
}

/// What holds connections.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Holder {
    /// Sessions of our client for tokio, in IDLE.
    Ours,
    /// Tasks of tokio that wait for octets, and the connections of rustls where there is TLS.
    Bare,
}

impl Layer {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Plain, Self::Tls];

    const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plaintext",
            Self::Tls => "TLS",
        }
    }
}

impl Holder {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Ours, Self::Bare];

    const fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Bare => "bare",
        }
    }
}

/// How many sessions there are.
const COUNTS: [(&str, usize); 2] = [("1,000", 1_000), ("10,000", 10_000)];

/// The arguments by which this program is the server, or the clients.
const SERVER: &str = "idle-server";
const CLIENTS: &str = "idle-clients";

/// Measures the rows with that in their names.
///
/// # Errors
///
/// If sessions cannot be held.
pub(crate) fn table(wanted: &str) -> Result<Table> {
    let columns = [
        ("bare tokio and rustls", Role::Fact),
        ("ours", Role::Ours),
        ("ours beside it", Role::Ours),
    ];
    let title = "resident memory of an idle session, octets";
    let mut table =
        Table::new("sessions-idle", title, &columns).with_column_judged("ours beside it");
    for layer in Layer::ALL {
        for (name, count) in COUNTS {
            let row = format!("{name} sessions, {}", layer.name());
            if row.contains(wanted) {
                table.push(row, cells(layer, count)?);
            }
        }
    }
    Ok(table)
}

fn cells(layer: Layer, count: usize) -> Result<[Cell; 3]> {
    // Both ends of a connection are files of different processes.
    let files = count as u64 + 1_000;
    if rlimit::increase_nofile_limit(files)? < files {
        return Ok(
            [(); 3].map(|()| Cell::missing(format!("the system allows less than {files} files")))
        );
    }
    let program = std::env::current_exe()?;
    let bare = idle_memory(&program, layer, Holder::Bare, count)?;
    let ours = idle_memory(&program, layer, Holder::Ours, count)?;
    Ok([bare, ours, ours.saturating_sub(bare)].map(Cell::count))
}

/// Octets that each of so many connections takes, where `program` runs [`idle_main`].
///
/// # Errors
///
/// If they cannot be held.
pub fn idle_memory(program: &Path, layer: Layer, holder: Holder, count: usize) -> Result<usize> {
    let mut server = Process::start(program, &[SERVER, layer.name()])?;
    let (port, certificate) = (server.line()?, server.line()?);
    let count = count.to_string();
    let arguments = [
        CLIENTS,
        layer.name(),
        holder.name(),
        &count,
        &port,
        &certificate,
    ];
    let mut clients = Process::start(program, &arguments)?;
    let octets = clients.line()?.parse()?;
    Ok(octets)
}

/// This program once more, which ends with its standard input.
struct Process {
    child: Child,
    said: BufReader<ChildStdout>,
}

impl Process {
    fn start(program: &Path, arguments: &[&str]) -> Result<Self> {
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let said = child.stdout.take().context("no output")?;
        Ok(Self {
            child,
            said: BufReader::new(said),
        })
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        ensure!(self.said.read_line(&mut line)? > 0, "a process ended early");
        Ok(line.trim_end().to_owned())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs the server or the clients if the arguments of this process, its own name left out, say so.
///
/// # Errors
///
/// If they are wrong, or something fails.
pub fn idle_main(arguments: &[String]) -> Result<bool> {
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [SERVER, layer] => server::run(layer_of(layer)?)?,
        [CLIENTS, layer, holder, count, port, certificate] => {
            let holder = Holder::ALL.into_iter().find(|known| known.name() == holder);
            let held = client::Held {
                layer: layer_of(layer)?,
                holder: holder.context("no such holder")?,
                count: count.parse()?,
                port: port.parse()?,
            };
            println!("{}", client::run(held, certificate)?);
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn layer_of(name: &str) -> Result<Layer> {
    match Layer::ALL.into_iter().find(|known| known.name() == name) {
        Some(layer) => Ok(layer),
        None => bail!("no such layer: {name}"),
    }
}
