//! A server that is a child process.

use std::io;
#[cfg(unix)]
use std::os::{fd::OwnedFd, unix::net::UnixStream};
use std::process::{Child, Command, ExitStatus};
#[cfg(not(unix))]
use std::process::{ChildStdin, ChildStdout, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::{Blocking, Client, Transport};
use crate::driver::layers::Layers;
use crate::driver::{Config, deadline};
use crate::error::Error;

impl Client {
    /// Starts a program that speaks IMAP over its standard input and output, and talks to that.
    ///
    /// The program mostly runs for the user who is logged in already, and greets with PREAUTH: a server
    /// on the same machine, or one at the other end of `ssh`. It is started as it is, without a shell.
    /// Its standard error is that of this program unless the command says otherwise. On Unix it gets a
    /// socket, elsewhere pipes, which know no timeouts.
    ///
    /// Dropping the client closes the connection; a program that does not end within a second then is
    /// killed.
    ///
    /// ```no_run
    /// use std::process::Command;
    ///
    /// use imap_client::Error;
    /// use imap_client::blocking::{Client, Config};
    ///
    /// fn connect() -> Result<Client, Error> {
    ///     let mut command = Command::new("ssh");
    ///     command.args(["mail.example.com", "/usr/lib/dovecot/imap"]);
    ///     Client::spawn(command, &Config::default())
    /// }
    /// # let _ = connect;
    /// ```
    ///
    /// # Errors
    ///
    /// If the program cannot be started, ends (which later calls can tell as well), or does not greet.
    pub fn spawn(command: Command, config: &Config) -> Result<Self, Error> {
        let (transport, process) = start(command)?;
        let mut driver = Blocking::new(transport, Layers::default(), config)?;
        driver.process = Some(process);
        Self::greeted(config.new_session(), driver, config)
    }
}

/// A child process, which ends when the connection to it does.
pub(super) struct Process(Child);

impl Process {
    /// Why the connection to it ended.
    pub(super) fn end(&mut self) -> Error {
        self.wait().map_or(Error::Closed, Error::Exited)
    }

    /// How it ended, if it does so soon.
    fn wait(&mut self) -> Option<ExitStatus> {
        let deadline = deadline(PATIENCE);
        loop {
            match self.0.try_wait() {
                Ok(None) if Instant::now() < deadline => thread::sleep(PAUSE),
                Ok(status) => return status,
                Err(_) => return None,
            }
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if self.wait().is_none() {
            // cannot fail in a way that matters: it has ended then
            let _ = self.0.kill();
            let _ = self.0.wait();
        }
    }
}

/// Starts a program, and gives a connection to it.
#[cfg(unix)]
fn start(mut command: Command) -> io::Result<(Box<dyn Transport>, Process)> {
    let (ours, theirs) = UnixStream::pair()?;
    command.stdin(OwnedFd::from(theirs.try_clone()?));
    command.stdout(OwnedFd::from(theirs));
    let child = command.spawn()?;
    Ok((Box::new(ours), Process(child)))
}

/// Starts a program, and gives a connection to it.
#[cfg(not(unix))]
fn start(mut command: Command) -> io::Result<(Box<dyn Transport>, Process)> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn()?;
    let pipes = (child.stdin.take(), child.stdout.take());
    let process = Process(child);
    let (Some(stdin), Some(stdout)) = pipes else {
        return Err(io::ErrorKind::BrokenPipe.into());
    };
    let pipes = Pipes { stdin, stdout };
    Ok((Box::new(super::transport::Patient(pipes)), process))
}

/// The two pipes to a process.
#[cfg(not(unix))]
struct Pipes {
    stdin: ChildStdin,
    stdout: ChildStdout,
}

#[cfg(not(unix))]
impl io::Read for Pipes {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stdout.read(buffer)
    }
}

#[cfg(not(unix))]
impl io::Write for Pipes {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.stdin.write(octets)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stdin.flush()
    }
}

/// How long a process may take to end.
pub(in crate::driver) const PATIENCE: Duration = Duration::from_secs(1);

/// How long to wait before looking again whether it has.
const PAUSE: Duration = Duration::from_millis(5);
