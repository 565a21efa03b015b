//! Runs the command as a user does.

#![allow(dead_code, reason = "each test uses a part")]

pub(crate) mod account;
pub(crate) mod misprint;
pub(crate) mod relay;
pub(crate) mod running;
#[cfg(unix)]
pub(crate) mod terminal;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use imap_proto::Mechanism;
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
        let builder = TestServer::builder()
            .user("ann", PASSWORD)
            .without_capability("STARTTLS")
            // SCRAM is slow by intent, and slower where nothing is optimized.
            .mechanisms(&[Mechanism::CramMd5]);
        Self::started(set(builder))
    }

    /// The same with TLS; the file `ca.pem` in the folder has whom to trust.
    pub(crate) fn with_tls() -> Self {
        let fixture = Self::started(TestServer::builder().user("ann", PASSWORD));
        let ca = fixture.folder.path().join("ca.pem");
        fs::write(ca, fixture.server.ca_pem()).unwrap();
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

/// The names of the files in a folder, in their order; none if there is no folder.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> = files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

pub(crate) fn ended(command: &mut Command) -> Ended {
    let output = command.output().unwrap();
    Ended {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A server whose user has messages of all sorts.
pub(crate) fn with_messages(builder: Builder) -> Builder {
    let messages = MESSAGES.iter();
    messages.fold(builder, |builder, message| {
        builder.message("ann", "INBOX", message.as_bytes())
    })
}

pub(crate) const PASSWORD: &str = "a secret";

/// Messages of all sorts: plain, with parts, an attached message, a thread, letters of all sorts.
const MESSAGES: [&str; 5] = [
    "From: Ann <ann@example.org>\r\nTo: bob@example.org\r\nSubject: hello\r\nMessage-ID: <1@example.org>\r\n\
     Date: Mon, 2 Feb 2026 10:00:00 +0100\r\n\r\nHello Bob!\r\n",
    "From: =?utf-8?q?J=C3=B6rg?= <joerg@example.org>\r\nTo: ann@example.org, friends: bob@example.org,\r\n \
     \"Eve \\\"E\\\" X\" <eve@example.org>;\r\nSubject: Re: hello\r\nMessage-ID: <2@example.org>\r\n\
     In-Reply-To: <1@example.org>\r\nReferences: <1@example.org>\r\n\
     Date: Mon, 2 Feb 2026 11:00:00 +0100\r\nMIME-Version: 1.0\r\n\
     Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\
     Content-Type: multipart/alternative; boundary=y\r\n\r\n--y\r\n\
     Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
     Sch=C3=B6n\r\n--y\r\nContent-Type: text/html\r\n\r\n<p>Schoen</p>\r\n--y--\r\n--x\r\n\
     Content-Type: image/png; name=\"a.png\"\r\nContent-Disposition: attachment; filename=\"a.png\"\r\n\
     Content-Transfer-Encoding: base64\r\nContent-Language: en, de\r\nContent-MD5: Q2hlY2s=\r\n\r\niVBORw0KGgo=\r\n--x--\r\n",
    "From: bob@example.org\r\nSubject: Fwd: hello\r\nMessage-ID: <3@example.org>\r\n\
     Date: Tue, 3 Feb 2026 9:00:00 +0100\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nsee\r\n\
     --x\r\nContent-Type: message/rfc822\r\n\r\nFrom: ann@example.org\r\nSubject: inner\r\n\r\ninner text\r\n\
     --x--\r\n",
    "From: eve@example.org\r\nSubject: =?utf-8?b?R3LDvMOfZQ==?=\r\nMessage-ID: <4@example.org>\r\n\
     References: <1@example.org> <2@example.org>\r\n\r\nno date\r\n",
    "\r\nno header\r\n",
];
