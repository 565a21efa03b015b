//! Runs the command as a user does.

#![allow(dead_code, reason = "each test uses a part")]

pub(crate) mod relay;

use std::path::Path;
use std::process::{Command, Stdio};

use imap_testserver::{Builder, TestServer};
use tempfile::TempDir;

/// A server without TLS with one user, `ann`, and a folder for what the command writes.
pub(crate) struct Fixture {
    pub(crate) server: TestServer,
    pub(crate) folder: TempDir,
}

/// How a run ended, and what it printed.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Fixture {
    pub(crate) fn new(set: impl FnOnce(Builder) -> Builder) -> Self {
        let builder = TestServer::builder().user("ann", PASSWORD);
        Self::started(set(builder.without_capability("STARTTLS")))
    }

    /// The same with TLS; the file `ca.pem` in the folder has whom to trust.
    pub(crate) fn with_tls() -> Self {
        let fixture = Self::started(TestServer::builder().user("ann", PASSWORD));
        let ca = fixture.folder.path().join("ca.pem");
        std::fs::write(ca, fixture.server.ca_pem()).unwrap();
        fixture
    }

    fn started(builder: Builder) -> Self {
        Self {
            server: builder.start().unwrap(),
            folder: TempDir::new().unwrap(),
        }
    }

    /// The address of the account.
    pub(crate) fn address(&self) -> String {
        format!("imap://ann@{}/", self.server.address())
    }

    /// The command with the account.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = imap(self.folder.path(), arguments);
        command
            .env("IMAP_ACCOUNT", self.address())
            .env("IMAP_PASSWORD", PASSWORD);
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        ended(&mut self.command(arguments))
    }

    /// What a run printed that ended well.
    pub(crate) fn printed(&self, arguments: &[&str]) -> String {
        let ended = self.run(arguments);
        assert_eq!((ended.code, &*ended.stderr), (Some(0), ""), "{arguments:?}");
        ended.stdout
    }
}

/// The command in a folder, with nothing of the user who runs the test.
pub(crate) fn imap(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_imap"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("HOME", folder)
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .stdin(Stdio::null());
    command
}

pub(crate) fn ended(command: &mut Command) -> Ended {
    let output = command.output().unwrap();
    Ended {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

pub(crate) const PASSWORD: &str = "a secret";
