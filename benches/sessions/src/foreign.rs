//! Clients of other languages, where they are on this machine.

use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::client::{PASSWORD, Task, USER};
use crate::contender::{Client, Contender};
use crate::load::Scenario;

/// What starts the clients of other languages.
#[derive(Debug)]
pub struct Foreign {
    curl: Result<Started, String>,
    imapflow: Result<Started, String>,
    imaplib: Result<Started, String>,
}

/// A client that can be started.
#[derive(Clone, Debug)]
struct Started {
    version: String,
    /// Where its script is.
    script: PathBuf,
}

impl Foreign {
    /// Looks for the clients, and installs those that can be.
    pub fn find() -> Self {
        Self {
            curl: curl().map_err(|error| format!("{error:#}")),
            imapflow: imapflow().map_err(|error| format!("{error:#}")),
            imaplib: imaplib().map_err(|error| format!("{error:#}")),
        }
    }

    /// The version of a client, or why it is not here.
    pub(crate) fn version(&self, client: Client) -> Result<&str, &str> {
        self.started(client).map(|started| started.version.as_str())
    }

    /// What runs a session, or why the client is not here.
    pub(crate) fn command(&self, contender: Contender, task: &Task) -> Result<Command, &str> {
        let started = self.started(contender.client)?;
        if contender.client == Client::Curl {
            return Ok(curl_command(task));
        }
        let program = match contender.client {
            Client::ImapFlow => "node",
            _ => "python3",
        };
        let mut command = Command::new(program);
        command.arg(&started.script);
        command.args([task.load.scenario.key(), contender.form.key()]);
        command.args([task.port.to_string(), task.load.count.to_string()]);
        Ok(command)
    }

    fn started(&self, client: Client) -> Result<&Started, &str> {
        match client {
            Client::Curl => self.curl.as_ref(),
            Client::ImapFlow => self.imapflow.as_ref(),
            Client::Imaplib => self.imaplib.as_ref(),
            _ => return Err("of Rust, with a program here"),
        }
        .map_err(String::as_str)
    }
}

fn curl() -> Result<Started> {
    let version = output("curl", ["--version"])?;
    let version = version.split(' ').nth(1).unwrap_or_default();
    Ok(Started {
        version: version.to_owned(),
        script: PathBuf::new(),
    })
}

/// It prints the contents of the message that the URL names.
fn curl_command(task: &Task) -> Command {
    let mut command = Command::new("curl");
    command.args(["--silent", "--show-error", "--user"]);
    command.arg(format!("{USER}:{PASSWORD}"));
    let mailbox = format!("imap://127.0.0.1:{}/INBOX", task.port);
    match task.load.scenario {
        Scenario::Large => command.arg(mailbox + ";UID=1"),
        _ => command.args(["--request", "NOOP"]).arg(mailbox),
    };
    command
}

fn imaplib() -> Result<Started> {
    let version = output("python3", ["--version"])?;
    let script = folder("imaplib")?.join("session.py");
    fs::write(&script, include_str!("../foreign/imaplib_session.py"))?;
    Ok(Started {
        version: format!("of {version}"),
        script,
    })
}

/// It is installed beside this program.
fn imapflow() -> Result<Started> {
    output("node", ["--version"])?;
    let folder = folder("imapflow")?;
    let script = folder.join("session.mjs");
    fs::write(&script, include_str!("../foreign/imapflow.mjs"))?;
    let wanted = include_str!("../foreign/package-lock.json");
    let lock = folder.join("package-lock.json");
    let is_there = fs::read_to_string(&lock).is_ok_and(|there| there == wanted)
        && folder.join("node_modules/imapflow").is_dir();
    if !is_there {
        let package = include_str!("../foreign/package.json");
        fs::write(folder.join("package.json"), package)?;
        fs::write(&lock, wanted)?;
        let quiet = ["--no-audit", "--no-fund", "--ignore-scripts"];
        let mut npm = Command::new("npm");
        npm.arg("ci").args(quiet).current_dir(&folder);
        said(npm)?;
    }
    let installed = fs::read_to_string(folder.join("node_modules/imapflow/package.json"))?;
    let version = installed.lines().find_map(|line| {
        let value = line.trim().strip_prefix("\"version\": \"")?;
        value.split('"').next()
    });
    let version = version.unwrap_or_default();
    Ok(Started {
        version: version.to_owned(),
        script,
    })
}

/// A folder beside this program, which the folder of builds is.
fn folder(name: &str) -> Result<PathBuf> {
    let program = std::env::current_exe()?;
    let folder = program
        .parent()
        .context("no folder")?
        .join("sessions")
        .join(name);
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

fn output<I: AsRef<OsStr>>(
    program: &str,
    arguments: impl IntoIterator<Item = I>,
) -> Result<String> {
    let mut command = Command::new(program);
    command.args(arguments);
    said(command)
}

fn said(mut command: Command) -> Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| program.clone())?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        let last = complaint.trim().lines().last().unwrap_or_default();
        bail!("{program}: {last}");
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
