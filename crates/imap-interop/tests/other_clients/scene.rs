//! A server, and a home for one of its clients.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use imap_client::blocking::{Client, Config};
use imap_testserver::{Builder, MailboxView, TestServer};
use tempfile::TempDir;

/// A server with the user `ann`, and a home for a client.
pub(crate) struct Scene {
    server: TestServer,
    home: TempDir,
}

impl Scene {
    /// The password has what has to be quoted.
    pub(crate) const PASSWORD: &str = r#"s"e\c ret"#;
    pub(crate) const USER: &str = "ann";

    pub(crate) fn new() -> Self {
        Self::with(|builder| builder)
    }

    /// The same, with mail.
    pub(crate) fn with(mail: impl FnOnce(Builder) -> Builder) -> Self {
        let server = TestServer::builder().user(Self::USER, Self::PASSWORD);
        Self {
            server: mail(server).start().unwrap(),
            home: tempfile::tempdir().unwrap(),
        }
    }

    /// The file with the authority's certificate.
    pub(crate) fn authority(&self) -> PathBuf {
        self.write("ca.pem", self.server.ca_pem())
    }

    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    pub(crate) fn mailbox(&self, name: &str) -> MailboxView {
        let user = self.server.user(Self::USER).unwrap();
        let mailbox = user.mailbox(name);
        mailbox.unwrap_or_else(|| panic!("no {name} in {:?}", user.mailboxes()))
    }

    pub(crate) fn mailbox_names(&self) -> Vec<String> {
        self.server.user(Self::USER).unwrap().mailboxes()
    }

    pub(crate) fn port(&self) -> u16 {
        self.server.address().port()
    }

    pub(crate) fn tls_port(&self) -> u16 {
        self.server.tls_address().port()
    }

    /// A program that is stopped after a minute and knows nothing of the user who runs the test.
    pub(crate) fn program(&self, name: &str) -> Command {
        let mut command = Command::new("timeout");
        command
            .args(["--kill-after=5", "60", name])
            .env_clear()
            .env("HOME", self.home())
            .env("LC_ALL", "C.UTF-8")
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("USER", Self::USER)
            .current_dir(self.home())
            .stdin(Stdio::null());
        command
    }

    /// Writes a file of the client's home from a template, with the password in a file beside it.
    pub(crate) fn fill(&self, name: &str, template: &str) -> PathBuf {
        self.write("password", Self::PASSWORD);
        self.authority();
        let text = template
            .replace("@HOME@", &self.home().to_string_lossy())
            .replace("@PORT@", &self.port().to_string())
            .replace("@TLS_PORT@", &self.tls_port().to_string())
            .replace("@USER@", Self::USER);
        self.write(name, text)
    }

    /// Runs commands on a connection of its own, as another client of the user.
    pub(crate) fn imap(&self, commands: &[&str]) {
        let mut client =
            Client::connect_plain("localhost", self.port(), &Config::default()).unwrap();
        client.login(Self::USER, Self::PASSWORD).unwrap();
        for command in commands {
            let (name, rest) = command.split_once(' ').unwrap_or((command, ""));
            client.run_raw(name, rest.as_bytes()).unwrap();
        }
    }

    /// Writes a file of the client's home.
    pub(crate) fn write(&self, name: &str, octets: impl AsRef<[u8]>) -> PathBuf {
        let path = self.home().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, octets).unwrap();
        path
    }
}

/// Runs a program, which is part of a package of Debian, to its end.
pub(crate) fn run(command: &mut Command, package: &str) -> Output {
    let output = command.output().expect("timeout, of coreutils");
    let name = command.get_args().nth(2).unwrap_or_default();
    assert!(
        output.status.code() != Some(NOT_FOUND),
        "{name:?} is not installed; install it: apt-get install {package}"
    );
    assert!(
        output.status.code() != Some(TIMED_OUT),
        "{name:?} did not end:\n{}",
        said(&output)
    );
    output
}

/// What a program printed that ended well.
pub(crate) fn printed(command: &mut Command, package: &str) -> String {
    let output = run(command, package);
    assert!(output.status.success(), "{command:?}:\n{}", said(&output));
    String::from_utf8(output.stdout).unwrap()
}

fn said(output: &Output) -> String {
    let texts = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
    format!("{}\n{}\n{}", output.status, texts[0], texts[1])
}

/// How `timeout` says that there is no such program.
const NOT_FOUND: i32 = 127;
/// How it says that it stopped the program.
const TIMED_OUT: i32 = 124;
